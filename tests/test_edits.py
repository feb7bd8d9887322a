"""The benchmark of planted doubts: every edit applies to its base and knows its lines."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks import edits as bench

EDITS = [edit for part in bench.PARTS for edit in bench.edits(part)]
BASES = bench.bases()


@pytest.fixture(scope="module")
def unedited() -> dict[str, list[bench.Asked]]:
    return {base: bench.asked(base, text) for base, text in BASES.items() if base in bench.COMPANIONS}


def test_kinds_enough_are_kept_apart_and_none_is_in_both_parts():
    kinds = {part: {edit.kind for edit in bench.edits(part)} for part in bench.PARTS}
    assert len(kinds["open"] | kinds["kept_apart"]) >= 44
    assert not kinds["open"] & kinds["kept_apart"]
    assert len(kinds["kept_apart"]) >= 30


@pytest.mark.parametrize("kind", sorted({edit.kind for edit in EDITS}))
def test_each_edit_applies_and_has_its_place(kind: str):
    for edit in (edit for edit in EDITS if edit.kind == kind):
        made = list(bench.planted(edit, BASES))
        assert made or edit.base.startswith(bench.CORPUS), f"{edit.find!r} is in no base"
        for base, text in made:
            assert bench.places(edit, base, text)


def test_each_kind_is_planted_in_more_than_one_place():
    planted = Counter(edit.kind for edit in EDITS for _ in bench.planted(edit, BASES))
    assert min(planted.values()) >= 2


def test_an_edit_is_asked_where_it_stands(unedited: dict[str, list[bench.Asked]]):
    edit = next(edit for edit in EDITS if edit.kind == "form_total_not_sum" and edit.base == "group_home.md")
    text = BASES[edit.base]
    found = bench.new(unedited[edit.base], bench.asked(edit.base, edit.made(text)))
    assert any(bench.holds(each, bench.places(edit, edit.base, text)) for each in found)


def test_the_bases_are_read(unedited: dict[str, list[bench.Asked]]):
    assert not [one for found in unedited.values() for one in found if one.code in bench.READING]


def test_an_edit_that_no_longer_fits_is_told():
    edit = bench.Edit("kind", "open", "group_home.md", "Står inte där", "Nytt")
    with pytest.raises(bench.EditError, match="not once in the base"):
        edit.made(BASES["group_home.md"])


def test_a_finding_that_has_only_moved_is_not_new():
    before = bench.Asked("code", "Två tal.", frozenset({bench.Place("a.md", 3)}))
    after = bench.Asked("code", "Två tal.", frozenset({bench.Place("a.md", 4)}))
    assert bench.new([before], [after, after]) == [after]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [("a\nb\nc", "a\nx\nc", {2}), ("a\nb\nc", "a\nc", {2}), ("a\nc", "a\nb\nb\nc", {2, 3}), ("a", "b", {1})],
)
def test_the_changed_lines(before: str, after: str, lines: set[int]):
    assert bench._changed(before, after) == lines
