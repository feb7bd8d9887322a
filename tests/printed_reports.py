"""Invented reports with known truth, printed as PDF by Chromium and LibreOffice and written as Word.

Used by the tests of the PDF and Word readers and by benchmarks/pdf.py. Nothing in them is real.
"""

# ruff: noqa: E501  (the pages' CSS and HTML are clearer unwrapped)

from __future__ import annotations

import html
import io
import random
import shutil
import struct
import subprocess
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

COLOURS = {"met": "#2e9e44", "partly_met": "#f2b705", "not_met": "#d3302f", "no_data": "#9a9a9a"}
WORDS = {
    "met": "Uppfylls helt",
    "partly_met": "Uppfylls delvis",
    "not_met": "Uppfylls inte",
    "no_data": "Inga data",
}
INDICATOR_HEADER = (
    "Indikator", "Periodens utfall", "Utfall män/ pojkar", "Utfall kvinnor/ flickor", "Utfall VB 2024", "Årsmål",
    "KF:s årsmål", "Period",
)  # fmt: skip
ACTIVITY_HEADER = ("Aktivitet", "Startdatum", "Slutdatum", "Avvikelse")
COMPLAINT_HEADER = (
    "Uppdelning", "Klagomål/synpunkter/kategorier", "Utfall T1 2025", "Utfall T2 2025", "Utfall VB 2025",
    "Totalt ack 2025", "Bedömning och planerade åtgärder",
)  # fmt: skip
WIDTHS = {8: (27, 11, 10, 10, 11, 10, 12, 9), 4: (55, 15, 15, 15), 7: (17, 27, 8, 8, 8, 9, 23)}

DIRECTIONS = (
    ("1.", "Ett Stockholm som håller samman med en stark och jämlik välfärd i hela staden"),
    ("2.", "Ett grönt och fossilfritt Stockholm som leder en rättvis klimatomställning"),
    ("3.", "Ett Stockholm med en stabil och hållbar ekonomi med utbildning, jobb och bostäder för alla"),
)
AREAS = (
    ("1.3", "Stockholms stad ska ge stöd och omsorg där behoven är som störst"),
    ("2.1", "Stockholm ska bli klimatpositivt – genom minskade utsläpp och ökad koldioxidlagring"),
    ("3.4", "Medarbetare i Stockholm ska ges goda förutsättningar att göra ett bra jobb"),
)
BOARD_GOALS = (
    "Invånare i området får det stöd de behöver i rätt tid och på ett sätt som gör att de kan bestämma över sin vardag",
    "Verksamheterna är klimatsmarta",
    "Chefer och medarbetare har en arbetsmiljö som håller över tid och ger utrymme för lärande i vardagen",
)
UNIT_GOALS = (
    "Deltagarna väljer själva sina aktiviteter och får veta vad som hände med deras förslag från husmötena",
    "Matsvinnet minskar",
    "Alla medarbetare deltar i arbetsplatsträffar och i uppföljningen av enhetens arbets- och beredskapsplaner",
)
INDICATORS = (
    "Andel brukare inom omsorgen för personer med funktionsnedsättning som inte upplever diskriminering",
    "Andel brukare som är nöjd med sin insats - Funktionsnedsättning (stöd och service till personer med"
    " funktionsnedsättning)",
    "Sjukfrånvaro",
    "Aktivt Medskapandeindex",
    "Andel elbilar",
    "Utsläpp av växthusgaser från inköpta livsmedel, kg koldioxidekvivalenter per kg",
    "Tillgänglighetsanpassningsgrad för kommunikationshjälpmedel",
)
GROUPS = (
    ("Beröm", ("Beröm",)),
    ("Från vem har klagomål eller synpunkt inkommit?", ("Annan", "Annan instans (t ex Patientnämnden)", "Anonym",
        "Brukare/patient", "Närstående (anhörig, god man, etc.)")),
    ("Personuppgiftsincidenter", ("Hantering av personuppgifter",)),
    ("Synpunkter och klagomål - ej personalrelaterade", ("Annat (ange vad i rapporteringsvyn)",
        "Fysisk miljö inne eller ute (ej städad, avsaknad av material etc.)", "Mat och måltider",
        "Teknik, verksamhetssystem eller IT-relaterade frågor")),
    ("Vilken återkoppling och vilka åtgärder har gjorts?", ("Antal synpunkter/klagomål där återkoppling har lämnats",
        "Antal synpunkter/klagomål där åtgärder vidtagits")),
)  # fmt: skip
SENTENCES = (
    "Arbetsgruppen har prövat ett nytt schema och följer upp det varje månad.",
    "Grupp- och servicebostäderna delar på en samordnare, och det har gett färre vikarier.",
    "Flera deltagare berättar att de gärna odlar mer på gården till våren.",
    "Under hösten byttes belysningen i köket, vilket märks på elräkningen.",
    "Rutinen för LSS-boenden och IT-stöd skrevs om efter samtal med anhöriga.",
    "Målet bedöms vara uppnått, men underlaget är litet och ska läsas med försiktighet.",
    "Enheten har haft tre planeringsdagar med fokus på bemötande, dokumentation och brandskydd.",
)


