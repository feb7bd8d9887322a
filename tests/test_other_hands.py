"""Reports that others printed, read whole through `ingest`: each cell as a careful person reads it.

`tests/reports/` holds invented reports by printers that are not the project's, smallest inputs of one hard
place each, and files of other kinds, which are refused. `tests/reports/README.md` tells what `expected.csv`
says.
"""

from __future__ import annotations

import csv
import datetime
import functools
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.test_cli import run
from vbdata.ingest import ingest
from vbdata.store import read_tables

REPORTS = Path(__file__).parent / "reports"
FOREIGN = sorted((REPORTS / "foreign").iterdir())
Row = Mapping[str, Any]

LABELS = {
    "reports": ("unit_name",),
    "goals": ("title", "title_raw"),
    "indicators": ("name", "name_raw"),
    "activities": ("title", "title_raw"),
    "complaints": ("category", "category_raw", "group", "group_raw"),
    "passages": ("heading", "text"),
    "findings": ("message",),
}
#: Findings about something else than the reading, or that claim that the document lacks what it has.
NOT_SAYING = {
    *("analysis_missing", "complaints_text_differ", "cover_field_missing"),
    *("dates_reversed", "facets_disagree", "form_empty"),
    *("indicator_new", "indicator_text_differs", "instruction_left"),
    *("miss_unexplained", "number_text_differs", "number_without_unit"),
    *("orphan_row", "percent_points", "row_twice"),
    *("status_indicators_missed", "status_missing", "table_missing"),
    *("target_inherited", "text_left", "text_shared"),
    *("total_mismatch", "total_outside_genders", "unit_id_shared"),
    *("unit_not_registered", "unit_unclear", "year_passed"),
    *("category_twice", "count_untold", "date_outside", "deviation_unexplained", "follow_up_missing"),
    *("goal_activity_deviates", "goal_below_unmet", "goal_indicator_missed", "ivo_exceeds"),
    *("lex_sarah_alone", "miss_unmentioned", "no_data_analysed", "own_target_weaker"),
    *("previous_missing", "sexes_apart", "target_missing"),
    *("plan_activities_added", "plan_activities_dropped", "plan_date_moved", "plan_goals_added"),
    *("plan_goals_dropped", "plan_indicators_added", "plan_indicators_dropped", "plan_target_set"),
    *("plan_target_weaker", "plan_unlike"),
}
PERIOD = re.compile(r"(count|count_raw)\[(T1|T2|VB|total)\]")


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of the list: what one column holds in the rows that `where` tells."""

    file: str
    table: str
    where: str
    column: str
    want: str
    note: str


def listed() -> dict[str, list[Expected]]:
    with (REPORTS / "expected.csv").open(encoding="utf-8", newline="") as lines:
        wanted = [Expected(**row) for row in csv.DictReader(lines)]
    files = dict.fromkeys(one.file for one in wanted)
    return {file: [one for one in wanted if one.file == file] for file in files}


@functools.cache
def tables(file: str) -> dict[str, list[dict[str, Any]]]:
    """The tables of one file alone, blank cells as None; each row knows its goal's title."""
    with tempfile.TemporaryDirectory() as folder:
        (result,) = ingest([REPORTS / file], Path(folder), jobs=1)
        assert result.status in ("ok", "partial"), f"{file} was not read: {result.message}"
        frames = read_tables(Path(folder))
    found = {
        name: frame.astype(object).where(frame.notna(), None).to_dict("records")
        for name, frame in frames.items()
    }
    goals = {goal["goal_id"]: goal["title"] for goal in found["goals"]}
    for rows in found.values():
        for row in rows:
            row["goal_title"] = goals.get(row.get("goal_id"))
    return found


def key(value: object) -> str:
    return " ".join(str(value).split()).casefold()


