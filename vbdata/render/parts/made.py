"""How a page was made, as `reports/<year>/manifest.json` has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NOTEBOOK_NAMES = ("unit_report", "unit_comparison", "plan_vs_outcome", "data_quality")
"""The notebooks of vbdata's own pages; others are the analyst's own."""
SHARED_FOLDER = "delad"
"""Where pages to share lie, below the internal ones, when nothing else is said."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page. `documents`: report id → the document's checksum. `checks` of its `findings` are warnings.

    `inputs` is the checksum of what it was made from; see `vbdata.render.run.freshness`.
    """

    page: str
    title: str
    notebook: str
    parameters: dict[str, Any]
    documents: dict[str, str]
    data_sha256: str
    vbdata: str
    made: str
    seconds: float
    engine: str
    findings: int
    checks: int
    ok: bool
    message: str = ""
    inputs: str = ""

    @property
    def own(self) -> bool:
        """Whether it is of an analyst's own notebook."""
        return self.notebook.removesuffix(".ipynb") not in NOTEBOOK_NAMES
