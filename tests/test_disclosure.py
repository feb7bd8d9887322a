"""What is passed on: no suppressed count can be worked out from what is shown; no text tells of a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from page_tables import Tables
from scipy.optimize import linprog

from vbdata.analyse.disclosure import ONLY_INTERNAL, OWN, Profile, is_hidden, protected, suppressed
from vbdata.errors import ParameterError
from vbdata.export import FORMS, export
from vbdata.render import comparison, render_reports, unit
from vbdata.render.export import notebook_of, page_html
from vbdata.render.html import Block
from vbdata.schema import frame
from vbdata.schema.tables import HIDDEN, PERIODS
from vbdata.validate import check_schema

PARTS = ("T1", "T2", "VB")
QUESTIONS = ("deviation_subject", "deviation_source", "deviation_concerns")
Cells = dict[tuple[str, int, str], int | None]
"""(question, row, period) → count, missing where the cell is blank."""


def form(cells: Cells, report_id: str = "2025-vb-a") -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    positions: dict[tuple[str, int], int] = {}
    for (question, row, period), count in cells.items():
        position = positions.setdefault((question, row), len(positions) + 1)
        rows.append(
            {
                "report_id": report_id,
                "row_id": f"{report_id}/c{position:02d}-{period}",
                "position": position,
                "template": "2025",
                "facet": question,
                "group": question,
                "category": f"{question} {row}",
                "period": period,
                "count": count,
                "count_raw": "" if count is None else str(count),
            }
        )
    return frame("complaints", rows)


def shown(cells: Cells, threshold: int = 5) -> Cells | dict[Any, Any]:
    """The cells as the page has them: a count, None for a blank, «dold» where it is suppressed."""
    found = suppressed(form(cells), threshold)
    return {
        cell: HIDDEN if is_hidden(raw) else None if pd.isna(count) else int(count)
        for cell, count, raw in zip(cells, found["count"], found["count_raw"], strict=True)
    }


def of_cases(
    cases: Sequence[tuple[tuple[int, ...], int]], sizes: Sequence[int], blanks: Sequence[bool]
) -> Cells:
    """A form in which every case is counted once per question; zeros are written or left blank."""
    cells: dict[tuple[str, int, str], int | None] = {}
    blank = iter(blanks)
    for q, size in enumerate(sizes):
        for row in range(size):
            counts = [sum(c[q] % size == row and p == part for c, p in cases) for part in range(3)]
            for period, count in zip(PERIODS, [*counts, sum(counts)], strict=True):
                cells[QUESTIONS[q], row, period] = None if not count and next(blank, False) else count
    return cells


def equations(cells: Cells) -> tuple[list[dict[Any, float]], list[str]]:
    """What anyone may assume of a form: rows add up, and questions about the same events agree."""
    rows = dict.fromkeys((q, r) for q, r, _ in cells)
    found = [{(q, r, p): 1.0 for p in PARTS} | {(q, r, "total"): -1.0} for q, r in rows]
    questions = list(dict.fromkeys(q for q, _ in rows))
    for other in questions[1:]:
        for period in PERIODS:
            one = {(q, r, period): 1.0 for q, r in rows if q == questions[0]}
            found.append(one | {(q, r, period): -1.0 for q, r in rows if q == other})
    return found, questions


def bounds(cells: Cells, page: dict[Any, Any]) -> dict[Any, tuple[float, float]]:
    """Least and greatest value of each suppressed cell that agrees with everything shown."""
    unknown = [cell for cell, value in page.items() if value == HIDDEN]
    column = {cell: i for i, cell in enumerate(unknown)}
    system, right = [], []
    for equation in equations(cells)[0]:
        line = np.zeros(len(unknown))
        known = 0.0
        for cell, factor in equation.items():
            if cell in column:
                line[column[cell]] = factor
            else:
                known += factor * (page[cell] or 0)
        if line.any():
            system.append(line)
            right.append(-known)
    found = {}
    for cell, i in column.items():
        ends = []
        for sign in (1, -1):
            target = np.zeros(len(unknown))
            target[i] = sign
            solved = linprog(target, A_eq=np.array(system), b_eq=right, bounds=(0, 10_000))
            assert solved.status == 0, solved.message
            ends.append(round(sign * solved.fun, 6))
        found[cell] = (ends[0], ends[1])
    return found


def assert_protected(cells: Cells, threshold: int = 5) -> None:
    page = shown(cells, threshold)
    for cell, value in page.items():
        if value != HIDDEN:
            assert value == cells[cell], "what is shown is as it was"
            assert not value or value >= threshold
    for cell, (least, most) in bounds(cells, page).items():
        assert np.floor(most) - np.ceil(least) >= 1, f"{cell} can only be {least}"
        assert most >= threshold, f"{cell} is known to be small: at most {most}"


CASES = st.lists(st.tuples(st.tuples(*[st.integers(0, 11)] * 3), st.integers(0, 2)), max_size=40)


@settings(max_examples=60)
@given(
    CASES,
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.lists(st.booleans(), max_size=48),
    st.integers(3, 8),
)
def test_no_suppressed_count_can_be_worked_out(
    cases: list[tuple[tuple[int, ...], int]], sizes: list[int], blanks: list[bool], threshold: int
):
    assert_protected(of_cases(cases, sizes, blanks), threshold)


COUNTS = st.sampled_from([0, 0, 0, 1, 2, 4, 5, 6, 9, 20])
ROWS = st.one_of(
    st.tuples(COUNTS, COUNTS, COUNTS),
    st.tuples(COUNTS, st.just(0), st.just(0)),
    st.tuples(COUNTS, COUNTS, st.just(0)),
)


@settings(max_examples=80)
@given(st.lists(ROWS, min_size=2, max_size=5), st.integers(1, 4))
def test_nor_where_the_questions_have_much_and_little(table: list[tuple[int, ...]], step: int):
    """Tables with large and small counts side by side; the second question has its rows merged."""
    cells: dict[tuple[str, int, str], int | None] = {}
    merged = [
        tuple(sum(x) for x in zip(*table[i : i + step], strict=True)) for i in range(0, len(table), step)
    ]
    for question, rows in zip(QUESTIONS, (table, merged), strict=False):
        for r, counts in enumerate(rows):
            cells |= {(question, r, p): c for p, c in zip(PERIODS, [*counts, sum(counts)], strict=True)}
    assert_protected(cells)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[5, 0, 6, 11], [9, 5, 7, 21]], [["5", "0", "6", "11"], ["9", "5", "7", "21"]]),
        ([[0, 0, 0, 0], [None, None, None, None]], [["0", "0", "0", "0"], ["", "", "", ""]]),
        ([[2, 0, 0, 2]], [[HIDDEN, "0", "0", HIDDEN]]),
        ([[2, 6, 0, 8]], [[HIDDEN, HIDDEN, "0", "8"]]),
        ([[1, 0, 0, 1], [6, 0, 0, 6], [20, 0, 0, 20]],
         [[HIDDEN, "0", "0", HIDDEN], [HIDDEN, "0", "0", HIDDEN], ["20", "0", "0", "20"]]),
        ([[1, 2, 3, 6], [0, 0, 0, 0], [9, 9, 9, 27]],
         [[HIDDEN] * 3 + ["6"], ["0"] * 4, [HIDDEN] * 3 + ["27"]]),
        ([[None, None, None, 3], [7, None, None, 7], [9, 9, 0, 18]],
         [[HIDDEN, HIDDEN, "", HIDDEN], [HIDDEN, HIDDEN, "", HIDDEN], [HIDDEN, HIDDEN, "0", "18"]]),
    ],
)  # fmt: skip
def test_which_cells_are_suppressed(rows: list[list[int | None]], expected: list[list[str]]):
    cells = {("q", r, p): c for r, row in enumerate(rows) for p, c in zip(PERIODS, row, strict=True)}
    found = ["" if value is None else str(value) for value in shown(cells).values()]
    assert found == [text for row in expected for text in row]


@given(CASES)
def test_more_is_suppressed_with_a_higher_threshold_and_nothing_is_changed(
    cases: list[tuple[tuple[int, ...], int]],
):
    cells = of_cases(cases, [3, 2], [])
    assume(cases)
    few, many = (sum(v == HIDDEN for v in shown(cells, t).values()) for t in (3, 9))
    assert few <= many


def test_text_in_place_of_a_count_is_hidden_like_a_small_count():
    table = form({("q", 0, p): 9 for p in PERIODS} | {("q", 1, p): 8 for p in PERIODS})
    table.loc[0, "count"], table.loc[0, "count_raw"] = pd.NA, "5 (varav en hos A.B.)"
    assert "A.B." not in suppressed(table).to_csv()


def test_of_two_reports_of_a_year_only_one_shows_counts():
    tables = Tables()
    for kind in ("VB", "T2"):
        tables.report("a", "A", kind=kind)
        tables.complaint("Bemötande", (20, 30, 40, 90))
    made = tables.frames()
    made["complaints"]["count_raw"] = made["complaints"]["count"].astype("string")
    found = protected(made, Profile("shared"))["complaints"]
    assert found[found["report_id"] == "2025-t2-a"]["count"].isna().all()
    assert found[found["report_id"] == "2025-vb-a"]["count"].notna().all()


SECRET = "Deltagaren Åke och hans mor"


def secret_tables() -> dict[str, pd.DataFrame]:
    """A report in which every text that may tell of a case does."""
    tables = Tables()
    tables.report("a", "A")
    tables.tree("not_met", "met")
    tables.indicator("Nöjda", 70.0, 75.0)
    tables.indicator("Incidenter", 2.0, 0.0, measure_unit="st")
    tables.activity("Utbilda alla")
    tables.complaint("Bemötande", (2, 1, 0, 3))
    tables.complaint(SECRET, (9, 9, 9, 27))
    tables.finding("text_disguised", "warning", SECRET)
    tables.finding("total_mismatch", "warning", "Bemötande: T1, T2 och VB blir tillsammans 3")
    made = tables.frames()
    for table, column in (("indicators", "analysis"), ("activities", "analysis"), ("complaints", "comment")):
        made[table][column] = SECRET
    return made


def test_no_text_about_a_single_case_is_left():
    found = protected(secret_tables(), Profile("shared"))
    assert {name for name, table in found.items() if SECRET in table.to_csv()} == set()
    assert OWN in set(found["complaints"]["category"])
    assert set(found["findings"]["message"]) == {ONLY_INTERNAL}
    small = found["indicators"][found["indicators"]["measure_unit"] == "st"]
    assert small["value"].isna().all()
    assert set(small["value_raw"]) == {HIDDEN}
    assert found["indicators"]["value"].dropna().tolist() == [70.0]


def test_the_tables_keep_to_their_schemas():
    for name, table in protected(secret_tables(), Profile("shared")).items():
        check_schema(name, table)


def test_internal_sees_everything():
    made = secret_tables()
    for name, table in protected(made, Profile()).items():
        pd.testing.assert_frame_equal(table, made[name])


def test_no_forms_no_trouble():
    assert suppressed(frame("complaints", [])).empty
    assert protected({}, Profile("shared")) == {}


@pytest.mark.parametrize(("name", "threshold"), [("öppen", 5), ("shared", 1), ("shared", 0)])
def test_profiles_that_are_none(name: str, threshold: int):
    with pytest.raises(ParameterError):
        Profile(name, threshold)


# ---------------------------------------------------------------------------------- what is written

SMALL_COUNTS = (613, 727, 389, 1729)
"""Small beside a threshold of two thousand, and like no other number of a page."""


def two_units(folder: Path) -> Path:
    made = Tables()
    for unit_id in ("a", "b"):
        made.report(unit_id, unit_id.upper(), format="txt", source=f"{SECRET}.txt")
        made.tree("not_met", "met")
        row = made.indicator("Nöjda", 70.0, 75.0, analysis=SECRET)
        made.activity("Utbilda alla", analysis=SECRET)
        made.complaint("Bemötande", SMALL_COUNTS, comment=SECRET)
        made.complaint("Kompetens", (4001, 4002, 4003, 12_006))
        made.complaint(SECRET, (9000, 9000, 9000, 27_000))
        made.finding("text_disguised", "warning", SECRET, row, action=SECRET)
        made.finding(
            "total_mismatch", "warning", "613 eller 727", f"{made.report_id}/c01-T1", table="complaints"
        )
        made.correction("complaints", f"{made.report_id}/c01-T1", "count", "389", "613", reason=SECRET)
        made.rows["passages"].append(
            {"report_id": made.report_id, "row_id": f"{made.report_id}/p001", "position": 1, "text": SECRET}
        )
    log = {"source": SECRET, "status": "failed", "message": SECRET, "parser_version": "0"}
    made.rows["extraction_log"].append(log)
    return made.write(folder)


def leaks(text: str) -> list[str]:
    """Secrets in what somebody gets to see; numbers also as they are printed, with a hard space."""
    flat = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3}\b)", "", text)
    return [secret for secret in (SECRET, *map(str, SMALL_COUNTS)) if secret in flat]


def test_no_page_shows_what_is_suppressed(tmp_path: Path):
    folder = two_units(tmp_path / "tables")
    kept = unit.load("a", 2025, folder, "", "shared", 2000)
    parts = (
        *(unit.masthead, unit.summary, unit.goals, unit.indicators, unit.complaints, unit.activities),
        *(unit.findings, unit.sources, unit.footer),
    )
    blocks: list[Block] = [part(kept) for part in parts]
    html = page_html(notebook_of(blocks))
    assert leaks(html) == []
    assert "Version för delning" in html
    assert "dold" in html
    assert leaks(page_html(notebook_of([unit.complaints(unit.load("a", 2025, folder))]))) != []


@pytest.mark.slow
def test_no_file_of_a_shared_run_holds_what_is_suppressed(tmp_path: Path):
    folder, target = two_units(tmp_path / "tables"), tmp_path / "delad"
    made = render_reports(folder, target, profile="shared", threshold=2000)
    assert [result.message for result in made if not result.ok] == []
    files = [path for path in target.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".ipynb", ".json"}
    pages = [path for path in files if path.suffix == ".html"]
    assert {path.name: found for path in pages if (found := leaks(path.read_text("utf-8")))} == {}
    assert [path.name for path in files if SECRET in path.read_text("utf-8")] == []
    assert not (target / "2025/data_quality").exists()
    with pytest.raises(ParameterError, match="profilen shared"):
        render_reports(folder, target)


@pytest.mark.parametrize("to", FORMS)
def test_no_export_holds_what_is_suppressed(tmp_path: Path, to: str):
    target = tmp_path / f"ut{FORMS[to].suffix}"
    export(two_units(tmp_path / "tables"), target, to=to, profile="shared", threshold=2000)
    if to == "xlsx":
        book = openpyxl.load_workbook(target)
        text = "\n".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
        assert HIDDEN in text
        assert leaks(text) == []
        return
    files = [path for path in [target, *target.rglob("*")] if path.is_file()]
    assert files
    for path in files:
        assert SECRET.encode() not in path.read_bytes(), path
    if to in ("csv", "datapackage"):
        assert [path.name for path in files if leaks(path.read_text("utf-8-sig"))] == []


def test_the_comparison_shows_no_counts(tmp_path: Path):
    kept = comparison.load(2025, two_units(tmp_path / "tables"), [], "shared", 2000)
    assert leaks(page_html(notebook_of([comparison.complaints(kept), comparison.summary(kept)]))) == []
