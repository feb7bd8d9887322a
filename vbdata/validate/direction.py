"""Which way an indicator should go where the vocabulary does not know it: by its name and its target."""

from __future__ import annotations

import re
from typing import Any

from vbdata.validate.stems import has

Row = dict[str, Any]
_TARGETS = ("target", "council_target")
_AIM = ("target", "value_previous")
_RULES = {"increase": "higher", "decrease": "lower"}


def better(row: Row) -> str | None:
    """The row's direction, or its target's or name's, or up where a share or count aims above last year.

    >>> better({"better": None, "name": "Andel trygga elever", "target": None})
    'higher'
    """
    if told := _told(row):
        return told
    target, previous = (row.get(cell) if row.get("measure_unit") in ("%", "st") else None for cell in _AIM)
    aims = target is not None and previous is not None and target > previous and not has("bad", row["name"])
    return "higher" if aims else None


def _told(row: Row) -> str | None:
    """The row's direction, or that of its target's or its name's words."""
    if row["better"]:
        return str(row["better"])
    wanted = {_RULES[rule] for each in _TARGETS if (rule := row.get(f"{each}_rule")) in _RULES}
    if len(wanted) == 1:
        return wanted.pop()
    good, bad = has("good", row["name"]), has("bad", row["name"])
    return None if good == bad else "higher" if good else "lower"


def _alike(row: Row) -> bool:
    """Outcome and target are printed in the same unit."""
    units = {re.sub(r"[\d\s.,]", "", row[f"{cell}_raw"] or "") for cell in ("value", "target")}
    return len(units) == 1


def reaches(value: float, target: float, way: str) -> bool:
    """Whether an outcome is at its target or beyond, on the way that is better."""
    return bool(value >= target if way == "higher" else value <= target)


def directed(row: Row) -> Row:
    """The row with its direction, and with what it has attained by it."""
    if row["better"]:
        return row
    way, value, target = _told(row), row.get("value"), row["target"]
    if way is None:
        return row
    attained = row.get("attainment")
    if attained is None and value is not None and target is not None and _alike(row):
        attained = "met" if reaches(value, target, way) else "not_met"
    return row | {"better": way, "attainment": attained}


def rounds_to_target(row: Row) -> bool:
    """An outcome that a reader rounds to its target: 89,6 % beside 90 %.

    >>> rounds_to_target({"value": 89.6, "target": 90.0}), rounds_to_target({"value": 89.4, "target": 90.0})
    (True, False)
    """
    value, target = row["value"], row["target"]
    return value is not None and target is not None and float(target).is_integer() and round(value) == target


def council_met(row: Row) -> bool | None:
    """Whether the outcome reaches the council's target; None where that is not known."""
    value, target, better = row["value"], row["council_target"], row["better"]
    if value is None or target is None or better is None:
        return None
    return reaches(value, target, better)


def is_weaker(row: Row, target: float | None, other: float | None) -> bool:
    """Whether a target is easier to reach than another one; not where the direction is not known.

    >>> is_weaker({"better": "lower"}, 9.5, 8.5), is_weaker({"better": "higher"}, 90.0, 80.0)
    (True, False)
    """
    if target is None or other is None or row["better"] is None:
        return False
    return bool(target < other if row["better"] == "higher" else target > other)
