"""`fork`: one process imports everything and divides itself, once per notebook. Linux and macOS."""

from __future__ import annotations

import datetime
import gc
import os
import select
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from vbdata.render.engines.job import (
    SHELL_ENGINE,
    Job,
    Limits,
    Outcome,
    ended,
    executed,
    job_from,
    limit_memory,
    make_page,
    outcome_from,
    packed,
)
from vbdata.render.engines.startup import without_iri_grammar
from vbdata.render.engines.strays import end_tree
from vbdata.render.engines.worker import claim_pipes, lost, scratch, spawn


class ForkPool:
    """The process that divides itself, seen from outside."""

    def __init__(self, at_once: int, limits: Limits, environment: dict[str, str]) -> None:
        self.at_once = at_once
        self.server = spawn("fork", limits, environment)

    def __enter__(self) -> ForkPool:
        return self

    def __exit__(self, *_: object) -> None:
        end_tree(self.server.process.pid)
        self.server.close()

    def run(self, jobs: Sequence[Job], done: Callable[[Outcome], None]) -> None:
        """Keep as many notebooks running as may run at once."""
        waiting, running = deque(jobs), dict[str, Job]()
        while waiting or running:
            while waiting and len(running) < self.at_once:
                job = waiting.popleft()
                running[job.key] = job
                self.server.send(job)
            line = self.server.receive()
            if not line:
                for job in [*running.values(), *waiting]:
                    done(lost(job, self.server))
                return
            outcome = outcome_from(line)
            del running[outcome.key]
            done(outcome)


@dataclass(slots=True)
class _Child:
    """A running notebook; `result` is the file that it leaves its outcome in."""

    job: Job
    start: float
    result: Path
    expired: bool = False


class _Server:
    """Starts a child per job that it is sent, and tells what became of it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.jobs, self.outcomes = claim_pipes()
        self.children: dict[int, _Child] = {}
        self.folder = scratch()
        self.waking, wake = os.pipe()
        for end in (self.waking, wake):
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def serve(self) -> None:
        """Until the jobs' pipe is closed, which it also is when whoever opened it has died."""
        unread = b""
        while True:
            ready, _, _ = select.select([self.jobs, self.waking], [], [], self._patience())
            if self.waking in ready:
                os.read(self.waking, 4096)
            if self.jobs in ready:
                data = os.read(self.jobs, 65536)
                if not data:
                    break
                *lines, unread = (unread + data).split(b"\n")
                for line in lines:
                    self._start(job_from(line))
            self._collect()
            self._expire()
        for pid in self.children:
            end_tree(pid)

    def _patience(self) -> float | None:
        starts = [child.start for child in self.children.values() if not child.expired]
        return max(0.05, min(starts) + self.limits.deadline - time.monotonic()) if starts else None

    def _start(self, job: Job) -> None:
        result = self.folder / f"{len(os.listdir(self.folder))}-{time.monotonic_ns()}.json"
        pid = os.fork()
        if pid == 0:
            _run_child(job, self.limits, result)
        self.children[pid] = _Child(job, time.monotonic(), result)

    def _collect(self) -> None:
        for pid in list(self.children):
            ended_pid, status = os.waitpid(pid, os.WNOHANG)
            if ended_pid:
                child = self.children.pop(pid)
                _end_group(pid)  # what the notebook started and did not end
                os.write(self.outcomes, packed(self._outcome(child, status)))

    def _outcome(self, child: _Child, status: int) -> Outcome:
        if child.result.is_file() and not child.expired:
            outcome = outcome_from(child.result.read_bytes())
        else:
            outcome = ended(child.job, self._why(child, status))
        child.result.unlink(missing_ok=True)
        return replace(outcome, seconds=time.monotonic() - child.start)

    def _why(self, child: _Child, status: int) -> str:
        if child.expired:
            return f"tidsgränsen på {self.limits.deadline:g} sekunder gick ut"
        code = os.waitstatus_to_exitcode(status)
        return f"processen avslutades ({f'signal {-code}' if code < 0 else f'kod {code}'})"

    def _expire(self) -> None:
        for pid, child in self.children.items():
            if time.monotonic() - child.start > self.limits.deadline:
                child.expired = True
                end_tree(pid)
                _end_group(pid)


def _end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # nobody is left in it
        os.killpg(pid, signal.SIGKILL)


def _run_child(job: Job, limits: Limits, result: Path) -> None:
    """The child's whole life."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        limit_memory(limits)
        outcome = make_page(job, lambda each: executed(each, engine_name=SHELL_ENGINE))
        part = result.with_suffix(".part")
        part.write_bytes(packed(outcome))
        part.rename(result)
        code = 0
    finally:
        os._exit(code)


def warm() -> None:
    """Import and prepare what every notebook needs; nothing here may start a thread."""
    with without_iri_grammar():
        from vbdata.render.engines.shell import INLINE, ShellEngine, prepare_shell

    os.environ.setdefault("MPLBACKEND", INLINE)  # read when Matplotlib is imported
    import scipy.special  # noqa: F401  # pages that compare counts import it
    from papermill.engines import papermill_engines

    from vbdata import plot
    from vbdata.plot.canvas import canvas, text, text_width
    from vbdata.plot.formats import date
    from vbdata.render.engines.startup import prepare
    from vbdata.render.pages import comparison, unit  # noqa: F401

    papermill_engines.register(SHELL_ENGINE, ShellEngine)
    prepare_shell()
    ax = canvas(100, 100)
    text(ax, 1, 1, "å")
    text(ax, 1, 1, "ä", bold=True)
    text_width("ö", bold=True)
    plot.svg(ax, "x")
    date(datetime.date(2025, 1, 1))
    prepare()
    gc.collect()
    gc.freeze()  # children then leave these pages of memory alone


def main(limits: Limits) -> None:
    """The process that divides itself."""
    server = _Server(limits)
    warm()
    server.serve()
