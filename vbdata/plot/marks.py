"""The marks, the same everywhere: outcome, own target, council's target, last year, span of men and women."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon, Rectangle

from vbdata.plot.canvas import line
from vbdata.plot.tokens import COLOUR

OUTCOME_COLOUR = {"met": "met", "not_met": "not"}


def disc(
    ax: Axes,
    x: float,
    y: float,
    radius: float,
    face: str,
    edge: str | None = None,
    width: float = 0.0,
    zorder: float = 6,
) -> None:
    """A circle in two tokens' colours. Its gid lets `svg` write one short element instead of eight curves."""
    patch = Circle(
        (x, y),
        radius,
        facecolor=COLOUR[face],
        edgecolor=COLOUR[edge] if edge else "none",
        lw=width,
        zorder=zorder,
        clip_on=False,
    )
    patch.set_gid(f"disc {x:.1f} {y:.1f} {radius:.1f}")
    ax.add_artist(patch)


def outcome(ax: Axes, x: float, y: float, attainment: str | None, radius: float = 6) -> None:
    """Filled: reaches the unit's own target. Hollow: does not. Hollow grey: cannot be judged."""
    edge = OUTCOME_COLOUR.get(attainment or "", "edge")
    disc(ax, x, y, radius, "met" if attainment == "met" else "bg", edge, 2.4)


def target(ax: Axes, x: float, y: float, reach: float = 11) -> None:
    """The unit's own target: a black tick."""
    line(ax, (x, x), (y - reach, y + reach), "ink", 2.6, zorder=5)


def council_target(ax: Axes, x: float, y: float, reach: float = 11) -> None:
    """The council's target: a dotted grey tick."""
    line(ax, (x, x), (y - reach, y + reach), "muted", 1.8, (1.6, 1.6), zorder=4)


def previous(ax: Axes, x: float, y: float, radius: float = 4.6) -> None:
    """Last year: a small hollow diamond."""
    corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
    ax.add_artist(
        Polygon(corners, facecolor=COLOUR["bg"], edgecolor=COLOUR["muted"], lw=1.6, zorder=5, clip_on=False)
    )


def box(
    ax: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    face: str,
    edge: str | None = None,
    line_width: float = 1.0,
    dashed: bool = False,
    zorder: float = 2,
) -> None:
    """A rectangle in two tokens' colours."""
    ax.add_artist(
        Rectangle(
            (x, y),
            width,
            height,
            facecolor=COLOUR[face],
            edgecolor=COLOUR[edge] if edge else "none",
            lw=line_width,
            ls=(0, (2.4, 2)) if dashed else "-",
            zorder=zorder,
            clip_on=False,
        )
    )
