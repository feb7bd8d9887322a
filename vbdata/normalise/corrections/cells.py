"""Which cells may be corrected, and their values: typed as the schema says, and as text for the record."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pandas as pd

from vbdata.extract.grammar import VALUES
from vbdata.schema.build import DATE
from vbdata.schema.labels import DOMAINS
from vbdata.schema.tables import SCHEMAS, dtypes
from vbdata.vocabulary import label

#: Columns that a correction may set. Ids, places and the verbatim text are never corrected, nor is what
#: follows from other columns (``attainment``, ``gap``): that is computed again.
CORRECTABLE: dict[str, tuple[str, ...]] = {
    "reports": ("board", "dnr", "date"),
    "goals": ("title", "status"),
    "indicators": (
        *VALUES, "target_rule", "council_target_rule", "measure_unit", "better", "indicator_id", "name",
        "period", "goal_id",
    ),
    "activities": ("title", "start", "end", "deviation", "completed", "goal_id"),
    "complaints": ("count",),
    "passages": ("section", "goal_id"),
}  # fmt: skip

_SWEDISH_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:\s\d{3})+|\d+)(?:,\d+)?")


def typed(table: str, column: str, value: Any) -> Any:
    """A value from a corrections file as the column holds it.

    A number may have a decimal comma and spaced thousands; a code may be its token or its Swedish label.

    Raises
    ------
    ValueError
        With what the column wants, in Swedish.

    Examples
    --------
    >>> typed("indicators", "value", "66,8"), typed("goals", "status", "Uppfylls delvis")
    (66.8, 'partly_met')
    """
    dtype = dtypes(table)[column]
    if value is None:
        if not SCHEMAS[table].columns[column].nullable:
            raise ValueError("kolumnen får inte vara tom")
        return None
    if isinstance(dtype, pd.CategoricalDtype):
        return _code(column, [str(code) for code in dtype.categories], value)
    if dtype == DATE:
        return _date(value)
    name = str(dtype)
    if name in ("Float64", "Int64"):
        return _number(value, whole=name == "Int64")
    if name == "boolean":
        return _truth(value)
    if not isinstance(value, str):
        raise ValueError("kolumnen håller text; sätt citattecken runt värdet")
    return value.strip()


def _code(column: str, codes: list[str], value: Any) -> str:
    labels = {code: _label(column, code) for code in codes}
    for code, text in labels.items():
        if isinstance(value, str) and value.strip().casefold() in (code.casefold(), text.casefold()):
            return code
    said = ", ".join(code if code == text else f"{code} ({text})" for code, text in labels.items())
    raise ValueError(f"kolumnen håller en av koderna {said}")


def _label(column: str, code: str) -> str:
    return code if code == "number" else label(DOMAINS[column], code)


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date | str):
        raise ValueError("kolumnen håller ett datum: 2025-12-31")
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value.strip())
    except ValueError:
        raise ValueError("kolumnen håller ett datum: 2025-12-31") from None


def _number(value: Any, *, whole: bool) -> float | int:
    wanted = "ett heltal från 0: 7" if whole else "ett tal utan måttenhet: 66.8"
    if isinstance(value, str) and _SWEDISH_NUMBER.fullmatch(value.strip()):
        value = float("".join(value.split()).replace(",", ".").replace("−", "-"))
    if isinstance(value, bool) or not isinstance(value, int | float) or value - value != 0:
        raise ValueError(f"kolumnen håller {wanted}")
    if whole:
        if int(value) != value or not 0 <= value < 1_000_000:
            raise ValueError(f"kolumnen håller {wanted}")
        return int(value)
    return float(value)


def _truth(value: Any) -> bool:
    words = {"ja": True, "nej": False}
    if isinstance(value, str) and value.strip().casefold() in words:
        return words[value.strip().casefold()]
    if not isinstance(value, bool):
        raise ValueError("kolumnen håller ja eller nej")
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two values of a column are one: numbers to nine decimals, text but for white space."""
    if one is None or other is None:
        return one is None and other is None
    if isinstance(one, float | int) and isinstance(other, float | int):
        return round(float(one), 9) == round(float(other), 9)
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()) == " ".join(other.split())
    return bool(one == other)


def as_text(value: Any) -> str | None:
    """A value as the corrections table holds it: a point in numbers, ISO dates, code tokens.

    >>> as_text(84.0), as_text(datetime.date(2025, 12, 31)), as_text(None)
    ('84', '2025-12-31', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)


def from_text(table: str, column: str, text: str | None) -> Any:
    """The value that `as_text` made a text of."""
    if text in ("true", "false") and str(dtypes(table)[column]) == "boolean":
        return text == "true"
    if text is not None and str(dtypes(table)[column]) in ("Float64", "Int64"):
        number = float(text)
        return int(number) if str(dtypes(table)[column]) == "Int64" else number
    return typed(table, column, text) if text is not None else None


def shown(table: str, column: str, value: Any) -> str:
    """A value in a sentence, as a Swedish reader writes it; a missing one is «saknas»."""
    if value is None:
        return "saknas"
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float | int):
        return (as_text(value) or "").replace(".", ",").replace("-", "−")
    if isinstance(dtypes(table)[column], pd.CategoricalDtype):
        return f"”{_label(column, str(value))}”"
    return str(value) if isinstance(value, datetime.date) else f"”{value}”"
