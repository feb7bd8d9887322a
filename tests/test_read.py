"""One file as tables: what ingest would store, without storing it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import vbdata
from tests.factories import INDICATOR_HEAD, SICK, report_text, table
from vbdata.errors import MissingDataError, NotAReportError, UnreadableFileError, VbdataError
from vbdata.ingest import ingest, reading
from vbdata.schema import SCHEMAS, TABLES, dtypes

BUNDLE = Path(__file__).parents[1] / "data/raw/sample"
SAMPLE = [path for suffix in ("txt", "md", "docx", "pdf") for path in sorted(BUNDLE.glob(f"*.{suffix}"))[:2]]
GOOD = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))


def stored(path: Path, processed: Path) -> dict[str, pd.DataFrame]:
    ingest([path], processed)
    return vbdata.read_tables(processed)


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_a_file_is_read_as_ingest_reads_it(path: Path, tmp_path: Path) -> None:
    found, wanted = vbdata.read(path), stored(path, tmp_path / "p")
    assert list(found) == list(TABLES)
    for name, frame in found.items():
        SCHEMAS[name].validate(frame)
        assert frame.dtypes.to_dict() == dtypes(name)
        passing = ["seconds", "read_at"] if name == "extraction_log" else []
        pd.testing.assert_frame_equal(frame.drop(columns=passing), wanted[name].drop(columns=passing))


def test_the_example_of_the_guide(tmp_path: Path, monkeypatch) -> None:
    """Nothing is written, and a path may be text."""
    (tmp_path / "rapport.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    tables = vbdata.read("rapport.txt")
    assert tables["reports"]["source"].tolist() == ["rapport.txt"]
    assert tables["goals"]["level"].tolist() == ["direction", "area", "unit"]
    assert tables["indicators"]["value"].tolist() == [8.6]
    assert tables["extraction_log"]["status"].tolist() == ["ok"]
    assert tables["corrections"].empty
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.txt"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "said"),
    [
        ("tom.txt", "", UnreadableFileError, "filen är tom"),
        ("roman.txt", "Det var en gång en get. " * 500, NotAReportError, "varken en verksamhetsberättelse"),
        ("fel.pdf", "inte alls", UnreadableFileError, "ingen PDF"),
        ("gammal.doc", "x", UnreadableFileError, "filer av slaget .doc läses inte – spara som PDF"),
    ],
)
def test_a_refused_file_is_one_line(
    name: str, content: str, kind: type[VbdataError], said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(kind) as caught:
        vbdata.read(path)
    line = str(caught.value)
    assert said in line and line.startswith(f"{path}") and "\n" not in line
    assert line.count(str(path)) == 1


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="filen finns inte"):
        vbdata.read(tmp_path / "nej.txt")
    with pytest.raises(UnreadableFileError, match="mappar läses av vbdata ingest"):
        vbdata.read(tmp_path)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError("oj"), "internt fel i vbdata"),
        (PermissionError(13, "Permission denied"), "filen går inte att öppna"),
        (MemoryError(), "mer minne"),
    ],
)
def test_any_error_is_one_for_people_and_keeps_its_cause(
    error: Exception, said: str, tmp_path: Path, monkeypatch
) -> None:
    def broken(_: Any) -> None:
        raise error

    path = tmp_path / "a.txt"
    path.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(reading, "parse", broken)
    with pytest.raises(VbdataError, match=said) as caught:
        vbdata.read(path)
    assert caught.value.__cause__ is error


def test_people_are_not_named_by_an_error(tmp_path: Path, monkeypatch) -> None:
    def broken(_: Any) -> None:
        raise UnreadableFileError("fel", value="ring 070-123 45 67")

    shutil.copyfile(SAMPLE[0], tmp_path / SAMPLE[0].name)
    monkeypatch.setattr(reading, "parse", broken)
    with pytest.raises(UnreadableFileError, match=r"\[telefonnummer\]"):
        vbdata.read(tmp_path / SAMPLE[0].name)


def test_importing_vbdata_costs_no_pandas() -> None:
    code = "import sys, vbdata; vbdata.read; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
