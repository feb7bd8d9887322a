"""Tables whose cells end in exactly one space and whose rows a blank line parts.

``71 %    68 % öka 2024 `` is outcome, three empty cells, target, council target, period. Cells wrap over
lines with blank lines between; a line that breaks inside a word has no space at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby, pairwise

from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Doubt, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.grammar import (
    ANALYSIS,
    COUNT,
    COUNTS,
    DATE,
    GAP,
    PERIOD,
    is_blank,
    parse_count,
    parse_rule,
    readings,
    stops_short,
)
from vbdata.extract.headers import Header, Headers
from vbdata.extract.headings import ends_table
from vbdata.extract.labels import keys_of
from vbdata.extract.tables.text import Tables
from vbdata.vocabulary import UNREAD, categories, groups, indicator_index, key
from vbdata.vocabulary.matching import Index

_SPACED, _FORM_PARTED = 0.75, 0.3
"""Shares of the filled lines that end in a cell's space, and of lines between a form's rows."""
_ROW_LINES, _CELL_WORDS, _AFTER_DATES = 48, 9, 3
"""Lines of a row, words of a cell, and words after a row's dates at most."""
_COUNT_WORDS = 3
"""Words of a count at most: "1 114 st"."""
_QUOTED = 200
"""Letters of a row that a doubt quotes."""
_EMPTY_CELLS = re.compile(r"\S {5,}(?=\S|$)")
_ABOUT = re.compile(r"(?:drygt|knappt|närmare|nästan|cirka|c:a|ca\.?)\b\s*")

_TARGETS = ("target", "council_target")

Cells = tuple[str, ...]


# ------------------------------------------------------------------------------- which tables


def spaced_tables(lines: Sequence[Line], headers: Headers) -> tuple[Tables, list[Doubt]]:
    """The tables under whose headers white space is data, each up to the heading that ends it."""
    found: Tables = {}
    doubts: list[Doubt] = []
    after = 0
    for i, header in headers.items():
        if i < after or not header.in_order or any(GAP.search(line.text) for line in lines[i : header.end]):
            continue
        body, after = _body(lines, header, headers)
        if not _is_spaced(body, header):
            continue
        if header.layout.table == "complaints":
            rows = _form_rows([part for block in _blocks(body) for part in _parts_of(block)])
        else:
            rows = _rows(body, header.layout.table, header.layout.fields, doubts)
        found[i] = (Table.headed(header.titles, rows, place(lines[i])), after)
    return found, doubts


def _is_spaced(body: Sequence[Line], header: Header) -> bool:
    """Whether the white space of a table under a header is data: a line between rows, and spaces for cells.

    Either each cell has its space at its end, or empty ones stand as a space each between others. Two dates
    are never taken for something else, so that activities need the lines only, or a line each.
    """
    table = header.layout.table
    filled = [line for line in body if not line.blank]
    ended = sum(line.text.endswith(" ") for line in filled) >= _SPACED * len(filled)
    gaps = [len(gap) for line in filled for gap in GAP.findall(line.text)]
    narrow = max(gaps, default=0) <= len(header.layout.columns)
    if not (ended or (narrow and (gaps or table == "activities"))):
        return False
    if table == "complaints":
        return sum(not line.text for line in body) >= _FORM_PARTED * len(filled)
    ends = [i for i, line in enumerate(body) if _ends_row(line.text, table)]
    last = len(body) - 1
    parted = all(i == last or not body[i + 1].text or body[i + 1].page != body[i].page for i in ends)
    beside = {j for i in ends for j in (i - 1, i + 1) if 0 <= j <= last} - set(ends)
    alone = table == "activities" and all(body[j].blank for j in beside)
    return bool(ends) and (parted or alone)


def _ends_row(text: str, table: str) -> bool:
    words = text.split()[-_AFTER_DATES - 2 :]
    if table == "indicators":
        return bool(words) and bool(PERIOD.match(words[-1]))
    return any(DATE.match(a) and DATE.match(b) for a, b in pairwise(words))


