"""Tables whose cells stand on lines of their own, as libraries print the text of a PDF that Word made.

Word ends each cell in a space, so that an empty cell is a line that holds one space. Nothing parts a row from
the one before it, or from that one's analysis: a row is known by its last cells, and its label by what the
vocabulary knows, else by where a sentence ends. Such a table is printed again as the space-delimited reader
wants it: a row's cells on the last line of its label, and blank lines around.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vbdata.extract.decode import Line
from vbdata.extract.spaced.complaints import known_category, known_group, piece_of_group
from vbdata.extract.spaced.patterns import COUNT, DATE, ENDS_IN_PERIOD, PERIOD, SOME, TARGET
from vbdata.extract.spaced.rows import run_together
from vbdata.vocabulary import indicator_index, key
from vbdata.vocabulary.tables import Layout

#: A value wraps over at most this many lines.
_WRAPS = 5
_COUNTS = 4
_DEVIATION = 20
_LABEL_LINES = 12
_COLUMN = 72

_PERIOD = re.compile(rf"\s*(?:{PERIOD})\s*")
_DATE = re.compile(rf"\s*{DATE}\s*")
_ENDS_IN_DATE = re.compile(rf"(?:^|\s){DATE}\s*$")
_VALUE = re.compile(rf"\s*{TARGET}\s*")
_COUNT = re.compile(rf"\s*{COUNT}\s*")
_ENDS_IN_VALUES = re.compile(rf"(?:(?:^|\s)(?:{SOME}))+\s+(?:{PERIOD})\s*$")
_ENDS_IN_DATES = re.compile(rf"{DATE}\s+{DATE}(?:\s+\S.{{0,{_DEVIATION}}}?)?\s*$")
# Several cells on one line, most of them empty.
_SEVERAL = re.compile(r" {4,}$|\d(?: ?%)? {3,}\d")
_SENTENCE = re.compile(r"[.!?]\s*$")


@dataclass(frozen=True, slots=True)
class _Row:
    """Where a row's label starts, where its cells start, and where it ends (half-open)."""

    start: int
    cells: int
    end: int


def unstacked(lines: Sequence[Line], layout: Layout) -> tuple[Sequence[Line], int | None]:
    """A table's lines with each row's cells on the last line of its label, if they are stacked.

    And the number of the first line of words after a form's last row, as each row has its cells.
    """
    if any(_SEVERAL.search(line.text) for line in lines):
        return lines, None
    rows = {
        "indicators": _indicator_rows,
        "activities": _activity_rows,
        "complaints": _complaint_rows,
    }[layout.table](lines, len(layout.columns))
    found = list(rows)
    if not found:
        return lines, None
    rest = _after_form(lines, found[-1].end) if layout.table == "complaints" else None
    end = len(lines) if rest is None else rest
    return _printed(lines[:end], found), None if rest is None else lines[rest].number


def _after_form(lines: Sequence[Line], end: int) -> int | None:
    """The first line of words after a form's last row, where no cells follow."""
    rest = [i for i in range(end, len(lines)) if not lines[i].blank]
    return rest[0] if rest and not any(_is_cell(lines[i]) for i in rest) else None


def parted(lines: Sequence[Line], layout: Layout) -> Sequence[Line]:
    """A table's lines with blank ones around each row, where the converter left none between them.

    The row's cells are on one line, as in ``80 % 79 % 79 % 2023``, perhaps with the end of its label.
    """
    known = {"indicators": _known_indicator, "activities": _unknown}.get(layout.table)
    ending = _ENDS_IN_VALUES if layout.table == "indicators" else _ENDS_IN_DATES
    if known is None or sum(not line.text for line in lines) > sum(map(_matches(ending), lines)):
        return lines
    out: list[Line] = []
    done = 0
    for i in range(len(lines)):
        cells = _cells_of(lines, done, i, ending)
        if cells is None:
            continue
        first, label = cells
        last = first if not label.blank else _last_filled(lines, done, first)
        if last < done or (label.blank and (last == first or lines[last].blank)):
            continue
        named = [*lines[:first], label]
        if _is_analysis(named[last]):  # no name stands between
            continue
        start = _label_start(named, done, last, known)
        blank = Line(lines[start].number, "", lines[start].page)
        out += [*lines[done:start], blank, *lines[start : i + 1], blank]
        done = i + 1
    return [*out, *lines[done:]]


def _matches(pattern: re.Pattern[str]) -> Callable[[Line], bool]:
    return lambda line: bool(pattern.search(line.text))


