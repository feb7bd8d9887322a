"""A table under a header that no form has stays unknown to its end, in every format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
import raw_pdf as raw

from tests.factories import COVER, INDICATOR_HEAD, SICK, report_text, table
from vbdata.errors import NotAReportError
from vbdata.extract import read
from vbdata.extract.document import Heading, PageBreak, Paragraph, Place, Row, Table
from vbdata.extract.parts import with_columns
from vbdata.parse import parse

STRANGE = ("Mätning", "Fjolåret", "I år", "Tjejer", "Grabbar", "Ambition", "Stadshusets ambition", "Gäller")
SWIM = ("Andel som simmar 200 meter", "70 %", "81 %", "84 %", "78 %", "80 %", "75 %", "2025")
BATHS = ("Badgäster som trivs", "61 %", "66 %", "68 %", "64 %", "65 %", "60 %", "2025")
TEXT = ("Analys Lektionerna blev fler.", *[""] * 7)
TRIPS = ("Åtgärd", "Från", "Till", "Försenad")
BUS = ("Köra badbuss", "2025-06-01", "2025-08-15", "")
FERRY = ("Köra färja", "2025-06-03", "2025-08-20", "")
NUMBERED = ("Område", "Slag", "Omgång 1", "Omgång 2", "Omgång 3", "Alla omgångar", "Det vi gjort")
PRAISE = ("Bemötande", "Bemötande", "1", "2", "3", "6", "")
MONEY = ("Post", "Utfall", "Budget", "Enhetens mål")
WAGES = ("Badvakternas löner", "12", "10", "2")
WIDE = ("Mätning", "", "I år", "", "Ambition", "")  # as a grid that is fitted to the one above it
WIDE_ROW = ("Badgäster som trivs", "", "66 %", "", "65 %", "")


def parted(*blocks: object) -> list[str | None]:
    place = Place(1)
    made = [
        Table(tuple(Row.of(texts, place) for texts in block), place) if isinstance(block, list) else block
        for block in blocks
    ]
    return [
        part.columns and part.columns.table
        for part in with_columns(made)  # type: ignore[arg-type]  # lists have become tables
        if isinstance(part, Table)
    ]


@pytest.mark.parametrize(
    ("blocks", "tables"),
    [
        ([[STRANGE, SWIM], [BATHS]], [None, None]),
        ([[STRANGE, SWIM], Paragraph("Analys Fler bad.", Place(2)), [BATHS]], [None, None]),
        ([[STRANGE, SWIM], PageBreak(Place(2)), [BATHS]], [None, None]),
        ([[STRANGE, SWIM], Heading("Analys", Place(2)), [TEXT, BATHS]], [None, None]),
        ([[TRIPS, BUS], Paragraph("Tabell 3. Resor", Place(2)), [FERRY]], [None, None]),
        ([[INDICATOR_HEAD.split("\t"), SWIM, TRIPS, BUS], [FERRY]], ["indicators", None, None]),
        ([[STRANGE, SWIM], [INDICATOR_HEAD.split("\t"), BATHS], [SWIM]], [None, "indicators", "indicators"]),
        ([[NUMBERED, PRAISE, PRAISE]], [None]),
        ([[WIDE, WIDE_ROW, WIDE_ROW]], [None]),
        ([[MONEY, WAGES]], [None]),
    ],
    ids=[
        "table",
        "text",
        "page",
        "Analys",
        "caption",
        "another above",
        "known again",
        "numbers",
        "wide",
        "money",
    ],
)
def test_rows_after_an_unknown_header_are_as_unknown(blocks: list[object], tables: list[str | None]) -> None:
    assert parted(*blocks) == tables


def tabs(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def pipes(rows: Sequence[Sequence[str]]) -> str:
    lines = ["|".join(("", *row, "")) for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def tags(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def spaced(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("".join(text.ljust(30) for text in row).rstrip() for row in rows)


@pytest.mark.parametrize("shown", [tabs, pipes, tags, spaced])
@pytest.mark.parametrize("between", ["", "Tabell 2. Mer om baden\n", "\f"], ids=["blank", "caption", "page"])
def test_no_text_gives_numbers_under_unknown_titles(
    shown: Callable[[Sequence[Sequence[str]]], str], between: str, tmp_path: Path
) -> None:
    own = [table(shown([STRANGE, SWIM, TEXT])), between, table(shown([BATHS]))]
    path = tmp_path / "rapport.md"
    path.write_text(report_text("Nämndmål: Fler simmar\n", table(INDICATOR_HEAD, SICK), *own))
    report = parse(read(path))
    assert [row.name_raw for row in report.indicators] == ["Sjukfrånvaro"]
    said = " ".join(doubt.detail for doubt in report.doubts)
    assert all(words in said for words in ("Stadshusets ambition", BATHS[0]))


def test_no_word_file_gives_numbers_under_unknown_titles(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    for line in (*COVER.splitlines(), "Nämndmål: Fler simmar"):
        document.add_paragraph(line)
    for rows in ([tuple(INDICATOR_HEAD.split("\t")), SICK.split("\t")], [STRANGE, SWIM, TEXT], [BATHS]):
        grid = document.add_table(len(rows), len(rows[0]))
        for line, texts in zip(grid.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Mer om baden")
    document.save(str(path := tmp_path / "rapport.docx"))
    report = parse(read(path))
    assert [row.name_raw for row in report.indicators] == ["Sjukfrånvaro"]
    assert sum(BATHS[0] in doubt.detail for doubt in report.doubts) == 1


def test_no_page_gives_numbers_under_the_unknown_titles_of_the_page_before(tmp_path: Path) -> None:
    xs = (30, 150, 200, 250, 300, 350, 410, 500, 560)
    lines = ["Verksamhetsberättelse 2025", "Enheten Simhallen", "Nämndmål: Fler simmar"]
    above = b"".join(raw.words(50, 40 + 16 * i, line, 10) for i, line in enumerate(lines))
    broken = [tuple(text.replace(" ", "\n", 1) for text in row) for row in (STRANGE, SWIM, BATHS)]
    path = tmp_path / "rapport.pdf"
    path.write_bytes(
        raw.pdf([above + raw.ruled(xs, (120, 160, 200), broken[:2]), raw.ruled(xs, (40, 80), broken[2:])])
    )
    found = [block for block in read(path).blocks if isinstance(block, Table)]
    assert [(block.columns, len(block.rows)) for block in found] == [(None, 2), (None, 1)]
    assert all(a.place != b.place for a, b in pairwise(found))


@pytest.mark.parametrize(
    "line",
    ["Strategiskt mål 1: Alla simmar", "Fokusområde 2 – Vatten", "Inriktning 1. Hav", "Vårt mål: Hav"],
)
def test_a_goal_in_other_words_for_its_level_is_said_with_those_under_it(line: str, tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    path.write_text(
        report_text(f"{line}\n", "Nämndmål: Fler simmar\n", table(INDICATOR_HEAD, SICK), goals="")
    )
    report = parse(read(path))
    assert [(goal.title_raw, goal.parent) for goal in report.goals] == [("Fler simmar", None)]
    said = [doubt.detail for doubt in report.doubts if doubt.code == "unknown_level"]
    assert [line in said[0], "Fler simmar" in said[1]] == [True, True]


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        ((table(tabs([STRANGE, SWIM])),), None),  # the doubt names the titles
        (("Vi har simmat hela året.",), "inga tabeller"),
        (("Vårt mål: Alla simmar\n", table(INDICATOR_HEAD, SICK)), "nivåer som inte är kända: ”Vårt mål”"),
    ],
)
def test_what_is_refused_says_which_words_are_unknown(
    parts: Sequence[str], refused: str | None, tmp_path: Path
) -> None:
    goals = "" if "Vårt mål" in parts[0] else "Nämndmål: Fler simmar\n"
    path = tmp_path / "rapport.txt"
    path.write_text(report_text(*parts, goals=goals))
    if refused is None:
        assert "Stadshusets ambition" in parse(read(path)).doubts[-1].detail
    else:
        with pytest.raises(NotAReportError, match=refused):
            parse(read(path))


def test_a_label_beside_a_date_is_no_unit(tmp_path: Path) -> None:
    cover = "Simhallen\n\nVerksamhetsberättelse 2025\n\nTill Kulturnämnden\n\nSkriven den\t2026-01-20\n"
    path = tmp_path / "rapport.txt"
    path.write_text(report_text("Nämndmål: Fler simmar\n", table(INDICATOR_HEAD, SICK), cover=cover))
    assert parse(read(path)).cover.unit_name == "Simhallen"
