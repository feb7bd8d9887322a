"""A doubt on its way to becoming a finding: its code, what it is about, and what its message needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from vbdata.extract.document import Place


@dataclass(frozen=True, slots=True)
class Other:
    """The second place of a doubt that is about two: what the first one was held against.

    `report_id` is missing where it is the same report.
    """

    table: str
    row_id: str | None
    place: Place
    column: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """One doubt about one row.

    `code` is a row of vocabulary/findings.csv whose message takes `words`; `row_id` is missing
    when the doubt is about the whole report. `place` is the line that has the words or the number,
    `column` the cell in doubt (missing where it is the row), `gravity` only where a written rule gives
    this doubt another than its kind's.
    """

    code: str
    table: str
    row_id: str | None
    place: Place
    words: dict[str, str] = field(default_factory=dict)
    column: str | None = None
    other: Other | None = None
    gravity: int | None = None
