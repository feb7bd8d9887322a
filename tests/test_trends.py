"""Indicators against targets in words and the council's, between the sexes, and over the years."""

from __future__ import annotations

import pandas as pd
import pytest
from page_tables import Tables, register

from vbdata.analyse.indicators import directions, gender_gaps, judged
from vbdata.analyse.trends import trends
from vbdata.analyse.years import last_year, unit_reports
from vbdata.register import Register

SPLIT = register(("hel", "ett", "split", 2025), ("hel", "tva", "split", 2025))


@pytest.mark.parametrize(
    ("value", "council", "better", "attainment", "gap", "obstacle"),
    [
        (84.0, 80.0, "higher", "met", 4.0, None),
        (80.0, 80.0, "higher", "met", 0.0, None),
        (79.9, 80.0, "higher", "not_met", -0.1, None),
        (5.0, 4.0, "lower", "not_met", -1.0, None),
        (3.5, 4.0, "lower", "met", 0.5, None),
        (84.0, 80.0, None, None, None, "no_direction"),
        (84.0, None, "higher", None, None, "no_target"),
        (None, 80.0, "higher", None, None, "no_value"),
    ],
)
def test_an_outcome_is_held_against_the_councils_target(value, council, better, attainment, gap, obstacle):
    tables = Tables()
    tables.report()
    tables.indicator("Nöjda", value, None, better=better, council_target=council)
    row = judged(tables.frames()["indicators"]).iloc[0]
    assert (None if pd.isna(row["council_attainment"]) else row["council_attainment"]) == attainment
    assert (None if pd.isna(row["council_gap"]) else row["council_gap"]) == gap
    assert (None if pd.isna(row["council_obstacle"]) else row["council_obstacle"]) == obstacle


def direction(now: dict, before: dict | None = None, known: Register | None = None) -> pd.Series:
    """The judgement of one row that wants more, or less, than last year."""
    tables = Tables()
    unit_id = "ett" if known else "solgarden"
    if before is not None:
        tables.report("hel" if known else unit_id, year=2024)
        tables.indicator("Nöjda", **{"target": None} | before)
    report = tables.report(unit_id, year=2025)
    tables.indicator("Nöjda", **{"target": None, "target_rule": "increase"} | now)
    frames = tables.frames()
    mine = frames["indicators"]["report_id"] == report
    links = last_year(frames["reports"], 2025, known or Register())
    return directions(frames["indicators"][mine], frames["indicators"][~mine], links).iloc[0]


@pytest.mark.parametrize(
    ("value", "previous", "rule", "expected"),
    [
        (84.0, 83.0, "increase", "met"),
        (83.0, 83.0, "increase", "not_met"),
        (82.0, 83.0, "increase", "not_met"),
        (82.0, 83.0, "decrease", "met"),
        (83.0, 83.0, "decrease", "not_met"),
        (0.1 + 0.2, 0.3, "increase", "not_met"),
    ],
)
def test_more_or_less_is_judged_against_last_years_outcome(value, previous, rule, expected):
    own = direction({"value": value, "value_previous": previous, "target_rule": rule})
    other = direction({"value": value, "target_rule": rule}, {"value": previous})
    assert own["attainment"] == other["attainment"] == expected
    assert (own["basis"], other["basis"]) == ("own_column", "last_report")
    assert other["before_id"] == "2024-vb-solgarden"


def test_the_reports_own_column_goes_before_last_years_report():
    found = direction({"value": 84.0, "value_previous": 85.0}, {"value": 80.0})
    assert (found["previous"], found["attainment"]) == (85.0, "not_met")


@pytest.mark.parametrize(
    ("now", "before", "known", "obstacle"),
    [
        ({"value": None}, {"value": 80.0}, None, "no_value"),
        ({"value": 84.0}, None, None, "no_previous"),
        ({"value": 84.0}, {"value": None}, None, "no_previous"),
        ({"value": 84.0, "measure_unit": "index"}, {"value": 80.0}, None, "measure_changed"),
        ({"value": 84.0}, {"value": 80.0}, SPLIT, "unit_changed"),
        ({"value": 84.0, "value_previous": 80.0}, None, SPLIT, "unit_changed"),
    ],
)
def test_what_cannot_be_judged_says_why(now, before, known, obstacle):
    found = direction(now, before, known)
    assert pd.isna(found["attainment"])
    assert found["obstacle"] == obstacle


