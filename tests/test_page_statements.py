"""What the pages say, held against tables read by hand: by row, column and value, no sentence of a report.

The same statements are held against the printed cells of the sample, which is everywhere.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from vbdata.analyse import numbered, to_check
from vbdata.ingest import ingest
from vbdata.render import outcome, quality, unit
from vbdata.render.parts.export import notebook_of, page_html
from vbdata.store import read_table
from vbdata.vocabulary import label

ROOT = Path(__file__).resolve().parents[1]
LEAST = 60
GRAVE = 4
"""Gravity of a doubt about a judgement."""
Cells = dict[str, dict[str, str]]
"""Row (``i01``) → column → what the document prints."""
INDICATORS = {
    "value": "Utfall",
    "target": "Årsmål",
    "council_target": "KF:s årsmål",
    "value_previous": "Förra året",
}
PERIODS = {"T1": "Tertial 1", "T2": "Tertial 2", "VB": "VB", "total": "Summa"}
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Statement:
    """Something that a page says of a row, and what is true of it."""

    page: str
    row: str
    column: str
    said: object
    true: object


@dataclass(frozen=True)
class Truth:
    """A report as it is printed, with the way that is better for each indicator."""

    goals: dict[str, dict[str, str]]
    indicators: Cells
    complaints: list[dict[str, str]]
    better: dict[str, str]


# The truth: tables read by hand, or the printed cells


def by_hand(folder: Path, better: dict[str, str]) -> Truth:
    def rows(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    names = {"value": "outcome", "value_men": "men", "value_women": "women", "value_previous": "prior"}
    names |= {"target": "target", "council_target": "council_target", "name": "name"}
    return Truth(
        goals={f"g{int(row['order']):02}": row for row in rows("goals")},
        indicators={
            f"i{int(row['order']):02}": {ours: row[theirs] for ours, theirs in names.items()}
            for row in rows("indicators")
        },
        complaints=[
            {"category": row["category"], **{each: row[each.lower()] for each in PERIODS}}
            for row in rows("complaints")
        ],
        better=better,
    )


def as_printed(processed: Path, report_id: str, better: dict[str, str]) -> Truth:
    """The verbatim columns, which no page computes with."""

    def rows(name: str) -> list[dict]:
        table = read_table(name, processed)
        return table[table["report_id"] == report_id].astype("string").fillna("").to_dict("records")

    columns = ("value", "value_men", "value_women", "value_previous", "target", "council_target")
    form: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows("complaints"):
        form.setdefault((row["group"], row["category"]), {"category": row["category"]})[row["period"]] = row[
            "count_raw"
        ]
    return Truth(
        goals={row["goal_id"].split("/")[1]: row for row in rows("goals")},
        indicators={
            row["row_id"].split("/")[1]: {
                "name": row["name"],
                **{each: row[f"{each}_raw"] for each in columns},
            }
            for row in rows("indicators")
        },
        complaints=[{each: row.get(each, "") for each in ("category", *PERIODS)} for row in form.values()],
        better=better,
    )


def number(text: str) -> float | None:
    """A printed number; None for words and blanks."""
    found = _NUMBER.match(text.replace("\u00a0", " ").replace("\u2212", "-").replace(" ", "").strip())
    return float(found[0].replace(",", ".")) if found else None


# What the pages say


def shown(node: LexborNode | None) -> str:
    return (
        ""
        if node is None
        else " ".join(node.text(separator=" ").replace("\u00a0", " ").replace("\u00ad", "").split())
    )


def row_of(tree: LexborHTMLParser, section: str, row: str) -> LexborNode | None:
    link = tree.css_first(f'#{section} tr a[href="#k-{row}"]')
    while link is not None and link.tag != "tr":
        link = link.parent
    return link


def cell(row: LexborNode, title: str) -> str:
    found = next(
        (td for td in row.css("td") if (td.attributes.get("data-l") or "").replace("\u00a0", " ") == title),
        None,
    )
    return shown(None if found is None else found.css_first("span.v, span.strong, div"))


def indicator_statements(page: str, tree: LexborHTMLParser, truth: Truth) -> Iterator[Statement]:
    """Every number, and whether a target is reached and by how much, computed anew."""
    for row_id, true in truth.indicators.items():
        row = row_of(tree, "indikatorer", row_id)
        assert row is not None, (page, row_id)
        for column, title in INDICATORS.items():
            printed = number(true[column])
            if printed is not None and any(td.attributes.get("data-l") == title for td in row.css("td")):
                said = number(cell(row, title))
                yield Statement(page, row_id, column, said, said if _rounds(said, printed) else printed)
        value, target, better = number(true["value"]), number(true["target"]), truth.better.get(row_id)
        if value is None or target is None or better is None:
            continue
        gap = round(value - target, 9)
        met = gap >= 0 if better == "higher" else gap <= 0
        verdict = shown(row.css_first(".verdict"))
        begins = "Når precis årsmålet" if not gap else "Når årsmålet" if met else "Når inte årsmålet"
        yield Statement(page, row_id, "attainment", verdict.split(",")[0], begins)
        if abs(gap) >= 0.1:
            said = number(verdict.split(", ", 1)[1])
            yield Statement(page, row_id, "difference", said, said if _rounds(said, abs(gap)) else abs(gap))
        yield from _sexes(page, row_id, shown(row), true, target, better if met else "")


def _sexes(
    page: str, row_id: str, said: str, true: dict[str, str], target: float, better: str
) -> Iterator[Statement]:
    """Women or men who miss a target that the total reaches are told, and no others."""
    for column, words in (("value_women", "Kvinnor"), ("value_men", "Män")):
        value = number(true[column])
        if value is not None and better:
            misses = value < target if better == "higher" else value > target
            yield Statement(page, row_id, f"{column}: misses", f"{words} {true[column]}:" in said, misses)


def _same(said: float | None, printed: float | None) -> bool:
    return said is printed is None or (printed is not None and _rounds(said, printed))


def _rounds(said: float | None, printed: float) -> bool:
    return said is not None and abs(said - printed) <= 0.05 + 1e-9


def goal_statements(page: str, tree: LexborHTMLParser, truth: Truth) -> Iterator[Statement]:
    """The judgement and the line of every goal of the unit, and how many there are of each judgement."""
    own = {key: goal for key, goal in truth.goals.items() if goal["level"] == "unit"}
    for key, goal in own.items():
        row = row_of(tree, "mal", key)
        assert row is not None, (page, key)
        if goal["status"]:
            said = shown(row.css_first(".st"))
            yield Statement(page, key, "status", said, label("status", goal["status"]))
        line = goal.get("line") or goal["source_line"]
        yield Statement(page, key, "source_line", shown(row.css_first("td.src a")).split("rad ")[-1], line)
    counts = Counter(goal["status"] for goal in own.values() if goal["status"])
    told = {}
    for chip in tree.css("#korthet .three > li:first-child .chips .st"):
        count, word = shown(chip).split(" ", 1)
        told[word] = int(count)
    true = {label("status", status).lower(): count for status, count in counts.items()}
    yield Statement(page, "goals", "counts", {word.lower(): count for word, count in told.items()}, true)


def complaint_statements(page: str, tree: LexborHTMLParser, truth: Truth) -> Iterator[Statement]:
    """Every filled row of the form, period by period; a blank is no zero, and the sum is the form's."""
    rows = [row for row in tree.css("#synpunkter details tr") if len(row.css("td")) == len(PERIODS) + 1]
    names = [shown(row.css_first("th")) for row in rows]
    for true in truth.complaints:
        if not any(true[period] for period in PERIODS):
            continue
        same = [
            row
            for row, name in zip(rows, names, strict=True)
            if name.startswith(" ".join(true["category"].split()))
        ]
        said = [tuple(cell(row, title).split(" ")[0] for title in PERIODS.values()) for row in same]
        printed = tuple(re.split(r"\D", true[period])[0] or "–" for period in PERIODS)
        yield Statement(page, true["category"][:20], "counts", printed if printed in said else said, printed)


