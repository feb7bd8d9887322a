"""Rows of exact cells: text that goes on on the next line, cells too many, white space at the lines' ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import ACTIVITY_HEAD, FORM_HEAD, INDICATOR_HEAD, SICK, report_text, table
from vbdata.extract import read
from vbdata.extract.decode import Line
from vbdata.extract.delimited import Rows, tab_rows
from vbdata.extract.document import Document, Table
from vbdata.extract.grammar import goes_on
from vbdata.extract.headers import columns_of
from vbdata.vocabulary import UNREAD

NAME, DATES = "Dagliga promenader", "\t2025-01-01\t2025-12-31\t"
WALK = NAME + DATES
MEALS = "\tMat\t\t\t\t\t"
PRAISE = "Beröm\tBeröm\t1\t\t\t1 st\t"
PIPED = "| " + FORM_HEAD.replace("\t", " | ") + " |\n" + "|---" * 7 + "|\n"


def document(text: str, folder: Path) -> Document:
    path = folder / "r.txt"
    path.write_bytes(report_text(text).encode())
    return read(path)


def rows_of(text: str, folder: Path) -> list[tuple[str, ...]]:
    """The rows under the headers of a report's tables."""
    found = [row.texts for b in document(text, folder).blocks if isinstance(b, Table) for row in b.rows]
    return [row for row in found if columns_of(row) is None]


def cells(text: str) -> tuple[str, ...]:
    return tuple(text.split("\t"))


@pytest.mark.parametrize(
    ("head", "lines", "rows"),
    [
        (INDICATOR_HEAD, f"Sjukfrånvaro\ni huset\t{SICK.split(chr(9), 1)[1]}", ["Sjukfrånvaro i huset"]),
        (INDICATOR_HEAD, SICK.replace("av nämnd", "av\nnämnd"), ["Sjukfrånvaro"]),
        (ACTIVITY_HEAD, f"Dagliga\nturer i\nskogen{DATES}\n{WALK}", ["Dagliga turer i skogen", NAME]),
        (ACTIVITY_HEAD, f"{WALK}\nAnalys Vi gick\ndit.\t\t\t\n{WALK}", [NAME, "Analys Vi gick dit.", NAME]),
        (ACTIVITY_HEAD, f"{WALK}\nAnalys Hej.\nDet går.\n{WALK}", [NAME, "Analys Hej. Det går.", NAME]),
        (ACTIVITY_HEAD, f"{WALK}\nAnalys A.\t\t\t\nÖppet\nhus{DATES}", [NAME, "Analys A.", "Öppet hus"]),
        (ACTIVITY_HEAD, f"{WALK}\nAnalys\nVi gick\ndit.\n{WALK}", [NAME, "Analys\nVi gick dit.", NAME]),
        (ACTIVITY_HEAD, f"{WALK}\n**Analys**\nDet går.", [NAME, "Analys\nDet går."]),
        (ACTIVITY_HEAD, f"{WALK}\nKommentar\nDet går.\n{WALK}", [NAME, "Analys\nDet går.", NAME]),
        (ACTIVITY_HEAD, f"Grupp-\nsamtal{DATES}", ["Grupp-samtal"]),
    ],
)  # fmt: skip
def test_a_cell_goes_on_on_the_next_line(head: str, lines: str, rows: list[str], tmp_path: Path) -> None:
    found = rows_of(table(head, lines), tmp_path)
    assert [row[0] for row in found] == rows
    assert all(len(row) == len(head.split("\t")) or row[0].startswith("Analys") for row in found)


@pytest.mark.parametrize("above", ["Förväntat resultat", "- Fler är ute"])
def test_an_analysis_is_the_goals_where_no_blank_line_parts_its_table(above: str, tmp_path: Path) -> None:
    text = f"\n{above}\n{ACTIVITY_HEAD}\n{WALK}\nAnalys\nFler går ut.\n"
    assert [row[0] for row in rows_of(text, tmp_path)] == [NAME]


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ("\tHjälp med\nmaten\t1\t2\t\t3 st\t", ["\tHjälp med maten\t1\t2\t\t3 st\t"]),
        ("\tHjälp\nmed\nmaten\t1\t2\t\t3 st\t", ["\tHjälp med maten\t1\t2\t\t3 st\t"]),
        ("\tHjälp med maten\n\t1\t2\t\t3 st\t", ["\tHjälp med maten\t1\t2\t\t3 st\t"]),
        ("\tHjälp med\nmaten\t\t\t\t\t", ["\tHjälp med maten\t\t\t\t\t"]),
        (f"{PRAISE}Tack\nför\nMaten.\n{PRAISE}", [f"{PRAISE}Tack för Maten.", PRAISE]),
        (f"{PRAISE}Tack för\nmaten.", [f"{PRAISE}Tack för maten."]),
        (f"{PRAISE}Bra\nAvvikelse -\nSOL/LSS{MEALS}", [f"{PRAISE}Bra", f"Avvikelse - SOL/LSS{MEALS}"]),
        (f"{PRAISE}\n\tMat\t\t\t\t\t", [PRAISE, "\tMat\t\t\t\t\t"]),
    ],
)  # fmt: skip
def test_the_cells_of_a_form_go_on(lines: str, rows: list[str], tmp_path: Path) -> None:
    assert rows_of(table(FORM_HEAD, lines), tmp_path) == [cells(row) for row in rows]


