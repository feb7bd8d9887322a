"""What a report's quantities were held against: each other in a sentence, and the cells of an indicator."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from vbdata.validate.cells import CELLS, agrees
from vbdata.validate.levels import levels
from vbdata.validate.said import Said, by_sentence

Row = dict[str, Any]
Rows = dict[str, list[Row]]
#: Sections where a unit tells how its year went.
OWN_SECTIONS = ("summary", "analysis", "quality", "competence", "quality_development", "economy_analysis")


def own_passages(rows: Rows) -> list[Row]:
    """Passages where the unit tells how its year went: not the board's, nor what was expected."""
    units = {goal["goal_id"] for goal in rows["goals"] if goal["level"] == "unit"}
    return [
        row
        for row in rows["passages"]
        if row["section"] in OWN_SECTIONS and (row["goal_id"] is None or row["goal_id"] in units)
    ]


def with_relations(rows: Rows) -> Rows:
    """The rows, each quantity with its relation and what it was held against."""
    found = dict(_relations(rows))
    told = [row | found.get(row["row_id"], {}) for row in rows.get("quantities", ())]
    return rows | {"quantities": told} if "quantities" in rows else rows


def _relations(rows: Rows) -> Iterator[tuple[str, Row]]:
    """Quantities' ids and their cells of relation; a later one of the same id takes its place."""
    named: dict[str, list[Row]] = {}
    for row in rows["indicators"]:
        if row["value"] is not None:
            named.setdefault(row["name"], []).append(row)
    texts = {row["row_id"] for row in own_passages(rows)}
    own = {row["row_id"]: row for row in rows["indicators"] if row["value"] is not None}
    for found in by_sentence(rows):
        for one, two in pairwise(found):
            yield from _of_pair(one, two)
        if not found:
            continue
        mine = own.get(found[0].row["text_row_id"])
        if mine is None and found[0].row["text_row_id"] not in texts:
            continue
        for same in [[mine]] if mine else named.values():
            for said in levels(found, same[0]["name"], same[0]["measure_unit"], whole=mine is None):
                yield said.row["row_id"], _of_cells(said, same)


def _of_pair(one: Said, two: Said) -> Iterator[tuple[str, Row]]:
    roles = (one.role, two.role)
    if roles == ("previous", "level"):
        yield two.row["row_id"], _held("from_to", "quantities", one.row["row_id"], "value")
    elif roles in (("part", "whole"), ("whole", "part"), ("share", "whole"), ("whole", "share")):
        part, whole = (two, one) if one.role == "whole" else (one, two)
        yield part.row["row_id"], _held("part_of", "quantities", whole.row["row_id"], "value")


def _of_cells(said: Said, same: list[Row]) -> Row:
    decimals = said.quantity.number.decimals
    for row in same:
        for cell in CELLS:
            if row[cell] is not None and agrees(said.value, decimals, row[cell]):
                return _held("agrees", "indicators", row["row_id"], cell)
    return _held("differs", "indicators", same[0]["row_id"], "value")


def _held(relation: str, table: str, row_id: str, column: str) -> Row:
    return {"relation": relation, "other_table": table, "other_row_id": row_id, "other_column": column}
