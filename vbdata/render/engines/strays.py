"""Processes of a run, known by a token in their environment, never by their names."""

from __future__ import annotations

import os
import time
from contextlib import suppress

import psutil  # type: ignore[import-untyped]

TOKEN = "VBDATA_RUN"
"""The environment variable that every process of a run inherits."""
_PATIENCE = 1.5


def processes(token: str) -> list[psutil.Process]:
    """The run's living processes, other than this one."""
    return [each for each in psutil.process_iter() if each.pid != os.getpid() and _carries(each, token)]


def _carries(process: psutil.Process, token: str) -> bool:
    try:
        return bool(process.environ().get(TOKEN) == token and process.status() != psutil.STATUS_ZOMBIE)
    except (psutil.Error, OSError):  # ended meanwhile, or somebody else's
        return False


def end_strays(token: str) -> None:
    """End every process of the run, also what those processes start meanwhile."""
    until = time.monotonic() + _PATIENCE
    while (found := processes(token)) and time.monotonic() < until:
        for each in found:
            _end(each)
        _wait(found, 0.2)


def end_tree(pid: int) -> None:
    """End a process and all below it."""
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.Error:
        return
    for each in tree:
        _end(each)
    _wait(tree[1:], 0.5)


def end_children() -> None:
    """End all below this process."""
    for each in psutil.Process().children(recursive=True):
        _end(each)


def _wait(killed: list[psutil.Process], timeout: float) -> None:
    """Until all are dead; one that nobody has reaped yet is dead enough, and psutil would wait for it."""
    until = time.monotonic() + timeout
    while any(map(_lives, killed)) and time.monotonic() < until:
        time.sleep(0.01)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def _end(process: psutil.Process) -> None:
    with suppress(psutil.Error):  # ended meanwhile
        process.kill()
