"""Many units against what they have together: the fewer people, the wider chance alone spreads the rates."""

from __future__ import annotations

import itertools
import string
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, line, text, text_width, wrap
from vbdata.plot.formats import number
from vbdata.plot.scale import Scale, nice_scale
from vbdata.plot.tokens import COLOUR, TEXT, TEXT_SMALL

HEIGHT, TOP, FOOT = 330, 36, 52
END = 68
"""Room to the right for the names of the lines."""
RADIUS = 4.6
CURVES = {"95": ("edge", 1.4, (4.0, 3.0)), "998": ("edge", 1.4, None)}
"""Limit → colour, width, dashes."""
NAMES = {"95": "95\u00a0%", "998": "99,8\u00a0%"}


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plotting area in px and its two scales."""

    left: float
    right: float
    top: float
    bottom: float
    sizes: Scale
    values: Scale

    def x(self, size: float) -> float:
        return self.sizes.at(size, self.left, self.right)

    def y(self, value: float) -> float:
        return self.values.at(value, self.bottom, self.top)


def funnel(
    df: pd.DataFrame,
    *,
    curves: pd.DataFrame,
    centre: float,
    size_title: str,
    value_title: str,
    values: Scale | None = None,
    centre_title: str = "",
    ax: Axes | None = None,
    width: float = WIDE,
) -> Axes:
    """Draw a dot per row at its size and value, between limits; dots outside 99,8 % have a letter.

    Their names stand in a list below, where they cannot cover each other; the lines are named at their ends.

    Parameters
    ----------
    df
        ``label``, ``size`` (more than 0), ``value`` and ``outside``: ``""``, ``"95"`` or ``"998"``.
    curves
        ``size`` in rising order, and ``low_95``, ``high_95``, ``low_998``, ``high_998``.
    centre
        The value that the limits are around.
    values
        The scale of the values; without one it begins at zero and holds the dots. Limits are cut where they
        leave it.
    centre_title
        What the centre is, in a word or two, written at its end.
    """
    wide = width > 500
    named = df[df["outside"] == "998"].sort_values("size", kind="stable")
    letters = {index: _letter(i) for i, index in enumerate(named.index)}
    listed = [wrap(f"{letters[i]}: {row['label']}", width) for i, row in named.iterrows()]
    below = 17 * sum(map(len, listed)) + (10 if listed else 0)
    frame = _frame(df, curves, centre, width, values)
    ax = canvas(width, HEIGHT + below, ax)
    text(ax, 0, 9, value_title, TEXT_SMALL, "muted")
    _axes(ax, frame, size_title, wide)
    taken = _limits(ax, frame, curves)
    _centre(ax, frame, centre, centre_title)
    _dots(ax, frame, df)
    _names(ax, frame, df, named, letters, taken)
    y = HEIGHT + 12.0
    for each in itertools.chain.from_iterable(listed):
        text(ax, 0, y, each, TEXT_SMALL)
        y += 17
    return ax


def _letter(number: int) -> str:
    """Letters as columns of a sheet have them: A, B … Z, AA, AB."""
    alphabet = string.ascii_uppercase
    first, last = divmod(number, len(alphabet))
    return (_letter(first - 1) if first else "") + alphabet[last]


def _frame(
    df: pd.DataFrame, curves: pd.DataFrame, centre: float, width: float, values: Scale | None
) -> _Frame:
    """Scales that hold the dots; limits of the very smallest sizes may run out at the top."""
    far = float(curves["high_95"].iloc[len(curves) // 4]) if len(curves) else centre
    if values is None:
        values = nice_scale([0.0, max(float(df["value"].max()) * 1.04, centre * 1.5, far)], from_zero=True)
    sizes = nice_scale([0.0, float(df["size"].max()) * 1.02], from_zero=True)
    left = 10 + max(text_width(_tick(values, tick), TEXT_SMALL) for tick in values.ticks())
    return _Frame(left, width - END, TOP, HEIGHT - FOOT, sizes, values)


def _tick(scale: Scale, value: float) -> str:
    return number(value, scale.decimals, scale.measure_unit)


def _axes(ax: Axes, frame: _Frame, size_title: str, wide: bool) -> None:
    for tick in frame.values.ticks():
        y = frame.y(tick)
        line(ax, (frame.left, frame.right), (y, y), "line" if tick != frame.values.low else "edge")
        text(ax, frame.left - 8, y, _tick(frame.values, tick), TEXT_SMALL, "muted", align="right")
    for tick in frame.sizes.ticks(frame.sizes.intervals if wide else None):
        x = frame.x(tick)
        line(ax, (x, x), (frame.bottom, frame.bottom + 4), "edge")
        label = _tick(frame.sizes, tick)
        x = min(x, frame.right - text_width(label, TEXT_SMALL) / 2 + 8)
        text(ax, x, frame.bottom + 15, label, TEXT_SMALL, "muted", align="center")
    text(ax, frame.right, frame.bottom + 36, size_title, TEXT_SMALL, "muted", align="right")


def _limits(ax: Axes, frame: _Frame, curves: pd.DataFrame) -> list[tuple[float, float, float]]:
    """The limits with their names; where the names stand: start, end and height."""
    taken = []
    for name, (color, width, dashes) in CURVES.items():
        for side in ("low", "high"):
            xs, ys = _cut(curves["size"].to_numpy(float), curves[f"{side}_{name}"].to_numpy(float), frame)
            ax.add_artist(
                Line2D(
                    xs, ys, color=COLOUR[color], lw=width, ls=(0, dashes) if dashes else "-", zorder=2,
                    solid_capstyle="butt", clip_on=False,
                )
            )  # fmt: skip
            if xs:
                x, y = xs[-1] + 5, ys[-1] + _apart(curves, frame, side, name)
                text(ax, x, y, NAMES[name], TEXT_SMALL, "muted")
                taken.append((x, x + text_width(NAMES[name], TEXT_SMALL), y))
    return taken


def _apart(curves: pd.DataFrame, frame: _Frame, side: str, name: str) -> float:
    """How far a limit's name is moved from its line, so that the two names of a side do not meet."""
    ends = [frame.y(float(curves[f"{side}_{each}"].iloc[-1])) for each in ("95", "998")]
    short = max(0.0, 15.0 - abs(ends[0] - ends[1])) / 2
    return short if (name == "95") == (side == "high") else -short


