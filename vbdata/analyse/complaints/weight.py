"""A form's questions by what they are about: harm before service, counts over blank periods as «at least».

Questions are never added up: each keeps its own total.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vbdata.analyse.complaints.form import unread
from vbdata.schema.tables import PERIODS
from vbdata.vocabulary import questions, text_stems

#: The questions by consequence: what may have hurt somebody comes first, praise last.
ORDER = ("ivo", "lex_sarah", "complaints", "cases", "deviations", "data_incidents", "praise")
_PARTS = tuple(period for period in PERIODS if period != "total")
_INSPECTED = r"\bIVO\b"
#: Questions that count the same cases as another, by whom they came from: used where that one is blank.
_STAND_IN = {"complaints": "complaint_source", "cases": "case_source", "deviations": "deviation_source"}


@dataclass(frozen=True, slots=True)
class Weighed:
    """One question of one report's form.

    Attributes
    ----------
    question
        Code of complaint_questions.csv, or ``ivo``: lex Sarah reports sent on to the inspectorate.
    total
        What the form counts; missing (None) where no cell is filled in or one could not be read.
    at_least
        Some period of the question is blank: a blank is not a zero, so there may be more.
    leading
        The category that weighs most of those with a case, with its count; None where it says nothing.
    row_ids
        Rows of `complaints` that were counted.
    facet
        Where the count stands in for the question: the facet that it was taken from.
    """

    question: str
    total: int | None
    at_least: bool
    leading: tuple[str, int] | None = None
    row_ids: tuple[str, ...] = ()
    facet: str | None = None
    source_page: int | None = None
    source_line: int | None = None

    @property
    def known_zero(self) -> bool:
        """The form says zero, in every period."""
        return self.total == 0 and not self.at_least


def weighed(wide_rows: pd.DataFrame) -> list[Weighed]:
    """The questions that one report's form asks, the gravest first; those it does not ask are left out."""
    found = {}
    for code, rows in _asked(wide_rows).items():
        each = _weighed(code, rows)
        stand_in = wide_rows[wide_rows["facet"].eq(_STAND_IN.get(code, "")).fillna(False).astype(bool)]
        if each.total is None and len(stand_in) and not unread(rows).any():
            other = _weighed(code, stand_in, str(stand_in["facet"].iloc[0]))
            each = each if other.total is None else other
        found[code] = each
    return [found[code] for code in ORDER if code in found]


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


def _asked(wide_rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Question → the form's rows that count it."""
    inspected = wide_rows["facet"].eq("lex_sarah") & wide_rows["category"].str.contains(_INSPECTED)
    asked = {"ivo": wide_rows[inspected.fillna(False).astype(bool)]}
    for question in questions().values():
        column, value = (
            ("facet", question.facet) if question.concept is None else ("concept", question.concept)
        )
        asked[question.code] = wide_rows[wide_rows[column].eq(value or "").fillna(False).astype(bool)]
    return {code: rows for code, rows in asked.items() if len(rows)}


def _weighed(code: str, rows: pd.DataFrame, facet: str | None = None) -> Weighed:
    filled = rows[list(PERIODS)].notna()
    known = bool(filled.any(axis=None)) and not unread(rows).any()
    counted = rows.assign(_count=_counts(rows))
    lost = bool((counted["_count"].isna() & filled.any(axis=1)).any())
    said = counted[filled.any(axis=1)]
    first = (said if len(said) else rows).iloc[0]
    return Weighed(
        question=code,
        total=int(said["_count"].sum()) if known and not lost else None,
        at_least=known and not bool(filled[list(_PARTS)].any().all()),
        leading=_leading(said) if known and not lost else None,
        row_ids=tuple(str(row_id) for row_ids in said["row_ids"] for row_id in row_ids),
        facet=facet,
        source_page=None if pd.isna(first["source_page"]) else int(first["source_page"]),
        source_line=None if pd.isna(first["source_line"]) else int(first["source_line"]),
    )


def _counts(rows: pd.DataFrame) -> pd.Series:
    """The printed sum of each category; missing where a category has figures but no sum."""
    return rows["total"].astype("Int64")


def _leading(said: pd.DataFrame) -> tuple[str, int] | None:
    """The category that weighs most; among equals the one with most cases, and none where they share it."""
    some = said[said["_count"].fillna(0) > 0]
    if some.empty:
        return None
    ranks = [
        (category_weight(str(category)), int(count))
        for category, count in zip(some["category"], some["_count"], strict=True)
    ]
    best = max(ranks)
    first = [i for i, rank in enumerate(ranks) if rank == best]
    if best[0] == 0 or len(first) > 1:
        return None
    return str(some["category"].iloc[first[0]]), best[1]
