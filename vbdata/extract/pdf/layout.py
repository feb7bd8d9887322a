"""A page's lines outside its tables, with their style, and the marks that stand beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium

from vbdata.extract.document import Doubt, Place
from vbdata.extract.pdf.drawing import Box, Mark, Rule
from vbdata.extract.pdf.grids import SAME, Grid, fill, ruled_grids
from vbdata.extract.pdf.mending import TextLine, is_known_header, lines_of
from vbdata.extract.pdf.pages import Characters, Page, Word, read_page
from vbdata.extract.pdf.tags import heading_depths
from vbdata.extract.recognise import goal_heading

_GOAL_LINES = 4  # that the heading of a goal may run over
_HEADER_LINES = 4  # that the header of a table may run over
_ROW = 20.0  # from a rule to the middle of its row, at most
_COLUMN_GAP = 2.2  # of the line's height: text on both sides of it stands in two columns


@dataclass(slots=True)
class PrintedLine:
    """One line of running text. `depth` is the outline depth that a tagged PDF gives it."""

    line: TextLine
    page: int
    number: int
    bold: bool = False
    depth: int | None = None
    marks: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def place(self) -> Place:
        return Place(self.number, self.page)

    @property
    def height(self) -> float:
        return self.line.height

    @property
    def middle(self) -> float:
        return (self.line.y0 + self.line.y1) / 2


@dataclass
class PageLayout:
    """What one page holds: grids, and lines and marks outside them.

    `removed` is where furniture stood, `astray` what does not run along the lines, `turned` how far the
    page was turned to be read, `pictured` the part of it that pictures cover, `recognised` whether its
    words were laid under one.
    A `damaged` page has nothing.
    """

    number: int
    width: float
    height: float
    grids: list[Grid]
    lines: list[PrintedLine]
    marks: list[Mark]
    horizontals: list[Rule]
    verticals: list[Rule]
    has_pictures: bool
    unreadable: list[Word]
    removed: list[Box] = field(default_factory=list)
    astray: list[Word] = field(default_factory=list)
    turned: int = 0
    pictured: float = 0.0
    recognised: bool = False
    damaged: bool = False
    shades: list[Box] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_layout(document: pdfium.PdfDocument, index: int, tagged: bool) -> PageLayout:
    """Words, ruled tables and styled lines of one page; other tables come when heads are gone."""
    page = read_page(document, index)
    try:
        words, marks, grids = page.words, page.marks, []
        for grid in ruled_grids(page):
            if _is_frame(grid, page):
                _drop_rules(grid, page)
                continue
            rest, outside = fill(grid, page, words, marks)
            if grid.columns == 1 and _holds_tables(grid, page):
                _drop_rules(grid, page)
            elif _is_table(grid):
                grids.append(grid)
                words, marks = rest, outside
        lines = _styled_lines(words, page, heading_depths(document, page) if tagged else {})
    finally:
        page.characters.close()
    return PageLayout(
        page.number, page.width, page.height, grids, lines, marks, page.horizontals, page.verticals,
        page.has_pictures, page.unreadable, [], page.astray, page.turned, page.pictured, page.recognised,
        shades=page.shades,
    )  # fmt: skip


def _is_frame(grid: Grid, page: Page) -> bool:
    """A frame round other rules, such as one round the page."""
    x0, y0, x1, y1 = grid.box
    return grid.columns == 1 and any(
        r.end - r.start > 60 and y0 + 5 < r.at < y1 - 5 and x0 + 5 < r.start and r.end < x1 - 5
        for r in page.horizontals
    )


def _holds_tables(grid: Grid, page: Page) -> bool:
    """A frame as wide as the tables in it: their rules are drawn in pieces, or a header stands there."""
    x0, y0, x1, y1 = grid.box
    inside = (r for r in page.horizontals if y0 + 5 < r.at < y1 - 5 and r.start > x0 - 5 and r.end < x1 + 5)
    if any(len(rule.pieces) > 2 for rule in inside):
        return True
    lines = [line for cell in grid.cells for line in cell.lines]
    return any(is_known_header(lines[at : at + _HEADER_LINES]) for at in range(len(lines)))


def _drop_rules(frame: Grid, page: Page) -> None:
    x0, y0, x1, y1 = frame.box
    page.horizontals = [
        r
        for r in page.horizontals
        if min(abs(r.at - y) for y in (y0, y1)) > SAME or r.start > x0 + SAME or r.end < x1 - SAME
    ]
    page.verticals = [
        v
        for v in page.verticals
        if min(abs(v.at - x) for x in (x0, x1)) > SAME or v.start > y0 + SAME or v.end < y1 - SAME
    ]


def _is_table(grid: Grid) -> bool:
    """A frame around running text is none; a lone cell may be the rest of a table's last row."""
    filled = [cell for cell in grid.cells if cell.words]
    if not filled:
        return False
    if grid.columns == 1:
        return grid.rows > 1 or grid.box[1] < 150
    return True


