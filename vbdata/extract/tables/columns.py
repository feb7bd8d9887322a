"""Lines of words with their places, and the columns that a header gives them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vbdata.extract.grammar import DATE, PERIOD

_DATED = ("title", "start", "end")
_DATES = 2
_NEAR = 8.0  # from a rule's end to the words that it is over


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; `apart` where more than a space parts it from the one before."""

    text: str
    x0: float
    x1: float
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its words from left to right, its top and bottom, and the height of its letters."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float
    text: str = ""
    runs: tuple[Word, ...] = ()

    @classmethod
    def of(cls, words: Sequence[Word], top: float, bottom: float, size: float) -> Line:
        return cls(tuple(words), top, bottom, size, " ".join(word.text for word in words), runs_of(words))


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn along the rows: its height, and from where to where it goes."""

    at: float
    x0: float
    x1: float


def levels_of(rules: Sequence[Rule], left: float, right: float) -> list[float]:
    """Where the rules are that go from `left` to `right`, from top to bottom."""
    return sorted(rule.at for rule in rules if rule.x0 < left + _NEAR and rule.x1 > right)


def rules_above(lines: Sequence[Line], levels: Sequence[float]) -> list[float | None]:
    """For each line the rule between it and the line above."""
    found: list[float | None] = []
    top = lines[0].top - 2 * lines[0].size if lines else 0.0
    for line in lines:
        middle = (line.top + line.bottom) / 2
        at = bisect_left(levels, middle) - 1
        found.append(levels[at] if at >= 0 and levels[at] > top else None)
        top = middle
    return found


def runs_of(words: Sequence[Word], starts: Sequence[float] = (), near: float = 0.0) -> tuple[Word, ...]:
    """Words that single spaces part, together, but where one of `starts` parts them."""
    runs: list[Word] = []
    for word in words:
        if not runs or word.apart or any(abs(word.x0 - start) <= near for start in starts):
            runs.append(word)
        else:
            last = runs[-1]
            runs[-1] = Word(f"{last.text} {word.text}", last.x0, word.x1, last.apart)
    return tuple(runs)


@dataclass(slots=True)
class Cut:
    """A line by column: its texts; `torn` columns, over whose edge words run; `prose` over several."""

    texts: dict[int, str] = field(default_factory=dict)
    torn: frozenset[int] = frozenset()
    prose: bool = False


def cuts_of(lefts: Sequence[float], lines: Sequence[Line]) -> list[float]:
    """Where columns part: between the left edges of two titles, where the fewest lines have words."""
    runs = [run for line in lines if not is_prose(line, lefts) for run in line.runs]
    found: list[float] = []
    for left, right in pairwise(lefts):
        low = max(left, found[-1] if found else left) + 1
        slack = 0.3 * min(right - left, 20.0)
        tries = {right - 0.5, *(run.x0 - 0.5 for run in runs if low < run.x0 < right + slack)}
        tries = {at for at in tries if at > low} or {right - 0.5}
        found.append(
            min(tries, key=lambda at: (sum(r.x0 < at - 1 and r.x1 > at + 1 for r in runs), abs(at - right)))
        )
    return found


def is_prose(line: Line, lefts: Sequence[float]) -> bool:
    """Whether a line is one run of words over several columns."""
    return len(line.runs) == 1 and sum(line.runs[0].x0 < left < line.runs[0].x1 for left in lefts) > 1


def starts_of(lefts: Sequence[float], cuts: Sequence[float], lines: Sequence[Line]) -> list[float]:
    """Where the cells of each column but the first start, for those of which most start at one place."""
    found: list[float] = []
    for n, cut in enumerate(cuts):
        right = cuts[n + 1] if n + 1 < len(cuts) else float("inf")
        at = Counter(round(run.x0) for line in lines for run in line.runs if cut - 2 <= run.x0 < right - 2)
        if at and (most := at.most_common(1)[0])[1] >= max(2, 0.5 * at.total()):
            found.append(float(most[0]))
        elif not at:
            found.append(lefts[n + 1])
    return found


def cut_line(
    line: Line, lefts: Sequence[float], cuts: Sequence[float], starts: Sequence[float], near: float = 0.0
) -> Cut:
    """A line's words by column.

    Where letters have one width, a cell that starts farther than `near` from its title's start, and from
    where most of its column start, may be the next column's.
    """
    if is_prose(line, lefts):
        return Cut({0: line.text}, prose=True)
    texts: dict[int, list[str]] = {}
    torn: set[int] = set()
    for run in runs_of(line.words, starts, 0.15 * line.size):
        column = sum(cut <= run.x0 + 0.5 for cut in cuts)
        over = [n for n, cut in enumerate(cuts) if run.x0 < cut - 1 and run.x1 > cut + 0.5 * line.size]
        at_start = any(abs(run.x0 - left) <= line.size for left in lefts[column : column + 1])
        if over and not (at_start and " " not in run.text):
            torn.update(range(column, over[-1] + 2))
        if column and near and not any(abs(run.x0 - start) < 1 for start in starts):
            own = abs(run.x0 - lefts[column])
            other = min(abs(run.x0 - left) for n, left in enumerate(lefts) if n != column)
            if own > near and 2 * own >= other and not PERIOD.match(run.text):
                torn.add(column)
        texts.setdefault(column, []).append(run.text)
    return Cut({column: " ".join(parts) for column, parts in texts.items()}, frozenset(torn))


def dated(line: Line, fields: Sequence[str | None]) -> Cut | None:
    """A line by what it holds: two dates beside each other say which they are, wherever they stand."""
    at = [i for i, word in enumerate(line.words) if DATE.match(word.text)]
    if len(at) != _DATES or at[1] != at[0] + 1 or fields[: len(_DATED)] != _DATED:
        return None
    parts = (
        line.words[: at[0]],
        line.words[at[0] : at[1]],
        line.words[at[1] : at[1] + 1],
        line.words[at[1] + 1 :],
    )
    if parts[3] and (len(fields) != len(_DATED) + 1 or not parts[3][0].apart):
        return None
    texts = (" ".join(word.text for word in part) for part in parts)
    return Cut({column: text for column, text in enumerate(texts) if text})
