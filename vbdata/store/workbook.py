"""Where the workbook is: its folder of tables, found from anywhere inside it."""

from __future__ import annotations

import os
from pathlib import Path

from vbdata.errors import MissingDataError

PROCESSED = Path("data/processed")
"""Where a workbook keeps its tables."""
RAW = Path("data/raw")
"""Where it keeps its reports."""
_MARKS = ("data/processed/reports.parquet", "data/processed/.generations", "data/units.csv", "data/raw")


def processed_folder(start: Path | None = None) -> Path:
    """The tables' folder of the workbook that `start` (the current folder) lies in.

    A workbook is known by what it holds: tables, a register of units, or a folder of reports.

    Raises
    ------
    MissingDataError
        When no folder from here upwards is a workbook.
    """
    here = (start or Path()).resolve()
    for folder in (here, *here.parents):
        if any((folder / mark).exists() for mark in _MARKS):
            return folder / PROCESSED
    raise MissingDataError(
        "ingen arbetsbok här eller i mapparna ovanför", source=here,
        hint="gå till arbetsbokens mapp, eller ange tabellernas mapp med processed=",
    )  # fmt: skip


def in_workbook(path: Path) -> Path:
    """A path of the workbook that one stands in or below, as it is from here; itself where there is none."""
    try:
        root = processed_folder().parents[1]
    except MissingDataError:
        return path
    return Path(os.path.relpath(root / path))
