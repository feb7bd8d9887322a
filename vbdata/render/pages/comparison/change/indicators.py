"""Outcomes of the same indicators, last year and this year: counts and tables."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse.indicators import year_changes
from vbdata.plot.formats import EN_DASH, counted, number, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.panels import panel_names
from vbdata.render.pages.comparison.units import corrected, each
from vbdata.render.parts import history
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import details
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import value_cell

WAYS = ("I önskad riktning", "Oförändrat", "I motsatt riktning", "Går inte att jämföra")


def compared_indicators(data: YearData) -> pd.DataFrame:
    """The indicators of this year's annual reports beside last year's outcomes."""
    mine = data.indicators[data.indicators["report_id"].isin(data.history.links["report_id"])]
    return year_changes(mine, data.history.indicators, data.history.links)


def no_changes(found: pd.DataFrame) -> list[str]:
    """Why no outcome can be compared."""
    counts = found["obstacle"].value_counts()
    said = [
        f"{counted(int(count), 'rad', 'rader')}: {history.WHY_NOT[str(why)]}" for why, count in counts.items()
    ]
    return ["Inget utfall kan jämföras med förra årets.", f"{sentence('; '.join(said))}." if said else ""]


def ways_per_unit(data: YearData, found: pd.DataFrame) -> Html:
    """How many outcomes went which way, a row per unit."""
    rows = []
    for report in each(data):
        mine = found[found["report_id"] == report["report_id"]]
        if len(mine):
            rows.append(Row(str(report["unit_name"]), [Cell(number(count)) for count in counted_ways(mine)]))
    heads = [Column("Enhet"), *[Column(title, "num") for title in WAYS]]
    note = f"Utfallet {data.year} mot {data.year - 1}. Ändringarna är olika stora och olika viktiga."
    return table(
        "Antal indikatorer efter utfallets förändring", heads, [Group(rows)], note=note, css="stack slim"
    )


def counted_ways(rows: pd.DataFrame) -> tuple[int, int, int, int]:
    """Outcomes that went the better way, stayed, went the other way, or cannot be compared."""
    known = rows["better_change"].dropna()
    up, same, down = ((known > 0).sum(), (known == 0).sum(), (known < 0).sum())
    return int(up), int(same), int(down), len(rows) - len(known)


def values(data: YearData, found: pd.DataFrame, common: pd.DataFrame) -> Html:
    """Both years' outcomes and their difference, a row per unit and indicator."""
    last = data.year - 1
    heads = [
        Column("Enhet"),
        Column(str(last), "num"),
        Column(str(data.year), "num"),
        Column("Skillnad"),
        Column("Källa", "src"),
    ]
    reports = units.by_id(data)
    groups = []
    for indicator_id, panel in panel_names(common).items():
        mine = units.in_order(data, found[found["indicator_id"] == indicator_id])
        rows = [_value_row(data, row, reports[str(row["report_id"])]) for _, row in mine.iterrows()]
        groups.append(Group(rows, panel))
    note = (
        f"Förra årets utfall är rapportens egen kolumn, annars {last} års verksamhetsberättelse. "
        f"Skillnaden är räknad på de oavrundade talen. {EN_DASH} betyder att uppgiften saknas."
    )
    content = table(f"Utfall {last} och {data.year}", heads, groups, note=note, css="stack grid3 dec")
    return details(f"Visa utfallen {last} och {data.year}", content)


def _value_row(data: YearData, row: pd.Series, report: pd.Series) -> Row:
    before = row.rename({"value": "_", "value_raw": "_", "previous": "value", "previous_raw": "value_raw"})
    source = units.place(data, report, places.indicator_source(row))
    if pd.notna(row["before_row_id"]):
        older = data.history.indicators
        older = older[older["row_id"] == row["before_row_id"]].iloc[0]
        theirs = units.report_of(data, report, str(older["report_id"]))
        source = units.lines(
            Html("{}: {}").format(data.year - 1, units.place(data, theirs, places.indicator_source(older))),
            Html("{}: {}").format(data.year, source),
        )
    cells = [
        Cell(value_cell(before, "value")),
        Cell(value_cell(row, "value", strong=True) + corrected(data, report, [row["row_id"]], "value")),
        Cell(history.change_cell(row, "Jämförs inte"), "full"),
        Cell(source, labelled=False),
    ]
    return Row(str(report["unit_name"]), cells)
