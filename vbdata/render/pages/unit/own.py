"""The unit's own words: which stand on the page, and how they are shown."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse import own_words
from vbdata.analyse.attention import DISOWNED, UNEXPLAINED, contradicts
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import number, sentence
from vbdata.render.parts import sources, words
from vbdata.render.parts.components import details
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element
from vbdata.vocabulary import key, sections


def quoted(said: OwnWords, returns: bool = True) -> Html:
    """The words with the way to their place on the page."""
    return sources.quoted(said, sources.link(sources.words_source(said), returns))


def under(said: OwnWords | None, returns: bool = True) -> Html:
    """The same on lines of its own, the rest to open."""
    if said is None:
        return Html("")
    longer = len(said.text) > len(said.quote)
    rest = details("Läs hela analysen", element("p", said.text)) if longer else Html("")
    return element("div", element("p", quoted(said, returns)) + rest, class_="own")


def of_goal(data: UnitData, goal: pd.Series) -> OwnWords | None:
    """See `own_words.of_goal`; on a page that is passed on none, like the others."""
    return None if data.profile.shared else own_words.of_goal(goal, data.passages, data.beside)


def contradicted(data: UnitData, goal_id: str) -> list[int]:
    """Numbers of the findings that set something against a goal's judgement."""
    return [int(n) for n in data.findings.loc[contradicts(data.findings, goal_id), "number"]]


def of_indicator(data: UnitData, row: pd.Series) -> OwnWords | None:
    """See `own_words.of_indicator`."""
    return None if data.profile.shared else own_words.of_indicator(row, data.beside)


def unexplained(data: UnitData, row_id: str) -> pd.Series | None:
    """The finding that an analysis does not mention that the target is missed."""
    found = data.findings[(data.findings["code"] == UNEXPLAINED) & (data.findings["row_id"] == row_id)]
    return found.iloc[0] if len(found) else None


def of_activity(data: UnitData, row: pd.Series) -> OwnWords | None:
    """See `own_words.of_activity`."""
    return None if data.profile.shared else own_words.of_activity(row, data.beside)


def disowned(data: UnitData) -> pd.DataFrame:
    """Findings about numbers that the unit's text has reservations about, one per reservation."""
    return data.findings[data.findings["code"] == DISOWNED]


def economy(data: UnitData) -> OwnWords | None:
    """What the text says of its money."""
    return None if data.profile.shared else own_words.economy(data.passages, data.beside)


def economy_blank(data: UnitData) -> pd.Series | None:
    """The finding that headings about money have nothing under them, where no other text tells of it."""
    found = data.findings[data.findings["code"] == "section_empty"]
    money = [each for each in sections() if each.code in own_words.ECONOMY]
    known = {key(name) for each in money for name in (each.label, *each.printed)}
    told = [any(key(name) in known for name in words.quotes(row["message"])) for _, row in found.iterrows()]
    return found[told].iloc[0] if any(told) and economy(data) is None else None


def served(data: UnitData) -> list[tuple[str, Html]]:
    """How many the unit serves, under what it calls them, with its line."""
    found = None if data.profile.shared else own_words.served(data.passages, data.quantities)
    if found is None:
        return []
    place = sources.link(sources.words_source(own_words.sentence_of(found)))
    name = sentence(str(found["subject"]).split()[-1])
    return [(name, Html("{} ({})").format(number(float(found["value"])), place))]


def cited(data: UnitData) -> list[OwnWords]:
    """All that the page quotes, each text once."""
    found = None if data.profile.shared else own_words.served(data.passages, data.quantities)
    said = [
        economy(data),
        None if found is None else own_words.sentence_of(found),
        *[of_goal(data, row) for _, row in data.goals[data.goals["level"] == "unit"].iterrows()],
        *[of_indicator(data, row) for _, row in data.indicators.iterrows()],
        *[of_activity(data, row) for _, row in data.activities.iterrows()],
    ]
    texts = sorted((each for each in said if each is not None), key=lambda each: len(each.text))
    return list({sources.words_source(each).anchor: each for each in texts}.values())
