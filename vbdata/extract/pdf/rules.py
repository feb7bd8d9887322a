"""What parts the rows of a page's tables: rules, and the edges of shaded rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.extract.pdf.drawing import Box, Rule
from vbdata.extract.pdf.grids import SAME, edges_of
from vbdata.extract.pdf.printed import Grid, Page

_LONG = 60.0  # of a rule along a row, at least
_WIDE = 200.0  # of a shaded row, at least


def row_rules(page: Page, grids: Sequence[Grid]) -> list[Rule]:
    """Lines along the rows of a page outside its grids, from top to bottom."""
    found = [rule for rule in page.horizontals if rule.end - rule.start > _LONG]
    for rule in _edges_of_shades(page.shades):
        if all(abs(other.at - rule.at) > SAME for other in found):
            found.append(rule)
    return sorted((rule for rule in found if not _is_inside(rule, grids)), key=lambda rule: rule.at)


def _is_inside(rule: Rule, grids: Sequence[Grid]) -> bool:
    return any(
        g.box[1] - 5 < rule.at < g.box[3] + 5 and rule.start < g.box[2] and rule.end > g.box[0] for g in grids
    )


def _edges_of_shades(shades: Sequence[Box]) -> Iterator[Rule]:
    """Where rows that are shaded from end to end start and end."""
    rows: dict[tuple[int, int], list[Box]] = {}
    for box in shades:
        rows.setdefault((round(box[1] / 2), round(box[3] / 2)), []).append(box)
    for boxes in rows.values():
        x0, x1 = min(b[0] for b in boxes), max(b[2] for b in boxes)
        cells = edges_of([x for b in boxes for x in (b[0], b[2])])
        if x1 - x0 > _WIDE and sum(b[2] - b[0] for b in boxes) > 0.9 * (x1 - x0):
            yield from (Rule(at, x0, x1, list(pairwise(cells))) for at in (boxes[0][1], boxes[0][3]))
