"""Parsing: cover, goal tree, rows, the complaint form. One test per layout bug, named after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import factories as make
from tests.factories import (
    ACTIVITY_HEAD,
    COVER,
    FORM_HEAD,
    GOALS,
    INDICATOR_HEAD,
    SICK,
    report_text,
    table,
)
from vbdata.errors import NotAReportError
from vbdata.extract import read
from vbdata.extract.document import Cell, Place, Row, Table
from vbdata.extract.headers import columns_of
from vbdata.extract.parts import guessed_columns, with_columns
from vbdata.parse import Report, parse
from vbdata.vocabulary import UNREAD

UNIT = "Enhetsmål: Alla trivs\n\nUppfylls helt\n"
FORM = table(FORM_HEAD, "Beröm\tBeröm\t4\t\t2\t6\t")


def parsed(text: str, folder: Path) -> Report:
    path = folder / "r.txt"
    path.write_text(text, encoding="utf-8")
    return parse(read(path))


def row(*texts: str) -> Row:
    return Row(tuple(Cell(text, Place(1)) for text in texts), Place(1))


# ------------------------------------------------------------------------------ cover


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        (
            "Verksamhetsberättelse 2025\nEnheten Granbackens gruppbostad\n",
            ("VB", 2025, "Granbackens gruppbostad"),
        ),
        (
            "## **Verksamhetsberättelse VB 2025 för Granbackens gruppbostad**\n",
            ("VB", 2025, "Granbackens gruppbostad"),
        ),
        (
            "Verksamhetsplan 2025\n**Enheten Granbackens\ngruppbostad**\n",
            ("VP", 2025, "Granbackens gruppbostad"),
        ),
        ("Granbackens gruppbostad\n\nVerksamhetsplan 2024\n", ("VP", 2024, "Granbackens gruppbostad")),
        ("Verksamhetsberättelse Granbackens gruppbostad 2025\n", ("VB", 2025, "Granbackens gruppbostad")),
        (
            "Verksamhetsplan 2025\nGranbackens dagliga\nverksamhet\n",
            ("VP", 2025, "Granbackens dagliga verksamhet"),
        ),
        (
            "Avdelningen för omsorg\n\nVerksamhetsplan 2025\n\nBT 2025/3\n\nEnheten Granbacken\n",
            ("VP", 2025, "Granbacken"),
        ),
        ("Tertialrapport 2 2025\nEnheten Granbacken\n", ("T2", 2025, "Granbacken")),
        (
            "Verksamhetsberättelse 2023  \nEnheten Granbackens grupp- och \nservicebostäder  \n",
            ("VB", 2023, "Granbackens grupp- och servicebostäder"),
        ),
    ],
)
def test_titles(cover: str, expected: tuple[str, int, str], tmp_path: Path) -> None:
    found = parsed(report_text(table(INDICATOR_HEAD, SICK), cover=cover), tmp_path).cover
    assert (found.kind, found.year, found.unit_name) == expected


def test_cover_fields_without_the_names_of_officials(tmp_path: Path) -> None:
    cover = (
        "Handläggare  Till\nAnna Björk & Bo Ek Björkviks stadsdelsnämnd\nTelefon: 08-000\n\nDnr: BT 2025/17\n"
        "2026-01-20\n\nVerksamhetsberättelse 2025\nEnheten Granbacken\n\n"
        "Innehållsförteckning\nInledning ... 2\n\n"
        "Inledning\n\nVi har haft ett bra år.\n"
    )
    report = parsed(report_text(table(INDICATOR_HEAD, SICK), cover=cover), tmp_path)
    assert (report.cover.board, report.cover.dnr, report.cover.date_raw) == (
        "Björkviks stadsdelsnämnd",
        "BT 2025/17",
        "2026-01-20",
    )
    assert "Anna" not in repr(report)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Det var en gång en get.\n", "varken en verksamhetsberättelse"),
        ("Verksamhetsberättelse 2025\nEnheten Granbacken\n\nText.\n", "inga mål"),
        (COVER + GOALS, "inga tabeller"),
        ("Verksamhetsplan 2025\n\n" + GOALS, "vilken enhet"),
    ],
)
def test_what_is_no_report_says_why(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(NotAReportError, match=problem):
        parsed(text, tmp_path)


def test_goals_are_kept_where_every_table_under_them_is_said_to_be_a_strange_one(tmp_path: Path) -> None:
    report = parsed(report_text("| Rum | Bord |\n|---|---|\n| Ett | Två |\n"), tmp_path)
    assert len(report.goals) == 2 and not report.indicators
    assert [doubt.code for doubt in report.doubts] == ["unknown_header"]


# ------------------------------------------------------------------------------ goals


def test_goal_tree_and_statuses(tmp_path: Path) -> None:
    text = report_text(
        "Nämndmål: Alla mår bra\n\n— Ingen\n",
        "*Enhetsmål: Öka trivseln*\n\n■ Uppfylls inte\n",
        "Nämndmål: Två\n",
        table(INDICATOR_HEAD, SICK),
    )
    goals = parsed(text, tmp_path).goals
    assert [(g.level, g.code, g.parent, g.status_raw) for g in goals] == [
        ("direction", "1", None, "Inga data"),
        ("area", "1.3", 1, "Inga data"),
        ("board", None, 2, "Ingen"),
        ("unit", None, 3, "Uppfylls inte"),
        ("board", None, 2, None),
    ]


def test_status_words_in_an_analysis_are_no_status(tmp_path: Path) -> None:
    text = report_text("Enhetsmål: Alla trivs\n\nAnalys\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    assert parsed(text, tmp_path).goals[-1].status_raw is None


def test_status_on_the_headings_own_line(tmp_path: Path) -> None:
    text = report_text("Enhetsmål: Alla trivs — Uppfylls delvis\n", table(INDICATOR_HEAD, SICK))
    goal = parsed(text, tmp_path).goals[-1]
    assert (goal.title_raw, goal.status_raw) == ("Alla trivs", "Uppfylls delvis")


def test_rows_after_the_goal_tree_stand_under_no_goal_of_theirs(tmp_path: Path) -> None:
    text = report_text(UNIT, table(INDICATOR_HEAD, SICK), "Uppföljning av ekonomi\n\nBudgeten höll.\n")
    report = parsed(text, tmp_path)
    assert report.indicators[0].goal == 3
    assert [(p.section, p.goal) for p in report.passages] == [("economy", None)]


# ------------------------------------------------------------------------------ layouts


@pytest.mark.parametrize(
    ("texts", "layout", "first"),
    [
        (INDICATOR_HEAD.split("\t"), "indicators_vb", 0),
        (["", *INDICATOR_HEAD.split("\t")], "indicators_vb", 1),
        (["Indikator", "Årsmål", "KF:s årsmål år 2025", "Periodicitet"], "indicators_vp", 0),
        (
            [
                "ndikator",
                "Periodens utfall",
                "Utfall män pojkar",
                "Utfall kvinnor",
                "Utfall VB 2024",
                "rsml",
                "KF:s rsml",
                "Period",
            ],
            "indicators_vb",
            0,
        ),
        (
            ["Indikator", "Utfall", "Varav män", "Varav kvinnor", "Fg år", "Årsmål", "KF:s mål", "Period"],
            "indicators_vb",
            0,
        ),
        (ACTIVITY_HEAD.split("\t"), "activities_vb", 0),
        (["Aktivitet", "Startdatum", "Slutdatum"], "activities_vp", 0),
        (FORM_HEAD.split("\t"), "complaints_2025", 0),
        (
            [
                "Uppdelning",
                "Klagomål/synpunkter/kategori er",
                "Utfall T1",
                "Utfall T2",
                "Utfall VB",
                "Totalt ack. Utfall",
                "Sammanfattning och planerade åtgärder",
            ],
            "complaints_2023",
            0,
        ),
    ],
)
def test_headers(texts: list[str], layout: str, first: int) -> None:
    found = columns_of(texts)
    assert found is not None and found.layout.code == layout and found.first == first
    assert set(found.at) == set(found.layout.fields)


@pytest.mark.parametrize(
    "texts",
    [
        SICK.split("\t"),
        ["Analys", "", "", ""],
        ["Utbilda", "2025-01-01", "2025-12-31", ""],
        ["År", "Kronor", "Avvikelse"],
        ["Mått", "Kvinnor", "Verkstad", "Lokal"],  # no "Mäts", which is spelt nearly so
    ],
)
def test_data_rows_are_no_headers(texts: list[str]) -> None:
    assert columns_of(texts) is None


def test_a_table_that_lost_its_header_is_told_by_its_cells() -> None:
    assert guessed_columns([row("Utbilda", "2025-01-01", "2025-12-31", "")]).layout.code == "activities_vb"
    assert guessed_columns([row(*SICK.split("\t"))]).layout.code == "indicators_vb"
    assert guessed_columns([row("Kostnad", "100", "200")]) is None


# ------------------------------------------------------------------------------ rows


def test_table_cut_by_page_break_repeats_its_header(tmp_path: Path) -> None:
    text = report_text(
        UNIT,
        table(INDICATOR_HEAD, SICK),
        table(INDICATOR_HEAD, "Utfasade tvättlappar i plast\t100\t\t\t\t90 %\t\tVB 2025"),
    )
    assert [i.name_raw for i in parsed(text, tmp_path).indicators] == [
        "Sjukfrånvaro",
        "Utfasade tvättlappar i plast",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (SICK, "<b>Analys</b> Frånvaron minskar.\t\t\t\t\t\t\t"),
        (SICK, "<p><b>Analys</b></p> <p>Frånvaron minskar.</p>\t\t\t\t\t\t\t"),
        (SICK, "Analys\t\t\t\t\t\t\t", "Frånvaron minskar.\t\t\t\t\t\t\t"),
        (SICK, "Kommentar:\t\t\t\t\t\t\t", "Frånvaron minskar.\t\t\t\t\t\t\t"),
        (SICK, "", INDICATOR_HEAD, "<b>Analys</b>\t\t\t\t\t\t\t", "Frånvaron minskar.\t\t\t\t\t\t\t"),
        (SICK, "<b>Analys</b>\t\t\t\t\t\t\t", "", INDICATOR_HEAD, "Frånvaron minskar.\t\t\t\t\t\t\t"),
    ],
)
def test_analysis_rows_before_and_after_a_page_break(rows: tuple[str, ...], tmp_path: Path) -> None:
    (indicator,) = parsed(report_text(UNIT, table(INDICATOR_HEAD, *rows)), tmp_path).indicators
    assert indicator.analysis == "Frånvaron minskar."


def test_empty_analysis_is_not_a_missing_one(tmp_path: Path) -> None:
    text = report_text(
        UNIT,
        table(INDICATOR_HEAD, SICK, "Analys\t\t\t\t\t\t\t", SICK.replace("frånvaro", "frånvaro dag 1-14")),
    )
    assert [i.analysis for i in parsed(text, tmp_path).indicators] == ["", None]


def test_indicator_name_cut_by_page_break(tmp_path: Path) -> None:
    first, rest = (
        "Andel inköpta ekologiska\t52,87 %\t\t\t\t70 %\t70 %\t2025",
        "livsmedel i kronor\t\t\t\t\t\t\t",
    )
    (indicator,) = parsed(
        report_text(UNIT, table(INDICATOR_HEAD, first, "", INDICATOR_HEAD, rest)), tmp_path
    ).indicators
    assert indicator.name_raw == "Andel inköpta ekologiska livsmedel i kronor"
    assert indicator.value_raw == "52,87 %"


def test_cell_cut_by_page_break(tmp_path: Path) -> None:
    rest = "\t\t\t\t\t\tnämnd/styrelse\t"
    text = report_text(
        UNIT, table(INDICATOR_HEAD, SICK.replace(" nämnd/styrelse", ""), "", INDICATOR_HEAD, rest)
    )
    assert parsed(text, tmp_path).indicators[0].council_target_raw == "Tas fram av nämnd/styrelse"


def test_period_that_wraps_into_a_row_of_its_own(tmp_path: Path) -> None:
    rest = "\t\t\t\t\t\t\t2025"
    text = report_text(UNIT, table(INDICATOR_HEAD, SICK.replace("VB 2025", "VB"), rest))
    (indicator,) = parsed(text, tmp_path).indicators
    assert indicator.period_raw == "VB 2025"


def test_extra_icon_column_shifts_nothing(tmp_path: Path) -> None:
    text = report_text(UNIT, table(INDICATOR_HEAD, f"●\t{SICK}", SICK.replace("8,6", "9,6")))
    assert [i.value_raw for i in parsed(text, tmp_path).indicators] == ["8,6 %", "9,6 %"]


def test_activity_text_without_dates_goes_on_from_the_row_before(tmp_path: Path) -> None:
    rows = (
        "Stadsdelsnämnden ska utveckla\t2025-01-01\t2025-12-31\t",
        "stödet till anhöriga\t\t\t",
        "<b>Analys</b>\t\t\t",
        "",
        ACTIVITY_HEAD,
        "Vi har ordnat träffar.\t\t\t",
        "✓ Utbilda alla\t2024-12-31\t2025-12-30\tX",
    )
    first, second = parsed(report_text(UNIT, table(ACTIVITY_HEAD, *rows)), tmp_path).activities
    assert (first.title_raw, first.analysis) == (
        "Stadsdelsnämnden ska utveckla stödet till anhöriga",
        "Vi har ordnat träffar.",
    )
    assert (second.title_raw, second.mark_raw, second.deviation_raw) == ("Utbilda alla", "✓", "X")


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (ACTIVITY_HEAD, "Utbilda alla\t\t2025-01-01\t2025-12-31"),
        ("Indikator\tUtfall\tÅrsmål\tKF:s årsmål", "Sjukfrånvaro\t8 %\tVB 2025\t"),
    ],
)
def test_a_row_whose_cells_stand_beside_their_columns_is_left_out_and_said(
    head: str, row: str, tmp_path: Path
) -> None:
    report = parsed(report_text(UNIT, table(INDICATOR_HEAD, SICK), table(head, row)), tmp_path)
    assert (len(report.indicators), report.activities) == (1, ())
    assert [d.code for d in report.doubts] == ["cell_moved"]


def test_the_same_activity_twice_is_kept_twice(tmp_path: Path) -> None:
    same = "Utbilda alla\t2025-01-01\t2025-12-31\t"
    assert len(parsed(report_text(UNIT, table(ACTIVITY_HEAD, same, same)), tmp_path).activities) == 2


# ------------------------------------------------------------------------------ complaints


def form(folder: Path, *rows: str) -> list[tuple[str, ...]]:
    report = parsed(report_text(UNIT, table(INDICATOR_HEAD, SICK), table(FORM_HEAD, *rows)), folder)
    return [
        (c.group_raw, c.category_raw, c.t1_raw, c.t2_raw, c.vb_raw, c.total_raw) for c in report.complaints
    ]


def test_merged_group_labels_stand_once(tmp_path: Path) -> None:
    rows = form(tmp_path, "Avvikelse - SOL/LSS\tAnnat\t\t1\t\t1\t", "\tBemötande\t\t\t\t\t")
    assert [r[0] for r in rows] == ["Avvikelse - SOL/LSS"] * 2
    assert rows[1][2:] == ("", "", "", "")


def test_category_cut_by_page_break(tmp_path: Path) -> None:
    group = "Avvikelse enligt SOL/LSS - Vem har identifierat avvikelsen?"
    rows = form(
        tmp_path,
        f"{group}\tMedarbetare (inom den egna\t1\t\t\t1 st\t",
        "",
        FORM_HEAD,
        "\tverksamheten/enheten)\t\t\t\t\t",
        "<b>Beröm</b>\tBeröm\t4\t\t2\t6\t",
    )
    assert rows == [
        (group, "Medarbetare (inom den egna verksamheten/enheten)", "1", "", "", "1 st"),
        ("Beröm", "Beröm", "4", "", "2", "6"),
    ]


def test_group_label_cut_by_page_break(tmp_path: Path) -> None:
    rows = form(
        tmp_path,
        "Synpunkter och klagomål - som gäller\tBemötande\t1\t\t\t1\t",
        "",
        FORM_HEAD,
        "verksamhet och personal\tKompetens\t2\t\t\t2\t",
    )
    assert {r[0] for r in rows} == {"Synpunkter och klagomål - som gäller verksamhet och personal"}


def test_category_in_the_groups_column(tmp_path: Path) -> None:
    group = "Synpunkter och klagomål - som gäller verksamhet och personal"
    rows = form(tmp_path, f"{group}\tKompetens\t\t\t\t\t", "Utebliven/försenad insats\t\t\t1\t3\t4\t")
    assert rows[1] == (group, "Utebliven/försenad insats", "", "1", "3", "4")


def test_group_that_goes_on_after_a_page_break_without_its_label(tmp_path: Path) -> None:
    rows = form(
        tmp_path, "Avvikelse - SOL/LSS\tAnnat\t\t1\t\t1\t", "", FORM_HEAD, "\tUtförande av insats\t\t2\t\t2\t"
    )
    assert [r[0] for r in rows] == ["Avvikelse - SOL/LSS"] * 2


def test_a_form_of_its_own_keeps_its_words(tmp_path: Path) -> None:
    rows = form(
        tmp_path,
        "Beröm\tBeröm\t\t\t\t\t",
        "Förslag från barnen\tLekplatsen\t1\t\t\t1\t",
        "\tMaten\t\t1\t\t1\t",
    )
    assert [r[:2] for r in rows[1:]] == [
        ("Förslag från barnen", "Lekplatsen"),
        ("Förslag från barnen", "Maten"),
    ]


def test_the_form_of_2023_is_told_by_its_categories(tmp_path: Path) -> None:
    text = report_text(UNIT, table(INDICATOR_HEAD, SICK), table(FORM_HEAD, "Beröm\tAntal beröm\t\t\t\t\t"))
    assert parsed(text, tmp_path).template == "2023"


def test_a_title_over_rows_of_indicators_is_said(tmp_path: Path) -> None:
    rows = (SICK, "Analys Fler är friska.\t\t\t\t\t\t\t", "Nämndens tal\t\t\t\t\t\t\t", SICK)
    report = parsed(report_text(UNIT, table(INDICATOR_HEAD, *rows)), tmp_path)
    assert [row.analysis for row in report.indicators] == ["Fler är friska.", None]
    assert ["Nämndens tal" in doubt.detail for doubt in report.doubts] == [True]


def test_a_row_of_indicators_that_ends_early_is_said(tmp_path: Path) -> None:
    report = parsed(report_text(UNIT, table(INDICATOR_HEAD, SICK, "Trivsel\t90 %\t\t\t80 %\t85 %")), tmp_path)
    assert report.indicators[-1].target_raw == "85 %"
    assert ["Trivsel" in doubt.detail for doubt in report.doubts] == [True]


def test_unknown_tables_become_text(tmp_path: Path) -> None:
    text = report_text(
        UNIT, table(INDICATOR_HEAD, SICK), "Uppföljning av ekonomi\n", table("Konto\tUtfall", "Lön\t12 mnkr")
    )
    assert "Lön | 12 mnkr" in parsed(text, tmp_path).passages[-1].text


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        ("Brukare/patient\t1\t\t1\t2 st\t", (UNREAD,) * 4),  # one cell too few
        ("Brukare/patient\t1\t\t1\t2 st\t\t", (UNREAD,) * 4),  # a count where a category stands
        ("Brukare/patient\t\t15\t7\t22\t\t", (UNREAD,) * 4),
        ("Brukare/patient\t\t15\t7\t\t22\t", ("15", "7", "", "22")),  # the total tells
    ],
)
def test_a_lost_merged_cell_shifts_no_count_into_another_period(row, counts, tmp_path: Path) -> None:
    head = "Från vem har klagomål eller synpunkt inkommit?\tAnnan\t\t\t2\t2\t"
    report = parsed(report_text(UNIT, table(FORM_HEAD, head, row)), tmp_path)
    last = report.complaints[-1]
    assert (last.t1_raw, last.t2_raw, last.vb_raw, last.total_raw) == counts
    assert last.category_raw == "Brukare/patient"
    assert ("columns_uncertain" in [d.code for d in report.doubts]) == (UNREAD in counts)


def test_activities_whose_header_lost_its_first_cell_are_left_out_and_said(tmp_path: Path):
    """Cells that stand beside their columns are left out."""
    lost = make.table("Startdatum\tSlutdatum\tAvvikelse", "Utbilda alla\tx\t2025-12-31\t")
    rows = make.tables_of(make.report_text(make.table(make.INDICATOR_HEAD, make.SICK), lost), tmp_path)
    assert len(rows["activities"]) == 0
    assert "cell_moved" in {finding["code"] for finding in rows["findings"]}


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("Indikator|Utfall|Årsmål|Period", "name value target period"),
        (
            "Indikator|Utfall|Prognos helår|Årsmål|KF:s årsmål|Period",
            "name value . target council_target period",
        ),
        (
            "Indikator|Periodens utfall|Utfall VB 2024|Årsmål|KF:s årsmål|Period",
            "name value value_previous target council_target period",
        ),
        (
            "Indikator|Periodens utfall|Prognos helår|Utfall VB 2024|Avvikelse|Årsmål|KF:s årsmål|Period",
            "name value . value_previous . target council_target period",
        ),
        (
            "Indikator|Periodens utfall|Utfall kvinnor|Utfall män|Utfall VB|Årsmål|KF:s årsmål|Period",
            "name value value_women value_men value_previous target council_target period",
        ),
        ("Indikator|Årsmål|Utfall|KF:s årsmål|Period", "name target value council_target period"),
    ],
)
def test_a_missing_moved_or_unknown_column_takes_no_others_numbers(head: str, fields: str) -> None:
    texts = tuple(head.split("|"))
    columns = columns_of(texts)
    assert columns is not None
    found = {i: name for name, i in columns.at.items() if i < len(texts)}
    assert " ".join(found.get(i, ".") for i in range(len(texts))) == fields


@pytest.mark.parametrize(
    "head",
    [
        "Nyckeltal|Utfall|Årsmål|Period",
        "Budgetpost|Budget|Utfall|Avvikelse",
        "Befattning|Antal|Andel|Period",
        "Konto|Budget 2024|Utfall 2024|Avvikelse|Prognos",
    ],
)
def test_a_table_of_something_else_gives_no_rows(head: str, tmp_path: Path) -> None:
    rows = [row.replace("|", "\t") for row in (head, "Löner|90|100|2025", "Lokaler|10|12|2025")]
    text = report_text(UNIT, table(INDICATOR_HEAD, SICK), "Budget\n", table(*rows))
    report = parsed(text, tmp_path)
    assert len(report.indicators) == 1
    assert report.activities == report.complaints == ()


@pytest.mark.parametrize(
    ("line", "level"), [("Åtagande: Alla trivs", "unit"), ("Bolagsmål: Alla trivs", "board")]
)
def test_other_words_for_goals(line: str, level: str, tmp_path: Path) -> None:
    report = parsed(report_text(f"{line}\n\nMålet uppfylls delvis\n", table(INDICATOR_HEAD, SICK)), tmp_path)
    assert (report.goals[-1].level, report.goals[-1].status_raw) == (level, "Målet uppfylls delvis")


@pytest.mark.parametrize(
    ("head", "cells", "counts"),
    [
        # other words for the form's titles, the categories known by where they stand
        ("Uppdelning|Typ|Tertial 1|Tertial 2|T3|Summa|Kommentar", "Beröm|Beröm|1|2||3|", "1 2  3"),
        ("Uppdelning|Kategori|Jan-apr|Maj-aug|Sep-dec|Hela året", "Beröm|Beröm|1||2|3", "1  2 3"),
        # a period whose title is not known is unread where it has a count, never blank
        ("Uppdelning|Kategori|Utfall T1|Vår|Utfall VB|Totalt ack", "Beröm|Beröm|1|2||3", "1 oläst  3"),
        ("Uppdelning|Kategori|Utfall T1|Vår|Utfall VB|Totalt ack", "Beröm|Beröm|1|||1", "1   1"),
    ],
)  # fmt: skip
def test_a_form_under_other_titles(head: str, cells: str, counts: str, tmp_path: Path) -> None:
    rows = table(head.replace("|", "\t"), cells.replace("|", "\t"))
    (row,) = parsed(report_text(UNIT, table(INDICATOR_HEAD, SICK), rows), tmp_path).complaints
    assert (row.group_raw, row.category_raw) == ("Beröm", "Beröm")
    assert " ".join((row.t1_raw, row.t2_raw, row.vb_raw, row.total_raw)) == counts


def test_a_title_is_of_its_year(tmp_path: Path) -> None:
    head = "Indikator\tUtfall 2025\tUtfall 2024\tUtfall VB 2023\tÅrsmål 2026\tÅrsmål\tPeriod"
    report = parsed(report_text(UNIT, table(head, "Sjukfrånvaro\t8 %\t9 %\t10 %\t6 %\t7 %\t2025")), tmp_path)
    (row,) = report.indicators
    assert (row.value_raw, row.value_previous_raw, row.target_raw) == ("8 %", "9 %", "7 %")
    said = [doubt.detail for doubt in report.doubts if doubt.code == "unknown_column"]
    assert any("Utfall VB 2023" in each and "10 %" in each for each in said)
    assert any("Årsmål 2026" in each and "6 %" in each for each in said)


@pytest.mark.parametrize(
    ("upper", "lower", "fields"),
    [
        ("Indikator|Periodens utfall|||Årsmål|Period", "|Totalt|Män/ pojkar|Kvinnor/ flickor||", "8 7 9 10"),
        ("Indikator|Utfall|Utfall|Utfall|Årsmål|Period", "||män|kvinnor||", "8 7 9 10"),
    ],
)
def test_a_header_of_two_rows(upper: str, lower: str, fields: str, tmp_path: Path) -> None:
    rows = [each.replace("|", "\t") for each in (upper, lower, "Sjukfrånvaro|8|7|9|10|2025")]
    (row,) = parsed(report_text(UNIT, table(*rows)), tmp_path).indicators
    assert " ".join((row.value_raw, row.value_men_raw, row.value_women_raw, row.target_raw)) == fields


def test_a_header_of_two_rows_whose_second_says_more_than_is_known(tmp_path: Path) -> None:
    upper, lower = "Indikator|Utfall|||Utfall 2024|Årsmål||Period", "|Totalt|Män|Kvinnor||Lagets|Husets|"
    rows = [each.replace("|", "\t") for each in (upper, lower, "Sjukfrånvaro|8|7|10|9|5|6|2025")]
    report = parsed(report_text(UNIT, table(*rows)), tmp_path)
    (row,) = report.indicators
    assert (row.name_raw, row.value_raw, row.value_men_raw, row.value_previous_raw) == (
        "Sjukfrånvaro",
        "8",
        "7",
        "9",
    )
    said = " ".join(doubt.detail for doubt in report.doubts if doubt.code == "unknown_column")
    assert (
        (row.target_raw, row.period_raw) == ("", "2025")
        and "Årsmål Lagets" in said
        and "Årsmål Husets" in said
    )


@pytest.mark.parametrize(
    "own",
    [
        ("Boende|2023|2024|2025", "Sjukfrånvaro|8|7|9"),
        ("Arbetslag|Handläggare|Ansökningar", "Norr|9|544"),
        ("Lokal|Öppet|Yta", "Verkstan|10-16|44"),
    ],
)
def test_a_table_of_the_units_own_is_said_and_gives_no_rows(own: tuple[str, str], tmp_path: Path) -> None:
    rows = [each.replace("|", "\t") for each in own]
    report = parsed(report_text(UNIT, table(INDICATOR_HEAD, SICK, *rows)), tmp_path)
    assert len(report.indicators) == 1
    (said,) = [doubt.detail for doubt in report.doubts if doubt.code == "unknown_header"]
    assert own[0].split("|")[1] in said


@pytest.mark.parametrize("outcome", ["X", "N/A", "Inga data", "Uppgift saknas"])
def test_a_row_that_is_whole_under_its_header_is_no_header_of_the_units_own(
    outcome: str, tmp_path: Path
) -> None:
    head = "Indikator\tPeriodens utfall\tÅrsmål\tPeriod"
    rows = ("Antal träd\t40\t30\t2025", f"Antal träffar\t{outcome}\t\t2025", "Antal besök\t87\t90\t2025")
    report = parsed(report_text(UNIT, table(head, *rows)), tmp_path)
    assert [row.value_raw for row in report.indicators] == ["40", outcome, "87"]


def test_a_column_of_analyses_is_each_rows_own(tmp_path: Path) -> None:
    rows = ("Träff\t2025-01-01\t2025-06-30\t\tHölls i maj.", "Resa\t2025-02-01\t2025-12-31\tX\t")
    report = parsed(report_text(UNIT, table(f"{ACTIVITY_HEAD}\tAnalys", *rows)), tmp_path)
    assert [row.analysis for row in report.activities] == ["Hölls i maj.", None]
    assert not [doubt for doubt in report.doubts if doubt.code == "unknown_column"]


def test_a_cell_in_quotation_marks_goes_on_over_lines(tmp_path: Path) -> None:
    rows = (
        "Träff\t2025-01-01\t2025-06-30\t",
        '"Analys\n\nHölls i maj."\t\t\t',
        "Resa\t2025-02-01\t2025-12-31\tX",
    )
    report = parsed(report_text(UNIT, table(ACTIVITY_HEAD, *rows)), tmp_path)
    assert [(row.title_raw, row.analysis) for row in report.activities] == [
        ("Träff", "Hölls i maj."),
        ("Resa", None),
    ]


def test_an_emphasised_analysis_stands_in_a_drawn_table(tmp_path: Path) -> None:
    drawn = """
