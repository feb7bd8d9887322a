"""Tables whose columns white space tells: words that leave their columns, padded lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbdata.extract import read
from vbdata.extract.decode import to_lines
from vbdata.extract.document import Document, Table

HEAD = """\
Indikator                 Periodens   Utfall    Utfall     Utfall VB   Årsmål    KF:s      Period
                          utfall      män/      kvinnor/   2024                  årsmål
                                      pojkar    flickor
"""
SICK = "Sjukfrånvaro              5 %                              6 %         7 %       8 %       VB 2025\n"
SHORT = "Sjukfrånvaro dag 1-14     2 %                              3 %         4 %       5 %       VB 2025\n"


def document(text: str, folder: Path) -> Document:
    path = folder / "r.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def rows_of(text: str, folder: Path) -> list[tuple[str, ...]]:
    return [row.texts for b in document(text, folder).blocks if isinstance(b, Table) for row in b.rows]


FORM_HEAD = """\
Uppdelning             Klagomål/synpunkter/kategorier        Utfall  Utfall  Utfall  Totalt  Kommentar
                                                             T1 2025 T2 2025 VB 2025
"""


def test_a_status_as_analysis_ends_no_table(tmp_path: Path):
    rows = rows_of(HEAD + SICK + "Analys\nUppfylls helt.\n" + SHORT, tmp_path)
    assert [row[0] for row in rows[1:]] == ["Sjukfrånvaro", "Analys\nUppfylls helt.", "Sjukfrånvaro dag 1-14"]
    assert rows[3][1:] == ("2 %", "", "", "3 %", "4 %", "5 %", "VB 2025")


def test_the_year_of_a_title_is_not_the_next_title(tmp_path: Path):
    head = "Indikator                        Årsmål     KF:s årsmål år 2025     Periodicitet\n"
    rows = rows_of(
        head + "Sjukfrånvaro i hela enheten       7 %        Tas fram av nämnd       År\n", tmp_path
    )
    assert rows == [
        ("Indikator", "Årsmål", "KF:s årsmål år 2025", "Periodicitet"),
        ("Sjukfrånvaro i hela enheten", "7 %", "Tas fram av nämnd", "År"),
    ]


def test_the_year_under_a_title_is_not_the_next_column(tmp_path: Path):
    head = """\
Indikator            Periodens   Utfall   Utfall   Utfall  Årsmål         KF:s       Period
                     utfall      män/     kvinnor/ VB 2024                årsmål
                                 pojkar   flickor
"""
    row = "Sjukfrånvaro         81 %                          84 %    85 %           80 %       2025\n"
    assert rows_of(head + row, tmp_path)[1] == (
        "Sjukfrånvaro",
        "81 %",
        "",
        "",
        "84 %",
        "85 %",
        "80 %",
        "2025",
    )


def test_a_title_under_one_of_several_columns_is_its_columns(tmp_path: Path):
    text = """\
Indikator            Utfall                        Årsmål   Period
                     Årets     Utfall   Utfall
                     utfall    män      kvinnor
Väntetid i kassan    81 %      80 %     82 %       85 %     2025
"""
    (table,) = (block for block in document(text, tmp_path).blocks if isinstance(block, Table))
    assert table.columns is not None
    assert table.columns.fit(table.body[0].texts)["value"] == "81 %"


def test_dates_are_known_wherever_they_stand(tmp_path: Path):
    text = """\
Aktivitet                                Startdatum    Slutdatum     Avvikelse
Alla går en kurs i bemötande             2025-01-01    2025-06-30    X
Vi går igenom rutiner, scheman och raster 2025-02-01   2025-12-31
varje kvartal
Alla läser om reglerna för dokumentation 2025-03-01 2025-12-31
"""
    assert rows_of(text, tmp_path)[1:] == [
        ("Alla går en kurs i bemötande", "2025-01-01", "2025-06-30", "X"),
        ("Vi går igenom rutiner, scheman och raster varje kvartal", "2025-02-01", "2025-12-31", ""),
        ("Alla läser om reglerna för dokumentation", "2025-03-01", "2025-12-31", ""),
    ]


@pytest.mark.parametrize("period", ["VB 2025", "  VB 2025"])
def test_a_period_to_the_left_of_its_title_is_whole(tmp_path: Path, period: str):
    row = SICK.replace("8 %       VB 2025", f"8 %   {period}")
    assert rows_of(HEAD + row + SHORT, tmp_path)[1][-2:] == ("8 %", "VB 2025")


def test_blank_lines_between_rows_part_them(tmp_path: Path):
    text = f"""{HEAD}
