"""What is passed on: no suppressed count can be worked out from what is shown; no text tells of a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from page_tables import Tables
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array
from selectolax.lexbor import LexborHTMLParser

from tests.factories import frame
from vbdata.analyse.disclosure import ONLY_INTERNAL, OWN, Profile, is_hidden, protected, suppressed
from vbdata.analyse.disclosure.reasons import why_hidden
from vbdata.errors import ParameterError, VbdataError
from vbdata.export import FORMS, export
from vbdata.ingest import ingest
from vbdata.render import comparison, render_reports, unit
from vbdata.render.parts.export import notebook_of, page_html
from vbdata.render.parts.html import Block
from vbdata.render.parts.shared import hidden_in_words
from vbdata.schema import SCHEMAS
from vbdata.schema.tables import HIDDEN, PERIODS
from vbdata.store import read_tables

PARTS = ("T1", "T2", "VB")
QUESTIONS = ("deviation_subject", "deviation_source", "deviation_concerns")
Cells = dict[tuple[str, int, str], int | None]
"""(question, row, period) → count, missing where the cell is blank."""


def form(cells: Cells) -> pd.DataFrame:
    return frame("complaints", form_rows(cells, "2025-vb-a"))


def form_rows(cells: Cells, report_id: str) -> list[dict[str, Any]]:
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
    return rows


def seen(cells: Cells, found: pd.DataFrame) -> dict[Any, Any]:
    """The cells as a page has them: a count, None for a blank, «dold» where it is suppressed."""
    return {
        cell: HIDDEN if is_hidden(raw) else None if pd.isna(count) else int(count)
        for cell, count, raw in zip(cells, found["count"], found["count_raw"], strict=True)
    }


def shown(cells: Cells, threshold: int = 5) -> dict[Any, Any]:
    return seen(cells, suppressed(form(cells), threshold))


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


class Audit:
    """What anyone can work out from all pages together, by an integer programme over everything shown.

    What anyone may assume: a row's periods add up to its total, questions about the same events agree in
    every period, and a row that is not shown as zeros has a case or more. A page's cell is (question, row,
    period), and its total adds the periods that the page has.
    """

    def __init__(self, cells: Cells, pages: Sequence[dict[Any, Any]]) -> None:
        self.names = list(dict.fromkeys((q, r, p) for q, r, p in cells if p != "total"))
        self.column = {name: i for i, name in enumerate(self.names)}
        self.equations: list[tuple[Any, float, float]] = []
        for page in pages:
            self._say_page(page)
        questions = list(dict.fromkeys(q for q, _, _ in self.names))
        for other in questions[1:]:
            for period in PARTS:
                same = [
                    self._line(*[name for name in self.names if name[0] == q and name[2] == period])
                    for q in (questions[0], other)
                ]
                self.equations.append((same[0] - same[1], 0, 0))
        system, low, high = zip(*self.equations, strict=True)
        self.known = LinearConstraint(csc_array(np.array(system)), np.array(low), np.array(high))

    def _line(self, *wanted: tuple[str, int, str]) -> Any:
        found = np.zeros(len(self.names))
        found[[self.column[each] for each in wanted]] = 1
        return found

    def parts(self, cell: tuple[str, int, str], among: Sequence[str] = PARTS) -> Any:
        """A cell as a sum of the numbers that are sought."""
        q, r, p = cell
        return self._line(*[(q, r, each) for each in (among if p == "total" else (p,))])

    def _say_page(self, page: dict[Any, Any]) -> None:
        among = [p for p in PARTS if any(cell[2] == p for cell in page)]
        for cell, value in page.items():
            if value != HIDDEN:
                self.equations.append((self.parts(cell, among), value or 0, value or 0))
        rows = {cell[:2] for cell, value in page.items() if value == HIDDEN}
        if "VB" in among:  # of the others nothing is shown, not even zeros
            for q, r in rows:
                self.equations.append((self._line(*[(q, r, p) for p in among]), 1, np.inf))

    def numbers(self, cell: tuple[str, int, str], sign: int) -> Any:
        """Numbers that fit all that is known, with the cell as small (1) or as large (-1) as it can be."""
        solved = milp(
            sign * self.parts(cell),
            constraints=self.known,
            integrality=np.ones(len(self.names)),
            bounds=Bounds(0, 999),
        )
        assert solved.status == 0, solved.message
        return np.round(solved.x)


def known_too_well(cells: Cells, pages: Sequence[dict[Any, Any]], threshold: int = 5) -> list[str]:
    """Counts that are exact, within one, or known to be small.

    Numbers that are found to fit for one count show what the others can be too: only a count that they do
    not show to be safe is sought itself, so that what is said of it are its least and its greatest value.
    """
    shown = {cell for page in pages[-1:] for cell, value in page.items() if value != HIDDEN}
    hidden = [cell for cell in cells if cell not in shown]
    if not hidden:
        return []
    audit = Audit(cells, pages)
    sums = np.array([audit.parts(cell) for cell in hidden])
    least, most = np.full(len(hidden), np.inf), np.full(len(hidden), -np.inf)
    found = []
    for i, cell in enumerate(hidden):
        for sign in (-1, 1):
            if most[i] - least[i] < 2 or most[i] < threshold:
                seen = sums @ audit.numbers(cell, sign)
                least, most = np.minimum(least, seen), np.maximum(most, seen)
        if most[i] - least[i] < 2 or most[i] < threshold:
            found.append(f"{cell} is from {least[i]:.0f} to {most[i]:.0f}")
    return found


def assert_protected(cells: Cells, threshold: int = 5) -> None:
    page = shown(cells, threshold)
    for cell, value in page.items():
        if value != HIDDEN:
            assert value == cells[cell], "what is shown is as it was"
            assert not value or value >= threshold
    assert known_too_well(cells, [page], threshold) == []


def year_of_one(rng: np.random.Generator) -> Cells:
    """A unit's form: one to three questions about the same cases, often few."""
    cases = [
        (tuple(int(x) for x in rng.integers(0, 12, 3)), int(rng.integers(0, 3)))
        for _ in range(rng.choice([1, 3, 5, 5, 8, 15, 40]))
    ]
    return of_cases(cases, rng.integers(1, 6, rng.integers(1, 4)).tolist(), [])


