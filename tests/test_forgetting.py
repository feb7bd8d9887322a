"""A report that is gone: not one byte of it under the workbook; nothing half-written, nothing for others."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import COVER, INDICATOR_HEAD, SICK, report_text, restored, table
from searched import holding

from vbdata.errors import MissingDataError
from vbdata.export import export
from vbdata.forget import Workbook, carry_out, plan
from vbdata.forget.quotes import without_corrections
from vbdata.ingest import ingest
from vbdata.render import render_reports
from vbdata.store.generations import ROOT

GONE = "Kvistarnas berättelse om den blå cykeln"
KEPT = "Stenarnas berättelse om den röda båten"
STENEN = "stenens-gruppbostad"
POSIX = pytest.mark.skipif(os.name != "posix", reason="the system has no modes")


def text_of(unit: str, secret: str) -> str:
    row = f"Andel {secret}\t84 %\t\t\t\t80 %\t\tVB 2025"
    rows = table(INDICATOR_HEAD, SICK, row, "", f"Analys\n{secret} i analysen.")
    return report_text(rows, f"\n{secret}.\n", cover=COVER.replace("Granbackens", unit))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where a workbook of two reports is, and a copy of it."""
    place = tmp_path_factory.mktemp("made") / "workbook"
    raw = place / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "a.txt").write_text(text_of("Kvistens", GONE), encoding="utf-8")
    (raw / "b.txt").write_text(text_of("Stenens", KEPT), encoding="utf-8")
    ingest([raw], place / "data" / "processed")
    return place, Path(shutil.copytree(place, place.with_name("kept"), symlinks=True))


@pytest.fixture
def workbook(made: tuple[Path, Path]) -> Path:
    return restored(*made)


def run(*arguments: object) -> tuple[int, str]:
    from typer.testing import CliRunner

    from vbdata.cli import app

    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def made_again(workbook: Path, profile: str = "internal") -> None:
    data, reports = workbook / "data", workbook / "reports"
    ingest([data / "raw"], data / "processed")
    results = render_reports(
        data / "processed", reports if profile == "internal" else reports / "delad", profile=profile,
        notebooks=["unit_report"],
    )  # fmt: skip
    assert [result.message for result in results if not result.ok] == []


CORRECTIONS = """# Mina rättelser

- table: indicators
  match: {report_id: 2025-vb-stenens-gruppbostad, row_id: 2025-vb-stenens-gruppbostad/i01}
  column: value
  expect: 8.6
  value: 8.7
  reason: Fel i dokumentet.
  decided_by: Enhetschefen
  date: 2026-02-03

# 2025-vb-kvistens-gruppbostad/f001: Kvistarnas berättelse om den blå cykeln
- table: indicators
  match: {report_id: 2025-vb-kvistens-gruppbostad, name: Andel Kvistarnas berättelse om den blå cykeln}
  column: value
  expect: 84
  value: 85
  reason: Fel.
  decided_by: Enhetschefen
  date: 2026-02-03
"""
PROPOSED = """unit_id,report_id,quote
kvisten,2025-vb-kvistens-gruppbostad,Kvistarnas berättelse om den blå cykeln
stenen,2025-vb-stenens-gruppbostad,Stenarnas berättelse om den röda båten
"""


