"""Reading text in which each cell is a paragraph, with empty ones kept as blank lines or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import report_text, tables_of
from vbdata.extract import read
from vbdata.extract.decode import Line
from vbdata.extract.document import Document, Heading, StatusLine, Table
from vbdata.extract.seams import parted_at_seams
from vbdata.vocabulary import UNREAD

HEAD = (
    "Indikator", "Periodens utfall", "Utfall män/ pojkar", "Utfall kvinnor/ flickor", "Utfall VB 2024",
    "Årsmål", "KF:s årsmål", "Period",
)  # fmt: skip
TRUST = ("Andel som litar på oss", "88 %", "", "", "87 %", "94 %", "Tas fram av nämnd", "2025")
SICK = ("Sjukfrånvaro", "8 %", "7 %", "9 %", "8,5 %", "9 %", "öka", "VB 2025")
ANALYSIS = ("Analys", "Det gick bra.", "Vi fortsätter så.")
ACTIVITIES = ("Aktivitet", "Startdatum", "Slutdatum", "Avvikelse")
DATES = ("2025-01-01", "2025-06-30")
FORM = (
    "Uppdelning", "Klagomål/synpunkter/kategorier", "Utfall T1 2025", "Utfall T2 2025", "Utfall VB 2025",
    "Totalt ack 2025", "Bedömning och planerade åtgärder",
)  # fmt: skip
LABELLED = ("Avvikelse - SOL/LSS", "Annat", "1", "", "1", "2", "Ett ärende är överlämnat.")
PLAIN = ("Fysisk miljö, utrustning och teknik", "", "3", "", "3", "")


def document_of(text: str, folder: Path) -> Document:
    path = folder / "r.txt"
    path.write_text(report_text(text))
    return read(path)


def rows_of(text: str, folder: Path) -> list[tuple[str, ...]]:
    return [
        row.texts
        for block in document_of(text, folder).blocks
        if isinstance(block, Table)
        for row in block.rows[1:]
    ]


def lines_of(*cells: str) -> str:
    return "\n".join(cells) + "\n"


def paragraphs_of(*cells: str) -> str:
    return "\n\n".join(cells) + "\n\n"


def filled_of(*cells: str) -> str:
    return paragraphs_of(*filter(None, cells))


@pytest.mark.parametrize("printed", [lines_of, paragraphs_of])
def test_a_cell_per_paragraph_is_read_where_empty_ones_are_kept(printed, tmp_path: Path) -> None:
    text = printed(*HEAD, "", *TRUST, *ANALYSIS, "", *SICK)
    blank = ("",) * 7
    assert rows_of(text, tmp_path) == [TRUST, ("Analys\nDet gick bra. Vi fortsätter så.", *blank), SICK]


def test_a_cell_per_paragraph_has_no_column_where_empty_ones_are_lost(tmp_path: Path) -> None:
    document = document_of(filled_of(*HEAD, *TRUST, *ANALYSIS, *SICK), tmp_path)
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    assert found.rows[1].texts == (TRUST[0], *[""] * 6, "2025")
    assert found.rows[3].texts == SICK
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        (lines_of, ("", "Vi bjuder in", *DATES, "", "✓", "Vi bakar", "2025-02-01", "", "X")),
        (filled_of, ("Vi bjuder in", *DATES, "✓", "Vi bakar", "2025-02-01", "2025-03-01", "X")),
    ],
)  # fmt: skip
def test_dates_that_are_paragraphs(printed, cells: tuple[str, ...], tmp_path: Path) -> None:
    end = "" if printed is lines_of else "2025-03-01"
    assert rows_of(printed(*ACTIVITIES, *cells), tmp_path) == [
        ("Vi bjuder in", "2025-01-01", "2025-06-30", ""),
        ("✓ Vi bakar", "2025-02-01", end, "X"),
    ]


def test_a_form_with_a_cell_per_line(tmp_path: Path) -> None:
    assert rows_of(lines_of(*FORM, *LABELLED, *PLAIN), tmp_path) == [LABELLED, ("", *PLAIN)]


def test_a_form_with_a_cell_per_paragraph_keeps_totals_where_empty_cells_are_lost(tmp_path: Path) -> None:
    assert [row[2:6] for row in rows_of(filled_of(*FORM, *LABELLED, *PLAIN), tmp_path)] == [
        (UNREAD, UNREAD, UNREAD, "2"),
        (UNREAD, UNREAD, UNREAD, "3"),
    ]


def test_cells_that_stand_outside_their_rows_are_left_out_with_a_doubt(tmp_path: Path) -> None:
    names = ("Sjukfrånvaro", "Aktivt Medskapandeindex")
    document = document_of(filled_of(*HEAD, *names, "8 %", "9 %", "2025", "83", "84", "2025"), tmp_path)
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [row.texts for row in found.rows[1:]] == [(name, *[""] * 7) for name in names]
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]


def test_a_form_whose_counts_stand_elsewhere_is_left_out_with_a_doubt(tmp_path: Path) -> None:
    cells = ("Avvikelse - SOL/LSS", "Annat", "5", "5", "Ett ärende är överlämnat.", "9", "Bemötande")
    document = document_of(filled_of(*FORM, *cells), tmp_path)
    (form,) = [block for block in document.blocks if isinstance(block, Table)]
    lost = [UNREAD] * 4
    assert [row.texts[1:6] for row in form.rows[1:]] == [("Annat", *lost), ("Bemötande", *lost)]
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (" Inga dataBeskrivning", [" Inga data", "Beskrivning"]),
        ("Det gick bra.Enhetsmål: Alla trivs", ["Det gick bra.", "Enhetsmål: Alla trivs"]),
        ("Fler är nöjdaNämndmål: Alla trivs", ["Fler är nöjda", "Nämndmål: Alla trivs"]),
        ("Nämndmål: Alla trivs Inga dataBeskrivning", ["Nämndmål: Alla trivs", "Inga data", "Beskrivning"]),
        ("Vi använder appen MinTid varje dag.", ["Vi använder appen MinTid varje dag."]),
        ("UtlåtandeDnr: 1/22025-01-02TillOss", ["Utlåtande", "Dnr: 1/2", "2025-01-02", "Till", "Oss"]),
    ],
)  # fmt: skip
def test_a_heading_without_a_space_before_it_stands_alone(text: str, parts: list[str]) -> None:
    assert [line.text for line in parted_at_seams([Line(1, text)])] == parts


def test_a_status_before_a_glued_heading_is_seen(tmp_path: Path) -> None:
    blocks = document_of("Enhetsmål: Alla trivs\n Uppfylls heltFörväntat resultat\n", tmp_path).blocks
    assert [b.text for b in blocks if isinstance(b, StatusLine)][-1] == "Uppfylls helt"
    assert [b.text for b in blocks if isinstance(b, Heading)][-1] == "Förväntat resultat"


def test_tables_whose_headers_are_lost_are_doubted_and_the_rest_is_read(tmp_path: Path) -> None:
    text = filled_of(
        "Indikator", "Sjukfrånvaro", "Perioden", "8 %", "s utfall", "2025", "Beskrivning", "Vi gick."
    )
    rows = tables_of(report_text(text), tmp_path)
    assert len(rows["goals"]) == 2
    assert not rows["indicators"]
    assert "columns_uncertain" in {finding["code"] for finding in rows["findings"]}
