"""Where an aligned table's columns part, and a line's words by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: How far to the right of its title's first letter a column may start.
_SLACK = 3
_NEAR = 2
"""Characters between a value and its title's first one that leave no doubt of its column."""


@dataclass(frozen=True, slots=True)
class Sliced:
    """A line cut at the columns; `torn` where a word stands across two of them.

    `starts` is the character at which each cell's words start, missing for an empty one.
    """

    cells: tuple[str, ...]
    torn: bool
    starts: tuple[int | None, ...]


def parting(texts: Sequence[str], starts: Sequence[int]) -> list[int]:
    """The character at which each column but the first starts: where the fewest lines have words.

    Titles may be centred or wider than their column, so that the body decides between two titles.
    """
    found: list[int] = []
    for left, right in pairwise(starts):
        low = max(left + 1, (found[-1] + 1) if found else 0)
        tries = range(low, right + _SLACK + 1)
        found.append(min(tries, key=lambda at: (_crossed(texts, at), abs(at - right))))
    return found


def _crossed(texts: Sequence[str], at: int) -> int:
    """Lines that have a word over the place, or that end one just before it without a space between."""
    return sum(1 for text in texts if at <= len(text) and text[at - 1] != " ")


def is_prose(text: str, cuts: Sequence[int]) -> bool:
    """Running text that goes through several columns: its words have single spaces where columns part."""
    stripped = text.strip()
    if not stripped or "  " in stripped:
        return False
    first = len(text) - len(text.lstrip())
    inside = [cut for cut in cuts if first < cut < len(text.rstrip())]
    return len(inside) >= 2 and len(stripped) > 24


def sliced(text: str, cuts: Sequence[int]) -> Sliced:
    """A line's words by column."""
    ends = [*cuts, max(len(text), cuts[-1])]
    cells: list[str] = []
    starts: list[int | None] = []
    begin = 0
    for end in ends:
        piece = text[begin:end]
        cells.append(piece.strip())
        starts.append(begin + len(piece) - len(piece.lstrip()) if piece.strip() else None)
        begin = end
    torn = any(0 < cut < len(text) and text[cut - 1] != " " and text[cut] != " " for cut in cuts)
    return Sliced(tuple(cells), torn, tuple(starts))


def is_astray(starts: Sequence[int | None], titles: Sequence[int]) -> bool:
    """Whether a value stands so far from where its title starts that it may be another column's."""
    return any(at is not None and _is_far(at, column, titles) for column, at in enumerate(starts) if column)


def _is_far(at: int, column: int, titles: Sequence[int]) -> bool:
    own = abs(at - titles[column])
    other = min(abs(at - title) for i, title in enumerate(titles) if i != column)
    return own > _NEAR and 2 * own >= other
