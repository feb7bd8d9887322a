"""Complaints: the filled categories as dots, facet by facet; all categories in a table."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from vbdata import plot, vocabulary
from vbdata.analyse import form_state, panel_groups, summarise_complaints
from vbdata.analyse.complaints import SUBJECT_FACETS, unread
from vbdata.analyse.complaints.weight import count_apart, count_the_same, weighed
from vbdata.plot.formats import EN_DASH, in_words, inside, listed, number, sentence
from vbdata.render.pages.unit import own, released, said
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.pages.unit.readings import readings
from vbdata.render.pages.unit.years import years
from vbdata.render.parts import sources, words
from vbdata.render.parts.components import FORM, details, empty, figure, key, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.schema.tables import PERIODS
from vbdata.vocabulary import UNREAD

NO_FORM = (
    "Blanketten för synpunkter och klagomål saknas i dokumentet. Det betyder inte att inga synpunkter har "
    "kommit in."
)
NO_FORM_IN_PLAN = "En plan har ingen blankett för synpunkter och klagomål."
NO_CASES = "Rutorna för synpunkter och klagomål är tomma, vilket inte är noll."
EMPTY_FORM = (
    "Blanketten finns men är tom: ingen ruta är ifylld.",
    "En tom ruta är inte samma sak som noll, så ingen figur ritas.",
)
UNREAD_FORM = (
    "Blankettens antal har inte kunnat läsas: filens text visar inte i vilka rutor de står.",
    "Läs dem i originalet, eller be enheten om rapporten som pdf eller Word.",
)
WHEN = {"T1": "i tertial 1", "T2": "i tertial 2", "VB": "i årets sista omgång"}
FEW = 3
"""Cases up to which no figure is drawn."""
SMALL = 20
"""Below this, one case more or less changes the picture."""
PRINTED = 34
"""Lines of the drawing, a heading as one and a half, that a printed page has room for."""
PERIOD_TITLES = {"T1": "Tertial\u00a01", "T2": "Tertial\u00a02", "VB": "VB"}


def complaints(data: UnitData) -> Block:
    """The form of complaints and deviations, whether filled, empty or missing."""
    state = form_state(data.complaints)
    if data.profile.shared and not data.is_plan:
        return released.complaints(data)
    if state == "missing":
        return section(*FORM, empty(NO_FORM_IN_PLAN if data.is_plan else NO_FORM), years(data))
    if state != "filled":
        why = EMPTY_FORM if state == "empty" else UNREAD_FORM
        return section(*FORM, empty(*why), _all(data), years(data))
    return section(*FORM, _apart(data), _figure(data), _comments(data), readings(data), years(data))


CASES = (
    "complaint_subject",
    "complaint_source",
    "case_subject",
    "case_source",
    "response",
    "feedback",
    "measures",
)
"""Facets about the same cases: what, from whom, and what was done."""
FIRST = ("lex_sarah", "lex_case", "data_incident")
"""Facets that come first of the others: what may have hurt somebody."""
NAMES = {
    "deviation_subject": "Avvikelser, efter art",
    "deviation_source": "Avvikelser, efter vem som upptäckte dem",
    "deviation_concerns": "Avvikelser, efter vem de avser",
}
EACH = ("lex_sarah", "lex_case")
"""Facets whose categories are different things and stand on a row each."""


def _apart(data: UnitData) -> Html:
    """Lex Sarah, incidents, deviations and praise: a row per question, also where its boxes are blank."""
    frame = data.complaints
    facets = [each for each in dict.fromkeys(frame["facet"].dropna()) if each not in CASES]
    if not facets:
        return Html("")
    ordered = sorted(
        facets, key=lambda each: (FIRST.index(each) if each in FIRST else len(FIRST), each == "praise")
    )
    parts = _parts(data, [str(facet) for facet in ordered])
    several = sum(facet in NAMES for facet, _ in parts) > 1
    rows = [row for facet, part in parts for row in _facet_rows(data, facet, part, several)]
    columns = [
        Column("Uppgift"),
        *[Column(title, "num") for title in PERIOD_TITLES.values()],
        Column("Summa", "num"),
        Column("Källa", "src"),
    ]
    note = f"{EN_DASH} är tom ruta, inte noll. "
    note += "VB är årets sista omgång, inte hela året."
    if several:
        note += " Raderna om avvikelser räknar olika och ska inte läggas ihop."
    return table(
        "Allvarliga händelser, avvikelser och beröm",
        columns,
        [Group(rows)],
        note=note,
        css="stack grid3 g4 s4",
    )


def _parts(data: UnitData, facets: list[str]) -> list[tuple[str, pd.DataFrame]]:
    """Facet → its rows; those about deviations once, where they count the same and are not in doubt."""
    frame = data.complaints
    parts = [(facet, frame[frame["facet"] == facet]) for facet in facets]
    about = [rows for facet, rows in parts if facet in NAMES]
    sums = {tuple(rows[list(PERIODS)].sum(min_count=1).fillna(-1)) for rows in about}
    ids = [str(row_id) for rows in about for row_ids in rows["row_ids"] for row_id in row_ids]
    asked = unread(frame).any() or finding_links(data, ids) or corrected(data, ids, "count")
    if len(about) < 2 or len(sums) > 1 or asked:
        return parts
    return [(facet, rows) for facet, rows in parts if facet not in NAMES or rows is about[0]]


def _facet_rows(data: UnitData, facet: str, rows: pd.DataFrame, several: bool) -> list[Row]:
    if facet not in EACH:
        name = NAMES.get(facet, vocabulary.label("facet", facet).rstrip("?"))
        name = name if several or facet not in NAMES else "Avvikelser"
        return [_summed(data, name, rows)]
    start = "Lex Sarah: " if facet == "lex_sarah" else ""
    names = [words.short_category(str(each)) for each in rows["category"]]
    heads = [f"{start}{inside(name)}" if start else name for name in names]
    return [_summed(data, head, rows.iloc[[i]]) for i, head in enumerate(heads)]


def _summed(data: UnitData, name: str, rows: pd.DataFrame) -> Row:
    """One question's counts per period; no sum where a count could not be read."""
    about = [str(row_id) for row_ids in rows["row_ids"] for row_id in row_ids]
    links = finding_links(data, about)
    filled = rows[rows[list(PERIODS)].notna().any(axis=1)]
    lost = bool(unread(rows).any())
    cells = []
    for period in PERIODS:
        known = filled[period].dropna()
        whole = not lost and (period != "total" or len(known) == len(filled))
        shown = _count(int(known.sum()) if len(known) and whole else pd.NA, period == "total")
        mine = [each for each in about if each.endswith(f"-{period}")]
        cells.append(
            Cell(
                under(
                    element("span", UNREAD, class_="muted") if lost else shown, corrected(data, mine, "count")
                )
            )
        )
    first = (filled if len(filled) else rows).iloc[0]
    source = sources.complaint_source(first)
    place = sources.link(source) if len(filled) else element("span", source.place, class_="muted")
    return Row(under(name, links), [*cells, Cell(place, labelled=False)])


