"""Pages: notebooks run by papermill, shown as one accessible HTML file each.

In a notebook: ``setup()`` in the first cell, then the section functions of `unit` or `comparison`.
"""

from vbdata.render import comparison, unit
from vbdata.render.components import GLYPHS
from vbdata.render.css import style_element
from vbdata.render.html import Block
from vbdata.render.run import RunResult, render_reports

__all__ = ["Block", "RunResult", "comparison", "render_reports", "setup", "unit"]


def setup() -> Block:
    """Stylesheet and glyphs for the notebook's own outputs; an exported page has its own."""
    return Block(style_element() + GLYPHS, "none")
