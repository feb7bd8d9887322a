"""An axes as inline SVG: text as text, colours as the page's CSS variables, nothing beside that."""

from __future__ import annotations

import html
import io
import itertools
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from vbdata.plot.canvas import release
from vbdata.plot.tokens import COLOUR, RC

_SVG = "{http://www.w3.org/2000/svg}"
_VARIABLE = {colour: f"var(--{name})" for name, colour in COLOUR.items()}
_DROPPED = {"font-family", "stroke-linejoin", "stroke-dashoffset", "text-align"}
_KEPT = ("d", "x", "y", "cx", "cy", "r", "transform")
_LONG_FRACTION = re.compile(r"(-?\d+\.\d)\d+")
_IMPLIED = {("fill", COLOUR["ink"]), ("text-anchor", "start")}
"""What the stylesheet or SVG itself says already."""


def svg(ax: Axes, uid: str, alt: str | None = None, css_class: str = "", spent: bool = False) -> str:
    """Export the figure of an axes as an ``<svg>`` element.

    Parameters
    ----------
    uid
        Prefix of its ids: must be unique on the page.
    alt
        Swedish text alternative; None marks a drawing whose numbers all stand in the row around it.
    spent
        Nobody will look at the axes again.
    """
    root = ElementTree.fromstring(drawn(ax.get_figure(root=True)))
    if spent:
        release(ax)
    width, height = (float(n) for n in root.get("viewBox", "").split()[2:])
    body = "".join(ElementTree.tostring(each, encoding="unicode") for each in _grouped(_shapes(root)))
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    head = f'<svg class="{" ".join(("fig-svg", css_class)).strip()}" {size} '
    if alt is None:
        return f'{head}aria-hidden="true" focusable="false">{body}</svg>'
    title = f'<title id="{uid}-t">{html.escape(alt)}</title>'
    return f'{head}role="img" aria-labelledby="{uid}-t">{title}{body}</svg>'


def drawn(figure: Figure | None) -> str:
    """A figure as Matplotlib's own SVG, its text as text."""
    buffer = io.StringIO()
    with matplotlib.rc_context(dict(RC)):
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        FigureCanvasSVG(figure).print_svg(buffer, metadata=nothing)
    return buffer.getvalue()


def _shapes(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Everything drawn, in order, out of Matplotlib's nested groups."""
    for element in parent:
        kind = element.tag.removeprefix(_SVG)
        disc = element.get("id", "").split()
        if kind == "g" and disc[:1] == ["disc"]:
            path = element.find(f"{_SVG}path")
            place = dict(zip(("cx", "cy", "r"), disc[1:], strict=True))
            yield _plain("circle", place, path.get("style", "") if path is not None else "", None)
        elif kind == "g":
            yield from _shapes(element)
        elif kind in ("path", "text"):
            style = element.get("style", "")
            if kind == "text" or "stroke:" in style or "fill: none" not in style:
                yield _plain(kind, element.attrib, style, element.text)


def _grouped(shapes: Iterator[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    """Shapes of the same style that follow each other, in a group that says it once."""
    for style, some in itertools.groupby(shapes, key=lambda shape: shape.get("style", "")):
        each = list(some)
        if len(each) == 1 or not style:
            yield from each
            continue
        group = ElementTree.Element("g", {"style": style})
        for shape in each:
            del shape.attrib["style"]
            group.append(shape)
        yield group


def _plain(kind: str, attributes: dict[str, str], style: str, text: str | None) -> ElementTree.Element:
    """One shape with short numbers and only the style that says something."""
    shape = ElementTree.Element(kind)
    for name in _KEPT:
        value = attributes.get(name, "")
        if value and not value.startswith("rotate(-0 "):
            shape.set(name, _LONG_FRACTION.sub(r"\1", " ".join(value.split())))
    kept = _style(style)
    if kept:
        shape.set("style", kept)
    if kind == "text":
        shape.text = text
    return shape


def _style(style: str) -> str:
    kept = []
    for declaration in style.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if not name or name in _DROPPED or (name, value) in _IMPLIED:
            continue
        value = "600" if name == "font-weight" else value
        kept.append(f"{name}:{_VARIABLE.get(value, value)}")
    return ";".join(kept)
