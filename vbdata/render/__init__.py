"""Pages: notebooks run by papermill, shown as one accessible HTML file each.

In a notebook: ``setup()`` in the first cell, then the section functions of `unit`, `comparison`, `outcome`,
`quality` or `explore`.

Four packages, each of which knows only those after it:

- `run` decides which pages there are, has them made, and keeps the manifests;
- `engines` run one notebook and export it;
- `pages` has a package for each page, its words beside what says them; no page knows another;
- `parts` is what pages are made of.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vbdata.render.pages import comparison, explore, outcome, quality, unit
    from vbdata.render.parts.css import setup
    from vbdata.render.parts.html import Block
    from vbdata.render.run.make import render_reports
    from vbdata.render.run.results import RunResult

__all__ = [
    "Block",
    "RunResult",
    "comparison",
    "explore",
    "outcome",
    "quality",
    "render_reports",
    "setup",
    "unit",
]

_HOMES = {
    "Block": "parts.html",
    "setup": "parts.css",
    "RunResult": "run.results",
    "render_reports": "run.make",
}


def __getattr__(name: str) -> Any:
    # Papermill imports the engine in this package whenever it starts, and must not pay for pandas then.
    if name in _HOMES:
        return getattr(import_module(f"vbdata.render.{_HOMES[name]}"), name)
    if name in __all__:
        return import_module(f"vbdata.render.pages.{name}")
    raise AttributeError(f"module 'vbdata.render' has no attribute {name!r}")
