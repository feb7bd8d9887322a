"""What a web page shows: without what is hidden or struck, with note marks out and form fields filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place
from vbdata.extract.markup import lowered, raised

_HIDDEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|"
    r"font-size:0(?:\.0+)?(?:px|pt|r?em|%)?(?:;|!|$)|opacity:0(?:\.0+)?(?:;|!|$)"
)
_STRUCK = re.compile(r"text-decoration(?:-line)?:[^;]*line-through")
_RAISED, _LOWERED = re.compile(r"vertical-align:super"), re.compile(r"vertical-align:sub(?:;|!|$)")
_STRUCK_TAGS = frozenset({"s", "strike", "del"})
_INLINE = frozenset({"b", "strong", "i", "em", "u", "span", "font", "sup", "sub", "a"})
#: Where a report's words stand; what is hidden elsewhere (menus) is no part of it.
_WORDS = frozenset({"td", "th", "tr", "table", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.S)
_CSS = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>\w*)(?:(?P<kind>[.#])(?P<name>[\w-]+))?")
#: Declarations that tell what is shown; a style sheet is full of others.
_TELLS = re.compile(r"display:|visibility:|font-size:0|opacity:0|text-decoration|vertical-align:s|mso-hide:")
_STEPS = 20
"""Elements without text that may stand between a raised text and what it belongs to."""
_ON_SCREEN = "mso-hide:screen"  # page numbers of Word's contents: no words that somebody hid


@dataclass(frozen=True, slots=True)
class _Rules:
    """Rules of the page's style sheet for one tag, class or id: (kind, name) → tags and styles."""

    rules: dict[tuple[str, str], dict[tuple[str, str], None]]

    @classmethod
    def of(cls, root: HtmlElement) -> _Rules:
        found: dict[tuple[str, str], dict[tuple[str, str], None]] = {}
        for sheet in root.iter("style"):
            for selectors, body in _CSS.findall(_AT_RULE.sub("", sheet.text or "")):
                style = ";".join(each for each in _flat(body).split(";") if _TELLS.match(each))
                for selector in selectors.split(",") if style else ():
                    if parts := _SELECTOR.fullmatch(selector.strip()):
                        name = parts["name"] or parts["tag"]
                        found.setdefault((parts["kind"] or "", name), {})[parts["tag"], style] = None
        return cls(found)

    def style(self, element: HtmlElement) -> str:
        """An element's style as far as it is told plainly."""
        named = [(".", each) for each in (element.get("class") or "").split()]
        named += [("#", element.get("id") or ""), ("", element.tag)]
        applied = [
            style for each in named for tag, style in self.rules.get(each, ()) if tag in ("", element.tag)
        ]
        return ";".join([*applied, _flat(element.get("style") or "")])


def _flat(style: str) -> str:
    return re.sub(r"\s+", "", style).lower()


def as_shown(root: HtmlElement) -> list[Doubt]:
    """Change a page to what it shows; what is hidden or struck and has a digit becomes a doubt."""
    rules = _Rules.of(root)
    doubts: list[Doubt] = []
    for element in [each for each in root.iter() if isinstance(each.tag, str)]:
        if element.getparent() is None:
            continue
        style = rules.style(element)
        if element.get("hidden") is not None or _HIDDEN.search(style) or _is_struck(element, style):
            doubts += _left_out(element, style)
            element.drop_tree()
        elif element.tag in ("input", "select", "textarea"):
            _replace(element, _filled_in(element))
        elif element.tag in ("sup", "sub") or _RAISED.search(style) or _LOWERED.search(style):
            _settle_height(element, is_raised=element.tag == "sup" or bool(_RAISED.search(style)))
    return doubts


def _is_struck(element: HtmlElement, style: str) -> bool:
    return element.tag in _STRUCK_TAGS or bool(_STRUCK.search(style))


def _left_out(element: HtmlElement, style: str) -> Iterator[Doubt]:
    words = " ".join(element.text_content().split())
    is_inside = element.tag in _WORDS or any(parent.tag in _WORDS for parent in element.iterancestors())
    if is_inside and _ON_SCREEN not in style and any(map(str.isdigit, words)):
        detail = f"”{words}” är överstruket eller dolt och är inte läst."
        yield Doubt("left_over", detail, Place(element.sourceline))


def _replace(element: HtmlElement, text: str) -> None:
    element[:] = []
    element.attrib.clear()
    element.tag, element.text = "span", text  # to take it out costs all of its siblings


def _filled_in(element: HtmlElement) -> str:
    """What a form field holds."""
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = next((each for each in options if each.get("selected") is not None), None)
        return "" if chosen is None else str(chosen.text_content())
    if element.tag == "textarea":
        return str(element.text_content())
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☒" if element.get("checked") is not None else "☐"
    return (element.get("value") or "") if kind in ("text", "number", "date") else ""


def _settle_height(element: HtmlElement, *, is_raised: bool) -> None:
    """Put a raised or lowered text in line, or leave it out where it is a note mark."""
    text = str(element.text_content())
    block = next((each for each in element.iterancestors() if each.tag not in _INLINE), None)
    alone = block is not None and _is_all(block, "".join(text.split()))
    before = _before(element)
    _replace(element, text if alone else raised(before, text) if is_raised else lowered(before, text))


def _is_all(block: HtmlElement, letters: str) -> bool:
    """Whether a block has no other letters than these."""
    found = ""
    for text in block.itertext():
        found += "".join(text.split())
        if len(found) > len(letters):
            return False
    return found == letters


def _before(element: HtmlElement) -> str:
    """The text right before an element, in its block: so much of it as tells what the element is."""
    text = ""
    for _ in range(_STEPS):
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            text = str(previous.text_content()) + (previous.tail or "") + text
        elif parent is not None:
            text = (parent.text or "") + text
        element = parent if previous is None else previous
        if element is None or element.tag not in _INLINE or text.strip():
            break
    return text


def at_lines(doubts: Sequence[Doubt], lines: Sequence[Line]) -> list[Doubt]:
    """Doubts of a table's source, placed at the lines of the text that it stands in."""
    own = [lines[min((each.place.line or 1) - 1, len(lines) - 1)] for each in doubts]
    return [
        Doubt(each.code, each.detail, Place(line.number, line.page))
        for each, line in zip(doubts, own, strict=True)
    ]
