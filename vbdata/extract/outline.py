"""A document as lines of text that show what was recognised in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vbdata.extract.document import (
    Block,
    Document,
    Heading,
    Icon,
    ListItem,
    PageBreak,
    Paragraph,
    StatusLine,
    Table,
)

_WIDTH = 100


def outline(document: Document, page: int | None = None, shown: Callable[[str], str] = str) -> Iterator[str]:
    """One line per block, tables row by row; of one page only where `page` is given.

    Each text is put through `shown` whole, before it is cut to the width of a line.
    """
    for block in document.blocks:
        if isinstance(block, PageBreak) or (page is not None and block.place.page != page):
            continue
        yield from _lines(block, shown)
    for item in document.furniture:
        if page is None or item.place.page == page:
            yield _line(item.place, "borttaget", f"{item.kind}: {shown(item.text)}")
    for doubt in document.doubts:
        yield _line(doubt.place, "tveksamt", shown(doubt.detail))


def _lines(block: Block, shown: Callable[[str], str]) -> Iterator[str]:
    match block:
        case Heading():
            yield _line(block.place, "rubrik", shown(block.text))
        case StatusLine():
            yield _line(block.place, "bedömning", f"{shown(block.text)}{_colour(block.icon)}")
        case ListItem():
            yield _line(block.place, "punkt", shown(block.text))
        case Paragraph():
            yield _line(block.place, "text", shown(block.text))
        case Table():
            for row in block.rows:
                cells = (f"{shown(cell.text)}{_colour(cell.icon)}" for cell in row.cells)
                yield _line(row.place, "tabellrad", " | ".join(cells), cut=False)


def _colour(icon: Icon | None) -> str:
    return f" [{icon.status or icon.colour}]" if icon else ""


def _line(place: object, kind: str, text: str, *, cut: bool = True) -> str:
    words = " ".join(text.split())
    if cut and len(words) > _WIDTH:
        words = f"{words[:_WIDTH]} …"
    return f"{place!s:<14} {kind:<10} {words}"