@dataclass(frozen=True)
class Item:
    """One piece of a report: `kind` is h1–h4, goal, status, p, li, indicators, activities, complaints."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    icons: tuple[str | None, ...] = ()
    status: str | None = None


@dataclass
class Report:
    """A report and its truth: items in reading order."""

    unit: str
    items: list[Item] = field(default_factory=list)

    @property
    def tables(self) -> list[list[tuple[str, ...]]]:
        return [list(item.rows) for item in self.items if item.rows]

    @property
    def headings(self) -> list[str]:
        return [item.text for item in self.items if item.kind in ("h1", "h2", "h3", "goal")]

    @property
    def statuses(self) -> list[tuple[str, str | None]]:
        return [(item.text, item.status) for item in self.items if item.kind == "status"]

    @property
    def paragraphs(self) -> list[str]:
        return [item.text for item in self.items if item.kind in ("p", "li")]


def invented_report(seed: int, *, long_rows: bool = False) -> Report:
    """A report of some ten pages in the layout of the planning system's exports."""
    pick = random.Random(seed)
    report = Report(f"Enheten Almdungens dagliga verksamhet {seed}")
    add = report.items.append
    add(Item("h1", "Sammanfattande analys"))
    for _ in range(pick.randint(3, 6)):
        add(Item("p", _prose(pick, 3, 6)))
    add(Item("h2", "Kompetensutveckling"))
    add(Item("p", _prose(pick, 3, 6)))
    add(Item("h1", "Uppföljning av Kommunfullmäktiges inriktningsmål"))
    for number, (code, title) in enumerate(DIRECTIONS):
        _goal(report, f"KF:s inriktningsmål: {code} {title}", "no_data", "h2")
        code, title = AREAS[number]
        _goal(report, f"KF:s mål för verksamhetsområdet: {code} {title}", "no_data", "h2")
        add(_indicators(pick, long_rows))
        _goal(report, f"Nämndmål: {BOARD_GOALS[number]}", "no_data", "goal")
        add(Item("h3", "Beskrivning"))
        add(Item("p", _prose(pick, 2, 5)))
        add(_activities(pick))
        _goal(report, f"Enhetsmål: {UNIT_GOALS[number]}", pick.choice(list(WORDS)), "goal")
        add(Item("h3", "Förväntat resultat"))
        for _ in range(3):
            add(Item("li", _prose(pick, 1, 2)))
        add(Item("h3", "Analys"))
        for _ in range(pick.randint(1, 4)):
            add(Item("p", _prose(pick, 2, 6)))
        add(_indicators(pick, long_rows))
    add(Item("h1", "Systematiskt kvalitetsarbete"))
    add(Item("p", _prose(pick, 2, 5)))
    add(_complaints(pick))
    add(Item("h1", "Övrigt"))
    add(Item("p", _prose(pick, 2, 3)))
    return report


