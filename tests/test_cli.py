"""The command line: exit codes, one line per file, Swedish, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import INDICATOR_HEAD, SICK, report_text, table
from vbdata import cli
from vbdata.errors import NotAReportError, UnknownValueError, VbdataError

GOOD = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    return int(stopped.value.code or 0)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "granbacken.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path / "raw"


def test_ingest_says_one_line_per_file(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", str(raw), "--processed", str(tmp_path / "p")) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("Läser 1 fil i ")
    assert out[1].startswith("inläst     granbacken.txt: VB 2025 Granbackens gruppbostad; 3 mål, 1 indikator")
    assert out[2].startswith("1 av 1")
    assert len(out) == 3


def test_ingest_exits_1_when_a_file_fails(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "tom.txt").write_text("")
    assert run("ingest", str(raw), "--processed", str(tmp_path / "p")) == 1
    out = capsys.readouterr().out
    assert "FEL        tom.txt: filen är tom" in out and "1 gick inte att läsa" in out


def test_a_users_mistake_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ingest", str(tmp_path / "nope")) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and err.startswith("Fel: ") and "Traceback" not in err


def test_run_outside_a_workbook_says_what_to_do(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("run") == 1
    assert "arbetsbokens mapp" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["ingest", "report", "run", "sample", "docs", "inspect"])
def test_every_command_explains_itself_in_swedish(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, "--help") == 0
    text = capsys.readouterr().out
    assert any(word in text for word in ("Läs", "Gör", "Skriv", "Visa"))


def test_inspect_shows_what_was_recognised(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("inspect", str(raw / "granbacken.txt")) == 0
    out = capsys.readouterr().out
    assert "rubrik     Enhetsmål: Alla trivs" in out
    assert "bedömning  Uppfylls helt" in out
    assert "tabellrad  Sjukfrånvaro | 8,6 %" in out


def test_inspect_leaves_a_picture_only_where_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = next(Path("data/raw/sample").resolve().glob("*.pdf"))
    monkeypatch.chdir(tmp_path)
    assert run("inspect", str(sample)) == 0
    assert list(tmp_path.iterdir()) == []
    assert run("inspect", str(sample), "--to", "sida.png") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["sida.png"]


def test_docs_writes_the_data_dictionary(tmp_path: Path) -> None:
    assert run("docs", str(tmp_path)) == 0
    assert (tmp_path / "data_dictionary.md").read_text(encoding="utf-8").startswith("# Datakatalog")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            UnknownValueError(
                "okänd status",
                source="rapport.pdf",
                place="s. 7, tabell 2, rad 4",
                value="Delvis uppfyld",
                hint="lägg till den i vocabulary/status.csv",
            ),
            'rapport.pdf s. 7, tabell 2, rad 4: okänd status "Delvis uppfyld" '
            "– lägg till den i vocabulary/status.csv",
        ),
        (NotAReportError("inga mål"), "inga mål"),
        (VbdataError("fel", source="a.txt"), "a.txt: fel"),
    ],
)
def test_errors_read_like_sentences_and_can_be_sent_between_processes(error: VbdataError, text: str) -> None:
    import pickle

    assert str(error) == text
    assert str(pickle.loads(pickle.dumps(error))) == text
