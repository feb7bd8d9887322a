"""What makes starting cheaper: every process of a run imports Jupyter's packages, and one of them is slow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_GRAMMAR = "rfc3987_syntax"


@contextmanager
def without_iri_grammar() -> Iterator[None]:
    """Let jsonschema do without its optional check of IRIs, whose grammar takes most of a second to compile.

    jsonschema, which nbformat imports, leaves the check out where the grammar is not installed; notebooks
    hold no IRIs to check. Whoever needs the grammar later can import it.
    """
    if _GRAMMAR in sys.modules:
        yield
        return
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]  # Python's way to say: not to be imported
    try:
        yield
    finally:
        del sys.modules[_GRAMMAR]


def prepare() -> None:
    """Import and make ready what exporting takes, so that the first page need not wait for it."""
    from vbdata.render.parts.export import notebook_of, page_html

    with without_iri_grammar():
        page_html(notebook_of([]))
