"""For many units: rates against size in a funnel, so that nobody is ranked and few stand out by chance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from vbdata import plot, vocabulary
from vbdata.analyse import complaints
from vbdata.analyse.counts import FUNNEL_LEVELS, Funnel, funnel
from vbdata.plot.formats import EN_DASH, counted, listed, number, part_of, sentence, soft
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.units import each, muted
from vbdata.render.parts import chance
from vbdata.render.parts.components import details, figure, key
from vbdata.render.parts.data import MANY_UNITS, YearData
from vbdata.render.parts.html import Html, element, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, scrolling, swipe, table
from vbdata.vocabulary import Question

SERIES = ("cases", "deviations")
"""What is shown in a funnel; praise and lex Sarah stand in the table."""
OUTSIDE = {"": "inom gränserna", "95": "utanför 95\u00a0%", "998": "utanför 99,8\u00a0%"}


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One funnel to show."""

    question: Question
    key: str
    counted: str
    found: Funnel


def funnels(data: YearData) -> Html:
    """What a funnel says of each question for which enough units' sizes are known, and the funnel to open.

    More cases may mean better reporting, so the picture is not the first thing to see.
    """
    counts = complaints.question_counts(data.annual_forms)
    found, reasons = [], []
    for place, part in counts.groupby("key", sort=False):
        question = vocabulary.questions()[str(part["question"].iloc[0])]
        if question.series not in SERIES or part["total"].isna().all():
            continue
        rated = complaints.rated(part, data.reports, data.denominators)
        drawn = _drawn(question, str(place), rated)
        if drawn is None:
            known = int((rated["count"].notna() & rated["denominator"].notna()).sum())
            reasons.append(f"{question.label}: antalet är känt hos {known} av {len(rated)} enheter.")
        else:
            found.append(drawn)
    found.sort(key=lambda drawn: -_outside(drawn))
    parts = [
        element("p", f"{_title(drawn)}{_who(drawn)}.", class_="lead")
        + details("Visa antal per brukare i en figur", _figure(data, drawn))
        for drawn in found
    ]
    if reasons:
        why = (
            f"Antal per brukare visas när minst {MANY_UNITS + 1} enheter har ett känt antal brukare och ett "
            "ifyllt antal ärenden."
        )
        parts.append(element("p", join([why, *reasons], " "), class_="note"))
    return join(parts)


def _drawn(question: Question, place: str, rated: pd.DataFrame) -> _Drawn | None:
    """The funnel of the units whose size is counted in the most common way."""
    nouns = rated["counted"].dropna()
    if nouns.empty:
        return None
    noun = str(nouns.mode().iloc[0])
    found = funnel(rated.assign(denominator=rated["denominator"].where(rated["counted"] == noun)))
    if found is None or len(found.points) <= MANY_UNITS:
        return None
    return _Drawn(question, place, noun, found)


def _figure(data: YearData, drawn: _Drawn) -> Html:
    points, found = drawn.found.points, drawn.found
    dots = pd.DataFrame(
        {
            "label": points["unit_name"],
            "size": points["denominator"],
            "value": points["rate"],
            "outside": points["outside"],
        }
    )
    curves = _curves(found)

    return figure(
        partial(
            plot.funnel,
            dots,
            curves=curves,
            centre=found.rate,
            size_title=f"Antal {drawn.counted}",
            value_title=f"Per 100 {drawn.counted}",
            centre_title=f"samlat {number(found.rate, 0)}",
        ),
        f"tratt-{drawn.question.code}",
        _title(drawn),
        f"{drawn.question.label} per 100 {drawn.counted} mot antalet {drawn.counted}, {len(points)} enheter, "
        f"{data.year}; mittlinjen är enheternas samlade nivå",
        _alt(drawn, data.year),
        key=funnel_key(OUTSIDE),
        note=f"{chance.REPORTING_SHORT} {_left_out(drawn)}".rstrip(),
        table=_table(data, drawn),
    )


