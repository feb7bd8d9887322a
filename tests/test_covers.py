"""Covers, levels, titles, statuses and contents: what the words say, and what stands beside them."""

from __future__ import annotations

import time
from pathlib import Path

import docx
import pytest
import raw_pdf as raw

from tests.factories import GOALS, INDICATOR_HEAD, SICK, report_text, table, tables_of
from vbdata.errors import NotAReportError
from vbdata.extract import read
from vbdata.extract.contents import strip_contents
from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Heading, Paragraph, Row, StatusLine, Table
from vbdata.extract.headings import settled
from vbdata.extract.recognise import (
    GoalHeading,
    goal_heading,
    lacks_title,
    section_of,
    split_status,
    status_of,
    status_within,
    status_words,
    unknown_level,
    unknown_status,
)
from vbdata.parse import Report, parse
from vbdata.parse.boards import board_of
from vbdata.parse.titles import title_of

T = table(INDICATOR_HEAD, SICK)
LONG = (
    "Vi har under året gjort mötena kortare och tydligare, och de flesta har sagt att det märks i vardagen. "
)


def parsed(folder: Path, *parts: str, **kw: str) -> Report:
    path = folder / "r.txt"
    path.write_text(report_text(*parts, **kw), encoding="utf-8")
    return parse(read(path))


# ------------------------------------------------------------------------------ titles


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tertialrapport T1 2025 för Solrosen 2", ("T1", 2025, "Solrosen 2")),
        ("Tertialrapport 2 2025 för Solrosen 1", ("T2", 2025, "Solrosen 1")),
        ("Tertialrapport 1, 2025, Hemmet vid sjön", ("T1", 2025, "Hemmet vid sjön")),
        ("tertialrapport T1 2025", ("T1", 2025, "")),
        ("TERTIALRAPPORT 2 2025 FÖR SOLROSEN 1", ("T2", 2025, "SOLROSEN 1")),
        ("Tertialrapport nr 2 för år 2025, Boende för unga", ("T2", 2025, "Boende för unga")),
        ("Tertialrapport 1 för Solrosen 2 2025", ("T1", 2025, "Solrosen 2")),
        ("Andra tertialrapporten 2025 för Hus 1", ("T2", 2025, "Hus 1")),
        ("Tertialrapport 2025 T2 – Enheten Solrosen 1", ("T2", 2025, "Solrosen 1")),
        ("Tertialrapport januari–april 2025, Solrosen 2", ("T1", 2025, "Solrosen 2")),
        ("Tertialrapport maj-augusti 2025 för Solrosen", ("T2", 2025, "Solrosen")),
        ("Solrosen 2 – Tertialrapport 1 2025", ("T1", 2025, "Solrosen 2")),
        ("Tertialrapport 2025 Solrosen 2", (None, 2025, "Solrosen 2")),
        ("Tertialrapport 2025 för Solrosen T2 och T1", (None, 2025, "Solrosen T2 och T1")),
        ("Verksamhetsberättelse VB 2025 för Norra Åsens boende 2", ("VB", 2025, "Norra Åsens boende 2")),
        ("Verksamhetsberättelse 2025 för Enheten Eken", ("VB", 2025, "Eken")),
        ("Verksamhetsberättelse 2025 för Enheten för stöd i Ek", ("VB", 2025, "Enheten för stöd i Ek")),
        ("Verksamhetsberättelse 2025, Enheten mot buller", ("VB", 2025, "Enheten mot buller")),
        ("Enheten för stöd verksamhetsberättelse 2025", ("VB", 2025, "Enheten för stöd")),
        ("Solrosen 2030, verksamhetsberättelse 2025", ("VB", 2025, "Solrosen 2030")),
        ("Verksamhetsplan 2026–2028 för Solrosen", ("VP", 2026, "Solrosen")),
        ("VP 2026 Solrosen 1", ("VP", 2026, "Solrosen 1")),
        ("T2 2025 för Solrosen 1", ("T2", 2025, "Solrosen 1")),
        ("Uppföljning av verksamhetsplan 2025, tertial 1, Solrosen", ("T1", 2025, "Solrosen")),
        ("Verksamhetsberättelse verksamhetsåret 2025", ("VB", 2025, "")),
        ("Årsrapport 2025 för Solrosen", ("VB", 2025, "Solrosen")),
        ("Solrosens årsberättelse 2024", ("VB", 2024, "Solrosens")),
    ],
)
def test_a_title_by_its_words(title: str, expected: tuple[str | None, int, str]) -> None:
    found = title_of(title)
    assert found is not None and (found.kind, found.year, found.unit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden godkänner verksamhetsberättelsen 2025 för Solrosen",
        "Förslag till beslut om verksamhetsplan 2026",
        "Enhetens verksamhetsplan 2025 har varit till stöd.",
        "Stadens verksamhetsplaner 2025",
        "Utfall VB 2024",
    ],
)
def test_what_only_names_a_report_is_no_title(text: str) -> None:
    assert title_of(text) is None


