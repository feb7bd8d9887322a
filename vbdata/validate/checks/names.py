"""The unit's own names in its texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from vbdata.register import Register, register
from vbdata.validate.checks.registry import Row
from vbdata.validate.kept import kept

#: A shorter name may be a word of its own.
SHORTEST = 7


@kept
def _register(_report: Row) -> Iterator[Register]:
    yield register()


def register_of(report: Row) -> Register:
    """The register as it is when the report is checked: its files are looked at once for all checks."""
    return _register(report)[0]


@kept
def own_names(report: Row) -> tuple[str, ...]:
    """The name in the report's title, and those of the register."""
    unit = register_of(report).by_id.get(report["unit_id"])
    return tuple(dict.fromkeys((report["unit_name"], *(unit.names if unit else ()))))


def named_enheten(report: Row) -> Callable[[str], str]:
    """A function that writes "enheten" for the unit's own name, so that a sentence with it is understood.

    >>> write = named_enheten({"unit_id": "x", "unit_name": "Björkviks gruppbostäder"})
    >>> write("Björkviks gruppbostäder bedömer att målet är uppnått.")
    'enheten bedömer att målet är uppnått.'
    """
    names = sorted((name for name in own_names(report) if len(name) >= SHORTEST), key=len, reverse=True)
    if not names:
        return str
    pattern = re.compile(r"\b(?:enheten\s+)?(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)
    low = [name.casefold() for name in names]

    def write(text: str) -> str:
        folded = text.casefold()
        return pattern.sub("enheten", text) if any(name in folded for name in low) else text

    return write
