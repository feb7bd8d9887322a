"""Activities: a table, because «Hela 2025» says more than a bar."""

from __future__ import annotations

import pandas as pd

from vbdata.plot.formats import EN_DASH, period
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.parts import sources
from vbdata.render.parts.components import empty, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table


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
    about = [str(row["row_id"])]
    head = under(under(str(row["title"]), corrected(data, about, "title", "goal_id")), links)
    cells = [Cell(under(_time(row), corrected(data, about, "start", "end")), "time")]
    if not data.is_plan:
        deviation = "Avvikelse angiven" if row["deviation"] else missing("ingen avvikelse angiven")
        cells.append(Cell(under(deviation, corrected(data, about, "deviation"))))
    if with_ticks:
        done = missing() if pd.isna(row["completed"]) else "Ja" if row["completed"] else "Nej"
        cells.append(Cell(under(done, corrected(data, about, "completed"))))
    return Row(head, [*cells, Cell(sources.link(sources.activity_source(row)), labelled=False)])


def _time(row: pd.Series) -> Html:
    start, end = (None if pd.isna(row[name]) else row[name] for name in ("start", "end"))
    return missing() if start is None and end is None else Html("{}").format(period(start, end))
