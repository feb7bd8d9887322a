"""SQL over the tables, by DuckDB: for questions that are easier asked of files than of frames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vbdata.errors import QueryError
from vbdata.schema import TABLES
from vbdata.store.columns import nothing
from vbdata.store.generations import Snapshot, snapshot
from vbdata.store.reading import PROCESSED, files_of

if TYPE_CHECKING:
    import pandas as pd


def sql(query: str, processed: Path | str | Snapshot = PROCESSED, **values: Any) -> pd.DataFrame:
    """What a SELECT gives; every table is a view of the same name, of one state of the folder.

    Parameters
    ----------
    query
        SQL in DuckDB's dialect. A word that starts with ``$`` is a value: ``where year = $year``.
    values
        What such words stand for; put values here rather than into the text.

    Returns
    -------
    DataFrame
        In DuckDB's types: codes and dates as text and timestamps, whole numbers with gaps as floats.

    Raises
    ------
    QueryError
        With what DuckDB says about the query.
    MissingDataError
        When nothing has been ingested.

    Examples
    --------
    >>> vbdata.sql("select level, count(*) as n from goals group by level")  # doctest: +SKIP
    >>> vbdata.sql("select * from goals join reports using (report_id) where year = $year", year=2025)
    ... # doctest: +SKIP
    """
    import duckdb

    state = snapshot(processed)
    with duckdb.connect(":memory:") as connection:
        for table in TABLES:
            _view(connection, table, files_of(table, state))
        _confine(connection, (state.generation or state.processed).resolve())
        try:
            return connection.execute(query, values or None).df()
        except duckdb.Error as error:
            raise QueryError("frågan går inte att besvara", value=str(error).splitlines()[0]) from error


def _view(connection: Any, table: str, files: list[Path]) -> None:
    if not files:
        connection.register(table, nothing(table))
        return
    listed = ", ".join(_quoted(str(path.resolve())) for path in files)
    connection.execute(f"create view {table} as select * from read_parquet([{listed}])")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _confine(connection: Any, folder: Path) -> None:
    """A query reads the tables, and nothing else on the machine or the network."""
    connection.execute(f"set allowed_directories = [{_quoted(str(folder))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