def _cells_of(lines: Sequence[Line], low: int, last: int, ending: re.Pattern[str]) -> tuple[int, Line] | None:
    """The line where the cells start that end with line `last`, and what stands before them on it."""
    if not (ENDS_IN_PERIOD.search(lines[last].text) or ending.search(lines[last].text)):
        return None
    for first in range(last, max(low, last - _WRAPS) - 1, -1):
        line = lines[first]
        if found := ending.search(run_together(lines[first : last + 1])):
            return first, Line(line.number, line.text[: found.start()], line.page)
    return None


def _printed(lines: Sequence[Line], rows: Sequence[_Row]) -> list[Line]:
    stripped = not any(line.text.endswith(" ") for line in lines)
    out: list[Line] = []
    done = 0
    for row in rows:
        filled = [line for line in lines[row.start : row.cells] if not line.blank]
        cells = [line for line in lines[row.cells : row.end] if line.text]
        texts = [f"{line.text} " if stripped else line.text for line in (filled[-1], *cells)]
        around = Line(filled[0].number, "", filled[0].page)
        whole = Line(filled[-1].number, "".join(texts), filled[-1].page)
        out += [*lines[done : row.start], around, *filled[:-1], whole, around]
        done = row.end
    return [*out, *lines[done:]]


def _last_filled(lines: Sequence[Line], low: int, high: int) -> int:
    """The last line before `high` that is not blank, at least `low`."""
    return next((i for i in range(high - 1, low, -1) if not lines[i].blank), low)


def _indicator_rows(lines: Sequence[Line], width: int) -> Iterator[_Row]:
    done = 0
    for i, line in enumerate(lines):
        if i < done or line.blank or not _PERIOD.fullmatch(line.text):
            continue
        cells = _values_above(lines, done, i, width - 2)
        if cells == i or cells <= done:
            continue
        last = _last_filled(lines, done, cells)
        if not lines[last].blank and not _is_analysis(lines[last]):
            yield _Row(_label_start(lines, done, last, _known_indicator), cells, i + 1)
        done = i + 1


def _values_above(lines: Sequence[Line], low: int, last: int, count: int) -> int:
    """Where the cells start that end above line `last`, at most `count` of them."""
    at = last
    for _ in range(count):
        above = _value_above(lines, low, at)
        if above is None:
            break
        at = above
    return at


def _value_above(lines: Sequence[Line], low: int, at: int) -> int | None:
    """Where the cell starts that ends above line `at`: an empty one, or a value that may wrap."""
    i = at - 1
    while i > low and not lines[i].text:
        i -= 1
    if i <= low:
        return None
    if lines[i].blank:
        return i
    for first in range(i, max(low, i - _WRAPS), -1):
        if lines[first].blank:
            return None
        if _VALUE.fullmatch(run_together(lines[first : i + 1])):
            return first
    return None


def _known_indicator(text: str) -> float:
    found = indicator_index().find(text)
    return found.score if found.entry else 0.0


def _unknown(_: str) -> float:
    """Activities are in no vocabulary."""
    return 0.0


def _label_start(lines: Sequence[Line], low: int, last: int, known: Callable[[str], float]) -> int:
    """Where the label starts that ends in line `last`: after the row before, or after that one's analysis."""
    analysis = next((i for i in range(last, low - 1, -1) if _is_analysis(lines[i])), None)
    if analysis is None:
        return next(i for i in range(low, last + 1) if not lines[i].blank)
    least = max(analysis + 1, last - _LABEL_LINES)
    starts = [i for i in range(least, last + 1) if not lines[i].blank]
    best = max(starts, key=lambda i: known(run_together(lines[i : last + 1])))
    if known(run_together(lines[best : last + 1])):
        return best
    above = {i: _last_filled(lines, analysis, i) for i in starts[1:]}
    ended = [i for i, before in above.items() if _SENTENCE.search(lines[before].text)]
    apart = [i for i, before in above.items() if i - before > 1]
    wide = [i for i, before in above.items() if len(lines[before].text) > _COLUMN]
    return next((found[-1] for found in (ended, apart, wide) if found), starts[0])


def _is_analysis(line: Line) -> bool:
    return key(line.text) == "analys"


