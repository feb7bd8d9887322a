"""The data of the page: a plan and a report, what became of each row, and how the two units hang together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import pandas as pd

from vbdata import analyse
from vbdata.analyse import plan_outcome
from vbdata.analyse.disclosure import THRESHOLD, Profile
from vbdata.analyse.lineage import path_from
from vbdata.analyse.own_words import Beside
from vbdata.errors import MissingDataError
from vbdata.pairing import names_of
from vbdata.register import Register, Succession, register
from vbdata.render.parts import addresses
from vbdata.render.parts.data import tables_for
from vbdata.render.parts.outcomes import OutcomePage, kin_of, outcome_pages
from vbdata.store import data_sha256, snapshot

_READ = (
    "reports", "goals", "indicators", "activities", "findings", "corrections", "passages", "quantities",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """The plan or the report, with its rows, its numbered findings and its own page."""

    report: pd.Series
    goals: pd.DataFrame
    indicators: pd.DataFrame
    activities: pd.DataFrame
    findings: pd.DataFrame
    page: PurePosixPath
    passages: pd.DataFrame
    quantities: pd.DataFrame

    @property
    def beside(self) -> Beside:
        """What stands beside its texts."""
        return Beside(self.findings, self.quantities)

    @property
    def name(self) -> str:
        """The unit as the document's title gives it."""
        return str(self.report["unit_name"])


@dataclass(frozen=True)
class OutcomeData:
    """A plan beside a report.

    Attributes
    ----------
    goals, targets, activities
        What became of each row, as `analyse.plan_outcome` has it.
    rows
        Row id (goal id for goals) → the row, of both documents.
    way
        The successions from the unit that planned to the unit that reports; nothing where they are one.
    siblings
        Pages of the other reports that follow up the same plan.
    heirs
        Units that took over from the one that planned but have no report of the year.
    other_plans
        Other plans that the report follows up, after a merger.
    """

    plan: Side
    report: Side
    goals: pd.DataFrame
    targets: pd.DataFrame
    activities: pd.DataFrame
    rows: dict[str, pd.Series]
    way: tuple[Succession, ...]
    siblings: tuple[OutcomePage, ...]
    heirs: tuple[str, ...]
    other_plans: pd.DataFrame
    corrections: pd.DataFrame
    register: Register
    data_sha256: str
    profile: Profile = field(default_factory=Profile)

    @property
    def year(self) -> int:
        """The year of both."""
        return int(self.report.report["year"])

    @property
    def page(self) -> PurePosixPath:
        """Where this page lies."""
        planner = str(self.plan.report["unit_id"]) if len(self.other_plans) else ""
        return addresses.outcome_page(self.year, str(self.report.report["unit_id"]), planner)

    def side_of(self, row_id: str) -> Side:
        """The document that a row stands in."""
        return self.plan if row_id.split("/")[0] == self.plan.report["report_id"] else self.report

    def unit_name(self, unit_id: str) -> str:
        """A unit's name as a document of the page has it, else as the register does."""
        known = self.register.by_id.get(unit_id)
        printed = (s.name for s in (self.plan, self.report) if s.report["unit_id"] == unit_id)
        return next(printed, known.name if known else unit_id)


def outcome_data(
    unit_id: str,
    year: int,
    processed: str | Path,
    kind: str = "",
    plan_id: str = "",
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> OutcomeData:
    """The tables of a unit's report and of the plan that it follows up.

    Parameters
    ----------
    kind
        ``VB``, ``T1`` or ``T2``; empty for the report that says most about the outcome.
    plan_id
        The plan's report id; empty for the one that there is.
    profile, threshold
        Whom the page is for; see `analyse.disclosure`.

    Raises
    ------
    MissingDataError
        When there is no such report, or no plan for it.
    """
    state, seen_by = snapshot(processed), Profile(profile, threshold)
    tables = tables_for(seen_by, state, _READ)
    reports, known = analyse.latest(tables["reports"]), register()
    report = analyse.select_report(reports[reports["kind"] != "VP"], unit_id, year, kind)
    plans = plan_outcome.plans_of(reports, report, known)
    chosen = plans[plans["report_id"] == plan_id] if plan_id else plans
    if chosen.empty:
        raise MissingDataError(
            "enheten har ingen plan för året",
            source="reports",
            place=str(year),
            value=plan_id or unit_id,
            hint="läs in planen, eller föregångarens; enheter som delats står i data/successions.csv",
        )
    joined = _joined(tables, reports, report, chosen.iloc[0], plans, known, data_sha256(state))
    return replace(joined, profile=seen_by)


def _joined(
    tables: dict[str, pd.DataFrame],
    reports: pd.DataFrame,
    report: pd.Series,
    plan: pd.Series,
    plans: pd.DataFrame,
    known: Register,
    checksum: str,
) -> OutcomeData:
    ours, theirs = _side(tables, reports, plan), _side(tables, reports, report)
    units = [str(each.report["unit_id"]) for each in (ours, theirs)]
    names = names_of(units, [ours.name, theirs.name], known)
    kin = kin_of(reports[reports["year"] == report["year"]], units[1])
    pages = outcome_pages(kin)
    pages = [each for each in pages if each.plan_id == plan["report_id"]]
    both = [plan["report_id"], report["report_id"]]
    return OutcomeData(
        plan=ours,
        report=theirs,
        goals=plan_outcome.goal_changes(ours.goals, theirs.goals, names),
        targets=plan_outcome.target_changes(ours.indicators, theirs.indicators),
        activities=plan_outcome.activity_changes(ours.activities, theirs.activities, names),
        rows=_rows(ours) | _rows(theirs),
        way=path_from(units[0], units[1], known),
        siblings=tuple(each for each in pages if each.report_id != report["report_id"]),
        heirs=plan_outcome.unread_heirs(plan, reports, known),
        other_plans=plans[plans["report_id"] != plan["report_id"]],
        corrections=tables["corrections"][tables["corrections"]["report_id"].isin(both)],
        register=known,
        data_sha256=checksum,
    )


def _side(tables: dict[str, pd.DataFrame], reports: pd.DataFrame, report: pd.Series) -> Side:
    def mine(name: str) -> pd.DataFrame:
        return analyse.rows_of(tables[name], str(report["report_id"]))

    goals = analyse.goal_tree(mine("goals"))
    same = reports[(reports["unit_id"] == report["unit_id"]) & (reports["year"] == report["year"])]
    return Side(
        report=report,
        goals=goals,
        indicators=plan_outcome.with_place(analyse.judged(mine("indicators")), goals),
        activities=plan_outcome.with_place(mine("activities"), goals),
        findings=analyse.numbered(analyse.with_marks(mine("findings"), mine("passages"))),
        page=addresses.report_page(report, same["kind"].astype(str)),
        passages=mine("passages"),
        quantities=mine("quantities"),
    )


def _rows(side: Side) -> dict[str, pd.Series]:
    found = {str(row["goal_id"]): row for _, row in side.goals.iterrows()}
    for table in (side.indicators, side.activities):
        found |= {str(row["row_id"]): row for _, row in table.iterrows()}
    return found
