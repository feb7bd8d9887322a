"""Words of running text that mean something to a check, by their stems (text_stems.csv).

A stem says what may be meant whatever else stands in the sentence: a check that finds one asks for more
before it says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, lru_cache
from itertools import chain

from vbdata.language.inflection import stem
from vbdata.language.prose import plain_sentences
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


class Lexicon:
    """Uses and their stems, looked for in texts by their words, each of which is looked up once.

    A stem of one word is found by it alone; for one of several the text is searched when it has the longest.
    """

    def __init__(self, stems: Mapping[str, Iterable[str]]) -> None:
        self._stems = stems
        self.told = lru_cache(maxsize=16384)(self._told)

    def _told(self, word: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """Uses that a word tells by itself, and those that it may tell with others: with their stems."""
        alone, joined = set(), set()
        for letters in {word[:_BEGINNING], word[: _BEGINNING - 1]}:
            for use, told, longest in self._index.get(letters, ()):
                if _matches(longest, word):
                    (joined.add((use, told)) if " " in told else alone.add(use))
        return (frozenset(alone), frozenset(joined)) if alone or joined else _NOTHING

    def uses(self, text: str) -> frozenset[str]:
        """The uses that have a stem in a text."""
        told = [each for each in map(self.told, words_of(text)) if each is not _NOTHING]
        if not told:  # nearly all
            return _NONE
        found = set().union(*[alone for alone, _ in told])
        low = text.casefold()
        for use, words in chain.from_iterable([joined for _, joined in told]):
            if use not in found and _may_stand(words, low) and _pattern_of(words).search(text):
                found.add(use)
        return frozenset(found)

    @cached_property
    def _index(self) -> dict[str, list[tuple[str, str, str]]]:
        """Beginning of a stem's longest word → use, stem, and that word as it is written."""
        index: dict[str, list[tuple[str, str, str]]] = {}
        for use, stems in self._stems.items():
            for told in stems:
                longest = max(told.split(), key=lambda word: sum(map(str.isalnum, word)))
                index.setdefault(longest.strip("*~")[:_BEGINNING], []).append((use, told, longest))
        return index


_NOTHING = (_NONE, frozenset[tuple[str, str]]())


@cache
def _pattern_of(stem: str) -> re.Pattern[str]:
    return compiled([stem])


def _may_stand(stem: str, low: str) -> bool:
    """All letters of a stem of several words are in a text in lower case: a test that costs little."""
    return all([letters in low for letters in _letters(stem)])


@cache
def _letters(stem: str) -> tuple[str, ...]:
    return tuple(stem.replace("*", " ").replace("~", " ").split())


def _matches(stem: str, word: str) -> bool:
    """A word or one of those that hyphens join in it is the stem, or goes on where the stem has its star."""
    core = stem.strip("*")
    if core == stem:
        return word == core or core in word.split("-")
    parts = [word, *word.split("-")] if "-" in word else [word]
    if not stem.startswith("*"):
        return any(part.startswith(core) for part in parts)
    return any(core in part if stem.endswith("*") else part.endswith(core) for part in parts)


@cache
def _lexicon() -> Lexicon:
    return Lexicon(text_stems())


@lru_cache(maxsize=8192)
def uses_of(text: str) -> frozenset[str]:
    """The uses whose stems stand in a text.

    >>> sorted(uses_of("Rutinen finns, men är inte införd.") & {"exists", "later"})
    ['exists']
    """
    return _lexicon().uses(text)


def has(use: str, text: str) -> bool:
    """Some stem of the use stands in the text."""
    return use in uses_of(text)


@lru_cache(maxsize=4096)
def stems_of(sentence: str) -> frozenset[str]:
    """The stems of a sentence's words."""
    return frozenset(map(stem, words_of(sentence)))


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without marks.

    >>> words_of("Vi når 85 %, T2.")
    ('vi', 'når', '85', 't2')
    """
    if len(text) > _LONG and len(parts := plain_sentences(text)) > 1:
        return tuple(chain.from_iterable(map(words_of, parts)))
    return tuple(_WORD.findall(text.casefold()))
