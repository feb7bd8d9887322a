"""The tree of goals against itself: a status beside those under it, its activities and its indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from vbdata.language.prose import alike, enumerated, quote
from vbdata.language.quantities import quantities_in
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.goals import (
    JUDGED,
    is_placeholder,
    outcome,
    short_name,
    status_indicators_missed,
    the_level,
)
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import unit_goals
from vbdata.validate.direction import reaches, rounds_to_target
from vbdata.validate.expected import about, shared, stems
from vbdata.validate.places import place, place_of, whole
from vbdata.validate.stems import has, uses_of, words_of
from vbdata.vocabulary import filler_words, indicators, label

#: Names that a message lists; the rest are counted.
SHOWN = 3
#: Per cent from which it is as good as all.
NEARLY_ALL = 99.0
_ALL = re.compile(r"(?:alla|samtliga|varje)\b", re.I)
#: All that an analysis says of an activity without a deviation.
_PLANNED = re.compile(
    r"(?:aktiviteten\s+|arbetet\s+|insatsen\s+)?(?:är\s+|har\s+)?(?:genomför\w*|klar\w*|utförd\w*|slutför\w*|avsluta\w*|följ\w+)"
    r"\s+(?:helt\s+)?(?:(?:enligt|som|i\s+enlighet\s+med)\s+)?(?:plan\w*|utan\s+avvikelse\w*|i\s+tid)\s*[.!]?",
    re.I,
)
#: Words of an analysis that may say no more than that the activity is late.
_BARE = 6
#: Words of one that names nothing beside it.
_NO_NAME = 4
_IS_NOT = re.compile(r"\b(?:är|blev|har|kunde)\s+(?:ännu\s+)?(?:inte|ej)\b|\bförsena\w+", re.I)
#: Words of an analysis from which it says something of how the goal went.
SAYS = 8


def above(rows: Rows) -> dict[str, tuple[str, ...]]:
    """Goal id → ids of the goals above it, the nearest first."""
    parents = {goal["goal_id"]: goal["parent_goal_id"] for goal in rows["goals"]}
    return {goal_id: tuple(_above(goal_id, parents)) for goal_id in parents}


def _above(goal_id: str, parents: dict[str, str | None]) -> Iterator[str]:
    seen = {goal_id}
    parent = parents.get(goal_id)
    while parent and parent not in seen:
        seen.add(parent)
        yield parent
        parent = parents.get(parent)


@check
def goal_below_unmet(rows: Rows) -> Iterator[Noted]:
    """A goal that is met though a goal under it is not: one doubt each, about the nearest that is judged."""
    goals = {goal["goal_id"]: goal for goal in rows["goals"]}
    lines = above(rows)
    under: dict[str, list[Row]] = {}
    for goal in rows["goals"]:
        if goal["status"] in ("partly_met", "not_met"):
            judged = (each for each in lines[goal["goal_id"]] if each in goals)
            nearest = next((each for each in judged if goals[each]["status"] in JUDGED), None)
            if nearest and goals[nearest]["status"] == "met":
                under.setdefault(nearest, []).append(goal)
    for goal_id, unmet in under.items():
        goal = goals[goal_id]
        below = [f"{_its(each)} ”{each['title']}” är ”{label('status', each['status'])}”" for each in unmet]
        words = {"level": the_level(goal), "title": goal["title"], "below": enumerated(below, SHOWN)}
        other = Other("goals", unmet[0]["goal_id"], place(unmet[0]), "status")
        yield Noted("goal_below_unmet", "goals", goal_id, place(goal), words, "status", other)


def _its(goal: Row) -> str:
    text = the_level(goal)
    return text if text.startswith("KF") else text[:1].lower() + text[1:]


# ---------------------------------------------------------------------------------- activities


@check
def goal_activity_deviates(rows: Rows) -> Iterator[Noted]:
    """Activities that deviate under a goal that is met: one doubt for each goal."""
    goals = {goal["goal_id"]: goal for goal in rows["goals"]}
    under: dict[str, list[Row]] = {}
    for row in _deviating(rows, goals):
        under.setdefault(row["goal_id"], []).append(row)
    for goal_id, found in under.items():
        goal, first = goals[goal_id], found[0]
        words = {"which": _marked(found), "level": _its(goal), "goal": goal["title"], "why": _why(found)}
        other = Other("goals", goal_id, place(goal), "status")
        yield Noted(
            "goal_activity_deviates", "activities", first["row_id"], place(first), words, "deviation", other
        )


def _marked(found: Sequence[Row]) -> str:
    if len(found) == 1:
        return f"”{found[0]['title']}” är markerad"
    names = [f"”{row['title']}” ({place(row)})" for row in found]
    return f"{enumerated(names)} är markerade"


def _why(found: Sequence[Row]) -> str:
    """What the analyses say of a deviation, where it is nothing or the opposite."""
    planned = next((row for row in found if _as_planned(row)), None)
    if planned:
        return f" Analysen säger ”{quote(planned['analysis'], 60)}”."
    return "" if any(_explains(row) for row in found) else " Ingen analys säger varför."


def _deviating(rows: Rows, goals: dict[str, Row]) -> list[Row]:
    """Activities marked as deviating and not as done, under a goal that is met."""
    return [
        row
        for row in rows["activities"]
        if row["deviation"] and not row["completed"] and goals.get(row["goal_id"], {}).get("status") == "met"
    ]


def _says(text: str | None) -> bool:
    return bool(text) and not is_placeholder(str(text))


def _explains(row: Row) -> bool:
    """The analysis says more of the activity than that it is late, begun or not done."""
    if not _says(row["analysis"]):
        return False
    words = words_of(row["analysis"])
    if len(words) > _BARE or {"cause", "later", "put_off"} & uses_of(row["analysis"]):
        return True
    of_it = (
        len(words) <= _NO_NAME
        or has("the_work", row["analysis"])
        or shared(about(row["analysis"]), stems(row["title"]))
    )
    return not (of_it and (_IS_NOT.search(row["analysis"]) or {"begun", "undone"} & uses_of(row["analysis"])))


@check
def deviation_denied(rows: Rows) -> Iterator[Noted]:
    """An activity marked as deviating whose analysis says that it was done as planned."""
    goals = {goal["goal_id"]: goal for goal in rows["goals"]}
    asked = {row["row_id"] for row in _deviating(rows, goals)}
    for row in rows["activities"]:
        if row["deviation"] and _as_planned(row) and row["row_id"] not in asked:
            words = {"title": row["title"], "quote": quote(row["analysis"], 60)}
            where = place_of(rows, row, row["analysis"])
            other = Other("activities", row["row_id"], place(row), "deviation")
            yield Noted("deviation_denied", "activities", row["row_id"], where, words, "analysis", other)


def _as_planned(row: Row) -> bool:
    return bool(row["analysis"]) and _PLANNED.fullmatch(" ".join(row["analysis"].split())) is not None


@check
def deviation_unexplained(rows: Rows) -> Iterator[Noted]:
    """Activities marked as deviating without a word on why: one doubt for all."""
    goals = {goal["goal_id"]: goal for goal in rows["goals"]}
    asked = {row["row_id"] for row in _deviating(rows, goals)}
    bare = [row for row in whole(rows, rows["activities"]) if row["deviation"] and not _explains(row)]
    bare = [row for row in bare if row["row_id"] not in asked]
    if bare:
        one = len(bare) == 1
        words = {
            "which": "En aktivitet är markerad" if one else f"{len(bare)} aktiviteter är markerade",
            "names": enumerated([f"”{row['title']}”" for row in bare], SHOWN),
        }
        yield Noted(
            "deviation_unexplained", "activities", bare[0]["row_id"], place(bare[0]), words, "deviation"
        )


# ---------------------------------------------------------------------------------- indicators


@check
def goal_indicator_missed(rows: Rows) -> Iterator[Noted]:
    """An indicator that misses its target though every goal that it speaks of is met.

    A unit goal's own indicator speaks of that goal; one of a higher goal of those under it that have its
    words, its subject, as the work environment, or its target; one that fell, of any that has its words.
    """
    goals = {goal["goal_id"]: goal for goal in rows["goals"]}
    lines = above(rows)
    judged = [goal for goal in rows["goals"] if goal["level"] == "unit" and goal["status"] in JUDGED]
    asked = {noted.row_id for noted in status_indicators_missed(rows)}
    wanted = {
        goal["goal_id"]: [said for text in expected for said in text.sentences]
        for goal, expected, _ in unit_goals(rows)
    }
    missed: dict[tuple[str, ...], list[Row]] = {}
    for row in rows["indicators"]:
        if row["attainment"] != "not_met" or rounds_to_target(row) or row["goal_id"] not in goals:
            continue
        under = [g for g in judged if row["goal_id"] in (g["goal_id"], *lines[g["goal_id"]])]
        meant = [g for g in under if g["goal_id"] == row["goal_id"]]
        meant = meant or [g for g in under if _share_words(g["title"], row["name"])]
        meant = meant or [g for g in under if _subjects(g["title"]) & _subjects(row["name"])]
        meant = meant or [g for g in under if any(_aims_at(row, said) for said in wanted[g["goal_id"]])]
        if not meant and _fell(row):
            meant = [
                g for g in judged if g not in under and _share_words(g["title"], row["name"], judging=True)
            ]
        if meant and all(g["status"] == "met" and g["goal_id"] not in asked for g in meant):
            missed.setdefault(tuple(g["goal_id"] for g in meant), []).append(row)
    for goal_ids, found in _by_first(missed).items():
        where = "samma KF-mål" if goals[found[0]["goal_id"]]["level"] == "area" else "samma högre mål"
        if found[0]["goal_id"] not in (goal_ids[0], *lines[goal_ids[0]]):
            where = "samma ord"
        yield _indicator_missed([goals[goal_id] for goal_id in goal_ids], found, where)


@check
def share_below_all(rows: Rows) -> Iterator[Noted]:
    """A goal that is met, of which all are to be something, and an indicator of the share that is."""
    shares = [
        row
        for row in rows["indicators"]
        if row["measure_unit"] == "%" and row["value"] is not None and row["value"] < NEARLY_ALL
    ]
    for goal, expected, _ in unit_goals(rows) if shares else ():
        wanted = [said for text in expected for said in text.sentences if _ALL.match(said)]
        if goal["status"] != "met" or not wanted:
            continue
        row = next((row for row in shares for said in wanted if _is_share_of(row["name"], said)), None)
        if row is not None:
            words = {
                "which": f"{the_level(goal)} ”{goal['title']}” är bedömt",
                "many": f"enligt en indikator är det inte alla, som i ”{quote(wanted[0], 80)}”",
                "missed": f"{short_name(row['name'])} {row['value_raw']}",
            }
            other = Other("indicators", row["row_id"], place(row), "value")
            yield Noted(
                "goal_indicator_missed", "goals", goal["goal_id"], place(goal), words, "status", other
            )


def _is_share_of(name: str, said: str) -> bool:
    """The indicator is the share of those of whom the sentence says that all are so.

    >>> _is_share_of("Andel elever som har en mentor", "Alla elever har en mentor.")
    True
    """
    asked, told = about(said), about(short_name(name))
    both = bool(asked) and shared(asked, stems(name)) == len(asked) and shared(told, stems(said)) == len(told)
    return both and len(asked) > 1


def _by_first(missed: dict[tuple[str, ...], list[Row]]) -> dict[tuple[str, ...], list[Row]]:
    """One doubt per goal that it is asked of: what begins with the same goal is put together."""
    joined: dict[str, tuple[tuple[str, ...], list[Row]]] = {}
    for goal_ids, found in missed.items():
        known, rows = joined.get(goal_ids[0], (goal_ids, []))
        joined[goal_ids[0]] = max(known, goal_ids, key=len), [*rows, *found]
    return dict(joined.values())


def _indicator_missed(met: Sequence[Row], missed: Sequence[Row], paired: str) -> Noted:
    goal, row = met[0], missed[0]
    if len(met) == 1:
        which = f"{the_level(goal)} ”{goal['title']}” är bedömt"
    else:
        all_of_them = "Båda enhetsmålen" if len(met) == 2 else f"Alla {len(met)} enhetsmål"
        which = f"{all_of_them} under samma mål är bedömda"
    many = "en indikator når inte sitt årsmål"
    if len(missed) > 1:
        many = f"{len(missed)} indikatorer når inte sina årsmål"
    if row["goal_id"] != goal["goal_id"]:
        many += f" (vi har kopplat ihop dem: {paired})"
    words = {"which": which, "many": many, "missed": enumerated([outcome(each) for each in missed], SHOWN)}
    other = Other("indicators", row["row_id"], place(row), "value")
    return Noted("goal_indicator_missed", "goals", goal["goal_id"], place(goal), words, "status", other)


def _share_words(title: str, name: str, *, judging: bool = False) -> bool:
    """A goal and an indicator have a word of content in common; by `judging` one of good or bad.

    >>> _share_words("Sjukfrånvaron sjunker", "Sjukfrånvaro dag 1-14"), _share_words("Alla trivs", "Trygghet")
    (True, False)
    """
    return any(
        alike(one, other)
        for one in _content(title)
        for other in _content(short_name(name))
        if not judging or {"good", "bad"} & uses_of(one)
    )


def _aims_at(row: Row, said: str) -> bool:
    """A sentence of an expected result has the indicator's target and a word of its name."""
    units = (None, "%") if row["measure_unit"] == "%" else (None, row["measure_unit"], "gånger", "personer")
    same = any(q.value == row["target"] and q.measure_unit in units for q in quantities_in(said, 0))
    return same and bool(shared(about(said), stems(row["name"])))


