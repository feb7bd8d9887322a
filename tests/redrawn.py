"""Pipe tables of a sample report, drawn anew as other converters do: frames, rules, aligned columns."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

Grid = list[list[str]]
WIDTH = 112
_RULE = re.compile(r"^\|(?:\s*:?-{2,}:?\s*\|)+\s*$")


def redrawn(text: str, draw: Callable[[Grid], Iterator[str]]) -> str:
    """The text with each of its pipe tables drawn by `draw`."""
    made: list[str] = []
    for is_table, lines in groupby(text.split("\n"), key=lambda line: line.startswith("|")):
        if not is_table:
            made.extend(lines)
            continue
        rows = [re.split(r"(?<!\\)\|", line.strip()[1:-1]) for line in lines if not _RULE.match(line)]
        made.extend(["", *draw([[_plain(cell) for cell in row] for row in rows]), ""])
    return "\n".join(made)


def _plain(cell: str) -> str:
    return " ".join(cell.replace("**", "").replace("<br>", " ").replace("\\|", "|").split())


def widths(rows: Grid, least: int = 9) -> list[int]:
    """Column widths that hold the longest word of each column, with the rest for the widest."""
    count = max(map(len, rows))
    words = [[w for row in rows for w in (row[i] if i < len(row) else "").split()] for i in range(count)]
    made = [max([least, *map(len, column)]) for column in words]
    texts = [max((len(row[i]) for row in rows if i < len(row)), default=0) for i in range(count)]
    made[texts.index(max(texts))] += max(0, WIDTH - sum(made) - 3 * count)
    return made


def wrapped(row: Sequence[str], sizes: Sequence[int]) -> list[list[str]]:
    """A row's lines, each with one piece per column."""
    padded = [*row, *[""] * (len(sizes) - len(row))]
    cells = [textwrap.wrap(c, w, break_on_hyphens=False) or [""] for c, w in zip(padded, sizes, strict=True)]
    height = max(map(len, cells))
    return [[cell[i] if i < len(cell) else "" for cell in cells] for i in range(height)]


def framed(rows: Grid, marks: str = "+-|=") -> Iterator[str]:
    corner, across, down, under = marks
    sizes = widths(rows)

    def rule(mark: str) -> str:
        return corner + corner.join(mark * (w + 2) for w in sizes) + corner

    yield rule(across)
    for number, row in enumerate(rows):
        for line in wrapped(row, sizes):
            yield down + down.join(f" {c:<{w}} " for c, w in zip(line, sizes, strict=True)) + down
        yield rule(under if number == 0 else across)


def boxed(rows: Grid) -> Iterator[str]:
    yield from framed(rows, "┼─│─")


def ruled(rows: Grid) -> Iterator[str]:
    """A rule under the header, blank lines between rows that wrap."""
    sizes = widths(rows)
    full = "  " + "-" * (sum(sizes) + len(sizes) - 1)
    yield full
    for number, row in enumerate(rows):
        for line in wrapped(row, sizes):
            yield "  " + " ".join(f"{c:<{w}}" for c, w in zip(line, sizes, strict=True))
        yield "  " + " ".join("-" * w for w in sizes) if number == 0 else ""
    yield full


def double_ruled(rows: Grid) -> Iterator[str]:
    """Double rules over and under, one line per row; an empty first cell is a backslash."""
    rows = [[row[0] or "\\", *row[1:]] for row in rows]
    sizes = [max(len(row[i]) if i < len(row) else 0 for row in rows) + 1 for i in range(len(rows[0]))]
    rule = "  ".join("=" * w for w in sizes)
    yield rule
    for number, row in enumerate(rows):
        yield "  ".join(f"{c:<{w}}" for c, w in zip(row, sizes, strict=False))
        if number == 0:
            yield rule
    yield rule


def org(rows: Grid) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if number == 0:
            yield "|" + "+".join("---" for _ in row) + "|"


def aligned(rows: Grid) -> Iterator[str]:
    """Columns by white space alone, two spaces between; values on the first line of their row."""
    sizes = widths(rows)
    for row in rows:
        if len(row) > 1 and row[0].startswith("Analys") and not any(row[1:]):
            yield "Analys"
            yield from textwrap.wrap(row[0].removeprefix("Analys").strip(), sum(sizes))
            continue
        for line in wrapped(row, sizes):
            yield "  ".join(f"{c:<{w}}" for c, w in zip(line, sizes, strict=True)).rstrip()


DRAWN: dict[str, Callable[[Grid], Iterator[str]]] = {
    "framed": framed,
    "boxed": boxed,
    "ruled": ruled,
    "double_ruled": double_ruled,
    "org": org,
    "aligned": aligned,
}
