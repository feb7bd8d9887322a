"""Checks of one report's tables, by subject.

To add one: write a function under `@check` in the module of its subject, and its code in findings.csv.
A check never changes anything.
"""

from vbdata.validate.checks import (
    answered,
    arithmetic,
    claims,
    complaints,
    counted,
    economy,
    figures,
    goals,
    hollow,
    indicators,
    leftovers,
    listed,
    missing,
    periods,
    progress,
    repeated,
    reported,
    retold,
    rows,
    targets,
    told_twice,
    trades,
    tree,
    units,
)
from vbdata.validate.checks.registry import CHECKS, check, run_checks

__all__ = [
    "CHECKS",
    "answered",
    "arithmetic",
    "check",
    "claims",
    "complaints",
    "counted",
    "economy",
    "figures",
    "goals",
    "hollow",
    "indicators",
    "leftovers",
    "listed",
    "missing",
    "periods",
    "progress",
    "repeated",
    "reported",
    "retold",
    "rows",
    "run_checks",
    "targets",
    "told_twice",
    "trades",
    "tree",
    "units",
]
