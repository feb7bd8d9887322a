"""How judgements moved from one year to the next: a line per pair, as thick as goals are many."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Wedge

from vbdata.analyse.changes import cell, move
from vbdata.plot import marks
from vbdata.plot.canvas import WIDE, canvas, line, text, text_width
from vbdata.plot.tokens import COLOUR, TEXT, TEXT_LARGE, TEXT_SMALL
from vbdata.schema.tables import STATUSES

ORDER = STATUSES
"""From the top: a line that falls is a judgement that got weaker."""
COLOURS = {"met": "met", "partly_met": "part", "not_met": "not", "no_data": "edge"}
STEP, TOP = 72, 54
THICKEST, THINNEST, THICKEST_MOVE = 30.0, 1.6, 9.0
Point = tuple[float, float]


def transition(
    df: pd.DataFrame,
    *,
    years: tuple[int, int],
    words: dict[str, str],
    ax: Axes | None = None,
    width: float = WIDE,
) -> Axes:
    """Draw last year's judgements to the left, this year's to the right, and the goals between them.

    Parameters
    ----------
    df
        `transitions`': rows are last year's status, columns this year's, cells goals.
    years
        Last year and this year.
    words
        Status → its word, as long as there is room for beside the figure.
    """
    wide = width > 500
    ax = canvas(width, TOP + STEP * (len(ORDER) - 1) + 30, ax)
    total = str(int(df.to_numpy().sum()))
    side = 24 + max(text_width(f"{word} {total}" if wide else word, TEXT) for word in words.values())
    left, right = (side + 40, width - side - 40) if wide else (side, width - side)
    place = {status: float(TOP + STEP * i) for i, status in enumerate(ORDER)}
    text(ax, left, 14, str(years[0]), TEXT_LARGE, bold=True, align="center")
    text(ax, right, 14, str(years[1]), TEXT_LARGE, bold=True, align="center")
    _lines(ax, df, place, (left + 14, right - 14))
    for x, counts, align in ((left, df.sum(axis=1), "right"), (right, df.sum(axis=0), "left")):
        for status in ORDER:
            _glyph(ax, x, place[status], status)
            word, count = words[status], str(int(counts[status]))
            start = x + (-16 if align == "right" else 16)
            if wide:
                shown = f"{word} {count}" if align == "right" else f"{count} {word}"
                text(ax, start, place[status], shown, TEXT, align=align)
            else:
                text(ax, start, place[status] - 9, word, TEXT, align=align)
                text(ax, start, place[status] + 9, count, TEXT, bold=True, align=align)
    return ax


STROKES = {"stay": "line", "up": "met", "down": "not", "aside": "edge"}


def _lines(ax: Axes, df: pd.DataFrame, place: dict[str, float], ends: tuple[float, float]) -> None:
    most = max(int(df.to_numpy().max()), 1)
    cells = [(before, after, cell(df, before, after)) for before in ORDER for after in ORDER]
    moves = [cell for cell in cells if cell[2] and cell[0] != cell[1]]
    for before, after, count in sorted(cells, key=lambda cell: cell[0] != cell[1]):
        if not count:
            continue
        what, width = move(before, after), max(THINNEST, THICKEST * count / most)
        thick = width if what == "stay" else min(width, THICKEST_MOVE)
        dashes = (3.0, 2.0) if what == "aside" else None
        line(ax, ends, (place[before], place[after]), STROKES[what], thick, dashes, 1 + (what != "stay"))
    used: list[Point] = [((ends[0] + ends[1]) / 2, place[s]) for s in ORDER if cell(df, s, s)]
    for status in ORDER:
        if cell(df, status, status):
            _label(ax, (sum(ends) / 2, place[status]), cell(df, status, status))
    for before, after, count in sorted(moves, key=lambda cell: -cell[2]):
        where = _free((ends[0], place[before]), (ends[1], place[after]), used)
        used.append(where)
        _label(ax, where, count)


def _free(start: Point, end: Point, used: list[Point]) -> Point:
    """The place on a line that is farthest from the labels set already."""
    spots = [
        (start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
        for share in (0.16, 0.24, 0.32, 0.68, 0.76, 0.84)
    ]
    return max(spots, key=lambda spot: min((math.dist(spot, other) for other in used), default=0.0))


def _label(ax: Axes, where: Point, count: int) -> None:
    width = text_width(str(count), TEXT_SMALL, bold=True) + 6
    marks.box(ax, where[0] - width / 2, where[1] - 8, width, 16, "bg", zorder=3)
    text(ax, *where, str(count), TEXT_SMALL, bold=True, align="center")


def _glyph(ax: Axes, x: float, y: float, status: str) -> None:
    """The status' shape, as on the page."""
    color = COLOURS[status]
    if status == "met":
        marks.disc(ax, x, y, 8, color)
    elif status == "not_met":
        corners = [(x, y - 9), (x + 9, y), (x, y + 9), (x - 9, y)]
        ax.add_artist(Polygon(corners, facecolor=COLOUR[color], edgecolor="none", zorder=6, clip_on=False))
    else:
        marks.disc(ax, x, y, 7.2, "bg", color, 1.8)
        if status == "partly_met":
            half = Wedge((x, y), 7.2, 90, 270, facecolor=COLOUR[color], edgecolor="none", zorder=7)
            half.set_clip_on(False)
            ax.add_artist(half)
        else:
            line(ax, (x - 3, x + 3), (y, y), color, 1.8, zorder=7)
