"""How findings are held against a careful reader's doubts: by place, and what is not a doubt counts too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.doubts import Doubt, doubts, measure, right_places, score
from vbdata.quality.doubts import ASKED, RAISED, Asked, Raised, found_of
from vbdata.quality.kept import keep, kept

WANTED = [
    Doubt("date", "must", frozenset({("r", 10), ("r", 40)})),
    Doubt("plan_vs_outcome_activity", "may", frozenset({("plan", 7)})),
]
RIGHT = frozenset({("r", 80), ("r", 10)})


def finding(line: int | None, report_id: str = "r", code: str = "x", **other: Any) -> dict[str, Any]:
    return {"report_id": report_id, "code": code, "source_line": line, **other}


@pytest.mark.parametrize(
    ("row", "found", "state"),
    [
        (finding(10), {0}, "matched"),
        (finding(41), {0}, "matched"),
        (finding(12), set(), "unlabelled"),
        (finding(79), set(), "contradicted"),
        (finding(3, other_line=7, other_report_id="plan"), {1}, "matched"),
        (finding(3, other_line=7), set(), "unlabelled"),
        (finding(None), set(), "unlabelled"),
    ],
)
def test_a_finding_counts_by_its_places(row: dict[str, Any], found: set[int], state: str) -> None:
    assert score([row], WANTED, RIGHT) == (found, [("x", state)])


@pytest.mark.parametrize(
    "row",
    [finding(10, "another report"), finding(10, code="cover_field_missing")],
    ids=["report", "formality"],
)
def test_what_nobody_read_and_formalities_about_the_file_are_left_out(row: dict[str, Any]) -> None:
    assert score([row], WANTED, RIGHT) == (set(), [])


def test_counts_come_back_as_they_were_kept(tmp_path: Path) -> None:
    rows = [Asked("date", "must", 3, 1, "0.1", "2026-01-20"), Asked("date", "may", 2, 2, "0.1", "2026-01-20")]
    keep(rows, tmp_path / "asked.csv")
    keep([Raised("x", 1, 2, 3)], tmp_path / "raised.csv")
    assert kept(Asked, tmp_path / "asked.csv") == rows
    assert kept(Raised, tmp_path / "raised.csv") == [Raised("x", 1, 2, 3)]
    assert found_of(rows, "may") == (2, 2)


def test_every_doubt_of_the_reader_counts_whether_or_not_a_check_looks_for_it() -> None:
    assert sum(row.asked for row in kept(Asked, ASKED)) == len(doubts())
    assert {(row.kind, row.weight) for row in kept(Asked, ASKED)} == {
        (each.kind, each.weight) for each in doubts()
    }


def test_the_labels_hold_places_and_kinds_and_no_text() -> None:
    for name in ("reader_doubts.csv", "reader_right.csv"):
        text = (Path(__file__).parent / "labels" / name).read_text(encoding="utf-8")
        assert " " not in text, name


def test_what_is_published_holds_for_the_reports_that_were_read(shared: Path) -> None:
    """Recall may rise above what the page says, never fall below it."""
    found, said = measure(shared / "seeds")
    for weight in ("must", "may"):
        assert found_of(found, weight) >= found_of(kept(Asked, ASKED), weight)
    assert sum(row.contradicted for row in said) <= sum(row.contradicted for row in kept(Raised, RAISED))
    assert right_places()
