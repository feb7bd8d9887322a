"""Indicators side by side: those that differ most drawn, all in one table, the misses with their reasons."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, plot
from vbdata.analyse import own_words
from vbdata.analyse.attention import DISOWNED, UNEXPLAINED, miss_size, sexes_missing
from vbdata.analyse.indicators import DIRECTIONS
from vbdata.plot.formats import in_words, inside, listed, number, part_of, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.answers import uncertainty
from vbdata.render.pages.comparison.gender import gender
from vbdata.render.pages.comparison.panels import (
    OWN_SCALES,
    common_indicators,
    drawings,
    drawn_of,
    drawn_rows,
    missed_counts,
    panel_scales,
)
from vbdata.render.pages.comparison.units import corrected, each, lines, muted, nothing, per_unit_table
from vbdata.render.parts import sources as places
from vbdata.render.parts import words
from vbdata.render.parts.components import empty, figure, key, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.history import DIRECTION_RULE, council_and_directions
from vbdata.render.parts.html import Block, Html, element, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import MARKED, measured_in
from vbdata.render.parts.words import counted_units

VALUES = ("value", "target", "council_target", "value_previous", "value_men", "value_women")
MOST_NAMED = 3
"""How many misses are told with the units' reasons."""


def indicators(data: YearData) -> Block:
    """Figure, table, misses, women and men, answers."""
    mine = data.indicators[data.indicators["report_id"].isin(data.judged["report_id"])]
    if mine.empty:
        return section(
            "indikatorer", "Indikatorer", empty("Inget av dokumenten har indikatorer som har kunnat läsas.")
        )
    common = common_indicators(data)
    parts: list[Html] = []
    if common.empty:
        parts.append(empty("Ingen indikator har utfall i mer än en enhet, så ingen figur ritas."))
    else:
        parts.append(_figure(data, common))
    parts.append(element("div", _reasons(data, mine), class_="after"))
    if not data.many:
        parts.append(element("div", _matrix(data, mine), class_="after"))
    elif len(common):
        parts.append(element("div", _counts(data, common), class_="after"))
    parts += [gender(data), uncertainty(data, common)]
    return section("indikatorer", "Indikatorer", *parts)


# Figure


def _figure(data: YearData, common: pd.DataFrame) -> Html:
    shown = drawn_of(data, common)
    drawn = drawn_rows(data, shown)
    marks = ("value", "council_target") if data.many else MARKED[:4]
    scales = panel_scales(drawn, marks)
    chart = plot.swarm if data.many else plot.dot_target
    which = "" if len(shown) == len(common) else f"De {in_words(len(shown))} indikatorer som skiljer mest. "
    what = (
        "Varje prick är en enhet; fylld prick når enhetens eget årsmål, ihålig når det inte"
        if data.many
        else "Utfall mot enhetens eget årsmål"
    )
    note = (
        "Högre prickhög betyder bara att flera enheter har liknande värden. Årsmålen skiljer sig, så en "
        "fylld prick kan ligga sämre till än en ihålig."
        if data.many
        else "Enheterna har olika uppdrag, storlek och årsmål: skillnader mellan dem är ingen rangordning."
    )
    skipped = ("target", "previous") if data.many else ()
    return figure(
        drawings(chart, drawn, scales, _panel_alt),
        "indikatorer-figur",
        _title(data, common),
        f"{which}{what}, {data.year}",
        _alt(data, drawn),
        key=key([(mark, text) for mark, text in _key(drawn) if mark not in skipped]),
        note=f"{OWN_SCALES} {note}",
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
        return f"{units} når inte årsmålet för {inside(short)}"
    missed = int((counts > 0).sum())
    which = f"alla {in_words(missed)}" if 1 < missed == len(common) else part_of(missed, len(common))
    return f"I {which} indikatorer når minst en enhet inte sitt årsmål"


def _panel_alt(panel: str, rows: pd.DataFrame) -> str:
    """What one drawing shows: how many reach and miss, and between which outcomes."""
    attainment = rows["attainment"].astype("string")
    met, missed = int((attainment == "met").sum()), int((attainment == "not_met").sum())
    known = rows.dropna(subset=["value"]).sort_values("value")
    ends = [str(known["value_text"].iloc[at]) for at in (0, -1)] if len(known) else []
    between = f", utfall från {ends[0]} till {ends[1]}" if ends else ""
    return f"{panel}: {met} når årsmålet och {missed} når det inte{between}."


def _alt(data: YearData, drawn: pd.DataFrame) -> str:
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
        f"Utfall mot årsmål i {drawn['panel'].nunique()} indikatorer för {counted_units(units)}, "
        f"{data.year}. {found} Alla tal finns i tabellen."
    )


