"""Tables drawn with characters: frames around the cells, or rules of dashes that show the columns.

Frames are grids of ``+---+`` or of box characters, as Pandoc, Emacs, reStructuredText and browsers for
terminals draw them; a cell may cover several columns or rows. Rules stand over the columns ("simple" and
"multiline" tables). Cells wrap inside their column, so that their text is joined over lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.markup import plain

_DRAWS = re.compile("--|==|[─━═]")
_TO_ASCII = str.maketrans(
    dict.fromkeys("─━═╌┄", "-")
    | dict.fromkeys("│┃║", "|")
    | dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╒╤╕╞╪╡╘╧╛", "+")
)
_FRAME = re.compile(r"^\s*\+(?:[-=:]+\+)+\s*$")
_PART_FRAME = re.compile(r"\+[-=]{2,}")
_COLUMN_RULE = re.compile(r"^\s*(?:-{2,}|={2,})(?:\s+(?:-{2,}|={2,}))+\s*$")
_LONG_RULE = re.compile(r"^\s*-{10,}\s*$")
_HEADER_LINES = 14
_ROWS_LIMIT = 4_000
#: In a column this narrow any line that fills it may be the rest of a broken word.
_NARROW = 8

Grid = list[list[str]]
"""A row under way: the lines of each of its cells."""


Drawn = dict[int, tuple[Table, int]]
"""Tables by the index of their first line, with the index after their last."""


def lines_in(drawn: Drawn) -> set[int]:
    """Indices of the lines that tables take."""
    return {i for start, (_, end) in drawn.items() for i in range(start, end)}


def drawn_tables(lines: Sequence[Line]) -> Drawn:
    """All drawn tables of a text."""
    found: Drawn = {}
    done = 0
    for i, line in enumerate(lines):
        if i < done or not _DRAWS.search(line.text):
            continue
        text = line.text.translate(_TO_ASCII)
        if _FRAME.match(text):
            found[i] = _framed(lines, i)
            done = found[i][1]
        elif _COLUMN_RULE.match(text) and (ruled := _ruled(lines, i, done)):
            start, table, done = ruled
            found[start] = (table, done)
    return found


# -------------------------------------------------------------------------------------- frames


def _framed(lines: Sequence[Line], start: int) -> tuple[Table, int]:
    end = start
    texts: list[str] = []
    while end < len(lines) and end - start < _ROWS_LIMIT:
        text = lines[end].text.translate(_TO_ASCII).rstrip()
        if not text.lstrip().startswith(("+", "|")):
            break
        texts.append(text)
        end += 1
    cuts = sorted({i for text in texts if _FRAME.match(text) for i, mark in enumerate(text) if mark == "+"})
    rows = list(_framed_rows(texts, cuts, lines[start:end]))
    return Table(tuple(rows), place(lines[start])), end


def _framed_rows(texts: Sequence[str], cuts: Sequence[int], lines: Sequence[Line]) -> Iterator[Row]:
    """Rows of a frame; a merged cell stands in the first of the rows that it covers."""
    width = len(cuts) - 1
    grids: list[tuple[Grid, Place]] = []
    owner = [0] * width
    for text, line in zip(texts, lines, strict=True):
        closed = _closed(text, cuts)
        if any(closed):
            grids.append(([[] for _ in range(width)], place(line)))
            owner = [len(grids) - 1 if shut else old for shut, old in zip(closed, owner, strict=True)]
        if grids and not all(closed):
            for column, words in _framed_cells(text, cuts):
                if not closed[column]:
                    grids[owner[column]][0][column].append(words)
    for grid, where in grids:
        if any(any(cell) for cell in grid):
            yield _row(grid, [b - a - 3 for a, b in pairwise(cuts)], where)


def _closed(text: str, cuts: Sequence[int]) -> list[bool]:
    """The columns in which a line is a rule that ends the cells above it."""
    if "+" not in text or not _PART_FRAME.search(text):
        return [False] * (len(cuts) - 1)
    return [bool(re.fullmatch("[-=:+]+", text[a + 1 : b])) for a, b in pairwise(cuts)]


def _framed_cells(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(column, words) of a line; where the mark between two columns is missing they are one cell."""
    start = 0
    for column in range(1, len(cuts)):
        end = cuts[column]
        if column == len(cuts) - 1 or text[end : end + 1] in ("|", "+"):
            yield start, text[cuts[start] + 1 : end].strip()
            start = column


# --------------------------------------------------------------------------------------- rules


