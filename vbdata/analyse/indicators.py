"""Indicators against their targets, and the ones that several units report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from vbdata.schema.tables import HIDDEN


def judged(indicators: pd.DataFrame, exact: bool = True) -> pd.DataFrame:
    """Indicators with what a reader needs to follow the judgement.

    Adds ``difference`` (value − target, in the measure unit; positive is above, whichever way is better)
    and ``obstacle``: why an indicator is not judged – ``no_value``, ``hidden``, ``no_target``,
    ``target_in_words`` (increase, set by the board …), ``no_direction`` – missing where it is judged. Adds
    the same against the council's target: ``council_attainment``, ``council_difference``, ``council_gap``
    (signed so that positive is better) and ``council_obstacle``. Where outcomes are not `exact` (rounded to
    be passed on) the differences are missing.
    """
    frame = indicators.copy()
    frame["difference"] = (frame["value"] - frame["target"]).round(9)
    frame["obstacle"] = _texts(_obstacle(row, "attainment", "target") for _, row in frame.iterrows())
    frame["council_difference"] = (frame["value"] - frame["council_target"]).round(9)
    frame["council_gap"] = frame["council_difference"] * better_sign(frame["better"])
    frame["council_attainment"] = reached(frame["council_gap"])
    frame["council_obstacle"] = _texts(
        _obstacle(row, "council_attainment", "council_target") for _, row in frame.iterrows()
    )
    if not exact:
        frame[["difference", "council_difference"]] = pd.NA
    return frame


def better_sign(better: pd.Series) -> pd.Series:
    """1 where higher is better, −1 where lower is; missing where it is not known."""
    return better.astype("string").map({"higher": 1.0, "lower": -1.0}).astype("Float64")


def reached(gap: pd.Series) -> pd.Series:
    """``met`` where a gap, signed so that positive is better, is not below zero, else ``not_met``."""
    met = pd.Series("met", index=gap.index, dtype="string")
    return met.where((gap >= 0).fillna(False), "not_met").where(gap.notna())


def _texts(texts: Iterable[str | None]) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(texts), dtype="string")


def _obstacle(row: pd.Series, attainment: str, target: str) -> str | None:
    if pd.notna(row[attainment]):
        return None
    if pd.isna(row["value"]):
        return "hidden" if str(row["value_raw"]) == HIDDEN else "no_value"
    if pd.isna(row[target]):
        in_words = pd.notna(row[f"{target}_rule"]) and row[f"{target}_rule"] != "number"
        return "target_in_words" if in_words else "no_target"
    return "no_direction"


DIRECTIONS = {"increase": 1.0, "decrease": -1.0}
"""Targets in words that say which way: the sign that the change should have."""


def directions(indicators: pd.DataFrame, before: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Targets in words, judged by whether the outcome has risen, or fallen, since last year.

    The rule: «öka» is reached where the outcome is higher than last year's, «minska» where it is lower;
    equal is neither. Last year's outcome is that of the report's own column, else that of last year's
    report of the same unit for the same indicator in the same measure unit. Where the unit was split or
    merged since, last year's outcome is another unit's, and nothing is judged.

    Parameters
    ----------
    indicators
        Of this year's reports.
    before
        Of last year's.
    links
        `last_year`'s.

    Returns
    -------
    DataFrame
        One row per indicator row and target (``column``: ``target`` or ``council_target``) that says
        increase or decrease (``rule``): ``row_id``, ``report_id``, ``value``, ``previous`` and its
        ``basis`` (``own_column`` or ``last_report``), ``before_id``, ``attainment``, and the ``obstacle``
        where there is none: ``no_value``, ``unit_changed``, ``no_previous``, ``measure_changed``.
    """
    link = {str(row["report_id"]): row for _, row in links.iterrows()}
    rows = []
    for _, row in indicators.iterrows():
        for column in ("target", "council_target"):
            rule = row[f"{column}_rule"]
            if pd.notna(rule) and rule in DIRECTIONS:
                found = _direction(row, str(rule), before, link.get(str(row["report_id"])))
                rows.append(
                    {"row_id": row["row_id"], "report_id": row["report_id"], "column": column, **found}
                )
    columns = ["row_id", "report_id", "column", "rule", "value", "previous", "basis", "before_id"]
    frame = pd.DataFrame(rows, columns=[*columns, "attainment", "obstacle"])
    types = dict.fromkeys(frame.columns, "string") | dict.fromkeys(("value", "previous"), "Float64")
    return frame.astype(types)


