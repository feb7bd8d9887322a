"""An Excel workbook: what it is, a sheet per table, the codebook. Cells are typed; no text is a formula."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from vbdata.errors import VbdataError
from vbdata.export.codebook import COLUMNS, codebook
from vbdata.export.content import (
    UNIT,
    Content,
    added_columns,
    caveats,
    for_people,
    is_technical,
    plain_rows,
)
from vbdata.export.sheets import Sheet, sheets
from vbdata.schema.tables import SCHEMAS

MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell of Excel can hold."""
CUT = " … [avkortat: Excel rymmer inte mer; hela texten finns i vbdata export --to csv]"
NARROWEST, SHORT, WIDEST = 9.0, 34.0, 70.0
MOST_LINES, LINE = 8, 15.0
FIRST, CODEBOOK = "Läs mig", "Kodbok"
WHAT_CODEBOOK = (
    "En kolumn i någon av tabellerna: vad den betyder och vilka koder den har. Kolumner med id, som kopplar "
    "ihop tabellerna, är hopfällda längst till höger i varje blad."
)
Notes = dict[tuple[str, str], str]
_INK, _HEAD, _LINE, _NOTE = "#1b1f24", "#e0f0f4", "#7a838e", "#f0effa"


def write_xlsx(made: Content, path: Path) -> None:
    """Write the workbook.

    Raises
    ------
    VbdataError
        When a table has more rows than a sheet.
    """
    import xlsxwriter

    for table, frame in made.tables.items():
        if len(frame) >= MOST_ROWS:
            raise VbdataError(
                f"tabellen {table} har fler rader än Excel rymmer", value=str(len(frame)),
                hint="välj år eller enheter, eller en annan form",
            )  # fmt: skip
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": "Verksamhetsberättelser och verksamhetsplaner", "comments": "vbdata"})
        _Book(book, made).write()


