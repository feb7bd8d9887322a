"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from vbdata.errors import VbdataError
from vbdata.store import disk, leftovers
from vbdata.store.generations import ROOT

PREFIX = ".skriver-"


def write_file(target: Path, write: Callable[[Path], None], processed: Path | None = None) -> list[str]:
    """Write one file beside its place, and move it there when it is whole.

    Parameters
    ----------
    processed
        Folder of the tables, whose next run removes what is left if this one is killed.

    Returns
    -------
    list of str
        The written files' names, below `target`: of one file, an empty one.

    Raises
    ------
    VbdataError
        When it cannot be written; what was there before is left.
    """
    if target.is_dir():
        raise VbdataError(
            "målet är en mapp", source=target, hint=f"ange en fil, till exempel {target / 'vbdata'}…"
        )
    _staged(target.parent, target, lambda folder: write(folder / target.name), processed)
    return [""]


def write_folder(target: Path, write: Callable[[Path], None], processed: Path | None = None) -> list[str]:
    """Write a folder's files beside it, and move them in when all are whole; other files there are left."""
    if target.is_file():
        raise VbdataError("målet är en fil", source=target, hint="ange en mapp")
    return _staged(target, target, write, processed)


def _staged(folder: Path, target: Path, write: Callable[[Path], None], processed: Path | None) -> list[str]:
    written: list[str] = []
    staging: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = folder / f"{PREFIX}{secrets.token_hex(4)}"
        root = (processed or folder) / ROOT
        leftovers.clear(root)
        with leftovers.noted(root, staging):
            staging.mkdir(mode=0o700)
            write(staging)
            for file in sorted(staging.iterdir()):
                if os.name == "posix":
                    file.chmod(0o600)
                disk.put(file, folder / file.name)
                written.append(file.name)
            shutil.rmtree(staging)
        return written
    except PermissionError as error:
        raise VbdataError(
            "det går inte att skriva", source=target, value=error.strerror,
            hint="stäng filen om den är öppen i ett annat program",
        ) from error  # fmt: skip
    except OSError as error:
        raise VbdataError("det går inte att skriva", source=target, value=error.strerror) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
