"""Print a report as text in each of the dialects that converters make of it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from random import Random

from vbdata.sample.parts import (
    BREAK,
    DEPTHS,
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
    status_mark,
)
from vbdata.sample.spaced import SpacedWriter

DIALECTS = ("marked", "plain", "spaced", "pipes", "html")
#: Characters on a page.
_PAGE = 2600


def render_parts(made: Sequence[Part], dialect: str, seed: int = 0, style: Style | None = None) -> str:
    """Parts, which traps may have changed, as text in a dialect."""
    writers = {"marked": MarkedWriter, "plain": Writer, "pipes": PipeWriter, "html": HtmlWriter}
    rng = Random(f"{seed}|{dialect}|pages")
    if dialect == "spaced":
        return SpacedWriter(rng, style or Style()).write(made)
    return writers[dialect](rng, style or Style()).write(made)


class Writer(Printer):
    """Plain text with tabs (dialect 2), and what the other dialects with one line per row share."""

    def __init__(self, rng: Random, style: Style) -> None:
        self.rng, self.style = rng, style
        self.blocks: list[str] = []
        self.page, self.size = 1, 0
        self.front: CoverPart | None = None
        self.length = _PAGE // 2 if style.cut_paragraphs else _PAGE  # more page ends to cut at
        self.head_variant = rng.randrange(4)
        self.indent = rng.choice((" ", "  ", ""))
        self.odd_lines = rng.random() < 0.5

    def write(self, made: Sequence[Part]) -> str:
        for part in made:
            self.part(part)
        return ("\n\n".join(self.blocks) + "\n").replace(TOTAL, str(self.page)).replace(BREAK, " ")

    def cover(self, part: CoverPart) -> None:
        self.front = part
        self.put(self.cover_page(part))

    def contents(self, part: ContentsPart) -> None:
        self.put(self.contents_page(part))
        self.turn_page()

    def heading(self, part: HeadingPart) -> None:
        self._turn_if_full(0.95)
        self.put(self.heading_line(part))

    def status(self, part: StatusPart) -> None:
        self.put(self.status_line(part))

    def table(self, part: TablePart) -> None:
        self.put(self.table_lines(part))

    def put(self, block: str) -> None:
        if self.odd_lines and self.rng.random() < 0.04:
            block = f" \n{block}"
        self.blocks.append(block)
        self.size += len(block)

    # Pages

    def turn_page(self) -> None:
        """End the page: a head and a foot where they show, else nothing."""
        self.page, self.size = self.page + 1, 0
        if self.style.page_heads and self.front:
            self.blocks.append(self.page_head())

    def page_head(self) -> str:
        assert self.front is not None
        return "\n".join(head_lines(self.front, self.head_variant, self.page))

    def _turn_if_full(self, share: float = 1.0) -> None:
        if self.size > self.length * share:
            self.turn_page()

    def text(self, part: TextPart) -> None:
        room = self.length - self.size
        if self.style.cut_paragraphs and not part.item and 60 < room < len(part.text) - 60:
            cut = part.text.rindex(" ", 0, room)
            self.put(self.text_line(TextPart(part.text[:cut])))
            self.turn_page()
            self.put(self.text_line(TextPart(part.text[cut + 1 :])))
            return
        self._turn_if_full()
        if part.item and self.blocks and self._is_item(self.blocks[-1]):
            self.blocks[-1] += f"\n{self.text_line(part)}"
        else:
            self.put(self.text_line(part))

    def _is_item(self, block: str) -> bool:
        return block.lstrip().startswith("- ") and "\t" not in block

    # One part as lines

    def cover_page(self, part: CoverPart) -> str:
        cover = part.cover
        title, unit = cover_words(part)
        lines = [
            "Handläggare",
            "",
            "Ingen angiven",
            "Telefon:",
            "",
            "Till",
            "",
            cover.board or "",
            cover.date_raw or "",
        ]
        if cover.dnr:
            lines += ["", f"Dnr: {cover.dnr}"]
        return "\n".join([*lines, "", title, *([unit] if unit else [])])

    def contents_page(self, part: ContentsPart) -> str:
        return "\n".join(["Innehållsförteckning", "", *(f"{text}\t{page}" for text, page, _ in part.entries)])

    def heading_line(self, part: HeadingPart) -> str:
        return part.text

    def status_line(self, part: StatusPart) -> str:
        words = f"{part.words}{part.after}"
        if part.mark is None:
            return f"{self.rng.choice((status_mark(part.words), ''))} {words}"
        return f"{part.mark} {words}" if part.mark else words

    def text_line(self, part: TextPart) -> str:
        return f"- {part.text}" if part.item else part.text

    def table_lines(self, part: TablePart) -> str:
        lines = self.opened([*[""] * part.icons, *part.header])
        for number, row in enumerate(part.rows):
            if row.kind == "head":
                again = self.opened([*[""] * part.icons, *row.cells])
                lines += [*self.closed(), "", *self._head_in_table(), *again]
            elif row.kind.startswith("analysis"):
                lines.append(self.analysis(row, len(part.header) + part.icons))
            else:
                lines.append(self.data_row(part, number))
        return "\n".join([*lines, *self.closed()])

    def _head_in_table(self) -> list[str]:
        self.page, self.size = self.page + 1, 0
        return [self.page_head(), ""] if self.style.page_heads else []

    def opened(self, head: Sequence[str]) -> list[str]:
        """What stands before a table's rows, on each page."""
        return [self.row(head)]

    def closed(self) -> list[str]:
        """What stands after them."""
        return []

    def data_row(self, part: TablePart, number: int) -> str:
        return self.row(self.cells(part, part.rows[number]))

    def cells(self, part: TablePart, row: RowPart) -> list[str]:
        """Cells with the tick or the empty icon before the first; a complaint form has none."""
        first, *rest = row.cells
        if part.icons:
            return [row.mark, first, *rest]
        if part.table != "complaints" and row.kind == "row":
            first = f"{row.mark} {first}" if row.mark else f"{self.indent}{first}"
        return [first, *rest]

    def row(self, cells: Sequence[str]) -> str:
        return "\t".join(cells)

    def analysis(self, row: RowPart, width: int) -> str:
        word = "Analys " if row.kind == "analysis" else ""
        return self.row([f"{word}{row.cells[0]}".rstrip(), *[""] * (width - 1)])