# The misses with what the units write


def _reasons(data: YearData, mine: pd.DataFrame) -> Html:
    """The misses farthest from their targets, those of women or men included, with the units' reasons."""
    sizes = [_size(row) for _, row in mine.iterrows()]
    found = mine.assign(_size=pd.array(sizes, dtype="Float64"))
    doubted = mine["row_id"].isin(data.findings[data.findings["code"] == DISOWNED]["row_id"])
    found = found[found["_size"].notna() | doubted].sort_values(
        "_size", ascending=False, kind="stable", na_position="last"
    )
    if found.empty:
        return Html("")
    reports, short = units.by_id(data), words.short_names(mine["name"])
    shown = found.head(MOST_NAMED)
    rows = []
    for _, row in shown.iterrows():
        report = reports[str(row["report_id"])]
        name = Html("{}{}").format(
            short[str(row["name"])],
            element("span", units.head(data, report, "#indikatorer"), class_="lvl"),
        )
        silent = data.findings["code"].eq(UNEXPLAINED) & data.findings["row_id"].eq(row["row_id"])
        told = element("span", "Analysen nämner inte att målet missas.", class_="muted")
        if not silent.any():
            told = units.said(data, report, own_words.said_of_row(row, data.beside(report)))
        cells = [
            Cell(_told(data, row, report), labelled=False),
            Cell(told, "" if told else "none", labelled=False),
        ]
        rows.append(Row(name, cells))
    heads = [Column("Indikator"), Column("Utfall mot årsmål"), Column("Vad enheten skriver")]
    if data.profile.shared:
        heads, rows = heads[:2], [Row(row.head, row.cells[:1]) for row in rows]
    rest = len(found) - len(shown)
    note = "Avståndet räknas i procentenheter, för andra mått i procent av årsmålet."
    if rest:
        where = "antalen per indikator står nedan" if data.many else "alla står i tabellen nedan"
        note += f" {sentence(in_words(rest))} till: {where}."
    return table("Längst från årsmålet", heads, [Group(rows)], note=note)


def _size(row: pd.Series) -> float | None:
    """How far the total is from the target, or else women or men."""
    if pd.notna(row["attainment"]) and row["attainment"] == "not_met":
        return miss_size(row)
    gaps = sexes_missing(row)
    return -min(gaps.values()) if gaps else None


def _told(data: YearData, row: pd.Series, report: pd.Series) -> Html:
    """The outcome and the target as they are printed, the verdict, for women and men, and doubts."""
    target = f", årsmål {words.value_text(row, 'target')}" if pd.notna(row["target"]) else ""
    shown = element("strong", words.value_text(row, "value")) + Html("{} ({})").format(
        target, units.place(data, report, places.indicator_source(row))
    )
    return lines(shown, *_verdicts(row)) + _doubt(data, row, report)


def _verdicts(row: pd.Series, brief: bool = False) -> list[Html]:
    """That the target is missed (by how much, unless `brief`), and by whom of women and men."""
    told = []
    if pd.notna(row["attainment"]) and row["attainment"] == "not_met":
        said = "Når inte målet" if brief else words.verdict(row)
        told.append(element("span", said, class_="verdict miss"))
    sexes = sexes_missing(row)
    if sexes:
        who = listed([f"{words.SEXES[sex]} {words.value_text(row, f'value_{sex}')}" for sex in sexes])
        said = f"Når inte {'målet' if brief else 'årsmålet'} för {who}"
        told.append(element("span", said, class_="verdict miss"))
    return told


def _doubt(data: YearData, row: pd.Series, report: pd.Series) -> Html:
    """What should be asked about the row, and its corrections."""
    row_id = str(row["row_id"])
    return units.doubts(data, report, [row_id]) + corrected(data, report, [row_id], *VALUES)


# Few units: every indicator, a column per unit


