"""Complaints and deviations that the text counts, beside the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from vbdata.language.prose import quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate import form_counts, lex_sarah
from vbdata.validate.checks.names import named_enheten
from vbdata.validate.checks.registry import Row, Rows, any_unread, check
from vbdata.validate.form_counts import Told
from vbdata.validate.places import place, place_of

#: Facets of the forms that count what a noun of the text counts; any of them may be the one meant.
FACETS = {
    "complaint": ("complaint_subject", "complaint_source"),
    "praise": ("praise",),
    "deviation": ("deviation_subject", "deviation_source", "deviation_concerns"),
    "data_incident": ("data_incident",),
}
#: Facets of the 2023 form, whose rows count complaints and deviations together.
CASES = ("case_subject", "case_source")
#: The form's row of cases that were reported to the inspectorate.
_IVO = "till IVO"
_PLURAL = {
    "complaint": ("synpunkt eller klagomål", "synpunkter och klagomål"),
    "praise": ("beröm", "beröm"),
    "deviation": ("avvikelse", "avvikelser"),
    "data_incident": ("personuppgiftsincident", "personuppgiftsincidenter"),
    "lex_sarah": ("rapport enligt lex Sarah", "rapporter enligt lex Sarah"),
}


@check
def complaints_text_differ(rows: Rows) -> Iterator[Noted]:
    """A text that counts the year's complaints, praise or reports otherwise than the form does."""
    if not rows["complaints"] or any_unread(rows["complaints"]):
        return
    year, own = rows["reports"][0]["year"], named_enheten(rows["reports"][0])
    of_no_goal = (row for row in rows["passages"] if row["goal_id"] is None or row["section"] is None)
    texts = [(own(row["text"]), row) for row in of_no_goal]
    asked: set[str] = set()
    yield from _told(rows, texts, year, asked)
    for kind, counts in (("complaint", form_counts.some_complaints), ("lex_sarah", lex_sarah.some_reports)):
        if kind not in asked:
            told = ((count, passage) for text, passage in texts for count in counts(text, year))
            yield from _more(rows, kind, told)
    yield from _ivo(rows, texts, year)
    yield from _told_twice(rows, texts, year)


def _told_twice(rows: Rows, texts: Sequence[tuple[str, Row]], year: int) -> Iterator[Noted]:
    """Those that were about one thing, or came from one kind, counted twice: "nio gällde maten", "åtta …"."""
    told: dict[tuple[object, ...], tuple[Told, Row]] = {}
    for text, passage in texts:
        for count in form_counts.told(text, year):
            key = (count.kinds, count.way, form_counts.thing(count.what))
            if count.way not in ("about", "from") or not key[2]:
                continue
            first, above = told.setdefault(key, (count, passage))
            if first.number != count.number and first.text != count.text:
                there, where = (
                    place_of(rows, row, each.text) for each, row in ((first, above), (count, passage))
                )
                words = {"first": str(first.number), "second": str(count.number), "quote": quote(count.text),
                         "place": str(there.line)}  # fmt: skip
                other = Other("passages", above["row_id"], there, "text")
                yield Noted("told_differs", "passages", passage["row_id"], where, words, "text", other)


def _more(rows: Rows, kind: str, told: Iterable[tuple[Told, Row]]) -> Iterator[Noted]:
    """The first sentence that tells of more than the form has in all, or of none where it has some."""
    totals = _totals(rows, kind) or (_facet_totals(rows, CASES) if kind == "complaint" else [])
    if not totals:
        return
    most = max(total or 0 for total in totals)
    more = (each for each in told if each[0].number > most or (not each[0].number and most))
    yield from (_differs(rows, *first) for first in islice(more, 1))


def _ivo(rows: Rows, texts: Sequence[tuple[str, Row]], year: int) -> Iterator[Noted]:
    """A case was reported to IVO and the form has none, or the other way round."""
    form = [row for row in rows["complaints"] if _IVO in (row["category_raw"] or "")]
    total = _sum(form) if form else None
    told = [(count, passage) for text, passage in texts for count in lex_sarah.told_to_ivo(text, year)]
    if not form or not told or any(bool(count.number) == bool(total) for count, _ in told):
        return
    if total is None and not any(_totals(rows, "lex_sarah")):
        return  # nothing of the kind is filled in
    count, passage = told[0]
    noun = "anmälan till IVO" if count.number else "anmälningar till IVO"
    yield _doubt(rows, passage, count, noun, "är rutan tom" if total is None else f"är det {total}", form[0])


