"""The processed folder: typed round trip, one state after the other whatever happens, errors that help."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

import vbdata
from tests.factories import INDICATOR_HEAD, SICK, frame, report_text, table, write_tables
from tests.test_cli import run
from vbdata.analyse.reports import CONTEXT
from vbdata.errors import BusyError, MissingDataError, QueryError, SchemaError, UnknownValueError, VbdataError
from vbdata.ingest import ingest
from vbdata.schema import TABLES, dtypes, empty
from vbdata.schema.labels import titles
from vbdata.store import data_sha256, disk, pinned, read_table, read_tables, snapshot
from vbdata.store.columns import arrow_of, columns_of
from vbdata.store.generations import ROOT
from vbdata.store.lock import Lock

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The tables of one report."""
    folder = tmp_path_factory.mktemp("store")
    text = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    (folder / "granbacken.txt").write_text(text, encoding="utf-8")
    ingest([folder / "granbacken.txt"], folder / "processed")
    return read_tables(folder / "processed")


@pytest.fixture
def processed(tables: Tables, tmp_path: Path) -> Path:
    write_tables(tables, tmp_path / "processed")
    return tmp_path / "processed"


def marked(tables: Tables, mark: str) -> Tables:
    """The same tables with a mark in every row that tells which state they are of."""
    return {name: each.assign(**{key_of(name): mark}) for name, each in tables.items()}


def key_of(table: str) -> str:
    return "source" if table in ("reports", "extraction_log") else "report_id"


def mark_of(processed: Path) -> set[str]:
    """The marks that a reader without vbdata finds: one, unless the folder holds a mixture."""
    marks = set()
    for name in TABLES:
        found = pq.read_table(processed / f"{name}.parquet", columns=[key_of(name)])
        marks |= set(found[key_of(name)].to_pylist())
    return marks


# Reading


def test_tables_come_back_with_their_types(processed: Path) -> None:
    for name, found in read_tables(processed).items():
        assert found.dtypes.to_dict() == dtypes(name)


def test_tables_come_back_as_they_were(processed: Path, tables: Tables) -> None:
    for name, found in read_tables(processed).items():
        pd.testing.assert_frame_equal(found, tables[name])


def test_load_filters_and_labels(processed: Path) -> None:
    units = vbdata.load("goals", processed, level="unit")
    assert units["title"].tolist() == ["Alla trivs"]
    labelled = vbdata.load("goals", processed, labels=True)
    assert labelled["status"].tolist()[-1] == "Uppfylls helt"
    assert next(iter(labelled["level"].cat.categories)) == "KF:s inriktningsmål"
    assert labelled.attrs["titles"]["status"] == "Bedömning"
    assert len(vbdata.load("goals", processed, level=["direction", "area"])) == 2


@pytest.mark.parametrize(
    ("name", "filters", "rows"),
    [
        ("reports", {"year": 2025}, 1),
        ("reports", {"year": [2023, 2025]}, 1),
        ("goals", {"parent_goal_id": [None]}, 1),
        ("goals", {"year": 2025, "unit_id": "granbackens-gruppbostad"}, 3),
        ("goals", {"year": 2025, "level": "unit"}, 1),
        ("indicators", {"value": 8.6}, 1),
    ],
)
def test_filters_keep_what_pandas_would(
    name: str, filters: dict[str, Any], rows: int, processed: Path
) -> None:
    found = read_table(name, processed, **filters)
    assert len(found) == rows
    assert found.dtypes.to_dict() == dtypes(name)
    assert len(vbdata.load(name, processed, **filters)) == rows


def test_a_filter_that_cannot_be_is_said(processed: Path) -> None:
    with pytest.raises(UnknownValueError, match="ingen sådan kolumn"):
        vbdata.load("goals", processed, colour=None)
    with pytest.raises(UnknownValueError, match="inget sådant värde"):
        vbdata.load("reports", processed, year="i fjol")
    with pytest.raises(UnknownValueError, match="versionerna är 1"):
        vbdata.load("goals", processed, version=99)
    for column in ("year", "kind"):
        with pytest.raises(UnknownValueError, match=f"{column} saknas aldrig"):
            vbdata.load("goals", processed, **{column: None})


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_labelled(name: str, processed: Path) -> None:
    found = vbdata.load(name, processed, labels=True)
    assert set(titles(name)) | set(CONTEXT) == set(found.columns) == set(found.attrs["titles"])
    assert len(set(found.attrs["titles"].values())) == len(found.columns)


