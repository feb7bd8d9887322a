"""Read files into the processed folder: every file is tried, and every file has a line in the log.

A run reads only what has changed since the last one, several files at a time; what it writes is what a run
from scratch would have written.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vbdata.ingest.files import RAW, SAMPLE, RawFile, default_raws, find_files, what_is_read
    from vbdata.ingest.limits import Limits
    from vbdata.ingest.reading import read_file
    from vbdata.ingest.results import FileResult
    from vbdata.ingest.run import ingest

__all__ = [
    "RAW",
    "SAMPLE",
    "FileResult",
    "Limits",
    "RawFile",
    "default_raws",
    "find_files",
    "ingest",
    "read_file",
    "what_is_read",
]

_HOMES = {
    "files": ("RAW", "SAMPLE", "RawFile", "default_raws", "find_files", "what_is_read"),
    "limits": ("Limits",),
    "reading": ("read_file",),
    "results": ("FileResult",),
    "run": ("ingest",),
}


def __getattr__(name: str) -> Any:
    # A run that finds nothing changed needs neither the readers nor pandas.
    for home, kept in _HOMES.items():
        if name in kept:
            return getattr(import_module(f"vbdata.ingest.{home}"), name)
    raise AttributeError(f"module 'vbdata.ingest' has no attribute {name!r}")
