"""What reading one file may cost."""

from __future__ import annotations

from dataclasses import dataclass

DEADLINE = 120.0
MEMORY = 2048


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and MB of memory (kept on Linux only), that reading one file may take.

    They hold where files are read in processes of their own, which can be ended.
    """

    deadline: float = DEADLINE
    memory: int = MEMORY
