"""Spoilers: every trap that was seen in a real report, by name, to be switched on one by one.

A trap acts at one stage: on the records (what the unit wrote), on the printed parts (what the planning
system and the page did), on the page style, or on the text (what the converter did). A trap on the records
returns both what is printed and what it means, since the truth is the meaning. A doubt is one that the unit
itself would have to answer; the others are of forms and files.
"""

from vbdata.sample.traps import doubts, pages, printed, records
from vbdata.sample.traps.encoding import ENCODINGS, encode
from vbdata.sample.traps.registry import FILES, REGISTRY, Draft, Trap, plant, spoil

TRAPS: tuple[str, ...] = tuple(name for name, trap in REGISTRY.items() if trap.stage != "doubts")
DOUBTS: tuple[str, ...] = tuple(name for name in REGISTRY if name not in TRAPS)


def trap(name: str) -> Trap:
    """The trap of a name; its docstring is `description`."""
    return REGISTRY[name]


__all__ = [
    "DOUBTS",
    "ENCODINGS",
    "FILES",
    "TRAPS",
    "Draft",
    "Trap",
    "doubts",
    "encode",
    "pages",
    "plant",
    "printed",
    "records",
    "spoil",
    "trap",
]
