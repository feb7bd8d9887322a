"""Goals: the tree of a report, and unit goals across units. Levels are never pooled."""

from __future__ import annotations

from typing import Any

import pandas as pd

from vbdata.schema.tables import LEVELS, STATUSES

WEAKEST_FIRST = ("not_met", "partly_met", "met", "no_data")
JUDGED = ("met", "partly_met", "not_met")
"""Statuses that are judgements: «Inga data» is none."""


def goal_tree(goals: pd.DataFrame) -> pd.DataFrame:
    """Goals in the document's order, each with the council's goals that it stands under.

    Adds ``direction_id``, ``area_id`` and ``board_id`` (goal ids; the goal itself at its own level), and
    ``area_code``, ``area_title``. They are missing where the document has no such heading above the goal.
    """
    tree = goals.sort_values(["report_id", "position"], kind="stable").reset_index(drop=True)
    known = tree.drop_duplicates("goal_id").set_index("goal_id")[["level", "parent_goal_id", "code", "title"]]
    parents = dict(zip(known.index, zip(known["level"], known["parent_goal_id"], strict=True), strict=True))
    lines = [_ancestors(goal_id, parents) for goal_id in tree["goal_id"]]
    for level in LEVELS[:-1]:
        tree[f"{level}_id"] = pd.array([line.get(level) for line in lines], dtype="string")
    for name in ("code", "title"):
        tree[f"area_{name}"] = tree["area_id"].map(known[name]).astype("string")
    return tree


def _ancestors(goal_id: str, parents: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Level → goal id, for a goal and all above it; a loop ends where it closes."""
    line: dict[str, str] = {}
    while goal_id in parents and parents[goal_id][0] not in line:
        level, parent = parents[goal_id]
        line[level] = goal_id
        goal_id = parent
    return line


def status_counts(goals: pd.DataFrame, level: str) -> pd.DataFrame:
    """Goals of one level per report and status.

    One row per report that has goals of the level; a column per status, ``unstated`` for goals whose status
    the document does not state, and ``goals``, the number of all.
    """
    chosen = goals[goals["level"] == level]
    status = chosen["status"].astype("string").fillna("unstated")
    counts = pd.crosstab(chosen["report_id"], status).reindex(columns=[*STATUSES, "unstated"], fill_value=0)
    counts["goals"] = counts.sum(axis=1)
    counts.columns.name = None
    return counts


def coverage(goals: pd.DataFrame) -> pd.DataFrame:
    """How many goals of each level are judged at all, beside how they are judged.

    One row per level that has goals, highest first: ``level``, a count per status, ``unstated``, ``goals``
    (all) and ``judged``: those that are met, partly met or not met. Levels are never added up.
    """
    rows = []
    for level in LEVELS:
        counts = status_counts(goals, level).sum()
        if counts["goals"]:
            judged = sum(int(counts[status]) for status in JUDGED)
            rows.append({"level": level, **counts.astype(int).to_dict(), "judged": judged})
    return pd.DataFrame(rows, columns=["level", *STATUSES, "unstated", "goals", "judged"])


def judged_levels(goals: pd.DataFrame) -> list[str]:
    """The levels that any document judges: not only «Inga data»."""
    found = coverage(goals)
    return [str(level) for level in found.loc[found["judged"] > 0, "level"]]


def area_matrix(goals: pd.DataFrame, level: str = "unit") -> pd.DataFrame:
    """Goals of one level with the council area that they stand under: one row per goal."""
    tree = goal_tree(goals)
    return tree[tree["level"] == level].reset_index(drop=True)


def areas(goals: pd.DataFrame, level: str = "unit") -> pd.DataFrame:
    """The council's areas with goals of a level in any report, by code: ``area_code``, ``area_title``."""
    found = area_matrix(goals, level)[["area_code", "area_title"]].drop_duplicates("area_code")
    order = sorted(found.index, key=lambda i: _code_key(found.at[i, "area_code"]))
    return found.loc[order].reset_index(drop=True)


def _code_key(code: Any) -> tuple[bool, list[int]]:
    """Sorted by number; goals outside the council's areas last."""
    return bool(pd.isna(code)), [int(n) for n in str(code).split(".") if n.isdigit()]


def weakest(statuses: pd.Series) -> str | None:
    """The weakest judgement of several; «no data» only where none is judged, None where none is stated.

    >>> weakest(pd.Series(["met", "partly_met", None], dtype="string"))
    'partly_met'
    """
    stated = set(statuses.dropna().astype(str))
    return next((status for status in WEAKEST_FIRST if status in stated), None)


def area_counts(goals: pd.DataFrame, reports: pd.DataFrame, level: str = "unit") -> pd.DataFrame:
    """Units per council area and weakest status: one row per area, a unit counted once.

    Columns: ``area_code``, ``area_title``, a count per status, ``unstated`` (goals, but no status),
    ``no_goal`` (no goal of the level there), ``units`` (all). The counts add up to ``units``.
    """
    mine = goals[goals["report_id"].isin(reports["report_id"])]
    matrix, rows = area_matrix(mine, level), []
    for _, area in areas(mine, level).iterrows():
        code = area["area_code"]
        here = matrix[matrix["area_code"].isna() if pd.isna(code) else matrix["area_code"] == code]
        each = [weakest(statuses) or "unstated" for _, statuses in here.groupby("report_id")["status"]]
        counts = {status: each.count(status) for status in (*STATUSES, "unstated")}
        rows.append(
            {
                "area_code": area["area_code"],
                "area_title": area["area_title"],
                **counts,
                "no_goal": len(reports) - len(each),
                "units": len(reports),
            }
        )
    columns = ["area_code", "area_title", *STATUSES, "unstated", "no_goal", "units"]
    return pd.DataFrame(rows, columns=columns)


def follow_up(goals: pd.DataFrame) -> pd.DataFrame:
    """Unit goals that are not fully met: not met first, then partly met, each in the order given."""
    chosen = goals[(goals["level"] == "unit") & goals["status"].isin(["not_met", "partly_met"])]
    rank = chosen["status"].astype(str).map({"not_met": 0, "partly_met": 1})
    return chosen.assign(_rank=rank).sort_values("_rank", kind="stable").drop(columns="_rank")
