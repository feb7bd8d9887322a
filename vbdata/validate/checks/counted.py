"""Complaints and deviations that the text counts, beside the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from vbdata.language.prose import quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.names import named_enheten
from vbdata.validate.checks.registry import Row, Rows, any_unread, check, place
from vbdata.validate.counts import (
    Count,
    counts,
    of_categories,
    some_complaints,
    some_reports,
    told_to_ivo,
)
from vbdata.validate.places import place_of

#: Facets of the forms that count what a noun of the text counts; any of them may be the one meant.
FACETS = {
    "complaint": ("complaint_subject", "complaint_source"),
    "praise": ("praise",),
    "deviation": ("deviation_subject", "deviation_source", "deviation_concerns"),
}
#: Facets of the 2023 form, whose rows count complaints and deviations together.
CASES = ("case_subject", "case_source")
#: Facets whose rows tell what complaints were about, or whom they came from.
_KINDS = ("complaint_subject", "complaint_source", "case_subject", "case_source")
#: The form's row of cases that were reported to the inspectorate.
_IVO = "till IVO"
_PLURAL = {
    "complaint": ("synpunkt eller klagomål", "synpunkter och klagomål"),
    "praise": ("beröm", "beröm"),
    "deviation": ("avvikelse", "avvikelser"),
    "lex_sarah": ("rapport enligt lex Sarah", "rapporter enligt lex Sarah"),
}


@check
def complaints_text_differ(rows: Rows) -> Iterator[Noted]:
    """A text that counts the year's complaints, praise or reports otherwise than the form does."""
    if not rows["complaints"] or any_unread(rows["complaints"]):
        return
    year, own = rows["reports"][0]["year"], named_enheten(rows["reports"][0])
    texts = [(own(row["text"]), row) for row in rows["passages"] if row["goal_id"] is None]
    told: dict[str, list[tuple[Count, Row]]] = {}
    for text, passage in texts:
        for count in counts(text, year):
            told.setdefault(count.kind, []).append((count, passage))
    for kind, found in told.items():
        if not any(_fits(rows, kind, count.number) for count, _ in found):
            yield _noted(rows, *found[0])
    if not any(kind == "lex_sarah" for kind in told):
        yield from _sarah(rows, texts, year)
    yield from _ivo(rows, texts, year)
    totals = _totals(rows, "complaint") or _facet_totals(rows, CASES)
    if "complaint" not in told and totals:
        most = max((total for total in totals if total is not None), default=0)
        some = ((count, passage) for text, passage in texts for count in some_complaints(text, year))
        more = (each for each in some if each[0].number > most)
        yield from (_noted(rows, *first) for first in islice(more, 1))
    yield from _categories(rows, texts, year)


def _sarah(rows: Rows, texts: Sequence[tuple[str, Row]], year: int) -> Iterator[Noted]:
    """More reports under lex Sarah in a sentence than the form has in all."""
    totals = _totals(rows, "lex_sarah")
    if totals:
        most = max(total or 0 for total in totals)
        some = ((count, passage) for text, passage in texts for count in some_reports(text, year))
        more = (each for each in some if each[0].number > most)
        yield from (_noted(rows, *first) for first in islice(more, 1))


def _ivo(rows: Rows, texts: Sequence[tuple[str, Row]], year: int) -> Iterator[Noted]:
    """A case was reported to IVO and the form has none, or the other way round."""
    form = [row for row in rows["complaints"] if _IVO in (row["category_raw"] or "")]
    total = _sum(form) if form else None
    told = [(count, passage) for text, passage in texts for count in told_to_ivo(text, year)]
    if total is None or not told or any(bool(count.number) == bool(total) for count, _ in told):
        return
    count, passage = told[0]
    where = place_of(rows, passage, count.text)
    noun = "anmälan till IVO" if count.number else "anmälningar till IVO"
    words = {
        "said": f"{count.number or 'inga'} {noun}", "form": f"är det {total}",
        "place": str(where), "quote": quote(count.text),
    }  # fmt: skip
    other = Other("complaints", form[0]["row_id"], place(form[0]))
    yield Noted("complaints_text_differ", "complaints", form[0]["row_id"], where, words, other=other)