def _prose(pick: random.Random, low: int, high: int) -> str:
    return " ".join(pick.choice(SENTENCES) for _ in range(pick.randint(low, high)))


def _goal(report: Report, text: str, status: str, kind: str) -> None:
    report.items.append(Item(kind, text))
    report.items.append(Item("status", WORDS[status], status=status))


def _indicators(pick: random.Random, long_rows: bool) -> Item:
    rows: list[tuple[str, ...]] = [INDICATOR_HEADER]
    icons: list[str | None] = [None]
    for name in pick.sample(INDICATORS, pick.randint(2, 6)):
        men = pick.choice(("", f"{pick.randint(50, 99)} %"))
        council = pick.choice(("80 %", "Tas fram av nämnd", "öka", "1,5 kg CO2 per kg livsmedel"))
        values = (
            f"{pick.randint(1, 99)},{pick.randint(0, 9)} %",
            men,
            men,
            pick.choice(("", "71 %")),
            "90 %",
            council,
        )
        rows.append((name, *values, "2025"))
        icons.append(pick.choice(("met", "partly_met", "not_met", "no_data")))
        if pick.random() < 0.6:
            rows.append((f"Analys {_prose(pick, 1, 14 if long_rows else 4)}", *[""] * 7))
            icons.append(None)
    return Item("indicators", rows=tuple(rows), icons=tuple(icons))


def _activities(pick: random.Random) -> Item:
    rows: list[tuple[str, ...]] = [ACTIVITY_HEADER]
    for number in range(pick.randint(1, 5)):
        title = f"Aktivitet {number + 1}: {pick.choice(SENTENCES).lower()}"
        rows.append((title, "2025-01-01", f"2025-{pick.randint(10, 12)}-31", pick.choice(("", "Försenad"))))
        if pick.random() < 0.4:
            rows.append((f"Analys {_prose(pick, 1, 3)}", "", "", ""))
    return Item("activities", rows=tuple(rows), icons=(None,) * len(rows))


def _complaints(pick: random.Random) -> Item:
    rows: list[tuple[str, ...]] = [COMPLAINT_HEADER]
    for group, categories in GROUPS:
        for number, category in enumerate(categories):
            counts = [pick.choice(("", "", str(pick.randint(0, 30)))) for _ in range(3)]
            comment = pick.choice(("", "", "Följs upp på nästa husmöte."))
            rows.append((group if number == 0 else "", category, *counts, pick.choice(("", "3 st")), comment))
    return Item("complaints", rows=tuple(rows), icons=(None,) * len(rows))


# ---------------------------------------------------------------------------------- Chromium


def as_html(report: Report, style: str = "bordered", *, contents: bool = True) -> str:
    """The report as a page to print: a style of tables by its name in `_STYLES`."""
    body = _html_body(report, contents=contents)
    return (
        f"<!DOCTYPE html><html lang=sv><meta charset=utf-8><style>{_CSS}{_STYLES[style]}</style><body>{body}"
    )


def _html_body(report: Report, *, contents: bool = True) -> str:
    parts = [_cover(report), _contents(report) if contents else "", '<main style="page-break-before:always">']
    in_list = False
    for item in report.items:
        if in_list and item.kind != "li":
            parts.append("</ul>")
            in_list = False
        if item.kind == "li" and not in_list:
            parts.append("<ul>")
            in_list = True
        parts.append(_html_item(item))
    return "\n".join([*parts, "</main>"])


