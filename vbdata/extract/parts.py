"""Which columns each table has, decided once for every format; rows under a header are a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vbdata.extract.document import Block, Heading, PageBreak, Row, Table
from vbdata.extract.grammar import DATE, DIGIT, PERIOD, WHEN, YEAR, has_word
from vbdata.extract.headers import ALL_OF_THEM, Columns, columns_of, field_titled
from vbdata.extract.recognise import heads_a_goal, section_of
from vbdata.vocabulary import category_index, groups, key, layouts, target_rule_index

_NUMBERED = re.compile(r"\b(?:T|[^\W\d_]{3,} )[1-9]\b")
"""What ends a title that is numbered: "T1", "Period 2"."""
_LONGEST_TITLE = 40
_FEWEST_TITLES, _ROWS_BELOW = 3, 4
"""Titles of a header at least, and rows under one that are asked what they have cells for."""
_NAMED = {"indicators": ("Indikator",), "activities": ("Aktivitet", "Startdatum", "Slutdatum")}
"""The titles that cells and other titles may stand for."""
_OUTCOME, _MONEY = "Utfall", "budget"
_TARGETS = frozenset({"target", "council_target"})
"""Fields that no table of a unit's own has."""


def with_columns(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a table for each header, which has its columns; one of the unit's own has none.

    A table without a header goes on with the columns of the one before it, under the same heading: where
    something stands between them its cells must say that it does. One that goes on under a header that no
    form has is as unknown as that.
    """
    found = _Found()
    for block in blocks:
        if isinstance(block, Table) and block.rows:
            for part in _parts(block.rows, found):
                found.take(part)
                yield part
        else:
            if isinstance(block, Heading):
                found.pass_heading(block)
            yield block
        if not isinstance(block, PageBreak):
            found.apart = not isinstance(block, Table)


@dataclass(slots=True)
class _Found:
    """What the tables and headings so far say of the next table.

    `before` are the columns of the last table under this heading, and `strange` whether a header that no form
    has came after the last known one; something stands between the tables when they are `apart`, and after
    the goals' part, `beyond`, only a header's words make a table of theirs.
    """

    before: Columns | None = None
    strange: bool = False
    apart: bool = False
    beyond: bool = False

    def take(self, part: Table) -> None:
        self.before = part.columns or self.before
        self.strange = part.columns is None and (self.strange or _is_strange_header(part.rows, 0))

    def pass_heading(self, block: Heading) -> None:
        section = section_of(block.text)
        if section is None or section.code != "analysis":
            self.before = None
        if section and section.ends_goals:
            self.beyond = True
        elif heads_a_goal(block.text):
            self.beyond = False


def _parts(rows: Sequence[Row], found: _Found) -> Iterator[Table]:
    known = [
        columns_of(row.texts) or (None if found.beyond else _by_evidence(rows, i))
        for i, row in enumerate(rows)
    ]
    columns, height = _header_at(rows, known, 0)
    heads = [(0, height, columns) if columns else (0, 0, _without_header(rows, found))]
    for i in range(1, len(rows)):
        if i < heads[-1][1]:
            continue
        columns, height = _header_at(rows, known, i)
        own = heads[-1][2]
        if columns or (not (own and own.is_row(rows[i].texts)) and _is_strange_header(rows, i)):
            heads.append((i, i + height if columns else i, columns))
    ends = [start for start, *_ in heads[1:]] + [len(rows)]
    for (start, first, columns), end in zip(heads, ends, strict=True):
        yield Table(tuple(rows[start:end]), rows[start].place, columns, first - start)


def _by_evidence(rows: Sequence[Row], i: int) -> Columns | None:
    """The columns under titles only some of which are known, where what stands under them tells the others.

    Two columns of dates are a start and an end, a year alone is an outcome's, and the words before the first
    of them are names, whatever they are called. Every row must have what its columns say. A table beside a
    budget is one of money: its outcomes are no indicators'.
    """
    titles = list(rows[i].texts)
    if not _is_strange_header(rows, i) or any(_MONEY in key(text) for text in titles):
        return None
    body = [
        row.texts for row in rows[i + 1 :] if len(row.cells) == len(titles) and sum(map(bool, row.texts)) > 2
    ]
    dated = [j for j, cells in enumerate(zip(*body, strict=True)) if _are_dates(cells)]
    if len(dated) == len(WHEN):
        start, end = dated
        own = range(max(start - 1, 0), end + 1)
        if end - start == 1 and any(field_titled(titles[j], "activities") for j in own):
            titles[own.start : own.stop] = _NAMED["activities"][-len(own) :]
    else:
        titles = [f"{_OUTCOME} {text}" if YEAR.fullmatch(text.strip()) else text for text in titles]
        first = next((j for j, text in enumerate(titles) if field_titled(text, "indicators")), 0)
        titles[max(first - 1, 0)] = _NAMED["indicators"][0]
    found = columns_of(titles)
    if found is None or not (found.table == "activities" or found.at.keys() & _TARGETS):
        return None
    name = found.at.get(found.main)
    fit = name is not None and all(cells[name].strip() and not found.misfits(cells) for cells in body)
    return found if body and fit else None


def _are_dates(cells: Sequence[str]) -> bool:
    filled = [text for text in cells if text.strip()]
    return bool(filled) and all(map(DATE.match, filled))


def _without_header(rows: Sequence[Row], found: _Found) -> Columns | None:
    """The columns of rows under no header: those of the table before, or what their cells say."""
    if found.strange or _is_strange_header(rows, 0):
        return None
    guessed = guessed_columns(rows)
    same = guessed and found.before and guessed.table == found.before.table
    return found.before if found.before and (same or not found.apart) else guessed


def _header_at(rows: Sequence[Row], known: Sequence[Columns | None], i: int) -> tuple[Columns | None, int]:
    """The header that starts at a row, and how many rows it has: the second may say more of its titles.

    `known` are the columns of each row that is a header by itself.
    """
    one = known[i]
    below = known[i + 1] if i + 1 < len(rows) else one
    said = one or below
    if said is None or i + 1 == len(rows) or (below and below.main in below.at):
        return one, 1  # no header, or one of its own below
    both = _two_rows(rows[i], rows[i + 1], said.table)
    two = columns_of(both.texts) if both else None
    return (two, 2) if two and len(two.at) >= len(one.at if one else ()) else (one, 1)


def _two_rows(upper: Row, lower: Row, table: str) -> Row | None:
    """Two rows as one header, where most of what the second says makes titles of the first one's.

    The rest is unknown under both: "Årsmål" over "Gruppens" and "Husets".
    """
    if len(upper.cells) != len(lower.cells) or not any(text.strip() for text in lower.texts):
        return None
    cells, over, surplus = [], "", 0
    for cell, below in zip(upper.cells, lower.texts, strict=True):
        over = cell.text or (over if below.strip() else "")  # a title that is merged over several columns
        if below.strip():
            ways = (f"{over} {below}".strip(), below, over if key(below) in ALL_OF_THEM else "")
            known = next((text for text in ways if text and field_titled(text, table)), "")
            surplus += 1 if known else -1
            cell = replace(cell, text=known or ways[0])
        cells.append(cell)
    return Row(tuple(cells), upper.place) if surplus > 0 else None


def _is_strange_header(rows: Sequence[Row], i: int) -> bool:
    """A row of titles that no form has: every cell filled that is below it, with words or a year alone."""
    texts = rows[i].texts
    filled = [text for text in texts if text.strip()]
    below = [row.texts for row in rows[i + 1 : i + 1 + _ROWS_BELOW]]
    if len(filled) < _FEWEST_TITLES or not below or columns_of(texts):
        return False
    untitled = (j for j, text in enumerate(texts) if not text.strip())
    if sum(any(has_word(cells[j]) for cells in below if j < len(cells)) for j in untitled) > 1:
        return False
    return all(map(_may_be_title, filled))


def _may_be_title(text: str) -> bool:
    """Whether words may be a title, and are no date, frequency or rule as the forms' cells are."""
    text = text.strip()
    bare = _NUMBERED.sub("", YEAR.sub("", text))  # what numbers a title may hold
    if len(text) > _LONGEST_TITLE or DIGIT.search(bare) or not (text[:1].isupper() or YEAR.match(text)):
        return False
    often = PERIOD.match(text) and not YEAR.search(text)
    return has_word(text) and not (often or DATE.match(text) or target_rule_index().find(text, 84.0).entry)


def guessed_columns(rows: Sequence[Row]) -> Columns | None:
    """The layout of a table whose header is lost, told by what its cells hold."""
    width = max((len(row.cells) for row in rows), default=0)
    texts = [row.texts for row in rows]
    if any(sum(bool(DATE.match(t)) for t in row) == 2 for row in texts) and 3 <= width <= 5:
        return _plain("activities_vb" if width > 3 else "activities_vp", width)
    if any(PERIOD.match(row[-1]) for row in texts if row) and width in (4, 5, 8, 9):
        return _plain("indicators_vb" if width > 5 else "indicators_vp", width)
    if 6 <= width <= 8 and _complaint_rows(texts) >= max(2, len(texts) // 2):
        return _plain("complaints_2025", width)
    return None


def _plain(code: str, width: int) -> Columns:
    layout = next(layout for layout in layouts() if layout.code == code)
    offset = width - len(layout.fields)
    return Columns(layout, {field: i + max(offset, 0) for i, field in enumerate(layout.fields)}, width)


def _complaint_rows(texts: Sequence[Sequence[str]]) -> int:
    indexes = [category_index(template) for template in sorted({g.template for g in groups()})]
    return sum(any(cell and any(cell in index for index in indexes) for cell in row[:2]) for row in texts)
