"""How many of a careful reader's doubts are raised, and how many that are raised the reader had too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ASKED = Path(__file__).with_name("doubts_asked.csv")
"""Written by ``benchmarks/doubts.py --keep``: a row per kind of doubt."""
RAISED = Path(__file__).with_name("doubts_raised.csv")
"""Written by the same: a row per code of finding."""

READ = Path(__file__).with_name("doubts_read.csv")
"""Written by hand: a row per code of finding in reports that no check was written on."""


class Asked(NamedTuple):
    """Doubts of one kind that a reader had, ``must`` or ``may``, and how many of them were found."""

    kind: str
    weight: str
    asked: int
    found: int
    version: str
    measured: str


class Raised(NamedTuple):
    """Findings of one code, by whether they point at a doubt, at what is right, or at neither."""

    code: str
    matched: int
    contradicted: int
    unlabelled: int


class Read(NamedTuple):
    """Findings of one code, read by hand: the right ones, all, and those wrong as a row was read wrong."""

    code: str
    right: int
    hits: int
    misread: int


def found_of(rows: Iterable[Asked], weight: str) -> tuple[int, int]:
    """Doubts of a weight that were found, and all of them.

    >>> found_of([Asked("date", "must", 3, 1, "", ""), Asked("date", "may", 5, 5, "", "")], "must")
    (1, 3)
    """
    chosen = [row for row in rows if row.weight == weight]
    return sum(row.found for row in chosen), sum(row.asked for row in chosen)
