"""Counts that the benchmarks measured, kept as CSV files of named tuples."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar, get_type_hints

Row = TypeVar("Row", bound=NamedTuple)


def kept(kind: type[Row], path: Path) -> list[Row]:
    """The rows of a file, in its order; none where nothing was measured."""
    if not path.is_file():
        return []
    types = get_type_hints(kind)
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [[types[name](row[name]) for name in kind._fields] for row in csv.DictReader(handle)]
    return [kind._make(row) for row in rows]


def keep(rows: Sequence[NamedTuple], path: Path) -> None:
    """Write rows as a file of their fields."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(rows[0]._fields)
        writer.writerows(rows)
