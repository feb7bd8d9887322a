"""A report's records as rows of the tidy tables, and the doubts that came up on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vbdata.extract.document import Cell, Document, Place, Table
from vbdata.extract.grammar import is_blank, is_letterless, is_marked, parse_count, parse_date, parse_tick
from vbdata.normalise.indicators import indicator_row, with_units_beside
from vbdata.normalise.lines import lines_of, sentence_lines
from vbdata.normalise.names import category_name, goal_name, goal_status, group_name, mend, unit_id, unit_slug
from vbdata.normalise.noted import Noted
from vbdata.normalise.people import without_people
from vbdata.normalise.quantities import TEXTS, quantity_rows
from vbdata.parse.records import Activity, Complaint, Goal, Indicator, Report
from vbdata.vocabulary import clean, is_unread, label

Row = dict[str, Any]

_PERIODS = {"T1": "t1_raw", "T2": "t2_raw", "VB": "vb_raw", "total": "total_raw"}


@dataclass(frozen=True, slots=True)
class Normalised:
    """One report as rows of the tidy tables (all but findings and extraction_log), with its doubts.

    Rows are kept as mappings, since a frame per table and report would cost ten times the reading. `lines`
    has the printed lines that their texts were made of (see `lines_of`), `cells` those table rows, by place,
    that go over lines, `report` the records.
    """

    report_id: str
    rows: dict[str, list[Row]]
    noted: tuple[Noted, ...] = ()
    report: Report | None = field(default=None, repr=False)
    cells: tuple[tuple[Place, tuple[Cell, ...]], ...] = field(default=(), repr=False)
    lines: tuple[Row, ...] = field(default=(), repr=False)


@dataclass
class _Work:
    """What every row of one report needs."""

    report: Report
    report_id: str
    noted: list[Noted] = field(default_factory=list)

    def goal_id(self, position: int | None) -> str | None:
        return None if position is None else f"{self.report_id}/g{position:02d}"

    def note(self, code: str, table: str, row_id: str | None, place: Place, **words: str) -> None:
        self.noted.append(Noted(code, table, row_id, place, words))


def normalise(
    report: Report, document: Document, *, source: str, sha256: str, version: int = 1
) -> Normalised:
    """Rows of the tidy tables for one report.

    Parameters
    ----------
    report
        Records of `document`.
    source
        Path of the file, relative to the raw folder.
    version
        2 and up for a later version of a report that is already there.
    """
    report = without_people(report)
    unit = unit_id(report.cover.unit_name)
    suffix = "" if version == 1 else f"-v{version}"
    own = unit.id or unit_slug(report.cover.unit_name)
    report_id = f"{report.cover.year}-{report.cover.kind}-{own}{suffix}".lower()
    work = _Work(report, report_id)
    if unit.doubt:
        rivals = dict(zip(("first", "second"), unit.rivals, strict=True)) if unit.rivals else {}
        work.note(
            unit.doubt,
            "reports",
            None,
            report.cover.place,
            value=report.cover.unit_name,
            what="Enheten",
            **rivals,
        )
    rows: dict[str, list[Row]] = {
        "reports": [_report_row(work, document, unit.id or "", source, sha256)],
        "goals": [_goal_row(work, goal) for goal in report.goals],
        "indicators": _indicator_rows(work, report.indicators),
        "activities": [_activity_row(work, record) for record in report.activities],
        "complaints": [row for record in report.complaints for row in _complaint_rows(work, record)],
        "passages": _passage_rows(work),
    }
    lines = tuple(lines_of(report, report_id))
    _tell_sentence_lines(rows, lines)
    rows["quantities"] = quantity_rows(rows, lines)
    work.noted.extend(_from_doubts(report, rows))
    return Normalised(report_id, rows, tuple(work.noted), report, _over_lines(document), lines)


def _tell_sentence_lines(rows: dict[str, list[Row]], lines: Iterable[Row]) -> None:
    printed = {row["row_id"]: row["lines"] for row in lines}
    for table in ("passages", "indicators", "activities"):
        for row in rows[table]:
            if row[TEXTS[table]] and row["row_id"] in printed:
                row["sentence_lines"] = sentence_lines(row[TEXTS[table]], printed[row["row_id"]])


def _over_lines(document: Document) -> tuple[tuple[Place, tuple[Cell, ...]], ...]:
    rows = (row for block in document.blocks if isinstance(block, Table) for row in block.rows)
    return tuple((row.place, row.cells) for row in rows if any(cell.lines for cell in row.cells))


def _place(place: Place) -> Row:
    return {"source_page": place.page, "source_line": place.line}


def _from_doubts(report: Report, rows: Mapping[str, Sequence[Row]]) -> Iterator[Noted]:
    """Doubts of the reading, each about the row that stands where it does, or else about the report."""
    at: dict[Place, tuple[str, str]] = {}
    for table in ("complaints", "activities", "indicators"):
        at |= {Place(row["source_line"], row["source_page"]): (table, row["row_id"]) for row in rows[table]}
    for doubt in report.doubts:
        if doubt.code != "status_near":
            table, row_id = at.get(doubt.place, ("reports", None))
            yield Noted(doubt.code, table, row_id, doubt.place, {"detail": doubt.detail})


def _report_row(work: _Work, document: Document, unit: str, source: str, sha256: str) -> Row:
    cover = work.report.cover
    day = parse_date(cover.date_raw) if cover.date_raw else None
    return {
        "report_id": work.report_id,
        "source": source,
        "sha256": sha256,
        "format": document.format,
        "kind": cover.kind,
        "year": cover.year,
        "unit_id": unit,
        "unit_name": clean(cover.unit_name),
        "title_raw": cover.title_raw,
        "board": cover.board,
        "dnr": cover.dnr,
        "date": day,
        "template": work.report.template,
        "pages": document.pages,
    }


def _goal_row(work: _Work, goal: Goal) -> Row:
    named, row_id = goal_name(goal.level, goal.code, goal.title_raw), work.goal_id(goal.position)
    level = label("level", goal.level)
    if named.doubt:
        work.note(
            named.doubt,
            "goals",
            row_id,
            goal.place,
            what=level,
            value=goal.title_raw,
            file="vocabulary/goals.csv",
        )
    status = goal_status(goal.status_raw) if goal.status_raw else None
    if goal.status_raw and status is None:
        work.note(
            "unknown_status",
            "goals",
            row_id,
            goal.place,
            level=level,
            title=named.name,
            value=goal.status_raw,
        )
    seen = goal.icon.status if goal.icon else None
    if seen and status is None and not goal.status_raw:
        work.note(
            "status_from_icon",
            "goals",
            row_id,
            goal.place,
            level=level,
            title=named.name,
            icon=label("status", seen),
        )
    elif seen and status and seen != status:
        work.note(
            "status_icon_differs",
            "goals",
            row_id,
            goal.place,
            level=level,
            title=named.name,
            icon=label("status", seen),
            words=label("status", status),
        )
    from_icon = status is None and seen is not None and not goal.status_raw
    return {
        "report_id": work.report_id,
        "goal_id": row_id,
        "parent_goal_id": work.goal_id(goal.parent),
        "position": goal.position,
        "level": goal.level,
        "code": named.id,
        "title": named.name,
        "title_raw": goal.title_raw,
        "status": seen if from_icon else status,
        "status_raw": goal.status_raw,
        "status_source": "icon" if from_icon else ("words" if status else None),
        **_place(goal.place),
    }


def _indicator_rows(work: _Work, records: Iterable[Indicator]) -> list[Row]:
    rows, noted = with_units_beside([_indicator_row(work, record) for record in records])
    work.noted.extend(noted)
    return rows


def _indicator_row(work: _Work, record: Indicator) -> Row:
    row_id = f"{work.report_id}/i{record.position:02d}"
    if record.goal is None:
        work.note("orphan_row", "indicators", row_id, record.place, what="Indikatorn", title=record.name_raw)
    head = {"report_id": work.report_id, "row_id": row_id, "goal_id": work.goal_id(record.goal)}
    row, noted = indicator_row(record, row_id)
    work.noted.extend(noted)
    return head | row | _place(record.place)


def _activity_row(work: _Work, record: Activity) -> Row:
    row_id = f"{work.report_id}/a{record.position:02d}"
    title = mend(record.title_raw)
    if record.goal is None:
        work.note("orphan_row", "activities", row_id, record.place, what="Aktiviteten", title=title)
    dates = {}
    for name, raw, column in (
        ("start", record.start_raw, "startdatum"),
        ("end", record.end_raw, "slutdatum"),
    ):
        dates[name] = parse_date(raw)
        if dates[name] is None and not is_blank(raw):
            work.note(
                "date_unreadable", "activities", row_id, record.place, name=title, column=column, value=raw
            )
    deviation = is_marked(record.deviation_raw)
    if deviation is None and not is_letterless(record.deviation_raw):
        work.note(
            "value_unreadable",
            "activities",
            row_id,
            record.place,
            name=title,
            column="avvikelse",
            value=record.deviation_raw,
            why="säger varken ja eller nej",
        )
    return {
        "report_id": work.report_id,
        "row_id": row_id,
        "goal_id": work.goal_id(record.goal),
        "position": record.position,
        "title": title,
        "title_raw": record.title_raw,
        "start": dates["start"],
        "start_raw": record.start_raw,
        "end": dates["end"],
        "end_raw": record.end_raw,
        "deviation": deviation,
        "completed": parse_tick(record.mark_raw),
        "analysis": record.analysis,
        **_place(record.place),
    }


def _complaint_rows(work: _Work, record: Complaint) -> Iterator[Row]:
    template = work.report.template or ""
    group = group_name(record.group_raw, template)
    category = category_name(record.category_raw, template, group.name)
    base = f"{work.report_id}/c{record.position:02d}"
    _note_labels(work, record, base, group, category)
    for period, column in _PERIODS.items():
        raw = getattr(record, column)
        count = parse_count(raw)
        if count is None and not is_blank(raw) and not is_unread(raw):
            work.note(
                "value_unreadable",
                "complaints",
                f"{base}-{period}",
                record.place,
                name=category.name,
                column=label("period", period),
                value=raw,
                why="är inget antal",
            )
        yield {
            "report_id": work.report_id,
            "row_id": f"{base}-{period}",
            "position": record.position,
            "template": template,
            "facet": group.id,
            "group": group.name,
            "group_raw": record.group_raw,
            "category": category.name,
            "category_raw": record.category_raw,
            "concept": category.id,
            "period": period,
            "count": count,
            "count_raw": raw,
            "comment": record.comment_raw or None,
            **_place(record.place),
        }


def _note_labels(work: _Work, record: Complaint, base: str, group: Any, category: Any) -> None:
    for what, named, raw, file in (
        ("Gruppen", group, record.group_raw, "vocabulary/complaint_groups.csv"),
        ("Kategorin", category, record.category_raw, "vocabulary/complaint_categories.csv"),
    ):
        if named.doubt:
            rivals = dict(zip(("first", "second"), named.rivals, strict=True)) if named.rivals else {}
            work.note(
                named.doubt,
                "complaints",
                f"{base}-total",
                record.place,
                what=what,
                value=raw,
                file=file,
                **rivals,
            )


def _passage_rows(work: _Work) -> list[Row]:
    return [
        {
            "report_id": work.report_id,
            "row_id": f"{work.report_id}/p{p.position:03d}",
            "goal_id": work.goal_id(p.goal),
            "position": p.position,
            "section": p.section,
            "heading": p.heading or None,
            "text": p.text,
            **_place(p.place),
        }
        for p in work.report.passages
    ]
