"""Beside a number: its findings and its corrections."""

from __future__ import annotations

from collections.abc import Iterable

from vbdata import vocabulary
from vbdata.render.parts.components import finding_link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, join


def finding_links(data: UnitData, row_ids: Iterable[str]) -> Html:
    """Links to the findings about any of the rows."""
    numbers = data.finding_numbers
    chosen = sorted({number for row_id in row_ids for number in numbers.get(str(row_id), [])})
    links = []
    for number in chosen:
        row = data.findings[data.findings["number"] == number].iloc[0]
        links.append(
            finding_link(number, bool(row["check"]), vocabulary.label("finding", str(row["code"])).lower())
        )
    return join(links, " ")


def corrected(data: UnitData, row_ids: Iterable[object], *columns: str) -> Html:
    """Links to the corrections of the rows, in the columns."""
    return marks(data.corrections, row_ids, columns)


def under(shown: str, links: Html) -> Html:
    """Links on a line of their own under what they are about."""
    return Html("{}<br>{}").format(shown, links) if links else Html("{}").format(shown)


def is_doubtful(data: UnitData, row_id: str) -> list[int]:
    """Numbers of the findings about a row that should be checked."""
    checks = set(data.findings.loc[data.findings["check"], "number"])
    return [number for number in data.finding_numbers.get(row_id, []) if number in checks]