def _filled(data: UnitData) -> pd.DataFrame:
    """The categories with a figure, of the questions about the cases."""
    frame = data.complaints
    known = frame["facet"].isin(CASES) | frame["facet"].isna()
    return frame[frame[list(PERIODS)].notna().any(axis=1) & known]


def _panels(data: UnitData) -> pd.Series:
    """Heading of each row in the figure: its question, or its group where a question has several."""
    labels = [
        "Okänd fråga" if pd.isna(facet) else vocabulary.label("facet", str(facet))
        for facet in data.complaints["facet"]
    ]
    return panel_groups(data.complaints).fillna(pd.Series(labels, data.complaints.index, dtype="string"))


def _figure(data: UnitData) -> Html:
    filled = _filled(data)
    if filled.empty:
        any_asked = data.complaints["facet"].isin(CASES).any()
        none = empty(NO_CASES, own.text_counts(data) or _doubts(data)) if any_asked else Html("")
        return none + _all(data)
    chosen = _drawn(filled)
    drawn = chosen.assign(
        panel=_panels(data).reindex(chosen.index),
        label=chosen["category"].map(words.short_category),
        _order=[CASES.index(each) if each in CASES else len(CASES) for each in chosen["facet"].fillna("")],
    ).sort_values("_order", kind="stable")
    if drawn[list(PERIOD_TITLES)].fillna(0).to_numpy().sum() <= FEW:
        return _in_words(data, drawn)

    facets = drawn["facet"].nunique(dropna=False)
    asked = "en fråga" if facets == 1 else f"{in_words(facets)} skilda frågor i blanketten"
    drawing = figure(
        partial(plot.case_dots, drawn, periods=PERIOD_TITLES),
        "synpunkter-figur",
        _title(data),
        f"Antal synpunkter och klagomål per redovisningsomgång {data.report['year']}, {asked}",
        _alt(data, drawn),
        key=key([("case", "ett ärende")]),
        note=join([_note(data, drawn), _doubts(data)], " "),
        table=_all(data),
    )
    tall = len(drawn) + 1.5 * drawn["panel"].nunique() > PRINTED
    return element("div", drawing, class_="tall") if tall else drawing


