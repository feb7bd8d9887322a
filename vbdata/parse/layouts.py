"""Which table a header row opens, and which of its columns holds what.

Layouts are rows of vocabulary/layouts.csv: a new form is added there, beside the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from vbdata.extract.document import Row
from vbdata.extract.grammar import DATE, PERIOD
from vbdata.vocabulary import category_index, key, layouts, same_as
from vbdata.vocabulary.tables import Layout, groups

#: Mean likeness of a header's cells that makes a row one; else so many must be titles beyond doubt.
HEADER_FLOOR = 66.0
_SURE_TITLES = 3
_SURE, _WORN = 100.0, 70.0
"""Likeness of a title in its words, and of one that has lost letters or its end."""
_LEFT = 0.6
"""How many of a title's letters must be left of it."""
_MOST_CELLS = 200
"""Cells of a header at most, empty ones too: no form has a tenth of them."""
_NO_HEADER_CELL = re.compile(r"\s*[-−]?\d[\d ,.%-]*\s*$|[\s\S]{90}")
_YEAR = re.compile(r"\b20\d\d\b")
#: What a title of two rows may end in, which says no more than its first words: "Periodens utfall Totalt".
_ALL_OF_THEM = re.compile(r"(?<=\w)\s+(?:totalt|alla|samtliga|båda)$", re.I)
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Columns:
    """A layout laid over a table: `at` is the cell index of each field, `width` the header's cells.

    `titles` are the header's cells as printed; those that stand at no field's index are unknown.
    """

    layout: Layout
    at: dict[str, int]
    width: int
    titles: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return self.layout.table

    @property
    def first(self) -> int:
        return min(self.at.values())

    @cached_property
    def main(self) -> str:
        """The field that names a row."""
        return self.layout.fields[1 if self.table == "complaints" else 0]

    @cached_property
    def spans(self) -> dict[str, range]:
        """The cells that each field's title stands over: its own, after a name the untitled ones too."""
        return {name: _span(i, self) for name, i in self.at.items()}


def columns_of(row: Row, year: int | None = None) -> Columns | None:
    """The layout that a row is the header of; None for any other row.

    Titles are known by their words, in whatever order they stand, and may have lost letters; an extra column
    may stand first. With the report's `year`, a title of another year is none of its columns: "Årsmål 2026"
    in the report of 2025 is unknown, "Utfall 2024" the year before.
    """
    texts = row.texts
    if len(texts) > _MOST_CELLS or any(
        map(_NO_HEADER_CELL.match, texts)
    ):  # most rows: cheaper to see than to lay
        return None
    return _columns_of(texts, year)


@lru_cache(maxsize=1024)
def _columns_of(texts: tuple[str, ...], year: int | None) -> Columns | None:
    titles = sum(bool(key(text)) for text in texts)
    if titles < _SURE_TITLES or max(len(key(text)) for text in texts) > 60:
        return None
    if not any(_said_by(words) or _worn_in(words) for words in (_YEAR.sub(" ", text) for text in texts)):
        return None  # most tables of a unit's own
    found = [(*_laid(texts, layout, year), layout) for layout in layouts()]
    score, at, layout = max(found, key=lambda item: item[0])
    sure = {name for name, i in at.items() if _likeness(texts[i], name, layout, year) == _SURE}
    if not at or (score < HEADER_FLOOR and len(sure) < _SURE_TITLES):
        return None
    if layout.table == "complaints":
        at = _with_category(at, texts)
    return Columns(layout, at, len(texts), texts)


def _with_category(at: dict[str, int], texts: Sequence[str]) -> dict[str, int]:
    """The form's columns; between the groups and the first counts stand the categories, in any words."""
    between = at.get("group", len(texts)) + 1
    if (
        "category" in at
        or between in at.values()
        or between + 1 not in at.values()
        or not key(texts[between])
    ):
        return at
    return at | {"category": between}


def is_title(text: str, table: str, year: int | None = None) -> bool:
    """Whether a text is a title of a column of the table, in its words."""
    if not _said_by(_YEAR.sub(" ", text)):
        return False
    own = [layout for layout in layouts() if layout.table == table]
    return any(_likeness(text, name, layout, year) == _SURE for layout in own for name in layout.fields)


def _laid(texts: Sequence[str], layout: Layout, year: int | None) -> tuple[float, dict[str, int]]:
    """Mean likeness of header cells and columns, and the cell of each column."""
    like = [[_likeness(text, name, layout, year) for name in layout.fields] for text in texts]
    at = _sure_titles(like, layout.fields)
    if list(at.values()) == sorted(at.values()):
        at = _in_order(like, layout.fields)
        at = _filled(at, layout, texts)
    named = layout.fields[0]
    first = min(at.values(), default=0)
    if not at or (named not in at and first and key(texts[first - 1])):
        return 0.0, {}  # rows are named by something else, so that they are something else
    score = sum(like[i][layout.fields.index(name)] for name, i in at.items())
    return score / max(len(layout.fields), sum(bool(key(text)) for text in texts)), at


