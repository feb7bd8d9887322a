"""Whether two printings are the same words with slips in them, or words that mean something else.

A converter loses letters and a writer slips; neither drops "inte", turns "kronor" into "kilo" or adds a
second label. So what is forgiven is counted word by word, never over a whole label, whose length hides it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vbdata.vocabulary.spelling import key

#: Words that say nothing alone: a label may have one more or less of them.
SMALL_WORDS = frozenset(
    {
        "ar",
        "av",
        "de",
        "den",
        "det",
        "en",
        "ett",
        "for",
        "i",
        "med",
        "och",
        "om",
        "pa",
        "samt",
        "som",
        "till",
        "vid",
    }
)
#: Beginnings that make another word of the rest: "otrygghet", "missnöjd", "deltid".
TURNING = ("o", "in", "miss", "icke", "hel", "del", "halv", "van", "mot", "anti", "under", "over", "ut", "av")
#: Letters that look the same in print, so that a first letter may be the other.
_LOOKALIKE = frozenset({("i", "l"), ("l", "i"), ("o", "0"), ("0", "o"), ("l", "1"), ("1", "l")})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A text's letters in a row, each word's half-open span in them, and which letters are easily lost.

    `spare` is how many of the letters may differ at all.
    """

    letters: str
    words: tuple[tuple[int, int], ...]
    frail: frozenset[int]
    spare: int


@lru_cache(maxsize=8192)
def _spelled(text: str) -> _Spelled:
    letters: list[str] = []
    words: list[tuple[int, int]] = []
    frail: set[int] = set()
    for found in _WORD.finditer(unicodedata.normalize("NFC", text)):
        start = len(letters)
        for char in found[0]:
            for letter in key(char):
                if not char.isascii():
                    frail.add(len(letters))
                letters.append(letter)
        if len(letters) > start:
            words.append((start, len(letters)))
    joined = "".join(letters)
    spare = sum(b - a if joined[a:b] in SMALL_WORDS else _slips(b - a) for a, b in words)
    return _Spelled(joined, tuple(words), frozenset(frail), spare)


def same_words(text: str, label: str) -> bool:
    """Whether `text` is `label` with slips: no word lost, gained or turned into another one.

    Each word may differ in a letter for every four that it has, not in its first one; letters with accents,
    which converters lose, are not counted. Small words ("av", "och") may be there or not.

    >>> same_words("Sjukfr nvaro dag 1-14", "Sjukfrånvaro dag 1-14")
    True
    >>> same_words("Ej helt uppfyllt", "Helt uppfyllt"), same_words("Lex Maria", "Lex Sarah")
    (False, False)
    """
    printed, known = _spelled(text), _spelled(label)
    if printed.letters == known.letters:
        return True
    most = printed.spare + known.spare + len(known.frail)
    if Levenshtein.distance(printed.letters, known.letters, score_cutoff=most) > most:
        return False  # nearly all: cheaper to count than to look at
    codes = Levenshtein.opcodes(printed.letters, known.letters)
    ours: set[int] = set()
    theirs: set[int] = set()
    for code in codes:
        if code.tag == "equal":
            continue
        (a, b), (c, d) = (code.src_start, code.src_end), (code.dest_start, code.dest_end)
        if _turns(printed, a, b, known, c, d):
            return False
        ours.update(range(a, b))
        theirs.update(range(c, d))
    return _forgiven(printed, ours) and _forgiven(known, theirs - known.frail)


def same_as(text: str, labels: tuple[str, ...]) -> frozenset[str]:
    """Those of the labels that `text` is with slips in it, as `same_words` tells.

    >>> sorted(same_as("Startdatun", ("Startdatum", "Slutdatum")))
    ['Startdatum']
    """
    printed, (letters, spare) = _spelled(text), _all_letters(labels)
    near = process.extract_iter(
        printed.letters, letters, scorer=Levenshtein.distance, score_cutoff=printed.spare + spare
    )
    return frozenset(labels[i] for _, _, i in near if same_words(text, labels[i]))


@lru_cache(maxsize=64)
def _all_letters(labels: tuple[str, ...]) -> tuple[list[str], int]:
    """The labels' letters, and how many of one label's may differ at most."""
    known = [_spelled(label) for label in labels]
    return [each.letters for each in known], max((each.spare + len(each.frail) for each in known), default=0)


def _turns(printed: _Spelled, a: int, b: int, known: _Spelled, c: int, d: int) -> bool:
    """Whether a difference makes another word: of the first letter, or a beginning more, less or inside."""
    begins = a < b and any(a == start for start, _ in printed.words)
    known_begins = c < d and any(c == start for start, _ in known.words)
    if begins and known_begins:
        return (printed.letters[a], known.letters[c]) not in _LOOKALIKE
    gained = printed.letters[a:b] if c == d else ""
    if begins and gained and gained[0] != known.letters[c : c + 1]:
        return True
    if len(gained) > 2 and gained in TURNING:
        return True
    more = (
        printed.letters[a:b] if begins and c == d else known.letters[c:d] if known_begins and a == b else ""
    )
    return more in TURNING and not (known_begins and c in known.frail)


def _forgiven(text: _Spelled, differing: set[int]) -> bool:
    return all(
        text.letters[start:end] in SMALL_WORDS
        or len(differing.intersection(range(start, end))) <= _slips(end - start)
        for start, end in text.words
    )


def _slips(length: int) -> int:
    return 0 if length < 4 else max(1, length // 4)
