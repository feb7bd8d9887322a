"""Who reads the files of a run: this process, several, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from vbdata.ingest.index import stamp_of
from vbdata.ingest.limits import Limits
from vbdata.ingest.pool import Pool, Readers, Serial, divides
from vbdata.ingest.results import Work

if TYPE_CHECKING:
    from vbdata.normalise.corrections import Correction

#: Processes, when nothing is said; and what may be read without any, since it cannot do harm.
MOST_JOBS = 8
_FEW, _LIGHT = (4 if divides() else 30), 2**20
_TEXT = (".txt", ".md", ".markdown")


def readers_for(
    todo: Sequence[Work],
    limits: Limits,
    corrections: Sequence[Correction],
    jobs: int | None,
    scheduler: str | None,
) -> AbstractContextManager[Readers]:
    """What reads best, and ends what it has started; see `run.ingest`.

    Nothing is started for a handful of small text files.
    """
    if scheduler:
        from vbdata.ingest.cluster import Cluster

        return Cluster(scheduler, limits, corrections)
    alone = jobs == 1 or (jobs is None and len(todo) <= _FEW)
    if alone and _harmless(todo, None if jobs else _LIGHT):
        return nullcontext(Serial(corrections))
    return Pool(min(jobs or min(_processors(), MOST_JOBS), len(todo)), limits, corrections)


def _harmless(todo: Sequence[Work], most: int | None) -> bool:
    """Text only, of `most` bytes: its readers bound what they take; any other file may never end."""
    if any(work.file.path.suffix.lower() not in _TEXT for work in todo):
        return False
    return most is None or sum(stamp_of(work.file.key)[0] for work in todo) <= most


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