def _body(lines: Sequence[Line], header: Header, headers: Headers) -> tuple[list[Line], int]:
    """Lines of the table and where it ends; a header that a page break repeats becomes a blank line."""
    body: list[Line] = []
    i = header.end
    while i < len(lines) and not ends_table(lines, i):
        again = headers.get(i)
        if again and again.layout.table != header.layout.table:
            break
        body.append(Line(lines[i].number, "", lines[i].page) if again else lines[i])
        i = again.end if again else i + 1
    return body, i


# ----------------------------------------------------------------- indicators and activities


def run_together(lines: Sequence[Line]) -> str:
    """Wrapped lines as one string; blank lines between cells add nothing.

    >>> run_together([Line(1, "nämnd/s"), Line(2, "tyrelse "), Line(3, ""), Line(4, "VB 2023 ")])
    'nämnd/styrelse VB 2023 '
    """
    joined = ""
    stripped = len(lines) > 1 and not any(line.text.endswith(" ") for line in lines)
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if joined and not joined.endswith(" ") and (stripped or lines[i - 1].text == ""):
            joined += " "
        joined += line.text
    return joined


def _rows(lines: Sequence[Line], table: str, fields: Cells, doubts: list[Doubt]) -> Iterator[Row]:
    """Rows with a cell per column, and the text rows between them; what is unsure is added to `doubts`."""
    done = 0
    for i, line in enumerate(lines):
        if (
            not _ends_row(line.text, table)
            or (found := _row_ending_at(lines, done, i, table, fields)) is None
        ):
            continue
        start, cells = found
        yield from text_rows(lines[done:start], len(fields))
        words = " ".join(run_together(lines[start : i + 1]).split())
        why = ""
        if not cells:
            why = "mellanrummen mellan cellerna är borta, så raden är utelämnad."
        elif ANALYSIS.match(cells[0]):
            why = "det går inte att se var analysen slutar och nästa rad börjar; raden är utelämnad."
            cells = ()
        elif words.split() != " ".join(cells).split():
            why = "det går inte att se vilka tal som hör ihop i raden, så de är utelämnade."
        if why:
            doubts.append(Doubt("columns_uncertain", f"”{words[-_QUOTED:]}”: {why}", place(lines[start])))
        if cells and cells[0]:
            yield Row.of(cells, place(lines[start]))
        done = i + 1
    yield from text_rows(lines[done:], len(fields))


def _row_ending_at(
    lines: Sequence[Line], low: int, last: int, table: str, fields: Cells
) -> tuple[int, Cells] | None:
    """Where the row starts that ends on a line, and its cells; none of them where the spaces are lost.

    A name starts after a blank line, after the rows before, or with the empty icon cells.
    """
    at = last
    for start in range(last, max(low, last - _ROW_LINES) - 1, -1):
        if lines[start].blank:
            continue
        if start == low or lines[start - 1].blank or lines[start].text.startswith("  "):
            text = run_together(lines[start : last + 1])
            cells = _dated_cells(text) if table == "activities" else _cells_of(text, fields)
            if cells:
                return start, cells[: len(fields)]
        at = start if not lines[min(at, start + 1)].blank else at
    *_, before, _ = ["", "", *lines[last].text.split()]
    return (at, ()) if before and _may_be("target", before.strip("%") or "0") else None


def _dated_cells(text: str) -> Cells:
    """Title, dates and what follows them."""
    words = text.split()
    at = next((i for i, pair in enumerate(pairwise(words)) if all(map(DATE.match, pair))), 0)
    return (" ".join(words[:at]), words[at], words[at + 1], " ".join(words[at + 2 :])) if at else ()


def _cells_of(text: str, fields: Cells) -> Cells:
    """Name and cells of a row; only what is sure where its words may be its cells in several ways."""
    words = text.strip().split(" ")
    ways: list[tuple[int, Cells]] = [(len(words), ())]
    for field in reversed(fields[1:]):
        ways = [
            (start, (cell, *cells))
            for end, cells in ways
            for start in range(max(end - _CELL_WORDS, 1), end)
            if not (cell := " ".join(words[start:end])) or (words[start] and _may_be(field, cell))
        ]
    found = [(" ".join(" ".join(words[:start]).split()), *cells) for start, cells in ways if words[start - 1]]
    found = [way for way in found if way[0][0].isalpha() and not _ABOUT.fullmatch(way[0].split()[-1])]
    if len(found) < 2:
        return found[0] if found else ()
    known = [way for way in found if indicator_index().exact(way[0])]
    sure = found[0][0] if len({way[0] for way in found}) == 1 else ""
    return known[0] if len(known) == 1 else (sure, *[""] * (len(fields) - 2), found[0][-1])


