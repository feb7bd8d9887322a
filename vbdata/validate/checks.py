"""Checks of one report's tables. To add one: write a function under `@check`, and its code in findings.csv.

A check takes the report's frames and yields `Noted` doubts; it never changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd

from vbdata.extract.document import Place
from vbdata.normalise.noted import Noted
from vbdata.vocabulary import facet_nouns, key, label, units
from vbdata.vocabulary.tables import Unit

Frames = dict[str, pd.DataFrame]
Check = Callable[[Frames], Iterator[Noted]]
CHECKS: list[Check] = []

#: Facets whose counts are of the same events, per form: their sums should agree.
SAME_EVENTS = {
    "2025": (("complaint_subject", "complaint_source"), ("deviation_subject", "deviation_source", "deviation_concerns")),
    "2023": (("case_subject", "case_source"),),
}
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


def run_checks(frames: Frames) -> list[Noted]:
    """All doubts that the registered checks have about a report's frames."""
    return [noted for function in CHECKS for noted in function(frames)]


def _place(row: Any) -> Place:
    page, line = row["source_page"], row["source_line"]
    return Place(None if pd.isna(line) else int(line), None if pd.isna(page) else int(page))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",").replace("-", "−")


# ---------------------------------------------------------------------------------- complaints


@check
def total_mismatch(frames: Frames) -> Iterator[Noted]:
    """T1 + T2 + VB against the printed total; blanks count as nothing, but a row of blanks says nothing."""
    rows = _records(frames["complaints"])
    for position in sorted({row["position"] for row in rows}):
        counts = {row["period"]: row for row in rows if row["position"] == position}
        total = counts["total"]["count"]
        parts = [counts[p]["count"] for p in ("T1", "T2", "VB") if counts[p]["count"] is not None]
        if total is None and not parts:
            continue
        if sum(parts) != (total or 0) and not (total is None and not any(parts)):
            words = {"category": counts["total"]["category"], "sum": str(sum(parts)),
                     "total": "tom" if total is None else str(total)}
            yield Noted("total_mismatch", "complaints", counts["total"]["row_id"], _place(counts["total"]), words)


@check
def facets_disagree(frames: Frames) -> Iterator[Noted]:
    """Facets of the form that count the same events but come to different sums."""
    complaints = frames["complaints"]
    if complaints.empty:
        return
    template = str(complaints["template"].iloc[0])
    totals = complaints[(complaints["period"] == "total") & complaints["count"].notna()]
    sums = {str(facet): int(count) for facet, count in totals.groupby("facet")["count"].sum().items()}
    for facets in SAME_EVENTS.get(template, ()):
        found = {facet: sums.get(facet, 0) for facet in facets if facet in set(complaints["facet"].dropna())}
        if len(set(found.values())) > 1 and any(found.values()):
            yield _disagreement(complaints, found)
    yield from _more_feedback(complaints, sums)


def _disagreement(complaints: pd.DataFrame, found: dict[str, int]) -> Noted:
    noun = facet_nouns()[next(iter(found))][1]
    parts = [f"{count} {_FACET_SHORT[facet]}" for facet, count in found.items()]
    row = complaints[complaints["facet"].isin(list(found))].iloc[0]
    what = f"Antalet {noun} är {', '.join(parts[:-1])} och {parts[-1]}. Talen visas var för sig och summeras inte."
    return Noted("facets_disagree", "complaints", row["row_id"], _place(row), {"what": what})


def _more_feedback(complaints: pd.DataFrame, sums: dict[str, int]) -> Iterator[Noted]:
    """More complaints with feedback or measures than there are complaints."""
    subject = sums.get("complaint_subject", sums.get("case_subject"))
    answers = complaints[(complaints["period"] == "total") & complaints["concept"].isin(["feedback_given", "measures_taken"])]
    for row in _records(answers):
        if row["count"] is not None and subject is not None and row["count"] > subject:
            word = "Återkoppling" if row["concept"] == "feedback_given" else "Åtgärder"
            what = f"{word} anges för {row['count']} ärenden, men bara {subject} synpunkter och klagomål redovisas."
            yield Noted("facets_disagree", "complaints", row["row_id"], _place(row), {"what": what})


@check
def form_empty(frames: Frames) -> Iterator[Noted]:
    complaints = frames["complaints"]
    if len(complaints) and complaints["count"].isna().all():
        yield Noted("form_empty", "complaints", None, _place(complaints.iloc[0]))


# ---------------------------------------------------------------------------------- indicators


