from __future__ import annotations

import pandas as pd
import pytest
from page_tables import FORM, Tables, one_unit

from vbdata import analyse
from vbdata.errors import MissingDataError
from vbdata.schema import empty


def test_the_last_version_of_a_report_speaks():
    tables = Tables()
    for version in ("", "-v2", "-v10"):
        tables.report(version=version)
    tables.report("annan")
    assert list(analyse.latest(tables.frames()["reports"])["report_id"]) == [
        "2025-vb-solgarden-v10",
        "2025-vb-annan",
    ]


@pytest.mark.parametrize(
    ("kinds", "asked", "expected"),
    [
        (("VP", "VB"), "", "VB"),
        (("VP",), "", "VP"),
        (("VP", "VB"), "VP", "VP"),
        (("VP", "T1", "T2"), "", "T2"),
    ],
)
def test_the_report_that_says_most_is_chosen(kinds, asked, expected):
    tables = Tables()
    for kind in kinds:
        tables.report(kind=kind)
    assert analyse.select_report(tables.frames()["reports"], "solgarden", 2025, asked)["kind"] == expected


def test_a_unit_without_a_report_is_an_error_that_names_it():
    with pytest.raises(MissingDataError, match="solgarden"):
        analyse.select_report(empty("reports"), "solgarden", 2025)


def test_one_report_per_unit_in_swedish_order():
    tables = Tables()
    for name in ("Öns stöd", "Enhet 10", "Åsens stöd", "Enhet 2", "Ängens stöd"):
        tables.report(name, name)
    tables.report("Enhet 2", "Enhet 2", kind="VP")
    found = analyse.one_per_unit(tables.frames()["reports"], 2025)
    assert list(found["unit_name"]) == ["Enhet 2", "Enhet 10", "Åsens stöd", "Ängens stöd", "Öns stöd"]
    assert set(found["kind"]) == {"VB"}


def test_goals_know_what_they_stand_under():
    tables = Tables()
    tables.report()
    goal = tables.tree("met")[0]
    orphan = tables.goal("unit", "Utan rubrik", "met")
    tree = analyse.goal_tree(tables.frames()["goals"]).set_index("goal_id")
    assert tree.loc[goal, "area_code"] == "1.3"
    assert tree.loc[goal, "board_id"] == "2025-vb-solgarden/g03"
    assert tree.loc[orphan, ["direction_id", "area_id", "board_id", "area_code"]].isna().all()


def test_a_loop_of_parents_ends():
    tables = Tables()
    tables.report()
    first = tables.goal("board", "A", parent="2025-vb-solgarden/g02")
    tables.goal("board", "B", parent=first)
    assert len(analyse.goal_tree(tables.frames()["goals"])) == 2


def test_levels_are_counted_apart():
    tables = Tables()
    tables.report()
    tables.tree("met", "partly_met", None)
    goals = tables.frames()["goals"]
    unit = analyse.status_counts(goals, "unit").iloc[0]
    assert (unit["met"], unit["partly_met"], unit["no_data"], unit["unstated"], unit["goals"]) == (
        1,
        1,
        0,
        1,
        3,
    )
    assert analyse.status_counts(goals, "board").iloc[0]["no_data"] == 1


def test_a_unit_counts_once_per_area_with_its_weakest_judgement():
    tables = Tables()
    tables.report("a", "A")
    tables.tree("met", "not_met")
    tables.report("b", "B")
    tables.tree("met", "no_data")
    tables.report("c", "C")
    tables.tree(None)
    tables.report("d", "D")
    frames = tables.frames()
    row = analyse.area_counts(frames["goals"], frames["reports"]).iloc[0]
    assert {name: row[name] for name in ("not_met", "met", "no_data", "unstated", "no_goal")} == {
        "not_met": 1,
        "met": 1,
        "no_data": 0,
        "unstated": 1,
        "no_goal": 1,
    }
    assert row["units"] == 4


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"value": 84.0, "target": 83.0}, None),
        ({"value": None, "target": 83.0}, "no_value"),
        ({"value": 84.0, "target": None}, "no_target"),
        ({"value": 84.0, "target": None, "target_rule": "increase"}, "target_in_words"),
        ({"value": 84.0, "target": 83.0, "better": None}, "no_direction"),
    ],
)
def test_why_an_indicator_is_not_judged(values, expected):
    tables = Tables()
    tables.report()
    tables.indicator(**values)
    obstacle = analyse.judged(tables.frames()["indicators"])["obstacle"].iloc[0]
    assert (None if pd.isna(obstacle) else obstacle) == expected


