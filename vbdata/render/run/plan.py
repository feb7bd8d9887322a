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
from vbdata.render.parts.made import NOTEBOOK_NAMES
from vbdata.render.parts.outcomes import outcome_pages
from vbdata.render.run.own import Own

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
    own: bool = False
    """Whether the notebook is the analyst's own: it may show anything, and is never passed on."""


def plan(
    reports: pd.DataFrame,
    processed: Path,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    notebooks: Sequence[str] | None = None,
    profile: Profile = Profile(),  # noqa: B008  (frozen)
    own: Sequence[Own] = (),
) -> list[Run]:
    """All pages of the years.

    Per report a unit report, the questions to the unit, and plan and outcome where it has a plan; per year
    the questions to all units, and a comparison where the year has two units or more. Of a unit's reports of
    a year, the one that says most about the outcome gets the plain address. Naming units leaves the year's
    pages alone. Pages that are passed on leave out the questions to the units, plan and
    outcome, which quote the documents, and all of the analyst's own notebooks.

    Raises
    ------
    ParameterError
        When a notebook is not one of the workbook's.
    """
    for name in notebooks or ():
        if name not in (known := [*NOTEBOOK_NAMES, *(each.name for each in own)]):
            raise ParameterError("okänd anteckningsbok", value=name, hint=f"de heter {', '.join(known)}")
    analyse.reports.check_units(reports, units or ())
    found = analyse.latest(reports)
    wanted = [
        year for year in sorted({int(y) for y in found["year"]}, reverse=True) if not years or year in years
    ]
    runs = [run for year in wanted for run in _runs_of_year(found, year, processed, units)]
    runs += [run for each in own for run in _own_runs(each, found, wanted, processed, units)]
    runs = [run for run in runs if not notebooks or run.notebook in notebooks]
    if not profile.shared:
        return runs
    seen_by = {"profile": profile.name, "threshold": profile.threshold}
    return [
        replace(run, parameters=run.parameters | seen_by)
        for run in runs
        if run.notebook not in INTERNAL_NOTEBOOKS and not run.own
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


def _own_runs(
    own: Own, found: pd.DataFrame, wanted: Sequence[int], processed: Path, units: Sequence[str] | None
) -> list[Run]:
    """A page per unit, per year, or both; without a year, of the latest that there is."""
    runs: list[Run] = []
    seen: set[str] = set()
    for year in sorted({int(year) for year in found["year"]}, reverse=True):
        main = analyse.one_per_unit(found, year)
        if own.per_unit:
            new = main[~main["unit_id"].isin(seen)]
            of_year = [_own_run(own, year, new.loc[[at]], processed) for at in new.index]
            seen |= set() if own.per_year else set(main["unit_id"])
        else:
            of_year = [] if units or (runs and not own.per_year) else [_own_run(own, year, main, processed)]
        runs += of_year
    return [
        run
        for run in runs
        if int(run.page.parts[0]) in wanted and (not units or run.parameters.get("unit_id") in units)
    ]


def _own_run(own: Own, year: int, reports: pd.DataFrame, processed: Path) -> Run:
    """A page about the reports of a year: of one unit, or of all."""
    first = reports.iloc[0]
    unit_id = str(first["unit_id"]) if own.per_unit else ""
    known = {"unit_id": unit_id, "year": year, "processed": str(processed), "kind": str(first["kind"])}
    if not own.per_unit:
        known["kind"] = ""
    whose = f": {first['unit_name']}" if own.per_unit else ""
    when = f" {year}" if own.per_unit or own.per_year else ""
    return Run(
        own.name,
        {name: value for name, value in known.items() if name in own.parameters},
        addresses.own_page(year, own.address, unit_id),
        f"{own.title}{whose}{when}",
        tuple(reports["report_id"].astype(str)),
        own=True,
    )
