"""The processed folder: typed round trip, all or nothing, and errors that help."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import vbdata
from tests.factories import INDICATOR_HEAD, SICK, report_text, table
from vbdata.errors import MissingDataError, SchemaError, UnknownValueError, VbdataError
from vbdata.ingest import ingest
from vbdata.schema import TABLES, dtypes, empty
from vbdata.schema.labels import titles
from vbdata.store import read_tables, write_tables


@pytest.fixture
def processed(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    text = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    (raw / "granbacken.txt").write_text(text, encoding="utf-8")
    ingest([raw], tmp_path / "processed")
    return tmp_path / "processed"


def test_tables_come_back_with_their_types(processed: Path) -> None:
    for name, frame in read_tables(processed).items():
        assert frame.dtypes.to_dict() == dtypes(name)


def test_load_filters_and_labels(processed: Path) -> None:
    units = vbdata.load("goals", processed, level="unit")
    assert units["title"].tolist() == ["Alla trivs"]
    labelled = vbdata.load("goals", processed, labels=True)
    assert labelled["status"].tolist()[-1] == "Uppfylls helt"
    assert next(iter(labelled["level"].cat.categories)) == "KF:s inriktningsmål"
    assert labelled.attrs["titles"]["status"] == "Bedömning"
    assert len(vbdata.load("goals", processed, level=["direction", "area"])) == 2


@pytest.mark.parametrize("name", TABLES)
def test_every_table_can_be_labelled(name: str, processed: Path) -> None:
    frame = vbdata.load(name, processed, labels=True)
    assert list(frame.columns) == list(titles(name))


def test_load_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingDataError, match="vbdata ingest"):
        vbdata.load("goals", tmp_path)
    with pytest.raises(UnknownValueError, match="tabellerna är reports"):
        vbdata.load("golas", tmp_path)


def test_nothing_is_written_when_one_table_is_wrong(processed: Path) -> None:
    before = {p.name: p.read_bytes() for p in processed.iterdir()}
    tables = {name: empty(name) for name in TABLES} | {"passages": pd.DataFrame({"a": [1]})}
    with pytest.raises(SchemaError):
        write_tables(tables, processed)
    assert {p.name: p.read_bytes() for p in processed.iterdir()} == before


def test_a_fault_while_writing_leaves_the_old_tables(
    processed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {p.name: p.read_bytes() for p in processed.iterdir()}
    real = pd.DataFrame.to_parquet

    def full_disk(self: pd.DataFrame, path: Path, **kw) -> None:
        if "passages" in str(path):
            raise OSError(28, "No space left on device")
        real(self, path, **kw)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full_disk)
    with pytest.raises(OSError):
        write_tables({name: empty(name) for name in TABLES}, processed)
    assert {p.name: p.read_bytes() for p in processed.iterdir()} == before


def test_a_folder_that_is_a_file_is_an_error_for_people(tmp_path: Path) -> None:
    (tmp_path / "processed").write_text("upptaget")
    with pytest.raises(VbdataError, match="går inte att skriva"):
        write_tables({name: empty(name) for name in TABLES}, tmp_path / "processed")
