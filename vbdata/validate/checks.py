"""Checks of one report's tables. To add one: write a function under `@check`, and its code in findings.csv.

A check takes the report's rows by table and yields `Noted` doubts; it never changes anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from vbdata.extract.document import Place
from vbdata.normalise.noted import Noted
from vbdata.register import Unit, units
from vbdata.vocabulary import facet_nouns, key, label

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Check = Callable[[Rows], Iterator[Noted]]
CHECKS: list[Check] = []

#: Facets whose counts are of the same events, per form: their sums should agree.
SAME_EVENTS = {
    "2025": (
        ("complaint_subject", "complaint_source"),
        ("deviation_subject", "deviation_source", "deviation_concerns"),
    ),
    "2023": (("case_subject", "case_source"),),
}
VALUES = ("value", "value_men", "value_women", "value_previous", "target", "council_target")
_FACET_SHORT = {
    "complaint_subject": "efter vad de gällde", "complaint_source": "efter vem de kom från",
    "deviation_subject": "efter art", "deviation_source": "efter vem som upptäckt dem",
    "deviation_concerns": "efter vem de avser", "case_subject": "efter vad de gällde",
    "case_source": "efter vem de kom från",
}  # fmt: skip


def check(function: Check) -> Check:
    """Register a check."""
    CHECKS.append(function)
    return function


def run_checks(rows: Rows) -> list[Noted]:
    """All doubts that the registered checks have about a report's rows."""
    return [noted for function in CHECKS for noted in function(rows)]


def _place(row: Row) -> Place:
    return Place(row["source_line"], row["source_page"])


# ---------------------------------------------------------------------------------- complaints


@check
def total_mismatch(rows: Rows) -> Iterator[Noted]:
    """T1 + T2 + VB against the printed total; blanks count as nothing, but a row of blanks says nothing."""
    by_category: dict[int, dict[str, Row]] = {}
    for row in rows["complaints"]:
        by_category.setdefault(row["position"], {})[row["period"]] = row
    for counts in by_category.values():
        total = counts["total"]["count"]
        parts = [counts[p]["count"] for p in ("T1", "T2", "VB") if counts[p]["count"] is not None]
        if sum(parts) == (total or 0):
            continue
        words = {
            "category": counts["total"]["category"],
            "sum": str(sum(parts)),
            "total": "tom" if total is None else str(total),
        }
        yield Noted("total_mismatch", "complaints", counts["total"]["row_id"], _place(counts["total"]), words)


@check
def facets_disagree(rows: Rows) -> Iterator[Noted]:
    """Facets of the form that count the same events but come to different sums."""
    complaints = rows["complaints"]
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


def _disagreement(complaints: Sequence[Row], found: dict[str, int | None]) -> Noted:
    noun = facet_nouns()[next(iter(found))][1]
    filled = [f"{count} {_FACET_SHORT[facet]}" for facet, count in found.items() if count is not None]
    blank = [_FACET_SHORT[facet] for facet, count in found.items() if count is None]
    what = f"Antalet {noun} är {_enumerated(filled)}"
    if blank:
        what += f", men inget är ifyllt {_enumerated(blank)}"
    row = next(row for row in complaints if row["facet"] in found)
    what += ". Talen visas var för sig och summeras inte."
    return Noted("facets_disagree", "complaints", row["row_id"], _place(row), {"what": what})


def _enumerated(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} och {parts[-1]}"


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
            yield Noted("facets_disagree", "complaints", row["row_id"], _place(row), {"what": what})


@check
def form_empty(rows: Rows) -> Iterator[Noted]:
    """A complaint form without a single number."""
    complaints = rows["complaints"]
    if complaints and all(row["count"] is None for row in complaints):
        yield Noted("form_empty", "complaints", None, _place(complaints[0]))


# ---------------------------------------------------------------------------------- indicators


@check
def total_outside_genders(rows: Rows) -> Iterator[Noted]:
    """An outcome that is no mean of the men's and women's values."""
    for row in rows["indicators"]:
        value, men, women = row["value"], row["value_men"], row["value_women"]
        if None in (value, men, women) or min(men, women) <= value <= max(men, women):
            continue
        words = {
            "name": row["name"],
            "value": row["value_raw"],
            "men": row["value_men_raw"],
            "women": row["value_women_raw"],
        }
        yield Noted("total_outside_genders", "indicators", row["row_id"], _place(row), words)


