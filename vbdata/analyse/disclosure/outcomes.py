"""Outcomes that are passed on: only what was understood, no small number of things, no small group.

A measure unit that is not known to be a share, an index or a physical measure counts things, in whatever
words ("st", "personer", none at all). Shares are whole: decimals give away of how few they are the share. How
many women and how many men answered is not known, so shares are not split by sex.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from vbdata.analyse.indicators import DIRECTIONS, better_sign
from vbdata.analyse.respondents import respondents
from vbdata.extract.grammar import is_blank
from vbdata.schema.tables import HIDDEN
from vbdata.vocabulary import indicators as vocabulary_indicators
from vbdata.vocabulary import label

LEAST_BASE = 10
"""Shares of fewer answers than this are not passed on, where it is known how many there were."""
VALUES = ("value", "value_men", "value_women", "value_previous")
TARGETS = ("target", "council_target")
SPLIT = ("value_men", "value_women")
_WHOLE = ("%", "procent", "procentenheter", "index")


def protected_outcomes(
    indicators: pd.DataFrame,
    threshold: int,
    superseded: Iterable[str] = (),
    reports: pd.DataFrame | None = None,
    passages: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Indicators with small counts and small groups hidden, shares whole, cells written anew."""
    frame = indicators.copy()
    counts = counts_things(frame)
    whole = ~counts & frame["measure_unit"].isin(_WHOLE)
    unread = {name: frame[name].isna() & filled(frame[f"{name}_raw"]) for name in (*VALUES, *TARGETS)}
    hidden = {name: unread[name].copy() for name in VALUES}
    few = few_answers(indicators, reports, passages)
    rows = counts & (_any_small(frame, threshold) | frame["report_id"].isin(list(superseded)))
    rows |= counts & pd.concat([unread[name] for name in VALUES], axis=1).any(axis=1)
    rows = _with_twins(frame, rows) | few
    for name in VALUES:
        hidden[name] |= rows | (~counts & (name in SPLIT))
    rounded = {name: _halves_up(frame[name]).where(whole, frame[name]) for name in VALUES}
    hidden["value"] |= _misjudged(frame, rounded["value"], reports)
    for name in VALUES:
        frame[name] = rounded[name].mask(hidden[name])
        said = filled(indicators[f"{name}_raw"]) | indicators[name].notna()
        frame[f"{name}_raw"] = _written(frame, name, hidden[name] & said)
    for name in TARGETS:
        frame[f"{name}_raw"] = _written(frame, name, unread[name])
    frame["gap"] = ((frame["value"] - frame["target"]) * better_sign(frame["better"])).round(9)
    frame["gap"] = frame["gap"].mask(indicators["gap"].isna())
    frame["attainment"] = frame["attainment"].mask(frame["value"].isna())
    return frame


def counts_things(frame: pd.DataFrame) -> pd.Series[bool]:
    """Whether a row counts things: all that are not known to measure something else."""
    known = {entry.indicator_id: entry.measure_unit for entry in vocabulary_indicators()}
    printed = frame["measure_unit"].astype("string").fillna("")
    as_known = printed == frame["indicator_id"].map(known).astype("string").fillna("?")
    named = frame["name"].astype(str).str.contains(r"\bantal", case=False, regex=True) & ~as_known
    return named | ~(printed.isin(_WHOLE) | as_known)


def _any_small(frame: pd.DataFrame, threshold: int) -> pd.Series[bool]:
    small = frame[list(VALUES)].apply(lambda column: (column.abs() > 0) & (column.abs() < threshold))
    return small.fillna(False).any(axis=1)


def _with_twins(frame: pd.DataFrame, rows: pd.Series[bool]) -> pd.Series[bool]:
    """Also the same indicator's other rows in the report."""
    twin = [frame["report_id"].astype(str), frame["indicator_id"].astype(str)]
    return rows.groupby(twin).transform("any").astype(bool) if len(frame) else rows


def few_answers(
    indicators: pd.DataFrame, reports: pd.DataFrame | None, passages: pd.DataFrame | None
) -> pd.Series[bool]:
    """Rows that the texts say were answered by too few."""
    if reports is None or passages is None or indicators.empty:
        return pd.Series(False, indicators.index)
    told = respondents(indicators, passages, reports)
    few = told.loc[(told["n"] < LEAST_BASE).fillna(False), "row_id"]
    return indicators["row_id"].isin(few)


def _misjudged(frame: pd.DataFrame, value: pd.Series, reports: pd.DataFrame | None) -> pd.Series[bool]:
    """Rows whose outcome, made whole, would be judged otherwise than it is."""
    wrong = pd.Series(False, frame.index)
    for name in TARGETS:
        before, after = (np.sign(each - frame[name]) for each in (frame["value"], value))
        wrong |= (before != after).fillna(False)
    told = frame["target_rule"].isin(DIRECTIONS) | frame["council_target_rule"].isin(DIRECTIONS)
    last = frame["value_previous"].fillna(_last_years(frame, reports))
    same = (value == _halves_up(last)) & (frame["value"] != last)
    return wrong | (told & same.fillna(False))


def _last_years(frame: pd.DataFrame, reports: pd.DataFrame | None) -> pd.Series[float]:
    """The outcome of the same unit's same indicator in its annual report of the year before."""
    if reports is None or frame.empty:
        return pd.Series(pd.NA, frame.index, dtype="Float64")
    about = reports.drop_duplicates("report_id").set_index("report_id")[["unit_id", "year"]]
    rows = frame[["report_id", "indicator_id", "value"]].join(about, on="report_id")
    known = rows.assign(year=rows["year"] + 1).drop_duplicates(["unit_id", "year", "indicator_id"])
    found = rows.drop(columns="value").merge(
        known[["unit_id", "year", "indicator_id", "value"]],
        on=["unit_id", "year", "indicator_id"],
        how="left",
    )
    return pd.Series(found["value"].array, frame.index, dtype="Float64")


def _halves_up(values: pd.Series) -> pd.Series[float]:
    """Whole numbers, halves away from zero, as a reader with a pencil would."""
    return np.sign(values) * np.floor(values.abs() + 0.5)


def filled(raw: pd.Series) -> pd.Series[bool]:
    """Whether a cell has words or a number, and no dash."""
    return pd.Series([isinstance(each, str) and not is_blank(each) for each in raw], raw.index, dtype=bool)


def _written(frame: pd.DataFrame, name: str, hidden: pd.Series[bool]) -> pd.Series[str]:
    """A cell's text, made of its number or rule."""
    rules = frame.get(f"{name}_rule", pd.Series(pd.NA, frame.index))
    cells = zip(frame[name], rules, frame["measure_unit"], hidden, strict=True)
    return pd.Series([_cell(*each) for each in cells], frame.index, dtype="string")


def _cell(value: Any, rule: object, measure_unit: object, hidden: bool) -> str | None:
    if isinstance(rule, str) and rule != "number":
        return label("target_rule", rule)
    if pd.isna(value):
        return HIDDEN if hidden else None
    shown = f"{value:.10g}".replace(".", ",")
    return f"{shown} {measure_unit}" if isinstance(measure_unit, str) else shown
