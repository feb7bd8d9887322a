"""Pipe tables whose rows are broken at the width of a page and end in two spaces: a line for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line

_RULE = re.compile(r"^-{3,}(?:\|-{3,})+\s*$")
_PICTURE = re.compile(r"!\[[^\]]*\]\(data:[^)]*\)\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_WIDTH = 78
_MOST_LINES = 40
"""Lines that a row may wrap over."""


def whole_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines with each broken row, and each heading broken at the same width, on its first line."""
    if not any(_RULE.match(line.text) for line in lines):
        return list(lines)
    return _whole_headings(list(_unwrapped(lines)))


def _row(number: Line, cells: Sequence[str]) -> Line:
    text = "|".join(" ".join(cell.split()) for cell in cells)
    return Line(number.number, f"|{text}|", number.page)


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
    if not _RULE.match(lines[rule].text) or not rule or not lines[rule - 1].text.endswith("  "):
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
    cells = _PIPE.split(text)
    return [*cells, *[""] * (width - len(cells))] if len(cells) == 1 else cells
