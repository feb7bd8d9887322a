"""The published accuracy: the page and the sentence say what was measured, and measuring can fail."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from vbdata.analyse.proportions import clopper_pearson
from vbdata.quality import accuracy_sentence, quality_page, readings, totals
from vbdata.quality.sentence import interval_words, share_words

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def accuracy() -> Any:
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh():
    written = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    assert written == quality_page(), "kör: vbdata docs"


def test_the_sentence_has_the_counts_that_were_kept():
    (reports, cells, right) = totals(readings(), ["corpus"])["generated",]
    said = accuracy_sentence().replace("\u00a0", "").replace("\u202f", "")
    assert f"{reports}påhittade" in said.replace(" ", "")
    assert str(cells) in said.replace(" ", "")
    assert share_words(right, cells).replace("\u00a0", "") in said


@pytest.mark.parametrize(
    ("right", "cells", "share", "interval"),
    [
        (100, 100, "100 %", "96,37–100 %"),
        (99_999, 100_000, "99,99 %", "99,99–100 %"),
        (0, 10, "0 %", "0–30,85 %"),
        (9, 10, "90 %", "55,49–99,75 %"),
    ],
)
def test_shares_are_rounded_down_and_intervals_outwards(right: int, cells: int, share: str, interval: str):
    assert share_words(right, cells).replace("\u00a0", " ") == share
    assert interval_words(right, cells).replace("\u00a0", " ") == interval


@pytest.mark.parametrize(("count", "n"), [(0, 1), (1, 1), (0, 40), (7, 40), (40, 40), (1209, 1210)])
def test_exact_limits_are_those_of_statsmodels(count: int, n: int):
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, n, alpha=0.05, method="beta")
    limits = clopper_pearson(count, n)
    assert limits.low == pytest.approx(0.0 if count == 0 else low, abs=1e-9)
    assert limits.high == pytest.approx(1.0 if count == n else high, abs=1e-9)


def test_a_small_corpus_is_read_as_the_kept_counts_say(tmp_path: Path, accuracy: Any):
    found = accuracy.measure("generated", accuracy.invented(tmp_path, 2, ("txt", "md", "docx")))
    assert {each.table for each in found} == set(accuracy.CELLS)
    assert all(each.cells for each in found if each.table in ("goals", "indicators"))
    kept = totals(readings(), ["corpus"])["generated",]
    here = totals(found, ["corpus"])["generated",]
    assert here[2] / here[1] >= clopper_pearson(kept[2], kept[1]).low - 0.002


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda rows: rows["goals"].pop(), 5),
        (lambda rows: rows["indicators"][0].update(value=99.123), 1),
        (lambda rows: rows["activities"].append({**rows["activities"][0], "title": "En rad för mycket"}), 5),
        (lambda rows: rows["report"][0].update(date=None), 1),
    ],
    ids=["a goal is missed", "a wrong number", "a row too many", "a lost date"],
)  # fmt: skip
def test_each_fault_costs_its_cells(tmp_path: Path, accuracy: Any, change: Any, lost: int):
    files = list(accuracy.invented(tmp_path, 2, ("txt",)))
    path, wanted = next(file for file in files if file[1]["complaints"] and file[1]["report"][0]["date"])
    got = accuracy.read_rows(accuracy.read_file(accuracy.RawFile(path, path.name)).rows)
    cells, right = accuracy.score(wanted, got)
    whole = sum(right.values()) - sum(cells.values())
    change(got)
    cells, right = accuracy.score(wanted, got)
    assert sum(right.values()) - sum(cells.values()) == whole - lost


def test_a_file_that_cannot_be_read_has_no_right_cell(tmp_path: Path, accuracy: Any):
    _, wanted = next(iter(accuracy.invented(tmp_path, 1, ("txt",))))
    cells, right = accuracy.score(wanted, None)
    assert sum(cells.values()) > 100
    assert sum(right.values()) == 0


def test_the_real_reports_are_read_as_the_kept_counts_say(accuracy: Any):
    if not (SHARED / "gold").is_dir():
        pytest.skip("the reports read by hand are not here: no ../shared beside the repository")
    found = accuracy.measure("real", accuracy.real(SHARED / "seeds", SHARED / "gold"))
    kept = {
        (each.format, each.table): (each.cells, each.right) for each in readings() if each.corpus == "real"
    }
    assert {(each.format, each.table): (each.cells, each.right) for each in found} == kept


def test_every_page_with_figures_says_how_sure_they_are():
    from vbdata.render.components import footer

    assert accuracy_sentence() in footer("Gjord i dag.", "Alla rapporter").html
    assert "Så säker" not in footer("Försöket gjordes i dag.", accuracy=False).html