@pytest.mark.parametrize(
    ("cover", "expected"),
    [
        ("Verksamhetsberättelse 2025 för Solrosens boende\n16\n", ("VB", "Solrosens boende 16")),
        ("Verksamhetsberättelse 2025 för Södra\nHöjdens Boende\n", ("VB", "Södra Höjdens Boende")),
        ("Verksamhetsplan 2025 för Nya Höjdens\nKorttid\n\nEnheten Nya Höjdens Korttid\n", ("VP", "Nya Höjdens Korttid")),  # noqa: E501
        ("Verksamhetsberättelse 2025\n\nEnheten för stöd i Ek\n", ("VB", "Enheten för stöd i Ek")),
        ("subtitle: Kafé Granen\ntitle: Verksamhetsplan 2026\n", ("VP", "Kafé Granen")),
        ("Förslag till beslut om verksamhetsberättelse 2025\n\nVerksamhetsberättelse 2025\nEnheten Eken\n", ("VB", "Eken")),  # noqa: E501
        ("Eken\n\n# Verksamhetsplan 2025 {#vp .title}\n\nÄrende:\n\nXYZ-2025-00417\n", ("VP", "Eken")),
        ("Eken\n\n# Verksamhetsplan 2025\n\nNämnd: Socialnämnden i Ek\n\nVersion: Två\n", ("VP", "Eken")),
        ("Bodens kök\n\nVerksamhetsplan 2025\n\nSocialnämnden i Ek\n\n3 mars 2025\n", ("VP", "Bodens kök")),
        ("Årsrapport 2025\n\nDatum:\n\n2026.01.21\n\nEnhet:\n\nEken\n", ("VB", "Eken")),
        ("Intranät : Verksamhetsplan 2025 Enheten Eken\n", ("VP", "Eken")),
        ("Intranät - Verksamhetsplan 2025 Enheten för stöd i Ek\n", ("VP", "Enheten för stöd i Ek")),
        ("---\nsubtitle: Boet\ntitle: \"Årsrapport 2025\"\n---\n\nDnr: EX 2025/1\n", ("VB", "Boet")),
        ("---\nauthor: Enhetschefen\ntitle: Verksamhetsplan 2026 för Boet\n---\n", ("VP", "Boet")),
    ],
)  # fmt: skip
def test_a_title_over_several_lines(cover: str, expected: tuple[str, str], tmp_path: Path) -> None:
    found = parsed(tmp_path, T, cover=cover).cover
    assert (found.kind, found.unit_name) == expected


def test_a_tertial_that_is_not_told_is_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(NotAReportError, match="vilken rapport"):
        parsed(tmp_path, T, cover="Tertialrapport 2025 för Solrosen 2\n")


@pytest.mark.parametrize(
    ("cover", "dnr", "date"),
    [
        ("Dnr: ABC-2025-01187\n21/1 2026\n", "ABC-2025-01187", "21/1 2026"),
        ("Ärendenummer KS/2025:118\n2026.01.21\n", "KS/2025:118", "2026.01.21"),
        ("Beteckning: EN 2026-0019\nUpprättad den 3 mars 2026\n", "EN 2026-0019", "den 3 mars 2026"),
        ("Dnr:\n2026-01-21\n", None, "2026-01-21"),
        ("Utskrivet 2026-11-03 08:14\n\n2026-01-21\n", None, "2026-01-21"),
        ("Senast ändrad 3 november 2026\n", None, None),
        ("Ärende: Verksamhetsberättelsen\n", None, None),
    ],
)
def test_registry_number_and_date(cover: str, dnr: str | None, date: str | None, tmp_path: Path) -> None:
    found = parsed(tmp_path, T, cover=f"Verksamhetsberättelse 2025 för Eken\n\n{cover}").cover
    assert (found.dnr, found.date_raw) == (dnr, date)


# ------------------------------------------------------------------------------ boards


@pytest.mark.parametrize(
    ("lines", "board"),
    [
        (["Till", "Östra Strandens stadsdelsnämnd"], "Östra Strandens stadsdelsnämnd"),
        (["Till Södra Ådalens stadsdelsnämnd"], "Södra Ådalens stadsdelsnämnd"),
        (["Norra innerstadens stadsdelsnämnd"], "Norra innerstadens stadsdelsnämnd"),
        (["Björkvik-Tallåsens stadsdelsnämnd"], "Björkvik-Tallåsens stadsdelsnämnd"),
        (["Till", "Tre Ekars stadsdelsnämnd"], "Tre Ekars stadsdelsnämnd"),
        (["Handläggare Till", "Eva Exempelsson & Bo Prov Sjöviks stadsdelsnämnd"], "Sjöviks stadsdelsnämnd"),
        (["Handläggare Till", "Bo Prov Inre Hamnens stadsdelsnämnd"], "Inre Hamnens stadsdelsnämnd"),
        (["Handläggare Till", "Bo Sjöviks stadsdelsnämnd"], None),
        (["Handläggare Till", "Bo Eva Prov Ekars stadsdelsnämnd"], None),
        (["Vård- och omsorgsnämnden"], "Vård- och omsorgsnämnden"),
        (["Till Socialnämnden"], "Socialnämnden"),
        (["Socialnämnden i Ek"], "Socialnämnden i Ek"),
        (["Nämnd: Vård- och omsorgsnämnden i Norra Ek"], "Vård- och omsorgsnämnden i Norra Ek"),
        (["Kulturnämnden i Ekarnas kommun"], "Kulturnämnden i Ekarnas kommun"),
        (["Socialnämnden i Ek Eva Exempelsson"], "Socialnämnden i Ek"),
        (["Socialnämnden i samråd med andra"], "Socialnämnden"),
    ],
)
def test_a_board_by_all_its_words_and_no_persons(lines: list[str], board: str | None) -> None:
    assert board_of(lines) == board


# ------------------------------------------------------------------------------ two reports in one file


def second(cover: str, title: str = "Alla trivs") -> str:
    return report_text(f"Enhetsmål: {title}\n\nUppfylls helt\n", T, cover=cover)


