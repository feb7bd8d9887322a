"""Where the PDF that a report was read from lies: beside the tables, as a workbook has them."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import pandas as pd

from vbdata.extract.decode import decode, to_lines
from vbdata.extract.document import Printed
from vbdata.extract.furniture import place

FOLDERS = ("raw", "raw/sample")
"""Folders beside the tables' in which a report's file may be."""


def original(report: pd.Series, processed: Path, start: Path) -> str:
    """Address of a report's PDF seen from a folder; nothing for other formats and where it is not there."""
    if report["format"] != "pdf":
        return ""
    path = _found(report, processed)
    return "" if path is None else quote(Path(os.path.relpath(path, start.resolve())).as_posix())


def printed_lines(report: pd.Series, processed: Path | None) -> tuple[Printed, ...]:
    """The lines of the text that a report was read from; none of other formats or of a changed file."""
    if processed is None or report["format"] not in ("txt", "md"):
        return ()
    path = _found(report, processed)
    return () if path is None else _lines(path, str(report["sha256"]))


def _found(report: pd.Series, processed: Path) -> Path | None:
    """The file that a report was read from."""
    beside = processed.resolve().parent
    paths = (beside / folder / str(report["source"]) for folder in FOLDERS)
    return next((path for path in paths if path.is_file()), None)


@lru_cache(maxsize=64)
def _lines(path: Path, sha256: str) -> tuple[Printed, ...]:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        return ()
    return tuple(Printed(line.text, place(line)) for line in to_lines(decode(data)))


def at_page(address: str, page: object) -> str:
    """The same, opened at a page.

    >>> at_page("raw/a%20b.pdf", 7)
    'raw/a%20b.pdf#page=7'
    """
    return address if pd.isna(page) else f"{address}#page={int(page)}"  # type: ignore[call-overload]
