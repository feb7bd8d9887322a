"""Tables that separate their cells: tabs, pipes, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import lxml.html

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.markup import plain
from vbdata.extract.shown import as_shown, at_lines
from vbdata.extract.torn import mended

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:[|+]\s*:?-{2,}:?\s*)*\|?\s*$")
_LEFT_OUT = "det går inte att se vilka tal som hör till raden, så de är utelämnade."
_TAB_RULE = re.compile(r"^\s*-{2,}(?:\t\s*-{2,})+\s*$")
# UnRTF writes the first letter of a cell before the tab, where it is none of ASCII's: "80 %Å\tr".
_LETTER_BEFORE_TAB = re.compile(r"(?<![A-ZÅÄÖ])([ÅÄÖ])\t(?=[a-zåäö])")
_PIPE = re.compile(r"(?<!\\)\|")
_PICTURE_NUMBER = re.compile(r"^\s*\|(?:image|bild)\s?\d+\|[^|]*$", re.I)


def _row(texts: Sequence[str], where: Place) -> Row:
    return Row.of(map(plain, texts), where)


def is_tab_row(line: Line) -> bool:
    """Whether a line has cells parted by tabs."""
    return "\t" in line.text and "\t" in line.text.strip(" ")


def tab_table(lines: Sequence[Line], start: int) -> tuple[Table, int]:
    """The table of tab-separated lines that starts at `start`, and where it ends."""
    end = start
    rows: list[Row] = []
    while end < len(lines) and is_tab_row(lines[end]):
        if not _TAB_RULE.match(lines[end].text):
            rows.append(_row(_LETTER_BEFORE_TAB.sub(r"\t\1", lines[end].text).split("\t"), place(lines[end])))
        end += 1
    return Table(tuple(rows), place(lines[start])), end


def is_pipe_row(lines: Sequence[Line], i: int) -> bool:
    """A line that starts with a pipe, or has one and stands over or in a ruled pipe table."""
    if "|" not in lines[i].text or _PICTURE_NUMBER.match(lines[i].text):
        return False
    text = lines[i].text.strip()
    if text.startswith("|") and text.count("|") >= 2:
        return True
    return (
        "|" in text
        and i + 1 < len(lines)
        and "|" in lines[i + 1].text
        and bool(_PIPE_RULE.match(lines[i + 1].text))
    )


def pipe_table(
    lines: Sequence[Line], start: int, known: Callable[[str], bool]
) -> tuple[Table, int, list[Doubt]]:
    """The pipe table that starts at `start`, where it ends, and what in it is not sure.

    `known` says whether a word stands in the text, by which words that are cut in two are told.
    """
    end = start
    places: list[Place] = []
    texts: list[list[str]] = []
    framed = lines[start].text.lstrip().startswith("|")
    while end < len(lines) and "|" in lines[end].text:
        text = lines[end].text.strip()
        if not _PIPE_RULE.match(text):
            places.append(place(lines[end]))
            texts.append(_pipe_cells(text, framed))
        end += 1
    rows: list[Row] = []
    doubts: list[Doubt] = []
    for where, pieces in zip(places, mended(texts, known), strict=True):
        for piece in pieces:
            rows.append(_row(piece.texts, where))
            if not piece.sure:
                doubts.append(Doubt("columns_uncertain", f"”{_flat(rows[-1])}”: {_LEFT_OUT}", where))
    return Table(tuple(rows), place(lines[start])), end, doubts


def _flat(row: Row) -> str:
    return " ".join(next((text for text in row.texts if text), "").split())


def _pipe_cells(text: str, framed: bool) -> list[str]:
    """Cells of a row; in a table without pipes at its edges a leading pipe means an empty cell."""
    if framed:
        text = text.removeprefix("|")
        text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return _PIPE.split(text)


def is_html_table(line: Line) -> bool:
    """Whether an HTML table starts on the line."""
    return "<" in line.text and "<table" in line.text.lower()


def html_table(lines: Sequence[Line], start: int) -> tuple[Table, int, list[Doubt]]:
    """The HTML table that starts at `start`, where it ends, and what in it is not shown.

    Merged cells stand once, followed by empty ones.
    """
    end = start
    depth = 0
    while end < len(lines):
        text = lines[end].text.lower()
        depth += text.count("<table") - text.count("</table")
        end += 1
        if depth <= 0:
            break
    source = "\n".join(line.text for line in lines[start:end])
    source = source[source.lower().index("<table") :]
    root = lxml.html.fragment_fromstring(source, create_parent="div")
    doubts = at_lines(as_shown(root), lines[start:end])
    rows = _html_rows(root, lines, start)
    return Table(tuple(rows), place(lines[start])), end, doubts


def _html_rows(root: lxml.html.HtmlElement, lines: Sequence[Line], start: int) -> list[Row]:
    rows: list[Row] = []
    spans: dict[int, int] = {}  # column → rows that a merged cell above still covers
    for tr in root.iter("tr"):
        where = place(lines[min(start + (tr.sourceline or 1) - 1, len(lines) - 1)])
        texts: list[str] = []
        for td in tr.iterchildren("td", "th"):
            _skip_merged(texts, spans)
            width, height = _span(td, "colspan"), _span(td, "rowspan")
            for column in range(len(texts), len(texts) + width):
                if height > 1:
                    spans[column] = height - 1
            texts.extend([_inner(td), *[""] * (width - 1)])
        _skip_merged(texts, spans)
        if texts:
            rows.append(_row(texts, where))
    return rows


def _skip_merged(texts: list[str], spans: dict[int, int]) -> None:
    while spans.get(len(texts), 0) > 0:
        spans[len(texts)] -= 1
        texts.append("")


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), 100) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _inner(cell: lxml.html.HtmlElement) -> str:
    text = cell.text or ""
    return text + "".join(lxml.html.tostring(child, encoding="unicode") for child in cell)