def shown(value: object) -> str:
    """A value as the list writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime.date | pd.Timestamp):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return {"True": "true", "False": "false"}.get(str(value), " ".join(str(value).split()))


def fits(table: str, row: Row, part: str) -> bool:
    labels = [key(row[name]) for name in LABELS[table] if row.get(name) is not None]
    column, _, text = part.partition(":")
    if part == "*":
        return True
    if part.startswith("="):
        return key(part[1:]) in labels
    if ":" in part and column in row:
        return key(shown(row[column])) == key(text)
    return any(key(part) in label for label in [*labels, key(row["goal_title"] or "")])


def rows_of(expected: Expected) -> list[dict[str, Any]]:
    parts = expected.where.split(" & ")
    return [
        row
        for row in tables(expected.file)[expected.table]
        if all(fits(expected.table, row, part) for part in parts)
    ]


def values(rows: list[dict[str, Any]], expected: Expected) -> list[str]:
    period = PERIOD.fullmatch(expected.column)
    if period:
        return [shown(row[period[1]]) for row in rows if row["period"] == period[2]]
    return [shown(row.get(expected.column)) for row in rows]


def base_id(row: Row) -> str:
    """A row of the form is one category: its periods share what stands before the last hyphen."""
    return re.sub(r"-(T1|T2|VB|total)$", "", str(row.get("row_id") or row.get("goal_id")))


def said(expected: Expected, rows: list[dict[str, Any]], words: list[str]) -> bool:
    """Whether a finding names one of the rows, its table, or one of the words."""
    ids = {base_id(row) for row in rows}
    last = expected.where.split(" & ")[-1].lstrip("=")
    own = [] if re.match(r"[a-z_]+:", last) or len(last) < 4 else [last]
    names = [key(word)[:30] for word in [*words, *own]]
    return any(
        base_id(finding) in ids
        or any(name in key(finding["message"]) for name in names)
        or (finding["row_id"] is None and finding["table"] == expected.table)
        for finding in tables(expected.file)["findings"]
        if finding["code"] not in NOT_SAYING
    )


def holds(expected: Expected, want: str, rows: list[dict[str, Any]], got: list[str]) -> bool:
    sign, _, text = want.partition(":")
    words = [word.strip() for word in text.split(" / ") if word.strip()]
    if sign == "=absent":
        return not rows
    if sign in ("=said", "=noted"):
        return (sign == "=noted" or not any(got)) and said(expected, rows, words)
    if sign == "=contains":
        return any(got) and all(any(key(word) in key(value) for word in words) for value in got)
    if expected.column == "rows":
        return len({base_id(row) for row in rows}) == int(want)
    return bool(rows) and all(value == want for value in got) and (bool(got) or want == "")


def misses(file: str, wanted: list[Expected]) -> Iterator[str]:
    for expected in wanted:
        rows = rows_of(expected)
        got = values(rows, expected)
        if not any(holds(expected, want, rows, got) for want in expected.want.split("||")):
            seen = f"{len(rows)} rows: {' | '.join(got)}" if rows else "no such row"
            cell = f"{expected.table}, {expected.where}, {expected.column}"
            yield f"{cell}: want {expected.want!r}, {seen} ({expected.note})"


@pytest.mark.parametrize(("file", "wanted"), [pytest.param(*item, id=item[0]) for item in listed().items()])
def test_a_report_by_another_hand_is_read_as_a_person_reads_it(file: str, wanted: list[Expected]):
    found = list(misses(file, wanted))
    assert not found, f"{len(found)} of {len(wanted)} in {file}:\n" + "\n".join(found)


def test_every_report_here_has_expectations():
    here = {path.name for path in REPORTS.iterdir() if path.is_file()} - {"README.md", "expected.csv"}
    assert here == set(listed())


@pytest.mark.parametrize("path", FOREIGN, ids=[path.name for path in FOREIGN])
def test_a_file_of_another_kind_is_refused_in_one_line(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert run("ingest", str(path), "--processed", str(tmp_path)) == 1
    lines = [line for line in "".join(capsys.readouterr()).splitlines() if line.strip()]
    assert lines.pop(0).startswith("Läser"), "what is read, first"
    assert [line for line in lines if line.startswith("FEL")] == lines[:1], "then one line about the file"
    assert path.name in lines[0]
    assert "internt fel" not in lines[0]
    assert len(lines) == 2, "then the sum of the run, and nothing else"
    assert read_tables(tmp_path)["reports"].empty
