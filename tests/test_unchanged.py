"""A run with nothing to do: known without reading a table, and never when something has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import INDICATOR_HEAD, SICK, report_text, table
from vbdata.ingest import ingest
from vbdata.render.run import unchanged as quick
from vbdata.render.run.unchanged import note, unchanged
from vbdata.store import snapshot

CHOICES = {"years": None, "units": None, "notebooks": None, "profile": "internal", "threshold": 5}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Tables, and pages that are said to be made of them."""
    text = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path / "a.txt"], tmp_path / "p")
    for name in ("index.html", "2025/manifest.json", "2025/unit_report/a.html"):
        (tmp_path / "r" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "r" / name).write_text("sida")
    note(snapshot(tmp_path / "p"), tmp_path / "r", CHOICES, 2)
    return tmp_path


def found(workbook: Path, **choices: object) -> int:
    return unchanged(snapshot(workbook / "p"), workbook / "r", CHOICES | choices)


def test_the_same_again_is_nothing_to_do(workbook: Path) -> None:
    assert found(workbook) == 2
    assert "unit_report" not in (workbook / "r" / ".made.json").read_text()  # nobody's name is kept there


def read_anew(w: Path) -> object:
    (w / "a.txt").write_text((w / "a.txt").read_text().replace("helt", "inte"))
    return ingest([w / "a.txt"], w / "p")


def put_in(w: Path) -> None:
    content = (w / "p" / "goals.parquet").read_bytes()
    (w / "p" / "goals.parquet").unlink()
    (w / "p" / "goals.parquet").write_bytes(content)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page is gone": lambda w: (w / "r" / "2025" / "unit_report" / "a.html").unlink(),
    "a page is another": lambda w: (w / "r" / "2025" / "unit_report" / "a.html").write_text("ändrad"),
    "a page more": lambda w: (w / "r" / "2025" / "b.html").write_text("b"),
    "the index is gone": lambda w: (w / "r" / "index.html").unlink(),
    "the mark is no mark": lambda w: quick.disk.replace(w / "r" / ".made.json", b"[]"),
    "reports are read anew": read_anew,
    "a table is put in by hand": put_in,
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_something_to_do(change: str, workbook: Path) -> None:
    CHANGES[change](workbook)
    assert found(workbook) == 0


@pytest.mark.parametrize(
    "choice", [{"years": [2024]}, {"units": ["a"]}, {"profile": "shared"}, {"threshold": 9}]
)
def test_another_choice_is_something_to_do(choice: dict[str, object], workbook: Path) -> None:
    assert found(workbook, **choice) == 0


def test_another_library_is_something_to_do(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "library", lambda: "another")
    assert found(workbook) == 0


def test_the_command_then_imports_no_pandas(workbook: Path) -> None:
    code = (
        "import sys; from vbdata import cli\n"
        "try: cli.main(['report', '--processed', sys.argv[1], '--reports', sys.argv[2]])\n"
        "except SystemExit as end: print(end.code, 'pandas' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(workbook / "p"), str(workbook / "r")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[-2].startswith("2 av 2 sidor gjorda, alla förut av samma uppgifter.")
    assert told[-1] == "0 False"
