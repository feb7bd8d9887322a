"""Grids as tables: cell texts, merged cells, and rows that the page's end cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vbdata import vocabulary
from vbdata.extract.document import Cell, Place, Row, Table
from vbdata.extract.pdf.mending import Lexicon, joined
from vbdata.extract.pdf.printed import Grid, GridCell
from vbdata.vocabulary import key

_SAME_EDGE = 6.0
_VALUE = re.compile(r"\d{4}-\d\d-\d\d|\d[\d ]*(?:,\d+)?(?: ?%)?")


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


def join_cut_row(before: Grid, grid: Grid) -> bool:
    """Move the rest of a row that the page's end cut in two to its first half; false if none was cut.

    A row is known to be cut when no rule closes it on either page. Where one stands on one of them, as
    Word and LibreOffice close a row at the page's end and open it again, its words tell: they could not
    have stood on the line before.
    """
    start = _repeated_header_rows(before, grid)
    if start >= grid.rows:
        return False
    rest = grid.row(start)
    pairs = [(first, c) for c in rest if (first := _first_half(before, c)) is not None]
    if not (_is_open(before, grid, start, pairs) or _reads_on(before, pairs, rest)):
        _join_cut_label(before, rest)
        _label_foot(before, rest)
        return False
    if len(pairs) < len([c for c in rest if c.lines]):
        return False
    for first, cell in pairs:
        first.lines += cell.lines
        first.words += cell.words
        first.mark = first.mark or cell.mark
    grid.cells = [c for c in grid.cells if c.row > start or c.last_row < start]
    return True


def _is_open(before: Grid, grid: Grid, start: int, pairs: Sequence[tuple[GridCell, GridCell]]) -> bool:
    """Whether the print leaves the last row open, and what follows goes on with it and starts no other."""
    if not (before.open_bottom and (grid.open_top or start)):
        return False
    filled = [(first, cell) for first, cell in pairs if cell.lines]
    if any(_are_two(first, cell) for first, cell in filled if first.lines):
        return False
    name = _name_column(before)
    for first, cell in filled:
        if (first.column, first.last_column) != (cell.column, cell.last_column):
            return False
        if start and cell.column == name and cell.text[:1].isupper():
            return not first.lines or key(f"{first.text} {cell.text}") in printed_names()
    return True


def _name_column(grid: Grid) -> int:
    """The column that holds the rows' own names: the last of those of words at the left."""
    column = 0 if _starts_with_words(grid, 0) or not _starts_with_words(grid, 1) else 1
    return column + 1 if column == 0 and _starts_with_words(grid, 1) else column


def _first_half(before: Grid, cell: GridCell) -> GridCell | None:
    last = before.rows - 1
    return next(
        (c for c in before.cells if c.last_row == last and c.column <= cell.column <= c.last_column), None
    )


def _reads_on(before: Grid, pairs: Sequence[tuple[GridCell, GridCell]], rest: Sequence[GridCell]) -> bool:
    """Whether a row's cells go on where those of the last row stopped, and nothing else is in it."""
    filled = [(first, cell) for first, cell in pairs if cell.lines]
    if not filled or len(filled) < len([c for c in rest if c.lines]) or any(c.mark for c in rest):
        return False
    if any(_are_two(first, cell) for first, cell in filled):
        return False
    if _has_no_name(before, filled):
        return True
    others = [c for c in before.cells if c.last_row == before.rows - 1 and c.lines]
    for first, cell in filled:
        name = _name_column(before)
        if not first.lines and first.column == name and len(others) >= 3 and _names_each_row(before, name):
            continue  # the name is one long word, which went to the next page whole
        if not first.lines or (first.column, first.last_column) != (cell.column, cell.last_column):
            return False
        if cell.lines[0].words[0].text.rstrip(":") == "Analys" or not _wraps(first, cell):
            return False
    if len(filled) == 1 and filled[0][0].last_column > filled[0][0].column:
        return True
    return len(others) > len(filled)


def _are_two(first: GridCell, cell: GridCell) -> bool:
    """Whether both hold a whole value, or the first a whole name and the other starts a new one."""
    texts = [first.text, cell.text]
    if all(_VALUE.fullmatch(text) for text in texts):
        return True
    return texts[1][:1].isupper() and key(texts[0]) in printed_names()


@cache
def printed_names() -> frozenset[str]:
    """Categories and indicators as they are printed, as keys."""
    printed = [p for entry in vocabulary.categories() for p in entry.printed]
    printed += [p for entry in vocabulary.indicators() for p in entry.printed]
    return frozenset(map(key, printed))


def _has_no_name(before: Grid, filled: Sequence[tuple[GridCell, GridCell]]) -> bool:
    """Whether only the values of a row go on, in a table where each row has its name on its first line.

    In a form with labels over groups of rows the name stands in the second column.
    """
    names = 2 if _starts_with_words(before, 1) else 1
    inner = all(first.lines and first.column >= names for first, _ in filled)
    same = all((a.column, a.last_column) == (b.column, b.last_column) for a, b in filled)
    last = [c for c in before.cells if c.last_row == before.rows - 1 and c.column < names]
    return inner and same and all(c.lines for c in last) and _names_each_row(before, names - 1)


def _starts_with_words(grid: Grid, column: int) -> bool:
    """Whether a column holds names: most of its cells start with a letter (its header apart)."""
    texts = [c.lines[0].text for c in grid.cells if c.column == column and c.lines and c.row]
    return sum(text[:1].isalpha() for text in texts) > 0.5 * len(texts)


def _names_each_row(grid: Grid, column: int = 0) -> bool:
    """Whether every row but the last has text in a column: no labels merged over rows."""
    named = {c.row for c in grid.cells if c.column <= column <= c.last_column and c.lines}
    return named >= set(range(grid.rows - 1))


def _wraps(first: GridCell, cell: GridCell) -> bool:
    """The next word had no room on the last line, or starts in the middle of a sentence."""
    last, word = first.lines[-1], cell.lines[0].words[0]
    padding = max(min(ln.x0 for ln in first.lines) - first.box[0], 2.0)
    free = first.box[2] - padding - last.x1
    no_room = free < (word.x1 - word.x0) + 0.5 * last.height
    return no_room and (
        word.text[:1].islower() or last.text[-1:] not in ".!?)" or cell.last_column > cell.column
    )


def _join_cut_label(before: Grid, rest: Sequence[GridCell]) -> None:
    """The label of a group of rows, cut in the middle of a sentence between two of them."""
    label = next((c for c in rest if c.column == 0), None)
    if label is None or not label.lines or not label.lines[0].text[:1].islower():
        return
    first = _first_half(before, label)
    if (
        first is not None
        and first.lines
        and first.last_column == 0
        and any(c.lines for c in rest if c.column)
    ):
        first.lines += label.lines
        label.lines, label.words = [], []


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


def only_header_left(before: Grid, grid: Grid) -> bool:
    """After a cut row was joined: nothing but the repeated header remains."""
    rows = {c.row for c in grid.cells if c.lines or c.mark}
    return rows <= set(range(_repeated_header_rows(before, grid)))


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
    return text if key(text) in printed_names() else ""


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
