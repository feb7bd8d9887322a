"""Small documents, records and rows for tests; every field has a sensible default."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from vbdata.extract.document import Place
from vbdata.ingest import RawFile, read_file
from vbdata.parse.records import Activity, Complaint, Cover, Goal, Indicator, Report
from vbdata.sample import SampleFile, truth
from vbdata.schema import dtypes
from vbdata.store import columns
from vbdata.store.generations import writing

COVER = "Verksamhetsberättelse 2025\nEnheten Granbackens gruppbostad\n\nDnr: BT 2025/17\n2026-01-20\n"
GOALS = """
KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en stark och jämlik välfärd i hela staden

Inga data

KF:s mål för verksamhetsområdet: 1.3 Stockholms stad ska ge stöd och omsorg där behoven är som störst

Inga data
"""
INDICATOR_HEAD = (
    "Indikator\tPeriodens utfall\tUtfall män/ pojkar\tUtfall kvinnor/ flickor\tUtfall VB 2024"
    "\tÅrsmål\tKF:s årsmål\tPeriod"
)
SICK = "Sjukfrånvaro\t8,6 %\t\t\t\t9,5 %\tTas fram av nämnd/styrelse\tVB 2025"
ACTIVITY_HEAD = "Aktivitet\tStartdatum\tSlutdatum\tAvvikelse"
FORM_HEAD = (
    "Uppdelning\tKlagomål/synpunkter/kategorier\tUtfall T1 2025\tUtfall T2 2025\tUtfall VB 2025"
    "\tTotalt ack 2025\tBedömning och planerade åtgärder"
)


def report_text(*parts: str, cover: str = COVER, goals: str = GOALS) -> str:
    """A short report in plain text with tabs: cover, two council goals, then the parts."""
    return "\n".join([cover, goals, *parts])


def table(*rows: str) -> str:
    return "\n" + "\n".join(rows) + "\n"


def tables_of(text: str | bytes, folder: Path, name: str = "rapport.txt") -> dict[str, list[dict[str, Any]]]:
    """A text read all the way; fails with the log's message where it cannot be read."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    result = read_file(RawFile(path, name))
    if result.rows is None:
        raise AssertionError(result.message)
    return result.rows


def cover(**kw: Any) -> Cover:
    fields = {"kind": "VB", "year": 2025, "unit_name": "Granbackens gruppbostad", "title_raw": "Titel"}
    return Cover(**fields | kw)


def goal(position: int = 1, **kw: Any) -> Goal:
    fields: dict[str, Any] = {
        "level": "unit",
        "code": None,
        "title_raw": "Alla ska trivas",
        "status_raw": "Uppfylls helt",
        "parent": None,
        "place": Place(position * 10),
    }
    return Goal(position, **fields | kw)


def indicator(position: int = 1, **kw: Any) -> Indicator:
    fields: dict[str, Any] = {"goal": 1, "name_raw": "Sjukfrånvaro", "place": Place(40 + position)}
    return Indicator(position, **fields | kw)


def activity(position: int = 1, **kw: Any) -> Activity:
    fields: dict[str, Any] = {
        "goal": 1,
        "title_raw": "Utbilda alla",
        "start_raw": "2025-01-01",
        "end_raw": "2025-12-31",
        "place": Place(60 + position),
    }
    return Activity(position, **fields | kw)


def complaint(position: int = 1, group: str = "Beröm", category: str = "Beröm", **kw: Any) -> Complaint:
    return Complaint(position, group, category, **{"place": Place(80 + position)} | kw)


def report(**kw: Any) -> Report:
    fields: dict[str, Any] = {"cover": cover(), "goals": (goal(),)}
    return Report(**fields | kw)


def restored(place: Path, kept: Path) -> Path:
    """A folder as it was when it was kept, at its own place: a run knows its files by their paths."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(kept, place, symlinks=True))


def write_tables(tables: Mapping[str, pd.DataFrame], processed: Path) -> None:
    """Whole tables as a new state of the folder."""
    with writing(processed) as state:
        folder = state.begin()
        for name, each in tables.items():
            plain = pa.Table.from_pandas(each, preserve_index=False).cast(columns.plain_schema(name))
            columns.write(name, plain, folder / f"{name}.parquet")
        state.commit()


def write_truth(folder: Path, files: Iterable[SampleFile]) -> None:
    """The true tables of sample files: a folder per file, named as its stem, with five CSV files.

    They have the columns of hand-made gold tables: what the report means, whatever the traps made of it.
    """
    for file in files:
        target = folder / file.path.stem
        target.mkdir(parents=True, exist_ok=True)
        for name, (heads, rows) in truth(file.meaning).items():
            with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
                csv.writer(handle).writerows([heads, *rows])


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame of the table's columns and dtypes; a key that it does not have is an error."""
    types = dtypes(table)
    assert {key for row in rows for key in row} <= types.keys()
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in types.items()}
    )


def frames(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, pd.DataFrame]:
    """A report's rows as typed frames, by table."""
    return {name: frame(name, each) for name, each in rows.items()}
