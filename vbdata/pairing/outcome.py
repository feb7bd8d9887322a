"""Goals, indicators and activities of a plan beside those of its report: which are one, and what changed.

Rows are plain mappings with the columns of their table and, where they are no goals themselves, the ``level``
and ``area_code`` of the goal that they stand under; a missing value is None or NA.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from vbdata.pairing.items import Item, Pair, pair
from vbdata.register import Register

Row = Mapping[str, Any]
_DIRECTIONS = ("increase", "decrease")  # rules that say what to reach; "set by the board" says only who will


def planners(unit_id: str, planning: Collection[str], register: Register) -> list[str]:
    """The unit if it is among those that have a plan, else the nearest generation before it that is."""
    generation, seen = [unit_id], {unit_id}
    while generation:
        mine = [each for each in generation if each in planning]
        if mine:
            return mine
        before = (s for each in generation for s in register.predecessors_of(each))
        ended = dict.fromkeys(s.predecessor_id for s in before if s.ends_predecessor)
        generation = [each for each in ended if each not in seen]
        seen.update(generation)
    return []


def names_of(unit_ids: Collection[str], printed: Collection[str], register: Register) -> frozenset[str]:
    """All names of the units and of those that they came from, and the names printed on the documents."""
    lines = {each for unit_id in unit_ids for each in register.lineage(unit_id, ended=True)}
    known = (unit for unit in register.units if unit.unit_id in lines)
    return frozenset(name for unit in known for name in unit.names) | frozenset(map(str, printed))


def pair_goals(plan: Sequence[Row], report: Sequence[Row], names: Collection[str] = ()) -> list[Pair]:
    """Goals by level, never across levels; rows of ``goals`` with ``area_code``."""
    return pair(
        [_goal_item(row) for row in plan],
        [_goal_item(row) for row in report],
        across=lambda a, b: a.place[0] == b.place[0],
        names=names,
    )


def pair_indicators(plan: Sequence[Row], report: Sequence[Row]) -> list[Pair]:
    """Indicators, by their identity before their words."""
    return pair(
        [_indicator_item(row) for row in plan],
        [_indicator_item(row) for row in report],
        across=lambda a, b: True,
        digits=True,
    )


def pair_activities(plan: Sequence[Row], report: Sequence[Row], names: Collection[str] = ()) -> list[Pair]:
    """Activities, by their words; of the same words by their dates, else by words of their own."""
    return pair(
        [_activity_item(row) for row in plan],
        [_activity_item(row) for row in report],
        across=lambda a, b: True,
        names=names,
        replaced=True,
    )


def _goal_item(row: Row) -> Item:
    """Council goals are known by code and words; others stand under their area."""
    level = str(row["level"])
    area = row["code"] if level in ("direction", "area") else row["area_code"]
    return Item((str(row["goal_id"]),), str(row["title"]), (level, _text(area)))


def _indicator_item(row: Row) -> Item:
    targets = tuple(None if pd.isna(row[name]) else float(row[name]) for name in ("target", "council_target"))
    return Item((str(row["row_id"]),), str(row["name"]), _place(row), targets, str(row["indicator_id"]))


def _activity_item(row: Row) -> Item:
    dates = tuple(_day(row[name]) for name in ("start", "end"))
    return Item((str(row["row_id"]),), str(row["title"]), _place(row), dates)


def _place(row: Row) -> tuple[str, str | None]:
    return _text(row["level"]) or "", _text(row["area_code"])


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _day(value: Any) -> datetime.date | None:
    return None if pd.isna(value) else value


def target_change(ours: Row | None, theirs: Row | None, column: str) -> str | None:
    """What became of a target between the plan's row and the report's.

    ``same``, ``moved``, ``set`` (only the report states one), ``council`` (the report's own is what the plan
    gives as the council's), ``removed``, ``none`` (neither does) or ``unclear``; None where a document lacks
    the row.
    """
    if ours is None or theirs is None:
        return None
    before, after = stated(ours, column), stated(theirs, column)
    if before is None and after is not None:
        return "council" if after == stated(ours, "council_target") else "set"
    if before is None:
        return "none"
    if after is None:
        return "removed"
    units = {str(row["measure_unit"]) for row in (ours, theirs) if pd.notna(row["measure_unit"])}
    if len(units) > 1 and "number" in (before[0], after[0]):
        return "unclear"
    return "same" if before == after else "moved"


def stated(row: Row, column: str) -> tuple[str, float | None] | None:
    """The target, if it says what to reach: a rule, and a number where the rule is a number."""
    rule, number = _text(row[f"{column}_rule"]), _text(row[column])
    if number is not None:
        return "number", round(float(number), 9)
    return (rule, None) if rule in _DIRECTIONS else None


def date_change(ours: Row | None, theirs: Row | None, name: str) -> str | None:
    """What became of a date: ``same``, ``later``, ``earlier``, ``removed``, ``set`` or ``none``.

    The day before or after is the same date, written otherwise.
    """
    if ours is None or theirs is None:
        return None
    before, after = _day(ours[name]), _day(theirs[name])
    if before is None or after is None:
        return "none" if before is after else ("set" if before is None else "removed")
    return "same" if abs((after - before).days) <= 1 else ("later" if after > before else "earlier")
