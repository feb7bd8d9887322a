"""How many of the doubts that were planted in consistent reports are asked about, each at its line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

PLANTED = Path(__file__).with_name("planted.csv")
"""Written by ``benchmarks/edits.py --keep``."""


class Planted(NamedTuple):
    """Edits of one part: its kinds, the edits made and those that were asked about.

    `part` is ``open`` (the checks may be tuned on it) or ``kept_apart``. Under ``unedited`` stand the
    benchmark's own reports as they are: `planted` counts the reports, `asked` the findings in them.
    """

    part: str
    kinds: int
    planted: int
    asked: int
    version: str
    measured: str
