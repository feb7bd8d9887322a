"""A report as libraries print the text of a PDF that Word made: each cell on lines of its own."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from vbdata.sample.composed import Composed
from vbdata.sample.parts import BREAK, Part, RowPart
from vbdata.sample.spaced import _HEADER_WIDTHS, _WIDTHS, SpacedWriter, wrap


class StackedWriter(SpacedWriter):
    """Cells as lines, empty ones as a line that holds a space; pages end in their number."""

    def blank(self) -> None:
        """No blank line anywhere."""

    def turn_page(self) -> None:
        self.lines += [" ", f"{self.page} ", ""]
        self.page, self.used = self.page + 1, 0

    def _header(self, table: str, cells: tuple[str, ...]) -> None:
        self._flow(cells, _HEADER_WIDTHS[table, len(cells)])

    def _flow(self, cells: Sequence[str], widths: Sequence[int], start: str = "") -> None:
        for cell, width in zip(cells, widths, strict=True):
            for piece in wrap(cell, width) or [" "]:
                self.emit(piece)

    def _row(self, table: str, row: RowPart) -> None:
        self._flow(row.cells, _WIDTHS[table, len(row.cells)])

    def _complaint(self, row: RowPart, label: str, beside: bool) -> None:
        for piece in wrap(label, 20) if label else ():
            self.emit(piece)
        self._flow(row.cells[1:], _WIDTHS["complaints", 7][1:])


def stacked_text(composed: Composed) -> str:
    """The report of a composition for the ``spaced`` dialect, printed with a cell per line."""
    return StackedWriter(Random(composed.seed), composed.style).write(composed.parts)


def inline_text(composed: Composed) -> str:
    """The same where the values of a row share a line and empty cells leave no trace."""
    return InlineWriter(Random(composed.seed), composed.style).write(composed.parts)


class InlineWriter(StackedWriter):
    """Cells that fit follow each other on a line, as other libraries join what stands at one height."""

    def _flow(self, cells: Sequence[str], widths: Sequence[int], start: str = "") -> None:
        line = ""
        for cell, width in zip(cells, widths, strict=True):
            pieces = wrap(cell, width)
            if len(pieces) > 1:
                for piece in [line + pieces[0], *pieces[1:]]:
                    self.emit(piece)
                line = ""
            else:
                line += pieces[0] if pieces else ""
        if line:
            self.emit(line)


class ParagraphWriter(StackedWriter):
    """A Word file as plain text: each paragraph a line, in cells too; an empty cell is an empty line."""

    def turn_page(self) -> None:
        """No pages."""

    def _wrapped(self, text: str, width: int, hyphens: bool = False) -> None:
        self.emit(text.replace(BREAK, ""))

    def _flow(self, cells: Sequence[str], widths: Sequence[int], start: str = "") -> None:
        for cell in cells:
            self.emit(cell.replace(BREAK, ""))

    def _complaint(self, row: RowPart, label: str, beside: bool) -> None:
        self._flow(row.cells, ())

    def write(self, made: Sequence[Part]) -> str:
        return "\n".join(line.strip() for line in super().write(made).split("\n"))


def paragraph_text(composed: Composed, between: str = "\n") -> str:
    """A Word file as plain text, paragraphs one under the other or with `between` between them."""
    made = ParagraphWriter(Random(composed.seed), composed.style).write(composed.parts)
    return made.replace("\n", between)
