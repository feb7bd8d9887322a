"""Goals and judgements: the council's area as a heading, the board's goal, the unit's goals under it."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.goals import JUDGED
from vbdata.plot.formats import counted, in_words, listed, sentence
from vbdata.render.pages.unit import own
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.parts import sources, words
from vbdata.render.parts.components import chip, details, empty, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

EN_SPACE = "\u2002"
UPPER = ("direction", "area")


def goals(data: UnitData) -> Block:
    """The goal tree as a table."""
    heading = "Mål" if data.is_plan else "Mål och bedömningar"
    if data.goals.empty:
        return section("mal", heading, empty("Dokumentet har inga mål som har kunnat läsas."))
    shown = _shown(data)
    rest = data.goals[(data.goals["level"] == "board") & ~data.goals["goal_id"].isin(shown["goal_id"])]
    content = _table(data, shown) if len(shown) else empty("Dokumentet har inga enhetsmål.")
    return section("mal", heading, lead(*_lead(data)), content, _folded(data, rest))


def _shown(data: UnitData) -> pd.DataFrame:
    """The unit's goals, and those of the board that somebody has judged or that are doubted."""
    rows = data.goals[~data.goals["level"].isin(UPPER)]
    said = rows["status"].isin(JUDGED) | rows["goal_id"].isin(sources.doubted(data))
    bare = ~rows["area_id"].isin(rows.loc[rows["level"] == "unit", "area_id"])
    if not _upper_judged(data):
        bare = bare & False
    return rows[(rows["level"] == "unit") | said | bare]


def _folded(data: UnitData, board: pd.DataFrame) -> Html:
    """The board's goals that nobody has judged."""
    if board.empty:
        return Html("")
    heads = [Column("Nämndmål"), Column("KF-mål"), Column("Källa", "src")]
    groups = [
        Group([_board_row(data, goal) for _, goal in part.iterrows()], _direction(data, str(direction)))
        for direction, part in board.groupby(board["direction_id"].fillna(""), sort=False)
    ]
    content = table("Nämndmål i dokumentets ordning", heads, groups)
    without = "" if data.is_plan else " utan bedömning"
    return details(f"Visa {counted(len(board), 'nämndmål', 'nämndmål')}{without}", content)


def _board_row(data: UnitData, goal: pd.Series) -> Row:
    code = "" if pd.isna(goal["area_code"]) else f"{goal['area_code']} "
    above = missing() if pd.isna(goal["area_title"]) else f"{code}{goal['area_title']}"
    place = Cell(sources.link(sources.goal_source(goal)), labelled=False)
    return Row(under(str(goal["title"]), _none(data, goal)), [Cell(above, "full"), place])


def _direction(data: UnitData, goal_id: str) -> str | None:
    """The council's overall goal above some others, in words."""
    if not goal_id:
        return None
    goal = _goal(data, goal_id)
    code = "" if pd.isna(goal["code"]) else f" {goal['code']}"
    return f"Inriktningsmål{code}: {goal['title']}"


def _printed(goal: pd.Series) -> Html:
    """The document's own words for Inga data, where they are others."""
    if goal["status"] is pd.NA or goal["status"] != "no_data":
        return Html("")
    told = words.no_data(goal.to_frame().T)
    return element("span", told[told.index("(") :], class_="lvl") if "(" in told else Html("")


def _none(data: UnitData, goal: pd.Series) -> Html:
    own_goals = (data.goals["level"] == "unit") & (data.goals["board_id"] == goal["goal_id"])
    if goal["level"] != "board" or own_goals.any():
        return Html("")
    return element("span", "Enheten har inget eget mål här.", class_="lvl")


def _lead(data: UnitData) -> list[str]:
    if data.is_plan:
        ours = "" if data.profile.shared else "Målen står ordagrant som i planen. "
        return [f"{ours}En plan har inga bedömningar."]
    statuses = (data.corrections["table"] == "goals") & (data.corrections["column"] == "status")
    but = ", utom där det står Rättad" if statuses.any() else ""
    sentences = [f"Bedömningarna är enhetens egna{but}."]
    board = data.goals[data.goals["level"] == "board"]
    without = int((board["status"] == "no_data").sum())
    if without and without == len(board):
        sentences.append(f"Alla nämndmål har bedömningen {words.no_data(board)}.")
    elif without:
        sentences.append(
            f"{sentence(in_words(without, neuter=True))} nämndmål har bedömningen {words.no_data(board)}."
        )
    if not _upper_judged(data):
        upper = data.goals[data.goals["level"].isin(UPPER)]
        said = (
            f"är bedömningen {words.no_data(upper)}"
            if upper["status"].notna().any()
            else "gör dokumentet ingen bedömning"
        )
        sentences.append(f"På kommunfullmäktiges (KF:s) två målnivåer {said}.")
    return sentences


def _upper_judged(data: UnitData) -> bool:
    """Whether the document judges any of the council's own goals."""
    upper = data.goals[data.goals["level"].isin(UPPER)]
    return bool(upper["status"].isin(JUDGED).any())


def _table(data: UnitData, rows: pd.DataFrame) -> Html:
    columns = [Column("Mål"), Column("Bedömning"), Column("Källa", "src")]
    if data.is_plan:
        del columns[1]
    groups, direction = [], None
    keys = rows["area_id"].fillna("").astype(str)
    for area_id in dict.fromkeys(keys):
        part = rows[keys == area_id]
        head, direction = _heading(data, area_id, part, direction)
        if _upper_judged(data) or data.is_plan:
            groups.append(Group([_row(data, row) for _, row in part.iterrows()], head))
        else:  # what stands above a goal has no judgement of its own
            above = element("span", head, class_="lvl")
            groups.append(Group([_row(data, row, above) for _, row in part.iterrows()]))
    caption = "Enhetens mål i dokumentets ordning"
    return table(caption, columns, groups, note=_note(data), css="stack judged")


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
    if current is not None and current != direction and _upper_judged(data):
        above_all = element("small", str(_direction(data, current)), class_="dir")
        parts.append(above_all + _upper_chip(data, _goal(data, current)))
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


def _row(data: UnitData, goal: pd.Series, above: str = "") -> Row:
    """A goal and what is `above` it; the unit's own words where it falls short or is contradicted."""
    board = goal["level"] == "board"
    level = element("span", vocabulary.label("level", "board"), class_="lvl") if board else Html("")
    mine = [str(goal["goal_id"])]
    links = finding_links(data, mine)
    judgement = under(under(chip(goal["status"]), _printed(goal)), corrected(data, mine, "status"))
    judgement = under(judgement, links)
    cells = [Cell(judgement, "judge", labelled=False)] if not data.is_plan else []
    title = under(str(goal["title"]), corrected(data, mine, "title"))
    about = Html("<br>") + links if links and data.is_plan else Html("")
    head = level + title + above + _none(data, goal) + about
    place = Cell(sources.link(sources.goal_source(goal)), labelled=False)
    return Row(head, [*cells, place], more=own.under(own.of_goal(data, goal)))
