"""For 2–8 units: sums per question, praise beside complaints, and whether differences can be chance."""

from __future__ import annotations

from functools import partial

import pandas as pd

from vbdata import plot, vocabulary
from vbdata.analyse import complaints
from vbdata.plot.formats import EN_DASH, in_words, listed, number, sentence
from vbdata.render.pages.comparison import chances, units
from vbdata.render.pages.comparison.annual import forms, part_of_year
from vbdata.render.pages.comparison.units import each, muted, name, page, per_unit_table
from vbdata.render.parts import chance
from vbdata.render.parts.components import details, figure, key
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

RATED = ("cases", "deviations")
"""Series whose questions are set against the number of users."""
LEAST_DRAWN = 2
"""Units with both praise and cases below which a picture says no more than the table."""


def questions(data: YearData) -> Html:
    """The figure or the table of sums, then what can be said about the differences.

    Nothing where fewer than two units have filled in the form.
    """
    counts = complaints.question_counts(forms(data))
    if counts[counts["total"].notna()]["report_id"].nunique() < 2:
        return Html("")
    sums = _table(data, counts)
    beside = complaints.praise_beside(counts, data.reports)
    both = beside[beside["praise"].notna() & beside["cases"].notna()]
    shown = _praise(data, beside, sums) if len(both) >= LEAST_DRAWN else sums
    return join([element("div", shown, class_="after"), _chance(data, counts), denominators(data)])


def label_of(question: str, template: str, several: bool) -> str:
    """A question as a row is headed; with its form where the units have used different ones."""
    known = vocabulary.questions()[question]
    return f"{known.label} (blanketten {template})" if several and known.concept is None else known.label


def _table(data: YearData, counts: pd.DataFrame) -> Html:
    several = counts["template"].nunique() > 1
    groups = [Group(_sums(data, counts, several), "Händelser"), Group(_shares(data), "Vad som har gjorts")]
    counted = _counted(data, counts)
    rates = (
        f"Under antalet står antalet per 100 {counted[0] if len(counted) == 1 else ''}".rstrip()
        + ", med exakta 95-procentsgränser inom parentes, där enhetens storlek är känd. "
        if counted
        else "Inga tal per brukare visas, eftersom antalet brukare inte är känt. "
    )
    reasons = chances.share_reasons(complaints.shares(forms(data)))
    note = (
        f"{rates}{EN_DASH} betyder tom ruta, som inte är samma sak som noll. Frågorna räknar delvis samma "
        f"händelser och ska inte läggas ihop. Källan till varje tal står på enhetens sida. {reasons}"
    ).rstrip()
    return per_unit_table(
        data, "Summor per fråga och enhet", Column("Fråga"), groups, join([note, *_corrections(data)], " ")
    )


def _corrections(data: YearData) -> list[Html]:
    """That counts behind the sums have been corrected, and where that is told."""
    told = data.corrections[data.corrections["table"] == "complaints"]
    found = []
    for _, report in each(data):
        mine = told[told["report_id"] == report["report_id"]]
        if len(mine):
            links = marks(mine, mine["row_id"], None, page(data, report))
            found.append(Html("{}: {}").format(name(report), links))
    return [Html("Rättade tal ingår. {}.").format(join(found, "; "))] if found else []


def _counted(data: YearData, counts: pd.DataFrame) -> list[str]:
    """What the known sizes count, of the units that have a rate to show."""
    nouns: list[str] = []
    for _, part in counts[_rated_rows(counts)].groupby("key", sort=False):
        rated = complaints.rated(part, data.reports, data.denominators)
        nouns += [str(noun) for noun in rated[rated["rate"].notna()]["counted"]]
    return list(dict.fromkeys(nouns))


def _rated_rows(counts: pd.DataFrame) -> list[bool]:
    return [vocabulary.questions()[str(code)].series in RATED for code in counts["question"]]


def _sums(data: YearData, counts: pd.DataFrame, several: bool) -> list[Row]:
    rows = []
    one_noun = len(_counted(data, counts)) == 1
    for _, part in counts.groupby("key", sort=False):
        if part["total"].isna().all():
            continue
        rated = complaints.rated(part, data.reports, data.denominators).set_index("report_id")
        first = part.iloc[0]
        if vocabulary.questions()[str(first["question"])].series not in RATED:
            rated["rate"] = pd.NA
        cells = [Cell(_count(data, rated, str(report["report_id"]), one_noun)) for _, report in each(data)]
        rows.append(Row(label_of(str(first["question"]), str(first["template"]), several), cells))
    return rows


def _count(data: YearData, rated: pd.DataFrame, report_id: str, one_noun: bool) -> Html:
    if report_id not in rated.index:
        return muted(_why(data, report_id))
    row = rated[rated.index == report_id].iloc[0]
    if pd.isna(row["count"]):
        return chance.no_count(row["blank"])
    shown = element("span", number(int(row["count"])), class_="strong")
    rate = chance.rate_words(row, noun=not one_noun)
    return shown + element("div", rate, class_="lvl") if rate else shown


