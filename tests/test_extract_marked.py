"""Markdown that PyMuPDF4LLM makes of PDFs: lines glued together, cells cut at others' columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import report_text, tables_of
from vbdata.extract import read
from vbdata.extract.decode import Line
from vbdata.extract.document import Table
from vbdata.extract.glued import parted

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


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("## **Enhetsmål: Alla trivs** Uppfylls helt", ["## **Enhetsmål: Alla trivs**", "Uppfylls helt"]),
        ("Maten är god. **Enhetsmål: Alla trivs**", ["Maten är god.", "**Enhetsmål: Alla trivs**"]),
        ("### **Enhetsmål: Alla trivs Analys**", ["### **Enhetsmål: Alla trivs**", "### **Analys**"]),
        ("### **Enhetsmål: Alla trivs Inga data**", ["### **Enhetsmål: Alla trivs**", "Inga data"]),
        (
            "## **Sammanfattande analys Enhetsmål: Alla trivs**",
            ["## **Sammanfattande analys**", "## **Enhetsmål: Alla trivs**"],
        ),
        (
            "# Ingen angiven   Sjöviks stadsdelsnämnd **Verksamhetsplan 2025**",
            ["Ingen angiven   Sjöviks stadsdelsnämnd", "# **Verksamhetsplan 2025**"],
        ),
        (
            "Tjänsteutlåtande Dnr: SJ 2024/1 Handläggare Till Sjöviks stadsdelsnämnd Verksamhetsplan 2025",
            [
                "Tjänsteutlåtande Dnr: SJ 2024/1 Handläggare Till Sjöviks stadsdelsnämnd",
                "Verksamhetsplan 2025",
            ],
        ),
        ("Vi skrev **Enhetsmål: Alla trivs** på tavlan.", ["Vi skrev **Enhetsmål: Alla trivs** på tavlan."]),
        ("**Analys** Alla trivs.", ["**Analys** Alla trivs."]),
        ("|**Enhetsmål: Alla trivs**|Uppfylls helt|", ["|**Enhetsmål: Alla trivs**|Uppfylls helt|"]),
    ],
)
def test_a_line_that_holds_two_of_the_page_is_parted(line: str, expected: list[str]):
    assert [each.text for each in parted([Line(7, line)])] == expected
    assert {each.number for each in parted([Line(7, line)])} == {7}


def test_a_title_goes_on_after_a_page_break_with_another_mark(tmp_path: Path):
    text = "**Enhetsmål: Alla trivs på jobbet och vill stanna och**\n\n#### **utvecklas**\n\nUppfylls helt\n"
    goals = tables_of(report_text(text, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|"), tmp_path, "r.md")[
        "goals"
    ]
    assert (goals[-1]["title"], goals[-1]["status"]) == (
        "Alla trivs på jobbet och vill stanna och utvecklas",
        "met",
    )


def test_a_cover_on_one_line_says_its_board_and_number(tmp_path: Path):
    cover = "Tjänsteutlåtande Dnr: SJ 2025/17 2026-01-20 Handläggare   Till Ingen   Sjöviks stadsdelsnämnd"
    text = f"{cover} **Verksamhetsberättelse 2025**\n\nEnheten Granbackens gruppbostad\n"
    tables = tables_of(report_text(HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", cover=text), tmp_path, "r.md")
    report = tables["reports"][0]
    assert (report["unit_name"], report["board"]) == ("Granbackens gruppbostad", "Sjöviks stadsdelsnämnd")
    assert (report["dnr"], str(report["date"])) == ("SJ 2025/17", "2026-01-20")


# ----------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    "rows",
    [
        ["|**Analys**<br>Tolv av 25|har prov|at cykeln h|ittills.|||||"],
        ["|**Ana**<br>Tol|**lys**<br>v av 25|har prov|at cykeln h|ittills.||||"],
        ["|**Analys**||||||||", "|Tolv av 25|har prov|at cykeln h|ittills.|||||"],
    ],
)
def test_an_analysis_cut_at_the_columns_is_whole_again(tmp_path: Path, rows: list[str]):
    found = rows_of(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", *rows)
    assert (
        " ".join(" ".join(row).strip() for row in found[2:])
        == "Analys Tolv av 25 har provat cykeln hittills."
    )


def test_a_word_that_the_text_has_elsewhere_tells_where_a_space_was(tmp_path: Path):
    prose = "Alla på huset åkte med bussen hem.\n"
    (*_, row) = rows_of(tmp_path, prose, HEAD, "|**Analys**<br>Vi åkte med|bussen he|m ti|llsammans.|||||")
    assert row[0] == "Analys Vi åkte med bussen hem tillsammans."


def test_an_analysis_in_the_cells_of_its_row_leaves_the_values(tmp_path: Path):
    row = "|Sjukfrånvaro<br>**Analys**<br>Fler bl|5 %<br>ev frisk|a i fjol.|||7 %|Tas fram<br>av nämnd|2025|"
    assert rows_of(tmp_path, HEAD, row)[1:] == [
        ("Sjukfrånvaro", "5 %", "", "", "", "7 %", "Tas fram av nämnd", "2025"),
        ("Analys Fler blev friska i fjol.", "", "", "", "", "", "", ""),
    ]


def test_a_number_among_the_words_of_an_analysis_is_no_value(tmp_path: Path):
    row = "|Sjukfrånvaro<br>**Analys**<br>Det gäller|5 %<br>bara|12|av oss.||7 %||2025|"
    tables = read_all(tmp_path, HEAD, row)
    (indicator,) = tables["indicators"]
    assert (indicator["name"], indicator["value"], indicator["value_men"], indicator["target"]) == (
        "Sjukfrånvaro", None, None, None,
    )  # fmt: skip
    assert "columns_uncertain" in {finding["code"] for finding in tables["findings"]}


def test_a_header_with_the_rest_of_the_page_before_is_parted(tmp_path: Path):
    head = (
        "|**Anal**<br>Fl|**Indikator**<br>**ys**<br>er blev fris|**Perioden**<br>**s utfall**<br>ka."
        "|**Utfall**<br>**män/**"
        "|**Utfall**<br>**kvinnor/**|**Utfall VB**|**Årsmål**|**KF:s**<br>**årsmål**|**Period**|\n"
        "|---|---|---|---|---|---|---|---|---|"
    )
    first, second = rows_of(tmp_path, head)
    assert first[1:3] == ("Indikator", "Perioden s utfall")
    assert second[0] == "Analys Fler blev friska."


def test_a_header_over_several_rows_is_one(tmp_path: Path):
    head = (
        "|**Indikator**|**Årsmål**|**KF:s årsmål år**|**Periodicite**|\n|---|---|---|---|\n|||**2025**|**t**|"
    )
    rows = rows_of(tmp_path, head, "|Sjukfrånvaro|7 %|8 %|År|")
    assert rows == [
        ("Indikator", "Årsmål", "KF:s årsmål år 2025", "Periodicite t"),
        ("Sjukfrånvaro", "7 %", "8 %", "År"),
    ]


def test_two_titles_in_one_cell_are_two_columns(tmp_path: Path):
    head = "|**Aktivitet**<br>**Startdatum**|**Slutdatum**|**Avvikelse**|\n|---|---|---|"
    rows = rows_of(tmp_path, head, "|Alla går en<br>kurs<br>2025-01-01|2025-06-30|X|")
    assert rows[1] == ("Alla går en kurs", "2025-01-01", "2025-06-30", "X")


def test_a_header_under_the_columns_of_another_table_has_its_own(tmp_path: Path):
    head = "|**Aktivitet**|||**Start**|**datum**|**Slutdatum**|**Avv**|**ikelse**|"
    row = "|Alla anställ|da går en k|urs|2025|-01-01|2025-06-30|||"
    tables = read_all(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", head, row)
    (activity,) = tables["activities"]
    assert (activity["title"], str(activity["start"]), str(activity["end"])) == (
        "Alla anställda går en kurs", "2025-01-01", "2025-06-30",
    )  # fmt: skip
    assert [row["name"] for row in tables["indicators"]] == ["Sjukfrånvaro"]


def test_a_header_whose_titles_share_a_cell_leaves_only_the_first_column(tmp_path: Path):
    head = "|**Aktivitet**|||**Sta**|**rtdatum**|**Slutdat**|**um**<br>**Avv**|**ikelse**|"
    row = "|Alla anställda|går en k|urs|202|5-01-01|2025-06|-30||"
    tables = read_all(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", head, row)
    (activity,) = tables["activities"]
    assert (activity["start"], activity["end"], activity["deviation"]) == (None, None, False)
    assert "columns_uncertain" in {finding["code"] for finding in tables["findings"]}


# ------------------------------------------------------------------------------------------ rows


def test_a_row_that_has_lost_columns_has_no_values(tmp_path: Path):
    short = "|Sjukfrånvaro dag 1-14<br>2,8 %|3 %|Tas fram<br>av nämnd|VB 2025|\n|---|---|---|---|"
    tables = read_all(tmp_path, HEAD, "|Sjukfrånvaro|5 %|||6 %|7 %||2025|", "\n", short)
    lost = tables["indicators"][1]
    assert (lost["name"], lost["period"]) == ("Sjukfrånvaro dag 1-14", "VB 2025")
    assert {lost[f] for f in ("value", "value_men", "value_women", "value_previous", "target")} == {None}
    assert [finding["code"] for finding in tables["findings"]].count("columns_uncertain") == 1


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


def test_a_header_with_two_titles_in_a_later_cell_has_no_columns(tmp_path: Path):
    head = (
        "|**Indikator**|**Periodens utfall**|**Utfall män/pojkar**|**Utfall**<br>**kvinnor/**<br>**flickor**"
        "<br>**Utfall**<br>**VB 2024**|**Årsmål**|**KF:**<br>**års**|**s**<br>**mål**|**Period**|\n"
        "|---|---|---|---|---|---|---|---|"
    )
    tables = read_all(
        tmp_path,
        head,
        "|Sjukfrånvaro|64 %||67 %|90 %|||2025|",
        "\n",
        ACTIVITIES,
        "|A|2025-01-01|2025-06-30||",
    )
    assert [row for row in tables["indicators"] if row["value"] is not None] == []
    assert "columns_uncertain" in {finding["code"] for finding in tables["findings"]}
