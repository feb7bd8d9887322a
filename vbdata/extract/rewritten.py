"""Mark-up other than Markdown, and Markdown whose rows wrap, rewritten as Markdown with a line per row.

AsciiDoc, Jira, MediaWiki and Textile, and pipe tables whose rows are broken at the width of a page and end in
two spaces. A table that does not come out with as many cells in each row is left as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line

_PICTURE = re.compile(
    r"!(?:\{[^{}]*\})?[\w/:.-]*\.(?:png|jpe?g|gif|emf|wmf|svg)(?:\|[^!\n]*)?!\s*"
    r"|!\[[^\]]*\]\(data:[^)]*\)\s*",
    re.I,
)
_WIKI_HEADING = re.compile(r"^h([1-6])(?:\(#[^ ]*\))?\.\s+(?:\{anchor:[^{}]*\}\s*)?(\S.*)$")
_JIRA_HEAD = re.compile(r"^\|\|.*\|\|\s*$")
_ASCII_TABLE = re.compile(r"^\|={3,}\s*$")
_ASCII_COLUMNS = re.compile(r'cols="([^"]+)"')
_ASCII_CELL = re.compile(r"(?:^|(?<=\s))(?:[<^>.\d]*[aehlmsd])?\|")
_ASCII_HEADING = re.compile(r"^(={2,6})\s+(\S.*)$")
_WRAPPED_RULE = re.compile(r"^-{3,}(?:\|-{3,})+\s*$")
_WIKI_TABLE = re.compile(r"^\{\|")
_WIKI_TITLE = re.compile(r"^(={1,6})\s*([^=\s][^=]*?)\s*\1\s*$")
_WIKI_ATTRIBUTES = re.compile(r'^\s*(?:[\w-]+="[^"]*"\s*)+\|')
_WIKI_QUOTES = re.compile("'{2,5}")
_WIKI_FILE = re.compile(r"\[\[(?:File|Fil|Image):[^\]]*\]\]\s*", re.I)
_WIDTH = 78
_MOST_LINES = 40
"""Lines that a row may wrap over."""


def as_markdown(lines: Sequence[Line]) -> list[Line]:
    """The lines with other mark-up rewritten; each row keeps the number of its first line."""
    out = list(lines)
    if any(_ASCII_TABLE.match(line.text) for line in out):
        out = list(_from_asciidoc(out))
    if sum(bool(_WIKI_HEADING.match(line.text)) for line in out) > 1:
        out = list(_from_jira([_from_wiki(line) for line in out]))
    if sum(bool(_WIKI_TITLE.match(line.text)) for line in out) > 1:
        out = list(_from_mediawiki(out))
    if any(_WRAPPED_RULE.match(line.text) for line in out):
        out = _whole_headings(list(_unwrapped(out)))
    return out


def _row(number: Line, cells: Sequence[str]) -> Line:
    text = "|".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return Line(number.number, f"|{text}|", number.page)


# ------------------------------------------------------------------------------ Jira and Textile


def _from_wiki(line: Line) -> Line:
    text = _PICTURE.sub("", line.text)
    if found := _WIKI_HEADING.match(text):
        text = f"{'#' * int(found[1])} {found[2]}"
    if "&#" in text:
        text = html.unescape(text)
    return Line(line.number, text.replace("\\(", "(").replace("\\[", "["), line.page)


def _from_jira(lines: Sequence[Line]) -> Iterator[Line]:
    """Jira's tables: double pipes in the header, rows that go on until their last pipe."""
    i = 0
    width = 0
    while i < len(lines):
        text = lines[i].text.strip()
        if _JIRA_HEAD.match(text):
            width = len(text.split("||")) - 2
            yield _row(lines[i], text.split("||")[1:-1])
            i += 1
        elif width and text.startswith("|"):
            end = i + 1
            while end < len(lines) and end - i < _MOST_LINES and not _is_whole(lines[i:end], width):
                end += 1
            if _is_whole(lines[i:end], width):
                yield _row(lines[i], _jira_cells(lines[i:end]))
                i = end
            else:
                yield Line(lines[i].number, text.replace("|", " "), lines[i].page)
                i += 1
        else:
            width = width if not text else 0
            yield lines[i]
            i += 1


def _jira_cells(lines: Sequence[Line]) -> list[str]:
    text = "<br>".join(line.text.strip() for line in lines if not line.blank)
    return re.split(r"(?<!\\)\|", text)[1:-1]


def _is_whole(lines: Sequence[Line], width: int) -> bool:
    return lines[-1].text.rstrip().endswith("|") and len(_jira_cells(lines)) == width


# --------------------------------------------------------------------------------------- MediaWiki


def _from_mediawiki(lines: Sequence[Line]) -> Iterator[Line]:
    """Titles between equals signs, and tables with a line per cell."""
    table: list[Line] | None = None
    for line in lines:
        text = line.text.strip()
        if table is not None and text == "|}":
            yield from _wiki_rows(table)
            table = None
        elif table is not None:
            table.append(line)
        elif _WIKI_TABLE.match(text):
            table = []
        elif title := _WIKI_TITLE.match(text):
            yield Line(line.number, f"{'#' * len(title[1])} {title[2]}", line.page)
        else:
            bold = _WIKI_QUOTES.sub("**", _WIKI_FILE.sub("", line.text))
            yield Line(line.number, bold, line.page)
    yield from table or []


