"""Units as columns or rows: names, links, places in their documents, and what stands beside their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.attention import DISOWNED
from vbdata.analyse.findings import by_gravity
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import inside, listed, soft
from vbdata.render.parts import addresses, sources
from vbdata.render.parts.components import glyph, link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element, hidden, join
from vbdata.render.parts.outcomes import divided, divided_on
from vbdata.render.parts.tables import Cell, Column, Group, scrolling, table


def each(data: YearData) -> Iterator[pd.Series]:
    """The reports that are set side by side; a unit that has only a plan has nothing to compare."""
    return (report for _, report in data.judged.iterrows())


def by_id(data: YearData) -> dict[str, pd.Series]:
    """Report id → report."""
    return {str(report["report_id"]): report for report in each(data)}


def names(data: YearData) -> dict[str, str]:
    """Report id → the unit's name."""
    return {report_id: str(report["unit_name"]) for report_id, report in by_id(data).items()}


def plans(data: YearData) -> Html:
    """Which units have only a plan, and what became of those that were divided; empty where none has."""
    chosen = data.reports[data.reports["kind"] == "VP"]
    told = divided(chosen, data.all_reports, addresses.comparison_page(data.year), shared=data.profile.shared)
    names = [str(row["unit_name"]) for _, row in chosen.iterrows() if not divided_on(row)]
    if names:
        told.append(
            Html("{} har bara en plan för {} och är inte med i jämförelsen.").format(listed(names), data.year)
        )
    return join(told, " ")


def in_order(data: YearData, rows: pd.DataFrame, first: str | None = None) -> pd.DataFrame:
    """Rows unit by unit as the page has them, within the column `first` if one is named."""
    order = {report_id: i for i, report_id in enumerate(by_id(data))}
    rows = rows[rows["report_id"].isin(list(order))]
    rows = rows.assign(_order=rows["report_id"].map(order))
    return rows.sort_values([*filter(None, [first]), "_order"], kind="stable").drop(columns="_order")


def page(data: YearData, report: pd.Series, anchor: str = "") -> str:
    """The unit's page, seen from the comparison."""
    target = addresses.unit_page(int(report["year"]), str(report["unit_id"]))
    return addresses.href(target, addresses.comparison_page(data.year)) + anchor


def head(data: YearData, report: pd.Series, anchor: str = "") -> Html:
    """The unit's name, leading to its page."""
    return link(page(data, report, anchor), soft(str(report["unit_name"])))


def report_of(data: YearData, report: pd.Series, report_id: str) -> pd.Series:
    """A report of the unit, or of the units that it came from, by its id."""
    if report_id == report["report_id"]:
        return report
    line = data.history.lines[str(report["report_id"])]
    return line[line["report_id"] == report_id].iloc[0]


def place(data: YearData, report: pd.Series, source: sources.Source) -> Html:
    """«rad 134», leading to the verbatim row on the page of the unit (or of its earlier report)."""
    shown = link(page(data, report, f"#k-{source.anchor}"), source.place)
    return Html("{} {}").format(shown, Html(source.marks)) if source.marks else shown


def said(data: YearData, report: pd.Series, words: OwnWords | None) -> Html:
    """The unit's own words: the sentence that tells most, its line leading to the whole text."""
    if words is None or data.profile.shared:
        return Html("")
    return sources.quoted(words, place(data, report, sources.words_source(words)))


def columns(data: YearData) -> list[Column]:
    """One column per unit, its heading leading to the unit's page."""
    return [Column(str(report["unit_name"]), "", head(data, report)) for report in each(data)]


def corrected(data: YearData, report: pd.Series, row_ids: Iterable[object], *names: str) -> Html:
    """«Rättad» for corrections of a unit's rows, leading to the unit's page."""
    shown = marks(data.corrections, row_ids, names, page(data, report))
    return Html("<br>") + shown if shown else Html("")


def doubts(
    data: YearData,
    report: pd.Series,
    row_ids: Iterable[str],
    columns: Sequence[str] = (),
    short: bool = False,
) -> Html:
    """Links to what should be asked about the rows: about one of the columns, or about none in particular.

    In a narrow column the word is left to those who listen.
    """
    asked = data.doubted.intersection(row_ids)
    if not asked:  # as nearly always, and this is asked for every cell
        return Html("")
    about = data.findings[data.findings["marked_id"].isin(list(asked))]
    about = about[analyse.to_check(about) | (about["code"] == DISOWNED)]
    if columns:
        of_text = about["marked_id"] != about["row_id"]
        about = about[about["column"].isna() | about["column"].isin(list(columns)) | of_text]
    if about.empty:
        return Html("")
    kinds = dict.fromkeys(
        inside(vocabulary.label("finding", str(code))) for code in by_gravity(about)["code"]
    )
    word = hidden("Kontrollera") if short else Html("Kontrollera")
    text = glyph("note") + word + hidden(f" hos {report['unit_name']}: {listed(list(kinds))}")
    shown = link(page(data, report, "#kontrollera"), text, class_="fx")
    return shown if short else Html("<br>") + shown


FEW_UNITS = 4
"""Up to so many columns of full words fit beside each other."""


def short_words(data: YearData) -> bool:
    """Whether judgements are shortened to «Helt», «Delvis», «Inte»."""
    return len(data.judged) > FEW_UNITS


def per_unit_table(
    data: YearData, caption: str, first: Column, groups: Sequence[Group], note: str = ""
) -> Html:
    """A table with a column per unit, in a region of its own where they are many."""
    css = "stack mx3 many" if short_words(data) else "stack mx3"
    content = table(caption, [first, *columns(data)], groups, note=note, css=css)
    return scrolling(content, caption) if short_words(data) else content


def muted(text: str) -> Html:
    """What is not a value."""
    return element("span", text, class_="nogoal")


def nothing(text: str) -> Cell:
    """A cell without a value, which narrow pages leave out."""
    return Cell(muted(text), "none")


def lines(*parts: str) -> Html:
    """Parts on lines of their own."""
    return join([part for part in parts if part], Html("<br>"))
