"""Swedish labels for the coded columns, for people who read frames."""

from __future__ import annotations

import pandas as pd

from vbdata.schema.tables import SCHEMAS
from vbdata.vocabulary import label, sections
from vbdata.vocabulary.tables import rows

#: Domain of labels that each coded column takes its words from.
DOMAINS = {
    "better": "better",
    "direction": "direction",
    "relation": "relation",
    "role": "role",
    "attainment": "attainment",
    "concept": "concept",
    "council_target_rule": "target_rule",
    "facet": "facet",
    "format": "format",
    "kind": "kind",
    "level": "level",
    "period": "period",
    "section": "section",
    "severity": "severity",
    "status": "status",
    "status_source": "status_source",
    "target_rule": "target_rule",
}
_OWN_WORDS = {"target_rule": {"number": "tal"}}


def with_labels(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with codes replaced by labels and Swedish column titles in ``attrs["titles"]``."""
    labelled = frame.copy()
    for column in labelled.columns:
        domain = _domain(table, column)
        if domain:
            codes = _codes(domain, labelled[column])
            categories = {code: _OWN_WORDS.get(domain, {}).get(code) or label(domain, code) for code in codes}
            ordered = pd.CategoricalDtype(list(dict.fromkeys(categories.values())))
            labelled[column] = labelled[column].astype(object).map(categories).astype(ordered)
    labelled.attrs["titles"] = titles(table)
    return labelled


def titles(table: str) -> dict[str, str]:
    """Swedish title of each column."""
    return {name: str(column.title) for name, column in SCHEMAS[table].columns.items()}


def _domain(table: str, column: str) -> str | None:
    if table == "extraction_log" and column == "status":
        return "log_status"
    if table in ("indicators", "quantities") and column == "period":
        return None  # free text there
    return DOMAINS.get(column)


def _codes(domain: str, values: pd.Series) -> list[str]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return list(values.cat.categories)
    known = {
        "facet": [r["code"] for r in rows("facets")],
        "concept": [r["code"] for r in rows("concepts")],
        "section": [s.code for s in sections()],
    }
    return known[domain]
