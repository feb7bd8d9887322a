"""Indicators over the years, a panel each; a line goes only where the years may be compared."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, line, text, text_width, wrap
from vbdata.plot.formats import number
from vbdata.plot.scale import Scale
from vbdata.plot.tokens import TEXT_LARGE, TEXT_SMALL

COLUMNS, GAP = 2, 36
HEIGHT, ABOVE, BELOW = 96, 26, 24
"""Of the plotting area, and the room above it for values and below it for years."""


@dataclass(frozen=True, slots=True)
class _Panel:
    left: float
    top: float
    width: float
    lines: list[str]
    head: float
    rows: pd.DataFrame
    scale: Scale
    years: tuple[int, int]

    @property
    def base(self) -> float:
        return self.top + self.head + ABOVE + HEIGHT

    @property
    def start(self) -> float:
        """Where the first year stands: right of the scale's numbers."""
        ends = (self.scale.low, self.scale.high)
        return self.left + 24 + max(text_width(number(end), TEXT_SMALL) for end in ends)

    def x(self, year: float) -> float:
        first, last = self.years
        return self.start + (year - first) / max(last - first, 1) * (self.left + self.width - 22 - self.start)

    def y(self, value: float) -> float:
        return self.scale.at(value, self.base, self.base - HEIGHT)


def trend(
    df: pd.DataFrame,
    *,
    scales: dict[str, Scale],
    years: tuple[int, int],
    words: dict[str, str],
    ax: Axes | None = None,
    width: float = WIDE,
) -> Axes:
    """Draw one panel per ``panel``, in the order of the frame.

    Parameters
    ----------
    df
        `trends`': ``panel``, ``year``, ``value``, ``target``, ``attainment``, ``origin``, ``segment`` and
        ``break``, with ``value_text`` as the table beside it shows it.
    scales
        Panel → scale.
    years
        The first and the last year of every panel.
    words
        Break → what is written at its line.
    """
    panels = _layout(df, scales, years, width)
    ax = canvas(width, max((panel.base + BELOW for panel in panels), default=20), ax)
    for panel in panels:
        _frame(ax, panel)
        _breaks(ax, panel, words)
        _points(ax, panel)
    return ax


def _layout(df: pd.DataFrame, scales: dict[str, Scale], years: tuple[int, int], width: float) -> list[_Panel]:
    columns = COLUMNS if width > 500 else 1
    each = (width - GAP * (columns - 1)) / columns
    groups = [(str(name), rows) for name, rows in df.groupby("panel", sort=False)]
    panels: list[_Panel] = []
    top = 0.0
    for start in range(0, len(groups), columns):
        row = groups[start : start + columns]
        lines = [wrap(name, each - 4, TEXT_LARGE, bold=True) for name, _ in row]
        head = 20.0 * max(len(some) for some in lines)
        for i, (name, rows) in enumerate(row):
            panel = _Panel(i * (each + GAP), top, each, lines[i], head, rows, scales[name], years)
            panels.append(panel)
        top = panels[-1].base + BELOW + 22
    return panels


def _frame(ax: Axes, panel: _Panel) -> None:
    first = panel.top + panel.head - 20 * len(panel.lines) + 10
    for i, each in enumerate(panel.lines):
        text(ax, panel.left, first + 20 * i, each, TEXT_LARGE, bold=True)
    right = panel.left + panel.width
    for end in (panel.scale.low, panel.scale.high):
        y = panel.y(end)
        line(ax, (panel.start - 14, right), (y, y), "edge" if end == panel.scale.low else "line")
        text(ax, panel.start - 20, y, number(end), TEXT_SMALL, "muted", align="right")
    for year in range(panel.years[0], panel.years[1] + 1):
        text(ax, panel.x(year), panel.base + 14, str(year), TEXT_SMALL, "muted", align="center")


def _breaks(ax: Axes, panel: _Panel, words: dict[str, str]) -> None:
    """A dotted line between two years that may not be compared, with the reason at its foot."""
    last: int | None = None
    for _, row in panel.rows.iterrows():
        reason, year = row["break"], int(row["year"])
        if last is not None and pd.notna(reason) and str(reason) in words:
            x = panel.x((last + year) / 2)
            line(ax, (x, x), (panel.base - HEIGHT - 6, panel.base), "note", 1.4, (2.0, 2.0), 2)
            text(ax, x, panel.base - 9, words[str(reason)], TEXT_SMALL, "note", align="center")
        last = year


def _points(ax: Axes, panel: _Panel) -> None:
    for _, rows in panel.rows.groupby("segment", sort=False):
        points = [(panel.x(int(row["year"])), panel.y(float(row["value"]))) for _, row in rows.iterrows()]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            line(ax, (x1, x2), (y1, y2), "muted", 1.6, zorder=3)
    for _, row in panel.rows.iterrows():
        x, y = panel.x(int(row["year"])), panel.y(float(row["value"]))
        if pd.notna(row["target"]) and panel.scale.low <= float(row["target"]) <= panel.scale.high:
            level = panel.y(float(row["target"]))
            line(ax, (x - 11, x + 11), (level, level), "ink", 2.6, zorder=5)
        if row["origin"] == "report":
            marks.outcome(ax, x, y, None if pd.isna(row["attainment"]) else str(row["attainment"]), 5)
        else:
            marks.previous(ax, x, y)
        _value(ax, panel, row, x, y)


def _value(ax: Axes, panel: _Panel, row: pd.Series, x: float, y: float) -> None:
    """The number above its mark, or below it where a target or another segment of the line is in the way."""
    near = pd.notna(row["target"]) and 2 < y - panel.y(float(row["target"])) < 26
    place = y + 16 if near and y + 24 < panel.base else y - 16
    string = str(row["value_text"])
    half = text_width(string, TEXT_SMALL, bold=True) / 2
    x = min(max(x, panel.start - 8 + half - 4), panel.left + panel.width - half)
    text(ax, x, place, string, TEXT_SMALL, bold=True, align="center")
