"""Text with a cell per line, or with rows that nothing parts: what is sure is read, the rest is left out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from tests.stacked_text import inline_text, paragraph_text, stacked_text
from tests.test_roundtrip import WISHES, Wish, differences, misread, number, read_back, rows_of, sample_report
from vbdata.analyse.complaints import facet_totals, form_state, unread, wide
from vbdata.analyse.summary import summarise_complaints
from vbdata.extract import read
from vbdata.extract.document import Table
from vbdata.parse.cover import parse_cover
from vbdata.render.words import complaints_statement
from vbdata.sample import compose
from vbdata.sample.generate import Composed
from vbdata.validate.checks.complaints import form_empty
from vbdata.vocabulary import UNREAD

TABLES = ("cover.", "indicators", "activities", "complaints", "form")
VALUES = ("value", "value_men", "value_women", "value_previous", "target", "council_target")
COVER = "Verksamhetsberättelse 2025 \nEnheten Solgläntans gruppbostäder \n"
FORM = (
    "Redovisning av synpunkter och klagomål \nUppdelning Klagomål/synpunkter/kategorier Utfall T1 Utfall T2 "
    "\nUtfall VB Totalt ack. Utfall Sammanfattning och planerade åtgärder \n"
)
GOALS = (
    "KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en stark och jämlik välfärd i hela staden \n"
)
ANALYSES = (".analysis:",)


def wrong_cells(composed: Composed, text: str) -> list[str]:
    """What the tables say otherwise than the report; running text is not compared, nothing parts it."""
    got, frames = read_back(text.encode(), ".txt")
    found = differences(composed.printed, got, marks=False) + misread(composed.meaning, frames)
    return [each for each in found if each.startswith(TABLES) and not any(part in each for part in ANALYSES)]


@pytest.mark.parametrize("year", [2023, 2025])
@pytest.mark.parametrize("kind", ["VB", "VP"])
def test_the_tables_of_stacked_text_come_back(kind: str, year: int) -> None:
    composed = compose(sample_report(kind, year), "spaced", [], 1)
    assert wrong_cells(composed, stacked_text(composed)) == []


@given(wish=WISHES)
@settings(max_examples=25, deadline=None)
def test_any_stacked_report_comes_back(wish: Wish) -> None:
    composed = compose(wish.report(), "spaced", [], wish.seed)
    assert wrong_cells(composed, stacked_text(composed)) == []


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["close", "apart"])
@pytest.mark.parametrize("year", [2023, 2025])
@pytest.mark.parametrize("kind", ["VB", "VP"])
def test_the_tables_of_a_word_file_as_plain_text_come_back(kind: str, year: int, between: str) -> None:
    composed = compose(sample_report(kind, year), "spaced", [], 1)
    assert wrong_cells(composed, paragraph_text(composed, between)) == []


@given(wish=WISHES)
@settings(max_examples=25, deadline=None)
def test_any_word_file_as_plain_text_comes_back(wish: Wish) -> None:
    composed = compose(wish.report(), "spaced", [], wish.seed)
    assert wrong_cells(composed, paragraph_text(composed)) == []


@given(wish=WISHES)
@settings(max_examples=25, deadline=None)
def test_no_value_is_wrong_where_empty_cells_leave_no_trace(wish: Wish) -> None:
    """Values whose column cannot be known are left out, and no text is taken for a row."""
    composed = compose(wish.report(), "spaced", [], wish.seed)
    _, frames = read_back(inline_text(composed).encode(), ".txt")
    wrong = [
        (row["name"], column)
        for row in rows_of(frames, "indicators")
        for column in VALUES
        if pd.notna(row[column]) and row[column] not in meant(composed, row["name"], column)
    ]
    asked = {each.category_raw: each for each in composed.meaning.complaints}
    assert (wrong, {row["category"] for row in rows_of(frames, "complaints")} - set(asked)) == ([], set())
    titles = {each.title_raw for each in composed.meaning.activities}
    assert {row["title"] for row in rows_of(frames, "activities")} <= titles


def meant(composed: Composed, name: str, column: str) -> set[float | None]:
    """What the report says in a column, in every row of this name."""
    rows = (each for each in composed.meaning.indicators if each.name_raw == name)
    return {number(getattr(each, f"{column}_raw")) for each in rows}


def test_counts_whose_columns_are_lost_are_unread_with_a_doubt(tmp_path: Path) -> None:
    text = f"{COVER}\n{FORM}Beröm Antal beröm 2 2 \nMat och måltider \nKompetens 1 0 2 3 st \n"
    path = tmp_path / "rapport.txt"
    path.write_text(text, encoding="utf-8")
    document = read(path)
    (form,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [row.texts[1:6] for row in form.rows[1:]] == [
        ("Antal beröm", *[UNREAD] * 4),
        ("Mat och måltider", "", "", "", ""),
        ("Kompetens", "1", "0", "2", "3 st"),
    ]
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]


def test_page_numbers_among_cells_of_one_number_are_no_cells(tmp_path: Path) -> None:
    cells = "".join(f"{n % 3} \n \n" for n in range(12))
    text = "".join(f"Sida med text nummer {'abcd'[n]} \n{cells} \n{n + 2} \n\n" for n in range(4))
    path = tmp_path / "rapport.txt"
    path.write_text(text, encoding="utf-8")
    found = [each.text for each in read(path).furniture if each.kind == "page_number"]
    assert found == ["2", "3", "4", "5"]


def test_a_title_that_wraps_after_for_has_its_unit_on_the_next_line(tmp_path: Path) -> None:
    text = "Verksamhetsberättelse VB 2025 för \nSolgläntans gruppbostäder \nInnehållsförteckning \n"
    text += "".join(
        f"{title} . . . . {page} \n" for page, title in ((3, "Inledning"), (9, "Ekonomi"), (9, "Övrigt"))
    )
    path = tmp_path / "rapport.txt"
    path.write_text(f"{text}Inledning \nEtt år med många möten. \n{GOALS}", encoding="utf-8")
    assert parse_cover(read(path)).unit_name == "Solgläntans gruppbostäder"


def test_a_groups_label_that_a_page_break_cut_is_whole_again(tmp_path: Path) -> None:
    blank = " \n"
    head = FORM.split("\n", 1)[1]
    text = f"{COVER}{FORM}Fråga/idé \n{blank * 5}Synpunkter och klagomål - \nsom gäller \n{head}"
    text += f"Bemötande \n1 \n \n \n1 \n{blank}Kompetens \n2 \n \n \n2 \nTas upp \npå möte. \n"
    text += f"verksamhet och personal \n{blank * 6}Utebliven/försenad insats \n{blank * 5}"
    path = tmp_path / "rapport.txt"
    path.write_text(text, encoding="utf-8")
    (form,) = [block for block in read(path).blocks if isinstance(block, Table)]
    assert [row.texts[0] for row in form.rows[1:]] == [
        "Synpunkter och klagomål - som gäller verksamhet och personal", "", "", ""
    ]  # fmt: skip
    assert [row.texts[1:] for row in form.rows[1:]] == [
        ("Fråga/idé", "", "", "", "", ""),
        ("Bemötande", "1", "", "", "1", ""),
        ("Kompetens", "2", "", "", "2", "Tas upp på möte."),
        ("Utebliven/försenad insats", "", "", "", "", ""),
    ]


def test_values_right_under_their_header_are_no_row(tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    head = "Indikator \nPeriodens utfall \nUtfall män/ pojkar \nUtfall kvinnor/ flickor \nUtfall VB 2024 \n"
    values = "Årsmål \nKF:s årsmål \nPeriod \n80 % 79 % 79 % 2025 \n"
    path.write_text(f"{COVER}{head}{values}{GOALS}", encoding="utf-8")
    (found,) = [block for block in read(path).blocks if isinstance(block, Table)]
    assert all(not any(row.texts[1:]) for row in found.rows[1:])


def test_a_form_of_unread_counts_is_neither_empty_nor_summed(tmp_path: Path) -> None:
    """What is not known is said: a blank cell would say that nothing came in."""
    composed = compose(sample_report("VB", 2025), "spaced", [], 1)
    _, frames = read_back(inline_text(composed).encode(), ".txt")
    rows = wide(frames["complaints"])
    lost = unread(rows)
    assert lost.any() and rows.loc[lost, ["T1", "T2", "VB", "total"]].isna().all(axis=None)
    assert form_state(rows[lost]) == "unread"
    totals = facet_totals(rows).set_index("facet")["total"]
    assert totals[rows.loc[lost, "facet"].dropna().unique()].isna().all()
    row = {"count": None, "count_raw": UNREAD, "source_line": 1, "source_page": None}
    assert not list(form_empty({"complaints": [row]}))
    assert list(form_empty({"complaints": [row | {"count_raw": ""}]}))
    assert complaints_statement(summarise_complaints(rows[lost])) == "Blankettens antal har inte kunnat läsas"


@pytest.mark.parametrize("rows", ["Analys 80 % 79 % 2025 \n", "Analys \n80 % 79 % 2025 \n"])
def test_values_right_after_the_word_analys_are_no_row(rows: str, tmp_path: Path) -> None:
    head = "Indikator \nPeriodens utfall \nUtfall män/ pojkar \nUtfall kvinnor/ flickor \nUtfall VB 2024 \n"
    path = tmp_path / "rapport.txt"
    text = f"Årsmål \nKF:s årsmål \nPeriod \nSjukfrånvaro 8 % 7 % 2025 \n{rows}"
    path.write_text(f"{COVER}{head}{text}{GOALS}", encoding="utf-8")
    (found,) = [block for block in read(path).blocks if isinstance(block, Table)]
    assert found.rows[1].texts[0] == "Sjukfrånvaro"
    assert not any(any(row.texts[1:]) for row in found.rows[2:])
