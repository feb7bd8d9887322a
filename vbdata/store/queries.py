"""SQL over the tables, by DuckDB: for questions that are easier asked of files than of frames."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vbdata.errors import MissingDataError, QueryError, UnreadableFileError
from vbdata.schema import SCHEMAS, TABLES
from vbdata.schema.labels import nearest
from vbdata.store.generations import Snapshot, snapshot
from vbdata.store.reading import files_of
from vbdata.store.workbook import PROCESSED
from vbdata.vocabulary.written import decoded, delimiter

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

_NUMBER = r"-?\d{1,3}(\s\d{3})*([.,]\d+)?|-?\d+([.,]\d+)?"
"""A number as people write it: thousands may be spaced."""


def sql(query: str, processed: Path | str | Snapshot = PROCESSED, **values: Any) -> pd.DataFrame:
    """What a SELECT gives of one state of the folder; see `vbdata.sql`."""
    import duckdb
    import pandas as pd

    state = snapshot(processed)
    own = {name: value for name, value in values.items() if isinstance(value, pd.DataFrame | Path)}
    given = {name: value for name, value in values.items() if name not in own}
    with duckdb.connect(":memory:") as connection:
        for table in TABLES:
            listed = ", ".join(quoted(str(path.resolve())) for path in files_of(table, state))
            connection.execute(f"create view {table} as select * from read_parquet([{listed}])")
        for name, value in own.items():
            if name in TABLES:
                raise QueryError("en egen tabell kan inte heta som en av tabellerna", value=name)
            connection.register(name, _own(value))
        _confine(connection, (state.generation or state.processed).resolve())
        try:
            asked = duckdb.extract_statements(query) if isinstance(query, str) else []
            _check_values({name for each in asked for name in each.named_parameters}, given)
            found = connection.execute(query, given or None) if asked else None
            if found is not None and found.description:
                return found.df()
        except duckdb.Error as error:
            raise _why_not(error, connection) from error
    raise QueryError("det är ingen fråga", value=str(query), hint="skriv till exempel select * from goals")


def _check_values(asked: Set[str], given: Mapping[str, Any]) -> None:
    """See that every ``$word`` of a query has its value, and every value its word."""
    for name in sorted(asked - given.keys()):
        raise QueryError("värdet saknas", value=f"${name}", hint=f"ge det med {name}=")
    for name, value in given.items():
        if name not in asked:
            file = f': {name}=Path("{value}")' if isinstance(value, str) else ""
            hint = f"skriv ${name} där värdet ska stå; en egen tabell är en DataFrame eller en Path{file}"
            raise QueryError("frågan har inget sådant ord", value=f"${name}", hint=hint)


_FAULTS = {
    "ParserException": "frågan är fel skriven",
    "BinderException": "frågans delar passar inte ihop",
    "CatalogException": "det som frågan nämner finns inte",
    "ConversionException": "ett värde är av fel slag",
    "OutOfRangeException": "ett tal är för stort",
    "PermissionException": "en fråga läser bara tabellerna",
}
"""Kinds of what DuckDB says about a query."""


def _why_not(error: duckdb.Error, connection: Any) -> QueryError:
    """What is wrong with a query and the word at fault; DuckDB's own words last, where they say more."""
    said, *rest = str(error).partition(": ")[2].splitlines()
    word = _pointed_at(rest)
    table = re.search(r'(?:Table with name|Referenced table) "?(\w+)"? (?:does not exist|not found)', said)
    column = re.search(r'(?:Referenced column|a column named) "(\w+)"', said)
    if table:
        tables = connection.execute("select view_name from duckdb_views() where not internal").fetchall()
        hint = nearest(table[1], dict.fromkeys([*TABLES, *(name for (name,) in tables)], ""))
        return QueryError("det finns ingen sådan tabell", value=table[1], hint=hint)
    if column:
        names = connection.execute("select column_name from duckdb_columns() where not internal").fetchall()
        of_report = column[1] in SCHEMAS["reports"].columns
        join = "den står i reports: lägg till join reports using (report_id)" if of_report else ""
        hint = join or nearest(column[1], dict.fromkeys((name for (name,) in names), ""))
        return QueryError("tabellen har ingen sådan kolumn", value=column[1], hint=hint)
    kind = type(error).__name__
    more = None if kind in ("ParserException", "PermissionException") else f"DuckDB: {said}"
    return QueryError(_FAULTS.get(kind, "frågan går inte att besvara"), value=word, hint=more)


def _pointed_at(lines: Sequence[str]) -> str | None:
    """The word of the query that DuckDB's arrow stands under.

    >>> _pointed_at(["", "LINE 1: selct 1", "        ^^^^^"]), _pointed_at([])
    ('selct', None)
    """
    for line, arrow in pairwise(lines):
        if line.startswith("LINE ") and arrow.strip().strip("^") == "":
            start, end = arrow.index("^"), len(arrow.rstrip())
            whole = re.match(r"\w+", line[start:])
            return line[start : max(end, start + whole.end() if whole else 0)]
    return None


def _own(value: Any) -> Any:
    """A frame, or a CSV file, as DuckDB takes it."""
    import pyarrow as pa

    frame = read_csv(value) if isinstance(value, Path) else value
    try:
        return pa.Table.from_pandas(frame, preserve_index=False)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise QueryError("den egna tabellen går inte att använda", value=str(error).splitlines()[0]) from None


def read_csv(path: Path) -> pd.DataFrame:
    """A CSV file as people keep them: commas, semicolons or tabs, UTF-8 or Windows, decimal comma or point.

    Raises
    ------
    MissingDataError
        When there is no such file.
    UnreadableFileError
        When it is no table.
    """
    import pandas as pd

    if not path.is_file():
        raise MissingDataError("filen finns inte", source=path)
    try:
        text = decoded(path.read_bytes())
        sign = delimiter(text)
        mark = "." if sign == "," else ","
        frame = pd.read_csv(io.StringIO(text), sep=sign, decimal=mark).convert_dtypes()
        return frame.apply(_spaced_numbers, mark=mark)
    except (OSError, ValueError) as error:
        hint = "spara den som CSV UTF-8, eller läs den med pandas och ge den som en DataFrame"
        raise UnreadableFileError("filen går inte att läsa som en tabell", source=path, hint=hint) from error


def _spaced_numbers(column: pd.Series, mark: str) -> pd.Series:
    """A column of numbers in which thousands are spaced, as numbers; any other as it is."""
    import pandas as pd

    if str(column.dtype) != "string" or not column.dropna().str.fullmatch(_NUMBER).all():
        return column
    plain = column.str.replace(r"\s", "", regex=True).str.replace(mark, ".")
    return pd.to_numeric(plain).convert_dtypes()


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def _confine(connection: Any, folder: Path) -> None:
    """A query reads the tables, and nothing else on the machine or the network."""
    connection.execute(f"set allowed_directories = [{quoted(str(folder))}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
