"""Tables by place in a text: a character is a place, and two spaces part cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.extract.decode import Line as TextLine
from vbdata.extract.document import Doubt, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.headers import Headers
from vbdata.extract.markup import plain
from vbdata.extract.ruled import Drawn
from vbdata.extract.tables.columns import Line, Word
from vbdata.extract.tables.headers import Header, has_first_title, headers_in
from vbdata.extract.tables.regions import Placed, read_region
from vbdata.extract.tables.rows import Span

_WIDE, _HIGH, _LEAD = 5.0, 10.0, 12.0
"""Width of a letter, and height and distance of lines, as a page would set them."""
_KEPT = ("name", "title", "group", "category", "period")
"""What a row keeps whose cells may be another column's."""
_NEAR = 2 * _WIDE  # between a cell's first letter and its title's
_ENOUGH, _RAGGED = 3, 0.05
"""Lines that are enough to say how a text keeps its columns; the share of them that may start elsewhere."""
_GAP = re.compile(r"\S {2,}\S")
_WORD = re.compile(r"\S+")


def placed_tables(lines: Sequence[TextLine], drawn: Drawn, spaced: Headers) -> tuple[Drawn, list[Doubt]]:
    """Tables that stand in none of those already found, and under no header whose white space is data."""
    read = [
        (own[header.start], [lines[i] for i in own[header.end :]], placed)
        for own in _stretches(lines, drawn, spaced)
        if any(_GAP.search(lines[i].text) for i in own)
        and any(has_first_title(lines[i].text.split()) for i in own)
        for header, placed in _placed([_line(lines[i].text, i) for i in own])
        if _shows_columns(lines, own[header.start : header.end])
    ]
    if _is_ragged([placed for _, _, placed in read]):
        return {}, []
    found: Drawn = {}
    doubts: list[Doubt] = []
    numbers = {id(line): i for i, line in enumerate(lines)}
    for start, below, placed in read:
        rows = _rows(placed, below, doubts)
        titles = [title.text for title in placed.header.titles]
        end = numbers[id(below[len(placed.lines) - 1])] + 1
        found[start] = (Table.headed(titles, rows, place(lines[start])), end)
    return found, doubts


def _shows_columns(lines: Sequence[TextLine], titles: Sequence[int]) -> bool:
    """Whether titles stand apart from each other: between single spaces there are no places."""
    return any("  " in lines[i].text.strip() for i in titles)


def _placed(lines: Sequence[Line]) -> Iterator[tuple[Header, Placed]]:
    for header, after in pairwise([*headers_in(lines), None]):
        if header is not None:
            placed = read_region(header, lines[header.end : after.start if after else None], near=_NEAR)
            if placed is not None:
                yield header, placed


def _is_ragged(tables: Sequence[Placed]) -> bool:
    """Whether names that wrap start at different characters, so that characters say nothing of columns."""
    off = total = 0
    for table in tables:
        for row in table.rows if table.header.table == "indicators" else ():
            if row.merged:
                continue
            own = zip(table.lines[row.first + 1 : row.end], table.texts[row.first + 1 : row.end], strict=True)
            starts = [
                line.words[0].x0
                for line, cut in own
                if not row.merged and not cut.prose and set(cut.texts) == {0}
            ]
            off += sum(at != max(starts, key=starts.count) for at in starts)
            total += len(starts)
    return total >= _ENOUGH and off > _RAGGED * total


def _stretches(lines: Sequence[TextLine], drawn: Drawn, spaced: Headers) -> Iterator[list[int]]:
    """Filled lines between the tables that were found and other lines of cells."""
    taken = {i for start, (_, end) in drawn.items() for i in range(start, end)}
    own: list[int] = []
    after = 0  # a header whose white space is data
    for i, line in enumerate(lines):
        if i in spaced and i not in taken:
            after = max(after, spaced[i].end)
        if i in taken or i < after or "\t" in line.text or "|" in line.text:
            if own:
                yield own
            own = []
        elif not line.blank:
            own.append(i)
    if own:
        yield own


def _line(text: str, number: int) -> Line:
    words: list[Word] = []
    end = -2
    for found in _WORD.finditer(text):
        words.append(Word(found[0], found.start() * _WIDE, found.end() * _WIDE, found.start() > end + 1))
        end = found.end()
    top = number * _LEAD
    return Line.of(words, top, top + _HIGH, _HIGH)


def _rows(placed: Placed, lines: Sequence[TextLine], doubts: list[Doubt]) -> Iterator[Row]:
    for number, row in enumerate(placed.rows):
        where = place(lines[row.first])
        shown = [" ".join(line.text.split()) for line in lines[row.first : row.end]]
        width = len(placed.header.titles)
        if row.merged:
            text = "\n".join([shown[0], " ".join(shown[1:])]) if len(shown) > 1 else shown[0]
            yield Row.of([text, *[""] * (width - 1)], where)
            continue
        if not row.sure or not row.clear:
            doubts.append(_doubt(row, " ".join(shown), where))
        if row.sure:
            yield Row.of(_texts(placed, number, row), where)


def _texts(placed: Placed, number: int, row: Span) -> list[str]:
    """A row's cells; a label of the form stands in the first of its rows alone."""
    fields = placed.header.fields
    texts = [
        " ".join(text for cut in placed.texts[row.first : row.end] if (text := cut.texts.get(n)))
        for n in range(len(fields))
    ]
    if "group" in fields and (span := next((s for s in placed.groups if s[0] <= number < s[1]), None)):
        column, first, end = fields.index("group"), placed.rows[span[0]].first, placed.rows[span[1] - 1].end
        words = [text for cut in placed.texts[first:end] if (text := cut.texts.get(column))]
        texts[column] = " ".join(words) if span[0] == number else ""
    kept = ("name", "title", "group", "category", "period")
    return [
        plain(text) if row.clear or field in kept else "" for field, text in zip(fields, texts, strict=True)
    ]


def _doubt(row: Span, shown: str, where: Place) -> Doubt:
    what = "vilka kolumner värdena står i" if row.sure else "var raden börjar och slutar"
    detail = f"Det går inte att se {what}, så det är utelämnat: ”{shown}”"
    return Doubt("columns_uncertain" if row.sure else "left_over", detail, where)
