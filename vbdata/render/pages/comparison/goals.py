"""Unit goals per council area: units as columns, or for many units as counts."""

from __future__ import annotations

from functools import partial

import pandas as pd

from vbdata import analyse, plot, vocabulary
from vbdata.analyse import own_words
from vbdata.plot.formats import in_words, listed, number, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.units import corrected, each, nothing, per_unit_table, short_words
from vbdata.render.parts import sources as places
from vbdata.render.parts import words
from vbdata.render.parts.components import (
    STATUS_ORDER,
    chip,
    details,
    empty,
    figure,
    link,
    section,
    status_key,
)
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, hidden, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.words import counted_units
from vbdata.schema.tables import LEVELS

NO_GOAL = "Inget enhetsmål"
MOST_NAMED = {True: 3, False: 8}
"""Goals that are named with the units' reasons: of many units, of few."""


def goals(data: YearData) -> Block:
    """Areas × units, or the figure of counts where there are more units than columns; then goals by name."""
    mine = data.goals[data.goals["report_id"].isin(data.judged["report_id"])]
    areas = analyse.goals.areas(mine)
    if areas.empty:
        return section(
            "mal", "Mål per enhet", empty("Inget av dokumenten har enhetsmål som har kunnat läsas.")
        )
    rest = (_short_of(data, mine), _levels(data, mine))
    if data.many:
        return section("mal", "Mål", _figure(data), *rest)
    found = unit_goals(data)
    rows = [_row(data, area, found) for _, area in areas.iterrows()]
    note = (
        f"Varje bedömning leder till sin rad i dokumentet. Där det står ”{NO_GOAL}” har enheten inte "
        "formulerat något mål; det är inte samma sak som ”Inga data”."
    )
    if short_words(data):
        note += " Helt, Delvis och Inte står för Uppfylls helt, delvis och inte."
    first = Column("Kommunfullmäktiges mål")
    content = per_unit_table(data, "Enhetsmålens bedömning per KF-mål", first, [Group(rows)], note)
    return section("mal", "Mål per enhet", content, *rest)


def _short_of(data: YearData, goals: pd.DataFrame) -> Html:
    """The units' own goals that are not wholly met, with the units' reasons; of many units the gravest."""
    found = analyse.goals.follow_up(goals)
    if found.empty:
        return Html("")
    shown = (found[found["status"] == "not_met"] if data.many else found).head(MOST_NAMED[data.many])
    if shown.empty:
        return Html("")
    reports = units.by_id(data)
    rows = [_reason(data, goal, reports[str(goal["report_id"])]) for _, goal in shown.iterrows()]
    heads = [Column("Mål"), Column("Bedömning", "judge"), Column("Vad enheten skriver")]
    if data.profile.shared:
        heads, rows = heads[:2], [Row(row.head, row.cells[:1]) for row in rows]
    note = "De som inte uppfylls står först."
    if len(shown) < len(found):
        where = "i tabellen enhet för enhet" if data.many else "i tabellen ovan"
        note = f"{sentence(in_words(len(shown)))} av {len(found)}; de andra står {where}."
    caption = "Mål som inte uppfylls" if data.many else "Mål som inte uppfylls helt"
    content = table(caption, heads, [Group(rows)], note=note)
    return element("div", content, class_="after")


def _reason(data: YearData, goal: pd.Series, report: pd.Series) -> Row:
    """A goal, its judgement with its doubts, and what the unit writes of it."""
    name = Html("{}{}").format(goal["title"], element("span", units.head(data, report, "#mal"), class_="lvl"))
    said = units.said(
        data, report, own_words.said_of_goal(data.passages, str(goal["goal_id"]), data.beside(report))
    )
    place = units.place(data, report, places.goal_source(goal))
    status = chip(goal["status"], short=short_words(data))
    judged = Html("{} {}").format(status, element("span", place, class_="src")) + _marks(data, goal, report)
    cells = [Cell(judged, labelled=False), Cell(said, "" if said else "none", labelled=False)]
    return Row(name, cells)


def _levels(data: YearData, goals: pd.DataFrame) -> Html:
    """How many goals of each level are judged, and the higher levels' judgements, to open."""
    parts = [_coverage(data), *_other_levels(data)]
    found = {level: analyse.summarise_goals(goals, level) for level in reversed(LEVELS[:-1])}
    told = [
        f"{vocabulary.label('level', level)}: {words.goals_short(each_)}"
        for level, each_ in found.items()
        if each_.total
    ]
    summary = "Visa hur många mål som är bedömda på varje nivå" + (
        ", och nämndens och KF:s mål" if told else ""
    )
    lead = element("p", f"{'. '.join(told)}.", class_="note") if told else Html("")
    return element("div", lead + details(summary, join(parts)), class_="after")


