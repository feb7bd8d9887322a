"""Rows of an indicator table: they end in a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place, Row
from vbdata.extract.furniture import place
from vbdata.extract.spaced.patterns import ABOUT, ENDS_IN_PERIOD, PERIOD, SOME, TARGET, VALUE
from vbdata.extract.spaced.rows import cells_row, is_analysis, run_together, text_rows, unparted
from vbdata.vocabulary import indicator_index, layouts
from vbdata.vocabulary.tables import Layout

_ROW_LINES = 48
#: No cell has more words.
_CELL_WORDS = 9
_ENDS_IN_VALUE = re.compile(rf"(?<!\S){SOME}\s+(?:{PERIOD})\s*$")
_MAY_BE_ONE = re.compile(r"\d \d{3}(?!\d)")
_ABOUT = re.compile(ABOUT)


@cache
def _cells(layout: str) -> tuple[str, ...]:
    """What the cells after the name hold."""
    fields = next(each for each in layouts() if each.code == layout).fields[1:]
    holds = {"period": PERIOD, "target": TARGET, "council_target": TARGET}
    return tuple(holds.get(field, VALUE) for field in fields)


@cache
def _indicator_row(layout: str) -> re.Pattern[str]:
    cells = " ".join(f"({cell})" for cell in _cells(layout))
    return re.compile(rf"^\s*([^\W\d].*?) {cells}\s*$", re.S)


@cache
def _cell_patterns(layout: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(cell) for cell in _cells(layout))


def _is_ambiguous(text: str, layout: str) -> bool:
    """Whether a row can be name and cells in more than one way: ``3 407`` is one number or two.

    >>> [_is_ambiguous(f"Antal {each}  2025 ", "indicators_vb") for each in ("3 407   791 102", "3 407   9")]
    [True, False]
    """
    if not _MAY_BE_ONE.search(text):
        return False
    words = text.strip().split(" ")
    patterns = _cell_patterns(layout)
    ways = {len(words): 1}  # start of the cells read so far, from the end → in how many ways
    for pattern in reversed(patterns):
        before: dict[int, int] = {}
        for end, count in ways.items():
            for start in range(end - 1, max(end - _CELL_WORDS, 0) - 1, -1):
                if pattern.fullmatch(" ".join(words[start:end])):
                    before[start] = before.get(start, 0) + count
        ways = before
    names = (start for start, count in ways.items() for _ in range(min(count, 2)))
    return (
        sum(bool(words[start - 1]) and not _ABOUT.fullmatch(words[start - 1]) for start in names if start) > 1
    )


def indicator_rows(lines: Sequence[Line], layout: Layout, doubts: list[Doubt]) -> Iterator[Row]:
    """Rows with a cell per column, and the text rows between them; what is unsure is added to `doubts`."""
    done = 0
    for i, line in enumerate(lines):
        if i < done or not ENDS_IN_PERIOD.search(line.text):
            continue
        found = _row_ending_at(lines, done, i, layout, doubts)
        if found is None and _ENDS_IN_VALUE.search(line.text):
            start = next((j for j in range(i, done, -1) if lines[j - 1].blank), done)
            yield from text_rows(lines[done:start], len(layout.columns))
            doubts.append(_unread(lines[start : i + 1]))
            done = i + 1
        if found is None:
            continue
        start, row = found
        yield from text_rows(lines[done:start], len(layout.columns))
        name = row.texts[0]
        if is_analysis(name):
            doubts.append(unparted(name, row.place))
        else:
            yield row
        done = i + 1
    yield from text_rows(lines[done:], len(layout.columns))


def _row_ending_at(
    lines: Sequence[Line], low: int, last: int, layout: Layout, doubts: list[Doubt]
) -> tuple[int, Row] | None:
    """The row whose period ends line `last`: grow upwards until name and cells are complete."""
    for start in range(last, max(low, last - _ROW_LINES) - 1, -1):
        if lines[start].blank or not _starts_name(lines, low, start):
            continue
        text = run_together(lines[start : last + 1])
        match = _indicator_row(layout.code).match(text)
        if match and _is_ambiguous(text, layout.code) and not indicator_index().exact(match[1]):
            return start, _left_out(match[1], match.groups("")[1:], place(lines[start]), doubts)
        if match:
            return start, cells_row(match.groups(""), place(lines[start]))
    return None


def _unread(lines: Sequence[Line]) -> Doubt:
    """The doubt about a row that has not its header's cells, with its words."""
    words = " ".join(run_together(lines).split())
    detail = f"”{words}”: mellanrummen mellan cellerna är borta, så raden är utelämnad."
    return Doubt("columns_uncertain", detail, place(lines[0]))


def _left_out(name: str, cells: Sequence[str], where: Place, doubts: list[Doubt]) -> Row:
    """A row's name and period, where its words do not tell which values they are."""
    shown = " | ".join(filter(None, cells[:-1]))
    detail = f"det går inte att se vilka tal som hör ihop i raden ({shown}), så de är utelämnade."
    doubts.append(Doubt("columns_uncertain", f"”{name}”: {detail}", where))
    return cells_row([name, *[""] * (len(cells) - 1), cells[-1]], where)


def _starts_name(lines: Sequence[Line], low: int, start: int) -> bool:
    """A name starts after a blank line, after the rows before, or with the empty icon cells."""
    return start == low or lines[start - 1].blank or lines[start].text.startswith("  ")
