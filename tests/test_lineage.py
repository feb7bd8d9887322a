"""A unit over the years: breaks are seen, and nothing is joined across them."""

from __future__ import annotations

import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.analyse.lineage import BREAKS, unit_series
from vbdata.register import KINDS, Register, Succession, Unit
from vbdata.vocabulary import label


def known(*successions: tuple[str, str, str, str]) -> Register:
    """A register of (predecessor, successor, kind, date)."""
    rows = [
        Succession(a, b, kind, datetime.date.fromisoformat(day), None, "x") for a, b, kind, day in successions
    ]
    ids = sorted({each for row in rows for each in (row.predecessor_id, row.successor_id)})
    return Register(
        tuple(Unit(each, each, "", "") for each in ids), tuple(sorted(rows, key=lambda s: s.date))
    )


def values(*points: str, templates: dict[int, str] | None = None) -> pd.DataFrame:
    """Rows of "unit year", valued by their order."""
    rows = [
        {"unit_id": p.split()[0], "year": int(p.split()[1]), "value": float(i)} for i, p in enumerate(points)
    ]
    frame = pd.DataFrame(rows, columns=["unit_id", "year", "value"]).astype(
        {"unit_id": "string", "year": "Int64"}
    )
    return (
        frame if templates is None else frame.assign(template=frame["year"].map(templates).astype("string"))
    )


# Rows as (unit, year, segment, break).
Told = list[tuple[str, int, int, str | None]]


def told(frame: pd.DataFrame) -> Told:
    return [
        (
            row["unit_id"],
            int(row["year"]),
            int(row["segment"]),
            None if pd.isna(row["break"]) else row["break"],
        )
        for _, row in frame.iterrows()
    ]


def test_a_unit_that_nothing_happened_to_is_one_segment():
    frame = unit_series(values("a 2025", "a 2023", "b 2024"), "a", known())
    assert told(frame) == [("a", 2023, 1, None), ("a", 2025, 1, None)]
    assert not frame["partial"].any()


def test_a_split_breaks_the_line_of_the_successor_and_not_of_the_one_that_was_split():
    register = known(("a", "b", "split", "2025-04-01"), ("a", "c", "split", "2025-04-01"))
    rows = values("a 2023", "a 2024", "b 2025", "c 2025", "b 2026")
    frame = unit_series(rows, "b", register)
    assert told(frame) == [
        ("a", 2023, 1, None),
        ("a", 2024, 1, None),
        ("b", 2025, 2, "split"),
        ("b", 2026, 2, None),
    ]
    assert list(frame["value"]) == [0, 1, 2, 4]
    assert frame["break_date"].tolist()[2] == datetime.date(2025, 4, 1)
    assert frame["partial"].tolist() == [False, False, True, False]
    assert told(unit_series(rows, "a", register)) == [("a", 2023, 1, None), ("a", 2024, 1, None)]


def test_a_new_name_shows_and_the_line_goes_on():
    register = known(("a", "b", "rename", "2025-04-01"))
    frame = unit_series(values("a 2024", "b 2025"), "b", register)
    assert told(frame) == [("a", 2024, 1, None), ("b", 2025, 1, "rename")]
    assert not frame["partial"].any()


def test_two_names_in_use_at_once_are_not_one_line():
    register = known(("a", "b", "rename", "2025-04-01"))
    frame = unit_series(values("a 2024", "a 2025", "b 2025"), "b", register)
    assert told(frame) == [("a", 2024, 1, None), ("a", 2025, 1, None), ("b", 2025, 2, "rename")]


def test_merged_units_keep_a_line_each_until_they_are_one():
    register = known(("a", "c", "merge", "2025-01-01"), ("b", "c", "merge", "2025-01-01"))
    frame = unit_series(values("a 2024", "b 2024", "c 2025"), "c", register)
    assert sorted(told(frame)) == [("a", 2024, 2, None), ("b", 2024, 1, None), ("c", 2025, 3, "merge")]
    assert not frame["partial"].any()  # on the first day of the year


def test_a_unit_that_another_merged_into_breaks_too():
    register = known(("a", "b", "merge", "2025-01-01"))
    frame = unit_series(values("a 2024", "b 2024", "b 2025", "b 2026"), "b", register)
    assert [row for row in told(frame) if row[0] == "b"] == [
        ("b", 2024, 2, None), ("b", 2025, 3, "merge"), ("b", 2026, 3, None),
    ]  # fmt: skip


