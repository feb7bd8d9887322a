"""CSV as a Swedish Excel reads it: semicolons, decimal comma, UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from vbdata.export.cells import neutral
from vbdata.export.codebook import COLUMNS, codebook
from vbdata.export.content import Content, caveats, plain_rows
from vbdata.export.sheets import sheets

_AS_TEXT = (
    "Ordagrann text ska vara text: ett kalkylprogram som känner igen tal gör om 89 % till 0,89 och raden "
    "5:54 till ett klockslag. Importera sådana kolumner som text, eller ta --to xlsx."
)


def write_csv(made: Content, folder: Path) -> None:
    """One file per table, the codebook, and a text that says what this is."""
    for part in sheets(made):
        head = [part.heads[str(each)] if made.labels else str(each) for each in part.frame.columns]
        _write(folder / f"{part.file}.csv", head, part.frame, made.labels)
    _write(folder / "kodbok.csv", list(COLUMNS.values()), codebook(), made.labels)
    (folder / "las_mig.txt").write_text(_about(made), encoding="utf-8-sig", newline="\r\n")


def _write(path: Path, head: Sequence[str], frame: pd.DataFrame, labels: bool) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";", lineterminator="\r\n")
        writer.writerow(head)
        for row in plain_rows(frame):
            writer.writerow([cell_text(value, labels) for value in row])


def cell_text(value: Any, labels: bool = True) -> str:
    """A cell as Swedish CSV has it; a missing one is empty.

    >>> cell_text(66.82), cell_text(True), cell_text(pd.NA), cell_text("=1+1")
    ('66,82', 'Ja', '', "'=1+1")
    """
    if pd.isna(value):
        return ""
    if isinstance(value, bool):
        return ("Ja" if value else "Nej") if labels else ("true" if value else "false")
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", ",")
    if isinstance(value, datetime.date | int):
        return str(value)
    return neutral(str(value))


def _about(made: Content) -> str:
    lines = ["Enheternas verksamhetsberättelser och verksamhetsplaner som tabeller", ""]
    lines += [f"{name}: {said}." for name, said in made.facts]
    lines += ["Form: semikolon, decimalkomma, UTF-8. Kolumnerna beskrivs i kodbok.csv.", _AS_TEXT, ""]
    for title, text in caveats():
        lines += [title.upper(), text, ""]
    return "\n".join(lines)
