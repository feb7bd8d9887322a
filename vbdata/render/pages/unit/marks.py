"""Beside a number: its findings and its corrections."""

from __future__ import annotations

from collections.abc import Iterable

from vbdata.render.parts.components import finding_link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, join


def finding_links(
    data: UnitData,
    row_ids: Iterable[str],
    columns: Iterable[str] | None = None,
    other: Iterable[str] = (),
    short: bool = False,
    checked: bool = False,
) -> Html:
    """Links to the findings about any of the rows: those about the columns, or about none that is `other`.

    With `checked` only those that should be checked.
    """
    numbers = data.finding_numbers
    chosen = {number for row_id in row_ids for number in numbers.get(str(row_id), [])}
    if not chosen:  # as nearly always, and this is asked for every row
        return Html("")
    about = data.findings[data.findings["number"].isin(chosen)].sort_values("number", kind="stable")
    if columns is not None:
        about = about[about["column"].isin(list(columns))]
    about = about[~about["column"].isin(list(other))]
    about = about[about["check"]] if checked else about
    return join([finding_link(row, short=short) for _, row in about.iterrows()], " ")


def corrected(data: UnitData, row_ids: Iterable[object], *columns: str) -> Html:
    """Links to the corrections of the rows, in the columns."""
    return marks(data.corrections, row_ids, columns)


def is_doubtful(data: UnitData, row_id: str) -> list[int]:
    """Numbers of the findings about a row that should be checked."""
    checks = set(data.findings.loc[data.findings["check"], "number"])
    return [number for number in data.finding_numbers.get(row_id, []) if number in checks]
