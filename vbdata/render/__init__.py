"""Pages: notebooks run by papermill, shown as one accessible HTML file each.

In a notebook: ``setup()`` in the first cell, then the section functions of `unit` or `comparison`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vbdata.render import comparison, explore, quality, unit
    from vbdata.render.html import Block
    from vbdata.render.run import RunResult, render_reports

__all__ = ["Block", "RunResult", "comparison", "explore", "quality", "render_reports", "setup", "unit"]

_HOMES = {"Block": "html", "RunResult": "run", "render_reports": "run"}


def __getattr__(name: str) -> Any:
    # Papermill imports the engine in this package whenever it starts, and must not pay for pandas then.
    if name in ("comparison", "explore", "quality", "unit"):
        return import_module(f"vbdata.render.{name}")
    if name in _HOMES:
        return getattr(import_module(f"vbdata.render.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'vbdata.render' has no attribute {name!r}")


def setup() -> Block:
    """Stylesheet and glyphs for the notebook's own outputs; an exported page has its own.

    Raises
    ------
    ParameterError
        When papermill was given a parameter that the notebook does not have, or one of another type.
    """
    from IPython import get_ipython

    from vbdata.render.components import GLYPHS
    from vbdata.render.css import style_element
    from vbdata.render.html import Block
    from vbdata.render.parameters import check_injected

    shell = get_ipython()
    if shell is not None:
        check_injected(shell.user_ns.get("In", []))
    return Block(style_element() + GLYPHS, "none")
