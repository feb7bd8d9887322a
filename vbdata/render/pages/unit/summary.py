"""«Läget i korthet»: three statements by gravity, and what to ask the unit first."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.attention import JUDGEMENT, TEXT_COUNTS, doubts, miss_order, sexes_missing, to_ask
from vbdata.analyse.complaints.weight import GRAVE, Weighed, weighed
from vbdata.analyse.indicators import DIRECTIONS
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import counted, in_words, listed, sentence
from vbdata.render.pages.unit import history_words, own, released, said
from vbdata.render.pages.unit.findings import subject
from vbdata.render.pages.unit.marks import corrected, finding_links, is_doubtful
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
from vbdata.render.parts.outcomes import divided

UNTOLD = "count_untold"
"""The finding that nothing is said of what was counted."""
WEAKER = "own_target_weaker"
"""The finding that a unit's own target is easier to reach than the council's or the board's."""
LONGEST = 240
"""Letters that the unit's words about one thing may have here; what is more is linked to."""
MOST_LINKS = 2
"""The longest run of findings that are linked one by one."""
MOST_NAMED = 2
"""How many goals, indicators or questions a statement names; the section has them all."""


def summary(data: UnitData) -> Block:
    """The first section of the page."""
    third = _activities(data) if data.is_plan else _complaints(data)
    note = _callout(data)
    return section(
        *BRIEF,
        shared.notice(data.profile, data),
        callout(note) if note else "",
        three([_goals(data), _indicators(data), third]),
    )


def _callout(data: UnitData) -> Html:
    """That a plan is a plan, how many things should be checked, and the gravest of them by name."""
    sentences = []
    if data.is_plan:
        meant = " Den har årsmål men inga utfall och inga bedömningar av målen."
        sentences.append(element("strong", "Det här är en plan.") + meant)
        became = divided(data.report.to_frame().T, data.kin, data.page, shared=data.profile.shared)
        sentences += [join(became, " ")] if became else []
    checks = data.findings[data.findings["check"]]
    if len(checks):
        first = _first(data)
        asked = [_asked(data, row, not i) for i, (_, row) in enumerate(first.iterrows())]
        rest = len(checks) - len(asked)
        start = Html(" Börja här: {}" if rest else " {}").format(join(asked, " "))
        count = link("#kontrollera", f"{said.findings_callout(len(checks))}.")
        sentences.append(element("strong", count) + start)
    return join(sentences, Html("<br>"))


def _first(data: UnitData) -> pd.DataFrame:
    """The findings to ask about first, of different rows."""
    return to_ask(data.findings).drop_duplicates("row_id").head(MOST_NAMED)


def _asked(data: UnitData, finding: pd.Series, whole: bool) -> Html:
    """One thing to ask, with its number: the `whole` of what was found, or its kind and what it is about."""
    told = words.finding_words(finding) if whole else ""
    if not told or data.profile.shared:
        kind, about = vocabulary.label("finding", str(finding["code"])), subject(data, finding)
        told = f"{kind}: {about or sources.place(finding)}"
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
    place = join([*([mark] if mark else []), sources.link(sources.goal_source(goal))], ", ")
    shown = Html("”{}” ({}).").format(goal["title"], place)
    return shown + (_why(own.why_and_done(data, own.of_goal, goal.to_frame().T)) if reason else "")


def _why(said: list[OwnWords]) -> Html:
    """Why it is so and what is done about it, in the unit's words."""
    if not said:
        return Html("")
    first, *done = said
    told = Html(" {}.").format(own.quoted(first))
    short = sum(len(each.quote) for each in said) <= LONGEST
    then = " ”{}” ({})." if short else " Vad som görs åt det står på {1}."
    return told + join(
        [Html(then).format(each.quote, sources.link(sources.words_source(each))) for each in done]
    )


def _contradicted(data: UnitData) -> Html:
    """Judgements that something in the report speaks against."""
    found = data.findings[doubts(data.findings, data.goals["goal_id"])].drop_duplicates("row_id")
    if found.empty:
        return Html("")
    return Html("{} ({}).").format(words.contradicted(len(found)), _links(found))