@lru_cache(maxsize=4096)
def _may_be(field: str, cell: str) -> bool:
    if field == "period":
        return bool(PERIOD.match(cell))
    number = is_blank(cell) or readings(_ABOUT.sub("", cell, count=1))
    return bool(number or (field in _TARGETS and cell[0].isalpha() and parse_rule(cell)))


def text_rows(lines: Sequence[Line], width: int) -> Iterator[Row]:
    """Text between rows: an Analys row, or the rest of one that a page break cut, or both."""
    filled = [line for line in lines if not line.blank]
    at = [i for i, line in enumerate(filled) if key(line.text) == "analys"]
    for low, high in pairwise(sorted({0, *at, len(filled)})):
        own = filled[low:high]
        label, told = ("Analys\n", own[1:]) if low in at else ("", own)
        text = label + "\n".join(" ".join(run_together(part).split()) for part in _paragraphs(told))
        where = place(own[0])
        yield Row((Cell(text.strip(), where), *[Cell("", where)] * (width - 1)), where)


def _paragraphs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Lines of a text, parted below each heading that is set as running text."""
    width = max((len(line.text) for line in lines), default=0)
    ends = [i for i, (a, b) in enumerate(pairwise(lines), 1) if stops_short(a.text, b.text, width)]
    return (lines[start:end] for start, end in pairwise([0, *ends, len(lines)]))


# ------------------------------------------------------------------------- the complaint form


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the form: a label of a "group" or a "row", or the "cells" of the row before it."""

    kind: str
    text: str
    place: Place
    cells: Cells = ("",) * 5


def _form_rows(parts: Sequence[_Part]) -> Iterator[Row]:
    """Rows under their groups, whose labels stand before their first rows, or before their last ones."""
    rows: list[_Part] = []
    labels: list[tuple[int, str]] = []  # with the rows before each
    for part in parts:
        if part.kind == "row":
            rows.append(part)
        elif part.kind == "cells":
            if rows and not any(rows[-1].cells):
                rows[-1] = replace(rows[-1], cells=part.cells)
        elif labels and _goes_on(labels[-1][1], part.text):
            labels[-1] = len(rows), f"{labels[-1][1]} {part.text}"
        else:
            labels.append((len(rows), part.text))
    bounds = [0, *(at for at, _ in labels), len(rows)]
    votes = 0
    for before, at, after, (_, label) in zip(bounds, bounds[1:], bounds[2:], labels, strict=False):
        below = sum(_belongs(row, label) for row in rows[at + 1 : after])
        over = sum(_belongs(row, label) for row in rows[before:at])
        votes += (below > over) - (
            below < over
        )  # one each: a group that a page break cuts may go on for long
    ends = bounds[2:] if votes > 0 else [min(at + 1, len(rows)) for at, _ in labels]
    start, above = 0, ""
    for end, label in zip([*ends, len(rows)], [*(label for _, label in labels), ""], strict=True):
        first, joined = start, f"{above} {label}".strip()
        whole = joined if _known(label) is None and _known(joined) == "group" else label
        while first < end and _belongs(rows[first], above) and not _belongs(rows[first], whole):
            first += 1  # a page break cut the group before
        for i, row in enumerate(rows[start:end], start):
            texts = (label if i == first else "", row.text, *row.cells)
            yield Row.of((" ".join(text.split()) for text in texts), row.place)
        start, above = end, whole or above


def _goes_on(start: str, more: str) -> bool:
    """Whether a label goes on that is none yet, and that with this is one, or the beginning of one."""
    whole, labels = key(f"{start} {more}"), keys_of("group")
    alone = key(start) in labels or key(more) in labels
    return not alone and any(label.startswith(whole) for label in labels)


def _belongs(row: _Part, group: str) -> bool:
    name = _labels()[0].find(group).entry
    return name is not None and key(row.text) in _questions_of(name)


@cache
def _questions_of(group: str) -> frozenset[str]:
    """Keys of the questions' labels that a group of the forms has."""
    return frozenset(key(label) for each in categories() if each.group == group for label in each.printed)


