"""The same goals in two years: matched level by level, and what became of their judgements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from rapidfuzz import fuzz

from vbdata import vocabulary
from vbdata.analyse.goals import goal_tree
from vbdata.analyse.years import comparable
from vbdata.schema.tables import LEVELS, STATUSES

NEAR = 78.0
"""Similarity of titles, 0–100, from which a goal is taken for a reworded one."""
MARGIN = 8.0
"""A second title this close to the best makes the match ambiguous."""
SAME, REWORDED, AMBIGUOUS, ADDED, DROPPED = "same", "reworded", "ambiguous", "added", "dropped"
MATCHED = (SAME, REWORDED)
COUNCILS = ("direction", "area")
"""Levels whose goals are known by their number."""
COLUMNS = [
    "level",
    "area_code",
    "match",
    "before_id",
    "after_id",
    "title_before",
    "title_after",
    "status_before",
    "status_after",
]


def match_goals(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The goals of two reports of one unit, paired.

    Goals are the same where level, area of the council and title agree (spelling and punctuation aside; the
    council's own goals by their number), ``reworded`` where the titles are near and no other is nearly as
    near, ``ambiguous`` where two could be meant: those are not paired. The others are ``dropped`` or
    ``added``.

    Parameters
    ----------
    before, after
        `goals` of one report each.

    Returns
    -------
    DataFrame
        One row per pair, and per goal without one (then the other side is missing): ``level``, ``area_code``,
        ``match``, ``before_id`` and ``after_id`` (goal ids), titles and statuses of both.
    """
    return pd.DataFrame(_matched(goal_tree(before), goal_tree(after)), columns=COLUMNS).astype("string")


Goal = dict[str, Any]
Pair = tuple[int, int]


def _matched(before: pd.DataFrame, after: pd.DataFrame) -> list[Goal]:
    old, new = _by_place(before), _by_place(after)
    rows: list[Goal] = []
    for place in sorted(dict.fromkeys([*new, *old]), key=lambda place: LEVELS.index(place[0])):
        rows += _pair(old.get(place, []), new.get(place, []), place)
    return rows


def _by_place(tree: pd.DataFrame) -> dict[tuple[str, str], list[Goal]]:
    """Level and area → the goals there, in the document's order."""
    titles = dict(zip(tree["goal_id"], tree["title"], strict=True))
    found: dict[tuple[str, str], list[Goal]] = {}
    for goal in tree.astype(object).where(tree.notna(), None).to_dict("records"):
        level = str(goal["level"])
        title = vocabulary.key(str(goal["title"]))
        known = {
            "key": str(goal["code"]) if level in COUNCILS and goal["code"] else title,
            "key_title": title,
            "under": vocabulary.key(str(titles.get(goal["board_id"], ""))) if level == "unit" else "",
        }
        place = level, "" if level == "direction" else str(goal["area_code"] or "")
        found.setdefault(place, []).append({str(name): value for name, value in goal.items()} | known)
    return found


def _pair(old: list[Goal], new: list[Goal], place: tuple[str, str]) -> list[Goal]:
    """Pairs among the goals of one level and area, then what is left."""
    pairs, unsure = _exact(old, new)
    if place[0] not in COUNCILS:
        pairs |= _near(old, new, pairs, unsure)
    used = {i for i, _ in pairs}, {j for _, j in pairs}
    rows = []
    for i, j in sorted(pairs, key=lambda pair: pair[1]):
        match = SAME if old[i]["key_title"] == new[j]["key_title"] else REWORDED
        rows.append(_row(place, old[i], new[j], match))
    for i, goal in enumerate(old):
        if i not in used[0]:
            rows.append(_row(place, goal, None, AMBIGUOUS if ("old", i) in unsure else DROPPED))
    for j, goal in enumerate(new):
        if j not in used[1]:
            rows.append(_row(place, None, goal, AMBIGUOUS if ("new", j) in unsure else ADDED))
    return rows


def _exact(old: list[Goal], new: list[Goal]) -> tuple[set[Pair], set[tuple[str, int]]]:
    """Pairs with the same key, and the goals whose key stands twice on a side.

    Of those, the ones that stand under the same goal of the board are still told apart.
    """
    pairs: set[Pair] = set()
    unsure: set[tuple[str, int]] = set()
    for wanted in dict.fromkeys(goal["key"] for goal in new):
        olds = [i for i, goal in enumerate(old) if goal["key"] == wanted]
        news = [j for j, goal in enumerate(new) if goal["key"] == wanted]
        if not olds:
            continue
        found = {(i, j) for i in olds for j in news if old[i]["under"] == new[j]["under"]}
        if len(olds) == len(news) == 1:
            found = {(olds[0], news[0])}
        sides = [i for i, _ in found], [j for _, j in found]
        found = {(i, j) for i, j in found if sides[0].count(i) == sides[1].count(j) == 1}
        pairs |= found
        unsure |= {("old", i) for i in olds if i not in {i for i, _ in found}}
        unsure |= {("new", j) for j in news if j not in {j for _, j in found}}
    return pairs, unsure


