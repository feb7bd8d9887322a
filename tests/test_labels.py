"""The real reports as labelled by hand: what should be asked about, and what only looks like it.

Skipped where the reports are not there; the labels hold none of their text.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import vbdata
from vbdata.ingest import ingest
from vbdata.validate import across_rows, compare_reports

LABELS = Path(__file__).parent / "labels" / "real_reports.csv"


def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def found(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    folder = tmp_path_factory.mktemp("real")
    ingest([shared / "seeds"], folder)
    tables = {t: vbdata.load(t, folder) for t in ("reports", "goals", "indicators", "activities", "passages")}
    rows: list[dict[str, Any]] = vbdata.load("findings", folder).to_dict("records")
    return pd.DataFrame([*rows, *across_rows(compare_reports(tables))])


@pytest.mark.parametrize("label", labels(), ids=lambda r: f"{r['report_id'][:7]} {r['code']} {r['row_id']}")
def test_a_label_is_kept(label: dict[str, str], found: pd.DataFrame) -> None:
    row_id = f"{label['report_id']}/{label['row_id']}"
    same = found[(found["report_id"] == label["report_id"]) & (found["code"] == label["code"])]
    hits = same[same["row_id"] == row_id] if label["row_id"] else same
    assert (len(hits) > 0) is (label["label"] == "true"), label["reason"]


def test_every_contradiction_that_is_found_is_labelled(found: pd.DataFrame) -> None:
    """No false alarm in the real reports goes without a label."""
    codes = {label["code"] for label in labels()}
    named = {
        (r["report_id"], r["code"], f"{r['report_id']}/{r['row_id']}")
        for r in labels()
        if r["label"] == "true"
    }
    raised = {
        (row.report_id, row.code, row.row_id)
        for row in found.itertuples()
        if row.code in codes and row.code != "form_empty"
    }
    assert raised - named - {r for r in raised if r[1] == "number_without_unit"} == set()
