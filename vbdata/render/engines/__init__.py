"""How notebooks are run: `kernel` (papermill and Jupyter kernels) or `fork` (children of one warm process).

Both give the same pages. Whatever a notebook does, it fails alone, and no process of a run outlives it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from vbdata.errors import ParameterError
from vbdata.register import ENVIRONMENT, register_folder
from vbdata.render.engines.job import Job, Limits, Outcome
from vbdata.render.engines.strays import TOKEN, end_strays
from vbdata.render.engines.worker import SCRATCH

__all__ = ["ENGINES", "Job", "Limits", "Outcome", "Pool", "choose", "opened"]

ENGINES = ("auto", "fork", "kernel")
_THREADS = ("OMP", "OPENBLAS", "MKL", "VECLIB", "NUMEXPR")

Done = Callable[[Outcome], None]


class Pool(Protocol):
    """Runs jobs, a number at a time; leaving its context ends its processes."""

    def run(self, jobs: Sequence[Job], done: Done) -> None:
        """Run all; `done` is called in the caller's thread as each job ends."""
        ...


def choose(engine: str) -> str:
    """The engine by name; ``auto`` takes `fork` where the system can.

    Raises
    ------
    ParameterError
        When there is no such engine, or not on this system.
    """
    if engine not in ENGINES:
        raise ParameterError("okänd motor", value=engine, hint=f"motorerna är {', '.join(ENGINES)}")
    able = hasattr(os, "fork") and sys.platform != "win32"
    if engine == "fork" and not able:
        raise ParameterError("motorn fork finns inte i Windows", value=engine, hint="välj kernel eller auto")
    return engine if engine != "auto" else ("fork" if able else "kernel")


@contextmanager
def opened(engine: str, at_once: int, limits: Limits) -> Iterator[Pool]:
    """A pool of an engine's processes, which get ready while the caller does other things.

    Parameters
    ----------
    engine
        ``fork`` or ``kernel``.
    at_once
        Notebooks at a time.
    limits
        What a notebook may use.
    """
    token = uuid.uuid4().hex
    with tempfile.TemporaryDirectory(prefix="vbdata-", ignore_cleanup_errors=True) as folder:
        try:
            with _pool(engine, at_once, limits, _environment(token, folder)) as pool:
                yield pool
        finally:
            end_strays(token)


def _pool(
    engine: str, at_once: int, limits: Limits, environment: dict[str, str]
) -> AbstractContextManager[Pool]:
    if engine == "fork":
        from vbdata.render.engines.fork import ForkPool

        return ForkPool(at_once, limits, environment)
    from vbdata.render.engines.kernel import KernelPool

    return KernelPool(at_once, limits, environment)


def _environment(token: str, folder: str) -> dict[str, str]:
    """Of a run's processes: token, folder, register, and one thread per BLAS as they share processors."""
    environment = {**os.environ, TOKEN: token, SCRATCH: folder, ENVIRONMENT: str(register_folder())}
    environment |= {f"{name}_NUM_THREADS": "1" for name in _THREADS}
    environment["VECLIB_MAXIMUM_THREADS"] = "1"
    return environment
