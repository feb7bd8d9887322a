"""Grids as tables: cell texts, merged cells, and rows that the page's end cut in two."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from vbdata.extract.document import Cell, Place, Row, Table
from vbdata.extract.grammar import ANALYSIS, HANGS, NUMBER_START
from vbdata.extract.headers import Columns
from vbdata.extract.labels import keys_of
from vbdata.extract.pdf.mending import Lexicon, joined
from vbdata.extract.pdf.printed import Grid, GridCell
from vbdata.vocabulary import key

_SAME_EDGE = 6.0


def continues(grid: Grid, before: Grid) -> bool:
    """Whether a grid at the top of a page goes on with the last one of the page before."""
    if abs(grid.xs[0] - before.xs[0]) > _SAME_EDGE or abs(grid.xs[-1] - before.xs[-1]) > _SAME_EDGE:
        return False
    return all(min(abs(x - b) for b in before.xs) <= _SAME_EDGE for x in grid.xs)


def fit_columns(grid: Grid, before: Grid) -> None:
    """Give a continued grid the columns of the whole table (a page may hold merged rows only)."""
    at = [min(range(len(before.xs)), key=lambda i: abs(before.xs[i] - x)) for x in grid.xs]
    for cell in grid.cells:
        cell.column, cell.last_column = at[cell.column], at[cell.last_column + 1] - 1
    grid.xs = list(before.xs)


def join_cut_row(before: Grid, grid: Grid, columns: Columns | None) -> bool:
    """Move the rest of a row that the page's end cut in two to its first half; false if none was cut.

    Makers close and open a row's rules at the page's end as they like, so that its cells tell: what may
    stand in a row only once is in one half, and the rest has no name of its own.
    """
    start = _repeated_header_rows(before, grid)
    rest = grid.row(start)
    pairs = [
        (first, cell) for cell in rest if (first := _first_half(before, cell)) is not None and cell.lines
    ]
    if not _is_rest(pairs, columns, before.open_bottom and grid.open_top):
        _label_foot(before, rest)
        return False
    for first, cell in pairs:
        first.lines += cell.lines
        first.words += cell.words
    grid.cells = [c for c in grid.cells if c.row > start or c.last_row < start]
    if not any(c.lines or c.mark for c in grid.cells if c.row > start):
        grid.cells = []  # the header was printed again for it
    return True


def _first_half(before: Grid, cell: GridCell) -> GridCell | None:
    last = before.rows - 1
    return next(
        (c for c in before.cells if c.last_row == last and c.column <= cell.column <= c.last_column), None
    )


def _is_rest(pairs: Sequence[tuple[GridCell, GridCell]], columns: Columns | None, is_open: bool) -> bool:
    """Whether cells go on with those of the last row; in a table of the unit's own the rules tell."""
    if not pairs or any(map(_are_two, *zip(*pairs, strict=True))):
        return False
    if columns is None:
        return is_open
    name = columns.at.get(columns.main)
    for first, cell in pairs:
        if (first.column, first.last_column) != (cell.column, cell.last_column) or ANALYSIS.match(cell.text):
            return False
        if cell.column == name == cell.last_column and first.lines and cell.text[:1].isupper():
            return is_open or bool(HANGS.search(first.text))
    return True


def _are_two(first: GridCell, cell: GridCell) -> bool:
    """Whether both hold a whole value, or the first a whole name and the other starts a new one."""
    if all(NUMBER_START.match(text) and not any(map(str.isalpha, text)) for text in (first.text, cell.text)):
        return True
    begins = cell.text[:1].isupper() or key(cell.text) in _names()
    return begins and key(first.text) in _names()


@cache
def _names() -> frozenset[str]:
    """Categories and indicators as they are printed, as keys."""
    return keys_of("category") | keys_of("indicator")


