"""Whose counts are of a whole year: only those are set against each other without a word."""

from __future__ import annotations

from vbdata.plot.formats import date, listed
from vbdata.render.pages.comparison.units import each
from vbdata.render.parts.data import YearData


def part_of_year(data: YearData) -> str:
    """Which units came to be within the year, so that their counts and rates are of less; else empty."""
    said = []
    for report in each(data):
        begun = [
            succession.date
            for succession in data.history.register.predecessors_of(str(report["unit_id"]))
            if succession.kind != "rename" and succession.date.year == data.year
        ]
        if report["kind"] == "VB" and begun and (min(begun).month, min(begun).day) != (1, 1):
            said.append(f"{report['unit_name']} ({date(min(begun))})")
    if not said:
        return ""
    return f"Bildade eller ändrade under året, så att talen kan gälla mindre än ett år: {listed(said)}."
