"""The space-delimited dialect (3): what is left of a PDF when only its words and their order are kept.

Every line and every table cell ends in one space, so that an empty cell is one space. A cell that wraps is
followed by a blank line; a word broken inside a cell has no space at the break. A merged label stands before
the last row of its group, followed by lines of white space. At a page break, white space before it is lost,
and the next line starts with a space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from vbdata.sample.parts import (
    BREAK,
    TOTAL,
    ContentsPart,
    CoverPart,
    HeadingPart,
    Part,
    Printer,
    RowPart,
    StatusPart,
    Style,
    TablePart,
    TextPart,
    cover_words,
    head_lines,
    rows_spanned,
)

_BODY, _HEADING, _SMALL = 94, 80, 122
_LINES = 44
#: Column widths in characters, by table and number of columns.
_WIDTHS = {
    ("indicators", 8): (26, 9, 7, 8, 9, 8, 8, 8),
    ("indicators", 4): (60, 9, 18, 13),
    ("activities", 4): (66, 12, 12, 12),
    ("activities", 3): (80, 12, 12),
    ("complaints", 7): (20, 31, 7, 7, 7, 7, 24),
}
_HEADER_WIDTHS = {**_WIDTHS, ("complaints", 7): (20, 28, 6, 6, 6, 7, 19)}


def wrap(text: str, width: int, hyphens: bool = False) -> list[str]:
    """Lines of at most `width` characters, each with the space that ends it unless a word is broken there.

    >>> wrap("Tas fram av nämnd/styrelse", 8)
    ['Tas fram ', 'av ', 'nämnd/st', 'yrelse ']
    >>> wrap("sin insats - Funktionsnedsättning", 22)
    ['sin insats -', ' Funktionsnedsättning ']
    """
    if 0 < len(text) <= width and BREAK not in text:
        return [f"{text} "]
    lines: list[str] = []
    line = ""
    for word in _words(text, hyphens):
        glue = "" if not line or line.endswith("\0") else " "
        if line and len(line.strip("\0")) + len(glue) + len(word.strip("\0")) > width:
            dash = line.endswith(" -") and width < _BODY
            lines.append(line.rstrip("\0") + ("" if dash else " "))
            line, glue = (" " if dash else ""), ""
        if len(word) > width and not line.strip():
            while len(word) > width:
                lines.append(line + word[:width])
                line, word = "", word[width:]
        line = line.rstrip("\0") + glue + word
    return [*lines, line.rstrip("\0") + " "] if line.strip() else lines


def _words(text: str, hyphens: bool) -> list[str]:
    """Words; a hyphen inside one is a place to break, which the marker \\0 shows."""
    words = text.replace(BREAK, "").split(" ")
    if not hyphens:
        return [word for word in words if word]
    return [piece for word in words for piece in re.sub(r"(?<=\w)-(?=\w)", "-\0 ", word).split(" ") if piece]


class SpacedWriter(Printer):
    """Writes line by line, since pages break between lines."""

    def __init__(self, rng: Random, style: Style) -> None:
        self.rng, self.style = rng, style
        self.lines: list[str] = []
        self.page, self.used, self.lead = 1, 0, ""
        self.front: CoverPart | None = None
        self.after: Part | None = None
        self.in_front = True
        self.head_variant = rng.randrange(4)
        self.loose = rng.random() < 0.4
        self.icon_lines = rng.random() < 0.5
        self.tight_dash = rng.random() < 0.3

    def write(self, made: Sequence[Part]) -> str:
        for number, part in enumerate(made):
            if isinstance(part, HeadingPart) and part.role == "direction":
                self.in_front = False
            self.after = made[number + 1] if number + 1 < len(made) else None
            self.part(part)
        return ("\n".join(self.lines) + "\n ").replace(TOTAL, str(self.page))

    def status(self, part: StatusPart) -> None:
        mark = f"{part.mark} " if part.mark else ""
        self.emit(f" {mark}{part.words}{part.after} ")
        if not (isinstance(self.after, TablePart) and self.rng.random() < 0.5):
            self.blank()

    # Lines and pages

    def emit(self, line: str) -> None:
        self.lines.append(self.lead + line)
        self.lead = ""
        self.used += 1

    def blank(self) -> None:
        """A blank line, but neither two in a row nor one at the start of a page."""
        if self.lines and self.lines[-1] != "" and not self.lead:
            self.lines.append("")

    def turn_page(self) -> None:
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        self.page, self.used = self.page + 1, 0
        if self.style.page_heads and self.front:
            heads = [f"{line} " for line in head_lines(self.front, self.head_variant, self.page)]
            self.lines += ["", "", *heads, " ", ""]
        else:
            self.lead = " "

    def _turn_if_full(self, reserve: int = 0) -> None:
        if self.used + reserve >= _LINES:
            self.turn_page()

    # Parts

    def cover(self, part: CoverPart) -> None:
        self.front = part
        cover = part.cover
        word, unit = cover_words(CoverPart(cover))
        for line in ("", " ", " ", " ", "", " ", f"{word}  "):
            self.emit(line)
        self._wrapped(unit, 36)
        for line in ("", " ", " ", "", "  ", ""):
            self.emit(line)
        self._wrapped(unit, 32)
        self.emit("")
        for line in ("Tjänsteutlåtande ", "", *((f"Dnr: {cover.dnr} ", " ", "") if cover.dnr else ())):
            self.emit(line)
        for line in (
            f"{cover.date_raw} ",
            "",
            "Handläggare  Till ",
            f"Ingen angiven {cover.board} ",
            "Telefon: ",
            "",
        ):
            self.emit(line)
        self._wrapped(unit, 32)
        for line in (" ", " ", "bjorkvik-tallasen "):
            self.emit(line)
        self.turn_page()

    def _wrapped(self, text: str, width: int, hyphens: bool = False) -> None:
        for line in wrap(text, width, hyphens):
            self.emit(line)

    def contents(self, part: ContentsPart) -> None:
        self.emit("Innehållsförteckning ")
        for text, page, _ in part.entries:
            lines = wrap(text, 86)
            dots = "." * (102 - len(lines[-1]))
            for line in [*lines[:-1], f"{lines[-1]}{dots}{page} "]:
                self.emit(line)
            self.blank()
        for line in (" ", "", "  ", ""):
            self.emit(line)
        self.turn_page()

    def heading(self, part: HeadingPart) -> None:
        run_in = self.in_front and part.role == "section"
        self._turn_if_full(2 if run_in else 6)
        if not run_in:
            self.blank()
        self._wrapped(part.text, 82 if part.role in ("board", "unit") else 74)
        if not self.in_front:
            self.blank()

    def text(self, part: TextPart) -> None:
        dash = ("-" if self.tight_dash else "- ") if part.item else ""
        for line in wrap(f"{dash}{part.text}", _BODY, hyphens=True):
            self._turn_if_full()
            self.emit(line)
        if isinstance(self.after, TextPart):
            if self.loose and not part.item and not self.lead:
                self.emit(" ")
        elif not (isinstance(self.after, HeadingPart) and self.after.role == "section"):
            self.blank()

    # Tables

    def table(self, part: TablePart) -> None:
        self._turn_if_full(12)
        self._header(part.table, part.header)
        groups = _segments(part.rows) if part.table == "complaints" else {}
        for number, row in enumerate(part.rows):
            if row.kind == "head":
                self.turn_page()
                self._header(part.table, row.cells)
            elif row.kind.startswith("analysis"):
                self._analysis(row)
            elif part.table == "complaints":
                self._complaint(row, *groups.get(number, ("", False)))
            else:
                self._row(part.table, row)

    def _header(self, table: str, cells: tuple[str, ...]) -> None:
        icons = "" if table == "complaints" else "   "
        if table == "indicators" and len(cells) == 8:
            words = [cell.replace(BREAK, "") for cell in cells]
            for line in _indicator_header(words):
                if line:
                    self.emit(line)
                else:
                    self.blank()
            return
        self._flow(cells, _HEADER_WIDTHS[table, len(cells)], icons)

    def _flow(self, cells: Sequence[str], widths: Sequence[int], start: str = "") -> None:
        """Cells one after the other; the line ends after a cell that wraps, and a blank line follows it."""
        line = start
        for cell, width in zip(cells, widths, strict=True):
            pieces = wrap(cell, width)
            if len(pieces) > 1:
                for piece in [line + pieces[0], *pieces[1:]]:
                    self.emit(piece)
                self.blank()
                line = ""
            else:
                line += pieces[0] if pieces else " "
        if line:
            self.emit(line)
        self.blank()

    def _row(self, table: str, row: RowPart) -> None:
        start = f"  {row.mark} " if row.mark else "  "
        if table == "indicators" and self.icon_lines:
            for line in (" ", " ", "", " ", ""):
                self.emit(line)
            start = ""
        self._flow(row.cells, _WIDTHS[table, len(row.cells)], start)

    def _analysis(self, row: RowPart) -> None:
        if row.kind == "analysis":
            self.emit("Analys ")
        self._wrapped(row.cells[0], _SMALL, hyphens=True)
        if row.cells[0]:
            self.blank()

    def _complaint(self, row: RowPart, label: str, beside: bool) -> None:
        if label:
            pieces = wrap(label, 20)
            if beside:  # the label's first line has the height of the row above
                self.lines.pop()
                self.lines[-1] += pieces.pop(0)
            for piece in [*pieces, " ", " ", " ", " "]:
                self.emit(piece)
            self.blank()
        self._flow(row.cells[1:], _WIDTHS["complaints", 7][1:])


def _segments(rows: Sequence[RowPart]) -> dict[int, tuple[str, bool]]:
    """Number of the last row of each group (or of its part on a page) → the label printed before it.

    The label stands beside the row above where the group has two rows and the first takes one line.
    """
    found: dict[int, tuple[str, bool]] = {}
    for number, row in enumerate(rows):
        if row.kind != "head" and row.cells[0]:
            span = rows_spanned(rows, number)
            beside = span == 2 and len(wrap(row.cells[1], 31)) == 1 and not row.cells[6]
            found[number + span - 1] = (row.cells[0], beside)
    return found


def _indicator_header(words: Sequence[str]) -> list[str]:
    """The eight headers of an indicator table, which the PDF's baselines mix in this way."""
    name, value, men, women, previous, target, council, period = words
    tail, *year = previous.rsplit(" ", 1) if " " in previous else (previous, "")
    first, _, rest = value.partition(" ")
    lines = [f"   {name} {first} ", *([f"{rest} "] if rest else []), ""]
    for cell in (men, women):
        lines += [f"{word} " for word in cell.split()] + [""]
    first, _, rest = council.partition(" ")
    return [*lines, f"{tail} ", f"{' '.join(year)} {target} {first} ", "", f"{rest} {period} ", ""]
