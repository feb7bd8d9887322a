"""Corrections put into a report's rows: what fits is applied and recorded, what does not is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vbdata.extract.grammar import parse_quantity
from vbdata.normalise.corrections.cells import as_text, same, shown
from vbdata.normalise.corrections.entries import Correction
from vbdata.normalise.corrections.rows import ROW_KEY, moved, quote
from vbdata.normalise.indicators import judge
from vbdata.schema.tables import SCHEMAS

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Refused:
    """A correction that was not made: the row it is about where there is one, and why."""

    correction: Correction
    row: Row | None
    why: str

    @property
    def detail(self) -> str:
        """What a person needs to know."""
        entry = self.correction
        title = SCHEMAS[entry.table].columns[entry.column].title
        return f"Rättelsen av {title} i {entry.place} är inte gjord: {self.why}"


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report's rows after its corrections; `applied` are rows of the corrections table."""

    rows: Rows
    applied: tuple[Row, ...]
    refused: tuple[Refused, ...]


def apply(rows: Rows, corrections: Iterable[Correction]) -> Corrected:
    """The report's rows with its corrections made; the given rows are left as they are.

    A correction that finds no row, several rows, another row than it was made for, or another value than it
    expects, is refused, and the value that was read is kept: half-applied decisions are worse than none. What
    follows from other
    columns (``gap``, ``attainment``, ``target_rule``) is computed again.

    Parameters
    ----------
    rows
        The rows of one report, by table.
    corrections
        Of any reports; those of other reports are passed by.
    """
    report_id = str(rows["reports"][0]["report_id"])
    work = _Work(report_id, {table: [dict(row) for row in each] for table, each in rows.items()})
    for correction in corrections:
        if correction.report_id == report_id:
            work.correct(correction)
    return Corrected(work.rows, tuple(work.applied), tuple(work.refused))


class _Work:
    def __init__(self, report_id: str, rows: Rows) -> None:
        self.report_id, self.rows = report_id, rows
        self.as_read = {table: [dict(row) for row in each] for table, each in rows.items()}
        self.applied: list[Row] = []
        self.refused: list[Refused] = []
        self.done: dict[tuple[str, str, str], Correction] = {}

    def correct(self, entry: Correction) -> None:
        found = [row for row in self.rows[entry.table] if _fits(row, entry.match)]
        row = found[0] if len(found) == 1 else None
        why = self._objection(entry, found)
        if why or row is None:
            self.refused.append(Refused(entry, row, why))
            return
        place = entry.table, _row_id(entry.table, row)
        self.done[*place, entry.column] = entry
        self.applied.append(self._record(entry, row))
        row[entry.column] = entry.value
        _derive(entry, row, {column for *about, column in self.done if tuple(about) == place})

    def _objection(self, entry: Correction, found: Sequence[Row]) -> str:
        if not found:
            return self._nobody(entry)
        if len(found) > 1:
            return f"{len(found)} rader passar match; ange row_id."
        row = found[0]
        if other := self._other_row(entry, row):
            return other
        if earlier := self.done.get((entry.table, _row_id(entry.table, row), entry.column)):
            return f"samma uppgift rättas redan på rad {earlier.line}."
        if entry.column == "goal_id" and entry.value not in {goal["goal_id"] for goal in self.rows["goals"]}:
            return f"rapporten har inget mål {entry.value}."
        if not same(row[entry.column], entry.expect):
            expected, read = (shown(entry.table, entry.column, v) for v in (entry.expect, row[entry.column]))
            return f"den väntar sig {expected}, men i dokumentet är läst {read}, som står kvar."
        return ""

    def _nobody(self, entry: Correction) -> str:
        """Why no row fits, where the id does: another one may have taken its place."""
        column = ROW_KEY.get(entry.table, "row_id")
        row_id = dict(entry.match).get(column)
        row = next((row for row in self.rows[entry.table] if row[column] == row_id), None)
        if row is None or len(entry.match) < 2:
            return "ingen rad i rapporten passar match."
        said = self._quote(entry.table, row)["said"]
        return f"ingen rad i rapporten passar match; {row_id} är nu ”{said}”."

    def _other_row(self, entry: Correction, row: Row) -> str:
        """Why the row is not the one that the entry was made for; nothing where it is, or nobody knows."""
        if entry.quoted is None:
            return ""
        now = self._quote(entry.table, row)
        if not moved(dict(entry.quoted), now):
            return ""
        return (
            f"raden {_row_id(entry.table, row)} var ”{entry.quoted['said']}” och är nu ”{now['said']}”; "
            "ange radens namn i match om rättelsen ändå gäller den."
        )

    def _quote(self, table: str, row: Row) -> dict[str, Any]:
        """What the row is called as it was read: earlier corrections do not make it another one."""
        rows, row_id = self.as_read[table], _row_id(table, row)
        read = next(each for each in rows if _row_id(table, each) == row_id)
        return quote(table, read, rows, self.as_read["goals"])

    def _record(self, entry: Correction, row: Row) -> Row:
        return {
            "report_id": self.report_id,
            "correction_id": f"{self.report_id}/r{len(self.applied) + 1:02d}",
            "table": entry.table,
            "row_id": _row_id(entry.table, row),
            "column": entry.column,
            "old": as_text(row[entry.column]),
            "new": as_text(entry.value),
            "reason": entry.reason,
            "decided_by": entry.decided_by,
            "date": entry.date,
            "entry_line": entry.line,
            "source_page": row.get("source_page"),
            "source_line": row.get("source_line"),
        }


def _row_id(table: str, row: Row) -> str:
    return str(row[ROW_KEY.get(table, "row_id")])


def _fits(row: Row, match: Sequence[tuple[str, Any]]) -> bool:
    return all(same(row[column], value) for column, value in match)


def _derive(entry: Correction, row: Row, corrected: set[str]) -> None:
    """Compute again what follows from the corrected column."""
    if entry.table == "goals" and entry.column == "status":
        row["status_source"] = None  # read neither from words nor from an icon
    if entry.table != "indicators":
        return
    if entry.column in ("target", "council_target"):
        row[f"{entry.column}_rule"] = _rule(row[entry.column], row[f"{entry.column}_rule"])
    value, target = ((row[column], _measure_unit(row, column, corrected)) for column in ("value", "target"))
    row["gap"], row["attainment"] = judge(value, target, row["better"])


def _rule(target: float | None, rule: str | None) -> str | None:
    if target is not None:
        return "number"
    return None if rule == "number" else rule


def _measure_unit(row: Row, column: str, corrected: set[str]) -> str | None:
    """The unit of a number: as printed beside it, and of a corrected one the row's."""
    if column in corrected:
        unit = row["measure_unit"]
        return None if unit is None else str(unit)
    printed = parse_quantity(row[f"{column}_raw"] or "")
    return printed.measure_unit if printed else None
