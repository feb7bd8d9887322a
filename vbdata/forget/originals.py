"""Where originals are: in a workbook that has been copied or moved since it was read, they came along."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from vbdata.ingest.index import Entry
from vbdata.store.disk import sha256
from vbdata.store.workbook import RAW


def placed(entry: Entry, root: Path) -> Entry:
    """A file of the last run where it is now: where it was read, or at the same place in this workbook."""
    along = _along(entry, root)
    if along is None or (Path(entry.key).exists() and sha256(along) != entry.sha256):
        return entry
    return replace(entry, key=str(along))


def uncertain(read: Collection[Entry], root: Path) -> set[Path]:
    """Where these files were read, and what stands there in this workbook, be it the same or not."""
    return {Path(each.key) for each in read} | {path for each in read if (path := _along(each, root))}


def _along(entry: Entry, root: Path) -> Path | None:
    """What stands in this workbook where a file stood in the workbook that it was read in."""
    if Path(entry.key).is_relative_to(root):
        return None
    _, in_raw, below = Path(entry.key).as_posix().rpartition(f"/{RAW.as_posix()}/")
    along = (root / RAW / below).resolve()
    return along if in_raw and along.is_file() else None


def doubles(read: Collection[Entry], root: Path) -> Iterator[Path]:
    """Files among the workbook's originals with the bytes of one of these."""
    sizes, sums = {each.stamp[0] for each in read}, {each.sha256 for each in read}
    for path in (root / RAW).rglob("*"):
        if path.is_file() and path.stat().st_size in sizes and sha256(path) in sums:
            yield path.parent.resolve() / path.name
