"""The same goals in two years: matched level by level, and what became of their judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.goals import goal_tree
from vbdata.analyse.years import comparable
from vbdata.pairing import Item, Pair, pair
from vbdata.schema.tables import LEVELS, STATUSES

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
    "unit_id",
    "report_id",
    "before_report_id",
]
_MATCH = {"kept": SAME, "reworded": REWORDED, "dropped": DROPPED, "added": ADDED, "unclear": AMBIGUOUS}
Goal = dict[str, Any]


def changes(goals: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """The goals of units' reports of two years, paired as a plan's and its report's are (`vbdata.pairing`).

    Only goals of one level and one area of the council are held against each other, the council's own by
    their number; two that stand under different goals of the board are told apart by these. What could be
    two goals is ``ambiguous`` and is not paired.

    Parameters
    ----------
    goals
        Of the reports of both years.
    links
        `last_year`'s; only those whose units may be compared are.

    Returns
    -------
    DataFrame
        One row per pair, and per goal without one (then the other side is missing): ``level``, ``area_code``,
        ``match``, ``before_id`` and ``after_id`` (goal ids), titles and statuses of both, ``unit_id``,
        ``report_id`` (this year's) and ``before_report_id``.
    """
    tree = goal_tree(goals)
    by_report = dict(iter(tree.groupby("report_id", sort=False)))
    rows: list[Goal] = []
    for _, link in comparable(links).iterrows():
        before, after = (by_report.get(link[name], tree.iloc[:0]) for name in ("before_id", "report_id"))
        whose = {name: link[name] for name in ("unit_id", "report_id")} | {
            "before_report_id": link["before_id"]
        }
        rows += [row | whose for row in _matched(before, after)]
    return pd.DataFrame(rows, columns=COLUMNS).astype("string")


def _matched(before: pd.DataFrame, after: pd.DataFrame) -> list[Goal]:
    old, new = _records(before), _records(after)
    pairs = pair(_items(old), _items(new), across=lambda a, b: a.place == b.place, digits=True)

    def order(each: Pair) -> tuple[int, int, float]:
        goal = (new if each.report else old)[(each.report or each.plan).ids[0]]  # type: ignore[union-attr]
        return LEVELS.index(goal["level"]), 2 * (each.plan is None) + (each.report is None), goal["position"]

    return [_row(each, old, new) for each in sorted(pairs, key=order)]


def _records(tree: pd.DataFrame) -> dict[str, Goal]:
    rows = tree.astype(object).where(tree.notna(), None).to_dict("records")
    return {str(row["goal_id"]): {str(name): value for name, value in row.items()} for row in rows}


def _items(goals: dict[str, Goal]) -> list[Item]:
    """The goals to pair; those that nothing tells apart have details of their own, which meet no other's."""
    found = [_item(goal, goals) for goal in goals.values()]
    alike = Counter((each.same, each.place, each.details) for each in found)
    return [
        each
        if alike[each.same, each.place, each.details] == 1
        else Item(each.ids, each.text, each.place, each.ids, each.code)
        for each in found
    ]


def _item(goal: Goal, goals: dict[str, Goal]) -> Item:
    level = str(goal["level"])
    code = str(goal["code"] or "") if level in COUNCILS else ""
    place = level, (code or None) if level in COUNCILS else str(goal["area_code"] or "")
    above = goals.get(str(goal["board_id"])) if level == "unit" else None
    under = vocabulary.key(str(above["title"])) if above else None
    return Item((str(goal["goal_id"]),), str(goal["title"]), place, under, code)


def _row(each: Pair, old: dict[str, Goal], new: dict[str, Goal]) -> Goal:
    row: Goal = {"match": _MATCH[each.change]}
    for side, item, goals in (("before", each.plan, old), ("after", each.report, new)):
        if item is not None:
            goal = goals[item.ids[0]]
            row |= {"level": goal["level"], "area_code": goal["area_code"]}
            row |= {f"{side}_id": goal["goal_id"]}
            row |= {f"{name}_{side}": goal[name] for name in ("title", "status")}
    return row


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