@pytest.mark.parametrize(
    ("cover", "named"),
    [
        ("Verksamhetsberättelse 2025\nEnheten Tallen\n", "Verksamhetsberättelse 2025, Tallen"),
        ("Verksamhetsberättelse 2024\nEnheten Granbackens gruppbostad\n", "Verksamhetsberättelse 2024"),
        ("Verksamhetsplan 2026 för Granbackens gruppbostad\n", "Verksamhetsplan 2026"),
        ("Handläggare\nDnr: BT 2025/18\n\nVerksamhetsberättelse 2025 för Tallen\n", "för Tallen"),
    ],
)
def test_two_reports_in_one_text_are_refused_by_name(cover: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(NotAReportError, match="två rapporter") as caught:
        parsed(tmp_path, "Enhetsmål: Alla är med\n\nUppfylls helt\n", T, second(cover))
    assert named in str(caught.value) and "Granbackens gruppbostad" in str(caught.value)
    assert "dela" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "words",
    [
        "I enhetens verksamhetsplan 2026 står mer om detta.",
        "Verksamhetsplan 2026",
        "Verksamhetsberättelse 2024 för Tallen",
        "Se ”Verksamhetsberättelse 2024 för Tallen”, sidan 4",
    ],
)
def test_another_report_that_is_named_is_not_a_second_one(words: str, tmp_path: Path) -> None:
    report = parsed(tmp_path, f"Enhetsmål: Alla är med\n\nUppfylls helt\n\n{words}\n\nEnhetsmål: Två\n", T)
    assert [goal.title_raw for goal in report.goals[2:]] == ["Alla är med", "Två"]


def test_two_reports_in_one_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    for unit in ("Granen", "Tallen"):
        document.add_heading(f"Verksamhetsberättelse 2025 för {unit}", 0)
        document.add_paragraph("Dnr: BT 2025/17")
        for line in [line for line in GOALS.splitlines() if line]:
            document.add_paragraph(line)
        document.add_page_break()
    path = tmp_path / "r.docx"
    document.save(str(path))
    with pytest.raises(NotAReportError, match=r"två rapporter: .*Granen.* och .*Tallen"):
        parse(read(path))


def test_two_reports_in_one_pdf(tmp_path: Path) -> None:
    pages = []
    for unit in ("Granen", "Tallen"):
        lines = [f"Verksamhetsberättelse 2025 för {unit}", "Dnr: BT 2025/17", *GOALS.splitlines()]
        pages.append(b"".join(raw.words(50, 60 + 24 * n, line, 10) for n, line in enumerate(lines) if line))
    path = tmp_path / "r.pdf"
    path.write_bytes(raw.pdf(pages))
    with pytest.raises(NotAReportError, match=r"två rapporter: .*Granen.* och .*Tallen"):
        parse(read(path))


# ------------------------------------------------------------------------------ levels


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Teammål: Vi hälsar på alla", "Teammål"),
        ("Avdelningens mål: Alla får svar", "Avdelningens mål"),
        ("Enhetens delmål: Alla får svar", "Enhetens delmål"),
        ("Gruppens åtagande: Vi ringer upp", "Gruppens åtagande"),
        ("Enhetsmål: Alla trivs", None),
        ("Enhetens mål: Alla trivs", None),
        ("Årsmål: Minst 85 %", None),
        ("KF:s årsmål: Öka", None),
        ("Mål: Alla trivs", None),
        ("Målet nås genom: Samverkan", None),
        ("”Teammål: Vi hälsar på alla” är svårt", None),
        ("Mål 1.2: Alla trivs", "Mål"),
        ("Mål 1: Alla trivs", None),
        ("KF-mål: Alla trivs", "KF-mål"),
    ],
)
def test_unknown_level(text: str, level: str | None) -> None:
    found = unknown_level(text)
    assert (found.level if found else None) == level


@pytest.mark.parametrize(
    "text", ["Helhetsmål: Alla trivs", "Enhetens delmål: Alla trivs", "Enhetsdelmål: Alla"]
)
def test_a_level_that_gains_a_word_is_no_known_one(text: str) -> None:
    assert goal_heading(text) is None


@pytest.mark.parametrize(
    "parts",
    [
        ["Teammål: Vi hälsar på alla\n\nUppfylls delvis\n\nAnalys\n\nDet går bra.\n", T],
        ["Teammål: Vi hälsar på alla\nUppfylls delvis\nAnalys\nDet går bra.\n", T],
        ["### **Teammål: Vi hälsar på alla**\n\nUppfylls delvis\n\nAnalys\n\nDet går bra.\n", T],
        ["Teammål:\nVi hälsar på alla\n\nUppfylls delvis\n\nAnalys\n\nDet går bra.\n", T],
        ["Teammål: Vi hälsar på alla\n\nArbetssätt\n\nDet går bra.\n\nAnalys\n\nDet går bra.\n", T],
    ],
)
def test_rows_under_an_unknown_level_have_no_goal(parts: list[str], tmp_path: Path) -> None:
    known = "Nämndmål: Alla är med\n\nUppfylls helt\n"
    report = parsed(tmp_path, known, T, *parts, "Enhetsmål: Två\n\nUppfylls inte\n", T)
    assert [(goal.title_raw, goal.status_raw) for goal in report.goals[2:]] == [
        ("Alla är med", "Uppfylls helt"),
        ("Två", "Uppfylls inte"),
    ]
    assert [row.goal for row in report.indicators] == [3, None, 4]
    assert {passage.goal for passage in report.passages} == {None}
    level, goal = [each.detail for each in report.doubts if each.code == "unknown_level"]
    assert "Teammål: Vi hälsar på alla" in level and "”Två”" in goal


