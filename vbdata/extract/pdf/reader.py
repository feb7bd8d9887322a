"""From pages to blocks: furniture out, tables joined over pages, lines to paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium

from vbdata.errors import UnreadableFileError
from vbdata.extract.document import (
    Block,
    Document,
    Doubt,
    Furniture,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Printed,
)
from vbdata.extract.headers import Columns, columns_of
from vbdata.extract.pdf.crowded import leave_out_crowded
from vbdata.extract.pdf.furniture import take_contents, take_furniture
from vbdata.extract.pdf.layout import attach_marks, body_height, read_layout
from vbdata.extract.pdf.mending import Lexicon, joined_over_page, lexicon_of
from vbdata.extract.pdf.opening import opened
from vbdata.extract.pdf.placed import Open, add_placed_tables
from vbdata.extract.pdf.printed import Grid, Page, TextLine, shown
from vbdata.extract.pdf.prose import Style, blocks_of, crosses_page, paragraphs, style_of
from vbdata.extract.pdf.tables import (
    continues,
    fit_columns,
    join_cut_row,
    table_of,
    unlabelled_at_foot,
)
from vbdata.extract.pdf.unread import check_letters, check_sheets, recognised_pages, take_across, unread_pages

_FEW_CHARACTERS = 40  # a report has more than this, or it is a picture of one


def read_pdf(path: Path) -> Document:
    """A PDF as a Document.

    Places hold the page and the ordinal of the line on that page, counted from the top over all
    that is printed there, heads and tables included.

    Raises
    ------
    UnreadableFileError
        When the file is damaged, locked by a password, no PDF, too large, or without a text layer.
    """
    with opened(path) as document:
        pages, furniture = _pages(document)
    _check_text(pages, furniture, path)
    seen = tuple(_seen(pages))
    _join_cut_rows(pages)
    style, lexicon = _learn(pages)
    blocks = list(_blocks(pages, style, lexicon))
    return Document(
        path,
        "pdf",
        tuple(blocks),
        len(pages),
        tuple(sorted(furniture, key=lambda f: (f.place.page or 0, f.place.line or 0))),
        (*_doubts(pages), *recognised_pages(pages), *unread_pages(pages)),
        seen,
    )


def _seen(pages: Sequence[Page]) -> Iterator[Printed]:
    """The lines of text and of cells on each page, before rows are joined over pages."""
    for page in pages:
        yield from (line.printed for line in page.lines)
        where = Place(None, page.number)
        yield from (Printed(shown(line.text), where) for grid in page.grids for line in grid.lines)


def read_pages(path: Path) -> list[Page]:
    """What was found on each page, for a look at how a file was understood."""
    with opened(path) as document:
        return _pages(document)[0]


def _pages(document: pdfium.PdfDocument) -> tuple[list[Page], list[Furniture]]:
    pages: list[Page] = []
    for index in range(len(document)):
        try:
            pages.append(read_layout(document, index))
        except pdfium.PdfiumError:
            pages.append(Page(index + 1, damaged=True))
    furniture = take_furniture(pages) + take_contents(pages) + take_across(pages)
    placed: Open | None = None
    for page in pages:
        placed = add_placed_tables(page, placed)
        attach_marks(page)
        leave_out_crowded(page)
    return pages, furniture


def _check_text(pages: Sequence[Page], furniture: Sequence[Furniture], path: Path) -> None:
    if all(page.damaged for page in pages):
        problem = "filen är skadad: ingen sida går att läsa"
        raise UnreadableFileError(problem, source=path.name, hint="exportera på nytt")
    check_letters(pages, path)
    check_sheets(pages, path)
    texts = [piece.text for piece in furniture]
    texts += [word.text for page in pages for word in page.astray]
    texts += [line.text for page in pages for line in page.all_lines]
    if sum(map(len, texts)) < _FEW_CHARACTERS:
        scanned = any(page.pictured for page in pages)
        problem = "filen är inskannad och har inget textlager" if scanned else "filen har ingen text"
        hint = (
            "be om originalet, eller kör ocrmypdf -l swe och läs in resultatet"
            if scanned
            else "exportera på nytt"
        )
        raise UnreadableFileError(problem, source=path.name, hint=hint)


def _learn(pages: Sequence[Page]) -> tuple[Style, Lexicon]:
    lines = [line for page in pages for line in page.lines]
    style = style_of(lines, body_height(pages))
    groups = paragraphs(lines, style)
    groups += [cell.lines for page in pages for grid in page.grids for cell in grid.cells if cell.lines]
    return style, lexicon_of(groups)


def _blocks(pages: Sequence[Page], style: Style, lexicon: Lexicon) -> Iterator[Block]:
    """All blocks in reading order; a row or paragraph that a page's end cut stands before the break."""
    last: Block | None = None
    for page in pages:
        blocks = _page_blocks(page, style, lexicon)
        if page.number > 1:
            if last is not None and blocks and crosses_page(last, blocks[0]):
                last = _prolonged(last, blocks.pop(0))
            if last is not None:
                yield last
                last = None
            yield PageBreak(Place(1, page.number))
        for block in blocks:
            if last is not None:
                yield last
            last = block
    if last is not None:
        yield last


