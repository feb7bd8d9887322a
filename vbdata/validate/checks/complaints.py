"""The complaint form: sums that do not add up, questions that count differently, forms left empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.registry import Row, Rows, any_unread, check, form_unread
from vbdata.validate.places import place
from vbdata.vocabulary import facet_nouns

#: Facets whose counts are of the same events, per form: their sums should agree.
SAME_EVENTS = {
    "2025": (
        ("complaint_subject", "complaint_source"),
        ("deviation_subject", "deviation_source", "deviation_concerns"),
    ),
    "2023": (("case_subject", "case_source"),),
}
_PERIODS = ("total", "T1", "T2", "VB")
_FACET_SHORT = {
    "complaint_subject": "efter vad de gällde", "complaint_source": "efter vem de kom från",
    "deviation_subject": "efter art", "deviation_source": "efter vem som upptäckt dem",
    "deviation_concerns": "efter vem de avser", "case_subject": "efter vad de gällde",
    "case_source": "efter vem de kom från",
}  # fmt: skip


@check
def total_mismatch(rows: Rows) -> Iterator[Noted]:
    """T1 + T2 + VB against the printed total; blanks count as nothing, but a row of blanks says nothing."""
    by_category: dict[int, dict[str, Row]] = {}
    for row in rows["complaints"]:
        by_category.setdefault(row["position"], {})[row["period"]] = row
    blank: list[tuple[Row, int]] = []
    for counts in by_category.values():
        if any_unread(counts.values()):
            continue
        row = counts["total"]
        added = sum(counts[p]["count"] or 0 for p in ("T1", "T2", "VB"))
        if row["count"] is None and added:
            blank.append((row, added))
        elif added != (row["count"] or 0):
            yield _mismatch(row, added, str(row["count"]), "")
    if blank:  # a column that was not filled in is one question
        more = f" Så är det på {len(blank) - 1} rader till." if len(blank) > 1 else ""
        yield _mismatch(*blank[0], "tom", more)


def _mismatch(row: Row, added: int, total: str, more: str) -> Noted:
    words = {"category": row["category"], "sum": str(added), "total": total, "more": more}
    return Noted("total_mismatch", "complaints", row["row_id"], place(row), words)


@check
def facets_disagree(rows: Rows) -> Iterator[Noted]:
    """Facets of the form that count the same events but come to different sums, for the year or a period."""
    complaints = rows["complaints"]
    if form_unread(rows):
        return
    sums = {period: _sums(complaints, period) for period in _PERIODS}
    for facets in SAME_EVENTS.get(complaints[0]["template"] if complaints else "", ()):
        for period in _PERIODS:
            found = {facet: sums[period][facet] for facet in facets if facet in sums[period]}
            if len({count or 0 for count in found.values()}) > 1:
                yield _disagreement(complaints, found, period)
                break  # a total that differs tells of its periods too
    yield from _more_feedback(complaints, sums["total"])


def _sums(complaints: Sequence[Row], period: str) -> dict[str, int | None]:
    """Facet → sum of its categories; None for one that is left blank."""
    sums: dict[str, int | None] = {}
    for row in complaints:
        if row["period"] == period and row["facet"]:
            sums.setdefault(row["facet"], None)
            if row["count"] is not None:
                sums[row["facet"]] = (sums[row["facet"]] or 0) + row["count"]
    return sums


def _disagreement(complaints: Sequence[Row], found: dict[str, int | None], period: str) -> Noted:
    """At the first row with a number of the facet that counts most; the other place in one that differs."""
    noun = facet_nouns()[next(iter(found))][1]
    filled = [f"{count} {_FACET_SHORT[facet]}" for facet, count in found.items() if count is not None]
    blank = [_FACET_SHORT[facet] for facet, count in found.items() if count is None]
    what = f"Antalet {noun} {'' if period == 'total' else f'i {period} '}är {enumerated(filled)}"
    if blank:
        what += f", men inget är ifyllt {enumerated(blank)}"
    apart = period == "total" and _in_other_periods(complaints, found)
    if apart:
        what += ". De står i olika perioder och är inte samma händelser, så båda frågorna saknar uppgifter"
    what += "." if apart else ". Talen visas var för sig och summeras inte."
    most = max(found, key=lambda facet: found[facet] or 0)
    least = min(found, key=lambda facet: found[facet] or 0)
    row, there = (_first_counted(complaints, facet, period) for facet in (most, least))
    other = Other("complaints", there["row_id"], place(there), "count")
    words, gravity = {"what": what}, 2 if apart else None
    return Noted(
        "facets_disagree", "complaints", row["row_id"], place(row), words, "count", other, gravity=gravity
    )


def _in_other_periods(complaints: Sequence[Row], found: dict[str, int | None]) -> bool:
    """Each facet that is filled in counts events of periods in which no other counts any."""
    counted = {
        (row["facet"], row["period"])
        for row in complaints
        if found.get(row["facet"]) and row["period"] != "total" and row["count"]
    }
    facets, periods = ({each[i] for each in counted} for i in (0, 1))
    return len(facets) > 1 and len(periods) == len(counted)


def _first_counted(complaints: Sequence[Row], facet: str, period: str) -> Row:
    """The facet's first row with a number, else its first row."""
    mine = [row for row in complaints if row["facet"] == facet and row["period"] == period]
    return next((row for row in mine if row["count"]), mine[0])


def _more_feedback(complaints: Sequence[Row], totals: dict[str, int | None]) -> Iterator[Noted]:
    """More complaints with feedback or measures than there are complaints."""
    subject = totals.get("complaint_subject", totals.get("case_subject"))
    words = {"feedback_given": "Återkoppling", "measures_taken": "Åtgärder"}
    for row in complaints:
        word = words.get(row["concept"] or "")
        if (
            word
            and row["period"] == "total"
            and row["count"]
            and subject is not None
            and row["count"] > subject
        ):
            cases = "ärende" if row["count"] == 1 else "ärenden"
            what = (
                f"{word} anges för {row['count']} {cases}, men bara {subject} synpunkter och klagomål finns."
            )
            yield Noted("facets_disagree", "complaints", row["row_id"], place(row), {"what": what})


@check
def form_empty(rows: Rows) -> Iterator[Noted]:
    """A complaint form without a single number."""
    complaints = rows["complaints"]
    if complaints and all(row["count"] is None for row in complaints) and not form_unread(rows):
        yield Noted("form_empty", "complaints", None, place(complaints[0]))
