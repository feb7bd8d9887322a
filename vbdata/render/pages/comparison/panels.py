"""The indicators that a figure shows, a panel each: headings, rows and scales."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from vbdata import plot, vocabulary
from vbdata.render.pages.comparison import units
from vbdata.render.parts import words
from vbdata.render.parts.data import YearData
from vbdata.render.parts.values import MARKED, group_scale, scale_groups

SHARED = 2
"""From how many units with an outcome an indicator is drawn."""
SWARM = 5
"""The same where every unit is a dot."""
PILES = (
    "Höjden i en prickhög betyder bara att flera enheter har liknande värden; där de är många står "
    "prickarna också bredvid varandra."
)


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


def drawn_rows(data: YearData, common: pd.DataFrame, plans: bool) -> pd.DataFrame:
    """Rows of the shared indicators, indicator by indicator, unit by unit, with what the charts need."""
    judged = data.reports if plans else data.judged
    order = {str(report_id): i for i, report_id in enumerate(judged["report_id"])}
    panels = panel_names(common)
    frame = data.indicators[
        data.indicators["report_id"].isin(order) & data.indicators["indicator_id"].isin(list(panels))
    ]
    place = {indicator_id: i for i, indicator_id in enumerate(common["indicator_id"])}
    names = units.names(data)
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
    """Panel → scale, shared by percentages and indexes and by any other unit, by which way is better."""
    scales: dict[str, plot.Scale] = {}
    for kind, part in scale_groups(drawn):
        marked = part.reindex(columns=list(dict.fromkeys([*part.columns, *MARKED])))
        marked = marked.assign(**{each: None for each in MARKED if each not in marks})
        scale = group_scale(marked, kind)
        if scale is not None:
            scales |= dict.fromkeys(part["panel"].astype(str), scale)
            points = part[part["measure_unit"] == "index"]["panel"].astype(str)
            scales |= dict.fromkeys(points, replace(scale, measure_unit=""))
    return scales
