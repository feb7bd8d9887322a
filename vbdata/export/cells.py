"""Text that a spreadsheet would run as a formula, made harmless."""

from __future__ import annotations

import re

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_HARMLESS = re.compile(r"[-+]?\s?(?:\d[\d \u00a0]*(?:[.,]\d+)?)?\s?%?|-+")


def neutral(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet could take it for a formula.

    What starts with ``= + - @``, their full-width forms, a tab or a line break may be one (OWASP, CSV
    Injection). Plain numbers and dashes are left alone: reports are full of them.

    >>> neutral("=HYPERLINK(1)"), neutral("-2+3"), neutral("-0,5 %"), neutral("-"), neutral("Nöjda")
    ("'=HYPERLINK(1)", "'-2+3", '-0,5 %', '-', 'Nöjda')
    """
    if not text.startswith(_STARTS) or _HARMLESS.fullmatch(text):
        return text
    return f"'{text}"