_CSS = """
@page { size: A4; margin: 28mm 20mm 25mm 22mm;
  @top-left { content: "Almdungens dagliga verksamhet, Verksamhetsberättelse 2025"; font: 8pt Liberation Sans }
  @top-right { content: "Sida " counter(page) " (" counter(pages) ")"; font: 8pt Liberation Sans }
  @bottom-left { content: "start.exempelstad.se"; font: 8pt Liberation Sans } }
body { font: 11pt/1.35 "Liberation Serif"; margin: 0 }
h1, h2, h3 { font-family: "Liberation Sans"; margin: 16pt 0 6pt } h1 { font-size: 18pt } h2 { font-size: 14pt }
h3 { font-size: 12pt } .goal { font-style: italic; margin: 12pt 0 4pt } p { margin: 0 0 8pt } .status { margin: 4pt 0 8pt }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font: 8.5pt/1.25 "Liberation Sans"; margin: 8pt 0 }
td, th { text-align: left; vertical-align: top; padding: 2pt 3pt; overflow-wrap: break-word }
.contents { page-break-before: always } .contents p { margin: 0 0 4pt; position: relative; overflow: hidden }
"""
_STYLES = {
    "bordered": "td, th { border: 0.75pt solid #444 } th { background: #dde7ef }",
    "hairline": "td, th { border-bottom: 0.5pt solid #888 } table { border-top: 0 }",
    "rows": "table { border-collapse: separate; border-spacing: 0 } tr { } td, th { border-bottom: 0.5pt solid #888 }",
    "above": "td, th { border-top: 0.5pt solid #888 }",
    "right": "td, th { border-bottom: 0.5pt solid #888 } td:nth-child(n+2), th:nth-child(n+2) { text-align: right }",
    "dashed": "td, th { border: 1px dashed #888 }",
    "spaced": "table { border-collapse: separate; border-spacing: 2px } td, th { border: 1px solid #666 }",
}


def _cover(report: Report) -> str:
    return (
        '<table style="font-size:11pt;border:0"><tr><td style="border:0"><b>Tjänsteutlåtande</b><br>Dnr: AL 2026/17<br>'
        f"2026-01-15</table><p style='margin-top:60mm;font-size:26pt'>Verksamhetsberättelse 2025<br>{report.unit}</p>"
    )


def _contents(report: Report) -> str:
    lines = "".join(
        f"<p>{html.escape(text)} {'.' * 60} {3 + n // 4}</p>" for n, text in enumerate(report.headings)
    )
    return f"<div class=contents><h1>Innehållsförteckning</h1>{lines}</div>"


def _html_item(item: Item) -> str:
    text = html.escape(item.text)
    if item.rows:
        return _html_table(item)
    if item.kind == "status":
        return f"<p class=status>{_svg(item.status, 11)} {text}</p>"
    if item.kind == "goal":
        return f"<p class=goal>{text}</p>"
    return f"<{item.kind}>{text}</{item.kind}>"


def _svg(status: str | None, size: int) -> str:
    if status is None:
        return ""
    tick = (
        '<path d="M3 6 L5 8 L9 3" stroke="#fff" fill="none" stroke-width="1.5"/>' if status == "met" else ""
    )
    return (
        f'<svg width="{size}" height="{size}" viewBox="0 0 12 12"><circle cx="6" cy="6" r="6" fill="{COLOURS[status]}"/>'
        f"{tick}</svg>"
    )


def _html_table(item: Item) -> str:
    columns = len(item.rows[0])
    widths = "".join(f'<col style="width:{w}%">' for w in WIDTHS[columns])
    head = "".join(f"<th>{html.escape(t)}</th>" for t in item.rows[0])
    body: list[str] = []
    for number, row in enumerate(item.rows[1:], 1):
        body.append("<tr>" + _html_cells(item, number, row) + "</tr>")
    return f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _html_cells(item: Item, number: int, row: Sequence[str]) -> str:
    if row[0].startswith("Analys "):
        return f"<td colspan={len(row)}><b>Analys</b><br>{html.escape(row[0][7:])}</td>"
    cells = []
    for column, text in enumerate(row):
        if item.kind == "complaints" and column == 0:
            if not text:
                continue
            cells.append(f"<td rowspan={_span(item.rows, number)}>{html.escape(text)}</td>")
        else:
            icon = _svg(item.icons[number], 9) + " " if column == 0 and item.icons[number] else ""
            cells.append(f"<td>{icon}{html.escape(text)}</td>")
    return "".join(cells)


def _span(rows: Sequence[Sequence[str]], number: int) -> int:
    count = 1
    while number + count < len(rows) and not rows[number + count][0]:
        count += 1
    return count


