"""Rows of an indicator table: they end in a period."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

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
_BARE = re.compile(r"[-−–]?\d+(?:[.,]\d+)?")
_MAY_BE_ONE = re.compile(r"\d \d{3}(?!\d)")
_ABOUT = re.compile(ABOUT)
_THOUSANDS = re.compile(r"[-−–]?\d{1,3} \d{3}(?:,\d+)?(?: ?%)?")


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


@cache
def _loose_row(layout: str) -> re.Pattern[str]:
    """The same where runs of spaces were lost: what is there, in order, can still be read."""
    return re.compile(rf"^\s*([^\W\d].*?)((?:\s+{SOME})+)\s+({PERIOD})\s*$", re.S)


def indicator_rows(lines: Sequence[Line], layout: Layout, doubts: list[Doubt]) -> Iterator[Row]:
    """Rows with a cell per column, and the text rows between them; what is unsure is added to `doubts`."""
    done = 0
    for i, line in enumerate(lines):
        if i < done or not ENDS_IN_PERIOD.search(line.text):
            continue
        found = _row_ending_at(lines, done, i, layout, doubts)
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
        if match and not (_grouped(match.groups("")[1:-1]) and _no_empty_cells(lines)):
            first, name = _whole_name(lines, low, start, match[1])
            return first, cells_row([name, *match.groups("")[1:]], place(lines[first]))
    return _loose_row_ending_at(lines, low, last, layout, doubts)


def _left_out(name: str, cells: Sequence[str], where: Place, doubts: list[Doubt]) -> Row:
    """A row's name and period, where its words do not tell which values they are."""
    shown = " | ".join(filter(None, cells[:-1]))
    detail = f"det går inte att se vilka tal som hör ihop i raden ({shown}), så de är utelämnade."
    doubts.append(Doubt("columns_uncertain", f"”{name}”: {detail}", where))
    return cells_row([name, *[""] * (len(cells) - 1), cells[-1]], where)


def _grouped(values: Sequence[str]) -> bool:
    """Whether two values in a row may be one, as "1 250 %" may be 1 and 250 % where no white space tells."""
    return any(_THOUSANDS.fullmatch(f"{a} {b}") for a, b in pairwise(values))


def _no_empty_cells(lines: Sequence[Line]) -> bool:
    """Whether no line shows an empty cell: then their white space may be lost."""
    return not any("  " in line.text for line in lines)


def _starts_name(lines: Sequence[Line], low: int, start: int) -> bool:
    """A name starts after a blank line, after the rows before, or with the empty icon cells."""
    return start == low or lines[start - 1].blank or lines[start].text.startswith("  ")


def _whole_name(lines: Sequence[Line], low: int, start: int, name: str) -> tuple[int, str]:
    """Where a blank line (a page break) cuts a known name in two, take the part above as well."""
    if indicator_index().find(name).entry:
        return start, name
    above = start - 1
    while above > low and lines[above].blank:
        above -= 1
    first = above
    while first > low and not lines[first - 1].blank:
        first -= 1
    if first < low or first >= start or lines[above].blank:
        return start, name
    longer = f"{run_together(lines[first : above + 1])} {name}"
    return (first, longer) if indicator_index().find(longer).entry else (start, name)


def _loose_row_ending_at(
    lines: Sequence[Line], low: int, last: int, layout: Layout, doubts: list[Doubt]
) -> tuple[int, Row] | None:
    for start in range(last, max(low, last - _ROW_LINES) - 1, -1):
        if lines[start].blank or not _starts_name(lines, low, start):
            continue
        match = _loose_row(layout.code).match(run_together(lines[start : last + 1]))
        if not match:
            continue
        name = " ".join(match[1].split())
        values = re.findall(SOME, match[2])
        cells, detail = _placed(name, values, len(layout.columns) - 2)
        if detail:
            doubts.append(Doubt("columns_uncertain", f"”{name}”: {detail}", place(lines[start])))
        return start, cells_row([name, *cells, match[3]], place(lines[start]))
    return None


def _placed(name: str, values: Sequence[str], count: int) -> tuple[list[str], str]:
    """Values in `count` cells, and what is doubtful about it where the white space was lost.

    Fewer values than cells could be anything: an outcome with both targets, or with last year's and one. A
    number without a unit before others that have one may be the end of the name.
    """
    of_name = _BARE.fullmatch(values[0]) and any("%" in value for value in values[1:])
    named = not of_name or indicator_index().exact(name) is not None
    if len(values) == count and named and not _grouped(values):
        return list(values), ""
    shown = " | ".join(values)
    detail = (
        f"mellanrummen mellan cellerna är borta, så talen ({shown}) går inte att placera och är utelämnade."
    )
    return [""] * count, detail