@pytest.mark.parametrize(
    "written",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "  \n"),
        lambda text: "\n".join(line.rstrip() for line in text.split("\n")),
    ],
    ids=["CRLF", "hard spaces", "spaces at the end", "no tabs at the end"],
)
def test_lines_go_on_however_they_end(written: Callable[[str], str], tmp_path: Path) -> None:
    form = table(FORM_HEAD, "Beröm\tBeröm\t1\t\t\t1 st\t", "\tHjälp med", "maten\t1\t2\t\t3 st\t")
    found = rows_of(
        written(table(ACTIVITY_HEAD, "Dagliga", "promenader\t2025-01-01\t2025-12-31\t") + form), tmp_path
    )
    texts = [tuple(text.strip() for text in row) for row in found]
    assert [row[:3] for row in texts] == [
        ("Dagliga promenader", "2025-01-01", "2025-12-31"),
        ("Beröm", "Beröm", "1"),
        ("", "Hjälp med maten", "1"),
    ]  # fmt: skip


def test_what_may_be_one_row_or_two_is_said_with_its_words(tmp_path: Path) -> None:
    found = document(table(ACTIVITY_HEAD, "Öppet hus", "Vårfest\t2025-05-01\t2025-05-02"), tmp_path)
    rows = [row.texts for b in found.blocks if isinstance(b, Table) for row in b.rows]
    assert rows == [cells(ACTIVITY_HEAD)]
    (doubt,) = found.doubts
    assert doubt.code == "columns_uncertain" and "Öppet hus Vårfest | 2025-05-01 | 2025-05-02" in doubt.detail


@pytest.mark.parametrize("after", ["Enhetsmål: Alla trivs", "Uppfylls helt", "## Arbetssätt", "Arbetssätt"])
def test_a_heading_right_under_a_table_is_none_of_it(after: str, tmp_path: Path) -> None:
    rows = rows_of(table(FORM_HEAD, f"{PRAISE}Tack för", after, "", "Text.\n"), tmp_path)
    assert rows == [cells(f"{PRAISE}Tack för")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("\tMat\t1\t\t2\t3 st\tjan\t1\tfeb 2", "\tMat\t1\t\t2\t3 st\tjan 1 feb 2"),
        ("\tMat\t1\t\t2\t3 st\t\tfeb 2", "\tMat\t1\t\t2\t3 st\tfeb 2"),
        ("\tMat\t1\t\t2\t3 st\tTack\t\t", "\tMat\t1\t\t2\t3 st\tTack"),
        ("\tMat\toch dryck\t1\t\t2\t3 st\t", "\tMat och dryck\t1\t\t2\t3 st\t"),
    ],
)
def test_a_tab_in_a_text_moves_no_cell(row: str, expected: str, tmp_path: Path) -> None:
    assert rows_of(table(FORM_HEAD, row), tmp_path) == [cells(expected)]


def test_an_icon_in_a_cell_of_its_own_stays(tmp_path: Path) -> None:
    assert rows_of(table(ACTIVITY_HEAD, f"✔\t{WALK}"), tmp_path) == [cells(f"✔\t{WALK}")]


def test_a_tab_in_one_of_two_labels_is_said_and_the_label_kept(tmp_path: Path) -> None:
    found = document(
        table(FORM_HEAD, "Mat\toch dryck\tPå kvällen\t1\t\t2\t3 st\t", "\tVila\t\t\t\t\t"), tmp_path
    )
    rows = [row.texts for b in found.blocks if isinstance(b, Table) for row in b.rows][1:]
    assert rows == [("Mat", *[""] * 6), ("", "Vila", *[""] * 5)]
    assert "”Mat | och dryck | På kvällen | 1 | 2 | 3 st”" in found.doubts[0].detail