def _activity_rows(lines: Sequence[Line], width: int) -> Iterator[_Row]:
    done = 0
    for i, line in enumerate(lines):
        second = _next(lines, i + 1) if i >= done and _ENDS_IN_DATE.search(line.text) else None
        if second is None or not _DATE.fullmatch(lines[second].text):
            continue
        alone = bool(_DATE.fullmatch(line.text))
        last = _last_filled(lines, done, i) if alone else i
        if lines[last].blank or last < done or (alone and last == i) or _is_analysis(lines[last]):
            continue
        end = _after_deviation(lines, second + 1) if width > 3 else second + 1
        yield _Row(_label_start(lines, done, last, _unknown), i if alone else second, end)
        done = end


def _after_deviation(lines: Sequence[Line], end: int) -> int:
    """Where a row ends with its deviation: an empty cell is there too where cells end in a space."""
    after = _next(lines, end) if lines[end - 1].text.endswith(" ") else None
    return end if after is None or not _deviation(lines[after]) else after + 1


def _next(lines: Sequence[Line], i: int) -> int | None:
    """The next line that holds a cell, if only of a space."""
    return next((j for j in range(i, min(i + 3, len(lines))) if lines[j].text), None)


def _deviation(line: Line) -> bool:
    return len(line.text.strip()) <= _DEVIATION and not _is_analysis(line)


def _complaint_rows(lines: Sequence[Line], _: int) -> Iterator[_Row]:
    done = i = 0
    while i < len(lines):
        if not _is_cell(lines[i]):
            i += 1
            continue
        cells = _run_of_cells(lines, i)
        last = _last_filled(lines, done, i)
        after = cells[-1] + 1
        if not lines[last].blank and not _is_cell(lines[last]) and len(cells) >= _COUNTS:
            _, start = _labels(lines, done, last)
            counted = any(not lines[each].blank for each in cells)
            if counted or not _is_group(lines, done, last, start, len(cells)):
                after = done = _row_end(lines, cells)
                yield _Row(start, i, done)
        i = after


def _is_cell(line: Line) -> bool:
    return bool(line.text and _COUNT.fullmatch(line.text))


def _run_of_cells(lines: Sequence[Line], first: int) -> list[int]:
    """Lines of empty cells and counts in a row, without those that hold nothing at all."""
    found = []
    for i in range(first, len(lines)):
        if _is_cell(lines[i]):
            found.append(i)
        elif lines[i].text:
            break
    return found[: _COUNTS + 1]


def _is_group(lines: Sequence[Line], low: int, last: int, start: int, cells: int) -> bool:
    """Whether a group's label and the empty lines of its merged cell stand there, and no row."""
    whole = _group_likeness(lines[low : last + 1])
    return whole > known_category(run_together(lines[start : last + 1])) or bool(whole and cells <= _COUNTS)


def _labels(lines: Sequence[Line], low: int, last: int) -> tuple[int, int]:
    """Where the group's label and the row's own start, in what stands between two rows' cells.

    What comes before both is the comment of the row before.
    """
    starts = [i for i in range(max(low, last - _LABEL_LINES), last + 1) if not lines[i].blank]
    start = max(starts, key=lambda i: known_category(run_together(lines[i : last + 1])))
    if not known_category(run_together(lines[start : last + 1])):
        start = starts[0]
    before = [i for i in starts if i < start]
    group = max(before, key=lambda i: _group_likeness(lines[i:start]), default=start)
    return group if group < start and _group_likeness(lines[group:start]) else start, start


def _group_likeness(lines: Sequence[Line]) -> float:
    """How alike lines and a group's label are, or the end of one that a page break cut."""
    text = run_together(lines)
    return known_group(text) or (1.0 if piece_of_group(text) == "end" else 0.0)


def _row_end(lines: Sequence[Line], cells: Sequence[int]) -> int:
    """Where a row ends: with its empty comment, or with the comment that stands before the next labels."""
    if len(cells) > _COUNTS:
        return cells[-1] + 1
    low = cells[-1] + 1
    following = next((i for i in range(low, len(lines)) if _is_cell(lines[i])), None)
    if following is None:
        return next((i for i in range(low, len(lines)) if not lines[i].text), len(lines))
    last = _last_filled(lines, low, following)
    if lines[last].blank:
        return low
    group, start = _labels(lines, low, last)
    if start > low or known_category(run_together(lines[start : last + 1])):
        return group
    # No row's label ends there: the comment does, or a group's label and the lines of its merged cell.
    starts = [i for i in range(low, last + 1) if not lines[i].blank]
    best = max(starts, key=lambda i: _group_likeness(lines[i : last + 1]))
    return best if _group_likeness(lines[best : last + 1]) else last + 1
