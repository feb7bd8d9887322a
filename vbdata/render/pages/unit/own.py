"""The unit's own words: which stand on the page, and how they are shown."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse import own_words
from vbdata.analyse.attention import DISOWNED, JUDGEMENT, sexes_missing
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import number, sentence
from vbdata.render.parts import sources
from vbdata.render.parts.components import details
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element


def quoted(said: OwnWords, returns: bool = True) -> Html:
    """«Enheten: ”…” (rad 7)», inside a sentence."""
    place = sources.link(sources.words_source(said), returns)
    return Html("Enheten: ”{}” ({})").format(said.first, place)


def under(said: OwnWords | None, returns: bool = True) -> Html:
    """The same on lines of its own, the rest to open."""
    if said is None:
        return Html("")
    rest = details("Läs resten", element("p", said.rest)) if said.rest else Html("")
    return element("div", element("p", quoted(said, returns)) + rest, class_="own")


def of_goal(data: UnitData, goal: pd.Series) -> OwnWords | None:
    """Where a goal of the unit is not wholly met, or its judgement is doubted."""
    short = pd.notna(goal["status"]) and goal["status"] in ("partly_met", "not_met")
    if data.profile.shared or not (short or contradicted(data, str(goal["goal_id"]))):
        return None
    return own_words.said_of_goal(data.passages, str(goal["goal_id"]))


def contradicted(data: UnitData, goal_id: str) -> list[int]:
    """Numbers of the findings that set something against a goal's judgement."""
    mine = data.findings[data.findings["check"] & data.findings["gravity"].ge(JUDGEMENT).fillna(False)]
    return [int(n) for n in mine.loc[mine["row_id"] == goal_id, "number"]]


def of_indicator(data: UnitData, row: pd.Series) -> OwnWords | None:
    """Where an indicator misses its target, for all or for women or men, or is doubted."""
    missed = pd.notna(row["attainment"]) and row["attainment"] == "not_met"
    if data.profile.shared or not (missed or sexes_missing(row) or _doubted(data, str(row["row_id"]))):
        return None
    return own_words.said_of_row(row)


def of_activity(data: UnitData, row: pd.Series) -> OwnWords | None:
    """Where an activity deviates or is doubted."""
    if data.profile.shared or not (row["deviation"] or _doubted(data, str(row["row_id"]))):
        return None
    return own_words.said_of_row(row)


def _doubted(data: UnitData, row_id: str) -> bool:
    return bool((data.findings["check"] & (data.findings["row_id"] == row_id)).any())


def disowned(data: UnitData) -> pd.DataFrame:
    """Findings about numbers that the unit's text has reservations about, one per number."""
    return data.findings[data.findings["code"] == DISOWNED].drop_duplicates("row_id")


def economy(data: UnitData) -> OwnWords | None:
    """What the text says of its money."""
    return None if data.profile.shared else own_words.economy(data.passages, data.quantities)


def served(data: UnitData) -> list[tuple[str, Html]]:
    """How many the unit serves, under what it calls them, with its line."""
    found = None if data.profile.shared else own_words.served(data.passages, data.quantities)
    if found is None:
        return []
    place = sources.link(sources.words_source(_sentence(found)))
    name = sentence(str(found["subject"]).split()[-1])
    return [(name, Html("{} ({})").format(number(float(found["value"])), place))]


def _sentence(quantity: pd.Series) -> OwnWords:
    page, line = (None if pd.isna(quantity[each]) else int(quantity[each]) for each in sources.PLACE)
    return OwnWords(str(quantity["sentence"]), "", page, line)


def cited(data: UnitData) -> list[OwnWords]:
    """All that the page quotes, each text once."""
    found = None if data.profile.shared else own_words.served(data.passages, data.quantities)
    said = [
        economy(data),
        None if found is None else _sentence(found),
        *[of_goal(data, row) for _, row in data.goals[data.goals["level"] == "unit"].iterrows()],
        *[of_indicator(data, row) for _, row in data.indicators.iterrows()],
        *[of_activity(data, row) for _, row in data.activities.iterrows()],
    ]
    texts = sorted((each for each in said if each is not None), key=lambda each: len(each.rest))
    return list({sources.words_source(each).anchor: each for each in texts}.values())
