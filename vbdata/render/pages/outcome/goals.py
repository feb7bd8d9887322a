"""Goals: how many of each level went from plan to report, and the ones that differ, in both wordings."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse import own_words
from vbdata.analyse.own_words import OwnWords
from vbdata.analyse.plan_outcome import level_counts
from vbdata.pairing import CHANGES
from vbdata.plot.formats import counted
from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.pages.outcome.places import corrected, doubts, in_doubt, own, place, places
from vbdata.render.parts.components import chip, details, empty, lead, section
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

DIFFERING = ("dropped", "reworded", "unclear", "added")
"""In the order that a reader needs them."""


def goals(data: OutcomeData) -> Block:
    """Goals by level, and those that are not the same words in both."""
    changes = data.goals
    if changes.empty:
        return section("mal", "Mål", empty("Varken planen eller rapporten har mål som har kunnat läsas."))
    told = changes.apply(lambda change: _told_of(data, change), axis=1)
    same = changes["change"] == "kept"
    groups = [
        *((vocabulary.label("change", each), changes[changes["change"] == each]) for each in DIFFERING),
        ("Lika i plan och rapport, men värda en fråga", changes[same & told]),
    ]
    shown = [Group([_row(data, row) for _, row in rows.iterrows()], head) for head, rows in groups]
    content = [lead(*_lead(data))]
    if any(group.rows for group in shown):
        content.append(table("Mål som skiljer sig, inte uppfylls eller är osäkra", _columns(), shown))
    rest = changes[same & ~told]
    if len(rest):
        said = f"Visa {counted(len(rest), 'mål', 'mål')} med samma ord i plan och rapport"
        content.append(details(said, _kept(data, rest)))
    content.append(details("Visa antalet mål per nivå", _levels(changes)))
    return section("mal", "Mål", *content)


def _told_of(data: OutcomeData, change: pd.Series) -> bool:
    """A goal that is not wholly met in the report, or in doubt."""
    return str(change["status"]) in ("not_met", "partly_met") or in_doubt(data, change)


def _lead(data: OutcomeData) -> list[str]:
    said = ["Bedömningarna är enhetens egna."]
    if data.plan.goals.empty:
        return ["Planen har inga mål som har kunnat läsas.", *said]
    if data.report.goals.empty:
        return ["Rapporten har inga mål som har kunnat läsas.", *said]
    return said


def _levels(changes: pd.DataFrame) -> Html:
    counts = level_counts(changes)
    unclear = bool((counts["unclear_plan"] + counts["unclear_report"]).any())
    columns = [Column("Målnivå"), *[Column(title, "num") for title in _titles(unclear)]]
    rows = []
    for _, each in counts.iterrows():
        numbers = [each["planned"], each["kept"], each["reworded"], each["dropped"]]
        numbers += [each["unclear_plan"], each["unclear_report"]] if unclear else []
        numbers += [each["added"], each["reported"]]
        rows.append(Row(vocabulary.label("level", str(each["level"])), [Cell(str(n)) for n in numbers]))
    note = "Nivåerna räknas var för sig. Ett mål som står två gånger i ett dokument räknas en gång."
    caption = "Mål i planen och i rapporten, per nivå"
    return table(caption, columns, [Group(rows)], note=note, css="stack grid3")


def _titles(unclear: bool) -> list[str]:
    middle = ["Oklara i planen", "Oklara i rapporten"] if unclear else []
    last = ["Bara i rapporten", "I rapporten"]
    return ["I planen", "Samma ord", "Andra ord", "Bara i planen", *middle, *last]


def _kept(data: OutcomeData, changes: pd.DataFrame) -> Html:
    rows = [_row(data, row) for _, row in changes.iterrows()]
    return table("Mål med samma ord i plan och rapport", _columns(), [Group(rows)])


def _columns() -> list[Column]:
    return [Column("Mål"), Column("Bedömning"), Column("Källa", "src")]


def _row(data: OutcomeData, change: pd.Series) -> Row:
    cells = [Cell(_judgement(data, change), "judge"), _source(data, change)]
    return Row(_head(data, change), cells, more=own(data, said_of(data, change)))


def said_of(data: OutcomeData, change: pd.Series) -> OwnWords | None:
    """The unit's own words in the report, where a goal is not wholly met or is contradicted."""
    if not change["report_ids"]:
        return None
    goal = data.rows[change["report_ids"][0]]
    return own_words.of_goal(goal, data.report.passages, data.report.beside)


def _source(data: OutcomeData, change: pd.Series) -> Cell:
    return Cell(places(data, change), labelled=False)


def _head(data: OutcomeData, change: pd.Series) -> Html:
    above = element("span", _where(change), class_="lvl")
    if change["change"] == "reworded":
        return above + wordings(str(change["plan_title"]), str(change["report_title"])) + doubts(data, change)
    ids = [*change["plan_ids"], *change["report_ids"]]
    shown = under(only_title(change), corrected(data, ids, "title"))
    note = "Står under ett annat KF-mål i planen." if change["moved"] else ""
    moved = element("span", note, class_="lvl") if note else Html("")
    return above + shown + moved + candidates(data, change, "title") + doubts(data, change)


def _where(change: pd.Series) -> str:
    """Level, and the council's area that a goal stands under."""
    level = vocabulary.label("level", str(change["level"]))
    known = pd.notna(change["area_code"]) and change["level"] in ("board", "unit")
    return f"{level}, KF-mål {change['area_code']}" if known else level


def only_title(change: pd.Series) -> str:
    """The title of a row that has one wording, or stands in one document."""
    return str(change["report_title"] if pd.isna(change["plan_title"]) else change["plan_title"])


def wordings(plan: str, report: str) -> Html:
    """Both wordings, named."""
    return join(
        element("span", element("span", f"{which}: ", class_="muted") + text, class_="wording")
        for which, text in (("I planen", plan), ("I rapporten", report))
    )


def candidates(data: OutcomeData, change: pd.Series, column: str) -> Html:
    """What a row that is unclear may be in the other document."""
    if not change["candidates"]:
        return Html("")
    named = [
        Html("”{}” ({})").format(str(data.rows[row_id][column]), place(data, row_id))
        for row_id in change["candidates"]
    ]
    said = Html("Kan vara {}.").format(join(named, " eller "))
    return element("span", said, class_="lvl")


def _judgement(data: OutcomeData, change: pd.Series) -> Html:
    if not change["report_ids"]:
        return missing("målet finns inte i rapporten")
    judged = chip(change["status"])
    return under(judged, corrected(data, change["report_ids"], "status"))


def count_of(changes: pd.DataFrame, level: str) -> dict[str, int]:
    """The counts of one level, also where it has none."""
    counts = level_counts(changes)
    here = counts[counts["level"] == level]
    names = ["planned", "reported", *CHANGES[:-1], "unclear_plan", "unclear_report"]
    return {name: int(here.iloc[0][name]) if len(here) else 0 for name in names}
