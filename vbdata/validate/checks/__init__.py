"""Checks of one report's tables, by subject.

To add one: write a function under `@check` in the module of its subject, and its code in findings.csv.
A check never changes anything.
"""

from vbdata.validate.checks import (
    complaints,
    counted,
    figures,
    goals,
    indicators,
    leftovers,
    missing,
    reported,
    rows,
    targets,
    tree,
    units,
)
from vbdata.validate.checks.registry import CHECKS, check, run_checks

__all__ = [
    "CHECKS",
    "check",
    "complaints",
    "counted",
    "figures",
    "goals",
    "indicators",
    "leftovers",
    "missing",
    "reported",
    "rows",
    "run_checks",
    "targets",
    "tree",
    "units",
]
