"""A report's rows and findings after its corrections: what a correction settles is no longer a doubt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from vbdata.extract.document import Place
from vbdata.normalise.corrections import Corrected, Correction, apply, shown
from vbdata.normalise.corrections.rows import ROW_KEY
from vbdata.normalise.noted import Noted
from vbdata.schema.tables import SCHEMAS
from vbdata.validate.checks import run_checks
from vbdata.validate.checks.claims import with_reservations
from vbdata.validate.findings import finding_rows
from vbdata.validate.relations import with_relations
from vbdata.vocabulary import clean

Row = dict[str, Any]
Rows = dict[str, list[Row]]

REFUSED = "correction_refused"
_LABELS = ("unknown_label", "ambiguous_label", "indicator_new")
_STATUS = ("unknown_status", "status_from_icon", "status_icon_differs", "status_near")
_CELL = ("value_unreadable", "value_approximate", "number_without_unit", "unit_unclear")
#: Doubts that came up while a cell was read, which a decision about the cell settles. The checks' doubts
#: need no list: the checks are run again.
SETTLED: dict[tuple[str, str], tuple[str, ...]] = {
    ("goals", "status"): _STATUS,
    ("goals", "title"): _LABELS,
    ("indicators", "name"): _LABELS,
    ("indicators", "indicator_id"): _LABELS,
    ("indicators", "measure_unit"): ("number_without_unit", "unit_unclear"),
    ("indicators", "goal_id"): ("orphan_row",),
    ("activities", "goal_id"): ("orphan_row",),
    ("activities", "start"): ("date_unreadable",),
    ("activities", "end"): ("date_unreadable",),
    ("activities", "deviation"): ("value_unreadable",),
    ("complaints", "count"): ("value_unreadable",),
}
_DATE_WORDS = {"start": "startdatum", "end": "slutdatum"}


def correct(rows: Rows, corrections: Iterable[Correction]) -> Rows:
    """A validated report's rows with its corrections made, and its findings as of the corrected rows.

    The checks are run again on the corrected rows; doubts that arose in reading a corrected cell are
    dropped, since they are answered; a correction that could not be made becomes a finding.

    Parameters
    ----------
    rows
        As `validate` gives them, with findings, and with the report's final id.
    corrections
        Of any reports.
    """
    mine = [entry for entry in corrections if entry.report_id == rows["reports"][0]["report_id"]]
    if not mine:
        return rows
    done = apply(rows, mine)
    noted = run_checks(_as_printed(done))
    return with_reservations(with_relations(done.rows), noted) | {
        "findings": _findings(rows, done, noted),
        "corrections": list(done.applied),
    }


def refusals(corrections: Iterable[Correction], known: Collection[str], said: Iterable[str]) -> list[str]:
    """Why corrections were not made, one line each.

    Parameters
    ----------
    known
        Ids of the reports that were read.
    said
        The messages of the findings (`REFUSED`) by which `correct` refused one of these.
    """
    lost = (entry for entry in corrections if entry.report_id not in known)
    return [
        *said,
        *(
            f"Rättelsen i {each.place} är inte gjord: ingen inläst rapport heter {each.report_id}."
            for each in lost
        ),
    ]


def _findings(before: Rows, done: Corrected, found: Sequence[Noted]) -> list[Row]:
    report_id = str(before["reports"][0]["report_id"])
    recomputed = {_mark(row) for row in finding_rows(report_id, run_checks(before))}
    cells = [(entry, _row(before, entry)) for entry in done.applied]
    kept = [
        row
        for row in before["findings"]
        if _mark(row) not in recomputed and not any(_settles(entry, old, row) for entry, old in cells)
    ]
    noted = [*found, *(_refused(each) for each in done.refused)]
    return _numbered(report_id, [*kept, *finding_rows(report_id, noted)])


def _as_printed(done: Corrected) -> Rows:
    """The corrected rows as if the document said so, since the checks quote what is printed."""
    rows = dict(done.rows)
    for entry in done.applied:
        table, raw = entry["table"], f"{entry['column']}_raw"
        if raw in SCHEMAS[table].columns:
            rows[table] = [_printed(row, entry, raw) if _is(row, entry) else row for row in rows[table]]
    return rows


def _printed(row: Row, entry: Row, raw: str) -> Row:
    value = row[entry["column"]]
    text = "" if value is None else shown(entry["table"], entry["column"], value).strip("”")
    unit = row.get("measure_unit") if isinstance(value, float) else None
    return row | {raw: f"{text} {unit}" if unit and unit != "index" else text}


def _mark(row: Row) -> tuple[Any, ...]:
    return row["code"], row["row_id"], row["message"]


def _numbered(report_id: str, rows: Sequence[Row]) -> list[Row]:
    """In document order, each doubt once, with ids as `finding_rows` gives them."""
    distinct = {_mark(row): row for row in reversed(rows)}
    ordered = sorted(
        reversed(distinct.values()), key=lambda row: (row["source_page"] or 0, row["source_line"] or 0)
    )
    return [row | {"finding_id": f"{report_id}/f{i:02d}"} for i, row in enumerate(ordered, start=1)]


def _refused(refused: Any) -> Noted:
    entry, row = refused.correction, refused.row
    place = Place(row.get("source_line"), row.get("source_page")) if row else Place()
    row_id = None if row is None else row.get("goal_id" if entry.table == "goals" else "row_id")
    return Noted(REFUSED, entry.table, row_id, place, {"detail": refused.detail})


def _row(rows: Rows, entry: Row) -> Row:
    """The row that a correction was made in, as it was read."""
    return next(row for row in rows[entry["table"]] if _is(row, entry))


def _is(row: Row, entry: Row) -> bool:
    return bool(row[ROW_KEY.get(entry["table"], "row_id")] == entry["row_id"])


def _settles(entry: Row, old: Row, finding: Row) -> bool:
    """Whether a correction answers a doubt from the reading of its cell."""
    if (finding["table"], finding["row_id"]) != (entry["table"], entry["row_id"]):
        return False
    table, column = entry["table"], entry["column"]
    if finding["code"] in SETTLED.get((table, column), ()):
        word = _DATE_WORDS.get(column)
        return word is None or f": {word} " in finding["message"]
    if table == "indicators" and finding["code"] in _CELL:
        return names_cell(finding["message"], column, old.get(f"{column}_raw"))
    return False


def names_cell(message: str, column: str, raw: str | None) -> bool:
    """Whether a finding about an indicator row is about one cell of it, by the words it is made of."""
    title = str(SCHEMAS["indicators"].columns[column].title)
    shown = title if title.startswith("KF") else title[0].lower() + title[1:]
    text = clean(raw or "")
    return f": {shown} {text} " in message or f": {shown} ”{text}”" in message
