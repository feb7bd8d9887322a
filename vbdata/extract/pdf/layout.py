"""A page's lines outside its tables, with their style, and the marks that stand beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pypdfium2 as pdfium

from vbdata.extract.pdf.drawing import Mark
from vbdata.extract.pdf.grids import fill, ruled_grids
from vbdata.extract.pdf.pages import Characters, read_page
from vbdata.extract.pdf.printed import Grid, Page, TextLine, Word, is_known_header, lines_of

_HEADER_LINES = 4  # that the header of a table may run over


def read_layout(document: pdfium.PdfDocument, index: int) -> Page:
    """Words, ruled tables and styled lines of one page; other tables come when heads are gone."""
    page, characters = read_page(document, index)
    words = page.words
    try:
        for grid in ruled_grids(page):
            rest, outside = fill(grid, characters, words, page.marks)
            if _is_table(grid) and not (grid.columns == 1 and _holds_tables(grid)):
                page.grids.append(grid)
                words, page.marks = rest, outside
        page.lines = _styled_lines(words, characters)
    finally:
        characters.close()
    return page


def _holds_tables(grid: Grid) -> bool:
    """Whether a frame has tables in it: a header stands there."""
    lines = grid.lines
    return any(is_known_header(lines[at : at + _HEADER_LINES]) for at in range(len(lines)))


def _is_table(grid: Grid) -> bool:
    """A frame around running text is none; a lone cell may be the rest of a table's last row."""
    return bool(grid.words) and (grid.columns > 1 or grid.rows > 1 or grid.box[1] < 150)


def _styled_lines(words: list[Word], characters: Characters) -> list[TextLine]:
    lines, aside = _set_aside(words)
    for block in aside:
        low = block[-1].y1
        after = max((i + 1 for i, ln in enumerate(lines) if ln.middle < low), default=0)
        lines[after:after] = block
    for line in lines:
        line.bold = characters.is_bold(line.words[0].index) and characters.is_bold(line.words[-1].index)
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


def attach_marks(page: Page) -> None:
    """Give each mark outside a table to the line that it stands beside; small black ones are bullets."""
    loose: list[Mark] = []
    for mark in page.marks:
        line = _line_beside(mark, page.lines)
        if line is not None:
            line.marks.append(mark)
        else:
            loose.append(mark)
    page.marks = loose


def _line_beside(mark: Mark, lines: Sequence[TextLine]) -> TextLine | None:
    """The line that a mark stands beside, or right under where it is a status alone."""
    y = (mark.box[1] + mark.box[3]) / 2
    near = [ln for ln in lines if ln.y0 - 2 < y < ln.y1 + 2]
    if not near:
        above = max((ln for ln in lines if ln.y1 < y), key=lambda ln: ln.middle, default=None)
        close = above and y - above.y1 < 2.5 * above.height and _apart(mark, above) == 0
        return above if close and mark.icon.status else None
    found = min(near, key=lambda ln: abs(ln.middle - y) + 0.2 * _apart(mark, ln))
    return found if _apart(mark, found) < 60 else None


def _apart(mark: Mark, line: TextLine) -> float:
    return max(line.x0 - mark.box[2], mark.box[0] - line.x1, 0.0)


def body_height(pages: Iterable[Page]) -> float:
    """Height of the lines that hold most of the text."""
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            heights[round(line.height * 2) / 2] += len(line.text)
    return heights.most_common(1)[0][0] if heights else 12.0
