"""Findings as drafts of corrections, for an analyst to fill in: what was read is there, the answer is not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import yaml

from vbdata.export.content import plain
from vbdata.normalise.corrections.rows import NAMED_BY, ROW_KEY
from vbdata.validate.corrected import names_cell

Tables = Mapping[str, pd.DataFrame]

_HEAD = """# Utkast till rättelser, gjort {day} ur {count} av vbdata findings --to corrections.
# Fyll i value, reason och decided_by där något är fel i läsningen eller dokumentet. Ta bort resten.
# Lägg posterna i data/corrections.yml. En post som inte är ifylld avvisas när filen läses.
"""
#: What a finding of a table may be mended by.
_CANDIDATES = {
    "goals": ("status",),
    "indicators": ("value", "value_men", "value_women", "value_previous", "target", "council_target"),
    "activities": ("start", "end"),
    "complaints": ("count",),
}
#: Findings that no value of a cell would mend.
_NOT_A_CELL = ("row_twice", "orphan_row", "unit_name_differs", "indicator_new", "unknown_label",
               "ambiguous_label", "table_missing", "form_empty", "goal_below_unmet", "goal_activity_deviates",
               "goal_indicator_missed", "deviation_unexplained", "no_data_analysed", "follow_up_missing",
               "own_target_weaker", "target_missing", "previous_missing", "miss_unmentioned", "sexes_apart",
               "lex_sarah_alone", "count_untold", "category_twice")  # fmt: skip
_COVER = {"Datum": "date", "Diarienummer": "dnr", "Nämnd": "board"}


def draft_corrections(tables: Tables, findings: pd.DataFrame, day: datetime.date) -> str:
    """Entries for a corrections file, one per cell that a finding may be about, with `value` left empty.

    Parameters
    ----------
    tables
        All tables, as stored.
    findings
        The rows of the findings table to draft for.
    day
        The date of the draft.
    """
    drafted: list[str] = []
    seen: set[tuple[str, str]] = set()
    for _, finding in findings.iterrows():
        cells = [cell for cell in _cells(tables, finding) if (cell[1]["_row_id"], cell[0]) not in seen]
        seen |= {(row["_row_id"], column) for column, row in cells}
        drafted.append(_about(finding, bool(cells)))
        drafted += [_entry(str(finding["table"]), column, row, day) for column, row in cells]
    count = f"{len(findings)} anmärkning" if len(findings) == 1 else f"{len(findings)} anmärkningar"
    return "\n".join([_HEAD.format(day=day.isoformat(), count=count), *drafted])


def _is_of_a_cell(code: str) -> bool:
    return code not in _NOT_A_CELL and not code.startswith("plan_")


def _cells(tables: Tables, finding: pd.Series) -> Iterator[tuple[str, dict[str, Any]]]:
    """The cells that a finding may be about: the ones that it names, else all that could be wrong."""
    table = str(finding["table"])
    if table == "reports":
        report = tables["reports"].set_index("report_id", drop=False).loc[finding["report_id"]]
        row = {**_plain(report), "_row_id": str(finding["report_id"])}
        yield from ((column, row) for word, column in _COVER.items() if finding["message"].startswith(word))
        return
    if table not in _CANDIDATES or pd.isna(finding["row_id"]) or not _is_of_a_cell(str(finding["code"])):
        return
    for row in _rows(tables[table], table, str(finding["row_id"])):
        yield from ((column, row) for column in _columns(table, row, str(finding["message"])))


def _columns(table: str, row: dict[str, Any], message: str) -> list[str]:
    """Of an indicator the cells that the finding names, else those with something in them."""
    if table != "indicators":
        return list(_CANDIDATES[table])
    filled = [column for column in _CANDIDATES[table] if row.get(f"{column}_raw")]
    return [column for column in filled if names_cell(message, column, row[f"{column}_raw"])] or filled


def _rows(frame: pd.DataFrame, table: str, row_id: str) -> Iterator[dict[str, Any]]:
    """The row, and of the complaint form all periods of its category."""
    key = ROW_KEY.get(table, "row_id")
    found = frame[frame[key] == row_id]
    if table == "complaints" and len(found):
        first = found.iloc[0]
        found = frame[(frame["report_id"] == first["report_id"]) & (frame["position"] == first["position"])]
    for _, row in found.iterrows():
        yield {**_plain(row), "_row_id": str(row[key])}


def _plain(row: pd.Series) -> dict[str, Any]:
    return {str(name): plain(value) for name, value in row.items()}


def _about(finding: pd.Series, drafted: bool) -> str:
    message = " ".join(str(finding["message"]).split())
    action = "" if pd.isna(finding["action"]) else f" {' '.join(str(finding['action']).split())}"
    said = f"# {finding['finding_id']}: {message}{action}"
    return said if drafted else f"{said}\n#   (gäller ingen enskild uppgift som kan rättas här)\n"


def _entry(table: str, column: str, row: dict[str, Any], day: datetime.date) -> str:
    match = {"report_id": row["report_id"]}
    if table != "reports":
        match["row_id"] = row["_row_id"]
        names = (*NAMED_BY[table], *(["period"] if table == "complaints" else []))
        match |= {name: row[name] for name in names}
    lines = [
        f"- table: {table}",
        f"  match: {_scalar(match)}",
        f"  column: {column}",
        f"  expect: {_scalar(row[column])}",
        "  value:",
        "  reason:",
        "  decided_by:",
        f"  date: {day.isoformat()}",
        "",
    ]
    return "\n".join(lines)


def _scalar(value: Any) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=10_000, sort_keys=False)
    return text.removesuffix("...\n").strip()