def _prolonged(block: Block, rest: Block) -> Block:
    if isinstance(block, Paragraph | ListItem) and isinstance(rest, Paragraph):
        text = joined_over_page(block.text, rest.text)
        return replace(block, text=text, lines=block.lines + rest.lines)
    if isinstance(block, Heading) and isinstance(rest, Heading | Paragraph):
        raw = rest.raw if isinstance(rest, Heading) else " ".join(line.text for line in rest.lines)
        return replace(block, text=joined_over_page(block.text, rest.text), raw=f"{block.raw} {raw}")
    return block


def _join_cut_rows(pages: Sequence[Page]) -> None:
    """Join rows that go on over the end of a page, or of several."""
    before: Grid | None = None
    columns: Columns | None = None
    for last, page in pairwise(pages):
        before, grid = before or _last_grid(last), _first_grid(page)
        if before is None or grid is None or not continues(grid, before):
            before = columns = None
            continue
        columns = columns_of([cell.text for cell in before.row(0)]) or columns
        if grid.columns < before.columns:
            fit_columns(grid, before)
        joined = join_cut_row(before, grid, columns)
        if not joined or page.lines or grid.lines or not grid.open_bottom:
            before = None


def _last_grid(page: Page) -> Grid | None:
    grid = max(page.grids, key=lambda g: g.box[3], default=None)
    return grid if grid and all(line.middle < grid.box[3] for line in page.lines) else None


def _first_grid(page: Page) -> Grid | None:
    grid = min(page.grids, key=lambda g: g.box[1], default=None)
    return grid if grid and all(line.middle > grid.box[1] for line in page.lines) else None


def _page_blocks(page: Page, style: Style, lexicon: Lexicon) -> list[Block]:
    blocks: list[Block] = []
    for item in _items(page):
        if not isinstance(item, Grid):
            blocks += _text_blocks(item, style, lexicon)
        else:
            blocks += _grid_blocks(item, page, style, lexicon)
    return blocks


def _text_blocks(lines: Sequence[TextLine], style: Style, lexicon: Lexicon) -> list[Block]:
    return [block for group in paragraphs(lines, style) for block in blocks_of(group, style, lexicon)]


def _items(page: Page) -> Iterable[Grid | list[TextLine]]:
    """Grids and the stretches of lines between them, from top to bottom."""
    lines = page.lines
    for grid in sorted(page.grids, key=lambda g: g.box[1]):
        yield [line for line in lines if line.middle < grid.box[1] + 1]
        lines = [line for line in lines if line.middle >= grid.box[1] + 1]
        yield grid
    yield lines


def _grid_blocks(grid: Grid, page: Page, style: Style, lexicon: Lexicon) -> list[Block]:
    table = table_of(grid, page.number, lexicon)
    if table is None:
        return []
    if len(table.rows) == 1 and grid.columns == 1:
        return _text_blocks(next(c.lines for c in grid.cells if c.lines), style, lexicon)
    return [table]


def _doubts(pages: Iterable[Page]) -> Iterator[Doubt]:
    for page in pages:
        yield from page.doubts
        for grid in page.grids:
            if category := unlabelled_at_foot(grid):
                detail = (
                    f"”{category}” står sist på sidan med en egen, tom ruta för uppdelning. Den räknas "
                    "till gruppen ovanför, om den finns där, men kan höra till gruppen på nästa sida."
                )
                yield Doubt("columns_uncertain", detail, Place(None, page.number))
        if page.unreadable:
            shown = ", ".join(f"”{word.text}”" for word in page.unreadable[:5])
            detail = f"{len(page.unreadable)} ord har tecken som inte går att läsa: {shown}"
            where = Place(page.unreadable[0].line, page.number)
            yield Doubt("text_unreadable_character", detail, where)
