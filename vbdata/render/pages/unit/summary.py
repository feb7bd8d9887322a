"""«Läget i korthet»: three statements by gravity, and what to ask the unit first."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse
from vbdata.analyse.attention import miss_size, sexes_missing
from vbdata.analyse.complaints.weight import GRAVE, Weighed, weighed
from vbdata.plot.formats import counted, in_words, listed, sentence
from vbdata.render.pages.unit import history_words, own, released, said
from vbdata.render.pages.unit.findings import subject
from vbdata.render.pages.unit.marks import corrected, is_doubtful
from vbdata.render.parts import shared, sources, words
from vbdata.render.parts.components import (
    BRIEF,
    Statement,
    callout,
    chips,
    finding_link,
    link,
    section,
    three,
)
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join

MOST_NAMED = 2
"""How many goals, indicators or questions a statement names; the section has them all."""


def summary(data: UnitData) -> Block:
    """The first section of the page."""
    third = _activities(data) if data.is_plan else _complaints(data)
    note = _callout(data)
    return section(
        *BRIEF,
        shared.notice(data.profile, data),
        three([_goals(data), _indicators(data), third]),
        callout(note) if note else "",
    )


def _callout(data: UnitData) -> Html:
    """That a plan is a plan, how many things should be checked, and the gravest of them by name."""
    sentences = []
    if data.is_plan:
        meant = " Den har årsmål men inga utfall och inga bedömningar av målen."
        sentences.append(element("strong", "Det här är en plan.") + meant)
    checks = data.findings[data.findings["check"]]
    if len(checks):
        first = checks.drop_duplicates("row_id").head(MOST_NAMED)
        asked = [_asked(data, row) for _, row in first.iterrows()]
        rest = len(checks) - len(asked)
        formal = int(data.findings["formal"].sum())
        start = Html(" Börja här: {}" if rest else " {}").format(join(asked, " "))
        text = element("strong", f"{said.findings_callout(len(checks))}.") + start
        sentences.append(join([text, *said.other_findings(formal), link("#kontrollera", "Alla frågor")], " "))
    return join(sentences, Html("<br>"))


def _asked(data: UnitData, finding: pd.Series) -> Html:
    """One thing to ask: what was found, or its kind and what it is about, with its number."""
    told = words.finding_words(finding)
    if not told or data.profile.shared:
        told = f"{sentence(said.kind(finding))}: {subject(data, finding) or sources.place(finding)}"
    place = element("span", Html("({})").format(finding_link(finding)), class_="nobr")
    return Html("{} {}.").format(told, place)


# Goals


def _goals(data: UnitData) -> Statement:
    goals = analyse.summarise_goals(data.goals)
    named = [
        _goal(data, goal, not i) for i, (_, goal) in enumerate(goals.follow_up.iterrows()) if i < MOST_NAMED
    ]
    more = len(goals.follow_up) - len(named)
    if more:
        named.append(Html("Ytterligare {} mål.").format(in_words(more, neuter=True)))
    rest: list[str] = (
        []
        if data.is_plan
        else [words.goals_rest(goals, _own(data)), _contradicted(data), history_words.goals(data)]
    )
    return Statement(
        "Mål",
        words.goals_statement(goals, data.is_plan),
        join([*named, *filter(None, rest)], " "),
        (("#mal", "Alla mål" if data.is_plan else "Alla mål och bedömningar"),),
        Html("") if data.is_plan else chips(goals.counts),
    )


def _own(data: UnitData) -> pd.DataFrame:
    return data.goals[data.goals["level"] == "unit"]


def _goal(data: UnitData, goal: pd.Series, reason: bool) -> Html:
    """A goal that is not wholly met; the first with the unit's own reason."""
    mark = corrected(data, [goal["goal_id"]], "status")
    place = join([*([mark] if mark else []), sources.link(sources.goal_source(goal), returns=False)], ", ")
    why = own.of_goal(data, goal) if reason else None
    shown = Html("”{}” ({}).").format(goal["title"], place)
    return shown if why is None else shown + Html(" {}.").format(own.quoted(why, returns=False))


def _contradicted(data: UnitData) -> Html:
    """Judgements that something in the report speaks against."""
    mine = [own.contradicted(data, str(each)) for each in data.goals["goal_id"]]
    numbers = [each for each in mine if each]
    if not numbers:
        return Html("")
    asked = [n for each in numbers for n in each]
    return Html("{} ({}).").format(words.contradicted(len(numbers), len(asked)), _links(data, asked))


def _links(data: UnitData, numbers: list[int]) -> Html:
    rows = data.findings[data.findings["number"].isin(numbers)]
    return join([finding_link(row, short=bool(i)) for i, (_, row) in enumerate(rows.iterrows())], " ")


# Indicators


def _indicators(data: UnitData) -> Statement:
    frame = data.indicators
    if data.is_plan:
        return _planned(data)
    found = analyse.summarise_indicators(frame)
    short = words.short_names(frame["name"])
    sizes = [-(miss_size(row) or 0.0) for _, row in found.missed.iterrows()]
    missed = found.missed.assign(_size=sizes).sort_values("_size", kind="stable")
    alone = len(missed) == 1
    named: list[str] = [
        _missed(data, row, short, not i, alone)
        for i, (_, row) in enumerate(missed.head(MOST_NAMED).iterrows())
    ]
    if found.not_met > len(named):
        more = found.not_met - len(named)
        named.append(Html("{} till når inte målet.").format(sentence(in_words(more))))
    named += [_split(row, short) for _, row in frame.iterrows() if sexes_missing(row)]
    unjudged = found.total - found.judged
    if unjudged and found.judged:
        named.append(Html("{} går inte att bedöma.").format(sentence(in_words(unjudged))))
    named += [_disowned(data), Html("{}").format(history_words.indicators(data))]
    big = said.indicators_statement(found)
    if alone:
        row = missed.iloc[0]
        value, target = (words.value_text(row, each) for each in ("value", "target"))
        big = f"{short[str(row['name'])]}: {value}, målet är {target}"
        if found.met:
            named.insert(1, Html("{}.").format(sentence(said.indicators_met(found))))
    text = join([each for each in named if each], " ")
    return Statement("Indikatorer", big, text, (("#indikatorer", "Alla indikatorer"),))


