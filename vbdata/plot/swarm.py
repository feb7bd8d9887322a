"""One indicator in many units: every dot is a unit, nobody is ranked."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, line, text, text_width, wrap
from vbdata.plot.dots import draw_axis
from vbdata.plot.formats import number
from vbdata.plot.scale import Scale
from vbdata.plot.tokens import TEXT_LARGE, TEXT_SMALL

MARGIN = 22
GAP = 1.6
TALLEST = 60.0
"""How far a pile may reach from its middle before dots are placed beside each other, in px."""


@dataclass(frozen=True, slots=True)
class _Panel:
    top: float
    lines: list[str]
    middle: float
    half: float
    scale: Scale
    council: float | None
    dots: list[tuple[float, float, str | None]]


def swarm(
    df: pd.DataFrame,
    *,
    scales: dict[str, Scale],
    zero: tuple[str, str] | None = None,
    ax: Axes | None = None,
    width: float = WIDE,
) -> Axes:
    """Draw one panel per ``panel``, one dot per row with a ``value``.

    Parameters
    ----------
    df
        ``panel``, ``value``, ``attainment`` and ``council_target``. The council's target is drawn where all
        rows that state one state the same.
    scales
        Panel → scale.
    zero
        What it is to lie left and right of zero, where the values are changes: then a line stands at zero.
    """
    radius = 4.6 if width > 500 else 3.8
    panels: list[_Panel] = []
    y = 0.0
    for name, rows in df.groupby("panel", sort=False):
        panel = _layout(str(name), rows, scales[str(name)], y + (16 if panels else 0), radius, width)
        panels.append(panel)
        y = panel.middle + panel.half + (30 if zero is None else 44)
    ax = canvas(width, max(y, 20), ax)
    for panel in panels:
        _draw(ax, panel, radius, width)
        if zero is not None:
            _zero(ax, panel, zero, width)
    return ax


def _layout(name: str, rows: pd.DataFrame, scale: Scale, top: float, radius: float, width: float) -> _Panel:
    lines = wrap(name, width - 4, TEXT_LARGE, bold=True)
    council = rows["council_target"].dropna().unique()
    shown = float(council[0]) if len(council) == 1 and scale.low <= float(council[0]) <= scale.high else None
    dots = _place(rows, scale, radius, width)
    half = max((abs(dot[1]) for dot in dots), default=0) + radius + 8
    middle = top + 20 * len(lines) + (24 if shown is not None else 6) + half
    return _Panel(top, lines, middle, half, scale, shown, dots)


def _place(
    rows: pd.DataFrame, scale: Scale, radius: float, width: float
) -> list[tuple[float, float, str | None]]:
    """Each dot at its value, moved up or down until it covers no other; in a full pile also sideways."""
    apart = 2 * radius + GAP - 1e-6
    placed: list[tuple[float, float, str | None]] = []
    for _, row in rows.dropna(subset=["value"]).sort_values("value", kind="stable").iterrows():
        at = scale.at(float(row["value"]), MARGIN, width - MARGIN)
        attainment = None if pd.isna(row["attainment"]) else str(row["attainment"])
        x, y = next(
            (x, y)
            for x, y in _places(at, radius, width)
            if all((x - px) ** 2 + (y - py) ** 2 >= apart**2 for px, py, _ in placed)
        )
        placed.append((x, y, attainment))
    return placed


def _places(at: float, radius: float, width: float) -> Iterator[tuple[float, float]]:
    """Where a dot may lie, best first: at its value, nearest the middle; then a dot's width aside, and so on.

    Inside the drawing as long as there is room, so that the search always ends.
    """
    step, aside = radius + GAP / 2, 2 * radius + GAP
    heights = [side * k * step for k in range(int(TALLEST / step) + 1) for side in ((1, -1) if k else (1,))]
    for column in itertools.count():
        for x in (at + column * aside, at - column * aside) if column else (at,):
            if radius <= x <= width - radius or column > width:
                yield from ((x, y) for y in heights)


def _draw(ax: Axes, panel: _Panel, radius: float, width: float) -> None:
    for i, each in enumerate(panel.lines):
        text(ax, 0, panel.top + 10 + 20 * i, each, TEXT_LARGE, bold=True)
    if panel.council is not None:
        x = panel.scale.at(panel.council, MARGIN, width - MARGIN)
        line(
            ax,
            (x, x),
            (panel.middle - panel.half - 2, panel.middle + panel.half),
            "muted",
            1.8,
            (1.6, 1.6),
            1,
        )
        label = f"KF:s årsmål {number(panel.council, measure_unit=panel.scale.measure_unit)}"
        half = text_width(label, TEXT_SMALL) / 2
        place = min(max(x, half), width - half)
        text(ax, place, panel.middle - panel.half - 12, label, TEXT_SMALL, "muted", align="center")
    for x, dy, attainment in panel.dots:
        marks.outcome(ax, x, panel.middle + dy, attainment, radius - 0.8)
    draw_axis(ax, panel.scale, MARGIN, width - MARGIN, panel.middle + panel.half, width > 500)


def _zero(ax: Axes, panel: _Panel, words: tuple[str, str], width: float) -> None:
    """A line at no change, and at each end of the scale which way that is."""
    x = panel.scale.at(0.0, MARGIN, width - MARGIN)
    top, bottom = panel.middle - panel.half, panel.middle + panel.half
    line(ax, (x, x), (top, bottom), "edge", 1.2, zorder=1)
    text(ax, 0, bottom + 30, f"\u2190 {words[0]}", TEXT_SMALL, "muted")
    text(ax, width, bottom + 30, f"{words[1]} \u2192", TEXT_SMALL, "muted", align="right")
