"""Text as bytes, in the encodings that reports come in."""

from __future__ import annotations

import unicodedata

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
#: Latin letters and the Cyrillic ones that look the same.
LOOKALIKES = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х"}
_NOT_IN_CP1252 = str.maketrans({"●": "•", "■": "•", "▲": "•", "◆": "•", "▪": "•", "\uf0b7": "•", "✓": ""})


def encode(text: str, encoding: str) -> bytes:
    """The text as bytes; for Windows-1252, letters that it does not have are replaced by their likes.

    >>> encode("● Uppfylls hеlt", "cp1252")
    b'\\x95 Uppfylls helt'
    """
    if encoding == "cp1252":
        text = unicodedata.normalize("NFC", text).translate(_NOT_IN_CP1252)
        text = text.translate({ord(foreign): latin for latin, foreign in LOOKALIKES.items()})
    return text.encode(encoding)