def test_counts_of_an_unsure_row_are_unread(tmp_path: Path) -> None:
    found = rows_of(table(FORM_HEAD, "Mat\tVila\t1\t2\t3\tsex\t6 st\tTack"), tmp_path)
    assert found == [("Mat", *[""] * 6)] or found[0][2:6] == (UNREAD,) * 4


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("| Beröm | Beröm | 1 | | | 1 st | Tack för\nmaten. |", "Beröm\tBeröm\t1\t\t\t1 st\tTack för maten."),
        ("| | Hjälp med\nmaten | 1 | | | 1 st | |", "\tHjälp med maten\t1\t\t\t1 st\t"),
        ("| | Mat | 1 | | | 1 st | jan 1 | feb 2 |", "\tMat\t1\t\t\t1 st\tjan 1 feb 2"),
    ],
)
def test_rows_of_pipes_go_on_and_may_hold_a_pipe(row: str, expected: str, tmp_path: Path) -> None:
    assert rows_of("\n" + PIPED + row + "\n", tmp_path) == [cells(expected)]


def test_a_header_goes_on(tmp_path: Path) -> None:
    head = ACTIVITY_HEAD.replace("Startdatum", "Start-\ndatum")
    assert rows_of(table(head, WALK), tmp_path) == [cells(WALK)]


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("grupp-", "och boende", "grupp- och boende"),
        ("grupp-", "boende", "grupp-boende"),
        ("1 -", "2", "1 - 2"),
        ("", "x", "x"),
    ],
)
def test_goes_on(text: str, more: str, expected: str) -> None:
    assert goes_on(text, more) == expected


WORDS = st.lists(st.sampled_from(["mat", "vila", "resor", "städ", "samtal"]), min_size=1, max_size=5)
COUNT = st.sampled_from(["", "1", "2 st", "13"])
ROW = st.tuples(WORDS, COUNT, COUNT, COUNT, COUNT, st.one_of(st.just([]), WORDS))


def read_lines(lines: list[str]) -> Rows:
    return tab_rows([Line(i, text) for i, text in enumerate(lines, 1)], 0, None, lambda i: False)


def test_a_row_broken_before_its_counts_is_one_row() -> None:
    """No half of it has the tabs that rows have, although each half alone would fit."""
    read = read_lines([FORM_HEAD, "\tmat", "mat\t1\t\t\t\t"])
    assert [texts for texts, _ in read.rows[1:]] == [["", "mat mat", "1", "", "", "", ""]]


@given(st.lists(ROW, min_size=1, max_size=6), st.data())
def test_rows_broken_anywhere_in_their_words_are_the_same_rows_or_said(rows, data) -> None:
    """A value is never lost or moved, however the words of a form's cells wrap."""
    wanted = [["", " ".join(name), *counts, " ".join(comment)] for name, *counts, comment in rows]
    printed = [FORM_HEAD]
    for row in wanted:
        text = "\t".join(row)
        spaces = [i for i, mark in enumerate(text) if mark == " " and not text[i + 1 :].startswith("st")]
        broken = data.draw(st.sets(st.sampled_from(spaces), max_size=3)) if spaces else set()
        printed += "".join("\n" if i in broken else mark for i, mark in enumerate(text)).split("\n")
    read = read_lines(printed)
    found = [texts for texts, _ in read.rows[1:]]
    assert read.end == len(printed)
    assert found == wanted or read.doubts
    values = {tuple(row[1:6]) for row in wanted}
    assert all(tuple(row[1:6]) in values or UNREAD in row for row in found)


def test_a_table_broken_where_tabs_stood_is_whole_or_said(tmp_path: Path) -> None:
    names = "Indikator\tPeriodens utfall\tUtfall män/ pojkar\tUtfall kvinnor/ flickor"
    rest = "Utfall VB 2024\tÅrsmål\tKF:s årsmål\tPeriod"
    text = f"\n{names}\n{rest}\n\nNöjda\t87 %\t86 %\t88 %\t85 %\n85 %\töka\t2025\n"
    assert rows_of(text, tmp_path) == [("Nöjda", "87 %", "86 %", "88 %", "85 %", "85 %", "öka", "2025")]


@pytest.mark.parametrize(
    ("row", "group"),
    [
        ("\tÅtgärder\tBemötande\t1\t1\t0\t2", "Åtgärder"),  # a cell too many at its start
        ("\tÅterkoppling\nBemötande\t1\t1\t0\t2\t", "Återkoppling"),  # a line's end for a tab
    ],
)
def test_a_row_of_the_form_that_has_lost_cells_keeps_its_label_alone(
    row: str, group: str, tmp_path: Path
) -> None:
    found = document(f"\n{FORM_HEAD}\n{PRAISE}\n\n{row}\n", tmp_path)
    assert [doubt.code for doubt in found.doubts] == ["columns_uncertain"]
    assert rows_of(f"\n{FORM_HEAD}\n{PRAISE}\n\n{row}\n", tmp_path)[-1] == (group, *[""] * 6)
