"""Rows read by order in which another row runs on are left out, and said with their words."""

from __future__ import annotations

import pytest

from tests.factories import ACTIVITY_HEAD, FORM_HEAD, INDICATOR_HEAD
from vbdata.extract.document import Place, Row, Table
from vbdata.extract.runon import without_run_ons

PLACE = Place(1)
VALUES = "\t5 %\t\t\t\t\t\t2025"
DATES = "\t2025-01-01\t2025-12-31\t"


def read(head: str, row: str) -> tuple[list[str], list[str]]:
    """What is left of a row, and the words of the doubts."""
    table = Table.headed(head.split("\t"), [Row.of(row.split("\t"), PLACE)], PLACE)
    left, doubts = without_run_ons(table)
    return ["\t".join(row.texts) for row in left.rows[1:]], [doubt.detail.split("”")[1] for doubt in doubts]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (INDICATOR_HEAD, f"Svinn 38 g 61 g 2025 Antal resor{VALUES}"),
        (INDICATOR_HEAD, "Analys Bra. Svinn 8 % 6 % VB 2025\t\t\t\t\t\t\t"),
        (INDICATOR_HEAD, f"Resor Analys Många åkte.{VALUES}"),
        (ACTIVITY_HEAD, f"Öppet hus 2025-01-01 2025-02-01 Damm{DATES}"),
        (ACTIVITY_HEAD, f"Analys Många kom. Damm{DATES}"),
        (FORM_HEAD, "\tMat 2 1\t3\t\t\t\t"),
        (FORM_HEAD, "\t3 st Vi har talat\t3\t\t\t\t"),
    ],
)
def test_a_row_that_holds_another_is_said(head: str, row: str) -> None:
    assert read(head, row) == ([], [" | ".join(filter(None, row.split("\t")))])


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (INDICATOR_HEAD, f"Sjukfrånvaro dag 1-14{VALUES}"),
        (INDICATOR_HEAD, f"Besök i tid (± 20 min), klockan 8{VALUES}"),
        (INDICATOR_HEAD, "Analys Från 8 % till 6 % under 2025.\t\t\t\t\t\t\t"),
        (ACTIVITY_HEAD, f"Analys av tillbud{DATES}"),
        (FORM_HEAD, "\tBrukare/patient\t3\t\t\t\t"),
        (FORM_HEAD, "Beröm\tBeröm\t3\t\t\t3\t"),
    ],
)
def test_other_rows_stay(head: str, row: str) -> None:
    assert read(head, row) == ([row], [])


def test_the_label_of_the_rows_below_stays() -> None:
    rows, said = read(FORM_HEAD, "\tBeröm Mat\t3\t\t\t\t")
    assert rows == ["Beröm\t\t\t\t\t\t"] and said == ["Beröm Mat | 3"]