def test_a_goal_under_one_of_an_unknown_level_has_none_above(tmp_path: Path) -> None:
    parts = "Teammål: Alla hälsar\n\nNämndmål: Två\n\nEnhetsmål: Tre\n"
    goals = parsed(tmp_path, "Nämndmål: Ett\n\nUppfylls helt\n", T, parts, T).goals
    assert {goal.title_raw: goal.parent for goal in goals[2:]} == {"Ett": 2, "Två": None, "Tre": 4}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kulturnämndens mål: Fler läser", ("board", None)),
        ("Mål för nämnden: Fler läser", ("board", None)),
        ("Mål för enheten: Fler läser", ("unit", None)),
        ("KF:s årsmål 2: Fler läser", None),
        ("Nämndens mål nås: se nedan", None),
    ],
)
def test_a_level_by_whose_goals_they_are(text: str, expected: tuple[str, str | None] | None) -> None:
    found = goal_heading(text)
    assert (found and (found.level, found.code)) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["Mål 7.1: Fler läser\n\nDelvis\n", "Mål 7.2: Fler sjunger\n\nDelvis\n"], ["7.1", "7.2"]),
        (["Fokusmål 7.1: Fler läser\n", "Nämndmål: Alla\n", "Fokusmål 7.2: Fler\n"], ["7.1", "7.2"]),
        (["Mål 8.1: Fler läser\n"], []),
        (["Nämndmål: Alla\n", "Mål 7.1: Fler läser\n"], []),
    ],
)
def test_a_number_under_its_direction_makes_an_area(
    parts: list[str], expected: list[str], tmp_path: Path
) -> None:
    report = parsed(tmp_path, "KF:s inriktningsmål: 7. Ett öppet Ek\n", *parts, "Enhetsmål: Två\n", T)
    areas = [(goal.code, goal.parent) for goal in report.goals if goal.code and goal.code[:2] in ("7.", "8.")]
    direction = next(goal.position for goal in report.goals if goal.code == "7")
    assert areas == [(code, direction) for code in expected]
    assert ("unknown_level" in {doubt.code for doubt in report.doubts}) == (not expected)


def test_a_heading_without_a_sign_after_its_label_is_said(tmp_path: Path) -> None:
    report = parsed(tmp_path, "### Nämndmål Fler läser\n", "Nämndmål Fler läser varje dag.\n", T)
    assert [doubt.code for doubt in report.doubts] == ["heading_unread"]


def test_an_unknown_level_is_said_and_its_rows_too(tmp_path: Path) -> None:
    rows = tables_of(report_text("Teammål: Vi hälsar på alla\n\nUppfylls helt\n", T), tmp_path)
    codes = {row["code"] for row in rows["findings"]}
    assert {"unknown_level", "orphan_row"} <= codes
    assert rows["indicators"][0]["goal_id"] is None


@pytest.mark.parametrize(
    "part",
    [
        "Delmål: Alla hälsar\nDelmål: Alla svarar\n",
        "Delmål: Alla hälsar\n\nDelmål: Alla svarar\n",
        "- Delmål: Alla hälsar\n- Delmål: Alla svarar\n",
        "Vårt delmål: Alla ska hälsa på varandra.\n",
    ],
)
def test_lines_that_only_list_aims_head_nothing(part: str, tmp_path: Path) -> None:
    report = parsed(tmp_path, f"Nämndmål: Alla är med\n\nUppfylls helt\n\nBeskrivning\n\n{part}", T)
    assert report.indicators[0].goal == 3