def funnel_key(outside: dict[str, str]) -> Html:
    """The marks of a funnel: its dots; its lines are named where they are drawn."""
    return key(
        [("unknown", outside[""]), ("case", outside["95"]), ("case_large", f"{outside['998']}, med bokstav")]
    )


def _curves(found: Funnel) -> pd.DataFrame:
    sizes = found.points["denominator"].to_numpy(dtype=float)
    grid = np.linspace(max(sizes.min() * 0.7, 1.0), sizes.max() * 1.02, 60)
    curves = {"size": grid}
    for level, suffix in zip(FUNNEL_LEVELS, ("95", "998"), strict=True):
        curves[f"low_{suffix}"], curves[f"high_{suffix}"] = found.limits(grid, level)
    return pd.DataFrame(curves)


def _outside(drawn: _Drawn) -> int:
    return int((drawn.found.points["outside"] == "998").sum())


def _who(drawn: _Drawn) -> str:
    """The units outside, in parentheses."""
    points = drawn.found.points
    names = [str(name) for name in points[points["outside"] == "998"]["unit_name"]]
    return f" ({listed(names)})" if names else ""


def _title(drawn: _Drawn) -> str:
    outside, total = _outside(drawn), len(drawn.found.points)
    what = drawn.question.label if drawn.question.concept is None else drawn.question.plural
    if not outside:
        return f"{what}: ingen enhet avviker mer än slumpen brukar ge"
    return f"{what}: {part_of(outside, total)} enheter avviker mer än slumpen brukar ge"


def _method(drawn: _Drawn) -> str:
    found = drawn.found
    total, outside = len(found.points), found.points["outside"]
    expected = [_about(found.by_chance(level)) for level in FUNNEL_LEVELS]
    spread = number(found.dispersion, 1)
    wider = f", vidgade för att enheterna skiljer sig mer än slumpen förklarar (φ = {spread})"
    sentences = [
        f"Av slump ensam väntas {expected[0]} av {total} enheter utanför 95-procentsgränsen och "
        f"{expected[1]} utanför 99,8-procentsgränsen; här är det {int((outside != '').sum())} och "
        f"{int((outside == '998').sum())}.",
        f"Mittlinjen, {number(found.rate)} per 100 {drawn.counted}, är enheternas gemensamma nivå och inget "
        "mål.",
        f"Gränserna är exakta Poisson-gränser{wider if found.adjusted else ''}.",
    ]
    return " ".join(sentences)


def _about(expected: float) -> str:
    """An expected number of units, rounded as far as it says something."""
    return "färre än 0,1" if expected < 0.1 else f"ungefär {number(expected, 1 if expected < 10 else 0)}"


def _left_out(drawn: _Drawn) -> str:
    out = drawn.found.left_out
    blank = int(out["count"].isna().sum())
    unknown = len(out) - blank
    parts = []
    if unknown:
        parts.append(f"{counted(unknown, 'enhet', 'enheter')} utan känt antal {drawn.counted}")
    if blank:
        parts.append(f"{counted(blank, 'enhet', 'enheter')} utan ifyllt antal")
    return f"Utanför figuren: {listed(parts)}." if parts else ""


def _alt(drawn: _Drawn, year: int) -> str:
    points = drawn.found.points
    named = [
        f"{row['unit_name']} {number(float(row['rate']))}"
        for _, row in points[points["outside"] == "998"].iterrows()
    ]
    who = f"Utanför de yttre gränserna: {listed(named)}." if named else "Ingen ligger utanför de yttre."
    return (
        f"{drawn.question.label} per 100 {drawn.counted} för {len(points)} enheter, {year}: från "
        f"{number(float(points['rate'].min()))} till {number(float(points['rate'].max()))}, tillsammans "
        f"{number(drawn.found.rate)}. {who} Alla tal finns i tabellen."
    )