def _links(rows: pd.DataFrame) -> Html:
    """The findings' links; of a long run only the first and the last."""
    if len(rows) > MOST_LINKS and int(rows["number"].max() - rows["number"].min()) == len(rows) - 1:
        first, last = rows.iloc[0], rows.iloc[-1]
        return join([finding_link(first), finding_link(last, short=True)], "–")
    return join([finding_link(row, short=bool(i)) for i, (_, row) in enumerate(rows.iterrows())], " ")


# Indicators


def _indicators(data: UnitData) -> Statement:
    frame = data.indicators
    if data.is_plan:
        return _planned(data)
    found = analyse.summarise_indicators(frame)
    short = words.short_names(frame["name"])
    missed = sorted((row for _, row in found.missed.iterrows()), key=miss_order)
    alone = len(missed) == 1
    named: list[str] = [_missed(data, row, short, not i, alone) for i, row in enumerate(missed[:MOST_NAMED])]
    if found.not_met > len(named):
        more = found.not_met - len(named)
        named.append(Html("{} till når inte målet.").format(sentence(in_words(more))))
    named += [_split(row, short) for _, row in frame.iterrows() if sexes_missing(row)]
    unjudged = found.total - found.judged
    if unjudged and found.judged:
        named.append(Html("{} går inte att bedöma.").format(sentence(in_words(unjudged))))
    named += [*_weaker(data), _disowned(data), Html("{}").format(history_words.indicators(data))]
    big = said.indicators_statement(found)
    if alone:
        row = missed[0]
        value, target = (words.value_text(row, each) for each in ("value", "target"))
        big = f"{short[str(row['name'])]}: {value}, målet är {target}"
        if found.met:
            named.insert(1, Html("{}{}.").format(sentence(said.indicators_met(found)), _twice(data)))
    text = join([each for each in named if each], " ")
    return Statement("Indikatorer", big, text, (("#indikatorer", "Alla indikatorer"),))


def _planned(data: UnitData) -> Statement:
    frame = data.indicators
    own_targets = int(frame["target"].notna().sum())
    big = f"{own_targets} av {counted(len(frame), 'indikator', 'indikatorer')} har ett eget årsmål"
    council = int(frame["council_target"].notna().sum())
    text = f"{council} har ett årsmål från kommunfullmäktige."
    ruled = frame[["target_rule", "council_target_rule"]].isin(list(DIRECTIONS)).any(axis=1)
    neither = int((frame[["target", "council_target"]].isna().all(axis=1) & ~ruled).sum())
    if neither:
        text += f" {sentence(in_words(neither))} har varken eller."
    return Statement(
        "Indikatorer",
        big if len(frame) else "Inga indikatorer i planen",
        text if len(frame) else "",
        (("#indikatorer", "Alla indikatorer"),),
    )


def _missed(data: UnitData, row: pd.Series, short: dict[str, str], reason: bool, alone: bool) -> Html:
    """A missed target; the first with the unit's own reason, one that is `alone` is in the heading."""
    source = sources.link(sources.indicator_source(row))
    doubts = [link(f"#f{n}", "osäker uppgift") for n in is_doubtful(data, str(row["row_id"]))[:1]]
    decided = [*filter(None, [corrected(data, [row["row_id"]], "value", "target")])]
    place = join([*decided, source, *doubts], ", ")
    value, target = (words.value_text(row, each) for each in ("value", "target"))
    council = words.value_text(row, "council_target")
    missed = str(row["council_attainment"]) == "not_met" and council != target
    against = f"{target} och KF:s {council}" if missed else target
    shown = Html("{}: {} mot årsmålet {} ({}).").format(short[str(row["name"])], value, against, place)
    if alone:
        shown = Html("Står på {}.").format(place)
    silent = own.unexplained(data, str(row["row_id"]))
    if silent is not None:
        return Html("{} Analysen nämner inte att målet missas ({}).").format(shown, finding_link(silent))
    return shown + (_why(own.why_and_done(data, own.of_indicator, row.to_frame().T)) if reason else "")