+-----------------+--------+--------+---------+
| Indikator       | Utfall | Årsmål | Period  |
+=================+========+========+=========+
| Antal träffar   | 12     | 14     | VB 2025 |
+-----------------+--------+--------+---------+
| **Analys**                                  |
|                                             |
| Två ställdes in.                            |
+-----------------+--------+--------+---------+
| Antal platser   | 0 st   | 2      | VB 2025 |
+-----------------+--------+--------+---------+
"""
    report = parsed(report_text(UNIT, drawn), tmp_path)
    assert [(row.name_raw, row.value_raw, row.analysis) for row in report.indicators] == [
        ("Antal träffar", "12", "Två ställdes in."),
        ("Antal platser", "0 st", None),
    ]


def test_a_row_stays_under_the_group_that_is_printed_above_it(tmp_path: Path) -> None:
    rows = form(
        tmp_path, "Beröm\tBeröm\t1\t\t\t1\t", "\tKompetens\t\t2\t\t2\t", "Lex Maria\tAnnat\t\t\t3\t3\t"
    )
    assert [row[:2] for row in rows] == [("Beröm", "Beröm"), ("Beröm", "Kompetens"), ("Lex Maria", "Annat")]


def test_a_table_without_rows_after_a_table_is_none(tmp_path: Path) -> None:
    text = report_text(
        "Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK), "<table></table>\n"
    )
    assert len(parsed(text, tmp_path).indicators) == 1


def test_a_row_of_more_cells_than_any_form_has_is_no_header() -> None:
    assert columns_of(INDICATOR_HEAD.split("\t")) is not None
    assert columns_of([*INDICATOR_HEAD.split("\t"), *[""] * 500]) is None


@pytest.mark.parametrize(
    ("titles", "cells", "fields"),
    [
        (("Mått", "Årsmål", "Period"), ("Nöjda", "85 %", "2025"), ("name", "target", "period")),
        (
            ("Mått", "Kvinnor", "Män", "Årsmål"),
            ("Nöjda", "8 %", "7 %", "9 %"),
            ("name", "value_women", "value_men", "target"),
        ),
        (("Nyckeltal", "2025", "Årsmål"), ("Nöjda", "85 %", "88 %"), ("name", "value", "target")),
        (("Insats", "Startdatum", "Klart"), ("Bygga", "2025-01-01", "2025-05-31"), ("title", "start", "end")),
        (("Aktivitet", "Från", "Till"), ("Bygga", "2025-01-01", "2025-05-31"), ("title", "start", "end")),
        (("Kurs", "Från", "Till"), ("Bygga", "2025-01-01", "2025-05-31"), None),
        (("Yrke", "Kvinnor", "Män", "Totalt"), ("Kock", "2", "3", "5"), None),
        (("Mått", "Årsmål", "Period"), ("Nöjda", "85 %", "i maj med alla"), None),
        (("Mått", "Årsmål", "Period"), ("", "85 %", "2025"), None),
    ],
)
def test_what_stands_below_tells_what_a_title_is(titles, cells, fields) -> None:
    place = Place(1)
    (table,) = with_columns([Table((Row.of(titles, place), Row.of(cells, place)), place)])
    assert (table.columns and table.columns.fields) == fields
