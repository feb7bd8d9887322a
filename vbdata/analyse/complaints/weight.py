"""A form's questions by what they are about: harm before service.

Questions are never added up: each keeps its own total.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from vbdata.schema.tables import HIDDEN, PERIODS
from vbdata.vocabulary import is_unread, questions, text_stems

#: Questions about what may have hurt somebody.
GRAVE = ("ivo", "lex_sarah")
#: The questions by consequence: what may have hurt somebody comes first, praise last.
ORDER = (*GRAVE, "complaints", "cases", "deviations", "data_incidents", "praise")
_PARTS = tuple(period for period in PERIODS if period != "total")
_INSPECTED = re.compile(r"\bIVO\b")
_Row = Mapping[Any, Any]
#: Questions that count the same cases as another, by whom they came from: used where that one is blank.
_STAND_IN = {"complaints": "complaint_source", "cases": "case_source", "deviations": "deviation_source"}


_SAME_CASES = (
    ("complaint_subject", "complaint_source"),
    ("case_subject", "case_source"),
    ("deviation_subject", "deviation_source", "deviation_concerns"),
)
_DONE = ("response", "feedback", "measures")
"""Questions about what was done with the cases of the others, whenever they came."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One question of one report's form.

    Attributes
    ----------
    question
        Code of complaint_questions.csv, or ``ivo``: lex Sarah reports sent on to the inspectorate.
    total
        What the form counts; missing (None) where no cell is filled in or one could not be read or is hidden.
    at_least
        The total is made of two questions that count the same cases in different periods; no box gives it.
    in_part
        Some period of the question is blank: a blank is not a zero.
    leading
        The category that weighs most of those with a case, with its count; None where it says nothing.
    row_ids
        Rows of `complaints` that were counted; of a blank question all.
    facet
        Where the count stands in for the question: the facet that it was taken from.
    other
        What the question itself counts, where that is less than the form shows elsewhere of the same cases:
        by whom they came, or by whom in other periods.
    hidden
        Some of its counts are not passed on.
    """

    question: str
    total: int | None
    at_least: bool = False
    in_part: bool = False
    leading: tuple[str, int] | None = None
    row_ids: tuple[str, ...] = ()
    facet: str | None = None
    other: int | None = None
    source_page: int | None = None
    source_line: int | None = None
    hidden: bool = False

    @property
    def known_zero(self) -> bool:
        """The form says zero, in every period."""
        return self.total == 0 and not self.in_part


def weighed(wide_rows: pd.DataFrame) -> list[Weighed]:
    """The questions that one report's form asks, the gravest first; those it does not ask are left out."""
    rows: Sequence[_Row] = wide_rows.to_dict("records")
    found = {}
    for code, mine in _asked(rows).items():
        each = _weighed(code, mine)
        stand_in = [row for row in rows if code in _STAND_IN and _is(row["facet"], _STAND_IN[code])]
        if each.total is None and stand_in and not any(map(_unread, mine)):
            other = _weighed(code, stand_in, _STAND_IN[code])
            each = replace(each, hidden=each.hidden or other.hidden) if other.total is None else other
        elif stand_in and each.total is not None:
            each = _lower_bound(each, _weighed(code, stand_in, _STAND_IN[code]), mine, stand_in)
        found[code] = each
    return [found[code] for code in ORDER if code in found]


def _in_part(rows: Sequence[_Row]) -> bool:
    """Whether some period of a question's rows is blank."""
    return not all(any(pd.notna(row[part]) for row in rows) for part in _PARTS)


def _cases(wide_rows: pd.DataFrame) -> pd.DataFrame:
    """Whether each question of a form counts a case in each period: rows of facets, columns of periods."""
    return wide_rows[list(_PARTS)].fillna(0).gt(0).groupby(wide_rows["facet"].fillna("")).any()


def count_the_same(wide_rows: pd.DataFrame) -> bool:
    """Whether questions of a form may count the same cases: those of one period, or what was done."""
    cases = _cases(wide_rows)
    asked = [cases[cases.index.isin(facets)].sum() for facets in _SAME_CASES]
    return any(bool((counts > 1).any()) for counts in asked) or bool(
        cases[cases.index.isin(_DONE)].any(axis=None)
    )


