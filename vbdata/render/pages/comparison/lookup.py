"""For many units: every judgement and every value, a row per unit."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse
from vbdata.plot.formats import EN_DASH
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.goals import place_of, unit_goals
from vbdata.render.pages.comparison.panels import common_indicators, drawn_rows, panel_names
from vbdata.render.pages.comparison.units import corrected, each, muted
from vbdata.render.parts.components import chip, details, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, hidden, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, scrolling, swipe, table
from vbdata.render.parts.values import value_cell

WIDE = " Tabellen är bred och rullas i sidled."
MANY_COLUMNS = 9
"""More columns than these do not fit beside each other on a screen."""


def lookup(data: YearData) -> Block:
    """«Enhet för enhet»; nothing where the units fit as columns above."""
    if not data.many:
        return Block(Html(""), "none")
    values = details("Visa alla värden och årsmål, enhet för enhet", _values(data))
    return section(
        "varden", "Enhet för enhet", _goals(data), element("div", values, class_="after"), css="wide"
    )


def _goals(data: YearData) -> Html:
    areas = analyse.goals.areas(data.goals[data.goals["report_id"].isin(data.judged["report_id"])])
    heads = [Column("Enhet")]
    for _, area in areas.iterrows():
        code = "Utan KF-mål" if pd.isna(area["area_code"]) else str(area["area_code"])
        title = "" if pd.isna(area["area_title"]) else str(area["area_title"])
        heads.append(Column(code, "", element("span", code, class_="code") + hidden(f" {title}")))
    found, rows = unit_goals(data), []
    for report in each(data):
        here = [found.get(place_of(area, report), []) for _, area in areas.iterrows()]
        cells = [Cell(_judgements(data, goals, report)) for goals in here]
        rows.append(Row(units.head(data, report), cells))
    note = Html(
        "Bokstavsordning. Helt, Delvis och Inte står för Uppfylls helt, delvis och inte; streck att "
        "enheten inte har något mål där. Siffrorna är KF-målens nummer; deras namn står i figuren ovan.{}"
    ).format(WIDE if len(heads) > MANY_COLUMNS else swipe())
    content = table("Bedömning per enhet och KF-mål", heads, [Group(rows)], note=note, css="mx")
    return scrolling(content, "Bedömning per enhet")


def _judgements(data: YearData, goals: list[pd.Series], report: pd.Series) -> Html:
    if not goals:
        return missing("inget enhetsmål")
    statuses = [goal["status"] for goal in goals]
    chips = [muted("saknas") if pd.isna(status) else chip(str(status), short=True) for status in statuses]
    goal_ids = [str(goal["goal_id"]) for goal in goals]
    doubts = units.doubts(data, report, goal_ids, ["status"], short=True)
    return join(chips, Html("<br>")) + doubts + corrected(data, report, goal_ids, "status")


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