class MarkedWriter(Writer):
    """Headings with #, bold, italics, and HTML tags in the cells of tab-separated tables (dialect 1)."""

    def __init__(self, rng: Random, style: Style) -> None:
        super().__init__(rng, style)
        self.unit_italic = rng.random() < 0.8

    def cover_page(self, part: CoverPart) -> str:
        cover = part.cover
        title, unit = cover_words(part)
        lines = ["**Handläggare**  ", "Ingen angiven", "", "**Till**  ", f"{cover.board}", "", "Telefon:"]
        lines += ["", f"**Dnr:** {cover.dnr}"] if cover.dnr else []
        lines += ["", f"{cover.date_raw}", "", f"## **{title}**"]
        lines += ["", f"## **{unit}**"] if unit else []
        return "\n".join([*lines, "", "### **Förslag till beslut**"])

    def contents_page(self, part: ContentsPart) -> str:
        lines = ["# Innehållsförteckning", ""]
        for text, page, strong in part.entries:
            gap = self.rng.choice((" ", ""))
            lines.append(f"<b>{text}</b> .....\t<b>{page}</b>" if strong else f"{text}{gap}.....\t{page}")
        return "\n".join([*lines, "---\t----"])

    def heading_line(self, part: HeadingPart) -> str:
        if part.role == "board":
            return part.text
        if part.role == "unit":
            return f"*{part.text}*" if self.unit_italic else f"#### {part.text}"
        depth = "#" * (2 if part.role == "chapter" else self.rng.choice((2, 3, 3, 4)))
        return f"{depth} **{part.text}**" if self.rng.random() < 0.5 else f"{depth} {part.text}"

    def cells(self, part: TablePart, row: RowPart) -> list[str]:
        made = super().cells(part, row)
        if part.table == "complaints" and made[part.icons] and self.rng.random() < 0.5:
            made[part.icons] = f"<b>{made[part.icons]}</b>"
        return made

    def analysis(self, row: RowPart, width: int) -> str:
        text = row.cells[0]
        tags = self.rng.random() < 0.3
        body = f"<p>{text}</p>" if tags and text else text
        word = ("<p><b>Analys</b></p> " if tags else "<b>Analys</b> ") if row.kind == "analysis" else ""
        return self.row([f"{word}{body}".rstrip(), *[""] * (width - 1)])


class PipeWriter(MarkedWriter):
    """Markdown with pipe tables (dialect 4)."""

    def contents_page(self, part: ContentsPart) -> str:
        lines = ["## Innehållsförteckning", ""]
        return "\n".join(
            [*lines, *(f"- {text} {'.' * self.rng.randint(4, 30)} {page}" for text, page, _ in part.entries)]
        )

    def heading_line(self, part: HeadingPart) -> str:
        return f"{'#' * DEPTHS[part.role]} {part.text}"

    def opened(self, head: Sequence[str]) -> list[str]:
        return [self.row(head), f"|{'|'.join(['---'] * len(head))}|"]

    def cells(self, part: TablePart, row: RowPart) -> list[str]:
        return Writer.cells(self, part, row)  # without tags

    def analysis(self, row: RowPart, width: int) -> str:
        word = "**Analys**<br>" if row.kind == "analysis" else ""
        return self.row([f"{word}{row.cells[0]}", *[""] * (width - 1)])

    def row(self, cells: Sequence[str]) -> str:
        safe = (cell.strip().replace("|", "\\|").replace(BREAK, "<br>") for cell in cells)
        return f"| {' | '.join(safe)} |"


class HtmlWriter(PipeWriter):
    """Markdown with HTML tables: rowspan for groups, colspan for analyses (dialect 4)."""

    def opened(self, head: Sequence[str]) -> list[str]:
        return ["<table>", f"<tr>{''.join(f'<th>{self._text_of(cell)}</th>' for cell in head)}</tr>"]

    def closed(self) -> list[str]:
        return ["</table>"]

    def _text_of(self, cell: str) -> str:
        return html.escape(cell, quote=False).replace(BREAK, "<br/>")

    def analysis(self, row: RowPart, width: int) -> str:
        word = "<b>Analys</b> " if row.kind == "analysis" else ""
        return f'<tr><td colspan="{width}">{word}{self._text_of(row.cells[0])}</td></tr>'

    def data_row(self, part: TablePart, number: int) -> str:
        cells = [f"<td>{self._text_of(cell.strip())}</td>" for cell in self.cells(part, part.rows[number])]
        if part.table == "complaints":
            span = rows_spanned(part.rows, number)
            cells[part.icons] = (
                "" if span == 0 else re.sub("^<td>", f'<td rowspan="{span}">', cells[part.icons])
            )
        return f"<tr>{''.join(cells)}</tr>"
