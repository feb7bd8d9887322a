"""Activity rows: which lines of a table are rows of their own, whatever their dates look like."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import factories as make
from tests.factories import ACTIVITY_HEAD, report_text, table

UNIT = "Enhetsmål: Alla trivs\n\nUppfylls helt\n"
FIRST = "Första aktiviteten\t2025-01-01\t2025-12-31\t"


def read(tmp_path: Path, *rows: str) -> tuple[list[tuple], list[tuple[str, str]]]:
    """Rows as (title, start, end, deviation), and the findings about activities or the reading."""
    found = make.tables_of(report_text(UNIT, table(ACTIVITY_HEAD, *rows)), tmp_path)
    kept = [(row["title"], row["start"], row["end"], row["deviation"]) for row in found["activities"]]
    codes = ("date_unreadable", "columns_uncertain", "cell_moved")
    return kept, [(f["code"], f["message"]) for f in found["findings"] if f["code"] in codes]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("vecka 12", "hösten 2025"),
        ("Q1", "Q3"),
        ("mars 2025", "maj 2025"),
        ("", "våren 2025"),
        ("löpande", ""),
    ],
)
def test_a_row_whose_dates_are_words_is_a_row_and_that_is_said(tmp_path: Path, start: str, end: str):
    rows, said = read(tmp_path, FIRST, f"Andra aktiviteten\t{start}\t{end}\tX")
    assert rows[1] == ("Andra aktiviteten", None, None, True)
    assert [code for code, _ in said] == ["date_unreadable"] * len([each for each in (start, end) if each])
    assert rows[0] == ("Första aktiviteten", date(2025, 1, 1), date(2025, 12, 31), False)


@pytest.mark.parametrize(
    "writing", ["5/1 2025", "2025-1-5", "5 jan 2025", "5.1.2025", "2025/01/05", "20250105"]
)
def test_dates_as_people_write_them(tmp_path: Path, writing: str):
    rows, said = read(tmp_path, FIRST, f"Andra aktiviteten\t{writing}\t2025-06-30\t")
    assert rows[1] == ("Andra aktiviteten", date(2025, 1, 5), date(2025, 6, 30), False)
    assert said == []


def test_an_activity_without_dates_is_a_row_of_its_own(tmp_path: Path):
    rows, _ = read(tmp_path, "Första aktiviteten\t\t\t", "Andra aktiviteten\t2025-02-01\t2025-12-31\t")
    assert [row[:2] for row in rows] == [
        ("Första aktiviteten", None),
        ("Andra aktiviteten", date(2025, 2, 1)),
    ]


def test_a_title_below_an_analysis_that_has_ended_is_said(tmp_path: Path):
    rows, said = read(tmp_path, FIRST, "Analys Det gick bra.\t\t\t", "Andra aktiviteten\t\t\t")
    assert len(rows) == 1
    assert [code for code, _ in said] == ["columns_uncertain"] and "Andra aktiviteten" in said[0][1]


def test_an_analysis_that_goes_on_is_no_activity(tmp_path: Path):
    rows, said = read(tmp_path, FIRST, "Analys\t\t\t", "Vi har ordnat träffar för alla\t\t\t")
    assert (len(rows), said) == (1, [])


def test_a_title_that_still_holds_its_dates_is_left_out_and_said(tmp_path: Path):
    rows, said = read(tmp_path, FIRST, "Andra aktiviteten 5/1 2025 hösten 2025\t\t\t")
    assert len(rows) == 1
    assert [code for code, _ in said] == ["columns_uncertain"] and "Andra aktiviteten" in said[0][1]


@pytest.mark.parametrize(("mark", "done"), [("☒", True), ("☐", False), ("x", True), ("Nej", False)])
def test_a_mark_in_a_column_before_the_title(tmp_path: Path, mark: str, done: bool):
    text = report_text(UNIT, table(f"\t{ACTIVITY_HEAD}", f"{mark}\t{FIRST}"))
    (row,) = make.tables_of(text, tmp_path)["activities"]
    assert (row["title"], row["completed"]) == ("Första aktiviteten", done)


@pytest.mark.parametrize("sign", ["\ufffd", "\uf0fc"])
def test_a_mark_that_the_font_gives_no_letter_for_is_no_part_of_the_title_and_is_said(
    tmp_path: Path, sign: str
):
    text = report_text(
        UNIT, table(ACTIVITY_HEAD, f"{sign} {FIRST}", f"{sign} Andra\t2025-02-01\t2025-12-31\t")
    )
    found = make.tables_of(text, tmp_path)
    assert [(row["title"], row["completed"]) for row in found["activities"]] == [
        ("Första aktiviteten", None),
        ("Andra", None),
    ]
    said = [f["message"] for f in found["findings"] if f["code"] == "text_unreadable_character"]
    assert any("Märket före ”Första aktiviteten” och 1 till" in message for message in said)


def test_a_word_that_has_lost_its_first_letter_keeps_the_place_of_it(tmp_path: Path):
    rows, _ = read(tmp_path, "\ufffdppet hus\t2025-01-01\t2025-12-31\t")
    assert rows[0][0] == "\ufffdppet hus"
