"""The list of checks, and what they share.

A check takes a report's rows by table and yields `Noted` doubts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from vbdata.normalise.noted import Noted
from vbdata.validate.direction import directed
from vbdata.validate.places import at_cells, left_out
from vbdata.vocabulary import is_unread

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
    directions = {"indicators": [directed(row) for row in rows["indicators"]]}
    rows = rows | directions  # of this run alone: what checks share of a report is kept by it
    return at_cells(rows, (noted for function in CHECKS for noted in function(rows)))


def any_unread(rows: Iterable[Row]) -> bool:
    """Whether a form has counts that could not be read: then nothing can be said of sums and blanks."""
    return any(is_unread(row["count_raw"]) for row in rows)


def form_unread(rows: Rows) -> bool:
    """Whether some of the complaint form could not be read, a count or words that stood among its rows."""
    return any_unread(rows["complaints"]) or left_out(rows, rows["complaints"])