def counted_statements(pages: dict[str, LexborHTMLParser], checks: dict[str, int]) -> Iterator[Statement]:
    """How many things to check: the same on the unit's page, in its list and on the page of the year."""
    for name, count in checks.items():
        tree = pages[name]
        tags = [
            shown(tag)
            for tag in tree.css("#kontrollera > ol .tag, #kontrollera > details:not(:last-child) .tag")
        ]
        yield Statement(
            name, "findings", "to check", sum(tag.startswith("Kontrollera") for tag in tags), count
        )


def outcome_statements(made: Made, plan: str, report: str) -> Iterator[Statement]:
    """Targets of the plan and of the report side by side, and the outcome."""
    unit_id, year = report.split("-vb-")[1], int(report[:4])
    tree = page_of(outcome.load(unit_id, year, made.processed), (outcome.summary, outcome.targets))
    columns = (("p-", plan, "target", "Mål i planen"), ("u-", report, "target", "Mål i rapporten"),
               ("u-", report, "value", "Utfall"))  # fmt: skip
    for prefix, report_id, column, title in columns:
        for row_id, true in made.truths[report_id].indicators.items():
            row = row_of(tree, "indikatorer", f"{prefix}{row_id}")
            assert row is not None, row_id
            said, printed = number(cell(row, title)), number(true[column])
            yield Statement("outcome", row_id, title, said, said if _same(said, printed) else printed)


