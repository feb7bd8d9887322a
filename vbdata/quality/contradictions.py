"""How often the checks of contradictions are right, and how much of what they should find they find."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

CONTRADICTIONS = Path(__file__).with_name("contradictions.csv")
"""Written by ``benchmarks/contradictions.py --keep``."""


class Checked(NamedTuple):
    """Labelled cases of one kind of finding.

    `corpus` is ``heldout`` (written before the checks, scored late), ``dev`` (the checks were tuned on it),
    ``planted`` (repeated text put into sample reports, beside repetition that is right, by report) or
    ``real`` (the real reports, read by hand). Of its cases, `true` were found and should be, `false` were
    found and should not, `missed` should have been and were not, `quiet` rightly were not.
    """

    corpus: str
    code: str
    true: int
    false: int
    missed: int
    quiet: int
    version: str
    measured: str


def added(found: Iterable[Checked]) -> tuple[int, int, int, int]:
    """Counts of several kinds together: true, false, missed, quiet.

    >>> added([Checked("dev", "a", 1, 2, 3, 4, "", ""), Checked("dev", "b", 1, 0, 0, 1, "", "")])
    (2, 2, 3, 5)
    """
    rows = list(found)
    return (
        sum(row.true for row in rows),
        sum(row.false for row in rows),
        sum(row.missed for row in rows),
        sum(row.quiet for row in rows),
    )