def _direction(row: pd.Series, rule: str, before: pd.DataFrame, link: pd.Series | None) -> dict[str, object]:
    last = previous_outcome(row, before, link)
    found: dict[str, object] = {
        "rule": rule,
        "value": row["value"],
        "previous": last.value,
        "basis": last.basis,
        "before_id": last.report_id,
    }
    if pd.isna(row["value"]):
        return found | {"obstacle": "no_value"}
    if last.value is None:
        return found | {"obstacle": last.obstacle}
    change = round(float(row["value"]) - last.value, 9)
    return found | {"attainment": "met" if change * DIRECTIONS[rule] > 0 else "not_met"}


@dataclass(frozen=True, slots=True)
class Previous:
    """Last year's outcome as it is printed, where it was found, or else why there is none that counts."""

    value: float | None = None
    raw: str | None = None
    basis: str | None = None
    report_id: str | None = None
    row_id: str | None = None
    obstacle: str | None = None


def previous_outcome(row: pd.Series, before: pd.DataFrame, link: pd.Series | None) -> Previous:
    """Last year's outcome of an indicator row; where it is looked for is said at `directions`."""
    if link is not None and pd.notna(link["break"]):
        return Previous(obstacle="unit_changed")
    if pd.notna(row["value_previous"]):
        raw = row["value_previous_raw"]
        return Previous(float(row["value_previous"]), None if pd.isna(raw) else str(raw), "own_column")
    if link is None or pd.isna(link["before_id"]):
        return Previous(obstacle="no_previous")
    same = before[
        (before["report_id"] == link["before_id"])
        & (before["indicator_id"] == row["indicator_id"])
        & before["value"].notna()
    ]
    if same["value"].nunique() != 1:  # none, or two that differ: not to be guessed between
        return Previous(obstacle="no_previous")
    last = same.iloc[0]
    if str(last["measure_unit"]) != str(row["measure_unit"]):
        return Previous(obstacle="measure_changed")
    raw = None if pd.isna(last["value_raw"]) else str(last["value_raw"])
    return Previous(float(last["value"]), raw, "last_report", str(link["before_id"]), str(last["row_id"]))


def year_changes(indicators: pd.DataFrame, before: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Indicator rows beside last year's outcome.

    Adds ``previous`` and ``previous_raw``, ``basis`` and ``before_id`` as in `directions`,
    ``before_row_id``, ``change`` (value − previous), ``better_change`` (signed so that positive is better;
    missing where the direction is not known) and ``obstacle``: why there is no change to tell –
    ``no_value``, ``unit_changed``, ``no_previous``, ``measure_changed``.
    """
    link = {str(row["report_id"]): row for _, row in links.iterrows()}
    rows = []
    for _, row in indicators.iterrows():
        last = previous_outcome(row, before, link.get(str(row["report_id"])))
        why = "no_value" if pd.isna(row["value"]) else last.obstacle
        rows.append((last.value, last.raw, last.basis, last.report_id, last.row_id, why))
    columns = ["previous", "previous_raw", "basis", "before_id", "before_row_id", "obstacle"]
    found = pd.DataFrame(rows, columns=columns, index=indicators.index)
    found = found.astype({"previous": "Float64"} | dict.fromkeys(columns[1:], "string"))
    frame = indicators.drop(columns="obstacle", errors="ignore").join(found)
    change = (frame["value"] - frame["previous"]).round(9)
    return frame.assign(change=change, better_change=change * better_sign(frame["better"]))


def gender_gaps(indicators: pd.DataFrame) -> pd.DataFrame:
    """Indicator rows with an outcome for both women and men.

    Adds ``gender_gap`` (women − men, in the measure unit) and ``higher``: ``women``, ``men`` or ``equal``.
    Which is better is not judged.
    """
    both = indicators[indicators["value_men"].notna() & indicators["value_women"].notna()]
    gap = (both["value_women"] - both["value_men"]).round(9)
    higher = pd.Series("equal", index=both.index, dtype="string")
    return both.assign(gender_gap=gap, higher=higher.mask(gap > 0, "women").mask(gap < 0, "men"))


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


SHARES = ("%", "index")
"""Measure units whose differences are told in points; others are told in per cent of the middle."""


def by_spread(indicators: pd.DataFrame, wanted: Iterable[str]) -> list[str]:
    """Indicator ids by how much the units' outcomes differ, the widest first; equals keep the order given.

    The measure is the distance between the outcomes that a tenth of the units are below and above: in points
    for shares and indexes, else in per cent of the middle outcome.
    """
    spread = {}
    for indicator_id in wanted:
        rows = indicators[(indicators["indicator_id"] == indicator_id) & indicators["value"].notna()]
        values = rows["value"].astype(float)
        wide = float(values.quantile(0.9) - values.quantile(0.1)) if len(values) else 0.0
        middle = abs(float(values.median())) if len(values) else 0.0
        points = bool(rows["measure_unit"].isin(SHARES).all())
        spread[indicator_id] = wide if points or not middle else 100 * wide / middle
    return sorted(spread, key=lambda each: -spread[each])
