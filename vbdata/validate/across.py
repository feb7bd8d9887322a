"""Doubts that only show beside other reports: last year's text, another unit's, a predecessor's targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from vbdata.extract.document import Place
from vbdata.language.prose import enumerated, plain_sentences, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.register import register
from vbdata.validate import promised
from vbdata.validate.findings import unnumbered
from vbdata.validate.places import place
from vbdata.validate.planned import COLUMNS, PLACE, planned
from vbdata.validate.repeats import COMMON, Run, Stock, Text
from vbdata.vocabulary import label

Row = dict[str, Any]
#: Sections that tell of the year, and so should be new every year.
OF_THE_YEAR = (
    "analysis", "competence", "complaints", "economy_analysis", "quality", "quality_development", "summary",
)  # fmt: skip
#: Words that a text must share with another report before it is worth a question, per kind of finding.
LEAST = {"text_left": 40, "text_shared": 45}
#: Words of a run of sentences, and of a single sentence, that is worth counting.
RUN, LONG = 25, 35
#: Names that a message lists; the rest are counted.
SHOWN = 3


def compare_reports(tables: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Findings that the reports of one neighbourhood raise about each other, without their ids.

    Parameters
    ----------
    tables
        ``reports``, ``goals``, ``indicators``, ``activities`` and ``passages`` of units that have the same
        district or board, of two or three consecutive years. Other tables are not used.

    Returns
    -------
    list of dict
        Rows of the findings table but for ``finding_id``, by report, in the order of the document.
    """
    columns = ("report_id", "kind", "year", "unit_id", "unit_name")
    reports = {row["report_id"]: row for row in _rows(tables, "reports", columns)}
    if len(reports) < 2:
        return []
    noted: defaultdict[str, list[Noted]] = defaultdict(list)
    found = (
        *_repeated(tables, reports),
        *_inherited(tables, reports),
        *_of_one_id(reports),
        *_planned(tables, reports),
    )
    for report_id, doubt in found:
        noted[report_id].append(doubt)
    return [row for report_id in reports for row in unnumbered(report_id, noted[report_id])]


def _planned(tables: Mapping[str, pd.DataFrame], reports: Mapping[str, Row]) -> Iterator[tuple[str, Noted]]:
    kinds = {row["kind"] for row in reports.values()}
    if not {"VP", "VB"} <= kinds:
        return
    rows = {table: _rows(tables, table, (*columns, *PLACE)) for table, columns in COLUMNS.items()}
    yield from planned(rows | {"passages": _rows(tables, "passages", promised.COLUMNS)}, reports, register())


def _of_one_id(reports: Mapping[str, Row]) -> Iterator[tuple[str, Noted]]:
    """Units outside the register whose names are written alike as ids: one would hide the other's page."""
    registered = register().by_id
    seen: dict[tuple[Any, ...], Row] = {}
    for report_id, row in reports.items():
        first = seen.setdefault((row["year"], row["kind"], row["unit_id"]), row)
        if row["unit_id"] not in registered and _letters(first) != _letters(row):
            words = {"name": row["unit_name"], "other": first["unit_name"], "id": row["unit_id"]}
            yield report_id, Noted("unit_id_shared", "reports", None, Place(), words)


def _letters(row: Row) -> str:
    return re.sub(r"\W", "", str(row["unit_name"]).casefold())


def _rows(tables: Mapping[str, pd.DataFrame], table: str, columns: Sequence[str]) -> list[Row]:
    frame = tables[table][list(columns)].astype(object)
    values = frame.where(frame.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(columns, row, strict=True)) for row in values]


# ---------------------------------------------------------------------------------- repeated text


def _repeated(tables: Mapping[str, pd.DataFrame], reports: Mapping[str, Row]) -> Iterator[tuple[str, Noted]]:
    lineages = {report_id: _lineage(row["unit_id"]) for report_id, row in reports.items()}
    roots = {report_id: lineage[-1] for report_id, lineage in lineages.items()}
    texts = _texts(tables, reports)
    stock = Stock((text for each in texts.values() for text in each), roots)
    for report_id, mine in texts.items():
        report = reports[report_id]
        if report["kind"] == "VP":
            continue
        own = [text for text in mine if text.own]
        for other in _others(own, stock):
            code = _relation(report, reports[other], lineages[report_id], roots[report_id] == roots[other])
            if code is None or (code == "text_shared" and not _many(reports, roots, report)):
                continue
            if runs := _substantial(stock.runs(own, other), LEAST[code]):
                text, where = stock.counterpart(runs[0], other)
                there = Other(text.table, text.row_id, where, report_id=other)
                yield report_id, _said(code, reports[other], runs, there)


def _lineage(unit_id: str) -> tuple[str, ...]:
    return register().lineage(unit_id)


