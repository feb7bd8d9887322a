"""The complaint form: sums that do not add up, questions that count differently, forms left empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.registry import Row, Rows, any_unread, check, place
from vbdata.vocabulary import facet_nouns

#: Facets whose counts are of the same events, per form: their sums should agree.
SAME_EVENTS = {
    "2025": (
        ("complaint_subject", "complaint_source"),
        ("deviation_subject", "deviation_source", "deviation_concerns"),
    ),
    "2023": (("case_subject", "case_source"),),
}
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
    for counts in by_category.values():
        if any_unread(counts.values()):
            continue
        total = counts["total"]["count"]
        parts = [counts[p]["count"] for p in ("T1", "T2", "VB") if counts[p]["count"] is not None]
        if sum(parts) == (total or 0):
            continue
        words = {
            "category": counts["total"]["category"],
            "sum": str(sum(parts)),
            "total": "tom" if total is None else str(total),
        }
        yield Noted("total_mismatch", "complaints", counts["total"]["row_id"], place(counts["total"]), words)


@check
def facets_disagree(rows: Rows) -> Iterator[Noted]:
    """Facets of the form that count the same events but come to different sums."""
    complaints = rows["complaints"]
    if any_unread(complaints):
        return
    totals: dict[str, int | None] = {}
    for row in complaints:
        if row["period"] == "total" and row["facet"]:
            totals.setdefault(row["facet"], None)
            if row["count"] is not None:
                totals[row["facet"]] = (totals[row["facet"]] or 0) + row["count"]
    for facets in SAME_EVENTS.get(complaints[0]["template"] if complaints else "", ()):
        found = {facet: totals[facet] for facet in facets if facet in totals}
        if len({count or 0 for count in found.values()}) > 1:
            yield _disagreement(complaints, found)
    yield from _more_feedback(complaints, totals)
    yield from _reports_without_deviations(complaints, totals)


def _disagreement(complaints: Sequence[Row], found: dict[str, int | None]) -> Noted:
    noun = facet_nouns()[next(iter(found))][1]
    filled = [f"{count} {_FACET_SHORT[facet]}" for facet, count in found.items() if count is not None]
    blank = [_FACET_SHORT[facet] for facet, count in found.items() if count is None]
    what = f"Antalet {noun} är {enumerated(filled)}"
    if blank:
        what += f", men inget är ifyllt {enumerated(blank)}"
    row = next(row for row in complaints if row["facet"] in found)
    what += ". Talen visas var för sig och summeras inte."
    return Noted("facets_disagree", "complaints", row["row_id"], place(row), {"what": what})


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


def _reports_without_deviations(complaints: Sequence[Row], totals: dict[str, int | None]) -> Iterator[Noted]:
    """Reports under lex Sarah, and no deviation in any row that counts them."""
    facets = [facet for facet in totals if facet.startswith(("deviation_", "case_"))]
    if not facets or any(totals[facet] for facet in facets):
        return
    for row in complaints:
        if row["concept"] == "lex_sarah_reports" and row["period"] == "total" and (row["count"] or 0) > 1:
            blank = next(each for each in complaints if each["facet"] in facets)
            other = Other("complaints", blank["row_id"], place(blank), "count")
            what = f"Blanketten anger {row['count']} rapporter enligt lex Sarah, men inget ärende är räknat"
            words = {"what": f"{what} i någon av frågorna om vad det gällde."}
            yield Noted("facets_disagree", "complaints", row["row_id"], place(row), words, "count", other)


@check
def form_empty(rows: Rows) -> Iterator[Noted]:
    """A complaint form without a single number."""
    complaints = rows["complaints"]
    if complaints and all(row["count"] is None for row in complaints) and not any_unread(complaints):
        yield Noted("form_empty", "complaints", None, place(complaints[0]))
