"""Whether it is better than last year, in a sentence for the page's first section."""

from __future__ import annotations

from vbdata.analyse import changes
from vbdata.analyse.disclosure import is_hidden
from vbdata.analyse.indicators import year_changes
from vbdata.analyse.years import changed
from vbdata.plot.formats import in_words, listed, sentence
from vbdata.render.parts import history
from vbdata.render.parts.data import UnitData


def goals(data: UnitData) -> str:
    """How many of the unit's own goals are judged weaker or stronger than last year; else nothing."""
    matched = changes.changes(data.history.goals, data.history.links)
    if matched.empty:
        return ""
    moves, last = changes.moves(changes.transitions(matched, "unit")), int(data.report["year"]) - 1
    if not moves["all"]:
        return ""
    told = [
        f"{in_words(moves[way], neuter=True)} bedöms {word}"
        for way, word in (("down", "svagare"), ("up", "starkare"))
        if moves[way]
    ]
    return f"Mot {last}: {listed(told)}." if told else f"Mot {last}: inget mål bedöms annorlunda."


def indicators(data: UnitData) -> str:
    """How many outcomes have gone the wanted way since last year, and how many the other; else nothing."""
    found = year_changes(data.indicators, data.history.indicators, data.history.links)
    change = found["better_change"].dropna()
    if change.empty:
        return _changed(data)
    told = [
        f"{in_words(int(count))} {word}"
        for count, word in (
            ((change > 0).sum(), "bättre"),
            ((change < 0).sum(), "sämre"),
            ((change == 0).sum(), "oförändrade"),
        )
        if count
    ]
    those = "den" if len(change) == 1 else f"de {in_words(len(change))}"
    some = f", för {those} som går att jämföra" if len(change) < len(found) else ""
    hidden = int(data.indicators[["value_raw", "value_previous_raw"]].map(is_hidden).any(axis=1).sum())
    dark = f" {sentence(in_words(hidden))} är {'dolt' if hidden == 1 else 'dolda'}." if hidden else ""
    return f"Mot {int(data.report['year']) - 1}{some}: {listed(told)}.{dark}"


def _changed(data: UnitData) -> str:
    """Why last year's values, where the report has any, are not compared with."""
    if data.is_plan or data.indicators["value_previous"].isna().all():
        return ""
    year = int(data.report["year"])
    event = changed(str(data.report["unit_id"]), year, data.history.register)
    if event is None:
        return ""
    return f"{history.break_words(event.kind, year)}, så talen jämförs inte med {year - 1}."
