"""Indicator rows: totals that cannot be, years read as numbers."""

from __future__ import annotations

from collections.abc import Iterator

from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check, place

VALUES = ("value", "value_men", "value_women", "value_previous", "target", "council_target")


@check
def total_outside_genders(rows: Rows) -> Iterator[Noted]:
    """An outcome that is no mean of the men's and women's values."""
    for row in rows["indicators"]:
        value, men, women = row["value"], row["value_men"], row["value_women"]
        if None in (value, men, women) or min(men, women) <= value <= max(men, women):
            continue
        words = {
            "name": row["name"],
            "value": row["value_raw"],
            "men": row["value_men_raw"],
            "women": row["value_women_raw"],
        }
        yield Noted("total_outside_genders", "indicators", row["row_id"], place(row), words)


@check
def year_among_the_numbers(rows: Rows) -> Iterator[Noted]:
    """A number that is the report's year, or the one before: a period that stands in the wrong column."""
    year = rows["reports"][0]["year"]
    for row in rows["indicators"]:
        for column in VALUES:
            printed = (row[f"{column}_raw"] or "").strip()
            if row[column] in (year, year - 1) or (
                row[column] is None and printed in (str(year), str(year - 1))
            ):
                read = "läst som ett tal" if row[column] is not None else "inte läst som ett tal"
                detail = f"”{row['name']}”: {printed} ser ut som ett årtal och är {read}."
                yield Noted("columns_uncertain", "indicators", row["row_id"], place(row), {"detail": detail})