def until_august(cells: Cells) -> Cells:
    """The form of the second four-month report: its total adds two periods."""
    part = {cell: n for cell, n in cells.items() if cell[2] in ("T1", "T2")}
    rows = [cell[:2] for cell in cells if cell[2] == "T1"]
    return part | {(q, r, "total"): (cells[q, r, "T1"] or 0) + (cells[q, r, "T2"] or 0) for q, r in rows}


def released(years: Sequence[Cells], treat: Callable[..., pd.DataFrame]) -> list[list[dict[Any, Any]]]:
    """For each unit's year, what two releases show: the four-month reports first, the annual ones later."""
    pages: list[list[dict[Any, Any]]] = [[] for _ in years]
    for kind, forms in (("t2", [until_august(cells) for cells in years]), ("vb", years)):
        ids = [f"2025-{kind}-{i}" for i in range(len(years))]
        rows = [row for cells, each in zip(forms, ids, strict=True) for row in form_rows(cells, each)]
        about = [
            {"report_id": each, "unit_id": f"u{i}", "unit_name": f"U{i}", "kind": kind.upper(), "year": 2025}
            for i, each in enumerate(ids)
        ]
        by_report = dict(list(treat(frame("complaints", rows), frame("reports", about)).groupby("report_id")))
        for page, cells, each in zip(pages, forms, ids, strict=True):
            page.append(seen(cells, by_report[each]))
    return pages


