"""Where words of a row's text are printed: a doubt points at their line, not at the first of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from vbdata.extract.document import Place, Printed
from vbdata.parse.records import LINES, Report

Row = dict[str, Any]


def lines_of(report: Report, report_id: str) -> list[Row]:
    """The printed lines of every text: rows of ``row_id`` and ``lines``, those without lines left out.

    A complaint's comment belongs to all its periods; its ``row_id`` is without the period.
    """
    found: list[Row] = []
    for letter, digits, records in (
        ("i", 2, report.indicators), ("a", 2, report.activities), ("c", 2, report.complaints),
        ("p", 3, report.passages),
    ):  # fmt: skip
        for record in records:
            lines = next(getattr(record, name) for name in LINES if hasattr(record, name))
            if lines:
                row_id = f"{report_id}/{letter}{record.position:0{digits}d}"
                found.append({"row_id": row_id, "lines": lines})
    return found


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


def where(lines: Sequence[Printed], words: str) -> Place | None:
    """The place of the printed line where words begin, or None.

    >>> lines = Printed("Vi har avveck-", Place(4)), Printed("lat två platser.", Place(5))
    >>> where(lines, "avvecklat två"), where(lines, "två platser").line, where(lines, "nio")
    (Place(line=4, page=None), 5, None)
    """
    wanted, letters = _letters(words), [_letters(line.text) for line in lines]
    at = "".join(letters).find(wanted) if wanted else -1
    if at < 0:
        return None
    ends = accumulate(map(len, letters))
    return next(line.place for line, end in zip(lines, ends, strict=True) if at < end)


def _letters(text: str) -> str:
    """What is left of a text when line breaks, hyphens and marks do not count."""
    return "".join(filter(str.isalnum, text.casefold()))


def _lines(rows: dict[str, list[Row]], row_id: str) -> Sequence[Printed]:
    known: Iterable[Row] = rows.get("lines", ())
    ids = (row_id, row_id.rpartition("-")[0])
    return next((each["lines"] for each in known if each["row_id"] in ids), ())
