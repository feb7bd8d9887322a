"""Letters: clean text for people, and keys that forgive what converters do to it.

A key has lower-case letters and digits only, without accents and with letters of other alphabets
that look Latin made Latin, so that ``"Utfall kvinnor/ flickor"`` and ``"utfall kvinnor/flickor"``
meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

UNREAD = "oläst"
"""Stands in a cell of the complaint form whose count is there but cannot be known: neither blank nor zero."""

_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТХУаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρτυικχ",
    "ABEKMHOPCTXYaeopcyxijshdqwABEZHIKMNOPTYXoavptuikx",
)
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\x0b\x0c]")
_WORD = re.compile(r"\w+")
_FRACTIONS = "¼½¾"
_NOT_KEY = bytes(set(range(128)) - set(b"abcdefghijklmnopqrstuvwxyz0123456789"))


def is_unread(raw: object) -> bool:
    """Whether a cell's text says that its count could not be read.

    >>> is_unread("oläst"), is_unread(""), is_unread(None)
    (True, False, False)
    """
    return isinstance(raw, str) and raw == UNREAD


def clean(text: str) -> str:
    """Text as a person should read it: NFC, plain single spaces, no invisible characters.

    Letters of another alphabet inside a Latin word are made Latin.

    >>> clean("Uppfylls\\u00a0 hеlt ")
    'Uppfylls helt'
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
        text = latin(_SPACES.sub(" ", text))
    return " ".join(_CONTROL.sub("", text).split())


def latin(text: str) -> str:
    """Replace look-alike Greek and Cyrillic letters in words that also hold Latin ones."""
    if not _FOREIGN.search(text):
        return text
    return _WORD.sub(lambda word: _latin_word(word[0]), text)


def _latin_word(word: str) -> str:
    swapped = word.translate(_LOOKALIKES)
    mixed = swapped != word and not _FOREIGN.search(swapped)
    return swapped if mixed and re.search("[a-zåäöA-ZÅÄÖ]", word + "") else word


@lru_cache(maxsize=16384)
def key(text: str) -> str:
    """What two printings of the same words have in common.

    >>> key("KF:s mål för verksamhets\\u00adområdet:")
    'kfsmalforverksamhetsomradet'
    """
    text = text.casefold()
    try:
        western = text.encode("cp1252")  # nearly all, and three times as fast
    except UnicodeEncodeError:
        return _plain(text)
    if any(map(text.__contains__, _FRACTIONS)):
        return _plain(text)
    return western.translate(*_western()).decode("ascii")


def _plain(text: str) -> str:
    """The letters and digits of a text in lower case that are left without accents."""
    if _FOREIGN.search(text):
        text = text.translate(_LOOKALIKES)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").translate(None, _NOT_KEY).decode()


@cache
def _western() -> tuple[bytes, bytes]:
    """What is left of each Western character, and those of which nothing or more than one is left."""
    left = [_plain(bytes([code]).decode("cp1252", "replace")) for code in range(256)]
    gone = bytes(code for code, each in enumerate(left) if len(each) != 1)
    return "".join(each if len(each) == 1 else " " for each in left).encode("ascii"), gone
