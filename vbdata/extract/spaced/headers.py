"""Headers whose words wrap in whatever way: `headers_in`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from vbdata.extract.decode import Line
from vbdata.vocabulary import key, layouts
from vbdata.vocabulary.tables import Layout

#: Similarity that a run-together header needs with a layout's.
HEADER_FLOOR = 86.0
_HEADER_LINES = 24
#: The first title is in so many characters.
_OPENING = 24
_HEADER_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Header:
    """A header found at a line: its layout, printed column titles, and where the rows start."""

    layout: Layout
    titles: tuple[str, ...]
    end: int


Headers = Mapping[int, Header]


def headers_in(lines: Sequence[Line]) -> Headers:
    """The space-delimited headers of a text, however their words wrap, by the line where each starts."""
    found = ((i, _header_at(lines, i)) for i in range(len(lines)))
    return {i: header for i, header in found if header is not None}


def _header_at(lines: Sequence[Line], start: int) -> Header | None:
    words = lines[start].text.strip()
    if len(words) < 4 or len(words) > _HEADER_WIDTH or not 6 <= len(words.split(None, 1)[0]) <= 12:
        return None
    best: tuple[float, Header] | None = None
    for layout in _candidates(words[:_OPENING]):
        found = _header_of(lines, start, layout)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


@lru_cache(maxsize=16384)
def _candidates(opening: str) -> tuple[Layout, ...]:
    """Layouts whose first title a line may begin with."""
    first = key(opening)
    return tuple(layout for layout in layouts() if _may_start(first, key(layout.columns[0][1][0])))


def _may_start(first: str, title: str) -> bool:
    opening = first[: len(title)]
    return opening == title or fuzz.ratio(opening, title) >= 80.0


def _header_of(lines: Sequence[Line], start: int, layout: Layout) -> tuple[float, Header] | None:
    wanted = _layout_key(layout)
    words = ""
    best: tuple[float, Header] | None = None
    for end in range(start, min(start + _HEADER_LINES, len(lines))):
        if "\t" in lines[end].text or "|" in lines[end].text:
            break
        words += lines[end].text
        got = re.sub(r"20\d\d", "", key(words))
        if len(got) > len(wanted) * 1.15:
            break
        score = fuzz.ratio(got, wanted)
        if score >= HEADER_FLOOR and (best is None or score > best[0]):
            best = (score, Header(layout, _titles(words, layout), end + 1))
    return best


@cache
def _layout_key(layout: Layout) -> str:
    return "".join(key(labels[0]) for _, labels in layout.columns)


def _titles(words: str, layout: Layout) -> tuple[str, ...]:
    """Column titles with the years that the header prints."""
    years = re.findall(r"20\d\d", words)
    titles = [labels[0] for _, labels in layout.columns]
    if len(years) == 1:
        field = "value_previous" if "value_previous" in layout.fields else "council_target"
        titles = [f"{t} {years[0]}" if f == field else t for t, f in zip(titles, layout.fields, strict=True)]
    return tuple(titles)
