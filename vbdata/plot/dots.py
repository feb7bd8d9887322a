"""Outcome against target for the same indicator in two to eight units."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot.canvas import WIDE, canvas, line, text, text_width, wrap
from vbdata.plot.formats import EN_DASH, number
from vbdata.plot.scale import Scale
from vbdata.plot.strip import draw_marks
from vbdata.plot.tokens import TEXT, TEXT_LARGE, TEXT_SMALL

LABEL = 290
MARKS = ("value", "target", "council_target", "value_previous")
"""What a line may have a mark for; with none it says so in words."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    top: float
    height: float
    lines: list[str]
    scale: Scale
    row: pd.Series | None = None


def dot_target(
    df: pd.DataFrame, *, scales: dict[str, Scale], ax: Axes | None = None, width: float = WIDE
) -> Axes:
    """Draw one panel per ``panel`` and one line per row, in the order of the frame.

    Parameters
    ----------
    df
        ``panel`` (heading), ``label`` (the unit), the marks of `strip`, and ``value_text`` and
        ``target_text`` as the table beside it shows them.
    scales
        Panel → scale.
    """
    parts = _layout(df, scales, width)
    ax = canvas(width, parts[-1].top + parts[-1].height if parts else 20, ax)
    for part in parts:
        {"head": _head, "row": _row, "axis": _axis}[part.kind](ax, part, width)
    return ax


def _wide(width: float) -> bool:
    return width > 500


def _span(width: float) -> tuple[float, float]:
    return (LABEL + 10, width - 160) if _wide(width) else (10, width - 78)


def _layout(df: pd.DataFrame, scales: dict[str, Scale], width: float) -> list[_Part]:
    wide, y, parts = _wide(width), 0.0, []

    def place(kind: str, height: float, lines: list[str], scale: Scale, row: pd.Series | None = None) -> None:
        nonlocal y
        parts.append(_Part(kind, y, height, lines, scale, row))
        y += height

    for panel, rows in df.groupby("panel", sort=False):
        scale = scales[str(panel)]
        y += 10 if parts else 0
        head = wrap(str(panel), width - 4, TEXT_LARGE, bold=True)
        place("head", 20 * len(head) + (24 if wide else 10), head, scale)
        for _, row in rows.iterrows():
            lines = wrap(str(row["label"]), (LABEL if wide else width) - 14)
            place("row", max(34, 17 * len(lines) + 12) if wide else 17 * len(lines) + 42, lines, scale, row)
        place("axis", 34, [], scale)
    return parts


def _head(ax: Axes, part: _Part, width: float) -> None:
    for i, each in enumerate(part.lines):
        text(ax, 0, part.top + 10 + 20 * i, each, TEXT_LARGE, bold=True)
    if _wide(width):
        y = part.top + 20 * len(part.lines) + 10
        text(ax, width - 82, y, "Utfall", TEXT_SMALL, "muted", align="right")
        text(ax, width, y, "Årsmål", TEXT_SMALL, "muted", align="right")


def _row(ax: Axes, part: _Part, width: float) -> None:
    assert part.row is not None  # a part of kind "row" always has one; for the type checker
    wide, (start, end), lines, row = _wide(width), _span(width), part.lines, part.row
    first = part.top + (part.height / 2 - 8.5 * (len(lines) - 1) if wide else 11)
    for i, each in enumerate(lines):
        text(ax, 0, first + 17 * i, each)
    y = part.top + part.height / 2 if wide else part.top + 17 * len(lines) + 20
    if wide:
        line(ax, (0, width), (part.top, part.top), "line", 0.7)
    if all(pd.isna(row.get(column)) for column in MARKS):
        text(ax, (start + end) / 2, y, "uppgift saknas", TEXT_SMALL, "muted", align="center")
    else:
        line(ax, (start, end), (y, y), "line")
        draw_marks(ax, row, part.scale, start, end, y)
    value, goal = str(row.get("value_text") or EN_DASH), str(row.get("target_text") or EN_DASH)
    if wide:
        text(ax, width - 82, y, value, TEXT, bold=True, align="right")
        text(ax, width, y, goal, TEXT, "muted", align="right")
    else:
        text(ax, width, y - 7, value, TEXT, bold=True, align="right")
        text(ax, width, y + 9, f"mål {goal}", TEXT_SMALL, "muted", align="right")


def _axis(ax: Axes, part: _Part, width: float) -> None:
    start, end = _span(width)
    draw_axis(ax, part.scale, start, end, part.top + 4, _wide(width))


def draw_axis(ax: Axes, scale: Scale, start: float, end: float, y: float, wide: bool) -> None:
    """A scale under a panel; on a narrow drawing its ends, and its middle if that is a tick."""
    intervals = scale.intervals if wide else 2 if scale.intervals % 2 == 0 else 1
    line(ax, (start, end), (y, y), "edge")
    for tick in scale.ticks(intervals):
        x = scale.at(tick, start, end)
        line(ax, (x, x), (y, y + 4), "edge")
        label = number(tick, 2 if scale.decimals == 2 else None, scale.measure_unit)
        half, width = text_width(label, TEXT_SMALL) / 2, float(ax.get_xlim()[1])
        text(ax, min(max(x, half), width - half), y + 14, label, TEXT_SMALL, "muted", align="center")
