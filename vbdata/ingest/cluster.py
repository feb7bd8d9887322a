"""Files read by the workers of a Dask cluster, which see them at the same paths as this machine does."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from vbdata.errors import VbdataError
from vbdata.ingest.limits import Limits
from vbdata.ingest.pool import DIED, Pool
from vbdata.ingest.results import Answer, Work, lost

if TYPE_CHECKING:
    from vbdata.normalise.corrections import Correction

_BATCH = 10
_AHEAD = 3
_TIMEOUT = 15


class Cluster:
    """The workers of a Dask scheduler, each with a reading process of its own that can be ended.

    Raises
    ------
    VbdataError
        On entry, when Dask is not installed or the scheduler cannot be reached.
    """

    def __init__(self, scheduler: str, limits: Limits, corrections: Sequence[Correction]) -> None:
        self.scheduler, self.limits, self.corrections = scheduler, limits, tuple(corrections)
        self.client: Any = None

    def __enter__(self) -> Cluster:
        try:
            from distributed import Client
        except ImportError:
            raise VbdataError(
                "Dask är inte installerat", value="--scheduler", hint='kör: pip install "vbdata[cluster]"'
            ) from None
        try:
            self.client = Client(self.scheduler, timeout=_TIMEOUT)
        except (OSError, ValueError, TypeError) as error:
            hint = "starta den med: dask scheduler, och arbetare med: dask worker ADRESS"
            raise VbdataError("Dasks schemaläggare svarar inte", value=self.scheduler, hint=hint) from error
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def read(self, works: Iterable[Work]) -> Iterator[Answer]:
        """An answer to every work, as each batch is ready; only a few batches are under way at a time."""
        from distributed import as_completed

        queue = iter(works)
        under_way: dict[Any, list[Work]] = {}
        ahead = _AHEAD * max(1, sum(self.client.nthreads().values()))
        done = as_completed()

        def submit(batch: list[Work]) -> None:
            future = self.client.submit(read_batch, batch, self.limits, self.corrections, pure=False)
            under_way[future] = batch
            done.add(future)

        while True:
            while len(under_way) < ahead and (batch := list(islice(queue, _BATCH))):
                submit(batch)
            if not under_way:
                return
            future = next(done)
            batch = under_way.pop(future)
            if future.status == "finished":
                yield from future.result()
            elif len(batch) > 1:  # a worker died of one of them: each is tried once more, by itself
                for work in batch:
                    submit([work])
            else:
                yield lost(batch[0], f"läsningen avbröts två gånger: {_why(future)}", DIED)


def _why(future: Any) -> str:
    error = future.exception()
    return f"arbetaren avslutades ({type(error).__name__})"


_own = threading.local()


def read_batch(works: list[Work], limits: Limits, corrections: Sequence[Correction]) -> list[Answer]:
    """What a worker does: read files in a process that it can end, kept from batch to batch."""
    multiprocessing.current_process().daemon = False  # Dask's workers are daemons, which may have no children
    key = (limits, corrections)
    if getattr(_own, "key", None) != key:
        _own.key, _own.pool = key, Pool(1, limits, corrections, method="spawn")
    return list(_own.pool.read(works))
