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

from typing import TYPE_CHECKING

from vbdata.lazily import parts_of

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

__getattr__ = parts_of(
    __name__,
    {
        "Block": "parts.html",
        "setup": "parts.css",
        "RunResult": "run.results",
        "render_reports": "run.make",
        **{name: f"pages.{name}" for name in ("comparison", "explore", "outcome", "quality", "unit")},
    },
)
