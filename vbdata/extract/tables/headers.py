"""Headers by their titles: known ones in any order, unknown ones between, on as many lines as they wrap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from vbdata.extract.grammar import YEAR
from vbdata.extract.headers import field_titled, opened_by
from vbdata.extract.tables.columns import Line, Word
from vbdata.vocabulary import key

_ABOVE, _BELOW = 3, 5
"""Lines of a header over and under the one that has its first title, at most."""
_PATIENCE = 2  # lines more that fit no better
_NEAR = 1.3  # of the letters' height: lines farther apart are not of one header
_SAME = 1.0
"""Words that start no farther from each other start at one place."""
_KNOWN = 3
_SPAN, _STARTS = 8, 40
"""Starts of words that one title, and a whole header, have at most."""
_UNKNOWN, _INSIDE, _GAP = -12.0, -3.0, -6.0
"""What a title that no layout has costs, one that begins where no more than a space parts it from the one
before, and each wider gap between two words of one, in letters of known titles."""
_LEFT = -40.0
"""What titles right below a header cost it, in the same letters."""
_LONGEST, _MOST = 40, 50
"""Letters of an unknown title, and of any, at most."""
_UNDATED = "9999"  # later than any year


@dataclass(frozen=True, slots=True)
class Title:
    """A column's title, its field (none where no layout has it), and from where to where it stands."""

    text: str
    field: str | None
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: its titles from left to right, and its lines (half-open)."""

    table: str
    titles: tuple[Title, ...]
    start: int
    end: int

    @property
    def fields(self) -> tuple[str | None, ...]:
        return tuple(title.field for title in self.titles)


def headers_in(lines: Sequence[Line]) -> list[Header]:
    """All headers, from top to bottom; none overlaps another."""
    found: list[Header] = []
    for i, line in enumerate(lines):
        low = found[-1].end if found else 0
        if (
            i >= low
            and has_first_title(word.text for word in line.words)
            and (header := _header_around(lines, i, low))
        ):
            found.append(header)
    return found


def has_first_title(words: Iterable[str]) -> bool:
    """Whether a title that comes first in some layout is among words."""
    return any(map(opened_by, words))


def _header_around(lines: Sequence[Line], i: int, low: int) -> Header | None:
    """The header that fits best; of those that fit as well, the one with most lines.

    Lines are added to one that is found until some in a row make it no better.
    """
    best = (0.0, 0)
    header: Header | None = None
    tables = sorted({layout.table for word in lines[i].words for layout in opened_by(word.text)})
    for start in _starts(lines, i, low):
        for end in _ends(lines, i):
            if header and (start < header.start - _PATIENCE or end > header.end + _PATIENCE):
                break
            found = _fit(lines[start:end], start, tables)
            if not found:
                continue
            worth = found[0] + _LEFT * _leaves_titles(lines, end, found[1].table), end - start
            if worth > best:
                best, header = worth, found[1]
    return header


def _leaves_titles(lines: Sequence[Line], end: int, table: str) -> bool:
    """Whether titles stand right below a header that ends there: it is not the whole of it."""
    for i in range(end, min(end + _PATIENCE, len(lines))):
        if not _may_be_header(lines, i - 1):
            return False
        if sum(field_titled(run.text, table) is not None for run in lines[i].runs) > 1:
            return True
    return False


def _starts(lines: Sequence[Line], i: int, low: int) -> Iterator[int]:
    yield i
    for start in range(i - 1, max(low, i - _ABOVE) - 1, -1):
        if not _may_be_header(lines, start):
            return
        yield start


def _ends(lines: Sequence[Line], i: int) -> Iterator[int]:
    yield i + 1
    for end in range(i + 2, min(i + 1 + _BELOW, len(lines)) + 1):
        if not _may_be_header(lines, end - 2) or len(lines[end - 1].text) > 3 * _LONGEST:
            return
        yield end


def _may_be_header(lines: Sequence[Line], i: int) -> bool:
    """Whether a line and the one under it are near enough to be of one header."""
    line, below = lines[i], lines[i + 1]
    return below.top - line.bottom < _NEAR * line.size and len(line.text) < 3 * _LONGEST


def _fit(lines: Sequence[Line], start: int, tables: Sequence[str]) -> tuple[float, Header] | None:
    words = [(word, row) for row, line in enumerate(lines) for word in line.words]
    at = _apart(word.x0 for word, _ in words)
    if not _KNOWN <= len(at) <= _STARTS:
        return None
    pieces = _Pieces(words, at, [run for line in lines for run in line.runs])
    ways = (found for table in tables if (found := _cut(pieces, table)))
    best = max(ways, key=lambda way: way[0], default=None)
    if best is None:
        return None
    return best[0], Header(best[1], tuple(best[2]), start, start + len(lines))


def _apart(places: Iterable[float]) -> list[float]:
    """Places from left to right, those that are the same but for a hair once."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


