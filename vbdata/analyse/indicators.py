"""Indicators against their targets, and the ones that several units report."""

from __future__ import annotations

import pandas as pd


def judged(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicators with what a reader needs to follow the judgement.

    Adds ``difference`` (value − target, in the measure unit; positive is above, whichever way is better)
    and ``obstacle``: why an indicator is not judged – ``no_value``, ``no_target``, ``target_in_words``
    (increase, set by the board …), ``no_direction`` – missing where it is judged.
    """
    frame = indicators.copy()
    frame["difference"] = (frame["value"] - frame["target"]).round(9)
    frame["obstacle"] = pd.array([_obstacle(row) for _, row in frame.iterrows()], dtype="string")
    return frame


def _obstacle(row: pd.Series) -> str | None:
    if pd.notna(row["attainment"]):
        return None
    if pd.isna(row["value"]):
        return "no_value"
    if pd.isna(row["target"]):
        in_words = pd.notna(row["target_rule"]) and row["target_rule"] != "number"
        return "target_in_words" if in_words else "no_target"
    return "no_direction"


def shared(indicators: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Indicators by the number of units that state an outcome.

    One row per indicator, in the order of the first report that has it: ``indicator_id``, ``name``,
    ``measure_unit``, ``better``, ``units`` (with a row), ``outcomes`` (with an outcome).
    """
    mine = indicators[indicators["report_id"].isin(reports["report_id"])]
    order = {report_id: i for i, report_id in enumerate(reports["report_id"])}
    mine = mine.assign(_order=mine["report_id"].map(order)).sort_values(["_order", "position"], kind="stable")
    with_value = mine[mine["value"].notna()]
    first = mine.drop_duplicates("indicator_id")[["indicator_id", "name", "measure_unit", "better"]]
    first["units"] = first["indicator_id"].map(mine.groupby("indicator_id")["report_id"].nunique())
    outcomes = with_value.groupby("indicator_id")["report_id"].nunique()
    first["outcomes"] = first["indicator_id"].map(outcomes).fillna(0).astype(int)
    return first.reset_index(drop=True)