def test_an_unknown_section_keeps_its_goal_and_has_no_section(tmp_path: Path) -> None:
    part = "Enhetsmål: Alla trivs\n\nUppfylls helt\n\n### Nästa steg\n\nVi fortsätter.\n"
    (passage,) = parsed(tmp_path, part, T).passages
    assert (passage.goal, passage.section, passage.heading) == (3, None, "Nästa steg")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Enhetsmål:", True),
        ("KF:s mål för verksamhetsområdet:", True),
        ("KF:s mål för", True),
        ("KF:s inriktningsmål: 2.", True),
        ("Teammål:", True),
        ("Enhetsmål: Alla trivs", False),
        ("Årsmål:", False),
        ("Analys:", False),
        ("KF:s budget", False),
    ],
)
def test_lacks_title(text: str, expected: bool) -> None:
    assert lacks_title(text) is expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("Enhetsmål:\nAlla trivs\n\nUppfylls helt\n", ("unit", None, "Alla trivs", "Uppfylls helt")),
        ("Enhetsmål:\n\nAlla trivs\n\nUppfylls helt\n", ("unit", None, "Alla trivs", "Uppfylls helt")),
        ("Enhetens\nmål: Alla trivs\n\nUppfylls helt\n", ("unit", None, "Alla trivs", "Uppfylls helt")),
        ("Kommunfullmäktiges mål\nför verksamhetsområdet: 1.9 Nytt\n", ("area", "1.9", "Nytt", None)),
        ("KF:s mål för verksamhetsområdet: 1.9\nNytt mål\n", ("area", "1.9", "Nytt mål", None)),
        ("KF:s mål för verksamhetsområdet:\n1.9 Nytt mål\n", ("area", "1.9", "Nytt mål", None)),
        ("KF:s inriktningsmål:\n9. Nytt mål\n", ("direction", "9", "Nytt mål", None)),
        ("Enhetsmål: Alla som bor här\nlagar mat\n\nUppfylls helt\n", ("unit", None, "Alla som bor här lagar mat", "Uppfylls helt")),  # noqa: E501
        ("Enhetsmål: Vi åker ofta till\nVästerås\n", ("unit", None, "Vi åker ofta till Västerås", None)),
        ("Enhetsmål: Alla känner\nKarin i köket\n\nUppfylls helt\n", ("unit", None, "Alla känner Karin i köket", "Uppfylls helt")),  # noqa: E501
        ("Enhetsmål: Alla trivs\nVi har haft fika varje dag.\n", ("unit", None, "Alla trivs", None)),
        ("Enhetsmål: Alla trivs Uppfylls delvis\n", ("unit", None, "Alla trivs", "Uppfylls delvis")),
        ("Enhetsmål: Alla trivs\nUppfylls\ndelvis\n", ("unit", None, "Alla trivs", "Uppfylls delvis")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("prose", [LONG * 6 + "\n", "Kort.\n"], ids=["long lines", "short lines"])
def test_headings_over_lines(part: str, prose: str, expected: tuple[str | None, ...], tmp_path: Path) -> None:
    goal = parsed(tmp_path, part, T, "Analys\n", prose * 3).goals[2]
    assert (goal.level, goal.code, goal.title_raw, goal.status_raw) == expected


def test_a_levels_word_alone_in_blocks_of_any_format() -> None:
    place = Heading("", None).place  # type: ignore[arg-type]
    blocks = [Heading("Enhetsmål:", place, 2), Paragraph("Alla trivs", place, ("Alla trivs",))]
    (heading,) = settled(blocks)
    assert isinstance(heading, Heading) and (heading.text, heading.depth) == ("Enhetsmål: Alla trivs", 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nämndmål 1: Alla trivs", ("board", None, "Alla trivs")),
        ("Nämndmål 3.4.1: Alla trivs", ("board", None, "Alla trivs")),
        ("Enhetsmål 2. Alla trivs", ("unit", None, "Alla trivs")),
        ("Enhetsmål nr 2 Alla trivs", ("unit", None, "Alla trivs")),
        ("Enhetsmål (2): Alla trivs", ("unit", None, "Alla trivs")),
        ("Enhetsmål: 2. Alla trivs", ("unit", None, "Alla trivs")),
        ("Enhetsmål: 10 gäster trivs", ("unit", None, "10 gäster trivs")),
        ("3.4.1 Nämndmål: Alla trivs", ("board", None, "Alla trivs")),
        ("b) Nämndmål: Alla trivs", ("board", None, "Alla trivs")),
        ("o Enhetsmål: Alla trivs", ("unit", None, "Alla trivs")),
        ("• Enhetsmål – Alla trivs", ("unit", None, "Alla trivs")),
        ("KF:s inriktningsmål 2: Grönt", ("direction", "2", "Grönt")),
        ("KF:s inriktningsmål – 2. Grönt", ("direction", "2", "Grönt")),
        ("2. KF:s inriktningsmål: Grönt", ("direction", "2", "Grönt")),
        ("KF:s mål för verksamhetsområdet 2.4: Ren luft", ("area", "2.4", "Ren luft")),
        ("3.1 KF:s mål för verksamhetsområdet: 2.4 Ren luft", ("area", "2.4", "Ren luft")),
        ("3.1 KF:s inriktningsmål: Grönt", ("direction", None, "Grönt")),
        ("Enhetsmål 1: Uppfylls helt", None),
        ("Enhetsmål 1 är uppfyllt", None),
        ("Enhetsmål – så gör vi", None),
        ("Enhetsmål – Analys", None),
        ("Nämndmål 1 och 2: Alla trivs", None),
        ("Nämndmål 3 Enhetsmål 5", None),
    ],
)
def test_what_stands_round_a_label(text: str, expected: tuple[str, str | None, str] | None) -> None:
    found = goal_heading(text)
    assert (found and (found.level, found.code, found.title)) == expected


def _word(path: Path, lines: list[str]) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))


@pytest.mark.parametrize(
    "lines",
    [
        ["Enhetsmål", "Alla trivs"],
        ["Enhetsmål 2.", "Alla trivs"],
        ["3.4.1.2 Enhetsmål", "Alla trivs"],
        ["Enhetsmål\nAlla trivs"],
    ],
)
@pytest.mark.parametrize("suffix", ["txt", "md", "html", "docx"])
def test_a_label_on_a_line_of_its_own(suffix: str, lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / f"r.{suffix}"
    whole = ["Verksamhetsberättelse 2025 för Granen", "Nämndmål: Ett", "Inga data", *lines, "Uppfylls helt"]
    if suffix == "docx":
        _word(path, whole)
    elif suffix == "html":
        path.write_text("".join(f"<h3>{line}</h3>".replace("\n", "<br>") for line in whole), encoding="utf-8")
    else:
        path.write_text(("\n\n" if suffix == "txt" else "\n\n## ").join(whole), encoding="utf-8")
    *_, heading, status = read(path).blocks
    assert isinstance(heading, Heading) and isinstance(status, StatusLine)
    assert goal_heading(heading.text) == GoalHeading("unit", None, "Alla trivs")


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([("Enhetsmål: Alla trivs",)], "Alla trivs"),
        ([("Enhetsmål 1", "Alla trivs")], "Alla trivs"),
        ([("Enhetsmål: Alla trivs", "Uppfylls helt")], "Alla trivs Uppfylls helt"),
        ([("Nämndmål", "Enhetsmål")], None),
        ([("Enhetsmål", "Aktivitet")], None),
        ([("Enhetsmål", "Alla trivs"), ("Enhetsmål", "Alla sover")], None),
    ],
)
def test_a_goals_heading_in_a_frame(rows: list[tuple[str, ...]], title: str | None) -> None:
    place = Heading("", None).place  # type: ignore[arg-type]
    table = Table(tuple(Row(tuple(Cell(text, place) for text in row), place) for row in rows), place)
    (block,) = settled([table])
    goal = goal_heading(block.text) if isinstance(block, Heading) else None
    assert (goal and goal.title) == title


