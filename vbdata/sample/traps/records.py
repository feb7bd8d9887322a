"""Traps on the records: what the unit wrote, beside what it meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from vbdata import vocabulary
from vbdata.parse.records import Report
from vbdata.sample.model import wording
from vbdata.sample.traps.encoding import LOOKALIKES
from vbdata.sample.traps.registry import Draft, at_one, both, swap, trap_at
from vbdata.sample.world import UNITS


def _numbered(rows: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(replace(row, position=number) for number, row in enumerate(rows, start=1))


@trap_at("records")
def status_misspelt(draft: Draft, rng: Random) -> Draft:
    """A status word is misspelt: "Uppfylles helt"."""
    slips = {
        "Uppfylls helt": ("Uppfylles helt", "Upfylls helt", "Uppfylls hellt"),
        "Uppfylls delvis": ("Uppfylls dellvis", "Uppfyls delvis"),
        "Uppfylls inte": ("Uppfylles inte", "Uppfyls inte"),
    }
    goals = draft.printed.goals
    for index in [i for i, goal in enumerate(goals) if goal.status_raw in slips][:3]:
        goals = swap(goals, index, status_raw=rng.choice(slips[goals[index].status_raw or ""]))
    return replace(draft, printed=replace(draft.printed, goals=goals))


@trap_at("records", raises="status_missing")
def status_missing(draft: Draft, rng: Random) -> Draft:
    """A unit goal states no status."""
    return at_one(
        draft, rng, "goals", lambda goal: goal.level == "unit" and goal.status_raw,
        lambda goal: {"status_raw": None},
    )  # fmt: skip


_VALUES = (
    "value_raw",
    "value_men_raw",
    "value_women_raw",
    "value_previous_raw",
    "target_raw",
    "council_target_raw",
)


def _values(report: Report, pattern: str) -> list[tuple[int, str]]:
    """Row and field of each indicator cell that matches."""
    return [
        (index, field)
        for index, row in enumerate(report.indicators)
        for field in _VALUES
        if re.fullmatch(pattern, getattr(row, field))
    ]


def _reprint(draft: Draft, hits: Sequence[tuple[int, str]], change: Callable[[str], str]) -> Draft:
    rows = draft.printed.indicators
    for index, field in hits:
        rows = swap(rows, index, **{field: change(getattr(rows[index], field))})
    return replace(draft, printed=replace(draft.printed, indicators=rows))


@trap_at("records", raises="number_without_unit")
def number_without_unit(draft: Draft, rng: Random) -> Draft:
    """An outcome stands without its measure unit: "66,82" beside "80 %"."""
    hits = [(i, f) for i, f in _values(draft.printed, r".* %") if f in ("value_raw", "target_raw")]
    return _reprint(draft, rng.sample(hits, min(2, len(hits))), lambda text: text.removesuffix(" %"))


@trap_at("records")
def percent_without_space(draft: Draft, rng: Random) -> Draft:
    """The per cent sign follows its number without a space: "90%"."""
    hits = _values(draft.printed, r".* %")
    return _reprint(draft, rng.sample(hits, min(4, len(hits))), lambda text: text.replace(" %", "%"))


@trap_at("records")
def count_with_unit(draft: Draft, rng: Random) -> Draft:
    """A total in the complaint form has a unit: "2 st", "22  st"."""
    rows = draft.printed.complaints
    for index in [i for i, row in enumerate(rows) if row.total_raw][:6]:
        rows = swap(rows, index, total_raw=rows[index].total_raw + rng.choice((" st", "  st")))
    return replace(draft, printed=replace(draft.printed, complaints=rows))


@trap_at("records", raises="total_mismatch")
def total_differs(draft: Draft, rng: Random) -> Draft:
    """T1, T2 and VB do not add up to the printed total."""
    hits = [i for i, row in enumerate(draft.meaning.complaints) if row.total_raw not in ("", "0")]
    if not hits:
        return draft
    index = rng.choice(hits)
    right = draft.meaning.complaints[index].total_raw
    wrong = str(int(right) + rng.choice((1, 2, 10)))

    def miscount(report: Report) -> Report:
        printed = wrong + report.complaints[index].total_raw.removeprefix(right)
        return replace(report, complaints=swap(report.complaints, index, total_raw=printed))

    return both(draft, miscount)


@trap_at("records", raises="facets_disagree")
def facets_disagree(draft: Draft, rng: Random) -> Draft:
    """A category has more events than other questions about the same events say; its own row adds up."""
    return at_one(
        draft, rng, "complaints", lambda row: row.total_raw not in ("", "0") and row.vb_raw,
        lambda row: {name: str(int(getattr(row, name)) + 3) for name in ("vb_raw", "total_raw")},
    )  # fmt: skip


@trap_at("records", raises="row_twice")
def activity_twice(draft: Draft, rng: Random) -> Draft:
    """The same activity is printed twice under one goal."""
    if not draft.printed.activities:
        return draft
    index = rng.randrange(len(draft.printed.activities))

    def twice(report: Report) -> Report:
        rows = report.activities
        return replace(report, activities=_numbered((*rows[: index + 1], rows[index], *rows[index + 1 :])))

    return both(draft, twice)


@trap_at("records", raises="unit_name_differs")
def other_unit_named(draft: Draft, rng: Random) -> Draft:
    """A unit goal names another unit: the text was taken over from it."""
    others = [unit.name for unit in UNITS if unit.name != draft.printed.cover.unit_name]
    return at_one(
        draft, rng, "goals", lambda goal: goal.level == "unit",
        lambda goal: {"title_raw": f"{rng.choice(others)} har god framförhållning i alla sina uppdrag"},
    )  # fmt: skip


@trap_at("records", raises="instruction_left")
def instruction_left(draft: Draft, rng: Random) -> Draft:
    """The form's own help text is left in a section."""
    return at_one(
        draft, rng, "passages", lambda passage: True,
        lambda passage: {"text": f"{passage.text}\n{rng.choice(wording()['help']['left'])}"},
    )  # fmt: skip


