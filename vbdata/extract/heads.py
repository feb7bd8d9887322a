"""What a header of exact cells says of the rows under it: how many cells they have, and what each holds.

Titles that are cells of their own are known one by one, in whatever order; `Head.misfits` counts the cells of
a row that cannot be what their title says, by which one reading of a row is told from another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from vbdata.vocabulary import key, layouts

_TEXT = ("name", "title", "group", "category", "comment", "deviation")
_NAMES = ("name", "title", "category")
COUNTS = ("t1", "t2", "vb", "total")
_DATES = ("start", "end")
#: A header has so many known titles, and no fewer known ones than unknown.
_KNOWN = 3
_YEAR = re.compile(r"20\d\d")
_NUMBER_LIKE = re.compile(r"[-−–<>≤≥±+]?\s?\d[\d ]*(?:[.,:/]\d+)*\s*(?:%|st\b\.?)?|[-–—.*]+")
_PERIOD = re.compile(
    r"(?:(?:VB|T[123]|Tertial [123]|helår|läsår)\s*)?20\d\d(?:[-–/]\d{2,4})?"
    r"|år|tertial|halvår|kvartal|månad|VB|T[123]",
    re.I,
)
_RULE = re.compile(
    r"(?:öka|minska|tas fram|fastställs|sätts|uppgift|saknas|ej|inga|ingen|x\b|n/a|e\.?u)", re.I
)
_LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table: the field of each (missing for a title that no layout has), and its table."""

    table: str
    fields: tuple[str | None, ...]

    @property
    def width(self) -> int:
        return len(self.fields)

    @property
    def last(self) -> str | None:
        return self.fields[-1]

    def is_text(self, column: int) -> bool:
        """Whether a column holds words; one with an unknown title may."""
        return self.fields[column] is None or self.fields[column] in _TEXT

    def misfits(self, texts: Sequence[str]) -> int:
        """How many cells cannot be what their titles say, a missing name and a missing total among them."""
        found = sum(not _fits(field, text.strip()) for field, text in zip(self.fields, texts, strict=False))
        by = {field: text.strip() for field, text in zip(self.fields, texts, strict=False) if field}
        named = any(by.get(field) for field in _NAMES)
        return found + (not named and any(by.values())) + max(len(texts) - self.width, 0)

    def is_row(self, texts: Sequence[str]) -> bool:
        """Whether a line of cells has what makes a whole row: a name, and its period, a date or its total."""
        by = {field: text.strip() for field, text in zip(self.fields, texts, strict=False) if field}
        must = {"indicators": ("period",), "activities": _DATES, "complaints": ("total",)}[self.table]
        return not self.misfits(texts) and any(by.get(field) for field in must)

    def is_filled(self, texts: Sequence[str]) -> bool:
        """Whether a row has all its values or none, so that at most words are missing."""
        values = [i for i in range(self.width) if not self.is_text(i)]
        filled = [i for i in values if i < len(texts) and texts[i].strip()]
        return None not in self.fields and len(filled) in (0, len(values))

    def ends_whole(self, texts: Sequence[str]) -> bool:
        """Whether a row with values has the cell that each such row has: its period, or its total."""
        by = {field: text.strip() for field, text in zip(self.fields, texts, strict=False) if field}
        must = {"indicators": "period", "complaints": "total"}.get(self.table)
        if must not in self.fields:
            return False
        values = any(text for field, text in by.items() if field not in _TEXT)
        return bool(must and by.get(must)) or not values


def _fits(field: str | None, text: str) -> bool:
    if field is None or not text:
        return True
    if field in _TEXT:
        return not _NUMBER_LIKE.fullmatch(text)
    if field == "period":
        return bool(_PERIOD.fullmatch(text))
    if len(text) > _LONGEST_VALUE:
        return False
    if field in COUNTS:
        return bool(text[:1].isdigit() or _NUMBER_LIKE.match(text) or _RULE.match(text))
    return any(mark.isdigit() for mark in text) or bool(_NUMBER_LIKE.match(text) or _RULE.match(text))


def is_title_or_empty(text: str) -> bool:
    """Whether a cell is empty or a title in some layout."""
    wanted = _YEAR.sub("", key(text))
    return not text.strip() or any(wanted in titles for _, titles in _titles())


def head_of(texts: Sequence[str]) -> Head | None:
    """The header that the cells of a row are; None for any other row.

    >>> head_of(["Aktivitet", "Slutdatum", "Startdatum", "Ansvarig"]).fields
    ('title', 'end', 'start', None)
    """
    wanted = [_YEAR.sub("", key(text)) for text in texts]
    filled = sum(map(bool, wanted))
    if filled < _KNOWN or max(map(len, wanted)) > 60:
        return None
    best: Head | None = None
    most = 0
    for table, titles in _titles():
        fields = [titles.get(each) if each else None for each in wanted]
        count = len({field for field in fields if field})
        if count > most:
            most, best = count, Head(table, tuple(fields))
    return best if best and most >= _KNOWN and 2 * most >= filled else None


@cache
def _titles() -> tuple[tuple[str, dict[str, str]], ...]:
    """Tables with the fields of their titles, in every layout of theirs."""
    tables: dict[str, dict[str, str]] = {}
    for layout in layouts():
        titles = tables.setdefault(layout.table, {})
        for field, labels in layout.columns:
            for label in labels:
                titles.setdefault(_YEAR.sub("", key(label)), field)
    return tuple(tables.items())
