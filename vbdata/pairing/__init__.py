"""Which row of a plan is which row of the report that follows it up; frames and findings both rest on it."""

from vbdata.pairing.items import CHANGES, POSSIBLE, Item, Pair, exchanged, likeness, merged, pair, unnamed
from vbdata.pairing.outcome import (
    Row,
    date_change,
    names_of,
    pair_activities,
    pair_goals,
    pair_indicators,
    planners,
    stated,
    target_change,
)

__all__ = [
    "CHANGES",
    "POSSIBLE",
    "Item",
    "Pair",
    "Row",
    "date_change",
    "exchanged",
    "likeness",
    "merged",
    "names_of",
    "pair",
    "pair_activities",
    "pair_goals",
    "pair_indicators",
    "planners",
    "stated",
    "target_change",
    "unnamed",
]
