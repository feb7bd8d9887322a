"""Words with capitals that follow each other, parted at the titles among them; most are passed by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vbdata.normalise.persons.beside import BETWEEN, introduced, is_label, last_word, title_after
from vbdata.vocabulary.people import given_name, is_family_name, is_title, words

UP = "[A-ZÀ-ÖØ-ÞĀ-ſƏȘȚḀ-ỿЀ-Я]"
WORD = rf"(?:(?:{UP}\.){{1,3}}|{UP}(?:[\w'’´-]*\w)?)"
_PARTICLE = r"(?:von|af|de|la|van|der|den|bin|ibn|el|al|da|dos|del|di|du)"
#: Begins with the capital itself, which is looked for much faster than what may not stand before it.
RUN = re.compile(
    rf"{UP}(?<![\w@.-](?s:.))(?:\.(?:{UP}\.){{0,2}}|(?:[\w'’´-]*\w)?)(?:\s{{1,2}}(?:{_PARTICLE}\s){{0,2}}{WORD})*"
)
_WORDS = re.compile(r"\S+")
_BEFORE_TITLE = frozenset([", ", ",\n", " ("])
_STOPS = frozenset(["", ". ", ".\n", "! ", "? ", "\n\n"])
_BESIDE = 48
"""Letters before a name that are looked at."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with capitals that follow each other, and what stands beside them.

    `before` is the word before them, `apart` whether a colon comes between; `titled` after a title or a
    label, which is in small letters where `small`; `signed` before a title.
    """

    spans: Sequence[tuple[int, int]]
    words: Sequence[str]
    before: str
    apart: bool
    titled: bool
    small: bool
    signed: bool


@lru_cache(maxsize=8192)
def tells(run: str) -> bool:
    """Whether a run may be or have a name by its own words, whatever stands beside it: few do."""
    parts = run.split()
    return any(map(is_family_name, parts[1:])) or any(given_name(word) or is_label(word) for word in parts)


def told_beside(text: str, run: re.Match[str], also: bool) -> bool:
    """Whether a name, a title or a label stands right before a run, or a title after it.

    For one word after a full stop nothing that stands before it counts.
    """
    start, end = run.span()
    before = text[start - _BESIDE if start > _BESIDE else 0 : start]
    if before[-2:] in _STOPS and run[0].isalpha() and text[end : end + 2] not in _BEFORE_TITLE:
        return False
    return also or title_after(text, end) or introduced(before)


def pieces(text: str, run: re.Match[str], also: bool, away: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """A run parted at the titles in it, at what is no person's, and at line breaks where no name goes on."""
    before = text[max(0, run.start() - _BESIDE) : run.start()]
    word_before = last_word(before)
    titled = also or introduced(before)
    small = titled and before.rstrip(BETWEEN).endswith(word_before)
    apart = before.rstrip().endswith(":")
    spans: list[tuple[int, int]] = []
    parts: list[str] = []
    for match in _WORDS.finditer(run[0]):
        span, word = (run.start() + match.start(), run.start() + match.end()), match[0]
        title = is_title(word)
        surely = word.casefold() in words("surely")
        label = is_label(word)
        broken = bool(spans) and "\n" in text[spans[-1][1] : span[0]]
        ends = broken and not (len(parts) == 1 and given_name(parts[0]))
        kept = bool(away) and any(start < span[1] and span[0] < end for start, end in away)
        if label or ends or kept:
            if parts:
                yield Piece(spans, parts, word_before, apart, titled, small, title)
            spans, parts, titled, small, apart = [], [], label, surely, False
            word_before = word.casefold() if label else ""
        if not label and not kept:
            spans.append(span)
            parts.append(word)
    if parts:
        yield Piece(spans, parts, word_before, apart, titled, small, title_after(text, run.end()))
