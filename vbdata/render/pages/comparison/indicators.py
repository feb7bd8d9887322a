"""Indicators side by side: those that several units have an outcome for drawn, the others in a table."""

from __future__ import annotations

from functools import partial

import pandas as pd

from vbdata import analyse, plot
from vbdata.analyse.indicators import DIRECTIONS
from vbdata.plot.formats import EN_DASH, in_words, part_of, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.answers import uncertainty
from vbdata.render.pages.comparison.gender import gender
from vbdata.render.pages.comparison.panels import PILES, SHARED, SWARM, drawn_rows, panel_scales
from vbdata.render.pages.comparison.summary import missed_counts
from vbdata.render.pages.comparison.units import (
    corrected,
    each,
    muted,
    page,
    per_unit_table,
)
from vbdata.render.parts import sources as places
from vbdata.render.parts import words
from vbdata.render.parts.components import empty, figure, glyph, key, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.history import DIRECTION_RULE, council_and_directions
from vbdata.render.parts.html import Block, Html, element, hidden, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import MARKED, measured_in, value_cell
from vbdata.render.parts.words import counted_units

VALUES = (
    ("value", "Utfall"),
    ("target", "Årsmål"),
    ("council_target", "KF:s årsmål"),
    ("value_previous", "Förra året"),
)


def indicators(data: YearData) -> Block:
    """Figure and tables."""
    if data.indicators.empty:
        return section(
            "indikatorer", "Indikatorer", empty("Inget av dokumenten har indikatorer som har kunnat läsas.")
        )
    found = analyse.shared(data.indicators, data.reports)
    common = found[found["outcomes"] >= (SWARM if data.many else SHARED)]
    others = found[~found.index.isin(common.index)]
    parts: list[Html] = []
    if common.empty:
        parts.append(empty("Ingen indikator har utfall i mer än en enhet, så ingen figur ritas."))
    else:
        parts.append(_swarm(data, common) if data.many else _dots(data, common))
    if len(others) and not data.many:
        parts.append(element("div", _others(data, others, bool(len(common))), class_="after"))
    parts += [gender(data), uncertainty(data, common)]
    return section("indikatorer", "Indikatorer", *parts)


def _dots(data: YearData, common: pd.DataFrame) -> Html:
    drawn = drawn_rows(data, common, plans=True)
    scales = panel_scales(drawn, MARKED[:4])

    count = len(common)
    which = "den indikator" if count == 1 else f"de {in_words(count)} indikatorer"
    return figure(
        partial(plot.dot_target, drawn, scales=scales),
        "indikatorer-figur",
        _title(data, common),
        f"Utfall {data.year} mot enhetens eget årsmål, {which} som minst två enheter redovisar",
        _alt(data, common, drawn),
        key=key(_key(drawn)),
        note="Enheterna står i bokstavsordning. De har olika uppdrag, storlek och årsmål, så skillnader "
        "mellan dem är "
        "ingen rangordning.",
        table=_values_table(data, drawn),
    )


def _key(drawn: pd.DataFrame) -> list[tuple[str, str]]:
    attainment = drawn["attainment"].astype("string")
    items = [
        ("reached", "utfall, når årsmålet", (attainment == "met").any()),
        ("missed", "utfall, når inte årsmålet", (attainment == "not_met").any()),
        ("unknown", "utfall, går inte att bedöma", (drawn["value"].notna() & attainment.isna()).any()),
        ("target", "enhetens årsmål", drawn["target"].notna().any()),
        ("council", "KF:s årsmål", drawn["council_target"].notna().any()),
        ("previous", "förra året", drawn["value_previous"].notna().any()),
    ]
    return [(mark, text) for mark, text, shown in items if shown]