def _texts(tables: Mapping[str, pd.DataFrame], reports: Mapping[str, Row]) -> dict[str, list[Text]]:
    """Each report's prose; an analysis of the unit's goals, of rows and of the year is its own."""
    goals = {row["goal_id"]: row for row in _rows(tables, "goals", ("goal_id", "level", "title"))}
    found: dict[str, list[Text]] = {report_id: [] for report_id in reports}
    where = ("sentence_lines", *PLACE)
    for row in _rows(
        tables, "passages", ("report_id", "row_id", "goal_id", "section", "heading", "text", *where)
    ):
        goal = goals.get(row["goal_id"])
        plan = reports[row["report_id"]]["kind"] == "VP"
        own = not plan and row["section"] in OF_THE_YEAR and (goal is None or goal["level"] == "unit")
        heading = row["heading"] or "den löpande texten"
        if goal is not None:
            heading += f" (”{goal['title']}”)"
        found[row["report_id"]].append(_text(row, "passages", heading, row["text"], own=own))
    for table, name in (("indicators", "name"), ("activities", "title")):
        for row in _rows(tables, table, ("report_id", "row_id", name, "analysis", *where)):
            if row["analysis"]:
                heading = f"analysen av ”{row[name]}”"
                found[row["report_id"]].append(_text(row, table, heading, row["analysis"], own=True))
    return found


def _text(row: Row, table: str, heading: str, text: str, *, own: bool) -> Text:
    lines = row["sentence_lines"]
    return Text(row["report_id"], row["row_id"], table, heading, text, lines, place(row), own)


def _others(own: Iterable[Text], stock: Stock) -> list[str]:
    """Other reports with a sentence of these texts."""
    found = {other for text in own for mark, _ in text.sentences for other in stock.stands(mark)}
    return sorted(found - {text.report_id for text in own})


def _relation(report: Row, other: Row, lineage: Sequence[str], same_root: bool) -> str | None:
    """``text_left``: of the unit or a predecessor, two years old at most; ``text_shared``: another unit's."""
    if report["kind"] != other["kind"]:
        return None
    if other["unit_id"] in lineage:
        return "text_left" if 0 < report["year"] - other["year"] <= 2 else None
    # Units out of one unit, in one year, tell the same story by right.
    return "text_shared" if report["year"] == other["year"] and not same_root else None


def _many(reports: Mapping[str, Row], roots: Mapping[str, str], report: Row) -> bool:
    """Enough units of the year to tell what is common stock."""
    wanted = report["kind"], report["year"]
    same = {roots[i] for i, row in reports.items() if (row["kind"], row["year"]) == wanted}
    return len(same) >= COMMON + 1


def _substantial(runs: Iterable[Run], least: int) -> list[Run]:
    """Runs, the longest first, when they are more than chance: enough words together."""
    kept = sorted(filter(_is_run, runs), key=lambda run: -run.words)
    return kept if sum(run.words for run in kept) >= least else []


def _is_run(run: Run) -> bool:
    """Sentences in a row, or one that is too long to be anybody's habit."""
    return (run.sentences >= 2 and run.words >= RUN) or run.words >= LONG


def _said(code: str, other: Row, runs: Sequence[Run], there: Other) -> Noted:
    first = runs[0].text
    sentences, words = sum(run.sentences for run in runs), sum(run.words for run in runs)
    headings = list(dict.fromkeys(run.text.heading for run in runs))
    said = {
        "sentences": str(sentences),
        "words": str(words),
        "report": f"{label('kind', other['kind']).lower()} {other['year']}",
        "unit": other["unit_name"],
        "year": str(other["year"]),
        "where": headings[0] + _and_more(len(headings) - 1),
        "quote": quote(plain_sentences(first.text)[runs[0].first]),
    }
    return Noted(code, first.table, first.row_id, runs[0].place, said, other=there)


def _and_more(count: int) -> str:
    return "" if not count else f" och på {count}\u00a0{'ställe' if count == 1 else 'ställen'} till"


# ---------------------------------------------------------------------------------- inherited targets


def _inherited(tables: Mapping[str, pd.DataFrame], reports: Mapping[str, Row]) -> Iterator[tuple[str, Noted]]:
    """Targets that a unit formed during the year took over from the plan of the unit that it came from."""
    columns = ("report_id", "row_id", "indicator_id", "name", "target", "council_target", *PLACE)
    targets: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _rows(tables, "indicators", columns):
        if row["target"] is not None and row["target"] != row["council_target"]:
            targets[row["report_id"]].append(row)
    plans = {(row["unit_id"], row["year"]): row for row in reports.values() if row["kind"] == "VP"}
    for report_id, report in reports.items():
        year = report["year"]
        if report["kind"] == "VP" or (report["unit_id"], year) in plans:
            continue
        for before in register().predecessors_of(report["unit_id"]):
            plan = plans.get((before.predecessor_id, year))
            if plan is not None and before.date.year == year and before.kind != "rename":
                yield from _same_targets(report_id, targets[report_id], plan, targets[plan["report_id"]])


def _same_targets(
    report_id: str, mine: Sequence[Row], plan: Row, theirs: Sequence[Row]
) -> Iterator[tuple[str, Noted]]:
    before = {(row["indicator_id"], row["target"]): row for row in theirs}
    same = [row for row in mine if (row["indicator_id"], row["target"]) in before]
    if same:
        names = list(dict.fromkeys(f"”{row['name']}”" for row in same))
        which = enumerated(names, SHOWN)
        one = len(names) == 1
        whose = f"i planen för {plan['unit_name']}, som enheten kom ur under året"
        subject, alike = ("Årsmålet", "detsamma") if one else ("Årsmålen", "desamma")
        words = {"what": f"{subject} för {which} är {alike} som {whose}."}
        there = before[same[0]["indicator_id"], same[0]["target"]]
        other = Other("indicators", there["row_id"], place(there), "target", plan["report_id"])
        row_id, where = same[0]["row_id"], place(same[0])
        yield report_id, Noted("target_inherited", "indicators", row_id, where, words, "target", other)
