"""Rows of a grid that hold several rows of the table, where no rules part them: left out, and said."""

from __future__ import annotations

from vbdata.extract.document import Doubt, Place
from vbdata.extract.grammar import COUNT, DATE, NUMBER_START, PERIOD, heads_analysis
from vbdata.extract.pdf.printed import Grid, GridCell, Page, TextLine


def leave_out_crowded(page: Page) -> None:
    """Take rows without rules between them out of the page's grids, with a doubt that holds their words."""
    for grid in page.grids:
        left_out = crowded_rows(grid)
        if left_out:
            page.doubts.append(_leave_out(grid, left_out, page.number))


def crowded_rows(grid: Grid) -> list[int]:
    """Rows of a grid that hold several of the table's."""
    return [r for r in range(grid.rows) if _is_crowded(grid.row(r))]


def _is_crowded(cells: list[GridCell]) -> bool:
    filled = [c for c in cells if len(c.lines) > 1]
    several = [sum(map(_is_whole, c.lines)) > 1 for c in filled if c.column]
    numbers = [sum(map(_is_count, c.lines)) > 1 for c in filled if c.column]
    if any(several) or sum(numbers) > 1:
        return True
    return any(heads_analysis(line.text) for c in filled for line in c.lines[1:])


def _is_whole(line: TextLine) -> bool:
    """What can stand in one row only once: a date, a period, a share."""
    text = line.text
    is_share = text.endswith("%") and NUMBER_START.match(text)
    return bool(is_share or DATE.match(text) or PERIOD.match(text))


def _is_count(line: TextLine) -> bool:
    return COUNT.fullmatch(line.text) is not None


def _leave_out(grid: Grid, rows: list[int], page: int) -> Doubt:
    gone = [cell for row in rows for cell in grid.row(row)]
    line = min(word.line for cell in gone for word in cell.words)
    shown = " | ".join(cell.text for cell in gone if cell.text)
    for cell in gone:
        cell.lines, cell.words, cell.mark = [], [], None
    detail = (
        "Tabellen har rader utan streck mellan sig, och de gick inte att skilja åt. De är inte lästa, "
        f"kolumn för kolumn: ”{shown}”"
    )
    return Doubt("left_over", detail, Place(line, page))
