"""From plan to outcome: every goal, target and activity of both documents is accounted for, once."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_tables import Tables

from vbdata.analyse import plan_outcome as po
from vbdata.pairing import names_of
from vbdata.register import Register, Succession, Unit
from vbdata.schema import empty

DAY = datetime.date


def rows(tables: Tables, name: str, report_id: str) -> pd.DataFrame:
    frame = tables.frames()[name]
    return frame[frame["report_id"] == report_id].reset_index(drop=True)


def placed(tables: Tables, name: str, report_id: str) -> pd.DataFrame:
    return po.with_place(rows(tables, name, report_id), rows(tables, "goals", report_id))


def two() -> tuple[Tables, str, str]:
    """A plan and a report of the same tree."""
    tables = Tables()
    plan = tables.report(kind="VP")
    tables.tree(None, None)
    report = tables.report(kind="VB")
    tables.tree("met", "partly_met")
    return tables, plan, report


def goals(plan: list[str], report: list[str], level: str = "unit") -> pd.DataFrame:
    tables = Tables()
    ids = []
    for kind, titles in (("VP", plan), ("VB", report)):
        ids.append(tables.report(kind=kind))
        above = tables.tree()
        assert above == []
        for title in titles:
            tables.goal(level, title, None if kind == "VP" else "met", f"{ids[-1]}/g03")
    changes = po.goal_changes(rows(tables, "goals", ids[0]), rows(tables, "goals", ids[1]))
    return changes[changes["level"] == level].reset_index(drop=True)


# Goals


def test_goals_of_the_same_words_are_kept_with_the_reports_status():
    tables, plan, report = two()
    changes = po.goal_changes(rows(tables, "goals", plan), rows(tables, "goals", report))
    assert set(changes["change"]) == {"kept"}
    assert changes.loc[changes["level"] == "unit", "status"].tolist() == ["met", "partly_met"]
    assert changes.loc[changes["level"] == "unit", "area_code"].tolist() == ["1.3", "1.3"]


def test_both_wordings_of_a_goal_are_kept():
    (found,) = goals(["Brukarna har inflytande"], ["Brukarna har ett gott inflytande"]).to_dict("records")
    assert (found["change"], found["plan_title"], found["report_title"]) == (
        "reworded", "Brukarna har inflytande", "Brukarna har ett gott inflytande",
    )  # fmt: skip
    assert 75 <= found["likeness"] < 100


def test_the_order_is_the_plans_with_what_is_new_where_the_report_has_it():
    changes = goals(
        ["Ett om mat", "Två om lek", "Tre om bad"], ["Ett om mat", "Något helt annat", "Tre om bad"]
    )
    assert changes["change"].tolist() == ["kept", "dropped", "added", "kept"]
    assert changes["plan_title"].fillna(changes["report_title"]).tolist() == [
        "Ett om mat", "Två om lek", "Något helt annat", "Tre om bad",
    ]  # fmt: skip


def test_a_unit_goal_is_never_paired_with_a_board_goal():
    tables = Tables()
    plan = tables.report(kind="VP")
    tables.goal("unit", "Alla är trygga")
    report = tables.report()
    tables.goal("board", "Alla är trygga", "met")
    changes = po.goal_changes(rows(tables, "goals", plan), rows(tables, "goals", report))
    assert sorted(changes["change"]) == ["added", "dropped"]


def test_levels_are_counted_apart():
    counts = po.level_counts(
        pd.concat([goals(["A om mat"], ["B om lek"]), goals(["C"], ["C", "Något nytt"], level="board")])
    ).set_index("level")
    assert counts.loc["unit"].to_dict() == {
        "planned": 1, "reported": 1, "kept": 0, "reworded": 0, "dropped": 1, "added": 1,
        "unclear_plan": 0, "unclear_report": 0,
    }  # fmt: skip
    assert counts.loc["board", ["planned", "reported", "added"]].tolist() == [
        2,
        3,
        1,
    ]  # the tree's own goal too


def test_doubt_is_counted_on_each_side():
    changes = goals(["Utbildning i dataskydd"], ["Utbildning i brandskydd", "Utbildning i badskydd"])
    counts = po.level_counts(changes).iloc[0]
    assert (counts["dropped"], counts["added"]) == (0, 0)
    assert (counts["unclear_plan"], counts["unclear_report"]) == (1, 2)
    assert len(changes.iloc[0]["candidates"]) == 2


def test_the_unit_under_its_new_name_is_a_rewording():
    tables = Tables()
    plan = tables.report("gamla", "Gamla huset", kind="VP")
    tables.goal("unit", "Gamla huset håller god beredskap")
    report = tables.report("nya", "Björkens dagliga verksamhet")
    tables.goal("unit", "Björkens dagliga verksamhet håller god beredskap", "met")
    both = rows(tables, "goals", plan), rows(tables, "goals", report)
    assert len(po.goal_changes(*both)) == 2
    register = Register(
        (Unit("gamla", "Gamla huset", "", ""), Unit("nya", "Björkens dagliga verksamhet", "", "")),
        (Succession("gamla", "nya", "rename", DAY(2025, 4, 1), None, "x"),),
    )
    names = names_of(["nya"], [], register)
    assert names == {"Gamla huset", "Björkens dagliga verksamhet"}
    assert po.goal_changes(*both, names)["change"].tolist() == ["reworded"]


TITLES = st.lists(
    st.sampled_from(["A är nöjda", "A är trygga", "Alla A är nöjda", "B lagar mat", "Mat lagas av B", "C"]),
    max_size=6,
)


@given(TITLES, TITLES)
def test_every_goal_is_in_exactly_one_row_and_the_counts_add_up(plan: list[str], report: list[str]):
    changes = goals(plan, report)
    planned = [row_id for ids in changes["plan_ids"] for row_id in ids]
    reported = [row_id for ids in changes["report_ids"] for row_id in ids]
    assert len(planned) == len(set(planned)) == len(plan)
    assert len(reported) == len(set(reported)) == len(report)
    if changes.empty:
        return
    counts = po.level_counts(changes).iloc[0]
    both = counts["kept"] + counts["reworded"]
    assert counts["planned"] == both + counts["dropped"] + counts["unclear_plan"]
    assert counts["reported"] == both + counts["added"] + counts["unclear_report"]


@pytest.mark.parametrize("missing", ["plan", "report", "both"])
def test_an_empty_side_is_all_dropped_or_all_added(missing: str):
    tables, plan, report = two()
    names = ("goals", "indicators", "activities")
    none = {name: empty(name) for name in names}
    sides = {
        "plan": none if missing in ("plan", "both") else {n: rows(tables, n, plan) for n in names},
        "report": none if missing in ("report", "both") else {n: rows(tables, n, report) for n in names},
    }
    changes = po.goal_changes(sides["plan"]["goals"], sides["report"]["goals"])
    expected = {"plan": {"added"}, "report": {"dropped"}, "both": set()}[missing]
    assert set(changes["change"]) == expected
    for compare, name in ((po.target_changes, "indicators"), (po.activity_changes, "activities")):
        both = [po.with_place(sides[side][name], sides[side]["goals"]) for side in ("plan", "report")]
        assert compare(*both).empty


# Targets


def targets(plan: dict | None, report: dict | None) -> dict:
    tables = Tables()
    ids = []
    for kind, values in (("VP", plan), ("VB", report)):
        ids.append(tables.report(kind=kind))
        goal = tables.tree(None)[0]
        if values is not None:
            tables.indicator("Nöjda", **{"value": None, "target": None, "goal_id": goal} | values)
    (found,) = po.target_changes(*(placed(tables, "indicators", each) for each in ids)).to_dict("records")
    return found


@pytest.mark.parametrize(
    ("plan", "report", "change", "reported"),
    [
        ({"target": 80.0}, {"target": 80.0, "value": 75.0}, "same", "value"),
        ({"target": 80.0}, {"target": 75.0, "value": 75.0}, "moved", "value"),
        ({}, {"target": 75.0, "value": 75.0}, "set", "value"),
        ({"target_rule": "set_by_board"}, {"target": 75.0}, "set", "no_value"),
        ({"target_rule": "increase"}, {"target_rule": "increase"}, "same", "no_value"),
        ({"target_rule": "increase"}, {"target": 75.0}, "moved", "no_value"),
        ({"target": 80.0}, {"value": 75.0}, "removed", "value"),
        ({"target": 80.0}, {"value": 75.0, "target_rule": "set_by_board"}, "removed", "value"),
        ({}, {"value": 75.0}, "none", "value"),
        ({"target": 80.0}, {"target": 80.0, "measure_unit": "index"}, "unclear", "no_value"),
        ({"target": 80.0}, {"target": 80.0, "measure_unit": None}, "same", "no_value"),
        ({"target": 0.1 + 0.2}, {"target": 0.3}, "same", "no_value"),
        ({"target": 80.0}, None, None, "no_row"),
        (None, {"target": 80.0, "value": 1.0}, None, None),
    ],
)
def test_what_became_of_a_target(plan, report, change, reported):
    found = targets(plan, report)
    assert (found["target_change"] if pd.notna(found["target_change"]) else None) == change
    assert (found["reported"] if pd.notna(found["reported"]) else None) == reported


def test_a_target_that_the_plan_has_as_the_councils_is_in_the_plan():
    found = targets({"council_target": 80.0}, {"council_target": 80.0, "target": 80.0})
    assert found["target_change"] == "council"


def test_the_councils_target_is_followed_by_itself():
    found = targets({"council_target": 80.0}, {"council_target": 85.0, "target": 70.0})
    assert (found["council_change"], found["target_change"]) == ("moved", "set")


def test_the_same_indicator_twice_with_other_targets_is_told_apart_by_them():
    tables = Tables()
    plan = tables.report(kind="VP")
    for target in (70.0, 80.0):
        tables.indicator("Nöjda", None, target)
    report = tables.report()
    tables.indicator("Nöjda", 75.0, 80.0)
    found = po.target_changes(placed(tables, "indicators", plan), placed(tables, "indicators", report))
    assert found["change"].tolist() == ["dropped", "kept"]
    assert found["target_change"].tolist()[1] == "same"


# Activities


def activities(plan: list[dict], report: list[dict]) -> pd.DataFrame:
    tables = Tables()
    ids = []
    for kind, found in (("VP", plan), ("VB", report)):
        ids.append(tables.report(kind=kind))
        goal = tables.tree(None)[0]
        for values in found:
            tables.activity(**{"goal_id": goal} | values)
    return po.activity_changes(*(placed(tables, "activities", each) for each in ids))


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (DAY(2025, 6, 30), DAY(2025, 12, 31), "later"),
        (DAY(2025, 12, 31), DAY(2025, 11, 30), "earlier"),
        (DAY(2025, 12, 31), DAY(2025, 12, 30), "same"),  # written otherwise
        (DAY(2025, 12, 31), DAY(2025, 12, 31), "same"),
        (DAY(2025, 12, 31), None, "removed"),
        (None, DAY(2025, 12, 31), "set"),
        (None, None, "none"),
    ],
)
def test_an_activity_whose_end_date_moved(before, after, change):
    (found,) = activities([{"end": before}], [{"end": after}]).to_dict("records")
    assert (found["change"], found["end_change"], found["start_change"]) == ("kept", change, "same")
    assert (found["plan_end"], found["report_end"]) == (before, after)


def test_activities_dropped_and_added_have_no_dates_to_compare():
    changes = activities([{"title": "Plantera träd"}], [{"title": "Måla om köket"}])
    assert changes["change"].tolist() == ["dropped", "added"]
    assert changes["end_change"].isna().all()


def test_an_activity_without_analysis_is_told_only_where_others_have_one():
    plan = [{"title": "Plantera träd"}, {"title": "Måla om köket"}]
    silent = [{**each, "analysis": " "} for each in plan]
    assert activities(plan, silent)["analysed"].isna().all()
    spoken = [silent[0], {**silent[1], "analysis": "Köket är målat."}]
    assert activities(plan, spoken)["analysed"].tolist() == [False, True]


def test_an_activity_printed_twice_is_one_and_analysed_if_either_is():
    twice = [{"title": "Plantera träd"}, {"title": "Plantera träd", "analysis": "Klart."}]
    (found,) = activities([{"title": "Plantera träd"}], twice).to_dict("records")
    assert (found["change"], len(found["report_ids"]), found["analysed"]) == ("kept", 2, True)


# Which plan


def register_of(*successions: tuple[str, str, str]) -> Register:
    found = tuple(Succession(a, b, kind, DAY(2025, 4, 1), None, "x") for a, b, kind in successions)
    ids = {each for s in found for each in (s.predecessor_id, s.successor_id)}
    return Register(tuple(Unit(each, each, "", "") for each in ids), found)


def reports(*names: str) -> pd.DataFrame:
    """Reports of "unit kind year version"."""
    tables = Tables()
    for name in names:
        unit_id, kind, *rest = name.split()
        tables.report(
            unit_id, unit_id, kind=kind, version="".join(rest[1:]), **({"year": int(rest[0])} if rest else {})
        )
    return tables.frames()["reports"]


SPLIT = register_of(("a", "b", "split"), ("a", "c", "split"))


@pytest.mark.parametrize(
    ("documents", "register", "expected"),
    [
        (["a VP", "a VB"], Register(), [("2025-vb-a", "2025-vp-a")]),
        (["a VB"], Register(), []),  # no plan
        (["a VP"], Register(), []),  # no report
        (["a VP 2024", "a VB 2025"], Register(), []),  # another year's
        (["a VP", "a VP 2025 -v2", "a VB", "a VB 2025 -v2"], Register(), [("2025-vb-a-v2", "2025-vp-a-v2")]),
        (["a VP", "a T1", "a T2"], Register(), [("2025-t2-a", "2025-vp-a")]),
        (["a VP", "b VB", "c VB"], SPLIT, [("2025-vb-b", "2025-vp-a"), ("2025-vb-c", "2025-vp-a")]),
        (["a VP", "b VP", "b VB"], SPLIT, [("2025-vb-b", "2025-vp-b")]),  # its own comes first
        (
            ["a VP", "b VP", "c VB"],
            register_of(("a", "c", "merge"), ("b", "c", "merge")),
            [("2025-vb-c", "2025-vp-a"), ("2025-vb-c", "2025-vp-b")],
        ),
        (
            ["a VP", "c VB"],
            register_of(("a", "b", "rename"), ("b", "c", "split")),
            [("2025-vb-c", "2025-vp-a")],
        ),
        (
            ["a VP", "b VB"],
            register_of(("a", "b", "transfer")),
            [],
        ),  # a goes on, and answers for its own plan
    ],
)
def test_which_report_follows_up_which_plan(documents, register, expected):
    found = po.followed_up(reports(*documents), register)
    assert list(found.itertuples(index=False, name=None)) == expected