class _Pieces:
    """The words of a header between any two of the places where words start."""

    def __init__(self, words: Sequence[tuple[Word, int]], at: Sequence[float], runs: Sequence[Word]) -> None:
        self.at = at
        self.parts: list[list[tuple[int, float, Word]]] = [[] for _ in at]
        for word, row in words:
            self.parts[bisect_right(at, word.x0) - 1].append((row, word.x0, word))
        self.inside = [False] * (len(at) + 1)
        for run in runs:
            for a in range(bisect_right(at, run.x0 + _SAME), bisect_left(at, run.x1)):
                self.inside[a] = True
        self.known: dict[tuple[int, int], tuple[str, int]] = {}

    def piece(self, a: int, b: int) -> tuple[str, int]:
        """Text from start `a` to start `b`, and the gaps wider than a space in its lines."""
        if (a, b) not in self.known:
            own = sorted(chain.from_iterable(self.parts[a:b]), key=lambda part: part[:2])
            gaps = sum(row == above and word.apart for (above, *_), (row, _, word) in pairwise(own))
            self.known[a, b] = " ".join([word.text for *_, word in own]), gaps
        return self.known[a, b]

    def right(self, a: int, b: int) -> float:
        """Where the words from start `a` to start `b` end."""
        return max(word.x1 for part in self.parts[a:b] for *_, word in part)

    def is_whole(self, a: int, b: int) -> bool:
        """Whether more than a space parts the piece from what stands beside it."""
        return not self.inside[a] and not self.inside[b]


def _cut(pieces: _Pieces, table: str) -> tuple[float, str, list[Title]] | None:
    """The titles that the words spell best in one table; none where too few are known or one stands twice."""
    count = len(pieces.at)
    best: list[tuple[float, int] | None] = [(0.0, 0), *[None] * count]  # up to each start, and the one before
    for a in range(count):
        if (before := best[a]) is None:
            continue
        for b in range(a + 1, min(a + _SPAN, count) + 1):
            text, gaps = pieces.piece(a, b)
            if len(text) > _MOST:
                break
            if field_titled(text, table):
                score = len(key(text)) + _INSIDE * pieces.inside[a] + _GAP * gaps
            elif len(text) <= _LONGEST and pieces.is_whole(a, b) and not gaps:
                score = _UNKNOWN
            else:
                continue
            best[b] = max(best[b] or (-1e9, a), (before[0] + score, a))
    if (whole := best[count]) is None or whole[0] <= 0:
        return None
    titles: list[Title] = []
    b = count
    while b and (last := best[b]):
        a = last[1]
        text, _ = pieces.piece(a, b)
        titles.insert(0, Title(text, field_titled(text, table), pieces.at[a], pieces.right(a, b)))
        b = a
    titles = _of_their_years(titles)
    fields = [title.field for title in titles if title.field]
    if len(fields) < _KNOWN or len(set(fields)) < len(fields) or 2 * len(fields) < len(titles):
        return None
    return whole[0], table, titles


def _of_their_years(titles: Sequence[Title]) -> list[Title]:
    """Of "Utfall 2025" and "Utfall 2024", the later is this year's; beside "Utfall", a dated one is none."""
    years = [max(YEAR.findall(title.text), default=_UNDATED) for title in titles]
    last = max(
        (year for title, year in zip(titles, years, strict=True) if title.field == "value"), default=""
    )
    return [
        replace(title, field="value_previous") if title.field == "value" and year < last else title
        for title, year in zip(titles, years, strict=True)
    ]
