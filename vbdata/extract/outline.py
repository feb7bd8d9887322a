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
    Row,
    StatusLine,
    Table,
)
from vbdata.extract.tables.costs import NEVER

_WIDTH = 100
_FORMS = {"indicators": "indikatorer", "activities": "aktiviteter", "complaints": "klagomålsblankett"}


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
            yield _line(block.place, "tabell", _columns(block), cut=False)
            for row in block.rows:
                cells = (f"{shown(cell.text)}{_colour(cell.icon)}" for cell in row.cells)
                yield _line(row.place, "tabellrad", " | ".join(cells) + _margin(row), cut=False)


def _columns(table: Table) -> str:
    """What a table was taken for, and by which of its form's titles each of its own is read."""
    if table.columns is None:
        return "enhetens egen: ingen rubrikrad som formulären har"
    known = {field: labels[0] for field, labels in table.columns.layout.columns}
    titles = table.columns.titles or ("",) * table.columns.width
    read = [known.get(field or "", "okänd, inte läst") for field in table.columns.fields]
    shown = (as_read if title == as_read else f"{title or '–'} ({as_read})"
             for title, as_read in zip(titles, read, strict=False))  # fmt: skip
    return f"{_FORMS[table.columns.table]}, {len(table.body)} rader: {'; '.join(shown)}"


def _margin(row: Row) -> str:
    """How sure it is which printed lines are the row's, where their places alone tell it."""
    if row.margin is None:
        return ""
    if row.margin >= NEVER:
        return " [inga andra rader möjliga]"
    return f" [marginal {f'{row.margin:.1f}'.replace('.', ',')} till näst bästa läsning]"


def _colour(icon: Icon | None) -> str:
    return f" [{icon.status or icon.colour}]" if icon else ""


def _line(place: object, kind: str, text: str, *, cut: bool = True) -> str:
    words = " ".join(text.split())
    if cut and len(words) > _WIDTH:
        words = f"{words[:_WIDTH]} …"
    return f"{place!s:<14} {kind:<10} {words}"
