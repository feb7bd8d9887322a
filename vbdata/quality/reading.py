"""Counts of cells by what came of them, by corpus, format and table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

READING = Path(__file__).with_name("reading.csv")
"""Written by ``benchmarks/accuracy.py --write``."""


class Reading(NamedTuple):
    """Cells of one table in the reports of one corpus and format, by their four states.

    `right` have the printed value, `wrong` another one or one where none is printed, `said` have none and a
    finding or the log says so, `silent` have none and nothing says so. `corpus` is a key of `CORPORA`;
    `table` is ``texts`` for analyses and comments, which are counted apart, and ``expectations`` for
    smallest inputs. `version` is the vbdata that was measured, `measured` the day.
    """

    corpus: str
    format: str
    table: str
    files: int
    right: int
    wrong: int
    said: int
    silent: int
    version: str
    measured: str

    @property
    def cells(self) -> int:
        return self.right + self.wrong + self.said + self.silent


class Counts(NamedTuple):
    """Files, and their cells by state."""

    files: int
    right: int
    wrong: int
    said: int
    silent: int

    @property
    def cells(self) -> int:
        return self.right + self.wrong + self.said + self.silent


def totals(found: Iterable[Reading], by: Sequence[str]) -> dict[tuple[str, ...], Counts]:
    """Files and cells added up by the named columns, in the order they come.

    A file has rows in several tables, and is counted once.

    >>> rows = [Reading("print", "pdf", "goals", 2, 9, 1, 0, 0, "0", ""),
    ...         Reading("print", "pdf", "report", 2, 12, 0, 0, 0, "0", "")]
    >>> totals(rows, ["format"])
    {('pdf',): Counts(files=2, right=21, wrong=1, said=0, silent=0)}
    """
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for each in found:
        groups.setdefault(tuple(getattr(each, name) for name in by), []).append(each)
    return {key: _added(rows) for key, rows in groups.items()}


def _added(rows: Sequence[Reading]) -> Counts:
    files = sum({(each.corpus, each.format): each.files for each in rows}.values())
    return Counts(files, *(sum(getattr(each, state) for each in rows) for state in Counts._fields[1:]))