def _styled_lines(words: list[Word], page: Page, depths: dict[int, int]) -> list[PrintedLine]:
    found, aside = _set_aside(words)
    lines = in_columns([_styled(line, page, depths) for line in found], page.horizontals)
    for block in aside:
        low = block[-1].y1
        after = max((i + 1 for i, ln in enumerate(lines) if ln.middle < low), default=0)
        lines[after:after] = [_styled(line, page, depths) for line in block]
    return lines


def _set_aside(words: list[Word]) -> tuple[list[TextLine], list[list[TextLine]]]:
    """Lines without the blocks of other letters that stand beside them, such as a box beside a heading."""
    blocks: list[list[TextLine]] = []
    lines = lines_of(words)
    for line in lines:
        start = next((b for a, b in pairwise(line.words) if _starts_aside(a, b)), None)
        if start is None or any(start in block_line.words for block in blocks for block_line in block):
            continue
        block = _block_at(start, words)
        if len(block) > 1 and all(any(c.isalpha() for c in ln.text) for ln in block):
            blocks.append(block)
    if not blocks:
        return lines, []
    taken = {id(word) for block in blocks for line in block for word in line.words}
    return lines_of(word for word in words if id(word) not in taken), blocks


def _starts_aside(left: Word, right: Word) -> bool:
    high = max(left.height, right.height)
    return right.x0 - left.x1 > 0.8 * high and right.height < 0.85 * left.height


def _block_at(start: Word, words: list[Word]) -> list[TextLine]:
    """The lines of one size of letters around a word, all of which start where it does."""
    alike = [w for w in words if w.x0 > start.x0 - 1.5 and abs(w.height - start.height) < 0.04 * start.height]
    block: list[TextLine] = []
    for line in lines_of(alike):
        apart = line.y0 - block[-1].y0 > 1.7 * start.height if block else False
        if apart or abs(line.x0 - start.x0) > 1.5:
            if any(start in found.words for found in block):
                break
            block = []
        if abs(line.x0 - start.x0) <= 1.5:
            block.append(line)
    return block if any(start in found.words for found in block) else []


def _styled(line: TextLine, page: Page, depths: dict[int, int]) -> PrintedLine:
    first, last = line.words[0], line.words[-1]
    chars: Characters = page.characters
    bold = chars.is_bold(first.index) and chars.is_bold(last.index)
    depth = depths.get(chars.content_id(first.index)) if depths else None
    return PrintedLine(line, page.number, first.line, bold, depth)


def in_columns(lines: list[PrintedLine], rules: Sequence[Rule] = ()) -> list[PrintedLine]:
    """Reading order where text stands in two columns, as on a cover: the left one first.

    A row of a table, whose rule goes from one column into the other, is none.
    """
    ordered: list[PrintedLine] = []
    i = 0
    while i < len(lines):
        gutter = _gutter(lines[i])
        if gutter is None or any(
            rule.start < gutter[0] and rule.end > gutter[1] and abs(rule.at - lines[i].middle) < _ROW
            for rule in rules
        ):
            ordered.append(lines[i])
            i += 1
            continue
        end = i + 1
        last = i
        while end < len(lines) and end - last < 3 and _keeps_free(lines[end], gutter):
            if lines[end].line.x1 > gutter[1]:
                last = end
            end += 1
        sides = [_cut(line, (gutter[0] + gutter[1]) / 2) for line in lines[i : last + 1]]
        ordered += [left for left, _ in sides if left] + [right for _, right in sides if right]
        i = last + 1
    return ordered


