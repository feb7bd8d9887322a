"""What a careful person expects of the smallest inputs, held against what was read of them.

A folder of inputs has an ``expected.csv`` with an expectation a row: file, table, where, column, want.

table
    Of the tidy tables; for complaints a row is a category with all its periods.
where
    ``*``, or parts joined by `` & ``: a text that one of the row's labels or its goal's title contains, or
    with ``=`` that one of its labels is; ``goal:`` and ``report:`` with a text of its goal's title or its
    report's unit; ``column:value`` of any other column.
column
    A column, ``count[T1]`` (``count_raw[T1]``), ``goal_title``, ``rows`` for how many there are, or ``-``.
want
    A value; blank for none; ``=said`` (none, and a finding or the log names the row, its table, or one of the
    words after ``:``), ``=noted`` (the same, whatever the value), ``=absent`` (no such row), ``=refused``,
    ``=verbatim`` (printed in the file), ``=contains:a / b``. ``||`` parts alternatives.

An expectation that holds is *right*. One that does not is *wrong* where something is read that should not be,
*said* where a value is missing and that is said, and else *silent*.
"""

from __future__ import annotations

import csv
import html
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.states import READING, Cell
from vbdata.ingest import RawFile, read_file

LIST = "expected.csv"
Row = dict[str, Any]

#: Table → columns by which a row is known.
_LABELS = {
    "reports": ("unit_name", "title_raw"), "goals": ("title", "title_raw"),
    "indicators": ("name", "name_raw"), "activities": ("title", "title_raw"),
    "complaints": ("category", "category_raw", "group", "group_raw"), "passages": ("heading", "text"),
    "findings": ("message",), "extraction_log": ("message",),
}  # fmt: skip
#: Findings that claim that the document lacks what it has say nothing of what was read.
_SAYING = READING - {"cover_field_missing", "form_empty", "orphan_row", "status_missing", "table_missing"}
_OF_PERIOD = re.compile(r"(count|count_raw)\[(\w+)\]")


def expectations(folder: Path, name: str) -> tuple[Path, list[Cell]]:
    """A file of the folder, and what became of each expectation of it."""
    path = folder / name
    with (folder / LIST).open(encoding="utf-8", newline="") as handle:
        wanted = [row for row in csv.DictReader(handle) if row["file"] == name]
    result = read_file(RawFile(path, name, named=True))
    read = _Read(path, result.rows, result.message)
    return path, [read.judged(want) for want in wanted]


def _text(value: Any) -> str:
    return " ".join(unicodedata.normalize("NFC", str(value)).replace("\u00ad", "").split())


def _key(value: Any) -> str:
    return "" if value is None else _text(value).casefold()


def _is_blank(value: Any) -> bool:
    return value is None or not str(value).strip()


def _same(got: Any, want: str) -> bool:
    """As the list writes it: numbers with a point, ISO dates, true and false."""
    if isinstance(got, bool):
        return str(got).lower() == want
    if isinstance(got, (int, float)):
        return bool(re.fullmatch(r"-?\d+(\.\d+)?", want)) and abs(got - float(want)) < 1e-9
    return not _is_blank(got) and _text(got) == _text(want)


