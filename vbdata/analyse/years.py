"""A unit's reports year by year, and whether one year's may be held against the year before.

A new name is the same unit. Across a split, a merger or a moved part nothing is compared: the figures are
another unit's, or a part of it.
"""

from __future__ import annotations

import pandas as pd

from vbdata.analyse.lineage import BREAKS, unit_series
from vbdata.analyse.reports import latest
from vbdata.register import Register, Succession


def line_of(unit_id: str, register: Register) -> tuple[str, ...]:
    """The unit and what ended in it, itself first, back to where it was merged from several."""
    return register.lineage(unit_id, ended=True, alone=True)


def unit_reports(
    reports: pd.DataFrame, unit_id: str, year: int, register: Register, kind: str = "VB"
) -> pd.DataFrame:
    """The reports of a kind of a unit, and of those that it came from (`line_of`), up to a year.

    One row per year, the oldest first, with `unit_series`' ``segment``, ``break``, ``break_date`` and
    ``partial``. Where old and new unit both wrote one, the new unit's is kept.
    """
    line = line_of(unit_id, register)
    found = latest(reports)
    found = found[(found["kind"] == kind) & (found["year"] <= year) & found["unit_id"].isin(line)]
    rank = found["unit_id"].map({name: i for i, name in enumerate(line)})
    found = found.assign(_rank=rank).sort_values("_rank", kind="stable").drop_duplicates("year")
    # A new complaint form changes nothing about goals and indicators.
    return unit_series(found.drop(columns=["_rank", "template"]), unit_id, register)


def changed(unit_id: str, year: int, register: Register) -> Succession | None:
    """What made the unit of a year another than that of the year before; None for the same, or a new name."""
    into = register.predecessors_of(unit_id)
    out_of = (each for each in register.successors_of(unit_id) if not each.ends_predecessor)
    found = [each for each in (*into, *out_of) if each.date.year == year and each.kind != "rename"]
    return min(found, key=lambda each: BREAKS.index(each.kind), default=None)


def last_year(reports: pd.DataFrame, year: int, register: Register) -> pd.DataFrame:
    """Each unit's annual report of a year, and its annual report of the year before.

    One row per annual report of `year`, in the order given: ``report_id``, ``unit_id``, ``before_id``
    (missing where none is held), ``before_unit_id`` (another id: the unit has a new name) and ``break``
    (one of `BREAKS`: why the two may not be compared; missing where they may).
    """
    now = latest(reports)
    now = now[(now["year"] == year) & (now["kind"] == "VB")]
    rows = []
    for _, report in now.iterrows():
        unit_id = str(report["unit_id"])
        series = unit_reports(reports, unit_id, year, register)
        before = series[series["year"] == year - 1]
        event = changed(unit_id, year, register)
        row = {"report_id": report["report_id"], "unit_id": unit_id, "break": event.kind if event else pd.NA}
        if len(before):
            row |= {"before_id": before.iloc[0]["report_id"], "before_unit_id": before.iloc[0]["unit_id"]}
        rows.append(row)
    columns = ["report_id", "unit_id", "before_id", "before_unit_id", "break"]
    return pd.DataFrame(rows, columns=columns).astype("string")


def comparable(links: pd.DataFrame) -> pd.DataFrame:
    """The rows of `last_year` whose two reports may stand beside each other."""
    return links[links["before_id"].notna() & links["break"].isna()]
