"""Limits that a process puts on itself: data memory, and not to outlive the process that started it."""

from __future__ import annotations

import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1


def limit_memory(megabytes: int, *, beyond: bool = False) -> None:
    """Let this process and those it starts have no more data memory than this (kept on Linux only).

    Parameters
    ----------
    beyond
        Count from what the process has taken already.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * 2**20 + (_taken() if beyond else 0)
    # Some systems (macOS) refuse to set it at all; a deadline still holds there.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def _taken() -> int:
    """Bytes of data memory that this process has, as the limit counts them."""
    with suppress(OSError, ValueError), open("/proc/self/status", encoding="ascii") as lines:
        for line in lines:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def end_with_parent() -> None:
    """Let the kernel end this process when the thread that started it ends (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import signal

    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
