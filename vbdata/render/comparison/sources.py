"""The rows behind the page, verbatim; for many units they stand on the units' own pages."""

from __future__ import annotations

import pandas as pd

from vbdata.plot.formats import counted
from vbdata.render import sources as places
from vbdata.render.comparison.units import each, page
from vbdata.render.components import details, empty, lead, link, section
from vbdata.render.data import YearData
from vbdata.render.html import Block, Html, element, join

HEADING = "Källor, ordagrant"


def sources(data: YearData) -> Block:
    """Unit goals and indicators of every unit, as they stand in its document."""
    if data.many:
        links = [
            element("li", link(page(data, report, "#kallor"), str(report["unit_name"])))
            for _, report in each(data)
        ]
        said = lead("Raderna bakom varje värde står ordagrant på enhetens egen sida.")
        return section(
            "kallor", HEADING, said, details("Visa alla enheters källor", element("ul", join(links)))
        )
    parts = [_unit(data, prefix, report) for prefix, report in each(data)]
    if not parts:
        return section("kallor", HEADING, empty("Inga rader visas."))
    said = lead("Radnumren gäller varje dokuments text. Lodstreck skiljer tabellens celler åt.")
    return section("kallor", HEADING, said, *parts)


def _unit(data: YearData, prefix: str, report: pd.Series) -> Html:
    report_id = report["report_id"]
    goals = data.goals[(data.goals["report_id"] == report_id) & (data.goals["level"] == "unit")]
    indicators = data.indicators[data.indicators["report_id"] == report_id]
    rows = [places.goal_source(row, prefix) for _, row in goals.iterrows()]
    rows += [places.indicator_source(row, prefix) for _, row in indicators.iterrows()]
    count = counted(len(rows), "rad", "rader")
    return details(
        f"{report['kind']} {report['year']}, {report['unit_name']} ({count})", places.source_list(rows), True
    )
