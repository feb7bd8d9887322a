"""Where the register's files are, and their rows; whatever is wrong names its file and row."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from vbdata.errors import RegisterError
from vbdata.vocabulary import written
from vbdata.vocabulary.written import File, Line

ENVIRONMENT = "VBDATA_REGISTER"
"""Names the register's folder for processes that are started in another folder."""
COLUMNS = {
    "units": ("unit_id", "name", "type", "district", "aliases"),
    "successions": ("predecessor_id", "successor_id", "kind", "date", "share", "source"),
    "denominators": ("unit_id", "year", "count", "counted", "source", "confirmed_by", "confirmed_date"),
}
_BESIDE = Path(__file__).resolve().parents[2] / "data"


def register_folder() -> Path:
    """The folder that holds ``units.csv``.

    That named by the environment variable, else that of the workbook that the command or notebook runs in,
    else that beside the package. Where there is none, the workbook's ``data/``, and the register is empty:
    every unit that is read then raises a finding.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    here = Path().resolve()
    places = [*(folder / "data" for folder in (here, *here.parents)), _BESIDE]  # a notebook is in notebooks/
    return next((folder for folder in places if (folder / "units.csv").is_file()), places[0])


def stamp(folder: Path) -> written.Stamp:
    """Changes when a file of the register does."""
    return written.stamp(folder / f"{name}.csv" for name in COLUMNS)


def checksum(folder: Path) -> str:
    """Of the files as they are; empty where there is none."""
    paths = [path for name in COLUMNS if (path := folder / f"{name}.csv").is_file()]
    told = "".join(f"{path.name} {sha256(path.read_bytes()).hexdigest()}\n" for path in paths)
    return sha256(told.encode()).hexdigest() if told else ""


def lines(folder: Path, name: str) -> list[Line]:
    """Rows of one file, cells without spare spaces; none where there is no file.

    Raises
    ------
    RegisterError
        As `File.lines`.
    """
    path = folder / f"{name}.csv"
    if not path.is_file():
        return []
    found = File(path, f"{folder.name}/{path.name}", COLUMNS[name], RegisterError).lines()
    return [
        replace(line, cells={column: " ".join(cell.split()) for column, cell in line.cells.items()})
        for line in found
    ]
