"""Cells that the same gap parts throughout, or that start where their titles do, are as exact as tabs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import ACTIVITY_HEAD, FORM_HEAD, INDICATOR_HEAD, report_text
from vbdata.extract import read
from vbdata.extract.decode import Line
from vbdata.extract.document import Document, Table
from vbdata.extract.evenly import evenly_parted
from vbdata.vocabulary import UNREAD

LAST = "Annat\t3\t\t2\t5 st\t"


def document(text: str, folder: Path) -> Document:
    path = folder / "r.txt"
    path.write_text(report_text(text), encoding="utf-8")
    return read(path)


def rows_of(found: Document) -> list[tuple[str, ...]]:
    return [row.texts for b in found.blocks if isinstance(b, Table) for row in b.rows][1:]


def printed(head: str, *rows: str, gap: str) -> str:
    return "\n" + "\n".join(row.replace("\t", gap).rstrip() for row in (head, *rows)) + "\n"


def padded(head: str, *rows: str) -> str:
    """Rows in columns, each as wide as its widest cell."""
    cells = [row.split("\t") for row in (head, *rows)]
    widths = [max(map(len, column)) + 2 for column in zip(*cells, strict=True)]
    lines = ("".join(map(str.ljust, row, widths)).rstrip() for row in cells)
    return "\n" + "\n".join(lines) + "\n"


TABLES = [
    (INDICATOR_HEAD, ["Nöjda gäster\t81 %\t\t\t79 %\t80 %\t\t2025", "Antal resor\t5\t4\t6\t\t\t\t2025"]),
    (ACTIVITY_HEAD, ["Öppet hus\t2025-01-01\t2025-12-31\t", "Ny damm\t2025-02-01\t\tJa"]),
    (FORM_HEAD, ["Beröm\tBeröm\t\t2\t\t2 st\tTack för maten.", f"Avvikelse - SOL/LSS\t{LAST}", f"\t{LAST}"]),
]


@pytest.mark.parametrize("gap", ["  ", "   ", "    "])
@pytest.mark.parametrize(("head", "rows"), TABLES)
def test_one_gap_between_all_cells_is_a_tab(gap: str, head: str, rows: list[str], tmp_path: Path) -> None:
    found = document(printed(head, *rows, gap=gap), tmp_path)
    assert rows_of(found) == [tuple(row.split("\t")) for row in rows]
    assert not found.doubts


@pytest.mark.parametrize(("head", "rows"), TABLES)
def test_cells_that_start_where_their_titles_do_are_theirs(
    head: str, rows: list[str], tmp_path: Path
) -> None:
    assert rows_of(document(padded(head, *rows), tmp_path)) == [tuple(row.split("\t")) for row in rows]


def test_rows_that_lost_their_empty_cells_are_said(tmp_path: Path) -> None:
    head = INDICATOR_HEAD.replace("\t", "   ")
    rows = "Nöjda gäster   81 %   79 %   80 %   2025\nResor   5 %   4 %   6 %   5 %   7 %   8 %   2025\n"
    found = document(f"\n{head}\n{rows}", tmp_path)
    assert [row for row in rows_of(found) if row[0]] == [
        ("Resor", "5 %", "4 %", "6 %", "5 %", "7 %", "8 %", "2025")
    ]
    (doubt,) = found.doubts
    assert doubt.code == "columns_uncertain" and "”Nöjda gäster | 81 % | 79 % | 80 % | 2025”" in doubt.detail


def test_a_form_that_lost_its_empty_cells_keeps_its_labels(tmp_path: Path) -> None:
    head = FORM_HEAD.replace("\t", "   ")
    rows = (
        "Beröm   Beröm   1   1 st\nMiljö   Buller   4   3   5   12 st\n   Damm\n   Ljus   1   1 st   Bra.\n"
    )
    found = document(f"\n{head}\n{rows}", tmp_path)
    assert rows_of(found) == [
        ("Beröm", "Beröm", *[UNREAD] * 4, ""),
        ("Miljö", "Buller", "4", "3", "5", "12 st", ""),
        ("", "Damm", "", "", "", "", ""),
        ("", "Ljus", *[UNREAD] * 4, ""),
    ]
    assert [doubt.detail.split("”")[1] for doubt in found.doubts] == [
        "Beröm | Beröm | 1 | 1 st",
        "Ljus | 1 | 1 st | Bra.",
    ]


def test_an_analysis_under_its_row_is_none_of_the_next_name(tmp_path: Path) -> None:
    dates = "  2025-01-01  2025-12-31\n"
    rows = f"Öppet hus{dates}Analys Många kom,  fler än i fjol.\nNy damm{dates}"
    found = document(f"\n{ACTIVITY_HEAD.replace(chr(9), '  ')}\n{rows}", tmp_path)
    assert [row[0] for row in rows_of(found)] == ["Öppet hus", "Analys Många kom, fler än i fjol.", "Ny damm"]


@pytest.mark.parametrize(
    "body",
    [
        ["Öppet hus    2025-01-01   2025-12-31"],
        ["Öppet    2025-01-01  2025-12-31", "hus för alla"],
    ],
)
def test_lines_that_hang_on_places_are_left_to_others(body: list[str]) -> None:
    head = "Aktivitet        Startdatum   Slutdatum   Avvikelse"
    lines = [Line(i, text) for i, text in enumerate([head, *body], 1)]
    assert evenly_parted(lines) == (lines, [])