def test_a_status_said_on_the_headings_line_and_below_is_one(tmp_path: Path) -> None:
    report = parsed(tmp_path, "Enhetsmål 1: Alla trivs – Uppfylls helt\n\nUppfylls helt\n", T)
    assert (report.goals[2].title_raw, report.goals[2].status_raw) == ("Alla trivs", "Uppfylls helt")
    assert unread(report) == []


def unread(report: Report) -> list[str]:
    return [doubt.detail.split("”")[1] for doubt in report.doubts if doubt.code == "heading_unread"]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("Enhetsmål, Alla trivs\n\nUppfylls delvis\n", ["Enhetsmål, Alla trivs", "Uppfylls delvis"]),
        ("Enhetsmål (nytt) Alla trivs\n", ["Enhetsmål (nytt) Alla trivs"]),
        ("Beskrivning\n\nDet går bra.\nEnhetsmål 1 och 2: Alla trivs\n", ["Enhetsmål 1 och 2: Alla trivs"]),
        ("### Enhetsmål\n\nVi har mål. De är bra.\n", ["Enhetsmål"]),
        ("Analys\n\nUppfylls delvis\n", ["Uppfylls delvis"]),
        ("Alla trivs\n\nUppfylls helt\n", ["Uppfylls helt"]),
        ("Analys\n\nEnhetsmål 1 är uppfyllt och\nNämndmålet är det inte.\n", []),
        ("Analys\n\n- Enhetsmål följs upp på mötet\n- Nämndmål är fler\n", []),
    ],
)
def test_a_label_or_a_judgement_that_is_read_as_neither_is_said(
    part: str, said: list[str], tmp_path: Path
) -> None:
    assert unread(parsed(tmp_path, "Nämndmål: Alla är med\n\nUppfylls helt\n", part, T)) == said


# ------------------------------------------------------------------------------ statuses


@pytest.mark.parametrize(
    "words",
    ["Ej helt uppfyllt", "Uppfylls inte helt", "Uppfylls ej helt", "Inte helt uppfylld", "Delvis ej uppfyllt",
     "Uppfylls helt / delvis", "Uppfylls helt (delvis)",
     "Uppfylls nästan helt", "Ouppfyllt helt", "Uppfylls inte delvis", "Inga data alls"],
)  # fmt: skip
def test_a_status_that_turns_is_none_of_the_known_ones(words: str) -> None:
    assert (status_of(words), status_words(f"● {words}"), status_within(words)) == (None, None, None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Uppfylls helt", "met"),
        ("Uppfyls delvis", "partly_met"),
        ("Upp fylls delvis", "partly_met"),
        ("Ej uppfyllt", "not_met"),
        ("Inga data", "no_data"),
    ],
)
def test_a_slip_of_the_pen_is_the_same_status(words: str, code: str) -> None:
    found = status_of(words)
    assert found is not None and found.code == code


@pytest.mark.parametrize("text", ["Oförväntat resultat", "Felanalys", "Icke förväntat resultat"])
def test_a_section_that_turns_is_none_of_the_known_ones(text: str) -> None:
    assert section_of(text) is None


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("Enhetsmål: Alla trivs\n\nUppnås nästan\n", "Uppnås nästan"),
        ("Enhetsmål: Alla trivs\n\n▲ Halvvägs där\n", "Halvvägs där"),
        ("Enhetsmål: Alla trivs\n● Nära målet\nAnalys\nBra.\n", "Nära målet"),
        ("Enhetsmål: Alla trivs\n\nPågår\n", "Pågår"),
        ("Enhetsmål: Alla trivs\n\nInte helt uppfyllt\n", "Inte helt uppfyllt"),
        ("Enhetsmål: Alla trivs\n\nUppfylls\ninte helt\n", "Uppfylls inte helt"),
        ("Enhetsmål: Alla trivs\nBedömning: Svår att göra\n", "Svår att göra"),
        ("Enhetsmål: Alla trivs\nMålets status: Gul\nAnalys\nBra.\n", "Gul"),
        ("Enhetsmål: Alla trivs Bedömning: Svår att göra\n", "Svår att göra"),
        ("Enhetsmål: Alla trivs\n\nUppfyllt\n", "Uppfyllt"),
        ("Enhetsmål: Alla trivs\n\nAnalys\n\nMålet är uppfyllt.\n", None),
        ("Enhetsmål: Alla trivs\n\nBedömning: Vi når målet 2027.\n", None),
        ("Enhetsmål: Alla trivs Uppfylls ej helt\n", "Uppfylls ej helt"),
        ("Enhetsmål: Alla trivs ● Delvis ej uppfyllt\n", "Delvis ej uppfyllt"),
        ("Enhetsmål: Alla trivs\n\nNästa steg\n\nVi fortsätter.\n", None),
        ("Enhetsmål: Alla trivs\n\nGrön omställning\n\nVi sorterar.\n", None),
        ("Enhetsmål: Alla trivs\n\nInte bara mat\n\nVi lagar den också.\n", None),
        ("Enhetsmål: Alla trivs\n\n- Alla hälsar\n- Alla svarar\n", None),
    ],
)
def test_a_status_outside_the_vocabulary_stands_as_printed(
    part: str, status: str | None, tmp_path: Path
) -> None:
    goal = parsed(tmp_path, part, T).goals[2]
    assert (goal.title_raw, goal.status_raw) == ("Alla trivs", status)