def _twice(data: UnitData) -> Html:
    """That an indicator is counted twice."""
    found = data.findings[data.findings["code"] == "indicator_twice"]
    if found.empty:
        return Html("")
    many = "en indikator" if len(found) == 1 else f"{in_words(len(found))} indikatorer"
    return Html("; {} står två gånger ({})").format(many, finding_link(found.iloc[0]))


def _split(row: pd.Series, short: dict[str, str]) -> Html:
    """An indicator that reaches its target while women or men do not."""
    place = sources.link(sources.indicator_source(row))
    told = [f"{words.value_text(row, f'value_{sex}')} för {words.SEXES[sex]}" for sex in sexes_missing(row)]
    return Html("{} når målet {}, men är {} ({}).").format(
        short[str(row["name"])], words.value_text(row, "target"), listed(told), place
    )


def _weaker(data: UnitData) -> list[Html]:
    """That a target is reached only because it is easier than the one that somebody else has set."""
    found = data.findings[data.findings["code"].eq(WEAKER) & data.findings["gravity"].ge(JUDGEMENT)]
    told = [(words.finding_words(row), finding_link(row)) for _, row in found.head(MOST_NAMED).iterrows()]
    return [] if data.profile.shared else [Html("{} ({}).").format(*each) for each in told]


def _disowned(data: UnitData) -> Html:
    """Numbers that the unit itself does not wholly trust."""
    count, asked = int(data.indicators["disowned"].fillna(False).sum()), own.disowned(data)
    if not count or asked.empty:
        return Html("")
    links = _links(asked)
    said_ = own.reservation(data)
    if said_ is None:
        what = "Ett tal" if count == 1 else f"{sentence(in_words(count))} av talen"
        return Html("{} har ett förbehåll i enhetens text ({}).").format(what, links)
    what = "ett av talen" if count == 1 else f"{in_words(count)} av talen"
    return Html("Om {} skriver enheten: {}.").format(what, own.said(said_, links))


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
    rows = sources.row_sources(data)
    told = (
        [Html("Står på {}.").format(_listed([_place(data, rows, each) for each in first]))] if first else []
    )
    told += [_told(data, each) for each in first]
    if rest:
        items = [Html("{} ({})").format(words.counted_cases(each), _place(data, rows, each)) for each in rest]
        told.append(Html("Dessutom {}.").format(_listed(items)))
    told += [Html("{}").format(each) for each in said.blank_questions(asked, data.complaints)]
    if not _first(data)["code"].eq(TEXT_COUNTS).any():  # else it stands in the callout
        told.append(own.text_counts(data))
    big = sentence(listed([words.counted_cases(each) for each in first])) or said.no_cases(found, asked)
    return Statement(label, big, join([each for each in told if each], " "), to)


def _told(data: UnitData, each: Weighed) -> Html:
    """The unit's words about cases, else that it says nothing of them."""
    words_ = own.of_cases(data, each.question)
    if words_ is not None:
        return Html("{}.").format(own.quoted(words_))
    found = data.findings[(data.findings["code"] == UNTOLD) & data.findings["row_id"].isin(each.row_ids)]
    if found.empty:
        return Html("")
    return Html("Vad det gällde står inte i rapporten ({}).").format(finding_link(found.iloc[0]))


def _listed(items: list[Html]) -> Html:
    return Html(" och ").join([Html(", ").join(items[:-1]), items[-1]]) if len(items) > 1 else items[0]


def _place(data: UnitData, rows: dict[str, sources.Source], each: Weighed) -> Html:
    """Where a question is counted, with the doubts about its count; two places where two facets do it."""
    found = list({rows[name].anchor: rows[name] for name in each.row_ids if name in rows}.values())
    shown = found[:1] if each.other is None else [found[0], found[-1]]
    places: list[str] = [sources.link(source) for source in shown]
    asked = finding_links(data, each.row_ids, checked=True)
    return join([*(places or ["rad saknas"]), *([asked] if asked else [])], ", ")


def _activities(data: UnitData) -> Statement:
    count = len(data.activities)
    big = f"{counted(count, 'aktivitet', 'aktiviteter')} i planen" if count else "Inga aktiviteter i planen"
    return Statement("Aktiviteter", big, "", (("#aktiviteter", "Alla aktiviteter"),))
