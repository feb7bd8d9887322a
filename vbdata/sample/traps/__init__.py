"""Spoilers: every trap that was seen in a real report, by name, to be switched on one by one.

A trap acts at one stage: on the records (what the unit wrote), on the printed parts (what the planning
system and the page did), on the page style, or on the text (what the converter did). A trap on the records
returns both what is printed and what it means, since the truth is the meaning.
"""

from vbdata.sample.traps import pages, printed, records
from vbdata.sample.traps.encoding import ENCODINGS, encode
from vbdata.sample.traps.registry import FILES, REGISTRY, Draft, Trap, spoil

TRAPS: tuple[str, ...] = tuple(REGISTRY)


def trap(name: str) -> Trap:
    """The trap of a name; its docstring is `description`."""
    return REGISTRY[name]


__all__ = [
    "ENCODINGS",
    "FILES",
    "TRAPS",
    "Draft",
    "Trap",
    "encode",
    "pages",
    "printed",
    "records",
    "spoil",
    "trap",
]
