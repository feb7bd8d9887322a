"""Which pages of plan and outcome there are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

import pandas as pd

from vbdata.analyse.plan_outcome import followed_up, unread_heirs
from vbdata.plot.formats import date, listed
from vbdata.register import register
from vbdata.render.parts import addresses
from vbdata.render.parts.components import link
from vbdata.render.parts.html import Html


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


def kin_of(reports: pd.DataFrame, unit_id: str) -> pd.DataFrame:
    """The reports of a unit and of all that it hangs together with by successions.

    A page about one unit needs no others, and there may be a thousand.
    """
    known = register()
    kin = [unit_id]
    for each in kin:  # grows as it goes
        before = (s.predecessor_id for s in known.predecessors_of(each))
        after = (s.successor_id for s in known.successors_of(each))
        kin.extend(dict.fromkeys(name for name in (*before, *after) if name not in kin))
    return reports[reports["unit_id"].isin(kin)]


def outcome_pages(reports: pd.DataFrame) -> list[OutcomePage]:
    """All pages of plan and outcome that the reports give."""
    rows = {str(row["report_id"]): row for _, row in reports.iterrows()}
    pairs = followed_up(reports, register())
    plans = pairs["report_id"].value_counts()
    found = []
    for report_id, plan_id in pairs.itertuples(index=False):
        report, planned, alone = rows[report_id], rows[plan_id], bool(plans[report_id] == 1)
        planner = "" if alone else str(planned["unit_id"])
        page = addresses.outcome_page(int(report["year"]), str(report["unit_id"]), planner)
        names = str(report["unit_name"]), str(planned["unit_name"])
        found.append(OutcomePage(report_id, plan_id, *names, page, alone))
    return found


def divided_on(report: pd.Series) -> str:
    """The day of a report's year on which its unit was divided, so that others follow up its plan."""
    after = register().successors_of(str(report["unit_id"]))
    days = [s.date for s in after if s.kind == "split" and s.date.year == report["year"]]
    return date(min(days)) if days else ""


def divided(
    plans: pd.DataFrame, reports: pd.DataFrame, here: PurePosixPath, *, shared: bool = False
) -> list[Html]:
    """What became of the units of plans that were divided within the year, and who has not reported.

    `reports` are all of the year; `here` is the page in the making. Pages that are `shared` have no other
    page to lead to.
    """
    pages = [] if shared else outcome_pages(reports)
    told: list[Html] = []
    for _, plan in plans.iterrows():
        if not (day := divided_on(plan)):
            continue
        ways = [each for each in pages if each.plan_id == plan["report_id"]]
        by = [link(addresses.href(each.page, here), each.unit_name) for each in ways]
        told.append(Html("{} delades den {}.").format(plan["unit_name"], day))
        if by:
            told.append(Html("Planen följs upp av {}.").format(Html(listed(by))))
        told.extend(unread(plan, reports))
    return told


def unread(plan: pd.Series, reports: pd.DataFrame) -> list[Html]:
    """Which of the units that a plan's unit was divided into have not reported, in a sentence if any."""
    known = register()
    names = [
        known.by_id[each].name if each in known.by_id else each for each in unread_heirs(plan, reports, known)
    ]
    return [Html("Ingen rapport är inläst från {}.").format(listed(names))] if names else []
