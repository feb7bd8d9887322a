"""The published accuracy: the page says what was measured, and measuring can fail."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import accuracy
from benchmarks.expectations import expectations
from benchmarks.states import FIELDS, Cell, states
from vbdata.analyse.proportions import clopper_pearson
from vbdata.quality import CORPORA, READING, Reading, quality_page, totals
from vbdata.quality.kept import kept
from vbdata.quality.shares import interval_words, rounded_up, share_words

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
Rows = dict[str, list[dict[str, Any]]]


# What is published


def test_the_page_is_fresh():
    written = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert written == quality_page(), "kör: vbdata docs"


def test_reports_from_other_hands_come_first_and_vbdatas_own_last():
    page = quality_page()
    places = [page.find(f"### {told.title}") for told in CORPORA.values()]
    kept = [place for place in places if place >= 0]
    assert kept == sorted(kept)
    assert places[0] >= 0
    assert list(CORPORA)[-1] == "generated"


def test_the_page_names_no_folder_outside_the_repository():
    page = quality_page()
    assert "shared" not in page
    assert "/" not in "".join(each.title + each.about for each in CORPORA.values())


def test_a_page_says_that_its_figures_are_read_by_a_program():
    from vbdata.render.parts.components import READ_BY_PROGRAM, footer

    assert READ_BY_PROGRAM in footer("Alla rapporter", about=("Om sidan", "Gjord i dag.")).html


@pytest.mark.parametrize(
    ("right", "cells", "share", "lost", "interval"),
    [
        (100, 100, "100 %", "0 %", "96,37–100 %"),
        (99_999, 100_000, "99,99 %", "0,01 %", "99,99–100 %"),
        (0, 10, "0 %", "100 %", "0–30,85 %"),
        (9, 10, "90 %", "10 %", "55,49–99,75 %"),
        (2, 3, "66,66 %", "33,34 %", "9,42–99,16 %"),
    ],
)
def test_shares_are_rounded_to_the_worse_and_intervals_outwards(
    right: int, cells: int, share: str, lost: str, interval: str
):
    assert share_words(right, cells).replace("\u00a0", " ") == share
    assert rounded_up(cells - right, cells).replace("\u00a0", " ") == lost
    assert interval_words(right, cells).replace("\u00a0", " ") == interval


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (0, 40), (7, 40), (40, 40), (1209, 1210)])
def test_exact_limits_are_those_of_statsmodels(count: int, n: int):
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, n, alpha=0.05, method="beta")
    limits = clopper_pearson(count, n)
    assert limits.low == pytest.approx(0.0 if count == 0 else low, abs=1e-9)
    assert limits.high == pytest.approx(1.0 if count == n else high, abs=1e-9)


# The four states


def _finding(code: str, table: str = "goals", row_id: str | None = None, message: str = "") -> dict[str, Any]:
    return {"code": code, "table": table, "row_id": row_id, "message": message}


@pytest.fixture
def truth() -> Rows:
    """A report with a goal, an indicator, an activity and a row of its form."""
    return {
        "report": [{"kind": "VB", "year": "2025", "unit": "Provenheten", "board": "Norrviks stadsdelsnämnd",
                    "dnr": "", "date": "2026-01-20"}],
        "goals": [{"order": "1", "level": "unit", "code": "", "title": "Alla är med", "status": "met",
                   "parent": ""}],
        "indicators": [{"order": "1", "goal": "1", "name": "Andel nöjda", "outcome": "82,5 %", "men": "",
                        "women": "", "prior": "1 200", "target": "80", "council_target": "Öka",
                        "period": "2025"}],
        "activities": [{"order": "1", "goal": "1", "title": "Vi övar strömavbrott", "start": "2025-01-01",
                        "end": "2025-06-30", "deviation": ""}],
        "complaints": [{"group": "Beröm", "category": "Antal beröm", "t1": "1", "t2": "", "vb": "2",
                        "total": "3"}],
        "texts": [{"table": "indicators", "order": "1", "text": "Fyra av fem är nöjda."}],
    }  # fmt: skip


@pytest.fixture
def rows() -> Rows:
    """The same, as it is read."""
    counts = {"T1": 1, "T2": None, "VB": 2, "total": 3}
    return {
        "reports": [{"kind": "VB", "year": 2025, "unit_name": "Provenheten",
                     "board": "Norrviks stadsdelsnämnd", "dnr": None, "date": datetime.date(2026, 1, 20)}],
        "goals": [{"goal_id": "x/g01", "level": "unit", "code": None, "title": "Alla är med", "status": "met",
                   "status_raw": "Uppfylls helt", "parent_goal_id": None}],
        "indicators": [{"row_id": "x/i01", "goal_id": "x/g01", "name": "Andel nöjda", "value": 82.5,
                        "value_men": None, "value_women": None, "value_previous": 1200.0, "target": 80.0,
                        "council_target": None, "target_rule": "number", "council_target_rule": "increase",
                        "period": "2025", "analysis": "Fyra av fem är nöjda."}],
        "activities": [{"row_id": "x/a01", "goal_id": "x/g01", "title": "Vi övar strömavbrott",
                        "start": datetime.date(2025, 1, 1), "end": datetime.date(2025, 6, 30),
                        "deviation": False, "analysis": None}],
        "complaints": [{"row_id": f"x/c01-{period}", "group": "Beröm", "category": "Antal beröm",
                        "period": period, "count": count, "count_raw": None if count is None else str(count),
                        "comment": None} for period, count in counts.items()],
        "findings": [],
    }  # fmt: skip


def _lost(judged: list[Cell]) -> Counter[tuple[str, str]]:
    return Counter((f"{cell.table}.{cell.field}", cell.state) for cell in judged if cell.state != "right")


def test_what_is_read_as_printed_is_right(truth: Rows, rows: Rows):
    judged = states(truth, rows)
    assert not _lost(judged)
    assert len(judged) == sum(map(len, FIELDS.values())) + 1 + 1  # a goal's parent, and a text


@pytest.mark.parametrize(
    ("spoil", "lost"),
    [
        (lambda r: r["indicators"][0].update(value=28.5), {("indicators.value", "wrong"): 1}),
        (lambda r: r["indicators"][0].update(value_men=80.0), {("indicators.value_men", "wrong"): 1}),
        (lambda r: r["indicators"][0].update(value=None), {("indicators.value", "silent"): 1}),
        (lambda r: r["indicators"][0].update(value=None, value_raw="ca 82,5 % (av 40)"),
         {("indicators.value", "said"): 1}),
        (lambda r: r["indicators"][0].update(value=None, value_raw="något annat"),
         {("indicators.value", "silent"): 1}),
        (lambda r: (r["indicators"][0].update(value=None),
                    r["findings"].append(_finding("value_unreadable", "indicators", "x/i01"))),
         {("indicators.value", "said"): 1}),
        (lambda r: (r["indicators"][0].update(value=None),
                    r["findings"].append(_finding("miss_unexplained", "indicators", "x/i01"))),
         {("indicators.value", "silent"): 1}),
        (lambda r: r["indicators"][0].update(goal_id=None), {("indicators.goal", "silent"): 1}),
        (lambda r: r["indicators"][0].update(council_target_rule="decrease"),
         {("indicators.council_target_rule", "wrong"): 1}),
        (lambda r: r["indicators"][0].update(analysis="Fyra av fem är nöjda. Beröm 1 2 3"),
         {("texts.indicators", "wrong"): 1}),
        (lambda r: r["indicators"][0].update(analysis="Fyra av fem"), {("texts.indicators", "silent"): 1}),
        (lambda r: r["goals"][0].update(title="Alla är inte med"), {("goals.title", "wrong"): 1}),
        (lambda r: r["goals"][0].update(status=None), {("goals.status", "said"): 1}),
        (lambda r: r["activities"][0].update(deviation=True), {("activities.deviation", "wrong"): 1}),
        (lambda r: r["complaints"][0].update(count=4), {("complaints.T1", "wrong"): 1}),
        (lambda r: r["complaints"][1].update(count=0), {("complaints.T2", "wrong"): 1}),
        (lambda r: [row.update(group="Klagomål") for row in r["complaints"]],
         {("complaints.group", "wrong"): 1}),
        (lambda r: r["reports"][0].update(date=None), {("report.date", "silent"): 1}),
        (lambda r: (r["reports"][0].update(date=None),
                    r["findings"].append(_finding("cover_field_missing", "reports", None, "Datum saknas"))),
         {("report.date", "said"): 1}),
        (lambda r: (r["reports"][0].update(year=None),
                    r["findings"].append(_finding("cover_field_missing", "reports", None, "Datum står ej"))),
         {("report.year", "silent"): 1}),
    ],
    ids=["a wrong number", "a number where none is", "a lost number", "shown by its raw cell",
         "the raw cell shows another", "said by a finding", "a finding about something else", "a lost goal",
         "a wrong rule", "an analysis that took a row", "a cut analysis", "a word too many",
         "a status kept raw", "a mark that is not there", "a wrong count", "a zero for a blank",
         "another group", "a lost date", "a lost date that is said", "words that only hold the name"],
)  # fmt: skip
def test_each_fault_costs_its_cells(truth: Rows, rows: Rows, spoil: Callable[[Rows], Any], lost: dict):
    spoil(rows)
    assert _lost(states(truth, rows)) == lost


def test_a_row_too_many_is_wrong_in_each_filled_cell(truth: Rows, rows: Rows):
    more = {"row_id": "x/a02", "goal_id": None, "title": "Helt annan sak", "start": datetime.date(2025, 1, 1)}
    rows["activities"].append({**rows["activities"][0], **more, "end": None})
    lost = {("activities.title", "wrong"): 1, ("activities.start", "wrong"): 1}
    assert _lost(states(truth, rows)) == lost


def test_a_second_report_in_a_file_that_holds_one_is_wrong(truth: Rows, rows: Rows):
    rows["reports"].append({**rows["reports"][0], "unit_name": "Annan enhet"})
    assert sum(_lost(states(truth, rows)).values()) == 5


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        ([], "silent"),
        ([_finding("table_missing", "activities")], "said"),
        ([_finding("table_missing", "indicators")], "silent"),
        ([_finding("left_over", "activities", None, "raden ”Vi övar strömavbrott” är inte läst")], "said"),
        ([_finding("left_over", "activities", None, "”2025-01-01 2025-06-30” är inte läst")], "said"),
        ([_finding("dates_reversed", "activities", None, "”Vi övar strömavbrott”")], "silent"),
    ],
)
def test_a_lost_row_counts_its_printed_cells(truth: Rows, rows: Rows, findings: list, state: str):
    rows["activities"].clear()
    rows["findings"] = findings
    names = ("title", "goal", "start", "end")
    assert _lost(states(truth, rows)) == {(f"activities.{name}", state): 1 for name in names}


def test_a_row_that_lost_its_name_is_one_fault_and_not_two_rows(truth: Rows, rows: Rows):
    rows["activities"][0]["title"] = ""
    assert _lost(states(truth, rows)) == {("activities.title", "silent"): 1}


@pytest.mark.parametrize(("message", "state"), [("filen är skadad", "said"), (None, "silent")])
def test_a_refused_file_has_lost_all_it_prints(truth: Rows, message: str | None, state: str):
    judged = states(truth, None, message)
    assert {cell.state for cell in judged} == {state}
    assert Counter(cell.table for cell in judged) == {
        "report": 5, "goals": 3, "indicators": 7, "activities": 4, "complaints": 5
    }  # fmt: skip


# Corpora


def test_vbdatas_own_reports_are_read_whole(tmp_path: Path):
    found = accuracy.measure(accuracy.cells, accuracy.invented(tmp_path, 2, ("txt", "md", "docx")), 1)
    counted = accuracy.counted("generated", found)
    assert {each.table for each in counted} == set(FIELDS)
    (counts,) = totals(counted, ["corpus"]).values()
    assert counts.cells > 1000
    assert counts.right == counts.cells


def test_a_corpus_is_files_and_what_somebody_read_in_them(tmp_path: Path, truth: Rows):
    gold = tmp_path / "gold" / "rapport"
    gold.mkdir(parents=True)
    for table, wanted in truth.items():
        lines = [",".join(wanted[0]), *(",".join(f'"{value}"' for value in row.values()) for row in wanted)]
        (gold / f"{table}.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "rapport.txt").write_text("Ingen rapport", encoding="utf-8")
    (tmp_path / "files" / "annan.txt").write_text("Ingen läste den", encoding="utf-8")
    (tmp_path / "files" / "rapport.json").write_text("{}", encoding="utf-8")
    (found,) = accuracy.of_corpus([tmp_path], 1)
    assert found[0].name == "rapport.txt"
    assert {cell.state for cell in found[1]} == {"said"}


def test_several_folders_of_one_name_are_one_corpus():
    named = accuracy.named(["real=a/raw", "real=a/gold", "b/print/"])
    assert named == {"real": [Path("a/raw"), Path("a/gold")], "print": [Path("b/print/")]}


_SMALL = """Verksamhetsberättelse 2025 för Provenheten
Norrviks stadsdelsnämnd

