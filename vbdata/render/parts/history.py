"""Words and rows about other years, the same on the unit's page and in the comparison."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.changes import AMBIGUOUS, MATCHED, REWORDED
from vbdata.analyse.indicators import directions
from vbdata.plot.formats import MINUS, SIGNED_UNITS, counted, number, sentence
from vbdata.render.parts import sources, words
from vbdata.render.parts.html import Html, element
from vbdata.schema.tables import LEVELS

GOAL_NOUN = {
    "direction": ("inriktningsmål", "inriktningsmål"),
    "area": ("KF-mål", "KF-mål"),
    "board": ("nämndmål", "nämndmål"),
    "unit": ("enhetsmål", "enhetsmål"),
}
WAY = {1: "i önskad riktning", -1: "i motsatt riktning", 0: "oförändrat"}
"""A change by the way that is better."""
WHY_NOT = {
    "no_value": "årets utfall saknas",
    "no_previous": "förra årets utfall finns inte",
    "measure_changed": "måttenheten har ändrats",
    "unit_changed": "enheten är inte densamma som förra året",
}
"""Why there is nothing to compare an outcome with."""
GENDER_NOTE = (
    f"Skillnaden är kvinnor {MINUS} män. Hur många kvinnor och män som ligger bakom talen är "
    "inte känt. Det går därför inte att säga om {} kan vara slump."
)
DIRECTION_RULE = (
    "Regeln är vår: ”öka” nås om utfallet är högre än förra årets, ”minska” om det är lägre; "
    "oförändrat når inget av dem."
)


def judged_levels(goals: pd.DataFrame) -> list[str]:
    """Levels that any of the years judges, the unit's own goals first."""
    judged = goals[goals["status"].isin(["met", "partly_met", "not_met"])]
    return [level for level in reversed(LEVELS) if (judged["level"] == level).any()]


@dataclass(frozen=True, slots=True)
class GoalTexts:
    """The goals of the pages' reports by id: for texts, statuses and sources."""

    rows: dict[str, pd.Series]

    def source(self, goal_id: object, prefix: str) -> Html:
        """«rad 120», leading to the verbatim row."""
        return sources.link(sources.goal_source(self.rows[str(goal_id)], prefix))


def goal_rows(*frames: pd.DataFrame) -> GoalTexts:
    """Goals by id."""
    return GoalTexts({str(row["goal_id"]): row for frame in frames for _, row in frame.iterrows()})


def title_cell(pair: pd.Series, year: int) -> Html:
    """A goal's title, with last year's where it was another."""
    title = pair["title_after"] if pd.notna(pair["title_after"]) else pair["title_before"]
    if pair["match"] != REWORDED:
        return Html("{}").format(title)
    before = element("span", f"Omformulerat; {year - 1}: ”{pair['title_before']}”", class_="lvl")
    return Html("{}{}").format(title, before)


def left_out_sentences(counts: dict[str, int], matched: pd.DataFrame, level: str, year: int) -> list[str]:
    """What the table of transitions does not count, and how goals were paired."""
    one, many = GOAL_NOUN[level]
    mine = matched[matched["level"] == level]
    reworded = int((mine["match"] == REWORDED).sum())
    found = []
    if reworded:
        same = "omformulerat" if reworded == 1 else "omformulerade"
        found.append(f"{counted(reworded, one, many)} är {same} men räknas som samma.")
    if counts["unstated"]:
        found.append(f"{counted(counts['unstated'], one, many)} saknar bedömning något av åren.")
    if counts[AMBIGUOUS]:
        found.append(
            f"{counted(counts[AMBIGUOUS], one, many)} kunde paras på mer än ett sätt och räknas inte."
        )
    new = "nytt" if counts["added"] == 1 else "nya"
    gone = [
        f"{counts[kind]} {what}"
        for kind, what in (("added", f"är {new} {year}"), ("dropped", f"fanns bara {year - 1}"))
        if counts[kind]
    ]
    if gone:
        found.append(f"{sentence(' och '.join(gone))}.")
    return found


def paired(matched: pd.DataFrame, level: str) -> pd.DataFrame:
    """The pairs of one level."""
    return matched[(matched["level"] == level) & matched["match"].isin(MATCHED)]