@check
def total_outside_genders(frames: Frames) -> Iterator[Noted]:
    """An outcome that is no mean of the men's and women's values."""
    for row in _records(frames["indicators"]):
        value, men, women = row["value"], row["value_men"], row["value_women"]
        if None in (value, men, women) or min(men, women) <= value <= max(men, women):
            continue
        words = {"name": row["name"], "value": row["value_raw"], "men": row["value_men_raw"], "women": row["value_women_raw"]}
        yield Noted("total_outside_genders", "indicators", row["row_id"], _place(row), words)


# ---------------------------------------------------------------------------------- goals


@check
def status_missing(frames: Frames) -> Iterator[Noted]:
    """Goals of a report without a status; a plan has none."""
    if frames["reports"]["kind"].iloc[0] == "VP":
        return
    for row in _records(frames["goals"]):
        if row["status"] is None and not row["status_raw"]:
            words = {"level": label("level", row["level"]), "title": row["title"]}
            yield Noted("status_missing", "goals", row["goal_id"], _place(row), words)


@check
def table_missing(frames: Frames) -> Iterator[Noted]:
    """Tables that a report of this kind usually has."""
    kind = frames["reports"]["kind"].iloc[0]
    wanted = {"indicators": "Inga indikatorer", "activities": "Inga aktiviteter"}
    if kind != "VP":
        wanted["complaints"] = "Ingen blankett för synpunkter och klagomål"
    for table, what in wanted.items():
        if frames[table].empty:
            yield Noted("table_missing", table, None, Place(), {"what": f"{what} hittades i dokumentet."})


@check
def cover_field_missing(frames: Frames) -> Iterator[Noted]:
    row = frames["reports"].iloc[0]
    for column, what in (("date", "Datum"), ("dnr", "Diarienummer"), ("board", "Nämndens namn")):
        if pd.isna(row[column]):
            yield Noted("cover_field_missing", "reports", None, Place(), {"what": what})


# ---------------------------------------------------------------------------------- rows


@check
def row_twice(frames: Frames) -> Iterator[Noted]:
    """The same activity or indicator printed twice under one goal."""
    for table, name in (("activities", "title"), ("indicators", "name")):
        seen: dict[tuple[Any, str], dict[str, Any]] = {}
        for row in _records(frames[table]):
            mark = (row["goal_id"], key(row[name]))
            if first := seen.get(mark):
                places = f"{_place(first)} och {_place(row)}"
                yield Noted("row_twice", table, row["row_id"], _place(row), {"title": row[name], "places": places})
            seen.setdefault(mark, row)


@check
def dates_reversed(frames: Frames) -> Iterator[Noted]:
    for row in _records(frames["activities"]):
        if row["start"] and row["end"] and row["end"] < row["start"]:
            words = {"title": row["title"], "start": str(row["start"]), "end": str(row["end"])}
            yield Noted("dates_reversed", "activities", row["row_id"], _place(row), words)


# ---------------------------------------------------------------------------------- units


@check
def unit_name_differs(frames: Frames) -> Iterator[Noted]:
    """Another unit's name where the unit speaks of itself: in its own goals and expected results."""
    report = frames["reports"].iloc[0]
    others = [unit for unit in units() if unit.unit_id != report["unit_id"]]
    own = _own_names(report)
    goals = frames["goals"]
    for row in _records(goals[goals["level"] == "unit"]):
        for other in _named_units(row["title"], others, own, anywhere=True):
            where = f"enhetsmålet ”{row['title']}”"
            yield _other_unit(report, other, where, "goals", row["goal_id"], row)
    passages = frames["passages"]
    for row in _records(passages[passages["section"] == "expected_result"]):
        for other in _named_units(row["text"], others, own, anywhere=False):
            yield _other_unit(report, other, "texten under Förväntat resultat", "passages", row["row_id"], row)


def _own_names(report: Any) -> set[str]:
    names = [report["unit_name"], *(n for u in units() if u.unit_id == report["unit_id"] for n in (u.name, *u.aliases))]
    return {key(name) for name in names}


def _named_units(text: str, others: Sequence[Unit], own: set[str], *, anywhere: bool) -> Iterator[str]:
    """Names of other units in a text; in prose only as the place where the unit says it works."""
    wanted = key(text)
    for unit in others:
        for name in (unit.name, *unit.aliases):
            known = key(name)
            if known in own or known not in wanted:
                continue
            inside = re.search(rf"\\binom {re.escape(name)}(?!\\w)".replace("\\\\", "\\"), text, re.I)
            spaced = key("inom " + name) in wanted
            if anywhere or inside or spaced:
                yield name
                break


def _other_unit(report: Any, other: str, where: str, table: str, row_id: str, row: Any) -> Noted:
    words = {"title": report["unit_name"], "where": where, "other": other}
    return Noted("unit_name_differs", table, row_id, _place(row), words)
