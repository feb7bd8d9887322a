"""Complaints side by side, facet by facet: never added up, over facets or over units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.complaints import unread
from vbdata.analyse.complaints.weight import ORDER, weighed
from vbdata.plot.formats import EN_DASH, soft
from vbdata.render.pages.comparison.annual import part_of_year
from vbdata.render.pages.comparison.funnels import every_unit, funnels
from vbdata.render.pages.comparison.questions import ONE_EVENT, label_of, questions
from vbdata.render.pages.comparison.summary import in_brief
from vbdata.render.pages.comparison.units import by_id, corrected, each, muted, page, per_unit_table
from vbdata.render.parts import shared, words
from vbdata.render.parts.components import FORM, details, empty, lead, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, scrolling, swipe, table
from vbdata.schema.tables import PERIODS

CAVEAT = "Fler ärenden kan betyda att enheten är större eller bättre på att registrera, inte att mer går fel."

MOST_NAMED = 6
"""Up to how many units are named."""


def complaints(data: YearData) -> Block:
    """The year's sums per category, as the units' forms state them."""
    if data.profile.shared:
        return _released(data)
    if "filled" not in data.form_states.values():
        return section(*FORM, empty("Inget av dokumenten har en ifylld blankett för synpunkter."))
    frame = analyse.side_by_side(data.complaints)
    several = frame["template"].astype(str).nunique() > 1
    unlike = (
        "Enheterna har använt olika blanketter; bara det som betyder detsamma i båda står på samma rad."
        if several
        else ""
    )
    facets = _facets(frame, several)
    if data.many:
        return section(*FORM, lead(CAVEAT, unlike, part_of_year(data)), *_matrices(data, frame, facets))
    every = details("Visa antal per fråga och kategori", _table(data, frame, facets))
    return section(*FORM, lead(CAVEAT, unlike), questions(data), every)


def _released(data: YearData) -> Block:
    """How many units have filled in the form; their counts stand on their own pages."""
    said = lead(
        shared.states(data),
        f"{shared.on_own_pages(data)}. Här jämförs de inte.",
    )
    return section(*FORM, said)


def _facets(frame: pd.DataFrame, several: bool) -> list[tuple[str, pd.DataFrame]]:
    """Heading → rows with a figure in any unit, in the forms' order; what the forms share comes first."""
    filled = frame[frame[list(PERIODS)].notna().any(axis=1)]
    frame = frame[frame["key"].isin(filled["key"])]
    both = frame["key"].isin(frame["concept"].dropna()) if several else pd.Series(False, index=frame.index)
    found = [("Jämförbart mellan blanketterna", frame[both])] if both.any() else []
    keys = ["facet", "template", "_group"]
    rest = frame[~both].assign(_group=analyse.panel_groups(frame)[~both])
    for _, rows in rest.groupby(keys, sort=False, dropna=False, observed=True):
        facet, template, group = rows.iloc[0][keys]
        label = "Okänd fråga" if pd.isna(facet) else vocabulary.label("facet", str(facet))
        label = label if pd.isna(group) else str(group)
        found.append((f"{label} (blanketten {template})" if several else label, rows))
    return found


def _labels(rows: pd.DataFrame) -> dict[str, str]:
    """Key → what a person reads."""
    labels = {}
    for _, row in rows.drop_duplicates("key").iterrows():
        shared = pd.notna(row["concept"]) and row["key"] == row["concept"]
        labels[str(row["key"])] = (
            vocabulary.label("concept", str(row["concept"])) if shared else str(row["label"])
        )
    return labels


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of every unit: (key, report id) → printed totals, and whether any period has a figure."""

    states: dict[str, str]
    totals: dict[tuple[str, str], list[int]]
    filled: dict[tuple[str, str], bool]
    marks: dict[tuple[str, str], Html]

    def show(self, key: str, report: pd.Series, blank: Html) -> Html:
        """A unit's sum in a category, or why there is none; `blank` where its boxes are."""
        place = key, str(report["report_id"])
        state = self.states.get(place[1])
        if state == "missing":
            return muted("blankett saknas")
        if place not in self.totals:
            return muted("frågan ställs inte")
        if not self.totals[place]:
            return muted("summa saknas") if self.filled[place] else blank
        shown = element("span", ", ".join(map(str, self.totals[place])), class_="strong")
        return shown + self.marks.get(place, Html(""))


def _cells(data: YearData, frame: pd.DataFrame) -> _Cells:
    found = _Cells(data.form_states, {}, {}, {})
    filled = frame[list(PERIODS)].notna().any(axis=1) | unread(frame)
    for key, report_id, total, any_figure in zip(
        frame["key"], frame["report_id"], frame["total"], filled, strict=True
    ):
        totals = found.totals.setdefault((key, report_id), [])
        found.filled[key, report_id] = found.filled.get((key, report_id), False) or bool(any_figure)
        if pd.notna(total):
            totals.append(int(total))
    _mark_corrections(data, frame, found)
    return found


