"""Tables that have horizontal rules only: columns come from pieces of rules, or from the gaps in the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from vbdata.extract.pdf.drawing import Box, Rule
from vbdata.extract.pdf.grids import SAME, Grid, edges_of, merged_cells
from vbdata.extract.pdf.headers import holds_data, is_known_header, is_label, labels_of, uncertain_columns
from vbdata.extract.pdf.mending import TextLine, lines_of, runs
from vbdata.extract.pdf.pages import Word
from vbdata.extract.tables import is_heading

DOUBT = "kolumnerna gick inte att skilja åt med säkerhet: sådana celler är lämnade tomma"
_NEAR = 12.0  # from a rule to the text of its row, at most
_WIDE = 200.0  # of a shaded row, at least


def hairline_grids(
    horizontals: Sequence[Rule],
    verticals: Sequence[Rule],
    words: Sequence[Word],
    taken: Sequence[Grid],
    before: Grid | None,
    cut: Grid | None = None,
    shades: Sequence[Box] = (),
) -> list[Grid]:
    """Grids made of horizontal rules.

    `before` is the last table of the page before; `cut` the same where that page ended in its last row.
    """
    rules = [r for r in horizontals if r.end - r.start > 60 and not _inside(r, taken)]
    upright = [v for v in verticals if v.end - v.start > 30]
    rules = [
        r
        for r in rules
        if not any(v.start - 2 < r.at < v.end + 2 and r.start < v.at < r.end for v in upright)
    ]
    rules += _ends_of_uprights(rules, verticals, taken)
    shaded = _edges_of_shades(rules, shades, taken)
    rules += shaded
    rules += [Rule(g.box[3], g.xs[0], g.xs[-1], list(pairwise(g.xs))) for g in taken if _is_header(g)]
    lines = lines_of(words)
    grids: list[Grid] = []
    for group in _groups(rules):
        for part in _tables_of(group, lines, taken):
            if all(rule in shaded for rule in part.rules) and not _is_known(part, lines, before):
                continue
            grid = _grid(part.rules, part.of(lines), grids[-1] if grids else before, cut)
            if grid is not None:
                grids.append(grid)
            cut = None
    return grids


def _is_known(part: _Part, lines: list[TextLine], before: Grid | None) -> bool:
    """Whether shades are those of a table: it has a known header, or goes on with the one before."""
    left, right = min(r.start for r in part.rules), max(r.end for r in part.rules)
    if before is not None and abs(before.xs[0] - left) < SAME and abs(before.xs[-1] - right) < SAME:
        return True
    inside = part.of(lines)
    bands = [_between(inside, Rule(part.rules[0].at - 5 * _NEAR, left, right), part.rules[0])]
    bands += [_between(inside, upper, lower) for upper, lower in pairwise(part.rules[:3])]
    return any(is_known_header(band) for band in bands)


def _edges_of_shades(rules: list[Rule], shades: Sequence[Box], taken: Sequence[Grid]) -> list[Rule]:
    """Rules where shaded rows start and end, in tables that no other rules part."""
    rows: dict[tuple[int, int], list[Box]] = {}
    for box in shades:
        rows.setdefault((round(box[1] / 2), round(box[3] / 2)), []).append(box)
    found: list[Rule] = []
    for boxes in rows.values():
        x0, x1 = min(b[0] for b in boxes), max(b[2] for b in boxes)
        cells = edges_of([x for b in boxes for x in (b[0], b[2])])
        if x1 - x0 < _WIDE or sum(b[2] - b[0] for b in boxes) < 0.9 * (x1 - x0):
            continue
        for at in (boxes[0][1], boxes[0][3]):
            rule = Rule(at, x0, x1, list(pairwise(cells)))
            if not _inside(rule, taken) and all(abs(r.at - at) > SAME for r in (*rules, *found)):
                found.append(rule)
    return found


def _ends_of_uprights(rules: list[Rule], verticals: Sequence[Rule], taken: Sequence[Grid]) -> list[Rule]:
    """Rules where uprights that part the cells of one row, and no others, start and end together."""
    found: list[Rule] = []
    rows: dict[tuple[int, int], list[Rule]] = {}
    for v in verticals:
        rows.setdefault((round(v.start / 2), round(v.end / 2)), []).append(v)
    for uprights in rows.values():
        xs = sorted(v.at for v in uprights)
        if len(xs) < 3 or xs[-1] - xs[0] < 60:
            continue
        for at in (uprights[0].start, uprights[0].end):
            rule = Rule(at, xs[0], xs[-1], list(pairwise(xs)))
            if not _inside(rule, taken) and all(abs(r.at - at) > SAME for r in rules):
                found.append(rule)
    return found


def _is_header(grid: Grid) -> bool:
    """Whether a frame holds the header of a table only; its rows may stand under it."""
    return grid.rows == 1 and is_known_header([ln for cell in grid.cells for ln in cell.lines])


@dataclass
class _Part:
    """Rules of one table; its lines stand between `top` and `bottom`, where another table ends or starts."""

    rules: list[Rule]
    top: float = -inf
    bottom: float = inf

    def of(self, lines: list[TextLine]) -> list[TextLine]:
        return [line for line in lines if self.top < _middle(line) < self.bottom]


def _middle(line: TextLine) -> float:
    return (line.y0 + line.y1) / 2


def _size(line: TextLine) -> float:
    """Height of the line's letters; cells beside each other may stand a little higher or lower."""
    return max(word.height for word in line.words)


