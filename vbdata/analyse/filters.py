"""Rows chosen by conditions that a person writes: ``status: Uppfylls inte``, ``value < 80``."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vbdata.analyse.search import fold
from vbdata.errors import ParameterError
from vbdata.schema.labels import codes, nearest, with_labels
from vbdata.schema.tables import SCHEMAS, dtypes

_CONDITION = re.compile(r"^\s*(\w+)\s*(<=|>=|!=|=|:|<|>|~)\s*(.*?)\s*$", re.DOTALL)
_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
MISSING = "saknas"
"""The word for a missing value."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One column, how it is compared, and with what; as written."""

    column: str
    sign: str
    value: str


def parse_condition(table: str, text: str) -> Condition:
    """A condition on a table.

    Raises
    ------
    ParameterError
        When it is none, or the table has no such column.

    Examples
    --------
    >>> parse_condition("goals", "status: Uppfylls inte")
    Condition(column='status', sign='=', value='Uppfylls inte')
    """
    match = _CONDITION.match(text)
    if match is None or not match[3]:
        raise ParameterError(
            "villkoret går inte att förstå", value=text, hint="skriv till exempel status: Uppfylls inte"
        )
    column = match[1]
    if column not in SCHEMAS[table].columns:
        raise ParameterError(
            f"tabellen {table} har ingen sådan kolumn", value=column,
            hint=f"kolumnerna är {', '.join(SCHEMAS[table].columns)}",
        )  # fmt: skip
    return Condition(column, "=" if match[2] == ":" else match[2], match[3])


def filtered(table: str, frame: pd.DataFrame, conditions: Sequence[str]) -> pd.DataFrame:
    """The rows that meet all conditions.

    ``:`` (or ``=``) and ``!=`` compare codes or their Swedish labels, numbers (with a decimal comma or
    point), dates and text, without regard to case and accents; several values may stand with ``|`` between
    them, and ``saknas`` is a missing one. ``~`` finds a text in a text. ``< <= > >=`` compare numbers and
    dates; a missing value is neither more nor less.

    Raises
    ------
    ParameterError
        When a condition cannot be understood, or does not fit its column.
    """
    labelled = with_labels(table, frame)
    keep = pd.Series(True, index=frame.index)
    for text in conditions:
        condition = parse_condition(table, text)
        keep &= _met(table, frame[condition.column], labelled[condition.column], condition)
    return frame[keep]


def _met(table: str, values: pd.Series, labels: pd.Series, condition: Condition) -> pd.Series:
    if condition.sign in _ORDER:
        return _ordered(str(dtypes(table)[condition.column]), values, condition)
    if condition.sign == "~":
        wanted = fold(condition.value).text.strip()
        shown = labels.astype("string").fillna("")
        return pd.Series([wanted in fold(text).text for text in shown], index=values.index)
    met = pd.Series(False, index=values.index)
    for wanted in condition.value.split("|"):
        met |= _equal(table, values, labels, wanted.strip())
    return met if condition.sign == "=" else ~met


def _check_code(column: str, wanted: str, plain: str, words: dict[str, str]) -> None:
    """Refuse a code that the column cannot have: no rows would look like an answer."""
    if plain not in {fold(word).text.strip() for pair in words.items() for word in pair}:
        hint = nearest(wanted, words)
        raise ParameterError(f"kolumnen {column} har inget sådant värde", value=wanted, hint=hint)


def _equal(table: str, values: pd.Series, labels: pd.Series, wanted: str) -> pd.Series:
    if wanted.casefold() == MISSING:
        return values.isna()
    if str(values.dtype) in ("Float64", "Int64"):
        return (values == _number(wanted)).fillna(False).astype(bool)
    if str(values.dtype) == "boolean":
        return (values == (wanted.casefold() in ("ja", "true"))).fillna(False).astype(bool)
    plain = fold(wanted).text.strip()
    if isinstance(values.dtype, pd.CategoricalDtype):
        _check_code(str(values.name), wanted, plain, codes(table, str(values.name)))
    same = [
        fold(code).text.strip() == plain or fold(text).text.strip() == plain
        for code, text in zip(
            values.astype("string").fillna(""), labels.astype("string").fillna(""), strict=True
        )
    ]
    return pd.Series(same, index=values.index)


def _ordered(dtype: str, values: pd.Series, condition: Condition) -> pd.Series:
    compare = _ORDER[condition.sign]
    if dtype in ("Float64", "Int64"):
        return compare(values, _number(condition.value)).fillna(False).astype(bool)
    if dtype.startswith("date"):
        texts = values.astype("string")
        return compare(texts, condition.value).fillna(False).astype(bool)
    raise ParameterError(
        f"{condition.column} är varken tal eller datum", value=condition.sign, hint="använd = eller ~"
    )


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ".").replace("−", "-").removesuffix("%").strip())
    except ValueError:
        raise ParameterError("det är inget tal", value=text, hint="skriv till exempel 66,8") from None