def test_load_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="vbdata ingest"):
        vbdata.load("goals", tmp_path)
    with pytest.raises(UnknownValueError, match="tabellerna är reports"):
        vbdata.load("golas", tmp_path)


def test_sql_reads_every_table_and_nothing_else(processed: Path) -> None:
    query = "select title, year from goals join reports using (report_id) where level = $level"
    assert vbdata.sql(query, processed, level="unit").to_dict("records") == [
        {"title": "Alla trivs", "year": 2025}
    ]
    for name in TABLES:
        assert vbdata.sql(f"select count(*) as n from {name}", processed)["n"].tolist()[0] >= 0
    with pytest.raises(QueryError, match="läser bara tabellerna"):
        vbdata.sql(f"select * from read_csv('{Path(__file__)}')", processed)
    with pytest.raises(QueryError):
        vbdata.sql("select nothing from nowhere", processed)


# Columns


def test_rows_become_what_frames_are(tables: Tables) -> None:
    rows = tables["goals"].astype(object).where(tables["goals"].notna(), None).to_dict("records")
    made = arrow_of("goals", columns_of("goals", rows)).to_pandas().astype(dtypes("goals"))
    pd.testing.assert_frame_equal(made, frame("goals", rows))


@pytest.mark.parametrize(
    "change", [{"level": "vague"}, {"position": 2**70}, {"report_id": None}, {"title": "\ud800"}, {"x": 1}]
)
def test_rows_that_do_not_keep_to_the_schema_are_refused(change: dict[str, Any]) -> None:
    row = {"report_id": "a", "goal_id": "a/g01", "position": 1, "level": "unit", "title": "Mål"} | change
    with pytest.raises(SchemaError):
        arrow_of("goals", columns_of("goals", [row]))


# One state after the other


def plain_folder(tables: Tables, folder: Path) -> Path:
    """A folder as earlier versions wrote it, and as other tools may."""
    folder.mkdir()
    for name, each in tables.items():
        each.to_parquet(folder / f"{name}.parquet", index=False)
    return folder


def test_a_folder_of_plain_files_goes_on_working(tables: Tables, tmp_path: Path) -> None:
    folder = plain_folder(marked(tables, "old"), tmp_path / "p")
    assert read_table("reports", folder)["source"].tolist() == ["old"]
    data_sha256(folder)
    write_tables(marked(tables, "new"), folder)
    assert mark_of(folder) == {"new"}


@pytest.mark.parametrize("name", ["goals", "findings", "reports"])
def test_a_table_that_is_gone_is_not_a_table_without_rows(name: str, tables: Tables, tmp_path: Path) -> None:
    folder = plain_folder(tables, tmp_path / "p")
    (folder / f"{name}.parquet").unlink()
    for read in (data_sha256, lambda folder: vbdata.sql("select 1", folder), read_tables):
        with pytest.raises(MissingDataError, match=f"tabellen {name} saknas – läs om filerna"):
            read(folder)


OLDER: list[tuple[str, Callable[[pd.DataFrame], pd.DataFrame], str]] = [
    ("goals", lambda frame: frame.drop(columns="status_source"), "goals, kolumn status_source"),
    ("indicators", lambda frame: frame.assign(position=frame["position"].astype("float64")), "position"),
    ("activities", lambda frame: frame.rename(columns={"deviation": "avvikelse"}), "kolumn deviation"),
    ("goals", lambda frame: frame.assign(level=pd.Categorical(["borough"] * len(frame))), '"borough"'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "said"), OLDER)