def _cut(sizes: np.ndarray, values: np.ndarray, frame: _Frame) -> tuple[list[float], list[float]]:
    """A curve in px, cut where it comes into the scale: limits are widest where sizes are small."""
    out = (values > frame.values.high) | (values < frame.values.low)
    if out.any():
        last = int(np.flatnonzero(out).max())
        if last + 1 >= len(values):
            return [], []
        edge = frame.values.high if values[last] > frame.values.high else frame.values.low
        share = (values[last] - edge) / (values[last] - values[last + 1])
        start = sizes[last] + share * (sizes[last + 1] - sizes[last])
        sizes = np.concatenate([[start], sizes[last + 1 :]])
        values = np.concatenate([[edge], values[last + 1 :]])
    return [frame.x(size) for size in sizes], [frame.y(value) for value in values]


def _centre(ax: Axes, frame: _Frame, centre: float, title: str) -> None:
    y = frame.y(centre)
    line(ax, (frame.left, frame.right), (y, y), "muted", 1.6, zorder=3)
    if title:
        text(ax, frame.right + 5, y, title, TEXT_SMALL, "muted")


def _dots(ax: Axes, frame: _Frame, df: pd.DataFrame) -> None:
    for _, row in df.sort_values("outside", kind="stable").iterrows():
        x, y = frame.x(float(row["size"])), frame.y(float(row["value"]))
        if row["outside"] == "998":
            marks.disc(ax, x, y, RADIUS + 1.4, "note", "bg", 1.2, 8)
        elif row["outside"] == "95":
            marks.disc(ax, x, y, RADIUS, "note", "bg", 1.0, 7)
        else:
            marks.disc(ax, x, y, RADIUS - 0.6, "bg", "edge", 1.8)


def _names(
    ax: Axes,
    frame: _Frame,
    df: pd.DataFrame,
    named: pd.DataFrame,
    names: dict[object, str],
    taken: list[tuple[float, float, float]],
) -> None:
    """Letters beside their dots, where they cover the fewest other dots and names."""
    dots = [(frame.x(float(row["size"])), frame.y(float(row["value"]))) for _, row in df.iterrows()]
    for index, row in named.iterrows():
        name, x, y = names[index], frame.x(float(row["size"])), frame.y(float(row["value"]))
        wide = text_width(name, TEXT, bold=True)
        spots = [
            (start, y + dy)
            for dy in (0, -17, 17, -30, 30, -44, 44)
            for start in (x + 12, x - 12 - wide)
            if frame.left <= start <= frame.right - wide and frame.top - 16 <= y + dy <= frame.bottom - 10
        ]
        start, place = min(spots or [(x + 12, y)], key=lambda spot: _covered(spot, wide, dots, taken))
        taken.append((start, start + wide, place))
        if abs(place - y) > 17:  # far enough to be taken for another's
            end = min(max(x, start), start + wide)
            line(ax, (x, end), (y, place + (9 if place < y else -9)), "edge", 1.0, zorder=3)
        marks.box(ax, start - 2, place - 8, wide + 4, 16, "bg", zorder=3)
        text(ax, start, place, name, TEXT, bold=True)


def _covered(
    spot: tuple[float, float],
    width: float,
    dots: list[tuple[float, float]],
    taken: list[tuple[float, float, float]],
) -> int:
    """How many dots, and names (these count more), a name at a spot would cover."""
    start, y = spot
    hit = sum(start - 6 < x < start + width + 6 and abs(dy - y) < 14 for x, dy in dots)
    met = sum(abs(y - other) < 17 and start < end and left < start + width for left, end, other in taken)
    return hit + 3 * met
