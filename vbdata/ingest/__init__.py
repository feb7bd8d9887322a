"""Read files into the processed folder: every file is tried, and every file has a line in the log.

A run reads only what has changed since the last one, several files at a time; what it writes is what a run
from scratch would have written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vbdata.lazily import parts_of

if TYPE_CHECKING:
    from vbdata.ingest.files import SAMPLE, RawFile, default_raws, find_files, what_is_read
    from vbdata.ingest.limits import Limits
    from vbdata.ingest.reading import read_file
    from vbdata.ingest.results import FileResult
    from vbdata.ingest.run import ingest

__all__ = [
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

__getattr__ = parts_of(
    __name__,
    {
        **dict.fromkeys(("SAMPLE", "RawFile", "default_raws", "find_files", "what_is_read"), "files"),
        "Limits": "limits",
        "read_file": "reading",
        "FileResult": "results",
        "ingest": "run",
    },
)