@check
def year_among_the_numbers(rows: Rows) -> Iterator[Noted]:
    """A number that is the report's year, or the one before: a period that stands in the wrong column."""
    year = rows["reports"][0]["year"]
    for row in rows["indicators"]:
        for column in VALUES:
            if row[column] in (year, year - 1):
                detail = f"”{row['name']}”: {int(row[column])} är läst som ett tal men ser ut som ett årtal."
                yield Noted("columns_uncertain", "indicators", row["row_id"], _place(row), {"detail": detail})


# ---------------------------------------------------------------------------------- goals


@check
def status_missing(rows: Rows) -> Iterator[Noted]:
    """Goals of a report without a status; a plan has none."""
    if rows["reports"][0]["kind"] == "VP":
        return
    for row in rows["goals"]:
        if row["status"] is None and not row["status_raw"]:
            words = {"level": label("level", row["level"]), "title": row["title"]}
            yield Noted("status_missing", "goals", row["goal_id"], _place(row), words)


@check
def table_missing(rows: Rows) -> Iterator[Noted]:
    """Tables that a report of this kind usually has."""
    kind = rows["reports"][0]["kind"]
    wanted = {"indicators": "Inga indikatorer", "activities": "Inga aktiviteter"}
    if kind != "VP":
        wanted["complaints"] = "Ingen blankett för synpunkter och klagomål"
    for table, what in wanted.items():
        if not rows[table]:
            yield Noted("table_missing", table, None, Place(), {"what": f"{what} hittades i dokumentet."})


@check
def cover_field_missing(rows: Rows) -> Iterator[Noted]:
    """What a cover usually says, and this one does not."""
    row = rows["reports"][0]
    for column, what in (("date", "Datum"), ("dnr", "Diarienummer"), ("board", "Nämndens namn")):
        if row[column] is None:
            yield Noted("cover_field_missing", "reports", None, Place(), {"what": what})


# ---------------------------------------------------------------------------------- rows


@check
def row_twice(rows: Rows) -> Iterator[Noted]:
    """The same activity or indicator printed twice under one goal."""
    for table, name in (("activities", "title"), ("indicators", "name")):
        seen: dict[tuple[Any, str], dict[str, Any]] = {}
        for row in rows[table]:
            mark = (row["goal_id"], key(row[name]))
            if first := seen.get(mark):
                places = f"{_place(first)} och {_place(row)}"
                yield Noted(
                    "row_twice", table, row["row_id"], _place(row), {"title": row[name], "places": places}
                )
            seen.setdefault(mark, row)


@check
def dates_reversed(rows: Rows) -> Iterator[Noted]:
    """An activity that ends before it starts."""
    for row in rows["activities"]:
        if row["start"] and row["end"] and row["end"] < row["start"]:
            words = {"title": row["title"], "start": str(row["start"]), "end": str(row["end"])}
            yield Noted("dates_reversed", "activities", row["row_id"], _place(row), words)


# ---------------------------------------------------------------------------------- units


@check
def unit_name_differs(rows: Rows) -> Iterator[Noted]:
    """Another unit's name where the unit speaks of itself: in its own goals and expected results."""
    report = rows["reports"][0]
    others = [unit for unit in units() if unit.unit_id != report["unit_id"]]
    own = _own_names(report)
    for row in (row for row in rows["goals"] if row["level"] == "unit"):
        for other in _named_units(row["title"], others, own, anywhere=True):
            where = f"enhetsmålet ”{row['title']}”"
            yield _other_unit(report, other, where, "goals", row["goal_id"], row)
    for row in (row for row in rows["passages"] if row["section"] == "expected_result"):
        for other in _named_units(row["text"], others, own, anywhere=False):
            yield _other_unit(
                report, other, "texten under Förväntat resultat", "passages", row["row_id"], row
            )


def _own_names(report: Row) -> set[str]:
    names = [
        report["unit_name"],
        *(n for u in units() if u.unit_id == report["unit_id"] for n in (u.name, *u.aliases)),
    ]
    return {key(name) for name in names}


def _named_units(text: str, others: Sequence[Unit], own: set[str], *, anywhere: bool) -> Iterator[str]:
    """Names of other units in a text; in prose only as the place where the unit says it works."""
    wanted = key(text)
    for unit in others:
        for name in (unit.name, *unit.aliases):
            known = key(name)
            if known in own or known not in wanted:
                continue
            if anywhere or key(f"inom {name}") in wanted:
                yield name
                break


def _other_unit(report: Row, other: str, where: str, table: str, row_id: str, row: Row) -> Noted:
    words = {"title": report["unit_name"], "where": where, "other": other}
    return Noted("unit_name_differs", table, row_id, _place(row), words)