def _table(data: YearData, drawn: _Drawn) -> Html:
    points = drawn.found.points.set_index("report_id")
    heads = [
        Column("Enhet"),
        Column("Antal", "num"),
        Column(sentence(drawn.counted), "num"),
        Column(f"Per 100 {drawn.counted}", "num"),
        Column("Gräns 95\u00a0%", "num"),
        Column("Gräns 99,8\u00a0%", "num"),
        Column("Läge"),
        Column("Storlekens källa"),
    ]
    rows = []
    for report in each(data):
        if report["report_id"] not in points.index:
            continue
        row = points.loc[report["report_id"]]
        cells = [number(int(row["count"])), number(int(row["denominator"])), number(float(row["rate"]), 1)]
        cells += [
            f"{number(float(row[f'low_{n}']), 1)}{EN_DASH}{number(float(row[f'high_{n}']), 1)}"
            for n in ("95", "998")
        ]
        place = OUTSIDE[str(row["outside"])]
        cells += [element("span", place, class_="strong") if row["outside"] else place, str(row["source"])]
        rows.append(Row(units.head(data, report, "#synpunkter"), [Cell(cell) for cell in cells]))
    note = Html("Bokstavsordning. Enhetens namn leder till raderna i dess dokument. {}{}").format(
        _method(drawn), swipe()
    )
    content = table(
        f"{drawn.question.label} per 100 {drawn.counted}", heads, [Group(rows)], note=note, css="mx"
    )
    shown = scrolling(content, f"{drawn.question.label} per 100 {drawn.counted}")
    return details(f"Visa talen för {len(rows)} enheter och hur gränserna är räknade", shown)


def every_unit(data: YearData) -> Html:
    """Sums, praise and what was done, a row per unit."""
    counts = complaints.question_counts(data.annual_forms)
    filled = set(counts.dropna(subset=["total"])["key"])
    counts = counts[[key in filled for key in counts["key"]]]
    several = counts["template"].nunique() > 1
    shares = complaints.shares(data.annual_forms)
    answered = set(shares[shares["state"] != "blank"]["concept"])
    shares = shares[shares["concept"].isin(list(answered))]
    if counts.empty:
        return Html("")
    columns: list[tuple[str, str]] = []
    for place, part in counts.groupby("key", sort=False):
        question = vocabulary.questions()[str(part["question"].iloc[0])]
        form = f" (blanketten {part['template'].iloc[0]})" if several and question.concept is None else ""
        columns.append((str(place), f"{question.label}{form}"))
    done = [str(concept) for concept in shares["concept"].unique()]
    heads = [Column("Enhet"), *[Column(label, "num", Html("{}").format(soft(label))) for _, label in columns]]
    heads += [Column(vocabulary.label("concept", concept), "num") for concept in done]
    totals = {(str(row["key"]), str(row["report_id"])): row for _, row in counts.iterrows()}
    answers = {(row["concept"], row["report_id"]): row for _, row in shares.iterrows()}
    rows = []
    for report in each(data):
        report_id = str(report["report_id"])
        if not any((place, report_id) in totals for place, _ in columns):
            continue
        cells = [_total(totals, place, report_id) for place, _ in columns]
        cells += [
            chance.share_cell(answers[concept, report_id])
            if (concept, report_id) in answers
            else missing("frågan ställs inte")
            for concept in done
        ]
        rows.append(Row(units.head(data, report, "#synpunkter"), [Cell(cell) for cell in cells]))
    note = Html(
        "{} betyder tom ruta. Frågorna räknar delvis samma händelser och ska inte läggas ihop. Andelar av "
        "färre än {} ärenden visas inte.{}"
    ).format(EN_DASH, complaints.SMALL, swipe())
    title = "Summor per fråga, beröm och återkoppling"
    content = scrolling(table(title, heads, [Group(rows)], note=note, css="mx"), title)
    return details(f"{title} {EN_DASH} enhet för enhet", content)


def _total(totals: dict[tuple[str, str], pd.Series], place: str, report_id: str) -> Html:
    if (place, report_id) not in totals:
        return muted("går inte att jämföra")
    row = totals[place, report_id]
    return (
        chance.no_count(row["blank"])
        if pd.isna(row["total"])
        else Html("{}").format(number(int(row["total"])))
    )
