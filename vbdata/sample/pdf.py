"""Print a report as a real PDF: by LibreOffice from the Word file, or by Chromium from HTML."""

from __future__ import annotations

import base64
import html
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from vbdata.errors import MissingDataError
from vbdata.sample.composed import Composed
from vbdata.sample.parts import (
    DEPTHS,
    WIDTHS,
    ContentsPart,
    CoverPart,
    HeadingPart,
    Printer,
    StatusPart,
    TablePart,
    TextPart,
    cover_words,
    rows_spanned,
    status_code,
)
from vbdata.sample.symbols import symbol
from vbdata.sample.word import RULES, write_word

_PROGRAMS = {
    "office": ("soffice", "libreoffice"),
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"),
}
_TIMEOUT = 120


def makers() -> tuple[str, ...]:
    """The programs that can make a PDF here: ``office``, ``chromium``."""
    return tuple(name for name in _PROGRAMS if _program(name))


def write_pdf(composed: Composed, path: Path, maker: str | None = None, rules: str | None = None) -> None:
    """Write the report as a .pdf file.

    Parameters
    ----------
    maker
        One of `makers`; drawn by the seed where it is not given.
    rules
        One of `word.RULES`: a full grid, or thin lines between rows only.

    Raises
    ------
    MissingDataError
        When neither program is installed, or the program gave no file.
    """
    here = check_makers(maker)
    rng = Random(f"{composed.seed}|pdf")
    chosen, drawn = rng.choice(here), rng.choice(RULES)
    (_by_office if (maker or chosen) == "office" else _by_chromium)(composed, path, rules or drawn)


def check_makers(wanted: str | None = None) -> tuple[str, ...]:
    """The programs that can make a PDF here; an error where there is none, or not the one that is wanted."""
    here = makers()
    if not here or (wanted and wanted not in here):
        raise MissingDataError(
            "inget program som kan skriva PDF hittades",
            value=wanted,
            hint="installera LibreOffice eller Chromium, eller välj formatet docx eller txt",
        )
    return here


def _program(name: str) -> str | None:
    return next((found for word in _PROGRAMS[name] if (found := shutil.which(word))), None)