@cache
def _labels() -> tuple[Index[str], Index[str]]:
    """All groups' and all categories' labels of every form."""
    return (
        Index({g.group: g.printed for g in groups()}),
        Index({c.category: c.printed for c in categories()}),
    )


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for filled, block in groupby(lines, key=lambda line: line.text != ""):
        if filled:
            yield list(block)


def _parts_of(block: Sequence[Line]) -> Iterator[_Part]:
    where = place(next((line for line in block if not line.blank), block[0]))
    text = run_together(block)
    label = " ".join(text.split())
    if not label:
        if len(text) >= len(COUNTS):
            yield _Part("cells", "", where)
        return
    counted = any(map(str.isdigit, text)) or text.startswith(" " * len(COUNTS))
    if counted and (counts := _counts_of(text)):
        yield _Part("cells", "", where, counts[0])
        return
    if (empty := _EMPTY_CELLS.search(block[-1].text)) and empty.end() == len(block[-1].text):
        yield _Part("row", label, where)
        return
    split = _best_split(text)
    kind = None if _EMPTY_CELLS.search(text.rstrip()) else _known(label)
    merged = len(block) > 2 and block[-1].blank and block[-2].blank  # lines of a merged label's empty cells
    if merged and (kind or not (split and _known(split[0]))):
        kind = "group"
    if kind or split is None:
        yield _Part(kind or "row", label, where)
        return
    name, cells, rest = split
    yield _Part("row", name, where, cells)
    if rest:
        yield _Part(_known(rest) or "group", rest, where)


def _known(label: str) -> str | None:
    """Which label the forms know; "Beröm" is both, and the group comes first."""
    group, category = _labels()
    if (label in group and label in category) or group.find(label).entry:
        return "group"
    return "row" if category.find(label).entry else None


def _best_split(text: str) -> tuple[str, Cells, str] | None:
    """Label, five cells and what follows them, preferring a label that the forms know."""
    first: tuple[str, Cells, str] | None = None
    for space in (found.start() for found in re.finditer(" ", text)):
        counts, label = _counts_of(text[space + 1 :]), " ".join(text[:space].split())
        if not counts or not label:
            continue
        split = (label, *counts)
        first = first or split
        if _known(label):
            return split
    return first


def _counts_of(text: str) -> tuple[Cells, str] | None:
    """Four counts and the comment after them; an empty comment is a space, after which a label may come.

    "1 114 st" may be one count or two: the way whose parts make the printed sum is taken, and where that
    does not tell the counts are unread.
    """
    ways = list(_ways(text.split(" "), len(COUNTS)))
    if not ways:
        return None
    summed = [way for way in ways if _sums_up(way[0])]
    cells, words = (summed if len(summed) == 1 else ways)[0]
    if len(ways) > 1 and len(summed) != 1:
        cells = (UNREAD,) * len(COUNTS)
    comment, rest = ("", " ".join(words[1:])) if words[:1] == [""] else (" ".join(words), "")
    return (*cells, " ".join(comment.split())), " ".join(rest.split())


def _ways(words: Sequence[str], count: int) -> Iterator[tuple[Cells, list[str]]]:
    """All ways in which words may begin with so many counts, and the words after them."""
    if not count:
        yield (), list(words)
        return
    for size in range(1, min(_COUNT_WORDS, len(words)) + 1):
        unit_next = " ".join(words[size : size + _COUNT_WORDS]).split()[:1] == ["st"]
        if _is_count(words[:size]) and (not words[size - 1] or not unit_next):
            for cells, rest in _ways(words[size:], count - 1):
                yield (" ".join(words[:size]), *cells), rest


def _is_count(words: Sequence[str]) -> bool:
    """An empty cell, a count of one word, or one with its unit."""
    if len(words) == 1:
        return not words[0] or bool(COUNT.fullmatch(words[0]))
    return words[0].isdigit() and words[-1] == "st" and bool(COUNT.fullmatch(" ".join(words)))


def _sums_up(cells: Cells) -> bool:
    """Whether the parts of a row make its printed sum."""
    *parts, total = (parse_count(cell) or 0 for cell in cells)
    return bool(total) and sum(parts) == total
