"""The data of the to-do pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from vbdata import analyse
from vbdata.analyse.disclosure import THRESHOLD, Profile
from vbdata.render.parts.data import UnitData, tables_for, unit_data
from vbdata.store import data_sha256

#: What is to be done about a finding, in the order that the pages have.
RESPONSES = ("fix", "answer", "note", "ours")
ASKED = ("fix", "answer")
"""Responses that the unit has to give."""


@dataclass(frozen=True, slots=True)
class QualityData:
    """One report's findings, each with its `response`; `passages` are its running text."""

    unit: UnitData
    findings: pd.DataFrame
    passages: pd.DataFrame

    def of(self, response: str) -> pd.DataFrame:
        """The findings to be met in one way, what should be checked first."""
        return self.findings[self.findings["response"] == response]


@dataclass(frozen=True, slots=True)
class QualityYear:
    """All reports of a year, in alphabetical order, with their findings and corrections."""

    year: int
    reports: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame
    main_kinds: dict[str, str]
    """Unit id → kind of the report that has the plain address."""
    data_sha256: str


def load(
    unit_id: str,
    year: int,
    processed: str | Path,
    kind: str = "",
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> QualityData | QualityYear:
    """The findings of a unit's report, or without a unit of all reports of the year."""
    seen_by = Profile(profile, threshold)
    if not unit_id:
        return _year(year, processed, seen_by)
    data = unit_data(unit_id, year, processed, kind, profile, threshold)
    texts = tables_for(seen_by, processed, ["passages"])["passages"]
    passages = analyse.rows_of(texts, str(data.report["report_id"]))
    return QualityData(data, analyse.with_responses(data.findings), passages)


def _year(year: int, processed: str | Path, profile: Profile) -> QualityYear:
    tables = tables_for(profile, processed, ["reports", "findings", "corrections"])
    found = analyse.latest(tables["reports"])
    reports = analyse.chosen(found, [year])
    main = analyse.one_per_unit(found, year)
    ids = reports["report_id"]
    findings, corrections = tables["findings"], tables["corrections"]
    return QualityYear(
        year=year,
        reports=reports,
        findings=analyse.with_responses(findings[findings["report_id"].isin(ids)]),
        corrections=corrections[corrections["report_id"].isin(ids)],
        main_kinds=dict(zip(main["unit_id"], main["kind"].astype(str), strict=True)),
        data_sha256=data_sha256(processed),
    )