def test_a_moved_part_breaks_both_lines_and_leaves_the_histories_apart():
    register = known(("a", "b", "transfer", "2024-07-01"))
    rows = values("a 2023", "a 2024", "b 2023", "b 2025")
    assert told(unit_series(rows, "a", register)) == [("a", 2023, 1, None), ("a", 2024, 2, "transfer")]
    # 2024 is missing, so the break stands at the first year that there is.
    assert told(unit_series(rows, "b", register)) == [("b", 2023, 1, None), ("b", 2025, 2, "transfer")]
    assert register.lineage("b", ended=True) == ("b",)


def test_another_form_is_a_break():
    rows = values("a 2023", "a 2024", "a 2025", templates={2023: "2023", 2024: "2023", 2025: "2025"})
    assert told(unit_series(rows, "a", known())) == [
        ("a", 2023, 1, None), ("a", 2024, 1, None), ("a", 2025, 2, "form_change"),
    ]  # fmt: skip


def test_another_form_weighs_more_than_a_new_name_and_less_than_a_split():
    rows = values("a 2024", "b 2025", templates={2024: "2023", 2025: "2025"})
    for kind, expected in (("rename", "form_change"), ("split", "split")):
        frame = unit_series(rows, "b", known(("a", "b", kind, "2025-04-01")))
        assert told(frame)[1] == ("b", 2025, 2, expected)


def test_a_break_shows_also_where_the_unit_in_between_has_no_values():
    renamed_then_split = known(("a", "b", "rename", "2023-01-01"), ("b", "c", "split", "2025-01-01"))
    assert told(unit_series(values("a 2022", "c 2025"), "c", renamed_then_split)) == [
        ("a", 2022, 1, None), ("c", 2025, 2, "split"),
    ]  # fmt: skip
    renamed_twice = known(("a", "b", "rename", "2023-01-01"), ("b", "c", "rename", "2025-01-01"))
    assert told(unit_series(values("a 2022", "c 2025"), "c", renamed_twice)) == [
        ("a", 2022, 1, None), ("c", 2025, 1, "rename"),
    ]  # fmt: skip


def test_the_first_year_that_there_is_has_no_break():
    frame = unit_series(values("b 2025"), "b", known(("a", "b", "split", "2025-04-01")))
    assert told(frame) == [("b", 2025, 1, None)]


def test_no_values_give_an_empty_series_with_its_columns():
    frame = unit_series(values(), "a", known())
    assert frame.empty and {"segment", "break", "break_date", "partial"} <= set(frame)


@pytest.mark.parametrize("kind", BREAKS)
def test_every_break_has_its_words(kind: str):
    assert label("break", kind)
    assert set(KINDS) < set(BREAKS)


@given(
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4),
    years=st.lists(st.tuples(st.integers(0, 4), st.integers(2018, 2027)), max_size=12, unique=True),
)
def test_no_segment_holds_values_from_both_sides_of_anything_but_a_new_name(kinds, years):
    """Units u0 → u1 → … in a chain, a year or more apart; whatever is measured, no line crosses a break."""
    chain = [(f"u{i}", f"u{i + 1}", kind, f"{2020 + 2 * i}-04-01") for i, kind in enumerate(kinds)]
    last = f"u{len(kinds)}"
    rows = values(*[f"u{unit} {year}" for unit, year in years])
    frame = unit_series(rows, last, known(*chain))
    followed = set(known(*chain).lineage(last, ended=True))
    assert sorted(frame["value"]) == sorted(rows.loc[rows["unit_id"].isin(followed), "value"])
    assert frame["year"].is_monotonic_increasing
    for _, segment in frame.groupby("segment"):
        numbers = sorted({int(unit[1:]) for unit in segment["unit_id"]})
        assert all(kinds[i] == "rename" for i in range(numbers[0], numbers[-1]))
        assert segment["break"].iloc[1:].isin(["rename"]).eq(segment["break"].iloc[1:].notna()).all()
    seen: set[int] = set()
    for unit, year, _, kind in told(frame):
        number = int(unit[1:])
        before = [i for i in seen if i < number and unit in followed and year >= 2020 + 2 * (number - 1)]
        assert not before or number in seen or kind is not None
        seen.add(number)
