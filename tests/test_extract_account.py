"""Typed conservation: what only a table may hold is never running text without a word about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbdata.extract.account import account, is_header
from vbdata.extract.document import (
    Document,
    Doubt,
    Furniture,
    Heading,
    ListItem,
    Paragraph,
    Place,
    Printed,
    Row,
    Table,
)


def document(*blocks, **more) -> Document:
    return Document(Path("rapport.txt"), "txt", blocks, **more)


def said(*blocks, **more) -> list[str]:
    return [doubt.detail for doubt in account(document(*blocks, **more))]


def paragraph(text: str, line: int = 5) -> Paragraph:
    lines = tuple(Printed(each, Place(line + i)) for i, each in enumerate(text.split("\n")))
    return Paragraph(" ".join(text.split("\n")), Place(line), lines)


@pytest.mark.parametrize(
    "text",
    [
        "Kvällsöppet i verkstan 2025-01-01 2025-06-30",
        "Antal platser 0 st 2 VB 2025",
        "Antal platser VB 2025 2 0 st",
        "Andel som hittar hem 81 % 79 % 85 % 2025",
        "Andel som hittar hem 81 % öka",
        "Nöjda gäster 88 % VB 2025",
        "Antal promenader 11 24 15 VB 2025",
        "Bemötande 3 4 7 st",
        "Aktivitet Startdatum Slutdatum Avvikelse",
        "85 %\n2025-01-01",
    ],
)
def test_a_tables_words_in_running_text_are_said_verbatim(text: str) -> None:
    (detail,) = said(paragraph(text))
    assert " ".join(text.split("\n")[0].split()) in detail


@pytest.mark.parametrize(
    "text",
    [
        "Andelen nöjda gick från 83 % till 88 % under 2025.",
        "Mötena hölls 2025-01-14, 2025-03-11 och 2025-05-06.",
        "Från 2025-01-01 till 2025-06-30 var huset stängt.",
        "Vi fick 3 synpunkter om bemötande under T1 2025.",
        "Aktiviteten har ett startdatum och ett slutdatum, men ingen avvikelse har noterats.",
        "Sjukfrånvaron var 8 % 2025.",
        "Rum 12 14 och 16 är målade.",
        "2025-01-20",
    ],
)
def test_prose_with_numbers_is_left_alone(text: str) -> None:
    assert said(paragraph(text)) == []


@pytest.mark.parametrize(
    "block",
    [
        Heading("Kvällsöppet i verkstan 2025-01-01 2025-06-30", Place(3)),
        ListItem("Kvällsöppet i verkstan 2025-01-01 2025-06-30", Place(3)),
        Table(
            (Row.of(("Andel trygga Kvällsöppet i verkstan 2025-01-01 2025-06-30", "", ""), Place(3)),),
            Place(3),
        ),
    ],
)
def test_headings_items_and_cells_of_words_may_not_hold_a_row_either(block) -> None:
    assert len(said(block)) == 1


def test_a_page_head_that_took_a_row_is_said() -> None:
    head = Furniture("head", "Andel som hittar hem 81 % 79 % 85 % 2025", Place(9))
    assert "81 % 79 %" in said(furniture=(head,))[0]


def test_contents_and_whole_rows_are_what_they_are() -> None:
    row = Row.of(("Kvällsöppet i verkstan", "2025-01-01", "2025-06-30", ""), Place(3))
    contents = Furniture("contents", "Uppföljning av ekonomi 11 12", Place(2))
    assert said(Table((row,), Place(3)), furniture=(contents,)) == []


def test_a_number_that_no_block_has_is_said_with_its_line() -> None:
    lines = (Printed("Vi var 14 i laget.", Place(5)), Printed("Kvar: 31,5 mil", Place(6)))
    (detail,) = said(paragraph("Vi var 14 i laget."), source_lines=lines)
    assert "Kvar: 31,5 mil" in detail and "14" not in detail


def test_numbers_that_a_reader_has_doubted_are_not_said_twice() -> None:
    lines = (Printed("Andel trygga 4 7", Place(3)), Printed("Andel trygga", Place(3)))
    table = Table((Row.of(("Andel trygga", "", ""), Place(3)),), Place(3))
    doubt = Doubt("columns_uncertain", "”Andel trygga”: värdena är utelämnade.", Place(3))
    assert said(table, source_lines=lines, doubts=(doubt,)) == []


def test_lines_that_stand_together_are_one_doubt() -> None:
    rows = "Kvällsöppet i verkstan 2025-01-01 2025-06-30\nCykelkurs i maj 2025-05-01 2025-05-31"
    (detail,) = said(paragraph(rows))
    assert "Kvällsöppet" in detail and "Cykelkurs" in detail


def test_a_header_is_known_in_one_line() -> None:
    assert is_header("Indikator Periodens utfall Årsmål KF:s årsmål 2025 Period")
    assert not is_header("Indikatorn följs upp under perioden och årsmålet nås")
