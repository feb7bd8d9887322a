"""For 2–8 units: counts per question by gravity, what was done, and whether differences can be chance."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse import complaints
from vbdata.analyse.complaints.weight import GRAVE, ORDER, Weighed, weighed
from vbdata.plot.formats import EN_DASH, number
from vbdata.render.pages.comparison import chances, units
from vbdata.render.pages.comparison.annual import part_of_year
from vbdata.render.pages.comparison.units import each, page, per_unit_table
from vbdata.render.parts import chance, words
from vbdata.render.parts.components import details
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

ONE_EVENT = "En händelse kan räknas under flera frågor, så de ska inte läggas ihop."
RATED = ("cases", "deviations")
"""Series whose questions are set against the number of users."""


def questions(data: YearData) -> Html:
    """What each unit's form counts, the gravest first, then what can be said about the differences."""
    counts = complaints.question_counts(data.annual_forms)
    return join([_table(data, counts), _chance(data, counts), denominators(data)])


def label_of(question: str, template: str, several: bool) -> str:
    """A question as a row is headed; with its form where the units have used different ones."""
    if question == "ivo":
        return "Anmälningar till IVO"
    known = vocabulary.questions()[question]
    return f"{known.label} (blanketten {template})" if several and known.concept is None else known.label


def _table(data: YearData, counts: pd.DataFrame) -> Html:
    per_100 = _rates(data, counts)
    done = _shares(data)
    groups = [Group(_rows(data, counts, per_100), "Händelser")]
    groups += [Group(done, "Vad som har gjorts")] if done else []
    rates = (
        "Under antalet står antalet per 100, med exakta 95-procentsgränser inom parentes, där enhetens "
        "storlek är känd. "
        if per_100
        else ""
    )
    reasons = chances.share_reasons(complaints.shares(data.annual_forms))
    note = (
        f"”Minst” betyder att rutor är tomma för någon del av året; {EN_DASH} att rutan är tom, som inte är "
        "samma sak som noll."
    )
    caption = f"Händelser{' och åtgärder' if done else ''} per enhet, det allvarligaste först"
    content = per_unit_table(data, caption, Column("Fråga"), groups, join([note, *_corrections(data)], " "))
    method = f"{ONE_EVENT} {rates}{reasons}".rstrip()
    return content + details("Så är talen räknade", element("p", method, class_="note"))


def _corrections(data: YearData) -> list[Html]:
    """That counts behind the sums have been corrected, and where that is told."""
    told = data.corrections[data.corrections["table"] == "complaints"]
    found = []
    for report in each(data):
        mine = told[told["report_id"] == report["report_id"]]
        if len(mine):
            links = marks(mine, mine["row_id"], None, page(data, report))
            found.append(Html("{}: {}").format(report["unit_name"], links))
    return [Html("Rättade tal ingår. {}.").format(join(found, "; "))] if found else []


def _rated_rows(counts: pd.DataFrame) -> pd.Series[bool]:
    rated = {code for code, question in vocabulary.questions().items() if question.series in RATED}
    return counts["question"].isin(rated)


def _rows(data: YearData, counts: pd.DataFrame, rates: dict[tuple[str, str], pd.Series]) -> list[Row]:
    """A row per question that some form has a count for; what forms ask alike shares a row."""
    several = counts["template"].nunique() > 1
    templates = data.complaints.drop_duplicates("report_id").set_index("report_id")["template"].astype(str)
    found: dict[str, dict[str, Weighed]] = {}
    for report_id, rows in data.annual_forms.groupby("report_id", sort=False):
        for said in weighed(rows):
            label = label_of(said.question, str(templates[report_id]), several)
            found.setdefault(label, {})[str(report_id)] = said
    order = {
        label: min(ORDER.index(said.question) for said in cells.values()) for label, cells in found.items()
    }
    shown = []
    for label in sorted(found, key=lambda each_: order[each_]):
        cells = found[label]
        if all(said.total is None and said.question not in GRAVE for said in cells.values()):
            continue
        row = [_count(data, report, cells.get(str(report["report_id"])), rates) for report in each(data)]
        shown.append(Row(label, row))
    return shown


def _rates(data: YearData, counts: pd.DataFrame) -> dict[tuple[str, str], pd.Series]:
    """(question, report id) → the row with its count per 100 users, where the unit's size is known."""
    found = {}
    for _, part in counts[_rated_rows(counts)].groupby("key", sort=False):
        rated = complaints.rated(part, data.reports, data.denominators)
        for _, row in rated[rated["rate"].notna()].iterrows():
            found[str(part["question"].iloc[0]), str(row["report_id"])] = row
    return found


