"""Where a row stands in the plan and in the report, and the marks beside its values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.pages.outcome.grouping import folded
from vbdata.render.parts import addresses, sources
from vbdata.render.parts.components import finding_link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.html import Html, join
from vbdata.render.parts.sources import Source

PLAN, REPORT = "p-", "u-"
"""How the two documents' anchors begin on the page."""


def source_of(data: OutcomeData, row_id: str, back: str = "") -> Source:
    """A row's place and verbatim text; `back` is where «Tillbaka» leads, if not to the row's own link."""
    row = data.rows[row_id]
    prefix = PLAN if data.side_of(row_id) is data.plan else REPORT
    source = _kind_of(row)(row, prefix)
    return replace(source, back=back or f"r-{source.anchor}")


def _kind_of(row: pd.Series) -> Callable[[pd.Series, str], Source]:
    if "title_raw" not in row:
        return sources.indicator_source
    return sources.activity_source if "start_raw" in row else sources.goal_source


def places(data: OutcomeData, change: pd.Series) -> Html:
    """«planen rad 12, rapporten rad 34», each leading to the verbatim row."""
    returns = not folded(change)
    parts = [_place(data, "planen", change["plan_ids"], returns)]
    parts.append(_place(data, "rapporten", change["report_ids"], returns))
    return join([part for part in parts if part], Html("<br>"))


def _place(data: OutcomeData, which: str, row_ids: Iterable[str], returns: bool) -> Html:
    links = [sources.link(source_of(data, row_id), returns) for row_id in row_ids]
    return Html("{} {}").format(which, join(links, ", ")) if links else Html("")


def place(data: OutcomeData, row_id: str) -> Html:
    """One row's place in a sentence: «planen rad 12»."""
    which = "planen" if data.side_of(row_id) is data.plan else "rapporten"
    return _place(data, which, [row_id], returns=False)


def corrected(data: OutcomeData, row_ids: Iterable[str], *columns: str) -> Html:
    """«Rättad» for the rows' corrections, leading to the list on the document's own page."""
    shown = []
    for row_id in row_ids:
        page = addresses.href(data.side_of(row_id).page, data.page)
        shown.append(marks(data.corrections, [row_id], columns, page))
    return join([each for each in shown if each], " ")


def doubts(data: OutcomeData, change: pd.Series) -> Html:
    """«Kontrollera 1» for findings about the rows, leading to the list on the document's own page."""
    shown = []
    for row_id in (*change["plan_ids"], *change["report_ids"]):
        side = data.side_of(row_id)
        page = addresses.href(side.page, data.page)
        mine = side.findings[side.findings["row_id"] == row_id]
        shown += [finding_link(row, page) for _, row in mine.iterrows()]
    return join(shown, " ")
