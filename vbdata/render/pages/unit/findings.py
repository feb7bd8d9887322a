"""What should be checked or noted, and the rows of the document, verbatim."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.findings import stands_open
from vbdata.plot.formats import counted, sentence
from vbdata.render.pages.unit import own
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
        "Notera: uppgiften är rätt återgiven, men väcker en fråga eller är lätt att missförstå.",
        ""
        if data.profile.shared  # the questions quote the document
        else link(to_questions(data), "Frågorna till enheten, att skriva ut eller skicka") + ".",
    )
    found = data.findings
    shown = stands_open(found)
    also = " till att notera" if shown.any() else " att notera"
    parts = [
        _list(data, found[shown]),
        _more(data, found[~shown & ~found["formal"]], f"uppgift{also}", f"uppgifter{also}"),
        _more(data, found[found["formal"]], "formaliafråga", "formaliafrågor"),
    ]
    return section("kontrollera", heading, explained, *parts, done)


def _list(data: UnitData, found: pd.DataFrame) -> Html:
    anchors = places.row_sources(data)
    items = [_item(data, row, anchors) for _, row in found.iterrows()]
    return element("ol", join(items), class_="finds asks") if items else Html("")


def _more(data: UnitData, found: pd.DataFrame, one: str, many: str) -> Html:
    """Findings that change little: their kinds in a line, the rest to open."""
    if found.empty:
        return Html("")
    told = f"{sentence(counted(len(found), one, many))}: {words.commonest(found['code'])}"
    return details(told, _list(data, found))


def _corrections(data: UnitData) -> Html:
    """What has been corrected, under what is still to be checked."""
    if data.corrections.empty:
        return Html("")
    subjects = subjects_of(data.goals, data.indicators, data.activities, data.complaints)
    links = {row_id: places.link(source) for row_id, source in places.row_sources(data).items()}
    said = lead(
        "Någon har bestämt att de här uppgifterna ska vara andra än dem som är lästa ur dokumentet.",
        "Källorna nedan återger dokumentet, orättat.",
    )
    listing = corrections_list(data.corrections, subjects, links)
    return element("div", element("h3", "Rättade uppgifter") + said + listing, class_="after")


def _item(data: UnitData, row: pd.Series, anchors: dict[str, places.Source]) -> Html:
    """What is asked and where it is seen; what was found, with its quotes, to open."""
    about = subject(data, row)
    label = vocabulary.label("finding", str(row["code"]))
    action = (
        Html("")
        if pd.isna(row["action"])
        else Html(" {}").format(element("span", str(row["action"]), class_="do"))
    )
    asked = Html("{}{}{}{}").format(
        finding_tag(row), element("strong", label), Html(" – {}.").format(about) if about else ".", action
    )
    place = _place(row, anchors)
    second = places.second_place(row)
    why = element("p", str(row["message"]), id=f"f{row['number']}")
    if second:
        why += element("p", sentence(second) + ".", class_="muted")
    return element("li", details(asked, why) + element("span", place, class_="src"))


def _place(finding: pd.Series, anchors: dict[str, places.Source]) -> Html:
    """Where it is seen; the row that it is about is another place, when the words stand elsewhere."""
    where = places.place(finding)
    source = None if pd.isna(finding["row_id"]) else anchors.get(str(finding["row_id"]))
    if source is not None and source.place == where:
        return places.link(source)
    shown = element("span", where, class_="muted")
    if source is None:
        return shown
    return Html("{}, om {}").format(shown, places.link(source))


def subject(data: UnitData, finding: pd.Series) -> str:
    """What a finding is about, by name; nothing where it is about the document or running text."""
    frames = (("målet", data.goals, "goal_id", "title"), ("", data.indicators, "row_id", "name"),
              ("aktiviteten", data.activities, "row_id", "title"))  # fmt: skip
    for noun, frame, key, column in frames:
        mine = frame[frame[key] == finding["row_id"]]
        if len(mine):
            name = str(mine[column].iloc[0]).rstrip(".")
            return f"{noun} ”{name}”" if noun else words.short_names(frame["name"])[str(mine[column].iloc[0])]
    return ""


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
        *own.cited(data),
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
        details(f"{name} ({counted(len(mine), 'rad', 'rader')})", places.source_list(mine))
        for name, mine in older_sources(data)
    ]
    listing = details(
        f"Visa {counted(len(rows), 'rad', 'rader')} ur dokumentet", places.source_list(rows, data.original)
    )
    return section(*SOURCES, said, listing, *older)
