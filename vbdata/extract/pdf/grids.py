"""Tables from ruling lines: which rules belong together, their cells, and the words in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise

from vbdata.extract.headings import is_heading
from vbdata.extract.pdf.drawing import Box, Mark, Rule
from vbdata.extract.pdf.pages import Characters, split_at
from vbdata.extract.pdf.printed import Grid, GridCell, Page, TextLine, Word, lines_of, placed_line

TOUCH = 3.0  # rules this near each other meet
SAME = 4.0  # positions this near each other are one column's or row's edge
MAX_RULES = 700


def ruled_grids(page: Page) -> list[Grid]:
    """All grids of a page that have vertical rules, from top to bottom, without their words."""
    horizontals, verticals = _longest(page.horizontals), _longest(page.verticals)
    grids: list[Grid] = []
    for across, down in _components(horizontals, verticals):
        grid = _grid(across, down)
        if grid is not None:
            grids.extend(_unstacked(grid))
    return sorted(grids, key=lambda g: (g.box[1], g.box[0]))


def _longest(rules: list[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda r: r.start - r.end)[:MAX_RULES]


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of rules that meet, directly or through others."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(down, len(across)):
        low, high, x = v.start - TOUCH, v.end + TOUCH, v.at
        for i, h in enumerate(across):
            if low <= h.at <= high and h.start - TOUCH <= x <= h.end + TOUCH:
                parent[root(i)] = root(j)
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across + down):
        found.setdefault(root(i), ([], []))[i >= len(across)].append(rule)
    return [(h, v) for h, v in found.values() if h and v]


def edges_of(values: Iterable[float], same: float = SAME) -> list[float]:
    """Cluster positions; each cluster gives its mean."""
    clusters: list[list[float]] = []
    for value in sorted(values):
        if clusters and value - clusters[-1][-1] <= same and value - clusters[-1][0] <= 1.6 * same:
            clusters[-1].append(value)
        else:
            clusters.append([value])
    return [sum(c) / len(c) for c in clusters]


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs = edges_of([v.at for v in down] + [h.start for h in across] + [h.end for h in across])
    ys = edges_of(h.at for h in across)
    top, bottom = min(v.start for v in down), max(v.end for v in down)
    open_top, open_bottom = top < ys[0] - SAME, bottom > ys[-1] + SAME
    ys = [top] * open_top + ys + [bottom] * open_bottom
    if len(xs) < 2 or len(ys) < 2:
        return None
    return _without_idle_columns(Grid(xs, ys, merged_cells(xs, ys, across, down), open_top, open_bottom))


def _walls(rules: list[Rule], edges: list[float], along: list[float]) -> set[tuple[int, int]]:
    """Pairs (edge, segment) that a rule covers for the most part."""
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        edge = min(range(len(edges)), key=lambda i: abs(edges[i] - rule.at))
        for segment in range(len(along) - 1):
            low, high = along[segment], along[segment + 1]
            if min(rule.end, high) - max(rule.start, low) > 0.6 * (high - low):
                walls.add((edge, segment))
    return walls


def merged_cells(xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]) -> list[GridCell]:
    """Elementary cells joined where no rule stands between them."""
    upright, level = _walls(down, xs, ys), _walls(across, ys, xs)
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[GridCell] = []
    for r in range(rows):
        for c in range(columns):
            if owner[r][c] >= 0:
                continue
            right = c
            while right + 1 < columns and owner[r][right + 1] < 0 and (right + 1, r) not in upright:
                right += 1
            low = r
            while low + 1 < rows and _open_below(low + 1, c, right, level, upright, owner):
                low += 1
            for i in range(r, low + 1):
                owner[i][c : right + 1] = [len(cells)] * (right + 1 - c)
            cells.append(GridCell(r, c, low, right, (xs[c], ys[r], xs[right + 1], ys[low + 1])))
    return cells


def _open_below(
    row: int,
    left: int,
    right: int,
    level: set[tuple[int, int]],
    upright: set[tuple[int, int]],
    owner: list[list[int]],
) -> bool:
    """Whether row `row` belongs to the cell above it: no rule between, and the same sides."""
    if any((row, c) in level or owner[row][c] >= 0 for c in range(left, right + 1)):
        return False
    return not any((c, row) in upright for c in range(left + 1, right + 1))


def _without_idle_columns(grid: Grid) -> Grid:
    """Drop edges that no cell has (ends of rules that stick out)."""
    used_x = sorted({x for c in grid.cells for x in (c.column, c.last_column + 1)})
    used_y = sorted({y for c in grid.cells for y in (c.row, c.last_row + 1)})
    if len(used_x) == len(grid.xs) and len(used_y) == len(grid.ys):
        return grid
    at_x, at_y = {x: i for i, x in enumerate(used_x)}, {y: i for i, y in enumerate(used_y)}
    for cell in grid.cells:
        cell.column, cell.last_column = at_x[cell.column], at_x[cell.last_column + 1] - 1
        cell.row, cell.last_row = at_y[cell.row], at_y[cell.last_row + 1] - 1
    grid.xs, grid.ys = [grid.xs[x] for x in used_x], [grid.ys[y] for y in used_y]
    return grid


def _unstacked(grid: Grid) -> list[Grid]:
    """Cut a grid where tables with other columns stand upon each other without a gap.

    A row with merged cells has some of the table's edges; another table's row has edges of its own.
    """
    edges = [_edges_in_row(grid, r) for r in range(grid.rows)]
    cuts, current = [0], set[int]()
    for row, inner in enumerate(edges):
        if not inner:
            continue
        if current and not inner <= current and not current <= inner:
            cuts.append(row)
            current = set()
        current |= inner
    if len(cuts) == 1:
        return [grid]
    bounds = list(zip(cuts, [*cuts[1:], grid.rows], strict=True))
    return [_rows_of(grid, a, b) for a, b in bounds if b > a]


def _edges_in_row(grid: Grid, row: int) -> set[int]:
    """Inner column edges that stand in a row."""
    return {c.column for c in grid.cells if c.row <= row <= c.last_row and c.column > 0}


def _rows_of(grid: Grid, first: int, end: int) -> Grid:
    cells = [c for c in grid.cells if first <= c.row < end]
    for cell in cells:
        cell.row, cell.last_row = cell.row - first, min(cell.last_row, end - 1) - first
    open_top, open_bottom = grid.open_top and first == 0, grid.open_bottom and end == grid.rows
    return _without_idle_columns(Grid(list(grid.xs), grid.ys[first : end + 1], cells, open_top, open_bottom))


def fill(
    grid: Grid, characters: Characters | None, words: list[Word], marks: list[Mark]
) -> tuple[list[Word], list[Mark]]:
    """Put words and marks into a grid's cells; gives back those that lie outside it."""
    x0, y0, x1, y1 = grid.box
    rest: list[Word] = []
    places = _Places(grid)
    for cell in grid.cells:
        cell.words, cell.mark = [], None
    for word in words:
        # A line that the bottom rule runs through is the rest of a merged cell that the page cut.
        low = word.middle < y1 + 1 or word.y0 < y1 - 1.5
        if not (y0 - 1 < word.middle and low and x0 - 2 < (word.x0 + word.x1) / 2 < x1 + 2):
            rest.append(word)
            continue
        for part in _parts(places, word, characters) if characters else [word]:
            places.at((part.x0 + part.x1) / 2, part.middle).words.append(part)
    outside: list[Mark] = []
    for mark in marks:
        x, y = (mark.box[0] + mark.box[2]) / 2, (mark.box[1] + mark.box[3]) / 2
        if x0 - 1 < x < x1 + 1 and y0 < y < y1:
            cell = places.at(x, y)
            if cell.mark is None or not cell.mark.icon.status:
                cell.mark = mark
        else:
            outside.append(mark)
    _part_by_columns(grid)
    for cell in grid.cells:
        cell.lines = lines_of(cell.words)
        if cell.last_row == grid.rows - 1:
            rest = _take_overflow(cell, rest)
    return rest, outside


