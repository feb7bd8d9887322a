"""What every file is read by: when it is wrong, one line, exit code 1, and the tables as they were."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import vbdata
from tests.factories import INDICATOR_HEAD, SICK, report_text, restored, table
from tests.test_cli import run
from tests.test_vocabulary import CODED, DAMAGES, add, damaged, drop, swap
from vbdata.errors import RegisterError, VbdataError, VocabularyError
from vbdata.ingest import ingest, reading
from vbdata.ingest import run as running
from vbdata.register import ENVIRONMENT
from vbdata.store import data_sha256
from vbdata.vocabulary import files, finding_kinds

PACKAGE = Path(vbdata.__file__).resolve().parent
GOOD = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
UNITS = "unit_id,name,type,district,aliases\n"

REGISTERS = [
    ("units", "unit_id;name;type;district\n", "data/units.csv rad 1: fel kolumner"),
    ("units", UNITS + "a,A,,\n", "data/units.csv rad 2: raden har fel antal kolumner"),
    ("units", UNITS + "a b,A,,,\n", 'rad 2: id med annat än a–z, siffror och bindestreck "a b"'),
    ("units", UNITS + "a,A,,,\nb,a,,,\n", "rad 3: samma namn som a på rad 2"),
    ("units", (UNITS + "a,Å,,,\n").encode("utf-16"), "data/units.csv: filen är varken UTF-8"),
    ("successions", "predecessor_id,successor_id,kind,date,share,source\nx,y,split,2025-01-01,,\n",
     'data/successions.csv rad 2: okänd enhet "x"'),
    ("denominators", "unit_id,year\n", "data/denominators.csv rad 1: fel kolumner"),
]  # fmt: skip


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where a workbook is whose tables are good, and a copy of it."""
    place = tmp_path_factory.mktemp("made") / "workbook"
    (place / "raw").mkdir(parents=True)
    (place / "raw" / "a.txt").write_text(GOOD, encoding="utf-8")
    ingest([place / "raw"], place / "p")
    return place, Path(shutil.copytree(place, place.with_name("kept"), symlinks=True))


@pytest.fixture
def made(workbook: tuple[Path, Path]) -> Path:
    return restored(*workbook)


def otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """What files are read by is not what it was in the last run."""
    monkeypatch.setattr(running, "fingerprint", lambda: "otherwise")


def assert_stops(made: Path, said: str, capsys: Any, *command: str) -> None:
    before = data_sha256(made / "p")
    capsys.readouterr()
    assert run(*(command or ("ingest", str(made / "raw"))), "--processed", str(made / "p")) == 1
    told = capsys.readouterr()
    assert said in told.err and told.out.count("\n") <= 1 and told.out[:5] in ("", "Läser")
    assert told.err.startswith("Fel: ") and told.err.count("\n") == 1
    assert data_sha256(made / "p") == before
    assert len(vbdata.load("reports", made / "p")) == 1


@pytest.mark.parametrize(("name", "damage", "said"), [*DAMAGES, *CODED])
def test_a_wrong_vocabulary_stops_the_run_before_anything_is_read(
    name: str, damage: Callable[[bytes], bytes], said: str, made: Path, monkeypatch, capsys
) -> None:
    otherwise(monkeypatch)
    monkeypatch.setattr(reading, "read", lambda path: pytest.fail("a file was read"))
    monkeypatch.setattr(files, "FOLDER", damaged(made, name, damage))
    assert_stops(made, said, capsys)


@pytest.mark.parametrize(("name", "content", "said"), REGISTERS)
def test_a_wrong_register_stops_the_run_before_anything_is_read(
    name: str, content: str | bytes, said: str, made: Path, monkeypatch, capsys
) -> None:
    (made / "data").mkdir()
    (made / "data" / "units.csv").write_text(UNITS, encoding="utf-8")
    raw = content if isinstance(content, bytes) else content.encode()
    (made / "data" / f"{name}.csv").write_bytes(raw)
    monkeypatch.setenv(ENVIRONMENT, str(made / "data"))
    monkeypatch.setattr(reading, "read", lambda path: pytest.fail("a file was read"))
    assert_stops(made, said, capsys)


def test_a_register_that_is_not_where_it_is_said_to_be_is_no_empty_one(
    made: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(made / "nowhere"))
    assert_stops(made, "registrets mapp finns inte", capsys)