@pytest.mark.slow
def test_forgetting_reaches_all_that_the_workbook_has_and_says_what_it_does_not(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(workbook)
    monkeypatch.setenv("VBDATA_REGISTER", str(workbook / "data"))
    (workbook / "data/corrections.yml").write_text(CORRECTIONS, encoding="utf-8")
    (workbook / "data/units_proposed.csv").write_text(PROPOSED, encoding="utf-8")
    notebook = {"cells": [{"cell_type": "code", "source": "", "outputs": [GONE], "execution_count": 1}]}
    (workbook / "notebooks/.ipynb_checkpoints").mkdir(parents=True)
    for name in ("explore.ipynb", ".ipynb_checkpoints/explore.ipynb"):
        (workbook / "notebooks" / name).write_text(json.dumps(notebook), encoding="utf-8")
    assert run("ingest", "data/raw")[0] == 0
    assert run("report", "--notebook", "unit_report", "--reports", "andra")[0] == 0
    assert run("report", "--profile", "shared", "--notebook", "unit_comparison")[0] == 0
    for target, to in (("ut.xlsx", "xlsx"), ("ut", "csv"), ("ändrad", "csv")):
        assert run("export", target, "--to", to)[0] == 0
    (workbook / "ändrad" / "goals.csv").write_text("mitt eget", encoding="utf-8")
    assert len(holding(workbook, GONE, "kvisten")) > 15

    code, said = run("forget", "2025-vb-kvistens-gruppbostad")
    assert (code, "Inget är borttaget." in said) == (1, True)
    assert (workbook / "data/raw/a.txt").is_file()

    code, said = run("forget", "kvistens-gruppbostad", "--yes")
    assert code == 0, said
    for told in ("originalet data/raw/a.txt", "1 rättelse", "exporten ut.xlsx", "notebooks/explore.ipynb",
                 "ändrad/goals.csv", "git", "delade sidor"):  # fmt: skip
        assert told in said
    assert holding(workbook, GONE, "Kvistens", "kvisten") == []
    assert len(holding(workbook, KEPT)) > 5
    assert (workbook / "andra/index.html").is_file()
    assert not (workbook / "reports/delad/index.html").exists()
    assert (workbook / "data/corrections.yml").read_text(encoding="utf-8") == CORRECTIONS.split("# 2025")[0]


def test_the_last_report_can_be_forgotten(workbook: Path):
    processed, reports = workbook / "data/processed", workbook / "reports"
    for folder in (reports, reports / "delad"):
        page = folder / "2025/unit_report/kvisten.html"
        page.parent.mkdir(parents=True)
        for path in (page, page.with_suffix(".ipynb"), folder / "index.html"):
            path.write_text(GONE, encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (workbook / "data/raw" / name).unlink()
    ingest([workbook / "data/raw"], processed)
    with pytest.raises(MissingDataError, match="inga rapporter"):
        render_reports(processed, reports)
    assert holding(workbook, GONE, KEPT, "kvisten", "stenen") == []


def test_a_folder_that_was_meant_to_hold_reports_forgets_none(workbook: Path, tmp_path: Path):
    (tmp_path / "tom").mkdir()
    with pytest.raises(MissingDataError, match="inga filer"):
        ingest([tmp_path / "tom"], workbook / "data/processed")
    assert holding(workbook / "data/processed", GONE) != []


def test_a_file_outside_the_workbook_is_left_and_said(workbook: Path, tmp_path: Path):
    book = workbook / "bok"
    work = Workbook(workbook / "data/processed", book / "reports", book / "corrections.yml", book)
    found = plan("2025-vb-kvistens-gruppbostad", work)
    assert (found.originals, [path.name for path in found.outside]) == ((), ["a.txt"])
    assert carry_out(found, work) == []
    assert holding(workbook / "data/processed", GONE) == []
    assert (workbook / "data/raw/a.txt").is_file()


def test_a_copy_of_a_workbook_touches_its_own_files_alone(workbook: Path, tmp_path: Path):
    for target in (workbook / "ut", tmp_path / "annanstans"):
        export(workbook / "data/processed", target, to="csv")
    copy = Path(shutil.copytree(workbook, tmp_path / "copy", symlinks=True))
    work = Workbook(copy / "data/processed", copy / "reports", copy / "data/corrections.yml", copy)
    found = plan("kvistens-gruppbostad", work)
    assert (found.elsewhere, found.files != []) == ((tmp_path / "annanstans",), True)
    assert carry_out(found, work) == []
    assert holding(copy / "ut", GONE) == []
    assert holding(workbook / "ut", GONE) != [] != holding(tmp_path / "annanstans", GONE)


@pytest.mark.parametrize("moved", [False, True])
def test_originals_came_along_with_the_workbook_and_have_doubles(
    workbook: Path, tmp_path: Path, moved: bool, monkeypatch: pytest.MonkeyPatch
):
    """Nothing has been read since: neither where the files are now, nor that there is one more."""
    book = tmp_path / "book"
    shutil.copytree(workbook, book, symlinks=True)
    if moved:
        shutil.rmtree(workbook)
    shutil.copy(book / "data/raw/a.txt", book / "data/raw/dubbel.txt")
    monkeypatch.chdir(book)
    work = Workbook(book / "data/processed", book / "reports", book / "data/corrections.yml", book)
    found = plan("data/raw/a.txt", work)
    assert [path.name for path in found.originals] == ["a.txt", "dubbel.txt"]
    assert list(found.outside) == ([] if moved else [workbook / "data/raw/a.txt"])
    assert carry_out(found, work) == []
    assert holding(book, GONE) == []
    assert holding(book / "data/processed", KEPT) != []


def test_another_text_in_the_place_of_an_original_is_named_not_removed(workbook: Path, tmp_path: Path):
    book = Path(shutil.copytree(workbook, tmp_path / "book", symlinks=True))
    (book / "data/raw/a.txt").write_text("mitt eget", encoding="utf-8")
    found = plan("a.txt", Workbook(book / "data/processed", book / "r", book / "c.yml", book))
    assert found.originals == ()
    assert set(found.outside) == {workbook / "data/raw/a.txt", book / "data/raw/a.txt"}


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("kvistens-gruppbostad", "aa"), ("Kvistens  gruppbostad", "aa"),
        ("2025-vb-kvistens-gruppbostad", "aa"), ("a.txt", "aa"),
        ("b.txt", "b"), ("2025-vb-stenens-gruppbostad", "b"),
    ],
)  # fmt: skip
def test_which_files_a_name_means(workbook: Path, name: str, gone: str):
    """Also the file that the same report is in once more, and would come back from."""
    (workbook / "data/raw/dubblett.txt").write_bytes((workbook / "data/raw/a.txt").read_bytes())
    ingest([workbook / "data/raw"], workbook / "data/processed")
    found = plan(name, Workbook(workbook / "data/processed", workbook / "r", workbook / "c.yml", workbook))
    assert "".join(path.name[0].replace("d", "a") for path in found.originals) == gone


