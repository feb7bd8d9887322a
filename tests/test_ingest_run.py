"""Run after run: what is taken over, several processes, faults of files, disks and machines."""

from __future__ import annotations

import faulthandler
import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vbdata
from tests.factories import ACTIVITY_HEAD, INDICATOR_HEAD, SICK, report_text, table
from tests.test_cli import run
from vbdata.errors import BusyError, VbdataError
from vbdata.ingest import FileResult, Limits, RawFile, assembly, find_files, index, ingest, reading
from vbdata.ingest import run as running
from vbdata.ingest.index import settled
from vbdata.ingest.pool import DIED, EXPIRED, Pool
from vbdata.ingest.readers import readers_for
from vbdata.ingest.results import REPORT_TABLES, Work
from vbdata.ingest.versions import unique_sources
from vbdata.schema import SCHEMAS, TABLES
from vbdata.store import data_sha256, disk, generations, read_tables, snapshot

UNITS = ("Granbackens", "Ekhagens", "Solängens")


def text_of(
    unit: str = "Granbackens", day: str = "2026-01-20", value: str = "8,6 %", year: int = 2025
) -> str:
    text = report_text(
        "Enhetsmål: Alla trivs\n\nUppfylls helt\n",
        table(INDICATOR_HEAD, SICK),
        table(ACTIVITY_HEAD, "Utbilda alla\t2025-01-01\t2025-12-31\tNej"),
    )
    text = text.replace("Granbackens", unit).replace("2026-01-20", day).replace("8,6 %", value)
    return text.replace("Verksamhetsberättelse 2025", f"Verksamhetsberättelse {year}")


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def told(processed: Path) -> dict[str, pd.DataFrame]:
    """All tables, sorted by their keys, without what differs from run to run."""
    tables = read_tables(processed)
    tables["extraction_log"] = tables["extraction_log"].drop(columns=["seconds", "read_at"])
    return {
        name: each.sort_values(SCHEMAS[name].metadata["key"]).reset_index(drop=True)
        for name, each in tables.items()
    }


def assert_same(left: Path, right: Path) -> None:
    one, other = told(left), told(right)
    for name in TABLES:
        pd.testing.assert_frame_equal(one[name], other[name])


def read_now(results: list[FileResult]) -> set[str]:
    return {result.file.source for result in results if not result.taken_over}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return put(tmp_path / "raw", a=text_of(), b=text_of("Ekhagens"))


