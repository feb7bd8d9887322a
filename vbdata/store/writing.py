"""Whole tables into the processed folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa

from vbdata.schema import TABLES
from vbdata.store import columns
from vbdata.store.generations import writing
from vbdata.validate import check_schema


def write_tables(tables: Mapping[str, pd.DataFrame], processed: Path) -> None:
    """Write all tables; a reader sees the old ones or the new ones, whatever happens meanwhile.

    Raises
    ------
    SchemaError
        When a table does not keep to its schema; then nothing is written.
    BusyError
        When another process is writing.
    VbdataError
        When the disk is full, or the folder cannot be written in.
    """
    for table in TABLES:
        check_schema(table, tables[table])
    with writing(processed) as state:
        folder = state.begin()
        for table in TABLES:
            plain = pa.Table.from_pandas(tables[table], preserve_index=False)
            columns.write(table, plain.cast(columns.plain_schema(table)), folder / f"{table}.parquet")
        state.commit()
