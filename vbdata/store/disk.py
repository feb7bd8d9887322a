"""The few things that the store does to a disk, each either done or an error, and on the disk when done.

They stand here alone so that a test can let any of them fail: a full disk, a folder that is read-only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from vbdata.errors import VbdataError

_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds between the tries to replace a file that another program holds."""


def write(path: Path, content: bytes) -> None:
    """Write a new file."""
    make(path, lambda part: part.write_bytes(content))


def make(path: Path, writer: Callable[[Path], object]) -> None:
    """Let `writer` make a file, and see it onto the disk; nobody may write in it afterwards."""
    writer(path)
    sync(path)
    if os.name == "posix":  # a tool that writes through a link would change a state that others read
        path.chmod(0o400)  # and the reports are about people: no other account reads them


def replace(path: Path, content: bytes) -> None:
    """Put a file in the place of one: a reader sees either."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    write(part, content)
    move(part, path)


def move(source: Path, target: Path) -> None:
    """Rename a file or a folder, in the place of a file that may be there."""
    put(source, target)
    sync(target.parent)


def put(source: Path, target: Path) -> None:
    """The rename alone; tried again while another program, such as OneDrive, holds the file for a moment."""
    for wait in _WAITS:
        try:
            os.replace(source, target)
        except PermissionError:
            time.sleep(wait)
        else:
            return
    os.replace(source, target)


def put_or_say(source: Path, target: Path) -> None:
    """The same; what cannot be done is one line.

    Raises
    ------
    VbdataError
        When the file is held, or the folder cannot be written in.
    """
    try:
        put(source, target)
    except OSError as error:
        raise VbdataError(
            "filen går inte att ersätta", source=target, value=error.strerror,
            hint="stäng den om den är öppen i ett annat program, och kör igen",
        ) from error  # fmt: skip


def link(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the disk has no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if is_full(error):
            raise
        make(target, lambda part: shutil.copyfile(source, part))


def symlink(target: str, path: Path, *, folder: bool) -> None:
    """A symbolic link in the place of one, or of a file."""
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    os.symlink(target, part, target_is_directory=folder)
    move(part, path)


def make_folder(path: Path) -> None:
    """A folder, and those above it; it is for this account alone."""
    path.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        mode = path.stat().st_mode
        if mode & 0o200 and mode & 0o077:  # one that is read-only is left so
            with suppress(OSError):  # another account's, which may let us write there
                path.chmod(0o700)


def remove(path: Path) -> None:
    """Remove a file, a link or a folder, as far as it can be removed; what is left is tried next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """See a file or a folder onto the disk."""
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path | str) -> str:
    """Checksum of a file's bytes."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def is_full(error: OSError) -> bool:
    """Whether the error is about the disk's room or rights, rather than about what it can do."""
    import errno

    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
