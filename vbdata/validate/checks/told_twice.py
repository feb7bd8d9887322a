"""One named thing said to be in place in one text and only begun in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from vbdata.language.prose import quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.names import own_names
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import INTENDED, Text, own_texts
from vbdata.validate.stems import uses_of, words_of

#: Doubts of this kind in one report.
MOST = 3
#: Sentences of a name above which it is what the unit does, not one thing of it.
_RARE = 12
_AT = frozenset(("på", "i", "inom", "vid", "hos", "från", "till", "med", "för", "team", "under"))
_DIGIT = re.compile(r"\d")
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-zÅÄÖåäö])\w{3,}\b")
_NAME = re.compile(r"(?<=[\wåäö,] )[A-ZÅÄÖ][\wåäö-]{4,}\b")


@check
def progress_told_twice(rows: Rows) -> Iterator[Noted]:
    """A thing with a name of its own that is in place in one text and begun in another."""
    if rows["reports"][0]["kind"] != "VB":
        return
    yield from islice(_told(rows), MOST)


def _told(rows: Rows) -> Iterator[Noted]:
    done: dict[str, tuple[Text, str]] = {}
    begun: dict[str, tuple[Text, str]] = {}
    unit = set(words_of(" ".join(own_names(rows["reports"][0]))))
    told = [text for text in own_texts(rows) if text.section not in INTENDED]
    for text in told:
        for said in text.sentences:
            if not (is_begun := _is_begun(said)) and not _in_place(said):  # nearly all
                continue
            for name in _names(said) - unit:
                if is_begun:
                    begun.setdefault(name, (text, said))
                elif name not in _subject(said):
                    done.setdefault(name, (text, said))
    for name in sorted(done.keys() & begun.keys()):
        (text, said), (first, other) = begun[name], done[name]
        if first is not text and _times(name, told) <= _RARE:
            words = {"name": name, "heading": text.heading, "quote": quote(said), "other": quote(other)}
            yield text.doubt(rows, "progress_told_twice", said, words, first.other(rows, other))


def _is_begun(said: str) -> bool:
    uses = uses_of(said)
    return "begun" in uses and "begun_finished" not in uses


def _in_place(said: str) -> bool:
    uses = uses_of(said)
    return "in_place" in uses and uses.isdisjoint(("undone", "in_place_no"))


def _times(name: str, told: Sequence[Text]) -> int:
    """Sentences that have a name."""
    named = (text for text in told if name in text.lower)
    return sum(name in _names(said) for text in named for said in text.sentences)


def _names(said: str) -> set[str]:
    """Codes and names in a sentence, in lower case.

    >>> sorted(_names("Under våren har vi infört Planbok och 3k7 på Alkärret."))
    ['3k7', 'planbok']
    """
    patterns = (_CODE, _NAME) if _DIGIT.search(said) else (_NAME,)
    found = (each for pattern in patterns for each in pattern.finditer(said))
    return {each[0].casefold() for each in found if not _is_place(said[: each.start()])}


def _subject(said: str) -> set[str]:
    """The words that a sentence begins with: who does it, not what is done."""
    return set(words_of(said)[:2])


def _is_place(before: str) -> bool:
    """A preposition of place stands before the name, or before the word in front of it."""
    return not _AT.isdisjoint(words_of(before)[-2:])
