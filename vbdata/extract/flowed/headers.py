"""Where the header of a flowed table stands: all its titles begin on the first line, or follow one another.

Titles that wrap are torn apart line by line: ``Indikator Perioden Utfall …`` over ``s utfall män/ …``.
The letters of all lines together are those of the titles, whatever their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from vbdata.extract.decode import Line
from vbdata.vocabulary import key, layouts
from vbdata.vocabulary.tables import Layout

_LINES = 5
_FLOOR = 0.97
"""Share of letters that lines and titles have in common."""
_TITLE_WORDS = 4
_YEAR = re.compile(r"20\d\d")
_PIPE_RULE = re.compile(r"^\s*\|[\s:|-]*\|?\s*$")


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its layout, printed titles, where the rows start, and how its titles wrap.

    `beside` says that titles stand beside each other and wrap in their columns; `wraps` that they do not
    all stand on one line, so that one can tell.
    """

    layout: Layout
    titles: tuple[str, ...]
    end: int
    beside: bool
    wraps: bool


def words_of(line: Line) -> str:
    """A line's words with single spaces, without the pipes that a converter put between some."""
    text = line.text
    if text.lstrip().startswith("|"):
        text = "" if _PIPE_RULE.match(text) else text.replace("|", " ")
    return " ".join(text.split())


@cache
def first_titles() -> frozenset[str]:
    """Keys of what the first columns are called."""
    return frozenset(key(label) for layout in layouts() for label in layout.columns[0][1] if label)


@cache
def first_letters() -> frozenset[str]:
    """What the first columns' titles begin with."""
    return frozenset(title[0] for title in first_titles())


def header_at(lines: Sequence[Line], start: int) -> Header | None:
    """The flowed header that starts at a line."""
    first = words_of(lines[start])
    if len(first) > 160 or key(first.split(" ", 1)[0]) not in first_titles():
        return None
    best: tuple[float, int, Layout, str] | None = None
    words = ""
    for end in range(start + 1, min(start + _LINES, len(lines)) + 1):
        words = f"{words} {words_of(lines[end - 1])}".strip()
        letters = Counter(_letters(words))
        for layout in layouts():
            score = _alike(letters, layout)
            if score >= _FLOOR and (best is None or (score, end) >= best[:2]):
                best = (score, end, layout, words)
    if best is None:
        return None
    _, end, layout, words = best
    after_another = fuzz.ratio(_letters(words), _title_letters(layout)) >= 98.0
    beside = _all_begin(first, layout)
    if not (beside or (after_another and end - start <= 3)):
        return None
    return Header(layout, _titles(words, layout), end, beside, wraps=beside != after_another)


def _letters(words: str) -> str:
    return _YEAR.sub("", key(words))


@cache
def _title_letters(layout: Layout) -> str:
    return "".join(key(labels[0]) for _, labels in layout.columns)


@cache
def _title_counts(layout: Layout) -> Counter[str]:
    return Counter(_title_letters(layout))


def _alike(got: Counter[str], layout: Layout) -> float:
    """Share of the letters that words and a layout's titles have in common."""
    wanted = _title_counts(layout)
    both = got.total() + wanted.total()
    if not both or 2 * min(got.total(), wanted.total()) < _FLOOR * both:  # however many they share
        return 0.0
    return 2 * (got & wanted).total() / both


def _all_begin(text: str, layout: Layout) -> bool:
    """Whether a line holds the beginning of each title, in their order."""
    words = text.split()
    ends = {0}
    for _, labels in layout.columns:
        wanted = [key(label) for label in labels]
        ends = {
            end
            for begin in ends
            for end in range(begin + 1, min(begin + _TITLE_WORDS, len(words)) + 1)
            if any(label.startswith(_letters(" ".join(words[begin:end]))) for label in wanted)
        }
    return len(words) in ends


def _titles(words: str, layout: Layout) -> tuple[str, ...]:
    """The layout's titles with the year that the header prints."""
    years = set(_YEAR.findall(words))
    titles = [labels[0] for _, labels in layout.columns]
    if len(years) == 1:
        field = "value_previous" if "value_previous" in layout.fields else "council_target"
        year = years.pop()
        titles = [f"{t} {year}" if f == field else t for t, f in zip(titles, layout.fields, strict=True)]
    return tuple(titles)