@pytest.mark.parametrize("command", ["report", "findings", "units", "run", "export", "docs", "inspect"])
def test_no_command_begins_with_a_wrong_vocabulary(command: str, made: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(files, "FOLDER", damaged(made, "levels", swap("direction,", ",")))
    more = {"run": ["raw"], "export": ["x.xlsx"], "docs": ["docs"], "inspect": ["raw/a.txt"]}.get(command, [])
    monkeypatch.chdir(made)
    assert run(command, *more) == 1
    told = capsys.readouterr()
    assert told.err == "Fel: vocabulary/levels.csv rad 2: kolumnen code är tom\n" and told.out == ""
    assert {path.name for path in made.iterdir()} == {"raw", "p", "vocabulary"}


def test_a_first_run_leaves_nothing_behind(made: Path, monkeypatch) -> None:
    monkeypatch.setattr(files, "FOLDER", damaged(made, "levels", swap("direction,", ",")))
    with pytest.raises(VocabularyError):
        ingest([made / "raw"], made / "new")
    assert not (made / "new").exists()


@pytest.mark.parametrize("how", [{"jobs": 1}, {"jobs": 2}])
def test_a_wrong_word_that_only_reading_meets_stops_the_run(how: dict, made: Path, monkeypatch) -> None:
    """Here and in processes of their own: no file is to blame, so that none is logged as failed."""
    (made / "raw" / "b.txt").write_text(GOOD.replace("Granbackens", "Ekhagens"), encoding="utf-8")
    before = data_sha256(made / "p")
    monkeypatch.setattr("vbdata.validate.findings.finding_kinds", lambda: type(finding_kinds())())
    with pytest.raises(VocabularyError, match="koden saknas"):
        ingest([made / "raw"], made / "p", force=True, **how)
    assert data_sha256(made / "p") == before


@pytest.mark.parametrize("kind", [VocabularyError, RegisterError])
def test_an_error_of_the_words_is_no_files_failure(kind: type[VbdataError], made: Path, monkeypatch) -> None:
    def broken(*_: Any) -> None:
        raise kind("fel", source="x.csv", place="rad 2")

    monkeypatch.setattr(reading, "parse", broken)
    before = data_sha256(made / "p")
    with pytest.raises(kind, match=r"x\.csv rad 2: fel"):
        ingest([made / "raw"], made / "p", force=True)
    assert data_sha256(made / "p") == before


def test_a_bug_does_not_empty_tables_that_are_there(made: Path, monkeypatch, capsys) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("oj")

    monkeypatch.setattr(reading, "parse", broken)
    assert_stops(
        made, "tabellerna är kvar som de var. internt fel", capsys, "ingest", str(made / "raw"), "--force"
    )


def test_a_bug_that_other_words_brought_out_takes_no_report_away(made: Path, monkeypatch) -> None:
    (made / "raw" / "b.txt").write_text(GOOD.replace("Granbackens", "Ekhagens"), encoding="utf-8")
    ingest([made / "raw"], made / "p")
    real = reading.parse

    def broken(document: Any) -> Any:
        if document.source.name == "a.txt":
            raise ZeroDivisionError("oj")
        return real(document)

    monkeypatch.setattr(reading, "parse", broken)
    otherwise(monkeypatch)
    before = data_sha256(made / "p")
    with pytest.raises(VbdataError, match="går inte längre att läsa"):
        ingest([made / "raw"], made / "p")
    assert data_sha256(made / "p") == before
    code = dict(running.made_by()) | {"code": "another"}
    monkeypatch.setattr(running, "made_by", lambda: code)  # then it is the code: the others are read
    ingest([made / "raw"], made / "p")
    assert vbdata.load("reports", made / "p")["source"].tolist() == ["b.txt"]


def ingest_by(package: Path) -> subprocess.CompletedProcess[str]:
    """`vbdata ingest` by the package that is there."""
    command = [sys.executable, "-m", "vbdata", "ingest", "raw", "--processed", "p"]
    env = os.environ | {"PYTHONPATH": str(package / "site")}
    return subprocess.run(command, cwd=package, env=env, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of its own beside two reports that it has read."""
    folder = tmp_path_factory.mktemp("package")
    shutil.copytree(PACKAGE, folder / "site/vbdata", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "raw").mkdir()
    text = report_text("Enhetsmål: Alla trivs\n", table(INDICATOR_HEAD, SICK.replace("8,6 %", "8,6")))
    headless = "\n".join(line for line in GOOD.split("\n") if not line.startswith("Indikator\t"))
    (folder / "raw" / "a.txt").write_text(headless, encoding="utf-8")
    (folder / "raw" / "b.txt").write_text(text.replace("Granbackens", "Ekhagens"), encoding="utf-8")
    assert ingest_by(folder).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("levels", add("foo,bar"), "Fel: vocabulary/levels.csv rad 6: raden har fel antal kolumner"),
        ("levels", swap(":,1,", ":,en,"), "Fel: vocabulary/levels.csv rad 2: kolumnen rank"),
        ("findings", swap("{level} ”{title}” har", "{nivå} har"), "Fel: vocabulary/findings.csv: ordet inom"),
        ("layouts", drop("indicators_vb,"), "Fel: a.txt: vokabulären har ändrats"),
    ],
)  # fmt: skip
def test_a_package_with_a_wrong_vocabulary(
    name: str, damage: Callable[[bytes], bytes], said: str, package: Path
) -> None:
    """All the way, as whoever edits a file meets it: what is imported reads no vocabulary."""
    before = data_sha256(package / "p")
    path = package / f"site/vbdata/vocabulary/{name}.csv"
    good = path.read_bytes()
    path.write_bytes(damage(good))
    done = ingest_by(package)
    path.write_bytes(good)
    assert done.returncode == 1 and done.stdout.count("\n") <= 1
    assert done.stderr.startswith(said) and done.stderr.count("\n") == 1
    assert data_sha256(package / "p") == before
