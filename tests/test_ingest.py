"""Ingesting: every file tried, every file in the log, nothing counted twice, garbage in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

import vbdata
from tests.factories import COVER, INDICATOR_HEAD, SICK, report_text, table
from vbdata.errors import MissingDataError
from vbdata.extract.decode import LINE_LIMIT, LINES_LIMIT, SIZE_LIMIT
from vbdata.ingest import default_raws, find_files, ingest, reading

GOOD = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
NOVEL = "Det var en gång en get som bodde vid en sjö. " * 2000


def write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def log_of(raw: Path, processed: Path) -> dict[str, dict]:
    ingest([raw], processed)
    log = vbdata.load("extraction_log", processed)
    return {row["source"]: row for row in log.to_dict("records")}


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("tom__txt", b"", "tom"),
        ("binär__txt", bytes(range(256)) * 50, "inte text"),
        ("roman__txt", NOVEL, "varken en verksamhetsberättelse"),
        ("stor__txt", b"a" * (SIZE_LIMIT + 1), "mer än en rapport kan vara"),
        ("rader__txt", "a\n" * (LINES_LIMIT + 1), "mer än en rapport kan ha"),
        ("rad__txt", "*a " * LINE_LIMIT, "mer än en rapport kan ha"),
        ("utan__md", GOOD[: GOOD.index("Indikator\t")], "inga tabeller"),
        ("fel__pdf", b"inte alls", "ingen PDF"),
        ("gammal__doc", b"\xd0\xcf\x11\xe0" + b"0" * 600, "läses inte"),
    ],
)
def test_garbage_is_one_line_in_the_log_and_stops_nothing(name, content, problem, tmp_path: Path) -> None:
    raw = write(tmp_path / "raw", bra__txt=GOOD, **{name: content})
    log = log_of(raw, tmp_path / "p")
    bad = log[name.replace("__", ".")]
    assert bad["status"] == "failed" and problem in bad["message"] and "\n" not in bad["message"]
    assert log["bra.txt"]["status"] == "ok"
    assert vbdata.load("reports", tmp_path / "p")["source"].tolist() == ["bra.txt"]


def test_only_garbage_leaves_empty_tables_and_a_log(tmp_path: Path) -> None:
    log = log_of(write(tmp_path / "raw", roman__txt=NOVEL), tmp_path / "p")
    assert log["roman.txt"]["status"] == "failed"
    assert vbdata.load("goals", tmp_path / "p").empty


def test_a_bug_on_one_file_is_logged_and_the_others_are_read(tmp_path: Path, monkeypatch) -> None:
    raw = write(tmp_path / "raw", a__txt=GOOD, b__txt=GOOD.replace("Granbackens", "Ekhagens"))
    real = reading.parse

    def broken(document):
        if document.source.name == "a.txt":
            raise ZeroDivisionError("oj")
        return real(document)

    monkeypatch.setattr(reading, "parse", broken)
    log = log_of(raw, tmp_path / "p")
    assert log["a.txt"]["error"] == "ZeroDivisionError" and "internt fel" in log["a.txt"]["message"]
    assert log["b.txt"]["status"] == "ok"


def test_the_same_report_twice_is_kept_once(tmp_path: Path) -> None:
    raw = write(tmp_path / "raw", a__txt=GOOD, b__md=GOOD.replace("Enhetsmål", "## Enhetsmål"))
    log = log_of(raw, tmp_path / "p")
    assert [log["a.txt"]["status"], log["b.md"]["status"]] == ["ok", "skipped"]
    assert "samma rapport som a.txt" in log["b.md"]["message"]
    assert len(vbdata.load("indicators", tmp_path / "p")) == 1


def test_a_later_version_is_kept_beside_the_first(tmp_path: Path) -> None:
    later = GOOD.replace("2026-01-20", "2026-02-01").replace("8,6 %", "8,7 %")
    raw = write(tmp_path / "raw", a_ny__txt=later, b_gammal__txt=GOOD)
    ingest([raw], tmp_path / "p")
    reports = vbdata.load("reports", tmp_path / "p").set_index("source")["report_id"].to_dict()
    assert reports == {
        "a_ny.txt": "2025-vb-granbackens-gruppbostad-v2",
        "b_gammal.txt": "2025-vb-granbackens-gruppbostad",
    }
    ids = vbdata.load("indicators", tmp_path / "p")["row_id"]
    assert ids.is_unique


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Alla har deltagit  utom\ntvå.", 1),
        ("Ett barn kom till skada.", 2),
        ("Alla har deltagit utom tre.", 2),
        ("Alla har deltagit utom två.\n\nEnhetsmål: Ingen väntar\n", 2),
    ],
)
def test_a_version_that_differs_in_one_sentence_is_kept(said: str, kept: int, tmp_path: Path) -> None:
    text = f"{GOOD}\nSystematiskt kvalitetsarbete\n\n"
    raw = write(tmp_path / "raw", a__txt=f"{text}Alla har deltagit utom två.\n", b__txt=f"{text}{said}\n")
    ingest([raw], tmp_path / "p")
    assert len(vbdata.load("reports", tmp_path / "p")) == kept


def test_files_are_found_once_hidden_ones_not_at_all(tmp_path: Path) -> None:
    raw = write(tmp_path / "raw", a__txt=GOOD, **{"__gitkeep": "", "~$lås__docx": "x"})
    write(raw / "2024", b__txt=GOOD)
    assert [f.source for f in find_files([raw, raw / "a.txt"])] == ["2024/b.txt", "a.txt"] or [
        f.source for f in find_files([raw, raw / "a.txt"])
    ] == ["a.txt", "2024/b.txt"]


def test_other_files_in_a_folder_are_skipped_but_named_ones_are_refused(tmp_path: Path) -> None:
    raw = write(tmp_path / "raw", a__txt=GOOD, bild__png=b"\x89PNG")
    assert log_of(raw, tmp_path / "p")["bild.png"]["status"] == "skipped"
    assert ingest([raw / "bild.png"], tmp_path / "p")[0].status == "failed"


def test_missing_path_is_an_error_for_people(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="finns inte"):
        find_files([tmp_path / "nope"])
    (tmp_path / "tom").mkdir()
    with pytest.raises(MissingDataError, match="inga filer"):
        ingest([tmp_path / "tom"], tmp_path / "p")


def test_own_reports_leave_the_sample_out(tmp_path: Path) -> None:
    write(tmp_path / "data/raw/sample", a__txt=GOOD)
    raws, said = default_raws(tmp_path)
    assert raws == [tmp_path / "data/raw/sample"] and "exempl" in said.lower()
    write(tmp_path / "data/raw", eget__txt=GOOD)
    raws, said = default_raws(tmp_path)
    assert raws == [tmp_path / "data/raw/eget.txt"] and "1 egna" in said


def test_partial_when_something_could_not_be_read(tmp_path: Path) -> None:
    raw = write(tmp_path / "raw", a__txt=GOOD.replace("Uppfylls helt", "Pågår fint").replace("8,6 %", "åtta"))
    row = log_of(raw, tmp_path / "p")["a.txt"]
    assert row["status"] == "partial" and "gick inte att läsa" in row["message"]


def test_sources_are_relative_to_the_raw_folder(tmp_path: Path) -> None:
    raw = write(tmp_path / "raw" / "2025", a__txt=GOOD).parent
    ingest([raw], tmp_path / "p")
    assert vbdata.load("reports", tmp_path / "p")["source"].tolist() == ["2025/a.txt"]
    assert COVER.splitlines()[0] in vbdata.load("reports", tmp_path / "p")["title_raw"][0]