Andel brukare som är
nöjd med sin insats -     81 %                             84 %        85 %      80 %      2025
Funktionsnedsättning

Analys

Det gick bra.

[png]Sjukfrånvaro         5 %                              6 %         7 %       8 %       2025
"""
    rows = rows_of(text, tmp_path)[1:]
    assert [row[0] for row in rows] == [
        "Andel brukare som är nöjd med sin insats - Funktionsnedsättning",
        "Analys\nDet gick bra.",
        "Sjukfrånvaro",
    ]


def test_rows_under_a_label_wider_than_its_column_are_not_of_the_group_above_or_said(tmp_path: Path):
    text = f"""{FORM_HEAD}\
  Från vem har klagomål, Annan (t.ex. okänd)
  synpunkt eller avvikelser
                         Brukare/patient                     1                       1
  inkommit?
                         Närstående (anhörig, god man, etc.) 2       3               5
"""
    assert rows_of(text, tmp_path)[1:] == [("", "Brukare/patient", "1", "", "", "1", "")]
    said = " ".join(doubt.detail for doubt in document(text, tmp_path).doubts)
    assert all(words in said for words in ("Annan (t.ex. okänd)", "inkommit? Närstående", "2 3 5"))


def test_a_label_over_several_lines_is_no_group_of_the_next_row(tmp_path: Path):
    text = f"""{FORM_HEAD}\
Beröm                  Antal beröm                           1                       1
Arbetsmiljö (ej        Bemötande                             2       1       1       4
incidenter
som rapporteras i IA)
Återkoppling           Antal klagomål där återkoppling har   2                       2
                       lämnats
"""
    assert [row[:3] for row in rows_of(text, tmp_path)[1:]] == [
        ("Beröm", "Antal beröm", "1"),
        ("Arbetsmiljö (ej incidenter som rapporteras i IA)", "Bemötande", "2"),
        ("Återkoppling", "Antal klagomål där återkoppling har lämnats", "2"),
    ]


def test_a_label_on_the_last_row_that_runs_into_its_category_is_said(tmp_path: Path):
    text = f"""{FORM_HEAD}\
Beröm                  Beröm                                 1                       1
Synpunkter och klagomål Bemötande                            2       1       1       4
"""
    assert rows_of(text, tmp_path)[1:] == []
    (doubt,) = document(text, tmp_path).doubts
    assert "Synpunkter och klagomål Bemötande 2 1 1 4" in doubt.detail


def test_two_values_in_one_column_are_left_out(tmp_path: Path):
    row = SICK.replace("6 %         7 %", "6 %      7 %   ")
    assert rows_of(HEAD + row + SHORT, tmp_path)[1][1:] == ("", "", "", "", "", "", "VB 2025")
    assert [doubt.code for doubt in document(HEAD + row + SHORT, tmp_path).doubts] == ["columns_uncertain"]


def test_a_soft_hyphen_that_is_printed_keeps_its_place() -> None:
    lines = to_lines("Åtgär\u00ad  9   1\nder vid\u00adtagna\u00ad")
    assert [line.text for line in lines] == ["Åtgär-  9   1", "der vidtagna-"]


def test_lines_padded_to_the_pages_width_are_read_by_their_words():
    padded = [f"   Sjukfrånvaro  {i} %".ljust(82) for i in range(40)]
    kept = to_lines("\n".join([*padded, *[" " * 82] * 10]))
    assert [line.text for line in kept] == [f"Sjukfrånvaro {i} %" for i in range(40)]
    aligned = [f"   Sjukfrånvaro  {i} %" for i in range(40)]
    assert [line.text for line in to_lines("\n".join(aligned))] == aligned


def test_a_period_that_wraps_is_whole(tmp_path: Path):
    row = SICK.replace("VB 2025", "VB") + " " * 89 + "2025\n"
    assert rows_of(HEAD + row + SHORT, tmp_path)[1] == (
        "Sjukfrånvaro",
        "5 %",
        "",
        "",
        "6 %",
        "7 %",
        "8 %",
        "VB 2025",
    )


def test_a_title_that_starts_above_its_dates_is_whole(tmp_path: Path):
    text = f"""{HEAD}Andel inköpta ekologiska
