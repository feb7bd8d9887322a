"""Show how a PDF page was understood: its grids, headings, statuses and icons drawn on its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from vbdata.errors import ParameterError, UnreadableFileError
from vbdata.extract.document import Document, Heading, ListItem, Paragraph, StatusLine, Table
from vbdata.extract.pdf import read_pdf
from vbdata.extract.pdf.opening import opened
from vbdata.extract.pdf.printed import Page
from vbdata.extract.pdf.reader import read_pages

SCALE = 1.6  # pixels per point
# Okabe and Ito's colours, and a letter beside each frame, so that colour is never alone.
_KINDS: dict[type, tuple[str, str]] = {
    Heading: ("#0072B2", "R"),
    StatusLine: ("#D55E00", "S"),
    ListItem: ("#009E73", "P"),
    Paragraph: ("#999999", "T"),
}
_GRID, _ICON, _AWAY = "#CC79A7", "#E69F00", "#666666"
LEGEND = (
    (_GRID, "tabell"),
    ("#0072B2", "R rubrik"),
    ("#D55E00", "S status"),
    ("#009E73", "P punkt"),
    ("#999999", "T text"),
    (_ICON, "symbol"),
    (_AWAY, "× sidhuvud, sidfot, innehåll"),
)


def inspect_page(path: Path, page: int = 1, *, ax: Any = None) -> Any:
    """Draw what was recognised on a page.

    Parameters
    ----------
    path
        A PDF. Word files have no pages: convert them, or look at ``vbdata.extract.read``.
    page
        Page number, from 1.
    ax
        Matplotlib axes to draw on; a new figure when missing.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    UnreadableFileError
        When the file cannot be read, or is no PDF.
    ParameterError
        When it has no such page.
    """
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
    ax = _axes(shown) if ax is None else ax
    ax.imshow(_picture(path, page, shown.turned), extent=(0, shown.width, shown.height, 0))
    _draw(ax, shown, read_pdf(path))
    ax.set_axis_off()
    ax.set_title(f"{path.name}, sida {page}", fontsize=9, loc="left")
    return ax


def save_page(path: Path, target: Path, page: int = 1) -> Path:
    """Save the picture of `inspect_page` as PNG; gives the target."""
    ax = inspect_page(path, page)
    ax.figure.savefig(target, dpi=110, format="png")
    return target


def summary(path: Path, page: int = 1) -> tuple[str, ...]:
    """What was recognised on a page, one line each: ``rad 4 Rubrik: …``."""
    document = read_pdf(path)
    names = {Heading: "Rubrik", StatusLine: "Status", ListItem: "Punkt", Paragraph: "Text", Table: "Tabell"}
    found = [block for block in document.blocks if block.place.page == page and type(block) in names]
    return tuple(f"rad {b.place.line} {names[type(b)]}: {_words(b)}" for b in found)


def _words(block: object) -> str:
    if isinstance(block, Table):
        columns = len(block.rows[0].cells)
        return f"{len(block.rows)} rader × {columns} kolumner, {' | '.join(block.rows[0].texts)}"
    icon = getattr(block, "icon", None)
    text = str(getattr(block, "text", ""))
    return f"{text} [{icon.colour}]" if icon else text


def _axes(layout: Page) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.3, 8.3 * layout.height / layout.width + 0.5), layout="constrained")
    return figure.add_subplot()


def _picture(path: Path, page: int, turned: int) -> Any:
    with opened(path) as document:
        found: pdfium.PdfPage = document[page - 1]
        found.set_rotation((found.get_rotation() + turned) % 360)
        pixels = found.render(scale=SCALE, rev_byteorder=True).to_numpy().copy()
        found.close()
    return pixels


def _draw(ax: Any, layout: Page, document: Document) -> None:
    from matplotlib.patches import Patch, Rectangle

    for grid in layout.grids:
        for cell in grid.cells:
            x0, y0, x1, y1 = cell.box
            ax.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, fill=False, edgecolor=_GRID, linewidth=1.1))
            if cell.mark:
                _frame(ax, cell.mark.box, _ICON, "")
    kinds = _kinds_by_line(document, layout.number)
    for printed in layout.lines:
        colour, letter = kinds.get(printed.words[0].line, ("#999999", "T"))
        _frame(ax, printed.box, colour, letter)
        for mark in printed.marks:
            _frame(ax, mark.box, _ICON, "")
    for box in layout.removed:
        _frame(ax, box, _AWAY, "×")
    patches = [Patch(facecolor="none", edgecolor=colour, label=label) for colour, label in LEGEND]
    ax.legend(
        handles=patches, loc="upper center", bbox_to_anchor=(0.5, -0.005), ncols=4, fontsize=7, frameon=False
    )


def _kinds_by_line(document: Document, page: int) -> dict[int, tuple[str, str]]:
    """Colour and letter for each line, from the block that starts there; further lines keep its kind."""
    starts = {
        block.place.line: _KINDS[type(block)]
        for block in document.blocks
        if block.place.page == page and block.place.line and type(block) in _KINDS
    }
    kinds: dict[int, tuple[str, str]] = {}
    current = ("#999999", "T")
    for number in range(1, 400):
        current = starts.get(number, current)
        kinds[number] = current
    return kinds


def _frame(ax: Any, box: tuple[float, float, float, float], colour: str, letter: str) -> None:
    from matplotlib.patches import Rectangle

    x0, y0, x1, y1 = box
    ax.add_patch(Rectangle((x0 - 1, y0), x1 - x0 + 2, y1 - y0, fill=False, edgecolor=colour, linewidth=0.9))
    if letter:
        ax.annotate(letter, (x0 - 3, y1 - 1), ha="right", color=colour, fontsize=6)
