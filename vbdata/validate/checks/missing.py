"""What a report of its kind usually has, and this one lacks."""

from __future__ import annotations

from collections.abc import Iterator

from vbdata.extract.document import Place
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check, place
from vbdata.vocabulary import label


@check
def status_missing(rows: Rows) -> Iterator[Noted]:
    """Goals of a report without a status; a plan has none."""
    if rows["reports"][0]["kind"] == "VP":
        return
    for row in rows["goals"]:
        if row["status"] is None and not row["status_raw"]:
            words = {"level": label("level", row["level"]), "title": row["title"]}
            yield Noted("status_missing", "goals", row["goal_id"], place(row), words)


@check
def table_missing(rows: Rows) -> Iterator[Noted]:
    """Tables that a report of this kind usually has."""
    kind = rows["reports"][0]["kind"]
    wanted = {"indicators": "Inga indikatorer", "activities": "Inga aktiviteter"}
    if kind != "VP":
        wanted["complaints"] = "Ingen blankett för synpunkter och klagomål"
    for table, what in wanted.items():
        if not rows[table]:
            yield Noted("table_missing", table, None, Place(), {"what": f"{what} hittades i dokumentet."})


@check
def cover_field_missing(rows: Rows) -> Iterator[Noted]:
    """What a cover usually says, and this one does not."""
    row = rows["reports"][0]
    for column, what in (("date", "Datum"), ("dnr", "Diarienummer"), ("board", "Nämndens namn")):
        if row[column] is None:
            yield Noted("cover_field_missing", "reports", None, Place(), {"what": what})