def test_difference_is_above_or_below_whichever_way_is_better():
    tables = Tables()
    tables.report()
    tables.indicator("Sjukfrånvaro", 4.9, 5.0, better="lower")
    assert analyse.judged(tables.frames()["indicators"])["difference"].iloc[0] == pytest.approx(-0.1)


def test_shared_indicators_count_units_with_an_outcome():
    tables = Tables()
    for unit, value in (("a", 80.0), ("b", None), ("c", 90.0)):
        tables.report(unit, unit)
        tables.indicator("Nöjda", value)
    frames = tables.frames()
    row = analyse.shared(frames["indicators"], frames["reports"]).iloc[0]
    assert (row["units"], row["outcomes"]) == (3, 2)


def form(*rows: tuple) -> pd.DataFrame:
    tables = Tables()
    tables.report()
    for category, counts, *facet in rows:
        tables.complaint(category, counts, facet=facet[0] if facet else "complaint_subject")
    return analyse.wide(tables.frames()["complaints"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "missing"),
        ([("Bemötande", (None, None, None, None))], "empty"),
        ([("Bemötande", (None, None, 0, 0))], "filled"),
    ],
)
def test_a_blank_form_is_not_a_missing_one_and_a_zero_is_not_a_blank(rows, expected):
    assert analyse.form_state(form(*rows)) == expected


def test_wide_keeps_blank_and_zero_apart():
    row = form(("Bemötande", (None, 0, 3, 3))).iloc[0]
    assert pd.isna(row["T1"]) and (row["T2"], row["VB"], row["total"]) == (0, 3, 3)
    assert pd.isna(row["T1_raw"]) and row["T2_raw"] == "0"
    assert list(row["row_ids"]) == [f"2025-vb-solgarden/c01-{p}" for p in ("T1", "T2", "VB", "total")]


def test_facets_are_summed_one_by_one():
    totals = analyse.facet_totals(
        form(
            ("Bemötande", (1, 1, 2, 4)),
            ("Kompetens", (None, None, 1, 1)),
            ("Anonym", (2, None, None, 2), "complaint_source"),
        )
    )
    assert dict(zip(totals["facet"], totals["total"], strict=True)) == {
        "complaint_subject": 5,
        "complaint_source": 2,
    }


def test_a_category_without_a_printed_total_leaves_the_facet_without_a_sum():
    total = analyse.facet_totals(form(("Bemötande", (1, 1, 2, 4)), ("Kompetens", (None, 2, None, None))))[
        "total"
    ].iloc[0]
    assert pd.isna(total)


@pytest.mark.parametrize(
    ("rows", "leading"),
    [
        ([("Bemötande", (None, None, 4, 4)), ("Kompetens", (None, None, 1, 1))], ("Bemötande", 4)),
        ([("Bemötande", (None, None, 2, 2)), ("Kompetens", (None, None, 2, 2))], None),
        ([("Annat (ange vad)", (None, None, 9, 9)), ("Kompetens", (None, None, 1, 1))], ("Kompetens", 1)),
    ],
)
def test_the_leading_category_is_named_only_when_there_is_one(rows, leading):
    assert analyse.summarise_complaints(form(*rows)).leading == leading


def test_where_the_subject_is_blank_another_facet_speaks_and_that_is_said():
    found = analyse.summarise_complaints(
        form(("Bemötande", (None,) * 4), ("Lex Sarah", (None, 15, 7, 22), "lex_case"))
    )
    assert (found.facet, found.total, found.subject_blank) == ("lex_case", 22, True)


