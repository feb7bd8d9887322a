"""Schemas: the contract's columns, Swedish titles, and a data dictionary that is fresh."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vbdata.schema import SCHEMAS, TABLES
from vbdata.schema.dictionary import data_dictionary

#: Columns that the contract names in running text, not in a table of columns.
_OWN = {
    "reports": set(),
    "goals": set(),
    "indicators": {
        "goal_id",
        "position",
        "indicator_id",
        "name",
        "name_raw",
        "measure_unit",
        "value",
        "value_men",
        "value_women",
        "value_previous",
        "target",
        "council_target",
        "target_rule",
        "council_target_rule",
        "period",
        "better",
        "attainment",
        "gap",
        "analysis",
    },
    "activities": {"goal_id", "position", "title", "start", "end", "deviation", "completed", "analysis"},
    "complaints": {
        "template",
        "facet",
        "group",
        "category",
        "group_raw",
        "category_raw",
        "concept",
        "period",
        "count",
        "count_raw",
        "comment",
    },
    "passages": {"goal_id", "section", "heading", "text", "position"},
    "quantities": {
        "text_table",
        "text_row_id",
        "goal_id",
        "position",
        "sentence",
        "value_raw",
        "value",
        "low",
        "high",
        "measure_unit",
        "subject",
        "role",
        "direction",
        "period",
        "relation",
        "other_table",
        "other_row_id",
        "other_column",
    },
    "findings": {"code", "severity", "table", "row_id", "message"},
    "extraction_log": {"source", "sha256", "status", "error", "message", "seconds", "parser_version"},
}
ROOT = Path(__file__).resolve().parents[1]


def test_the_data_dictionary_is_fresh() -> None:
    written = (ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    assert written == data_dictionary(), "kör: vbdata docs"


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_swedish_title_and_description(table: str) -> None:
    schema = SCHEMAS[table]
    assert schema.title and schema.description
    for name, column in schema.columns.items():
        assert column.title and column.description, name


def test_every_table_but_reports_says_where_a_row_was_read() -> None:
    for table in set(TABLES) - {"reports", "extraction_log"}:
        assert {"report_id", "source_page", "source_line"} <= set(SCHEMAS[table].columns)


def test_the_contracts_columns_are_all_there(shared: Path) -> None:
    """Backticked names in the first column of the contract's tables, and in its lists of columns."""
    text = (shared / "design" / "data-model.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## (\w+)[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S))
    assert parts.keys() <= set(TABLES), "a table may be added to the contract's, none may go"
    for table in parts:
        named = set(re.findall(r"`([a-z_]+)`", parts[table]))
        missing = named & _OWN[table] - set(SCHEMAS[table].columns)
        assert not missing, (table, missing)
        if table in ("reports", "goals"):
            first = re.findall(r"^\| ([a-z_, ]+) \|", parts[table], re.M)
            columns = {c.strip() for cell in first for c in cell.split(",")} - {"column"}
            assert columns <= set(SCHEMAS[table].columns), table
