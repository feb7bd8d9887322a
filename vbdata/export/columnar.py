"""Parquet files and a DuckDB file, with titles and descriptions in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from vbdata.export.codebook import codebook
from vbdata.export.columns import columns
from vbdata.export.content import Content
from vbdata.schema.build import DATE
from vbdata.schema.tables import SCHEMAS
from vbdata.store.queries import quoted

_SQL = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}


def write_parquet(made: Content, folder: Path) -> None:
    """One Parquet file per table, its columns with title and description, and the codebook."""
    import pyarrow
    import pyarrow.parquet

    for table, frame in made.tables.items():
        data = pyarrow.Table.from_pandas(frame, preserve_index=False)
        fields = [
            field.with_metadata({"title": str(spec.title), "description": str(spec.description)})
            for field, spec in zip(data.schema, columns(table).values(), strict=True)
        ]
        kept = data.schema.metadata or {}
        schema = pyarrow.schema(fields, metadata={**kept, b"title": str(SCHEMAS[table].title).encode()})
        pyarrow.parquet.write_table(data.cast(schema), folder / f"{table}.parquet")
    codebook().to_parquet(folder / "codebook.parquet", index=False)


def write_duckdb(made: Content, path: Path) -> None:
    """A DuckDB file with a table per table, keys, comments, and the codebook."""
    import duckdb

    with duckdb.connect(str(path)) as connection:
        for table, frame in made.tables.items():
            _table(connection, table, frame)
        _fill(connection, "codebook", codebook(), create=True)


def _table(connection: Any, table: str, frame: pd.DataFrame) -> None:
    schema = SCHEMAS[table]
    written = []
    for name, spec in columns(table).items():
        dtype = frame[name].dtype
        kind = "DATE" if dtype == DATE else _SQL.get(str(dtype), "VARCHAR")
        if isinstance(dtype, pd.CategoricalDtype):
            kind = f"ENUM ({', '.join(quoted(str(code)) for code in dtype.categories)})"
        written.append(f'"{name}" {kind}{"" if spec.nullable else " NOT NULL"}')
    key = ", ".join(f'"{name}"' for name in (schema.metadata or {})["key"])
    written.append(f"PRIMARY KEY ({key})")
    run = connection.execute
    run(f'CREATE TABLE "{table}" ({", ".join(written)})')
    _fill(connection, table, frame)
    run(f'COMMENT ON TABLE "{table}" IS {quoted(f"{schema.title}. {schema.description}")}')
    for name, spec in columns(table).items():
        said = quoted(f"{spec.title}. {spec.description}")
        run(f'COMMENT ON COLUMN "{table}"."{name}" IS {said}')


def _fill(connection: Any, table: str, frame: pd.DataFrame, create: bool = False) -> None:
    import pyarrow

    plain = frame.astype(
        {n: "string" for n in frame.columns if isinstance(frame[n].dtype, pd.CategoricalDtype)}
    )
    connection.register("rader", pyarrow.Table.from_pandas(plain, preserve_index=False))
    how = f'CREATE TABLE "{table}" AS' if create else f'INSERT INTO "{table}"'
    connection.execute(f"{how} SELECT * FROM rader")
    connection.unregister("rader")
