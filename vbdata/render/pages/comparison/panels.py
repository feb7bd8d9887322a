"""The indicators that a figure shows, a panel each: which, their headings, rows and scales."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from vbdata import analyse, plot, vocabulary
from vbdata.plot.formats import number
from vbdata.render.pages.comparison import units
from vbdata.render.parts import words
from vbdata.render.parts.data import YearData
from vbdata.render.parts.values import MARKED, ON_ONE_SCALE, SHORTEST_SHARE

SHARED = 2
"""From how many units with an outcome an indicator is compared."""
SWARM = 5
"""The same where every unit is a dot."""
DRAWN = 3
"""How many indicators a figure shows: those that differ most between the units."""
OWN_SCALES = "Varje indikator har sin egen skala."


def common_indicators(data: YearData) -> pd.DataFrame:
    """The indicators that enough units have an outcome for, in the documents' order."""
    found = analyse.shared(data.indicators, data.judged)
    return found[found["outcomes"] >= (SWARM if data.many else SHARED)]


def drawn_of(data: YearData, common: pd.DataFrame) -> pd.DataFrame:
    """The few of them that the figure shows, in the documents' order."""
    order = analyse.indicators.by_spread(data.indicators, common["indicator_id"])
    return common[common["indicator_id"].isin(order[:DRAWN])]


def missed_counts(data: YearData, common: pd.DataFrame) -> pd.Series:
    """Indicator id → units that do not reach their own target, in the order given."""
    missed = data.indicators[data.indicators["attainment"] == "not_met"]
    counts = missed.groupby("indicator_id")["report_id"].nunique()
    return common["indicator_id"].map(counts).fillna(0).astype(int).set_axis(common["indicator_id"])


def panel_names(common: pd.DataFrame) -> dict[str, str]:
    """Indicator id → heading, with the direction where it is not the usual one."""
    short = words.short_names(common["name"])
    return {
        str(row["indicator_id"]): short[str(row["name"])]
        + (f" ({vocabulary.label('better', 'lower')})" if better == "lower" else "")
        for (_, row), better in zip(
            common.iterrows(), common["better"].astype("string").fillna(""), strict=True
        )
    }


def drawn_rows(data: YearData, common: pd.DataFrame) -> pd.DataFrame:
    """Rows of the shared indicators, indicator by indicator, unit by unit, with what the charts need."""
    panels = panel_names(common)
    names = units.names(data)
    frame = data.indicators[
        data.indicators["report_id"].isin(list(names)) & data.indicators["indicator_id"].isin(list(panels))
    ]
    order = {report_id: i for i, report_id in enumerate(names)}
    place = {indicator_id: i for i, indicator_id in enumerate(common["indicator_id"])}
    frame = frame.assign(
        panel=frame["indicator_id"].map(panels),
        label=frame["report_id"].map(names),
        value_text=[words.value_text(row, "value") for _, row in frame.iterrows()],
        target_text=[words.value_text(row, "target") for _, row in frame.iterrows()],
        _place=frame["indicator_id"].map(place),
        _order=frame["report_id"].map(order),
    )
    return frame.sort_values(["_place", "_order", "position"], kind="stable").drop(
        columns=["_place", "_order"]
    )


def panel_scales(drawn: pd.DataFrame, marks: tuple[str, ...]) -> dict[str, plot.Scale]:
    """Panel → its own scale, which holds its marks; short differences of shares are not made to look long."""
    scales: dict[str, plot.Scale] = {}
    for panel, part in drawn.groupby("panel", sort=False):
        values = pd.concat([part[mark] for mark in marks if mark in MARKED]).dropna().astype(float)
        if values.empty:
            continue
        unit = part["measure_unit"].dropna()
        measured = str(unit.iloc[0]) if len(unit) else ""
        shortest = SHORTEST_SHARE if measured in ON_ONE_SCALE and values.max() > SHORTEST_SHARE else 1
        scales[str(panel)] = plot.nice_scale(values, "%" if measured == "%" else "", shortest=shortest)
    return scales


def drawings(
    chart: Callable[..., Axes],
    drawn: pd.DataFrame,
    scales: dict[str, plot.Scale],
    said: Callable[[str, pd.DataFrame], str],
    **options: object,
) -> dict[str, Callable[..., Axes]]:
    """What each panel shows in words → its own drawing, so that print may break between them."""
    return {
        said(str(panel), rows): partial(chart, rows, scales=scales, **options)
        for panel, rows in drawn.groupby("panel", sort=False)
    }


def around_zero(drawn: pd.DataFrame) -> dict[str, plot.Scale]:
    """Panel → its own scale with zero in the middle."""
    return {
        str(panel): plot.scale_around_zero(part["value"].astype(float))
        for panel, part in drawn.groupby("panel", sort=False)
    }


def from_to(panel: str, rows: pd.DataFrame) -> str:
    """What a drawing of differences shows."""
    values = rows["value"].astype(float)
    return f"{panel}: {len(rows)} enheter, från {number(values.min())} till {number(values.max())}."
