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
    StatusLine,
    Table,
)
from vbdata.extract.pdf.crowded import leave_out_crowded
from vbdata.extract.pdf.furniture import take_contents, take_furniture
from vbdata.extract.pdf.grids import Grid
from vbdata.extract.pdf.layout import (
    PageLayout,
    PrintedLine,
    attach_marks,
    body_height,
    read_layout,
)
from vbdata.extract.pdf.mending import Lexicon, joined_over_page, lexicon_of, shown
from vbdata.extract.pdf.opening import opened
from vbdata.extract.pdf.placed import Open, add_placed_tables
from vbdata.extract.pdf.prose import Style, blocks_of, crosses_page, paragraphs, style_of
from vbdata.extract.pdf.tables import (
    continues,
    fit_columns,
    join_cut_row,
    only_header_left,
    table_of,
    unlabelled_at_foot,
)
from vbdata.extract.pdf.tags import is_tagged
from vbdata.extract.pdf.unread import check_letters, recognised_pages, take_across, unread_pages
from vbdata.extract.recognise import goal_heading, status_words

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
        layouts, furniture, failed = _layouts(document)
        _check_text(layouts, furniture, path, failed)
    seen = tuple(_seen(layouts))
    joined = _join_cut_rows(layouts)
    style, lexicon = _learn(layouts)
    blocks = list(_blocks(layouts, style, lexicon, joined))
    return Document(
        path,
        "pdf",
        tuple(blocks),
        len(layouts),
        tuple(sorted(furniture, key=lambda f: (f.place.page or 0, f.place.line or 0))),
        (*_doubts(layouts), *recognised_pages(layouts), *unread_pages(layouts)),
        seen,
    )


def _seen(layouts: Sequence[PageLayout]) -> Iterator[Printed]:
    """The lines of text and of cells on each page, before rows are joined over pages."""
    for layout in layouts:
        yield from (Printed(shown(line.text), line.place) for line in layout.lines)
        for grid in layout.grids:
            where = Place(None, layout.number)
            yield from (Printed(shown(ln.text), where) for cell in grid.cells for ln in cell.lines)


def read_layouts(path: Path) -> list[PageLayout]:
    """What was found on each page, for a look at how a file was understood."""
    with opened(path) as document:
        return _layouts(document)[0]


def _layouts(document: pdfium.PdfDocument) -> tuple[list[PageLayout], list[Furniture], int]:
    tagged = is_tagged(document)
    layouts: list[PageLayout] = []
    failed = 0
    for index in range(len(document)):
        try:
            layouts.append(read_layout(document, index, tagged))
        except pdfium.PdfiumError:
            failed += 1
            layouts.append(PageLayout(index + 1, 595.0, 842.0, [], [], [], [], [], False, [], damaged=True))
    furniture = take_furniture(layouts) + take_contents(layouts) + take_across(layouts)
    placed: Open | None = None
    for layout in layouts:
        placed = add_placed_tables(layout, placed)
        attach_marks(layout)
        leave_out_crowded(layout)
    return layouts, furniture, failed


def _check_text(
    layouts: Sequence[PageLayout], furniture: Sequence[Furniture], path: Path, failed: int
) -> None:
    count = sum(len(piece.text) for piece in furniture)
    count += sum(len(word.text) for layout in layouts for word in layout.astray)
    count += sum(len(ln.text) for layout in layouts for ln in layout.lines)
    count += sum(len(ln.text) for layout in layouts for g in layout.grids for c in g.cells for ln in c.lines)
    if failed == len(layouts):
        problem = "filen är skadad: ingen sida går att läsa"
        raise UnreadableFileError(problem, source=path.name, hint="exportera på nytt")
    check_letters(layouts, path)
    if count < _FEW_CHARACTERS:
        scanned = any(layout.has_pictures for layout in layouts)
        problem = "filen är inskannad och har inget textlager" if scanned else "filen har ingen text"
        hint = (
            "be om originalet, eller kör ocrmypdf -l swe och läs in resultatet"
            if scanned
            else "exportera på nytt"
        )
        raise UnreadableFileError(problem, source=path.name, hint=hint)


def _learn(layouts: Sequence[PageLayout]) -> tuple[Style, Lexicon]:
    lines = [ln for layout in layouts for ln in layout.lines]
    style = style_of(lines, body_height(layouts))
    groups = [[p.line for p in group] for group in paragraphs(lines, style)]
    groups += [cell.lines for layout in layouts for grid in layout.grids for cell in grid.cells if cell.lines]
    return style, lexicon_of(groups)


def _blocks(
    layouts: Sequence[PageLayout], style: Style, lexicon: Lexicon, joined: set[int]
) -> Iterator[Block]:
    """All blocks in reading order; a row or paragraph that a page's end cut stands before the break."""
    last: Block | None = None
    for layout in layouts:
        page = _merge_icons(_page_blocks(layout, style, lexicon, joined))
        if layout.number > 1:
            if last is not None and page and crosses_page(last, page[0]):
                last = _prolonged(last, page.pop(0))
            if last is not None:
                yield last
                last = None
            yield PageBreak(Place(1, layout.number))
        for block in page:
            if last is not None:
                yield last
            last = block
    if last is not None:
        yield last


