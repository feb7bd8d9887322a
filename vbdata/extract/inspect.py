"""Show how a PDF page was understood: its grids, headings, statuses and icons drawn on its picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vbdata.errors import ParameterError, UnreadableFileError
from vbdata.extract.document import Document, Heading, ListItem, Paragraph, StatusLine
from vbdata.extract.pdf import read_pdf
from vbdata.extract.pdf.drawing import Box
from vbdata.extract.pdf.opening import opened
from vbdata.extract.pdf.printed import Page
from vbdata.extract.pdf.reader import read_pages

SCALE = 1.6  # pixels per point
# Okabe and Ito's colours, and a letter beside each frame, so that colour is never alone.
_KINDS: dict[type, tuple[str, str]] = {
    Heading: ("#0072B2", "R rubrik"),
    StatusLine: ("#D55E00", "S status"),
    ListItem: ("#009E73", "P punkt"),
    Paragraph: ("#999999", "T text"),
}
_GRID, _ICON = ("#CC79A7", "tabell"), ("#E69F00", "symbol")
_AWAY = ("#666666", "× sidhuvud, sidfot, innehåll")


def save_page(path: Path, target: Path, page: int = 1) -> Path:
    """Draw what was recognised on a page of a PDF, as PNG; gives the target.

    Raises
    ------
    UnreadableFileError
        When the file cannot be read, or is no PDF.
    ParameterError
        When it has no such page.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch, Rectangle

    if path.suffix.lower() in (".docx", ".txt", ".md"):
        raise UnreadableFileError(
            "bara PDF-filer har sidor att visa", source=path.name, hint="spara rapporten som PDF"
        )
    pages = read_pages(path)
    if not 1 <= page <= len(pages):
        raise ParameterError(
            "sidan finns inte", source=path.name, value=str(page), hint=f"välj 1–{len(pages)}"
        )
    shown = pages[page - 1]
    figure = Figure((8.3, 8.3 * shown.height / shown.width + 0.5), layout="constrained")
    ax = figure.add_subplot()
    ax.imshow(_picture(path, shown), extent=(0, shown.width, shown.height, 0))
    for (x0, y0, x1, y1), (colour, label) in _boxes(shown, read_pdf(path)):
        ax.add_patch(Rectangle((x0 - 1, y0), x1 - x0 + 2, y1 - y0, fill=False, edgecolor=colour))
        if label[1] == " ":
            ax.annotate(label[0], (x0 - 3, y1 - 1), ha="right", color=colour, fontsize=6)
    kinds = (_GRID, *_KINDS.values(), _ICON, _AWAY)
    patches = [Patch(facecolor="none", edgecolor=colour, label=label) for colour, label in kinds]
    ax.legend(handles=patches, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=4, fontsize=7)
    ax.set_axis_off()
    ax.set_title(f"{path.name}, sida {page}", fontsize=9, loc="left")
    figure.savefig(target, dpi=110, format="png")
    return target


def _picture(path: Path, page: Page) -> Any:
    with opened(path) as document:
        found = document[page.number - 1]
        found.set_rotation((found.get_rotation() + page.turned) % 360)
        pixels = found.render(scale=SCALE, rev_byteorder=True).to_numpy().copy()
        found.close()
    return pixels


def _boxes(page: Page, document: Document) -> Iterator[tuple[Box, tuple[str, str]]]:
    """What to frame on a page, and as what; the lines after a block's first are of its kind."""
    for cell in (cell for grid in page.grids for cell in grid.cells):
        yield cell.box, _GRID
        if cell.mark:
            yield cell.mark.box, _ICON
    starts = {
        block.place.line: _KINDS[type(block)]
        for block in document.blocks
        if block.place.page == page.number and type(block) in _KINDS
    }
    kind = _KINDS[Paragraph]
    for line in page.lines:
        kind = starts.get(line.words[0].line, kind)
        yield line.box, kind
        yield from ((mark.box, _ICON) for mark in line.marks)
    yield from ((box, _AWAY) for box in page.removed)
