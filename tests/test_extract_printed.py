"""Web pages that PyMuPDF makes of PDFs: white space is data, or is lost; rows share a paragraph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import tables_of
from vbdata.extract.decode import Line
from vbdata.extract.furniture import strip_contents
from vbdata.extract.spaced.rows import text_rows

COVER = ["<h1><b>Verksamhetsberättelse 2025 </b></h1>", "Enheten Granbackens gruppbostad "]
GOALS = [
    "<h2><b>KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en stark och jämlik välfärd i hela "
    "staden </b></h2>",
    "Inga data ",
    "<b>Enhetsmål: Alla trivs på jobbet </b>",
    "Uppfylls helt ",
]
INDICATORS = [
    "<b>Indikator Perioden s utfall </b>", "<b>Utfall män/ pojkar </b>", "<b>Utfall kvinnor/ flickor </b>",
    "<b>Utfall VB 2024 Årsmål KF:s årsmål </b>", "<b>Period </b>",
]  # fmt: skip
FORM = [
    "<b>Uppdelning Klagomål/synpunkter/kategori er </b>", "<b>Utfall T1 2025 </b>", "<b>Utfall T2 2025 </b>",
    "<b>Utfall VB 2025 </b>", "<b>Totalt ack 2025 </b>", "<b>Bedömning och planerade åtgärder </b>",
]  # fmt: skip
ACTIVITIES = "<b>Aktivitet Startdatum Slutdatum Avvikelse </b>"


def page(*paragraphs: str) -> str:
    """Paragraphs as PyMuPDF prints them: a part per page of the PDF, all of the same id."""
    texts = [text if text.startswith("<h") else f"<p>{text}</p>" for text in paragraphs]
    return '<div id="page0">\n' + "\n".join(texts) + '\n</div>\n\n<div id="page0">\n<p>2 </p>\n</div>\n'


def read_all(folder: Path, *paragraphs: str, spaced: bool = True) -> dict[str, list[dict[str, Any]]]:
    texts = [*COVER, *GOALS, *paragraphs]
    if not spaced:
        texts = [" ".join(text.replace(" </", "</").split()) for text in texts]
    return tables_of(page(*texts), folder, "r.html")


def test_spaces_between_cells_tell_the_columns(tmp_path: Path):
    tables = read_all(tmp_path, *INDICATORS, "Sjukfrånvaro 9,4 %   9,2 % 8,5 %  ", "VB 2025 ")
    (row,) = tables["indicators"]
    values = [row[f] for f in ("value", "value_men", "value_previous", "target", "council_target")]
    assert values == [9.4, None, 9.2, 8.5, None]


def test_where_spaces_are_lost_no_column_is_guessed(tmp_path: Path):
    tables = read_all(tmp_path, *INDICATORS, "Sjukfrånvaro 9,4 % 9,2 % 8,5 % VB 2025", spaced=False)
    (row,) = tables["indicators"]
    assert (row["name"], row["value"], row["value_men"], row["target"]) == ("Sjukfrånvaro", None, None, None)
    assert "columns_uncertain" in {finding["code"] for finding in tables["findings"]}


def test_a_label_on_the_line_of_its_row_is_the_group(tmp_path: Path):
    tables = read_all(
        tmp_path, ACTIVITIES, "Alla går en kurs 2025-01-01 2025-06-30  ", "<h2><b>Klagomål </b></h2>",
        *FORM, "Beröm Beröm 4 4  8  ", "Annan  1  1  ", "Från vem har klagomål eller synpunkt inkommit?     ",
        "Brukare/patient 1  1 2  ",
    )  # fmt: skip
    counts = {
        (row["group_raw"], row["category_raw"], row["period"]): row["count"] for row in tables["complaints"]
    }
    asked = "Från vem har klagomål eller synpunkt inkommit?"
    assert counts["Beröm", "Beröm", "total"] == 8
    assert (counts[asked, "Annan", "T1"], counts[asked, "Annan", "T2"]) == (None, 1)
    assert (counts[asked, "Brukare/patient", "T1"], counts[asked, "Brukare/patient", "VB"]) == (1, 1)


def test_rows_of_a_form_in_one_paragraph_are_parted(tmp_path: Path):
    tables = read_all(
        tmp_path, ACTIVITIES, "Alla går en kurs 2025-01-01 2025-06-30", "<h2><b>Klagomål</b></h2>",
        *FORM, "Beröm Beröm 1 2 3 6 Avvikelse - SOL/LSS", "Annat Bemötande 1 1 0 2 Utförande av insats 1 1",
        spaced=False,
    )  # fmt: skip
    totals = {
        (row["group_raw"], row["category_raw"]): row["count"]
        for row in tables["complaints"]
        if row["period"] == "total"
    }
    assert totals == {
        ("Beröm", "Beröm"): 6, ("Avvikelse - SOL/LSS", "Annat"): None,
        ("Avvikelse - SOL/LSS", "Bemötande"): 2, ("Avvikelse - SOL/LSS", "Utförande av insats"): None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["Alla går en kurs 2025-01-01 2025-06-30 X Vi byter lampor 2025-02-01 2025-12-31"],
        [
            "Alla går en kurs 2025-01-01 2025-06-30 X",
            "<b>Analys</b> Det gick bra. Vi byter lampor 2025-02-01 2025-12-31",
        ],
        [
            "Alla går en kurs 2025-01-01 2025-06-30 X <b>Analys</b> Bra. Vi byter lampor",
            "2025-02-01 2025-12-31",
        ],
        ["✓ Alla går en ✓ kurs 2025-01-01 2025-06-30 X", "Vi byter lampor 2025-02-01 2025-12-31"],
    ],
)
def test_activities_in_one_paragraph_are_parted(tmp_path: Path, paragraphs: list[str]):
    tables = read_all(tmp_path, ACTIVITIES, *paragraphs, spaced=False)
    assert [(row["title"], str(row["start"]), str(row["end"])) for row in tables["activities"]] == [
        ("Alla går en kurs", "2025-01-01", "2025-06-30"),
        ("Vi byter lampor", "2025-02-01", "2025-12-31"),
    ]
    assert [row["deviation"] for row in tables["activities"]] == [True, False]


def test_contents_that_start_on_the_line_of_their_heading_are_no_goals():
    texts = [
        "Innehållsförteckning Sammanfattande analys ....... 3 Enhetsmål: Alla trivs .... 4",
        "Enhetsmål: Alla är med", "5",
        "Sammanfattande analys", "Enhetsmål: Alla trivs",
    ]  # fmt: skip
    kept, contents = strip_contents([Line(i, text) for i, text in enumerate(texts, 1)])
    assert [line.text for line in kept if not line.blank] == texts[3:]
    assert len(contents) == 3


def test_the_rest_of_a_title_is_no_part_of_the_analysis_after_it():
    lines = [Line(1, "och en egen budget "), Line(2, ""), Line(3, "Analys "), Line(4, "Det gick bra. ")]
    assert [row.texts[0] for row in text_rows(lines, 4)] == ["och en egen budget", "Analys\nDet gick bra."]


def test_an_empty_paragraph_before_dates_is_nothing(tmp_path: Path):
    tables = read_all(tmp_path, ACTIVITIES, "Alla går en kurs", "", "2025-01-01 2025-06-30", spaced=False)
    assert len(tables["activities"]) == 1