livsmedel i kronor        81 %      82 %      80 %         84 %        85 %      80 %      2025
Aktivt
Medskapandeindex          5 %                              6 %         7 %       8 %       2025

Enhetsmål: Alla trivs på jobbet

Aktivitet                                     Startdatum    Slutdatum     Avvikelse
Alla anställda ska gå en kurs i bemötande     2025-01-01    2025-06-30
Analys
Det gick bra.
Nämnden ska se över hur
enheterna arbetar med scheman och raster      2025-02-01    2025-12-31
under året
"""
    rows = rows_of(text, tmp_path)[-3:]
    assert [row[:2] for row in rows] == [
        ("Alla anställda ska gå en kurs i bemötande", "2025-01-01"),
        ("Analys\nDet gick bra.", ""),
        ("Nämnden ska se över hur enheterna arbetar med scheman och raster under året", "2025-02-01"),
    ]


def test_columns_hold_on_another_page_only_where_its_cells_start_as_the_headers_do(tmp_path: Path):
    row, other = "{:22} {:38}{:8}{:8}{:8}{}\n", "{:22} {:33}{:6}{:6}{:6}{}\n"
    names = ["Bemötande", "Kompetens", "Mat och måltider"]
    here = "".join(
        row.format("Avvikelse - SOL/LSS" if i == 1 else "", n, str(i), "", "", i)
        for i, n in enumerate(names, 1)
    )
    there = [("Beröm" if i == 1 else "", n, str(i), "", "", i) for i, n in enumerate(names, 1)]
    same = rows_of(f"{FORM_HEAD}{here}\f{''.join(row.format(*each) for each in there)}", tmp_path)
    assert [cells[2] for cells in same if cells[1] in names] == ["1", "2", "3", "1", "2", "3"]
    found = document(f"{FORM_HEAD}{here}\f{''.join(other.format(*each) for each in there)}", tmp_path)
    cells = [row.texts for b in found.blocks if isinstance(b, Table) for row in b.rows]
    assert [each[2] for each in cells if each[1] in names] == ["1", "2", "3"]
    assert [doubt.code for doubt in found.doubts] == ["left_over"] * 3


def test_words_after_the_dates_stand_under_their_own_title(tmp_path: Path):
    text = """\
Aktivitet                     Startdatum   Slutdatum    Avvikelse   Analys
Lära alla att plantera om     2025-01-01   2025-06-30               Kursen blev av i mars.
"""
    dates = ("2025-01-01", "2025-06-30")
    assert rows_of(text, tmp_path)[1] == ("Lära alla att plantera om", *dates, "", "Kursen blev av i mars.")


def test_a_title_over_rows_is_no_text_of_the_row_above(tmp_path: Path):
    rows = rows_of(HEAD + SICK + "Analys\nFler är friska.\nNämndens tal\n" + SHORT, tmp_path)
    assert [row[0] for row in rows[2:]] == [
        "Analys\nFler är friska.",
        "Nämndens tal",
        "Sjukfrånvaro dag 1-14",
    ]


def test_a_table_of_the_units_own_ends_the_one_above(tmp_path: Path):
    text = """\
Aktivitet                     Startdatum   Slutdatum    Avvikelse
Lära alla att plantera om     2025-01-01   2025-06-30
Analys
Kursen blev av i mars.

Pengar
Kostnad                       Utfall 2025  Utfall 2024
Krukor                        800          850
"""
    assert [row[0] for row in rows_of(text, tmp_path)[2:]] == ["Analys\nKursen blev av i mars."]


def test_a_long_text_in_a_column_of_its_own_is_of_its_row(tmp_path: Path):
    text = "\n".join([
        "Aktivitet              Startdatum   Slutdatum    Avvikelse   Analys",
        "Plantera om alla       2025-01-01   2025-06-30               Krukorna är bytta,",
        *[f"{'':61}och jorden likaså," for _ in range(14)],
        f"{'':61}i maj.",
        "Vattna                 2025-02-01   2025-07-31               Det går bra.",
    ])  # fmt: skip
    rows = rows_of(text, tmp_path)[1:]
    assert [(row[0], row[-1][-6:]) for row in rows] == [("Plantera om alla", "i maj."), ("Vattna", "r bra.")]
