"""Headers, for all readers and for parse: which words are which titles, and which column holds what.

Layouts are rows of vocabulary/layouts.csv: a new form is added there, beside the others. Titles that are
cells of their own are known one by one, in whatever order (`columns_of`); where nothing tells the cells
apart, a header is known by its letters (`headers_in`, `has_all_titles`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import itemgetter

from rapidfuzz import fuzz

from vbdata.extract.decode import Line
from vbdata.extract.grammar import ANALYSES, DATE, PERIOD, WHEN, WORDS, YEAR, has_word, may_hold
from vbdata.extract.markup import plain
from vbdata.vocabulary import key, layouts, same_as
from vbdata.vocabulary.entries import Layout

_MUST = {"indicators": ("period",), "activities": WHEN, "complaints": ("total",)}
"""What a row has at least one of, beside its name."""
#: Mean likeness of a header's cells that makes a row one; else so many must be titles beyond doubt.
HEADER_FLOOR = 66.0
_SURE_TITLES = 3
_SURE, _WORN = 100.0, 70.0
"""Likeness of a title in its words, and of one that has lost letters or its end."""
_SPELT_WORSE = 6
"""Letters that a title may have slips from: "Mått" is no "Mäts"."""
_MOST_CELLS, _LONGEST_TITLE = 200, 60
"""Cells of a header at most, empty ones too, and letters of one: no form has a tenth of so many cells."""
_NO_HEADER_CELL = re.compile(r"\s*[-−]?\d[\d ,.%-]*\s*$|[\s\S]{90}")
ALL_OF_THEM = frozenset({"totalt", "alla", "samtliga", "bada"})
"""What a title of two rows may end in, which says no more than its first words: "Periodens utfall Totalt"."""
_LINES = 40
"""Lines that a header may wrap over."""
_OPENING = 200
"""Letters of a line, mark-up included, among which its first word is."""
_LOST, _MISSPELT = 3, 80.0
"""Letters fewer than which a first title may be longer or shorter, and its likeness at least."""
_ALIKE, _IN_ORDER, _WHOLE = 0.97, 0.86, 0.985
"""Share of letters that a header's words and its titles have in common: in any order, in theirs, and where a
title that no layout has would be seen."""


# --------------------------------------------------------------------------------- titles as cells


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
    def fields(self) -> tuple[str | None, ...]:
        """The field of each cell; none under a title that no layout has."""
        names = {i: name for name, i in self.at.items()}
        return tuple(names.get(i) for i in range(self.width))

    @cached_property
    def explained(self) -> int | None:
        """The cell that a row's own Analys has a column for."""
        titles = enumerate(zip(self.fields, self.titles, strict=False))
        return next((i for i, (name, title) in titles if name is None and key(title) in ANALYSES), None)

    @cached_property
    def is_whole(self) -> bool:
        """Whether each title is one, in its words."""
        return all(
            not title.strip()
            or (name is not None and _likeness(title, name, self.layout, None) == _SURE)
            for name, title in zip(self.fields, self.titles, strict=True)
        )  # fmt: skip

    @cached_property
    def spans(self) -> dict[str, range]:
        """The cells that each field's title stands over: its own, after a name the untitled ones too."""
        return {name: self._span(i) for name, i in self.at.items()}

    def _span(self, i: int) -> range:
        end = i + 1
        if i == self.at.get(self.main):
            while end < len(self.titles) and self.fields[end] is None and not self.titles[end].strip():
                end += 1
        return range(i, end)

    def of_year(self, year: int) -> Columns | None:
        """The columns in a report of the year: a title of another year is none of its own."""
        return columns_of(self.titles, year) if self.titles else self

    # ------------------------------------------------------------- what the cells of a row may hold

    def misplaces(self, texts: Mapping[str, str]) -> bool:
        """Whether a date or a period stands under the title of something else."""
        dated = any(DATE.match(text) for field, text in texts.items() if field not in (*WHEN, self.main))
        named = (field for field in texts if self.table == "indicators" and field not in (*WORDS, "period"))
        return dated or any(PERIOD.match(texts[field]) for field in named)

    def fit(self, texts: Sequence[str]) -> dict[str, str]:
        """A row's cells by field; one icon cell more or less than the header does not matter.

        A title that is merged over an icon's cell and its neighbour holds what has words of them.
        """
        by = self.shift(texts)
        found: dict[str, str] = {}
        for name, over in self.spans.items():
            cells = [texts[j + by].strip() for j in over if 0 <= j + by < len(texts)]
            found[name] = next((text for text in cells if has_word(text)), cells[0] if cells else "")
        return found

    def shift(self, texts: Sequence[str]) -> int:
        """How many cells a row starts before its header (1), or after it (-1)."""
        if len(texts) > self.width and not has_word(texts[0]):
            return 1
        return -self.first if len(texts) < self.width else 0

    def is_text(self, column: int) -> bool:
        """Whether a column holds words; one with an unknown title may."""
        return self.fields[column] is None or self.fields[column] in WORDS

    def by_field(self, texts: Sequence[str]) -> dict[str, str]:
        """A row's cells by field."""
        return {field: text.strip() for field, text in zip(self.fields, texts, strict=False) if field}

    def misfits(self, texts: Sequence[str]) -> int:
        """How many cells cannot be what their titles say, a missing name and cells too many among them."""
        by = self.by_field(texts)
        named = any(by.get(field) for field in ("name", "title", "category"))
        found = sum(not may_hold(field, text) for field, text in by.items())
        return found + (not named and any(by.values())) + max(len(texts) - self.width, 0)

    def is_row(self, texts: Sequence[str]) -> bool:
        """Whether a line of cells has what makes a whole row: a name, and its period, a date or its total."""
        by = self.by_field(texts)
        return not self.misfits(texts) and any(by.get(field) for field in _MUST[self.table])

    def is_filled(self, texts: Sequence[str]) -> bool:
        """Whether a row has all its values or none, so that at most words are missing."""
        values = [i for i in range(self.width) if not self.is_text(i)]
        filled = [i for i in values if i < len(texts) and texts[i].strip()]
        return None not in self.fields and len(filled) in (0, len(values))

    def ends_whole(self, texts: Sequence[str]) -> bool:
        """Whether a row with values has the cell that each such row has: its period, or its total."""
        by = self.by_field(texts)
        must = _MUST[self.table][0]
        if must == "start" or must not in self.at:
            return False
        return bool(by.get(must)) or not any(text for field, text in by.items() if field not in WORDS)


