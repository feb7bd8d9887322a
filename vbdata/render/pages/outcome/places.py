"""Where a row stands in the plan and in the report, and the marks beside its values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from vbdata.analyse.own_words import OwnWords
from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.parts import addresses, sources
from vbdata.render.parts.components import finding_link, link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.html import Html, element, join
from vbdata.render.parts.sources import Source

PLAN, REPORT = "p-", "u-"
"""How the two documents' anchors begin on the page."""


def source_of(data: OutcomeData, row_id: str) -> Source:
    """A row's place and verbatim text."""
    row = data.rows[row_id]
    prefix = PLAN if data.side_of(row_id) is data.plan else REPORT
    return _kind_of(row)(row, prefix)


def _kind_of(row: pd.Series) -> Callable[[pd.Series, str], Source]:
    if "title_raw" not in row:
        return sources.indicator_source
    return sources.activity_source if "start_raw" in row else sources.goal_source


def places(data: OutcomeData, change: pd.Series) -> Html:
    """«planen rad 12, rapporten rad 34», each leading to the verbatim row."""
    parts = [_place(data, "planen", change["plan_ids"]), _place(data, "rapporten", change["report_ids"])]
    return join([part for part in parts if part], Html("<br>"))


def _place(data: OutcomeData, which: str, row_ids: Iterable[str]) -> Html:
    links = [sources.link(source_of(data, row_id)) for row_id in row_ids]
    return Html("{} {}").format(which, join(links, ", ")) if links else Html("")


def place(data: OutcomeData, row_id: str) -> Html:
    """One row's place in a sentence: «planen rad 12»."""
    which = "planen" if data.side_of(row_id) is data.plan else "rapporten"
    return _place(data, which, [row_id])


def corrected(data: OutcomeData, row_ids: Iterable[str], *columns: str) -> Html:
    """«Rättad» for the rows' corrections, leading to the list on the document's own page."""
    shown = []
    for row_id in row_ids:
        page = addresses.href(data.side_of(row_id).page, data.page)
        shown.append(marks(data.corrections, [row_id], columns, page))
    return join([each for each in shown if each], " ")


def doubts(data: OutcomeData, change: pd.Series) -> Html:
    """«Kontrollera 1 i planen» for findings about the rows, leading to the document's own page."""
    shown = []
    for row_id in (*change["plan_ids"], *change["report_ids"]):
        mine = findings_of(data, row_id)
        where = "i planen" if data.side_of(row_id) is data.plan else "i rapporten"
        page = addresses.href(data.side_of(row_id).page, data.page)
        shown += [finding_link(row, page, where=where) for _, row in mine.iterrows()]
    return element("span", join(shown, " "), class_="marks") if shown else Html("")


def findings_of(data: OutcomeData, row_id: str) -> pd.DataFrame:
    """The findings about a row of either document."""
    found = data.side_of(row_id).findings
    return found[found["marked_id"] == row_id]


def in_doubt(data: OutcomeData, change: pd.Series) -> bool:
    """Something about the row should be checked."""
    return any(
        findings_of(data, each)["check"].any() for each in (*change["plan_ids"], *change["report_ids"])
    )


def said(data: OutcomeData, words: OwnWords | None) -> Html:
    """The unit's own words, their line leading to the whole text on the report's page."""
    if words is None or data.profile.shared:
        return Html("")
    source = sources.words_source(words)
    page = addresses.href(data.report.page, data.page)
    return sources.quoted(words, link(f"{page}#k-{source.anchor}", source.place))


def own(data: OutcomeData, words: OwnWords | None) -> Html:
    """The same on a line of its own."""
    told = said(data, words)
    return element("div", element("p", told), class_="own") if told else Html("")
