"""Complaints and deviations: one dot is one case, the number beside it; facets are never added up."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, line, text, wrap
from vbdata.plot.formats import EN_DASH
from vbdata.plot.tokens import TEXT, TEXT_LARGE, TEXT_SMALL

LABEL = 290
MAX_DOTS = 30
"""A larger count is written without dots: nobody counts them, and the page would be long."""
RADIUS, GAP, ROW = 4.6, 12, 13


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    top: float
    height: float
    lines: list[str]
    row: pd.Series | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """The columns: where they start, how wide each is, how many dots stand on a line."""

    periods: dict[str, str]
    total: str | None
    hollow: frozenset[str]
    width: float

    @property
    def wide(self) -> bool:
        return self.width > 500

    @property
    def start(self) -> float:
        return LABEL if self.wide else 0

    @property
    def column(self) -> float:
        sums = 0 if self.total is None else 60 if self.wide else 34
        return (self.width - self.start - sums) / len(self.periods)

    @property
    def per_line(self) -> int:
        return max(1, int((self.column - 30) // GAP))

    @property
    def headings(self) -> list[list[str]]:
        return [wrap(title, self.column - 8, TEXT_SMALL) for title in self.periods.values()]


def case_dots(
    df: pd.DataFrame,
    *,
    periods: dict[str, str],
    total: str | None = "total",
    hollow: Collection[str] = (),
    ax: Axes | None = None,
    width: float = WIDE,
) -> Axes:
    """Draw one block per ``panel`` (a facet) and one line per row, in the order of the frame.

    The columns' headings stand once, in the first block.

    Parameters
    ----------
    df
        ``panel`` (may be empty), ``label`` (the category), one column per period and `total`: whole numbers.
        A missing one is drawn as a dash, a written zero as 0.
    periods
        Column → heading, without the total.
    total
        Column of the sums; None where the columns are different things and have none.
    hollow
        Columns whose cases are drawn as rings: something else than the others.
    """
    form = _Form(dict(periods), total, frozenset(hollow), width)
    parts = _layout(df, form)
    ax = canvas(width, parts[-1].top + parts[-1].height + 4 if parts else 20, ax)
    for part in parts:
        if part.row is None:
            _head(ax, part, form)
        else:
            _row(ax, part, part.row, form)
    return ax


def _lines_of_dots(count: Any, per_line: int) -> int:
    number = 0 if pd.isna(count) else int(count)
    return math.ceil(number / per_line) if number <= MAX_DOTS else 1


def _layout(df: pd.DataFrame, form: _Form) -> list[_Part]:
    y = 0.0
    parts: list[_Part] = []
    titles = 17 * max(len(lines) for lines in form.headings) + 7
    for panel, rows in df.groupby("panel", sort=False):
        y += 14 if parts else 0
        head = wrap(str(panel), form.width - 4, TEXT_LARGE, bold=True) if str(panel) else []
        under = 7 if parts else titles
        parts.append(_Part("head", y, 20 * len(head) + under, head))
        y += parts[-1].height
        for _, row in rows.iterrows():
            lines = wrap(str(row["label"]), (LABEL if form.wide else form.width) - 14)
            dots = ROW * max([1, *(_lines_of_dots(row[period], form.per_line) for period in form.periods)])
            height = max(17 * len(lines), dots) + 16 if form.wide else 17 * len(lines) + dots + 22
            parts.append(_Part("row", y, height, lines, row))
            y += height
    return parts


def _head(ax: Axes, part: _Part, form: _Form) -> None:
    for i, each in enumerate(part.lines):
        text(ax, 0, part.top + 10 + 20 * i, each, TEXT_LARGE, bold=True)
    if part.top:
        return
    bottom = part.top + part.height - 15
    for i, lines in enumerate(form.headings):
        for back, each in enumerate(reversed(lines)):
            text(ax, form.start + i * form.column + 4, bottom - 17 * back, each, TEXT_SMALL, "muted")
    if form.total:
        text(ax, form.width - 2, bottom, "Summa" if form.wide else "S:a", TEXT_SMALL, "muted", align="right")


def _row(ax: Axes, part: _Part, row: pd.Series, form: _Form) -> None:
    lines = part.lines
    line(ax, (0, form.width), (part.top, part.top), "line", 0.8)
    first = part.top + (part.height / 2 - 8.5 * (len(lines) - 1) if form.wide else 13)
    for i, each in enumerate(lines):
        text(ax, 0, first + 17 * i, each)
    label = 0 if form.wide else 17 * len(lines)
    y = part.top + label + (part.height - label) / 2 + (0 if form.wide else 3)
    for i, period in enumerate(form.periods):
        _cell(ax, form.start + i * form.column + 4, y, row[period], form.per_line, period in form.hollow)
    if form.total:
        shown = EN_DASH if pd.isna(row[form.total]) else str(int(row[form.total]))
        text(ax, form.width - 2, y, shown, TEXT, bold=True, align="right")


def _cell(ax: Axes, x: float, y: float, count: Any, per_line: int, hollow: bool = False) -> None:
    if pd.isna(count):
        text(ax, x, y, EN_DASH, TEXT, "muted")
        return
    cases = int(count)
    text(ax, x, y, str(cases), TEXT, bold=bool(cases))
    if cases > MAX_DOTS:
        return
    rows = math.ceil(cases / per_line)
    left = x + (20 if cases < 10 else 30)
    for i in range(cases):
        place = left + GAP * (i % per_line), y + (i // per_line - (rows - 1) / 2) * ROW
        if hollow:
            marks.disc(ax, *place, RADIUS - 0.8, "bg", "note", 1.6)
        else:
            marks.disc(ax, *place, RADIUS, "note")
