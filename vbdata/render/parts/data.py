"""The data of a page: the tables of one report, or of a year's units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import pandas as pd

from vbdata import analyse
from vbdata.analyse import complaints
from vbdata.analyse.disclosure import THRESHOLD, Profile, protected
from vbdata.analyse.own_words import Beside
from vbdata.analyse.respondents import respondents, share_intervals
from vbdata.analyse.years import last_year, unit_reports
from vbdata.register import Register, register
from vbdata.render.parts import addresses
from vbdata.render.parts.corrections import with_marks
from vbdata.render.parts.originals import original
from vbdata.render.parts.outcomes import OutcomePage, kin_of, outcome_pages
from vbdata.schema import empty
from vbdata.store import Snapshot, data_sha256, read_table, snapshot
from vbdata.store.released import read_released


def _no_answers() -> pd.DataFrame:
    indicators = empty("indicators")
    return share_intervals(indicators, respondents(indicators, empty("passages"), empty("reports")))


@dataclass(frozen=True, slots=True)
class History:
    """Annual reports of the same units of other years, as far as they are held.

    `answers` has the intervals of this and last year's shares, where the number of answers is known
    (`share_intervals`). `lines` has per report of the page (by id) its unit's reports up to its year
    (`unit_reports`), `links` who may be compared with last year (`last_year`), `goals`, `indicators` and
    `corrections` the rows of all of them.
    """

    lines: dict[str, pd.DataFrame] = field(default_factory=dict)
    links: pd.DataFrame = field(default_factory=lambda: last_year(empty("reports"), 0, Register()))
    goals: pd.DataFrame = field(default_factory=lambda: empty("goals"))
    indicators: pd.DataFrame = field(default_factory=lambda: analyse.judged(empty("indicators")))
    register: Register = field(default_factory=Register)
    answers: pd.DataFrame = field(default_factory=_no_answers)
    corrections: pd.DataFrame = field(default_factory=lambda: empty("corrections"))


@dataclass(frozen=True, slots=True)
class UnitData:
    """One report of one unit; `others` are the unit's other reports of the year."""

    report: pd.Series
    goals: pd.DataFrame
    indicators: pd.DataFrame
    activities: pd.DataFrame
    complaints: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame
    others: pd.DataFrame
    compared: bool
    """Whether the year has a comparison page."""
    kin: pd.DataFrame
    """The year's reports of the unit and of all that it hangs together with; see `kin_of`."""
    outcomes: list[OutcomePage]
    """Pages that follow this plan up, or this report's plan."""
    finding_numbers: dict[str, list[int]]
    """Row id → numbers of the findings about it."""
    data_sha256: str
    """Checksum of all the tables."""
    history: History = field(default_factory=History)
    complaint_history: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Complaints per question of the unit's annual reports up to this one; see `complaints.history`."""
    denominators: pd.DataFrame = field(default_factory=pd.DataFrame)
    """How many people units served, as confirmed in the register; see `complaints.sizes`."""
    profile: Profile = field(default_factory=Profile)
    passages: pd.DataFrame = field(default_factory=lambda: empty("passages"))
    """Running text of the report; none in a profile that is passed on."""
    quantities: pd.DataFrame = field(default_factory=lambda: empty("quantities"))
    """Amounts in its sentences, likewise."""
    original: str = ""
    """Address of the report's PDF, seen from its page; none in a profile that is passed on."""

    @property
    def is_plan(self) -> bool:
        """A plan has targets, but neither outcomes nor judgements."""
        return bool(self.report["kind"] == "VP")

    @property
    def beside(self) -> Beside:
        """What stands beside the report's texts."""
        return Beside(self.findings, self.quantities)

    @property
    def page(self) -> PurePosixPath:
        """The page of the report itself."""
        return self.page_of(self.report)

    def page_of(self, report: pd.Series) -> PurePosixPath:
        """The page of one of the unit's reports of the year."""
        return addresses.report_page(report, [str(self.report["kind"]), *self.others["kind"].astype(str)])


