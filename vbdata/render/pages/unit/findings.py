"""What should be checked or noted, and the rows of the document, verbatim."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.plot.formats import counted
from vbdata.render.pages.unit.frame import to_questions
from vbdata.render.pages.unit.over_time import older_sources
from vbdata.render.parts import sources as places
from vbdata.render.parts import words
from vbdata.render.parts.components import SOURCES, details, empty, finding_tag, lead, link, section
from vbdata.render.parts.corrections import corrections_list, subjects_of
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join


def findings(data: UnitData) -> Block:
    """Findings in order: check first, then note."""
    heading = "Att kontrollera och notera"
    done = _corrections(data)
    if data.findings.empty:
        nothing = empty("Inläsningen hittade inget att kontrollera eller notera.")
        return section("kontrollera", heading, nothing, done)
    explained = lead(
        "Kontrollera: något kan vara fel i dokumentet eller i vår tolkning.",
        "Notera: uppgiften är rätt återgiven men lätt att missförstå.",
        link(to_questions(data), "Frågorna till enheten, att skriva ut eller skicka") + ".",
    )
    anchors = places.row_sources(data)
    items = [_item(row, anchors) for _, row in data.findings.iterrows()]
    return section("kontrollera", heading, explained, element("ol", join(items), class_="finds"), done)


def _corrections(data: UnitData) -> Html:
    """What has been corrected, under what is still to be checked."""
    if data.corrections.empty:
        return Html("")
    subjects = subjects_of(data.goals, data.indicators, data.activities, data.complaints)
    links = {
        row_id: places.link(source, returns=False) for row_id, source in places.row_sources(data).items()
    }
    said = lead(
        "Någon har bestämt att de här uppgifterna ska vara andra än dem som är lästa ur dokumentet.",
        "Källorna nedan återger dokumentet, orättat.",
    )
    listing = corrections_list(data.corrections, subjects, links)
    return element("div", element("h3", "Rättade uppgifter") + said + listing, class_="after")


def _item(row: pd.Series, anchors: dict[str, places.Source]) -> Html:
    label = element("strong", vocabulary.label("finding", str(row["code"])) + ". ")
    text = element("p", label + str(row["message"]))
    action = Html("") if pd.isna(row["action"]) else element("p", str(row["action"]), class_="do")
    source = None if pd.isna(row["row_id"]) else anchors.get(str(row["row_id"]))
    place: Html = element("span", places.place(row), class_="muted")
    if source is not None:
        place = places.link(source, returns=False)
    if second := places.second_place(row):
        place = place + Html("<br>") + element("span", second, class_="muted")
    tag = finding_tag(row)
    return element(
        "li",
        tag + element("div", text + action) + element("span", place, class_="src"),
        id=f"f{row['number']}",
    )


def sources(data: UnitData) -> Block:
    """Every row that the page shows a number or a judgement from, as it stands in the document."""
    goals = data.goals[~data.goals["level"].isin(["direction", "area"])]
    about = places.doubted(data)
    goals = pd.concat(
        [goals, data.goals[data.goals["goal_id"].isin(about) & ~data.goals.index.isin(goals.index)]]
    )
    rows = [
        *[places.goal_source(row) for _, row in goals.iterrows()],
        *[places.indicator_source(row) for _, row in data.indicators.iterrows()],
        *[places.activity_source(row) for _, row in data.activities.iterrows()],
        *[places.complaint_source(row) for _, row in places.complaint_rows(data).iterrows()],
    ]
    if not rows:
        return section(*SOURCES, empty("Inga rader ur dokumentet visas på sidan."))
    said = lead(
        f"Dokument: {words.document(data.report)}.",
        "Radnumren gäller dokumentets text."
        if pd.isna(data.report["pages"])
        else "Sida och rad gäller dokumentet.",
        "Lodstreck skiljer tabellens celler åt.",
    )
    older = [
        details(f"{name} ({counted(len(mine), 'rad', 'rader')})", places.source_list(mine), True)
        for name, mine in older_sources(data)
    ]
    return section(*SOURCES, said, places.source_list(rows), *older)
