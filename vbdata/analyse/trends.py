"""Indicators over the years, with a break wherever a line would join what is not the same."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse.lineage import unit_series
from vbdata.analyse.years import changed, line_of
from vbdata.register import Register

MEASURE_CHANGED, YEAR_MISSING = "measure_changed", "year_missing"
_KEPT = (
    "row_id", "report_id", "indicator_id", "name", "measure_unit", "better", "position",
    "source_page", "source_line",
)  # fmt: skip


def trends(indicators: pd.DataFrame, line: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Outcomes of a unit's indicators, year by year.

    Parameters
    ----------
    indicators
        Of all reports of `line`.
    line
        `unit_reports`'; the last row is the unit's own.

    Returns
    -------
    DataFrame
        One row per indicator and year that an outcome is known for: what the row of `indicators` says, and
        ``year``, ``unit_id`` (whose outcome), ``origin`` (``report``, or ``next_report``: the column for last
        year's outcome of the report after, where no outcome of the year's own report is held), ``segment``
        (points of one segment may be joined by a line) and ``break`` (why a new segment begins: one of
        `BREAKS`, ``measure_changed`` or ``year_missing``; a rename is told but begins none). Ordered by the
        latest report's indicators, then by year. An indicator that a report prints twice with different
        outcomes has none for that year.
    """
    rows = [*_own(indicators, line), *_from_next(indicators, line, register)]
    if not rows:
        return pd.DataFrame(columns=[*_KEPT, "value", "year", "unit_id", "origin", "segment", "break"])
    frame = pd.DataFrame(rows).sort_values(["year", "_later"], kind="stable")
    frame = frame.drop_duplicates(["indicator_id", "year"]).drop(columns="_later")
    unit_id, found = str(line.iloc[-1]["unit_id"]), dict(iter(frame.groupby("indicator_id", sort=False)))
    parts = [
        _segmented(unit_series(found[name], unit_id, register))
        for name in _order(indicators, line)
        if name in found
    ]
    return pd.concat(parts, ignore_index=True)


def _own(indicators: pd.DataFrame, line: pd.DataFrame) -> list[dict[str, object]]:
    rows = []
    for _, report in line.iterrows():
        mine = indicators[(indicators["report_id"] == report["report_id"]) & indicators["value"].notna()]
        for _, same in mine.groupby("indicator_id", sort=False):
            if same["value"].nunique() == 1:
                rows.append(_point(same.iloc[0], str(report["unit_id"]), int(report["year"]), "report"))
    return rows


def _from_next(indicators: pd.DataFrame, line: pd.DataFrame, register: Register) -> list[dict[str, object]]:
    """Last year's outcomes as the year after's report prints them."""
    rows = []
    for _, report in line.iterrows():
        unit_id = _whose(str(report["unit_id"]), int(report["year"]), register)
        mine = indicators[indicators["report_id"] == report["report_id"]]
        for _, same in mine[mine["value_previous"].notna()].groupby("indicator_id", sort=False):
            if unit_id is not None and same["value_previous"].nunique() == 1:
                rows.append(_point(same.iloc[0], unit_id, int(report["year"]) - 1, "next_report"))
    return rows


def _whose(unit_id: str, year: int, register: Register) -> str | None:
    """The unit that last year's outcome in a report is of: that of before a split; None after a merger."""
    event = changed(unit_id, year, register)
    if event is None or event.kind == "transfer":
        return unit_id
    before = line_of(unit_id, register)
    return before[1] if len(before) > 1 else None


def _point(row: pd.Series, unit_id: str, year: int, origin: str) -> dict[str, object]:
    own = origin == "report"
    return {
        **{name: row[name] for name in _KEPT},
        "value": float(row["value"] if own else row["value_previous"]),
        "value_raw": row["value_raw" if own else "value_previous_raw"],
        "target": row["target"] if own else pd.NA,
        "target_raw": row["target_raw"] if own else pd.NA,
        "attainment": row["attainment"] if own else pd.NA,
        "year": year,
        "unit_id": unit_id,
        "origin": origin,
        "_later": not own,
    }


def _order(indicators: pd.DataFrame, line: pd.DataFrame) -> list[str]:
    """Indicators in the order of the latest report, then those that only older ones have."""
    found: dict[str, None] = {}
    for report_id in reversed(list(line["report_id"])):
        mine = indicators[indicators["report_id"] == report_id].sort_values("position", kind="stable")
        found |= dict.fromkeys(str(name) for name in mine["indicator_id"])
    return list(found)


def _segmented(points: pd.DataFrame) -> pd.DataFrame:
    """The segments parted further where the measure changed or a year is missing; numbered from 1."""
    breaks: list[object] = []
    segments: list[int] = []
    last: pd.Series | None = None
    for _, row in points.iterrows():
        parted = last is not None and row["segment"] != last["segment"]
        own = None if last is None or parted else _break(last, row)
        breaks.append(own if own else row["break"])
        segments.append(1 if last is None else segments[-1] + (parted or own is not None))
        last = row
    if breaks:
        breaks[0] = pd.NA  # before the first point there is nothing to part it from
    return points.assign(segment=segments, **{"break": pd.Series(breaks, index=points.index, dtype="string")})


def _break(last: pd.Series, row: pd.Series) -> str | None:
    if str(last["measure_unit"]) != str(row["measure_unit"]):
        return MEASURE_CHANGED
    return YEAR_MISSING if row["year"] - last["year"] > 1 else None
