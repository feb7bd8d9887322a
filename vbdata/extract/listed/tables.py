"""All listed tables of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Table
from vbdata.extract.flowed.headers import first_titles
from vbdata.extract.flowed.tables import cells_end_in_spaces, ends_table
from vbdata.extract.flowed.values import may_be_of_value
from vbdata.extract.furniture import place
from vbdata.extract.listed.cells import PERIOD, Header, cells_of, header_at, keeps_empty
from vbdata.extract.listed.form import form_rows
from vbdata.extract.listed.rows import is_of_row, read_rows
from vbdata.extract.ruled import Drawn, lines_in
from vbdata.extract.spaced import header_at as spaced_header_at
from vbdata.vocabulary import key

_HAS_CELLS = re.compile(r"[|\t]|<t[drh]\b|  \S.*  \S")
# Spaces that stand for empty cells, as in text in which each cell ends in one.
_EMPTY_CELLS = re.compile(r"\d(?: ?%)? {3,}\S|\S {4,}$")
_TITLE = 16
"""Characters of a first title at most."""
_ROWS_LIMIT = 6_000
#: So many values in paragraphs of their own are no accident.
_FEW_ALONE = 5
#: Where a larger share of rows does not come out even, the lines are no cells.
_UNSURE_SHARE = 0.2


def listed_tables(lines: Sequence[Line], drawn: Drawn) -> tuple[Drawn, list[Doubt]]:
    """All listed tables of a text that are no drawn ones."""
    headers = _headers(lines, lines_in(drawn))
    bodies = {i: _end(lines, i, headers) for i in headers}
    doubts: list[Doubt] = []
    found: Drawn = {}
    for step in (1, 2):
        mine = [i for i, header in headers.items() if header.step == step]
        empty = keeps_empty([lines[headers[i].end : bodies[i]] for i in mine], step)
        if step == 1 and not empty and not _was_apart(lines, mine):  # lines may be parts of cells
            continue
        unsure: list[Doubt] = []
        tables = {i: _table(lines, i, headers[i], bodies[i], empty, unsure) for i in mine}
        rows = sum(len(table.rows) - 1 for table, _ in tables.values())
        if step == 1 and empty and len(unsure) > _UNSURE_SHARE * rows:
            continue
        found |= tables
        doubts += unsure
    return found, doubts


def scattered_tables(lines: Sequence[Line], drawn: Drawn) -> tuple[Drawn, list[Doubt]]:
    """Tables whose cells are paragraphs in whatever order, as some converters print a PDF.

    Of these only rows can be read whose cells follow each other; all else is left out with a doubt.
    """
    headers: dict[int, Header] = {}
    taken = lines_in(drawn)
    done = 0
    for i, line in enumerate(lines):
        if i >= done and i not in taken and not line.blank and (found := spaced_header_at(lines, i)):
            headers[i] = Header(found.layout, found.titles, found.end, 2)
            done = found.end
    if not headers and not drawn:
        return {}, _lost_headers(lines)
    bodies = {i: _end(lines, i, headers) for i in headers}
    if not _is_scattered([lines[headers[i].end : end] for i, end in bodies.items()]):
        return {}, []
    doubts: list[Doubt] = []
    tables = {i: _table(lines, i, headers[i], bodies[i], False, doubts, scattered=True) for i in headers}
    return tables, doubts


def _lost_headers(lines: Sequence[Line]) -> list[Doubt]:
    """A doubt for each first title that stands alone, in a text without a whole header and without cells."""
    if any(_HAS_CELLS.search(line.text) for line in lines):
        return []
    detail = "Tabellens celler står inte i ordning i texten efter ”{}”, så tabellen är utelämnad."
    return [
        Doubt("columns_uncertain", detail.format(line.text.strip()), place(line))
        for line in lines
        if len(line.text.strip()) < _TITLE and key(line.text) in first_titles()
    ]


def _is_scattered(bodies: Sequence[Sequence[Line]]) -> bool:
    """Whether single values are paragraphs of their own, or stand inside the name that they belong to."""
    if sum(bool(_EMPTY_CELLS.search(line.text)) for body in bodies for line in body) > 1:
        return False
    alone = beside = inside = 0
    for body in bodies:
        for i, line in enumerate(body):
            text = line.text.strip()
            if not is_of_row(text) or PERIOD.fullmatch(text):  # a period may stand alone under a value
                continue
            apart = (i == 0 or not body[i - 1].text) and (i + 1 == len(body) or not body[i + 1].text)
            alone += apart
            beside += not apart
            inside += i + 1 < len(body) and _goes_on(body[i + 1].text.strip())
    return inside >= _FEW_ALONE or (alone >= _FEW_ALONE and alone > beside / 2)


def _goes_on(text: str) -> bool:
    """Whether a line is the rest of a name, and not of a value."""
    return text[:1].islower() and not all(map(may_be_of_value, text.split()))


def _headers(lines: Sequence[Line], taken: AbstractSet[int]) -> dict[int, Header]:
    """Listed headers by line; none where another header wraps, or lines end in the space of their cell."""
    if cells_end_in_spaces([line for line in lines if not line.blank]):
        return {}
    found: dict[int, Header] = {}
    done = 0
    for i, line in enumerate(lines):
        if i < done or i in taken or line.blank:
            continue
        if header := header_at(lines, i):
            found[i] = header
            done = header.end
        elif spaced_header_at(lines, i):
            return {}
    return found


def _was_apart(lines: Sequence[Line], starts: Sequence[int]) -> bool:
    """Whether a blank line stood after each, so that every line is a paragraph."""
    return all(lines[i + 1].number - lines[i].number > 1 for i in starts)


def _end(lines: Sequence[Line], start: int, headers: dict[int, Header]) -> int:
    """Where what may be cells of a table ends."""
    i = headers[start].end
    while i < min(len(lines), start + _ROWS_LIMIT) and i not in headers and not ends_table(lines, i):
        i += 1
    return i


def _table(
    lines: Sequence[Line],
    start: int,
    header: Header,
    end: int,
    empty: bool,
    doubts: list[Doubt],
    *,
    scattered: bool = False,
) -> tuple[Table, int]:
    cells = cells_of(lines, header.end, end, header.step, empty=empty)
    if header.layout.table == "complaints":
        rows, after = form_rows(cells, empty=empty, scattered=scattered, doubts=doubts)
    else:
        width = len(header.layout.columns)
        rows, after = read_rows(cells, header.layout.table, width, empty=empty, doubts=doubts)
    return Table.headed(header.titles, rows, place(lines[start])), max(after, header.end)
