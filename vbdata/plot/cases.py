"""Complaints and deviations: one dot is one case, the number beside it; facets are never added up."""

from __future__ import annotations

import math
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


def case_dots(
    df: pd.DataFrame,
    *,
    periods: dict[str, str],
    total: str = "total",
    ax: Axes | None = None,
    width: float = WIDE,
) -> Axes:
    """Draw one block per ``panel`` (a facet) and one line per row, in the order of the frame.

    Parameters
    ----------
    df
        ``panel``, ``label`` (the category), one column per period and `total`: whole numbers. A missing one
        is drawn as a dash, a written zero as 0.
    periods
        Column → heading, without the total.
    """
    parts = _layout(df, list(periods), width)
    ax = canvas(width, parts[-1].top + parts[-1].height + 4 if parts else 20, ax)
    for part in parts:
        if part.row is None:
            _head(ax, part, list(periods.values()), width)
        else:
            _row(ax, part, part.row, list(periods), total, width)
    return ax


def _wide(width: float) -> bool:
    return width > 500


def _columns(width: float, count: int) -> tuple[float, float, int]:
    """Start of the first period's column, width of each, dots on a line."""
    start = LABEL if _wide(width) else 0
    each = (width - start - (60 if _wide(width) else 34)) / count
    return start, each, max(1, int((each - 26) // GAP))


def _lines_of_dots(count: Any, per_line: int) -> int:
    number = 0 if pd.isna(count) else int(count)
    return math.ceil(number / per_line) if number <= MAX_DOTS else 1


def _layout(df: pd.DataFrame, periods: list[str], width: float) -> list[_Part]:
    wide, y = _wide(width), 0.0
    parts: list[_Part] = []
    per_line = _columns(width, len(periods))[2]
    for panel, rows in df.groupby("panel", sort=False):
        y += 14 if parts else 0
        head = wrap(str(panel), width - 4, TEXT_LARGE, bold=True)
        parts.append(_Part("head", y, 20 * len(head) + 24, head))
        y += parts[-1].height
        for _, row in rows.iterrows():
            lines = wrap(str(row["label"]), (LABEL if wide else width) - 14)
            dots = ROW * max([1, *(_lines_of_dots(row[period], per_line) for period in periods)])
            height = max(17 * len(lines), dots) + 16 if wide else 17 * len(lines) + dots + 22
            parts.append(_Part("row", y, height, lines, row))
            y += height
    return parts


def _head(ax: Axes, part: _Part, headings: list[str], width: float) -> None:
    for i, each in enumerate(part.lines):
        text(ax, 0, part.top + 10 + 20 * i, each, TEXT_LARGE, bold=True)
    y = part.top + 20 * len(part.lines) + 9
    start, column, _ = _columns(width, len(headings))
    for i, heading in enumerate(headings):
        text(ax, start + i * column + 4, y, heading, TEXT_SMALL, "muted")
    text(ax, width - 2, y, "Summa" if _wide(width) else "S:a", TEXT_SMALL, "muted", align="right")


def _row(ax: Axes, part: _Part, row: pd.Series, periods: list[str], total: str, width: float) -> None:
    wide, lines = _wide(width), part.lines
    line(ax, (0, width), (part.top, part.top), "line", 0.8)
    first = part.top + (part.height / 2 - 8.5 * (len(lines) - 1) if wide else 13)
    for i, each in enumerate(lines):
        text(ax, 0, first + 17 * i, each)
    label = 0 if wide else 17 * len(lines)
    y = part.top + label + (part.height - label) / 2 + (0 if wide else 3)
    start, column, per_line = _columns(width, len(periods))
    for i, period in enumerate(periods):
        _cell(ax, start + i * column + 4, y, row[period], per_line)
    shown = EN_DASH if pd.isna(row[total]) else str(int(row[total]))
    text(ax, width - 2, y, shown, TEXT, bold=True, align="right")


def _cell(ax: Axes, x: float, y: float, count: Any, per_line: int) -> None:
    if pd.isna(count):
        text(ax, x, y, EN_DASH, TEXT, "muted")
        return
    cases = int(count)
    text(ax, x, y, str(cases), TEXT, bold=bool(cases))
    if cases > MAX_DOTS:
        return
    rows = math.ceil(cases / per_line)
    left = x + (20 if cases < 10 else 26)
    for i in range(cases):
        marks.disc(
            ax, left + GAP * (i % per_line), y + (i // per_line - (rows - 1) / 2) * ROW, RADIUS, "note"
        )
