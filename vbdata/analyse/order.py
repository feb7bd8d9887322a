"""Swedish alphabetical order: å ä ö last, numbers by size."""

from __future__ import annotations

import re

_LAST = str.maketrans(
    {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "é": "e", "è": "e", "ü": "y", "-": " "}
)


def swedish_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of a name.

    >>> sorted(["Öns", "Zon", "Enhet 10", "Enhet 2", "Ängen", "Åsen"], key=swedish_key)
    ['Enhet 2', 'Enhet 10', 'Zon', 'Åsen', 'Ängen', 'Öns']
    """
    pieces = re.findall(r"\d+|\D+", name.casefold().translate(_LAST))
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, " ".join(p.split())) for p in pieces)
