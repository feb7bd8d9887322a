"""Indicator rows: totals that cannot be, years read as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.extract.grammar import VALUES
from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted, Other
from vbdata.schema.tables import SCHEMAS
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.places import place
from vbdata.vocabulary import key

#: A text that tells two rows of one indicator apart.
_TOLD_APART = re.compile(
    r"\b(?:andra|ena|första|övre|nedre) raden\b|\begen (?:enkät|mätning)|inte samma", re.I
)
#: Measure units of what is counted, and none at all.
_COUNTED = (None, "st", "personer", "svar", "platser", "gånger")
#: How many times last year's an amount hardly is.
MANY = 20
#: An indicator of some days of absence: a part of that of them all.
_DAYS = re.compile(r"(?P<whole>.+?),?\s+dag(?:ar)?\s+\d+\s*[-–]\s*\d+", re.I)
_YEARS = re.compile(r"\b20\d\d\b")
#: Names that a message lists; the rest are counted.
SHOWN = 3
_ASIDE = re.compile(r"\([^()]*\)")


@check
def total_outside_genders(rows: Rows) -> Iterator[Noted]:
    """A share or a mean that is no mean of the men's and the women's; a count is their sum, and no mean."""
    for row in rows["indicators"]:
        value, men, women = row["value"], row["value_men"], row["value_women"]
        if None in (value, men, women) or min(men, women) <= value <= max(men, women):
            continue
        if row["measure_unit"] in _COUNTED or "antal" in row["name"].casefold() or value == men + women:
            continue
        words = {
            "name": row["name"],
            "value": row["value_raw"],
            "men": row["value_men_raw"],
            "women": row["value_women_raw"],
        }
        yield Noted("total_outside_genders", "indicators", row["row_id"], place(row), words)


@check
def part_exceeds(rows: Rows) -> Iterator[Noted]:
    """A part of an indicator that is above the whole: "Sjukfrånvaro dag 1-14" above "Sjukfrånvaro"."""
    named = {key(row["name"]): row for row in rows["indicators"]}
    for row in rows["indicators"]:
        of = _DAYS.fullmatch(row["name"])
        whole = named.get(key(of["whole"])) if of else None
        if whole and row["measure_unit"] == whole["measure_unit"] and (cell := _exceeds(row, whole)):
            words = {
                "part": row["name"], "value": row[f"{cell}_raw"],
                "name": whole["name"], "whole": whole[f"{cell}_raw"],
            }  # fmt: skip
            other = Other("indicators", whole["row_id"], place(whole), cell)
            yield Noted("part_exceeds", "indicators", row["row_id"], place(row), words, cell, other)


def _exceeds(part: Row, whole: Row) -> str | None:
    both = [cell for cell in VALUES[:3] if part[cell] is not None and whole[cell] is not None]
    return next((cell for cell in both if part[cell] > whole[cell]), None)


@check
def period_outside(rows: Rows) -> Iterator[Noted]:
    """An indicator whose period is long before the year of the report: one doubt for all."""
    year = rows["reports"][0]["year"]
    told = [(row, _YEARS.findall(row["period"] or "")) for row in rows["indicators"]]
    old = [(row, max(years)) for row, years in told if years and int(max(years)) < year - 1]
    if old:
        which = "En indikator har en period" if len(old) == 1 else f"{len(old)} indikatorer har en period"
        names = enumerated([f"”{row['name']}” ({period})" for row, period in old], SHOWN)
        words = {"which": which, "year": str(year), "names": names}
        first = old[0][0]
        yield Noted("date_outside", "indicators", first["row_id"], place(first), words, "period")


@check
def magnitude_differs(rows: Rows) -> Iterator[Noted]:
    """An amount, a weight or an index many times last year's: a zero, a comma or a unit may be wrong."""
    for row in rows["indicators"]:
        value, previous = row["value"], row["value_previous"]
        if row["measure_unit"] in (*_COUNTED, "%") or not value or not previous or value * previous < 0:
            continue
        times = max(value / previous, previous / value)
        if times >= MANY:
            words = {"name": row["name"], "value": row["value_raw"], "previous": row["value_previous_raw"]}
            yield Noted("magnitude_differs", "indicators", row["row_id"], place(row), words, "value_previous")


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


@check
def indicator_twice(rows: Rows) -> Iterator[Noted]:
    """One indicator, or one question, in two rows with different outcomes or targets for the same period."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows["indicators"]:
        period = row["period"] or ""
        for asked in {(row["indicator_id"], period), (_question(row["name"]), period)}:
            earlier = first.setdefault(asked, row)
            if earlier is row or _told_apart(rows, row):
                continue
            if columns := _differing(earlier, row):
                yield _twice(earlier, row, columns)
                break


def _told_apart(rows: Rows, row: Row) -> bool:
    goal = row["goal_id"]
    texts = [each["text"] for each in rows["passages"] if goal and each["goal_id"] == goal]
    return any(_TOLD_APART.search(text) for text in (*texts, row["analysis"] or ""))


def _question(name: str) -> str:
    return " ".join(_ASIDE.sub(" ", name).casefold().split())


def _differing(one: Row, two: Row) -> list[str]:
    return [
        column
        for column in ("value", "target", "council_target")
        if None not in (one[column], two[column]) and one[column] != two[column]
    ]


def _twice(earlier: Row, row: Row, columns: Sequence[str]) -> Noted:
    titles = {column: str(SCHEMAS["indicators"].columns[column].title).lower() for column in columns}
    what = " och ".join(
        f"{titles[column]} {earlier[f'{column}_raw']} respektive {row[f'{column}_raw']}" for column in columns
    )
    other = Other("indicators", earlier["row_id"], place(earlier), columns[0])
    words = {"name": row["name"], "what": what}
    return Noted("indicator_twice", "indicators", row["row_id"], place(row), words, columns[0], other)
