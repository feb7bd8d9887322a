"""Counts of right cells, by format and table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

READING = Path(__file__).with_name("reading.csv")
"""Written by ``benchmarks/accuracy.py --keep``."""


class Reading(NamedTuple):
    """Cells of one table in the reports of one format.

    `corpus` is ``generated`` (invented reports with known truth) or ``real`` (read by hand); `version` is the
    vbdata that was measured, `measured` the day.
    """

    corpus: str
    format: str
    table: str
    reports: int
    cells: int
    right: int
    version: str
    measured: str


def readings(path: Path = READING) -> list[Reading]:
    """The counts that were kept, in the file's order."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [_reading(row) for row in csv.DictReader(handle)]


def _reading(row: dict[str, str]) -> Reading:
    counts = {name: int(row.pop(name)) for name in ("reports", "cells", "right")}
    return Reading(**row, **counts)  # type: ignore[arg-type]


def totals(found: Iterable[Reading], by: Sequence[str]) -> dict[tuple[str, ...], tuple[int, int, int]]:
    """Reports, cells and right cells added up by the named columns, in the order they come.

    Every report has all tables, so that reports are counted once per format.

    >>> rows = [Reading("generated", "pdf", "goals", 2, 10, 9, "0", ""),
    ...         Reading("generated", "pdf", "report", 2, 12, 12, "0", "")]
    >>> totals(rows, ["format"])
    {('pdf',): (2, 22, 21)}
    """
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for each in found:
        groups.setdefault(tuple(getattr(each, name) for name in by), []).append(each)
    return {
        key: (
            sum({(each.corpus, each.format): each.reports for each in rows}.values()),
            sum(each.cells for each in rows),
            sum(each.right for each in rows),
        )
        for key, rows in groups.items()
    }
