"""The rows of both documents behind the page, verbatim."""

from __future__ import annotations

from vbdata.plot.formats import counted
from vbdata.render.pages.outcome.data import OutcomeData, Side
from vbdata.render.pages.outcome.places import source_of
from vbdata.render.parts import sources as rows_of
from vbdata.render.parts import words
from vbdata.render.parts.components import SOURCES, details, empty, lead, section
from vbdata.render.parts.html import Block, Html


def sources(data: OutcomeData) -> Block:
    """First the plan's rows, then the report's, each in its document's order."""
    said = lead(rows_of.HOW_TO_READ)
    plan, report = _document(data, data.plan, "plan_ids"), _document(data, data.report, "report_ids")
    return section(*SOURCES, said, plan, report)


def _document(data: OutcomeData, side: Side, column: str) -> Html:
    changes = (data.goals, data.targets, data.activities)
    found = [source_of(data, row_id) for each in changes for ids in each[column] for row_id in ids]
    if not found:
        return empty(f"{words.document(side.report)}: inga rader visas på sidan.")
    told = f"Visa {counted(len(found), 'rad', 'rader')} ur {words.document(side.report)}"
    return details(told, rows_of.source_list(found))