def _prolonged(block: Block, rest: Block) -> Block:
    if isinstance(block, Paragraph) and isinstance(rest, Paragraph):
        text = joined_over_page(block.text, rest.text)
        return replace(block, text=text, lines=block.lines + rest.lines)
    if isinstance(block, Heading) and isinstance(rest, Heading | Paragraph):
        raw = rest.raw if isinstance(rest, Heading) else " ".join(line.text for line in rest.lines)
        return replace(block, text=joined_over_page(block.text, rest.text), raw=f"{block.raw} {raw}")
    if isinstance(block, ListItem) and isinstance(rest, Paragraph):
        text = joined_over_page(block.text, rest.text)
        return replace(block, text=text, lines=block.lines + rest.lines)
    return block


def _join_cut_rows(layouts: Sequence[PageLayout]) -> set[int]:
    """Join rows over pages; gives the ids of grids of which nothing is left."""
    empty: set[int] = set()
    whole: Grid | None = None  # the grid whose last row may go on
    for last, layout in pairwise(layouts):
        before = whole or _last_grid(last)
        whole = None
        grid = _first_grid(layout)
        if before is None or grid is None or not continues(grid, before):
            continue
        if grid.columns < before.columns:
            fit_columns(grid, before)
        for line in (line for cell in grid.cells for line in cell.lines):
            line.page = layout.number  # which its cell's may not be any more
        if join_cut_row(before, grid) and only_header_left(before, grid):
            empty.add(id(grid))
            if grid.open_bottom and not layout.lines:
                whole = before
    return empty


def _last_grid(layout: PageLayout) -> Grid | None:
    if not layout.grids:
        return None
    grid = max(layout.grids, key=lambda g: g.box[3])
    return grid if all(ln.middle < grid.box[3] for ln in layout.lines) else None


def _first_grid(layout: PageLayout) -> Grid | None:
    if not layout.grids:
        return None
    grid = min(layout.grids, key=lambda g: g.box[1])
    return grid if all(ln.middle > grid.box[1] for ln in layout.lines) else None


def _page_blocks(layout: PageLayout, style: Style, lexicon: Lexicon, empty: set[int]) -> list[Block]:
    blocks: list[Block] = []
    for item in _items(layout):
        if isinstance(item, Grid):
            if id(item) not in empty:
                blocks.extend(_grid_blocks(item, layout, style, lexicon))
        else:
            for group in paragraphs(item, style):
                blocks.extend(blocks_of(group, style, lexicon))
    return blocks


def _items(layout: PageLayout) -> Iterable[Grid | list[PrintedLine]]:
    """Grids and the stretches of lines between them, from top to bottom."""
    lines = list(layout.lines)
    for grid in sorted(layout.grids, key=lambda g: g.box[1]):
        above = [ln for ln in lines if ln.middle < grid.box[1] + 1]
        taken = {id(ln) for ln in above}
        lines = [ln for ln in lines if id(ln) not in taken]
        if above:
            yield above
        yield grid
    if lines:
        yield lines


def _grid_blocks(grid: Grid, layout: PageLayout, style: Style, lexicon: Lexicon) -> list[Block]:
    table = table_of(grid, layout.number, lexicon)
    if table is None:
        return []
    if len(table.rows) == 1:
        status = _status_of_row(table)
        if status is not None:
            return [status]
        if grid.columns == 1:
            cell = next(c for c in grid.cells if c.lines)
            lines = [PrintedLine(ln, layout.number, ln.words[0].line) for ln in cell.lines]
            return [b for group in paragraphs(lines, style) for b in blocks_of(group, style, lexicon)]
    return [table]


def _status_of_row(table: Table) -> StatusLine | None:
    """A one-row table that holds a status and its icon, as some exports make of a status line."""
    cells = table.rows[0].cells
    text = " ".join(cell.text for cell in cells if cell.text)
    if not status_words(text):
        return None
    return StatusLine(text, table.place, next((cell.icon for cell in cells if cell.icon), None))


def _merge_icons(blocks: list[Block]) -> list[Block]:
    """An icon on a heading's line belongs to the status line under it, or is one by itself."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if isinstance(block, StatusLine) and isinstance(last, StatusLine) and not last.text:
            merged[-1] = StatusLine(block.text, block.place, block.icon or last.icon)
            continue
        merged.append(block)
    return [b for i, b in enumerate(merged) if not _is_stray_icon(merged, i)]


def _is_stray_icon(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if not isinstance(block, StatusLine) or block.text:
        return False
    last = blocks[index - 1] if index else None
    return not (isinstance(last, Heading) and goal_heading(last.text))


def _doubts(layouts: Iterable[PageLayout]) -> Iterator[Doubt]:
    for layout in layouts:
        yield from layout.doubts
        for grid in layout.grids:
            if category := unlabelled_at_foot(grid):
                detail = (
                    f"”{category}” står sist på sidan med en egen, tom ruta för uppdelning. Den räknas "
                    "till gruppen ovanför, om den finns där, men kan höra till gruppen på nästa sida."
                )
                yield Doubt("columns_uncertain", detail, Place(None, layout.number))
        if layout.unreadable:
            yield _unreadable(layout)


def _unreadable(layout: PageLayout) -> Doubt:
    words = layout.unreadable
    count = sum(word.text.count("\ufffd") for word in words)
    lines = sorted({word.line for word in words})
    shown = ", ".join(map(str, lines[:5])) + (" m.fl." if len(lines) > 5 else "")
    detail = f"{count} tecken går inte att läsa på rad {shown}, till exempel i ”{words[0].text[:40]}”"
    return Doubt("text_unreadable_character", detail, Place(lines[0], layout.number))