@lru_cache(maxsize=4096)
def _columns_of(texts: tuple[str, ...], year: int | None) -> Columns | None:
    letters = [len(key(text)) for text in texts]
    if sum(map(bool, letters)) < _SURE_TITLES or max(letters) > _LONGEST_TITLE:
        return None
    if sum(any(_titles_in(text)[:2]) for text in texts) < 2:
        return None  # most tables of a unit's own
    score, at, layout = max(
        ((*_laid(texts, layout, year), layout) for layout in layouts()), key=lambda way: way[0]
    )
    sure = sum(_likeness(texts[i], name, layout, year) == _SURE for name, i in at.items())
    if not at or (score < HEADER_FLOOR and sure < _SURE_TITLES):
        return None
    return Columns(layout, at, len(texts), texts)


def columns_of(texts: Sequence[str], year: int | None = None) -> Columns | None:
    """The layout that the cells of a row are the header of; None for any other row.

    Titles are known by their words, in whatever order they stand, and may have lost letters; an extra column
    may stand first. With the report's `year`, a title of another year is none of its columns: "Årsmål 2026"
    in the report of 2025 is unknown, "Utfall 2024" the year before.

    >>> columns_of(["Aktivitet", "Slutdatum", "Startdatum", "Ansvarig"]).fields
    ('title', 'end', 'start', None)
    """
    return _columns_of(tuple(texts), year) if may_be_titles(texts) else None


def may_be_titles(texts: Sequence[str]) -> bool:
    """Whether cells may be titles: most rows hold a number, which is cheap to see."""
    return len(texts) <= _MOST_CELLS and not any(map(_NO_HEADER_CELL.match, texts))


def is_title(text: str) -> bool:
    """Whether a text is a title of a column of any table, in its words."""
    return bool(_titles_in(text)[0])


@lru_cache(maxsize=65536)
def field_titled(text: str, table: str) -> str | None:
    """The field of the table that a text is the title of, in its words.

    >>> field_titled("Utfall VB 2024", "indicators"), field_titled("Utfall VB", "complaints")
    ('value_previous', 'vb')
    """
    said = _titles_in(text)[0]
    columns = (column for layout in layouts() if layout.table == table for column in layout.columns)
    return next((name for name, labels in columns if not said.isdisjoint(labels)), None)


