"""«Läget i korthet»: three statements, and the callout about what should be checked."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.plot.formats import counted, in_words, sentence
from vbdata.render.pages.unit import released, said
from vbdata.render.pages.unit.marks import corrected, is_doubtful
from vbdata.render.parts import shared, sources, words
from vbdata.render.parts.components import BRIEF, Statement, callout, chips, link, section, three
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join

MOST_NAMED = 2
"""How many goals or indicators a statement names; the section has them all."""


def summary(data: UnitData) -> Block:
    """The first section of the page."""
    third = _activities(data) if data.is_plan else _complaints(data)
    note = _callout(data)
    return section(
        *BRIEF,
        shared.notice(data.profile),
        three([_goals(data), _indicators(data), third]),
        callout(note) if note else "",
    )


def _callout(data: UnitData) -> Html:
    """That a plan is a plan, and how many things should be checked."""
    sentences = []
    if data.is_plan:
        meant = " Den har årsmål men inga utfall och inga bedömningar av målen."
        sentences.append(element("strong", "Det här är en plan.") + meant)
    checks = int(data.findings["check"].sum())
    if checks:
        text = element("strong", said.findings_callout(checks)) + " innan rapporten används vidare. "
        sentences.append(text + link("#kontrollera", "Se vad och varför"))
    return join(sentences, Html("<br>"))


def _goals(data: UnitData) -> Statement:
    goals = analyse.summarise_goals(data.goals)
    named = []
    for _, goal in goals.follow_up.head(MOST_NAMED).iterrows():
        source = sources.goal_source(goal)
        mark = corrected(data, [goal["goal_id"]], "status")
        named_by = join([*([mark] if mark else []), sources.link(source, returns=False)], ", ")
        named.append(Html("Målet ”{}” ({}).").format(goal["title"], named_by))
    more = len(goals.follow_up) - len(named)
    if more:
        named.append(Html("Och {} till.").format(more))
    rest = words.goals_rest(goals) if not data.is_plan else ""
    return Statement(
        "Mål",
        words.goals_statement(goals, data.is_plan),
        join([*named, rest] if rest else named, " "),
        (("#mal", "Alla mål" if data.is_plan else "Alla mål och bedömningar"),),
        Html("") if data.is_plan else chips(goals.counts),
    )


def _indicators(data: UnitData) -> Statement:
    frame = data.indicators
    if data.is_plan:
        own = int(frame["target"].notna().sum())
        big = f"{own} av {counted(len(frame), 'indikator', 'indikatorer')} har ett eget årsmål"
        council = int(frame["council_target"].notna().sum())
        text = f"{council} har ett årsmål från kommunfullmäktige."
        empty = "Inga indikatorer i planen"
        return Statement(
            "Indikatorer",
            big if len(frame) else empty,
            text if len(frame) else "",
            (("#indikatorer", "Alla indikatorer"),),
        )
    found = analyse.summarise_indicators(frame)
    short = words.short_names(frame["name"])
    named = [_missed(data, row, short) for _, row in found.missed.head(MOST_NAMED).iterrows()]
    if found.not_met > len(named):
        named.append(Html("Och {} till.").format(found.not_met - len(named)))
    unjudged = found.total - found.judged
    if unjudged and found.judged:
        named.append(Html("{} går inte att bedöma.").format(sentence(in_words(unjudged))))
    return Statement(
        "Indikatorer",
        said.indicators_statement(found),
        join(named, " "),
        (("#indikatorer", "Alla indikatorer"),),
    )


def _missed(data: UnitData, row: pd.Series, short: dict[str, str]) -> Html:
    source = sources.link(sources.indicator_source(row), returns=False)
    doubts = [link(f"#f{n}", "osäker uppgift") for n in is_doubtful(data, str(row["row_id"]))[:1]]
    decided = [*filter(None, [corrected(data, [row["row_id"]], "value", "target")])]
    return Html("{}: {} mot årsmålet {} ({}).").format(
        short[str(row["name"])],
        words.value_text(row, "value"),
        words.value_text(row, "target"),
        join([*decided, source, *doubts], ", "),
    )


def _complaints(data: UnitData) -> Statement:
    if data.profile.shared:
        return released.statement(data)
    found = analyse.summarise_complaints(data.complaints)
    nouns = vocabulary.facet_nouns()
    alike = [facet for facet in nouns if found.facet and nouns[facet] == nouns[found.facet]]
    rows = data.complaints[data.complaints["facet"].isin(alike)]
    doubts = sorted(
        {n for row_ids in rows["row_ids"] for row_id in row_ids for n in is_doubtful(data, str(row_id))}
    )
    rest: list[str] = [said.complaints_rest(found)]
    if doubts:
        rest.insert(0, Html("{}.").format(link(f"#f{doubts[0]}", "Osäker uppgift")))
    return Statement(
        "Synpunkter och klagomål",
        words.complaints_statement(found),
        join(rest, " "),
        (("#synpunkter", "Synpunkter och avvikelser"),),
    )


def _activities(data: UnitData) -> Statement:
    count = len(data.activities)
    big = f"{counted(count, 'aktivitet', 'aktiviteter')} i planen" if count else "Inga aktiviteter i planen"
    return Statement("Aktiviteter", big, "", (("#aktiviteter", "Alla aktiviteter"),))
