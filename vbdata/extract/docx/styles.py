"""What paragraph styles and direct formatting say: headings, lists, bold lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from vbdata.extract.docx.look import NO_LOOK, Look, look_of
from vbdata.extract.docx.markup import W, is_on, number

_HEADING_STYLE = re.compile(r"^(?:heading|rubrik)\s*(\d)", re.I)
_LIST_STYLE = re.compile(r"^(?:list|lista|punktlista|numrerad lista)\b", re.I)


@dataclass(frozen=True)
class Style:
    """What a style says, its bases included."""

    name: str
    depth: int | None
    numbered: bool
    bold: bool
    look: Look = NO_LOOK


PLAIN = Style("", None, False, False)


def styles_of(document: Any) -> dict[str, Style]:
    """What each style says, of paragraphs and of letters, looked up through its bases."""
    elements = {s.get(f"{W}styleId"): s for s in document.styles.element.iter(f"{W}style")}
    return {name: _style_of(name, elements) for name in elements if name}


def _style_of(name: str, elements: dict[str, Any]) -> Style:
    depth: int | None = None
    numbered, bold, label, seen, look = False, False, "", 0, NO_LOOK
    current: str | None = name
    while current in elements and seen < 20:
        element = elements[current]
        own = element.find(f"{W}name")
        own_label = own.get(f"{W}val", "") if own is not None else ""
        label = label or own_label
        outline = element.find(f"{W}pPr/{W}outlineLvl")
        if depth is None and outline is not None and number(outline) < 9:
            depth = number(outline) + 1
        heading = _HEADING_STYLE.match(own_label)
        if depth is None and heading:
            depth = int(heading[1])
        numbered = (
            numbered or element.find(f"{W}pPr/{W}numPr") is not None or bool(_LIST_STYLE.match(own_label))
        )
        bold = bold or is_on(element.find(f"{W}rPr/{W}b"))
        look = look.over(look_of(element))
        base = element.find(f"{W}basedOn")
        current, seen = (base.get(f"{W}val") if base is not None else None), seen + 1
    if depth is None and label.lower() in ("title", "rubrik", "titel"):
        depth = 1
    return Style(label, depth, numbered and depth is None, bold, look)


def outline(element: Any) -> int | None:
    """Outline depth that is set on the paragraph itself."""
    outline = element.find(f"{W}pPr/{W}outlineLvl")
    return number(outline) + 1 if outline is not None and number(outline) < 9 else None


def has_numbering(element: Any, style: Style) -> bool:
    """Whether a paragraph is an item of a list."""
    numbering = element.find(f"{W}pPr/{W}numPr/{W}numId")
    if numbering is not None:
        return numbering.get(f"{W}val") != "0"
    return style.numbered


def is_bold_line(element: Any, text: str, style: Style) -> bool:
    """A short paragraph that is bold throughout is a heading that nobody marked as one."""
    if len(text) > 160 or text.endswith((".", ",")) or not any(c.isalpha() for c in text):
        return False
    runs = [r for r in element.iter(f"{W}r") if any((t.text or "").strip() for t in r.iter(f"{W}t"))]
    return bool(runs) and all(
        is_on(b) if (b := r.find(f"{W}rPr/{W}b")) is not None else style.bold for r in runs
    )
