"""Counts of judgements per goal, for many units: one unit is equally wide everywhere."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, text, text_width, wrap
from vbdata.plot.tokens import TEXT_SMALL

LABEL = 300
ORDER = ("not_met", "partly_met", "met", "no_data")
"""What needs reading comes first."""
WORDS = {"not_met": "inte", "partly_met": "delvis", "met": "helt", "no_data": "inga data"}
FACE = {"not_met": "not", "partly_met": "part-bg", "met": "met-bg", "no_data": "bg"}
EDGE = {"not_met": "not", "partly_met": "part", "met": "met", "no_data": "edge"}
LETTERS = {"not_met": "not-fg", "partly_met": "part", "met": "met", "no_data": "none"}


def status_bars(df: pd.DataFrame, *, ax: Axes | None = None, width: float = WIDE) -> Axes:
    """Draw one bar per row.

    Parameters
    ----------
    df
        ``label``, the counts ``not_met``, ``partly_met``, ``met``, ``no_data``, and ``without``: units that
        have no judged goal there. The counts of a row add up to the number of units.
    """
    wide, y, plan = width > 500, 0.0, []
    for _, row in df.iterrows():
        lines = wrap(str(row["label"]), (LABEL if wide else width) - 16)
        height = max(36, 17 * len(lines) + 14) if wide else 17 * len(lines) + 44
        plan.append((y, height, lines, row))
        y += height
    ax = canvas(width, max(y + 2, 20), ax)
    start = LABEL if wide else 0
    units = max((sum(int(row[s]) for s in (*ORDER, "without")) for *_, row in plan), default=1)
    for top, height, lines, row in plan:
        first = top + (height / 2 - 8.5 * (len(lines) - 1) if wide else 11)
        for i, each in enumerate(lines):
            text(ax, 0, first + 17 * i, each)
        bar = top + height / 2 - 12 if wide else top + 17 * len(lines) + 6
        _bar(ax, row, start, bar, (width - start - 1) / max(units, 1))
    return ax


def _bar(ax: Axes, row: pd.Series, x: float, y: float, each: float) -> None:
    for status in (s for s in ORDER if int(row[s])):
        count = int(row[status])
        width = count * each
        marks.box(
            ax, x + 1, y, max(width - 2, 2), 24, FACE[status], EDGE[status], 1.4, dashed=status == "no_data"
        )
        _write(
            ax,
            x + width / 2,
            y + 12.5,
            f"{count} {WORDS[status]}",
            str(count),
            width,
            LETTERS[status],
            "center",
        )
        x += width
    without = int(row["without"])
    if without:
        _write(ax, x + 6, y + 12.5, f"{without} utan mål", f"{without} utan", without * each, "muted", "left")


def _write(ax: Axes, x: float, y: float, long: str, short: str, room: float, color: str, align: str) -> None:
    """The long text if there is room, else the short one, else nothing: the table has it."""
    for string, margin in ((long, 8), (short, 3)):
        if text_width(string, TEXT_SMALL) <= room - margin:
            text(ax, x, y, string, TEXT_SMALL, color, align=align)
            return
