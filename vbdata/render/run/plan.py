"""Which pages a year's reports make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.disclosure import Profile
from vbdata.errors import ParameterError
from vbdata.render.parts import addresses
from vbdata.render.parts.data import COMPARABLE_UNITS
from vbdata.render.parts.outcomes import outcome_pages

NOTEBOOK_NAMES = ("unit_report", "unit_comparison", "plan_vs_outcome", "data_quality")


INTERNAL_NOTEBOOKS = ("data_quality", "plan_vs_outcome")
"""Their pages are for the units and the analyst: made of quotes, questions and the units' own titles."""


@dataclass(frozen=True, slots=True)
class Run:
    """One page to make: a notebook, its parameters, and where the page goes under `reports/`."""

    notebook: str
    parameters: dict[str, Any]
    page: PurePosixPath
    title: str
    report_ids: tuple[str, ...] = ()
    """The reports that the page is made from."""


def plan(
    reports: pd.DataFrame,
    processed: Path,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    notebooks: Sequence[str] | None = None,
    profile: Profile = Profile(),  # noqa: B008  (frozen)
) -> list[Run]:
    """All pages of the years.

    Per report a unit report, the questions to the unit, and plan and outcome where it has a plan; per year
    the questions to all units, and a comparison where the year has two units or more. Of a unit's reports of
    a year, the one that says most about the outcome gets the plain address. Naming units leaves the year's
    pages alone. Pages that are passed on leave out the questions to the units, and plan and
    outcome, which quote the documents.

    Raises
    ------
    ParameterError
        When a notebook is not one of the workbook's.
    """
    for name in notebooks or ():
        if name not in NOTEBOOK_NAMES:
            raise ParameterError(
                "okänd anteckningsbok", value=name, hint=f"de heter {', '.join(NOTEBOOK_NAMES)}"
            )
    analyse.reports.check_units(reports, units or ())
    found = analyse.latest(reports)
    wanted = [
        year for year in sorted({int(y) for y in found["year"]}, reverse=True) if not years or year in years
    ]
    runs = [run for year in wanted for run in _runs_of_year(found, year, processed, units)]
    runs = [run for run in runs if not notebooks or run.notebook in notebooks]
    if not profile.shared:
        return runs
    seen_by = {"profile": profile.name, "threshold": profile.threshold}
    return [
        replace(run, parameters=run.parameters | seen_by)
        for run in runs
        if run.notebook not in INTERNAL_NOTEBOOKS
    ]


def _runs_of_year(found: pd.DataFrame, year: int, processed: Path, units: Sequence[str] | None) -> list[Run]:
    main = analyse.one_per_unit(found, year)
    kinds = dict(zip(main["unit_id"], main["kind"].astype(str), strict=True))
    runs = [
        _unit_run(report, kinds[report["unit_id"]], processed)
        for _, report in found[found["year"] == year].iterrows()
        if not units or report["unit_id"] in units
    ]
    runs += [_quality_run(run) for run in runs]
    if not units:
        runs.append(_quality_overview(found, year, processed))
    runs += _outcome_runs(found[found["year"] == year], processed, units)
    if len(main) >= COMPARABLE_UNITS and not units:
        parameters = {"year": year, "processed": str(processed)}
        made_from = tuple(main["report_id"].astype(str))
        page = addresses.comparison_page(year)
        runs.append(Run("unit_comparison", parameters, page, f"Jämförelse {year}", made_from))
    return runs


def _outcome_runs(found: pd.DataFrame, processed: Path, units: Sequence[str] | None) -> list[Run]:
    """A page per report and plan."""
    rows = {str(row["report_id"]): row for _, row in found.iterrows()}
    runs = []
    for each in outcome_pages(found):
        report = rows[each.report_id]
        unit_id, year = str(report["unit_id"]), int(report["year"])
        if units and unit_id not in units:
            continue
        parameters = {"unit_id": unit_id, "year": year, "processed": str(processed)}
        parameters |= {"kind": str(report["kind"]), "plan_id": each.plan_id}
        title = f"{each.unit_name}, plan och utfall {year}"
        title += "" if each.alone else f" ({each.planner_name})"
        runs.append(Run("plan_vs_outcome", parameters, each.page, title, (each.report_id, each.plan_id)))
    return runs


def _unit_run(report: pd.Series, main_kind: str, processed: Path) -> Run:
    unit_id, year, kind = str(report["unit_id"]), int(report["year"]), str(report["kind"])
    page = addresses.report_page(report, [main_kind])
    parameters = {"unit_id": unit_id, "year": year, "processed": str(processed), "kind": kind}
    title = f"{report['unit_name']}, {vocabulary.label('kind', kind).lower()} {year}"
    return Run("unit_report", parameters, page, title, (str(report["report_id"]),))


def _quality_run(run: Run) -> Run:
    """The questions about a unit report's document."""
    page = addresses.questions_page(run.page)
    return replace(run, notebook="data_quality", page=page, title=f"Frågor till {run.title}")


def _quality_overview(found: pd.DataFrame, year: int, processed: Path) -> Run:
    parameters = {"unit_id": "", "year": year, "processed": str(processed), "kind": ""}
    made_from = tuple(found.loc[found["year"] == year, "report_id"].astype(str))
    page = addresses.quality_overview(year)
    return Run("data_quality", parameters, page, f"Frågor till enheterna {year}", made_from)