def _part_by_columns(grid: Grid) -> None:
    """Part cells whose words stand in the table's columns: the row lacks the upright rules of others."""
    whole = [c for c in grid.cells if c.last_column > c.column and c.words]
    parted = {id(cell): parts for cell in whole if (parts := _by_column(grid, cell))}
    grid.cells = [part for cell in grid.cells for part in parted.get(id(cell), [cell])]


def _by_column(grid: Grid, cell: GridCell) -> list[GridCell]:
    """A merged cell as one for each column; none where words run over an edge, or stand in one column."""
    xs = grid.xs[cell.column : cell.last_column + 2]
    parts = [
        GridCell(cell.row, n, cell.last_row, n, (left, cell.box[1], right, cell.box[3]), mark=None)
        for n, (left, right) in enumerate(pairwise(xs), cell.column)
    ]
    for line in lines_of(cell.words):
        if any(bisect_right(xs, run.x0) != bisect_right(xs, run.x1 - 1) for run in placed_line(line).runs):
            return []
        for word in line.words:
            parts[bisect_right(xs[1:-1], word.x0)].words.append(word)
    parts[0].mark = cell.mark
    return parts if sum(bool(part.words) for part in parts) > 1 else []


def _take_overflow(cell: GridCell, words: list[Word]) -> list[Word]:
    """Take the lines of a cell that stick out below the table's last rule at a page's end."""
    while cell.lines:
        last = cell.lines[-1]
        below = _right_below(words, last.middle, last.height, 1.35)
        if not _are_more(below, last, cell) or is_heading(lines_of(below)[0].text):
            break
        under = _right_below(words, below[0].middle, last.height, 2.5)
        if under and not _are_more(under, last, cell):
            break  # something else follows on the page
        cell.words += below
        cell.lines += lines_of(below)
        taken = {id(w) for w in below}
        words = [w for w in words if id(w) not in taken]
    return words


