"""What a row is called, so that a correction meets the row that it was written for and no other.

A row's id is its place in its table. When a unit sends another file, or a report is read better than before,
the row at that place may be another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vbdata.vocabulary import key

Row = Mapping[str, Any]
Quote = dict[str, Any]
"""What `quote` gives; plain values, that can be kept as JSON."""

#: The column that has the id of a table's row, where it is not ``row_id``.
ROW_KEY = {"reports": "report_id", "goals": "goal_id"}
#: The columns that say what a row is about.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "goals": ("title",),
    "indicators": ("name",),
    "activities": ("title",),
    "complaints": ("group", "category"),
    "passages": ("heading", "text"),
}
_BEGINNING = 80
"""Characters of a text that tell it from others."""


def quote(table: str, row: Row, rows: Sequence[Row], goals: Sequence[Row]) -> Quote:
    """What a row is called: its names as read and as printed, and its goal.

    Parameters
    ----------
    rows, goals
        All rows of the table, and of goals, in its report: `alone` is whether no other has its name.
    """
    names = {column: _spellings(row, column) for column in NAMED_BY.get(table, ())}
    alike = sum(_meet(names, {column: _spellings(each, column) for column in names}) for each in rows)
    goal = next((each for each in goals if each["goal_id"] == row.get("goal_id")), None)
    under = _spellings(goal, "title") if goal is not None and table != "goals" else []
    return {"names": names, "alone": alike <= 1, "goal": under, "said": _said(table, row)}


def moved(before: Quote, now: Quote) -> bool:
    """Whether a row that was called so is not the one that is called so now.

    A name may have been mended or its canonical form changed, so one spelling in common is enough. Where
    several rows have the name, their goal tells them apart.
    """
    if not _meet(before["names"], now["names"]):
        return True
    apart = before["alone"] and now["alone"]
    return not apart and before["goal"] is not None and not _common(before["goal"], now["goal"])


def _spellings(row: Row | None, column: str) -> list[str]:
    values = [] if row is None else [row.get(column), row.get(f"{column}_raw")]
    keys = [key(str(value)[:_BEGINNING]) for value in values if value]
    return sorted({each for each in keys if each})


def _meet(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> bool:
    return all(_common(one[column], other.get(column, [])) for column in one)


def _common(one: Sequence[str], other: Sequence[str]) -> bool:
    return (not one and not other) or bool(set(one) & set(other))


def _said(table: str, row: Row) -> str:
    """The row's name for a person: what it is printed as, else what it is read as."""
    columns = NAMED_BY.get(table, ())
    values = [row.get(f"{column}_raw") or row.get(column) or "" for column in columns]
    words = ", ".join(" ".join(str(value).split()) for value in values if value)
    return words if len(words) <= _BEGINNING else f"{words[:_BEGINNING].rstrip()}…"
