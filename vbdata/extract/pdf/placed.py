"""Tables that are no whole grids: columns and rows told by place, and by what rules there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vbdata.extract.document import Doubt, Place
from vbdata.extract.grammar import heads_analysis
from vbdata.extract.headers import columns_of
from vbdata.extract.pdf.crowded import crowded_rows
from vbdata.extract.pdf.drawing import Rule
from vbdata.extract.pdf.grids import SAME, fill
from vbdata.extract.pdf.printed import (
    Grid,
    GridCell,
    Page,
    TextLine,
    Word,
    lines_of,
    placed_line,
)
from vbdata.extract.pdf.rules import row_rules
from vbdata.extract.tables import Header, Line, Placed, has_first_title, headers_in, read_region
from vbdata.extract.tables import Rule as PlacedRule
from vbdata.extract.tables.columns import cuts_of

_FEWEST = 3  # columns of a table, and cells of a line that is certainly one of its rows
_FAR = 60.0  # from the first row: rules farther away may be another table's
_OFF_HEADER = 90.0  # from a frame's top: farther above it stands no line of its header
_ALIKE = 0.04  # of a line's height: letters that differ by no more have one size
_NEAR = 1.5  # of a line's height: below a table's last rule


@dataclass(frozen=True, slots=True)
class Open:
    """A table that went on to a page's end: its header, the edges of its columns, its letters' height."""

    header: Header
    xs: tuple[float, ...]
    size: float


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is outside a page's firm grids: the loose ones, rules, and where its text ends.

    `before` is the table that the page before ended in.
    """

    page: Page
    before: Open | None
    loose: Sequence[Grid]
    rules: Sequence[Rule]
    low: float


def add_placed_tables(page: Page, before: Open | None) -> Open | None:
    """Move words from a page's lines into tables that only their places tell.

    `before` is the table that the page before ended in; gives the one that this page ends in. Grids whose
    rules part no rows are read so, too, where all their words are found to be of one table.
    """
    loose = _loose(page)
    firm = [grid for grid in page.grids if not any(grid is each for each in loose)]
    words = [word for line in page.lines for word in line.words]
    words += [word for grid in loose for word in grid.words]
    if before is None and not has_first_title(word.text for word in words):
        return None
    low = max([0.0, *(w.y1 for w in words), *(grid.box[3] for grid in firm)])
    rest = _Rest(page, before, loose, row_rules(page, firm), low)
    last: Open | None = None
    for own in _stretches(lines_of(words), firm):
        lines = [placed_line(line) for line in own]
        headers = headers_in(lines)
        first = headers[0].start if headers else None
        if before is not None and first != 0 and own[0].y0 < min(w.y0 for w in words) + 1:
            last = _add(rest, before.header, lines[:first], own, 0) or last
        for header, after in pairwise([*headers, None]):
            if header is not None:
                body = lines[header.end : after.start if after else None]
                last = _add(rest, header, body, own, header.end)
                if last is None and not body and lines[-1].bottom >= low:
                    last = _headed_only(rest.page, header, own[header.start :])
    return last


def _headed_only(page: Page, header: Header, lines: Sequence[TextLine]) -> Open:
    """Make a grid of the header that a page ends in; its rows begin on the next one."""
    lefts = [title.x0 for title in header.titles]
    placed = Placed(header, tuple(cuts_of(lefts, [])), (), ())
    words = [word for line in lines for word in line.words]
    grid = _grid(placed, _edges(placed, lines, ()), lines, [], [])
    fill(grid, None, words, [])
    page.only(w for line in page.lines for w in line.words if not any(w is each for each in words))
    page.grids.append(grid)
    return Open(header, (), 0.0)


def _loose(page: Page) -> list[Grid]:
    """Grids that do not hold all of their table: of a header only, or with rows or a header outside."""
    found: list[Grid] = []
    words = [w for line in page.lines for w in line.words]
    for grid in sorted(page.grids, key=lambda g: g.box[1]):
        if crowded_rows(grid):
            found.append(grid)
        elif grid.columns >= _FEWEST:
            headed = columns_of([cell.text for cell in grid.row(0)]) is not None
            goes_on = any(len(old.xs) == len(grid.xs) and abs(old.xs[1] - grid.xs[1]) < SAME for old in found)
            outside = _goes_on_below(grid, words) or (not headed and (goes_on or _header_above(grid, words)))
            if outside or (headed and grid.rows == 1):
                found.append(grid)
    return found