def change_text(change: object, measure_unit: object) -> str:
    """A change in the measure unit, with its sign.

    >>> change_text(-13.18, "%"), change_text(0.0, "%")
    ('−13,2\\xa0procentenheter', '0\\xa0procentenheter')
    """
    value = float(change)  # type: ignore[arg-type]
    shown = number(value)
    if value and shown.lstrip("\u2212") == "0":
        shown = number(value, 2)  # a change that one decimal would hide
    sign = "+" if value > 0 and shown != "0" else ""
    if pd.isna(measure_unit) or measure_unit == "index":  # type: ignore[call-overload]
        return f"{sign}{shown}"
    if measure_unit in SIGNED_UNITS:
        one = shown.lstrip("\u2212") == "1"
        return f"{sign}{shown}\u00a0{'procentenhet' if one else 'procentenheter'}"
    return f"{sign}{shown}\u00a0{measure_unit}"


def measured(measure_unit: object) -> str:
    """What a difference is counted in: «procentenheter»."""
    if pd.isna(measure_unit):  # type: ignore[call-overload]
        return "måttenheten är okänd"
    return {"%": "procentenheter", "index": "indexenheter"}.get(str(measure_unit), str(measure_unit))


def way(better_change: object) -> str:
    """Whether a change goes the way that is better."""
    if pd.isna(better_change):  # type: ignore[call-overload]
        return "riktningen är okänd"
    value = float(better_change)  # type: ignore[arg-type]
    return WAY[(value > 0) - (value < 0)]


def change_cell(row: pd.Series, refused: str) -> Html:
    """A change and whether it goes the better way; else why there is none, after the word `refused`."""
    if pd.isna(row["change"]):
        return element("span", f"{refused}: {WHY_NOT[str(row['obstacle'])]}", class_="nogoal")
    shown = change_text(row["change"], row["measure_unit"])
    return Html("{}, {}").format(shown, element("span", way(row["better_change"]), class_="nogoal"))


def gap_cell(row: pd.Series) -> Html:
    """The difference between women and men, and for whom it is higher."""
    said = element("span", words.HIGHER[str(row["higher"])], class_="nogoal")
    gap = change_text(row["gender_gap"], row["measure_unit"])
    return Html("{}, {}").format(gap, said) if row["higher"] != "equal" else said


TARGET = {"target": "Årsmålet", "council_target": "KF:s årsmål"}
MOVED = {"increase": "ökat", "decrease": "minskat"}


def direction_verdict(row: pd.Series, year: int) -> str:
    """A target in words, judged by us: «KF:s årsmål ”öka”: har ökat sedan 2024 (80 → 84)».

    `row` is one of `directions`.
    """
    rule = vocabulary.label("target_rule", str(row["rule"]))
    start = f"{TARGET[str(row['column'])]} ”{rule}”"
    if pd.isna(row["attainment"]):
        return f"{start} går inte att bedöma: {WHY_NOT[str(row['obstacle'])]}"
    done = "har" if row["attainment"] == "met" else "har inte"
    numbers = f"{number(float(row['previous']))} \u2192 {number(float(row['value']))}"
    return f"{start}: {done} {MOVED[str(row['rule'])]} sedan {year - 1} ({numbers})"


def council_and_directions(
    indicators: pd.DataFrame,
    before: pd.DataFrame,
    links: pd.DataFrame,
    year: int,
    missed_only: bool = False,
) -> dict[str, list[str]]:
    """Row id → what the outcome is against the council's target and the targets in words, judged by us.

    Where the council's target is the unit's own, that is said already. With `missed_only` only what is not
    reached.
    """
    told: dict[str, list[str]] = {}
    for _, row in indicators.iterrows():
        known = pd.notna(row["council_attainment"]) and row["council_target"] != row["target"]
        if known and not (missed_only and row["council_attainment"] == "met"):
            told.setdefault(str(row["row_id"]), []).append(words.council_verdict(row))
    for _, row in directions(indicators, before, links).iterrows():
        if missed_only and (pd.isna(row["attainment"]) or row["attainment"] == "met"):
            continue
        told.setdefault(str(row["row_id"]), []).append(direction_verdict(row, year))
    return told


def break_words(kind: str, year: int) -> str:
    """Why two years do not belong together: «Enheten delades 2025»."""
    return f"{vocabulary.label('break', kind)} {year}"
