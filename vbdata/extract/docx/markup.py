"""Reading WordprocessingML: children in order, text, and the colours of symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vbdata.extract.document import Icon
from vbdata.extract.icons import icon_of_colour

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
_SYMBOLS = "●⬤•■◼▪▲▼◆♦○◯◉⚫⚪"


def children(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order; content controls are opened, contents among them wrapped."""
    for child in parent:
        if child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is None:
                continue
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower():
                yield Contents(content)
            else:
                yield from children(content)
        elif child.tag in (f"{W}customXml", f"{W}ins", f"{W}smartTag", f"{W}moveTo"):
            yield from children(child)
        else:
            yield child


class Contents:
    """The table of contents as Word marks it."""

    tag = "contents"

    def __init__(self, element: Any) -> None:
        self.iter = element.iter


def direct(parent: Any, tag: str) -> Iterator[Any]:
    """Children of one kind, content controls opened."""
    for child in children(parent):
        if child.tag == tag:
            yield child


def rows_of(table: Any) -> Iterator[Any]:
    """Rows of a table, without those that a tracked change took out."""
    return (tr for tr in direct(table, f"{W}tr") if tr.find(f"{W}trPr/{W}del") is None)


def paragraphs_in(tc: Any) -> Iterator[Any]:
    """Paragraphs of a cell, those of nested tables too."""
    return (p for p in tc.iter(f"{W}p") if not in_fallback(p))


def is_merged_rest(tc: Any) -> bool:
    """Whether a cell only goes on with the merged cell above it."""
    merge = tc.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def number(element: Any) -> int:
    """Value of an element that holds a whole number; 0 for anything else."""
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 0


def is_on(element: Any) -> bool:
    """Whether a switch such as bold is there and not turned off."""
    return element is not None and element.get(f"{W}val", "true").lower() not in ("0", "false", "off")


def in_fallback(node: Any) -> bool:
    """The second form of a drawing, for older programs, would be read twice."""
    return any(parent.tag == f"{MC}Fallback" for parent in node.iterancestors(f"{MC}Fallback"))


def own_paragraph(node: Any) -> Any:
    """The paragraph that a node stands in."""
    return next(node.iterancestors(f"{W}p"), None)


def clean(text: str) -> str:
    """Text with single spaces, without soft hyphens and invisible spaces."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split())


def hex_icon(value: str | None) -> Icon | None:
    """Icon of a colour such as `2E9E44`."""
    digits = (value or "").lstrip("#")
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", digits):
        return None
    return icon_of_colour((int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)))


def symbol_icon(run: Any) -> Icon | None:
    """A run that is a coloured bullet, or a sign of a symbol font."""
    text = "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
    if not (len(text) == 1 and text in _SYMBOLS) and run.find(f"{W}sym") is None:
        return None
    colour = run.find(f"{W}rPr/{W}color")
    return hex_icon(colour.get(f"{W}val")) if colour is not None else None
