"""Counts over periods: a line that is broken where the form or the unit changed, and its median."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, line, text, text_width, wrap
from vbdata.plot.formats import number
from vbdata.plot.scale import Scale
from vbdata.plot.tokens import TEXT_LARGE, TEXT_SMALL

PLOT, FOOT = 116, 44
"""Height in px of a panel's plot, and of the periods and years under it."""
LEFT, RIGHT = 34, 10
RADIUS = 4.2


@dataclass(frozen=True, slots=True)
class _Panel:
    """One series: its lines of heading, its points, where it starts and where its plot does."""

    lines: list[str]
    points: pd.DataFrame
    top: float
    plot: float
    scale: Scale


def run_chart(df: pd.DataFrame, *, ax: Axes | None = None, width: float = WIDE) -> Axes:
    """Draw one panel per ``panel``, its points in the order of the frame at equal distances.

    Parameters
    ----------
    df
        ``panel``, ``year``, ``period`` (short, such as «T1»), ``count`` (a missing one leaves a gap),
        ``segment`` (points are joined within one), ``median`` (of the segment; drawn where it is stated),
        ``high`` (an upper control limit, drawn where it is stated) and ``break``: words on the first point
        after one, else missing; without a new segment (a new name) the line goes on.
    """
    panels: list[_Panel] = []
    y = 0.0
    for name, rows in df.groupby("panel", sort=False):
        lines = wrap(str(name), width - 4, TEXT_LARGE, bold=True)
        words = 30.0 if rows["break"].notna().any() else 4.0
        plot = y + 20 * len(lines) + 14 + words
        shown = [*rows["count"].dropna(), *rows["high"].dropna(), 1]
        panels.append(
            _Panel(
                lines,
                rows.reset_index(drop=True),
                y,
                plot,
                Scale(0.0, max(3.0, float(math.ceil(max(shown))))),
            )
        )
        y = plot + PLOT + FOOT + 14
    ax = canvas(width, max(y - 14, 20), ax)
    for panel in panels:
        _draw(ax, panel, width)
    return ax


def _draw(ax: Axes, panel: _Panel, width: float) -> None:
    for i, each in enumerate(panel.lines):
        text(ax, 0, panel.top + 10 + 20 * i, each, TEXT_LARGE, bold=True)
    step = (width - LEFT - RIGHT) / len(panel.points)
    places = [LEFT + step * (i + 0.5) for i in range(len(panel.points))]
    bottom = panel.plot + PLOT
    for tick in (panel.scale.low, panel.scale.high):
        y = panel.scale.at(tick, bottom, panel.plot)
        line(ax, (LEFT, width - RIGHT), (y, y), "edge" if tick == panel.scale.low else "line")
        text(ax, LEFT - 8, y, number(tick), TEXT_SMALL, "muted", align="right")
    _periods(ax, panel, places, step, bottom)
    _breaks(ax, panel, places, step, width)
    _levels(ax, panel, places, step, bottom)
    _points(ax, panel, places, step, bottom)


def _periods(ax: Axes, panel: _Panel, places: list[float], step: float, bottom: float) -> None:
    """Periods under the points where there is room, and each year under its own."""
    if step >= 24:
        for x, period in zip(places, panel.points["period"], strict=True):
            text(ax, x, bottom + 14, str(period), TEXT_SMALL, "muted", align="center")
    for year, rows in panel.points.groupby("year", sort=False):
        first, last = places[int(rows.index[0])], places[int(rows.index[-1])]
        line(ax, (first - step / 2 + 3, last + step / 2 - 3), (bottom + 25, bottom + 25), "edge")
        fits = text_width(str(year), TEXT_SMALL) + 6 <= last - first + step
        shown = str(year) if fits else f"’{int(str(year)) % 100:02d}"
        text(ax, (first + last) / 2, bottom + 37, shown, TEXT_SMALL, "muted", align="center")


def _breaks(ax: Axes, panel: _Panel, places: list[float], step: float, width: float) -> None:
    """What happened, above the plot; a line through it only where a new segment begins."""
    segments = panel.points["segment"].tolist()
    for i, words in enumerate(panel.points["break"]):
        if pd.isna(words):
            continue
        x = places[i] - step / 2
        new = i == 0 or segments[i] != segments[i - 1]
        foot = panel.plot + PLOT if new else panel.plot - 18
        line(ax, (x, x), (panel.plot - 34, foot), "muted", 1.6, (2.0, 2.0) if new else None, 1)
        long = text_width(str(words), TEXT_SMALL)
        start = x + 6 if x + 6 + long <= width else x - 6 - long
        text(ax, max(start, 0), panel.plot - 27, str(words), TEXT_SMALL, "muted")


def _levels(ax: Axes, panel: _Panel, places: list[float], step: float, bottom: float) -> None:
    """The median of each segment, and its upper control limit where it has one."""
    for _, rows in panel.points.groupby("segment", sort=False):
        left, right = places[int(rows.index[0])] - step / 2 + 3, places[int(rows.index[-1])] + step / 2 - 3
        for column, dashes in (("median", None), ("high", (4.0, 3.0))):
            known = rows[column].dropna()
            if len(known):
                y = panel.scale.at(float(known.iloc[0]), bottom, panel.plot)
                line(ax, (left, right), (y, y), "muted" if column == "median" else "edge", 1.3, dashes, 2)


def _points(ax: Axes, panel: _Panel, places: list[float], step: float, bottom: float) -> None:
    before: tuple[float, float, object] | None = None
    for x, count, segment in zip(places, panel.points["count"], panel.points["segment"], strict=True):
        if pd.isna(count):
            before = None
            continue
        y = panel.scale.at(float(count), bottom, panel.plot)
        if before is not None and before[2] == segment:
            line(ax, (before[0], x), (before[1], y), "note", 1.6, zorder=5)
        before = x, y, segment
        marks.disc(ax, x, y, RADIUS, "note", "bg", 1.2, 7)
        if step >= 24:
            text(ax, x, y - 13, str(int(count)), TEXT_SMALL, align="center")