def _inside(rule: Rule, grids: Sequence[Grid]) -> bool:
    return any(
        g.box[1] - 5 < rule.at < g.box[3] + 5 and rule.start < g.box[2] and rule.end > g.box[0] for g in grids
    )


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that lie over each other between the same ends; a merged cell shortens some of them."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        for group in groups:
            left, right = min(r.start for r in group), max(r.end for r in group)
            at_end = abs(right - rule.end) < SAME or abs(left - rule.start) < SAME
            inside = at_end and rule.start > left - SAME and rule.end < right + SAME
            if inside or _starts_in_a_group(group, rule, left, right):
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def _starts_in_a_group(group: list[Rule], rule: Rule, left: float, right: float) -> bool:
    """Whether the rules above are of rows whose label, cut by the page's start, stands left of them."""
    meets = any(abs(start - left) < SAME for start, _ in rule.pieces)
    return meets and rule.start < left and abs(right - rule.end) < SAME and len(group[0].pieces) > 1


def _tables_of(rules: list[Rule], lines: list[TextLine], taken: Sequence[Grid]) -> list[_Part]:
    """Cut a group of rules where another table, or a heading, comes between two of them."""
    parts = [_Part([rules[0]])]
    usual = _usual_height(rules, lines)
    for rule in rules[1:]:
        part = parts[-1]
        band = _between(lines, part.rules[-1], rule)
        start = _other_table(band, part, usual) if band else None
        between = [g.box[3] for g in taken if part.rules[-1].at - 1 < g.box[1] and g.box[3] < rule.at + SAME]
        start = max(between, default=start)
        if start is None:
            part.rules.append(rule)
        else:
            part.bottom = start
            parts.append(_Part([rule], top=start))
    return parts


