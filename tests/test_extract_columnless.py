"""Tables of which nothing tells the columns: no row is read, and all of their words are said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.factories import report_text
from tests.stacked_text import inline_text, paragraph_text, stacked_text
from tests.test_roundtrip import WISHES, Wish, number, read_back, rows_of
from vbdata.extract import read
from vbdata.extract.columnless import columnless_tables
from vbdata.extract.decode import Line
from vbdata.extract.document import Document, Table
from vbdata.extract.headers import headers_in
from vbdata.sample import compose
from vbdata.sample.composed import Composed

HEAD = ["Indikator", "Periodens utfall", "Utfall män/ pojkar", "Utfall kvinnor/ flickor", "Utfall VB 2024",
        "Årsmål", "KF:s årsmål", "Period"]  # fmt: skip
ROWS = [["Sjukfrånvaro dag 1-14", "2,9 %", "", "", "3 %", "2,5 %", "Tas fram av nämnd", "VB 2025"],
        ["Antal fester enligt 2024", "12", "", "", "", "10", "", "2025"]]  # fmt: skip
TORN = """Indikator Perioden Utfall Utfall Utfall VB Årsmål KF:s Period
s utfall män/ kvinnor/ 2024 årsmål
pojkar flickor
Sjukfrånvaro dag 2,9 % 3 % 2,5 % Tas fram VB
1-14 av nämnd 2025
Antal fester enligt 12 10 2025
2024
"""
ACTIVITIES = """Aktivitet Startdatum Slutdatum
Avvikelse
Nämnden öppnar sina lokaler
på lördagar 2025-01-01
2025-06-30 X
Analys
Det gick bra.
"""
FORM = """Uppdelning Klagomål/synpunkter/kategorier Utfall T1 Utfall T2 Utfall VB
Totalt ack Sammanfattning och planerade åtgärder
Avvikelse - SOL/LSS Annat 1 1 Ett ärende är
överlämnat.
Bemötande 1 2 3 6
"""
VALUES = ("value", "value_men", "value_women", "value_previous", "target", "council_target")


def lines_of(cells: list[str]) -> str:
    return "".join(f"{cell}\n" for cell in cells)


def filled_of(cells: list[str]) -> str:
    return lines_of([cell for cell in cells if cell])


def paragraphs_of(cells: list[str]) -> str:
    return "".join(f"{cell}\n\n" for cell in cells)


def ended_of(cells: list[str]) -> str:
    return "".join(f"{cell} \n" for cell in cells)


def beside_of(cells: list[str]) -> str:
    return " ".join(cell for cell in cells if cell) + "\n"


def document_of(text: str, folder: Path) -> Document:
    path = folder / "r.txt"
    path.write_text(report_text(text), encoding="utf-8")
    return read(path)


def is_said(words: str, document: Document) -> bool:
    said = " ".join(doubt.detail for doubt in document.doubts)
    return all(word in said for word in words.split())


def rows_in(document: Document) -> list[tuple[str, ...]]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [row.texts for table in tables for row in table.rows[1:]]


@pytest.mark.parametrize("printed", [lines_of, filled_of, paragraphs_of, ended_of, beside_of])
def test_a_table_is_refused_with_its_words(printed: Callable[[list[str]], str], tmp_path: Path) -> None:
    document = document_of("".join(map(printed, [HEAD, *ROWS])), tmp_path)
    assert rows_in(document) == []
    assert is_said(" ".join(cell for row in ROWS for cell in row), document)
    assert {doubt.code for doubt in document.doubts} == {"columns_uncertain"}
    assert all("PDF- eller Word-filen" in doubt.detail for doubt in document.doubts)


@pytest.mark.parametrize("text", [TORN, ACTIVITIES, FORM])
def test_a_header_is_known_by_its_letters_however_it_wraps(text: str, tmp_path: Path) -> None:
    document = document_of(text, tmp_path)
    assert rows_in(document) == []
    assert is_said(text, document)


def test_titles_that_no_table_has_among_those_of_a_header(tmp_path: Path) -> None:
    head = ["Indikator", "Periodens utfall", "Årsmål", "Prognos helår", "Period"]
    row = ["Matsvinn per portion", "38 g", "45 g", "40 g", "2025"]
    document = document_of(filled_of(head) + filled_of(row), tmp_path)
    assert rows_in(document) == []
    assert is_said("Matsvinn per portion 38 g 45 g 40 g", document)


def test_a_long_table_is_said_to_its_end(tmp_path: Path) -> None:
    rows = [[f"Andel som svarar på fråga {n}", f"{n} %", "2025"] for n in range(100, 400)]
    document = document_of(lines_of(HEAD) + "".join(map(filled_of, rows)), tmp_path)
    assert is_said("fråga 399 %", document)
    assert all(len(doubt.detail) < 4_000 for doubt in document.doubts)


@pytest.mark.parametrize("end", ["Enhetsmål: Alla trivs", "## Ekonomi", "Uppfylls helt", "A\tB\tC"])
def test_a_table_ends_where_something_else_begins(end: str) -> None:
    lines = [
        Line(i, text) for i, text in enumerate([*HEAD, "Sjukfrånvaro", "3 %", "", end, "Det var ett år."])
    ]
    found, doubts = columnless_tables(lines, {}, headers_in(lines))
    ((_, after),) = found.values()
    assert lines[after].text == end
    assert "Det var ett år" not in doubts[0].detail


@pytest.mark.parametrize(
    "text",
    [
        "Aktivitet\nVi dansar varje vecka och det är bra för hälsan.\n",
        "Indikatorn om sjukfrånvaro mäter perioden och har ett årsmål.\n",
        "Uppdelning av arbetet\n\nVi delar på det som är tungt.\n",
    ],
)
def test_prose_is_no_header(text: str) -> None:
    lines = [Line(i, line) for i, line in enumerate(text.splitlines())]
    assert columnless_tables(lines, {}, headers_in(lines)) == ({}, [])


def test_activities_that_are_a_line_each_are_read(tmp_path: Path) -> None:
    text = "Aktivitet Startdatum Slutdatum Avvikelse\nVi lagar mat 2025-01-01 2025-06-30 X\n"
    text += "Vi går ut 2025-02-01 2025-12-31\n"
    assert rows_in(document_of(text, tmp_path)) == [
        ("Vi lagar mat", "2025-01-01", "2025-06-30", "X"),
        ("Vi går ut", "2025-02-01", "2025-12-31", ""),
    ]


@pytest.mark.parametrize("printed", [stacked_text, inline_text, paragraph_text])
@given(wish=WISHES)
@settings(max_examples=10, deadline=None)
def test_no_value_of_any_report_is_wrong(printed: Callable[[Composed], str], wish: Wish) -> None:
    """What is read at all is what the report says, and all other names are said."""
    composed = compose(wish.report(), "spaced", [], wish.seed)
    _, frames = read_back(printed(composed).encode(), ".txt")
    wrong = [
        (row["name"], column)
        for row in rows_of(frames, "indicators")
        for column in VALUES
        if pd.notna(row[column]) and row[column] not in meant(composed, row["name"], column)
    ]
    asked = {each.category_raw for each in composed.meaning.complaints}
    titles = {each.title_raw for each in composed.meaning.activities}
    assert wrong == []
    assert {row["category"] for row in rows_of(frames, "complaints")} <= asked
    assert {row["title"] for row in rows_of(frames, "activities")} <= titles


def meant(composed: Composed, name: str, column: str) -> set[float | None]:
    """What the report says in a column, in every row of this name."""
    rows = (each for each in composed.meaning.indicators if each.name_raw == name)
    return {number(getattr(each, f"{column}_raw")) for each in rows}
