"""Women and men: outcomes beside each other, the difference stated and not judged."""

from __future__ import annotations

from vbdata.analyse.indicators import gender_gaps
from vbdata.plot.formats import counted
from vbdata.render.pages.unit.marks import corrected
from vbdata.render.parts import history, sources, words
from vbdata.render.parts.components import details
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import value_cell


def gender(data: UnitData) -> Html:
    """The indicators with an outcome for both; nothing where there is none."""
    found = gender_gaps(data.indicators)
    if found.empty:
        return Html("")
    columns = [
        Column("Indikator"),
        Column("Kvinnor", "num"),
        Column("Män", "num"),
        Column("Skillnad"),
        Column("Källa", "src"),
    ]
    short = words.short_names(data.indicators["name"])
    rows = []
    for _, row in found.iterrows():
        cells = [
            *[
                Cell(under(value_cell(row, column), corrected(data, [row["row_id"]], column)))
                for column in ("value_women", "value_men")
            ],
            Cell(history.gap_cell(row), "full"),
            Cell(sources.link(sources.indicator_source(row)), labelled=False),
        ]
        rows.append(Row(short[str(row["name"])], cells))
    content = table(
        "Kvinnor och män",
        columns,
        [Group(rows)],
        note=history.GENDER_NOTE.format("skillnaden"),
        css="stack grid3 dec",
    )
    return details(
        f"Kvinnor och män bredvid varandra ({counted(len(rows), 'indikator', 'indikatorer')})", content
    )
