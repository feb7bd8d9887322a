"""What became of a plan: goals, targets and activities of a unit's plan beside its report of the same year.

Each function takes the rows of the plan and of the report, either of which may be empty, and gives one row
per goal, indicator or activity with its `change`:

``kept``
    the same words in both, but for capitals, accents and punctuation
``reworded``
    nearly the same words, with nothing of the content exchanged
``dropped``, ``added``
    in the plan only; in the report only
``unclear``
    alike something in the other document, but not surely the same: `candidates` holds those rows' ids

Every row of the plan and of the report is in exactly one row of the result; rows that a document prints twice
are one.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from vbdata.analyse.goals import goal_tree
from vbdata.analyse.reports import latest, one_per_unit
from vbdata.pairing import (
    CHANGES,
    Item,
    Pair,
    date_change,
    pair_activities,
    pair_goals,
    pair_indicators,
    planners,
    stated,
    target_change,
)
from vbdata.register import Register
from vbdata.schema.tables import LEVELS

_PAIR = ["change", "likeness", "plan_ids", "report_ids", "candidates"]


def plans_of(reports: pd.DataFrame, report: pd.Series, register: Register) -> pd.DataFrame:
    """The plans that a report follows up, in the order of the reports.

    The latest version of the unit's own plan of the year; where it has none, those of the units that ended in
    it, the nearest generation that has any. A split gives several reports the same plan, a merger gives one
    report several plans.
    """
    found = latest(reports)
    plans = found[(found["kind"] == "VP") & (found["year"] == report["year"])]
    found_in = planners(str(report["unit_id"]), set(plans["unit_id"].astype(str)), register)
    return plans[plans["unit_id"].isin(found_in)]


def followed_up(reports: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Reports with a plan to follow up: one row per pair, ``report_id`` and ``plan_id``.

    Of a unit's reports of a year the one that says most about the outcome; plans are no reports.
    """
    found, rows = latest(reports), []
    for year in sorted({int(year) for year in found["year"]}):
        plans = found[(found["kind"] == "VP") & (found["year"] == year)]
        by_unit = dict(zip(plans["unit_id"].astype(str), plans["report_id"].astype(str), strict=True))
        main = one_per_unit(found, year)
        main = main[main["kind"] != "VP"]
        for report_id, unit_id in zip(main["report_id"], main["unit_id"].astype(str), strict=True):
            rows += [(str(report_id), by_unit[each]) for each in planners(unit_id, by_unit, register)]
    return pd.DataFrame(rows, columns=["report_id", "plan_id"]).astype("string")


def unread_heirs(plan: pd.Series, reports: pd.DataFrame, register: Register) -> tuple[str, ...]:
    """Successors of the unit that planned which have no report of the year but perhaps a plan."""
    judged = reports[(reports["year"] == plan["year"]) & (reports["kind"] != "VP")]
    there = set(judged["unit_id"].astype(str))
    after = [s.successor_id for s in register.successors_of(str(plan["unit_id"])) if s.ends_predecessor]
    return tuple(unit_id for unit_id in dict.fromkeys(after) if unit_id not in there)


# ---------------------------------------------------------------------------------- goals


def goal_changes(plan: pd.DataFrame, report: pd.DataFrame, names: Collection[str] = ()) -> pd.DataFrame:
    """Goals by level, never across levels.

    Parameters
    ----------
    plan, report
        Rows of ``goals``.
    names
        The unit's names through time: a goal that only calls the unit something else is reworded.

    Returns
    -------
    DataFrame
        One row per goal: ``level``, ``area_code``, ``change``, ``likeness`` (0–100), ``plan_title``,
        ``report_title``, ``status`` (the report's), ``moved`` (stands under another area), ``plan_ids``,
        ``report_ids`` and ``candidates`` (tuples of goal ids). In the plan's order; what only the report has
        stands before what follows it there.
    """
    ours, theirs = goal_tree(plan), goal_tree(report)
    pairs = pair_goals(_rows(ours), _rows(theirs), names)
    plan_rows, report_rows = _by_id(ours, "goal_id"), _by_id(theirs, "goal_id")
    rows = []
    for each in _in_order(pairs, plan_rows, report_rows):
        ours_row, theirs_row = _first(each.plan, plan_rows), _first(each.report, report_rows)
        shown = theirs_row or ours_row or {}
        rows.append(
            {
                **_pair_row(each),
                "level": shown["level"],
                "area_code": shown["area_code"],
                "plan_title": ours_row and ours_row["title"],
                "report_title": theirs_row and theirs_row["title"],
                "status": theirs_row and theirs_row["status"],
                "moved": _moved(each),
            }
        )
    columns = [*_PAIR, "level", "area_code", "plan_title", "report_title", "status", "moved"]
    return _typed(rows, columns, ("change", "level", "area_code", "plan_title", "report_title", "status"))


