"""Where the PDF that a report was read from lies: beside the tables, as a workbook has them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import pandas as pd

FOLDERS = ("raw", "raw/sample")
"""Folders beside the tables' in which a report's file may be."""


def original(report: pd.Series, processed: Path, start: Path) -> str:
    """Address of a report's PDF seen from a folder; nothing for other formats and where it is not there."""
    if report["format"] != "pdf":
        return ""
    path = _found(report, processed)
    return "" if path is None else quote(Path(os.path.relpath(path, start.resolve())).as_posix())


def _found(report: pd.Series, processed: Path) -> Path | None:
    """The file that a report was read from."""
    beside = processed.resolve().parent
    paths = (beside / folder / str(report["source"]) for folder in FOLDERS)
    return next((path for path in paths if path.is_file()), None)


def at_page(address: str, page: object) -> str:
    """The same, opened at a page.

    >>> at_page("raw/a%20b.pdf", 7)
    'raw/a%20b.pdf#page=7'
    """
    return address if pd.isna(page) else f"{address}#page={int(page)}"  # type: ignore[call-overload]
