"""The codebook: a row per column of every table, generated from the schemas."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from vbdata.export.columns import columns, types
from vbdata.export.content import headings
from vbdata.schema.labels import DOMAINS
from vbdata.schema.tables import DATE, SCHEMAS
from vbdata.vocabulary import label

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
    codes = code_labels(table, column)
    return {
        "table": table,
        "table_title": str(SCHEMAS[table].title),
        "column": column,
        "title": headings(table)[column],
        "type": type_name(dtype),
        "unit": (spec.metadata or {}).get("unit"),
        "missing": "ja" if spec.nullable else "nej",
        "description": str(spec.description),
        "codes": "; ".join(f"{code} = {text}" for code, text in codes.items()) or None,
    }


def type_name(dtype: Any) -> str:
    """The kind of a column in Swedish."""
    if isinstance(dtype, pd.CategoricalDtype):
        return "kod"
    if dtype == DATE:
        return "datum"
    return {"string": "text", "Int64": "heltal", "Float64": "tal", "boolean": "ja/nej"}[str(dtype)]


def code_labels(table: str, column: str) -> dict[str, str]:
    """Code → Swedish label of a coded column; empty for the others."""
    dtype = types(table)[column]
    if not isinstance(dtype, pd.CategoricalDtype):
        return {}
    domain = "log_status" if (table, column) == ("extraction_log", "status") else DOMAINS.get(column)
    return {
        str(code): str(code) if domain is None else "tal" if code == "number" else label(domain, str(code))
        for code in dtype.categories
    }
