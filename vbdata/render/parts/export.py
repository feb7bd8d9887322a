"""A notebook as one page: no code, no prompts, no request to anywhere."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from vbdata.errors import NotebookError
from vbdata.render.parts.components import GLYPHS
from vbdata.render.parts.css import page_css
from vbdata.render.parts.html import Block
from vbdata.render.parts.parameters import first_heading

FILLER = ("", "No description has been provided for this image")


def page_html(notebook: Any, title: str = "", home: str = "") -> str:
    """Export an executed notebook with vbdata's own nbconvert template.

    `home` is the way to the first page, for a notebook without a foot of its own.

    Raises
    ------
    NotebookError
        When a picture has no text alternative.
    """
    _check_pictures(notebook)
    page = {"title": title or _title(notebook), "css": page_css(), "glyphs": GLYPHS, "home": home}
    html, _ = _exporter().from_notebook_node(notebook, resources={"page": page})
    return str(html)


@cache
def _exporter() -> Any:
    """The exporter with its template, which takes longer to make ready than to fill."""
    from nbconvert.exporters.templateexporter import TemplateExporter  # slow to import, and only needed here

    exporter = TemplateExporter(
        template_name="vbdata",
        extra_template_basedirs=[str(resources.files("vbdata.render.parts").joinpath("template"))],
        template_file="index.html.j2",
        file_extension=".html",
    )
    exporter.register_filter("markdown2html", _markdown)
    return exporter


def _markdown(source: str) -> str:
    """An analyst's own text, without nbconvert's paragraph signs after headings."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    return str(MarkdownWithMath(renderer=renderer).render(source))


def notebook_of(blocks: list[Block]) -> Any:
    """A notebook that shows the blocks: for pages that no analyst's notebook makes."""
    from nbformat import v4

    outputs = []
    for block in blocks:
        html, metadata = block._repr_html_()
        outputs.append(
            v4.new_output("display_data", data={"text/html": html}, metadata={"text/html": metadata})
        )
    return v4.new_notebook(cells=[v4.new_code_cell("", outputs=outputs)])


def _outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def _title(notebook: Any) -> str:
    titles = [
        output.get("metadata", {}).get("text/html", {}).get("title", "") for output in _outputs(notebook)
    ]
    return next((title for title in titles if title), first_heading(notebook.cells) or "vbdata")


def _check_pictures(notebook: Any) -> None:
    for output in _outputs(notebook):
        if "image/png" not in output.get("data", {}) or "text/html" in output.get("data", {}):
            continue
        metadata = output.get("metadata", {})
        if (metadata.get("alt") or metadata.get("image/png", {}).get("alt", "")) in FILLER:
            raise NotebookError(
                "bilden saknar textalternativ", hint='visa den med metadata={"image/png": {"alt": "…"}}'
            )