def level_counts(changes: pd.DataFrame) -> pd.DataFrame:
    """How many goals of each level were kept, reworded …: one row per level that either document has.

    Columns: ``planned`` (in the plan), ``reported`` (in the report), and one per change; a goal that is
    unclear counts as ``unclear_plan`` or ``unclear_report``.
    """
    planned, reported = (changes[f"{side}_ids"].map(bool).astype(bool) for side in ("plan", "report"))
    rows = []
    for level in LEVELS:
        here = changes["level"] == level
        if not here.any():
            continue
        counts = {change: int((here & (changes["change"] == change)).sum()) for change in CHANGES[:-1]}
        unclear = here & (changes["change"] == "unclear")
        rows.append(
            {
                "level": level,
                "planned": int((here & planned).sum()),
                "reported": int((here & reported).sum()),
                **counts,
                "unclear_plan": int((unclear & planned).sum()),
                "unclear_report": int((unclear & reported).sum()),
            }
        )
    columns = ["level", "planned", "reported", *CHANGES[:-1], "unclear_plan", "unclear_report"]
    return pd.DataFrame(rows, columns=columns)


# ---------------------------------------------------------------------------------- targets


def target_changes(plan: pd.DataFrame, report: pd.DataFrame) -> pd.DataFrame:
    """Indicators: what became of their targets, and whether they were reported at all.

    Parameters
    ----------
    plan, report
        Rows of ``indicators``, with ``level`` and ``area_code`` of the goal that they stand under (see
        `with_place`).

    Returns
    -------
    DataFrame
        One row per indicator: ``name``, ``change``, ``target_change`` and ``council_change`` (``same``,
        ``moved``, ``set``: stated only by the report, ``council``: the report's own is the council's of the
        plan, ``removed``, ``none``: by neither, ``unclear``; missing unless both documents have the
        indicator), ``reported`` (``value``: an outcome; ``no_value``: a row without one; ``no_row``: the
        report lacks it; missing for what only the report has), and the ids as in `goal_changes`.
    """
    pairs = pair_indicators(_rows(plan), _rows(report))
    plan_rows, report_rows = _by_id(plan, "row_id"), _by_id(report, "row_id")
    rows = []
    for each in _in_order(pairs, plan_rows, report_rows):
        ours, theirs = _first(each.plan, plan_rows), _first(each.report, report_rows)
        rows.append(
            {
                **_pair_row(each),
                "name": (theirs or ours or {})["name"],
                "target_change": target_change(ours, theirs, "target"),
                "council_change": target_change(ours, theirs, "council_target"),
                "reported": _reported(each, theirs),
            }
        )
    columns = [*_PAIR, "name", "target_change", "council_change", "reported"]
    return _typed(rows, columns, ("change", "name", "target_change", "council_change", "reported"))


def stated_targets(changes: pd.DataFrame, rows: Mapping[str, pd.Series]) -> int:
    """How many of the plan's indicators have a target of the unit's own, in figures or as a direction."""
    mine = (dict(rows[ids[0]]) for ids in changes["plan_ids"] if ids)
    return sum(stated(row, "target") is not None for row in mine)


def _reported(each: Pair, row: dict[str, Any] | None) -> str | None:
    if each.plan is None or each.change == "unclear":
        return None
    if row is None:
        return "no_row"
    return "no_value" if pd.isna(row["value"]) else "value"


# ---------------------------------------------------------------------------------- activities


