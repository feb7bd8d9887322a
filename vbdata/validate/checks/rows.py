"""Rows printed twice, and dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check, place
from vbdata.vocabulary import key


@check
def row_twice(rows: Rows) -> Iterator[Noted]:
    """The same activity or indicator printed twice under one goal."""
    for table, name in (("activities", "title"), ("indicators", "name")):
        seen: dict[tuple[Any, str], dict[str, Any]] = {}
        for row in rows[table]:
            mark = (row["goal_id"], key(row[name]))
            if first := seen.get(mark):
                places = f"{place(first)} och {place(row)}"
                yield Noted(
                    "row_twice", table, row["row_id"], place(row), {"title": row[name], "places": places}
                )
            seen.setdefault(mark, row)


@check
def dates_reversed(rows: Rows) -> Iterator[Noted]:
    """An activity that ends before it starts."""
    for row in rows["activities"]:
        if row["start"] and row["end"] and row["end"] < row["start"]:
            words = {"title": row["title"], "start": str(row["start"]), "end": str(row["end"])}
            yield Noted("dates_reversed", "activities", row["row_id"], place(row), words)
