"""Which table a header row opens, and which of its columns holds what.

Layouts are rows of vocabulary/layouts.csv: a new form is added there, beside the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from vbdata.extract.document import Row
from vbdata.extract.grammar import DATE, PERIOD
from vbdata.vocabulary import category_index, key, layouts
from vbdata.vocabulary.tables import Layout, groups

#: Mean similarity of header cells that makes a row a header.
HEADER_FLOOR = 74.0
_NO_HEADER_CELL = re.compile(r"\s*[-−]?\d[\d ,.%-]*\s*$|[\s\S]{90}")
_YEAR = re.compile(r"20\d\d")
_WORD = re.compile(r"\w")
_CELL_FLOOR = 55.0
_SURE, _CLEARLY = 90.0, 12.0
"""Similarity that leaves no doubt whose title it is, and how much less another's must have."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A layout laid over a table: `at` is the cell index of each field, `width` the header's cells."""

    layout: Layout
    at: dict[str, int]
    width: int

    @property
    def table(self) -> str:
        return self.layout.table

    @property
    def first(self) -> int:
        return min(self.at.values())


def columns_of(row: Row) -> Columns | None:
    """The layout that a row is the header of; None for any other row.

    Header cells may have lost letters, and an extra column may stand first.
    """
    return _columns_of(row.texts)


@cache
def _columns_of(texts: tuple[str, ...]) -> Columns | None:
    if any(map(_NO_HEADER_CELL.match, texts)):  # most rows: cheaper to see than to lay
        return None
    keys = [_YEAR.sub("", key(text)) for text in texts]
    if sum(map(bool, keys)) < 3 or max(map(len, keys)) > 60:
        return None
    scored = [(score, layout, at) for layout in layouts() for score, at in [_laid(keys, layout)]]
    score, layout, at = max(scored, key=lambda item: item[0])
    return Columns(layout, at, len(texts)) if score >= HEADER_FLOOR else None


def _laid(keys: Sequence[str], layout: Layout) -> tuple[float, dict[str, int]]:
    """Best in-order pairing of header cells with columns, and its mean similarity."""
    fields = layout.columns
    best = [[0.0] * (len(fields) + 1) for _ in range(len(keys) + 1)]
    for i in range(len(keys) - 1, -1, -1):
        for j in range(len(fields) - 1, -1, -1):
            pair = _own(keys[i], j, fields) + best[i + 1][j + 1]
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    at: dict[str, int] = {}
    i = j = 0
    while i < len(keys) and j < len(fields):
        similar = _own(keys[i], j, fields)
        if similar and best[i][j] == similar + best[i + 1][j + 1]:
            at[fields[j][0]] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    if not at:
        return 0.0, at
    first = min(at.values())
    if fields[0][0] not in at and first and keys[first - 1]:
        return 0.0, at  # rows are named by something else, so that they are something else
    return best[0][0] / max(len(fields), sum(map(bool, keys))), _filled(
        _unordered(at, fields, keys), layout, keys
    )


def _own(cell: str, position: int, fields: Sequence[tuple[str, Sequence[str]]]) -> float:
    """Similarity with a column's title; none where the words are clearly another column's."""
    similar = _similar(cell, fields[position][1])
    if 0 < similar < _SURE:
        others = (labels for j, (_, labels) in enumerate(fields) if j != position)
        if any(_similar(cell, labels) >= max(_SURE, similar + _CLEARLY) for labels in others):
            return 0.0
    return similar


def _unordered(
    at: dict[str, int], fields: Sequence[tuple[str, Sequence[str]]], keys: Sequence[str]
) -> dict[str, int]:
    """Columns that stand in another order than the layout's, where their words leave no doubt."""
    found = dict(at)
    for name, labels in fields:
        free = [i for i in range(len(keys)) if i not in found.values()]
        if name not in found and (sure := [i for i in free if _similar(keys[i], labels) >= _SURE]):
            found[name] = sure[0]
    return found


def _filled(at: dict[str, int], layout: Layout, keys: Sequence[str]) -> dict[str, int]:
    """Columns whose header cell is empty or unreadable, placed between their neighbours."""
    filled = dict(at)
    for position, field in enumerate(layout.fields):
        if field in filled:
            continue
        before = filled.get(layout.fields[position - 1], -1) if position else -1
        taken = set(filled.values())
        if before + 1 < len(keys) and before + 1 not in taken and _may_be(keys[before + 1], layout, position):
            filled[field] = before + 1
    return filled


def _may_be(cell: str, layout: Layout, position: int) -> bool:
    """Whether a title is blank or has only lost letters: other words are another column ("Prognos helår")."""
    return any(_is_within(cell, key(label)) for label in layout.columns[position][1])


def _is_within(letters: str, word: str) -> bool:
    """Whether the letters stand in the word in this order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _similar(cell: str, labels: Sequence[str]) -> float:
    if not cell:
        return 0.0
    score = max(fuzz.ratio(cell, key(label)) for label in labels)
    return score if score >= _CELL_FLOOR else 0.0


def fit(row: Row, columns: Columns) -> dict[str, str]:
    """A row's cells by field; one icon cell more or less than the header does not matter."""
    texts = list(row.texts)
    by = shift(texts, columns)
    return {name: texts[i + by].strip() if 0 <= i + by < len(texts) else "" for name, i in columns.at.items()}


def shift(texts: Sequence[str], columns: Columns) -> int:
    """How many cells a row starts before its header (1), or after it (-1)."""
    extra = len(texts) - columns.width
    if extra > 0 and not _WORD.search(texts[0]):
        return 1
    if extra < 0 and columns.first > 0:
        return -columns.first
    return 0


def guessed_columns(rows: Sequence[Row]) -> Columns | None:
    """The layout of a table whose header is lost, told by what its cells hold."""
    width = max((len(row.cells) for row in rows), default=0)
    texts = [row.texts for row in rows]
    if texts and _is_unknown_header(texts[0]):
        return None
    if any(sum(bool(DATE.match(t)) for t in row) == 2 for row in texts) and 3 <= width <= 5:
        return _plain("activities_vb" if width > 3 else "activities_vp", width)
    if any(PERIOD.match(row[-1]) for row in texts if row) and width in (4, 5, 8, 9):
        return _plain("indicators_vb" if width > 5 else "indicators_vp", width)
    if 6 <= width <= 8 and _complaint_rows(texts) >= max(2, len(texts) // 2):
        return _plain("complaints_2025", width)
    return None


def _is_unknown_header(texts: Sequence[str]) -> bool:
    """Titles that no layout has: what stands under them must not be told by its place."""
    filled = [text for text in texts if text.strip()]
    titles = [text for text in filled if not re.search(r"\d", _YEAR.sub("", text)) and len(text) < 40]
    return (
        len(filled) >= 3 and len(titles) == len(filled) and all(text.strip()[:1].isupper() for text in filled)
    )


def _plain(code: str, width: int) -> Columns:
    layout = next(layout for layout in layouts() if layout.code == code)
    offset = width - len(layout.fields)
    return Columns(layout, {field: i + max(offset, 0) for i, field in enumerate(layout.fields)}, width)


def _complaint_rows(texts: Sequence[Sequence[str]]) -> int:
    indexes = [category_index(template) for template in sorted({g.template for g in groups()})]
    return sum(any(cell and any(cell in index for index in indexes) for cell in row[:2]) for row in texts)
