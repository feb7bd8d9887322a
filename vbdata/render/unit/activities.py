"""Activities: a table, because «Hela 2025» says more than a bar."""

from __future__ import annotations

import pandas as pd

from vbdata.plot.formats import EN_DASH, period
from vbdata.render import sources
from vbdata.render.components import empty, section
from vbdata.render.data import UnitData
from vbdata.render.html import Block, Html, missing
from vbdata.render.tables import Cell, Column, Group, Row, table
from vbdata.render.unit.marks import finding_links


def activities(data: UnitData) -> Block:
    """Activities with their time and, in a report, whether a deviation is marked."""
    if data.activities.empty:
        return section(
            "aktiviteter", "Aktiviteter", empty("Dokumentet har inga aktiviteter som har kunnat läsas.")
        )
    with_ticks = bool(data.activities["completed"].notna().any())
    columns = [Column("Aktivitet"), Column("Tid")]
    columns += [] if data.is_plan else [Column("Avvikelse")]
    columns += [Column("Klar")] if with_ticks else []
    rows = [_row(data, row, with_ticks) for _, row in data.activities.iterrows()]
    note = "" if data.is_plan else f"{EN_DASH} i kolumnen Avvikelse: ingen avvikelse är angiven."
    content = table(
        "Aktiviteter i dokumentets ordning", [*columns, Column("Källa", "src")], [Group(rows)], note=note
    )
    return section("aktiviteter", "Aktiviteter", content)


def _row(data: UnitData, row: pd.Series, with_ticks: bool) -> Row:
    links = finding_links(data, [str(row["row_id"])])
    head = Html("{}{}").format(str(row["title"]), Html("<br>") + links if links else "")
    cells = [Cell(_time(row), "time")]
    if not data.is_plan:
        cells.append(Cell("Avvikelse angiven" if row["deviation"] else missing("ingen avvikelse angiven")))
    if with_ticks:
        cells.append(Cell(missing() if pd.isna(row["completed"]) else "Ja" if row["completed"] else "Nej"))
    return Row(head, [*cells, Cell(sources.link(sources.activity_source(row)), labelled=False)])


def _time(row: pd.Series) -> Html:
    start, end = (None if pd.isna(row[name]) else row[name] for name in ("start", "end"))
    return missing() if start is None and end is None else Html("{}").format(period(start, end))
