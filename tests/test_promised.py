"""Expected results of a plan beside those of its report: what is left out, and what has another number."""

from __future__ import annotations

import pytest

from vbdata.normalise.noted import Noted
from vbdata.validate.promised import promised


def asked_of(plan: str, report: str, unit: str = "") -> list[tuple[str, Noted]]:
    goals = [{"report_id": r, "goal_id": f"{r}/g1", "title": "Målet", "source_line": 9, "source_page": None}
             for r in ("plan", "report")]  # fmt: skip
    passages = [
        {"report_id": r, "row_id": f"{r}/p1", "goal_id": f"{r}/g1", "section": "expected_result",
         "text": text, "source_line": line, "source_page": None, "sentence_lines": f"{line} {line + 1}"}
        for r, text, line in (("plan", plan, 10), ("report", report, 20))
    ]  # fmt: skip
    return list(promised([(goals[0], goals[1])], passages, "berättelsen", 2025, unit))


def asked(plan: str, report: str) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (at, noted.code, noted.place.line, noted.other.place.line if noted.other else None)
        for at, noted in asked_of(plan, report)
    ]


@pytest.mark.parametrize(
    ("unit", "gravity"), [("Almens gruppbostad", 1), ("Almens förskola", None), ("Almen", None)]
)
def test_what_names_another_trade_than_the_units_weighs_least(unit: str, gravity: int | None) -> None:
    both = asked_of("Varje förskola har en båt.\nMöten hålls.", "Möten hålls.", unit)
    assert [noted.gravity for _, noted in both] == [gravity]


@pytest.mark.parametrize(
    ("plan", "report", "found"),
    [
        (
            "Ett barnråd möts.\nEn bana finns.",
            "Ett barnråd möts.",
            [("plan", "plan_expected_dropped", 11, 20)],
        ),
        (
            "Mötet leds av barnen, och antalet missade läkemedel halveras.",
            "Mötet leds av barnen.",
            [("plan", "plan_expected_dropped", 10, 20)],
        ),
        (
            "Minst 12 boende väljer aktivitet.",
            "Minst 8 boende väljer aktivitet.",
            [("report", "plan_expected_changed", 20, 10)],
        ),
        (
            "Möten hålls.\nMinst 12 boende väljer aktivitet.",
            "Möten hålls.\nMinst 8 boende väljer aktivitet.",
            [("report", "plan_expected_changed", 21, 11)],
        ),
        ("Ett barnråd möts varje månad.", "Barnrådet möts varje månad.", []),
        ("Minst 12 boende väljer aktivitet.", "Minst 12 boende väljer aktivitet själva.", []),
    ],
)
def test_what_the_report_expects_otherwise(plan: str, report: str, found: list[tuple]) -> None:
    assert asked(plan, report) == found
