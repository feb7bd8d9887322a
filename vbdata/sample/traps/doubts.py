"""Doubts: one thing in a report that contradicts the rest; `raises` is the finding that asks about it.

A report raises none by itself. A doubt that finds no place in a report leaves it as it is.
"""

from __future__ import annotations

import re
from functools import partial
from random import Random
from typing import Any

from vbdata.parse.records import Complaint, Goal, Indicator, Report
from vbdata.sample.parts import attainment, number
from vbdata.sample.traps.registry import Draft, at_one, trap_at

doubt = partial(trap_at, "doubts")
#: Who answered, with two numbers that are told apart by their places alone.
_ANSWERS = re.compile(r"(\d+)( av | svar av | tillfrågade har )(\d+)")
#: Words that are long enough to say what a goal or an indicator is about.
_LONG = re.compile(r"\w{8,}")
_COUNTED = re.compile(r"\d+(?= synpunkter och klagomål)")


def _under(report: Report, position: int | None) -> list[Goal]:
    """The unit goals under a goal, itself among them."""
    found: list[Goal] = []
    inside = {position}
    for goal in report.goals:
        if goal.position == position or goal.parent in inside:
            inside.add(goal.position)
            found += [goal] if goal.level == "unit" else []
    return found


def _met(goal: Goal) -> bool:
    return goal.status_raw == "Uppfylls helt"


def _own(report: Report) -> set[int]:
    """Positions of the unit goals that are wholly met."""
    return {goal.position for goal in report.goals if goal.level == "unit" and _met(goal)}


def _is_report(report: Report) -> bool:
    return report.cover.kind != "VP"


def _worse(text: str, sign: int, by: float) -> str:
    """A printed number, worse by a share of it; `sign` is 1 where higher is better."""
    value = number(text) or 0.0
    changed = f"{value * (1 - sign * by):.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return re.sub(r"^[\d,]+", changed, text)


def _sign(row: Indicator) -> int:
    lower = ("Sjukfrånvaro", "Klimatpåverkan", "Andelen arbetade timmar")
    return -1 if row.name_raw.startswith(lower) else 1


@doubt(raises="goal_indicator_missed")
def outcome_missed(draft: Draft, rng: Random) -> Draft:
    """An indicator misses its target though every unit goal under the same goal is met, one by its name."""

    def fits(row: Indicator) -> bool:
        under = _under(draft.meaning, row.goal)
        survey = re.search("upplev|nöjd", row.name_raw)
        subjects = set(_LONG.findall(row.name_raw.casefold()))
        named = any(subjects & set(_LONG.findall(goal.title_raw.casefold())) for goal in under)
        return named and all(map(_met, under)) and attainment(row) == "met" and not survey

    return at_one(draft, rng, "indicators", fits, lambda row: {
        "value_raw": _worse(row.target_raw, _sign(row), 0.2), "value_men_raw": "", "value_women_raw": "",
        "analysis": f"Utfallet når inte årsmålet {row.target_raw}. Det förklaras av vakanser i våras.",
    })  # fmt: skip


@doubt(raises="sexes_apart")
def sexes_untold(draft: Draft, rng: Random) -> Draft:
    """Women and men are far apart, and not a word is said of it."""

    def apart(row: Indicator) -> dict[str, Any]:
        men, women = (_worse(row.value_raw, 1, by) for by in (0.35, -0.35))
        return {"value_men_raw": men, "value_women_raw": women, "analysis": None}

    def fits(row: Indicator) -> bool:
        return row.name_raw == "Sjukfrånvaro" and attainment(row) == "met"

    return at_one(draft, rng, "indicators", fits, apart)


@doubt(raises="own_target_weaker")
def target_weaker(draft: Draft, rng: Random) -> Draft:
    """A plan's own target is easier to reach than the council's."""

    def fits(row: Indicator) -> bool:  # one that no other row repeats
        plan = not _is_report(draft.meaning)
        return plan and bool(number(row.council_target_raw)) and "påverka" not in row.name_raw

    return at_one(draft, rng, "indicators", fits, lambda row: {
        "target_raw": _worse(row.council_target_raw, _sign(row), 0.1),
    })  # fmt: skip


@doubt(raises="parts_differ")
def answers_swapped(draft: Draft, rng: Random) -> Draft:
    """More people answered a survey than were asked."""
    return at_one(
        draft, rng, "indicators", lambda row: _ANSWERS.search(row.analysis or ""),
        lambda row: {"analysis": _ANSWERS.sub(r"\3\2\1", row.analysis)},
    )  # fmt: skip


@doubt(raises="deviation_unexplained")
def deviation_bare(draft: Draft, rng: Random) -> Draft:
    """An activity is marked as deviating, without a word on why."""
    return at_one(
        draft, rng, "activities", lambda row: _is_report(draft.meaning) and not row.deviation_raw,
        lambda row: {"deviation_raw": "X", "mark_raw": "", "analysis": None},
    )  # fmt: skip


@doubt(raises="activity_unfinished")
def activity_begun(draft: Draft, rng: Random) -> Draft:
    """An activity whose last day has passed is said to be only begun."""
    return at_one(
        draft, rng, "activities", lambda row: _is_report(draft.meaning) and not row.deviation_raw,
        lambda row: {"analysis": "Arbetet har bara påbörjats."},
    )  # fmt: skip


@doubt(raises="status_text_differs")
def status_denied(draft: Draft, rng: Random) -> Draft:
    """The analysis of a goal that is wholly met calls it partly met."""
    own = _own(draft.meaning)
    return at_one(
        draft, rng, "passages", lambda row: row.goal in own and row.section == "analysis",
        lambda row: {"text": f"{row.text} Målet är delvis uppfyllt."},
    )  # fmt: skip


@doubt(raises="no_data_analysed")
def judgement_left_out(draft: Draft, rng: Random) -> Draft:
    """A goal has an analysis, but no judgement."""
    judged = _own(draft.meaning)
    return at_one(
        draft, rng, "goals", lambda row: len(judged) > 1 and row.position in judged,
        lambda row: {"status_raw": "Inga data" if draft.meaning.cover.year > 2023 else "Ingen"},
    )  # fmt: skip


@doubt(raises="left_open")
def number_open(draft: Draft, rng: Random) -> Draft:
    """A number was to be filled in."""
    return at_one(
        draft, rng, "passages", lambda row: row.section in ("summary", "introduction"),
        lambda row: {"text": f"{row.text} I våras flyttade XX personer in."},
    )  # fmt: skip


@doubt(raises="complaints_text_differ")
def complaints_miscounted(draft: Draft, rng: Random) -> Draft:
    """The text counts more complaints than the form."""
    return at_one(
        draft, rng, "passages", lambda row: row.section == "quality" and _COUNTED.search(row.text),
        lambda row: {"text": _COUNTED.sub(lambda found: str(int(found[0]) + 4), row.text)},
    )  # fmt: skip


@doubt(raises="ivo_exceeds")
def ivo_miscounted(draft: Draft, rng: Random) -> Draft:
    """More reports were sent to the inspectorate than were received."""
    received = [int(row.total_raw or 0) for row in draft.meaning.complaints if "inkomna" in row.category_raw]

    def more(row: Complaint) -> dict[str, Any]:
        sent = str(received[0] + 2)
        return {"t1_raw": "", "t2_raw": "", "vb_raw": sent, "total_raw": sent}

    return at_one(draft, rng, "complaints", lambda row: "IVO" in row.category_raw, more)
