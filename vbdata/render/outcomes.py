"""Which pages of plan and outcome there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from vbdata.analyse.plan_outcome import followed_up
from vbdata.register import register
from vbdata.render import layout


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """A page of plan and outcome: the two documents, the unit that reports and the one that planned."""

    report_id: str
    plan_id: str
    unit_name: str
    planner_name: str
    page: PurePosixPath
    alone: bool
    """Whether the report has no other plan."""


def outcome_pages(reports: pd.DataFrame) -> list[OutcomePage]:
    """All pages of plan and outcome that the reports give."""
    rows = {str(row["report_id"]): row for _, row in reports.iterrows()}
    pairs = followed_up(reports, register())
    plans = pairs["report_id"].value_counts()
    found = []
    for report_id, plan_id in pairs.itertuples(index=False):
        report, planned, alone = rows[report_id], rows[plan_id], bool(plans[report_id] == 1)
        planner = "" if alone else str(planned["unit_id"])
        page = layout.outcome_page(int(report["year"]), str(report["unit_id"]), planner)
        names = str(report["unit_name"]), str(planned["unit_name"])
        found.append(OutcomePage(report_id, plan_id, *names, page, alone))
    return found
