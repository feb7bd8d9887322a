"""The data dictionary: Markdown generated from the schemas, kept fresh by a test."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from vbdata.schema.labels import codes, type_name
from vbdata.schema.tables import SCHEMAS, dtypes

_HEAD = """# Datakatalog

Tabellerna i `data/processed/`, en Parquet-fil per tabell. Sidan är genererad ur `vbdata/schema/tables.py`
med `vbdata docs`; ändra där, inte här. Kolumner som slutar på `_raw` har texten ordagrant ur dokumentet.
Tomt är inte noll, och ”Inga data” är inte tomt. Nivåer av mål läggs aldrig ihop, och blankettens frågor
(`facet`) summeras aldrig med varandra.
"""


def data_dictionary() -> str:
    """The data dictionary of all tables as Markdown."""
    return "\n".join([_HEAD, *(_table(name, schema) for name, schema in SCHEMAS.items())])


def _table(name: str, schema: pa.DataFrameSchema) -> str:
    types = dtypes(name)
    lines = [
        f"## {name}: {schema.title}", "", str(schema.description), "",
        f"Nyckel: {', '.join(f'`{column}`' for column in (schema.metadata or {}).get('key', []))}", "",
        "| Kolumn | Titel | Typ | Får saknas | Beskrivning |", "| --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for column, spec in schema.columns.items():
        missing = "ja" if spec.nullable else "nej"
        text = _text(name, column, spec, types[column])
        lines.append(f"| `{column}` | {spec.title} | {type_name(types[column])} | {missing} | {text} |")
    return "\n".join([*lines, ""])


def _text(table: str, column: str, spec: pa.Column, dtype: Any) -> str:
    text = str(spec.description).replace("|", "\\|")
    unit = (spec.metadata or {}).get("unit")
    if unit:
        text += f" Enhet: {unit}."
    if isinstance(dtype, pd.CategoricalDtype):
        words = codes(table, column).items()
        text += f" Koder: {', '.join(f'`{code}` ({word})' if word else f'`{code}`' for code, word in words)}."
    return text