def _drawn(filled: pd.DataFrame) -> pd.DataFrame:
    """What the cases were about; other questions only where they tell of other cases."""
    about = filled["facet"].isin([*SUBJECT_FACETS]) | filled["facet"].isna()
    return filled[about] if about.any() and count_the_same(filled) else filled


def _in_words(data: UnitData, drawn: pd.DataFrame) -> Html:
    """So few cases that a figure would say no more than a line each."""
    items = []
    for _, row in drawn.iterrows():
        counts = {name: row[period] for period, name in WHEN.items() if pd.notna(row[period]) and row[period]}
        when = listed([f"{number(int(count))} {name}" for name, count in counts.items()]) or "noll"
        items.append(element("li", f"{str(row['panel']).rstrip('?:')}: {row['label']}, {when}."))
    said_ = join([_note(data, drawn), _doubts(data)], " ")
    note = element("p", said_, class_="note")
    head = element("h3", _title(data))
    return element("div", head + element("ul", join(items)) + note + _all(data), class_="after")


def _note(data: UnitData, drawn: pd.DataFrame) -> str:
    several = drawn["facet"].nunique(dropna=False) > 1
    parts = [
        words.counted_alike(not count_apart(data.complaints)) if several else "",
        "Talen är små: ett enda ärende till ändrar bilden." if drawn["total"].fillna(0).max() < SMALL else "",
        f"Fler än {plot.MAX_DOTS} ärenden ritas inte som prickar."
        if (drawn[list(PERIOD_TITLES)].fillna(0) > plot.MAX_DOTS).any(axis=None)
        else "",
    ]
    return " ".join(part for part in parts if part)


def _doubts(data: UnitData) -> Html:
    """Links to what should be checked or noted about the questions that the figure draws."""
    mine = data.complaints[~data.complaints.index.isin(_told(data).index)]
    about = [str(row_id) for row_ids in mine["row_ids"] for row_id in row_ids]
    links = join(
        [each for each in (finding_links(data, about), corrected(data, about, "count")) if each], " "
    )
    return links


def _told(data: UnitData) -> pd.DataFrame:
    """Categories in the table above the figure."""
    facet = data.complaints["facet"]
    return data.complaints[facet.notna() & ~facet.isin(CASES)]


