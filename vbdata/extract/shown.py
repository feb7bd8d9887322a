"""What a web page shows: without what is hidden or struck, with note marks out and form fields filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place
from vbdata.extract.markup import raised

_STRUCK_TAGS = frozenset({"s", "strike", "del"})
_INLINE = frozenset({"b", "strong", "i", "em", "u", "span", "font", "sup", "sub", "a"})
#: Where a report's words stand; what is hidden elsewhere (menus) is no part of it.
_WORDS = frozenset({"td", "th", "tr", "table", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6"})
#: Declarations that tell what is shown.
_TELLS = frozenset({"display", "visibility", "font-size", "opacity", "vertical-align", "mso-hide"})
_DECORATIONS = frozenset({"text-decoration", "text-decoration-line"})
_STEPS = 20
"""Elements without text that may stand between a raised text and what it belongs to."""

Style = dict[str, str]


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
    doubts: list[Doubt] = []
    for element in [each for each in root.iter() if isinstance(each.tag, str)]:
        if element.getparent() is None:
            continue
        style = _told(element.get("style") or "")
        if element.get("hidden") is not None or _is_hidden(style) or _is_struck(element, style):
            doubts += _left_out(element, style)
            element.drop_tree()
        elif element.tag in ("input", "select"):
            _replace(element, _filled_in(element))
        elif style.get("vertical-align", element.tag) in ("sup", "super"):
            _settle_raised(element)
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
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☒" if element.get("checked") is not None else "☐"
    return (element.get("value") or "") if kind in ("text", "number", "date") else ""


def _settle_raised(element: HtmlElement) -> None:
    """Put a raised text in line, or leave it out where it is a note mark."""
    text = str(element.text_content())
    before = _before(element)
    alone = not before.strip() and not (element.tail or "").strip()
    _replace(element, text if alone else raised(before, text))


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