@pytest.mark.parametrize(("received", "count"), [((None, 1, None, 1), 1), ((None,) * 4, 4)])
def test_lex_sarah_reports_passed_on_are_not_added_to_those_received(received, count):
    tables = Tables()
    tables.report()
    tables.complaint("Bemötande", (None, None, 2, 2))
    group = {"facet": "lex_sarah", "group": "Avvikelse - Lex Sarah"}
    tables.complaint("Antal anmälningar till IVO", (2, None, 2, 4), **group)
    tables.complaint("Antal inkomna rapporter", received, **group, concept="lex_sarah_reports")
    found = analyse.summarise_complaints(analyse.wide(tables.frames()["complaints"]))
    assert dict(found.others) == {"lex_sarah": count}


def test_the_same_words_in_two_forms_are_not_the_same_category():
    tables = Tables()
    tables.report("a", "A")
    tables.complaint("Bemötande", (1, None, None, 1))
    tables.complaint("Beröm", (1, None, None, 1), facet="praise", group="Beröm", concept="praise")
    tables.report("b", "B")
    tables.complaint(
        "Bemötande", (2, None, None, 2), facet="case_subject", template="2023", group="Vad gällde …?"
    )
    tables.complaint(
        "Antal beröm", (3, None, None, 3), facet="praise", group="Beröm", template="2023", concept="praise"
    )
    keys = (
        analyse.side_by_side(analyse.wide(tables.frames()["complaints"]))
        .groupby("key")["report_id"]
        .nunique()
    )
    assert keys["praise"] == 2
    assert sorted(keys.drop("praise")) == [1, 1]


def test_two_groups_of_one_facet_are_told_apart():
    tables = Tables()
    tables.report()
    tables.complaint("Annat", (1, None, None, 1))
    tables.complaint("Annat", (2, None, None, 2), group="Synpunkter och klagomål - ej personalrelaterade")
    tables.complaint("Beröm", (2, None, None, 2), group="Beröm", facet="praise")
    groups = analyse.panel_groups(analyse.wide(tables.frames()["complaints"]))
    assert groups.fillna("").tolist() == [FORM, "Synpunkter och klagomål - ej personalrelaterade", ""]


def test_the_gravest_findings_come_first_then_the_document_order():
    tables = Tables()
    tables.report()
    for code, severity, line, gravity in (
        ("a", "info", 1, 2),
        ("b", "warning", None, 4),
        ("c", "error", 9, 3),
        ("d", "warning", 2, 4),
        ("e", "warning", 1, 1),
    ):
        tables.finding(code, severity, "…", f"row-{code}", source_line=line, gravity=gravity)
    found = analyse.numbered(tables.frames()["findings"])
    assert list(found["code"]) == ["d", "b", "c", "a", "e"]
    assert list(found["number"]) == [1, 2, 3, 4, 5]
    assert list(found["check"]) == [True, True, True, False, False]
    assert list(found["formal"]) == [False, False, False, False, True]
    shown = analyse.with_marks(found, tables.frames()["passages"])
    assert analyse.numbers_by_row(shown)["row-c"] == [3]


def test_a_doubt_about_a_goals_text_is_shown_at_the_goal():
    passages = pd.DataFrame({"row_id": ["p1", "p2"], "goal_id": ["g1", pd.NA]})
    findings = pd.DataFrame(
        {
            "row_id": ["p1", "p1", "p2", "g2"],
            "severity": ["warning", "info", "warning", "warning"],
            "gravity": [3, 3, 3, 3],
        }
    )
    assert list(analyse.with_marks(findings, passages)["marked_id"]) == ["g1", "p1", "p2", "g2"]


def test_summaries_count_the_goals_and_indicators_of_a_report():
    frames = one_unit().frames()
    goals = analyse.summarise_goals(frames["goals"])
    assert (goals.total, goals.short_of, goals.counts["met"]) == (3, 1, 2)
    found = analyse.summarise_indicators(frames["indicators"])
    assert (found.total, found.met, found.not_met, found.judged) == (4, 2, 1, 3)
