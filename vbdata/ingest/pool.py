"""Files read by several processes, each of which can be ended without harm to the others."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Protocol

from vbdata.ingest.limits import Limits
from vbdata.ingest.results import Answer, Work, lost
from vbdata.processes import end_with_parent, limit_memory

if TYPE_CHECKING:
    from vbdata.normalise.corrections import Correction

EXPIRED = "TimeLimit"
DIED = "WorkerDied"
_TRIES = 2


class Readers(Protocol):
    """Reads files."""

    def read(self, works: Iterable[Work]) -> Iterator[Answer]:
        """An answer to every work, in any order."""
        ...


@dataclass(frozen=True, slots=True)
class Serial:
    """One file after the other, in this very process: no start-up, and no limits."""

    corrections: Sequence[Correction]

    def read(self, works: Iterable[Work]) -> Iterator[Answer]:
        from vbdata.ingest import reading

        for work in works:
            yield reading.answer(work, self.corrections)


def divides() -> bool:
    """Whether this system starts a process by dividing one, which takes no time."""
    return sys.platform.startswith("linux")


@dataclass(slots=True)
class _Child:
    """A reading process; `work` is what it is at, since `start`."""

    process: Any
    pipe: Connection
    work: Work | None = None
    start: float = 0.0


class Pool:
    """A number of processes that read. One that dies costs its file a second try, one that hangs its file."""

    def __init__(
        self, jobs: int, limits: Limits, corrections: Sequence[Correction], *, method: str | None = None
    ) -> None:
        self.jobs, self.limits, self.corrections = jobs, limits, corrections
        self.context: Any = multiprocessing.get_context(method or ("fork" if divides() else "spawn"))
        self.children: list[_Child] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for child in list(self.children):
            self._end(child)

    def read(self, works: Iterable[Work]) -> Iterator[Answer]:
        """An answer to every work, as each is ready."""
        queue, tries = iter(works), dict[int, int]()
        again: deque[Work] = deque()
        if divides():
            gc.freeze()  # the children leave what is shared alone
        while True:
            more = self._assign(queue, again)
            busy = [child for child in self.children if child.work]
            if not busy:
                if not more:
                    return
                continue
            for child in self._ready(busy):
                answer = self._answer(child, again, tries)
                if answer is not None:
                    yield answer
            for child in self._expired(busy):
                assert child.work is not None
                self._end(child)
                cause = f"tidsgränsen på {self.limits.deadline:g} sekunder gick ut"
                yield lost(child.work, cause, EXPIRED, self.limits.deadline)

    def _assign(self, queue: Iterator[Work], again: deque[Work]) -> bool:
        """Give every idle process something to do; False when there is nothing left."""
        while sum(child.work is not None for child in self.children) < self.jobs:
            work = again.popleft() if again else next(queue, None)
            if work is None:
                return False
            child = next((each for each in self.children if each.work is None), None) or self._start()
            child.work, child.start = work, time.monotonic()
            with suppress(OSError):  # it has ended: that is found out below
                child.pipe.send(work)
        return True

    def _start(self) -> _Child:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(
            target=serve, args=(theirs, self.limits, self.corrections, os.getpid()), daemon=True
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Arrow's threads survive a division
            process.start()
        theirs.close()
        child = _Child(process, ours)
        self.children.append(child)
        return child

    def _ready(self, busy: Sequence[_Child]) -> list[_Child]:
        last = min(child.start for child in busy) + self.limits.deadline
        ready = wait([child.pipe for child in busy], max(0.0, last - time.monotonic()) + 0.01)
        return [child for child in busy if child.pipe in ready]

    def _expired(self, busy: Sequence[_Child]) -> list[_Child]:
        until = time.monotonic() - self.limits.deadline
        return [child for child in busy if child.work and child in self.children and child.start < until]

    def _answer(self, child: _Child, again: deque[Work], tries: dict[int, int]) -> Answer | None:
        work = child.work
        assert work is not None
        try:
            answer: Answer = child.pipe.recv()
        except (EOFError, OSError):
            return self._lost(child, work, again, tries)
        child.work = None
        if answer.result.error == "MemoryError":  # what it has taken it may not give back
            self._end(child)
        return answer

    def _lost(self, child: _Child, work: Work, again: deque[Work], tries: dict[int, int]) -> Answer | None:
        self._end(child)
        tries[work.number] = tries.get(work.number, 0) + 1
        if tries[work.number] < _TRIES:
            again.append(work)
            return None
        code = child.process.exitcode
        how = f"signal {-code}" if code is not None and code < 0 else f"kod {code}"
        return lost(work, f"läsningen avbröts två gånger: processen avslutades ({how})", DIED)

    def _end(self, child: _Child) -> None:
        self.children.remove(child)
        child.process.kill()
        child.process.join()
        child.pipe.close()


def serve(pipe: Connection, limits: Limits, corrections: Sequence[Correction], parent: int) -> None:
    """A reading process's life: works in, answers out, until whoever started it ends it or has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    end_with_parent()
    if os.name == "posix" and os.getppid() != parent:
        return
    from vbdata.ingest import reading

    limit_memory(limits.memory, beyond=True)
    gc.freeze()
    while True:
        try:
            work = pipe.recv()
        except (EOFError, OSError):
            return
        answer = reading.answer(work, corrections)
        if answer.result.error == "MemoryError":
            message = f"filen kräver mer minne än gränsen på {limits.memory} MB"
            answer = replace(answer, result=replace(answer.result, message=message))
        pipe.send(answer)