def _told(rows: Rows, texts: Sequence[tuple[str, Row]], year: int, told: set[str]) -> Iterator[Noted]:
    """Events that the text counts otherwise than the form: all of the year's, or those of one row.

    Kinds that are in `told` are asked about already.
    """
    for text, passage in texts:
        for count in form_counts.told(text, year):
            if count.way != "all":
                yield from _of_row(rows, count, passage)
            elif not told & count.kinds and not _all_fit(rows, count):
                told |= count.kinds
                yield _differs(rows, count, passage)


def _all_fit(rows: Rows, count: Told) -> bool:
    """The number is a total of the form's, or the sum of one of each kind, or the form has no such thing."""
    totals = [_totals(rows, kind) for kind in sorted(count.kinds)]
    filled = [[total for total in each if total is not None] for each in totals]
    if not all(totals):
        return True
    if not count.number:
        return not any(map(any, filled))
    deviations = filled[sorted(count.kinds).index("deviation")] if "deviation" in count.kinds else []
    if "deviation" in count.kinds and (len(deviations) < 2 or len(set(deviations)) > 1):
        return True  # units count deviations in other systems, too: the form is sure when its facets agree
    if not all(filled):  # a number beside blanks is a doubt when it is of these alone
        return len(filled) > 1
    return any(sum(each) == count.number for each in product(*filled))


def _differs(rows: Rows, count: Told, passage: Row) -> Noted:
    kinds = sorted(count.kinds)
    totals = [_totals(rows, kind) or _facet_totals(rows, CASES) for kind in kinds]
    filled = ([total for total in each if total is not None] for each in totals)
    sums = sorted({sum(each) for each in product(*filled)})
    noun = " och ".join(_PLURAL[kind][count.number != 1] for kind in kinds)
    form = f"är det {' eller '.join(map(str, sums))}" if sums else "är rutorna för dem tomma"
    return _doubt(rows, passage, count, noun, form, _first_row(rows, kinds[0]))


#: Kind of event → facets whose rows tell what it was about, and whom it came from.
_ABOUT = {
    "complaint": ("complaint_subject", "case_subject"),
    "deviation": ("deviation_subject", "case_subject"),
}
_FROM = {"complaint": ("complaint_source", "case_source"), "deviation": ("deviation_source", "case_source")}


def _of_row(rows: Rows, count: Told, passage: Row) -> Iterator[Noted]:
    """Events of one row of the form."""
    (kind,) = count.kinds
    row = _named_row(rows, count, kind)
    if row is None or count.number == (row["count"] or 0):
        return
    noun = f"{_PLURAL[kind][count.number != 1]} i ”{row['category_raw'] or row['category']}”"
    form = "är rutan tom" if row["count"] is None else f"är det {row['count']}"
    yield _doubt(rows, passage, count, noun, form, row, "count")


def _named_row(rows: Rows, count: Told, kind: str) -> Row | None:
    """The row that a count is of, where its facet has some count."""
    if count.way == "answered":
        facets: Sequence[str] = ("response", "feedback") if kind == "complaint" else ()
    else:
        facets = (_FROM if count.way == "from" else _ABOUT).get(kind, ())
    counted = {
        row["row_id"]: row
        for row in rows["complaints"]
        if row["facet"] in facets and row["period"] == "total"
    }
    if not any(row["count"] is not None for row in counted.values()):
        return None
    labels = {row_id: str(row["category"]) for row_id, row in counted.items()}
    if count.way == "answered":
        found = [row_id for row_id, label in labels.items() if "återkoppling" in label]
        return counted[found[0]] if len(found) == 1 else None
    if count.way == "from":
        key = form_counts.source_of(count.what, labels)
    else:
        key = form_counts.row_of(count.what, labels, whole=count.way == "in")
    return None if key is None else counted[key]


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


def _doubt(
    rows: Rows, passage: Row, count: Told, noun: str, form: str, row: Row, column: str | None = None
) -> Noted:
    """A text says so many of something, a row of the form has another number, or none."""
    where = place_of(rows, passage, count.text)
    words = {
        "said": f"{count.number or 'inga'} {noun}", "form": form,
        "place": str(where), "quote": quote(count.text),
    }  # fmt: skip
    other = Other("complaints", row["row_id"], place(row), column)
    return Noted("complaints_text_differ", "complaints", row["row_id"], where, words, column, other)


def _first_row(rows: Rows, kind: str) -> Row:
    """The form's first row that counts this kind: there the page marks the doubt."""
    facets = (*FACETS.get(kind, ()), *CASES)
    return next(
        row
        for row in rows["complaints"]
        if row["facet"] in facets or (kind == "lex_sarah" and row["concept"] == "lex_sarah_reports")
    )
