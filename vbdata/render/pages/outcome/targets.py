"""Targets: set, moved, or never reported."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse import own_words
from vbdata.analyse.attention import sexes_missing
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import EN_DASH, counted, in_words, sentence
from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.pages.outcome.goals import candidates
from vbdata.render.pages.outcome.grouping import target_group
from vbdata.render.pages.outcome.places import corrected, doubts, in_doubt, own, places
from vbdata.render.parts import words
from vbdata.render.parts.components import details, empty, lead, section
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import measured_in, value_cell

NONE = "Varken planen eller rapporten har indikatorer som har kunnat läsas."
GROUPS = (
    ("missed", "Når inte årsmålet"),
    ("moved", "Årsmålet är ett annat i rapporten"),
    ("no_row", "Indikatorn finns inte i rapporten"),
    ("removed", "Årsmålet saknas i rapporten"),
    ("unclear", "Går inte säkert att para ihop eller jämföra"),
    ("set", "Årsmålet står bara i rapporten"),
    ("council", "Årsmålet är det som KF har i planen"),
    ("same", "Samma årsmål i plan och rapport"),
    ("none", "Eget årsmål saknas i båda"),
    ("added", "Indikatorn finns bara i rapporten"),
)
"""In the order that a reader needs them."""
QUIET = ("set", "council", "same", "none", "added")
"""Groups whose rows are folded where they reach their target and nothing is in doubt."""


def targets(data: OutcomeData) -> Block:
    """Every indicator of both documents: those that miss or changed first, the rest to open."""
    if data.targets.empty:
        return section("indikatorer", "Årsmål", empty(NONE))
    belongs = data.targets.apply(lambda change: _group_of(data, change), axis=1)
    quiet = belongs.isin(QUIET) & ~data.targets.apply(lambda change: _in_sight(data, change), axis=1)
    content = [lead(*_lead(data, data.targets[quiet]))]
    if (~quiet).any():
        content.append(
            _table(data, data.targets[~quiet], belongs, "Indikatorer som skiljer sig eller är osäkra")
        )
    if quiet.any():
        rest = _table(data, data.targets[quiet], belongs, "Indikatorer efter vad som hände med årsmålet")
        count = counted(int(quiet.sum()), "indikator", "indikatorer")
        content.append(details(f"Visa {count} {'till' if (~quiet).any() else ''}".rstrip(), rest))
    return section("indikatorer", "Årsmål", *content)


def report_row(data: OutcomeData, change: pd.Series) -> pd.Series | None:
    """The indicator as the report has it."""
    return data.rows[change["report_ids"][0]] if change["report_ids"] else None


def missed(data: OutcomeData, change: pd.Series) -> bool:
    """Whether the outcome does not reach the report's target."""
    row = report_row(data, change)
    return row is not None and str(row["attainment"]) == "not_met"


def _group_of(data: OutcomeData, change: pd.Series) -> str:
    """What happened to the target; a missed one first of all, unless it moved."""
    group = target_group(change)
    return "missed" if group in QUIET and missed(data, change) else group


def _in_sight(data: OutcomeData, change: pd.Series) -> bool:
    """A row that is in doubt, or where women or men miss a target that the total reaches."""
    row = report_row(data, change)
    return in_doubt(data, change) or (row is not None and bool(sexes_missing(row)))


def _lead(data: OutcomeData, folded: pd.DataFrame) -> list[str]:
    said = ["Enhetens egna årsmål i planen bredvid dem i rapporten, och utfallet."]
    if (data.targets["reported"] == "no_value").any():
        said.append("Där utfallet är ett streck har rapporten raden men inget utfall.")
    rows = [report_row(data, change) for _, change in folded.iterrows()]
    met = sum(row is not None and str(row["attainment"]) == "met" for row in rows)
    if met:
        noun = "indikator" if met == 1 else "indikatorer"
        said.append(f"{sentence(in_words(met))} {noun} som når årsmålet är hopfällda under tabellen.")
    return said


def _table(data: OutcomeData, changes: pd.DataFrame, belongs: pd.Series[str], caption: str) -> Html:
    columns = [
        Column("Indikator"),
        Column("Mål i planen", "num"),
        Column("Mål i rapporten", "num"),
        Column("Utfall", "num"),
        Column("KF:s årsmål", "num"),
        Column("Källa", "src"),
    ]
    short = words.short_names(data.targets["name"])
    groups = [
        Group([_row(data, row, short) for _, row in changes[belongs[changes.index] == code].iterrows()], head)
        for code, head in GROUPS
    ]
    note = f"{EN_DASH} betyder att uppgiften saknas i tabellen. Tal visas med högst en decimal."
    return table(caption, columns, groups, note=note, css="stack grid3 g4 dec")


def _row(data: OutcomeData, change: pd.Series, short: dict[str, str]) -> Row:
    plan = data.rows[change["plan_ids"][0]] if change["plan_ids"] else None
    report = report_row(data, change)
    council = data.rows[(change["report_ids"] or change["plan_ids"])[0]]
    parts = [
        measured_in(council),
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
    head = Html("{}{}").format(short[str(change["name"])], join(parts))
    return Row(head, cells, more=own(data, said_of(data, change)))


def said_of(data: OutcomeData, change: pd.Series) -> OwnWords | None:
    """The unit's own words in the report, where a target is missed or a number is in doubt."""
    row = report_row(data, change)
    return None if row is None else own_words.of_indicator(row, data.report.beside)


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
