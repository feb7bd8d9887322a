"""The rows of both documents behind the page, verbatim."""

from __future__ import annotations

from collections.abc import Iterator

from vbdata.render.pages.outcome.data import OutcomeData, Side
from vbdata.render.pages.outcome.grouping import folded
from vbdata.render.pages.outcome.places import source_of
from vbdata.render.parts import sources as rows_of
from vbdata.render.parts import words
from vbdata.render.parts.components import SOURCES, empty, lead, section
from vbdata.render.parts.html import Block, Html, element


def sources(data: OutcomeData) -> Block:
    """First the plan's rows, then the report's, each in its document's order."""
    said = lead(rows_of.HOW_TO_READ)
    plan, report = _document(data, data.plan, "plan_ids"), _document(data, data.report, "report_ids")
    return section(*SOURCES, said, plan, report)


def _document(data: OutcomeData, side: Side, column: str) -> Html:
    heading = element("h3", words.document(side.report))
    found = [source_of(data, row_id, back) for row_id, back in _rows(data, column)]
    shown = rows_of.source_list(found) if found else empty("Inga rader ur dokumentet visas på sidan.")
    return element("div", heading + shown, class_="after")


def _rows(data: OutcomeData, column: str) -> Iterator[tuple[str, str]]:
    """Row ids of one document; those that are folded away lead back to their section."""
    for anchor, changes in (("mal", data.goals), ("arsmal", data.targets), ("aktiviteter", data.activities)):
        for _, change in changes.iterrows():
            quiet = folded(change)
            yield from ((row_id, anchor if quiet else "") for row_id in change[column])
