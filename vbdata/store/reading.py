"""Tables out of the processed folder: filters are pushed down to the files, types are those of the schema."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from numbers import Integral, Real
from operator import and_
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vbdata.errors import MissingDataError, SchemaError, UnknownValueError
from vbdata.schema import SCHEMAS, TABLES, dtypes
from vbdata.schema.labels import codes, nearest
from vbdata.store import disk
from vbdata.store.generations import Snapshot, manifest, snapshot
from vbdata.store.workbook import PROCESSED

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

T = TypeVar("T")
_REBUILD = "läs om filerna: vbdata ingest MAPP"
_TRIES = 5


def read_table(table: str, processed: Path | str | Snapshot = PROCESSED, **filters: Any) -> pd.DataFrame:
    """One table with its dtypes.

    Parameters
    ----------
    **filters
        Column = value or values to keep; only what is kept is read into memory. A column of ``reports`` that
        the table does not have chooses its reports.

    Raises
    ------
    UnknownValueError
        When there is no such table or column, or the column can have no such value.
    MissingDataError
        When nothing has been ingested, or the table is gone.
    SchemaError
        When another version of vbdata wrote the tables, or the file is damaged.
    """
    _check_table(table)

    def read(state: Snapshot) -> pd.DataFrame:
        for column, values in filters.items():
            _check_known(table, column, values, state)
        return _read(table, state, filters)

    return _read_at_once(processed, read)


def rows_of_reports(table: str, state: Snapshot, report_ids: Sequence[str]) -> pd.DataFrame:
    """One table's rows of reports that are known to be there."""
    return _read(table, state, {"report_id": report_ids})


def read_tables(processed: Path | str | Snapshot = PROCESSED) -> dict[str, pd.DataFrame]:
    """All tables by name, of one state of the folder."""
    return _read_at_once(processed, lambda state: {table: _read(table, state, {}) for table in TABLES})


def data_sha256(processed: Path | str | Snapshot = PROCESSED) -> str:
    """Checksum of all the tables as they are stored."""
    return _read_at_once(processed, _sha256)


def _check_table(table: str) -> None:
    if table not in TABLES:
        raise UnknownValueError("okänd tabell", value=table, hint=f"tabellerna är {', '.join(TABLES)}")


def _read_at_once(processed: Path | str | Snapshot, read: Callable[[Snapshot], T]) -> T:
    """Read one state; when runs have replaced and removed it meanwhile, the newer one."""
    for _ in range(_TRIES):
        state = snapshot(processed)
        try:
            return read(state)
        except (FileNotFoundError, MissingDataError):
            if snapshot(state.processed) == state:
                raise
            processed = state.processed
    return read(snapshot(processed))


def files_of(table: str, state: Snapshot) -> list[Path]:
    """The Parquet files of a table: one, or the parts of a large corpus.

    Raises
    ------
    MissingDataError
        When nothing has been ingested, or this table alone is gone: that is no table without rows.
    SchemaError
        When another version of vbdata wrote the table, with other columns.
    """
    path = state.table(table)
    if path.is_dir():
        return _checked(table, sorted(path.glob("*.parquet")), state)
    if not path.exists():
        if any(state.table(other).exists() for other in TABLES):
            raise MissingDataError(f"tabellen {table} saknas", source=state.processed, hint=_REBUILD)
        raise MissingDataError(
            "inga inlästa rapporter", source=state.processed, hint="kör först: vbdata ingest MAPP"
        )
    return _checked(table, [path], state)


def _checked(table: str, files: list[Path], state: Snapshot) -> list[Path]:
    """The files, unless the version that wrote them had other columns."""
    from vbdata.store.columns import other_columns

    for path in files[:1]:  # the parts of one state are of one version
        status = path.stat()
        if wrong := other_columns(table, str(path.resolve()), (status.st_mtime_ns, status.st_size)):
            raise SchemaError(
                "tabellen är skriven av en annan version av vbdata", source=state.processed,
                place=f"{table}, kolumn {wrong}", hint=_REBUILD,
            )  # fmt: skip
    return files


def _read(table: str, state: Snapshot, filters: dict[str, Any]) -> pd.DataFrame:
    rows = _rows(table, state, _expression(table, state, filters))
    try:
        return frame_of(table, rows)
    except SchemaError as error:
        error.source, error.hint = state.processed, _REBUILD
        raise


def _rows(table: str, state: Snapshot, wanted: Any, columns: list[str] | None = None) -> pa.Table:
    """A table's rows and columns as Arrow has them; of no file, none."""
    import pyarrow as pa
    import pyarrow.dataset as ds

    from vbdata.store.columns import plain_schema

    files = [str(path) for path in files_of(table, state)]
    schema = plain_schema(table)
    found = ds.dataset(files, schema=schema, format="parquet") if files else ds.dataset(schema.empty_table())
    try:
        return found.to_table(columns, filter=wanted)
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError):
        said = "tabellens fil är skadad"
        raise SchemaError(said, source=state.processed, place=table, hint=_REBUILD) from None


