"""Files in the making outside the processed folder: noted there, so that the next run removes a kill's."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vbdata.store import disk

_NOTES = "unfinished"


@contextmanager
def noted(root: Path, folder: Path) -> Iterator[None]:
    """While it lasts, `folder` is noted in the store's folder `root`, where there is one."""
    if not root.is_dir():
        yield
        return
    from filelock import FileLock

    notes = root / _NOTES
    try:
        disk.make_folder(notes)
        note = notes / f"{secrets.token_hex(6)}.path"
        lock = FileLock(note.with_suffix(".lock"))
        lock.acquire()
        note.write_text(str(folder.resolve()), encoding="utf-8")
    except OSError:  # tables that may only be read
        yield
        return
    try:
        yield
    finally:
        _forget(note)
        lock.release()
        _forget(note.with_suffix(".lock"))


def clear(root: Path) -> None:
    """Remove folders that processes which have ended were filling."""
    from filelock import FileLock, Timeout

    for note in (root / _NOTES).glob("*.path"):
        lock = FileLock(note.with_suffix(".lock"), blocking=False)
        try:
            lock.acquire()
        except (OSError, Timeout):  # somebody is at it
            continue
        with suppress(OSError):
            disk.remove(Path(note.read_text(encoding="utf-8")))
        _forget(note)
        lock.release()
        _forget(note.with_suffix(".lock"))


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
