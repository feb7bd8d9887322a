"""Characters that make a text look like another: taken out, or made visible with a doubt.

A bidirectional override makes "12" stand as "21" on the page, and every reader of the page would believe
it. What reorders text is therefore shown by its number, ``[U+202E]``, which no number or status is read
through; what is not seen at all (zero-width and control characters) is taken out. See Unicode Technical
Report 36, section 2.5, and Boucher and Anderson, "Trojan Source" (2021).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from vbdata.extract.document import Document, Doubt, Place, texts_in

#: Overrides, and embeddings and isolates from right to left: they reorder what is read from left to right.
_REORDERS = frozenset("\u202b\u202d\u202e\u2067")
_BREAKS = frozenset("\x0b\x0c\u2028\u2029")
#: What is no letter that is seen: these and marks of no width, control characters, what is no character.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)
_SAID = {
    "text_disguised": "dolda tecken som kastar om ordningen på det som syns. De visas med sina nummer.",
    "text_control_character": "osynliga styrtecken. De är borttagna.",
}


def plain_letters(text: str) -> str:
    """Text without what cannot be seen, and with what reorders it made visible.

    >>> plain_letters("Utfall \\u202e12 %\\u202c"), plain_letters("sjuk\\u200bfrånvaro\\x07")
    ('Utfall [U+202E]12 %', 'sjukfrånvaro')
    """
    return _ODD.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    """A control character of Windows-1252 is a letter that was decoded wrongly, as browsers hold too."""
    if found[0] in _REORDERS:
        return f"[U+{ord(found[0]):04X}]"
    if "\x80" <= found[0] <= "\x9f":
        return bytes([ord(found[0])]).decode("cp1252", errors="ignore")
    return " " if found[0] in _BREAKS else ""


def _is_control(sign: str) -> bool:
    kept = "\x80" <= sign <= "\x9f" or sign in _BREAKS
    return unicodedata.category(sign) in ("Cc", "Cs", "Cn") and not kept


def undisguised(document: Document) -> Document:
    """The document in plain letters, with a doubt where something reorders its text."""
    if not _ODD.search("\n".join(texts_in(document.blocks))):
        return document
    doubts = [*document.doubts, *_doubts(document)]
    blocks = tuple(_plain(block) for block in document.blocks)
    furniture = tuple(_plain(each) for each in document.furniture)
    return replace(document, blocks=blocks, furniture=furniture, doubts=tuple(doubts))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain_letters(value)
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    if not is_dataclass(value) or isinstance(value, Place | type):
        return value
    return replace(value, **{each.name: _plain(getattr(value, each.name)) for each in fields(value)})


def _doubts(document: Document) -> Iterator[Doubt]:
    """One for what reorders the text, and one for its control characters, at the first place of each."""
    found: dict[str, list[Place]] = {code: [] for code in _SAID}
    for part in (part for block in document.blocks for part in getattr(block, "rows", ()) or (block,)):
        odd = set(_ODD.findall(" ".join(texts_in(part))))
        if odd & _REORDERS:
            found["text_disguised"].append(part.place)
        if any(map(_is_control, odd)):
            found["text_control_character"].append(part.place)
    for code, places in found.items():
        if places:
            where = "ett ställe" if len(places) == 1 else f"{len(places)} ställen"
            yield Doubt(code, f"Texten har på {where} {_SAID[code]}", places[0])