def test_an_unknown_status_is_said_and_none_is_made_of_it(tmp_path: Path) -> None:
    rows = tables_of(report_text("Enhetsmål: Alla trivs\n\n● Ej helt uppfyllt\n", T), tmp_path)
    goal = rows["goals"][2]
    assert (goal["status"], goal["status_raw"]) == (None, "Ej helt uppfyllt")
    assert "unknown_status" in {row["code"] for row in rows["findings"]}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Alla trivs Inga data", ("Alla trivs", "Inga data")),
        ("Alla får inga data om sin hälsa", ("Alla får inga data om sin hälsa", None)),
        ("Delvis nya lokaler", ("Delvis nya lokaler", None)),
        ("Målet om Helt nya vägar", ("Målet om Helt nya vägar", None)),
    ],
)
def test_split_status(title: str, expected: tuple[str, str | None]) -> None:
    assert split_status(title) == expected


def test_unknown_status_is_no_sentence_and_no_heading() -> None:
    assert [unknown_status(text) for text in ("Pågår.", "Analys", "Uppfylls till 80 procent")] == [None] * 3


ALIGNED = """Enhetsmål: Alla trivs
         Uppfylls helt
Indikator                           Periodens     Utfall       Utfall       Utfall VB     Årsmål       KF:s          Period
                                    utfall        män/         kvinnor/     2024                       årsmål
                                                  pojkar       flickor
Sjukfrånvaro                        8,6 %         7,1 %        9,2 %        9,1 %         9 %          9 %           2025
"""  # noqa: E501


@pytest.mark.parametrize("status", ["Uppfylls helt", "Uppfylls inte helt", "Uppnås nästan"])
def test_a_status_is_no_part_of_the_table_below_it(status: str, tmp_path: Path) -> None:
    report = parsed(tmp_path, ALIGNED)
    assert report.goals[2].status_raw == "Uppfylls helt"
    assert [(row.name_raw, row.value_raw, row.goal) for row in report.indicators] == [
        ("Sjukfrånvaro", "8,6 %", 3)
    ]


STACKED = "Aktivitet\nStartdatum\nSlutdatum\nAvvikelse\nVi bjuder in till fest\n2025-01-01\n2025-12-31\n\n"


@pytest.mark.parametrize("heading", ["Teammål: Vi hälsar på alla", "Teammål:\nVi hälsar på alla"])
@pytest.mark.parametrize("rows", [STACKED, ALIGNED.partition("helt\n")[2]], ids=["by order", "by place"])
def test_a_table_ends_at_a_heading_of_an_unknown_level(rows: str, heading: str, tmp_path: Path) -> None:
    known = "Enhetsmål: Alla trivs\n\nUppfylls helt\n\n"
    report = parsed(tmp_path, known + rows, f"{heading}\n\n● Uppfylls delvis\n", T)
    assert [row.goal for row in report.indicators][-1] is None
    assert "unknown_level" in {doubt.code for doubt in report.doubts}


@pytest.mark.parametrize("heading", ["KF:s mål\nför verksamhetsområdet: 1.9 Nytt", "Enhetens\nmål: Nytt"])
@pytest.mark.parametrize("rows", [STACKED, ALIGNED.partition("helt\n")[2]], ids=["by order", "by place"])
def test_a_table_ends_at_a_broken_heading(rows: str, heading: str, tmp_path: Path) -> None:
    known = "Enhetsmål: Alla trivs\n\nUppfylls helt\n\n"
    report = parsed(tmp_path, known + rows, f"\n{heading}\n\n● Uppfylls delvis\n", T)
    assert (report.goals[-1].title_raw, report.goals[-1].status_raw) == ("Nytt", "Uppfylls delvis")


def test_the_units_name_below_an_official_is_no_persons(tmp_path: Path) -> None:
    cover = "Verksamhetsberättelse 2025\nEnheten Ekens Boende\n\nHandläggare\nEva Prov\nTill\nEkens Boende\n"
    assert parsed(tmp_path, T, cover=cover).cover.officials == ("Eva Prov",)


# ------------------------------------------------------------------------------ headings that are only cited


@pytest.mark.parametrize(
    "text",
    [
        "”Nämndmål: Alla är med”, som det står, är svårt att förstå",
        '"Nämndmål: Alla är med"',
        "Nämndmål: Alla är med”, blev det tydligt att orden var svåra",
    ],
)
def test_a_cited_heading_is_none(text: str) -> None:
    assert goal_heading(text) is None


def test_a_heading_with_a_quotation_in_it_is_one() -> None:
    found = goal_heading("Enhetsmål: Arbetet med ”Alla med” fortsätter")
    assert found is not None and found.title == "Arbetet med ”Alla med” fortsätter"


ABOVE = "När vi talade om det på mötet i mars var det många som nämnde att"


@pytest.mark.parametrize(
    ("part", "goals"),
    [
        (f"{ABOVE}\nNämndmål: Alla är med är svårt att förstå för den som är ny i huset\noch borde skrivas om.\n", 1),  # noqa: E501
        (f"{ABOVE}\n”Nämndmål: Alla är med”, som det står, är svårt att förstå.\n", 1),
        (f"{ABOVE}\nNämndmål: Alla är med\nUppfylls helt\n", 2),
        (f"{ABOVE} allt är bra.\nNämndmål: Alla är med\n\nText.\n", 2),
    ],
)  # fmt: skip
def test_a_heading_inside_a_sentence_is_prose(part: str, goals: int, tmp_path: Path) -> None:
    report = parsed(tmp_path, "Enhetsmål: Alla trivs\n\nUppfylls helt\n\nAnalys\n", part, T)
    assert len(report.goals) == 2 + goals


