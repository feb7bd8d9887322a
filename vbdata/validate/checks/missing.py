"""What a report of its kind usually has, and this one lacks."""

from __future__ import annotations

from collections.abc import Iterator

from vbdata.extract.document import Place
from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.places import place, whole
from vbdata.vocabulary import label


@check
def status_missing(rows: Rows) -> Iterator[Noted]:
    """Goals of a report without a status; a plan has none."""
    if rows["reports"][0]["kind"] == "VP":
        return
    for row in whole(rows, rows["goals"]):
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
    """What a cover usually says, and this one does not: one doubt, however much is missing."""
    row = rows["reports"][0]
    usual = (("date", "datum"), ("dnr", "diarienummer"), ("board", "nämndens namn"))
    missing = [what for column, what in usual if row[column] is None]
    if missing:
        said = enumerated(missing)
        words = {"what": said[:1].upper() + said[1:]}
        yield Noted("cover_field_missing", "reports", None, Place(), words)
