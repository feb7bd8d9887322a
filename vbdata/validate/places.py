"""Where words of a row's text are printed: a doubt points at their line, not at the first of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from vbdata.extract.document import Place, Printed
from vbdata.normalise.lines import lines_of, where
from vbdata.parse.records import Report

Row = dict[str, Any]

__all__ = ["blanks_of", "lines_of", "place_of", "where"]


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


def place_of(rows: dict[str, list[Row]], row: Row, words: str) -> Place:
    """The line of a row's text that has the first of some words of it; the row's own where none has.

    Parameters
    ----------
    rows
        A report's rows by table, with ``lines`` as `lines_of` gives them.
    words
        Verbatim from the text; wrapped and broken words count as whole.
    """
    own = Place(row["source_line"], row["source_page"])
    lines = _lines(rows, str(row.get("row_id", "")))
    return where(lines, words) or own


def _lines(rows: dict[str, list[Row]], row_id: str) -> Sequence[Printed]:
    known: Iterable[Row] = rows.get("lines", ())
    ids = (row_id, row_id.rpartition("-")[0])
    return next((each["lines"] for each in known if each["row_id"] in ids), ())
