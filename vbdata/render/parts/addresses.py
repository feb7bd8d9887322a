"""Where the pages lie under `reports/`, and how they lead to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

import pandas as pd

from vbdata.analyse.reports import PREFERENCE
from vbdata.errors import ParameterError

INDEX = PurePosixPath("index.html")


def unit_page(year: int, unit_id: str, kind: str = "") -> PurePosixPath:
    """A unit's page; `kind` only for a report beside the unit's main one.

    >>> str(unit_page(2025, "solgarden")), str(unit_page(2025, "solgarden", "VP"))
    ('2025/unit_report/solgarden.html', '2025/unit_report/solgarden-vp.html')
    """
    name = f"{unit_id}-{kind.lower()}" if kind else unit_id
    return PurePosixPath(str(year), "unit_report", f"{_safe(name)}.html")


def report_page(report: pd.Series, kinds: Iterable[str]) -> PurePosixPath:
    """A report's page; of the unit's `kinds` of the year, the one that says most has the plain address."""
    main = min(kinds, key=PREFERENCE.index)
    kind = "" if report["kind"] == main else str(report["kind"])
    return unit_page(int(report["year"]), str(report["unit_id"]), kind)


def _safe(name: str) -> str:
    """The name itself, if it can be nothing but a file in its folder.

    Raises
    ------
    ParameterError
        When an id of the tables or of the register could lead out of the folder of pages.
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,150}", name):
        raise ParameterError(
            "enhetens id kan inte vara ett filnamn", value=name, hint="a–z, 0–9 och bindestreck"
        )
    return name


def outcome_page(year: int, unit_id: str, planner: str = "") -> PurePosixPath:
    """A unit's plan and outcome; `planner` is the unit whose plan it was, where the unit follows up several.

    >>> str(outcome_page(2025, "solgarden")), str(outcome_page(2025, "solgarden", "berget"))
    ('2025/plan_vs_outcome/solgarden.html', '2025/plan_vs_outcome/solgarden--berget.html')
    """
    name = f"{unit_id}--{planner}" if planner else unit_id
    return PurePosixPath(str(year), "plan_vs_outcome", f"{_safe(name)}.html")


def comparison_page(year: int) -> PurePosixPath:
    """The year's comparison of units."""
    return PurePosixPath(str(year), "unit_comparison.html")


def questions_page(page: PurePosixPath) -> PurePosixPath:
    """The questions about a report, whose own page is given."""
    return PurePosixPath(page.parts[0], "data_quality", page.name)


def quality_overview(year: int) -> PurePosixPath:
    """The year's questions to all units."""
    return PurePosixPath(str(year), "data_quality.html")


def own_page(year: int, name: str, unit_id: str = "") -> PurePosixPath:
    """A page of an analyst's own notebook.

    >>> str(own_page(2025, "budget")), str(own_page(2025, "budget", "solgarden"))
    ('2025/budget.html', '2025/budget/solgarden.html')
    """
    parts = [_safe(name), _safe(unit_id)] if unit_id else [_safe(name)]
    return PurePosixPath(str(year), *parts[:-1], f"{parts[-1]}.html")


def href(target: PurePosixPath, page: PurePosixPath) -> str:
    """A relative link from one page to another.

    >>> href(INDEX, unit_page(2025, "solgarden"))
    '../../index.html'
    """
    up = len(page.parent.parts)
    common = 0
    for ours, theirs in zip(page.parent.parts, target.parent.parts, strict=False):
        if ours != theirs:
            break
        common += 1
    return "../" * (up - common) + str(PurePosixPath(*target.parts[common:]))
