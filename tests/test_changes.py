"""Goals and units from one year to the next."""

from __future__ import annotations

import pandas as pd
import pytest
from page_tables import Tables, register

from vbdata.analyse import changes, goals, years
from vbdata.schema.tables import STATUSES

SPLIT = register(("hel", "ett", "split", 2025), ("hel", "tva", "split", 2025))


def year(tables: Tables, year: int, *own: tuple[str, str | None], unit_id: str = "solgarden") -> str:
    """A report with unit goals, each (title, status), under one area."""
    report = tables.report(unit_id, year=year)
    direction = tables.goal("direction", "En stad", code="1")
    area = tables.goal("area", "Stöd", parent=direction, code="1.3")
    board = tables.goal("board", "Alla är delaktiga", "no_data", area)
    for title, status in own:
        tables.goal("unit", title, status, board)
    return report


def match(tables: Tables, before: str, after: str) -> pd.DataFrame:
    link = {"unit_id": "solgarden", "report_id": after, "before_id": before, "break": pd.NA}
    return changes.changes(tables.frames()["goals"], pd.DataFrame([link]))


def matched(before: tuple, after: tuple) -> pd.DataFrame:
    tables = Tables()
    old, new = year(tables, 2024, *before), year(tables, 2025, *after)
    found = match(tables, old, new)
    return found[found["level"] == "unit"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Alla får en plan", "Alla får en plan.", "same"),
        ("Alla får en plan", "Alla FÅR en  plan", "same"),
        ("Varje person planerar sin vecka", "Varje person planerar sin dag och vecka", "reworded"),
        ("Vi har 3 husmöten om året", "Vi har 4 husmöten om året", None),
        ("Sjukfrånvaron sjunker", "Maten är ekologisk", None),
    ],
)
def test_a_goal_is_known_by_its_title(before, after, expected):
    found = matched(((before, "met"),), ((after, "not_met"),))
    assert list(found["match"]) == ([expected] if expected else ["dropped", "added"])


def test_a_goal_that_could_be_two_is_not_matched():
    found = matched(
        (("Vi lagar god mat till alla", "met"), ("Vi lagar god mat för alla", "met")),
        (("Vi lagar god mat med alla", "not_met"),),
    )
    assert list(found["match"]) == ["ambiguous"] * 3
    assert found["before_id"].notna().sum() == 2
    assert changes.transitions(found, "unit").to_numpy().sum() == 0


def test_a_title_that_stands_twice_is_not_matched():
    found = matched((("God mat", "met"), ("God mat", "not_met")), (("God mat", "met"),))
    assert set(found["match"]) == {"ambiguous"}


def test_a_title_that_stands_twice_is_told_apart_by_the_boards_goal_above_it():
    tables = Tables()
    for of_year, statuses in ((2024, ("met", "not_met")), (2025, ("not_met", "not_met"))):
        tables.report(year=of_year)
        direction = tables.goal("direction", "En stad", code="1")
        area = tables.goal("area", "Stöd", parent=direction, code="1.3")
        for title, status in zip(("Alla väljer själva", "Alla är trygga"), statuses, strict=True):
            tables.goal("unit", "God mat", status, tables.goal("board", title, parent=area))
    found = match(tables, "2024-vb-solgarden", "2025-vb-solgarden")
    assert set(found["match"]) == {"same"}
    assert list(changes.moved(found, "unit")["before_id"]) == ["2024-vb-solgarden/g04"]


def test_goals_of_another_area_or_level_are_other_goals():
    tables = Tables()
    old = year(tables, 2024, ("God mat", "met"))
    new = tables.report(year=2025)
    direction = tables.goal("direction", "En stad", code="1")
    area = tables.goal("area", "Kultur", parent=direction, code="1.5")
    tables.goal("board", "God mat", "met", area)
    tables.goal("unit", "God mat", "met", area)
    found = match(tables, old, new)
    assert dict(zip(found["level"], found["match"], strict=False))["direction"] == "same"
    assert set(found.loc[found["level"].isin(["unit", "board", "area"]), "match"]) == {"added", "dropped"}


def test_the_councils_goals_are_known_by_their_number():
    tables = Tables()
    old, new = tables.report(year=2024), None
    tables.goal("direction", "En stad som håller samman", "no_data", code="1")
    new = tables.report(year=2025)
    tables.goal("direction", "Ett helt annat ordval", "met", code="1")
    found = match(tables, old, new)
    assert list(found["match"]) == ["reworded"]
    assert changes.transitions(found, "direction").loc["no_data", "met"] == 1