def _header_above(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether a header stands right above a grid."""
    top = grid.box[1]
    above = [placed_line(ln) for ln in lines_of(w for w in words if top - _OFF_HEADER < w.middle < top)]
    headers = headers_in(above)
    return bool(headers) and headers[-1].end == len(above) and top - above[-1].bottom < above[-1].size


def _goes_on_below(grid: Grid, words: Sequence[Word]) -> bool:
    """Whether lines right under a grid stand in several columns, as its rows do, or begin an Analys."""
    low = grid.box[3]
    below = [placed_line(line) for line in lines_of(w for w in words if low < w.middle < low + _FAR)[:1]]
    near = [line for line in below if line.top - low < _NEAR * line.size]
    return any(len(line.runs) >= _FEWEST or heads_analysis(line.text) for line in near)


def _stretches(lines: Sequence[TextLine], grids: Sequence[Grid]) -> Iterator[list[TextLine]]:
    """Lines between grids, which end a table as a heading does."""
    rest = list(lines)
    for grid in sorted(grids, key=lambda g: g.box[1]):
        above = [line for line in rest if line.y1 < grid.box[1] + SAME]
        rest = rest[len(above) :]
        if above:
            yield above
    if rest:
        yield rest


def _add(
    rest: _Rest, header: Header, body: Sequence[Line], own: Sequence[TextLine], start: int
) -> Open | None:
    """Add the table of a header and the lines under it to the page; gives it where the page ends in it."""
    page, before = rest.page, rest.before
    goes_on = before is not None and _is_same(header, before.header)
    top = body[0].top if body else 0.0
    bands = [PlacedRule(rule.at, rule.start, rule.end) for rule in rest.rules]
    known = before.xs if before and goes_on else _known_edges(header, rest.rules, top, rest.loose)
    at_end = bool(body) and body[-1].bottom >= rest.low
    go_on = goes_on and (start > 0 or _is_set_as_rows(own[0], before, page))
    placed = read_region(header, body, known[1:-1], rules=bands, at_end=at_end, go_on=go_on)
    begins = before is not None and not before.xs and start == 0  # its first row tells whether it is one
    if placed is None or (begins and not placed.rows[0].clear):
        return None
    own_header = own[header.start : header.end] if start else []
    rows = own[start : start + len(placed.lines)]
    xs = _edges(placed, [*own_header, *rows], known)
    words = [word for line in (*own_header, *rows) for word in line.words]
    taken = {id(word) for word in words}
    gone = [grid for grid in rest.loose if any(id(w) in taken for w in grid.words)]
    left = [w for old in gone for w in old.words if id(w) not in taken]
    page.lines = sorted([*page.lines, *lines_of(left)], key=lambda line: line.middle) if left else page.lines
    page.grids = [old for old in page.grids if not any(old is each for each in gone)]
    page.marks += [cell.mark for old in gone for cell in old.cells if cell.mark]
    grid = _grid(placed, xs, own_header, rows, [rule.at for rule in rest.rules])
    _, page.marks = fill(grid, None, words, page.marks)
    _say(page, grid, placed, bool(own_header))
    outside = [w for line in page.lines for w in line.words]
    at_end = all(w.y0 < rows[-1].y1 for w in outside)
    grid.open_bottom = at_end and not placed.closed
    grid.open_top = not own_header and not placed.opened
    page.only(w for w in outside if id(w) not in taken)
    page.grids.append(grid)
    page.grids.sort(key=lambda g: g.box[1])
    return Open(header, tuple(grid.xs), placed.lines[-1].size) if at_end else None


def _is_set_as_rows(line: TextLine, before: Open | None, page: Page) -> bool:
    """Whether a line's letters are those of a table's rows, and not a heading's."""
    if before is None or abs(line.height - before.size) > _ALIKE * before.size:
        return False
    return not any(other.bold for other in page.lines if other.words[0] is line.words[0])


def _known_edges(header: Header, rules: Sequence[Rule], top: float, loose: Sequence[Grid]) -> Sequence[float]:
    """The edges of columns that rules tell, if each title stands in one of its own."""
    lefts = [title.x0 for title in header.titles]
    edges = [grid.xs for grid in loose if grid.box[1] < top < grid.box[3]]
    near = [rule for rule in rules if abs(rule.at - top) < _FAR and rule.start < lefts[1] < rule.end]
    near.sort(key=lambda rule: abs(rule.at - top))
    edges += [[x for piece in rule.pieces for x in piece] for rule in near if len(rule.pieces) > 1]
    for xs in edges:
        cuts = [max((x for x in xs if x < left + 1), default=0.0) for left in lefts[1:]]
        if all(title.x1 - 1 < cut for title, cut in zip(header.titles, cuts, strict=False)):
            return [min(xs), *cuts, max(xs)]
    return ()


def _is_same(header: Header, other: Header) -> bool:
    if header is other:
        return True
    alike = header.table == other.table and header.fields == other.fields
    return alike and all(abs(a.x0 - b.x0) < SAME for a, b in zip(header.titles, other.titles, strict=True))


def _edges(placed: Placed, lines: Sequence[TextLine], known: Sequence[float]) -> list[float]:
    left = min([*(line.x0 for line in lines), *(title.x0 for title in placed.header.titles)]) - 1
    right = max([*(line.x1 for line in lines), placed.header.titles[-1].x1]) + 1
    return [min([left, *known[:1]]), *placed.cuts, max([right, *known[-1:]])]


def _grid(
    placed: Placed,
    xs: list[float],
    header: Sequence[TextLine],
    lines: Sequence[TextLine],
    levels: Sequence[float],
) -> Grid:
    """Rows of cells between the lines; the form's labels are merged over their rows."""
    parts = [list(header)] if header else []
    parts += [list(lines[row.first : row.end]) for row in placed.rows]
    ys = [min(line.y0 for line in parts[0]) - 1]
    for above, below in pairwise(parts):
        ys.append(_edge(above, below, levels))
    ys.append(max(line.y1 for line in parts[-1]) + 1)
    fields = placed.header.fields
    label = fields.index("group") if "group" in fields else None
    merged = [row.merged for row in placed.rows]
    flags = [False] * bool(header) + merged
    cells: list[GridCell] = []
    for row, whole in enumerate(flags):
        if whole:
            cells.append(GridCell(row, 0, row, len(xs) - 2, (xs[0], ys[row], xs[-1], ys[row + 1])))
            continue
        for column in range(len(xs) - 1):
            last = row
            if column == label and (span := _label_rows(placed, row - bool(header))):
                if span[0] != row - bool(header):
                    continue
                last = span[1] - 1 + bool(header)
            cells.append(
                GridCell(row, column, last, column, (xs[column], ys[row], xs[column + 1], ys[last + 1]))
            )
    return Grid(xs, ys, cells, placed=True)


def _label_rows(placed: Placed, row: int) -> tuple[int, int] | None:
    return next((span for span in placed.groups if span[0] <= row < span[1]), None)


def _edge(above: Sequence[TextLine], below: Sequence[TextLine], levels: Sequence[float]) -> float:
    """Where two rows part: at a rule, or between the middles of their words."""
    high = max(w.middle for line in above for w in line.words)
    low = min(w.middle for line in below for w in line.words)
    return next((at for at in levels if high < at < low), (high + low) / 2)


def _say(page: Page, grid: Grid, placed: Placed, headed: bool) -> None:
    """Leave out what is not sure, with a doubt that holds its words."""
    name = next(
        (n for n, field in enumerate(placed.header.fields) if field in ("name", "title", "category")), 0
    )
    for number, row in enumerate(placed.rows):
        if row.sure and row.clear:
            continue
        cells = [c for c in grid.row(number + headed) if c.last_row == c.row]
        shown = " ".join(" ".join(line.text for line in placed.lines[row.first : row.end]).split())
        line = min((w.line for c in cells for w in c.words), default=None)
        for cell in cells:
            cell.doubtful = not row.sure or (cell.column in row.torn and cell.column != name)
        what = "vilka kolumner värdena står i" if row.sure else "var raden börjar och slutar"
        detail = f"Det går inte att se {what}, så det är utelämnat: ”{shown}”"
        page.doubts.append(
            Doubt("columns_uncertain" if row.sure else "left_over", detail, Place(line, page.number))
        )
