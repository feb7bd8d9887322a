"""Where exports and pages have been put: noted beside the tables, so that a report can be taken out of them.

A note tells of the reports by checksums, and of each file what it was when it was written: one that somebody
has changed since is theirs. What lies in the workbook is noted by its place there, and moves with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from vbdata.store import disk
from vbdata.store.generations import ROOT
from vbdata.store.workbook import PROCESSED

_NOTES = "handed"
PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file or folder outside the tables; `marks` are of the reports and units in it, `note` says so."""

    path: Path
    form: str
    note: Path
    marks: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)

    def holds(self, *names: str) -> bool:
        """Whether any of the reports or units is in it."""
        return not self.marks.isdisjoint(map(_mark, names))

    def untouched(self) -> list[Path]:
        """Its files that are as they were written."""
        return [path for name in self.files if (path := self._file(name)) and self._same(name, path)]

    def changed(self) -> list[Path]:
        """Its files that somebody has changed."""
        return [path for name in self.files if (path := self._file(name)) and not self._same(name, path)]

    def _file(self, name: str) -> Path | None:
        path = self.path / name if name else self.path
        return path if path.is_file() else None

    def _same(self, name: str, path: Path) -> bool:
        return disk.sha256(path) == self.files[name]


def note(
    processed: Path, path: Path, form: str, names: Iterable[str] = (), files: Iterable[str] = ()
) -> None:
    """Note that reports have been written to a file, or to these files of a folder.

    Where the tables may only be read, nothing is noted.
    """
    folder = Path(processed) / ROOT / _NOTES
    if not folder.parent.is_dir():
        return
    path, home = path.resolve(), _home(processed)
    sums = {name: disk.sha256(path / name if name else path) for name in files}
    place = path.relative_to(home).as_posix() if home and path.is_relative_to(home) else str(path)
    said = {"path": place, "form": form, "marks": sorted(map(_mark, set(names))), "files": sums}
    with suppress(OSError):
        disk.make_folder(folder)
        disk.replace(folder / f"{_mark(place)[:24]}.json", json.dumps(said, ensure_ascii=False).encode())


def handed(processed: Path) -> list[Handed]:
    """What is still there of all that has been noted; the notes of what is gone go."""
    found, home = [], _home(processed) or Path()
    for path in sorted((Path(processed) / ROOT / _NOTES).glob("*.json")):
        try:
            said = json.loads(path.read_bytes())
            each = Handed(home / said["path"], said["form"], path, frozenset(said["marks"]), said["files"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if each.path.exists():
            found.append(each)
        else:
            disk.remove(path)
    return found


def forget(each: Handed) -> None:
    """Drop the note of a file or folder."""
    disk.remove(each.note)


def _home(processed: Path) -> Path | None:
    """The workbook that the tables lie in, if they lie in one."""
    folder = Path(processed).resolve()
    return folder.parents[1] if folder.parts[-2:] == PROCESSED.parts else None


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