def _by_office(composed: Composed, path: Path, rules: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rapport.docx"
        write_word(composed, source, rules)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [_program("office") or "", profile, "--headless", "--convert-to", "pdf"]
        _run([*command, "--outdir", folder, str(source)])
        _move(source.with_suffix(".pdf"), path)


def _by_chromium(composed: Composed, path: Path, rules: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "rapport.html", Path(folder) / "rapport.pdf"
        source.write_text(page(composed, rules), encoding="utf-8")
        command = [_program("chromium") or "", "--headless=new", "--disable-gpu", "--no-pdf-header-footer"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with it
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", source.as_uri()]
        _run(command)
        _move(made, path)


def _run(command: Sequence[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT)
    except (OSError, subprocess.SubprocessError) as error:
        raise MissingDataError(
            "programmet skrev ingen PDF",
            source=Path(command[0]).name,
            value=type(error).__name__,
            hint="försök igen",
        ) from error


def _move(made: Path, path: Path) -> None:
    if not made.is_file():
        raise MissingDataError("programmet skrev ingen PDF", source=path.name, hint="försök igen")
    shutil.move(made, path)


# HTML for Chromium

_CSS = """
@page { size: A4; margin: 22mm 20mm 20mm;
  @top-left { content: "HEAD " counter(page) "(" counter(pages) ")"; font: 9pt sans-serif; }
  @bottom-center { content: "Björkvik-Tallåsens stadsdelsförvaltning"; font: 8pt sans-serif; } }
@page :first { @top-left { content: none } @bottom-center { content: none } }
body { font: 11pt "Liberation Serif", serif; }
h1, h2, h3, h4, h5, h6 { font-family: "Liberation Sans", sans-serif; margin: 1em 0 .3em; }
h1 { font-size: 17pt } h2 { font-size: 15pt } h3 { font-size: 13pt }
h4, h5 { font-size: 12pt } h6 { font-size: 11pt }
.cover { break-after: page } .cover .title { font-size: 24pt; margin-top: 5cm }
.contents { break-after: page } .contents p { display: flex; margin: .2em 0 }
.contents i { flex: 1; overflow: hidden; white-space: nowrap; font-style: normal }
table { border-collapse: collapse; width: 100%; font: 8pt "Liberation Sans", sans-serif; }
table { table-layout: fixed; margin: .6em 0 }
th, td { text-align: left; vertical-align: top; padding: 2pt 3pt; overflow-wrap: anywhere }
img { width: 9pt; height: 9pt }
"""
_GRID = "th, td { border: .75pt solid #000 }"
_HAIRLINES = "tr { border-top: .25pt solid #999; border-bottom: .25pt solid #999 }"


def page(composed: Composed, rules: str = "bordered") -> str:
    """The report as an HTML page that prints like the planning system's export."""
    writer = _Page()
    for part in composed.parts:
        writer.part(part)
    word, unit = cover_words(CoverPart(composed.printed.cover))
    css = _CSS.replace("HEAD", f"{unit}, {word.split()[0]}") + (_GRID if rules == "bordered" else _HAIRLINES)
    head = f"<title>{word} {html.escape(unit)}</title><style>{css}</style>"
    lines = ['<!doctype html><html lang="sv"><head><meta charset="utf-8">', head, "</head><body>"]
    return "\n".join([*lines, *writer.body, "</body></html>"])


def _picture(status: str | None) -> str:
    if not status:
        return ""
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(symbol(status)).decode()}"> '


class _Page(Printer):
    def __init__(self) -> None:
        self.body: list[str] = []

    def heading(self, part: HeadingPart) -> None:
        self.body.append(f"<h{DEPTHS[part.role]}>{html.escape(part.text)}</h{DEPTHS[part.role]}>")

    def text(self, part: TextPart) -> None:
        text = html.escape(part.text)
        if not part.item:
            self.body.append(f"<p>{text}</p>")
        elif self.body[-1].endswith("</ul>"):
            self.body[-1] = f"{self.body[-1].removesuffix('</ul>')}<li>{text}</li></ul>"
        else:
            self.body.append(f"<ul><li>{text}</li></ul>")

    def cover(self, part: CoverPart) -> None:
        cover = part.cover
        title, unit = (html.escape(line) for line in cover_words(part))
        lines = ["Tjänsteutlåtande", f"Dnr: {cover.dnr}" if cover.dnr else "", cover.date_raw or ""]
        lines += ["Handläggare", "Ingen angiven", "Till", cover.board or ""]
        words = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
        self.body.append(f'<div class="cover">{words}<p class="title">{title}<br>{unit}</p></div>')

    def contents(self, part: ContentsPart) -> None:
        dots = f"&nbsp;<i>{'.' * 160}</i>&nbsp;"
        lines = "".join(f"<p>{html.escape(text)}{dots}{number}</p>" for text, number, _ in part.entries)
        self.body.append(f'<div class="contents"><p>Innehållsförteckning</p>{lines}</div>')

    def status(self, part: StatusPart) -> None:
        icon = part.icon or status_code(part.words)
        picture = _picture(icon) if part.mark is None else ""
        mark = f"{part.mark} " if part.mark else ""
        self.body.append(f"<p>{picture}{mark}{html.escape(part.words + part.after)}</p>")

    def table(self, part: TablePart) -> None:
        widths = "".join(f'<col style="width:{width}%">' for width in WIDTHS[part.table, len(part.header)])
        head = "".join(f"<th>{html.escape(cell)}</th>" for cell in part.header)
        rows = "".join(f"<tr>{_cells(part, number)}</tr>" for number in range(len(part.rows)))
        columns = f"<colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead>"
        self.body.append(f"<table>{columns}<tbody>{rows}</tbody></table>")


def _cells(part: TablePart, number: int) -> str:
    row = part.rows[number]
    first, *rest = (html.escape(cell) for cell in row.cells)
    if row.kind == "analysis":
        return f'<td colspan="{len(part.header)}"><b>Analys</b><br>{first}</td>'
    before = _picture(row.icon) or (f"{row.mark} " if row.mark else "")
    span = rows_spanned(part.rows, number) if part.table == "complaints" else 1
    label = f'<td rowspan="{span}">' if part.table == "complaints" else "<td>"
    made = [f"{label}{before}{first}</td>"] if span else []
    return "".join([*made, *(f"<td>{cell}</td>" for cell in rest)])