def _fell(row: Row) -> bool:
    """The outcome is worse than last year's."""
    value, previous = row["value"], row["value_previous"]
    return None not in (value, previous) and value != previous and not reaches(value, previous, row["better"])


def _subjects(text: str) -> set[str]:
    """What a goal or an indicator is of, where other words than its own may name it."""
    return {use for use in uses_of(text) if use.startswith("subject_")}


@lru_cache(maxsize=1024)
def _content(text: str) -> tuple[str, ...]:
    """Its longer words, but for fillers and those that many indicators share."""
    words = (word.strip('.,:;()”"') for word in text.casefold().split())
    left = (word for word in words if len(word) >= 6 and word not in filler_words())
    return tuple(word for word in left if not any(alike(word, each) for each in _common()))


@cache
def _common() -> tuple[str, ...]:
    """Words that more than two indicators of the vocabulary have in their names."""
    found = Counter(word for each in indicators() for word in set(each.name.casefold().split()))
    return tuple(word for word, count in found.items() if count > 2 and len(word) >= 6)


# ---------------------------------------------------------------------------------- texts


@check
def no_data_analysed(rows: Rows) -> Iterator[Noted]:
    """A unit goal with "Inga data" and an analysis, in a report that judges others."""
    if not any(goal["level"] == "unit" and goal["status"] in JUDGED for goal in rows["goals"]):
        return
    analysed = {
        row["goal_id"]: row
        for row in rows["passages"]
        if row["section"] == "analysis" and row["text"] and len(row["text"].split()) >= SAYS
    }
    for goal in rows["goals"]:
        text = analysed.get(goal["goal_id"])
        if goal["level"] == "unit" and goal["status"] == "no_data" and text and _says(text["text"]):
            words = {"level": the_level(goal), "title": goal["title"], "status": goal["status_raw"]}
            other = Other("passages", text["row_id"], place(text), "text")
            yield Noted("no_data_analysed", "goals", goal["goal_id"], place(goal), words, "status", other)


@check
def follow_up_missing(rows: Rows) -> Iterator[Noted]:
    """Unit goals of a plan that do not say how they are followed up, where most do: one doubt for all."""
    if rows["reports"][0]["kind"] != "VP":
        return
    goals = [goal for goal in rows["goals"] if goal["level"] == "unit"]
    told = {
        row["goal_id"] for row in rows["passages"] if row["section"] == "follow_up" and _says(row["text"])
    }
    bare = [goal for goal in goals if goal["goal_id"] not in told]
    if bare and 2 * len(bare) <= len(goals):
        which = "Ett enhetsmål" if len(bare) == 1 else f"{len(bare)} enhetsmål"
        words = {"which": which, "names": enumerated([f"”{goal['title']}”" for goal in bare], SHOWN)}
        other = Other("goals", bare[1]["goal_id"], place(bare[1])) if len(bare) > 1 else None
        yield Noted("follow_up_missing", "goals", bare[0]["goal_id"], place(bare[0]), words, other=other)
