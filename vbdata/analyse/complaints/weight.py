"""A form's questions by what they are about: harm before service, counts over blank periods as «at least».

Questions are never added up: each keeps its own total.
"""

from __future__ import annotations

import re
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


@dataclass(frozen=True, slots=True)
class _Line:
    """One category of a form: which of its cells are filled in, and what they hold."""

    facet: str
    concept: str
    category: str
    filled: tuple[bool, ...]
    unread: bool
    total: int | None
    row_ids: tuple[str, ...]
    page: int | None
    line: int | None


def weighed(wide_rows: pd.DataFrame) -> list[Weighed]:
    """The questions that one report's form asks, the gravest first; those it does not ask are left out."""
    lines, found = _lines(wide_rows), {}
    for code, mine in _asked(lines).items():
        each = _weighed(code, mine)
        stand_in = [line for line in lines if line.facet == _STAND_IN.get(code)]
        if each.total is None and stand_in and not any(line.unread for line in mine):
            other = _weighed(code, stand_in, stand_in[0].facet)
            each = each if other.total is None else other
        found[code] = each
    return [found[code] for code in ORDER if code in found]


def _lines(wide_rows: pd.DataFrame) -> list[_Line]:
    filled = wide_rows[list(PERIODS)].notna().itertuples(index=False, name=None)
    places = [[_int(each) for each in wide_rows[name]] for name in ("total", "source_page", "source_line")]
    texts = [wide_rows[name].astype("string").fillna("") for name in ("facet", "concept", "category")]
    return [
        _Line(facet, concept, category, some, lost, total, tuple(map(str, row_ids)), page, line)
        for facet, concept, category, some, lost, row_ids, total, page, line in zip(
            *texts, filled, unread(wide_rows).astype(bool), wide_rows["row_ids"], *places, strict=True
        )
    ]


def _int(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]


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


def _asked(lines: list[_Line]) -> dict[str, list[_Line]]:
    """Question → the form's lines that count it."""
    asked = {
        "ivo": [line for line in lines if line.facet == "lex_sarah" and re.search(_INSPECTED, line.category)]
    }
    for question in questions().values():
        wanted = question.facet if question.concept is None else question.concept
        asked[question.code] = [
            line
            for line in lines
            if wanted and wanted == (line.facet if question.concept is None else line.concept)
        ]
    return {code: mine for code, mine in asked.items() if mine}


def _weighed(code: str, lines: list[_Line], facet: str | None = None) -> Weighed:
    said = [line for line in lines if any(line.filled)]
    known = bool(said) and not any(line.unread for line in lines)
    counts = known and all(line.total is not None for line in said)
    parts = [PERIODS.index(period) for period in _PARTS]
    first = (said or lines)[0]
    return Weighed(
        question=code,
        total=sum(line.total or 0 for line in said) if counts else None,
        at_least=known and not all(any(line.filled[part] for line in lines) for part in parts),
        leading=_leading(said) if counts else None,
        row_ids=tuple(row_id for line in said for row_id in line.row_ids),
        facet=facet,
        source_page=first.page,
        source_line=first.line,
    )


def _leading(said: list[_Line]) -> tuple[str, int] | None:
    """The category that weighs most; among equals the one with most cases, and none where they share it."""
    ranks = [((category_weight(line.category), line.total), line.category) for line in said if line.total]
    if not ranks:
        return None
    best = max(rank for rank, _ in ranks)
    first = [category for rank, category in ranks if rank == best]
    return None if best[0] == 0 or len(first) > 1 else (first[0], best[1])
