"""The list of checks, and what they share.

A check takes a report's rows by table and yields `Noted` doubts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from vbdata.extract.document import Place
from vbdata.normalise.noted import Noted

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Check = Callable[[Rows], Iterator[Noted]]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    """Register a check."""
    CHECKS.append(function)
    return function


def run_checks(rows: Rows) -> list[Noted]:
    """All doubts that the registered checks have about a report's rows."""
    return [noted for function in CHECKS for noted in function(rows)]


def place(row: Row) -> Place:
    """Where a row was read."""
    return Place(row["source_line"], row["source_page"])
