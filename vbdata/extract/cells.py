"""Tables that separate their cells: tabs, pipes, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import reduce

import lxml.html

from vbdata.extract.decode import Line
from vbdata.extract.delimited import Rows, fitted, is_tab_row, tab_rows
from vbdata.extract.document import Doubt, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.grammar import goes_on, heads_analysis
from vbdata.extract.headers import Columns, columns_of, has_all_titles
from vbdata.extract.markup import plain
from vbdata.extract.shown import as_shown, at_lines

__all__ = ["html_table", "is_html_table", "is_pipe_row", "is_tab_row", "pipe_table", "tab_table"]

_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:[|+]\s*:?-{2,}:?\s*)*\|?\s*$")
_TORN = "raden är delad mitt i cellerna, så den är utelämnad. Läs in PDF- eller Word-filen i stället."
#: A row of pipes wraps over so many lines at most.
_ROW_LINES = 40
_PIPE = re.compile(r"(?<!\\)\|")


def _row(texts: Sequence[str], where: Place) -> Row:
    return Row.of(map(plain, texts), where)


def tab_table(
    lines: Sequence[Line], start: int, head: Columns | None, ends: Callable[[int], bool]
) -> tuple[Table, Rows]:
    """The table of tab-separated lines that starts at `start`, and how it was read."""
    read = tab_rows(lines, start, head, ends)
    rows = tuple(_row(texts, place(line)) for texts, line in read.rows)
    return Table(rows, place(lines[start])), read


def is_pipe_row(lines: Sequence[Line], i: int) -> bool:
    """A line that starts with a pipe, or has one and stands over or in a ruled pipe table."""
    if "|" not in lines[i].text or "|" not in (text := plain(lines[i].text).strip()):
        return False  # a picture's number may stand between two
    if text.startswith("|") and text.count("|") >= 2:
        return True
    return i + 1 < len(lines) and "|" in lines[i + 1].text and bool(_PIPE_RULE.match(lines[i + 1].text))


def pipe_table(lines: Sequence[Line], start: int) -> tuple[Table, int, list[Doubt]]:
    """The pipe table that starts at `start`, where it ends, and what in it is not sure.

    Rows whose words are cut elsewhere than between their cells are left out and said, as are all rows
    under a header that is.
    """
    end = start
    framed = lines[start].text.lstrip().startswith("|")
    width = _pipes(lines[start].text) if framed and _is_closed(lines[start].text) else 0
    rows: list[Row] = []
    doubts: list[Doubt] = []
    head: Columns | None = None
    torn = explained = False
    while end < len(lines) and "|" in lines[end].text:
        first, after = end, _end_of_pipe_row(lines, end, width)
        text, end = reduce(goes_on, (line.text for line in lines[first:after])), after
        if _PIPE_RULE.match(text):
            continue
        where = place(lines[first])
        cells = _once([plain(cell) for cell in _pipe_cells(text, framed)])
        again = columns_of(cells)
        if whole := has_all_titles(" ".join(filter(None, cells))):
            torn = again is None or any(
                field is None and cell for field, cell in zip(again.fields, cells, strict=True)
            )
        elif again:
            torn = False
        head = again or (None if whole else head)
        if torn or _is_cut(cells, head, explained=explained):
            doubts.append(Doubt("columns_uncertain", f"”{_words(cells)}”: {_TORN}", where))
        elif head and len(cells) > head.width:
            kept, doubt = fitted(cells, head, where)
            rows += [Row.of(kept, where)] if kept else []
            doubts += [doubt] if doubt else []
        else:
            rows.append(Row.of(cells, where))
        explained = heads_analysis(_words(cells))
    rows = rows or [Row.of([""], place(lines[start]))]
    return Table(tuple(rows), place(lines[start])), end, doubts


def _once(cells: Sequence[str]) -> Sequence[str]:
    """Cells that all say the same are one merged cell, which some programs print in each of its columns."""
    return [cells[0], *[""] * (len(cells) - 1)] if len(set(cells)) == 1 else cells


def _is_cut(cells: Sequence[str], head: Columns | None, *, explained: bool) -> bool:
    """Whether an Analys stands in the cells of a row, or words go on over cells that hold values."""
    if head is None or sum(map(bool, cells)) < 2:
        return False
    lines = cells[0].split("\n")
    misfits = head.misfits(cells) > 0
    if any(map(heads_analysis, lines)):
        return True
    return misfits and (explained or len(lines) > 1) and not head.ends_whole(cells)


def _words(cells: Sequence[str]) -> str:
    return " ".join(word for cell in cells for word in cell.split())


def _pipes(text: str) -> int:
    return len(_PIPE.findall(text))


def _is_closed(text: str) -> bool:
    return text.rstrip().endswith("|")


def _end_of_pipe_row(lines: Sequence[Line], start: int, width: int) -> int:
    """Where a row ends: one that is not closed goes on until it has its header's pipes, and its frame."""
    if not width or _is_closed(lines[start].text):
        return start + 1
    count = _pipes(lines[start].text)
    for end in range(start + 1, min(start + _ROW_LINES, len(lines))):
        count += _pipes(lines[end].text)
        if lines[end].blank or count > width:
            break
        if count == width and _is_closed(lines[end].text):
            return end + 1
    return start + 1


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