class _Read:
    """What was read of a file, and what was said of it."""

    def __init__(self, path: Path, rows: Mapping[str, Sequence[Row]] | None, message: str | None) -> None:
        self.path, self.refused = path, rows is None
        self.rows = {table: [dict(row) for row in (rows or {}).get(table, ())] for table in _LABELS}
        self.rows["extraction_log"] = [{"message": message}]
        self.goals = {row["goal_id"]: row["title"] for row in self.rows["goals"]}
        self.units = {row["report_id"]: row["unit_name"] for row in self.rows["reports"]}
        for row in (row for table in self.rows.values() for row in table):
            row["goal_title"] = self.goals.get(row.get("goal_id"))

    def judged(self, want: Row) -> Cell:
        table, where, column = want["table"], want["where"].strip(), want["column"]
        found = [row for row in self.rows[table] if self._is(table, row, where)]
        got = _values(found, column)
        filled = [value for value in got if not _is_blank(value)]
        state = next(
            ("right" for each in want["want"].split("||") if self._holds(want, each.strip(), found, got)),
            "wrong"
            if filled or (found and column in ("-", "rows"))
            else "said"
            if self._says(table, where, found)
            else "silent",
        )
        return Cell("expectations", column, state, f"{table}, {where}", want["want"], got or None)

    def _is(self, table: str, row: Row, where: str) -> bool:
        return where == "*" or all(self._fits(table, row, part.strip()) for part in where.split(" & "))

    def _fits(self, table: str, row: Row, part: str) -> bool:
        labels = [_key(row.get(name)) for name in _LABELS[table]]
        goal, unit = _key(row["goal_title"]), _key(self.units.get(row.get("report_id")))
        column, colon, text = part.partition(":")
        if part.startswith("="):
            return _key(part[1:]) in labels
        if colon and column in ("goal", "report"):
            return _key(text) in (goal if column == "goal" else unit)
        if colon and column in row:
            return _same(row[column], text.strip()) or (not text.strip() and _is_blank(row[column]))
        return any(_key(part) in label for label in (*labels, goal))

    def _holds(self, wanted: Row, want: str, found: Sequence[Row], got: Sequence[Any]) -> bool:
        table, column, (kind, _, rest) = wanted["table"], wanted["column"], want.partition(":")
        filled, words = (
            [value for value in got if not _is_blank(value)],
            [word.strip() for word in rest.split(" / ")],
        )
        if kind in ("=said", "=noted"):
            says = self._says(table, wanted["where"], found, filter(None, words))
            return says and (kind == "=noted" or not filled)
        if kind == "=refused":
            return self.refused
        if kind == "=absent":
            return not found
        if kind == "=verbatim":
            return bool(got) and all(
                not _is_blank(value) and _text(value) in self._printed() for value in got
            )
        if kind == "=contains":
            return bool(filled) and all(any(_key(word) in _key(value) for word in words) for value in got)
        if column == "rows":
            return _how_many(found) == int(want)
        return bool(got) and all(_same(value, want) if want else _is_blank(value) for value in got)

    def _says(self, table: str, where: str, found: Sequence[Row], words: Iterable[str] = ()) -> bool:
        """Whether a finding is about a row or the table, or one or the log names the row or a word."""
        last = where.split(" & ")[-1].strip()
        named = last.lstrip("=") if len(last) >= 4 and not re.match(r"[a-z_]+:", last) else ""
        keys = [_key(word)[:30] for word in (named, *words) if word]
        ids = {_row_id(row) for row in found} - {""}
        for row in self.rows["findings"]:
            if row["code"] in _SAYING and (
                (row["row_id"] is None and row["table"] == table)
                or _row_id(row) in ids
                or any(key in _key(row["message"]) for key in keys)
            ):
                return True
        return any(key in _key(self.rows["extraction_log"][0]["message"]) for key in keys)

    def _printed(self) -> str:
        """All that the file prints, in one line."""
        if self.path.suffix == ".docx":
            markup = zipfile.ZipFile(self.path).read("word/document.xml").decode("utf-8")
            return _text(html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:(br|tab)/>", " ", markup))))
        return _text(html.unescape(re.sub(r"</?[a-zA-Z!][^>]*>", " ", self.path.read_text(encoding="utf-8"))))


def _row_id(row: Row) -> str:
    """Of a form's row that of its category: its periods share what stands before the last hyphen."""
    return re.sub(r"-(T1|T2|VB|total)$", "", str(row.get("row_id") or row.get("goal_id") or ""))


def _values(found: Sequence[Row], column: str) -> list[Any]:
    period = _OF_PERIOD.fullmatch(column)
    if period:
        return [row[period[1]] for row in found if row["period"] == period[2]]
    return [row.get(column) for row in found]


def _how_many(found: Sequence[Row]) -> int:
    """Rows; of a form its categories."""
    return len({_row_id(row) if "category" in row else id(row) for row in found})
