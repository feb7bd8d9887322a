"""Indicators: a strip of marks in the row, and every number in a cell of its own."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from vbdata import plot
from vbdata.analyse import summarise_indicators
from vbdata.analyse.indicators import DIRECTIONS
from vbdata.plot.formats import EN_DASH, in_words, listed, number, sentence
from vbdata.render.pages.unit.answers import uncertainty
from vbdata.render.pages.unit.gender import gender
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.parts import sources, words
from vbdata.render.parts.components import empty, key, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.history import DIRECTION_RULE, council_and_directions
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import MARKED, STRIP, group_scale, measured_in, scale_groups, value_cell

OPTIONAL = (("value_previous", "Förra året"), ("value_men", "Män"), ("value_women", "Kvinnor"))
ABOUT = ("name", "indicator_id", "measure_unit", "better", "goal_id", "period")
"""Columns whose correction is shown at the indicator's name."""


def indicators(data: UnitData) -> Block:
    """Indicators against targets; of a plan, the targets."""
    if data.indicators.empty:
        return section(
            "indikatorer", "Indikatorer", empty("Dokumentet har inga indikatorer som har kunnat läsas.")
        )
    if data.is_plan:
        return section(
            "indikatorer", "Indikatorer", lead("En plan har årsmål men inga utfall."), _plan_table(data)
        )
    return section(
        "indikatorer",
        "Indikatorer",
        lead(*_lead(data)),
        key(_key(data)),
        _table(data),
        gender(data),
        uncertainty(data),
    )


def _lead(data: UnitData) -> list[str]:
    found = summarise_indicators(data.indicators)
    sentences = []
    if found.judged and found.total > 1:
        share = f"{in_words(found.met)} av {in_words(found.total)} indikatorer når årsmålet"
        sentences.append(f"{sentence(share)}." if found.met else "Ingen av indikatorerna når årsmålet.")
        unjudged = found.total - found.judged
        if unjudged:
            sentences.append(f"{sentence(in_words(unjudged))} går inte att bedöma.")
    sentences.append("Jämförelsen är gjord i rapporten: utfallet mot enhetens årsmål.")
    if (data.indicators["better"] == "lower").any():
        sentences.append("Vilken riktning som är bättre är vår tolkning; dokumentet anger ingen.")
    return sentences


def _key(data: UnitData) -> list[tuple[str, str]]:
    """Only the marks that are drawn."""
    frame = data.indicators
    attainment = frame["attainment"].astype("string")
    drawn = frame["value"].notna()
    items = [
        ("reached", "utfall, når årsmålet", (attainment == "met").any()),
        ("missed", "utfall, når inte årsmålet", (attainment == "not_met").any()),
        ("unknown", "utfall, går inte att bedöma", (drawn & attainment.isna()).any()),
        ("target", "årsmål", frame["target"].notna().any()),
        ("council", "kommunfullmäktiges (KF:s) årsmål", frame["council_target"].notna().any()),
        ("previous", "förra året", frame["value_previous"].notna().any()),
        (
            "span",
            f"spann män (M) {EN_DASH} kvinnor (K)",
            (frame["value_men"].notna() & frame["value_women"].notna()).any(),
        ),
    ]
    return [(mark, text) for mark, text, shown in items if shown]


def _table(data: UnitData) -> Html:
    frame = data.indicators
    optional = [(column, title) for column, title in OPTIONAL if frame[column].notna().any()]
    values = [("value", "Utfall"), ("target", "Årsmål"), ("council_target", "KF:s årsmål"), *optional]
    columns = [
        Column("Indikator"),
        Column("Läge mot årsmålet"),
        *[Column(title, "num") for _, title in values],
        Column("Källa", "src"),
    ]
    short = words.short_names(frame["name"])
    told = council_and_directions(
        data.indicators, data.history.indicators, data.history.links, int(data.report["year"])
    )
    groups = []
    for number_, (kind, part) in enumerate(scale_groups(frame)):
        scale = group_scale(part, kind)
        head = _group_head(part, kind, scale)
        rows = [
            _row(data, row, [column for column, _ in values], short, scale, f"s{number_}-{i}", told)
            for i, (_, row) in enumerate(part.iterrows())
        ]
        groups.append(Group(rows, head))
    order = "i dokumentets ordning" + (" inom varje grupp" if len(groups) > 1 else "")
    return table(
        f"Indikatorer {order}",
        columns,
        groups,
        note=_note(optional, _says_which_way(frame)),
        css="stack grid3 dec",
    )


