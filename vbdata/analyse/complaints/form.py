"""Complaints: the form as it stands, one row per category. Facets are never added up."""

from __future__ import annotations

import pandas as pd

from vbdata.schema.tables import HIDDEN, PERIODS
from vbdata.vocabulary import is_unread

SUBJECT_FACETS = ("complaint_subject", "case_subject")
"""What the cases were about: the facet that counts each case once, per form."""
_ROW = ["report_id", "position"]
_KEYS = [
    "report_id",
    "position",
    "template",
    "facet",
    "group",
    "category",
    "concept",
    "group_raw",
    "category_raw",
]


def wide(complaints: pd.DataFrame) -> pd.DataFrame:
    """One row per category of each report's form, in the form's order.

    ``T1``, ``T2``, ``VB`` and ``total`` are Int64 (missing where the cell is blank), ``T1_raw`` … their text,
    ``row_ids`` the rows of `complaints` that it was made of.
    """
    ordered = complaints.sort_values(["report_id", "position"], kind="stable")
    ordered = ordered.assign(period=ordered["period"].astype("string")).drop_duplicates([*_ROW, "period"])
    rows = ordered.drop_duplicates(_ROW)[[*_KEYS, "source_page", "source_line"]].set_index(_ROW)
    cells = ordered.set_index([*_ROW, "period"])
    counts = cells["count"].unstack("period").reindex(columns=list(PERIODS)).astype("Int64")
    raw = cells["count_raw"].unstack("period").reindex(columns=list(PERIODS)).add_suffix("_raw")
    by_row = ordered.groupby(_ROW, sort=False)
    frame = rows.join(counts).join(raw).join(by_row["comment"].first())
    frame["row_ids"] = by_row["row_id"].agg(tuple) if len(rows) else pd.Series(dtype=object)
    return frame.reset_index()


def form_state(wide_rows: pd.DataFrame) -> str:
    """What one report's form holds: ``missing`` (no form), ``empty`` (no figure), ``filled`` or ``unread``.

    An ``unread`` form has figures, but none whose cell is known: the document's converter has lost them.
    """
    if wide_rows.empty:
        return "missing"
    hidden = (wide_rows[[f"{period}_raw" for period in PERIODS]] == HIDDEN).any(axis=None)
    if wide_rows[list(PERIODS)].notna().any(axis=None) or hidden:
        return "filled"
    return "unread" if unread(wide_rows).any() else "empty"


def unread(wide_rows: pd.DataFrame) -> pd.Series:
    """Whether a row has counts that could not be read."""
    return wide_rows[[f"{period}_raw" for period in PERIODS]].map(is_unread).any(axis=1).astype(bool)


def facet_totals(wide_rows: pd.DataFrame) -> pd.DataFrame:
    """The printed totals of each facet of each report, added over its categories.

    One row per report and facet, in the form's order: ``total`` (missing where no total is printed, or
    where a category has figures but no total: a wrong sum is worse than none) and ``complete``.
    """
    rows = []
    for (report_id, facet), part in wide_rows.groupby(["report_id", "facet"], sort=False, dropna=False):
        filled = part[list(PERIODS)].notna().any(axis=1) | unread(part)
        complete = bool((part["total"].notna() == filled).all())
        total = part["total"].sum() if complete and filled.any() else pd.NA
        rows.append({"report_id": report_id, "facet": facet, "total": total, "complete": complete})
    frame = pd.DataFrame(rows, columns=["report_id", "facet", "total", "complete"])
    return frame.astype({"total": "Int64", "complete": "boolean"})


def panel_groups(wide_rows: pd.DataFrame) -> pd.Series:
    """The form's group for rows of a facet that the form splits into several groups, else missing.

    Two groups of one facet may both have a category «Annat»; under one heading they could not be told apart.
    """
    groups = wide_rows.groupby(["template", "facet"], dropna=False, observed=True)["group"].transform(
        "nunique"
    )
    return wide_rows["group"].where(groups > 1)


def side_by_side(wide_rows: pd.DataFrame) -> pd.DataFrame:
    """Categories that can stand beside each other: one row per category and report.

    ``key`` is the concept, where the forms share it, else form, group and category: the same words in two
    forms are not the same thing unless the crosswalk says so. ``label`` is what a person reads.
    """
    frame = wide_rows.copy()
    printed = frame["template"].astype(str) + "|" + frame["group"] + "|" + frame["category"]
    several_forms = frame["template"].astype(str).nunique() > 1
    frame["key"] = frame["concept"].where(frame["concept"].notna() & several_forms, printed).astype("string")
    frame["label"] = frame["category"]
    return frame
