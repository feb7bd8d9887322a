"""«Läget i korthet» of a year's units: risk, misses and where to begin, by what weighs most for people."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.attention import gravest_units, points
from vbdata.analyse.complaints.weight import Weighed, weighed
from vbdata.plot.formats import counted, in_words, listed, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.annual import forms
from vbdata.render.pages.comparison.gaps import findings_of
from vbdata.render.parts import shared, words
from vbdata.render.parts.components import BRIEF, Statement, chip, chips, link, section, three
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.words import counted_units

GRAVE = ("ivo", "lex_sarah")
"""Questions of the form that are a risk by themselves."""
RISKS = {"ivo": "anmälan till IVO", "lex_sarah": "lex Sarah", "harm": "ärenden om hur någon har behandlats"}
MOST_NAMED = 2
MOST_UNITS = 5
"""Of many units, how many the first table names."""


def summary(data: YearData) -> Block:
    """Three statements, the units by what weighs most, and who is not compared."""
    found = weighed_points(data)
    plans = units.plans(data)
    parts = [
        shared.notice(data.profile, data),
        three([_risk(data, found), _misses(data, found), _first(data, found)]),
        _units(data, found),
        element("p", plans, class_="note") if plans else "",
    ]
    return section(*BRIEF, *parts)


def weighed_points(data: YearData) -> pd.DataFrame:
    """The points of the compared reports, the gravest first; where counts are hidden none of the form's."""
    mine = data.judged["report_id"]

    def rows(frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["report_id"].isin(mine)]

    return points(
        {
            "goals": rows(data.goals),
            "indicators": rows(data.indicators),
            "activities": rows(data.activities),
            "complaints": data.complaints.head(0) if data.profile.shared else forms(data),
            "findings": rows(data.findings),
        }
    )


def _cases(data: YearData) -> dict[str, list[Weighed]]:
    """Report id → what its form counts, the gravest first; nothing where counts are hidden."""
    if data.profile.shared:
        return {}
    grouped = forms(data).groupby("report_id", sort=False)
    return {str(report_id): [each for each in weighed(rows) if each.total] for report_id, rows in grouped}


# The three


def _risk(data: YearData, found: pd.DataFrame) -> Statement:
    label, to = "Risk", (("#synpunkter", "Synpunkter, klagomål och avvikelser"),)
    if data.profile.shared:
        return Statement(label, "Antalen visas på enheternas egna sidor", shared.states(data), to)
    counts = {kind: found[found["kind"] == kind]["report_id"].nunique() for kind in RISKS}
    grave = [f"{RISKS[kind]} i {counted_units(counts[kind], words=True)}" for kind in RISKS if counts[kind]]
    filled = sum(1 for state in data.form_states.values() if state == "filled")
    if not filled:
        return Statement(label, "Ingen ifylld blankett för synpunkter", shared.states(data), to)
    cases, named = _cases(data), []
    risky = found[found["kind"].isin(list(RISKS))]
    reports = units.by_id(data)
    for report_id in gravest_units(risky)[:MOST_NAMED] if len(risky) else []:
        told = [words.counted_cases(each) for each in cases[report_id] if each.question in GRAVE]
        told += [
            _harm(row)
            for _, row in risky[risky["report_id"] == report_id].iterrows()
            if row["kind"] == "harm"
        ][:1]
        who = link(units.page(data, reports[report_id], "#synpunkter"), str(reports[report_id]["unit_name"]))
        named.append(Html("{}: {}.").format(who, listed(told)))
    more = risky["report_id"].nunique() - len(named)
    if more > 0:
        named.append(Html("{} till.").format(sentence(counted_units(more, words=True))))
    if filled < len(data.judged):
        named.append(Html(f"{filled} av {counted_units(len(data.judged))} har fyllt i blanketten."))
    big = sentence(listed(grave[:2])) if grave else "Ingen lex Sarah och ingen anmälan till IVO är inskriven"
    return Statement(label, big, join(named, " "), to)


def _harm(point: pd.Series) -> str:
    said = counted(int(point["size"]), "ärende", "ärenden")
    least = "minst " if point["at_least"] else ""
    return f"{least}{said} om {words.category_words(str(point['words']))}"


def _misses(data: YearData, found: pd.DataFrame) -> Statement:
    goals = analyse.summarise_goals(data.goals[data.goals["report_id"].isin(data.judged["report_id"])])
    missed = found[found["kind"] == "miss"]
    sexes = found[found["kind"] == "sex_miss"]
    judged = data.indicators[data.indicators["report_id"].isin(data.judged["report_id"])]
    total = int(judged["attainment"].notna().sum())
    if not goals.total:
        big = "Inga bedömda enhetsmål"
    elif goals.short_of:
        big = f"{goals.short_of} av {goals.total} enhetsmål uppfylls inte helt"
    else:
        big = words.goals_statement(goals)
    parts = [words.goals_rest(goals)]
    if total and len(missed):
        parts.append(
            f"{len(missed)} av {total} utfall når inte årsmålet, längst ifrån är {_farthest(data, missed)}."
        )
    elif total:
        parts.append("Alla utfall som kan bedömas når enheternas årsmål.")
    if len(sexes):
        times = "en indikator" if len(sexes) == 1 else f"{in_words(len(sexes))} indikatorer"
        parts.append(f"I {times} till når totalen målet men inte kvinnor eller män.")
    links = (("#mal", "Mål"), ("#indikatorer", "indikatorer"))
    return Statement(
        "Det som missas", big, " ".join(part for part in parts if part), links, chips(goals.counts)
    )


