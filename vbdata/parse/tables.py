"""A table's rows by the columns that they stand under, and what no column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vbdata.extract.document import Doubt, Place, Row
from vbdata.extract.grammar import DATE, DIGIT, PERIOD, YEAR, has_word
from vbdata.extract.headers import COUNTS, Columns, columns_of, is_title
from vbdata.parse.layouts import fit, guessed_columns, shift
from vbdata.vocabulary import key, target_rule_index

_TERTIAL = re.compile(r"\bT(?:ertial )?[1-3]\b")
_ALL = frozenset({"totalt", "alla", "samtliga", "bada"})
"""Titles under a title that say no more than it does."""
_LONGEST_TITLE = 40
_LONGEST_DETAIL = 4000
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Rows under one header; without `columns` they are a table of the unit's own."""

    columns: Columns | None
    rows: tuple[Row, ...]


def parts(rows: Sequence[Row], before: Columns | None, year: int, *, apart: bool = False) -> Iterator[Part]:
    """The parts of a table: each header in it starts one; `before` are the columns that it may go on with.

    Where the table stands `apart` from the one before it, something between them, its cells must say that it
    goes on; where it follows at once or over a page's end, they must not say that it does not.
    """
    if not rows:
        return
    columns, start, i = before, 0, 0
    goes_on = before is not None and not _is_strange_header(rows, 0) and _may_go_on(rows, before)
    if goes_on and apart and before is not None:
        guessed = guessed_columns(rows)
        goes_on = guessed is not None and guessed.table == before.table
    while i < len(rows):
        found, height = _header_at(rows, i, year)
        strange = found is None and i > start and _is_strange_header(rows, i, columns)
        if found is None and not strange:
            i += 1
            continue
        if i > start:
            yield _part(columns, rows[start:i], goes_on=goes_on)
        columns, start = found, i + height if found else i
        goes_on = found is not None
        i = max(start, i + 1)
        if start >= len(rows):
            yield Part(columns, ())
    if start < len(rows):
        yield _part(columns, rows[start:], goes_on=goes_on)


def _part(columns: Columns | None, rows: Sequence[Row], *, goes_on: bool) -> Part:
    """Rows without a header of their own are read by what their cells hold, or not at all."""
    if goes_on and columns is not None:
        width = max(len(row.cells) for row in rows)
        guessed = guessed_columns(rows) if width != columns.width else None
        own = guessed is not None and guessed.table != columns.table
        return Part(guessed if own else columns, tuple(rows))
    return Part(None if _is_strange_header(rows, 0) else guessed_columns(rows), tuple(rows))


def _header_at(rows: Sequence[Row], i: int, year: int) -> tuple[Columns | None, int]:
    """The header that starts at a row, and how many rows it has: the second may say more of its titles."""
    one = columns_of(rows[i].texts, year)
    if i + 1 < len(rows) and (both := _two_rows(rows[i], rows[i + 1], year)):
        two = columns_of(both.texts, year)
        if two and len(two.at) >= len(one.at if one else ()):
            return two, 2
    return one, 1


def _two_rows(upper: Row, lower: Row, year: int) -> Row | None:
    """Two rows as one header, where all that the second says makes titles of the first one's."""
    below_alone = columns_of(lower.texts)
    if below_alone and below_alone.main in below_alone.at:
        return None  # a header of its own
    table = next((found.table for found in (columns_of(upper.texts), below_alone) if found), "")
    if len(upper.cells) != len(lower.cells) or not table or not any(text.strip() for text in lower.texts):
        return None
    cells, over = [], ""
    for cell, below in zip(upper.cells, lower.texts, strict=True):
        over = cell.text or (over if below.strip() else "")  # a title that is merged over several columns
        if below.strip():
            ways = (f"{over} {below}".strip(), below, over if key(below) in _ALL else "")
            known = next((text for text in ways if text and is_title(text, table, year)), None)
            if known is None:
                return None
            cell = replace(cell, text=known)
        cells.append(cell)
    return Row(tuple(cells), upper.place)


def _bare(text: str) -> str:
    """A title without what numbers it may hold: its year, and the four-month period."""
    return _TERTIAL.sub("", YEAR.sub("", text))


