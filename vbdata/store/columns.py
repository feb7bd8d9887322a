"""Rows as Arrow tables: columns in the order and types of the schema, codes as pandas writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vbdata.errors import SchemaError
from vbdata.schema import SCHEMAS, empty
from vbdata.store import disk

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
Columns = dict[str, list[list[Any]]]


@cache
def names(table: str) -> tuple[str, ...]:
    """The table's columns, in order."""
    return tuple(SCHEMAS[table].columns)


def columns_of(table: str, rows: Sequence[Mapping[str, Any]]) -> list[list[Any]]:
    """Rows as a list per column: a third of the rows' size on their way between processes.

    A key that the table does not have is an error; a key left out is a missing value.
    """
    known = set(names(table))
    for row in rows:
        if not row.keys() <= known:
            raise SchemaError("tabellen har ingen sådan kolumn", source=table, value=min(row.keys() - known))
    return [[row.get(name) for row in rows] for name in names(table)]


@cache
def stored_schema(table: str) -> pa.Schema:
    """Arrow's schema of the Parquet files, as pandas writes it: codes are dictionaries."""
    return pa.Schema.from_pandas(empty(table), preserve_index=False)


@cache
def plain_schema(table: str) -> pa.Schema:
    """The same with codes as text, which can be filtered and put together without more ado."""
    fields = [
        pa.field(each.name, pa.string()) if pa.types.is_dictionary(each.type) else each
        for each in stored_schema(table)
    ]
    return pa.schema(fields)


def arrow_of(table: str, columns: Sequence[Sequence[Any]]) -> pa.Table:
    """Columns as a plain Arrow table that keeps to the schema.

    Raises
    ------
    SchemaError
        With the column and value that do not.
    """
    arrays = [
        _array(table, field, values) for field, values in zip(plain_schema(table), columns, strict=True)
    ]
    return pa.table(arrays, schema=plain_schema(table))


def _array(table: str, field: pa.Field, values: Sequence[Any]) -> pa.Array:
    column = SCHEMAS[table].columns[field.name]
    try:
        array = pa.array(values, field.type)
    except (pa.ArrowException, OverflowError, UnicodeError, TypeError, ValueError) as error:
        raise _broken(table, field.name, str(error)) from error
    if not column.nullable and array.null_count:
        raise _broken(table, field.name, None)
    if field.name in _codes(table):
        _check_codes(table, field.name, array)
    return array


def check_codes(table: str, plain: pa.Table) -> None:
    """See that every code is one of the schema's.

    Raises
    ------
    SchemaError
        With the column and code that is not.
    """
    for name in _codes(table):
        _check_codes(table, name, plain.column(name))


def _check_codes(table: str, name: str, values: pa.Array | pa.ChunkedArray) -> None:
    found = pc.unique(values)
    known = pc.is_in(found, value_set=_codes(table)[name])
    strange = found.filter(pc.and_(pc.is_valid(found), pc.invert(known)))
    if len(strange):
        raise _broken(table, name, strange[0].as_py())


@lru_cache(maxsize=256)
def other_columns(table: str, path: str, _stamp: tuple[int, int]) -> str | None:
    """The first of the table's columns that a file lacks or has otherwise; one too many is passed by.

    Raises
    ------
    SchemaError
        When it is no Parquet file.
    """
    try:
        found = pq.read_schema(path)
    except (pa.ArrowException, OSError) as error:
        hint = "läs om filerna: vbdata ingest MAPP"
        raise SchemaError("filen är ingen hel Parquetfil", source=path, hint=hint) from error
    held = {field.name: _plain(field.type) for field in found}
    wanted = {field.name: _plain(field.type) for field in plain_schema(table)}
    return next((name for name, kind in wanted.items() if held.get(name) != kind), None)


def _plain(kind: pa.DataType) -> pa.DataType:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return pa.string() if pa.types.is_large_string(kind) else kind


def _broken(table: str, column: str, value: str | None) -> SchemaError:
    return SchemaError(
        "tabellen följer inte sitt schema", source=table, place=f"kolumn {column}", value=value
    )


@cache
def _codes(table: str) -> dict[str, pa.Array]:
    found = {}
    for name, column in SCHEMAS[table].columns.items():
        categories = getattr(column.dtype.type, "categories", None)
        if categories is not None:
            found[name] = pa.array(list(categories), pa.string())
    return found


def stored(table: str, plain: pa.Table) -> pa.Table:
    """The table as it is written: codes as dictionaries that hold all of the schema's codes."""
    arrays = []
    for field in stored_schema(table):
        array = plain.column(field.name).combine_chunks()
        if pa.types.is_dictionary(field.type):
            codes = _codes(table)[field.name]
            indices = pc.cast(pc.index_in(array, value_set=codes), field.type.index_type)
            array = pa.DictionaryArray.from_arrays(indices, codes, ordered=field.type.ordered)
        arrays.append(array)
    return pa.table(arrays, schema=stored_schema(table))


def write(table: str, plain: pa.Table, path: Path) -> None:
    """Write one Parquet file."""
    whole = stored(table, plain)
    disk.make(path, lambda part: pq.write_table(whole, part))


def read(table: str, path: Path) -> pa.Table:
    """One Parquet file as a plain table."""
    return pq.ParquetFile(path).read().cast(plain_schema(table))
