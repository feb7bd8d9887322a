"""A space-delimited table under its header, up to what ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.grammar import GAP
from vbdata.extract.headers import Header, Headers
from vbdata.extract.headings import goal_begins
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import section_of
from vbdata.extract.spaced.activities import activity_rows
from vbdata.extract.spaced.complaints import (
    complaint_parts,
    labelled_first,
    labelled_last,
    labels_come_first,
)
from vbdata.extract.spaced.indicators import indicator_rows
from vbdata.extract.spaced.patterns import DATES_LOOSE, ENDS_IN_PERIOD
from vbdata.vocabulary import key

_SPACED = 0.75
_FORM_PARTED = 0.3
"""Shares of the filled lines that end in a cell's space, and of lines between a form's rows."""


def spaced_in(lines: Sequence[Line], headers: Headers) -> Headers:
    """Of a text's headers, those under which white space is data; a repeated one is of the first's table."""
    found: dict[int, Header] = {}
    after = 0
    for i, header in headers.items():
        if i < after or not header.in_order or any(GAP.search(line.text) for line in lines[i : header.end]):
            continue
        body, end = _body(lines, header, headers)
        if _is_spaced(body, header):
            found[i] = header
        after = end
    return found


def _is_spaced(body: Sequence[Line], header: Header) -> bool:
    """Whether the white space of a table under a header is data: a line between rows, and spaces for cells.

    Either each cell has its space at its end, or empty ones stand as a space each between others. Two
    dates are never taken for something else, so that activities need the lines only, or a line each.
    """
    filled = [line for line in body if not line.blank]
    ended = sum(line.text.endswith(" ") for line in filled) >= _SPACED * len(filled)
    gaps = [len(gap) for line in filled for gap in GAP.findall(line.text)]
    narrow = max(gaps, default=0) <= len(header.layout.columns)
    spaced = ended or bool(gaps and narrow)
    if header.layout.table == "complaints":
        return spaced and sum(not line.text for line in body) >= _FORM_PARTED * len(filled)
    if header.layout.table == "activities":
        parted = _ends_each_line(body, DATES_LOOSE) or _is_parted(body, DATES_LOOSE)
        return parted and (ended or narrow)
    return spaced and _is_parted(body, ENDS_IN_PERIOD)


def _is_parted(body: Sequence[Line], ending: re.Pattern[str]) -> bool:
    """Whether a blank line or a page's end follows each line that ends a row."""
    ends = [i for i, line in enumerate(body) if ending.search(line.text)]
    after = [body[i + 1] for i in ends if i + 1 < len(body)]
    pages = [body[i].page for i in ends]
    return bool(ends) and all(
        not line.text or line.page != page for line, page in zip(after, pages, strict=False)
    )


def _ends_each_line(body: Sequence[Line], ending: re.Pattern[str]) -> bool:
    """Whether each row that ends so is a line with nothing right above or below but another such row."""
    found = {i: match for i, line in enumerate(body) if (match := ending.search(line.text))}
    beside = (j for i in found for j in (i - 1, i + 1) if 0 <= j < len(body) and j not in found)
    whole = all(match.start() > 1 for match in found.values())
    return bool(found) and whole and all(body[j].blank for j in beside)


def spaced_table(lines: Sequence[Line], start: int, headers: Headers) -> tuple[Table, int, list[Doubt]]:
    """The table under the header that starts at a line, up to the heading that ends it."""
    header = headers[start]
    body, end = _body(lines, header, headers)
    doubts: list[Doubt] = []
    if header.layout.table == "complaints":
        rows = _form_rows(body)
    elif header.layout.table == "activities":
        rows = list(activity_rows(body, len(header.layout.columns), doubts))
    else:
        rows = list(indicator_rows(body, header.layout, doubts))
    return Table.headed(header.titles, rows, place(lines[start])), end, doubts


def _form_rows(body: Sequence[Line]) -> list[Row]:
    parts = list(complaint_parts(body))
    return list(labelled_first(parts) if labels_come_first(parts) else labelled_last(parts))


def _body(lines: Sequence[Line], header: Header, headers: Headers) -> tuple[list[Line], int]:
    """Lines of the table and where it ends; a header that a page break repeats becomes a blank line."""
    body: list[Line] = []
    i = header.end
    while i < len(lines) and not _ends_table(lines, i):
        again = headers.get(i)
        if again and again.layout.table != header.layout.table:
            break
        body.append(Line(lines[i].number, "", lines[i].page) if again else lines[i])
        i = again.end if again else i + 1
    return body, i


def _ends_table(lines: Sequence[Line], i: int) -> bool:
    raw = lines[i].text.strip()
    if not raw:
        return False
    marked = unmark(raw)
    text = marked.text
    if goal_begins(lines, i) or raw.startswith("|") or "\t" in raw or "<table" in raw:
        return True
    if marked.depth and key(text) != "analys":  # an Analys row may be marked up as a heading
        return True
    section = section_of(text, 96.0)
    return bool(section and section.code not in ("analysis", "complaints") and _stands_alone(lines, i))


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """A one-word line inside an Analys text is a heading only where a sentence has ended before it."""
    before = next((lines[j].text.rstrip() for j in range(i - 1, -1, -1) if not lines[j].blank), "")
    return (
        i == 0 or lines[i - 1].blank or not before or before[-1] in ".!?:)]”" or lines[i].text.startswith(" ")
    )
