"""Persons' names that are written without capitals: in a hurry, or to log in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbdata.language.prose import words_in
from vbdata.vocabulary.people import (
    given_name,
    is_family_name,
    is_title,
    may_be_family_name,
    surely_given,
    words,
)

_NEXT = re.compile(r" ([a-zåäöéü-]{2,})(?!\w)")
#: How a word ends that is a family name without its capital too, whatever stands before it.
_SURELY_FAMILY = re.compile(
    r"[a-zåäöé]{2,}(?:sson|ström|berg|[qk]vist|[qk]varn|(?<!s)gren|lund|dahl|stedt|bäck|löf|krantz|feldt|crona"
    r"|sköld|hjelm)s?"
)
_LOGIN = re.compile(r"(?<![\w.@/])([^\W\d_]{2,})[._]([^\W\d_][\w'’-]+)(?![\w@/]|\.\w)")
_LEAST = 4
"""Letters of a given name that stands alone without its capital; shorter ones are other words too often."""


def find_uncapitalised(text: str) -> list[tuple[int, int]]:
    """Where such names stand: a given name and a family name, or a given name after a title.

    >>> text = "Det säger enhetschef anna, och bo exempelsson. Hans arbete per person."
    >>> [text[start:end] for start, end in find_uncapitalised(text)]
    ['anna', 'bo exempelsson']
    """
    return [*_in_texts(text), *_logins(text)]


def _in_texts(text: str) -> Iterator[tuple[int, int]]:
    for name in sorted(words("given_small") & words_in(text)):
        for match in re.finditer(rf"{name}(?<!\w{name})(?!\w)", text):
            before = text[max(0, match.start() - 40) : match.start()].split()[-1:]
            told = bool(before) and _introduces(before[0].lstrip("(["))
            after = _NEXT.match(text, match.end())
            if after and _is_family(after[1], sure=told or surely_given(name)):
                yield match.start(), after.end()
            elif told and surely_given(name) and len(name) >= _LEAST:
                yield match.span()


def _introduces(word: str) -> bool:
    return is_title(word) or word.casefold() in words("surely")


def _is_family(word: str, *, sure: bool) -> bool:
    """Whether a word without its capital is a family name; `sure` is that the one before it is given."""
    told = is_family_name(word) and may_be_family_name(word)
    return told and (sure or bool(_SURELY_FAMILY.fullmatch(word)))


def _logins(text: str) -> Iterator[tuple[int, int]]:
    """Names as they are written to log in: "eva.exempelsson"."""
    if "_" in text or any(part[:1].islower() for part in text.split(".")[1:]):
        for match in _LOGIN.finditer(text):
            if given_name(match[1]) and is_family_name(match[2]):
                yield match.span()