@dataclass(frozen=True, slots=True)
class YearData:
    """A year's units, one report each, in alphabetical order; `reports` holds a row per unit."""

    year: int
    reports: pd.DataFrame
    goals: pd.DataFrame
    indicators: pd.DataFrame
    complaints: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame
    all_reports: pd.DataFrame
    data_sha256: str = ""
    """Checksum of all the tables."""
    history: History = field(default_factory=History)
    denominators: pd.DataFrame = field(default_factory=pd.DataFrame)
    """How many people units served, as confirmed in the register; see `complaints.sizes`."""
    profile: Profile = field(default_factory=Profile)
    activities: pd.DataFrame = field(default_factory=lambda: empty("activities"))
    passages: pd.DataFrame = field(default_factory=lambda: empty("passages"))
    """Running text of the reports; none in a profile that is passed on."""
    quantities: pd.DataFrame = field(default_factory=lambda: empty("quantities"))
    """Amounts in its sentences, likewise."""
    doubted: frozenset[str] = frozenset()
    """Rows with a finding of any kind."""

    @property
    def judged(self) -> pd.DataFrame:
        """The reports that judge goals: all but plans."""
        return self.reports[self.reports["kind"] != "VP"]

    @property
    def annual_forms(self) -> pd.DataFrame:
        """The forms of annual reports: a four-month report counts a part of the year."""
        annual = self.reports[self.reports["kind"] == "VB"]["report_id"]
        return self.complaints[self.complaints["report_id"].isin(list(annual))]

    @property
    def form_states(self) -> dict[str, str]:
        """Report id → state of its form of complaints, plans left out: they have none."""
        forms = {
            report_id: analyse.rows_of(self.complaints, str(report_id))
            for report_id in self.judged["report_id"]
        }
        return {str(report_id): analyse.form_state(form) for report_id, form in forms.items()}

    def beside(self, report: pd.Series) -> Beside:
        """What stands beside the texts of one of the reports."""
        report_id = str(report["report_id"])
        findings, quantities = (analyse.rows_of(each, report_id) for each in (self.findings, self.quantities))
        return Beside(findings, quantities)

    @property
    def many(self) -> bool:
        """More units than columns of a table can hold."""
        return len(self.reports) > MANY_UNITS


_READ = (
    "reports", "goals", "indicators", "passages", "quantities", "activities", "complaints", "findings",
    "corrections",
)  # fmt: skip
MANY_UNITS = 8
COMPARABLE_UNITS = 2
"""From how many units a comparison page is made."""


def tables_for(
    profile: Profile, processed: str | Path | Snapshot, names: Sequence[str] = _READ
) -> dict[str, pd.DataFrame]:
    """The tables as the profile may see them: no page sees them otherwise."""
    state = snapshot(processed)
    released = read_released(state.processed) if profile.shared else None
    return protected({name: read_table(name, state) for name in names}, profile, released)