def _right_below(words: list[Word], middle: float, height: float, reach: float) -> list[Word]:
    """The words below a line's middle, so many of its heights at most."""
    return [w for w in words if 0.7 * height < w.middle - middle < reach * height]


def _are_more(words: list[Word], line: TextLine, cell: GridCell) -> bool:
    """Whether words go on with a line: set as it is, and inside its cell."""
    alike = all(abs(w.height - line.height) < 0.04 * line.height and w.x1 < cell.box[2] + 1 for w in words)
    return bool(words) and alike and abs(min(w.x0 for w in words) - line.x0) < 1.5


class _Places:
    """Finds the cell at a point by the grid's edges."""

    def __init__(self, grid: Grid) -> None:
        self.xs, self.ys, self.cells = grid.xs[1:-1], grid.ys[1:-1], grid.cells
        self.owner = {
            (r, c): cell
            for cell in grid.cells
            for r in range(cell.row, cell.last_row + 1)
            for c in range(cell.column, cell.last_column + 1)
        }

    def at(self, x: float, y: float) -> GridCell:
        cell = self.owner.get((bisect_right(self.ys, y), bisect_right(self.xs, x)))
        return cell or min(self.cells, key=lambda c: _distance(c.box, x, y))


def _distance(box: Box, x: float, y: float) -> float:
    return max(box[0] - x, x - box[2], 0) + 3 * max(box[1] - y, y - box[3], 0)


def _parts(places: _Places, word: Word, characters: Characters) -> list[Word]:
    """A word, cut where a rule of its row runs through it (pdfium saw no gap between two cells)."""
    slack = 0.25 * word.height
    first, last = bisect_right(places.xs, word.x0 + slack), bisect_left(places.xs, word.x1 - slack)
    for x in places.xs[first:last]:
        if places.at(x - 0.5, word.middle) is not places.at(x + 0.5, word.middle):
            left, *others = split_at(word, x, characters)
            return [left, *(p for o in others for p in _parts(places, o, characters))] if others else [word]
    return [word]
