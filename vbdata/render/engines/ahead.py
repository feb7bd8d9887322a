"""Kernels of one lane: the next notebook's starts while the cells of this one run.

A kernel that starts spends more time waiting than working: it is asked several times a second whether its
sockets are there, and `jupyter_client` then listens for a fifth of a second more before it trusts them. Two
lanes on two processors left them idle a sixth of the time; a kernel that gets ready meanwhile fills that in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient.util import run_sync

from vbdata.render.engines.job import KERNEL, Job, executed

_SELDOM = "import gc; gc.set_threshold(100_000, 50, 100)"
_ARGUMENTS = ["--HistoryManager.hist_file=:memory:", f"--IPKernelApp.exec_lines={_SELDOM}"]
"""What is typed is not kept, as nbclient starts its kernels too; and rubbish is looked for more seldom.

A kernel lives for two seconds, most of it importing, and leaves little to collect: every twentieth of its
time went to looking.
"""


class Kernel(AsyncKernelManager):
    """A kernel that remembers its client: nbclient closes neither of a kernel that it did not start."""

    used: AsyncKernelClient | None = None

    def client(self, **options: Any) -> AsyncKernelClient:  # type: ignore[override]  # as its parent does
        """The client that runs the notebook."""
        self.used = super().client(**options)
        return self.used


class Ahead:
    """Runs jobs, one at a time, each in a kernel of its own."""

    def __init__(self, folder: Path) -> None:
        self.sockets = folder
        self.count = 0
        self.ready: tuple[str, Kernel] | None = None
        self.done: list[Kernel] = []

    def execute(self, job: Job) -> Any:
        """The executed notebook; where another job follows, a kernel for it has been started."""
        kernel = self._taken(job.folder)
        self.done.append(kernel)
        if job.followed:
            self.ready = job.folder, self._started(job.folder)
        return executed(job, km=kernel)

    def _taken(self, folder: str) -> Kernel:
        """The kernel that is ready if it started where the notebook runs, else another."""
        ready, self.ready = self.ready, None
        if ready is None:
            return self._started(folder)
        if ready[0] == folder:
            return ready[1]
        self.done.append(ready[1])
        return self._started(folder)

    def _started(self, folder: str) -> Kernel:
        self.count += 1
        name = str(self.sockets / f"{os.getpid()}.{self.count}")
        kernel = Kernel(kernel_name=KERNEL, connection_file=f"{name}.json", **_transport(name))
        run_sync(kernel.start_kernel)(extra_arguments=_ARGUMENTS, cwd=folder)
        return kernel

    def tidy(self) -> None:
        """End the kernels that are done, without asking: a notebook that has run has nothing more to say."""
        while self.done:
            kernel = self.done.pop()
            if kernel.used is not None:
                kernel.used.stop_channels()
            if kernel.has_kernel:
                run_sync(kernel.shutdown_kernel)(now=True)


def _transport(name: str) -> dict[str, str]:
    """Kernels talk through files of this user's own, not ports, which two kernels could take at once."""
    return {"transport": "ipc", "ip": name} if os.name == "posix" else {}