def test_what_nobody_knows_is_a_mistake(workbook: Path):
    with pytest.raises(MissingDataError, match="heter så"):
        plan("ingen", Workbook(workbook / "data/processed", workbook / "r", workbook / "c.yml", workbook))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("# bara en rubrik\n", "# bara en rubrik\n"),
        ("- match: {report_id: b}\n", ""),
        ("-\n  match: {report_id: b}\n- match: {report_id: a}\n", "- match: {report_id: a}\n"),
        ("[{match: {report_id: b}}, {match: {report_id: a}}]\n", "- match:\n    report_id: a\n"),
        ("# b/f1: sagt\n#   (gäller ingen)\n\n- match: {report_id: a}\n",
         "#   (gäller ingen)\n\n- match: {report_id: a}\n"),
    ],
)  # fmt: skip
def test_corrections_of_a_report_leave_the_file(text: str, kept: str):
    assert without_corrections(text, lambda report: report == "b") == kept


@pytest.mark.slow
def test_nothing_is_left_of_a_report_that_is_gone(workbook: Path):
    made_again(workbook)
    made_again(workbook, "shared")
    assert holding(workbook / "reports", GONE) != []
    assert len(holding(workbook / "reports" / "delad", "kvisten")) > 1
    (workbook / "data/raw/a.txt").unlink()
    made_again(workbook)
    assert holding(workbook, GONE, "Kvistens", "kvisten") == []
    assert holding(workbook, KEPT) != []