def test_transitions_count_pairs_with_a_status_in_both_years():
    found = matched(
        (("Mat", "met"), ("Vila", "met"), ("Arbete", "no_data"), ("Fritid", None), ("Borta", "met")),
        (("Mat", "met"), ("Vila", "not_met"), ("Arbete", "met"), ("Fritid", "met"), ("Ny", "met")),
    )
    table = changes.transitions(found, "unit")
    assert list(table.index) == list(table.columns) == list(STATUSES)
    assert table.loc["met", "met"] == table.loc["met", "not_met"] == table.loc["no_data", "met"] == 1
    assert table.to_numpy().sum() == 3
    assert changes.left_out(found, "unit") == {"unstated": 1, "ambiguous": 0, "added": 1, "dropped": 1}
    assert list(changes.moved(found, "unit")["title_after"]) == ["Vila", "Arbete"]


def test_transitions_of_nothing_are_zeros():
    assert changes.transitions(matched((), ()), "unit").to_numpy().sum() == 0


def reports(*held: tuple[str, int]) -> pd.DataFrame:
    tables = Tables()
    for unit_id, of_year in held:
        tables.report(unit_id, unit_id, year=of_year)
    return tables.frames()["reports"]


def test_a_line_goes_back_through_a_new_name_and_a_split():
    held = reports(("c", 2025), ("b", 2024), ("a", 2023), ("a", 2022), ("annan", 2024))
    known = register(("b", "c", "rename", 2025), ("a", "b", "split", 2024), ("a", "d", "split", 2024))
    line = years.unit_reports(held, "c", 2025, known)
    assert line[["unit_id", "year", "segment"]].to_numpy().tolist() == [
        ["a", 2022, 1], ["a", 2023, 1], ["b", 2024, 2], ["c", 2025, 2],
    ]  # fmt: skip
    assert line["break"].fillna("").tolist() == ["", "", "split", "rename"]


def test_a_line_ends_where_units_were_merged():
    held = reports(("c", 2025), ("a", 2024), ("b", 2024))
    known = register(("a", "c", "merge", 2025), ("b", "c", "merge", 2025))
    assert list(years.unit_reports(held, "c", 2025, known)["unit_id"]) == ["c"]


def test_of_an_old_and_a_new_units_report_of_a_year_the_new_ones_is_kept():
    held = reports(("hel", 2025), ("ett", 2025), ("hel", 2024))
    assert list(years.unit_reports(held, "ett", 2025, SPLIT)["unit_id"]) == ["hel", "ett"]


def test_only_a_unit_that_is_the_same_is_compared_with_last_year():
    held = reports(
        ("solgarden", 2025), ("solgarden", 2024), ("ett", 2025), ("tva", 2025), ("hel", 2024), ("ny", 2025),
        ("gammal", 2024), ("forst", 2025), ("ihop", 2025), ("gett", 2025), ("gett", 2024), ("glugg", 2025),
        ("glugg", 2023), ("delad-forr", 2025), ("delad-forr", 2024),
    )  # fmt: skip
    known = register(
        ("hel", "ett", "split", 2025), ("hel", "tva", "split", 2025), ("gammal", "ny", "rename", 2025),
        ("x", "ihop", "merge", 2025), ("y", "ihop", "merge", 2025), ("gett", "z", "transfer", 2025),
        ("q", "delad-forr", "split", 2024),
    )  # fmt: skip
    links = years.last_year(held, 2025, known).set_index("unit_id")
    broken = links["break"].dropna().to_dict()
    assert broken == {"ett": "split", "tva": "split", "ihop": "merge", "gett": "transfer"}
    assert set(years.comparable(links).index) == {"solgarden", "ny", "delad-forr"}
    assert links.loc["glugg", "before_id"] is pd.NA
    assert links.loc["ny", "before_unit_id"] == "gammal"
    assert links.loc["ett", "before_id"] == "2024-vb-hel"


def test_coverage_stands_per_level_and_counts_no_data_as_unjudged():
    tables = Tables()
    tables.report()
    tables.tree("met", "partly_met", "no_data", None)
    found = goals.coverage(tables.frames()["goals"]).set_index("level")
    assert list(found.index) == ["direction", "area", "board", "unit"]
    assert found.loc["unit", ["goals", "judged", "no_data", "unstated"]].tolist() == [4, 2, 1, 1]
    assert found.loc["board", "judged"] == 0
    assert goals.judged_levels(tables.frames()["goals"]) == ["unit"]


def test_changes_of_many_units_leave_out_those_that_may_not_be_compared():
    tables = Tables()
    year(tables, 2024, ("Mat", "met"))
    year(tables, 2025, ("Mat", "not_met"))
    year(tables, 2024, ("Mat", "met"), unit_id="hel")
    for unit_id in ("ett", "tva"):
        year(tables, 2025, ("Mat", "not_met"), unit_id=unit_id)
    frames = tables.frames()
    pairs = years.last_year(frames["reports"], 2025, SPLIT)
    found = changes.changes(frames["goals"], pairs)
    assert set(found["unit_id"]) == {"solgarden"}
    assert changes.transitions(found, "unit").loc["met", "not_met"] == 1
