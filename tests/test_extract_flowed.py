"""Reading text in which cells stand beside each other with single spaces, and empty ones leave no trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import report_text, tables_of
from vbdata.extract import read
from vbdata.extract.decode import Line
from vbdata.extract.document import Document, Table
from vbdata.extract.flowed import flowed_tables
from vbdata.extract.flowed.values import completed, placed, row_end
from vbdata.vocabulary import UNREAD

INDICATORS = """Indikator Perioden Utfall Utfall Utfall VB Årsmål KF:s Period
s utfall män/ kvinnor/ 2024 årsmål
pojkar flickor
"""
ACTIVITIES = "Aktivitet Startdatum Slutdatum Avvikelse\n"
FORM = """Uppdelning Klagomål/synpunkter/kategori Utfall Utfall Utfall Totalt Bedömning och
er T1 T2 VB ack planerade
2025 2025 2025 2025 åtgärder
"""


def document_of(text: str, folder: Path) -> Document:
    path = folder / "r.txt"
    path.write_text(report_text(text))
    return read(path)


def rows_of(text: str, folder: Path) -> list[tuple[str, ...]]:
    (found,) = [block for block in document_of(text, folder).blocks if isinstance(block, Table)]
    return [row.texts for row in found.rows[1:]]


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Sjukfrånvaro dag 1-14 2,9 % 3 % VB 2025", ("Sjukfrånvaro dag 1-14", ["2,9 %", "3 %"], "VB 2025")),
        (
            "Mat 1,4 kg CO2 per kg öka Tas fram 2025",
            ("Mat", ["1,4 kg CO2 per kg", "öka", "Tas fram"], "2025"),
        ),
        ("Nöjda År", ("Nöjda", [], "År")),
        ("Arbetet började redan i fjol", None),
    ],
)
def test_the_end_of_a_flowed_row(text: str, ended: tuple[str, list[str], str] | None) -> None:
    assert row_end(text) == ended


@pytest.mark.parametrize(
    ("values", "rest", "whole"),
    [
        (["3 %", "Tas fram"], ["av", "nämnd/sty", "relse"], ["3 %", "Tas fram av nämnd/styrelse"]),
        (["3 %", "Tas fram"], ["av", "alla"], None),
        (
            ["1,6 kg CO2", "1,5 kg CO2 per kg"],
            ["per", "kg", "livsmedel", "livsmedel"],
            ["1,6 kg CO2 per kg livsmedel", "1,5 kg CO2 per kg livsmedel"],
        ),
    ],
)
def test_values_that_wrap_are_completed_by_the_letters_that_they_lack(
    values: list[str], rest: list[str], whole: list[str] | None
) -> None:
    assert completed(values, rest) == whole


@pytest.mark.parametrize(
    ("values", "named", "sure"),
    [
        (["88 %", "80 %"], False, True),
        (["88 %"], False, False),
        (["100", "90 %"], True, True),
        (["2030", "90 %"], False, False),  # may be the end of a name
        (["1", "234"], True, False),  # may be one number
    ],
)
def test_as_many_values_as_columns_are_placed(values: list[str], named: bool, sure: bool) -> None:
    assert placed(values, 2, named=named) is sure


def test_a_flowed_row_with_a_value_for_each_column_is_read(tmp_path: Path) -> None:
    row = "Andel brukare som är nöjd 93 % 92 % 94 % 90 % 85 % 80 % 2025\nmed sin hemtjänst i kommunen\n"
    name = "Andel brukare som är nöjd med sin hemtjänst i kommunen"
    assert rows_of(INDICATORS + row, tmp_path) == [
        (name, "93 %", "92 %", "94 %", "90 %", "85 %", "80 %", "2025")
    ]


def test_flowed_values_whose_columns_cannot_be_known_are_left_out_with_a_doubt(tmp_path: Path) -> None:
    row = "Andel inköpta ekologiska 66,9 % 70 % Tas fram VB\nlivsmedel i kronor av 2025\nnämnd\n"
    document = document_of(INDICATORS + row, tmp_path)
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    name = "Andel inköpta ekologiska livsmedel i kronor"
    assert found.rows[1].texts == (name, "", "", "", "", "", "", "VB 2025")
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]


def test_a_flowed_title_goes_on_below_its_dates_and_over_a_page_break(tmp_path: Path) -> None:
    text = (
        "✓ Nämnden öppnar sina lokaler 2025-01-01 2025-06-30 X\npå lördagar\nAnalys\nDet gick bra.\n"
        f"{ACTIVITIES}Hela texten finns hos enheten.\nEnheterna bjuder in 2024-09-01 2025-12-31\ngrannar\n"
    )
    read_rows = tables_of(report_text(INDICATORS + "Sjukfrånvaro 8 % 2025\n" + ACTIVITIES + text), tmp_path)
    found = [(row["title"], str(row["start"]), row["analysis"]) for row in read_rows["activities"]]
    assert found == [
        (
            "Nämnden öppnar sina lokaler på lördagar",
            "2025-01-01",
            "Det gick bra. Hela texten finns hos enheten.",
        ),
        ("Enheterna bjuder in grannar", "2024-09-01", None),
    ]


def test_a_flowed_row_that_wraps_as_a_whole_is_put_together(tmp_path: Path) -> None:
    text = (
        "   Aktivitet Startdatum Slutdatum\n   Avvikelse\n"
        "   Nämnden öppnar sina lokaler\n   2025-01-01 2025-06-30 X\n"
        "   Enheterna bjuder in grannar\n   till kaffe 2024-09-01\n   2025-12-31\n"
    )
    path = tmp_path / "r.txt"
    path.write_text(text)
    (found,) = [block for block in read(path).blocks if isinstance(block, Table)]
    assert [row.texts for row in found.rows[1:]] == [
        ("Nämnden öppnar sina lokaler", "2025-01-01", "2025-06-30", "X"),
        ("Enheterna bjuder in grannar till kaffe", "2024-09-01", "2025-12-31", ""),
    ]


LOST = (UNREAD, UNREAD, UNREAD)
FORM_ROWS = """Avvikelse - SOL/LSS Annat 1 1 2 Ett ärende är
överlämnat.
Fysisk miljö, utrustning och 1 0 3 4
teknik
Personuppgiftsinci Hantering av personuppgifter
denter
Synpunkter och Annat (ange vad i 2 2
klagomål - som gäller rapporteringsvyn)
verksamhet och Bemötande
personal
"""


def test_a_flowed_form_keeps_what_every_row_tells(tmp_path: Path) -> None:
    assert rows_of(FORM + FORM_ROWS, tmp_path) == [
        ("Avvikelse - SOL/LSS", "Annat", *LOST, "2", "Ett ärende är överlämnat."),
        ("", "Fysisk miljö, utrustning och teknik", "1", "0", "3", "4", ""),
        ("Personuppgiftsinci denter", "Hantering av personuppgifter", "", "", "", "", ""),
        (
            "Synpunkter och klagomål - som gäller verksamhet och personal",
            "Annat (ange vad i rapporteringsvyn)", *LOST, "2", "",
        ),
        ("", "Bemötande", "", "", "", "", ""),
    ]  # fmt: skip


def test_totals_of_a_flowed_form_are_left_out_where_some_row_does_not_end_in_its_sum(tmp_path: Path) -> None:
    document = document_of(FORM + FORM_ROWS + "Fråga/idé 3\n", tmp_path)
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [row.texts[5] for row in found.rows[1:]] == [UNREAD, "4", "", UNREAD, "", UNREAD]
    assert sum(doubt.code == "columns_uncertain" for doubt in document.doubts) == 3


def test_a_comment_that_starts_with_a_number_makes_the_counts_before_it_unsure(tmp_path: Path) -> None:
    rows = FORM_ROWS.replace("1 1 2 Ett ärende är", "1 1 2 ärenden är")
    assert rows_of(FORM + rows, tmp_path)[0][2:6] == (*LOST, UNREAD)


def test_pipes_that_a_converter_puts_around_some_lines_of_a_table_do_not_part_it(tmp_path: Path) -> None:
    text = (
        "Uppdelning Klagomål/synpunkter/kategori Utfall  Utfall Utfall Totalt Bedömning och\n"
        "|  | er | T1 T2 | VB ack | planerade |\n| --- | --- | --- | --- | --- |\n"
        "|  |  | 2025 2025 | 2025 2025 | åtgärder |\n"
        "| Avvikelse -  | Annat  | 3 0 | 1 4 |  |\n| --- | --- | --- | --- | --- |\nSOL/LSS\n"
    )
    assert rows_of(text, tmp_path) == [("Avvikelse - SOL/LSS", "Annat", "3", "0", "1", "4", "")]


def test_a_dot_leader_that_wraps_belongs_to_the_contents(tmp_path: Path) -> None:
    entries = [
        f"   {word}\n   avsnittet .............\n   ....................\n   {'.' * 3 * page} {page}\n"
        for page, word in enumerate(["Ett", "Två", "Tre", "Fyra", "Fem", "Sex"], 3)
    ]
    goal = (
        "   Nämndmål: Alla har en plan\n   som de har skrivit\n   själva .......................\n   ... 9\n"
    )
    text = (
        "   Innehållsförteckning\n\n" + "\n".join([*entries, goal]) + "\n   Inledning\n\n   Det var ett år.\n"
    )
    path = tmp_path / "r.txt"
    path.write_text(text)
    assert not any("Nämndmål" in getattr(block, "text", "") for block in read(path).blocks)


def test_what_goes_on_is_no_new_row_of_a_flowed_form(tmp_path: Path) -> None:
    rows = (
        "Avvikelse - SOL/LSS Annat 1 1\nSynpunkter och Annat (ange vad i rapporteringsvyn)\n"
        "klagomål - som gäller\nBemötande 1 1\nverksamhet och personal\n"
    )
    assert [row[:2] for row in rows_of(FORM + rows, tmp_path)] == [
        ("Avvikelse - SOL/LSS", "Annat"),
        (
            "Synpunkter och klagomål - som gäller verksamhet och personal",
            "Annat (ange vad i rapporteringsvyn)",
        ),
        ("", "Bemötande"),
    ]


def test_white_space_that_a_converter_only_imitates_tells_no_columns(tmp_path: Path) -> None:
    lines = [
        "Indikator        Perioden Utfall Utfall Utfall VB Årsmål KF:s Period",
        "                 s utfall män/ kvinnor/ 2024   årsmål",
        "                          pojkar flickor",
        "Sjukfrånvaro     8 %             7 %    9 %           VB 2025",
        *["Vi har arbetat vidare under året med det som vi har börjat med." for _ in range(30)],
    ]
    path = tmp_path / "r.txt"
    path.write_text("\n".join(f"   {line}".ljust(82) for line in lines))
    document = read(path)
    (found,) = [block for block in document.blocks if isinstance(block, Table)]
    assert found.rows[1].texts == ("Sjukfrånvaro", "", "", "", "", "", "", "VB 2025")
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]


def test_a_table_ends_after_its_header_where_both_came_of_one_line() -> None:
    prose = "Under året har enheten arbetat vidare med planering och uppföljning tillsammans med alla boende."
    head = [Line(7, text) for text in INDICATORS.splitlines()]
    lines = [
        *head,
        Line(7, prose),
        Line(8, "Sjukfrånvaro 7 % 7 % 2025"),
        Line(9, "och ett namn som går vidare"),
    ]
    found, _ = flowed_tables(lines, {})
    assert all(after > start for start, (_, after) in found.items())
    assert found


def test_headers_of_which_each_ends_at_once_make_no_table_of_rows() -> None:
    lines = [
        Line(1, "Aktivitet"),
        Line(2, "Startdatum"),
        Line(3, "Slutdatum"),
        Line(4, "Enhetsmål: Alla trivs"),
    ]
    found, _ = flowed_tables(lines, {})
    assert all(len(table.rows) == 1 for table, _ in found.values())
