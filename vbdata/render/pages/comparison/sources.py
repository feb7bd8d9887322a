"""The rows behind the page, verbatim; for many units they stand on the units' own pages."""

from __future__ import annotations

import pandas as pd

from vbdata.plot.formats import counted
from vbdata.render.pages.comparison.change import earlier_goals, earlier_indicators
from vbdata.render.pages.comparison.units import each, page
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import SOURCES, details, empty, lead, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join


def sources(data: YearData) -> Block:
    """Unit goals and indicators of every unit, as they stand in its document."""
    if data.many:
        links = [
            element("li", link(page(data, report, "#kallor"), str(report["unit_name"])))
            for _, report in each(data)
        ]
        said = lead("Raderna bakom varje värde står ordagrant på enhetens egen sida.")
        return section(*SOURCES, said, details("Visa alla enheters källor", element("ul", join(links))))
    earlier = earlier_goals(data), earlier_indicators(data)
    parts = [_unit(data, prefix, report, *earlier) for prefix, report in each(data)]
    if not parts:
        return section(*SOURCES, empty("Inga rader visas."))
    said = lead(places.HOW_TO_READ)
    return section(*SOURCES, said, *parts)


def _unit(
    data: YearData, prefix: str, report: pd.Series, old_goals: pd.DataFrame, old_indicators: pd.DataFrame
) -> Html:
    report_id = report["report_id"]
    goals = data.goals[(data.goals["report_id"] == report_id) & (data.goals["level"] == "unit")]
    indicators = data.indicators[data.indicators["report_id"] == report_id]
    rows = [places.goal_source(row, prefix) for _, row in goals.iterrows()]
    rows += [places.indicator_source(row, prefix) for _, row in indicators.iterrows()]
    mine = f"{report['kind']} {report['year']}, {report['unit_name']} ({counted(len(rows), 'rad', 'rader')})"
    old_goals = old_goals[old_goals["shown_for"] == report_id]
    old_indicators = old_indicators[old_indicators["shown_for"] == report_id]
    before = [places.goal_source(row, f"{prefix}f-") for _, row in old_goals.iterrows()]
    before += [places.indicator_source(row, f"{prefix}f-") for _, row in old_indicators.iterrows()]
    older = Html("")
    if before:
        count = counted(len(before), "rad", "rader")
        said = f"VB {data.year - 1}, {report['unit_name']}: det som jämförs ({count})"
        older = details(said, places.source_list(before), True)
    return details(mine, places.source_list(rows), True) + older
