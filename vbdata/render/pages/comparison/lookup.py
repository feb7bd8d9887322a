"""For many units: every judgement and every value, a row per unit."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.plot.formats import EN_DASH, number
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.panels import common_indicators, drawn_rows, panel_names
from vbdata.render.pages.comparison.units import corrected, each
from vbdata.render.parts.components import STATUS_ORDER, chip, details, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, hidden, join, missing
from vbdata.render.parts.sources import goal_source
from vbdata.render.parts.tables import Cell, Column, Group, Row, scrolling, swipe, table
from vbdata.render.parts.values import value_cell

WIDE = " Tabellen är bred och rullas i sidled."


def lookup(data: YearData) -> Block:
    """«Enhet för enhet»; nothing where the units fit as columns above."""
    if not data.many:
        return Block(Html(""), "none")
    values = details("Visa alla värden och årsmål, enhet för enhet", _values(data))
    return section(
        "varden", "Enhet för enhet", _goals(data), element("div", values, class_="after"), css="wide"
    )


def _goals(data: YearData) -> Html:
    """A row per unit: its goals under each judgement by the council's number, those wholly met counted."""
    statuses = [status for status in STATUS_ORDER if status != "met"]
    heads = [
        Column("Enhet"),
        *[Column(vocabulary.label("status", s), "", chip(s, short=True)) for s in statuses],
    ]
    heads.append(Column(vocabulary.label("status", "met"), "num", chip("met", short=True)))
    goals = data.goals[data.goals["level"] == "unit"]
    rows = []
    for report in each(data):
        mine = goals[goals["report_id"] == report["report_id"]]
        status = mine["status"].astype("string")
        cells = [Cell(_codes(data, mine[status.eq(s).fillna(False)], report)) for s in statuses]
        met = int(status.eq("met").fillna(False).sum())
        rows.append(Row(units.head(data, report), [*cells, Cell(number(met) + _doubted(data, mine, report))]))
    note = Html(
        "Bokstavsordning. Siffrorna är KF-målens nummer, deras namn står i figuren ovan; varje nummer leder "
        "till målet på enhetens sida. I sista kolumnen är det antal mål.{}"
    ).format(swipe())
    content = table("Enhetsmålens bedömning per enhet", heads, [Group(rows)], note=note, css="mx names")
    return scrolling(content, "Bedömning per enhet")


def _codes(data: YearData, goals: pd.DataFrame, report: pd.Series) -> Html:
    """The goals by the council's number, each leading to its row, with its doubts."""
    if goals.empty:
        return missing("inget mål")
    shown = []
    for _, goal in goals.iterrows():
        code = "utan nummer" if pd.isna(goal["area_code"]) else str(goal["area_code"])
        place = link(units.page(data, report, f"#k-{goal_source(goal).anchor}"), code)
        shown.append(place + _marks(data, goal, report))
    return join(shown, ", ")


def _doubted(data: YearData, goals: pd.DataFrame, report: pd.Series) -> Html:
    """Goals that are said to be wholly met while something speaks against it."""
    met = goals[goals["status"].astype("string").eq("met").fillna(False)]
    return join([_marks(data, goal, report) for _, goal in met.iterrows()])


def _marks(data: YearData, goal: pd.Series, report: pd.Series) -> Html:
    goal_id = str(goal["goal_id"])
    doubts = units.doubts(data, report, [goal_id], short=True)
    return (
        Html(" ") + doubts + corrected(data, report, [goal_id], "status")
        if doubts
        else corrected(data, report, [goal_id], "status")
    )


def _value(data: YearData, report: pd.Series, row: pd.Series | None, column: str) -> Html:
    if row is None:
        return missing()
    row_id = str(row["row_id"])
    marks = units.doubts(data, report, [row_id], [column], short=True)
    marks += corrected(data, report, [row_id], column)
    return Html("{}{}").format(value_cell(row, column, strong=column == "value"), marks)


def _values(data: YearData) -> Html:
    common = common_indicators(data)
    if common.empty:
        return Html("")
    drawn = drawn_rows(data, common)
    panels = panel_names(common)
    heads = [Column("Enhet")]
    for panel in panels.values():
        heads += [
            Column(panel, "num"),
            Column(f"Årsmål för {panel}", "num", "Årsmål" + hidden(f" för {panel}")),
        ]
    rows = []
    first = drawn.drop_duplicates(["report_id", "indicator_id"])
    values = {(row["report_id"], row["indicator_id"]): row for _, row in first.iterrows()}
    for report in each(data):
        cells = []
        for indicator_id in panels:
            row = values.get((report["report_id"], indicator_id))
            for column in ("value", "target"):
                cells.append(Cell(_value(data, report, row, column)))
        rows.append(Row(units.head(data, report, "#indikatorer"), cells))
    note = (
        f"Bokstavsordning. {EN_DASH} betyder att uppgiften saknas i tabellen. Källan till varje värde "
        f"står på enhetens sida.{WIDE}"
    )
    content = table("Alla värden per enhet", heads, [Group(rows)], note=note, css="mx dec")
    return scrolling(content, "Alla värden per enhet")