def test_a_heading_cited_in_printed_prose(tmp_path: Path) -> None:
    prose = [
        "När vi på mötet läste nämndens mål högt för varandra var det många som tyckte att det var svårt och sade",  # noqa: E501
        "Nämndmål: Alla är med i allt som rör dem själva och det som händer i huset under hela det här året och",  # noqa: E501
        "nästa, vilket sedan skrevs om på lätt svenska och sattes upp i köket.",
    ]
    lines = ["Verksamhetsberättelse 2025 för Granen", *GOALS.splitlines(), *prose]
    page = b"".join(raw.words(50, 60 + 14 * n, line, 10) for n, line in enumerate(lines) if line)
    path = tmp_path / "r.pdf"
    path.write_bytes(raw.pdf([page]))
    goals = [b for b in read(path).blocks if isinstance(b, Heading) and goal_heading(b.text)]
    assert len(goals) == 2


# ------------------------------------------------------------------------------ contents


ENTRIES = [
    "Sammanfattande analys",
    "KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en stark och jämlik välfärd i hela staden",
    "KF:s mål för verksamhetsområdet: 1.3 Stockholms stad ska ge stöd och omsorg där behoven är som störst",
    "Nämndmål: Alla är med",
    "Uppföljning av ekonomi",
]
BODY = (
    f"Sammanfattande analys\n\nEtt bra år.\n{GOALS}\nNämndmål: Alla är med\n\nUppfylls helt\n{T}\n"
    "Uppföljning av ekonomi\n\nBudgeten höll.\n"
)


@pytest.mark.parametrize(
    "head", ["Innehållsförteckning\n\n", "Innehåll\n", ""], ids=["long", "short", "none"]
)
@pytest.mark.parametrize("page", ["", " 3"], ids=["no page", "page"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", ["", "- ", "- {number} "], ids=["bare", "listed", "numbered"])
def test_contents_without_leaders_give_no_goals(
    head: str, page: str, between: str, mark: str, tmp_path: Path
) -> None:
    marks = [mark.format(number=number) for number in range(1, len(ENTRIES) + 1)]
    contents = head + between.join(f"{m}{e}{page}" for m, e in zip(marks, ENTRIES, strict=True)) + "\n\n"
    cover = f"Verksamhetsberättelse 2025 för Granen\n\n{contents}"
    report = parsed(tmp_path, cover=cover, goals=BODY)
    assert [goal.status_raw for goal in report.goals] == ["Inga data", "Inga data", "Uppfylls helt"]
    assert [passage.text for passage in report.passages] == ["Ett bra år.", "Budgeten höll."]


def without_contents(texts: list[str]) -> list[str]:
    return [line.text for line in strip_contents([Line(i, text) for i, text in enumerate(texts, 1)])[0]]


def test_contents_end_where_their_first_entry_comes_again() -> None:
    texts = ["Innehåll", *ENTRIES, "", *BODY.splitlines()]
    assert without_contents(texts) == ["", *texts[texts.index("Sammanfattande analys", 2) :]]
    trail = ["Uppföljning", "Sida 4", *ENTRIES, "", *BODY.splitlines()]
    assert without_contents(trail)[:3] == ["Uppföljning", "Sida 4", ""]
    sentences = ["Innehåll", "Vi mäter", "Det går bra. Vi mäter.", "Vi mäter"]
    assert without_contents(sentences) == ["", *sentences[1:]]


def test_contents_of_a_word_file_without_styles(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Verksamhetsberättelse 2025 för Granen")
    for line in ["Innehåll", *ENTRIES, *(line for line in BODY.splitlines() if line and "\t" not in line)]:
        document.add_paragraph(line)
    path = tmp_path / "r.docx"
    document.save(str(path))
    goals = [b for b in read(path).blocks if isinstance(b, Heading) and goal_heading(b.text)]
    assert len(goals) == 3


def test_contents_of_a_pdf_without_leaders(tmp_path: Path) -> None:
    lines = ["Verksamhetsberättelse 2025 för Granen", "Innehåll", *ENTRIES]
    first = b"".join(raw.words(50, 60 + 20 * n, line, 9) for n, line in enumerate(lines))
    body = [line for line in BODY.splitlines() if line and "\t" not in line]
    path = tmp_path / "r.pdf"
    path.write_bytes(raw.pdf([first, b"".join(raw.words(50, 60 + 24 * n, t, 9) for n, t in enumerate(body))]))
    document = read(path)
    goals = [b for b in document.blocks if isinstance(b, Heading) and goal_heading(b.text)]
    assert len(goals) == 3
    assert len([each for each in document.furniture if each.kind == "contents"]) == 6


def test_headings_that_come_once_are_no_contents(tmp_path: Path) -> None:
    report = parsed(tmp_path, "Nämndmål: Ett\n\nEnhetsmål: Två\n\nEnhetsmål: Tre\n", T)
    assert len(report.goals) == 5


@pytest.mark.parametrize(
    "text", ["Enhetsmål: " + " " * 50_000 + "x", "Ab " * 20_000, " " * 50_000, "T1 2025 " * 8_000]
)
def test_lines_without_end_take_no_time(text: str) -> None:
    start = time.process_time()
    goal_heading(text), unknown_level(text), lacks_title(text), unknown_status(text), split_status(text)
    title_of(text), board_of([text]), without_contents(["Innehåll", text, text])
    assert time.process_time() - start < 5