def _laid(texts: Sequence[str], layout: Layout, year: int | None) -> tuple[float, dict[str, int]]:
    """Mean likeness of header cells and columns, and the cell of each column."""
    like = [[_likeness(text, name, layout, year) for name in layout.fields] for text in texts]
    at = _sure_titles(like, layout.fields)
    if list(at.values()) == sorted(at.values()):
        at = _in_order(like, layout.fields)
    if not at or not _may_be_named(texts, at, layout):
        return 0.0, {}  # rows are named by something else, so that they are something else
    score = sum(like[i][layout.fields.index(name)] for name, i in at.items())
    return score / max(len(layout.fields), sum(bool(key(text)) for text in texts)), at


def _may_be_named(texts: Sequence[str], at: Mapping[str, int], layout: Layout) -> bool:
    """Whether rows without a title over their names may have them where the header is empty or begins.

    No row is named by its period.
    """
    field, first = min(at.items(), key=itemgetter(1))
    return layout.fields[0] in at or (field != "period" and not (first and key(texts[first - 1])))


def _sure_titles(like: Sequence[Sequence[float]], fields: Sequence[str]) -> dict[str, int]:
    """Columns whose title is one cell's and no other's, in the layout's order."""
    found = {name: [i for i, row in enumerate(like) if row[j] == _SURE] for j, name in enumerate(fields)}
    return {name: at[0] for name, at in found.items() if len(at) == 1}


def _in_order(like: Sequence[Sequence[float]], fields: Sequence[str]) -> dict[str, int]:
    """Best pairing of header cells with columns where both stand in the same order."""
    best: list[tuple[float, dict[str, int]]] = [(0.0, {})] * (len(fields) + 1)
    for i in range(len(like) - 1, -1, -1):
        after, best = best, [(0.0, {})] * (len(fields) + 1)
        for j in range(len(fields) - 1, -1, -1):
            score, at = after[j + 1]
            pair = (like[i][j] + score, {fields[j]: i} | at) if like[i][j] else (0.0, {})
            best[j] = max(pair, after[j], best[j + 1], key=lambda way: way[0])
    return best[0][1]


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


@lru_cache(maxsize=32768)  # cells are asked of several times, and a long table has many
def _titles_in(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[int]]:
    """The titles that a header's cell is, those that it is left of, and the years that it names."""
    years = frozenset(map(int, YEAR.findall(text)))
    words = " ".join(YEAR.sub(" ", text).split())
    over, _, below = words.rpartition(" ")
    words = over if over and key(below) in ALL_OF_THEM else words
    words = said_twice().get(key(words), words)
    letters = key(words)
    if not letters:
        return frozenset(), frozenset(), years
    worn = (label for label, whole, begins in _wholes() if letters in begins or _is_worn(letters, whole))
    own = tuple(label for label, whole, _ in _wholes() if len(letters) >= _SPELT_WORSE or whole == letters)
    return same_as(words, own), frozenset(worn), years


@cache
def said_twice() -> Mapping[str, str]:
    """Titles by what they make with one over them that they say again: "Utfall Periodens utfall"."""
    columns = [[key(label) for label in labels] for layout in layouts() for _, labels in layout.columns]
    pairs = {
        upper + own: own
        for labels in columns
        for own in labels
        for upper in labels
        if upper in own and upper != own
    }
    return {both: own for both, own in pairs.items() if not any(both in labels for labels in columns)}


def _is_worn(letters: str, whole: str) -> bool:
    """Whether a title has lost letters, at most two of five."""
    rest = iter(whole)
    return max(3, 0.6 * len(whole)) <= len(letters) < len(whole) and all(each in rest for each in letters)


def _is_of_year(name: str, years: Set[int], year: int | None) -> bool:
    if year is None or not years:
        return True
    return years == ({year - 1} if name == "value_previous" else {year})


