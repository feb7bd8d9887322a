"""Statuses of goals by the words that the forms have for them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from vbdata.extract.recognise.lines import (
    CONTENTS,
    NOT_LETTER,
    keys,
    section_of,
    without_leader,
)
from vbdata.vocabulary import clean, key, status_index, statuses
from vbdata.vocabulary.entries import Status
from vbdata.vocabulary.wording import SMALL_WORDS

STATUS_FLOOR = 86.0
STATUS_LABEL = re.compile(r"^(?:\w+s )?(?:status|bedömning|måluppfyllelse|uppfyllelse)\s*[:–-]\s*", re.I)
#: A status is a few words.
STATUS_WORDS = 6
_JUDGED = re.compile(r"^.{0,40}?:\s+(?=[A-ZÅÄÖ])[^\d.:?!]+$", re.S)


@lru_cache(maxsize=4096)
def status_words(text: str) -> str | None:
    """The words of a line that holds a status and nothing else but an icon or bullet.

    After a label that announces one, any few words are a status.

    >>> status_words("● Uppfylls helt"), status_words("— Inga data"), status_words("Inga data finns")
    ('Uppfylls helt', 'Inga data', None)
    >>> status_words("Bedömning: Svår att läsa"), status_words("Uppfylls"), status_words("Status: Uppfylls")
    ('Svår att läsa', None, 'Uppfylls')
    """
    if len(text) > 80:
        return None
    line = NOT_LETTER.sub("", without_leader(clean(text))[0])
    label = STATUS_LABEL.match(line)
    words = NOT_LETTER.sub("", line[label.end() :] if label else line)
    if words and status_of(words) and (label or not (_goes_on(words) or _is_sentence(text, words))):
        return words
    if label and _JUDGED.match(text) and len(words.split()) <= STATUS_WORDS:
        return words
    # A symbol of a font without names for its letters is read as a letter or a number.
    sign, _, rest = words.partition(" ")
    return rest if len(sign) == 1 and " " in rest and status_index().exact(rest) else None


def status_of(words: str) -> Status | None:
    """The status that the words mean; short ones ("Ingen") only to the letter.

    >>> status_of("Uppfyls delvis").code, status_of("Uppfylls inte helt")
    ('partly_met', None)
    """
    index = status_index()
    if len(words) < 9:
        return index.exact(words)
    return index.find(words, STATUS_FLOOR).entry


def status_within(text: str) -> str | None:
    """Status words at the start of a line that goes on with a few other words."""
    words = NOT_LETTER.sub("", clean(text)).split()
    if len(words) > 12:
        return None
    for count in (1, 2, 3):
        start, rest = " ".join(words[:count]), " ".join(words[count:])
        if not rest:
            return None
        headed = key(rest) in CONTENTS or section_of(rest) is not None
        sure = headed and status_of(start)
        apart = not rest[0].isalnum() or rest[0].isupper()
        # "Uppfylls inte" is not all of "Uppfylls inte helt", nor "Uppfylls helt" of "Uppfylls helt / delvis"
        if sure or (count > 1 and apart and not _degrees() & {*keys(rest)} and status_index().exact(start)):
            return start
    return None


def _is_sentence(text: str, words: str) -> bool:
    """Whether a status is said in a sentence, as an Analys may: "Målet är uppfyllt."."""
    return text.rstrip(" *_").endswith(".") and words.count(" ") > 1


@lru_cache(maxsize=256)
def _goes_on(words: str) -> bool:
    """Whether a status begins another one, as "Målet uppfylls" does "Målet uppfylls inte"."""
    start, said = key(words), status_of(words)
    others = [label for status in statuses() if status != said for label in status.printed]
    return any(key(label).startswith(start) for label in others)


@cache
def _degrees() -> frozenset[str]:
    """Words that tell one status from another."""
    said = [{each for label in status.printed for each in keys(label)} for status in statuses()]
    known = frozenset().union(*said) - SMALL_WORDS
    return frozenset(each for each in known if sum(each in words for words in said) < len(said) - 1)
