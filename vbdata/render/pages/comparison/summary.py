"""«Läget i korthet» of a year's units."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse
from vbdata.plot.formats import counted, in_words, listed, sentence
from vbdata.render.pages.comparison.gaps import findings_of, gap_list
from vbdata.render.parts import shared, words
from vbdata.render.parts.components import BRIEF, Statement, callout, chips, section, three
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, element
from vbdata.render.parts.words import counted_units

MOST_NAMED = 2


def summary(data: YearData) -> Block:
    """Three statements and the callout that the page ranks nobody."""
    note = element("strong", "Jämförelsen rangordnar inte.")
    said = note + " Enheterna visas i bokstavsordning och inga medelvärden räknas ut."
    parts = [
        shared.notice(data.profile, data),
        three([_goals(data), _indicators(data), _gaps(data)]),
        callout(said),
    ]
    return section(*BRIEF, *parts)


def _goals(data: YearData) -> Statement:
    goals = data.goals[data.goals["report_id"].isin(data.judged["report_id"])]
    found = analyse.summarise_goals(goals)
    if not found.total:
        big, text = "Inga bedömda enhetsmål", "Ingen verksamhetsberättelse med enhetsmål är inläst."
    elif found.short_of:
        units = found.follow_up["report_id"].nunique()
        big = f"{found.short_of} av {found.total} enhetsmål"
        where = (
            f"{'Det' if found.short_of == 1 else 'De'} finns i {units} av {counted_units(len(data.judged))}. "
        )
        text = where if len(data.judged) > 1 else "Bara en av enheterna har bedömda mål. "
        text += words.goals_rest(found)
    else:
        big = words.goals_statement(found)
        text = words.goals_rest(found)
    links = (
        (("#mal", "Mål per enhet"),)
        if not data.many
        else (("#mal", "Mål per område"), ("#varden", "enhet för enhet"))
    )
    return Statement("Mål som inte uppfylls helt", big, text.strip(), links, chips(found.counts))


def _indicators(data: YearData) -> Statement:
    common = analyse.shared(data.indicators, data.reports)
    common = common[common["outcomes"] >= 2]
    if common.empty:
        big, text = (
            "Inga indikatorer går att läsa sida vid sida",
            "Ingen indikator har utfall i mer än en enhet.",
        )
    else:
        noun = counted(len(common), "indikator", "indikatorer")
        big, text = f"{noun} går att läsa sida vid sida", missed_sentence(data, common)
    return Statement("Gemensamma indikatorer", big, text, (("#indikatorer", "Indikatorer"),))


def missed_counts(data: YearData, common: pd.DataFrame) -> pd.Series:
    """Indicator id → units that do not reach their own target, in the order given."""
    missed = data.indicators[data.indicators["attainment"] == "not_met"]
    counts = missed.groupby("indicator_id")["report_id"].nunique()
    return common["indicator_id"].map(counts).fillna(0).astype(int).set_axis(common["indicator_id"])


def missed_sentence(data: YearData, common: pd.DataFrame) -> str:
    """How many units do not reach their target, for the indicators where most do not."""
    counts = missed_counts(data, common)
    most = counts[counts > 0].sort_values(ascending=False, kind="stable").head(MOST_NAMED)
    if most.empty:
        return "Alla enheter som kan bedömas når sina egna årsmål."
    short = words.short_names(common["name"])
    names = dict(zip(common["indicator_id"], common["name"], strict=True))
    parts = [
        f"{short[names[each]]}: {counted_units(count, words=True)} når inte årsmålet."
        for each, count in most.items()
    ]
    return " ".join(parts)


def _gaps(data: YearData) -> Statement:
    gaps = gap_list(data)
    checks, _ = findings_of(data)
    big = gaps[0] if gaps else "Inga kända luckor"
    text = " ".join(f"{each}." for each in gaps[1:2])
    if checks:
        what = listed([f"{sentence(in_words(checks))} {'uppgift' if checks == 1 else 'uppgifter'}"])
        text = f"{text} {what} bör kontrolleras mot dokumenten.".strip()
    return Statement("Det som saknas", big, text, (("#saknas", "Underlagets luckor"),))
