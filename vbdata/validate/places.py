"""Where words of a row's text are printed: a doubt points at their line, not at the first of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from vbdata.extract.document import Cell, Place, Printed, printed
from vbdata.normalise.lines import where
from vbdata.normalise.noted import Noted, Other
from vbdata.parse.records import Report
from vbdata.vocabulary import clean

Row = dict[str, Any]


def place(row: Row) -> Place:
    """Where a row was read."""
    return Place(row["source_line"], row["source_page"])


def blanks_of(report: Report | None, report_id: str) -> list[Row]:
    """Headings with nothing under them, as rows of ``goal_id``, ``section``, ``heading`` and their place."""
    return [
        {
            "goal_id": None if blank.goal is None else f"{report_id}/g{blank.goal:02d}",
            "section": blank.section,
            "heading": blank.heading,
            "source_line": blank.place.line,
            "source_page": blank.place.page,
        }
        for blank in (report.blanks if report else ())
    ]


#: Doubts of the reading that tell of words that are in no cell.
UNREAD = frozenset(["cell_moved", "columns_uncertain", "left_over", "unknown_column"])


def unread_of(found: Iterable[Noted]) -> list[Row]:
    """Where words were left out in reading: their place, ``words``, and whether they are ``cut`` short."""
    return [
        {"place": noted.place, "words": clean(words), "cut": words.rstrip('". ”').endswith("…")}
        for noted in found
        if noted.code in UNREAD
        for words in [noted.words.get("detail", "")]
    ]


def whole(rows: dict[str, list[Row]], found: Iterable[Row]) -> list[Row]:
    """The rows of which nothing was left out in reading: only their empty cells are empty in the document.

    Every check that calls a cell missing asks here.
    """
    unread = rows.get("unread", ())
    return [row for row in found if not any(_is_of(each, row) for each in unread)]


def left_out(rows: dict[str, list[Row]], found: Sequence[Row]) -> bool:
    """Words were left out in reading among the lines of some rows."""
    lines = [row["source_line"] for row in found if row["source_line"] is not None]
    pages = [row["source_page"] for row in found if row["source_page"] is not None]
    return any(
        _between(each["place"].line, lines) if lines else _between(each["place"].page, pages)
        for each in rows.get("unread", ())
    )


def _between(at: int | None, found: Sequence[int]) -> bool:
    return at is not None and bool(found) and min(found) <= at <= max(found) + 1


#: Lines under words that were too many to be told, which may be of their table.
_NEAR = 60
#: Lines that a row and its analysis may take.
_UNDER = 12
_NAMES = ("name_raw", "title_raw", "category_raw")


def _is_of(unread: Row, row: Row) -> bool:
    """What was left out stood at the row's place, or beside its name, or was more than could be told."""
    line, own = row["source_line"], place(row)
    name = next((clean(row[each]) for each in _NAMES if row.get(each)), "")
    if unread["place"] == own or (name and name in unread["words"]):
        return True
    first = unread["place"].line
    if "”Analys" in unread["words"] and None not in (first, line) and line <= first <= line + _UNDER:
        return True  # an analysis of one of the rows just above
    return bool(unread["cut"] and None not in (first, line) and first <= line <= first + _NEAR)


def place_of(rows: dict[str, list[Row]], row: Row, words: str) -> Place:
    """The line of a row's text that has the first of some words of it; the row's own where none has.

    Parameters
    ----------
    rows
        A report's rows by table, with ``lines`` as `lines_of` gives them.
    words
        Verbatim from the text; wrapped and broken words count as whole.
    """
    own = place(row)
    lines = _lines(rows, str(row.get("row_id", "")))
    return where(lines, words) or own


def _lines(rows: dict[str, list[Row]], row_id: str) -> Sequence[Printed]:
    known: Sequence[Row] = rows.get("lines", ())
    at = {each["row_id"]: each["lines"] for each in known} if known else {}
    return at.get(row_id) or at.get(row_id.rpartition("-")[0], ())


def at_cells(rows: dict[str, list[Row]], found: Iterable[Noted]) -> list[Noted]:
    """Doubts about a cell of a row that goes over several lines, at the line that has the cell."""
    cells = {each["place"]: each["cells"] for each in rows.get("cells", ())}
    return [_at_cells(rows, cells, noted) for noted in found] if cells else list(found)


def _at_cells(rows: dict[str, list[Row]], cells: Mapping[Place, Sequence[Cell]], noted: Noted) -> Noted:
    place = _cell_place(rows, cells, noted)
    other = noted.other
    if other is not None and other.report_id is None:
        other = replace(other, place=_cell_place(rows, cells, other))
    return replace(noted, place=place, other=other)


def _cell_place(
    rows: dict[str, list[Row]], cells: Mapping[Place, Sequence[Cell]], noted: Noted | Other
) -> Place:
    """Where the cell in doubt begins; where the doubt is, if it is about no cell or two cells read alike."""
    if noted.column is None or noted.place not in cells:
        return noted.place
    row = next((row for row in rows[noted.table] if row.get("row_id") == noted.row_id), {})
    raw = row.get(f"{noted.column}_raw")
    alike = [cell for cell in cells[noted.place] if raw and cell.text.strip() == raw.strip()]
    return printed(alike[0])[0].place if len(alike) == 1 else noted.place