def _may_go_on(rows: Sequence[Row], columns: Columns) -> bool:
    """Whether rows that no header stands over may be the columns' own: nothing in them says otherwise."""
    if not rows or max(len(row.cells) for row in rows) > columns.width + 1:
        return False
    return not any(_misfits(row, columns) for row in rows)


def _misfits(row: Row, columns: Columns) -> bool:
    """Words where the columns hold counts or dates, or a year where they hold a value."""
    texts = fit(row, columns)
    if sum(bool(text.strip()) for text in row.texts) < 2:
        return False
    if columns.table == "complaints":
        return any(len(key(texts.get(name, ""))) > 6 and not DIGIT.search(texts[name]) for name in COUNTS)
    if columns.table == "activities":
        dates = [text for text in (texts.get("start", ""), texts.get("end", "")) if text]
        return bool(dates) and not any(map(DIGIT.search, dates))
    return False


def _is_strange_header(rows: Sequence[Row], i: int, above: Columns | None = None) -> bool:
    """A row of titles that no form has: every cell filled, with words or a year alone.

    Under the columns of another table, `above`, also two titles are one, where a column of values has words.
    """
    texts = rows[i].texts
    filled = [text for text in texts if text.strip()]
    if len(filled) < 2 or i + 1 >= len(rows) or columns_of(texts):
        return False
    whole = len(filled) >= 3 and len(filled) >= len(texts) - 1
    return (whole or _says_no_value(rows[i], above)) and all(map(_may_be_title, filled))


def _may_be_title(text: str) -> bool:
    text = text.strip()
    if len(text) > _LONGEST_TITLE or DIGIT.search(_bare(text)) or _is_value(text):
        return False
    return text[:1].isupper() or bool(YEAR.match(text))


def _says_no_value(row: Row, columns: Columns | None) -> bool:
    """Whether a row has words in all of the columns of values where it has anything, and a name."""
    if columns is None or columns.table == "complaints":
        return False
    texts = fit(row, columns)
    named = texts.pop(columns.main, "")
    values = [text for text in texts.values() if text.strip()]
    return bool(named and values) and not any(map(DIGIT.search, values))


def _is_value(text: str) -> bool:
    """Whether words say what a cell of the forms may: a date, how often, or which way a number should go."""
    often = bool(PERIOD.match(text)) and not YEAR.search(text)
    return (
        not has_word(text)
        or bool(DATE.match(text))
        or often
        or target_rule_index().find(text, 84.0).entry is not None
    )


@dataclass(slots=True)
class Unplaced:
    """What stands under titles that are no field's, gathered over a table."""

    where: dict[str, Place] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)

    def take(self, row: Row, columns: Columns) -> None:
        """Keep the filled cells of a row that no field has, with the row's name."""
        texts = row.texts
        by = shift(texts, columns)
        taken = {j + by for over in columns.spans.values() for j in over}
        name = fit(row, columns).get(columns.main, "")
        alone = sum(has_word(text) for text in texts) == 1
        for i, text in enumerate(texts):
            title = columns.titles[i - by].strip() if 0 <= i - by < len(columns.titles) else ""
            if i in taken or not has_word(text) or (alone and not title):
                continue  # a merged cell is its row's text
            self.where.setdefault(title, row.place)
            shown = f"”{name[:_LONGEST_NAME]}” {text.strip()}" if name else text.strip()
            self.found.setdefault(title, []).append(shown)

    def doubts(self) -> Iterator[Doubt]:
        """One for each title, with the words that stand under it."""
        for title, texts in self.found.items():
            named = f"Kolumnen ”{title}” känns inte igen" if title else "En kolumn utan rubrik finns"
            yield Doubt(
                "unknown_column", f"{named} och är inte läst: {_shown('; '.join(texts))}.", self.where[title]
            )


def strange(rows: Sequence[Row]) -> Doubt:
    """The doubt about a table of the unit's own, which is kept as running text."""
    words = "; ".join(" | ".join(text for text in row.texts if text.strip()) for row in rows)
    detail = f"En tabell med andra rubriker än formulärens står som löpande text: {_shown(words)}."
    return Doubt("unknown_header", detail, rows[0].place)


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_DETAIL else f"{words[:_LONGEST_DETAIL]} …"
