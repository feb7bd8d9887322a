"""The section: who is compared, then goals level by level, then indicators."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse
from vbdata.analyse.years import comparable
from vbdata.plot.formats import listed
from vbdata.render.pages.comparison.change.goals import matches, transitions
from vbdata.render.pages.comparison.change.indicators import (
    compared_indicators,
    no_changes,
    values,
    ways_per_unit,
)
from vbdata.render.pages.comparison.change.swarm import swarm
from vbdata.render.pages.comparison.panels import SWARM
from vbdata.render.pages.comparison.units import each
from vbdata.render.parts import history
from vbdata.render.parts.components import empty, lead, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element
from vbdata.render.parts.words import counted_units

HEADING = "Förändring sedan förra året"


MOST_NAMED = 5


def change(data: YearData) -> Block:
    """Transitions of judgements level by level, then outcomes against last year's."""
    links = data.history.links
    if comparable(links).empty:  # said among the gaps
        return Block(Html(""), "none")
    parts: list[str] = [lead(*_compared(data))]
    matched = matches(data)
    for level in history.judged_levels(data.history.goals):
        parts.append(transitions(data, matched, level))
    parts.append(_indicators(data))
    return section("forandring", HEADING, *parts)


def _indicators(data: YearData) -> Html:
    found = compared_indicators(data)
    known = found[found["change"].notna()]
    units = known.groupby("indicator_id")["report_id"].nunique()
    least = SWARM if data.many else 1
    shown = [str(each_) for each_ in units.index[units >= least]]
    common = analyse.shared(data.indicators, data.judged)
    common = common[common["indicator_id"].isin(shown)]
    heading = element("h3", "Indikatorernas utfall")
    if common.empty:
        return element("div", heading + empty(*no_changes(found)), class_="after")
    if data.many:
        return swarm(data, found, common)
    content = heading + ways_per_unit(data, found) + values(data, found, common)
    return element("div", content, class_="after")


def _names(data: YearData, links: pd.DataFrame) -> str:
    mine = set(links["report_id"])
    chosen = [str(report["unit_name"]) for report in each(data) if report["report_id"] in mine]
    return listed(chosen) if len(chosen) <= MOST_NAMED else counted_units(len(chosen))


def nothing(data: YearData) -> list[str]:
    """Why no unit is compared with last year; nothing where some is."""
    links, last = data.history.links, data.year - 1
    if len(comparable(links)):
        return []
    if links.empty:
        return [
            "Ingen verksamhetsberättelse för året är inläst, så det finns inget att jämföra med förra året."
        ]
    if links["before_id"].isna().all():
        return [f"Ingen verksamhetsberättelse för {last} är inläst, så ingen förändring visas."]
    return [f"Ingen enhet kan jämföras med {last}, så ingen förändring visas.", *_not_compared(data, links)]


def _compared(data: YearData) -> list[str]:
    links, last = data.history.links, data.year - 1
    count, total = len(comparable(links)), len(links)
    which = "Enheten" if total == 1 else f"{count} av {counted_units(total)}"
    said = [f"{which} jämförs med sin egen verksamhetsberättelse för {last}."]
    return [*said, *_renamed(data, links), *_not_compared(data, links)]


def _renamed(data: YearData, links: pd.DataFrame) -> list[str]:
    known = comparable(links)
    other = known[known["before_unit_id"] != known["unit_id"]]
    if other.empty:
        return []
    return [f"Nytt namn sedan {data.year - 1}, men samma enhet: {_names(data, other)}."]


def _not_compared(data: YearData, links: pd.DataFrame) -> list[str]:
    said = []
    for kind, part in links.dropna(subset=["break"]).groupby("break", sort=False):
        said.append(f"{history.break_words(str(kind), data.year)}, jämförs inte: {_names(data, part)}.")
    none = links[links["before_id"].isna() & links["break"].isna()]
    if len(none):
        said.append(f"Ingen verksamhetsberättelse för {data.year - 1} är inläst: {_names(data, none)}.")
    return said