def _gutter(printed: PrintedLine) -> tuple[float, float] | None:
    words = printed.line.words
    if "...." in printed.text or "…" in printed.text:
        return None
    gaps = [(b.x0 - a.x1, a.x1, b.x0) for a, b in pairwise(words)]
    widest = max(gaps, default=None)
    if widest is None or widest[0] < _COLUMN_GAP * printed.height:
        return None
    # A number alone at the right is a page number of the contents.
    if len(words) > 1 and words[-1].x0 == widest[2] and words[-1].text.isdigit():
        return None
    return widest[1], widest[2]


def _keeps_free(printed: PrintedLine, gutter: tuple[float, float]) -> bool:
    middle = gutter[1] - 1.0
    return all(w.x1 < middle or w.x0 > middle for w in printed.line.words) and not (
        printed.line.x0 < gutter[0] and printed.line.x1 > gutter[1] and _gutter(printed) is None
    )


def _cut(printed: PrintedLine, x: float) -> tuple[PrintedLine | None, PrintedLine | None]:
    halves: list[PrintedLine | None] = []
    for side in (lambda w: w.x0 < x, lambda w: w.x0 >= x):
        words = [w for w in printed.line.words if side(w)]
        halves.append(
            PrintedLine(TextLine(words), printed.page, printed.number, printed.bold, printed.depth)
            if words
            else None
        )
    return halves[0], halves[1]


def keep_lines(layout: PageLayout, left: set[int]) -> None:
    """Leave the words of these ids in the page's lines."""
    layout.lines = [kept for printed in layout.lines if (kept := _kept(printed, left)) is not None]


def _kept(printed: PrintedLine, left: set[int]) -> PrintedLine | None:
    words = [w for w in printed.line.words if id(w) in left]
    if len(words) == len(printed.line.words):
        return printed
    return (
        PrintedLine(TextLine(words), printed.page, printed.number, printed.bold, printed.depth)
        if words
        else None
    )


def attach_marks(layout: PageLayout) -> None:
    """Give each mark outside a table to the line that it stands beside; small black ones are bullets.

    A status that stands alone on the line under a goal's heading goes to that heading.
    """
    loose: list[Mark] = []
    for mark in layout.marks:
        line = _line_beside(mark, layout.lines) or _goal_above(mark, layout.lines)
        if line is not None:
            line.marks.append(mark)
        else:
            loose.append(mark)
    layout.marks = loose


def _line_beside(mark: Mark, lines: Iterable[PrintedLine]) -> PrintedLine | None:
    y = (mark.box[1] + mark.box[3]) / 2
    near = [ln for ln in lines if ln.line.y0 - 2 < y < ln.line.y1 + 2]
    if not near:
        return None
    found = min(near, key=lambda ln: abs(ln.middle - y) + 0.2 * _apart(mark, ln))
    return found if _apart(mark, found) < 60 else None


def _goal_above(mark: Mark, lines: Sequence[PrintedLine]) -> PrintedLine | None:
    y = (mark.box[1] + mark.box[3]) / 2
    above = sorted((ln for ln in lines if ln.line.y1 < y), key=lambda ln: ln.middle)[-_GOAL_LINES:]
    if mark.icon.status is None or not above or y - above[-1].line.y1 > 2.5 * above[-1].height:
        return None
    near = above[-1].line.x0 - 5 < mark.box[0] < above[-1].line.x0 + 60
    return above[-1] if near and any(goal_heading(ln.text) for ln in above) else None


def _apart(mark: Mark, printed: PrintedLine) -> float:
    return max(printed.line.x0 - mark.box[2], mark.box[0] - printed.line.x1, 0.0)


def body_height(layouts: Iterable[PageLayout]) -> float:
    """Height of the lines that hold most of the text."""
    heights: Counter[float] = Counter()
    for layout in layouts:
        for printed in layout.lines:
            if printed.depth is None:
                heights[round(printed.height * 2) / 2] += len(printed.text)
    return heights.most_common(1)[0][0] if heights else 12.0
