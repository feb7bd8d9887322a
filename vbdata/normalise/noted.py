"""A doubt on its way to becoming a finding: its code, what it is about, and what its message needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from vbdata.extract.document import Place


@dataclass(frozen=True, slots=True)
class Noted:
    """One doubt about one row.

    `code` is a row of vocabulary/findings.csv whose message takes `words`; `row_id` is missing
    when the doubt is about the whole report.
    """

    code: str
    table: str
    row_id: str | None
    place: Place
    words: dict[str, str] = field(default_factory=dict)