@trap_at("records")
def labels_differ(draft: Draft, rng: Random) -> Draft:
    """Labels differ a little from the form: avvikelser/avvikelserna, "giffria", a comma without its space."""
    printed = draft.printed
    groups = {g.group: g.printed[1:] for g in vocabulary.groups() if g.template == printed.template}
    rows = tuple(
        replace(
            row,
            group_raw=(groups.get(row.group_raw) or (row.group_raw,))[0],
            category_raw=row.category_raw.replace("Hälsa- och", "Hälso- och").replace(
                ", telefon", ",telefon"
            ),
        )
        for row in printed.complaints
    )
    goals = tuple(
        replace(
            goal,
            title_raw=goal.title_raw.replace("giftfria", "giffria").replace(
                "Stockholmarnas", "Stockholmarens"
            ),
        )
        for goal in printed.goals
    )
    names = {
        "Sjukfrånvaro dag 1-14": "Sjukfrånvaro dag 1–14",
        "Aktivt Medskapandeindex": "Aktivt medskapandeindex",
    }
    indicators = tuple(
        replace(row, name_raw=names.get(row.name_raw, row.name_raw)) for row in printed.indicators
    )
    return replace(draft, printed=replace(printed, complaints=rows, goals=goals, indicators=indicators))


@trap_at("records")
def foreign_letters(draft: Draft, rng: Random) -> Draft:
    """Single letters are Cyrillic ones that look the same, as after text recognition."""

    def swap(text: str) -> str:
        places = [i for i, letter in enumerate(text) if letter in LOOKALIKES and text[i - 1 : i].isalpha()]
        if not places:
            return text
        at = rng.choice(places)
        return text[:at] + LOOKALIKES[text[at]] + text[at + 1 :]

    printed = draft.printed
    goals = tuple(
        replace(g, title_raw=swap(g.title_raw), status_raw=g.status_raw and swap(g.status_raw))
        if rng.random() < 0.3
        else g
        for g in printed.goals
    )
    indicators = tuple(
        replace(row, name_raw=swap(row.name_raw)) if rng.random() < 0.4 else row for row in printed.indicators
    )
    complaints = tuple(
        replace(row, category_raw=swap(row.category_raw)) if rng.random() < 0.3 else row
        for row in printed.complaints
    )
    spoilt = replace(printed, goals=goals, indicators=indicators, complaints=complaints)
    return replace(draft, printed=spoilt)


@trap_at("records", raises="table_missing")
def table_missing(draft: Draft, rng: Random) -> Draft:
    """A table is not there: no complaint form, or no activities."""
    if draft.printed.complaints:
        return both(draft, lambda r: replace(r, complaints=(), template=None, has_complaint_form=False))
    return both(draft, lambda r: replace(r, activities=()))


@trap_at("records", raises="form_empty")
def form_empty(draft: Draft, rng: Random) -> Draft:
    """The complaint form is there, but no cell of it is filled in."""
    return both(
        draft,
        lambda r: replace(
            r,
            complaints=tuple(
                replace(row, t1_raw="", t2_raw="", vb_raw="", total_raw="", comment_raw="")
                for row in r.complaints
            ),
        ),
    )
