"""One notebook to run, and what became of it; both travel between processes as a line of JSON."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from vbdata import errors, processes
from vbdata.store import disk

SHELL_ENGINE = "vbdata-fork"
"""The name under which papermill knows `vbdata.render.engines.shell.ShellEngine`."""
KERNEL = "python3"
"""The Jupyter kernel that notebooks ask for."""
DEADLINE = 300.0
MEMORY = 4096


@dataclass(frozen=True, slots=True)
class Job:
    """A notebook, its parameters, and where its page goes; `key` tells the jobs of a run apart."""

    key: str
    notebook: str
    parameters: dict[str, Any]
    page: str
    followed: bool = False
    """Whether the process that gets this job will get another, for which it may get ready meanwhile."""

    @property
    def folder(self) -> str:
        """Where the notebook runs."""
        return str(Path(self.notebook).parent)

    @property
    def output(self) -> str:
        """The executed notebook, beside the page."""
        return str(Path(self.page).with_suffix(".ipynb"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one notebook may use: seconds, and MB of data memory (kept on Linux only)."""

    deadline: float = DEADLINE
    memory: int = MEMORY


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job; `cell` is the number of the code cell that failed, `cause` says why.

    Only the notebook's own code cells count, not the one that papermill puts the parameters in.
    """

    key: str
    ok: bool
    cell: int | None = None
    cause: str = ""
    seconds: float = 0.0

    @property
    def message(self) -> str:
        """Cell and cause.

        >>> Outcome("a", False, 4, "ValueError: fel").message
        'kodcell 4: ValueError: fel'
        """
        return self.cause if self.cell is None else f"kodcell {self.cell}: {self.cause}"


def packed(item: Job | Outcome) -> bytes:
    """One line."""
    return json.dumps(asdict(item)).encode() + b"\n"


def job_from(line: bytes) -> Job:
    """The job of a line."""
    return Job(**json.loads(line))


def outcome_from(line: bytes) -> Outcome:
    """The outcome of a line."""
    return Outcome(**json.loads(line))


def limit_memory(limits: Limits) -> None:
    """Let this process and those it starts have no more data memory than the limit."""
    processes.limit_memory(limits.memory)


def make_page(job: Job, execute: Callable[[Job], Any]) -> Outcome:
    """Run a notebook and export it; whatever goes wrong becomes the outcome.

    Parameters
    ----------
    execute
        Runs the job's notebook and returns it: `executed`, with what the engine has to say.
    """
    start = time.perf_counter()
    try:
        notebook = execute(job)
        from vbdata.render.parts.export import page_html

        home = "../" * job.key.count("/") + "index.html"
        write_page(Path(job.page), page_html(notebook, home=home))
        outcome = Outcome(job.key, True)
    except BaseException as error:  # one page's failure, of any kind, must not take the others with it
        outcome = _failure(job, error)
    return replace(outcome, seconds=time.perf_counter() - start)


def executed(job: Job, **engine: Any) -> Any:
    """Papermill's run of a job's notebook; `engine` is handed on to papermill and its engine."""
    from papermill import execute_notebook  # slow to import, and only needed here

    Path(job.output).parent.mkdir(parents=True, exist_ok=True)
    return execute_notebook(
        job.notebook,
        job.output,
        parameters=job.parameters,
        kernel_name=KERNEL,
        language="python",
        progress_bar=False,
        cwd=job.folder,
        **engine,
    )


def _failure(job: Job, error: BaseException) -> Outcome:
    """The cell and the error where a cell raised, else just the error."""
    from nbclient.exceptions import DeadKernelError

    name, said = getattr(error, "ename", None), getattr(error, "evalue", "")
    if name is not None:
        cause = said if hasattr(errors, name) else f"{name}: {said}"  # vbdata's own say all in their line
        count = getattr(error, "exec_count", None)
        return Outcome(job.key, False, count and count - bool(job.parameters), _line(cause))
    if isinstance(error, DeadKernelError):
        return ended(job, "processen avslutades")
    return Outcome(job.key, False, None, _line(f"{type(error).__name__}: {error}"))


def _line(text: str) -> str:
    return (text.strip().splitlines() or [""])[0].strip()


def ended(job: Job, cause: str) -> Outcome:
    """The outcome of a notebook that was ended from outside: what it had written is kept, its cell marked."""
    from vbdata.render.engines.partial import mark_ended

    return Outcome(job.key, False, mark_ended(Path(job.output), cause), cause)


def write_page(path: Path, html: str) -> None:
    """Replace a page at once: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(html, encoding="utf-8")
    if os.name == "posix":
        part.chmod(0o600)
    disk.put_or_say(part, path)