def _planned(data: UnitData) -> Statement:
    frame = data.indicators
    own_targets = int(frame["target"].notna().sum())
    big = f"{own_targets} av {counted(len(frame), 'indikator', 'indikatorer')} har ett eget årsmål"
    council = int(frame["council_target"].notna().sum())
    text = f"{council} har ett årsmål från kommunfullmäktige."
    return Statement(
        "Indikatorer",
        big if len(frame) else "Inga indikatorer i planen",
        text if len(frame) else "",
        (("#indikatorer", "Alla indikatorer"),),
    )


def _missed(data: UnitData, row: pd.Series, short: dict[str, str], reason: bool, alone: bool) -> Html:
    """A missed target; the first with the unit's own reason, one that is `alone` is in the heading."""
    source = sources.link(sources.indicator_source(row), returns=False)
    doubts = [link(f"#f{n}", "osäker uppgift") for n in is_doubtful(data, str(row["row_id"]))[:1]]
    decided = [*filter(None, [corrected(data, [row["row_id"]], "value", "target")])]
    place = join([*decided, source, *doubts], ", ")
    value, target = (words.value_text(row, each) for each in ("value", "target"))
    shown = Html("{}: {} mot årsmålet {} ({}).").format(short[str(row["name"])], value, target, place)
    if alone:
        shown = Html("Står på {}.").format(place)
    silent = own.unexplained(data, str(row["row_id"]))
    if silent is not None:
        return Html("{} Analysen nämner inte att målet missas ({}).").format(shown, finding_link(silent))
    why = own.of_indicator(data, row) if reason else None
    return shown if why is None else shown + Html(" {}.").format(own.quoted(why, returns=False))


def _split(row: pd.Series, short: dict[str, str]) -> Html:
    """An indicator that reaches its target while women or men do not."""
    place = sources.link(sources.indicator_source(row), returns=False)
    told = [f"{words.value_text(row, f'value_{sex}')} för {words.SEXES[sex]}" for sex in sexes_missing(row)]
    return Html("{} når målet {}, men är {} ({}).").format(
        short[str(row["name"])], words.value_text(row, "target"), listed(told), place
    )


def _disowned(data: UnitData) -> Html:
    """Numbers that the unit itself does not wholly trust."""
    count, asked = int(data.indicators["disowned"].fillna(False).sum()), own.disowned(data)
    if not count or asked.empty:
        return Html("")
    what = "Ett tal" if count == 1 else f"{sentence(in_words(count))} av talen"
    return Html("{} visas utan det förbehåll som texten gör ({}).").format(
        what, _links(data, [int(n) for n in asked["number"]])
    )


# Complaints


def _complaints(data: UnitData) -> Statement:
    if data.profile.shared:
        return released.statement(data)
    found = analyse.summarise_complaints(data.complaints)
    to = (("#synpunkter", "Synpunkter och avvikelser"),)
    label = "Synpunkter och klagomål"
    if found.state != "filled":
        return Statement(label, words.complaints_statement(found), said.complaints_rest(found), to)
    asked = weighed(data.complaints)
    some = [each for each in asked if each.total and each.question != "praise"]
    grave = [each for each in some if each.question in GRAVE]
    cases = [each for each in some if each.question in said.CASES]
    first = grave or cases[:1] or some[:1]
    rest = [each for each in asked if each.total and each not in first]
    told: list[str] = [_doubts(data)]
    if rest:
        items = [Html("{} ({})").format(words.counted_cases(each), _place(data, each)) for each in rest]
        told.append(Html("Dessutom {}.").format(_listed(items)))
    told += [Html("{}").format(each) for each in said.blank_questions(asked, data.complaints)]
    if first:
        told.insert(0, Html("Står på {}.").format(_listed([_place(data, each) for each in first])))
    big = sentence(listed([words.counted_cases(each) for each in first])) or said.no_cases(found, asked)
    return Statement(label, big, join([each for each in told if each], " "), to)


def _listed(items: list[Html]) -> Html:
    return Html(" och ").join([Html(", ").join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]


def _place(data: UnitData, each: Weighed) -> Html:
    rows = sources.row_sources(data)
    source = next((rows[row_id] for row_id in each.row_ids if row_id in rows), None)
    return Html("rad saknas") if source is None else sources.link(source, returns=False)


def _doubts(data: UnitData) -> Html:
    """Findings about the form's counts."""
    ids = {str(row_id) for row_ids in data.complaints["row_ids"] for row_id in row_ids}
    numbers = {n for row_id in ids for n in is_doubtful(data, row_id)}
    what = "Osäker uppgift" if len(numbers) == 1 else "Osäkra uppgifter"
    return Html("{}: {}.").format(what, _links(data, sorted(numbers))) if numbers else Html("")


def _activities(data: UnitData) -> Statement:
    count = len(data.activities)
    big = f"{counted(count, 'aktivitet', 'aktiviteter')} i planen" if count else "Inga aktiviteter i planen"
    return Statement("Aktiviteter", big, "", (("#aktiviteter", "Alla aktiviteter"),))
