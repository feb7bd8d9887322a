"""The stylesheet: of a page, and of a notebook's outputs, where it must leave JupyterLab alone."""

from __future__ import annotations

from functools import cache
from importlib import resources

from vbdata.plot.tokens import declarations
from vbdata.render.parts.components import GLYPHS
from vbdata.render.parts.html import Block, Html
from vbdata.render.parts.parameters import check_injected

_LAB_BASE = (
    'font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation '
    'Sans",Arial,'
    "sans-serif;background:var(--bg);color:var(--ink);padding:0 1rem .5rem;max-width:72rem;"
)


@cache
def _rules() -> str:
    return resources.files("vbdata.render.parts").joinpath("style.css").read_text(encoding="utf-8")


@cache
def page_css() -> str:
    """For a page of its own: light, dark and print."""
    dark = f"@media (prefers-color-scheme:dark){{@media screen{{:root{{{declarations(dark=True)}}}}}}}"
    return f":root{{{declarations()}}}\n{dark}\n{_rules()}"


@cache
def notebook_css() -> str:
    """For outputs in a notebook: the same rules under ``.vb``, stronger than JupyterLab's own.

    Colours follow the notebook's theme, not the system's.
    """
    dark = declarations(dark=True)
    return (
        f".vb{{{declarations()}}}\n"
        f"@media (prefers-color-scheme:dark){{body:not([data-jp-theme-light]) .vb{{{dark}}}}}\n"
        f'body[data-jp-theme-light="false"] .vb,body.vscode-dark .vb{{{dark}}}\n'
        f".vb.vb.vb{{{_LAB_BASE}\n{_rules()}\n"
        "table,tr,th,td{background:none;text-align:start;max-width:none}\n.num{text-align:end}\n"
        "table{margin:0;table-layout:auto}\na{text-decoration:underline}\n"
        ".meta dt,.meta "
        "dd{float:none;width:auto;margin:0;padding:0;display:block;font-weight:400}\n.skip,nav.toc{display:none}\n}"
    )


def setup() -> Block:
    """Stylesheet and glyphs for the notebook's own outputs; an exported page has its own.

    Raises
    ------
    ParameterError
        When papermill was given a parameter that the notebook does not have, or one of another type.
    """
    from IPython import get_ipython

    shell = get_ipython()
    if shell is not None:
        check_injected(shell.user_ns.get("In", []))
    return Block(Html("<style>{}</style>").format(Html(notebook_css())) + GLYPHS, "none")