def _title(data: YearData, common: pd.DataFrame) -> str:
    counts = missed_counts(data, common)
    if not counts.max():
        return "Alla enheter som kan bedömas når sina egna årsmål"
    most = str(counts.idxmax())
    row = common[common["indicator_id"] == most].iloc[0]
    short = words.short_names(common["name"])[str(row["name"])]
    units = sentence(counted_units(int(counts.max()), words=True))
    if len(short) <= 50:
        return f"{units} når inte årsmålet för {short[:1].lower()}{short[1:]}"
    missed = int((counts > 0).sum())
    which = f"alla {in_words(missed)}" if 1 < missed == len(common) else part_of(missed, len(common))
    return f"I {which} indikatorer når minst en enhet inte sitt årsmål"


def _alt(data: YearData, common: pd.DataFrame, drawn: pd.DataFrame) -> str:
    units = drawn["report_id"].nunique()
    missed = drawn[drawn["attainment"].astype("string") == "not_met"]
    if data.many:
        counts = missed["panel"].value_counts(sort=False)
        named = [f"{panel}: {count} når inte årsmålet" for panel, count in counts.items()]
    else:
        named = [
            f"{row['label']}, {row['panel']}: {row['value_text']} mot {row['target_text']}"
            for _, row in missed.iterrows()
        ]
    found = f"Når inte årsmålet: {'; '.join(named)}." if named else "Alla som kan bedömas når årsmålet."
    return (
        f"Utfall mot årsmål i {len(common)} indikatorer för {counted_units(units)}, {data.year}. {found} "
        "Alla tal finns i tabellen."
    )


def _values_table(data: YearData, drawn: pd.DataFrame) -> Html:
    shown = [
        (column, title)
        for column, title in VALUES
        if drawn[column].notna().any() or column in ("value", "target")
    ]
    heads = [
        Column("Enhet"),
        *[Column(title, "num") for _, title in shown],
        Column("Utfall mot årsmål"),
        Column("Källa", "src"),
    ]
    prefixes = units.by_id(data)
    told = council_and_directions(data.indicators, data.history.indicators, data.history.links, data.year)
    groups = []
    for panel, rows in drawn.groupby("panel", sort=False):
        lines = [_values_row(data, row, shown, prefixes, told) for _, row in rows.iterrows()]
        groups.append(Group(lines, str(panel)))
    note = f"{EN_DASH} betyder att uppgiften saknas i dokumentet."
    if drawn[["target_rule", "council_target_rule"]].isin(list(DIRECTIONS)).any(axis=None):
        note += f" {DIRECTION_RULE}"
    return table("Värden bakom figuren", heads, groups, note=note, css="stack grid3 dec")


def _values_row(
    data: YearData,
    row: pd.Series,
    shown: list[tuple[str, str]],
    prefixes: dict[str, tuple[str, pd.Series]],
    told: dict[str, list[str]],
) -> Row:
    prefix, report = prefixes[str(row["report_id"])]
    cells = [Cell(value_cell(row, column, strong=column == "value")) for column, _ in shown]
    ours = join([element("span", line, class_="lvl") for line in told.get(str(row["row_id"]), [])])
    cells.append(Cell(Html("{}{}{}").format(words.verdict(row), ours, doubt(data, row, report)), "full"))
    source = places.link(places.indicator_source(row, prefix))
    return Row(str(row["label"]), [*cells, Cell(source, labelled=False)])


def doubt(data: YearData, row: pd.Series, report: pd.Series) -> Html:
    """Links to the unit's findings about the row that should be checked, and to its corrections."""
    about = data.findings[(data.findings["row_id"] == row["row_id"]) & (data.findings["severity"] != "info")]
    done = corrected(data, report, [row["row_id"]], *(column for column, _ in VALUES))
    if about.empty:
        return done
    text = glyph("note") + "Kontrollera" + hidden(f" hos {report['unit_name']}")
    return Html("<br>") + link(page(data, report, "#kontrollera"), text, class_="fx") + done


