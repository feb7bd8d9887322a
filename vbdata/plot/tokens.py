"""Colours and sizes: the one place where they stand.

Each light colour is unique, because it is the key by which `svg` finds the CSS variable to put in its place.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

TOKENS = MappingProxyType(
    {
        "bg": ("#ffffff", "#14181c"),
        "panel": ("#f3f5f7", "#1d2329"),
        "ink": ("#1b1f24", "#e9ecef"),
        "muted": ("#535b65", "#b0b8c2"),
        "line": ("#d5dae0", "#3a434d"),
        "edge": ("#7a838e", "#808b97"),
        "link": ("#0b4a94", "#93bffa"),
        "span": ("#b4c0cb", "#4a5560"),
        "met": ("#00566a", "#7fcddd"),
        "met-bg": ("#e0f0f4", "#0f343c"),
        "part": ("#5c3f00", "#ffd56e"),
        "part-bg": ("#ffdc80", "#4a3900"),
        "not": ("#93280b", "#f79c80"),
        "not-fg": ("#fffffe", "#280b02"),
        "none": ("#545c66", "#b1b9c3"),
        "note": ("#3d3a6b", "#c9c6f5"),
        "note-bg": ("#f0effa", "#26253f"),
    }
)
"""Token → (light, dark)."""

COLOUR = MappingProxyType({name: light for name, (light, _) in TOKENS.items()})
"""Token → light colour: what the charts are drawn in."""

TEXT, TEXT_SMALL, TEXT_LARGE = 14.0, 13.0, 15.5
"""Sizes of text in figures, in px; nothing is smaller than TEXT_SMALL."""

RC: MappingProxyType[Any, Any] = MappingProxyType(
    {
        "svg.fonttype": "none",
        "figure.dpi": 72,
        "savefig.dpi": 72,
        "font.family": ["DejaVu Sans"],
        "font.size": TEXT,
        "lines.linewidth": 2,
        "lines.solid_capstyle": "round",
        "path.simplify": False,
    }
)
"""Matplotlib settings of the drawings. What fits in DejaVu Sans fits in the browser's narrower fonts."""


def declarations(dark: bool = False) -> str:
    """The tokens as CSS custom properties.

    >>> declarations()[:26]
    '--bg:#ffffff;--panel:#f3f5'
    """
    return "".join(f"--{name}:{pair[int(dark)]};" for name, pair in TOKENS.items())
