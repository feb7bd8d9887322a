"""Goals and judgements: the council's area as a heading, the board's goal, the unit's goals under it."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.plot.formats import in_words, listed, sentence
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.parts import sources
from vbdata.render.parts.components import chip, empty, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

EN_SPACE = "\u2002"
UPPER = ("direction", "area")


def goals(data: UnitData) -> Block:
    """The goal tree as a table."""
    heading = "Mål" if data.is_plan else "Mål och bedömningar"
    if data.goals.empty:
        return section("mal", heading, empty("Dokumentet har inga mål som har kunnat läsas."))
    return section("mal", heading, lead(*_lead(data)), _table(data))


def _lead(data: UnitData) -> list[str]:
    if data.is_plan:
        return ["Målen står ordagrant som i planen. En plan har inga bedömningar."]
    statuses = (data.corrections["table"] == "goals") & (data.corrections["column"] == "status")
    but = ", utom där det står Rättad" if statuses.any() else ""
    sentences = [f"Bedömningarna är enhetens egna{but}."]
    board = data.goals[data.goals["level"] == "board"]
    without = int((board["status"] == "no_data").sum())
    if without and without == len(board):
        sentences.append("Alla nämndmål har bedömningen Inga data.")
    elif without:
        sentences.append(f"{sentence(in_words(without, neuter=True))} nämndmål har bedömningen Inga data.")
    if not _upper_judged(data):
        upper = data.goals[data.goals["level"].isin(UPPER)]
        said = (
            "är bedömningen Inga data" if upper["status"].notna().any() else "gör dokumentet ingen bedömning"
        )
        sentences.append(f"På kommunfullmäktiges (KF:s) två målnivåer {said}.")
    return sentences


def _upper_judged(data: UnitData) -> bool:
    """Whether the document judges any of the council's own goals."""
    upper = data.goals[data.goals["level"].isin(UPPER)]
    return bool(upper["status"].isin(["met", "partly_met", "not_met"]).any())


def _table(data: UnitData) -> Html:
    columns = [Column("Mål"), Column("Bedömning"), Column("Källa", "src")]
    if data.is_plan:
        del columns[1]
    rows = data.goals[~data.goals["level"].isin(UPPER)]
    groups, direction = [], None
    keys = rows["area_id"].fillna("").astype(str)
    for area_id in dict.fromkeys(keys):
        part = rows[keys == area_id]
        head, direction = _heading(data, area_id, part, direction)
        groups.append(Group([_row(data, row) for _, row in part.iterrows()], head))
    caption = "Mål i dokumentets ordning" if data.is_plan else "Mål och bedömningar i dokumentets ordning"
    return table(caption, columns, groups, note=_note(data), css="stack goals")


def _note(data: UnitData) -> str:
    """Areas of the document that have no goal of the board or the unit under them."""
    used = set(data.goals.loc[~data.goals["level"].isin(UPPER), "area_id"].dropna())
    areas = data.goals[data.goals["level"] == "area"]
    bare = [str(code) for code in areas.loc[~areas["goal_id"].isin(used), "code"].dropna()]
    return f"KF-mål {listed(bare)} står i dokumentet utan mål under sig." if bare else ""


def _heading(
    data: UnitData, area_id: str, part: pd.DataFrame, direction: str | None
) -> tuple[Html, str | None]:
    """The group's heading, with the direction above it where it is a new one."""
    above = part["direction_id"].dropna()
    current = str(above.iloc[0]) if len(above) else None
    parts = []
    if current is not None and current != direction:
        goal = _goal(data, current)
        code = "" if pd.isna(goal["code"]) else f" {goal['code']}"
        parts.append(
            element("small", f"Inriktningsmål{code}: {goal['title']}", class_="dir") + _upper_chip(data, goal)
        )
    if area_id:
        goal = _goal(data, area_id)
        code = "" if pd.isna(goal["code"]) else f"{goal['code']}{EN_SPACE}"
        parts.append(Html("{}{}").format(code, goal["title"]) + _upper_chip(data, goal))
    elif current is None:
        parts.append(Html("Mål som inte står under något KF-mål i dokumentet"))
    else:
        parts.append(Html("Direkt under inriktningsmålet"))
    return join(parts), current


def _goal(data: UnitData, goal_id: str) -> pd.Series:
    return data.goals[data.goals["goal_id"] == goal_id].iloc[-1]


def _upper_chip(data: UnitData, goal: pd.Series) -> Html:
    if data.is_plan or not _upper_judged(data):
        return Html("")
    return Html(" ") + chip(goal["status"])


def _row(data: UnitData, goal: pd.Series) -> Row:
    level = element("span", vocabulary.label("level", str(goal["level"])), class_="lvl")
    own = (data.goals["level"] == "unit") & (data.goals["board_id"] == goal["goal_id"])
    none = goal["level"] == "board" and not own.any()
    note = element("span", "Enheten har inget eget mål här.", class_="lvl") if none else Html("")
    indent = "indent" if goal["level"] == "unit" and pd.notna(goal["board_id"]) else ""
    judged = chip(goal["status"])
    links = finding_links(data, [str(goal["goal_id"])])
    judgement = under(under(judged, corrected(data, [goal["goal_id"]], "status")), links)
    cells = [Cell(judgement, "judge", labelled=False)] if not data.is_plan else []
    title = under(str(goal["title"]), corrected(data, [goal["goal_id"]], "title"))
    head = level + title + note + (Html("<br>") + links if links and data.is_plan else Html(""))
    return Row(head, [*cells, Cell(sources.link(sources.goal_source(goal)), labelled=False)], indent)
