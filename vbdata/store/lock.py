"""One writer at a time: a lock that the kernel releases when its holder dies, and that names the holder."""

from __future__ import annotations

import datetime
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from vbdata.errors import BusyError

NAME = "lock"


class Lock:
    """The writer's lock of a processed folder.

    Raises
    ------
    BusyError
        On entry, when another process is writing; it says which, where and since when.
    """

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock

        self._lock = FileLock(folder / NAME, blocking=False, thread_local=False)
        self._holder = folder / f"{NAME}.json"

    def __enter__(self) -> Lock:
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:
            raise BusyError(
                "en annan körning skriver i mappen just nu",
                source=self._holder.parent.parent,
                value=_described(self._holder),
                hint="vänta tills den är klar",
            ) from None
        with suppress(OSError):  # the lock holds without its note
            self._holder.write_text(json.dumps(_this_process(), ensure_ascii=False), encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._holder.unlink(missing_ok=True)
        self._lock.release()


def _this_process() -> dict[str, Any]:
    return {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
        "command": " ".join([_program(), *sys.argv[1:]])[:200],
    }


def _program() -> str:
    path = Path(sys.argv[0])
    return path.parent.name if path.name == "__main__.py" else path.name


def _described(holder: Path) -> str:
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        return f"process {said['pid']} på {said['host']} sedan {said['since']}: {said['command']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has not got that far
        return "okänd process"