def _matrix(data: YearData, mine: pd.DataFrame) -> Html:
    found = analyse.shared(mine, data.judged)
    short = words.short_names(found["name"])
    told = council_and_directions(
        mine, data.history.indicators, data.history.links, data.year, missed_only=True
    )
    answered = data.history.answers.dropna(subset=["n"])
    svar = dict(zip(answered["row_id"], answered["n"], strict=True))
    rows = []
    for _, indicator in found.iterrows():
        cells = [_cell(data, str(indicator["indicator_id"]), report, told, svar) for report in each(data)]
        head = Html("{}{}").format(short[str(indicator["name"])], measured_in(indicator))
        if pd.notna(indicator["better"]) and indicator["better"] == "lower":
            head += element("span", "lägre är bättre", class_="lvl")
        rows.append(Row(head, cells))
    note = "Målen är enheternas egna årsmål; KF:s nämns där de är andra än enhetens och inte nås."
    if mine[["target_rule", "council_target_rule"]].isin(list(DIRECTIONS)).any(axis=None):
        note += f" {DIRECTION_RULE}"
    return per_unit_table(data, "Alla indikatorer sida vid sida", Column("Indikator"), [Group(rows)], note)


def _cell(
    data: YearData, indicator_id: str, report: pd.Series, told: dict[str, list[str]], svar: dict[str, int]
) -> Cell:
    mine = data.indicators["report_id"] == report["report_id"]
    rows = data.indicators[mine & (data.indicators["indicator_id"] == indicator_id)]
    if rows.empty:
        return nothing("redovisas inte")
    parts = []
    for _, row in rows.iterrows():
        row_id = str(row["row_id"])
        place = element("span", units.place(data, report, places.indicator_source(row)), class_="src")
        n = muted(f", {number(int(svar[row_id]))} svar") if row_id in svar else Html("")
        ours = [element("span", line, class_="lvl") for line in told.get(row_id, [])]
        said = lines(_value(row), Html("{}{}").format(place, n))
        parts.append(said + join([*_verdicts(row, brief=True), *ours]) + _doubt(data, row, report))
    empty_ = rows[["value", "target", "council_target"]].isna().all(axis=None)
    return Cell(join(parts, Html("<br>")), "none" if empty_ else "")


def _value(row: pd.Series) -> Html:
    """The outcome and the target that it is held against."""
    value, target = words.value_text(row, "value"), words.value_text(row, "target")
    shown = [missing() if pd.isna(row["value"]) else element("strong", value)]
    if pd.notna(row["target"]):
        shown.append(muted(f"mål {target}"))
    elif pd.notna(row["council_target"]):
        shown.append(muted(f"KF:s årsmål {words.value_text(row, 'council_target')}"))
    return join(shown, ", ")


# Many units: how many miss


def _counts(data: YearData, common: pd.DataFrame) -> Html:
    heads = [
        Column("Indikator"),
        Column("Når inte årsmålet", "num"),
        Column("Längst från sitt årsmål"),
        Column("Når KF:s årsmål", "num"),
    ]
    drawn, reports = drawn_rows(data, common), units.by_id(data)
    rows = []
    for panel, part in drawn.groupby("panel", sort=False):
        first = part.sort_values("value", na_position="last", kind="stable").drop_duplicates("report_id")
        attainment = first["attainment"].astype("string")
        missed, judged = int((attainment == "not_met").sum()), int(attainment.notna().sum())
        cells = [
            Cell(f"{missed} av {judged}"),
            Cell(_worst(data, first, reports), "wide-cell", labelled=False),
            Cell(*_council(first)),
        ]
        rows.append((missed / max(judged, 1), Row(str(panel), cells)))
    note = (
        "Av de enheter vars utfall kan jämföras med ett årsmål i tal. Flest missar först. Årsmålen är "
        "enheternas egna."
    )
    ordered = [row for _, row in sorted(rows, key=lambda each_: -each_[0])]
    return table("Hur många enheter som missar sitt årsmål", heads, [Group(ordered)], note=note, css="stack")


def _worst(data: YearData, rows: pd.DataFrame, reports: dict[str, pd.Series]) -> Html:
    """The unit that is farthest from its own target, with outcome and target."""
    missed = rows[rows["attainment"].astype("string").eq("not_met").fillna(False)]
    if missed.empty:
        return missing("ingen missar")
    sizes = [miss_size(row) or 0.0 for _, row in missed.iterrows()]
    row = missed.iloc[sizes.index(max(sizes))]
    report = reports[str(row["report_id"])]
    shown = Html("{}: {} mot {}").format(
        units.head(data, report, "#indikatorer"),
        element("strong", words.value_text(row, "value")),
        words.value_text(row, "target"),
    )
    return shown + _doubt(data, row, report)


def _council(rows: pd.DataFrame) -> tuple[str, str]:
    """How many units reach the council's target, of those that can be judged, and the cell's class."""
    judged = rows["council_attainment"].dropna()
    return (f"{int((judged == 'met').sum())} av {len(judged)}", "") if len(judged) else (missing(), "none")
