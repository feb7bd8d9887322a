"""Limits that a process puts on itself: data memory, and not to outlive the process that started it."""

from __future__ import annotations

import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1


def limit_memory(megabytes: int) -> None:
    """Let this process and those it starts have no more data memory than this (kept on Linux only)."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 2**20
    # Some systems (macOS) refuse to set it at all; the deadline still holds there.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def end_with_parent() -> None:
    """Let the kernel end this process when the thread that started it ends (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import signal

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
