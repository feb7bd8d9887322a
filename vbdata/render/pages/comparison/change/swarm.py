"""Outcomes of many units against last year's: a dot per unit around no change."""

from __future__ import annotations

import pandas as pd

from vbdata import plot
from vbdata.analyse.indicators import by_spread
from vbdata.plot.formats import in_words, number, part_of
from vbdata.render.pages.comparison.change.indicators import WAYS, counted_ways
from vbdata.render.pages.comparison.panels import (
    DRAWN,
    OWN_SCALES,
    around_zero,
    drawings,
    from_to,
    panel_names,
)
from vbdata.render.parts import history
from vbdata.render.parts.components import figure, key
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html
from vbdata.render.parts.tables import Cell, Column, Group, Row, table


def swarm(data: YearData, found: pd.DataFrame, common: pd.DataFrame) -> Html:
    """The figure of all units, and how many went which way."""
    panels = panel_names(common)
    order = by_spread(found.assign(value=found["better_change"]), panels)
    drawn = found[found["indicator_id"].isin(order[:DRAWN])]
    place = {indicator_id: i for i, indicator_id in enumerate(panels)}
    drawn = drawn.assign(
        panel=[
            f"{panels[str(row['indicator_id'])]}, {history.measured(row['measure_unit'])}"
            for _, row in drawn.iterrows()
        ],
        value=drawn["better_change"],
        council_target=pd.Series(pd.NA, index=drawn.index, dtype="Float64"),
        _place=drawn["indicator_id"].map(place),
    )
    drawn = drawn.sort_values("_place", kind="stable").dropna(subset=["value"])

    return figure(
        drawings(
            plot.swarm, drawn, around_zero(drawn), from_to, zero=("motsatt riktning", "önskad riktning")
        ),
        "forandring-indikatorer",
        _title(found, common),
        f"Varje prick är en enhet: utfallet {data.year} minus utfallet {data.year - 1}, med tecken så att "
        "höger alltid är önskad riktning"
        + (f"; de {in_words(DRAWN)} indikatorer som har ändrats mest olika" if len(order) > DRAWN else ""),
        _alt(data, found, {each: panels[each] for each in panels if each in order[:DRAWN]}),
        key=key(
            [
                ("reached", f"når sitt årsmål {data.year}"),
                ("missed", "når det inte"),
                ("unknown", "går inte att bedöma"),
            ]
        ),
        note=f"{OWN_SCALES} Små skillnader kan vara slump, särskilt där få har svarat.",
        table=_counts_table(found, panels),
    )


def _ways(found: pd.DataFrame, indicator_id: str) -> tuple[int, int, int, int]:
    """Units whose outcome went the better way, stayed, went the other way, or cannot be compared."""
    return counted_ways(found[found["indicator_id"] == indicator_id].drop_duplicates("report_id"))


def _title(found: pd.DataFrame, common: pd.DataFrame) -> str:
    ways = [_ways(found, str(indicator_id)) for indicator_id in common["indicator_id"]]
    worse = sum(1 for better, _, other, _ in ways if other > better)
    which = f"I {part_of(worse, len(ways))} indikatorer"
    return f"{which if worse else 'I ingen indikator'} gick fler enheter i motsatt än i önskad riktning"


def _alt(data: YearData, found: pd.DataFrame, panels: dict[str, str]) -> str:
    told = []
    for indicator_id, panel in panels.items():
        up, same, down, _ = _ways(found, indicator_id)
        told.append(f"{panel}: {up} i önskad riktning, {same} oförändrade, {down} i motsatt riktning")
    return (
        f"Skillnad i utfall mellan {data.year - 1} och {data.year} för {len(panels)} indikatorer, en "
        f"prick per "
        f"enhet. {'; '.join(told)}. Alla tal finns i tabellen."
    )


def _counts_table(found: pd.DataFrame, panels: dict[str, str]) -> Html:
    heads = [Column("Indikator"), *[Column(title, "num") for title in WAYS]]
    rows = [
        Row(panel, [Cell(number(count)) for count in _ways(found, indicator_id)])
        for indicator_id, panel in panels.items()
    ]
    note = "Enheter som inte redovisar indikatorn i år är inte med."
    return table(
        "Antal enheter efter utfallets förändring", heads, [Group(rows)], note=note, css="stack slim"
    )
