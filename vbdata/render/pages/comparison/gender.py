"""Women and men in several units: the difference stated, which way is better not judged."""

from __future__ import annotations

import pandas as pd

from vbdata import plot
from vbdata.analyse.attention import sexes_missing
from vbdata.analyse.indicators import by_spread, gender_gaps
from vbdata.plot.formats import counted, in_words, listed, number, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.panels import OWN_SCALES, around_zero, drawings, from_to
from vbdata.render.parts import history, words
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import details, figure, key
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import value_cell
from vbdata.render.parts.words import counted_units

MOST_DRAWN = 3
"""Of many units' indicators, how many a figure shows."""


def gender(data: YearData) -> Html:
    """Where women or men miss a target that the total reaches; then all, to open, and for many units dots."""
    found = gender_gaps(data.indicators)
    heading = element("h3", "Kvinnor och män")
    if found.empty:
        said = "Inget av dokumenten redovisar utfall för både kvinnor och män."
        if data.profile.shared:
            said = "Utfall för kvinnor och män visas bara i den interna versionen."
        return element("div", heading + element("p", said, class_="note"), class_="after")
    found = units.in_order(data, found, "indicator_id")
    found = found.assign(panel=found["name"].map(words.short_names(found["name"])))
    content = _table(data, found)
    rows = counted(len(found), "rad", "rader")
    folded = details(f"Visa alla utfall för kvinnor och män ({rows})", content)
    if data.many:
        folded = details(
            "Visa skillnaden mellan kvinnor och män i figur och tabell", _figure(data, found, content)
        )
    said = element("p", f"{_missing(found)} {_widest(found)}", class_="note")
    return element("div", heading + said + folded, class_="after")


def _missing(found: pd.DataFrame) -> str:
    """How often a total reaches its target while women or men do not."""
    missing = [row for _, row in found.iterrows() if sexes_missing(row)]
    if not missing:
        return "Ingenstans når totalen årsmålet medan kvinnor eller män inte gör det."
    units_ = len({row["report_id"] for row in missing})
    where = "" if units_ == len(missing) else f", i {counted_units(units_, words=True)}"
    if len(missing) == 1:
        row = missing[0]
        who = listed(
            [f"{words.value_text(row, f'value_{sex}')} för {words.SEXES[sex]}" for sex in sexes_missing(row)]
        )
        target = words.value_text(row, "target")
        return f"{row['panel']} når årsmålet {target} i en enhet, men är {who}."
    count = sentence(in_words(len(missing)))
    return f"{count} gånger når totalen årsmålet medan kvinnor eller män inte gör det{where}."


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
        lines = [_row(data, row, reports[str(row["report_id"])]) for _, row in rows.iterrows()]
        groups.append(Group(lines, str(panel)))
    return table(
        "Utfall för kvinnor och män",
        heads,
        groups,
        note=history.GENDER_NOTE.format("en skillnad"),
        css="stack grid3 dec",
    )


def _row(data: YearData, row: pd.Series, report: pd.Series) -> Row:
    shown = history.gap_cell(row)
    misses = [f"{words.SEXES[sex]} når inte årsmålet" for sex in sexes_missing(row)]
    if misses:
        shown += element("span", sentence(listed(misses)), class_="verdict miss")
    cells = [
        Cell(value_cell(row, "value_women")),
        Cell(value_cell(row, "value_men")),
        Cell(shown, "full"),
        Cell(units.place(data, report, places.indicator_source(row)), labelled=False),
    ]
    return Row(units.head(data, report, "#indikatorer"), cells)


def _figure(data: YearData, found: pd.DataFrame, content: Html) -> Html:
    order = by_spread(found.assign(value=found["gender_gap"]), found["indicator_id"].unique())
    drawn = found[found["indicator_id"].isin(order[:MOST_DRAWN])]
    drawn = drawn.assign(
        panel=[f"{row['panel']}, {history.measured(row['measure_unit'])}" for _, row in drawn.iterrows()],
        value=drawn["gender_gap"],
        attainment=pd.Series(pd.NA, index=drawn.index, dtype="string"),
        council_target=pd.Series(pd.NA, index=drawn.index, dtype="Float64"),
    )
    panels = drawn.groupby("panel", sort=False)
    return figure(
        drawings(plot.swarm, drawn, around_zero(drawn), from_to, zero=("högre för män", "högre för kvinnor")),
        "kon-figur",
        _title(found),
        f"Utfall för kvinnor minus utfall för män, en prick per enhet som redovisar båda, {data.year}"
        + (f"; de {in_words(len(panels))} indikatorer som skiljer mest" if len(order) > len(panels) else ""),
        _alt(data, found[found["indicator_id"].isin(order[:MOST_DRAWN])]),
        key=key([("unknown", "en enhet")]),
        note=f"{OWN_SCALES} {history.GENDER_NOTE.format('en skillnad')}",
        table=content,
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


def _widest(found: pd.DataFrame) -> str:
    """The widest difference and where it is."""
    gaps = found["gender_gap"].abs().astype(float)
    widest = found[gaps == gaps.max()]
    if len(widest) > 1 or not gaps.max():
        return f"{_title(found)}." if gaps.max() else ""
    return f"{_title(found)}: {widest.iloc[0]['panel']!s}."


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