def _others(data: YearData, others: pd.DataFrame, also: bool) -> Html:
    """One row per indicator, one column per unit."""
    short = words.short_names(others["name"])
    rows = []
    for _, indicator in others.iterrows():
        cells = [
            Cell(_cell(data, str(indicator["indicator_id"]), prefix, report)) for prefix, report in each(data)
        ]
        head = Html("{}{}").format(short[str(indicator["name"])], measured_in(indicator["measure_unit"]))
        rows.append(Row(head, cells))
    caption = "Indikatorer som inte alla redovisar" if also else "Indikatorer sida vid sida"
    return per_unit_table(data, caption, Column("Indikator"), [Group(rows)])


def _cell(data: YearData, indicator_id: str, prefix: str, report: pd.Series) -> Html:
    rows = data.indicators[
        (data.indicators["indicator_id"] == indicator_id)
        & (data.indicators["report_id"] == report["report_id"])
    ]
    if rows.empty:
        return muted("redovisas inte")
    parts = []
    for _, row in rows.iterrows():
        source = element("span", places.link(places.indicator_source(row, prefix)), class_="src")
        parts.append(Html("{} {}").format(_value(row), source) + doubt(data, row, report))
    return join(parts, Html("<br>"))


def _value(row: pd.Series) -> Html:
    target = words.value_text(row, "target")
    aim = muted(f"årsmål {target}") if pd.notna(row["target"]) else Html("")
    if pd.isna(row["value"]):
        council = (
            muted(f"KF:s årsmål {words.value_text(row, 'council_target')}")
            if pd.notna(row["council_target"])
            else ""
        )
        return aim or (Html("{}").format(council) if council else missing())
    return join(
        [element("strong", words.value_text(row, "value")), aim]
        if aim
        else [element("strong", words.value_text(row, "value"))],
        ", ",
    )


def _swarm(data: YearData, common: pd.DataFrame) -> Html:
    drawn = drawn_rows(data, common, plans=False)
    scales = panel_scales(drawn, ("value",))

    marks = [
        (mark, text) for mark, text in _key(drawn) if mark in ("reached", "missed", "unknown", "council")
    ]
    return figure(
        partial(plot.swarm, drawn, scales=scales),
        "indikatorer-figur",
        _title(data, common),
        f"Varje prick är en enhet, {data.year}. Fylld prick når enhetens eget årsmål, ihålig når det inte.",
        _alt(data, common, drawn),
        key=key(marks),
        note=f"{PILES} Årsmålen skiljer sig mellan enheter, så en fylld prick kan ligga sämre till än en "
        "ihålig.",
        table=_counts(data, common, drawn),
    )


def _counts(data: YearData, common: pd.DataFrame, drawn: pd.DataFrame) -> Html:
    units = len(data.judged)
    heads = [
        Column("Indikator"),
        Column("Når årsmålet", "num"),
        Column("Når inte årsmålet", "num"),
        Column("Går inte att bedöma", "num"),
        Column("Utfall saknas", "num"),
        Column("Når KF:s årsmål", "num"),
    ]
    rows = []
    for panel, part in drawn.groupby("panel", sort=False):
        first = part.sort_values("value", na_position="last", kind="stable").drop_duplicates("report_id")
        attainment = first["attainment"].astype("string")
        met, not_met = int((attainment == "met").sum()), int((attainment == "not_met").sum())
        stated = int(first["value"].notna().sum())
        unjudged = int((first["value"].notna() & attainment.isna()).sum())
        cells = [Cell(str(n)) for n in (met, not_met, unjudged, units - stated)]
        rows.append(Row(str(panel), [*cells, Cell(_council(first))]))
    note = "Den sista kolumnen är av de enheter där utfallet kan jämföras med ett KF-mål i tal."
    return table("Antal enheter mot eget årsmål", heads, [Group(rows)], note=note, css="stack slim")


def _council(rows: pd.DataFrame) -> Html:
    """How many units reach the council's target, of those that can be held against it."""
    judged = rows["council_attainment"].dropna()
    return Html("{} av {}").format(int((judged == "met").sum()), len(judged)) if len(judged) else missing()