def _coverage(data: YearData) -> Html:
    """How many goals of each level are judged at all, beside how."""
    mine = data.goals[data.goals["report_id"].isin(data.judged["report_id"])]
    found = analyse.goals.coverage(mine)
    if found.empty:
        return Html("")
    shown = [status for status in STATUS_ORDER if status != "no_data"]
    heads = [
        Column("Nivå"),
        Column("Har en bedömning"),
        *[Column(vocabulary.label("status", status), "num") for status in shown],
        Column(vocabulary.label("status", "no_data"), "num"),
        Column("Ingen uppgift", "num"),
    ]
    rows = []
    for _, level in found.iloc[::-1].iterrows():
        counts = [Cell(number(int(level[status]))) for status in (*shown, "no_data", "unstated")]
        said = f"{number(int(level['judged']))} av {number(int(level['goals']))}"
        rows.append(Row(vocabulary.label("level", str(level["level"])), [Cell(said), *counts]))
    note = (
        "Inga data är ingen bedömning. Nivåerna läggs inte ihop: ett mål på en högre nivå kan stå i flera "
        "enheters "
        "dokument och räknas då en gång i varje."
    )
    silent = _silent_levels(mine)
    if silent:
        note += f" {listed(silent)}: inget av dokumenten gör någon bedömning."
    content = table("Hur många mål som är bedömda", heads, [Group(rows)], note=note, css="stack slim")
    return content


def _other_levels(data: YearData) -> list[Html]:
    """The same matrix for the other levels that any document judges."""
    mine = data.goals[data.goals["report_id"].isin(data.judged["report_id"])]
    judged = analyse.goals.judged_levels(mine)
    return [_level(data, level) for level in reversed(LEVELS[:-1]) if level in judged]


def _silent_levels(goals: pd.DataFrame) -> list[str]:
    """The levels with goals that no document judges."""
    held, judged = set(goals["level"].astype(str)), analyse.goals.judged_levels(goals)
    return [
        vocabulary.label("level", level)
        for level in reversed(LEVELS)
        if level in held and level not in judged
    ]


def _level(data: YearData, level: str) -> Html:
    """Areas × units of a level above the units' own goals."""
    label = vocabulary.label("level", level)
    found: dict[tuple[str, str], list[pd.Series]] = {}
    heads: dict[str, Html] = {}
    mine = data.goals[data.goals["report_id"].isin(data.judged["report_id"])]
    for _, goal in mine[mine["level"] == level].iterrows():
        own, title = ("code", "title") if level in ("direction", "area") else ("area_code", "area_title")
        code = "" if pd.isna(goal[own]) else str(goal[own])
        heads.setdefault(code, area_head(pd.Series({"area_code": goal[own], "area_title": goal[title]})))
        found.setdefault((str(goal["report_id"]), code), []).append(goal)
    rows = []
    if data.many:
        columns = [Column("KF:s mål"), *[Column(vocabulary.label("status", s), "num") for s in STATUS_ORDER]]
        for code in sorted(heads, key=_code_order):
            each_unit = [goals_ for (_, at), goals_ in found.items() if at == code]
            worst = [analyse.goals.weakest(pd.Series([g["status"] for g in some])) for some in each_unit]
            rows.append(Row(heads[code], [Cell(number(worst.count(status))) for status in STATUS_ORDER]))
        note = "En enhet räknas en gång per KF-mål, med sin svagaste bedömning."
        content = table(
            f"{label}: antal enheter per bedömning", columns, [Group(rows)], note=note, css="stack slim"
        )
        return element("div", content, class_="after")
    for code in sorted(heads, key=_code_order):
        cells = []
        for report in each(data):
            statuses = [goal["status"] for goal in found.get((str(report["report_id"]), code), [])]
            shown = [chip(s, short=short_words(data)) for s in statuses]
            cells.append(Cell(join(shown, Html("<br>"))) if shown else nothing("inget mål"))
        rows.append(Row(heads[code], cells))
    content = per_unit_table(
        data, f"{label}: bedömning per enhet", Column("Kommunfullmäktiges mål"), [Group(rows)]
    )
    return element("div", content, class_="after")


def _code_order(code: str) -> tuple[bool, list[int]]:
    return not code, [int(part) for part in code.split(".") if part.isdigit()]


def area_head(area: pd.Series) -> Html:
    """Code and title of an area."""
    if pd.isna(area["area_code"]):
        return Html("{}").format("Utan KF-mål" if pd.isna(area["area_title"]) else area["area_title"])
    return element("strong", str(area["area_code"])) + Html("\u2002{}").format(area["area_title"])