def _count(
    data: YearData,
    report: pd.Series,
    said: Weighed | None,
    rates: dict[tuple[str, str], pd.Series],
) -> Cell:
    report_id = str(report["report_id"])
    if said is None:
        return units.nothing(_why(data, report_id))
    doubt = units.doubts(data, report, said.row_ids)
    if said.total is None or (not said.total and said.in_part):
        why = "tom ruta" if said.total is None else "noll, men rutor är tomma"
        return Cell(missing(why) + doubt, "" if doubt else "none")
    least = "minst " if said.at_least else ""
    shown = element("span", f"{least}{number(said.total)}", class_="strong")
    if (
        said.other is None
        and said.leading is not None
        and said.question in ("complaints", "cases", "deviations")
    ):
        category, count = said.leading
        of = "" if count == said.total else f"{number(count)} "
        shown += element("div", f"{of}om {words.category_words(category)}", class_="lvl")
    if said.other is not None:
        shown += element("div", words.other_count(said).strip(" ()"), class_="lvl")
    rate = rates.get((said.question, report_id))
    if rate is not None and said.facet is None:
        shown += element("div", chance.rate_words(rate), class_="lvl")
    return Cell(shown + doubt)


def _why(data: YearData, report_id: str) -> str:
    """Why a unit has no answer to a question."""
    report = data.reports[data.reports["report_id"] == report_id].iloc[0]
    if report["kind"] != "VB":
        return "inte hela året"
    state = data.form_states[report_id]
    said = {"missing": "blankett saknas", "empty": "tom blankett", "unread": "har inte kunnat läsas"}
    return said.get(state, "frågan ställs inte")


def _shares(data: YearData) -> list[Row]:
    found = complaints.shares(data.annual_forms)
    if found["state"].isin(["blank", "other_events"]).all():
        return []
    found = found.set_index(["concept", "report_id"])
    rows = []
    for concept in dict.fromkeys(found.index.get_level_values("concept")):
        cells = []
        for report in each(data):
            place = concept, str(report["report_id"])
            cells.append(
                Cell(chance.share_cell(found.loc[place]))
                if place in found.index
                else units.nothing(_why(data, place[1]))
            )
        rows.append(Row(vocabulary.label("concept", str(concept)), cells))
    return rows


# Chance


def _chance(data: YearData, counts: pd.DataFrame) -> Html:
    """A sentence per question that units of known sizes have answered; nothing where sizes are not known."""
    several, items, rules = counts["template"].nunique() > 1, [], []
    for _, part in counts.groupby("key", sort=False):
        found = complaints.compared(complaints.rated(part, data.reports, data.denominators))
        if found is None or found.counted is None:
            continue
        first = part.iloc[0]
        question = vocabulary.questions()[str(first["question"])]
        form = f" (blanketten {first['template']})" if several and question.concept is None else ""
        items.append(element("li", chances.units_sentence(found, question) + form))
        rules.append(chances.RULES[found.test])
    if not items:
        unknown = [chances.UNKNOWN] if len(data.judged) > 1 else []
        said = " ".join(filter(None, [*unknown, part_of_year(data)]))
        return element("p", said, class_="note") if said else Html("")
    order = (
        "Talen står i samma ordning som enheterna i tabellen; enheter utan ifyllt antal är utelämnade."
        if len(data.judged) > 2
        else ""
    )
    note = " ".join(said for said in [order, part_of_year(data)] if said)
    head = element("h3", "Kan skillnaderna vara slump?")
    method = details("Så är det räknat", element("p", " ".join([*dict.fromkeys(rules), chances.MEANING])))
    shown = [
        head,
        element("ul", join(items)),
        element("p", note, class_="note") if note else Html(""),
        method,
    ]
    return element("div", join(shown), class_="after")


def denominators(data: YearData) -> Html:
    """How many people each unit served, and who says so."""
    here = data.denominators[data.denominators["year"] == data.year].set_index("unit_id")
    known = [report for report in each(data) if report["unit_id"] in here.index]
    if not known:
        return Html("")
    rows = []
    for report in known:
        size = here.loc[report["unit_id"]]
        shown = f"{number(int(size['count']))} {size['counted']}"
        rows.append(Row(str(report["unit_name"]), [Cell(shown), Cell(str(size["source"]))]))
    note = f"Bekräftade i enhetsregistret för {data.year}."
    content = table(
        "Enheternas storlek", [Column("Enhet"), Column("Antal"), Column("Källa")], [Group(rows)], note=note
    )
    return details("Visa enheternas storlek och var den kommer ifrån", content)
