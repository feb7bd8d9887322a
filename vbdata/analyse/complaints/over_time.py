"""A unit's complaints over the years, broken where the form or the unit changed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.control import ControlChart, control_chart
from vbdata.analyse.lineage import unit_series
from vbdata.analyse.runs import RunChart, run_chart
from vbdata.register import Register

SHORT_PERIODS = ("T1", "T2", "VB")
"""The year's three periods of four months; VB is the last one's increment, not the year."""


def history(counts: pd.DataFrame, reports: pd.DataFrame, unit_id: str, register: Register) -> pd.DataFrame:
    """`question_counts` of a unit's annual reports and of those of the units that it came from.

    Parameters
    ----------
    counts
        Rows of `question_counts`.
    reports
        The annual reports, one per unit and year: ``report_id``, ``unit_id``, ``unit_name``, ``year``.

    Returns
    -------
    DataFrame
        The counts with ``series``, the reports' columns, and ``segment``, ``break``, ``break_date`` and
        ``partial`` of `unit_series`, per series in order of time. A change of form breaks a series unless
        the forms share the question.
    """
    known = vocabulary.questions()
    frame = counts.merge(reports[["report_id", "unit_id", "unit_name", "year"]], on="report_id", how="inner")
    frame["series"] = pd.array([known[code].series for code in frame["question"]], dtype="string")
    parts = []
    for _, part in frame.groupby("series", sort=False):
        shared = all(known[code].concept for code in part["question"])
        values = part.rename(columns={"template": "form"}) if shared else part.assign(form=part["template"])
        parts.append(unit_series(values, unit_id, register))
    if not parts:
        parts.append(unit_series(frame.assign(form=frame["template"]), unit_id, register))
    return pd.concat(parts, ignore_index=True)


def by_period(series: pd.DataFrame) -> pd.DataFrame:
    """One series of `history` as one row per year and period of four months.

    ``year``, ``period``, ``count`` (missing where all its boxes are blank), ``question``, ``segment``,
    ``break`` (on the first period after it), ``unit_name``, ``report_id``.
    """
    rows = []
    for _, row in series.iterrows():
        for period in SHORT_PERIODS:
            first = period == SHORT_PERIODS[0]
            rows.append(
                {
                    **{name: row[name] for name in ("year", "question", "segment", "unit_name", "report_id")},
                    "period": period,
                    "count": row[period],
                    "break": row["break"] if first else pd.NA,
                }
            )
    columns = ["year", "period", "count", "question", "segment", "break", "unit_name", "report_id"]
    return pd.DataFrame(rows, columns=columns).astype({"count": "Int64", "break": "string"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a series without a break: its run chart and, from 12 points on, its control chart."""

    number: int
    points: pd.DataFrame
    runs: RunChart | None
    control: ControlChart | None


def segments(points: pd.DataFrame) -> list[Segment]:
    """The segments of one series of `by_period`, in order of time."""
    found = []
    for number in sorted(int(each) for each in points["segment"].unique()):
        part = points[points["segment"] == number]
        counts = [None if pd.isna(count) else int(count) for count in part["count"]]
        found.append(Segment(number, part, run_chart(counts), control_chart(counts)))
    return found
