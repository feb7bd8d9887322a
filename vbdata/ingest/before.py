"""What the last run found in a file, where reading it again would give the same."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace

from vbdata.ingest.files import RawFile
from vbdata.ingest.index import Entry, Index, settled, stamp_of
from vbdata.ingest.pool import DIED, EXPIRED
from vbdata.store import disk


@dataclass(frozen=True, slots=True)
class Before:
    """The last run, beside the fingerprint and limits of this one."""

    last: Index
    fingerprint: str
    limits: tuple[float, int]

    @property
    def otherwise(self) -> bool:
        """Whether the tables were made by other code, words or units than this run's."""
        return self.last.fingerprint != self.fingerprint

    def nameless(self, file: RawFile) -> RawFile:
        """The file, called as the tables may call it: without the name of a person."""
        old = self.last.entries.get(file.key)
        if old is not None and old.source == file.source and not self.otherwise:
            return file  # it has been found to name nobody
        from vbdata.normalise.filenames import without_names

        return replace(file, source=without_names(file.source))

    def kept(self, key: str, file: RawFile) -> Entry | None:
        """The last run's entry, with the file's stamp of now, if reading it again would give it again."""
        old = self.last.entries.get(key)
        if old is None or self.otherwise:
            return None
        if (old.source, old.named) != (file.source, file.named) or self._may_go_better(old):
            return None
        stamp, looked = stamp_of(key), time.time_ns()
        if stamp == old.stamp and settled(stamp, old.looked):
            return old
        if old.sha256 is None or _checksum(key) != old.sha256:
            return None
        return replace(old, stamp=stamp, looked=looked)

    def _may_go_better(self, old: Entry) -> bool:
        """A failure that the machine had a part in."""
        if old.error in ("OSError", DIED):
            return True
        return old.error in (EXPIRED, "MemoryError") and self.last.limits != self.limits


def _checksum(path: str) -> str | None:
    with suppress(OSError):
        return disk.sha256(path)
    return None