@pytest.fixture
def age(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that tests have just written count as old, as they are in life."""
    monkeypatch.setattr("vbdata.ingest.index._RACY_NS", -(10**12))


def test_the_counts_are_of_every_table() -> None:
    assert set(REPORT_TABLES) | {"extraction_log"} == set(TABLES)


# Incremental


@pytest.mark.usefixtures("age")
def test_a_second_run_reads_nothing_and_leaves_the_folder_alone(raw: Path, tmp_path: Path) -> None:
    first = ingest([raw], tmp_path / "p")
    before, state = data_sha256(tmp_path / "p"), os.readlink(tmp_path / "p/.generations/current")
    second = ingest([raw], tmp_path / "p")
    assert read_now(first) == {"a.txt", "b.txt"} and read_now(second) == set()
    assert [r.report_id for r in first] == [r.report_id for r in second]
    assert [r.counts for r in first] == [r.counts for r in second]
    assert data_sha256(tmp_path / "p") == before
    assert os.readlink(tmp_path / "p/.generations/current") == state


@pytest.mark.usefixtures("age")
def test_what_is_new_changed_or_gone_is_seen(raw: Path, tmp_path: Path) -> None:
    ingest([raw], tmp_path / "p")
    put(raw, b=text_of("Ekhagens", value="9,9 %"), c=text_of("Solängens"))
    (raw / "a.txt").unlink()
    assert read_now(ingest([raw], tmp_path / "p")) == {"b.txt", "c.txt"}
    ingest([raw], tmp_path / "fresh")
    assert_same(tmp_path / "p", tmp_path / "fresh")
    assert set(vbdata.load("indicators", tmp_path / "p")["value"]) == {9.9, 8.6}


@pytest.mark.usefixtures("age")
def test_the_log_says_which_rows_were_taken_over(raw: Path, tmp_path: Path, monkeypatch) -> None:
    ingest([raw], tmp_path / "p")
    first = vbdata.load("extraction_log", tmp_path / "p").set_index("source")["read_at"]
    time.sleep(1.1)
    put(raw, b=text_of("Ekhagens", value="9,9 %"))
    ingest([raw], tmp_path / "p")
    second = vbdata.load("extraction_log", tmp_path / "p").set_index("source")["read_at"]
    assert second["a.txt"] == first["a.txt"] and second["b.txt"] > first["b.txt"]


def test_force_reads_everything(raw: Path, tmp_path: Path) -> None:
    ingest([raw], tmp_path / "p")
    assert read_now(ingest([raw], tmp_path / "p", force=True)) == {"a.txt", "b.txt"}


@pytest.mark.parametrize("what", ["vocabulary", "code"])
def test_another_reader_reads_everything(what: str, raw: Path, tmp_path: Path, monkeypatch) -> None:
    ingest([raw], tmp_path / "p")
    monkeypatch.setattr(running, "fingerprint", lambda: what)
    assert read_now(ingest([raw], tmp_path / "p")) == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": "x"}, "tabellerna är gjorda av en annan version av vbdata"),
        ({"code": "x", "register": "x"}, "tabellerna är gjorda av en annan version av vbdata"),
        ({"vocabulary": "x"}, "vokabulären har ändrats sedan tabellerna gjordes"),
        ({"vocabulary": "x", "register": "x"}, "vokabulären och enhetsregistret har ändrats sedan"),
    ],
)
def test_why_all_is_read_again_is_said(
    changed: dict[str, str], said: str, raw: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    from vbdata.ingest import fingerprint

    old: list[str] = []
    ingest([raw], tmp_path / "p", on_rebuild=old.append)
    ingest([raw], tmp_path / "p", on_rebuild=old.append)
    assert old == [] and index.stale(snapshot(tmp_path / "p")) is None
    now = fingerprint.made_by() | changed
    monkeypatch.setattr(fingerprint, "made_by", lambda: now)
    assert said in str(index.stale(snapshot(tmp_path / "p")))
    command = [
        "report",
        "--processed",
        str(tmp_path / "p"),
        "--reports",
        str(tmp_path / "r"),
        "--year",
        "1999",
    ]
    assert run(*command) == 1
    told = capsys.readouterr()
    assert told.out.count("\n") == 1 and told.out.endswith(": vbdata ingest läser om filerna.\n")
    assert told.out.casefold().startswith(said)
    assert read_now(ingest([raw], tmp_path / "p", on_rebuild=old.append)) == {"a.txt", "b.txt"}
    assert len(old) == 1 and said in old[0]


def test_tables_of_a_version_that_did_not_say_what_made_them_are_made_anew(raw: Path, tmp_path: Path) -> None:
    ingest([raw], tmp_path / "p")
    path = next((tmp_path / "p" / generations.ROOT / generations.CURRENT).resolve().glob("index.json"))
    said = json.loads(path.read_text(encoding="utf-8"))
    del said["made_by"], said["rows"]
    path.unlink()
    path.write_text(json.dumps(said | {"fingerprint": "old"}), encoding="utf-8")
    old: list[str] = []
    assert read_now(ingest([raw], tmp_path / "p", on_rebuild=old.append)) == {"a.txt", "b.txt"}
    assert old == ["tabellerna är gjorda av en annan version av vbdata"]


def test_the_register_is_part_of_the_fingerprint(tmp_path: Path, monkeypatch) -> None:
    from vbdata.ingest.fingerprint import fingerprint
    from vbdata.register import ENVIRONMENT, register_folder

    before = fingerprint()
    shutil.copytree(register_folder(), tmp_path / "data", ignore=shutil.ignore_patterns("raw", "processed"))
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "data"))
    assert fingerprint() == before
    with (tmp_path / "data/units.csv").open("a", encoding="utf-8") as units:
        units.write("\n")
    assert fingerprint() != before


def test_a_change_without_a_trace_in_size_and_time_is_seen(raw: Path, tmp_path: Path) -> None:
    """Git calls it racy: a file changed right after it was read, within the resolution of the clock."""
    ingest([raw], tmp_path / "p")
    status = os.stat(raw / "a.txt")
    put(raw, a=text_of(value="9,6 %"))
    os.utime(raw / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert os.stat(raw / "a.txt").st_size == status.st_size
    assert read_now(ingest([raw], tmp_path / "p")) == {"a.txt"}


def test_only_a_stamp_that_was_old_when_it_was_taken_is_trusted() -> None:
    second = 10**9
    assert settled((5, 100 * second, 100 * second), looked=200 * second)
    assert not settled((5, 100 * second, 100 * second), looked=101 * second)
    assert not settled((5, 100 * second, 300 * second), looked=200 * second)
    assert not settled((0, 0, 0), looked=200 * second)


@pytest.mark.usefixtures("age")
def test_a_touched_file_is_not_read_again(raw: Path, tmp_path: Path) -> None:
    ingest([raw], tmp_path / "p")
    os.utime(raw / "a.txt", (1, 1))
    state = os.readlink(tmp_path / "p/.generations/current")
    assert read_now(ingest([raw], tmp_path / "p")) == set()
    assert os.readlink(tmp_path / "p/.generations/current") == state


@pytest.mark.usefixtures("age")
def test_a_file_that_could_not_be_opened_is_tried_again(raw: Path, tmp_path: Path, monkeypatch) -> None:
    real = reading.sha256

    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "sha256", refuse)
    assert {r.status for r in ingest([raw], tmp_path / "p")} == {"failed"}
    monkeypatch.setattr(reading, "sha256", real)
    assert {r.status for r in ingest([raw], tmp_path / "p")} == {"ok"}


def test_a_report_whose_corrections_changed_is_read_again_and_no_other(
    raw: Path, tmp_path: Path, monkeypatch
) -> None:
    from vbdata.normalise.corrections import parse_corrections

    monkeypatch.setattr("vbdata.ingest.index._RACY_NS", -(10**12))
    decided = parse_corrections("""
- table: indicators
  match: {report_id: 2025-vb-granbackens-gruppbostad, row_id: 2025-vb-granbackens-gruppbostad/i01}
  column: value
  expect: 8.6
  value: 6.8
  reason: Omkastade siffror.
  decided_by: EC
  date: 2026-02-03
""")
    ingest([raw], tmp_path / "p")
    assert read_now(ingest([raw], tmp_path / "p", corrections=decided)) == {"a.txt"}
    assert set(vbdata.load("indicators", tmp_path / "p")["value"]) == {6.8, 8.6}
    assert read_now(ingest([raw], tmp_path / "p", corrections=decided)) == set()
    assert read_now(ingest([raw], tmp_path / "p")) == {"a.txt"}
    assert set(vbdata.load("indicators", tmp_path / "p")["value"]) == {8.6}


def test_a_lost_index_costs_a_reading_and_no_more(raw: Path, tmp_path: Path) -> None:
    ingest([raw], tmp_path / "p")
    index = tmp_path / "p/.generations/current/index.json"
    for content in (b"{}", b"[1, 2", b""):
        index.unlink()
        index.write_bytes(content)
        assert read_now(ingest([raw], tmp_path / "p")) == {"a.txt", "b.txt"}


# Random histories


Step = tuple[str, int, int, int]


def take(step: Step, raws: list[Path]) -> None:
    """One edit of the raw folders."""
    what, which, unit, other = step
    folder = raws[which % 2]
    path = folder / f"{'abc'[which % 3]}.txt"
    if what == "write":
        content = text_of(UNITS[unit], day=f"2026-0{other + 1}-20", value=f"{other},6 %")
        path.write_text(content, encoding="utf-8")
    elif what == "garbage":
        path.write_text("Det var en gång." * other, encoding="utf-8")
    elif what == "picture":
        path.with_suffix(".png").write_bytes(b"\x89PNG")
    elif what == "remove":
        path.unlink(missing_ok=True)
    elif what == "copy" and path.exists():
        (raws[unit % 2] / f"{'abc'[other % 3]}.txt").write_bytes(path.read_bytes())
    elif what == "touch" and path.exists():
        os.utime(path, (other, other))


steps = st.tuples(
    st.sampled_from(["write", "write", "write", "copy", "remove", "garbage", "picture", "touch"]),
    st.integers(0, 5),
    st.integers(0, 2),
    st.integers(0, 3),
)


@pytest.mark.parametrize(("single", "part"), [(2000, 500), (1, 2)], ids=["one file", "parts"])
@given(history=st.lists(st.lists(steps, min_size=1, max_size=5), min_size=1, max_size=4))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_run_after_any_edits_gives_what_a_run_from_scratch_would(
    single: int, part: int, history: list[list[Step]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("history")
    raws = [put(folder / "raw1", start=text_of()), put(folder / "raw2/raw1")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "SINGLE", single)
        patch.setattr(assembly, "PART", part)
        patch.setattr(assembly, "CHUNK", part)
        for edits in history:
            for step in edits:
                take(step, raws)
            ingest(raws, folder / "p", jobs=1)
        ingest(raws, folder / "fresh", jobs=1)
        assert_same(folder / "p", folder / "fresh")


def test_a_large_corpus_is_in_parts_that_anyone_can_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(assembly, "SINGLE", 5)
    monkeypatch.setattr(assembly, "PART", 4)
    monkeypatch.setattr(assembly, "CHUNK", 2)
    monkeypatch.setattr("vbdata.ingest.index._RACY_NS", -(10**12))
    raw = put(tmp_path / "raw", **{f"r{year}": text_of(year=year) for year in range(2011, 2024)})
    ingest([raw], tmp_path / "p", jobs=1)
    goals = tmp_path / "p/goals.parquet"
    before = {path.name: path.stat().st_ino for path in goals.glob("*.parquet")}
    assert len(before) == 4
    assert len(pd.read_parquet(goals)) == len(vbdata.load("goals", tmp_path / "p")) == 13 * 3
    assert vbdata.sql("select count(*) as n from goals", tmp_path / "p")["n"].tolist() == [39]
    assert vbdata.load("goals", tmp_path / "p", year=2013)["report_id"].nunique() == 1
    for name, each in read_tables(tmp_path / "p").items():
        SCHEMAS[name].validate(each)
    put(raw, r2012=text_of(year=2012, value="9,9 %"))
    assert read_now(ingest([raw], tmp_path / "p", jobs=1)) == {"r2012.txt"}
    after = {path.name: path.stat().st_ino for path in goals.glob("*.parquet")}
    assert len(before.items() & after.items()) >= 2, "parts in which nothing changed are the same files"
    ingest([raw], tmp_path / "fresh", jobs=1)
    assert_same(tmp_path / "p", tmp_path / "fresh")


def test_a_corpus_that_shrinks_is_one_file_again(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(assembly, "SINGLE", 2)
    monkeypatch.setattr(assembly, "PART", 2)
    raw = put(tmp_path / "raw", **{f"r{year}": text_of(year=year) for year in range(2011, 2015)})
    ingest([raw], tmp_path / "p", jobs=1)
    assert (tmp_path / "p/goals.parquet").is_dir()
    for year in (2011, 2012):
        (raw / f"r{year}.txt").unlink()
    ingest([raw], tmp_path / "p", jobs=1)
    assert (tmp_path / "p/goals.parquet").is_file()
    ingest([raw], tmp_path / "fresh", jobs=1)
    assert_same(tmp_path / "p", tmp_path / "fresh")


def test_a_unit_that_is_named_like_a_version_is_not_taken_for_one(tmp_path: Path) -> None:
    raw = put(
        tmp_path / "raw",
        a=text_of("Solängens"),
        b=text_of("Solängens", day="2026-03-01", value="9,1 %"),
        c=text_of("Solängens").replace("gruppbostad", "gruppbostad v2"),
    )
    ingest([raw], tmp_path / "p")
    assert sorted(vbdata.load("reports", tmp_path / "p")["report_id"]) == [
        "2025-vb-solangens-gruppbostad",
        "2025-vb-solangens-gruppbostad-v2",
        "2025-vb-solangens-gruppbostad-v2-enhet",
    ]


@given(st.lists(st.sampled_from(["/x/r/a.txt", "/y/r/a.txt", "/z/q/a.txt", "/x/r/b.txt"]), max_size=6))
def test_sources_are_unique(paths: list[str]) -> None:
    sources = unique_sources([(path.rsplit("/", 1)[1], path) for path in paths])
    assert len(set(sources)) == len(paths)


# Reports compared with each other


def test_reports_are_compared_beside_those_before_them_and_again_only_when_one_changes(
    tmp_path: Path, monkeypatch
) -> None:
    from vbdata.validate import across

    seen: list[list[int]] = []

    def compare(tables: Any) -> list[dict[str, Any]]:
        years = sorted(int(year) for year in tables["reports"]["year"])
        seen.append(years)
        assert set(tables["goals"]["report_id"]) <= set(tables["reports"]["report_id"])
        return [
            {"report_id": each, "code": "text_left", "severity": "info", "gravity": 2, "table": "reports"}
            | {"message": "Så."}
            for each in tables["reports"]["report_id"]
        ]

    monkeypatch.setattr(across, "compare_reports", compare)
    monkeypatch.setattr("vbdata.ingest.index._RACY_NS", -(10**12))
    raw = put(tmp_path / "raw", **{f"r{year}": text_of(year=year) for year in (2021, 2022, 2023, 2024)})
    put(raw, other=text_of("Ekhagens").replace("Dnr", "Till\nFarsta stadsdelsnämnd\n\nDnr"))
    ingest([raw], tmp_path / "p")
    wanted = [[2021], [2021, 2022], [2021, 2022, 2023], [2022, 2023, 2024], [2025]]
    assert sorted(years for years in seen if years != [2025]) == sorted(wanted[:-1])
    found = vbdata.load("findings", tmp_path / "p", code="text_left")
    assert found["finding_id"].str.endswith("/x01").all() and len(found) == 5
    log = vbdata.load("extraction_log", tmp_path / "p")
    assert int(log["findings"].sum()) == len(vbdata.load("findings", tmp_path / "p"))
    seen.clear()
    put(raw, r2024=text_of(year=2024, value="9,9 %"))
    ingest([raw], tmp_path / "p")
    assert seen == [[2022, 2023, 2024]]
    assert len(vbdata.load("findings", tmp_path / "p", code="text_left")) == 5
    (raw / "r2024.txt").unlink()
    ingest([raw], tmp_path / "p")
    assert len(vbdata.load("findings", tmp_path / "p", code="text_left")) == 4


def test_a_neighbourhood_that_is_too_large_is_divided_by_unit(monkeypatch) -> None:
    from vbdata.ingest import across
    from vbdata.ingest.results import Head

    monkeypatch.setattr(across, "MOST", 4)
    members = [
        across.Member(f"{year}-vb-u{unit}", Head("", "VB", year, f"u{unit}", "", "Nämnd", "", "", ""), "")
        for unit in range(5)
        for year in (2023, 2024)
    ]
    found = across.neighbourhoods(members)
    assert sorted(own for each in found for own in each.own) == sorted(m.report_id for m in members)
    for each in found:
        assert len(each.members) <= 4
        units = {member.head.unit_id for member in each.members}
        assert all(f"2023-vb-{unit}" in {m.report_id for m in each.members} for unit in units)


# Several processes


def corpus(folder: Path, count: int) -> Path:
    units = [f"{UNITS[i % 3]}{'abcdefghij'[i // 3 % 10]}" for i in range(count)]
    return put(folder, **{f"r{i:03d}": text_of(unit, year=2011 + i // 30) for i, unit in enumerate(units)})


def test_several_processes_give_what_one_gives(tmp_path: Path) -> None:
    raw = corpus(tmp_path / "raw", 24)
    ingest([raw], tmp_path / "serial", jobs=1)
    ingest([raw], tmp_path / "pool", jobs=3)
    assert_same(tmp_path / "serial", tmp_path / "pool")
    for name in TABLES:
        if name != "extraction_log":  # it has the seconds
            left, right = (tmp_path / p / f"{name}.parquet" for p in ("serial", "pool"))
            assert left.read_bytes() == right.read_bytes()


def test_a_few_small_texts_are_read_without_a_process_and_others_are_not(raw: Path, tmp_path: Path) -> None:
    def chosen(path: Path, jobs: int | None = None) -> Any:
        works = [Work(i, file) for i, file in enumerate(find_files([path]))]
        return readers_for(works, Limits(), (), jobs, None)

    assert isinstance(chosen(raw), nullcontext)
    assert isinstance(chosen(raw, 1), nullcontext)
    assert isinstance(chosen(raw, 2), Pool)
    (raw / "c.pdf").write_bytes(b"%PDF-1.7")
    assert isinstance(chosen(raw), Pool)
    assert isinstance(chosen(raw, 1), Pool), "a PDF may never end"


def bad_reader(works: dict[str, Any]) -> Any:
    """A reader of which some files make a process do what no file should be able to."""
    real = reading.read

    def read(path: Path) -> Any:
        action = works.get(path.name)
        if action:
            action(path)
        return real(path)

    return read


def hang(_: Path) -> None:
    while True:
        time.sleep(0.05)


def crash(_: Path) -> None:
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


def crash_once(path: Path) -> None:
    if not path.with_suffix(".seen").exists():
        path.with_suffix(".seen").touch()
        crash(path)


def explode(_: Path) -> None:
    taken = []
    while True:
        taken.append(bytearray(50 * 2**20))


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are divided on Linux only")


@linux
def test_what_a_file_does_to_its_process_is_one_line_in_the_log(tmp_path: Path, monkeypatch) -> None:
    raw = corpus(tmp_path / "raw", 9)
    bad = {"r001.txt": hang, "r003.txt": crash, "r004.txt": crash_once, "r006.txt": explode}
    monkeypatch.setattr(reading, "read", bad_reader(bad))
    results = ingest([raw], tmp_path / "p", jobs=2, limits=Limits(deadline=1.0, memory=300))
    said = {r.file.source: (r.status, r.error, r.message) for r in results}
    assert said["r001.txt"] == ("failed", EXPIRED, "tidsgränsen på 1 sekunder gick ut")
    assert said["r003.txt"][:2] == ("failed", DIED) and "signal 11" in str(said["r003.txt"][2])
    assert said["r004.txt"][0] == "ok"
    assert said["r006.txt"] == ("failed", "MemoryError", "filen kräver mer minne än gränsen på 300 MB")
    others = {r.status for r in results if r.file.source not in bad}
    assert others == {"ok"}
    assert len(vbdata.load("reports", tmp_path / "p")) == 9 - 3
    assert len(vbdata.load("extraction_log", tmp_path / "p")) == 9


@linux
@pytest.mark.usefixtures("age")
def test_a_file_that_hung_is_not_given_the_same_time_again(tmp_path: Path, monkeypatch) -> None:
    raw = corpus(tmp_path / "raw", 3)
    monkeypatch.setattr(reading, "read", bad_reader({"r001.txt": hang}))
    limits = Limits(deadline=0.5)
    ingest([raw], tmp_path / "p", jobs=2, limits=limits)
    again = ingest([raw], tmp_path / "p", jobs=2, limits=limits)
    assert read_now(again) == set() and again[1].error == EXPIRED
    assert read_now(ingest([raw], tmp_path / "p", jobs=2, limits=Limits(deadline=0.6))) == {"r001.txt"}


@linux
def test_no_process_is_left_behind(tmp_path: Path) -> None:
    import psutil

    raw = corpus(tmp_path / "raw", 6)
    ingest([raw], tmp_path / "p", jobs=2)
    with Pool(2, Limits(), ()) as pool:
        answers = pool.read(Work(i, file) for i, file in enumerate(find_files([raw])))
        next(answers)
        assert psutil.Process().children()
    assert psutil.Process().children() == []


def test_rows_that_do_not_keep_to_the_schema_cost_their_file_alone(tmp_path: Path, monkeypatch) -> None:
    raw = corpus(tmp_path / "raw", 4)
    real = reading.validate

    def broken(report: Any) -> Any:
        rows = real(report)
        if rows["reports"][0]["source"] == "r002.txt":
            rows["goals"][0]["position"] = 2**70
        return rows

    monkeypatch.setattr(reading, "validate", broken)
    results = {r.file.source: r for r in ingest([raw], tmp_path / "p", jobs=1)}
    assert results["r002.txt"].status == "failed" and "internt fel" in str(results["r002.txt"].message)
    assert len(vbdata.load("reports", tmp_path / "p")) == 3


# A cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made.scheduler_address


@pytest.mark.slow
def test_a_cluster_gives_what_one_process_gives(cluster: str, tmp_path: Path) -> None:
    raw = corpus(tmp_path / "raw", 24)
    ingest([raw], tmp_path / "serial", jobs=1)
    ingest([raw], tmp_path / "cluster", scheduler=cluster)
    assert_same(tmp_path / "serial", tmp_path / "cluster")


def test_a_cluster_that_is_not_there_is_one_line(raw: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("vbdata.ingest.cluster._TIMEOUT", 0.3)
    with pytest.raises(VbdataError, match="svarar inte") as error:
        ingest([raw], tmp_path / "p", scheduler="tcp://127.0.0.1:9")
    assert "\n" not in str(error.value)


def test_without_dask_the_way_to_get_it_is_said(raw: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(VbdataError, match=re.escape('pip install "vbdata[cluster]"')):
        ingest([raw], tmp_path / "p", scheduler="tcp://127.0.0.1:9")


# Faults


def test_a_full_disk_at_any_step_of_a_run_leaves_the_old_state(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(assembly, "SINGLE", 2)
    monkeypatch.setattr(assembly, "PART", 2)
    raw = put(tmp_path / "raw", a=text_of(), b=text_of("Ekhagens"), c=text_of("Solängens"))
    ingest([raw], tmp_path / "old", jobs=1)
    put(raw, c=text_of("Solängens", value="9,9 %"), d=text_of("Mariebergs"))
    ingest([raw], tmp_path / "new", jobs=1)
    real, count = (
        {name: getattr(disk, name) for name in ("make", "move", "link", "symlink", "make_folder")},
        0,
    )
    failed = 0
    for full_at in range(0, 400, 4):
        folder = tmp_path / f"p{full_at}"
        shutil.copytree(tmp_path / "old", folder, symlinks=True)
        count = 0

        def stepper(name: str, limit: int = full_at) -> Any:
            def step(*arguments: Any, **named: Any) -> Any:
                nonlocal count
                count += 1
                if count > limit:
                    raise OSError(28, "No space left on device")
                return real[name](*arguments, **named)

            return step

        with pytest.MonkeyPatch.context() as patch:
            for name in real:
                patch.setattr(disk, name, stepper(name))
            try:
                ingest([raw], folder, jobs=1)
            except VbdataError:
                failed += 1
        is_new = len(vbdata.load("reports", folder)) == 4
        assert_same(folder, tmp_path / ("new" if is_new else "old"))
        ingest([raw], folder, jobs=1)
        assert_same(folder, tmp_path / "new")
        shutil.rmtree(folder)
        if count <= full_at:
            break
    assert failed > 10


def test_two_runs_at_once(raw: Path, tmp_path: Path) -> None:
    with generations.writing(tmp_path / "p"), pytest.raises(BusyError, match=f"process {os.getpid()}"):
        ingest([raw], tmp_path / "p")
    ingest([raw], tmp_path / "p")


@pytest.mark.slow
@linux
def test_a_run_that_is_killed_leaves_the_old_state_or_the_new(tmp_path: Path) -> None:
    """A small version of benchmarks/kill.py, which looks at what a reader without vbdata sees."""
    from benchmarks import kill

    raw = corpus(tmp_path / "raw", 24)
    outcomes = kill.run(10, raw, tmp_path / "p", random.Random(1))
    assert sum(outcomes.values()) == 10
    ingest([raw], tmp_path / "fresh")
    assert_same(tmp_path / "p", tmp_path / "fresh")


def test_named_files_are_read_like_those_of_folders(raw: Path, tmp_path: Path) -> None:
    ingest([raw / "a.txt"], tmp_path / "p")
    result = reading.read_file(RawFile(raw / "a.txt", "a.txt"))
    assert result.rows is not None
    assert vbdata.load("goals", tmp_path / "p")["goal_id"].tolist() == [
        g["goal_id"] for g in result.rows["goals"]
    ]
