"""The unit's own words: which stand on the page, and how they are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from vbdata.analyse import own_words
from vbdata.analyse.attention import DISOWNED, TEXT_COUNTS, UNEXPLAINED
from vbdata.analyse.findings import quotes
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import number, sentence
from vbdata.render.parts import sources, words
from vbdata.render.parts.components import details, finding_link
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element, join
from vbdata.vocabulary import key, sections


def quoted(said: OwnWords) -> Html:
    """The words with the way to their place on the page."""
    return sources.quoted(said, sources.link(sources.words_source(said)))


def said(words_: OwnWords, *more: Html) -> Html:
    """The words alone with the way to their place and `more`: for a sentence that says whose they are."""
    place = sources.link(sources.words_source(words_))
    return Html("”{}” ({})").format(words_.quote.rstrip("."), join([place, *more], ", "))


def under(said: OwnWords | None) -> Html:
    """The same on lines of its own, the rest to open."""
    if said is None:
        return Html("")
    longer = len(said.text) > len(said.quote)
    rest = details("Läs hela analysen", element("p", said.text)) if longer else Html("")
    return element("div", element("p", quoted(said)) + rest, class_="own")


def of_goal(data: UnitData, goal: pd.Series) -> OwnWords | None:
    """See `own_words.of_goal`; on a page that is passed on none, like the others."""
    return None if data.profile.shared else own_words.of_goal(goal, data.passages, data.beside)


def why_and_done(
    data: UnitData, why: Callable[[UnitData, pd.Series], OwnWords | None], rows: pd.DataFrame
) -> list[OwnWords]:
    """Of each row the unit's words about why, and about what is done; see `own_words.acted`."""
    told = [(why(data, row), row) for _, row in rows.iterrows()]
    pairs = [(said, own_words.acted(said)) for said, row in told if said is not None]
    return [each for pair in pairs for each in pair if each is not None]


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


def reservation(data: UnitData) -> OwnWords | None:
    """The unit's words about numbers that it does not wholly trust, where they are the same for all."""
    mine = disowned(data)
    if mine.empty or data.profile.shared:
        return None
    said = [own_words.reservation(row, data.passages) for _, row in mine.iterrows()]
    return said[0] if all(each == said[0] for each in said) else None


def of_cases(data: UnitData, question: str) -> OwnWords | None:
    """See `own_words.of_cases`."""
    return None if data.profile.shared else own_words.of_cases(question, data.passages)


def text_counts(data: UnitData) -> Html:
    """That the text counts other complaints than the form does, with its mark."""
    found = data.findings[data.findings["code"] == TEXT_COUNTS]
    if found.empty or data.profile.shared:
        return Html("")
    return Html("{} ({}).").format(words.finding_words(found.iloc[0]), finding_link(found.iloc[0]))


def money(data: UnitData) -> list[OwnWords]:
    """What the text says of its money elsewhere, where the sections about it say nothing."""
    if data.profile.shared or data.is_plan or economy(data) is not None:
        return []
    return own_words.money(data.passages, data.goals, data.beside)


def texts_of(data: UnitData, said: OwnWords) -> list[str]:
    """Ids of the texts that hold a quote, whose doubts are doubts about it."""
    mine = [said.quote in str(text) for text in data.passages["text"]]
    return [str(each) for each in data.passages.loc[mine, "row_id"]]


def economy_blank(data: UnitData) -> pd.Series | None:
    """The finding that headings about money have nothing under them, where no other text tells of it."""
    found = data.findings[data.findings["code"] == "section_empty"]
    money = [each for each in sections() if each.code in own_words.ECONOMY]
    known = {key(name) for each in money for name in (each.label, *each.printed)}
    told = [any(key(name) in known for name in quotes(row["message"])) for _, row in found.iterrows()]
    return found[told].iloc[0] if any(told) and economy(data) is None else None


def served(data: UnitData) -> list[tuple[str, Html]]:
    """How many the unit serves, under what it calls them, with its line."""
    found = _served(data)
    if found is None:
        return []
    place = sources.link(sources.words_source(own_words.sentence_of(found)))
    name = sentence(str(found["subject"]).split()[-1])
    return [(name, Html("{} ({})").format(number(float(found["value"])), place))]


def _served(data: UnitData) -> pd.Series | None:
    return None if data.profile.shared else own_words.served(data.passages, data.quantities)


def cited(data: UnitData) -> list[sources.Source]:
    """All that the page quotes, line by line."""
    people = _served(data)
    said = [
        economy(data),
        *money(data),
        reservation(data),
        *[of_cases(data, question) for question in own_words.CASES],
        None if people is None else own_words.sentence_of(people),
        *why_and_done(data, of_goal, data.goals[data.goals["level"] == "unit"]),
        *why_and_done(data, of_indicator, data.indicators),
        *[of_activity(data, row) for _, row in data.activities.iterrows()],
    ]
    lines: dict[str, list[OwnWords]] = {}
    for each in dict.fromkeys(each for each in said if each is not None):
        lines.setdefault(sources.words_source(each).anchor, []).append(each)
    return [_of_line(sorted(each, key=lambda one: one.text.find(one.quote))) for each in lines.values()]


def _of_line(said: list[OwnWords]) -> sources.Source:
    quotes = dict.fromkeys(each.quote for each in said)
    return replace(sources.words_source(said[0]), verbatim=" […] ".join(quotes))
