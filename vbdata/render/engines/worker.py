"""The processes of a run: started afresh, spoken to through pipes, a line of JSON at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from vbdata.render.engines.job import Job, Limits, Outcome, ended, packed

SCRATCH = "VBDATA_SCRATCH"
"""The environment variable that names the run's folder for what its processes need meanwhile."""


@dataclass(slots=True)
class Worker:
    """A process of the run, and what it says on standard error."""

    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def send(self, job: Job) -> None:
        """Give it a job."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(packed(job))
            self.process.stdin.flush()
        except OSError:  # it has ended: `receive` tells
            pass

    def receive(self) -> bytes:
        """A line, or nothing when the process has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def last_words(self) -> str:
        """The last line of its log."""
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else ""

    def close(self) -> None:
        """Forget it, once it has ended."""
        for stream in (self.process.stdin, self.process.stdout, self.log):
            try:
                if stream is not None:
                    stream.close()
            except OSError:  # its end of the pipe is gone
                pass
        self.process.wait()


def spawn(kind: str, limits: Limits, environment: dict[str, str]) -> Worker:
    """Start a process of the run, out of reach of the keyboard: Ctrl-C is for the process that started it."""
    log = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the worker)
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    process = subprocess.Popen(
        [sys.executable, "-m", "vbdata.render.engines", kind, str(limits.deadline), str(limits.memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=environment,
        **apart,
    )
    return Worker(process, log)


def lost(job: Job, worker: Worker) -> Outcome:
    """The outcome of a job whose worker has ended."""
    words = worker.last_words()
    return ended(job, "processen avslutades" + (f": {words}" if words else ""))


def scratch() -> Path:
    """The run's folder, for a process of the run; whoever started the run removes it."""
    return Path(os.environ[SCRATCH])


def claim_pipes() -> tuple[int, int]:
    """The pipes to and from whoever started this process, out of reach of what notebooks print."""
    jobs, outcomes = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    return jobs, outcomes
