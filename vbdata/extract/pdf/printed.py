"""What is printed on a page: words, lines of them, and grids of cells, beside what is drawn there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vbdata.extract.document import Doubt, Place, Printed
from vbdata.extract.pdf.drawing import Box, Mark, Rule
from vbdata.extract.tables import Line, headers_in
from vbdata.extract.tables import Word as PlacedWord

_SPACE = 0.42  # of the line's height: a wider gap between words is a gap between cells
_TOUCH = 0.07  # of the line's height: words with no wider gap are one
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_SHOWN = {"\u0002": "-", "\ufffe": "-", "\u2010": "-", "\u2011": "-", "\u00ad": ""}


@dataclass(slots=True)
class Word:
    """Characters without a space between them: x from the left, y downwards.

    `space_after` tells of a space in the file; those that pdfium adds in gaps do not count. `line` is the
    ordinal of its line on the page.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    index: int
    space_after: bool
    line: int = 0
    page: int = 0
    height: float = 0.0
    middle: float = 0.0

    def __post_init__(self) -> None:
        self.height = self.y1 - self.y0
        self.middle = (self.y0 + self.y1) / 2


@dataclass(slots=True)
class TextLine:
    """Words of one line in one cell or paragraph, from left to right; `marks` stand beside it."""

    words: list[Word]
    bold: bool = False
    marks: list[Mark] = field(default_factory=list)
    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    y1: float = 0.0
    height: float = 0.0
    middle: float = 0.0

    def __post_init__(self) -> None:
        words = self.words
        self.text = _spaced(words)
        self.x0, self.x1 = words[0].x0, max([w.x1 for w in words])
        self.y0, self.y1 = min([w.y0 for w in words]), max([w.y1 for w in words])
        self.height = self.y1 - self.y0
        self.middle = (self.y0 + self.y1) / 2

    @property
    def ends_in_space(self) -> bool:
        return self.words[-1].space_after

    @property
    def page(self) -> int:
        return self.words[0].page

    @property
    def place(self) -> Place:
        return Place(self.words[0].line, self.words[0].page)

    @property
    def printed(self) -> Printed:
        return Printed(shown(self.text), self.place)

    @property
    def box(self) -> Box:
        return self.x0, self.y0, self.x1, self.y1

    def only(self, words: Sequence[Word]) -> TextLine | None:
        """The line with some of its words alone."""
        if len(words) == len(self.words):
            return self
        return TextLine(list(words), self.bold) if words else None


@dataclass(slots=True)
class GridCell:
    """One cell of a grid, merged ones once: rows `row` to `last_row`, columns likewise.

    What stands in a `doubtful` cell may belong to the one beside it.
    """

    row: int
    column: int
    last_row: int
    last_column: int
    box: Box
    words: list[Word] = field(default_factory=list)
    mark: Mark | None = None
    lines: list[TextLine] = field(default_factory=list)
    doubtful: bool = False

    @property
    def text(self) -> str:
        return " ".join([line.text for line in self.lines])


@dataclass
class Grid:
    """A table on one page.

    Attributes
    ----------
    xs, ys
        Edges of columns and rows.
    open_top, open_bottom
        No rule closes the first or last row there: it was cut by the page's end.
    placed
        Its rows and columns were told by place, and by what rules there are.
    """

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    open_top: bool = False
    open_bottom: bool = False
    placed: bool = False

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def words(self) -> list[Word]:
        return [word for cell in self.cells for word in cell.words]

    @property
    def lines(self) -> list[TextLine]:
        return [line for cell in self.cells for line in cell.lines]

    def row(self, number: int) -> list[GridCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.cells if cell.row == number]


@dataclass
class Page:
    """What one page holds, in points from its top left corner: grids, and lines and marks outside them.

    `unreadable` are words with characters that the file's fonts give no letter for; one that stands
    by itself is a symbol, and none of them. `astray` are words that do not run along the displayed line;
    a page most of which stands on its side is turned first, by `turned` degrees. `pictured` is the part of
    the page that pictures cover, and `recognised` whether a program laid its words under a picture of it.
    `removed` is where furniture stood. A `damaged` page has nothing.
    """

    number: int
    width: float = 595.0
    height: float = 842.0
    words: list[Word] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    shades: list[Box] = field(default_factory=list)
    unreadable: list[Word] = field(default_factory=list)
    astray: list[Word] = field(default_factory=list)
    turned: int = 0
    pictured: float = 0.0
    recognised: bool = False
    damaged: bool = False
    grids: list[Grid] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)
    removed: list[Box] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def all_lines(self) -> list[TextLine]:
        """Lines outside the grids, then those of their cells."""
        return [*self.lines, *(line for grid in self.grids for line in grid.lines)]

    def only(self, words: Iterable[Word]) -> None:
        """Leave some words of the lines outside grids."""
        left = {id(word) for word in words}
        kept = (line.only([w for w in line.words if id(w) in left]) for line in self.lines)
        self.lines = [line for line in kept if line is not None]


def shown(text: str) -> str:
    """Text with the hyphens that a page shows, whatever signs pdfium gives for them.

    >>> shown("grupp\u2010och service\u0002")
    'grupp-och service-'
    """
    for sign, hyphen in _SHOWN.items():
        text = text.replace(sign, hyphen)
    return text


def _spaced(words: Sequence[Word]) -> str:
    """Words of one line as text; parts that touch are one word."""
    text = words[0].text
    for last, word in pairwise(words):
        near = last.x0 <= word.x0 < last.x1 + _TOUCH * last.height
        text += word.text if near and not last.space_after else " " + word.text
    return text.translate(_LIGATURES) if max(text) >= "ﬀ" else text


def lines_of(words: Iterable[Word]) -> list[TextLine]:
    """Group words into lines from top to bottom."""
    rows: list[list[Word]] = []
    level = 0.0
    for word in sorted(words, key=lambda w: w.middle):
        if rows and word.middle - level < 0.5 * max(word.height, rows[-1][0].height):
            rows[-1].append(word)
        else:
            rows.append([word])
            level = word.middle
    return [TextLine(sorted(row, key=lambda w: w.x0)) for row in rows]


def placed_line(line: TextLine) -> Line:
    """A line as tables by place take it."""
    height = max([word.height for word in line.words])
    words = [PlacedWord(line.words[0].text, line.words[0].x0, line.words[0].x1)]
    for last, word in pairwise(line.words):
        words.append(PlacedWord(word.text, word.x0, word.x1, word.x0 - last.x1 > _SPACE * height))
    return Line.of(words, line.y0, line.y1, height)


def is_known_header(lines: Iterable[TextLine]) -> bool:
    """Whether the header of a table that the vocabulary has is among lines."""
    words = (word for line in lines for word in line.words)
    return bool(headers_in([placed_line(line) for line in lines_of(words)]))
