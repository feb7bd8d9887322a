"""Lines to cells: a paragraph each, and an empty one where the converter kept it as a blank line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from vbdata.extract.decode import Line
from vbdata.extract.markup import plain
from vbdata.extract.spaced import patterns
from vbdata.vocabulary import key, layouts, target_rule_index
from vbdata.vocabulary.tables import Layout

_VALUE = re.compile(
    r"[-−–<>]?\s?\d[\d ]{0,8}(?:[.,]\d+)?(?:\s?%|\s(?:st|kr|kg|mnkr|tkr|procent|index)\b.{0,30})?"
)
PERIOD = re.compile(patterns.PERIOD)
COUNT = re.compile(r"(?:\d{1,5}(?:\s?st\.?)?)?")
MARK = re.compile(r"[✓✔☑☒✗✘√■●▲◆○□•▪]|\[[xX ]\]")
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True, slots=True)
class CellText:
    """One cell, and the line where it starts; `after` is the index of the line after it."""

    text: str
    line: Line
    after: int


@dataclass(frozen=True, slots=True)
class Header:
    """A header whose titles are paragraphs; `step` is 1 where no blank lines stand between them, else 2."""

    layout: Layout
    titles: tuple[str, ...]
    end: int
    step: int


@cache
def _titles() -> dict[str, tuple[Layout, ...]]:
    """Layouts by the key of their first title."""
    found: dict[str, tuple[Layout, ...]] = {}
    for layout in layouts():
        for label in layout.columns[0][1]:
            found[key(label)] = (*found.get(key(label), ()), layout)
    return found


def header_at(lines: Sequence[Line], start: int) -> Header | None:
    """The header that starts at a line, each of its titles a line or a paragraph of its own."""
    candidates = _titles().get(key(lines[start].text)) if len(lines[start].text.strip()) < 40 else None
    if not candidates or start + 1 >= len(lines):
        return None
    step = 2 if lines[start + 1].blank else 1
    for layout in sorted(candidates, key=lambda each: -len(each.columns)):
        ends = [start + step * i for i in range(len(layout.columns))]
        if ends[-1] >= len(lines) or (step == 2 and any(not lines[i + 1].blank for i in ends[:-1])):
            continue
        texts = [plain(lines[i].text) for i in ends]
        if all(_is_title(text, labels) for text, (_, labels) in zip(texts, layout.columns, strict=True)):
            return Header(layout, tuple(texts), ends[-1] + 1, step)
    return None


def _is_title(text: str, labels: Sequence[str]) -> bool:
    letters = _YEAR.sub("", key(text))
    return any(letters == key(label) for label in labels)


def keeps_empty(bodies: Sequence[Sequence[Line]], step: int) -> bool:
    """Whether empty cells are there as blank lines.

    Where a blank line follows each paragraph, an empty one makes two more: blank lines come in odd numbers.
    """
    if step == 1:
        return any(line.blank for body in bodies for line in body[:-1])
    runs = [run for body in bodies for run in _blank_runs(body)]
    return any(run >= 3 for run in runs) and sum(run % 2 == 0 for run in runs) <= len(runs) / 50


def _blank_runs(lines: Sequence[Line]) -> list[int]:
    """Lengths of the runs of blank lines between filled ones."""
    runs: list[int] = []
    run = 0
    for line in lines:
        if line.blank:
            run += 1
        else:
            runs.append(run)
            run = 0
    return [each for each in runs[1:] if each]


def cells_of(lines: Sequence[Line], low: int, high: int, step: int, *, empty: bool) -> list[CellText]:
    """The cells that lines hold, empty ones among them where they are kept."""
    if step == 1:
        return [CellText(plain(lines[i].text), lines[i], i + 1) for i in range(low, high)]
    if not empty:
        return _paragraphs(lines, low, high)
    found: list[CellText] = []
    run = 0
    for i in range(low, high):
        if lines[i].blank:
            run += 1
            continue
        # The blank line that ends the paragraph before is none of the empty cells' two each.
        empties = max(0, (run - 1) // 2)
        found += [CellText("", lines[i], i)] * empties
        found.append(CellText(plain(lines[i].text), lines[i], i + 1))
        run = 0
    return found + [CellText("", lines[high - 1], high)] * max(0, (run - 1) // 2)


def _paragraphs(lines: Sequence[Line], low: int, high: int) -> list[CellText]:
    found: list[CellText] = []
    words: list[str] = []
    first = low
    for i in range(low, high + 1):
        if i < high and not lines[i].blank:
            first = first if words else i
            words.append(lines[i].text.strip())
        elif words:
            text = plain(" ".join(words))
            if text:
                found.append(CellText(text, lines[first], i))
            words = []
    return found


def is_value(text: str) -> bool:
    """Whether a cell is empty or holds an outcome or a target."""
    return (
        not text
        or bool(_VALUE.fullmatch(text))
        or (len(text) < 40 and bool(target_rule_index().find(text).entry))
    )
