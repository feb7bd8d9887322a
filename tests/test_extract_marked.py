"""Markdown with cells cut elsewhere than between columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import report_text, tables_of
from vbdata.extract import read
from vbdata.extract.document import Table

HEAD = (
    "|**Indikator**|**Perioden**<br>**s utfall**|**Utfall**<br>**män/**<br>**pojkar**"
    "|**Utfall**<br>**kvinnor/**<br>**flickor**|**Utfall VB**<br>**2024**|**Årsmål**|**KF:s**<br>**årsmål**"
    "|**Period**|\n"
    "|---|---|---|---|---|---|---|---|"
)
ACTIVITIES = "|**Aktivitet**|**Startdatum**|**Slutdatum**|**Avvikelse**|\n|---|---|---|---|"
UNIT_GOAL = "**Enhetsmål: Alla trivs på jobbet**\n\nUppfylls helt\n"


def rows_of(folder: Path, *parts: str) -> list[tuple[str, ...]]:
    """Rows of the tables, with the lines of a cell as one."""
    path = folder / "r.md"
    path.write_text("\n".join(parts), encoding="utf-8")
    tables = [block for block in read(path).blocks if isinstance(block, Table)]
    return [tuple(" ".join(text.split()) for text in row.texts) for each in tables for row in each.rows]


def read_all(folder: Path, *parts: str) -> dict[str, list[dict[str, Any]]]:
    return tables_of(report_text(UNIT_GOAL, *parts), folder, "r.md")


# ----------------------------------------------------------------------------------------- lines


def test_a_title_goes_on_after_a_page_break_with_another_mark(tmp_path: Path):
    text = "**Enhetsmål: Alla trivs på jobbet och vill stanna och**\n\n#### **utvecklas**\n\nUppfylls helt\n"
    goals = tables_of(report_text(text, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|"), tmp_path, "r.md")[
        "goals"
    ]
    assert (goals[-1]["title"], goals[-1]["status"]) == (
        "Alla trivs på jobbet och vill stanna och utvecklas",
        "met",
    )


# ----------------------------------------------------------------------------------------- cells


def test_a_merged_cell_that_is_printed_in_each_of_its_columns_is_one(tmp_path: Path):
    text = "|" + "Analys Färre är borta. |" * 8
    found = read_all(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", text)["indicators"]
    assert [(row["name"], row["analysis"]) for row in found] == [("Sjukfrånvaro", "Färre är borta.")]


SICK = "|Sjukfrånvaro|5 %|||6 %|7 %||2025|"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["|**Analys**<br>Tolv av 25|har prov|at cykeln h|ittills.|||||"],
         "Tolv av 25 har prov at cykeln h ittills."),
        (["|**Ana**<br>Tol|**lys**<br>v av 25|har prov|at cykeln.||||"],
         "Ana Tol lys v av 25 har prov at cykeln."),
        (["|**Analys**||||||||", "|Tolv av 25|har prov|at cykeln h|ittills.|||||"],
         "Tolv av 25 har prov at cykeln h"),
        (["|Nöjda<br>**Analys**<br>Fler|5 %<br>bara|12|av oss.||7 %||2025|"],
         "Nöjda Analys Fler 5 % bara 12 av oss. 7 %"),
    ],
)  # fmt: skip
def test_a_row_that_is_cut_in_its_cells_is_left_out_and_said(tmp_path: Path, rows: list[str], words: str):
    tables = read_all(tmp_path, HEAD, SICK, *rows)
    assert [(row["name"], row["value"]) for row in tables["indicators"]] == [("Sjukfrånvaro", 5.0)]
    said = [f["message"] for f in tables["findings"] if f["code"] == "columns_uncertain"]
    assert any(words in message for message in said)


@pytest.mark.parametrize(
    "head",
    [
        "|**Aktivitet**<br>**Startdatum**|**Slutdatum**|**Avvikelse**|||||",
        "|**Aktivitet**|||**Start**|**datum**|**Slutdatum**|**Avv**|**ikelse**|",
        "|**Aktivitet**|||**Sta**|**rtdatum**|**Slutdat**|**um**<br>**Avv**|**ikelse**|",
    ],
)
def test_rows_under_a_header_that_is_cut_are_left_out_and_said(tmp_path: Path, head: str):
    row = "|Alla anställ|da går en k|urs|2025|-01-01|2025-06-30|||"
    tables = read_all(tmp_path, HEAD, SICK, head, row)
    assert len(tables["activities"]) == 0
    assert [row["name"] for row in tables["indicators"]] == ["Sjukfrånvaro"]
    said = [f["message"] for f in tables["findings"] if f["code"] == "columns_uncertain"]
    assert any("Alla anställ da går en k urs 2025 -01-01 2025-06-30" in message for message in said)


def test_a_header_with_two_titles_in_a_cell_has_no_columns(tmp_path: Path):
    head = HEAD.replace("**flickor**|**Utfall VB**", "**flickor**<br>**Utfall VB**")
    tables = read_all(
        tmp_path, ACTIVITIES, "|A|2025-01-01|2025-06-30||", "\n", head, "|Nöjda|64 %||67 %|90 %|||2025|"
    )
    assert len(tables["indicators"]) == 0
    assert any("Nöjda 64 % 67 % 90 % 2025" in finding["message"] for finding in tables["findings"])


# ------------------------------------------------------------------------------------------ rows


def test_a_row_that_has_lost_columns_is_left_out_and_said(tmp_path: Path):
    short = "|Sjukfrånvaro dag 1-14<br>2,8 %|3 %|Tas fram<br>av nämnd|VB 2025|\n|---|---|---|---|"
    tables = read_all(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", "\n", short)
    assert len(tables["indicators"]) == 1
    assert [finding["code"] for finding in tables["findings"]].count("cell_moved") == 1


def test_cells_that_wrap_over_rows_are_whole(tmp_path: Path):
    tables = read_all(
        tmp_path,
        HEAD,
        "|Klimatpåverkan från upphandlade|2,26 kg|||2,28 kg|1,6 kg||2025|",
        "|livsmedel|CO2 per|||CO2 per|CO2 per|||",
        "||kg<br>livsmedel|||kg<br>livsmedel|kg<br>livsmedel|||",
        "|Utfasade tvättlappar i|80 %|||81 %|90 %||VB|",
        "|plast|||||||2025|",
    )
    climate, cloths = tables["indicators"]
    assert (climate["name"], climate["value"]) == ("Klimatpåverkan från upphandlade livsmedel", 2.26)
    assert (cloths["name"], cloths["period"]) == ("Utfasade tvättlappar i plast", "VB 2025")


def test_a_group_label_cut_in_three_is_one(tmp_path: Path):
    form = (
        "|**Uppdelning**|**Klagomål/synpunkter/kategorier**|**Utfall T1**|**Utfall T2**|**Utfall VB**"
        "|**Totalt ack**|**Bedömning och planerade åtgärder**|\n|---|---|---|---|---|---|---|\n"
        "|Från vem har|Annan|1|||1||\n|klagomål eller|Anonym||2||2||\n"
        "|synpunkt inkommit?|Brukare/patient||||||\n"
    )
    rows = read_all(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", "\n", form)["complaints"]
    assert {row["group_raw"] for row in rows} == {"Från vem har klagomål eller synpunkt inkommit?"}
    assert {row["category_raw"] for row in rows} == {"Annan", "Anonym", "Brukare/patient"}


@pytest.mark.parametrize(
    "text",
    ["Alla går en kurs 2025-01-01 2025-06-30 i bemötande", "Sjukfrånvaro 5 % 6 % öka 2025 dag 1-14"],
)
def test_a_row_that_stands_as_running_text_is_said(tmp_path: Path, text: str):
    tables = read_all(tmp_path, text, "\n", HEAD, "|Aktivt Medskapandeindex|5 %|||6 %|7 %||2025|")
    said = [f["message"] for f in tables["findings"] if f["code"] == "left_over"]
    assert len(said) == 1 and text in said[0]
