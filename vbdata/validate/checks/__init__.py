"""Checks of one report's tables, by subject.

To add one: write a function under `@check` in the module of its subject, and its code in findings.csv.
A check never changes anything.
"""

from vbdata.validate.checks import (
    arithmetic,
    complaints,
    counted,
    figures,
    goals,
    indicators,
    leftovers,
    listed,
    missing,
    retold,
    rows,
    units,
)
from vbdata.validate.checks.registry import CHECKS, check, run_checks

__all__ = [
    "CHECKS",
    "arithmetic",
    "check",
    "complaints",
    "counted",
    "figures",
    "goals",
    "indicators",
    "leftovers",
    "listed",
    "missing",
    "retold",
    "rows",
    "run_checks",
    "units",
]
