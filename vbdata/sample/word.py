"""Print a report as a Word file as the planning system exports it: styles, symbols, merged cells, fields."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from vbdata.sample.composed import Composed
from vbdata.sample.parts import (
    DEPTHS,
    WIDTHS,
    ContentsPart,
    CoverPart,
    HeadingPart,
    Printer,
    RowPart,
    StatusPart,
    TablePart,
    TextPart,
    cover_words,
    rows_spanned,
    status_code,
)
from vbdata.sample.symbols import symbol

#: How table rules are drawn: a full grid, or thin lines between rows only.
RULES = ("bordered", "hairline")
#: Width of the text on a page, in centimetres.
_WIDTH = 16.5
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def write_word(composed: Composed, path: Path, rules: str | None = None) -> None:
    """Write the report as a .docx file; `rules` is one of `RULES`, drawn by the seed if it is not given."""
    rng = Random(f"{composed.seed}|word")
    writer = _WordWriter(rng, rules or rng.choices(RULES, (3, 1))[0])
    for part in composed.parts:
        writer.part(part)
    writer.document.save(str(path))


class _WordWriter(Printer):
    def __init__(self, rng: Random, rules: str) -> None:
        self.rng, self.rules = rng, rules
        self.document: WordDocument = Document()
        self.goal_styles = rng.random() < 0.6  # else goals of the board and the unit are bold paragraphs
        self.icon_column = rng.random() < 0.5
        _page(self.document)
        _styles(self.document)
        properties = self.document.core_properties
        properties.author, properties.created, properties.modified = "vbdata", _NO_DATE, _NO_DATE

    def text(self, part: TextPart) -> None:
        self.document.add_paragraph(part.text, style="List Bullet" if part.item else None)

    def cover(self, part: CoverPart) -> None:
        cover = part.cover
        word, unit = cover_words(CoverPart(cover))
        _head_and_foot(self.document, f"{unit}, {word.split()[0]} ")
        self.document.add_paragraph("Tjänsteutlåtande")
        if cover.dnr:
            self.document.add_paragraph(f"Dnr: {cover.dnr}")
        self.document.add_paragraph(cover.date_raw or "")
        self.document.add_paragraph("Handläggare\tTill")
        self.document.add_paragraph(f"Ingen angiven\t{cover.board}")
        title, second = cover_words(part)
        self.document.add_paragraph(title, style="Title")
        if second:
            self.document.add_paragraph(second, style="Subtitle")
        self.document.add_page_break()

    def contents(self, part: ContentsPart) -> None:
        self.document.add_paragraph("Innehållsförteckning", style="Contents Title")
        for text, page, strong in part.entries:
            self.document.add_paragraph(f"{text}\t{page}", style="toc 1" if strong else "toc 2")
        self.document.add_page_break()

    def heading(self, part: HeadingPart) -> None:
        if part.role in ("board", "unit") and not self.goal_styles:
            run = self.document.add_paragraph().add_run(part.text)
            run.bold = True
            run.italic = part.role == "unit"
        else:
            self.document.add_heading(part.text, level=DEPTHS[part.role])

    def status(self, part: StatusPart) -> None:
        paragraph = self.document.add_paragraph()
        icon = part.icon or status_code(part.words)
        if part.mark is None and icon:
            _picture(paragraph.add_run(), icon)
        words = f"{part.mark or ''} {part.words}{part.after}" if part.words else ""
        paragraph.add_run(words if part.mark is None else words.strip())

    def table(self, part: TablePart) -> None:
        icons = 1 if self.icon_column and part.table != "complaints" else 0
        widths = tuple(_WIDTH * share / 100 for share in WIDTHS[part.table, len(part.header)])
        if icons:
            widths = (0.8, widths[0] - 0.8, *widths[1:])
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        if self.rules == "hairline":
            _hairlines(table)
        self._row(table, [*[""] * icons, *part.header], widths, bold=True)
        _repeat_header(table)
        for row in part.rows:
            if row.kind == "analysis":
                self._analysis(table, row, widths)
            else:
                self._data_row(table, part, row, widths, icons)
        if part.table == "complaints":
            _merge_groups(table, part.rows)
        self.document.add_paragraph()

    def _row(
        self, table: Table, cells: list[str], widths: tuple[float, ...], bold: bool = False
    ) -> list[_Cell]:
        made = list(table.add_row().cells)
        for cell, text, width in zip(made, cells, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            paragraph._element.style = "Cell"  # by its id: looking a style up costs more than all else
            paragraph.add_run(text).bold = bold
        return made

    def _data_row(
        self, table: Table, part: TablePart, row: RowPart, widths: tuple[float, ...], icons: int
    ) -> None:
        cells = self._row(table, [*[row.mark] * icons, *row.cells], widths)
        if row.icon:
            run = cells[0].paragraphs[0].runs[0]
            _picture(run if icons else _first_run(cells[0].paragraphs[0]), row.icon)
        elif row.mark and not icons:
            cells[0].paragraphs[0].runs[0].text = f"{row.mark} {row.cells[0]}"

    def _analysis(self, table: Table, row: RowPart, widths: tuple[float, ...]) -> None:
        cells = self._row(table, [""] * len(widths), widths)
        merged = cells[0].merge(cells[-1])
        for paragraph in merged.paragraphs[1:]:
            paragraph._element.getparent().remove(paragraph._element)
        merged.paragraphs[0].add_run("Analys").bold = True
        merged.add_paragraph(row.cells[0])._element.style = "Cell"


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.different_first_page_header_footer = True


def _styles(document: WordDocument) -> None:
    styles = document.styles
    styles["Normal"].font.size = Pt(11)
    cell = styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = styles["Normal"], Pt(8.5)
    cell.paragraph_format.space_after = Pt(2)
    title = styles.add_style("Contents Title", WD_STYLE_TYPE.PARAGRAPH)
    title.base_style, title.font.size = styles["Normal"], Pt(15)
    for name in ("toc 1", "toc 2"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.paragraph_format.tab_stops.add_tab_stop(Cm(16.4), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _head_and_foot(document: WordDocument, text: str) -> None:
    """The page head "Enheten X, Verksamhetsberättelse 2(23)" with fields for the numbers, and a foot."""
    section = document.sections[0]
    paragraph = section.header.paragraphs[0]
    paragraph.add_run(text)
    _field(paragraph, "PAGE")
    paragraph.add_run("(")
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(")")
    section.footer.paragraphs[0].add_run("Björkvik-Tallåsens stadsdelsförvaltning")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("result", "1"), ("end", "")):
        run = paragraph.add_run()._element
        if kind == "result":
            run.text = text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)
        else:
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = f" {text} "
            run.append(words)


def _picture(run: Run, status: str) -> None:
    run.add_picture(io.BytesIO(symbol(status)), width=Pt(9))


def _first_run(paragraph: Paragraph) -> Run:
    """A new run before the others of a paragraph."""
    run = paragraph.add_run()
    paragraph._element.insert_element_before(run._element, "w:r")
    return run


def _repeat_header(table: Table) -> None:
    row = table.rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:tblHeader"))


def _hairlines(table: Table) -> None:
    """Thin lines above and below rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{edge}")
        line.set(qn("w:val"), "single" if edge in ("top", "bottom", "insideH") else "nil")
        line.set(qn("w:sz"), "2")
        line.set(qn("w:color"), "999999")
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _merge_groups(table: Table, rows: tuple[RowPart, ...]) -> None:
    """Merge each group's cell over the rows below it that have none."""
    for number, row in enumerate(rows):
        span = rows_spanned(rows, number)
        if span > 1:
            merged = table.cell(number + 1, 0).merge(table.cell(number + span, 0))
            for paragraph in merged.paragraphs[1:]:
                paragraph._element.getparent().remove(paragraph._element)
            merged.paragraphs[0].text = row.cells[0]