class _Book:
    def __init__(self, book: Any, made: Content) -> None:
        self.book, self.made = book, made
        base = {"valign": "top", "font_color": _INK}
        self.text = book.add_format({**base, "text_wrap": True})
        self.plain = book.add_format(base)
        number = {**base, "align": "right", "indent": 1}  # else a number touches the text beside it
        self.number, self.marked_number = (
            book.add_format(number),
            book.add_format({**number, "bg_color": _NOTE}),
        )
        self.day = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.head = book.add_format({
            **base, "bold": True, "bg_color": _HEAD, "bottom": 1, "bottom_color": _LINE, "text_wrap": True,
        })  # fmt: skip
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": _INK})
        self.strong = book.add_format({**base, "bold": True, "text_wrap": True})
        self.link = book.add_format({"font_color": "#0b4a94", "underline": 1, "valign": "top"})
        note = {"bg_color": _NOTE}
        self.marked = {
            "text": book.add_format({**base, **note, "text_wrap": True}),
            "plain": book.add_format({**base, **note}),
            "day": book.add_format({**base, **note, "num_format": "yyyy-mm-dd", "align": "left"}),
        }

    def write(self) -> None:
        parts = sheets(self.made)
        first = self.book.add_worksheet(FIRST)
        for part in parts:
            heads = [part.heads[str(each)] if self.made.labels else str(each) for each in part.frame.columns]
            frozen = list(part.frame.columns).index(UNIT) + 1 if part.table != "reports" else 1
            sheet = self.book.add_worksheet(part.name)
            self._fill(sheet, part.frame, heads, frozen, self._notes(part.table))
        book = codebook()
        self._fill(
            self.book.add_worksheet(CODEBOOK), _with_added(self.made, book), list(COLUMNS.values()), 1, {}
        )
        self._first(first, parts)
        first.activate()

    def _first(self, sheet: Any, parts: Sequence[Sheet]) -> None:
        """What this is, from when, what is where, and what to mind."""
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 2, 90)
        sheet.write_string(0, 0, "Verksamhetsberättelser och verksamhetsplaner som tabeller", self.title)
        row = 2
        for name, said in self.made.facts:
            sheet.write_string(row, 0, name, self.strong)
            sheet.write_string(row, 1, said, self.plain)
            row += 1
        row += 1
        for column, head in enumerate(("Blad", "Rader", "En rad är")):
            sheet.write_string(row, column, head, self.head)
        for part in parts:
            row += 1
            sheet.write_url(row, 0, f"internal:'{part.name}'!A1", self.link, string=part.name)
            sheet.write_number(row, 1, len(part.frame), self.number)
            said = part.about
            sheet.write_string(row, 2, said, self.text)
            sheet.set_row(row, LINE * _lines(said, 88) + 2)
        row += 1
        sheet.write_url(row, 0, f"internal:'{CODEBOOK}'!A1", self.link, string=CODEBOOK)
        sheet.write_string(row, 2, WHAT_CODEBOOK, self.text)
        sheet.set_row(row, LINE * _lines(WHAT_CODEBOOK, 88) + 2)
        row += 2
        sheet.write_string(row, 0, "Innan du räknar", self.head)
        sheet.write_string(row, 1, "", self.head)
        sheet.write_string(row, 2, "", self.head)
        for title, text in caveats():
            row += 1
            sheet.write_string(row, 0, title, self.strong)
            sheet.merge_range(row, 1, row, 2, "", self.text)
            sheet.write_string(row, 1, text, self.text)
            sheet.set_row(row, LINE * max(1, math.ceil(len(text) / 100)) + 3)
        self._page(sheet, tall=1)

    def _notes(self, table: str) -> Notes:
        """(row id, column) → what was corrected there."""
        corrections = self.made.coded["corrections"]
        found = {}
        for _, row in corrections[corrections["table"] == table].iterrows():
            old = "inget värde" if pd.isna(row["old"]) else str(row["old"])
            who = f"Bestämt av {row['decided_by']}, {row['date']}."
            said = f"Rättad. I dokumentet läst: {old}. {row['reason']} {who}"
            found[str(row["row_id"]), str(row["column"])] = said
        return found

    def _fill(
        self,
        sheet: Any,
        frame: pd.DataFrame,
        heads: list[str],
        frozen: int,
        notes: dict[tuple[str, str], str],
    ) -> None:
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, self.head)
        widths = [_width(head, frame.iloc[:, column]) for column, head in enumerate(heads)]
        for column, (name, width) in enumerate(zip(frame.columns, widths, strict=True)):
            folded = {"level": 1, "hidden": True} if is_technical(str(name)) else {}
            sheet.set_column(column, column, width, None, folded)
        sheet.set_column(len(heads), len(heads), None, None, {"collapsed": True})
        sheet.set_row(
            0, LINE * max(_lines(head, width - 2) for head, width in zip(heads, widths, strict=True))
        )
        ids = _ids(frame)
        for number, row in enumerate(plain_rows(frame), start=1):
            lines = 1
            for column, (value, width) in enumerate(zip(row, widths, strict=True)):
                said = notes.get((ids[number - 1], str(frame.columns[column]))) if notes else None
                self._cell(sheet, number, column, value, said)
                if isinstance(value, str) and not is_technical(str(frame.columns[column])):
                    lines = max(lines, _lines(value, width))
            if lines > 1:
                sheet.set_row(number, LINE * min(lines, MOST_LINES))
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(len(frame), 1), len(heads) - 1)
        self._page(sheet)

    def _cell(self, sheet: Any, row: int, column: int, value: Any, note: str | None) -> None:
        text = self.marked["text"] if note else self.text
        plain = self.marked["plain"] if note else self.plain
        if pd.isna(value):
            sheet.write_blank(row, column, None, plain)
        elif isinstance(value, bool):
            if self.made.labels:
                sheet.write_string(row, column, "Ja" if value else "Nej", plain)
            else:
                sheet.write_boolean(row, column, value, plain)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, self.marked_number if note else self.number)
        elif isinstance(value, datetime.date) and value.year >= 1900:
            sheet.write_datetime(row, column, value, self.marked["day"] if note else self.day)
        else:
            sheet.write_string(row, column, _fitting(str(value)), text)
        if note:
            sheet.write_comment(row, column, note, {"author": "vbdata", "x_scale": 2})

    def _page(self, sheet: Any, tall: int = 0) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, tall)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&RSida &P av &N")


def _with_added(made: Content, book: pd.DataFrame) -> pd.DataFrame:
    """The codebook with the columns that stand beside the schema's, once."""
    rows = []
    for table in made.tables:
        frame = for_people(made, table)
        rows += [
            {"table": table, "table_title": str(SCHEMAS[table].title), "column": name, "title": title,
             "type": "text", "missing": "ja",
             "description": f"{said} Finns bara i kalkylbladet."}
            for name, (title, said) in added_columns(frame).items()
        ]  # fmt: skip
    return pd.concat([book, pd.DataFrame(rows, columns=book.columns, dtype="string")], ignore_index=True)


def _ids(frame: pd.DataFrame) -> list[str]:
    key = next((name for name in ("row_id", "goal_id", "report_id") if name in frame.columns), None)
    return [""] * len(frame) if key is None else [str(each) for each in frame[key]]


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT


def _width(head: str, values: pd.Series) -> float:
    """Wide enough for short values, for nine in ten of long ones; the heading may break at its spaces."""
    lengths = values.dropna().astype(str).str.len()
    longest = float(lengths.max()) if len(lengths) else 0.0
    wanted = longest if longest <= SHORT else float(lengths.quantile(0.9))
    longest_word = max(len(word) for word in head.split())
    return min(max(NARROWEST, wanted + 2, longest_word + 4), WIDEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, with a character or so to spare."""
    return sum(max(1, math.ceil(len(part) / max(width - 1, 1))) for part in text.split("\n"))