def as_released(table: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    return protected({"complaints": table, "reports": reports}, Profile("shared"))["complaints"]


def leaky(table: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Hides small counts alone."""
    small = (table["count"] > 0) & (table["count"] < 5)
    return table.assign(
        count=table["count"].mask(small), count_raw=table["count_raw"].mask(small.fillna(False), HIDDEN)
    )


@pytest.mark.slow
def test_nobody_recovers_a_count_of_sixty_units_over_two_years_and_two_releases():
    rng = np.random.default_rng(14)
    years = [year_of_one(rng) for _ in range(120)]
    pages = released(years, as_released)
    assert [said for i, cells in enumerate(years) if (said := known_too_well(cells, pages[i]))] == []


def test_the_audit_catches_a_version_that_leaks():
    rng = np.random.default_rng(14)
    years = [year_of_one(rng) for _ in range(24)]
    caught = [bool(known_too_well(*each)) for each in zip(years, released(years, leaky), strict=True)]
    assert sum(caught) > 4


def test_five_rows_of_one_beside_a_question_with_the_five_together():
    cells = {("q", r, p): n for r in range(5) for p, n in zip(PERIODS, (1, 0, 0, 1), strict=True)}
    cells |= {("r", 0, p): n for p, n in zip(PERIODS, (5, 0, 0, 5), strict=True)}
    assert_protected(cells)


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


def outcomes(*rows: dict[str, Any], answered: str = "") -> pd.DataFrame:
    """The indicators of one unit's reports as they are passed on; a row may say which year and kind."""
    tables = Tables()
    for row in rows:
        kind, year = row.pop("kind", "VB"), row.pop("year", 2025)
        if f"{year}-{kind.lower()}-a" != tables.report_id:
            tables.report("a", "A", kind=kind, year=year)
        tables.indicator(row.pop("name", "Antal"), row.pop("value", None), row.pop("target", None), **row)
    return protected(
        tables.frames() | {"quantities": pd.DataFrame({"sentence": [SECRET]})}, Profile("shared")
    )["indicators"]


@pytest.mark.parametrize("measure_unit", ["st", "personer", "ggr", None])
def test_a_count_is_a_count_in_any_unit(measure_unit: str | None):
    (row,) = outcomes({"value": 3.0, "value_men": 1.0, "measure_unit": measure_unit}).to_dict("records")
    assert pd.isna(row["value"]) and pd.isna(row["value_men"])
    assert row["value_raw"] == HIDDEN


@pytest.mark.parametrize("raw", ["Två", "3 av 6", "hos A.B.", "1–2 st"])
def test_a_cell_that_was_not_understood_hides_its_row_of_counts(raw: str):
    row = outcomes({"value": 12.0, "value_women": 10.0, "value_men_raw": raw, "measure_unit": "st"}).iloc[0]
    assert row[["value_raw", "value_women_raw", "value_men_raw"]].tolist() == [HIDDEN] * 3
    assert row[["value", "value_women", "value_men"]].isna().all()


def test_an_indicators_other_row_in_the_report_is_hidden_with_it():
    found = outcomes(
        {"value": 10.0, "measure_unit": "st"}, {"value": 10.0, "value_men": 2.0, "measure_unit": "st"}
    )
    assert found["value"].isna().all()


def test_counts_of_a_part_of_the_year_are_not_passed_on():
    found = outcomes(
        {"value": 7.0, "measure_unit": "st", "kind": "T2"}, {"value": 9.0, "measure_unit": "st", "kind": "VB"}
    )
    assert found["value"].tolist()[1:] == [9.0]
    assert pd.isna(found["value"].iloc[0])


def test_shares_are_whole_and_not_by_sex_and_are_judged_as_they_were():
    values = {"value_men": 50.0, "value_men_raw": "50 %", "value_women": 75.0, "value_women_raw": "75 %"}
    first, second = outcomes(
        {"name": "Nöjda", "value": 66.67, "target": 60.0, **values},
        {"name": "Trygga", "value": 84.6, "target": 84.8},
    ).to_dict("records")
    assert (first["value"], first["value_raw"], first["gap"], first["attainment"]) == (
        67.0,
        "67 %",
        7.0,
        "met",
    )
    assert (first["value_men_raw"], first["value_women_raw"]) == (HIDDEN, HIDDEN)
    assert pd.isna(first["value_men"])
    assert pd.isna(second["value"]) and pd.isna(second["attainment"]), "85 would reach 84,8"


def test_a_share_of_few_answers_is_not_passed_on():
    found = outcomes(
        {"name": "Andel som upplever trygghet", "value": 67.0, "analysis": "6 av 9 svarade på enkäten."},
        {"name": "Andel som är nöjda", "value": 67.0, "analysis": "60 av 90 svarade på enkäten."},
    )
    assert found["value_raw"].tolist() == [HIDDEN, "67 %"]


def test_a_finding_of_a_new_kind_has_no_words():
    tables = Tables()
    tables.report("a", "A")
    tables.finding("a_new_kind", "warning", f"{SECRET}: 3 st", action=SECRET)
    tables.finding("form_empty", "info", f"{SECRET} 3", table="complaints")
    found = protected(tables.frames(), Profile("shared"))["findings"]
    assert found["message"].tolist()[0] == ONLY_INTERNAL
    assert found["message"].tolist()[1].startswith("Blanketten")
    assert SECRET not in found.to_csv()


def test_a_table_of_a_new_kind_has_no_rows():
    found = protected({"quantities": pd.DataFrame({"sentence": [SECRET]})}, Profile("shared"))
    assert len(found["quantities"]) == 0


def test_titles_that_the_vocabulary_does_not_have_are_numbers():
    found = protected(secret_tables(), Profile("shared"))
    assert found["activities"]["title"].tolist() == ["Aktivitet 1"]
    assert found["goals"]["title"].tolist()[-2:] == ["Enhetsmål 1", "Enhetsmål 2"]
    assert found["indicators"]["name"].tolist() == ["Egen indikator 1", "Egen indikator 2"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tallåsens gruppbostad", "Tallåsen gruppbostad", True),
        ("Enheten Tallåsen", "TALLÅSEN", True),
        ("Tallåsen 1", "Tallåsen 2", False),
        ("Tallåsen", "Björkvik", False),
    ],
)
def test_one_unit_in_two_spellings_shows_one_form(one: str, other: str, same: bool):
    tables = Tables()
    for unit_id, name in (("a", one), ("b", other)):
        tables.report(unit_id, name)
        tables.complaint("Bemötande", (20, 30, 40, 90))
    found = protected(tables.frames(), Profile("shared"))["complaints"]
    assert found.groupby("report_id")["count"].count().tolist() == ([4, 0] if same else [4, 4])


def test_no_text_about_a_single_case_is_left():
    found = protected(secret_tables(), Profile("shared"))
    assert {name for name, table in found.items() if SECRET in table.to_csv()} == set()
    assert OWN in set(found["complaints"]["category"])
    assert set(found["findings"]["message"]) == {ONLY_INTERNAL}
    small = found["indicators"][found["indicators"]["measure_unit"] == "st"]
    assert small["value"].isna().all()
    assert set(small["value_raw"]) == {HIDDEN}
    assert found["indicators"]["value"].dropna().tolist() == [70.0]


def test_how_many_numbers_are_hidden_is_told_by_reason():
    tables = Tables()
    tables.report("a", "A", kind="T2")
    tables.complaint("Bemötande", (20, 30, 40, 90))
    tables.report("a", "A")
    tables.complaint("Bemötande", (2, 1, 0, 3))
    tables.complaint("Kompetens", (9, 9, 9, 27))
    tables.indicator("Nöjda", 70.0, 75.0, value_men=60.0, value_women=80.0)
    tables.indicator("Trygga", 84.6, 84.8)
    tables.indicator("Fall", 12.0, measure_unit="st", value_men=3.0, value_women=9.0)
    made = tables.frames()
    made["complaints"]["count_raw"] = made["complaints"]["count"].astype("string")
    why = why_hidden(made, Profile("shared"))
    assert why == {"small": 4, "told_by": 7, "elsewhere": 4, "by_sex": 2, "rounded": 1}
    hidden = protected(made, Profile("shared"))
    assert why.total() == sum(
        int(table.astype(object).eq(HIDDEN).to_numpy().sum()) for table in hidden.values()
    )
    assert why_hidden(made, Profile("shared"), report_ids=["2025-t2-a"]) == {"elsewhere": 4}
    assert why_hidden(made, Profile()) == {}
    assert hidden_in_words(why, 5).startswith("18 tal är dolda: 4 är under 5, 7 skulle avslöja")


def test_the_tables_keep_to_their_schemas():
    for name, table in protected(secret_tables(), Profile("shared")).items():
        SCHEMAS[name].validate(table)


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


PARTS_OF_PAGE = (
    *(unit.masthead, unit.summary, unit.goals, unit.indicators, unit.complaints, unit.activities),
    *(unit.findings, unit.sources, unit.footer),
)


def test_no_page_shows_what_is_suppressed(tmp_path: Path):
    folder = two_units(tmp_path / "tables")
    kept = unit.load("a", 2025, folder, "", "shared", 2000)
    blocks: list[Block] = [part(kept) for part in PARTS_OF_PAGE]
    html = page_html(notebook_of(blocks))
    assert leaks(html) == []
    assert "Version för delning" in html
    assert "dold" in html
    assert leaks(page_html(notebook_of([unit.complaints(unit.load("a", 2025, folder))]))) != []


@pytest.mark.parametrize("profile", ["internal", "shared"])
def test_an_indicator_without_a_unit_and_a_form_without_a_known_question_give_pages(
    profile: str, tmp_path: Path
):
    tables = Tables()
    for unit_id in ("a", "b"):
        tables.report(unit_id, unit_id.upper(), format="txt")
        tables.tree("met")
        tables.indicator("Fall", 3.0, 1.0, measure_unit=None, value_men=1.0, value_women=2.0)
        tables.complaint("Annat", (2, None, 7, 9), facet=None, group="En egen fråga")
    kept = unit.load("a", 2025, tables.write(tmp_path), "", profile)
    year = comparison.load(2025, tmp_path, [], profile)
    html = page_html(notebook_of([*(part(kept) for part in PARTS_OF_PAGE), comparison.complaints(year),
                                  comparison.indicators(year), comparison.summary(year)]))  # fmt: skip
    assert ("Version för delning" in html) is (profile == "shared")


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


@pytest.fixture(scope="module")
def material(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of reports that were made to be difficult."""
    reports = shared / "corpus" / "people" / "reports"
    if not reports.is_dir():
        pytest.skip("the reports about people are not here: no ../shared/corpus/people beside the repository")
    folder = tmp_path_factory.mktemp("material")
    ingest([reports], folder)
    return folder


def test_the_materials_years_are_passed_on_once_each(material: Path):
    """A year's form is shown of the annual report alone, in whichever spelling the unit's name is."""
    made = read_tables(material)
    found = protected(made, Profile("shared"))["complaints"]
    parts = found["report_id"].str.contains("-t2-")
    assert parts.any()
    assert found.loc[parts, "count"].isna().all()
    assert known_too_well_of(made, found) == []


def known_too_well_of(made: dict[str, pd.DataFrame], found: pd.DataFrame) -> list[str]:
    """What the tables to share give away of the annual reports' forms."""
    told = []
    for _, form in made["complaints"][made["complaints"]["report_id"].str.contains("-vb-")].groupby(
        "report_id"
    ):
        names = [(str(row["facet"]), int(row["position"]), str(row["period"])) for _, row in form.iterrows()]
        cells = {
            name: None if pd.isna(count) else int(count)
            for name, count in zip(names, form["count"], strict=True)
        }
        told += known_too_well(cells, [seen(cells, found.loc[form.index])])
    return told


@pytest.mark.slow
def test_the_material_gives_pages_in_both_profiles_and_no_hidden_count_in_the_shared(
    material: Path, tmp_path: Path
):
    units = ["kraschvik", "konvik", "enhetlosvik"]
    for name in ("internal", "shared"):
        made = render_reports(material, tmp_path / name, profile=name, units=units, notebooks=["unit_report"])
        assert [result.message for result in made if not result.ok] == []
    for page in (tmp_path / "shared/2025/unit_report").glob("*.html"):
        text = " ".join(LexborHTMLParser(page.read_text("utf-8")).body.text(separator=" ").split())
        assert re.findall(r"\b[1-4]\xa0?(?:st|personer)\b|män [1-4]\b|dold st", text) == []


def shared_form(folder: Path, counts: dict[str, tuple[int, ...]], **report: Any) -> list[Any]:
    """The counts that an export to share shows, of one unit's form in the folder of a workbook."""
    tables = Tables()
    tables.report(report.pop("unit_id", "a"), report.pop("name", "Tallåsens gruppbostad"), **report)
    for category, each in counts.items():
        tables.complaint(category, each)
    export(tables.write(folder / "data" / "processed"), folder / "ut", to="parquet", profile="shared")
    return [
        None if pd.isna(n) else int(n) for n in pd.read_parquet(folder / "ut" / "complaints.parquet")["count"]
    ]


FORM = {"Bemötande": (20, 30, 40, 90), "Kompetens": (10, 10, 10, 30)}


@pytest.mark.parametrize("named", [{}, {"version": "-v2"}, {"unit_id": "b", "name": "Tallåsen Gruppbostad"}])
def test_a_form_that_differs_from_the_one_that_was_shared_is_not_shown(tmp_path: Path, named: dict[str, str]):
    assert shared_form(tmp_path, FORM) == [20, 30, 40, 90, 10, 10, 10, 30]
    assert shared_form(tmp_path, FORM, **named) == [20, 30, 40, 90, 10, 10, 10, 30], "the same form"
    assert shared_form(tmp_path, FORM | {"Kompetens": (10, 10, 11, 31)}, **named) == [None] * 8
    assert shared_form(tmp_path, FORM | {"Kompetens": (10, 10, 11, 31)}, year=2024)[-1] == 31


def test_what_was_hidden_once_stays_hidden(tmp_path: Path):
    few = FORM | {"Kompetens": (10, 10, 1, 21)}
    first = shared_form(tmp_path, few)
    assert first == [None, None, None, 90, None, None, None, 21]
    assert shared_form(tmp_path, few) == first
    export(tmp_path / "data/processed", tmp_path / "ut", to="parquet", profile="shared", threshold=2)
    again = pd.read_parquet(tmp_path / "ut" / "complaints.parquet")["count"]
    assert again.isna().tolist() == [each is None for each in first]


def test_without_a_readable_register_nothing_is_passed_on(tmp_path: Path):
    shared_form(tmp_path, FORM)
    (tmp_path / "data/released/forms.json").write_text("[", encoding="utf-8")
    with pytest.raises(VbdataError, match="registret över det som är delat"):
        shared_form(tmp_path, FORM)
