"""Rows that have lost columns, so that nobody can see which values they still have."""

from __future__ import annotations

from dataclasses import replace

from vbdata.extract.document import Cell, Doubt, Row
from vbdata.extract.grammar import PERIOD, VALUE_START
from vbdata.extract.headers import Columns
from vbdata.parse.layouts import shift

_LEFT_OUT = "Det går inte att se vilka talen står i, så de är utelämnade."


def has_lost_columns(row: Row, columns: Columns) -> bool:
    """Whether a row is shorter than its header, and its period not where the header has it."""
    texts = row.texts
    filled = sum(bool(text.strip()) for text in texts)
    if len(texts) >= columns.width or filled < 3 or not PERIOD.match(_period_at_end(texts[-1])):
        return False
    return len(texts) - 1 - shift(texts, columns) != columns.at.get("period", len(texts) - 1)


def without_values(row: Row, columns: Columns, doubts: list[Doubt]) -> Row:
    """The row's name and period alone, at the header's columns; values may stand under the name."""
    lines = row.cells[_first_filled(row)].text.split("\n")
    count = next((i for i, line in enumerate(lines) if i and VALUE_START.match(line.strip())), len(lines))
    name = " ".join(lines[:count])
    detail = f"”{name}”: raden har färre kolumner än tabellens rubrik. {_LEFT_OUT}"
    doubts.append(Doubt("columns_uncertain", detail, row.place))
    cells = [Cell("", row.place)] * columns.width
    cells[columns.at.get("name", 0)] = replace(row.cells[_first_filled(row)], text=name)
    if (at := columns.at.get("period")) is not None:
        cells[at] = replace(row.cells[-1], text=_period_at_end(row.texts[-1]))
    return Row(tuple(cells), row.place)


def _period_at_end(text: str) -> str:
    """The last lines of a cell that may hold more than its period."""
    lines = text.split("\n")
    both = " ".join(lines[-2:])
    return both if PERIOD.match(both) else lines[-1]


def _first_filled(row: Row) -> int:
    return next(i for i, text in enumerate(row.texts) if text.strip())
