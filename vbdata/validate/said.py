"""The quantities of a report by sentence, for the checks that hold them against each other and cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, repeat
from typing import Any, TypeVar

from vbdata.extract.document import Place
from vbdata.language.prose import is_remnant, plain_sentences
from vbdata.language.quantities import Quantity, quantities_in
from vbdata.normalise.noted import Noted, Other
from vbdata.normalise.quantities import TEXTS
from vbdata.validate.kept import kept
from vbdata.validate.places import place_of

FRACTION = re.compile(r"hälften|tredjedel|fjärdedel|femtedel", re.I)
#: Nobody counts hundredths in "två tredjedelar": how far off it may be, in per cent.
FRACTIONS = 4.0

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a text: its row of the quantities table and what its sentence says of it."""

    row: Row
    quantity: Quantity
    sentence: str

    @property
    def value(self) -> float:
        return self.quantity.number.value

    @property
    def unit(self) -> str | None:
        return self.quantity.number.measure_unit

    @property
    def role(self) -> str:
        return self.quantity.role

    @property
    def exact(self) -> bool:
        return self.quantity.number.exact

    @property
    def after(self) -> str | None:
        """What follows the words that it counts; None where they are not told, or stand before it."""
        subject = self.quantity.subject
        at = self.sentence.find(subject, self.quantity.number.start) if subject else -1
        return self.sentence[at + len(subject) :] if subject and at >= 0 else None


Counted = TypeVar("Counted", Said, Quantity)


@kept
def by_sentence(rows: Rows) -> Iterator[tuple[Said, ...]]:
    """The quantities of each sentence, in the table's order."""
    year = rows["reports"][0]["year"]
    for _, group in groupby(rows.get("quantities", ()), _of_sentence):
        told = list(group)
        found = quantities_in(told[0]["sentence"], year)
        for start in range(0, len(told), len(found) or 1):  # the sentence may stand twice in a row
            yield tuple(map(Said, told[start : start + len(found)], found, repeat(told[0]["sentence"])))


def of_indicators(rows: Rows) -> dict[str, list[tuple[Said, ...]]]:
    """The quantities of the indicators' analyses, by row and by sentence."""
    found: dict[str, list[tuple[Said, ...]]] = {}
    for sentence in by_sentence(rows):
        if sentence and sentence[0].row["text_table"] == "indicators":
            found.setdefault(sentence[0].row["text_row_id"], []).append(sentence)
    return found


def _of_sentence(row: Row) -> tuple[str, str, int | None]:
    return row["text_row_id"], row["sentence"], row["source_line"]


def with_before(rows: Rows) -> Iterator[tuple[tuple[Said, ...], tuple[Said, ...]]]:
    """Each sentence with the one before it in its text that states a number; no cells of a table."""
    before: tuple[Said, ...] = ()
    for found in by_sentence(rows):
        if is_remnant(found[0].sentence):
            continue
        same = bool(before) and before[0].row["text_row_id"] == found[0].row["text_row_id"]
        yield found, before if same else ()
        before = found


def sentence_before(rows: Rows, said: Said) -> str:
    """The sentence that stands just before a number's, in its text; empty where it is the first."""
    row_id, table = said.row["text_row_id"], said.row["text_table"]
    text = next((row[TEXTS[table]] for row in rows[table] if row["row_id"] == row_id), "")
    found = plain_sentences(text)
    at = found.index(said.sentence) if said.sentence in found else 0
    return found[at - 1] if at else ""


def place_said(rows: Rows, said: Said) -> Place:
    """The line where the number stands."""
    words = said.sentence[said.quantity.number.start :]
    return place_of(rows, said.row | {"row_id": said.row["text_row_id"]}, words)


def doubt(
    rows: Rows, code: str, said: Said, words: dict[str, str], other: Said | Other | None = None
) -> Noted:
    """A doubt about a number of a text, at its line; `other` is the number that it was held against."""
    if isinstance(other, Said):
        second, row_id = other.row["text_table"], other.row["text_row_id"]
        other = Other(second, row_id, place_said(rows, other), TEXTS[second])
    table, row_id = said.row["text_table"], said.row["text_row_id"]
    return Noted(code, table, row_id, place_said(rows, said), words, TEXTS[table], other)


def parts_of(found: Iterable[Counted]) -> Iterator[tuple[Counted, Counted]]:
    """Each two numbers in a row that are a part and its whole, in that order: "30 av 40", "av 40 har 30"."""
    for one, two in pairwise(found):
        if {one.role, two.role} == {"part", "whole"}:
            yield (one, two) if one.role == "part" else (two, one)


def whole_numbers(found: Sequence[Said]) -> bool:
    """All are exact whole numbers."""
    return all(said.exact and said.value.is_integer() for said in found)


def shown(number: float) -> str:
    """A number with at most one decimal, as it is printed.

    >>> shown(71.43), shown(40.0)
    ('71,4', '40')
    """
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


_LONG = 10_000


def plain(number: float) -> str:
    """A number with at most two decimals, and a comma; with hard spaces where it has five figures or more.

    >>> plain(3.0), plain(0.25), plain(2025.0), plain(11580.0)
    ('3', '0,25', '2025', '11\xa0580')
    """
    whole = f"{number:,.2f}" if abs(number) >= _LONG else f"{number:.2f}"
    return whole.rstrip("0").rstrip(".").replace(",", "\u00a0").replace(".", ",")
