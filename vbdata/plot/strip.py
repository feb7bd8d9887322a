"""One indicator as marks on a scale, for a cell of its table row."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot import marks
from vbdata.plot.canvas import NARROW, canvas, line, text
from vbdata.plot.formats import number
from vbdata.plot.scale import Scale
from vbdata.plot.tokens import TEXT_SMALL

HEIGHT, MIDDLE, MARGIN = 48, 22, 12


def strip(row: pd.Series, *, scale: Scale, ax: Axes | None = None, width: float = NARROW) -> Axes:
    """Marks only: the numbers are the row's own cells.

    Parameters
    ----------
    row
        One row of `indicators`: ``value``, ``value_men``, ``value_women``, ``value_previous``, ``target``,
        ``council_target``, ``attainment``, and ``low`` and ``high``, the limits of chance; what is missing is
        not drawn.
    scale
        Shared by the rows of a group.
    """
    ax = canvas(width, HEIGHT, ax)
    start, end = MARGIN, width - MARGIN
    for tick in scale.ticks():
        x = scale.at(tick, start, end)
        line(ax, (x, x), (MIDDLE - 11, MIDDLE + 11), "line")
    line(ax, (start, end), (MIDDLE, MIDDLE), "line")
    unit = scale.measure_unit
    text(ax, start - 8, 42, number(scale.low, measure_unit=unit), TEXT_SMALL, "muted")
    text(ax, end + 8, 42, number(scale.high, measure_unit=unit), TEXT_SMALL, "muted", align="right")
    _span(ax, row, scale, start, end)
    draw_marks(ax, row, scale, start, end, MIDDLE)
    return ax


def draw_marks(ax: Axes, row: pd.Series, scale: Scale, start: float, end: float, y: float) -> None:
    """Council's target, own target, last year and outcome, the outcome on top."""
    for column, mark in (
        ("council_target", marks.council_target),
        ("target", marks.target),
        ("value_previous", marks.previous),
    ):
        if pd.notna(row.get(column)):
            mark(ax, scale.at(float(row[column]), start, end), y)
    if pd.notna(row.get("low")) and pd.notna(row.get("high")):
        ends = (scale.at(float(row["low"]), start, end), scale.at(float(row["high"]), start, end))
        line(ax, ends, (y, y), "note", 2.0, zorder=4)
        for x in ends:
            line(ax, (x, x), (y - 6, y + 6), "note", 2.0, zorder=4)
    if pd.notna(row.get("value")):
        attainment = row.get("attainment")
        judged = None if pd.isna(attainment) else str(attainment)
        marks.outcome(ax, scale.at(float(row["value"]), start, end), y, judged)


def _span(ax: Axes, row: pd.Series, scale: Scale, start: float, end: float) -> None:
    """An outlined bar between men and women, with M and K above its ends."""
    men, women = row.get("value_men"), row.get("value_women")
    if pd.isna(men) or pd.isna(women):
        return
    (low, first), (high, last) = sorted(((float(men), "M"), (float(women), "K")))
    left, right = scale.at(low, start, end), scale.at(high, start, end)
    marks.box(ax, left, MIDDLE - 3.5, right - left, 7, "span", "edge", 0.9)
    if right - left < 22:
        left, right = (left + right) / 2 - 11, (left + right) / 2 + 11
    text(ax, left, 5.5, first, TEXT_SMALL, "muted", align="center")
    text(ax, right, 5.5, last, TEXT_SMALL, "muted", align="center")
