"""Which heading a row stands under."""

from __future__ import annotations

import pandas as pd

MOVED = ("later", "earlier", "removed", "set")
"""What may become of a date, other than nothing."""


def target_group(change: pd.Series) -> str:
    """Of an indicator: what became of it, else of its target."""
    if change["change"] == "unclear":
        return "unclear"
    if change["change"] in ("dropped", "added"):
        return "no_row" if change["change"] == "dropped" else "added"
    return str(change["target_change"])


def activity_group(change: pd.Series) -> str:
    """Of an activity: what became of it, else which date moved, else ``same``."""
    if change["change"] in ("dropped", "unclear", "added"):
        return str(change["change"])
    if change["end_change"] in MOVED:
        return "end"
    return "start" if change["start_change"] in MOVED else "same"
