"""Which item of a plan is which item of a report: never guessed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.pairing import CHANGES, Item, Pair, exchanged, likeness, merged, pair, unnamed

# The plan's wording, the report's, and what it should be said to be: labelled by hand.
WORDINGS = [
    ("Brukarna upplever inflytande", "Brukarna upplever att de har inflytande", "reworded"),
    ("Enheten är en god arbetsgivare", "Enheten är en god arbetsgivare med god arbetsmiljö", "reworded"),
    ("Öka andelen ekologiska livsmedel", "Andelen ekologiska livsmedel ökar", "reworded"),
    ("Alla brukare har en genomförandeplan", "Samtliga brukare har en genomförandeplan", "reworded"),
    ("Utbildning i brandskydd för all personal", "All personal utbildas i brandskydd", "reworded"),
    ("Minska sjukfrånvaron", "Sjukfrånvaron ska minska", "reworded"),
    ("Enheten har en budget i balans", "Verksamheten håller budget i balans", "reworded"),
    ("Ta fram rutin för avvikelsehantering", "Ta fram en ny rutin för avvikelsehantering", "reworded"),
    ("Minst 80 % av brukarna är nöjda", "Minst 85 % av brukarna är nöjda", "reworded"),
    ("Solens hus har en hög beredskap", "Månens hus har en hög beredskap", "reworded"),  # one unit, two names
    ("ALLA är trygga.", "Alla är trygga", "kept"),
    ("Medarbetare utbildas i dataskydd", "Medarbetare utbildas i brandskydd", "unclear"),
    ("Enheten erbjuder friskvårdsaktiviteter", "Enheten erbjuder kulturaktiviteter", "unclear"),
    ("Brukarna är trygga i sitt boende", "Brukarna är nöjda med sitt boende", "unclear"),
    ("Ta fram rutin för avvikelsehantering", "Ta fram rutin för läkemedelshantering", "unclear"),
    ("Starta en kulturgrupp", "Starta en matlagningsgrupp", "unclear"),
    ("Öka andelen vikarier", "Minska andelen vikarier", "unclear"),
    ("Aktiviteter utomhus varje dag", "Aktiviteter inomhus varje dag", "unclear"),
    ("Alla enheter inför ett ramverk", "Insatserna stärker självständigheten", "dropped"),
    ("Öka andelen ekologiska livsmedel", "Minska matsvinnet", "dropped"),
]  # fmt: skip
NAMES = ("Solens hus", "Månens hus")


def items(*texts: str, prefix: str = "p", place: tuple[str, str | None] = ("unit", "1.3")) -> list[Item]:
    return [Item((f"{prefix}{i}",), text, place) for i, text in enumerate(texts)]


def paired(plan: list[Item], report: list[Item], **options) -> list[Pair]:
    return pair(plan, report, across=lambda a, b: a.place[0] == b.place[0], **options)


def told(pairs: list[Pair]) -> set[tuple[str, str, str]]:
    return {(p.change, p.plan.ids[0] if p.plan else "", p.report.ids[0] if p.report else "") for p in pairs}


@pytest.mark.parametrize(("plan", "report", "expected"), WORDINGS)
def test_what_two_wordings_are(plan: str, report: str, expected: str) -> None:
    found = paired(items(plan), items(report, prefix="r"), names=NAMES)
    assert {p.change for p in found if p.plan} == {expected}
    if expected == "unclear":
        assert [p.candidates[0].ids for p in found] == [("r0",), ("p0",)]


def test_two_that_are_as_like_are_both_in_doubt() -> None:
    plan = items("Brukarna deltar i planeringen")
    report = items(
        "Brukarna deltar i planeringen av dagen", "Brukarna deltar i planeringen av natten", prefix="r"
    )
    found = paired(plan, report)
    assert told(found) == {("unclear", "p0", ""), ("unclear", "", "r0"), ("unclear", "", "r1")}
    assert [item.ids[0] for item in found[0].candidates] == ["r0", "r1"]


def test_the_same_words_come_before_similar_ones() -> None:
    plan = items("Utbildning i hygien")
    report = items("Utbildning i hygien för alla", "Utbildning i hygien", prefix="r")
    assert told(paired(plan, report)) == {("kept", "p0", "r1"), ("added", "", "r0")}


def test_similar_words_in_another_place_are_not_the_same() -> None:
    plan = items("Brukarna har inflytande", place=("unit", "1.3"))
    for place in (("unit", "3.4"), ("board", "1.3")):
        found = paired(plan, items("Brukarna har ett inflytande", prefix="r", place=place))
        assert told(found) == {("dropped", "p0", ""), ("added", "", "r0")}


def test_a_place_that_is_not_known_fits_all() -> None:
    found = paired(
        items("Brukarna har inflytande", place=("unit", None)),
        items("Brukarna har ett inflytande", prefix="r"),
    )
    assert told(found) == {("reworded", "p0", "r0")}


def test_the_same_words_under_another_area_moved_but_not_to_another_level() -> None:
    plan = items("Alla är trygga")
    assert told(paired(plan, items("Alla är trygga", prefix="r", place=("unit", "3.4")))) == {
        ("kept", "p0", "r0")
    }
    found = paired(plan, items("Alla är trygga", prefix="r", place=("board", "1.3")))
    assert told(found) == {("dropped", "p0", ""), ("added", "", "r0")}


def test_what_is_printed_twice_is_one() -> None:
    (found,) = paired(items("Alla är trygga"), items("Alla är trygga", "Alla är  trygga", prefix="r"))
    assert (found.change, found.report.ids) == ("kept", ("r0", "r1"))


def test_the_same_words_with_other_details_are_told_apart_by_them() -> None:
    place = ("unit", "1.3")
    plan = [Item((f"p{i}",), "Utbildning", place, i) for i in (1, 2)]
    report = [Item((f"r{i}",), "Utbildning", place, i) for i in (2, 3)]
    assert told(paired(plan, report)) == {("kept", "p2", "r2"), ("kept", "p1", "r3")}
    report = [Item((f"r{i}",), "Utbildning", place, i) for i in (3, 4)]
    assert {change for change, *_ in told(paired(plan, report))} == {"unclear"}


def test_digits_must_agree_where_they_are_asked_to() -> None:
    plan, report = items("Sjukfrånvaro dag 1-14"), items("Sjukfrånvaro dag 1-15", prefix="r")
    assert told(paired(plan, report)) == {("reworded", "p0", "r0")}
    assert told(paired(plan, report, digits=True)) == {("dropped", "p0", ""), ("added", "", "r0")}


def test_a_known_code_stands_above_the_words() -> None:
    place = ("area", "1.3")
    plan = [Item(("p0",), "Nöjda brukare", place, code="nojda")]
    assert told(paired(plan, [Item(("r0",), "Andel nöjda", place, code="nojda")])) == {
        ("reworded", "p0", "r0")
    }


@pytest.mark.parametrize(
    ("plan", "report", "expected"),
    [
        ([], ["A är trygga"], {("added", "", "r0")}),
        (["A är trygga"], [], {("dropped", "p0", "")}),
        ([], [], set()),
    ],
)
def test_an_empty_side(plan, report, expected) -> None:
    assert told(paired(items(*plan), items(*report, prefix="r"))) == expected


WORDS = st.sampled_from(
    [
        "brukarna",
        "deltar",
        "i",
        "planeringen",
        "utbildning",
        "hygien",
        "brandskydd",
        "för",
        "alla",
        "2025",
        "ökar",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)
PLACES = st.tuples(st.sampled_from(["board", "unit"]), st.sampled_from(["1.3", "3.4", None]))


def some(prefix: str) -> st.SearchStrategy[list[Item]]:
    each = st.tuples(TEXTS, PLACES, st.sampled_from([None, 1, 2]))
    return st.lists(each, max_size=7).map(
        lambda found: [Item((f"{prefix}{i}",), *values) for i, values in enumerate(found)]
    )


@given(some("p"), some("r"))
def test_every_item_is_in_exactly_one_pair(plan: list[Item], report: list[Item]) -> None:
    found = paired(plan, report)
    for side, given_items in (("plan", plan), ("report", report)):
        ids = [row_id for each in found if getattr(each, side) for row_id in getattr(each, side).ids]
        assert sorted(ids) == sorted(row_id for item in given_items for row_id in item.ids)
    for each in found:
        assert each.change in CHANGES
        both = each.plan is not None and each.report is not None
        assert both == (each.change in ("kept", "reworded"))
        assert bool(each.candidates) == (each.change == "unclear")
        if both:
            assert each.plan.place[0] == each.report.place[0]  # never across levels


@given(some("p"))
def test_a_plan_beside_itself_is_kept_whole(plan: list[Item]) -> None:
    distinct = {item.same: item for item in plan}.values()
    assert {each.change for each in paired(list(distinct), list(distinct))} <= {"kept"}


@given(some("p"), some("r"))
def test_doubt_is_mutual(plan: list[Item], report: list[Item]) -> None:
    found = [each for each in paired(plan, report) if each.change == "unclear"]
    edges = [
        {(item.ids[0], other.ids[0]) for each in found if (item := each.plan) for other in each.candidates}
    ]
    edges += [
        {(other.ids[0], item.ids[0]) for each in found if (item := each.report) for other in each.candidates}
    ]
    assert edges[0] == edges[1]


@given(TEXTS, TEXTS)
def test_likeness_and_exchange_are_symmetric(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0 <= likeness(one, other) <= 100
    assert exchanged(one, other) == exchanged(other, one)
    assert not exchanged(one, one) and likeness(one, one) == 100


def test_a_longer_name_goes_before_the_one_inside_it() -> None:
    names = frozenset({"Solens hus", "Solens hus 2"})
    assert (
        unnamed("Solens hus 2 är öppet, Solens husmor är här", names)
        == "enheten är öppet, Solens husmor är här"
    )


def test_merging_keeps_the_order() -> None:
    found = merged(items("b", "a", "b"))
    assert [item.ids for item in found] == [("p0", "p2"), ("p1",)]
    assert all(a.place == b.place for a, b in itertools.pairwise(found))


def test_what_may_have_taken_anothers_place_is_told_by_words_that_nothing_else_has():
    plan = items("Införa det nya bokningssystemet i tvättstugan", "Måla trapphuset")
    report = items(
        "Alla boende lär sig bokningssystemet så att tvättstugan kan vara öppen under kvällar och helger",
        "Laga taket",
        prefix="r",
    )

    def changes(**kw: bool) -> list[str]:
        return [each.change for each in pair(plan, report, across=lambda a, b: True, **kw)]

    assert changes() == ["dropped", "dropped", "added", "added"]
    assert changes(replaced=True) == ["unclear", "dropped", "unclear", "added"]
