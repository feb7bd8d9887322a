"""How many of a careful reader's doubts are raised, and how many that are raised the reader had too."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

ASKED = Path(__file__).with_name("doubts_asked.csv")
"""Written by ``benchmarks/doubts.py --keep``: a row per kind of doubt."""
RAISED = Path(__file__).with_name("doubts_raised.csv")
"""Written by the same: a row per code of finding."""


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


def asked(path: Path = ASKED) -> list[Asked]:
    """The kept counts by kind; none where nothing was measured."""
    return [
        Asked(
            row["kind"], row["weight"], int(row["asked"]), int(row["found"]), row["version"], row["measured"]
        )
        for row in _rows(path)
    ]


def raised(path: Path = RAISED) -> list[Raised]:
    """The kept counts by code."""
    return [
        Raised(row["code"], int(row["matched"]), int(row["contradicted"]), int(row["unlabelled"]))
        for row in _rows(path)
    ]


def keep(path: Path, rows: Sequence[Asked] | Sequence[Raised]) -> None:
    """Write counts as a file of their fields."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(rows[0]._fields)
        writer.writerows(rows)


def found_of(rows: Iterable[Asked], weight: str) -> tuple[int, int]:
    """Doubts of a weight that were found, and all of them.

    >>> found_of([Asked("date", "must", 3, 1, "", ""), Asked("date", "may", 5, 5, "", "")], "must")
    (1, 3)
    """
    chosen = [row for row in rows if row.weight == weight]
    return sum(row.found for row in chosen), sum(row.asked for row in chosen)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
