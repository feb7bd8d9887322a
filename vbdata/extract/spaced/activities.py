"""Rows of an activity table: they end in two dates and a deviation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Row
from vbdata.extract.furniture import place
from vbdata.extract.spaced.patterns import DATES_LOOSE
from vbdata.extract.spaced.rows import cells_row, is_analysis, run_together, text_rows, unparted


def activity_rows(lines: Sequence[Line], width: int, doubts: list[Doubt]) -> Iterator[Row]:
    """Rows of `width` cells, with the text rows between them; what is unsure is added to `doubts`."""
    done = 0
    for i, line in enumerate(lines):
        match = DATES_LOOSE.search(line.text)
        if i < done or not match:
            continue
        start = _title_start(lines, done, i, match.start())
        title = run_together([*lines[start:i], Line(line.number, line.text[: match.start()])])
        yield from text_rows(lines[done:start], width)
        where = place(lines[start])
        if is_analysis(title):
            doubts.append(unparted(title, where))
        else:
            yield cells_row([title, match[1], match[2], match[3] or ""][:width], where)
        done = i + 1
    yield from text_rows(lines[done:], width)


def _title_start(lines: Sequence[Line], low: int, dated: int, column: int) -> int:
    """First line of the title that the dates belong to: the lines above, up to a blank one."""
    start = dated
    if not lines[dated].text[:column].strip():
        start -= 1
        while start > low and lines[start].blank:
            start -= 1
    elif lines[dated].text.startswith("  "):
        return dated
    while start > low and not lines[start].text.startswith("  ") and not lines[start - 1].blank:
        start -= 1
    return max(start, low)
