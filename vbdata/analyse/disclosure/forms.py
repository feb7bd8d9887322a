"""Counts of complaints, suppressed so that they cannot be worked out again.

Counts of fewer than `threshold` cases (zero aside) are *primary* suppressions; further counts are suppressed
with them (*secondary*), because T1 + T2 + VB = total on every row, and because the form's questions about
the same events have the same sums: what one question hides, another may give away. This is cell suppression
by the minimum frequency rule, as in Hundepool et al., *Handbook on Statistical Disclosure Control* (2nd ed.,
2024), chapter 5, and SCB's handbook *Statistisk röjandekontroll av tabeller* (2015:1). Zeros are shown:
that nothing has come in tells of no case, but it tells that a row that is hidden has at least one.

Per question of one form:

1. A row whose total, or whose sum over the periods, is small is hidden whole. The sum of the hidden totals is
   taken as known, from another question. Each hidden row has a case or more, so the smallest other row is
   hidden too, until what is left when each has one (the *slack*) could make any of them large.
2. Where any count is small, all periods of all rows that have cases are hidden, in the periods that have
   any: what is left is a full table, of which only margins are known. Then every hidden count could be
   another number (the Fréchet bounds of a table with known margins).

Where all rows of a question together have too little slack, every count of the form is hidden.

`tests/test_disclosure.py` solves the equations for forms of all kinds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from vbdata.analyse.disclosure.profile import THRESHOLD
from vbdata.schema.tables import HIDDEN

_PARTS = ("T1", "T2", "VB")
_SLACK = 2
"""A hidden count that can only be one of two numbers is as good as known."""


def is_hidden(raw: object) -> bool:
    """Whether a cell's text says that its count is suppressed: neither blank nor zero."""
    return isinstance(raw, str) and raw == HIDDEN


def suppressed(
    complaints: pd.DataFrame,
    threshold: int = THRESHOLD,
    whole: Iterable[str] = (),
    also: Iterable[Any] = (),
) -> pd.DataFrame:
    """Complaints with small counts, and those that would give them away, suppressed.

    Parameters
    ----------
    whole
        Reports of which nothing is shown, neither counts nor zeros, where the form has any count.
    also
        Rows that are hidden whatever they hold.
    """
    frame = complaints.copy()
    if frame.empty:
        return frame
    everything = set(whole)
    facet = frame["facet"].astype("string").fillna("grupp " + frame["group"].astype("string"))
    hide: set[Any] = set(also)
    for report_id, form in frame.groupby("report_id", sort=False):
        questions = [_Question(part, threshold) for _, part in form.groupby(facet[form.index], sort=False)]
        if report_id in everything:
            filled = any(question.filled for question in questions)
            hide |= set(form.index) if filled else set()
        else:
            hide |= _hidden(questions)
    hit = frame.index.isin(list(hide))
    frame.loc[hit, "count"] = pd.NA
    frame.loc[hit, "count_raw"] = HIDDEN
    return frame


def _hidden(questions: list[_Question]) -> set[Any]:
    """The cells of one form that are suppressed."""
    if all(question.safe for question in questions):
        return {index for question in questions for index in question.hidden()}
    return {index for question in questions for index in question.every()}


class _Question:
    """One question of one form: rows of periods, each cell an index of the frame with its count."""

    def __init__(self, part: pd.DataFrame, threshold: int) -> None:
        self.threshold = threshold
        self.rows: dict[Any, dict[str, tuple[Any, int | None]]] = {}
        self.unread: set[Any] = set()
        for index, position, period, count, raw in zip(
            part.index,
            part["position"],
            part["period"].astype(str),
            part["count"],
            part["count_raw"],
            strict=True,
        ):
            known = None if pd.isna(count) else int(count)
            self.rows.setdefault(position, {})[period] = (index, known)
            if known is None and isinstance(raw, str) and raw.strip(" -–—."):
                self.unread.add(position)
        self.filled = [row for row in self.rows if self._weight(row) or row in self.unread]
        self.whole = self._whole_rows()

    @property
    def safe(self) -> bool:
        """Whether the hidden rows could be others, were the sum of their totals known."""
        return not self.whole or self._slack(self.whole) >= self._least_slack

    def every(self) -> set[Any]:
        """All cells of rows with any count, in the periods that have any."""
        return self._cells(self.filled, [*self._parts, "total"])

    def hidden(self) -> set[Any]:
        """The cells that are suppressed."""
        counts = [count for row in self.rows.values() for _, count in row.values()]
        if not (self.whole or any(map(self._small, counts))):
            return set()
        split = self.filled if len(self._parts) > 1 else self.whole
        return self._cells(split, self._parts) | self._cells(self.whole, ["total"])

    @property
    def _parts(self) -> list[str]:
        return [p for p in _PARTS if any(self._count(row, p) or row in self.unread for row in self.filled)]

    def _cells(self, rows: Iterable[Any], periods: Iterable[str]) -> set[Any]:
        return {self.rows[row][period][0] for row in rows for period in periods if period in self.rows[row]}

    def _whole_rows(self) -> set[Any]:
        """Rows whose total is hidden, with those that keep it from being worked out."""
        whole = {
            row
            for row in self.filled
            if row in self.unread or self._small(self._weight(row)) or self._small(self._count(row, "total"))
        }
        others = (row for row in self.filled if row not in whole)
        rest = sorted(others, key=lambda row: (self._weight(row), row))
        while whole and rest and (len(whole) < 2 or self._slack(whole) < self._least_slack):
            whole.add(rest.pop(0))
        return whole

    @property
    def _least_slack(self) -> int:
        return max(self.threshold - 1, _SLACK)

    def _slack(self, whole: set[Any]) -> int:
        """What the hidden rows have together beyond a case each."""
        return sum(map(self._weight, whole)) - len(whole)

    def _count(self, row: Any, period: str) -> int:
        return self.rows[row].get(period, (None, None))[1] or 0

    def _weight(self, row: Any) -> int:
        """The row's cases: its total, or what its periods say where that is more."""
        return max(self._count(row, "total"), sum(self._count(row, period) for period in _PARTS))

    def _small(self, count: int | None) -> bool:
        return count is not None and 0 < count < self.threshold
