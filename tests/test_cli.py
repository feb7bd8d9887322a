"""The command line: exit codes, one line per file, Swedish, never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vbdata
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


ENGLISH = re.compile(
    r"\b(usage|options?|arguments|commands?|default|required|show|exit|range|path|text|float|int|bool|try|error|"
    r"invalid|missing|such|input|should|unexpected|extra|requires)\b", re.IGNORECASE,
)  # fmt: skip
COMMANDS = [each.name or each.callback.__name__ for each in cli.app.registered_commands]


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_command_explains_itself_in_swedish(
    command: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*([command] if command else []), "--help") == 0
    text = capsys.readouterr().out
    assert text.startswith("Skriv så: vbdata") and "Visa den här hjälpen." in text
    assert [
        w for w in ENGLISH.findall(re.sub(r"--\w+|TEXT|TAL", "", text)) if w not in ("text", "extra")
    ] == []


WRONG_COMMANDS = [
    (("bogus",), 'det finns inget kommando "bogus" – vbdata --help visar hur'),
    (
        ("report", "--unt", "a"),
        "det finns inget val --unt, menade du --unit? – vbdata report --help visar hur",
    ),
    (("report", "--year", "i år"), "värdet för --year ska vara ett heltal"),
    (("report", "--deadline", "x"), "värdet för --deadline ska vara ett tal"),
    (("report", "--year"), "valet --year ska ha ett värde"),
    (("report", "--force=ja"), "valet --force ska stå utan värde"),
    (("report", "--threshold", "1"), "värdet för --threshold ska vara minst 2"),
    (("sample", "x", "--units", "3000"), "värdet för --units ska vara högst 2000"),
    (("report", "x"), "för många argument: x"),
    (("ingest",), "RAW... saknas – vbdata ingest --help visar hur"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG_COMMANDS)
def test_a_mistyped_command_is_one_swedish_line(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"Fel: {said}") and told.err.count("\n") == 1 and not told.out
    assert not ENGLISH.search(told.err.replace("--help", ""))


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"vbdata {vbdata.__version__}\n"


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


@pytest.mark.parametrize(
    ("kinds", "count"), [((), 2), (("--kind", "vb"), 1), (("--kind", "VP", "--kind", "t2"), 2)]
)
def test_sample_writes_the_kinds_that_are_asked_for(
    tmp_path: Path, kinds: tuple[str, ...], count: int
) -> None:
    assert run("sample", str(tmp_path), "--units", "1", "--years", "2025", *kinds) == 0
    assert len(list(tmp_path.iterdir())) == count


def test_a_sample_of_an_unknown_kind_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample", str(tmp_path / "x"), "--kind", "t3") == 1
    assert capsys.readouterr().err == 'Fel: okänt slag "T3" – välj bland VP, T1, T2, VB\n'
    assert not (tmp_path / "x").exists()


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
