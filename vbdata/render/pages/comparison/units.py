"""Units as columns or rows: names, links, prefixes of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from vbdata.plot.formats import soft
from vbdata.render.parts import addresses
from vbdata.render.parts.components import link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element
from vbdata.render.parts.tables import Column, Group, scrolling, table


def each(data: YearData) -> Iterator[tuple[str, pd.Series]]:
    """Prefix of the unit's ids on the page, and its report."""
    for i, (_, report) in enumerate(data.reports.iterrows()):
        yield f"u{i}-", report


def by_id(data: YearData) -> dict[str, tuple[str, pd.Series]]:
    """Report id → prefix of the unit's ids on the page, and its report."""
    return {str(report["report_id"]): (prefix, report) for prefix, report in each(data)}


def names(data: YearData) -> dict[str, str]:
    """Report id → the unit's name."""
    return {str(report["report_id"]): name(report) for _, report in each(data)}


def in_order(data: YearData, rows: pd.DataFrame, first: str | None = None) -> pd.DataFrame:
    """Rows unit by unit as the page has them, within the column `first` if one is named."""
    order = {report_id: i for i, report_id in enumerate(by_id(data))}
    rows = rows.assign(_order=rows["report_id"].map(order))
    return rows.sort_values([*filter(None, [first]), "_order"], kind="stable").drop(columns="_order")


def name(report: pd.Series) -> str:
    """The unit's name; a plan says that it is one."""
    return f"{report['unit_name']} (plan)" if report["kind"] == "VP" else str(report["unit_name"])


def page(data: YearData, report: pd.Series, anchor: str = "") -> str:
    """The unit's page, seen from the comparison."""
    target = addresses.unit_page(data.year, str(report["unit_id"]))
    return addresses.href(target, addresses.comparison_page(data.year)) + anchor


def columns(data: YearData) -> list[Column]:
    """One column per unit, its heading leading to the unit's page."""
    return [
        Column(name(report), "", link(page(data, report), soft(name(report)))) for _, report in each(data)
    ]


def corrected(data: YearData, report: pd.Series, row_ids: Iterable[object], *names: str) -> Html:
    """«Rättad» for corrections of a unit's rows, leading to the unit's page."""
    shown = marks(data.corrections, row_ids, names, page(data, report))
    return Html("<br>") + shown if shown else Html("")


FEW_UNITS = 5
"""Up to so many columns of full words fit beside each other."""


def short_words(data: YearData) -> bool:
    """Whether judgements are shortened to «Helt», «Delvis», «Inte»."""
    return len(data.reports) > FEW_UNITS


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
