"""Women and men in several units: the difference stated, which way is better not judged."""

from __future__ import annotations

from functools import partial

import pandas as pd

from vbdata import plot
from vbdata.analyse.indicators import gender_gaps
from vbdata.plot.formats import counted, number
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.units import name, page
from vbdata.render.parts import history, words
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import details, empty, figure, key, link
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import value_cell
from vbdata.render.parts.words import counted_units


def gender(data: YearData) -> Html:
    """Spans of women and men per indicator and unit; for many units dots around no difference."""
    found = gender_gaps(data.indicators)
    heading = element("h3", "Kvinnor och män")
    if found.empty:
        said = "Inget av dokumenten redovisar utfall för både kvinnor och män."
        if data.profile.shared:
            said = "Utfall för kvinnor och män visas bara i den interna versionen."
        return element("div", heading + empty(said), class_="after")
    found = units.in_order(data, found, "indicator_id")
    found = found.assign(panel=found["name"].map(words.short_names(found["name"])))
    content = _table(data, found)
    if not data.many:
        return element("div", heading + content, class_="after")
    return _figure(data, found, content)


def _table(data: YearData, found: pd.DataFrame) -> Html:
    heads = [
        Column("Enhet"),
        Column("Kvinnor", "num"),
        Column("Män", "num"),
        Column("Skillnad"),
        Column("Källa", "src"),
    ]
    reports = units.by_id(data)
    groups = []
    for panel, rows in found.groupby("panel", sort=False):
        lines = [_row(data, row, *reports[str(row["report_id"])]) for _, row in rows.iterrows()]
        groups.append(Group(lines, str(panel)))
    return table(
        "Utfall för kvinnor och män",
        heads,
        groups,
        note=history.GENDER_NOTE.format("en skillnad"),
        css="stack grid3 dec",
    )


def _row(data: YearData, row: pd.Series, prefix: str, report: pd.Series) -> Row:
    head: str = name(report)
    source = Html("på enhetens sida")
    if data.many:
        head = link(page(data, report, "#indikatorer"), head)
    else:
        source = places.link(places.indicator_source(row, prefix), returns=False)
    cells = [
        Cell(value_cell(row, "value_women")),
        Cell(value_cell(row, "value_men")),
        Cell(history.gap_cell(row), "full"),
        Cell(source, labelled=False),
    ]
    return Row(head, cells)


def _figure(data: YearData, found: pd.DataFrame, content: Html) -> Html:
    drawn = found.assign(
        panel=[f"{row['panel']}, {history.measured(row['measure_unit'])}" for _, row in found.iterrows()],
        value=found["gender_gap"],
        attainment=pd.Series(pd.NA, index=found.index, dtype="string"),
        council_target=pd.Series(pd.NA, index=found.index, dtype="Float64"),
    )
    scales: dict[str, plot.Scale] = {}
    for _, part in drawn.groupby(drawn["measure_unit"].fillna(""), sort=False):
        scale = plot.scale_around_zero(part["value"].astype(float))
        scales |= dict.fromkeys(part["panel"].astype(str), scale)

    rows = counted(len(found), "rad", "rader")
    return figure(
        partial(plot.swarm, drawn, scales=scales, zero=("högre för män", "högre för kvinnor")),
        "kon-figur",
        _title(found),
        f"Utfall för kvinnor minus utfall för män, en prick per enhet som redovisar båda, {data.year}",
        _alt(data, found),
        key=key([("unknown", "en enhet")]),
        note=history.GENDER_NOTE.format("en skillnad"),
        table=details(f"Visa utfallen i en tabell ({rows})", content),
    )


def _counts(rows: pd.DataFrame) -> tuple[int, int, int]:
    """Units where women, men or neither have the higher outcome."""
    women, men, equal = (int((rows["higher"] == which).sum()) for which in ("women", "men", "equal"))
    return women, men, equal


def _title(found: pd.DataFrame) -> str:
    gaps = found["gender_gap"].abs().astype(float)
    widest = found[gaps == gaps.max()].iloc[0]
    size = history.change_text(gaps.max(), widest["measure_unit"]).lstrip("+")
    return f"Största skillnaden mellan kvinnor och män är {size}"


def _alt(data: YearData, found: pd.DataFrame) -> str:
    told = []
    for panel, rows in found.groupby("panel", sort=False):
        women, men, equal = _counts(rows)
        told.append(
            f"{panel}: högre för kvinnor i {counted_units(women)}, för män i {men}, lika i {equal}, "
            f"från {number(float(rows['gender_gap'].min()))} till {number(float(rows['gender_gap'].max()))}"
        )
    return (
        f"Skillnad mellan kvinnor och män i {found['panel'].nunique()} indikatorer, {data.year}. "
        f"{'; '.join(told)}. "
        "Alla tal finns i tabellen."
    )
