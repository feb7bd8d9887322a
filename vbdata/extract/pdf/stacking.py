"""Rows that a table's rules leave out: headers above, merged rows between, halves at a page's end."""

from __future__ import annotations

from itertools import pairwise

from vbdata.extract.pdf.grids import SAME, Grid, join_below, put_below, put_on_top
from vbdata.extract.pdf.hairlines import header_above, stands_in_columns
from vbdata.extract.pdf.headers import is_known_header
from vbdata.extract.pdf.layout import PageLayout, keep_lines
from vbdata.extract.pdf.mending import TextLine, lines_of
from vbdata.extract.pdf.pages import Word
from vbdata.extract.tables import is_heading

_FOOT = 0.7  # of the page's height: below it a row may be cut by the page's end
_OFF_HEADER = 90.0  # from a frame's top: farther above it stands no line of its header
_CUT_LINES = 4  # fewer lines than this stand in the half of a row that a page's end cut


def _words(layout: PageLayout) -> list[Word]:
    return [word for printed in layout.lines for word in printed.line.words]


def _take(layout: PageLayout, words: list[Word]) -> None:
    keep_lines(layout, {id(word) for word in _words(layout)} - {id(word) for word in words})


def add_outer_headers(layout: PageLayout) -> None:
    """Give a grid the header that stands above its frame, where the vocabulary knows it."""
    for grid in layout.grids:
        if grid.columns < 3 or is_known_header([ln for c in grid.cells if c.row == 0 for ln in c.lines]):
            continue
        low, high = grid.box[1] - _OFF_HEADER, grid.box[1] + 2
        words = [w for printed in layout.lines for w in printed.line.words if low < w.y0 < high]
        if not words:
            continue
        header = header_above(lines_of(words), grid.box, grid.xs)
        if header:
            put_on_top(grid, [word for line in header for word in line.words])
            _take(layout, [word for line in header for word in line.words])


def join_stacked(layout: PageLayout) -> None:
    """Put a header that has a frame of its own on top of the rows right under it."""
    for upper, lower in list(pairwise(layout.grids)):
        head = [ln for c in upper.cells for ln in c.lines]
        own = [ln for c in lower.cells if c.row == 0 for ln in c.lines]
        near = abs(upper.box[3] - lower.box[1]) < SAME and len(upper.xs) == len(lower.xs)
        alike = near and all(abs(a - b) < SAME for a, b in zip(upper.xs, lower.xs, strict=True))
        if alike and upper.rows == 1 and is_known_header(head) and not is_known_header(own):
            put_on_top(lower, [word for cell in upper.cells for word in cell.words])
            layout.grids.remove(upper)


def add_cut_row(layout: PageLayout) -> None:
    """Give the last grid of a page the row that the page's end cut before its rules were drawn."""
    grid = max((g for g in layout.grids if not g.hairline), key=lambda g: g.box[3], default=None)
    if grid is None or grid.columns < 3 or grid.open_bottom or grid.box[3] < _FOOT * layout.height:
        return
    if any(rule.at > grid.box[3] + SAME for rule in layout.horizontals):
        return
    words = [w for printed in layout.lines for w in printed.line.words if w.middle > grid.box[3]]
    lines = lines_of(words)
    sizes = {round(w.height, 1) for cell in grid.cells for w in cell.words}
    if not 0 < len(lines) < _CUT_LINES or lines[0].y0 - grid.box[3] > lines[0].height:
        return
    if any(round(w.height, 1) not in sizes for w in words) or not stands_in_columns(lines, grid.xs):
        return
    put_below(grid, words)
    _take(layout, words)


def add_merged_rows(layout: PageLayout) -> None:
    """Give grids without an outer frame their rows of one cell: "Analys" and its text between two rules."""
    grids = sorted((g for g in layout.grids if not g.hairline and g.columns > 2), key=lambda g: g.box[1])
    for at, upper in enumerate(grids):
        lower = grids[at + 1] if at + 1 < len(grids) else None
        end = lower.box[1] if lower is not None else layout.height
        below = [w for w in _words(layout) if upper.box[3] < w.middle < end and _is_within(w, upper)]
        lines = _analysis(lines_of(below), upper)
        if not lines:
            continue
        words = [word for line in lines for word in line.words]
        put_below(upper, words, merged=True)
        _take(layout, words)
        if lower is not None and len(words) == len(below) and _goes_on(upper, lower):
            join_below(upper, lower)
            layout.grids.remove(upper)


def _is_within(word: Word, grid: Grid) -> bool:
    return grid.xs[0] - 3 < word.x0 and word.x1 < grid.xs[-1] + 3


def _goes_on(upper: Grid, lower: Grid) -> bool:
    same = len(upper.xs) == len(lower.xs)
    alike = same and all(abs(a - b) < SAME for a, b in zip(upper.xs, lower.xs, strict=True))
    return alike and not is_known_header([ln for c in lower.cells if c.row == 0 for ln in c.lines])


def _analysis(lines: list[TextLine], grid: Grid) -> list[TextLine]:
    """Lines of a merged row below a grid: in its letters, from "Analys" as far as they go on."""
    sizes = {round(w.height, 1) for cell in grid.cells for w in cell.words}
    if not lines or lines[0].text.rstrip(":") != "Analys" or lines[0].y0 - grid.box[3] > lines[0].height:
        return []
    found = [lines[0]]
    for line in lines[1:]:
        apart = line.y0 - found[-1].y1 > 0.8 * line.height
        if apart or is_heading(line.text) or any(round(w.height, 1) not in sizes for w in line.words):
            break
        found.append(line)
    rest = lines[len(found) :]
    alone = any(round(w.height, 1) in sizes for line in rest[:1] for w in line.words)
    return found if len(found) > 1 and round(found[0].words[0].height, 1) in sizes and not alone else []
