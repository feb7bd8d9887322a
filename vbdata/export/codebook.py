"""The codebook: a row per column of every table, generated from the schemas."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from vbdata.export.columns import columns, types
from vbdata.export.content import headings
from vbdata.schema.labels import codes, type_name
from vbdata.schema.tables import SCHEMAS

COLUMNS = {
    "table": "Tabell",
    "table_title": "Tabellens namn",
    "column": "Kolumn",
    "title": "Rubrik",
    "type": "Typ",
    "unit": "Enhet för talet",
    "missing": "Får saknas",
    "description": "Beskrivning",
    "codes": "Koder",
}
"""Column → Swedish heading."""


def codebook() -> pd.DataFrame:
    """One row per column of every table, in the schemas' order."""
    rows = [
        _row(name, column, spec, types(name)[column])
        for name in SCHEMAS
        for column, spec in columns(name).items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")


def _row(table: str, column: str, spec: pa.Column, dtype: Any) -> dict[str, str | None]:
    labels = code_labels(table, column)
    return {
        "table": table,
        "table_title": str(SCHEMAS[table].title),
        "column": column,
        "title": headings(table)[column],
        "type": type_name(dtype),
        "unit": (spec.metadata or {}).get("unit"),
        "missing": "ja" if spec.nullable else "nej",
        "description": str(spec.description),
        "codes": "; ".join(f"{code} = {text}" for code, text in labels.items()) or None,
    }


def code_labels(table: str, column: str) -> dict[str, str]:
    """Code → Swedish label of a coded column; empty for the others."""
    if not isinstance(types(table)[column], pd.CategoricalDtype):
        return {}
    return {code: word or code for code, word in codes(table, column).items()}
