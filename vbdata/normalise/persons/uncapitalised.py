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
        surely = surely_given(name)
        alone = surely and len(name) >= _LEAST
        for match in re.finditer(rf"{name}(?<!\w{name})(?!\w)", text):
            after = _NEXT.match(text, match.end())
            family = after[1] if after and _is_family(after[1]) else None
            told = (family or alone) and _is_introduced(text, match.start())
            if after and family and (told or surely or _SURELY_FAMILY.fullmatch(family)):
                yield match.start(), after.end()
            elif alone and told:
                yield match.span()


def _is_introduced(text: str, start: int) -> bool:
    before = text[max(0, start - 40) : start].rsplit(None, 1)[-1:]
    word = before[0].lstrip("([") if before else ""
    return is_title(word) or word.casefold() in words("surely")


def _is_family(word: str) -> bool:
    return is_family_name(word) and may_be_family_name(word)


def _logins(text: str) -> Iterator[tuple[int, int]]:
    """Names as they are written to log in: "eva.exempelsson"."""
    if "_" in text or any(part[:1].islower() for part in text.split(".")[1:]):
        for match in _LOGIN.finditer(text):
            if given_name(match[1]) and is_family_name(match[2]):
                yield match.span()
