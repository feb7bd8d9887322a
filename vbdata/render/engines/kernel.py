"""`kernel`: papermill as it comes, a Jupyter kernel per notebook, several at a time. Any system."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from vbdata.render.engines.job import (
    Job,
    Limits,
    Outcome,
    ended,
    job_from,
    limit_memory,
    make_page,
    outcome_from,
    packed,
)
from vbdata.render.engines.startup import without_iri_grammar
from vbdata.render.engines.strays import end_children, end_tree
from vbdata.render.engines.worker import Worker, claim_pipes, lost, scratch, spawn


class KernelPool:
    """As many lanes as notebooks may run at once; each has a process that runs papermill."""

    def __init__(self, at_once: int, limits: Limits, environment: dict[str, str]) -> None:
        self.at_once, self.limits, self.environment = at_once, limits, environment
        self.workers: set[int] = set()
        self.stopped = False

    def __enter__(self) -> KernelPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped = True
        for pid in list(self.workers):
            end_tree(pid)

    def run(self, jobs: Sequence[Job], done: Callable[[Outcome], None]) -> None:
        """A thread per lane waits for its process; outcomes are told in the caller's thread."""
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        for job in jobs:
            waiting.put(job)
        for _ in range(min(self.at_once, len(jobs))):
            threading.Thread(target=self._lane, args=(waiting, outcomes), daemon=True).start()
        for _ in jobs:
            done(outcomes.get())

    def _lane(self, waiting: queue.SimpleQueue[Job], outcomes: queue.SimpleQueue[Outcome]) -> None:
        worker: Worker | None = None
        while not self.stopped:
            try:
                job = waiting.get_nowait()
            except queue.Empty:
                break
            worker = worker or self._worker()
            outcome, alive = self._one(replace(job, followed=not waiting.empty()), worker)
            if not alive:
                self._gone(worker)
                worker = None
            outcomes.put(outcome)
        if worker is not None:
            self._gone(worker)

    def _worker(self) -> Worker:
        worker = spawn("kernel", self.limits, self.environment)
        self.workers.add(worker.process.pid)
        return worker

    def _gone(self, worker: Worker) -> None:
        end_tree(worker.process.pid)
        self.workers.discard(worker.process.pid)
        worker.close()

    def _one(self, job: Job, worker: Worker) -> tuple[Outcome, bool]:
        """The outcome, and whether the process can take another job."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            end_tree(worker.process.pid)

        timer = threading.Timer(self.limits.deadline, expire)
        timer.daemon = True
        timer.start()
        worker.send(job)
        line = worker.receive()
        timer.cancel()
        if line:
            return outcome_from(line), not expired.is_set()
        if expired.is_set():
            cause = f"tidsgränsen på {self.limits.deadline:g} sekunder gick ut"
            return replace(ended(job, cause), seconds=self.limits.deadline), False
        return lost(job, worker), False


def main(limits: Limits) -> None:
    """A lane's process: jobs in, outcomes out, until whoever started it ends it or has died."""
    jobs, outcomes = claim_pipes()
    limit_memory(limits)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def listen() -> None:
        with os.fdopen(jobs, "rb") as lines:
            for line in lines:
                waiting.put(line)
        end_children()
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    with without_iri_grammar():
        import papermill  # noqa: F401
    from vbdata.render.engines.ahead import Ahead

    kernels = Ahead(scratch())
    while True:
        os.write(outcomes, packed(make_page(job_from(waiting.get()), kernels.execute)))
        kernels.tidy()