def _label_foot(before: Grid, rest: Sequence[GridCell]) -> None:
    """Rows at a page's foot with an empty label box of their own have the label of its rest overleaf."""
    label = next((c for c in rest if c.column == 0 == c.last_column and c.lines), None)
    if label is not None and unlabelled_at_foot(before):
        own = max((c for c in before.cells if c.column == 0 == c.last_column), key=lambda c: c.row)
        own.lines = list(label.lines)


def _repeated_header_rows(before: Grid, grid: Grid) -> int:
    count = 0
    while (
        count < min(before.rows, grid.rows)
        and (texts := _row_key(grid, count))
        and texts == _row_key(before, count)
    ):
        count += 1
    return count


def _row_key(grid: Grid, row: int) -> str:
    return "|".join(key(c.text) for c in grid.row(row) if c.lines)


def table_of(grid: Grid, page: int, lexicon: Lexicon) -> Table | None:
    """The grid as a table; rows without text or mark are left out."""
    edges = _text_edges(grid)
    rows = [row for r in range(grid.rows) if (row := _row(grid, r, page, lexicon, edges)) is not None]
    return Table(tuple(rows), rows[0].place) if rows else None


def unlabelled_at_foot(grid: Grid) -> str:
    """The first category of rows at a page's foot that have an empty label box of their own.

    Their group's label stands in the part of the box on the next page, so that they are not the group's
    above; empty where there are none. Where labels are not merged, every row has such a box.
    """
    labels = sorted((c for c in grid.cells if c.column == 0 == c.last_column), key=lambda c: c.row)
    if len(labels) < 3 or labels[-1].last_row != grid.rows - 1 or labels[-1].lines:
        return ""
    own, above = labels[-1], labels[1:-1]
    if not above[-1].lines or any(not label.lines for label in above[1:]):
        return ""
    text = next((c.text for c in grid.row(own.row) if c.column == 1 and c.lines), "")
    return text if key(text) in _names() else ""


def _text_edges(grid: Grid) -> list[tuple[float, float]]:
    """Where text may start and end in each column: inside the padding, or as far as any line goes."""
    left = sorted(ln.x0 - c.box[0] for c in grid.cells for ln in c.lines)
    pad = min(max(left[len(left) // 10], 0.0), 9.0) if left else 0.0
    edges = [(a + pad, b - pad) for a, b in zip(grid.xs, grid.xs[1:], strict=False)]
    if grid.placed:
        farthest: dict[int, float] = {}
        for cell in grid.cells:
            if cell.lines and cell.column == cell.last_column:
                farthest[cell.column] = max(farthest.get(cell.column, 0.0), *(ln.x1 for ln in cell.lines))
        edges = [(a, farthest.get(column, b)) for column, (a, b) in enumerate(edges)]
    return edges


def _row(
    grid: Grid, row: int, page: int, lexicon: Lexicon, edges: Sequence[tuple[float, float]]
) -> Row | None:
    own = grid.row(row)
    numbers = [w.line for c in own for w in c.words]
    if not numbers and not any(c.mark for c in own):
        return None
    place = Place(_first_line(own), page)
    anchors = {c.column: c for c in own}
    cells = [
        _cell(anchors[c], place, lexicon, edges) if c in anchors else Cell("", place)
        for c in range(grid.columns)
    ]
    return Row(tuple(cells), place)


def _first_line(cells: Sequence[GridCell]) -> int | None:
    """Ordinal of the row's first line; words that came from the next page stand after it in each cell."""
    firsts = [c.lines[0].words[0].line for c in cells if c.lines and c.last_row == c.row]
    return min(firsts or [c.lines[0].words[0].line for c in cells if c.lines], default=None)


def _cell(cell: GridCell, place: Place, lexicon: Lexicon, edges: Sequence[tuple[float, float]]) -> Cell:
    between = edges[cell.column][0], edges[cell.last_column][1]
    text = "" if cell.doubtful else joined(cell.lines, lexicon, between)
    where = cell.lines[0].place if cell.lines else place
    icon = cell.mark.icon if cell.mark else None
    return Cell(text, where, icon, tuple(line.printed for line in cell.lines) if text else ())
