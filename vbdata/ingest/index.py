"""What a run leaves for the next one: an entry per file, and where its rows are."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from vbdata.ingest.files import RawFile
from vbdata.ingest.fingerprint import fingerprint, why_old
from vbdata.ingest.results import REPORT_TABLES, FileResult, Head
from vbdata.ingest.versions import Place, report_id
from vbdata.store import disk
from vbdata.store.generations import Snapshot

NAME = "index.json"
_FORMAT = 1
#: A file that was changed this shortly before it was looked at may be changed again without a trace in its
#: time, which some file systems keep in steps of two seconds: it is read to be sure. Git calls it racy.
_RACY_NS = 2_500_000_000

Stamp = tuple[int, int, int]
"""Size, and times of change of content and of anything, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a file: its stamp, what came of reading it, and as which version its rows are kept.

    `looked` is when the stamp was taken. `corrected` is the checksum of the corrections made in the rows.
    """

    key: str
    source: str
    named: bool
    stamp: Stamp
    looked: int
    sha256: str | None
    status: str
    error: str | None
    message: str | None
    seconds: float
    read_at: str
    head: Head | None
    version: int
    corrected: str
    counts: tuple[int | None, ...]

    def same_outcome(self, other: Entry | None) -> bool:
        """Whether nothing in the tables differs, but when and how fast the file was read."""
        return other is not None and self._timeless() == other._timeless()

    def _timeless(self) -> Entry:
        return replace(self, stamp=(0, 0, 0), looked=0, seconds=0.0, read_at="")


COUNTED = tuple(table for table in REPORT_TABLES if table != "reports")


def entry_of(file: RawFile, result: FileResult, stamp: Stamp, looked: int, corrected: str) -> Entry:
    """The entry of a file that has just been read."""
    return Entry(
        key=file.key,
        source=file.source,
        named=file.named,
        stamp=stamp,
        looked=looked,
        sha256=result.sha256,
        status=result.status,
        error=result.error,
        message=result.message,
        seconds=round(result.seconds, 4),
        read_at=result.read_at,
        head=result.head,
        version=result.version if result.head else 0,
        corrected=corrected,
        counts=tuple(result.counts.get(table) for table in COUNTED),
    )


def result_of(file: RawFile, entry: Entry, place: Place | None, taken_over: bool) -> FileResult:
    """What came of a file, now that all are read."""
    status, message, head, version = entry.status, entry.message, entry.head, entry.version
    if place is not None and place.version is None:
        status, message, head = "skipped", f"samma rapport som {place.double_of}", None
    elif place is not None and place.version is not None and place.version > 1:
        message = message or f"version {place.version} av samma rapport"
    counts = dict(zip(COUNTED, entry.counts, strict=True)) if head else dict.fromkeys(COUNTED)
    return FileResult(
        file, status, entry.sha256, entry.error, message, entry.seconds, None,
        report_id(head, version) if head else None, head, version, counts, entry.read_at, taken_over,
    )  # fmt: skip


def stamp_of(path: str) -> Stamp:
    """The file's stamp; zeros where it cannot be looked at."""
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def settled(stamp: Stamp, looked: int) -> bool:
    """Whether a file that still has the stamp is sure to have the content that it had."""
    return 0 < max(stamp[1:]) <= looked - _RACY_NS


@dataclass(frozen=True, slots=True)
class Part:
    """A set of files' rows that is kept together, in this order; `counts` has those of every report table.

    A part without a name is the one file that each table of a small corpus is.
    """

    name: str
    keys: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All that a generation knows of its files."""

    fingerprint: str
    limits: tuple[float, int]
    entries: dict[str, Entry] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    across: dict[str, Any] = field(default_factory=dict)
    """Neighbourhood → checksum of what was compared in it, and the findings' rows."""
    made_by: dict[str, str] = field(default_factory=dict)
    """Checksums of the code, the vocabulary and the register that the tables were made by."""
    rows: dict[str, Any] = field(default_factory=dict)
    """Correction → what its row was called before a run in which it may have moved."""


def write_index(index: Index, folder: Path) -> None:
    """Put the index in a generation."""
    content = {
        "format": _FORMAT,
        "fingerprint": index.fingerprint,
        "limits": index.limits,
        "entries": _columns(index.entries.values()),
        "parts": [[part.name, part.keys, part.counts] for part in index.parts],
        "across": index.across,
        "made_by": index.made_by,
        "rows": index.rows,
    }
    disk.replace(folder / NAME, json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _columns(entries: Iterable[Entry]) -> list[list[Any]]:
    names = [each.name for each in fields(Entry)]
    rows = [[getattr(entry, name) for name in names] for entry in entries]
    for row in rows:
        head = row[names.index("head")]
        row[names.index("head")] = astuple(head) if head else None
    return [list(column) for column in zip(*rows, strict=True)]


def read_index(folder: Path | None) -> Index | None:
    """The index of a generation; None where there is none that this version understands."""
    if folder is None:
        return None
    try:
        said = json.loads((folder / NAME).read_bytes().decode("utf-8", "surrogatepass"))
        if said["format"] != _FORMAT:
            return None
        entries = {entry.key: entry for entry in map(_entry, zip(*said["entries"], strict=True))}
        parts = tuple(
            Part(name, tuple(keys), tuple(tuple(each) for each in counts))
            for name, keys, counts in said["parts"]
        )
        later = said.get("made_by", {}), said.get("rows", {})
        return Index(said["fingerprint"], tuple(said["limits"]), entries, parts, said["across"], *later)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def stale(state: Snapshot) -> str | None:
    """Why tables are not those that would be read today, in Swedish; None where they are, or nobody knows."""
    last = read_index(state.generation)
    if last is None or last.fingerprint == fingerprint():
        return None
    return why_old(last.made_by)


_HEAD = [each.name for each in fields(Entry)].index("head")


def _entry(row: tuple[Any, ...]) -> Entry:
    values = list(row)
    values[3], values[14] = tuple(values[3]), tuple(values[14])
    if values[_HEAD] is not None:
        values[_HEAD] = Head(*values[_HEAD])
    return Entry(*values)