def _near(old: list[Goal], new: list[Goal], pairs: set[Pair], unsure: set[tuple[str, int]]) -> set[Pair]:
    """Pairs of near titles among the goals left; `unsure` gains those that could be paired in two ways."""
    left_old = [i for i in range(len(old)) if ("old", i) not in unsure and i not in {i for i, _ in pairs}]
    left_new = [j for j in range(len(new)) if ("new", j) not in unsure and j not in {j for _, j in pairs}]
    score = {
        (i, j): _likeness(str(old[i]["title"]), str(new[j]["title"])) for i in left_old for j in left_new
    }
    found: set[Pair] = set()
    for (i, j), likeness in sorted(score.items(), key=lambda each: -each[1]):
        if likeness < NEAR:
            break
        rivals = [
            pair
            for pair, other in score.items()
            if pair != (i, j) and (pair[0] == i or pair[1] == j) and other > likeness - MARGIN
        ]
        if rivals:
            unsure |= {mark for a, b in [(i, j), *rivals] for mark in (("old", a), ("new", b))}
        elif ("old", i) not in unsure and ("new", j) not in unsure:
            found.add((i, j))
    return found


def _likeness(one: str, other: str) -> float:
    """Likeness of two titles, 0–100; titles that name different numbers are not alike."""
    digits = ["".join(c if c.isdigit() else " " for c in title).split() for title in (one, other)]
    return 0.0 if digits[0] != digits[1] else float(fuzz.ratio(vocabulary.key(one), vocabulary.key(other)))


def _row(place: tuple[str, str], old: Goal | None, new: Goal | None, match: str) -> Goal:
    row: Goal = {"level": place[0], "area_code": place[1] or None, "match": match}
    for side, goal in (("before", old), ("after", new)):
        if goal is not None:
            row |= {
                f"{side}_id": goal["goal_id"],
                f"title_{side}": goal["title"],
                f"status_{side}": goal["status"],
            }
    return row


def changes(goals: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """`match_goals` for many units.

    Parameters
    ----------
    goals
        Of the reports of both years.
    pairs
        `last_year`'s; only those whose units may be compared are.

    Returns
    -------
    DataFrame
        As `match_goals`, with ``unit_id``, ``report_id`` (this year's) and ``before_report_id``.
    """
    tree = goal_tree(goals)
    by_report = dict(iter(tree.groupby("report_id", sort=False)))
    rows: list[Goal] = []
    for _, pair in comparable(pairs).iterrows():
        before, after = (by_report.get(pair[name], tree.iloc[:0]) for name in ("before_id", "report_id"))
        whose = {name: pair[name] for name in ("unit_id", "report_id")} | {
            "before_report_id": pair["before_id"]
        }
        rows += [row | whose for row in _matched(before, after)]
    columns = [*COLUMNS, "unit_id", "report_id", "before_report_id"]
    return pd.DataFrame(rows, columns=columns).astype("string")


def transitions(matched: pd.DataFrame, level: str, order: Iterable[str] = STATUSES) -> pd.DataFrame:
    """How judgements of one level changed: rows are last year's, columns this year's, cells goals.

    Only goals that are paired and have a status in both years are counted (`left_out` has the others).
    """
    chosen = matched[(matched["level"] == level) & matched["match"].isin(MATCHED)]
    statuses = list(order)
    table = pd.crosstab(chosen["status_before"], chosen["status_after"])
    table = table.reindex(index=statuses, columns=statuses, fill_value=0).astype(int)
    return table.rename_axis(index="before", columns="after")


def cell(table: pd.DataFrame, before: str, after: str) -> int:
    """Goals in one cell of a table of `transitions`."""
    return int(table.to_numpy()[table.index.get_loc(before), table.columns.get_loc(after)])


def move(before: str, after: str) -> str:
    """What a transition is: ``stay``, ``up``, ``down``, or ``aside`` where one of the years has no data.

    >>> move("met", "not_met"), move("no_data", "met")
    ('down', 'aside')
    """
    if before == after:
        return "stay"
    if "no_data" in (before, after):
        return "aside"
    return "up" if STATUSES.index(after) < STATUSES.index(before) else "down"


def moves(table: pd.DataFrame) -> dict[str, int]:
    """Goals in a table of `transitions`: ``all``, and of them ``stay``, ``up``, ``down`` and ``aside``."""
    counts = dict.fromkeys(("stay", "up", "down", "aside"), 0)
    for before in table.index:
        for after in table.columns:
            counts[move(str(before), str(after))] += cell(table, before, after)
    return {"all": sum(counts.values()), **counts}


def left_out(matched: pd.DataFrame, level: str) -> dict[str, int]:
    """Goals of a level that `transitions` leaves out, by reason: ambiguous, added, dropped, unstated.

    ``unstated`` are pairs that lack a status in either year.
    """
    mine = matched[matched["level"] == level]
    paired = mine[mine["match"].isin(MATCHED)]
    unstated = paired["status_before"].isna() | paired["status_after"].isna()
    counts = {kind: int((mine["match"] == kind).sum()) for kind in (AMBIGUOUS, ADDED, DROPPED)}
    return {"unstated": int(unstated.sum()), **counts}


def moved(matched: pd.DataFrame, level: str) -> pd.DataFrame:
    """The pairs of a level whose status changed, in the order given."""
    chosen = matched[(matched["level"] == level) & matched["match"].isin(MATCHED)]
    stated = chosen["status_before"].notna() & chosen["status_after"].notna()
    return chosen[stated & (chosen["status_before"] != chosen["status_after"])]
