"""What a reader is told first, as data: the wording is render's."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vbdata.analyse.complaints import SUBJECT_FACETS, facet_totals, form_state
from vbdata.analyse.goals import WEAKEST_FIRST, follow_up
from vbdata.schema.tables import STATUSES


@dataclass(frozen=True, slots=True)
class GoalSummary:
    """Goals of one level: how many, how many of each status, and the ones that are not fully met."""

    total: int
    counts: dict[str, int]
    unstated: int
    follow_up: pd.DataFrame

    @property
    def short_of(self) -> int:
        """How many are not, or only partly, met."""
        return self.counts["not_met"] + self.counts["partly_met"]


def summarise_goals(goals: pd.DataFrame, level: str = "unit") -> GoalSummary:
    """Count the goals of one level of one or more reports."""
    chosen = goals[goals["level"] == level]
    statuses = chosen["status"].astype("string")
    counts = {status: int((statuses == status).sum()) for status in WEAKEST_FIRST if status in STATUSES}
    return GoalSummary(len(chosen), counts, int(statuses.isna().sum()), follow_up(chosen))


@dataclass(frozen=True, slots=True)
class IndicatorSummary:
    """Indicators of one report: how many, how many reach their target, and the rows that do not."""

    total: int
    met: int
    not_met: int
    missed: pd.DataFrame

    @property
    def judged(self) -> int:
        """How many have an outcome and a target that can be compared."""
        return self.met + self.not_met


def summarise_indicators(indicators: pd.DataFrame) -> IndicatorSummary:
    """Count the indicators of one or more reports."""
    attainment = indicators["attainment"].astype("string")
    missed = indicators[attainment == "not_met"]
    return IndicatorSummary(len(indicators), int((attainment == "met").sum()), len(missed), missed)


@dataclass(frozen=True, slots=True)
class ComplaintSummary:
    """One report's form.

    `state` is `form_state`'s. `facet` is the first facet that says something: what the cases were about if
    that is filled in, else the form's first filled one; `total` its sum, `leading` its largest named
    category, if one is larger than the others, with its count; `others` the remaining filled facets with
    their sums; of lex Sarah the reports received, without those passed on.
    """

    state: str
    facet: str | None = None
    total: int | None = None
    leading: tuple[str, int] | None = None
    others: tuple[tuple[str, int], ...] = ()
    subject_blank: bool = False


def summarise_complaints(wide_rows: pd.DataFrame) -> ComplaintSummary:
    """Sum up one report's form, facet by facet, never across them."""
    state = form_state(wide_rows)
    if state != "filled":
        return ComplaintSummary(state)
    totals = facet_totals(wide_rows).dropna(subset=["total", "facet"])
    sums = {str(facet): int(total) for facet, total in zip(totals["facet"], totals["total"], strict=True)}
    sums |= _reports_received(wide_rows) if "lex_sarah" in sums else {}
    subject = next((facet for facet in SUBJECT_FACETS if facet in sums), None)
    blank = subject is None and bool(wide_rows["facet"].isin(SUBJECT_FACETS).any())
    facet = subject or next(iter(sums), None)
    if facet is None:
        return ComplaintSummary(state, subject_blank=blank)
    others = tuple((name, total) for name, total in sums.items() if name != facet)
    return ComplaintSummary(state, facet, sums[facet], _leading(wide_rows, facet), others, blank)


def _reports_received(wide_rows: pd.DataFrame) -> dict[str, int]:
    """Lex Sarah reports received, where the form says how many.

    The form's other row under that heading has those of them that were passed on to the inspectorate (IVO):
    added to the first they would be counted twice.
    """
    received = wide_rows[wide_rows["concept"] == "lex_sarah_reports"]
    total = facet_totals(received[received["facet"] == "lex_sarah"])["total"].dropna()
    return {"lex_sarah": int(total.sum())} if len(total) else {}


def _leading(wide_rows: pd.DataFrame, facet: str) -> tuple[str, int] | None:
    """The category with the largest total, unless it shares the place or is «Annat»."""
    rows = wide_rows[(wide_rows["facet"] == facet) & (wide_rows["total"].fillna(0) > 0)]
    rows = rows[~rows["category"].str.casefold().str.startswith("annat")]
    if rows.empty:
        return None
    most = int(rows["total"].max())
    first = rows[rows["total"] == most]
    return (str(first.iloc[0]["category"]), most) if len(first) == 1 else None