def _ruled(lines: Sequence[Line], rule: int, low: int) -> tuple[int, Table, int] | None:
    """(first line, table, end) of the table whose columns a rule shows."""
    starts = [found.start() for found in re.finditer(r"[-=]+", lines[rule].text)]
    top = rule
    while top > max(low, rule - _HEADER_LINES) and not lines[top - 1].blank and not _is_rule(lines[top - 1]):
        top -= 1
    many = top > low and bool(_LONG_RULE.match(lines[top - 1].text))  # cells wrap, blank lines part the rows
    header = lines[top:rule]
    body = rule + 1
    if not header:
        again = _same_rule(lines, rule)
        if again is None:
            return None
        header, body = (lines[rule + 1 : again], again + 1) if _ends_block(lines, again) else ([], rule + 1)
    end = _end_of_ruled(lines, body, many or not header)
    rows = [_row(_sliced(header, starts), _widths(starts), place(header[0]))] if header else []
    parts = _row_lines(lines[body:end], starts, many, "=" in lines[rule].text)
    rows += [_row(_sliced(part, starts), _widths(starts), place(part[0])) for part in parts]
    if any(_straddles(line.text, starts) for line in header) or not rows:
        return None
    start = top - 1 if many else min(top, rule)
    after = end + 1 if end < len(lines) and _is_rule(lines[end]) else end
    return start, Table(tuple(rows), place(lines[start])), after


def _is_rule(line: Line) -> bool:
    return bool(_LONG_RULE.match(line.text) or _COLUMN_RULE.match(line.text))


def _same_rule(lines: Sequence[Line], rule: int) -> int | None:
    """The next rule like this one: under the header, or under the whole table."""
    wanted = lines[rule].text.strip()
    for i in range(rule + 1, min(rule + _ROWS_LIMIT, len(lines))):
        if lines[i].text.strip() == wanted:
            return i
    return None


def _ends_block(lines: Sequence[Line], i: int) -> bool:
    """Whether rows follow a rule, so that what stood above it is a header."""
    return i + 1 < len(lines) and not lines[i + 1].blank


def _end_of_ruled(lines: Sequence[Line], start: int, to_rule: bool) -> int:
    """Where the rows end: at the next rule, or at a blank line in a table that has none under it."""
    for i in range(start, min(start + _ROWS_LIMIT, len(lines))):
        if _is_rule(lines[i]) or (lines[i].blank and not to_rule):
            return i
    return len(lines)


def _row_lines(lines: Sequence[Line], starts: Sequence[int], many: bool, wraps: bool) -> Iterator[list[Line]]:
    """Lines by row: parted by blank lines, or one each; where rows wrap, a blank first cell goes on."""
    part: list[Line] = []
    for line in lines:
        if line.blank or (not many and part and (not wraps or line.text[: starts[1]].strip())):
            if part:
                yield part
            part = []
        if not line.blank:
            part.append(line)
    if part:
        yield part


def _sliced(lines: Sequence[Line], starts: Sequence[int]) -> Grid:
    ends = [*starts[1:], None]
    return [
        [line.text[a if column else 0 : b].strip() for line in lines]
        for column, (a, b) in enumerate(zip(starts, ends, strict=True))
    ]


def _widths(starts: Sequence[int]) -> list[int]:
    return [b - a - 1 for a, b in pairwise([*starts, 10_000])]


def _straddles(text: str, starts: Sequence[int]) -> bool:
    return any(text[a - 1 : a + 1].strip() and text[a - 1 : a] != " " for a in starts[1:] if a < len(text))


# --------------------------------------------------------------------------------------- cells


def _row(grid: Grid, widths: Sequence[int], where: Place) -> Row:
    cells = []
    for lines, width in zip(grid, widths, strict=True):
        text = join_cell(["" if line == "\\" else line for line in lines], width)
        cells.append(Cell(plain(text), where))
    return Row(tuple(cells), where)


def join_cell(lines: Sequence[str], width: int) -> str:
    """The text of a cell that wraps; a blank line in it parts paragraphs.

    A word longer than the column is broken from its end, so that its later parts fill the column.

    >>> join_cell(["2", ",28", "kg"], 3), join_cell(["Analys", "", "Målet nås"], 9)
    ('2,28 kg', 'Analys\\nMålet nås')
    """
    text, gap = "", False
    for line in lines:
        if not line:
            gap = bool(text)
            continue
        broken = len(line) == width and " " not in line and (width <= _NARROW or line[:1].islower())
        text += ("\n" if gap else "" if broken or not text else " ") + line
        gap = False
    return text
