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
from vbdata.sample.dialects import cover_words
from vbdata.sample.generate import Composed
from vbdata.sample.parts import (
    ContentsPart,
    CoverPart,
    HeadingPart,
    Part,
    RowPart,
    StatusPart,
    TablePart,
    TextPart,
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
        _run(
            [
                _program("office") or "",
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(source),
            ]
        )
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
_TAGS = {
    "chapter": "h1",
    "section": "h2",
    "direction": "h2",
    "area": "h3",
    "board": "h4",
    "unit": "h5",
    "sub": "h6",
}
_WIDTHS = {
    ("indicators", 8): (32, 10, 9, 9, 10, 10, 11, 9),
    ("indicators", 4): (52, 14, 20, 14),
    ("activities", 4): (55, 15, 15, 15),
    ("activities", 3): (66, 17, 17),
    ("complaints", 7): (20, 30, 8, 8, 8, 9, 17),
}


def page(composed: Composed, rules: str = "bordered") -> str:
    """The report as an HTML page that prints like the planning system's export."""
    body: list[str] = []
    for part in composed.parts:
        item = isinstance(part, TextPart) and part.item
        if item and not body[-1].endswith("</ul>"):
            body.append("<ul></ul>")
        if item:
            body[-1] = body[-1].removesuffix("</ul>") + f"{_part(part)}</ul>"
        else:
            body.append(_part(part))
    word, unit = cover_words(CoverPart(composed.printed.cover))
    css = _CSS.replace("HEAD", f"{unit}, {word.split()[0]}") + (_GRID if rules == "bordered" else _HAIRLINES)
    head = f"<title>{word} {html.escape(unit)}</title><style>{css}</style>"
    lines = ['<!doctype html><html lang="sv"><head><meta charset="utf-8">', head, "</head><body>"]
    return "\n".join([*lines, *body, "</body></html>"])


def _part(part: Part) -> str:
    if isinstance(part, CoverPart):
        return _cover(part)
    if isinstance(part, ContentsPart):
        return _contents(part)
    if isinstance(part, HeadingPart):
        return f"<{_TAGS[part.role]}>{html.escape(part.text)}</{_TAGS[part.role]}>"
    if isinstance(part, StatusPart):
        return _status(part)
    if isinstance(part, TextPart):
        tag = "li" if part.item else "p"
        return f"<{tag}>{html.escape(part.text)}</{tag}>"
    return _table(part)


def _cover(part: CoverPart) -> str:
    cover = part.cover
    title, unit = cover_words(part)
    lines = [
        "Tjänsteutlåtande",
        f"Dnr: {cover.dnr}" if cover.dnr else "",
        cover.date_raw or "",
        "Handläggare",
    ]
    lines += ["Ingen angiven", "Till", cover.board or ""]
    words = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
    return f'<div class="cover">{words}<p class="title">{html.escape(title)}<br>{html.escape(unit)}</p></div>'


def _contents(part: ContentsPart) -> str:
    dots = "." * 160
    lines = (
        f"<p>{html.escape(text)}&nbsp;<i>{dots}</i>&nbsp;{number}</p>" for text, number, _ in part.entries
    )
    return f'<div class="contents"><p>Innehållsförteckning</p>{"".join(lines)}</div>'


def _picture(status: str) -> str:
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(symbol(status)).decode()}">'


def _status(part: StatusPart) -> str:
    icon = part.icon or status_code(part.words)
    picture = f"{_picture(icon)} " if part.mark is None and icon else ""
    mark = f"{part.mark} " if part.mark else ""
    return f"<p>{picture}{mark}{html.escape(part.words + part.after)}</p>"


def _table(part: TablePart) -> str:
    widths = "".join(f'<col style="width:{width}%">' for width in _WIDTHS[part.table, len(part.header)])
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in part.header)
    rows = "".join(_row(part, number) for number in range(len(part.rows)))
    return f"<table><colgroup>{widths}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(part: TablePart, number: int) -> str:
    row = part.rows[number]
    if row.kind == "analysis":
        return f'<tr><td colspan="{len(part.header)}"><b>Analys</b><br>{html.escape(row.cells[0])}</td></tr>'
    cells = [html.escape(cell) for cell in row.cells]
    if row.icon:
        cells[0] = f"{_picture(row.icon)} {cells[0]}"
    elif row.mark:
        cells[0] = f"{row.mark} {cells[0]}"
    made = [f"<td>{cell}</td>" for cell in cells]
    if part.table == "complaints":
        made[0] = f'<td rowspan="{_span(part.rows, number)}">{cells[0]}</td>' if row.cells[0] else ""
    return f"<tr>{''.join(made)}</tr>"


def _span(rows: Sequence[RowPart], number: int) -> int:
    following = next((i for i in range(number + 1, len(rows)) if rows[i].cells[0]), len(rows))
    return following - number