Enhetsmål: Alla är med
Uppfylls helt

Indikator\tPeriodens utfall\tÅrsmål\tPeriod
Andel nöjda\t82 %\t80 %\t2025
"""


@pytest.mark.parametrize(
    ("table", "where", "column", "want", "state"),
    [
        ("indicators", "=Andel nöjda", "value", "82", "right"),
        ("indicators", "nöjda & goal:alla är", "target", "80", "right"),
        ("indicators", "report:Provenheten & value:82", "goal_title", "Alla är med", "right"),
        ("indicators", "=Andel nöjda", "value", "28||82", "right"),
        ("indicators", "=Andel nöjda", "value", "28", "wrong"),
        ("indicators", "=Andel nöjda", "value", "", "wrong"),
        ("indicators", "=Andel nöjda", "value", "=said", "wrong"),
        ("indicators", "=Andel nöjda", "value_men", "", "right"),
        ("indicators", "=Andel nöjda", "value_men", "80", "silent"),
        ("indicators", "*", "rows", "1", "right"),
        ("indicators", "*", "rows", "2", "wrong"),
        ("indicators", "Andel nöjda", "-", "=absent", "wrong"),
        ("indicators", "Andel missnöjda", "-", "=absent", "right"),
        ("indicators", "*", "name_raw", "=verbatim", "right"),
        ("indicators", "*", "name", "=contains:missnöjda / nöjda", "right"),
        ("goals", "=Alla är med", "status", "met", "right"),
        ("activities", "=Alla övar", "title", "=said", "silent"),
        ("reports", "*", "-", "=refused", "wrong"),
    ],
)
def test_an_expectation_of_a_smallest_input(
    tmp_path: Path, table: str, where: str, column: str, want: str, state: str
):
    (tmp_path / "liten.txt").write_text(_SMALL, encoding="utf-8")
    listed = f"file,table,where,column,want,note\nliten.txt,{table},{where},{column},{want},\n"
    (tmp_path / "expected.csv").write_text(listed, encoding="utf-8")
    _, (cell,) = expectations(tmp_path, "liten.txt")
    assert cell.state == state


def test_the_real_reports_are_read_as_the_kept_counts_say():
    if not (SHARED / "gold").is_dir():
        pytest.skip("the reports read by hand are not here: no ../shared beside the repository")
    found = accuracy.counted("real", accuracy.of_corpus([SHARED / "seeds", SHARED / "gold"], 1))
    held = [each for each in kept(Reading, READING) if each.corpus == "real"]
    assert [each[:8] for each in found] == [each[:8] for each in held]
