"""Rows printed twice, and dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.places import place
from vbdata.vocabulary import key

#: Words of an activity's title that say enough to be told from another's of the same words.
TELLING = 4
#: Names that a message lists; the rest are counted.
SHOWN = 3


@check
def row_twice(rows: Rows) -> Iterator[Noted]:
    """The same activity or indicator printed twice under one goal; an activity to its dates under two."""
    for table, name in (("activities", "title"), ("indicators", "name")):
        seen: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in (row for row in rows[table] if key(row[name])):
            under = (row["goal_id"], key(row[name]))
            whole = (key(row[name]), row.get("start"), row.get("end"))
            long = table == "activities" and row["start"] and len(row[name].split()) >= TELLING
            first, where = seen.get(under), "under samma mål"
            if first is None and long:
                first, where = seen.get(whole), "under två mål"
            if first:
                yield _twice(table, name, first, row, where)
            seen.setdefault(under, row)
            seen.setdefault(whole, row)


def _twice(table: str, name: str, first: dict[str, Any], row: dict[str, Any], where: str) -> Noted:
    words = {"title": row[name], "where": where, "places": f"{place(first)} och {place(row)}"}
    other = Other(table, first["row_id"], place(first))
    return Noted("row_twice", table, row["row_id"], place(row), words, other=other)


@check
def date_outside(rows: Rows) -> Iterator[Noted]:
    """Activities with a date that does not fit the year: one doubt for all. One may go on for years."""
    year = rows["reports"][0]["year"]
    out = [row for row in rows["activities"] if _outside(row, year)]
    if out:
        names = [f"”{row['title']}” ({row['start'] or 'utan start'} till {row['end'] or '?'})" for row in out]
        which = "En aktivitet har datum" if len(out) == 1 else f"{len(out)} aktiviteter har datum"
        words = {"which": which, "year": str(year), "names": enumerated(names, SHOWN)}
        other = Other("activities", out[1]["row_id"], place(out[1])) if len(out) > 1 else None
        yield Noted("date_outside", "activities", out[0]["row_id"], place(out[0]), words, "start", other)


def _outside(row: dict[str, Any], year: int) -> bool:
    """It begins in the last days before the year or after the year, or ends before it."""
    start, end = row["start"], row["end"]
    eve = start and (start.year > year or date(year - 1, 12, 25) <= start < date(year, 1, 1))
    return bool(eve or (end and end.year < year))


@check
def dates_reversed(rows: Rows) -> Iterator[Noted]:
    """An activity that ends before it starts."""
    for row in rows["activities"]:
        if row["start"] and row["end"] and row["end"] < row["start"]:
            words = {"title": row["title"], "start": str(row["start"]), "end": str(row["end"])}
            yield Noted("dates_reversed", "activities", row["row_id"], place(row), words)