def _farthest(data: YearData, missed: pd.DataFrame) -> str:
    """The outcome that is farthest from its target: indicator, unit, both numbers."""
    row = _row(data, missed.iloc[0])
    name = words.short_names(data.indicators["name"])[str(row["name"])]
    who = units.names(data)[str(row["report_id"])]
    value, target = words.value_text(row, "value"), words.value_text(row, "target")
    return f"{name[:1].lower()}{name[1:]} hos {who}: {value} mot {target}"


def _row(data: YearData, point: pd.Series) -> pd.Series:
    return data.indicators[data.indicators["row_id"] == point["row_id"]].iloc[0]


def _first(data: YearData, found: pd.DataFrame) -> Statement:
    """The unit that has most to be asked about, and what should be asked before the numbers are used."""
    reports, checks = units.by_id(data), findings_of(data)[0]
    order = [each for each in gravest_units(found) if each in reports] if len(found) else []
    links = (("#saknas", "Att kontrollera och luckor"),)
    doubt = f"{counted(checks, 'uppgift', 'uppgifter')} bör kontrolleras mot dokumenten." if checks else ""
    grave = found[found["kind"].isin(["contradiction", "disowned"])].drop_duplicates("row_id")
    named = [_asked(data, row) for _, row in grave.head(MOST_NAMED).iterrows()]
    if named:
        more = len(grave) - len(named)
        rest = f" och {in_words(more)} till" if more else ""
        doubt += Html(" Fråga först om {}{}.").format(join(named, "; "), rest)
    if not order:
        return Statement("Var ni bör börja", "Inget väger tyngre än annat", doubt, links)
    first = [str(reports[each]["unit_name"]) for each in order[:MOST_NAMED]]
    said = "Där finns mest att fråga om; det är ingen rangordning."
    return Statement("Var ni bör börja", listed(first), Html("{} {}").format(said, doubt), links)


def _asked(data: YearData, point: pd.Series) -> Html:
    """What speaks against itself, and in which unit, leading to the question."""
    report = units.by_id(data)[str(point["report_id"])]
    kind = vocabulary.label("finding", str(point["words"]))
    told = f"{kind[:1].lower()}{kind[1:]}"
    return Html("{} ({})").format(
        told, link(units.page(data, report, "#kontrollera"), str(report["unit_name"]))
    )


# The units, the one with most to ask about first


def _units(data: YearData, found: pd.DataFrame) -> Html:
    if found.empty:
        return Html("")
    reports, cases = units.by_id(data), _cases(data)
    order = [each for each in gravest_units(found) if each in reports]
    shown = order[:MOST_UNITS] if data.many else order
    checks = findings_of(data)[1]
    short = words.short_names(data.indicators["name"])
    rows = []
    for report_id in shown:
        mine, report = found[found["report_id"] == report_id], reports[report_id]
        risk = [words.counted_cases(each) for each in cases.get(report_id, []) if each.question in GRAVE]
        risk += [_harm(row) for _, row in mine[mine["kind"] == "harm"].iterrows()][: 2 - len(risk)]
        if not risk:
            told = [each for each in cases.get(report_id, []) if each.question not in ("praise", *GRAVE)]
            risk = [words.counted_cases(told[0])] if told else []
        goals = [
            chip(status, len(part))
            for status in ("not_met", "partly_met")
            for part in [mine[mine["kind"] == f"goal_{status}"]]
            if len(part)
        ]
        missed = mine[mine["kind"] == "miss"]
        n = checks.get(report_id, 0)
        ask = link(units.page(data, report, "#kontrollera"), counted(n, "sak", "saker")) if n else Html("")
        cells = [
            _filled(sentence("; ".join(risk)) if risk else ""),
            _filled(join(goals, " ")),
            _filled(_missed(data, missed, report_id) if data.many else _farthest_of(data, missed, short)),
            _filled(ask),
        ]
        rows.append(Row(units.head(data, report), cells))
    heads = [
        Column("Enhet"),
        Column("Risk"),
        Column("Mål som inte uppfylls helt"),
        Column("Når inte årsmålet"),
        Column("Att kontrollera"),
    ]
    if data.profile.shared:
        heads, rows = [heads[0], *heads[2:]], [Row(row.head, row.cells[1:]) for row in rows]
    quiet = len(reports) - len(order)
    note = (
        f"{sentence(in_words(len(shown)))} av {counted_units(len(reports))}, de "
        if len(shown) < len(order)
        else "De "
    )
    note += "med allvarligast att fråga om först; ordningen är ingen rangordning."
    if quiet and not data.many:
        note += f" {sentence(counted_units(quiet, words=True))} har inget av detta."
    content = table("Enheterna efter vad som väger tyngst", heads, [Group(rows)], note=note)
    return element("div", content, class_="after")


def _filled(content: str) -> Cell:
    return Cell(content or missing("inget"), "" if content else "none")


def _missed(data: YearData, missed: pd.DataFrame, report_id: str) -> str:
    """How many of a unit's outcomes that can be judged do not reach their targets."""
    mine = data.indicators[data.indicators["report_id"] == report_id]
    return f"{len(missed)} av {int(mine['attainment'].notna().sum())} indikatorer" if len(missed) else ""


def _farthest_of(data: YearData, missed: pd.DataFrame, short: dict[str, str]) -> str:
    """How many outcomes do not reach their targets, and the one that is farthest."""
    if missed.empty:
        return ""
    row = _row(data, missed.iloc[0])
    value, target = words.value_text(row, "value"), words.value_text(row, "target")
    said = f"{short[str(row['name'])]}: {value} mot {target}"
    return said if len(missed) == 1 else f"{said}, och {in_words(len(missed) - 1)} till"
