"""Which report speaks for a unit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from vbdata.analyse.order import swedish_key
from vbdata.errors import MissingDataError, UnknownValueError
from vbdata.schema.labels import nearest

PREFERENCE = ("VB", "T2", "T1", "VP")
"""Of a year's reports of one unit, the one that says most about the outcome comes first."""


CONTEXT = ("unit_id", "unit_name", "year", "kind", "version")
"""What every row is of; `with_context` puts it on a table's rows."""


def versions(reports: pd.DataFrame) -> pd.Series:
    """Which version of its report each is: 1, or the number that its id ends in after ``-v``."""
    rest = [
        str(row.report_id).removeprefix(f"{row.year}-{row.kind}-{row.unit_id}".lower())
        for row in reports[["report_id", "year", "kind", "unit_id"]].itertuples()
    ]
    numbers = [int(each[2:]) if each[2:].isdigit() and each.startswith("-v") else 1 for each in rest]
    return pd.Series(numbers, index=reports.index, dtype="Int64")


def with_context(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Rows of any table with the unit, year, kind and version of their report first."""
    known = reports.assign(version=versions(reports)).set_index("report_id")
    given = {
        name: frame["report_id"].map(known[name]).astype(known[name].dtype).reset_index(drop=True)
        for name in CONTEXT
    }
    rest = frame.reset_index(drop=True)
    rest = rest.drop(columns=[name for name in CONTEXT if name in rest.columns])
    return pd.concat([pd.DataFrame(given), rest], axis=1)


def latest(reports: pd.DataFrame) -> pd.DataFrame:
    """One row per year, kind and unit: the last version of the report.

    A later version of a report has an id that ends in ``-v2``, ``-v3`` …
    """
    order = reports.assign(_version=versions(reports)).sort_values("_version", kind="stable")
    kept = order.drop_duplicates(["year", "kind", "unit_id"], keep="last").drop(columns="_version")
    return kept.loc[[index for index in reports.index if index in kept.index]]


def check_units(reports: pd.DataFrame, units: Sequence[str]) -> None:
    """See that there is a report of each unit that somebody names.

    Raises
    ------
    UnknownValueError
        With the nearest unit that there is.
    """
    known = dict(zip(reports["unit_id"].astype(str), reports["unit_name"].astype(str), strict=True))
    for unit in units:
        if unit not in known:
            raise UnknownValueError("enheten finns inte", value=unit, hint=nearest(unit, known))


def chosen(
    reports: pd.DataFrame, years: Sequence[int] | None = None, units: Sequence[str] | None = None
) -> pd.DataFrame:
    """The reports of the years and units (all where none are named), by year, unit and kind."""
    check_units(reports, units or ())
    keep = pd.Series(True, index=reports.index)
    if years:
        keep &= reports["year"].isin(list(years))
    if units:
        keep &= reports["unit_id"].isin(list(units))
    found = reports[keep]
    rank = {kind: i for i, kind in enumerate(PREFERENCE)}

    def order(index: int) -> tuple[object, ...]:
        row = found.loc[index].to_dict()
        return row["year"], swedish_key(row["unit_name"]), rank[str(row["kind"])], row["report_id"]

    return found.loc[sorted(found.index, key=order)].reset_index(drop=True)


def select_report(reports: pd.DataFrame, unit_id: str, year: int, kind: str = "") -> pd.Series:
    """The unit's report of the year: of the kind, or the first there is of VB, T2, T1, VP.

    Raises
    ------
    MissingDataError
        When there is none.
    """
    found = latest(reports)
    found = found[(found["unit_id"] == unit_id) & (found["year"] == year)]
    for each in (kind,) if kind else PREFERENCE:
        match = found[found["kind"] == each]
        if len(match):
            return match.iloc[0]
    raise MissingDataError(
        "enheten har ingen sådan rapport",
        source="reports",
        place=f"{year} {kind}".strip(),
        value=unit_id,
        hint="kontrollera enhetens id och året i tabellen reports",
    )


def telling(reports: pd.DataFrame) -> pd.DataFrame:
    """One report per unit and year, in their order: the last version of the kind that says most."""
    found = latest(reports)
    rank = found["kind"].astype(str).map({kind: i for i, kind in enumerate(PREFERENCE)})
    chosen = rank.sort_values(kind="stable").index
    return found.loc[chosen].drop_duplicates(["unit_id", "year"]).sort_index()


def accounts(reports: pd.DataFrame) -> pd.DataFrame:
    """The reports that say what came of each unit's year, one each; plans do not."""
    return telling(reports[reports["kind"] != "VP"])


def one_per_unit(reports: pd.DataFrame, year: int, unit_ids: list[str] | None = None) -> pd.DataFrame:
    """The year's units, one report each (VB before plan), in Swedish alphabetical order."""
    check_units(reports, unit_ids or ())
    found = telling(reports[reports["year"] == year])
    if unit_ids:
        found = found[found["unit_id"].isin(unit_ids)]
    order = sorted(found.index, key=lambda i: swedish_key(str(found.at[i, "unit_name"])))
    return found.loc[order].reset_index(drop=True)


def rows_of(table: pd.DataFrame, report_id: str) -> pd.DataFrame:
    """The rows of one report, in the document's order where the table has one."""
    found = table[table["report_id"] == report_id]
    return found.sort_values("position", kind="stable") if "position" in found else found