def count_apart(wide_rows: pd.DataFrame) -> bool:
    """Whether questions about the same cases are filled in, and never two of them for one period."""
    cases = _cases(wide_rows)
    asked = [int(cases[cases.index.isin(facets)].any(axis=1).sum()) for facets in _SAME_CASES]
    return max(asked) > 1 and not count_the_same(wide_rows)


def _lower_bound(each: Weighed, other: Weighed, mine: Sequence[_Row], stand_in: Sequence[_Row]) -> Weighed:
    """The best lower bound of the cases that two questions count: period by period the larger of the two."""
    if other.total is None or each.total is None:
        return each
    periods, printed = [_periods(rows) for rows in (mine, stand_in)], [each.total, other.total]
    proven = sum(max(both) for both in zip(*periods, strict=True))
    if [sum(counts) for counts in periods] != printed:
        proven = max(printed)
    if proven <= each.total:
        return each
    row_ids = (*each.row_ids, *(name for name in other.row_ids if name not in each.row_ids))
    found = replace(other, leading=each.leading, row_ids=row_ids, other=each.total)
    return found if proven == other.total else replace(found, total=proven, at_least=True)


def _periods(rows: Sequence[_Row]) -> list[int]:
    return [sum(int(row[part]) for row in rows if pd.notna(row[part])) for part in _PARTS]


def category_weight(category: str) -> int:
    """How grave a category is by its words: 3 harm, 2 help that did not come, 0 says nothing, else 1.

    >>> [category_weight(words) for words in ("Bemötande", "Utebliven/försenad insats", "Annat", "Mat")]
    [3, 2, 0, 1]
    """
    words = category.casefold()
    stems = text_stems()
    for weight, use in ((3, "category_harm"), (2, "category_missed")):
        if any(stem.strip("*") in words for stem in stems[use]):
            return weight
    return 0 if words.startswith(stems["category_idle"]) else 1


def _asked(rows: Sequence[_Row]) -> dict[str, list[_Row]]:
    """Question → the form's rows that count it."""
    asked = {
        "ivo": [row for row in rows if _is(row["facet"], "lex_sarah") and _INSPECTED.search(row["category"])]
    }
    for question in questions().values():
        column, value = ("concept", question.concept) if question.concept else ("facet", question.facet)
        asked[question.code] = [row for row in rows if _is(row[column], value)]
    return {code: mine for code, mine in asked.items() if mine}


def _weighed(code: str, rows: Sequence[_Row], facet: str | None = None) -> Weighed:
    said = [row for row in rows if any(pd.notna(row[period]) for period in PERIODS)]
    summed = all(pd.notna(row["total"]) for row in said)  # a category with figures but no sum leaves none
    known = bool(said) and not any(map(_unread, rows))
    first = (said or rows)[0]
    return Weighed(
        question=code,
        total=sum(int(row["total"]) for row in said) if known and summed else None,
        in_part=known and _in_part(rows),
        leading=_leading(said) if known and summed and facet is None else None,
        row_ids=tuple(str(row_id) for row in said or rows for row_id in row["row_ids"]),
        facet=facet,
        source_page=None if pd.isna(first["source_page"]) else int(first["source_page"]),
        source_line=None if pd.isna(first["source_line"]) else int(first["source_line"]),
        hidden=any(map(_hidden, rows)),
    )


def _unread(row: _Row) -> bool:
    return _hidden(row) or any(is_unread(row[f"{period}_raw"]) for period in PERIODS)


def _hidden(row: _Row) -> bool:
    return any(_is(row[f"{period}_raw"], HIDDEN) for period in PERIODS)


def _is(value: object, code: str | None) -> bool:
    return isinstance(value, str) and value == code


def _leading(said: Sequence[_Row]) -> tuple[str, int] | None:
    """The category that weighs most; among equals the one with most cases, and none where they share it."""
    some = [(str(row["category"]), int(row["total"])) for row in said if row["total"] > 0]
    ranks = [(category_weight(category), count) for category, count in some]
    best = max(ranks, default=(0, 0))
    return some[ranks.index(best)] if best[0] and ranks.count(best) == 1 else None
