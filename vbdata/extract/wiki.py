"""MediaWiki's headings and emphasis as those of Markdown, its tables as those of HTML, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vbdata.extract.decode import Line

_HEADING = re.compile(r"^(={1,6})\s*([^=\s].*?)\s*\1\s*$|^(={2,6})\s+([^=\s].*)$")
_EMPHASIS = re.compile(r"'''(.+?)'''|''(.+?)''")
_TABLE = re.compile(r"^\s*\{\|")
#: A cell's attributes before its words: ``colspan="8" |``.
_ATTRIBUTES = re.compile(r"^((?:\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|\w+))+)\s*\|(?!\|)")
_BETWEEN = re.compile(r"\|\||!!")


def without_wiki(lines: Sequence[Line]) -> list[Line]:
    """Lines without the mark-up of MediaWiki, under their numbers."""
    if not any(_HEADING.match(line.text) or _TABLE.match(line.text) for line in lines):
        return list(lines)
    found: list[Line] = []
    i = 0
    while i < len(lines):
        if _TABLE.match(lines[i].text) and (end := _end(lines, i)):
            found += _table(lines[i : end + 1])
            i = end + 1
            continue
        found.append(replace(lines[i], text=_marked(lines[i].text)))
        i += 1
    return found


def _marked(text: str) -> str:
    if heading := _HEADING.match(text):
        text = f"{'#' * len(heading[1] or heading[3])} {heading[2] or heading[4]}"
    return _emphasised(text)


def _emphasised(text: str) -> str:
    return _EMPHASIS.sub(lambda each: f"**{each[1]}**" if each[1] else f"*{each[2]}*", text)


def _end(lines: Sequence[Line], start: int) -> int | None:
    """The line that ends a table, where no other begins before it."""
    for i in range(start + 1, len(lines)):
        if _TABLE.match(lines[i].text):
            return None
        if lines[i].text.lstrip().startswith("|}"):
            return i
    return None


def _table(lines: Sequence[Line]) -> Iterator[Line]:
    """A table as one of HTML, row by row; its caption is a line of text."""
    rows: list[tuple[Line, list[str]]] = []  # the first line of each, and its cells
    in_row = False
    for line in lines[1:-1]:
        text = line.text.strip()
        if text.startswith("|+"):
            yield replace(line, text=_emphasised(text[2:].strip()))
            yield replace(line, text="")
        elif text.startswith("|-"):
            in_row = False
        elif text.startswith(("|", "!")):
            rows += [] if in_row else [(line, [])]
            in_row = True
            rows[-1][1].extend(map(_cell, _BETWEEN.split(text[1:])))
        elif text and in_row:
            rows[-1][1][-1] += f"<br>{_emphasised(text)}"
    yield replace(lines[0], text="<table>")
    for line, cells in rows:
        yield replace(line, text=f"<tr>{''.join(cells)}</tr>")
    yield replace(lines[-1], text="</table>")


def _cell(text: str) -> str:
    found = _ATTRIBUTES.match(text)
    attributes, words = (found[1], text[found.end() :]) if found else ("", text)
    return f"<td {attributes.strip()}>{_emphasised(words.strip())}"
