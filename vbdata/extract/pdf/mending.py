"""Join the lines of a cell or paragraph: words cut at an edge are mended, real hyphens stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from vbdata import vocabulary
from vbdata.extract.pdf.printed import TextLine, shown

HYPHENS = "-\u2010\u2011\u00ad\u0002\ufffe"
_AFTER_A_HYPHEN = frozenset({"och", "eller", "samt", "respektive", "resp.", "till", "som", "and", "/", "&"})
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORT_WORDS = frozenset(
    _LETTERS.findall("i å ö av om på en ej är ge ha ta se få gå så nu då du vi de ni ut in år mån st kr nr")
)


@dataclass
class Lexicon:
    """The words of the document that stand unbroken.

    Where it `hyphenates`, a hyphen at a line's end is no part of the word.
    """

    words: set[str] = field(default_factory=set)
    hyphenates: bool = False

    def knows(self, word: str) -> bool:
        if len(word) < 3:
            return word.casefold() in _SHORT_WORDS
        return word.casefold() in self.words or word.casefold() in _vocabulary_words()


@cache
def _vocabulary_words() -> frozenset[str]:
    labels: list[str] = []
    labels += [p for entry in vocabulary.indicators() for p in entry.printed]
    labels += [p for entry in vocabulary.categories() for p in entry.printed]
    labels += [p for entry in vocabulary.groups() for p in entry.printed]
    labels += [p for entry in vocabulary.sections() for p in entry.printed]
    labels += [p for layout in vocabulary.layouts() for _, printed in layout.columns for p in printed]
    labels += [goal.title for goal in vocabulary.council_goals()]
    return frozenset(w.casefold() for text in labels for w in _LETTERS.findall(text))


def lexicon_of(groups: Iterable[Sequence[TextLine]]) -> Lexicon:
    """Learn from the lines of each cell and paragraph; words at a line's edge may be broken."""
    found = Lexicon()
    hyphens: set[str] = set()
    count = 0
    for lines in groups:
        for index, line in enumerate(lines):
            tokens = line.text.split()
            inner = tokens[index > 0 : len(tokens) - (line is not lines[-1])]
            found.words.update(word.casefold() for word in _LETTERS.findall(" ".join(inner)))
        for line, following in pairwise(lines):
            last, rest = line.text.split()[-1], following.text.split()[0]
            count += 1
            if last[-1] in HYPHENS and not last[:-1].isupper() and rest[:1].islower():
                hyphens |= set() if rest in _AFTER_A_HYPHEN else {last + rest}
    found.hyphenates = len(hyphens) >= max(4, 0.03 * count)
    return found


def joined(lines: Sequence[TextLine], lexicon: Lexicon, edges: tuple[float, float] | None = None) -> str:
    """Text of a cell or paragraph. `edges` are the cell's left and right, inside its padding."""
    if not lines:
        return ""
    text = lines[0].text
    for line, following in pairwise(lines):
        text = _joined_pair(text, line, following, lexicon, edges)
    return shown(text)


def joined_over_page(text: str, rest: str) -> str:
    """A paragraph and its rest on the next page; a hyphen at the break is taken for the word's own."""
    glued = (
        text.endswith("-") and not text.endswith(" -") and rest.split()[0].casefold() not in _AFTER_A_HYPHEN
    )
    return text + rest if glued else f"{text} {rest}"


def _joined_pair(
    text: str, line: TextLine, following: TextLine, lexicon: Lexicon, edges: tuple[float, float] | None
) -> str:
    if text[-1:] in HYPHENS and len(text) > 1 and not text[-2].isspace():
        return _after_hyphen(text, following.text, lexicon, line.ends_in_space)
    if line.ends_in_space:
        return f"{text} {following.text}"
    if text[-1:] == "/" or following.text[:1] == "/":
        return text + following.text
    is_broken = edges is not None and _is_broken(line, following, lexicon, edges)
    return text + following.text if is_broken else f"{text} {following.text}"


def _after_hyphen(text: str, following: str, lexicon: Lexicon, spaced_end: bool) -> str:
    """A hyphen at a line's end: one of the word's own, one before "och", or one of the typesetter's."""
    body, hyphen = text[:-1], text[-1]
    word = following.split()[0]
    if spaced_end or word.casefold() in _AFTER_A_HYPHEN:
        return f"{body}- {following}"
    before = _LETTERS.findall(body.split()[-1]) if body.split() else []
    after = _LETTERS.match(following)
    if not before or after is None or not after[0][0].islower() or before[-1].isupper():
        return f"{body}-{following}"
    if lexicon.knows(before[-1] + after[0]):
        return body + following
    if hyphen in "\u2010\u00ad" or (lexicon.hyphenates and not before[-1][-1].isdigit()):
        return body + following
    return f"{body}-{following}"


def _is_broken(line: TextLine, following: TextLine, lexicon: Lexicon, edges: tuple[float, float]) -> bool:
    """Whether a cell's edge cut a word in two: its first half fills the line, and is no word."""
    first = following.words[0]
    letter = (first.x1 - first.x0) / len(first.text)
    left, right = edges
    free = min(right - line.x1, (right - left) - (line.x1 - line.x0))
    half, rest = _LETTERS.search(line.text[::-1]), _LETTERS.match(following.text)
    if half is None or half.start() or rest is None or not rest[0][0].islower():
        return False
    before, after = half[0][::-1], rest[0]
    if lexicon.knows(before + after) and not (lexicon.knows(before) and lexicon.knows(after)):
        return free < 2.5 * letter + 0.6 or len(line.words) == 1
    if lexicon.knows(before) and lexicon.knows(after):
        return False
    if free > 1.25 * letter + 0.6 or (len(line.words) > 1 and "/" not in line.words[-1].text):
        return False
    return not lexicon.knows(after)
