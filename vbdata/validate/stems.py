"""Words of running text that mean something to a check, by their stems (text_stems.csv).

A stem says what may be meant whatever else stands in the sentence: a check that finds one asks for more
before it says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import snowballstemmer

from vbdata.language.prose import split_sentences
from vbdata.vocabulary import text_stems

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
    return rf"{re.escape(word[:-1])}\w*" if word.endswith("*") else re.escape(word)


def has(use: str, text: str) -> bool:
    """Some stem of the use stands in the text."""
    return pattern(use).search(text) is not None


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
    return tuple(_WORD.findall(text.casefold()))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """The word without its ending.

    >>> stem("handlingsplaner") == stem("handlingsplanen"), stem("plan") == stem("plats")
    (True, False)
    """
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    return snowballstemmer.stemmer("swedish")
