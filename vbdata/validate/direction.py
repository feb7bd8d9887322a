"""Which way an indicator should go where the vocabulary does not know it: by its name and its target."""

from __future__ import annotations

import re
from typing import Any

from vbdata.validate.stems import has

Row = dict[str, Any]


def better(row: Row) -> str | None:
    """The direction of the row, or that of its name's words, or up where it aims above last year's outcome.

    >>> better({"better": None, "name": "Andel trygga elever", "target": 90.0, "value_previous": 88.0})
    'higher'
    """
    if row["better"]:
        return str(row["better"])
    good, bad = has("good", row["name"]), has("bad", row["name"])
    if good != bad:
        return "higher" if good else "lower"
    target, previous = row["target"], row.get("value_previous")
    aims = target is not None and previous is not None and target > previous and not bad
    return "higher" if aims else None


def _alike(row: Row) -> bool:
    """Outcome and target are printed in the same unit, of one of those that need no more to be told."""
    units = {re.sub(r"[\d\s.,]", "", row[f"{cell}_raw"] or "") for cell in ("value", "target")}
    return len(units) == 1 and units <= {"%", "st"}


def directed(row: Row) -> Row:
    """The row with its direction, and with what it has attained by it."""
    if row["better"]:
        return row
    way, value, target = better(row), row.get("value"), row["target"]
    if way is None:
        return row
    attained = row.get("attainment")
    if attained is None and value is not None and target is not None and _alike(row):
        attained = "met" if (value >= target if way == "higher" else value <= target) else "not_met"
    return row | {"better": way, "attainment": attained}
