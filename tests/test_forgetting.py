"""A report that is gone: not one byte of it under the workbook; nothing half-written, nothing for others."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from factories import COVER, INDICATOR_HEAD, SICK, report_text, table

from vbdata.export import export
from vbdata.ingest import ingest
from vbdata.render import render_reports
from vbdata.store.generations import ROOT

GONE = "Kvistarnas berättelse om den blå cykeln"
KEPT = "Stenarnas berättelse om den röda båten"
POSIX = pytest.mark.skipif(os.name != "posix", reason="the system has no modes")


def text_of(unit: str, secret: str) -> str:
    row = f"Andel {secret}\t84 %\t\t\t\t80 %\t\tVB 2025"
    rows = table(INDICATOR_HEAD, SICK, row, "", f"Analys\n{secret} i analysen.")
    return report_text(rows, f"\n{secret}.\n", cover=COVER.replace("Granbackens", unit))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "a.txt").write_text(text_of("Kvistens", GONE), encoding="utf-8")
    (raw / "b.txt").write_text(text_of("Stenens", KEPT), encoding="utf-8")
    ingest([raw], tmp_path / "data" / "processed")
    return tmp_path


def contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them."""
    held = path.read_bytes()
    yield held
    if held[:4] == b"PAR1":
        yield repr(pq.read_table(path).to_pydict()).encode()
    elif zipfile.is_zipfile(io.BytesIO(held)):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    elif held[:2] == b"\x1f\x8b":
        yield zlib.decompress(held, 47)


def holding(folder: Path, *words: str) -> list[str]:
    """Files below the folder that hold any of the words, as text or as JSON, or in their names."""
    spelt = [form.encode() for word in words for form in (word, json.dumps(word)[1:-1])]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if any(word.encode() in str(path).encode() for word in words)
        or (path.is_file() and any(form in each for each in contents(path) for form in spelt))
    ]


def made_again(workbook: Path, profile: str = "internal") -> None:
    data, reports = workbook / "data", workbook / "reports"
    ingest([data / "raw"], data / "processed")
    results = render_reports(
        data / "processed", reports if profile == "internal" else reports / "delad", profile=profile
    )
    assert [result.message for result in results if not result.ok] == []


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
    made_again(workbook, "shared")
    assert holding(workbook, GONE, "Kvistens", "kvisten") == []


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
    render_reports(processed, workbook / "reports", notebooks=["data_quality"])
    made = [path for path in (processed / ROOT).rglob("*") if not path.name.startswith("lock")]
    made += [*(workbook / "ut").iterdir(), workbook / "ut.xlsx", *(workbook / "reports").rglob("*.html")]
    assert (processed / ROOT).stat().st_mode & 0o077 == 0
    outside = [path for path in made if ROOT not in path.parts or path.suffix == ".parquet"]
    assert {str(path): oct(path.stat().st_mode) for path in outside if path.stat().st_mode & 0o077} == {}


SLOW_EXPORT = """
import sys, time
from pathlib import Path
import vbdata.export.write as write
real = write._writer
def slow(to):
    def writer(made, path):
        real(to)(made, path)
        print("written", flush=True)
        time.sleep(60)
    return writer
write._writer = slow
write.export(Path(sys.argv[1]), Path(sys.argv[2]), to=sys.argv[3])
"""


@POSIX
@pytest.mark.parametrize("again", ["ingest", "export"])
@pytest.mark.parametrize("to", ["csv", "xlsx"])
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
    render_reports(processed, reports, notebooks=["data_quality"])
    assert [path.name for path in folder.iterdir()] == ["egen.txt"]
    assert (reports / "min.html").is_file()