def first_statements(made: Made) -> Iterator[Statement]:
    """On the first screen each judgement in doubt has its mark; marks of counts are about those counts."""
    findings, complaints = (read_table(name, made.processed) for name in ("findings", "complaints"))
    for report_id in made.truths:
        if "-vp-" in report_id:
            continue
        tree, mine = made.pages[report_id], numbered(findings[findings["report_id"] == report_id])
        goals, _, counts = (
            {int(link.attributes["href"].removeprefix("#f")) for link in item.css('a.fx[href^="#f"]')}
            for item in tree.css("#korthet .three > li")
        )
        judged = mine[mine["check"] & (mine["gravity"] >= GRAVE) & (mine["table"] == "goals")]
        yield Statement(report_id, "goals", "doubted", goals, set(judged.drop_duplicates("row_id")["number"]))
        form = set(complaints.loc[complaints["report_id"] == report_id, "row_id"])
        others = set(mine.loc[~mine["row_id"].isin(form), "number"]) & counts
        yield Statement(report_id, "complaints", "marks of others", others, set())


def year_statements(made: Made) -> Iterator[Statement]:
    """How many things to check, unit by unit, on the page of the year's questions."""
    for year in sorted({int(report_id[:4]) for report_id in made.pages}):
        tree = page_of(quality.load("", year, made.processed), (quality.summary, quality.findings))
        told = [int(cell(row, "Att kontrollera")) for row in tree.css("#enheter tbody tr")]
        said = sorted(count for count in told if count)
        true = sorted(count for each, count in made.checks.items() if count and each.startswith(f"{year}-"))
        yield Statement(f"questions {year}", "findings", "to check", said, true)
        big = number(shown(tree.css_first("#korthet .big"))) or 0
        yield Statement(f"questions {year}", "findings", "sum", big, sum(true))


def statements(made: Made) -> list[Statement]:
    found: list[Statement] = []
    for report_id, truth in made.truths.items():
        tree = made.pages[report_id]
        if "-vp-" not in report_id:
            found += [*indicator_statements(report_id, tree, truth), *goal_statements(report_id, tree, truth)]
            found += complaint_statements(report_id, tree, truth)
    found += [*counted_statements(made.pages, made.checks), *first_statements(made)]
    return [*found, *year_statements(made)]


def wrong(found: list[Statement]) -> list[Statement]:
    return [each for each in found if each.said != each.true]


# The pages, made once


@dataclass(frozen=True)
class Made:
    """Pages of units by report id, the truth of each, and how many findings are to be checked."""

    processed: Path
    pages: dict[str, LexborHTMLParser]
    truths: dict[str, Truth]
    checks: dict[str, int]


UNIT_PAGE = (unit.summary, unit.goals, unit.indicators, unit.complaints, unit.findings)


def page_of(data: object, parts: tuple) -> LexborHTMLParser:
    return LexborHTMLParser(page_html(notebook_of([part(data) for part in parts])))


def made_from(source: Path, processed: Path, by_hand_in: Path | None = None) -> Made:
    ingest([source], processed)
    reports, findings = read_table("reports", processed), read_table("findings", processed)
    pages, truths, checks = {}, {}, {}
    for _, report in reports.iterrows():
        report_id = str(report["report_id"])
        data = unit.load(str(report["unit_id"]), int(report["year"]), processed, str(report["kind"]))
        pages[report_id] = page_of(data, UNIT_PAGE)
        known = data.indicators.dropna(subset=["better"])
        better = {row["row_id"].split("/")[1]: str(row["better"]) for _, row in known.iterrows()}
        folder = by_hand_in / Path(str(report["source"])).stem if by_hand_in else None
        truths[report_id] = by_hand(folder, better) if folder else as_printed(processed, report_id, better)
        checks[report_id] = int(to_check(findings[findings["report_id"] == report_id]).sum())
    return Made(processed, pages, truths, checks)


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory) -> Made:
    return made_from(shared / "seeds", tmp_path_factory.mktemp("real"), shared / "gold")


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Made:
    chosen = tmp_path_factory.mktemp("raw")
    file = min((ROOT / "data/raw/sample").glob("2025_vb_*.txt"))
    (chosen / file.name).write_bytes(file.read_bytes())
    return made_from(chosen, tmp_path_factory.mktemp("sample"))


def test_what_the_pages_of_the_real_reports_say_is_what_the_reports_say(real):
    plan, report = (next(each for each in real.pages if f"2025-{kind}-" in each) for kind in ("vp", "vb"))
    found = [*statements(real), *outcome_statements(real, plan, report)]
    assert len(found) >= LEAST and wrong(found) == []


def test_what_the_pages_of_the_sample_say_is_what_its_reports_say(sample):
    found = statements(sample)
    assert len(found) >= LEAST and wrong(found) == []


@pytest.mark.parametrize("column", ["value", "target"])
def test_a_statement_that_is_not_true_is_found(sample, column):
    report_id, truth = next((key, each) for key, each in sample.truths.items() if each.indicators)
    row_id, true = next(
        (key, row) for key, row in truth.indicators.items() if number(row[column]) is not None
    )
    changed = {**truth.indicators, row_id: {**true, column: "1234,5"}}
    other = Truth(truth.goals, changed, truth.complaints, truth.better)
    found = wrong(list(indicator_statements(report_id, sample.pages[report_id], other)))
    assert (row_id, column) in {(each.row, each.column) for each in found}
