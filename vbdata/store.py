"""The processed folder: one Parquet file per table, replaced all together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from vbdata.errors import MissingDataError, UnknownValueError, VbdataError
from vbdata.schema import TABLES, dtypes
from vbdata.validate import check_schema

#: Where the tables are when nothing else is said: in the workbook that the command runs in.
PROCESSED = Path("data/processed")


def write_tables(tables: Mapping[str, pd.DataFrame], processed: Path) -> None:
    """Write all tables; a reader sees the old ones or the new ones.

    Each file is written beside its place and renamed into it once all of them are written.

    Raises
    ------
    SchemaError
        When a table does not keep to its schema; then nothing is written.
    """
    for table in TABLES:
        check_schema(table, tables[table])
    try:
        processed.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".skriver-", dir=processed))
    except OSError as error:
        raise VbdataError(
            "det går inte att skriva i mappen", source=processed, value=error.strerror
        ) from error
    try:
        for table in TABLES:
            tables[table].to_parquet(staging / f"{table}.parquet", index=False)
        for table in TABLES:
            os.replace(staging / f"{table}.parquet", processed / f"{table}.parquet")
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def read_table(table: str, processed: Path | str = PROCESSED, **filters: Any) -> pd.DataFrame:
    """One table with its dtypes; see `load`."""
    if table not in TABLES:
        raise UnknownValueError("okänd tabell", value=table, hint=f"tabellerna är {', '.join(TABLES)}")
    path = Path(processed) / f"{table}.parquet"
    if not path.exists():
        raise MissingDataError(
            "inga inlästa rapporter", source=path.parent, hint="kör först: vbdata ingest MAPP"
        )
    frame = pd.read_parquet(path).astype(dtypes(table))
    for column, wanted in filters.items():
        values = [wanted] if isinstance(wanted, str | int | bool) else list(wanted)
        frame = frame[frame[column].isin(values)]
    return frame.reset_index(drop=True)


def load(
    table: str, processed: Path | str = PROCESSED, *, labels: bool = False, **filters: Any
) -> pd.DataFrame:
    """One table of the processed folder.

    Parameters
    ----------
    table
        ``reports``, ``goals``, ``indicators``, ``activities``, ``complaints``, ``passages``,
        ``findings`` or ``extraction_log``.
    processed
        The folder; by default that of the workbook which the command or notebook runs in.
    labels
        Replace codes by their Swedish labels (categories in the same order).
    **filters
        Column = value or values to keep: ``load("goals", level="unit", report_id=[...])``.

    Returns
    -------
    DataFrame
        One row per thing that the data dictionary says; ``DataFrame.attrs["titles"]`` has the
        Swedish column titles.

    Raises
    ------
    UnknownValueError
        When there is no such table.
    MissingDataError
        When nothing has been ingested.
    """
    from vbdata.schema.labels import with_labels

    frame = read_table(table, processed, **filters)
    return with_labels(table, frame) if labels else frame


def read_tables(processed: Path | str = PROCESSED) -> dict[str, pd.DataFrame]:
    """All tables by name."""
    return {table: read_table(table, processed) for table in TABLES}