def _wiki_rows(lines: Sequence[Line]) -> Iterator[Line]:
    rows: list[tuple[Line, list[str]]] = []
    last = 0  # the cell that the next lines go on with
    for line in lines:
        text = _WIKI_QUOTES.sub("", _WIKI_FILE.sub("", line.text.strip()))
        if text.startswith("|-"):
            rows.append((line, []))
        elif text.startswith(("|", "!")):
            rows = rows or [(line, [])]
            cells = list(_wiki_cells(text[1:]))
            last = len(rows[-1][1]) + max((i for i, cell in enumerate(cells) if cell), default=0)
            rows[-1][1].extend(cells)
        elif text and rows and rows[-1][1]:
            rows[-1][1][last] += f"<br>{text}"
    filled = [(line, cells) for line, cells in rows if cells]
    yield from (_row(line, cells) for line, cells in filled)
    yield Line(lines[-1].number if lines else 1, "", lines[-1].page if lines else None)


def _wiki_cells(text: str) -> Iterator[str]:
    """Cells of a line; one that covers several columns stands in the first of them."""
    for cell in re.split(r"\|\||!!", text):
        found = _WIKI_ATTRIBUTES.match(cell)
        span = re.search(r'colspan="(\d{1,2})"', found[0]) if found else None
        yield cell[found.end() :].strip() if found else cell.strip()
        yield from [""] * (int(span[1]) - 1 if span else 0)


# ---------------------------------------------------------------------------------------- AsciiDoc


def _from_asciidoc(lines: Sequence[Line]) -> Iterator[Line]:
    i = 0
    columns = 0
    while i < len(lines):
        text = lines[i].text
        if found := _ASCII_COLUMNS.search(text):
            columns = len(found[1].rstrip(",").split(","))
        elif _ASCII_TABLE.match(text):
            end = next((j for j in range(i + 1, len(lines)) if _ASCII_TABLE.match(lines[j].text)), len(lines))
            yield from _ascii_rows(lines[i + 1 : end], columns)
            i, columns = end, 0
        elif heading := _ASCII_HEADING.match(text):
            yield Line(lines[i].number, f"{'#' * len(heading[1])} {heading[2]}", lines[i].page)
        else:
            yield lines[i]
        i += 1


def _ascii_rows(lines: Sequence[Line], columns: int) -> Iterator[Line]:
    cells: list[tuple[Line, str]] = []
    for line in lines:
        text = line.text
        parts = [(found.start(), found.end()) for found in _ASCII_CELL.finditer(text)]
        if cells and (before := text[: parts[0][0]] if parts else text).strip():
            cells[-1] = (cells[-1][0], f"{cells[-1][1]} {before}")
        elif cells and not text.strip():
            cells[-1] = (cells[-1][0], f"{cells[-1][1]}\n")
        ends = [*[at for at, _ in parts[1:]], len(text)] if parts else []
        cells += [(line, text[start:end]) for (_, start), end in zip(parts, ends, strict=True)]
    if not columns or len(cells) % columns:
        yield from (Line(line.number, line.text.replace("|", " "), line.page) for line in lines)
        return
    for at in range(0, len(cells), columns):
        row = cells[at : at + columns]
        yield _row(row[0][0], ["<br>".join(text.strip().split("\n")) for _, text in row])


# ---------------------------------------------------------------------------------- rows that wrap


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Pipe tables of which a row ends in two spaces, whatever lines it wraps over."""
    heads = {start: rule for rule in range(len(lines)) if (start := _head_start(lines, rule)) is not None}
    i = 0
    while i < len(lines):
        if i not in heads:
            yield lines[i]
            i += 1
            continue
        rule = heads[i]
        width = lines[rule].text.count("|") + 1
        rows, end = _wrapped_rows(lines, rule + 1)
        for row in [lines[i:rule], *rows]:
            yield _row(row[0], _wrapped_cells(row, width))
        yield Line(lines[end - 1].number, "", lines[end - 1].page)
        i = end


def _whole_headings(lines: Sequence[Line]) -> list[Line]:
    """Headings with the lines that they wrap over: the next word had no room on the line."""
    out: list[Line] = []
    for line in lines:
        above = out[-1].text.rstrip() if out else ""
        first = line.text.split(" ")[0]
        if above.startswith("#") and first and len(above) + 1 + len(first) > _WIDTH >= len(above):
            out[-1] = Line(out[-1].number, f"{above} {line.text.strip()}", out[-1].page)
        else:
            out.append(line)
    return out


def _head_start(lines: Sequence[Line], rule: int) -> int | None:
    """Where the header over a rule starts; none where no line over it ends a row."""
    if not _WRAPPED_RULE.match(lines[rule].text) or not rule or not lines[rule - 1].text.endswith("  "):
        return None
    width = lines[rule].text.count("|")
    for start in range(rule - 1, max(-1, rule - _MOST_LINES), -1):
        if lines[start].blank or (start < rule - 1 and lines[start].text.endswith("  ")):
            return None
        if sum(line.text.count("|") for line in lines[start:rule]) >= width:
            return start
    return None


def _wrapped_rows(lines: Sequence[Line], start: int) -> tuple[list[Sequence[Line]], int]:
    """The rows from a line on, and where they end: at a blank line."""
    rows: list[Sequence[Line]] = []
    first = i = start
    while i < len(lines) and not lines[i].blank:
        if lines[i].text.endswith("  "):
            rows.append(lines[first : i + 1])
            first = i + 1
        i += 1
    if first < i:
        rows.append(lines[first:i])
    return rows, i


def _wrapped_cells(lines: Sequence[Line], width: int) -> list[str]:
    text = _PICTURE.sub("", " ".join(line.text.strip() for line in lines))
    cells = re.split(r"(?<!\\)\|", text)
    return [*cells, *[""] * (width - len(cells))] if len(cells) == 1 else cells
