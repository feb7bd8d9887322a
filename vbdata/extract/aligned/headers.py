"""Where the header of an aligned table stands, and at which characters its columns start."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from vbdata.extract.decode import Line
from vbdata.extract.recognise import goal_heading, heads_a_goal, section_of, status_words, unknown_status
from vbdata.vocabulary import key, layouts
from vbdata.vocabulary.tables import Layout

#: Mean similarity of header cells with a layout's.
HEADER_FLOOR = 82.0
_CELL_FLOOR = 45.0
_ABOVE = 3
_BELOW = 7
_SPAN = 7
"""Header words that one cell has at most, counted by where they start."""
_MOST_STARTS = 40
_WORD = re.compile(r"\S+(?: 20\d\d)?")  # a year goes with the word before it
_YEAR = re.compile(r"20\d\d")
_GAP = re.compile(r"\S {2,}\S")


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its lines, its layout, its cells' words, and the character at which each starts."""

    start: int
    end: int
    layout: Layout
    titles: tuple[str, ...]
    starts: tuple[int, ...]


@cache
def _anchor() -> re.Pattern[str]:
    labels = {re.escape(label) for layout in layouts() for label in layout.columns[0][1] if label}
    return re.compile(rf"^\s*(?:\[\w*\]\s*)?({'|'.join(sorted(labels))})\b\s+\S", re.I)


def header_around(lines: Sequence[Line], i: int, low: int) -> Header | None:
    """The header that has the first column's title on line `i`; it may start above, down to `low`."""
    text = lines[i].text
    found = _anchor().match(text)
    if not found or not _GAP.search(text) or "|" in text or "\t" in text:
        return None
    start = i
    while start > max(low, i - _ABOVE) and _may_be_above(lines[start - 1].text, found.start(1)):
        start -= 1
    first = key(found[1])
    candidates = [each for each in layouts() if first in {key(label) for label in each.columns[0][1]}]
    best: tuple[float, Header] | None = None
    for end in range(i + 1, min(i + 1 + _BELOW, len(lines)) + 1):
        for layout in candidates:
            score, header = _laid(lines, start, end, layout)
            if header and (best is None or score > best[0] - 0.01):  # as many lines as fit
                best = (score, header)
        if end < len(lines) and (lines[end].blank or goal_heading(lines[end].text)):
            break
    return best[1] if best and best[0] >= HEADER_FLOOR else None


def _may_be_above(text: str, left: int) -> bool:
    """A line over the first title, as centred titles have: it starts to the right of it."""
    words = text.strip()
    indent = len(text) - len(text.lstrip())
    if not words or indent <= left + 4 or len(words) >= 110:
        return False
    return not (section_of(words) or status_words(words) or unknown_status(words) or heads_a_goal(words))


def _laid(lines: Sequence[Line], start: int, end: int, layout: Layout) -> tuple[float, Header | None]:
    """Similarity of the words with the layout's titles, cut where they fit best."""
    words = [(m.start(), m[0], row) for row in range(start, end) for m in _WORD.finditer(lines[row].text)]
    starts = sorted({at for at, _, _ in words})
    if not len(layout.columns) <= len(starts) <= _MOST_STARTS:
        return 0.0, None
    texts: dict[tuple[int, int], str] = {}

    def text(a: int, b: int) -> str:
        if (a, b) not in texts:
            low, high = starts[a], starts[b] if b < len(starts) else 10_000
            inside = sorted((row, at, word) for at, word, row in words if low <= at < high)
            texts[a, b] = " ".join(word for _, _, word in inside)
        return texts[a, b]

    columns = [tuple(key(label) for label in labels) for _, labels in layout.columns]
    count = len(columns)
    best = [[-1.0] * (len(starts) + 1) for _ in range(count + 1)]
    cut = [[0] * (len(starts) + 1) for _ in range(count + 1)]
    best[count][len(starts)] = 0.0
    for column in range(count - 1, -1, -1):
        for a in range(len(starts) - (count - column), column - 1, -1):
            for b in range(a + 1, min(a + _SPAN, len(starts)) + 1):
                if best[column + 1][b] < 0:
                    continue
                got = key(_YEAR.sub("", text(a, b)))
                score = max(fuzz.ratio(got, label) for label in columns[column])
                if score >= _CELL_FLOOR and score + best[column + 1][b] > best[column][a]:
                    best[column][a], cut[column][a] = score + best[column + 1][b], b
    if best[0][0] < 0:
        return 0.0, None
    at, titles, places = 0, [], []
    for column in range(count):
        titles.append(text(at, cut[column][at]))
        places.append(starts[at])
        at = cut[column][at]
    return best[0][0] / count, Header(start, end, layout, tuple(titles), tuple(places))