def _why(data: YearData, report_id: str) -> str:
    """Why a unit has no answer to a question."""
    report = data.reports[data.reports["report_id"] == report_id].iloc[0]
    if report["kind"] == "VP":
        return "plan"
    if report["kind"] != "VB":
        return "inte hela året"
    form = data.complaints[data.complaints["report_id"] == report_id]
    return "blankett saknas" if form.empty else "går inte att jämföra"


def _shares(data: YearData) -> list[Row]:
    found = complaints.shares(forms(data))
    if found["state"].isin(["blank", "other_events"]).all():
        return []
    found = found.set_index(["concept", "report_id"])
    rows = []
    for concept in dict.fromkeys(found.index.get_level_values("concept")):
        cells = []
        for _, report in each(data):
            place = concept, str(report["report_id"])
            cells.append(
                Cell(
                    chance.share_cell(found.loc[place])
                    if place in found.index
                    else muted(_why(data, place[1]))
                )
            )
        rows.append(Row(vocabulary.label("concept", str(concept)), cells))
    return rows


# Praise beside complaints


def _praise(data: YearData, beside: pd.DataFrame, sums: Html) -> Html:
    names = units.names(data)
    words = [vocabulary.questions()[str(code)].label for code in beside["question"].dropna().unique()]
    cases = words[0] if len(words) == 1 else "Ärenden enligt respektive blankett"
    drawn = beside.assign(panel="", label=[names[str(each)] for each in beside["report_id"]])

    return figure(
        partial(
            plot.case_dots, drawn, periods={"praise": "Beröm", "cases": cases}, total=None, hollow=("praise",)
        ),
        "berom-figur",
        _title(beside),
        f"Antal beröm och antal {cases[:1].lower()}{cases[1:]} per enhet, {data.year}",
        _alt(drawn, cases, data.year),
        key=key([("praise", "ett beröm"), ("case", "ett ärende")]),
        note=f"{chance.REPORTING_SHORT} Beröm och klagomål är skilda händelser: det ena är ingen del av det "
        "andra.",
        table=sums,
    )


def _title(beside: pd.DataFrame) -> str:
    both = beside.dropna(subset=["praise", "cases"])
    more = int((both["praise"] > both["cases"]).sum())
    if more == len(both):
        return f"{'Båda' if more == 2 else 'Alla'} enheterna redovisar fler beröm än ärenden"
    start = f"{sentence(in_words(more))} av {in_words(len(both))} enheter"
    return (
        f"{start if more else 'Ingen av ' + in_words(len(both)) + ' enheter'} redovisar fler beröm än ärenden"
    )


def _alt(drawn: pd.DataFrame, cases: str, year: int) -> str:
    items = [
        f"{row['label']} {_said(row['praise'])} beröm och {_said(row['cases'])} ärenden"
        for _, row in drawn.iterrows()
    ]
    return (
        f"Beröm bredvid {cases[:1].lower()}{cases[1:]} för {len(drawn)} enheter, {year}. {listed(items)}. "
        "Alla tal finns i tabellen."
    )


def _said(count: object) -> str:
    return "okänt antal" if pd.isna(count) else number(int(count))  # type: ignore[call-overload]


# Chance


def _chance(data: YearData, counts: pd.DataFrame) -> Html:
    """A sentence per question that two units or more have answered, and the rule."""
    several, items, rules = counts["template"].nunique() > 1, [], []
    for _, part in counts.groupby("key", sort=False):
        found = complaints.compared(complaints.rated(part, data.reports, data.denominators))
        if found is None:
            continue
        first = part.iloc[0]
        question = vocabulary.questions()[str(first["question"])]
        form = f" (blanketten {first['template']})" if several and question.concept is None else ""
        items.append(element("li", chances.units_sentence(found, question) + form))
        rules.append(chances.RULES[found.test])
    if not items:
        return Html("")
    order = (
        "Talen står i samma ordning som enheterna i tabellen; enheter utan ifyllt antal är utelämnade."
        if len(data.reports) > 2
        else ""
    )
    note = " ".join(
        said for said in [order, *dict.fromkeys(rules), chances.MEANING, part_of_year(data)] if said
    )
    head = element("h3", "Kan skillnaderna vara slump?")
    return element(
        "div", head + element("ul", join(items)) + element("p", note, class_="note"), class_="after"
    )


def denominators(data: YearData) -> Html:
    """How many people each unit served, and who says so."""
    here = data.denominators[data.denominators["year"] == data.year].set_index("unit_id")
    known = [report for _, report in each(data) if report["unit_id"] in here.index]
    if not known:
        return Html("")
    rows = []
    for report in known:
        size = here.loc[report["unit_id"]]
        shown = f"{number(int(size['count']))} {size['counted']}"
        rows.append(Row(name(report), [Cell(shown), Cell(str(size["source"]))]))
    note = f"Bekräftade i enhetsregistret för {data.year}."
    content = table(
        "Enheternas storlek", [Column("Enhet"), Column("Antal"), Column("Källa")], [Group(rows)], note=note
    )
    return details("Visa enheternas storlek och var den kommer ifrån", content)
