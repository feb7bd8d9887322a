"""Pages that need not be made again: which they are, and that making them again would change nothing."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pandas as pd
import pytest

from tests.factories import write_tables
from vbdata.ingest import ingest
from vbdata.render import render_reports
from vbdata.render.run import freshness
from vbdata.render.run.freshness import Inputs, family
from vbdata.render.run.plan import Run, plan
from vbdata.render.run.unchanged import notebook_folder
from vbdata.sample import write_samples
from vbdata.store import read_tables

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("freshness")
    write_samples(folder / "raw", units=3, years=(2023, 2024), seed=3, formats=("txt",))
    ingest([folder / "raw"], folder / "p")
    return read_tables(folder / "p")


@pytest.fixture
def runs(tables: Tables, tmp_path: Path) -> list[Run]:
    return plan(tables["reports"], tmp_path)


def inputs(tables: Tables, runs: list[Run]) -> dict[PurePosixPath, str]:
    found = Inputs(tables, notebook_folder())
    return {run.page: found.of(run) for run in runs}


def changed(tables: Tables, unit_id: str) -> Tables:
    """Other indicators, judgements and counts in every report of a unit."""
    ids = tables["reports"].loc[tables["reports"]["unit_id"] == unit_id, "report_id"]

    def put(table: str, column: str, value: object) -> pd.DataFrame:
        frame = tables[table].copy()
        frame.loc[frame["report_id"].isin(ids) & frame[column].notna(), column] = value
        return frame

    return tables | {
        "indicators": put("indicators", "value", 12.5),
        "goals": put("goals", "status", "not_met"),
        "complaints": put("complaints", "count", 77),
    }


def test_the_same_data_give_the_same(tables: Tables, runs: list[Run]) -> None:
    shuffled = {name: each.iloc[::-1].reset_index(drop=True) for name, each in tables.items()}
    timed = shuffled | {"extraction_log": shuffled["extraction_log"].assign(seconds=1.0, read_at="nu")}
    assert inputs(tables, runs) == inputs(timed, runs)


def test_a_change_in_a_unit_reaches_its_pages_and_those_of_all_units(tables: Tables, runs: list[Run]) -> None:
    unit_id = str(tables["reports"]["unit_id"].iloc[0])
    before, after = inputs(tables, runs), inputs(changed(tables, unit_id), runs)
    stale = {page for page in before if before[page] != after[page]}
    relatives = family({unit_id})
    wanted = {run.page for run in runs if run.parameters.get("unit_id") in {*relatives, "", None}}
    assert wanted <= stale
    untouched = {
        run.page
        for run in runs
        if run.parameters.get("unit_id") not in {*relatives, "", None} and run.notebook == "unit_report"
    }
    assert untouched and not untouched & stale


@pytest.mark.parametrize("what", ["library", "parameters", "notebook"])
def test_code_parameters_and_notebook_count(
    what: str, tables: Tables, runs: list[Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    run = runs[0]
    before = Inputs(tables, notebook_folder()).of(run)
    folder = notebook_folder()
    if what == "library":
        monkeypatch.setattr(freshness, "library", lambda: "another")
    elif what == "parameters":
        run = replace(run, parameters=run.parameters | {"year": 1999})
    else:
        folder = tmp_path
        text = (notebook_folder() / f"{run.notebook}.ipynb").read_text(encoding="utf-8")
        (folder / f"{run.notebook}.ipynb").write_text(text + "\n", encoding="utf-8")
    assert Inputs(tables, folder).of(run) != before


def test_a_page_to_share_is_made_of_all_units(tables: Tables, runs: list[Run]) -> None:
    from dataclasses import replace

    shared = [replace(run, parameters=run.parameters | {"profile": "shared"}) for run in runs]
    unit_id = str(tables["reports"]["unit_id"].iloc[0])
    before, after = inputs(tables, shared), inputs(changed(tables, unit_id), shared)
    assert all(before[page] != after[page] for page in before)


def plain(page: Path) -> str:
    """A page without what tells when and of which tables it was made."""
    text = page.read_text(encoding="utf-8")
    return re.sub(r"sha256 [0-9a-f]{12}|[0-9a-f]{64}", "", text)


@pytest.mark.slow
def test_pages_are_kept_and_a_units_pages_show_nothing_of_others(tables: Tables, tmp_path: Path) -> None:
    """What `freshness` takes for granted: if this fails, it has to count more rows in."""
    reports = tables["reports"]
    unit_id = str(reports.loc[reports["year"] == 2024, "unit_id"].iloc[0])
    relatives = family({unit_id})
    other = next(unit for unit in reports["unit_id"] if unit not in relatives)
    write_tables(tables, tmp_path / "p")
    options = {"years": [2024], "units": [unit_id]}
    first = render_reports(tmp_path / "p", tmp_path / "r", **options)
    assert all(result.ok and not result.kept for result in first)
    before = {result.path: plain(result.path) for result in first[:-1]}
    again = render_reports(tmp_path / "p", tmp_path / "r", **options)
    assert all(result.kept for result in again[:-1])

    write_tables(changed(tables, other), tmp_path / "p")
    kept = render_reports(tmp_path / "p", tmp_path / "r", **options)
    assert all(result.kept for result in kept[:-1])
    forced = render_reports(tmp_path / "p", tmp_path / "r", force=True, **options)
    assert all(not result.kept for result in forced)
    assert {result.path: plain(result.path) for result in forced[:-1]} == before

    options |= {"notebooks": ["data_quality"]}
    write_tables(changed(tables, unit_id), tmp_path / "p")
    made = render_reports(tmp_path / "p", tmp_path / "r", **options)
    assert all(not result.kept for result in made)
    (made[0].path).unlink()
    assert not render_reports(tmp_path / "p", tmp_path / "r", **options)[0].kept
