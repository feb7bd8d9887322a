"""MediaWiki's headings, emphasis and tables as those of Markdown, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vbdata.extract.decode import Line

_HEADING = re.compile(r"^(={1,6})\s*([^=\s].*?)\s*\1\s*$|^(={2,6})\s+([^=\s].*)$")
_EMPHASIS = re.compile(r"'''(.+?)'''|''(.+?)''")
_TABLE = re.compile(r"^\s*\{\|")
#: A cell's attributes before its words: ``colspan="8" |``.
_ATTRIBUTES = re.compile(r"^(?:\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|\w+))+\s*\|(?!\|)")
_SPAN = re.compile(r"(colspan|rowspan)\s*=\s*[\"']?(\d{1,3})", re.I)
_MOST = 40
"""Columns of a table at most."""
_BETWEEN = re.compile(r"\|\||!!")


def without_wiki(lines: Sequence[Line]) -> list[Line]:
    """Lines with headings, emphasis and tables of MediaWiki as Markdown has them, under their numbers."""
    if not any(_HEADING.match(line.text) or _TABLE.match(line.text) for line in lines):
        return list(lines)
    found: list[Line] = []
    i = 0
    while i < len(lines):
        if _TABLE.match(lines[i].text) and (end := _end(lines, i)):
            found += _rows(lines[i + 1 : end])
            i = end + 1
            continue
        found.append(replace(lines[i], text=_marked(lines[i].text)))
        i += 1
    return found


def _marked(text: str) -> str:
    if heading := _HEADING.match(text):
        text = f"{'#' * len(heading[1] or heading[3])} {heading[2] or heading[4]}"
    return _EMPHASIS.sub(lambda each: f"**{each[1]}**" if each[1] else f"*{each[2]}*", text)


def _end(lines: Sequence[Line], start: int) -> int | None:
    """The line that ends a table, where no other begins before it."""
    for i in range(start + 1, len(lines)):
        if _TABLE.match(lines[i].text):
            return None
        if lines[i].text.lstrip().startswith("|}"):
            return i
    return None


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    columns: int = 1
    rows: int = 1


def _rows(lines: Sequence[Line]) -> Iterator[Line]:
    """A table's rows as rows of pipes; its caption is a line of text."""
    held: dict[int, int] = {}
    first: Line | None = None
    cells: list[_Cell] = []
    for line in (*lines, Line(0, "|-")):
        text = line.text.strip()
        if text.startswith("|+"):
            yield replace(line, text=_marked(text[2:].strip()))
            yield replace(line, text="")
        elif text.startswith("|-"):
            if first:
                yield replace(first, text=_row(cells, held))
            first, cells = None, []
        elif text.startswith(("|", "!")):
            first = first or line
            cells += map(_cell, _BETWEEN.split(text[1:]))
        elif text and cells:
            cells[-1] = replace(cells[-1], text=f"{cells[-1].text}<br>{text}")


_END = _Cell("")


def _cell(text: str) -> _Cell:
    found = _ATTRIBUTES.match(text)
    said = {name.lower(): int(number) for name, number in _SPAN.findall(found[0])} if found else {}
    words = text[found.end() :] if found else text
    return _Cell(words.strip(), said.get("colspan", 1), said.get("rowspan", 1))


def _row(cells: Sequence[_Cell], held: dict[int, int]) -> str:
    """A row with an empty cell where one above or before it goes on; `held` says for how many rows."""
    texts: list[str] = []
    for cell in (*cells, _END):
        while held.get(len(texts), 0):
            held[len(texts)] -= 1
            texts.append("")
        if cell is _END:
            break
        for text in (cell.text, *[""] * (min(cell.columns, _MOST) - 1)):
            held[len(texts)] = cell.rows - 1
            texts.append(_marked(text).replace("|", r"\|"))
    return f"| {' | '.join(texts)} |"
