"""Words of running text that mean something to a check, by their stems (text_stems.csv).

A stem says what may be meant whatever else stands in the sentence: a check that finds one asks for more
before it says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from vbdata.language.prose import split_sentences
from vbdata.vocabulary import text_stems

#: Letters by which a word is looked up.
_BEGINNING = 4
#: Letters of a text that is read by its sentences, which are asked for anyway.
_LONG = 200
_NONE: frozenset[str] = frozenset()
_WORD = re.compile(r"[a-zåäöéü0-9]+(?:-[a-zåäöéü0-9]+)*")


@cache
def pattern(use: str) -> re.Pattern[str]:
    """What finds the stems of a use: ``*`` ends a stem, ``~`` stands for up to three words.

    >>> bool(pattern("undone").search("Det har ännu inte helt genomförts."))
    True
    """
    return compiled(text_stems()[use])


def compiled(stems: Iterable[str]) -> re.Pattern[str]:
    """A pattern for stems as text_stems.csv writes them."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_of, stems))})(?!\w)", re.IGNORECASE)


def _of(stem: str) -> str:
    words = [r"\w+(?:\s+\w+){0,2}" if word == "~" else _word(word) for word in stem.split()]
    joined = r"\s+".join(words)
    return joined.replace(r"\s+\w+(?:\s+\w+){0,2}\s+", r"\s+(?:\w+\s+){0,3}?")


def _word(word: str) -> str:
    return r"\w*".join(map(re.escape, word.split("*")))


def has(use: str, text: str) -> bool:
    """Some stem of the use stands in the text."""
    return use in _possible(text) and pattern(use).search(text) is not None


def may_be(use: str, text: str) -> bool:
    """Whether `has` may find the use in a text: a test that costs little."""
    return use in _possible(text)


@lru_cache(maxsize=8192)
def _possible(text: str) -> frozenset[str]:
    """Uses whose stems may stand in a text, by the beginnings of its words: most texts have few."""
    return _NONE.union(*map(_begun, words_of(text)))


@lru_cache(maxsize=16384)
def _begun(word: str) -> frozenset[str]:
    """Uses with a stem that begins as a word does."""
    index = _index()
    return index.get(word[:_BEGINNING], _NONE) | index.get(word[: _BEGINNING - 1], _NONE)


@lru_cache(maxsize=8192)
def beginnings(text: str) -> frozenset[str]:
    """How the words of a text begin, by three letters and by four."""
    found = frozenset([word[:_BEGINNING] for word in words_of(text)])
    return found | {letters[: _BEGINNING - 1] for letters in found}


def may_have(stems: Iterable[str], text: str) -> bool:
    """Some word begins as the longest word of a stem does: a test that costs little."""
    return not beginnings(text).isdisjoint(_beginnings_of(tuple(stems)))


@lru_cache(maxsize=256)
def _beginnings_of(stems: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_beginning, stems))


@cache
def _beginning(stem: str) -> str:
    return max((part for word in stem.split() for part in words_of(word)), key=len)[:_BEGINNING]


@cache
def _index() -> dict[str, frozenset[str]]:
    """Beginning of a stem's longest word → the uses that have it."""
    index: dict[str, frozenset[str]] = {}
    for use, stems in text_stems().items():
        for each in map(_beginning, stems):
            index[each] = index.get(each, _NONE) | {use}
    return index


@lru_cache(maxsize=2048)
def parts_of(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order."""
    return tuple(part for line in text.split("\n") for part in split_sentences(line))


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without marks.

    >>> words_of("Vi når 85 %, T2.")
    ('vi', 'når', '85', 't2')
    """
    if len(text) > _LONG and len(parts := parts_of(text)) > 1:
        return tuple(chain.from_iterable(map(words_of, parts)))
    return tuple(_WORD.findall(text.casefold()))