@cache
def _wholes() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Each title of any layout, with its key and the keys of its first words."""
    labels = {label: label.split() for layout in layouts() for _, own in layout.columns for label in own}
    return tuple(
        (label, key(label), frozenset(key(" ".join(words[:count])) for count in range(1, len(words))))
        for label, words in labels.items()
    )


# ------------------------------------------------------------------------- titles in running lines


@dataclass(frozen=True, slots=True)
class Header:
    """A header at a line whose cells nothing parts: its layout, its titles with their year, and its end.

    `in_order` where its words come as the titles do, not column by column as they wrap.
    """

    layout: Layout
    titles: tuple[str, ...]
    end: int
    in_order: bool


Headers = Mapping[int, Header]


def headers_in(lines: Sequence[Line]) -> Headers:
    """The headers of a text whose cells nothing parts, however they wrap, by the line where each starts."""
    found = ((i, _header_at(lines, i)) for i, line in enumerate(lines) if line.text and _may_begin(line.text))
    return {i: header for i, header in found if header is not None}


def has_cells(text: str) -> bool:
    """Whether something parts the cells of a line."""
    return "\t" in text or "|" in text or "<t" in text


def _may_begin(text: str) -> bool:
    start = text[:_OPENING]
    words = (plain(start) if "<" in start or "[" in start else start).split(None, 1)
    return bool(words) and bool(opened_by(words[0])) and not has_cells(text)


@lru_cache(maxsize=16384)
def opened_by(word: str) -> tuple[Layout, ...]:
    """Layouts whose header a word may begin, a letter lost or not; their first titles are single words."""
    letters = key(word)
    return tuple(
        layout for layout in layouts() if any(_is_like(letters, key(title)) for title in layout.columns[0][1])
    )


def _is_like(letters: str, title: str) -> bool:
    if letters == title:
        return True
    return abs(len(letters) - len(title)) < _LOST and fuzz.ratio(letters, title) >= _MISSPELT


def _header_at(lines: Sequence[Line], start: int) -> Header | None:
    """The header whose letters the next lines have."""
    letters = shown = ""
    best: tuple[float, Header] | None = None
    for end in range(start, min(start + _LINES, len(lines))):
        if has_cells(lines[end].text):
            break
        if lines[end].blank:
            continue
        shown = f"{shown} {lines[end].text}"
        letters += YEAR.sub("", key(plain(lines[end].text)))
        if len(letters) > _longest():
            break
        for layout in opened_by(plain(shown).split(None, 1)[0]):
            ordered = fuzz.ratio(letters, _letters_of(layout)[0][1]) / 100
            score = max(ordered if ordered >= _IN_ORDER else 0.0, _alike(letters, layout, _ALIKE))
            if score and (best is None or score > best[0]):
                titles = _dated(layout, shown)
                best = (score, Header(layout, titles, end + 1, ordered >= _IN_ORDER))
    return best[1] if best else None


def _dated(layout: Layout, words: str) -> tuple[str, ...]:
    """Column titles with the year that the header prints."""
    years = YEAR.findall(words)
    field = "value_previous" if "value_previous" in layout.fields else "council_target"
    return tuple(f"{labels[0]} {years[0]}" if len(years) == 1 and name == field else labels[0]
                 for name, labels in layout.columns)  # fmt: skip


@cache
def _letters_of(layout: Layout) -> tuple[tuple[Counter[str], str], ...]:
    """The letters of a layout's titles, counted and in order, by each of the ways to print them."""
    columns = [labels for _, labels in layout.columns]
    ways = ("".join(key(labels[min(way, len(labels) - 1)]) for labels in columns)
            for way in range(max(map(len, columns))))  # fmt: skip
    return tuple((Counter(letters), letters) for letters in ways)


@cache
def _longest() -> int:
    return max(len(letters) for layout in layouts() for _, letters in _letters_of(layout)) + 20


def has_all_titles(words: str) -> bool:
    """Whether words have the letters of one table's titles and hardly any other, whatever parts them."""
    letters = YEAR.sub("", key(words))
    return any(_alike(letters, layout, _WHOLE) for layout in layouts())


def _alike(letters: str, layout: Layout, floor: float) -> float:
    """The share of letters in common, in whatever order; 0 under the floor."""
    count = len(letters)
    near = [w for w in _letters_of(layout) if 2 * min(count, len(w[1])) >= floor * (count + len(w[1]))]
    if not near:
        return 0.0
    own = Counter(letters)
    score = max(2 * (own & wanted).total() / (count + len(whole)) for wanted, whole in near)
    return score if score >= floor else 0.0
