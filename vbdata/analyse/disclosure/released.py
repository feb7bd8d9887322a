"""What has been passed on before: a reader has it still, so it counts as known.

Counts of a unit's year go out from one form alone. When the form is another than the one that was shared
(a later version, a corrected count), what differs would tell of single cases, so nothing more is shown of it;
when it is the same, what was hidden stays hidden.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pandas as pd

from vbdata.analyse.disclosure.forms import is_hidden
from vbdata.analyse.disclosure.kin import unit_key
from vbdata.store.released import Form, Released


def names_of(report: pd.Series) -> tuple[str, str]:
    """Under what a report's form is kept: the unit's id and its name, either of which may change."""
    year = int(report["year"])
    return _digest([year, "id", str(report["unit_id"])]), _digest([year, unit_key(str(report["unit_name"]))])


def counts_of(form: pd.DataFrame) -> str:
    """A checksum of a form's counts; they are few and small, so it is for this computer alone."""
    cells = sorted(zip(_cells(form), form["count"].astype("string").fillna(""), strict=True))
    return _digest(cells)


def _digest(told: object) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def forms_shown(reports: pd.DataFrame, counts: pd.DataFrame, shown: pd.DataFrame) -> dict[str, Form]:
    """The forms of which `shown` passes on any number, by unit and year."""
    found: dict[str, Form] = {}
    for report, form in _forms(reports, shown):
        if form["count"].notna().any():
            hidden = frozenset(
                cell for cell, raw in zip(_cells(form), form["count_raw"], strict=True) if is_hidden(raw)
            )
            read = counts[counts["report_id"] == report["report_id"]]
            found |= dict.fromkeys(names_of(report), Form(counts_of(read), hidden))
    return found


def known_before(
    reports: pd.DataFrame, counts: pd.DataFrame, released: Released
) -> tuple[set[str], set[object]]:
    """Reports of which nothing more is shown, and rows of `counts` that stay hidden."""
    apart: set[str] = set()
    rows: set[object] = set()
    for report, form in _forms(reports, counts):
        for before in (released[name] for name in names_of(report) if name in released):
            if before.counts != counts_of(form):
                apart.add(str(report["report_id"]))
            cells = zip(form.index, _cells(form), strict=True)
            rows |= {index for index, cell in cells if cell in before.hidden}
    return apart, rows


def _forms(reports: pd.DataFrame, counts: pd.DataFrame) -> Iterator[tuple[pd.Series, pd.DataFrame]]:
    about = {str(row["report_id"]): row for _, row in reports.iterrows()}
    for report_id, form in counts.groupby("report_id", sort=False):
        if str(report_id) in about:
            yield about[str(report_id)], form


def _cells(form: pd.DataFrame) -> list[str]:
    return [
        f"{row}-{period}" for row, period in zip(form["position"], form["period"].astype(str), strict=True)
    ]