def _categories(rows: Rows, texts: Sequence[tuple[str, Row]], year: int) -> Iterator[Noted]:
    """Complaints of one kind that the text counts otherwise than the form's row of that kind."""
    counted = {
        row["category"]: row
        for row in rows["complaints"]
        if row["facet"] in _KINDS and row["period"] == "total"
    }
    filled = {row["facet"] for row in counted.values() if row["count"] is not None}
    for text, passage in texts:
        for label, count in of_categories(text, year, counted):
            row = counted[label]
            if row["facet"] not in filled or count.number == (row["count"] or 0):
                continue
            where = place_of(rows, passage, count.text)
            noun = _PLURAL["complaint"][count.number != 1]
            words = {
                "said": f"{count.number or 'inga'} {noun} om ”{row['category_raw'] or label}”",
                "form": "är rutan tom" if row["count"] is None else f"är det {row['count']}",
                "place": str(where), "quote": quote(count.text),
            }  # fmt: skip
            other = Other("complaints", row["row_id"], place(row), "count")
            yield Noted("complaints_text_differ", "complaints", row["row_id"], where, words, "count", other)


def _fits(rows: Rows, kind: str, number: int) -> bool:
    """The number may be right: the form has it, or has no row that would count these events alone."""
    if kind == "deviation" and number:
        return True  # units count deviations in other systems too
    totals = _totals(rows, kind)
    filled = [total for total in totals if total is not None]
    if not totals:
        cases = [total for total in _facet_totals(rows, CASES) if total is not None]
        if kind not in ("complaint", "deviation") or not any(
            row["facet"] in CASES for row in rows["complaints"]
        ):
            return True
        return not number or (bool(cases) and number <= max(cases))
    if number == 0:
        return not any(filled)
    return number in filled


def _totals(rows: Rows, kind: str) -> list[int | None]:
    """Totals of the facets that count this kind; None for one that is left blank."""
    if kind == "lex_sarah":
        found = [row for row in rows["complaints"] if row["concept"] == "lex_sarah_reports"]
        return [_sum(found)] if found else []
    return _facet_totals(rows, FACETS[kind])


def _facet_totals(rows: Rows, facets: tuple[str, ...]) -> list[int | None]:
    by_facet: dict[str, list[Row]] = {}
    for row in rows["complaints"]:
        if row["facet"] in facets:
            by_facet.setdefault(row["facet"], []).append(row)
    return [_sum(found) for found in by_facet.values()]


def _sum(found: list[Row]) -> int | None:
    """Sum over categories of the printed totals, or of the periods where a total is left blank."""
    categories: dict[int, dict[str, int | None]] = {}
    for row in found:
        categories.setdefault(row["position"], {})[row["period"]] = row["count"]
    counted = []
    for periods in categories.values():
        total = periods.pop("total", None)
        counted += [
            count for count in ([total] if total is not None else periods.values()) if count is not None
        ]
    return sum(counted) if counted else None


def _noted(rows: Rows, count: Count, passage: Row) -> Noted:
    totals = _totals(rows, count.kind) or _facet_totals(rows, CASES)
    filled = sorted({total for total in totals if total is not None})
    form = "är rutorna för dem tomma" if not filled else f"är det {' eller '.join(map(str, filled))}"
    where = place_of(rows, passage, count.text)
    words = {
        "said": f"{count.number or 'inga'} {_PLURAL[count.kind][count.number != 1]}",
        "form": form,
        "place": str(where),
        "quote": quote(count.text),
    }
    row = _first_row(rows, count.kind)
    return Noted(
        "complaints_text_differ",
        "complaints",
        row["row_id"],
        where,
        words,
        other=Other("complaints", row["row_id"], place(row)),
    )


def _first_row(rows: Rows, kind: str) -> Row:
    """The form's first row that counts this kind: there the page marks the doubt."""
    facets = (*FACETS.get(kind, ()), *CASES)
    return next(
        row
        for row in rows["complaints"]
        if row["facet"] in facets or (kind == "lex_sarah" and row["concept"] == "lex_sarah_reports")
    )