def _title(data: UnitData) -> str:
    """The finding: when most cases came, if most came at one time, else what they were about."""
    found = summarise_complaints(data.complaints)
    subject = data.complaints[data.complaints["facet"].isin(SUBJECT_FACETS)]
    if found.facet in SUBJECT_FACETS and found.total and found.total > 1:
        sums = {period: int(subject[period].sum()) for period in PERIOD_TITLES}
        period, most = max(sums.items(), key=lambda item: item[1])
        if sum(sums.values()) == found.total and most > found.total / 2:
            when = WHEN[period]
            noun = vocabulary.facet_nouns()[found.facet][1]
            if most == found.total:
                return f"Samtliga {in_words(most)} {noun} redovisas {when}"
            return f"{sentence(in_words(most))} av {in_words(found.total)} {noun} redovisas {when}"
    asked = [each for each in weighed(data.complaints) if each.question in said.CASES and each.total]
    return sentence(words.counted_cases(asked[0]) if asked else words.complaints_statement(found))


def _alt(data: UnitData, drawn: pd.DataFrame) -> str:
    """What it shows, the sums per facet's category, where the numbers are."""
    parts = []
    for panel, rows in drawn.groupby("panel", sort=False):
        items = [f"{row['label']} {_sum_words(row['total'])}" for _, row in rows.iterrows()]
        parts.append(f"{str(panel).rstrip('?:')}: {listed(items)}.")
    unit, year = data.report["unit_name"], data.report["year"]
    shown = " ".join(parts)
    return f"Synpunkter, klagomål och avvikelser för {unit}, {year}. {shown} Alla tal finns i tabellen."


def _sum_words(total: Any) -> str:
    return "utan summa" if pd.isna(total) else number(int(total))


def _all(data: UnitData) -> Html:
    """Every category of the form, also the blank ones."""
    frame = data.complaints
    columns = [
        Column("Kategori"),
        *[Column(title, "num") for title in PERIOD_TITLES.values()],
        Column("Summa", "num"),
        Column("Källa", "src"),
    ]
    groups = [
        Group([_row(data, row) for _, row in part.iterrows()], str(group))
        for group, part in frame.groupby("group", sort=False)
    ]
    note = f"{EN_DASH} betyder att rutan är tom i dokumentet, som inte är samma sak som noll."
    if unread(frame).any():
        note += f" ”{UNREAD}” betyder att raden är ifylld, men att filens text inte visar i vilka rutor."
    content = table(
        "Alla kategorier i dokumentets ordning", columns, groups, note=note, css="stack grid3 g4 s4"
    )
    return details(f"Visa alla {len(frame)} kategorier, även de tomma", content)


def _row(data: UnitData, row: pd.Series) -> Row:
    links = finding_links(data, [str(each) for each in row["row_ids"]])
    head = Html("{}{}").format(str(row["category"]), Html("<br>") + links if links else "")
    cells = [Cell(_counted(data, row, period)) for period in PERIODS]
    source = sources.complaint_source(row)
    filled = row[list(PERIODS)].notna().any()
    place = sources.link(source) if filled else element("span", source.place, class_="muted")
    return Row(head, [*cells, Cell(place, labelled=False)])


def _counted(data: UnitData, row: pd.Series, period: str) -> Html:
    """A period's count, with its correction under it."""
    if vocabulary.is_unread(row[f"{period}_raw"]):
        return element("span", UNREAD, class_="muted")
    mine = [each for each in row["row_ids"] if str(each).endswith(f"-{period}")]
    return under(_count(row[period], period == "total"), corrected(data, mine, "count"))


def _count(count: Any, strong: bool = False) -> Html:
    if pd.isna(count):
        return missing("tom ruta")
    shown = number(int(count))
    return element("span", shown, class_="strong") if strong else Html("{}").format(shown)


def _comments(data: UnitData) -> Html:
    """What the unit itself says about its figures."""
    frame = data.complaints.dropna(subset=["comment"]).drop_duplicates(["group", "comment"])
    if frame.empty:
        return Html("")
    items = []
    for _, row in frame.iterrows():
        paragraphs = [element("p", each) for each in str(row["comment"]).split("\n") if each.strip()]
        items.append(element("h3", str(row["group"])) + join(paragraphs))
    return details("Visa enhetens egna kommentarer i blanketten", join(items))