def activity_changes(plan: pd.DataFrame, report: pd.DataFrame, names: Collection[str] = ()) -> pd.DataFrame:
    """Activities: kept, with other dates, dropped, added, without analysis.

    Parameters
    ----------
    plan, report
        Rows of ``activities``, with ``level`` and ``area_code`` of the goal that they stand under (see
        `with_place`).
    names
        The unit's names through time.

    Returns
    -------
    DataFrame
        One row per activity: ``change``, ``plan_title``, ``report_title``, ``plan_start``, ``plan_end``,
        ``report_start``, ``report_end`` (dates), ``start_change`` and ``end_change`` (``same``, ``later``,
        ``earlier``, ``removed``, ``set`` or ``none``; missing unless both documents have the activity),
        ``analysed`` (whether the report says something about it; missing for what it lacks, and everywhere
        where the report analyses no activity at all), and the ids as in `goal_changes`.
    """
    pairs = pair_activities(_rows(plan), _rows(report), names)
    plan_rows, report_rows = _by_id(plan, "row_id"), _by_id(report, "row_id")
    analyses = any(_has_text(row["analysis"]) for row in report_rows.values())
    rows = []
    for each in _in_order(pairs, plan_rows, report_rows):
        ours, theirs = _first(each.plan, plan_rows), _first(each.report, report_rows)
        ids = each.report.ids if each.report else ()
        said = any(_has_text(report_rows[row_id]["analysis"]) for row_id in ids)
        rows.append(
            {
                **_pair_row(each),
                "plan_title": ours and ours["title"],
                "report_title": theirs and theirs["title"],
                **{f"plan_{name}": ours and _day(ours[name]) for name in ("start", "end")},
                **{f"report_{name}": theirs and _day(theirs[name]) for name in ("start", "end")},
                **{f"{name}_change": date_change(ours, theirs, name) for name in ("start", "end")},
                "analysed": said if theirs and analyses else None,
            }
        )
    dates = ["plan_start", "plan_end", "report_start", "report_end"]
    columns = [*_PAIR, "plan_title", "report_title", *dates, "start_change", "end_change", "analysed"]
    text = ("change", "plan_title", "report_title", "start_change", "end_change")
    return _typed(rows, columns, text).astype({"analysed": "boolean", **dict.fromkeys(dates, "object")})


def _has_text(value: Any) -> bool:
    return pd.notna(value) and bool(str(value).strip())


def _day(value: Any) -> datetime.date | None:
    return None if pd.isna(value) else value


# ---------------------------------------------------------------------------------- both


def with_place(rows: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``indicators`` or ``activities`` with ``level`` and ``area_code`` of their goal."""
    tree = goal_tree(goals).drop_duplicates("goal_id").set_index("goal_id")
    level = rows["goal_id"].map(tree["level"].astype("string")).astype("string")
    return rows.assign(level=level, area_code=rows["goal_id"].map(tree["area_code"]).astype("string"))


def _moved(each: Pair) -> bool:
    """Whether an item stands in another place in the report; a place that is not known is not another."""
    if each.plan is None or each.report is None:
        return False
    before, after = each.plan.place[1], each.report.place[1]
    return None not in (before, after) and before != after


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(row) for _, row in frame.iterrows()]


def _by_id(rows: pd.DataFrame, column: str) -> dict[str, dict[str, Any]]:
    return {str(row[column]): dict(row) for _, row in rows.iterrows()}


def _first(item: Item | None, rows: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    return None if item is None else rows[item.ids[0]]


def _in_order(
    pairs: Sequence[Pair], plan: dict[str, dict[str, Any]], report: dict[str, dict[str, Any]]
) -> list[Pair]:
    """By the plan's position; what only the report has, before what follows it there."""
    anchors = {each.report.ids[0]: _position(each.plan, plan) for each in pairs if each.plan and each.report}

    def order(each: Pair) -> tuple[float, int, float]:
        if each.plan:
            return _position(each.plan, plan), 1, 0.0
        own = _position(each.report, report)
        after = [at for row_id, at in anchors.items() if float(report[row_id]["position"]) > own]
        return min(after, default=math.inf), 0, own

    return sorted(pairs, key=order)


def _position(item: Item | None, rows: dict[str, dict[str, Any]]) -> float:
    return -1.0 if item is None else float(rows[item.ids[0]]["position"])


def _pair_row(each: Pair) -> dict[str, Any]:
    return {
        "change": each.change,
        "likeness": each.likeness,
        "plan_ids": each.plan.ids if each.plan else (),
        "report_ids": each.report.ids if each.report else (),
        "candidates": tuple(item.ids[0] for item in each.candidates),
    }


def _typed(rows: list[dict[str, Any]], columns: list[str], text: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    if frame.empty:
        frame = frame.astype({name: "object" for name in ("plan_ids", "report_ids", "candidates")})
    return frame.astype({**dict.fromkeys(text, "string"), "likeness": "Float64"})
