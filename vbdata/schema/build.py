"""What columns of tables are made by: type, Swedish title and description, and what is the same in many."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow

DATE = pd.ArrowDtype(pyarrow.date32())


def _column(dtype: Any, title: str, description: str, required: bool = False, **metadata: Any) -> pa.Column:
    """One column: dtype, Swedish title and description; `required` cells may not be missing."""
    return pa.Column(
        dtype, nullable=not required, title=title, description=description, metadata=metadata or None
    )


text = partial(_column, pd.StringDtype())
whole = partial(_column, pd.Int64Dtype())
number = partial(_column, pd.Float64Dtype())
truth = partial(_column, pd.BooleanDtype())
date = partial(_column, DATE)


def code(codes: tuple[str, ...], title: str, description: str, **kw: Any) -> pa.Column:
    """One of these codes, in this order."""
    return _column(pd.CategoricalDtype(list(codes)), title, description, **kw)


def report_id() -> pa.Column:
    """The row's report."""
    return text("Rapport", "Rapportens id: år-typ-enhet; pekar på reports.", required=True)


def sentence_lines() -> pa.Column:
    """Where each sentence of a text stands."""
    return text(
        "Meningarnas rader",
        "Raden för textens första mening, för den andra och så vidare, eller sida:rad; saknas där texten är "
        "på en rad.",
    )


def source() -> dict[str, pa.Column]:
    """Where the row stands in the document."""
    return {
        "source_page": whole("Sida", "Sidan i dokumentet; saknas där formatet inte har sidor."),
        "source_line": whole(
            "Rad", "Raden i dokumentets text, från 1; i Word styckets eller tabellradens ordning."
        ),
    }


def row_id(what: str) -> pa.Column:
    """The row's own id."""
    return text("Rad-id", f"Unikt id för {what}.", required=True)


def goal_id() -> pa.Column:
    """The goal that the row stands under."""
    return text("Mål", "Målet som raden står under; saknas utanför målträdet.")


def position() -> pa.Column:
    """The row's place in the document."""
    return whole("Ordning", "Ordning i dokumentet, från 1.", required=True)


def schema(
    name: str, title: str, description: str, key: list[str], columns: dict[str, pa.Column]
) -> pa.DataFrameSchema:
    """A table: its title, what a row is, its key and its columns."""
    return pa.DataFrameSchema(
        columns,
        name=name,
        title=title,
        description=description,
        strict=True,
        ordered=True,
        unique=key,
        coerce=False,
        metadata={"key": key},
    )