def _usual_height(rules: list[Rule], lines: list[TextLine]) -> float:
    """Height of the lines between the rules, most of which are rows."""
    heights = sorted(_size(ln) for ln in lines if rules[0].at < _middle(ln) < rules[-1].at)
    return heights[len(heights) // 3] if heights else 0.0


def _between(lines: list[TextLine], upper: Rule, lower: Rule) -> list[TextLine]:
    return [
        line
        for line in lines
        if upper.at - 1 < _middle(line) < lower.at + 1 and line.x1 > lower.start and line.x0 < lower.end
    ]


def _other_table(band: list[TextLine], part: _Part, usual: float) -> float | None:
    """Where, between the part's last rule and the next, something else than its next row starts."""
    top = part.rules[-1].at
    bottom = top
    for line in band:
        apart = line.y0 - bottom > 0.55 * line.height or _size(line) > 1.05 * usual
        if apart and is_heading(line.text):
            return line.y0 - 0.5
        bottom = max(bottom, line.y1)
    chunks = _chunks(band)
    has_header = is_known_header(chunks[-1])
    if has_header and (len(chunks) > 1 or len(part.rules) > 1):
        return chunks[-1][0].y0 - 0.5
    return chunks[0][0].y0 - 0.5 if len(chunks) > 1 and chunks[0][0].y0 - top > 2 * _NEAR else None


def _chunks(lines: list[TextLine]) -> list[list[TextLine]]:
    """Lines parted where the gap between them is wide."""
    chunks: list[list[TextLine]] = []
    bottom = 0.0
    for line in lines:
        if chunks and line.y0 - bottom < 0.55 * line.height:
            chunks[-1].append(line)
        else:
            chunks.append([line])
        bottom = max(bottom, line.y1) if chunks[-1] else line.y1
    return chunks


def _grid(
    rules: list[Rule], lines: list[TextLine], before: Grid | None, cut: Grid | None = None
) -> Grid | None:
    left, right = min(r.start for r in rules), max(r.end for r in rules)
    inside = [line for line in (_clipped(ln, left, right) for ln in lines) if line is not None]
    pieces = _from_pieces(rules, left, right)
    under = _between(inside, rules[0], rules[1]) if len(rules) > 1 else []
    head = [] if is_known_header(under) else _head_lines(inside, rules[0], pieces)
    full = [r for r in rules if r.start - left < SAME]
    if not full or (len(rules) < 2 and not is_known_header(head)):
        return None
    tail = _tail_lines(inside, rules, bool(head))
    rest = _rest_lines(inside, rules, cut, pieces) if cut is not None and not head else []
    top = min((line.y0 for line in head or rest), default=rules[0].at + 1) - 1
    bottom = max(line.y1 for line in tail) + 1 if tail else rules[-1].at
    ys = edges_of([top, *(r.at for r in rules), bottom], same=3.0)
    body = [line for line in inside if ys[0] - 1 < (line.y0 + line.y1) / 2 < ys[-1] + 1]
    under = [ln for ln in body if rules[0].at - 1 < ln.y0]
    start = head or [ln for ln in under if ln.y1 < rules[min(1, len(rules) - 1)].at + 1]
    levels = [r.at for r in rules]
    found = _Columns(pieces) if len(pieces) > 2 else _columns(start, body, levels, (left, right), before)
    xs = found.xs
    if len(xs) < 3 or len(ys) < 2 or not body:
        return None
    across = [*rules, Rule(ys[0], left, right), Rule(ys[-1], left, right)]
    cells = merged_cells(xs, ys, across, _uprights(xs, ys, body))
    grid = Grid(
        xs,
        ys,
        cells,
        open_top=bool(rest),
        open_bottom=bool(tail) and tail[-1] is inside[-1],
        hairline=True,
        inferred=not pieces,
        uncertain=found.doubt,
    )
    _doubt_cells(grid, max((ln.y1 for ln in start), default=ys[0]), found.doubtful)
    return grid


def _doubt_cells(grid: Grid, header: float, doubtful: set[int]) -> None:
    """Mark cells whose column is not certain: those that text runs out of, beside the name of the row."""
    for cell in grid.cells:
        if not cell.column or cell.box[3] < header + 3:
            continue
        runs_over = grid.inferred and cell.last_column > cell.column
        if runs_over or not doubtful.isdisjoint(range(cell.column, cell.last_column + 1)):
            cell.doubtful = True
            grid.uncertain = grid.uncertain or DOUBT


@dataclass
class _Columns:
    """Edges of columns, and which of the columns between them are not certain."""

    xs: list[float]
    doubtful: set[int] = field(default_factory=set)
    doubt: str = ""


def _clipped(line: TextLine, left: float, right: float) -> TextLine | None:
    words = [w for w in line.words if left - 3 < (w.x0 + w.x1) / 2 < right + 3]
    if len(words) == len(line.words):
        return line
    return TextLine(words) if words else None


def _head_lines(lines: list[TextLine], rule: Rule, edges: Sequence[float]) -> list[TextLine]:
    """Lines of the row above the first rule: close to it, in several columns; a known header may be off."""
    found = _lines_above(lines, rule, edges, _NEAR)
    if found and any(len(runs(line)) > 1 for line in found):
        return _without_strays(found)
    found = _lines_above(lines, rule, edges, 2 * _NEAR)
    return _without_strays(found) if is_known_header(found) else []


def header_above(lines: list[TextLine], box: Box, edges: Sequence[float]) -> list[TextLine]:
    """Lines of a known header right above a frame, in the columns under it."""
    inside = [ln for line in lines if (ln := _clipped(line, box[0], box[2])) is not None]
    found = _lines_above(inside, Rule(box[1], box[0], box[2]), edges, 2 * _NEAR)
    return _without_strays(found) if is_known_header(found) and not _crossed(edges, found) else []


def stands_in_columns(lines: list[TextLine], edges: Sequence[float]) -> bool:
    """Whether lines stand in several columns, and over no edge between them."""
    inside = all(edges[0] - 3 < line.x0 and line.x1 < edges[-1] + 3 for line in lines)
    return inside and any(len(runs(line)) > 1 for line in lines) and not _crossed(edges, lines)


def _without_strays(header: list[TextLine]) -> list[TextLine]:
    """A header without lines above it that make no label of what stands under them, such as a list's last."""
    while len(header) > 1 and is_known_header(header[1:]):
        under = [word for line in header[1:] for word in line.words]
        for left, right in runs(header[0]):
            top = [w.text for w in header[0].words if left <= w.x0 < right]
            own = [w.text for w in under if w.x0 < right and w.x1 > left]
            if own and is_label(" ".join(own)) and not is_label(" ".join(top + own)):
                break
        else:
            return header
        header = header[1:]
    return header


def _lines_above(lines: list[TextLine], rule: Rule, edges: Sequence[float], near: float) -> list[TextLine]:
    found: list[TextLine] = []
    level = rule.at
    for line in sorted((ln for ln in lines if ln.y1 < rule.at + 2), key=lambda ln: -ln.y1):
        if level - line.y1 > (near if not found else 0.5 * line.height) or is_heading(line.text):
            break
        if found and (_crossed(edges, [line]) if len(edges) > 2 else _crosses(line, found)):
            break
        found.append(line)
        level = min(level, line.y0)
    return found[::-1]


def _crosses(line: TextLine, found: list[TextLine]) -> bool:
    """Whether a line runs over a gap that the lines below it leave free."""
    gaps = _gaps([r for ln in found for r in runs(ln)], 4.0)
    return any(a <= g0 and b >= g1 and b - a > 60 for a, b in runs(line) for g0, g1 in gaps)


def _tail_lines(lines: list[TextLine], rules: Sequence[Rule], headed: bool) -> list[TextLine]:
    """Lines of a row that no rule closes: rules stand above rows, or the page ended in the row."""
    below = [ln for ln in lines if (ln.y0 + ln.y1) / 2 > rules[-1].at]
    padding = _padding(lines, rules)
    found: list[TextLine] = []
    level = rules[-1].at
    for line in below:
        near = 0.6 * line.height if found else max(padding, 0.0) + 3.0
        if line.y0 - level > near or is_heading(line.text):
            break
        found.append(line)
        level = max(level, line.y1)
    sizes = [_size(ln) for ln in lines if rules[0].at - 1 < ln.y0 < rules[-1].at]
    if sizes and found and abs(_size(found[0]) - sizes[-1]) > 0.05 * sizes[-1]:
        return []
    if not headed or len(found) == len(below):
        return found
    after = below[len(found)]
    return found if found and abs(_size(after) - _size(found[0])) > 0.05 * _size(found[0]) else []


def _rest_lines(
    lines: list[TextLine], rules: Sequence[Rule], cut: Grid, pieces: Sequence[float]
) -> list[TextLine]:
    """The rest of the row that the end of the page before cut: all lines over the first rule."""
    left, right = min(r.start for r in rules), max(r.end for r in rules)
    same = abs(cut.xs[0] - left) < SAME and abs(cut.xs[-1] - right) < SAME
    edges = pieces if len(pieces) > 2 else cut.xs
    rest = [ln for ln in lines if _middle(ln) < rules[0].at]
    if not rest or not same or rules[0].at - rest[-1].y1 > 2 * _NEAR:
        return []
    merged = any(c.last_row == cut.rows - 1 and c.last_column > c.column and c.lines for c in cut.cells)
    if any(is_heading(ln.text) for ln in rest) or (_crossed(edges, rest) and not merged):
        return []
    apart = any(b.y0 - a.y1 > 1.5 * a.height for a, b in pairwise(rest))
    sizes = [_size(ln) for ln in lines if rules[0].at < ln.y0 < rules[-1].at]
    other = sizes and any(abs(_size(ln) - sizes[0]) > 0.05 * sizes[0] for ln in rest)
    return [] if apart or other else rest


def _padding(lines: list[TextLine], rules: Sequence[Rule]) -> float:
    """The least space between a rule and the first line under it."""
    spaces = [
        min((ln.y0 - upper.at for ln in lines if upper.at - 1 < ln.y0 < lower.at), default=_NEAR)
        for upper, lower in pairwise(rules)
    ]
    return min(spaces, default=0.3 * _NEAR)


def _gaps(intervals: list[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    gaps: list[tuple[float, float]] = []
    end: float | None = None
    for a, b in sorted(intervals):
        if end is not None and a - end >= least:
            gaps.append((end, a))
        end = b if end is None else max(end, b)
    return gaps


def _columns(
    start: list[TextLine],
    body: list[TextLine],
    levels: Sequence[float],
    ends: tuple[float, float],
    before: Grid | None,
) -> _Columns:
    """Columns of the table before where the first row fits into them, else those of its gaps."""
    labels = labels_of(start)
    if before is not None and abs(before.xs[0] - ends[0]) < SAME and abs(before.xs[-1] - ends[1]) < SAME:
        same = labels is None or (before.hairline and not uncertain_columns(start, before.xs, labels))
        if same and not _crossed(before.xs, start):
            return _Columns(list(before.xs))
    xs, doubt = _from_gaps(start, body, levels, *ends)
    if labels is not None:
        doubtful = set(uncertain_columns(start, xs, labels))
    else:
        doubtful = set(range(1, len(xs) - 1)) if holds_data(start) else set()
    return _Columns(xs, doubtful, doubt or (DOUBT if doubtful else ""))


def _from_pieces(rules: list[Rule], left: float, right: float) -> list[float]:
    """Column edges where rules were drawn cell by cell: ends that most of the rules share."""
    cut = [r for r in rules if len(r.pieces) > 1]
    if not cut:
        return []
    most = max(len(r.pieces) for r in cut)
    ends = [x for r in cut if len(r.pieces) == most for piece in r.pieces for x in piece]
    edges = edges_of(ends)
    return edges if abs(edges[0] - left) < SAME and abs(edges[-1] - right) < SAME else []


def _crossed(xs: Sequence[float], lines: list[TextLine]) -> bool:
    return any(a + 2 < x < b - 2 for ln in lines for a, b in runs(ln) for x in xs[1:-1])


def _from_gaps(
    head: list[TextLine], body: list[TextLine], levels: Sequence[float], left: float, right: float
) -> tuple[list[float], str]:
    """Edges in the gaps of the header row, each where the rows below leave room for it."""
    height = max((ln.height for ln in head), default=10.0)
    columns = _gaps([r for ln in head for r in runs(ln)], 0.35 * height)
    if not columns:
        return [], ""
    merged = {_row_at(ln, levels) for ln in body if _spans(ln, columns) or ln.text.rstrip(": ") == "Analys"}
    narrow = [ln for ln in body if _row_at(ln, levels) not in merged]
    filled = [r for ln in narrow for r in runs(ln)] + [r for ln in head for r in runs(ln)]
    free = _gaps(filled, 0.8)
    padding = min(max(min((ln.x0 for ln in body), default=left) - left, 2.0), 9.0)
    xs, doubt = [left], ""
    for g0, g1 in columns:
        room = [(min(b, g1 + 30) - max(a, g0 - 30), (a + b) / 2, b) for a, b in free if a < g1 and b > g0]
        if room:
            _, middle, b = max(room)
            xs.append(max(b - padding, middle))
        else:
            xs.append((g0 + g1) / 2)
            doubt = "texten står tätare än kolumnerna"
    return [*xs, right], doubt


def _row_at(line: TextLine, levels: Sequence[float]) -> int:
    """Ordinal of the row that a line stands in."""
    return bisect_right(levels, (line.y0 + line.y1) / 2)


def _spans(line: TextLine, gaps: Sequence[tuple[float, float]]) -> bool:
    """A line of a merged row: running text over a gap between two header cells and beyond it."""
    return any(a < g0 - 2 and b > g1 + 0.6 * line.height for a, b in runs(line) for g0, g1 in gaps)


def _uprights(xs: list[float], ys: list[float], body: list[TextLine]) -> list[Rule]:
    """A rule for each column edge and row that no text runs over."""
    found: list[Rule] = [Rule(xs[0], ys[0], ys[-1]), Rule(xs[-1], ys[0], ys[-1])]
    for y0, y1 in pairwise(ys):
        stretches = [r for ln in body if y0 < (ln.y0 + ln.y1) / 2 < y1 for r in runs(ln)]
        found += [Rule(x, y0, y1) for x in xs[1:-1] if not any(a + 1.5 < x < b - 1.5 for a, b in stretches)]
    return found
