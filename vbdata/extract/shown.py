"""What a web page shows: without what is hidden or struck, with note marks out and form fields filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place
from vbdata.extract.markup import lowered, raised

_STRUCK_TAGS = frozenset({"s", "strike", "del"})
_INLINE = frozenset({"b", "strong", "i", "em", "u", "span", "font", "sup", "sub", "a"})
#: Where a report's words stand; what is hidden elsewhere (menus) is no part of it.
_WORDS = frozenset({"td", "th", "tr", "table", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.S)
_CSS = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?P<tag>\w*)(?:(?P<kind>[.#])(?P<name>[\w-]+))?")
#: Declarations that tell what is shown; a style sheet is full of others.
_TELLS = frozenset({"display", "visibility", "font-size", "opacity", "vertical-align", "mso-hide"})
_DECORATIONS = frozenset({"text-decoration", "text-decoration-line"})
_STEPS = 20
"""Elements without text that may stand between a raised text and what it belongs to."""

Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Rules:
    """Rules of the page's style sheet for one tag, class or id: (kind, name) → tags and styles."""

    rules: dict[tuple[str, str], list[tuple[str, Style]]]

    @classmethod
    def of(cls, root: HtmlElement) -> _Rules:
        found: dict[tuple[str, str], list[tuple[str, Style]]] = {}
        for sheet in root.iter("style"):
            for selectors, body in _CSS.findall(_AT_RULE.sub("", sheet.text or "")):
                style = _told(body)
                for selector in selectors.split(",") if style else ():
                    if parts := _SELECTOR.fullmatch(selector.strip()):
                        name = parts["name"] or parts["tag"]
                        found.setdefault((parts["kind"] or "", name), []).append((parts["tag"], style))
        return cls(found)

    def style(self, element: HtmlElement) -> Style:
        """An element's style as far as it is told plainly."""
        named = [("", element.tag), *((".", each) for each in (element.get("class") or "").split())]
        named.append(("#", element.get("id") or ""))
        style: Style = {}
        for each in named:
            for tag, own in self.rules.get(each, ()):
                style |= own if tag in ("", element.tag) else {}
        return style | _told(element.get("style") or "")


def _told(declarations: str) -> Style:
    """Those of a style's declarations that tell what is shown."""
    parts = ("".join(each.split()).lower().partition(":") for each in declarations.split(";"))
    told = ((name, value.partition("!")[0]) for name, _, value in parts)
    return {name: value for name, value in told if name in _TELLS or name in _DECORATIONS}


def _is_hidden(style: Style) -> bool:
    none = style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse")
    sizes = (style.get(name, "") for name in ("font-size", "opacity"))
    return none or any(size.startswith("0") and not size.strip("0.pxtrem%") for size in sizes)


def as_shown(root: HtmlElement) -> list[Doubt]:
    """Change a page to what it shows; what is hidden or struck and has a digit becomes a doubt."""
    rules = _Rules.of(root)
    doubts: list[Doubt] = []
    for element in [each for each in root.iter() if isinstance(each.tag, str)]:
        if element.getparent() is None:
            continue
        style = rules.style(element)
        if element.get("hidden") is not None or _is_hidden(style) or _is_struck(element, style):
            doubts += _left_out(element, style)
            element.drop_tree()
        elif element.tag in ("input", "select", "textarea"):
            _replace(element, _filled_in(element))
        elif (height := style.get("vertical-align", element.tag).removesuffix("er")) in ("sup", "sub"):
            _settle_height(element, is_raised=height == "sup")
    return doubts


def _is_struck(element: HtmlElement, style: Style) -> bool:
    return element.tag in _STRUCK_TAGS or any("line-through" in style.get(each, "") for each in _DECORATIONS)


def _left_out(element: HtmlElement, style: Style) -> Iterator[Doubt]:
    words = " ".join(element.text_content().split())
    is_inside = element.tag in _WORDS or any(parent.tag in _WORDS for parent in element.iterancestors())
    # Hidden on the screen are the page numbers of Word's contents: no words that somebody hid.
    if is_inside and style.get("mso-hide") != "screen" and any(map(str.isdigit, words)):
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