def frame_of(table: str, plain: pa.Table) -> pd.DataFrame:
    """A plain Arrow table as a frame with the schema's dtypes.

    Raises
    ------
    SchemaError
        When a cell has a code that the schema does not know: as a category it would be a blank.
    """
    from vbdata.store.columns import check_codes

    check_codes(table, plain)
    return plain.to_pandas(types_mapper=_types().get).astype(dtypes(table))


def _types() -> dict[Any, Any]:
    """Pandas' types that keep a missing value apart from every other."""
    import pandas as pd
    import pyarrow as pa

    known = {pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype(), pa.bool_(): pd.BooleanDtype()}
    dates = {pa.date32(): pd.ArrowDtype(pa.date32())}
    return known | dates | {pa.string(): pd.StringDtype(), pa.large_string(): pd.StringDtype()}


def _expression(table: str, state: Snapshot, filters: dict[str, Any]) -> Any:
    """The filters as an expression that Parquet files are read by; None for no filter."""
    own = {name: wanted for name, wanted in filters.items() if name in SCHEMAS[table].columns}
    of_reports = {name: wanted for name, wanted in filters.items() if name not in own}
    parts = [_among(table, column, wanted) for column, wanted in own.items()]
    if of_reports:
        for column in of_reports:
            if column not in SCHEMAS["reports"].columns or "report_id" not in SCHEMAS[table].columns:
                names = dict.fromkeys(["unit_id", "unit_name", "year", "kind", *SCHEMAS[table].columns], "")
                raise UnknownValueError(
                    f"tabellen {table} har ingen sådan kolumn", value=column, hint=nearest(column, names)
                )
        parts.append(_among(table, "report_id", _read("reports", state, of_reports)["report_id"]))
    return reduce(and_, parts) if parts else None


def _each(wanted: Any) -> list[Any]:
    return [wanted] if isinstance(wanted, str) or not isinstance(wanted, Iterable) else list(wanted)


def _check_known(table: str, column: str, wanted: Any, state: Snapshot) -> None:
    """Refuse a code or an id that nothing has, and years or texts of which nothing has any.

    No rows would look like an answer.
    """
    held = SCHEMAS[table].columns.get(column) or SCHEMAS["reports"].columns.get(column)
    if wanted is None and held is not None and not held.nullable:
        raise UnknownValueError(f"{column} saknas aldrig", value="None", hint="utelämna villkoret")
    values = _each(wanted)
    if not values:
        raise UnknownValueError(f"villkoret på {column} är tomt", hint="utelämna villkoret")
    words = _known(table, column, state)
    given = [str(each) for each in values if isinstance(each, str | Integral)]
    strange = [each for each in given if each not in words] if words else []
    each_one = bool(codes(table, column)) or column in ("report_id", "unit_id", "unit_name")
    if strange and (each_one or len(strange) == len(given)):
        hint = nearest(strange[0], words)
        raise UnknownValueError(f"{column} har inget sådant värde", value=strange[0], hint=hint)


def _known(table: str, column: str, state: Snapshot) -> dict[str, str]:
    """The values that a column can have, each with its Swedish word; empty where it may have any."""
    if words := codes(table, column):
        return words
    home = table if column in SCHEMAS[table].columns and column != "report_id" else "reports"
    if column != "year" and str(dtypes(home).get(column)) != "string":
        return {}
    values = _rows(home, state, None, [column]).column(column).unique().drop_null()
    return dict.fromkeys(sorted(map(str, values.to_pylist())), "")


def _among(table: str, column: str, wanted: Any) -> Any:
    """The rows that have one of the values."""
    import pyarrow as pa
    import pyarrow.dataset as ds

    from vbdata.store.columns import plain_schema

    kind = plain_schema(table).field(column).type
    try:
        given = _each(wanted)
        values = pa.array(given, kind)
        if pa.types.is_integer(kind) and any(isinstance(each, Real) and each % 1 for each in given):
            raise ValueError(wanted)  # Arrow would cut the decimals off
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        plain = "heltal" if pa.types.is_integer(kind) else "tal" if pa.types.is_floating(kind) else ""
        hint = f"skriv ett {plain} utan citattecken" if plain else None
        said = f"kolumnen {column} har inte sådana värden"
        raise UnknownValueError(said, value=str(wanted), hint=hint) from None
    return ds.field(column).isin(values)


def _sha256(state: Snapshot) -> str:
    known = manifest(state.generation).get("files", {}) if state.generation else {}
    digest = hashlib.sha256()
    for table in sorted(TABLES):
        files = files_of(table, state)
        for path in files:
            digest.update(bytes.fromhex(_file_sha256(path, state, known)))
    return digest.hexdigest()


def _file_sha256(path: Path, state: Snapshot, known: dict[str, str]) -> str:
    if state.generation is not None and path.is_relative_to(state.generation):
        found = known.get(path.relative_to(state.generation).as_posix())
        if found:
            return found
    return disk.sha256(path)
