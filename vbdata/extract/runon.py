"""Rows of tables read by order in which other rows have run on: they are left out and said with their words.

Where nothing but order tells the cells of a table apart, a value that no reader expects makes a row a part of
the next one's name, of an Analys or of a label. No name holds what only a whole row has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vbdata.extract.delimited import is_label
from vbdata.extract.document import Doubt, Row, Table
from vbdata.extract.headers import Columns, columns_of
from vbdata.extract.markup import plain
from vbdata.extract.spaced.complaints import exact_kind
from vbdata.extract.spaced.patterns import DATE, SOME

_DATED = re.compile(rf"(?<!\S){DATE}(?!\S)")
_VALUED = re.compile(
    rf"(?:(?<!\S){SOME}(?: ?[a-z]{{1,3}})?\s+){{2,}}(?:(?:VB|T[12]|Tertial [12]) ?)?20\d\d\b"
)
_EXPLAINED = re.compile(r"(?:^|\s)Analys(?=\s+[A-ZÅÄÖ0-9]|\s*$)")
_COUNTED = re.compile(r"\S(?:\s+\d{1,5}(?: st\b\.?)?)+$")
_COUNT_FIRST = re.compile(r"\d{1,5}(?: st\b\.?)?(?:\s|$)")
_WHY = "en annan rad står i samma text, och det går inte att se var den slutar, så raden är utelämnad."


def without_run_ons(table: Table) -> tuple[Table, list[Doubt]]:
    """A table without the rows that hold another one, and what is said of those."""
    head = columns_of(table.rows[0].texts) if table.rows else None
    if head is None:
        return table, []
    rows: list[Row] = [table.rows[0]]
    doubts: list[Doubt] = []
    for row in table.rows[1:]:
        if not _runs_on(row, head):
            rows.append(row)
            continue
        shown = " | ".join(" ".join(plain(text).split()) for text in row.texts if text.strip())
        doubts.append(Doubt("columns_uncertain", f"”{shown}”: {_WHY}", row.place))
        if label := _label_in(row, head):
            rows.append(Row.of([label, *[""] * (head.width - 1)], row.place))
    return replace(table, rows=tuple(rows)), doubts


def _runs_on(row: Row, head: Columns) -> bool:
    texts = dict(zip(head.fields, (" ".join(plain(text).split()) for text in row.texts), strict=False))
    if head.table == "complaints":
        label = texts.get("category", "")
        counted = _COUNTED.search(label) or _COUNT_FIRST.match(label)
        return not is_label(label) and bool(counted or _begins_with_group(label))
    name = texts.get("name") or texts.get("title") or ""
    if _DATED.search(name) or _VALUED.search(name):
        return True
    has_values = any(text for field, text in texts.items() if field not in ("name", "title"))
    return has_values and bool(_EXPLAINED.search(name))


def _begins_with_group(label: str) -> str:
    """The group's label that a text begins with and goes on after, if it does."""
    words = label.split()
    starts = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    return next((start for start in starts if exact_kind(start) == "group"), "")


def _label_in(row: Row, head: Columns) -> str:
    """The label of the rows below that a row of a form has."""
    if head.table != "complaints":
        return ""
    texts: Sequence[str] = row.texts
    at = head.fields.index("category") if "category" in head.fields else 0
    return _begins_with_group(" ".join(plain(texts[at]).split())) or (texts[0] if at else "")