def _says_which_way(frame: pd.DataFrame) -> bool:
    """Whether any target is to increase or to decrease."""
    return bool(frame[["target_rule", "council_target_rule"]].isin(list(DIRECTIONS)).any(axis=None))


def _note(optional: list[tuple[str, str]], in_words: bool) -> str:
    absent = [title.lower() for column, title in OPTIONAL if (column, title) not in optional]
    named = listed(absent).replace(" och ", " eller ")
    said = f"Dokumentet har inga uppgifter om {named}. " if absent else ""
    return (
        f"{EN_DASH} betyder att uppgiften saknas i dokumentet. {said}"
        "Tal visas med högst en decimal; källan har alla." + (f" {DIRECTION_RULE}" if in_words else "")
    )


def _group_head(part: pd.DataFrame, kind: tuple[str, str], scale: plot.Scale | None) -> Html:
    better, family = kind
    names = {"%": _shares(part), "": "Mått utan känd måttenhet"}
    name = names.get(family, f"Mått i {family}")
    ways = {"higher": "högre är bättre", "lower": "lägre är bättre"}
    way = ways.get(better, "om högre eller lägre är bättre är inte känt")
    low_high = ""
    if scale is not None:
        unit = " procent" if scale.measure_unit == "%" and set(part["measure_unit"].dropna()) == {"%"} else ""
        low_high = f"skala {number(scale.low)}{EN_DASH}{number(scale.high)}{unit}; "
    return Html("{}\u2002").format(name) + element("small", f"{low_high}{way}")


def _shares(part: pd.DataFrame) -> str:
    units = set(part["measure_unit"].dropna())
    return {("%",): "Andelar", ("index",): "Index"}.get(tuple(units), "Andelar och index")


def _row(
    data: UnitData,
    row: pd.Series,
    values: list[str],
    short: dict[str, str],
    scale: plot.Scale | None,
    uid: str,
    told: dict[str, list[str]],
) -> Row:
    missed = row["attainment"] == "not_met" if pd.notna(row["attainment"]) else False
    judged = element("span", words.verdict(row), class_="verdict miss" if missed else "verdict")
    measured = measured_in(row["measure_unit"])
    links = join([finding_links(data, [str(row["row_id"])]), corrected(data, [row["row_id"]], *ABOUT)])
    ours = join([element("span", line, class_="verdict") for line in told.get(str(row["row_id"]), [])])
    head = Html("{}{}{}{}{}").format(short[str(row["name"])], measured, judged, ours, links)
    cells = [Cell(_strip(row, scale, uid), "stripcell", labelled=False)]
    cells += [Cell(_value(data, row, column, strong=column == "value")) for column in values]
    return Row(head, [*cells, Cell(sources.link(sources.indicator_source(row)), labelled=False)])


def _strip(row: pd.Series, scale: plot.Scale | None, uid: str) -> Html:
    if scale is None or row[list(MARKED)].isna().all():
        return element("span", "inget tal att rita", class_="nogoal")
    is_share = pd.notna(row["measure_unit"]) and row["measure_unit"] == "%"
    own = replace(scale, measure_unit="%" if is_share else "")
    return Html(plot.svg(plot.strip(row, scale=own, width=STRIP), uid, None, "strip", spent=True))


def _value(data: UnitData, row: pd.Series, column: str, strong: bool = False) -> Html:
    """A number, with its correction under it."""
    marks = corrected(data, [row["row_id"]], column, f"{column}_rule")
    return under(value_cell(row, column, strong), marks)


def _plan_table(data: UnitData) -> Html:
    columns = [
        Column("Indikator"),
        Column("Årsmål", "num"),
        Column("KF:s årsmål", "num"),
        Column("Periodicitet"),
        Column("Källa", "src"),
    ]
    short = words.short_names(data.indicators["name"])
    rows = []
    for _, row in data.indicators.iterrows():
        measured = measured_in(row["measure_unit"])
        links = join([finding_links(data, [str(row["row_id"])]), corrected(data, [row["row_id"]], *ABOUT)])
        period = str(row["period"]) if pd.notna(row["period"]) else missing()
        cells = [
            Cell(_value(data, row, "target", strong=True)),
            Cell(_value(data, row, "council_target")),
            Cell(period),
        ]
        source = Cell(sources.link(sources.indicator_source(row)), labelled=False)
        rows.append(Row(Html("{}{}{}").format(short[str(row["name"])], measured, links), [*cells, source]))
    note = f"{EN_DASH} betyder att rutan är tom i planen."
    return table("Indikatorer i planens ordning", columns, [Group(rows)], note=note, css="stack grid3 dec")
