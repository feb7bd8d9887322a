"""What the rows that corrections are about were called, read from the tables before a run.

A correction that names its row by id alone is only right as long as that row is at that place. The tables
before a run are those that its author looked at, or those in which it was last made; what its row is called
there goes with it, and if the row has another name now, the correction is refused (`apply`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vbdata.normalise.corrections.rows import NAMED_BY, ROW_KEY, Quote, quote
from vbdata.store.generations import Snapshot

if TYPE_CHECKING:
    from vbdata.normalise.corrections import Correction

Rows = list[dict[str, Any]]


def quoted(
    corrections: Sequence[Correction], before: Snapshot, known: Mapping[str, Quote]
) -> tuple[list[Correction], dict[str, Quote]]:
    """Corrections with what their rows were called, and that for the next run.

    Parameters
    ----------
    before
        The tables as they are before the run; there may be none, or some of another version.
    known
        What earlier runs found: it stays until the correction is changed, also when it was refused.
    """
    tables = _Tables(before, {entry.report_id for entry in corrections})
    kept: dict[str, Quote] = {}
    for entry in corrections:
        mark = _mark(entry)
        found = known.get(mark) or tables.quote(entry)
        if found is not None:
            kept[mark] = found
    return [replace(entry, quoted=kept.get(_mark(entry))) for entry in corrections], kept


def of_reports(
    known: Mapping[str, Quote], corrections: Sequence[Correction], reports: Collection[str]
) -> dict[str, Quote]:
    """What rows of these reports were called: that of a report that is gone is forgotten."""
    marks = {_mark(entry) for entry in corrections if entry.report_id in reports}
    return {mark: said for mark, said in known.items() if mark in marks}


def _mark(entry: Correction) -> str:
    """Changes when what the entry says of the table does, not when it is moved in its file."""
    said = (entry.report_id, entry.table, entry.match, entry.column, entry.expect, entry.value)
    return hashlib.sha256(repr(said).encode()).hexdigest()


class _Tables:
    """The rows of some reports, of whatever version wrote them; what cannot be read is not there."""

    def __init__(self, state: Snapshot, reports: set[str]) -> None:
        self.state, self.reports = state, sorted(reports)
        self.read: dict[str, Rows] = {}

    def quote(self, entry: Correction) -> Quote | None:
        row_key, names = ROW_KEY.get(entry.table, "row_id"), NAMED_BY.get(entry.table)
        row_id = dict(entry.match).get(row_key)
        if names is None or row_id is None:
            return None
        rows = [row for row in self._rows(entry.table) if row["report_id"] == entry.report_id]
        row = next((row for row in rows if row.get(row_key) == row_id), None)
        if row is None or not all(column in row for column in names):
            return None
        found = quote(entry.table, row, rows, self._rows("goals"))
        return found | {"goal": None} if self._goal_corrected(str(row_id)) else found

    def _goal_corrected(self, row_id: str) -> bool:
        """Whether the goal that the row stands under there is one that somebody has decided."""
        return any(
            row.get("row_id") == row_id and row.get("column") == "goal_id"
            for row in self._rows("corrections")
        )

    def _rows(self, table: str) -> Rows:
        if table not in self.read:
            self.read[table] = _rows_of(self.state.table(table), self.reports)
        return self.read[table]


def _rows_of(path: Path, reports: Sequence[str]) -> Rows:
    import pyarrow as pa
    import pyarrow.dataset as ds

    try:
        if not path.exists():
            return []
        found = ds.dataset(str(path.resolve()), format="parquet")
        rows: Rows = found.to_table(filter=ds.field("report_id").isin(reports)).to_pylist()
        return rows
    except (pa.ArrowException, OSError, ValueError):
        return []
