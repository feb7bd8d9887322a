"""Where the words of a table's cells stand in a text: each cell's printed lines, found again in the source.

A reader makes rows of lines in many ways (columns, order, frames, mark-up that wraps) and mends words on the
way. What it gives is laid over the source here, once for all of them: a cell's words are looked for line by
line from its row's on, and a line is named only where the words do stand on it. A cell of which a part is not
found keeps its row's place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from vbdata.extract.decode import Line
from vbdata.extract.document import Block, Cell, Printed, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.markup import plain

_NEAR, _FAR = 14, 40
"""Filled lines that may stand between two lines of a cell: of other cells; and where a page ends, with its
foot and head and the table's header, each title on lines of its own."""
_MARKS = re.compile(r"[\s|*_\\#<>–-]+")
_BETWEEN_MARKS = re.compile(r"[^\s|*_\\#<>–-]+")
_MARKED = re.compile(r"[<&\[]")
_HYPHENS = ("-", "–")
_CELL_START = re.compile(r"(?:^|[|\t>]|\s\s)[\s*]*$")
_CELL_END = re.compile(r"[\s*\\-]*(?:$|[|\t<])|\s\s")


@dataclass(frozen=True)
class _Letters:
    """A text without white space, hyphens and mark-up, and where each letter stands in it."""

    text: str

    @cached_property
    def letters(self) -> str:
        return _MARKS.sub("", self.text)

    @cached_property
    def at(self) -> tuple[int, ...]:
        return tuple(i for found in _BETWEEN_MARKS.finditer(self.text) for i in range(*found.span()))

    def parts(self, i: int) -> bool:
        """Whether a word, or the half of one at a hyphen, ends before letter `i`."""
        return i in (0, len(self.at)) or self.at[i] > self.at[i - 1] + 1


@dataclass(frozen=True, slots=True)
class _Run:
    """So many letters of a cell stand on a line; `whole` where whole words and all of a cell there."""

    count: int
    whole: bool


def with_lines(blocks: Sequence[Block], lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of a text with the printed lines of each table cell that does not stand at its row's place.

    `lines` are the source's as they were before anything was joined or taken out.
    """
    if not any(isinstance(block, Table) for block in blocks):
        return tuple(blocks)
    source = _Source(lines)
    return tuple(source.table(block) if isinstance(block, Table) else block for block in blocks)


class _Source:
    """The filled lines of a text, in the order of their numbers."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = sorted((line for line in lines if not line.blank), key=lambda line: line.number)
        self.numbers = [line.number for line in self.lines]
        self.known: dict[int, _Letters] = {}

    def table(self, table: Table) -> Table:
        rows: list[Row] = []
        above = table.place.line or 1
        for row in table.rows:
            here = row.place.line or above
            cells = tuple(self._cell(cell, here, above) for cell in row.cells)
            rows.append(row if all(map(_same, cells, row.cells)) else replace(row, cells=cells))
            above = here
        return replace(table, rows=tuple(rows))

    def _cell(self, cell: Cell, here: int, above: int) -> Cell:
        if not cell.text or self._stands_on(cell.text, here):
            return cell
        text, runs = _Letters(cell.text), dict[tuple[int, int], _Run]()
        starts = (here,) if above >= here else (here, above)
        tries = (self._found(text, start, reach, runs) for reach in (_FAR, _NEAR) for start in starts)
        return replace(cell, lines=next((found for found in tries if found), ()))

    def _stands_on(self, text: str, number: int) -> bool:
        """Whether all of a text stands on the lines of one number, in whatever order of its words."""
        first, end = bisect_left(self.numbers, number), bisect_right(self.numbers, number)
        if any(text in line.text for line in self.lines[first:end]):
            return True
        letters = [self._letters(i).letters for i in range(first, end)]
        return all(any(word in line for line in letters) for word in _MARKS.split(text))

    def _found(
        self, text: _Letters, start: int, reach: int, runs: dict[tuple[int, int], _Run]
    ) -> tuple[Printed, ...]:
        """The lines that a text stands on, from a line on; none where a part of it is not found.

        `runs` keeps what was seen of the text by where in it, and on which line.
        """
        found: list[Printed] = []
        i, done = bisect_left(self.numbers, start), 0
        while done < len(text.letters):
            best, count = self._best(text, done, i, reach, runs)
            if not count:
                return ()
            low = text.at[done] if done else 0
            done += count
            high = text.at[done] if done < len(text.at) else len(text.text)
            found.append(Printed(text.text[low:high].strip(), place(self.lines[best])))
            i = best + 1
        return tuple(found)

    def _best(
        self, text: _Letters, done: int, start: int, reach: int, runs: dict[tuple[int, int], _Run]
    ) -> tuple[int, int]:
        """The line on which a text goes on, and how many letters of it stand there.

        The next one of which a cell is just that; near by, where cells cannot be told, the one with most.
        """
        best, most = start, 0
        first = text.letters[done : done + (1 if text.parts(done + 1) else 2)]
        for i in range(start, min(start + reach, len(self.lines))):
            line = self._letters(i)
            if first not in line.letters:
                continue
            run = runs.get((done, i)) or _run(text, done, line)
            runs[done, i] = run
            if run.whole:
                return i, run.count
            if run.count > most and reach == _NEAR:
                best, most = i, run.count
        return best, most

    def _letters(self, i: int) -> _Letters:
        if i not in self.known:
            text = self.lines[i].text
            self.known[i] = _Letters(plain(text) if _MARKED.search(text) else text)
        return self.known[i]


def _same(a: Cell, b: Cell) -> bool:
    return a is b


def _run(text: _Letters, done: int, line: _Letters) -> _Run:
    """How much of a text from a letter on stands on a line, in whole words or halves of broken ones."""
    rest = text.letters[done : done + len(line.letters)]
    low, high = 0, 4
    while high < len(rest) and rest[:high] in line.letters:  # on most lines not even its first letters stand
        low, high = high, 2 * high
    high = min(high, len(rest))
    while low < high:  # a text of which a part is not there is not there
        middle = (low + high + 1) // 2
        low, high = (middle, high) if rest[:middle] in line.letters else (low, middle - 1)
    best = _Run(0, False)
    start = line.letters.find(rest[:low]) if low else -1
    while start >= 0 and low:
        if line.parts(start):
            best = max(best, _ended(text, done, line, start, low), key=lambda run: (run.whole, run.count))
        start = line.letters.find(rest[:low], start + 1)
    return best


def _ended(text: _Letters, done: int, line: _Letters, start: int, count: int) -> _Run:
    """A run up to the end of a word, or of what a cell holds of a broken one."""
    while count:
        end = line.at[start + count - 1] + 1
        ends, parts = bool(_CELL_END.match(line.text, end)), text.parts(done + count)
        if line.parts(start + count) and (ends or parts):
            told = ends and (parts or line.text[end : end + 1] in _HYPHENS)
            return _Run(count, told and bool(_CELL_START.search(line.text[: line.at[start]])))
        count -= 1
    return _Run(0, False)
