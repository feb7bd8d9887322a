"""Rows as frames with the types of their table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vbdata.schema.tables import dtypes


def empty(table: str) -> pd.DataFrame:
    """A frame with the table's columns and dtypes and no rows."""
    return frame(table, [])


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the table's columns, in order, with their dtypes.

    A key that the table does not have raises ``KeyError``; a key left out is a missing value.
    """
    types = dtypes(table)
    unknown = {key for row in rows for key in row} - types.keys()
    if unknown:
        raise KeyError(f"{table} has no column {sorted(unknown)}")
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in types.items()}
    )
