"""How many of the doubts that were planted in consistent reports are asked about, each at its line."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PLANTED = Path(__file__).with_name("planted.csv")
"""Written by ``benchmarks/edits.py --keep``."""


class Planted(NamedTuple):
    """Edits of one part: its kinds, the edits made and those that were asked about.

    `part` is ``open`` (the checks may be tuned on it) or ``kept_apart``. Under ``unedited`` stand the
    benchmark's own reports as they are: `planted` counts the reports, `asked` the findings in them.
    """

    part: str
    kinds: int
    planted: int
    asked: int
    version: str
    measured: str


def planted(path: Path = PLANTED) -> list[Planted]:
    """The kept counts by part; none where nothing was measured."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Planted(
                row["part"],
                int(row["kinds"]),
                int(row["planted"]),
                int(row["asked"]),
                row["version"],
                row["measured"],
            )
            for row in csv.DictReader(handle)
        ]


def keep(rows: Sequence[Planted], path: Path = PLANTED) -> None:
    """Write the counts as a file of their fields."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(Planted._fields)
        writer.writerows(rows)