def test_the_councils_target_in_words_is_judged_too():
    tables = Tables()
    tables.report()
    tables.indicator("Nöjda", 84.0, 83.0, value_previous=82.0, council_target_rule="increase")
    frames = tables.frames()
    found = directions(
        frames["indicators"], frames["indicators"].iloc[:0], last_year(frames["reports"], 2025, Register())
    )
    assert found[["column", "attainment"]].to_numpy().tolist() == [["council_target", "met"]]


def test_the_gap_between_the_sexes_is_stated_and_not_judged():
    tables = Tables()
    tables.report()
    tables.indicator("A", value_men=86.0, value_women=83.0)
    tables.indicator("B", value_men=6.5, value_women=9.4, better="lower")
    tables.indicator("C", value_men=5.0, value_women=5.0)
    tables.indicator("D", value_men=5.0)
    found = gender_gaps(tables.frames()["indicators"])
    assert found["gender_gap"].tolist() == [-3.0, 2.9, 0.0]
    assert found["higher"].tolist() == ["men", "women", "equal"]


def trend_of(tables: Tables, unit_id: str = "solgarden", known: Register | None = None) -> pd.DataFrame:
    frames = tables.frames()
    known = known or Register()
    return trends(frames["indicators"], unit_reports(frames["reports"], unit_id, 2025, known), known)


def test_a_line_joins_years_that_follow_each_other_and_nothing_else():
    tables = Tables()
    for year, unit, value in [(2021, "%", 80.0), (2023, "%", 81.0), (2024, "%", 82.0), (2025, "index", 83.0)]:
        tables.report(year=year)
        tables.indicator("Nöjda", value, measure_unit=unit)
    found = trend_of(tables)
    assert found["year"].tolist() == [2021, 2023, 2024, 2025]
    assert found["segment"].tolist() == [1, 2, 2, 3]
    assert found["break"].fillna("").tolist() == ["", "year_missing", "", "measure_changed"]


def test_a_split_breaks_the_line_and_a_new_name_does_not():
    tables = Tables()
    for unit_id, year in [("hel", 2023), ("mellan", 2024), ("ett", 2025)]:
        tables.report(unit_id, year=year)
        tables.indicator("Nöjda", 80.0 + year - 2023)
    renamed = trend_of(
        tables, "ett", register(("mellan", "ett", "rename", 2025), ("hel", "mellan", "rename", 2024))
    )
    split = trend_of(
        tables,
        "ett",
        register(
            ("mellan", "ett", "split", 2025),
            ("mellan", "tva", "split", 2025),
            ("hel", "mellan", "rename", 2024),
        ),
    )
    assert renamed["segment"].tolist() == [1, 1, 1]
    assert split["segment"].tolist() == [1, 1, 2]
    assert split["break"].fillna("").tolist() == ["", "rename", "split"]


def test_last_years_column_speaks_where_no_report_of_that_year_does():
    tables = Tables()
    tables.report(year=2024)
    tables.indicator("Nöjda", 80.0, value_previous=79.0)
    tables.report(year=2025)
    tables.indicator("Nöjda", 81.0, value_previous=85.0)
    found = trend_of(tables)
    assert found[["year", "value", "origin"]].to_numpy().tolist() == [
        [2023, 79.0, "next_report"], [2024, 80.0, "report"], [2025, 81.0, "report"],
    ]  # fmt: skip


def test_last_years_column_of_a_unit_that_was_just_split_is_another_units():
    tables = Tables()
    tables.report("ett", year=2025)
    tables.indicator("Nöjda", 81.0, value_previous=85.0)
    assert trend_of(tables, "ett", SPLIT)["break"].fillna("").tolist() == ["", "split"]


def test_an_indicator_printed_twice_with_different_outcomes_has_none():
    tables = Tables()
    tables.report()
    tables.indicator("Nöjda", 81.0)
    tables.indicator("Nöjda", 82.0)
    tables.indicator("Sjuk", 5.0)
    tables.indicator("Sjuk", 5.0)
    assert trend_of(tables)["indicator_id"].tolist() == ["sjuk"]


def test_indicators_stand_in_the_latest_reports_order():
    tables = Tables()
    tables.report(year=2024)
    for name in ("A", "B", "C"):
        tables.indicator(name)
    tables.report(year=2025)
    for name in ("C", "A"):
        tables.indicator(name)
    assert list(dict.fromkeys(trend_of(tables)["name"])) == ["C", "A", "B"]


def test_no_outcomes_give_no_points():
    tables = Tables()
    tables.report()
    assert trend_of(tables).empty
