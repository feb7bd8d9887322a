"""Targets: set, moved, or never reported."""

from __future__ import annotations

import pandas as pd

from vbdata.plot.formats import EN_DASH
from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.pages.outcome.goals import candidates
from vbdata.render.pages.outcome.grouping import target_group
from vbdata.render.pages.outcome.places import corrected, doubts, places
from vbdata.render.parts import words
from vbdata.render.parts.components import empty, lead, section
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import measured_in, value_cell

NONE = "Varken planen eller rapporten har indikatorer som har kunnat läsas."
GROUPS = (
    ("moved", "Årsmålet är ett annat i rapporten"),
    ("no_row", "Indikatorn finns inte i rapporten"),
    ("removed", "Årsmålet saknas i rapporten"),
    ("unclear", "Går inte säkert att para ihop eller jämföra"),
    ("set", "Årsmålet står bara i rapporten"),
    ("same", "Samma årsmål i plan och rapport"),
    ("none", "Eget årsmål saknas i båda"),
    ("added", "Indikatorn finns bara i rapporten"),
)
"""In the order that a reader needs them."""


def targets(data: OutcomeData) -> Block:
    """Every indicator of both documents, by what became of its target."""
    if data.targets.empty:
        return section("arsmal", "Årsmål", empty(NONE))
    said = ["Enhetens egna årsmål i planen bredvid dem i rapporten, och utfallet."]
    if (data.targets["reported"] == "no_value").any():
        said.append("Där utfallet är ett streck har rapporten raden men inget utfall.")
    return section("arsmal", "Årsmål", lead(*said), _table(data))


def _table(data: OutcomeData) -> Html:
    columns = [
        Column("Indikator"),
        Column("Mål i planen", "num"),
        Column("Mål i rapporten", "num"),
        Column("Utfall", "num"),
        Column("KF:s årsmål", "num"),
        Column("Källa", "src"),
    ]
    belongs = data.targets.apply(target_group, axis=1)
    short = words.short_names(data.targets["name"])
    groups = [
        Group([_row(data, row, short) for _, row in data.targets[belongs == code].iterrows()], head)
        for code, head in GROUPS
    ]
    note = f"{EN_DASH} betyder att uppgiften saknas i dokumentet. Tal visas med högst en decimal."
    caption = "Indikatorer efter vad som hände med årsmålet"
    return table(caption, columns, groups, note=note, css="stack grid3 g4 dec")


def _row(data: OutcomeData, change: pd.Series, short: dict[str, str]) -> Row:
    plan = data.rows[change["plan_ids"][0]] if change["plan_ids"] else None
    report = data.rows[change["report_ids"][0]] if change["report_ids"] else None
    council = data.rows[(change["report_ids"] or change["plan_ids"])[0]]
    parts = [
        measured_in(council["measure_unit"]),
        _verdict(change, plan, report),
    ]
    parts += [candidates(data, change, "name"), doubts(data, change)]
    cells = [
        _cell(data, plan, "target"),
        _cell(data, report, "target"),
        _cell(data, report, "value", strong=True),
        _cell(data, council, "council_target"),
        Cell(places(data, change), labelled=False),
    ]
    return Row(Html("{}{}").format(short[str(change["name"])], join(parts)), cells)


def _cell(data: OutcomeData, row: pd.Series | None, column: str, strong: bool = False) -> Cell:
    if row is None:
        return Cell(missing("raden finns inte i dokumentet"))
    names = [column] if column == "value" else [column, f"{column}_rule"]
    return Cell(under(value_cell(row, column, strong), corrected(data, [str(row["row_id"])], *names)))


def _verdict(change: pd.Series, plan: pd.Series | None, report: pd.Series | None) -> Html:
    """What is said under the name: the outcome against the target, and a council target that moved."""
    lines = []
    if report is not None and pd.notna(report["attainment"]):
        missed = report["attainment"] == "not_met"
        css = "verdict miss" if missed else "verdict"
        lines.append(element("span", words.verdict(report), class_=css))
    if plan is not None and report is not None and change["council_change"] == "moved":
        before, after = (words.value_text(row, "council_target") for row in (plan, report))
        said = f"KF:s årsmål är {before} i planen och {after} i rapporten"
        lines.append(element("span", said, class_="verdict"))
    return join(lines)
