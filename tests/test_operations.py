"""docs/operations.md says what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vbdata import errors
from vbdata.vocabulary import finding_kinds
from vbdata.vocabulary.guide import END, START, findings_table, refreshed

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def test_the_table_of_findings_is_fresh():
    assert refreshed(PAGE) == PAGE, "run: vbdata docs"
    assert START in PAGE
    assert END in PAGE


def test_every_finding_is_a_row():
    rows = [line for line in findings_table().splitlines() if line.startswith("| `")]
    assert len(rows) == len(finding_kinds())
    assert all(row.count("|") - row.count("\\|") == 5 for row in rows)


def test_every_kind_of_error_is_explained():
    kinds = [n for n, c in vars(errors).items() if isinstance(c, type) and issubclass(c, errors.VbdataError)]
    assert [name for name in kinds if name != "VbdataError" and f"`{name}`" not in PAGE] == []


def source() -> str:
    files = [*(ROOT / "vbdata").rglob("*.py"), *(ROOT / "vbdata").rglob("*.csv")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


SAID = sorted(set(re.findall("«([^»]+)»", PAGE)) - {"st", "Sedan förra året"})


@pytest.mark.parametrize("message", SAID)
def test_every_message_that_is_quoted_is_the_programs_own(message: str):
    parts = re.split(r"\d+", message)
    assert all(part.strip() in source() for part in parts if len(part.strip()) > 8), message


def test_a_page_without_marks_is_left_alone():
    assert refreshed("x") == "x"