def _sure_titles(like: Sequence[Sequence[float]], fields: Sequence[str]) -> dict[str, int]:
    """Columns whose title is one cell's and no other's, in the layout's order."""
    found = {name: [i for i, row in enumerate(like) if row[j] == _SURE] for j, name in enumerate(fields)}
    return {name: at[0] for name, at in found.items() if len(at) == 1}


def _in_order(like: Sequence[Sequence[float]], fields: Sequence[str]) -> dict[str, int]:
    """Best pairing of header cells with columns where both stand in the same order."""
    rows, columns = len(like), len(fields)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            pair = like[i][j] + best[i + 1][j + 1] if like[i][j] else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    at: dict[str, int] = {}
    i = j = 0
    while i < rows and j < columns:
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            at[fields[j]] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return at


def _filled(at: dict[str, int], layout: Layout, texts: Sequence[str]) -> dict[str, int]:
    """Columns whose header cell is empty, placed between their neighbours."""
    filled = dict(at)
    for position, name in enumerate(layout.fields):
        if name in filled or not position:
            continue
        before = filled.get(layout.fields[position - 1], len(texts))
        if before + 1 < len(texts) and before + 1 not in filled.values() and not key(texts[before + 1]):
            filled[name] = before + 1
    return filled


def _likeness(text: str, name: str, layout: Layout, year: int | None) -> float:
    """How much a header's cell is the title of a field: in its words, worn, or not at all."""
    said, worn, years = _titles_in(text)
    if not said and not worn:
        return 0.0
    labels = dict(layout.columns)
    if year is not None and name == "value_previous" and years == {year - 1} and "value" in labels:
        labels = labels | {name: (*labels[name], *labels["value"])}
    if not _is_of_year(name, years, year):
        return 0.0
    if not said.isdisjoint(labels[name]):
        return _SURE
    if any(not said.isdisjoint(others) for others in labels.values()):
        return 0.0  # clearly another column's
    return 0.0 if worn.isdisjoint(labels[name]) else _WORN


@lru_cache(maxsize=4096)
def _titles_in(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[int]]:
    """The titles that a header's cell is, those that it is left of, and the years that it names."""
    words = _ALL_OF_THEM.sub("", _YEAR.sub(" ", text).strip())
    years = frozenset(int(found) for found in _YEAR.findall(text))
    return (_said_by(words), _worn_in(words), years) if key(words) else (frozenset(), frozenset(), years)


@cache
def _labels() -> tuple[str, ...]:
    """The titles of all columns of all layouts."""
    return tuple({label: None for layout in layouts() for _, labels in layout.columns for label in labels})


@lru_cache(maxsize=4096)
def _said_by(words: str) -> frozenset[str]:
    """The titles that words are."""
    return same_as(words, _labels())


@lru_cache(maxsize=4096)
def _worn_in(words: str) -> frozenset[str]:
    """The titles that words are left of."""
    letters = key(words)
    return frozenset(
        label
        for label, whole, beginnings in _wholes()
        if letters in beginnings or (len(letters) < len(whole) and _is_worn(letters, whole))
    )


def _is_of_year(name: str, years: Set[int], year: int | None) -> bool:
    if year is None or not years:
        return True
    return years == ({year - 1} if name == "value_previous" else {year})


@cache
def _wholes() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Each title with its key and the keys of its first words."""
    parted = [(label, label.split()) for label in _labels()]
    return tuple(
        (label, key(label), frozenset(key(" ".join(words[:count])) for count in range(1, len(words))))
        for label, words in parted
    )


def _is_worn(letters: str, whole: str) -> bool:
    """Whether a title has lost letters."""
    rest = iter(whole)
    return len(letters) >= max(3, _LEFT * len(whole)) and all(letter in rest for letter in letters)


def fit(row: Row, columns: Columns) -> dict[str, str]:
    """A row's cells by field; one icon cell more or less than the header does not matter.

    A title that is merged over an icon's cell and its neighbour holds what has words of them.
    """
    texts = row.texts
    by = shift(texts, columns)
    found: dict[str, str] = {}
    for name, over in columns.spans.items():
        cells = [texts[j + by].strip() for j in over if 0 <= j + by < len(texts)]
        found[name] = next((text for text in cells if _WORD.search(text)), cells[0] if cells else "")
    return found


def _span(i: int, columns: Columns) -> range:
    end = i + 1
    if i == columns.at.get(columns.main):
        while (
            end < len(columns.titles) and end not in columns.at.values() and not columns.titles[end].strip()
        ):
            end += 1
    return range(i, end)


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
