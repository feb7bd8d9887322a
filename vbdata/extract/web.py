"""Read a web page into lines, as the reader of text takes them: headings, paragraphs, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html

from vbdata.errors import UnreadableFileError
from vbdata.extract.decode import Line, decode, to_lines
from vbdata.extract.document import Doubt
from vbdata.extract.recognise import heading_of, status_words
from vbdata.extract.shown import as_shown

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_STARTS = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_PICTURE_DATA = re.compile(r"data:image/[^\"'()<>\s]+")
_SKIPPED = frozenset({"script", "style", "head", "template", "noscript", "nav", "title", "iframe", "object"})
_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_BLOCKS = frozenset((
    *_HEADINGS, "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figure", "footer", "form", "header", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_EMPHASIS = frozenset({"b", "strong", "i", "em"})
_FLAT = re.compile(r"[ \t\r\n\f]+")
#: A table of the page's layout, not of data, has no more columns than this.
_LAYOUT_COLUMNS = 2


def is_web_page(start: bytes) -> bool:
    """Whether a file that begins so is a web page, whatever its name."""
    return bool(_STARTS.match(start))


def web_lines(data: bytes) -> tuple[list[Line], list[Doubt]]:
    """The lines of a web page as it is shown, numbered as in its source, and what was left out of them.

    Raises
    ------
    UnreadableFileError
        When there is no text in it.
    """
    source = _PICTURE_DATA.sub("", _DECLARATION.sub("", decode(data)))
    try:
        root = lxml.html.document_fromstring(source, parser=lxml.html.HTMLParser(huge_tree=False))
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFileError(
            "webbsidan går inte att läsa", hint="spara som PDF, .docx eller text"
        ) from error
    doubts = as_shown(root)
    lines: list[Line] = []
    for number, text in _texts(root):
        kept = to_lines(text)
        lines.extend(Line(number, line.text) for line in kept)
    if not any(not line.blank for line in lines):
        raise UnreadableFileError("filen är tom", hint="exportera rapporten på nytt")
    return lines, doubts


_Loose = tuple[int, str]
"""Text that stands between blocks, and the number of its line."""


def _texts(root: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Lines of the page in reading order; text between blocks is a paragraph of its own."""
    waiting: list[lxml.html.HtmlElement | _Loose] = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, tuple):
            number, text = element
            yield from _paragraph(number, text, "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED:
            continue
        number = element.sourceline or 1
        if tag == "table" and not _is_layout(element):
            yield from _table(element)
        elif tag == "pre":
            yield from ((number + i, line) for i, line in enumerate(element.text_content().split("\n")))
        elif _has_blocks(element):
            waiting.extend(reversed(list(_parts(element))))
        else:
            yield from _paragraph(number, _inline(element), _mark(element, tag))


def _parts(element: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement | _Loose]:
    """The blocks in an element, with the runs of text between them."""
    number = element.sourceline or 1
    run = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and (child.tag in _BLOCKS or _has_blocks(child)):
            if run.strip():
                yield number, run
            yield child
            run, number = child.tail or "", child.sourceline or number
        else:
            run += ("" if child.tag in _SKIPPED else _inline(child)) + (child.tail or "")
    if run.strip():
        yield number, run


def _has_blocks(element: lxml.html.HtmlElement) -> bool:
    return any(child.tag in _BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str))


def _mark(element: lxml.html.HtmlElement, tag: str) -> str:
    if tag in _HEADINGS:
        return "#" * _HEADINGS[tag] + " "
    if tag == "li":
        return "- "
    children = [child for child in element if isinstance(child.tag, str)]
    whole = len(children) == 1 and children[0].tag in _EMPHASIS and not (element.text or "").strip()
    return "**" if whole and not (children[0].tail or "").strip() else ""


def _paragraph(number: int, text: str, mark: str) -> Iterator[tuple[int, str]]:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    if mark.startswith("#"):
        lines = [heading_of(lines)] if lines else []
    for line in lines:
        yield number, f"**{line}**" if mark == "**" else f"{mark}{line}"
    if lines:
        yield number, ""


def _inline(element: lxml.html.HtmlElement) -> str:
    """Text of an element with its white space flat and its line breaks kept; a picture says its status."""
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return ""
    if element.tag == "br":
        return "\n"
    if element.tag == "img":
        return (status_words(element.get("alt") or "") or "") + " "
    parts = [_FLAT.sub(" ", element.text or "")]
    for child in element:
        parts.append(_inline(child))
        parts.append(_FLAT.sub(" ", child.tail or ""))
    return "".join(parts)


def _is_layout(table: lxml.html.HtmlElement) -> bool:
    """Whether a table only places things on the page: it holds tables or headings, or is very narrow."""
    if any(child.tag in ("table", *_HEADINGS) for child in table.iterdescendants()):
        return True
    widths = [len([cell for cell in row if cell.tag in ("td", "th")]) for row in table.iter("tr")]
    return max(widths, default=0) <= _LAYOUT_COLUMNS


def _table(table: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """A table of data as one line per row, so that each row keeps its place."""
    number = table.sourceline or 1
    yield number, "<table>"
    for row in table.iter("tr"):
        for hidden in list(row.iterdescendants(*_SKIPPED)):
            hidden.drop_tree()
        source = lxml.html.tostring(row, encoding="unicode", with_tail=False)
        yield row.sourceline or number, _FLAT.sub(" ", source)
    yield number, "</table>"
    yield number, ""
