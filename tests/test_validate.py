"""Findings: each check against a report that has the fault and one that has not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.errors
import pytest

from tests.factories import activity, complaint, cover, frame, goal, indicator, report
from vbdata.extract.document import Document, Place
from vbdata.normalise import Noted, normalise
from vbdata.schema import SCHEMAS, TABLES, empty
from vbdata.validate import CHECKS, run_checks, validate
from vbdata.validate.findings import finding_rows
from vbdata.vocabulary import finding_kinds


def findings(**kw) -> list[dict]:
    document = Document(Path("r.txt"), "txt", ())
    return validate(normalise(report(**kw), document, source="r.txt", sha256="0" * 64))["findings"]


def codes(**kw) -> set[str]:
    return {f["code"] for f in findings(**kw)}


SUBJECT = "Synpunkter och klagomål - som gäller verksamhet och personal"
SOURCE = "Från vem har klagomål eller synpunkt inkommit?"
ANSWER = "Vilken återkoppling och vilka åtgärder har gjorts?"


def form(*records) -> dict:
    numbered = tuple(
        complaint(
            i, group, category, **dict(zip(("t1_raw", "t2_raw", "vb_raw", "total_raw"), counts, strict=True))
        )
        for i, (group, category, *counts) in enumerate(records, start=1)
    )
    return {"complaints": numbered, "template": "2025"}


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        (("4", "", "2", "6"), False),
        (("4", "", "2", "7"), True),
        (("", "", "", ""), False),
        (("", "", "", "0"), False),
        (("", "", "", "3"), True),
        (("1", "", "", ""), True),
        (("0", "0", "", ""), False),
    ],
)
def test_total_mismatch(counts: tuple[str, ...], wrong: bool) -> None:
    assert ("total_mismatch" in codes(**form(("Beröm", "Beröm", *counts)))) is wrong


def test_facets_disagree_and_blank_facets_are_called_blank() -> None:
    (found,) = [
        f
        for f in findings(
            **form((SUBJECT, "Bemötande", "1", "", "", "1"), (SOURCE, "Annan", "", "", "2", "2"))
        )
        if f["code"] == "facets_disagree"
    ]
    assert "1 efter vad de gällde och 2 efter vem de kom från" in found["message"]
    assert "olika perioder" in found["message"] and found["gravity"] == 2
    (blank,) = [
        f
        for f in findings(**form((SUBJECT, "Bemötande", "1", "", "", "1"), (SOURCE, "Annan", "", "", "", "")))
        if f["code"] == "facets_disagree"
    ]
    assert "inget är ifyllt efter vem de kom från" in blank["message"]


def test_facets_that_agree_raise_nothing() -> None:
    assert "facets_disagree" not in codes(
        **form((SUBJECT, "Bemötande", "", "", "2", "2"), (SOURCE, "Annan", "", "", "2", "2"))
    )


def test_more_feedback_than_complaints() -> None:
    answer = "Antal synpunkter/klagomål där återkoppling har lämnats"
    found = form(
        (SUBJECT, "Bemötande", "", "", "2", "2"),
        (SOURCE, "Annan", "", "", "2", "2"),
        (ANSWER, answer, "", "", "3", "3"),
    )
    assert "facets_disagree" in codes(**found)


def test_form_empty_is_said_but_a_zero_is_no_blank() -> None:
    assert "form_empty" in codes(**form(("Beröm", "Beröm", "", "", "", "")))
    assert "form_empty" not in codes(**form(("Beröm", "Beröm", "0", "", "", "0")))


@pytest.mark.parametrize(
    ("value", "wrong"), [("8,5 %", False), ("6 %", False), ("9,4 %", False), ("9,5 %", True), ("5 %", True)]
)
def test_total_outside_genders(value: str, wrong: bool) -> None:
    record = indicator(value_raw=value, value_men_raw="6 %", value_women_raw="9,4 %")
    assert ("total_outside_genders" in codes(indicators=(record,))) is wrong


@pytest.mark.parametrize(
    ("name", "measure_unit"), [("Antal", "st"), ("Avvikelser", "personer"), ("Fall", "")]
)
def test_a_count_is_no_mean_of_the_sexes(name: str, measure_unit: str) -> None:
    cells = {"value_raw": f"9 {measure_unit}", "value_men_raw": f"4 {measure_unit}"}
    record = indicator(name_raw=name, value_women_raw=f"4 {measure_unit}", **cells)
    assert "total_outside_genders" not in codes(indicators=(record,))


def test_a_year_among_the_numbers() -> None:
    assert "columns_uncertain" in codes(indicators=(indicator(value_previous_raw="2025"),))
    assert "columns_uncertain" not in codes(indicators=(indicator(value_previous_raw="20,25 %"),))


def test_status_missing_in_a_report_but_not_in_a_plan() -> None:
    without = (goal(status_raw=None),)
    assert "status_missing" in codes(goals=without)
    assert "status_missing" not in codes(goals=without, cover=cover(kind="VP"))


def test_table_missing_depends_on_the_kind() -> None:
    messages = [f["message"] for f in findings() if f["code"] == "table_missing"]
    assert len(messages) == 3
    assert len([f for f in findings(cover=cover(kind="VP")) if f["code"] == "table_missing"]) == 2


def test_row_twice_under_one_goal_or_to_its_dates_under_two() -> None:
    goals = (goal(1), goal(2, title_raw="Mer"))
    assert "row_twice" in codes(goals=goals, activities=(activity(1), activity(2)))
    assert "row_twice" not in codes(goals=goals, activities=(activity(1), activity(2, goal=2)))
    long = "Bygg en brygga vid sjön"
    both = (activity(1, title_raw=long), activity(2, title_raw=long, goal=2))
    assert "row_twice" in codes(goals=goals, activities=both)
    later = activity(2, title_raw=long, goal=2, end_raw="2025-06-30")
    assert "row_twice" not in codes(goals=goals, activities=(both[0], later))


def test_dates_reversed() -> None:
    assert "dates_reversed" in codes(activities=(activity(start_raw="2025-12-31", end_raw="2025-01-01"),))


def test_another_units_name_in_a_unit_goal() -> None:
    title = "Liljeholmens dagliga verksamheter har en hög beredskap"
    (found,) = [f for f in findings(goals=(goal(title_raw=title),)) if f["code"] == "unit_name_differs"]
    assert "Granbackens gruppbostad" in found["message"] and "Liljeholmens" in found["message"]
    own = cover(unit_name="Liljeholmens dagliga verksamhet")
    assert "unit_name_differs" not in codes(goals=(goal(title_raw=title),), cover=own)


def test_findings_are_in_document_order_with_place_and_question() -> None:
    noted = [
        Noted("form_empty", "complaints", None, Place(90)),
        Noted("status_missing", "goals", "x/g01", Place(12), {"level": "Enhetsmål", "title": "T"}),
        Noted("form_empty", "complaints", None, Place(90)),
    ]
    rows = finding_rows("x", noted)
    assert [(r["finding_id"], r["source_line"]) for r in rows] == [("x/f01", 12), ("x/f02", 90)]
    assert all(r["action"] and r["severity"] for r in rows)


def test_every_check_says_what_it_looks_for_and_uses_a_known_code() -> None:
    assert len(CHECKS) == len({c.__name__ for c in CHECKS}) >= 9
    assert all(c.__doc__ for c in CHECKS)
    assert {f["code"] for f in findings(activities=(activity(1), activity(2)))} <= set(finding_kinds())


def test_checks_change_nothing() -> None:
    document = Document(Path("r.txt"), "txt", ())
    rows = normalise(report(activities=(activity(),)), document, source="r", sha256="0").rows
    before = repr(rows)
    run_checks(rows)
    assert repr(rows) == before


@pytest.mark.parametrize("table", TABLES)
def test_empty_tables_keep_their_schema(table: str) -> None:
    assert SCHEMAS[table].validate(empty(table)).empty


@pytest.mark.parametrize(
    "spoil",
    [
        lambda f: f.assign(year=f["year"].astype("float64")),
        lambda f: f.drop(columns="dnr"),
        lambda f: f.assign(extra=1),
        lambda f: pd.concat([f, f], ignore_index=True),
        lambda f: f.assign(report_id=pd.array([None], dtype="string")),
    ],
)
def test_a_frame_that_breaks_its_schema_is_refused_in_one_line(spoil) -> None:
    row = {
        "report_id": "a",
        "source": "r",
        "sha256": "0",
        "format": "txt",
        "kind": "VB",
        "year": 2025,
        "unit_id": "u",
        "unit_name": "U",
    }
    good = frame("reports", [row])
    SCHEMAS["reports"].validate(good)
    with pytest.raises((pandera.errors.SchemaError, pandera.errors.SchemaErrors)):
        SCHEMAS["reports"].validate(spoil(good))


def test_what_another_city_names_otherwise_is_one_finding_a_kind() -> None:
    rows = (indicator(1, name_raw="Badande katter"), indicator(2, name_raw="Simmande hundar"))
    new = [f for f in findings(indicators=rows) if f["code"] == "indicator_new"]
    assert [(f["row_id"], f["message"].split(" finns")[0]) for f in new] == [
        (None, "”Badande katter”, ”Simmande hundar”")
    ]


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, "Datum, diarienummer och nämndens namn har inte hittats i dokumentet."),
        ({"date_raw": "2026-01-20", "dnr": "BT 2026/1"}, "Nämndens namn har inte hittats i dokumentet."),
    ],
)  # fmt: skip
def test_what_the_cover_lacks_is_one_finding(stated: dict[str, str], said: str) -> None:
    found = [f["message"] for f in findings(cover=cover(**stated))]
    assert [message for message in found if "har inte hittats i dokumentet" in message] == [said]