def chromium() -> str | None:
    return next(
        (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
    )


def soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def print_html(source: str, target: Path) -> Path:
    """Print HTML with headless Chromium."""
    page = target.with_suffix(".html")
    page.write_text(source, encoding="utf-8")
    command = [
        str(chromium()), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--print-to-pdf={target}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def print_styles(report: Report, folder: Path) -> dict[str, Path]:
    """Print a report in each style, all at once, as starting Chromium takes most of the time."""
    css = _CSS + "".join(
        f".{name} {{ page-break-before: always; {rules} }}" for name, rules in _STYLES.items()
    )
    parts = "".join(f"<div class={name}>{_html_body(report)}</div>" for name in _STYLES)
    whole = print_html(
        f"<!DOCTYPE html><html lang=sv><meta charset=utf-8><style>{css}</style><body>{parts}",
        folder / "alla.pdf",
    )
    printed = {}
    with pdfium.PdfDocument(whole) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        covers = [number for number, text in enumerate(texts) if "Tjänsteutlåtande" in text]
        for name, start, end in zip(_STYLES, covers, [*covers[1:], len(texts)], strict=True):
            part = pdfium.PdfDocument.new()
            part.import_pages(document, list(range(start, end)))
            part.save(folder / f"{name}.pdf")
            part.close()
            printed[name] = folder / f"{name}.pdf"
    return printed


def print_word(source: Path, *others: Path) -> Path:
    """Convert Word files with headless LibreOffice, each beside itself; gives the first."""
    profile = source.parent / "profile"
    command = [
        str(soffice()), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf", "--outdir",
        str(source.parent), str(source), *map(str, others),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return source.with_suffix(".pdf")


# -------------------------------------------------------------------------------------- Word


def png(colour: str, size: int = 24, *, disc: bool = True) -> bytes:
    """A small PNG: a coloured disc on nothing, or a full square."""
    rgb = bytes(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    middle, rows = (size - 1) / 2, b""
    for y in range(size):
        inside = ((x - middle) ** 2 + (y - middle) ** 2 <= middle**2 or not disc for x in range(size))
        rows += b"\0" + b"".join(rgb + b"\xff" if i else b"\0\0\0\0" for i in inside)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def as_word(report: Report, target: Path, style: str = "bordered") -> Path:
    """The report as a Word file with heading styles, contents, head with page number, and icons."""
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(25)
    _word_head(document)
    document.add_paragraph("Verksamhetsberättelse 2025", style="Title")
    document.add_paragraph(report.unit)
    document.add_paragraph("Dnr: AL 2026/17")
    document.add_page_break()
    document.add_paragraph("Innehållsförteckning").runs[0].bold = True
    for number, text in enumerate(report.headings):
        document.add_paragraph(f"{text}{'.' * 40}{3 + number // 4}")
    document.add_page_break()
    for item in report.items:
        _word_item(document, item, style)
    document.save(str(target))
    return target


def _word_head(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    head = document.sections[0].header.paragraphs[0]
    head.text = "Almdungens dagliga verksamhet, Verksamhetsberättelse 2025\tSida "
    run = head.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _word_item(document: Any, item: Item, style: str) -> None:
    from docx.shared import Pt

    if item.rows:
        _word_table(document, item, style)
    elif item.kind in ("h1", "h2", "h3"):
        document.add_heading(item.text, int(item.kind[1]))
    elif item.kind == "goal":
        document.add_paragraph().add_run(item.text).italic = True
    elif item.kind == "status":
        paragraph = document.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(png(COLOURS[str(item.status)])), width=Pt(10))
        paragraph.add_run(f" {item.text}")
    else:
        document.add_paragraph(item.text, style="List Bullet" if item.kind == "li" else None)


def _word_table(document: Any, item: Item, style: str) -> None:
    from docx.shared import Mm, Pt

    columns = len(item.rows[0])
    table = document.add_table(len(item.rows), columns)
    table.autofit = False
    if style == "bordered":
        table.style = "Table Grid"
    for column, share in enumerate(WIDTHS[columns]):
        table.columns[column].width = Mm(160 * share / 100)
        for cell in table.columns[column].cells:
            cell.width = Mm(160 * share / 100)
    for number, row in enumerate(item.rows):
        cells = table.rows[number].cells
        if row[0].startswith("Analys "):
            merged = cells[0].merge(cells[-1])
            merged.text = "Analys"
            merged.paragraphs[0].runs[0].bold = True
            merged.add_paragraph(row[0][7:])
        elif item.kind == "complaints" and row[0] and number:
            cells[0].merge(table.rows[number + _span(item.rows, number) - 1].cells[0])
            _word_cells(cells, row)
        else:
            _word_cells(cells, row)
        if item.icons[number]:
            paragraph = cells[0].paragraphs[0]
            run = paragraph.add_run()
            run.add_picture(io.BytesIO(png(COLOURS[str(item.icons[number])])), width=Pt(8))
            paragraph._p.insert(0, run._r)
    for cell in table._cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(8.5)
    _word_rows(table, style)


def _word_cells(cells: Sequence[Any], row: Sequence[str]) -> None:
    for cell, text in zip(cells, row, strict=True):
        if text:
            cell.text = text


def _word_rows(table: Any, style: str) -> None:
    """The header row again on each page; in the hairline style a rule under each row."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    if style == "hairline":
        borders = OxmlElement("w:tblBorders")
        for side in ("bottom", "insideH"):
            edge = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("color", "888888")):
                edge.set(qn(f"w:{name}"), value)
            borders.append(edge)
        table._tbl.tblPr.append(borders)


# ----------------------------------------------------------------------------------- scoring


def joined_tables(document: Any) -> list[list[tuple[str, ...]]]:
    """Tables of a Document as lists of rows, those cut by page breaks joined as parse joins them."""
    from vbdata.extract.document import PageBreak, Table

    tables: list[list[tuple[str, ...]]] = []
    breaks = True
    open_table = False
    for block in document.blocks:
        if isinstance(block, PageBreak):
            breaks = True
            continue
        if not isinstance(block, Table):
            open_table = False
            continue
        rows = [row.texts for row in block.rows]
        if open_table and breaks and tables and len(tables[-1][0]) == len(rows[0]):
            rows = rows[1:] if rows[0] == tables[-1][0] else rows
            _append_cut(tables[-1], rows)
        else:
            tables.append(rows)
        open_table, breaks = True, False
    return tables


def _append_cut(table: list[tuple[str, ...]], rows: list[tuple[str, ...]]) -> None:
    """Rows of the next page; the first may go on with the last one where its words do."""
    if rows and _is_rest(table[-1], rows[0]):
        table[-1] = tuple(f"{a} {b}".strip() for a, b in zip(table[-1], rows[0], strict=True))
        rows = rows[1:]
    table.extend(rows)


def _is_rest(last: tuple[str, ...], row: tuple[str, ...]) -> bool:
    if last[0].startswith("Analys") and row[0] and not any(row[1:]):
        return True
    filled = [a for a in row if a]
    return (
        bool(filled)
        and all(a[0].islower() or a[0] in "(" for a in filled)
        and not any(b and not a for a, b in zip(last, row, strict=True))
    )


def cell_score(
    truth: Sequence[Sequence[tuple[str, ...]]], found: Sequence[Sequence[tuple[str, ...]]]
) -> tuple[int, int]:
    """Cells right and cells in all; a table or row that is missing, or one too many, counts in full."""
    right = total = 0
    for number, table in enumerate(truth):
        rows = found[number] if number < len(found) else []
        for at, row in enumerate(table):
            other = rows[at] if at < len(rows) else ()
            total += len(row)
            right += sum(a == b for a, b in zip(row, other, strict=False)) if len(other) == len(row) else 0
        total += sum(len(row) for row in rows[len(table) :])
    total += sum(len(row) for table in found[len(truth) :] for row in table)
    return right, total
