"""A canvas in CSS pixels, text that is measured before it is placed, and lines."""

from __future__ import annotations

from functools import lru_cache

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D

from vbdata.plot.tokens import COLOUR, RC, TEXT

_SPARE: list[tuple[Figure, Axes]] = []

WIDE, NARROW = 760, 300
"""Widths that every figure is drawn in; the page shows the one that fits."""


def canvas(width: float, height: float, ax: Axes | None = None) -> Axes:
    """An axes of width × height px with y downwards; `ax`, if given, is set up so instead of a new one."""
    if ax is None and _SPARE:
        figure, ax = _SPARE.pop()
        figure.set_size_inches(width / 72, height / 72)
    elif ax is None:
        with matplotlib.rc_context(dict(RC)):
            figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
            ax = figure.add_axes((0, 0, 1, 1), facecolor="none")
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.axis("off")
    return ax


def release(ax: Axes) -> None:
    """Let `canvas` use an axes again that nobody will look at: making one takes as long as filling it."""
    figure = ax.get_figure(root=True)
    if figure is None or figure.axes != [ax]:
        return
    for artist in (*ax.lines, *ax.patches, *ax.texts):
        artist.remove()
    if not (ax.collections or ax.images or ax.tables or _SPARE):
        _SPARE.append((figure, ax))


def text(
    ax: Axes,
    x: float,
    y: float,
    string: str,
    size: float = TEXT,
    color: str = "ink",
    bold: bool = False,
    align: str = "left",
) -> None:
    """Write a string, vertically centred on y, in a token's colour."""
    ax.text(
        x,
        y,
        string.replace("$", r"\$"),
        fontsize=size,
        color=COLOUR[color],
        ha=align,
        va="center",
        fontfamily="DejaVu Sans",
        fontweight="bold" if bold else "normal",
    )


def line(
    ax: Axes,
    xs: tuple[float, float],
    ys: tuple[float, float],
    color: str,
    width: float = 1.0,
    dashes: tuple[float, float] | None = None,
    zorder: float = 0,
) -> None:
    """A straight line in a token's colour."""
    style = (0, dashes) if dashes else "-"
    ax.add_artist(  # add_line would also look for the data's limits
        Line2D(
            xs,
            ys,
            color=COLOUR[color],
            lw=width,
            ls=style,
            solid_capstyle="butt",
            zorder=zorder,
            clip_on=False,
        )
    )


@lru_cache(maxsize=2)
def _font_file(bold: bool) -> str:
    return findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal"))


@lru_cache(maxsize=8192)
def text_width(string: str, size: float = TEXT, bold: bool = False) -> float:
    """Width in px of a string in the widest font that a reader may have."""
    font = get_font(_font_file(bold))
    font.set_size(size, 72)
    font.set_text(string)
    return float(font.get_width_height()[0]) / 64


def wrap(string: str, width: float, size: float = TEXT, bold: bool = False) -> list[str]:
    """Break a string into lines that fit the width; a word wider than that is broken too, never cut.

    >>> wrap("ett två tre", 60)
    ['ett två', 'tre']
    """
    lines = [""]
    for word in string.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, size, bold) <= width:
            lines[-1] = longer
            continue
        *full, rest = _pieces(word, width, size, bold)
        lines += [*full, rest]
    return [each for each in lines if each] or [""]


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word in pieces that fit; broken after a hyphen where there is one, else between letters."""
    pieces: list[str] = []
    while text_width(word, size, bold) > width and len(word) > 4:
        fits = max(
            (n for n in range(2, len(word)) if text_width(word[:n] + "-", size, bold) <= width), default=2
        )
        hyphen = word.rfind("-", 0, fits)
        cut = hyphen + 1 if hyphen > 2 else fits
        pieces.append(word[:cut] + ("" if hyphen > 2 else "-"))
        word = word[cut:]
    return [*pieces, word]