def unit_data(
    unit_id: str,
    year: int,
    processed: str | Path,
    kind: str = "",
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> UnitData:
    """The tables of a unit's report of a year.

    Parameters
    ----------
    kind
        ``VB``, ``VP``, ``T1`` or ``T2``; empty for the report that says most about the outcome.
    profile, threshold
        Whom the page is for, and from how many cases on it shows a count; see `analyse.disclosure`.
    """
    state, seen_by = snapshot(processed), Profile(profile, threshold)
    tables = tables_for(seen_by, state)
    reports = analyse.latest(tables["reports"])
    report = analyse.select_report(reports, unit_id, year, kind)
    same = reports[(reports["unit_id"] == unit_id) & (reports["year"] == year)]

    def mine(name: str) -> pd.DataFrame:
        return analyse.rows_of(tables[name], str(report["report_id"]))

    findings = analyse.numbered(analyse.with_marks(mine("findings"), mine("passages")))
    kin = kin_of(reports[reports["year"] == year], unit_id)
    return UnitData(
        report=report,
        goals=analyse.goal_tree(mine("goals")),
        indicators=analyse.judged(mine("indicators"), exact=not seen_by.shared),
        activities=mine("activities"),
        complaints=analyse.wide(mine("complaints")),
        findings=findings,
        corrections=mine("corrections"),
        others=same[same["report_id"] != report["report_id"]],
        compared=len(analyse.one_per_unit(reports, year)) >= COMPARABLE_UNITS,
        kin=kin,
        outcomes=[
            each
            for each in outcome_pages(kin)
            if report["report_id"] in (each.report_id, each.plan_id) and not seen_by.shared
        ],
        finding_numbers=analyse.numbers_by_row(findings),
        data_sha256=data_sha256(state),
        history=history(
            tables, year, [str(report["report_id"])], addresses.unit_page(year, "x"), not seen_by.shared
        ),
        complaint_history=_complaint_history(reports, tables["complaints"], report),
        denominators=complaints.sizes(register().denominators),
        profile=seen_by,
        passages=mine("passages"),
        quantities=mine("quantities"),
        original="" if seen_by.shared else _original(report, state.processed),
    )


def _original(report: pd.Series, processed: Path) -> str:
    """Seen from a unit's page in `reports/`, which a workbook has beside the folder of its data."""
    page = addresses.unit_page(int(report["year"]), str(report["unit_id"]))
    return original(report, processed, processed.resolve().parent.parent / "reports" / page.parent)


def history(
    tables: dict[str, pd.DataFrame], year: int, report_ids: list[str], here: PurePosixPath, exact: bool
) -> History:
    """What other years' reports say of the units of a year's reports; plans have no history.

    `here` is the page in the making: corrected rows lead from it to their own reports' pages. Outcomes that
    are not `exact` are rounded, to be passed on.
    """
    known, reports = register(), tables["reports"]
    mine = reports[reports["report_id"].isin(report_ids)]
    mine = mine[(mine["kind"] == "VB") & (mine["year"] == year)]
    lines = {
        str(report["report_id"]): unit_reports(reports, str(report["unit_id"]), year, known)
        for _, report in mine.iterrows()
    }
    held = {report_id for line in lines.values() for report_id in line["report_id"]}
    links = last_year(reports[reports["unit_id"].isin(_kin(lines))], year, known)

    def theirs(name: str) -> pd.DataFrame:
        return tables[name][tables[name]["report_id"].isin(held)]

    held_reports = reports[reports["report_id"].isin(held)]
    pages = {
        str(row["report_id"]): addresses.href(
            addresses.unit_page(int(row["year"]), str(row["unit_id"])), here
        )
        for _, row in held_reports.iterrows()
    }

    def marked(frame: pd.DataFrame, key: str = "row_id") -> pd.DataFrame:
        return with_marks(frame, key, tables["corrections"], pages)

    recent = reports[reports["report_id"].isin(held) & reports["year"].isin([year - 1, year])]
    asked = theirs("indicators")
    asked = asked[asked["report_id"].isin(recent["report_id"])]
    told = respondents(asked, theirs("passages"), recent)
    return History(
        lines=lines,
        links=links[links["report_id"].isin(report_ids)].reset_index(drop=True),
        goals=marked(theirs("goals"), "goal_id"),
        indicators=marked(analyse.judged(theirs("indicators"), exact=exact)),
        register=known,
        answers=marked(share_intervals(asked, told)),
        corrections=theirs("corrections"),
    )


def _kin(lines: dict[str, pd.DataFrame]) -> set[str]:
    """Ids of the units of all the lines."""
    return {str(unit_id) for line in lines.values() for unit_id in line["unit_id"]}


def _complaint_history(reports: pd.DataFrame, table: pd.DataFrame, report: pd.Series) -> pd.DataFrame:
    """Complaints per question of a unit and of those that it came from, up to the report's year."""
    unit_id = str(report["unit_id"])
    mine = reports["unit_id"].isin(list(register().lineage(unit_id, ended=True)))
    annual = reports[mine & (reports["kind"] == "VB") & (reports["year"] <= report["year"])]
    forms = analyse.wide(table[table["report_id"].isin(annual["report_id"])])
    return complaints.history(complaints.question_counts(forms), annual, unit_id, register())


def year_data(
    year: int,
    processed: str | Path,
    unit_ids: list[str] | None = None,
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> YearData:
    """The tables of a year's units, or of those named, as the profile may see them."""
    state, seen_by = snapshot(processed), Profile(profile, threshold)
    tables = tables_for(seen_by, state)
    data = year_of(tables, year, unit_ids, seen_by)
    here = addresses.comparison_page(year)
    told = [str(report_id) for report_id in data.reports["report_id"]]
    past = history(tables, year, told, here, exact=not seen_by.shared)
    return replace(data, data_sha256=data_sha256(state), history=past)


def year_of(
    tables: dict[str, pd.DataFrame],
    year: int,
    unit_ids: list[str] | None = None,
    profile: Profile = Profile(),  # noqa: B008  (frozen)
) -> YearData:
    """The same from tables that are read already, and treated as the profile says."""
    reports = analyse.one_per_unit(tables["reports"], year, unit_ids)

    def mine(name: str) -> pd.DataFrame:
        return tables[name][tables[name]["report_id"].isin(reports["report_id"])]

    found = analyse.latest(tables["reports"])
    findings = analyse.with_marks(mine("findings"), mine("passages"))
    return YearData(
        year=year,
        reports=reports,
        goals=analyse.goal_tree(mine("goals")),
        indicators=analyse.judged(mine("indicators"), exact=not profile.shared),
        complaints=analyse.wide(mine("complaints")),
        findings=findings,
        corrections=mine("corrections"),
        all_reports=found[found["year"] == year],
        denominators=complaints.sizes(register().denominators),
        profile=profile,
        activities=mine("activities"),
        passages=mine("passages"),
        quantities=mine("quantities"),
        doubted=frozenset(findings["marked_id"].dropna().astype(str)),
    )