@pytest.mark.parametrize("plain", [True, False])
def test_tables_of_another_version_are_one_line_and_are_made_anew(
    plain: bool, name: str, change: Callable[[pd.DataFrame], pd.DataFrame], said: str, tables: Tables,
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Nothing is read as a blank because an older version did not have it."""
    folder = tmp_path / "p"
    if plain:
        plain_folder(tables | {name: change(tables[name])}, folder)
    else:
        write_tables(tables, folder)
        path = (folder / f"{name}.parquet").resolve()
        path.chmod(0o644)
        change(tables[name]).to_parquet(path, index=False)
    with pytest.raises(SchemaError) as caught:
        read_table(name, folder)
    assert said in str(caught.value) and str(caught.value).endswith("läs om filerna: vbdata ingest MAPP")
    assert run("report", "--processed", str(folder), "--reports", str(tmp_path / "r")) == 1
    told = capsys.readouterr()
    assert said in told.err and told.err.count("\n") == 1 and "Traceback" not in told.err
    assert not list(tmp_path.glob("r/**/*.html"))
    text = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    (tmp_path / "granbacken.txt").write_text(text, encoding="utf-8")
    assert run("ingest", str(tmp_path / "granbacken.txt"), "--processed", str(folder)) == 0
    first = capsys.readouterr().out.splitlines()[1]
    assert first == "Tabellerna är gjorda av en annan version av vbdata: alla filer är lästa på nytt."
    pd.testing.assert_frame_equal(read_table(name, folder), tables[name])


def test_a_column_that_a_later_version_has_added_is_passed_by(tables: Tables, tmp_path: Path) -> None:
    folder = plain_folder(tables | {"goals": tables["goals"].assign(more=1)}, tmp_path / "p")
    assert read_table("goals", folder).dtypes.to_dict() == dtypes("goals")


def test_a_file_that_is_no_table_is_one_line(tables: Tables, tmp_path: Path) -> None:
    folder = plain_folder(tables, tmp_path / "p")
    (folder / "goals.parquet").write_bytes(b"half")
    with pytest.raises(SchemaError, match="ingen hel Parquetfil"):
        read_table("goals", folder)


@pytest.mark.parametrize("with_links", [True, False])
def test_a_copied_folder_goes_on_working(with_links: bool, tables: Tables, tmp_path: Path) -> None:
    write_tables(marked(tables, "old"), tmp_path / "p")
    shutil.copytree(tmp_path / "p", tmp_path / "copy", symlinks=with_links)
    shutil.rmtree(tmp_path / "p")
    assert mark_of(tmp_path / "copy") == {"old"}
    assert read_table("reports", tmp_path / "copy")["source"].tolist() == ["old"]
    write_tables(marked(tables, "new"), tmp_path / "copy")
    assert mark_of(tmp_path / "copy") == {"new"}


def test_a_table_put_in_the_folder_by_hand_is_the_one_that_is_read(tables: Tables, processed: Path) -> None:
    marked(tables, "own")["goals"].to_parquet(processed / "own.parquet", index=False)
    os.replace(processed / "own.parquet", processed / "goals.parquet")
    assert set(read_table("goals", processed)["report_id"]) == {"own"}
    write_tables(marked(tables, "new"), processed)
    assert mark_of(processed) == {"new"}


STEPS = ("make", "move", "link", "symlink", "make_folder", "sync")


class Disk:
    """A disk that gets full at the n-th thing that is done to it, or that takes everything."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.full_at, self.after = 0, 10**9, lambda: None
        for name in STEPS:
            monkeypatch.setattr(disk, name, self._step(getattr(disk, name)))

    def _step(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            if self.count >= self.full_at:
                raise OSError(28, "No space left on device")
            done = real(*arguments, **named)
            self.after()
            return done

        return step


@pytest.mark.parametrize("start", ["none", "plain", "written"])
def test_a_full_disk_leaves_the_old_state_at_every_step(
    start: str, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, before = marked(tables, "old"), marked(tables, "new"), tmp_path / "before"
    if start == "plain":
        plain_folder(old, before)
    elif start == "written":
        write_tables(old, before)
    full, step = Disk(monkeypatch), 0
    while True:
        step += 1
        folder = tmp_path / f"{step}"
        if before.exists():
            shutil.copytree(before, folder, symlinks=True)
        full.count, full.full_at = 0, step
        try:
            write_tables(new, folder)
        except VbdataError as error:
            assert "det går inte att skriva i mappen" in str(error)
            full.full_at = 10**9
            seen = mark_of(folder) if (folder / "goals.parquet").exists() else set()
            # The very last steps come after the new state is in place.
            assert seen in ([set(), {"new"}] if start == "none" else [{"old"}, {"new"}])
            write_tables(new, folder)
            assert mark_of(folder) == {"new"}
            left = [path for path in (folder / ROOT).iterdir() if path.name.endswith(".part")]
            assert left == []
        else:
            break
    assert step > 15


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("start", ["plain", "written"])
def test_vbdata_reads_one_state_between_any_two_steps(
    links: bool, start: str, tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader at every moment of a write sees the old state or the new one, and never goes back."""
    old, new, folder = marked(tables, "old"), marked(tables, "new"), tmp_path / "p"
    if not links:
        monkeypatch.setattr(os, "symlink", lambda *_, **__: (_ for _ in ()).throw(OSError(1, "no right")))
    if start == "plain":
        plain_folder(old, folder)
    else:
        write_tables(old, folder)
    seen: list[str] = []

    def look() -> None:
        frames = read_tables(folder)
        marks = {mark for name, each in frames.items() for mark in each[key_of(name)]}
        assert len(marks) == 1
        if links:
            assert mark_of(folder) == marks
        seen.extend(marks)

    watched = Disk(monkeypatch)
    watched.after = look
    write_tables(new, folder)
    watched.after = lambda: None
    assert seen == sorted(seen, reverse=True) and set(seen) == {"old", "new"}
    assert mark_of(folder) == {"new"}


def test_copies_that_were_stopped_halfway_are_put_right_by_the_next_reader(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise OSError(1, "no right")

    monkeypatch.setattr(os, "symlink", no_links)
    folder = tmp_path / "p"
    write_tables(marked(tables, "old"), folder)
    watched, real = Disk(monkeypatch), disk.move

    def stop(source: Path, target: Path) -> None:
        if target.name == "indicators.parquet":
            raise OSError(28, "No space left on device")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "move", stop)
        with pytest.raises(VbdataError):
            write_tables(marked(tables, "new"), folder)
        assert watched.count
        assert mark_of(folder) == {"old", "new"}  # what a tool without vbdata sees, until
    assert set(read_table("goals", folder)["report_id"]) == {"new"}  # somebody reads by vbdata
    assert mark_of(folder) == {"new"}


def test_old_generations_are_removed_but_not_under_a_reader(tables: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    write_tables(marked(tables, "0"), folder)
    with pinned(folder) as state:
        for mark in ("1", "2", "3"):
            write_tables(marked(tables, mark), folder)
        assert set(read_table("goals", state)["report_id"]) == {"0"}
        assert set(read_table("goals", folder)["report_id"]) == {"0"}  # as do the processes of this run
        assert mark_of(folder) == {"3"}
    assert set(read_table("goals", folder)["report_id"]) == {"3"}
    write_tables(marked(tables, "4"), folder)
    assert len([path for path in (folder / ROOT).iterdir() if path.name[:6].isdigit()]) == 2


def test_a_snapshot_does_not_change(tables: Tables, tmp_path: Path) -> None:
    folder = tmp_path / "p"
    write_tables(marked(tables, "old"), folder)
    state = snapshot(folder)
    before = data_sha256(state)
    write_tables(marked(tables, "new"), folder)
    assert set(read_table("goals", state)["report_id"]) == {"old"}
    assert data_sha256(state) == before != data_sha256(folder)


# Who may write


def test_a_second_writer_is_told_who_holds_the_folder(tables: Tables, processed: Path) -> None:
    with Lock(processed / ROOT), pytest.raises(BusyError) as error:
        write_tables(tables, processed)
    assert f"process {os.getpid()}" in str(error.value) and "\n" not in str(error.value)
    write_tables(tables, processed)


def test_the_lock_of_a_process_that_was_killed_is_free(tables: Tables, processed: Path) -> None:
    code = "import sys, time; from pathlib import Path; from vbdata.store.lock import Lock\n"
    code += "with Lock(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(processed / ROOT)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError, match=f"process {holder.pid}"):
        write_tables(tables, processed)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    write_tables(tables, processed)


def test_a_folder_that_is_a_file_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "processed").write_text("upptaget")
    with pytest.raises(VbdataError, match="går inte att skriva"):
        write_tables({name: empty(name) for name in TABLES}, tmp_path / "processed")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_an_error_for_people(tables: Tables, processed: Path) -> None:
    (processed / ROOT).chmod(0o555)
    try:
        with pytest.raises(VbdataError, match="går inte att skriva"):
            write_tables(tables, processed)
    finally:
        (processed / ROOT).chmod(0o755)
    assert len(read_table("reports", processed)) == 1


def test_tools_that_write_through_a_link_do_not_change_a_state(processed: Path) -> None:
    assert not os.stat(processed / "goals.parquet").st_mode & 0o222