def unit_goals(data: YearData) -> dict[tuple[str, str], list[pd.Series]]:
    """(report id, area's code or "") → the unit's own goals there."""
    found: dict[tuple[str, str], list[pd.Series]] = {}
    for _, goal in data.goals[data.goals["level"] == "unit"].iterrows():
        code = "" if pd.isna(goal["area_code"]) else str(goal["area_code"])
        found.setdefault((str(goal["report_id"]), code), []).append(goal)
    return found


def place_of(area: pd.Series, report: pd.Series) -> tuple[str, str]:
    """Key of `unit_goals`."""
    return str(report["report_id"]), "" if pd.isna(area["area_code"]) else str(area["area_code"])


def _row(data: YearData, area: pd.Series, found: dict[tuple[str, str], list[pd.Series]]) -> Row:
    cells = []
    for report in each(data):
        here = found.get(place_of(area, report), [])
        parts = [_judgement(data, goal, report) for goal in here]
        cells.append(Cell(join(parts, Html("<br>"))) if parts else nothing(NO_GOAL))
    return Row(area_head(area), cells)


def _judgement(data: YearData, goal: pd.Series, report: pd.Series) -> Html:
    """A goal's status, leading to its row, and what contradicts it or has been corrected."""
    source = places.goal_source(goal)
    status = chip(goal["status"], short=short_words(data)) + hidden(f", {source.place}")
    target = units.page(data, report, f"#k-{source.anchor}")
    return link(target, status, class_="to") + _marks(data, goal, report)


def _marks(data: YearData, goal: pd.Series, report: pd.Series) -> Html:
    """What contradicts a goal's status, and what has been corrected."""
    goal_id = str(goal["goal_id"])
    return units.doubts(data, report, [goal_id]) + corrected(data, report, [goal_id], "status")


def _figure(data: YearData) -> Html:
    counts = analyse.area_counts(data.goals, data.judged)
    label = counts["area_code"].fillna("") + " " + counts["area_title"].fillna("Utan KF-mål")
    drawn = counts.assign(label=label.str.strip(), without=counts["unstated"] + counts["no_goal"])

    note = (
        "En enhet räknas en gång per KF-mål, med sin svagaste bedömning om den har flera mål där; Inga "
        "data räknas bara "
        "där inget av målen har en bedömning."
    )
    subtitle = f"Antal enheter av {len(data.judged)} per bedömning, enhetsmål under varje KF-mål, {data.year}"
    return figure(
        partial(plot.status_bars, drawn),
        "mal-figur",
        _title(counts),
        subtitle,
        _alt(data, counts, len(data.judged)),
        key=status_key("tomt: enheten har inget bedömt mål där"),
        note=note,
        table=details("Visa antalen i en tabell", _counts_table(counts)),
    )


def _short(counts: pd.DataFrame) -> pd.Series:
    return counts["not_met"] + counts["partly_met"]


def _title(counts: pd.DataFrame) -> str:
    short = _short(counts)
    if not short.max():
        return "Alla bedömda enhetsmål uppfylls helt"
    most = counts[short == short.max()]
    codes = [str(code) for code in most["area_code"].fillna("utan nummer")]
    if len(codes) > 3:
        return f"Högst {counted_units(int(short.max()))} når inte helt målen under ett KF-mål"
    where = f"KF-mål {listed(codes)} har flest enheter"
    return f"{where} vars mål inte uppfylls helt: {short.max()}{' vardera' if len(codes) > 1 else ''}"


def _alt(data: YearData, counts: pd.DataFrame, units: int) -> str:
    parts = [
        f"{row['area_code']}: {row['not_met']} inte, {row['partly_met']} delvis, {row['met']} helt"
        for _, row in counts.iterrows()
    ]
    return (
        f"Enhetsmålens bedömning per KF-mål för {units} enheter, {data.year}. {sentence('; '.join(parts))}. "
        "Alla tal finns i tabellen."
    )


def _counts_table(counts: pd.DataFrame) -> Html:
    names = [(status, vocabulary.label("status", status)) for status in STATUS_ORDER]
    names += [("unstated", "Utan bedömning"), ("no_goal", "Utan enhetsmål")]
    names = [(key, title) for key, title in names if key in STATUS_ORDER or counts[key].any()]
    heads = [Column("KF-mål"), *[Column(title, "num") for _, title in names]]
    rows = [Row(area_head(row), [Cell(str(row[key])) for key, _ in names]) for _, row in counts.iterrows()]
    return table("Antal enheter per bedömning", heads, [Group(rows)], css="stack slim")
