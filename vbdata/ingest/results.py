"""What came of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vbdata import __version__
from vbdata.ingest.files import RawFile

if TYPE_CHECKING:
    from vbdata.errors import VbdataError
    from vbdata.store.columns import Columns

Rows = dict[str, list[dict[str, Any]]]

#: How the line of an error that is ours begins.
BUG = "internt fel i vbdata"
#: Tables that have rows of each report, in the order of the counts of an entry.
REPORT_TABLES = (
    "reports",
    "goals",
    "indicators",
    "activities",
    "complaints",
    "passages",
    "quantities",
    "findings",
    "corrections",
)


@dataclass(frozen=True, slots=True)
class Head:
    """Which report a file holds; `base_id` is its id without a version, `content` tells doubles."""

    base_id: str
    kind: str
    year: int
    unit_id: str
    unit_name: str
    board: str | None
    date: str
    dnr: str
    content: str


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file: its row of the log, and its tables' rows where it was just read.

    `taken_over` is a file that has not changed since an earlier run read it.
    """

    file: RawFile
    status: str
    sha256: str | None = None
    error: str | None = None
    message: str | None = None
    seconds: float = 0.0
    rows: Rows | None = None
    report_id: str | None = None
    head: Head | None = None
    version: int = 1
    counts: Mapping[str, int | None] = field(default_factory=dict)
    read_at: str = ""
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A file to read as a version of its report; `number` tells the works of a run apart."""

    number: int
    file: RawFile
    version: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a work: the result without its rows, and the rows as columns.

    `stop` is an error that no file is to blame for: the run ends with it.
    """

    number: int
    result: FileResult
    columns: Columns | None = None
    stop: VbdataError | None = None


def lost(work: Work, cause: str, error: str, seconds: float = 0.0) -> Answer:
    """The answer for a file whose reading was ended from outside."""
    return Answer(work.number, FileResult(work.file, "failed", error=error, message=cause, seconds=seconds))


def log_row(result: FileResult, more_findings: int = 0) -> dict[str, Any]:
    """The file's row of the log; `more_findings` are those that several reports made together."""
    counts = dict(result.counts)
    if result.report_id is not None:
        counts["findings"] = (counts["findings"] or 0) + more_findings
    return {
        "source": result.file.source,
        "sha256": result.sha256,
        "status": result.status,
        "report_id": result.report_id,
        "error": result.error,
        "message": result.message,
        "seconds": result.seconds,
        "read_at": result.read_at or None,
        **counts,
        "parser_version": __version__,
    }