def _mark_corrections(data: YearData, frame: pd.DataFrame, found: _Cells) -> None:
    """«Rättad» at totals that have been corrected."""
    about = set(data.corrections.loc[data.corrections["table"] == "complaints", "row_id"])
    reports = by_id(data)
    for _, row in frame[frame["row_ids"].map(lambda ids: bool(about & set(ids))).astype(bool)].iterrows():
        mine = [each_id for each_id in row["row_ids"] if str(each_id).endswith("-total")]
        marks = corrected(data, reports[str(row["report_id"])], mine, "count")
        found.marks[row["key"], row["report_id"]] = marks


def _groups(
    facets: list[tuple[str, pd.DataFrame]], cells: Callable[[str, pd.DataFrame], list[Cell]]
) -> list[Group]:
    """A group per facet, a row per category; `cells` are given its key and the facet's rows."""
    return [
        Group([Row(label, cells(key, rows)) for key, label in _labels(rows).items()], head)
        for head, rows in facets
    ]


def _some(key: str, rows: pd.DataFrame) -> list[Cell]:
    """How many units have a case."""
    here = rows[(rows["key"] == key) & (rows["total"].fillna(0) > 0)]
    return [Cell(str(here["report_id"].nunique()))]


def _table(data: YearData, frame: pd.DataFrame, facets: list[tuple[str, pd.DataFrame]]) -> Html:
    found = _cells(data, frame)
    groups = _groups(facets, lambda key, _: [_cell(found, key, report) for report in each(data)])
    note = (
        f"Årets summa per kategori, bara kategorier där någon enhet har fyllt i en ruta. {EN_DASH} betyder "
        "tom ruta, som inte är samma sak som noll. "
        f"{ONE_EVENT}"
    )
    return per_unit_table(data, "Antal per fråga och kategori", Column("Kategori"), groups, note)


def _cell(found: _Cells, key: str, report: pd.Series) -> Cell:
    """A unit's cell; narrow pages leave the blank ones out."""
    known = found.totals.get((key, str(report["report_id"])))
    return Cell(found.show(key, report, missing("tom ruta")), "" if known else "none")


def _matrices(
    data: YearData, frame: pd.DataFrame, facets: list[tuple[str, pd.DataFrame]]
) -> tuple[Html, Html, Html]:
    """For many units: how many have a case in each category, funnels, and tables with a row per unit."""
    cells = _cells(data, frame)
    groups = _groups(facets, _some)
    filled = sum(1 for state in cells.states.values() if state == "filled")
    note = "Antal enheter, inte antal ärenden: summor över enheter visas inte."
    overview = _questions_overview(data, filled)
    categories = table(
        "Enheter med minst ett ärende",
        [Column("Kategori"), Column("Enheter", "num")],
        groups,
        note=note,
        css="slim",
    )
    opened = [
        details(f"{head.rstrip('?')} – enhet för enhet", _matrix(data, head, rows, cells))
        for head, rows in facets
    ]
    every = details("Visa hur många enheter som har ärenden i varje kategori", categories)
    folded = details("Visa varje fråga, enhet för enhet", join(opened))
    return overview, funnels(data), join([every, every_unit(data), folded])


def _questions_overview(data: YearData, filled: int) -> Html:
    """How many units have a case, question by question and of what may have hurt somebody; few by name."""
    reports = by_id(data)
    found: dict[str, list[str]] = {}
    points = in_brief(data).found
    for report_id, rows in data.annual_forms.groupby("report_id", sort=False):
        for said in weighed(rows):
            if said.total:
                found.setdefault(label_of(said.question, "", False), []).append(str(report_id))
    harm = points[points["kind"] == "harm"]
    for category, some in harm.groupby("words", sort=False):
        label = f"Ärenden om {words.category_words(str(category))}"
        found[label] = [str(each_) for each_ in some["report_id"]]
    order = [label_of(code, "", False) for code in ORDER]
    ranked = sorted(found, key=lambda each_: order.index(each_) if each_ in order else 1.5)
    shown = []
    for label in ranked:
        who = [reports[each_] for each_ in dict.fromkeys(found[label]) if each_ in reports]
        named = join([link(page(data, each_, "#synpunkter"), str(each_["unit_name"])) for each_ in who], ", ")
        few = len(who) <= MOST_NAMED
        shown.append(Row(label, [Cell(str(len(who))), Cell(named if few else "", "" if few else "none")]))
    note = (
        f"{filled} av {len(data.judged)} enheter har fyllt i blanketten. Antal enheter, inte antal ärenden: "
        "summor över enheter visas inte. Det allvarligaste först."
    )
    heads = [Column("Fråga"), Column("Enheter", "num"), Column("Vilka")]
    return table("Hur många enheter som har minst ett ärende", heads, [Group(shown)], note=note)


def _matrix(data: YearData, head: str, rows: pd.DataFrame, found: _Cells) -> Html:
    labels = _labels(rows)
    heads = [Column("Enhet"), *[Column(label, "num") for label in labels.values()]]
    lines = []
    for report in each(data):
        if found.states.get(str(report["report_id"])) != "filled":
            continue
        cells = [Cell(found.show(key, report, Html(EN_DASH))) for key in labels]
        lines.append(Row(soft(str(report["unit_name"])), cells))
    note = Html("{} betyder tom ruta. Enheter utan ifylld blankett är utelämnade.{}").format(EN_DASH, swipe())
    content = table(head, heads, [Group(lines)], note=note, css="mx")
    return scrolling(content, head)