def test_the_tables_forget_a_report_at_once_and_what_was_changed(workbook: Path):
    processed = workbook / "data/processed"
    assert holding(processed, GONE) != []
    (workbook / "data/raw/a.txt").unlink()
    ingest([workbook / "data/raw"], processed)
    assert holding(processed, GONE) == []
    (workbook / "data/raw/b.txt").write_text(text_of("Stenens", "Något annat"), encoding="utf-8")
    ingest([workbook / "data/raw"], processed)
    assert holding(processed, KEPT) == []


def test_a_state_that_was_read_when_it_should_have_gone_goes_with_the_next_run(workbook: Path):
    from vbdata.store import pinned

    processed = workbook / "data/processed"
    (workbook / "data/raw/a.txt").unlink()
    with pinned(processed):
        ingest([workbook / "data/raw"], processed)
        assert holding(processed, GONE) != []
    ingest([workbook / "data/raw"], processed)
    assert holding(processed, GONE) == []


@POSIX
def test_files_are_for_the_users_account_alone(workbook: Path):
    processed = workbook / "data/processed"
    export(processed, workbook / "ut", to="csv")
    export(processed, workbook / "ut.xlsx", to="xlsx")
    render_reports(processed, workbook / "reports", notebooks=["data_quality"], units=[STENEN])
    made = [path for path in (processed / ROOT).rglob("*") if not path.name.startswith("lock")]
    made += [*(workbook / "ut").iterdir(), workbook / "ut.xlsx", *(workbook / "reports").rglob("*.html")]
    assert (processed / ROOT).stat().st_mode & 0o077 == 0
    outside = [path for path in made if ROOT not in path.parts or path.suffix == ".parquet"]
    assert {str(path): oct(path.stat().st_mode) for path in outside if path.stat().st_mode & 0o077} == {}


SLOW_EXPORT = """
import sys, time
from pathlib import Path
import vbdata.export.write as write
real = write.resolve_name
def slow(name):
    def writer(made, path):
        real(name)(made, path)
        print("written", flush=True)
        time.sleep(60)
    return writer
write.resolve_name = slow
write.export(Path(sys.argv[1]), Path(sys.argv[2]), to=sys.argv[3])
"""


@POSIX
@pytest.mark.parametrize(("to", "again"), [("csv", "export"), ("xlsx", "ingest")])
def test_an_export_that_was_killed_leaves_nothing_after_the_next_run(workbook: Path, to: str, again: str):
    processed, target = workbook / "data/processed", workbook / "ut" / ("a.xlsx" if to == "xlsx" else "csv")
    killed = subprocess.Popen(
        [sys.executable, "-c", SLOW_EXPORT, str(processed), str(target), to], stdout=subprocess.PIPE
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"written\n"
    assert list((workbook / "ut").rglob(".skriver-*")) != []
    ingest([workbook / "data/raw"], processed)
    assert list((workbook / "ut").rglob(".skriver-*")) != [], "it is still at it"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    time.sleep(0.05)
    if again == "ingest":
        ingest([workbook / "data/raw"], processed)
    else:
        export(processed, workbook / "annan", to="csv")
    assert [path for path in (workbook / "ut").rglob("*") if path.is_file()] == []
    assert list((processed / ROOT / "unfinished").iterdir()) == []


def test_half_written_pages_go_and_the_users_own_files_stay(workbook: Path):
    processed, reports = workbook / "data/processed", workbook / "reports"
    folder = reports / "2025" / "unit_report"
    folder.mkdir(parents=True)
    for name in (".kvist.html.part", "kvist.html", "kvist.ipynb", "egen.txt"):
        (folder / name).write_text(GONE, encoding="utf-8")
    (reports / "min.html").write_text("min egen sida", encoding="utf-8")
    render_reports(processed, reports, notebooks=["data_quality"], units=[STENEN])
    assert [path.name for path in folder.iterdir()] == ["egen.txt"]
    assert (reports / "min.html").is_file()
