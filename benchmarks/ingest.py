"""Where the time goes from file to tables, on one core, and how that compares with another checkout.

    python benchmarks/ingest.py [FILE_OR_FOLDER …] [--reports 200] [--kilobytes 50] [--seed 1] [--each]
    python benchmarks/ingest.py [FILE_OR_FOLDER …] --against CHECKOUT [--rounds 7]

Without files, reports are generated (mixed dialects, encodings and traps); the aim is 15 ms a report or less.
All times are processor time, so that others may use the machine, and ratios are to reading and decoding the
same files in the same run. ``file to rows`` is what `vbdata ingest` does with a file; its parts are timed
where `vbdata.ingest.reading` calls them. The last row is a whole run, its reading processes included.

``--against`` reads the same files with this checkout and another one in turn, each round in a process of its
own, and tells the ratio of the medians of the rounds: above 1, this checkout takes longer.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

import vbdata
from vbdata.errors import VbdataError
from vbdata.extract.decode import decode
from vbdata.ingest import RawFile, find_files, ingest, read_file, reading
from vbdata.sample import sample_units, write_samples

ROOT = Path(__file__).resolve().parents[1]
FLOOR, ROWS, REST, RUN = "read and decode", "file to rows", "  the rest", "vbdata ingest, all of it"
#: Row → the function that `vbdata.ingest.reading` calls.
STAGES = {"  extract": "read", "  parse": "parse", "  normalise": "normalise", "  checks": "validate"}

Times = dict[str, list[float]]
"""Row of the table → seconds of each file; of the whole run its mean."""


class Stages:
    """Seconds that each stage has taken since it was last asked."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STAGES, 0.0)
        for stage, name in STAGES.items():
            setattr(reading, name, partial(self._timed, stage, getattr(reading, name)))

    def _timed(self, stage: str, work: Callable[..., Any], *args: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return work(*args, **options)
        finally:
            self.spent[stage] += time.process_time() - start

    def take(self) -> dict[str, float]:
        taken, self.spent = self.spent, dict.fromkeys(STAGES, 0.0)
        return taken


def measure(paths: Sequence[Path], stages: Stages) -> tuple[Times, list[str]]:
    """The times of one round, and the files that could not be read."""
    times: Times = {FLOOR: [], ROWS: [], **{stage: [] for stage in STAGES}, REST: [], RUN: []}
    failed = []
    for path in paths:
        start = time.process_time()
        to_text(path)
        times[FLOOR].append(time.process_time() - start)
    for path in paths:
        stages.take()
        start = time.process_time()
        result = read_file(RawFile(path, path.name))
        times[ROWS].append(time.process_time() - start)
        taken = stages.take()
        for stage, spent in taken.items():
            times[stage].append(spent)
        times[REST].append(times[ROWS][-1] - sum(taken.values()))
        if result.rows is None:
            failed.append(f"{path.name}: {result.message}")
    times[RUN].append(whole_run(paths) / len(paths))
    return times, failed


def to_text(path: Path) -> None:
    """The floor: the bytes of the file, as text where they are text."""
    content = path.read_bytes()
    with suppress(VbdataError):
        decode(content)


def whole_run(paths: Sequence[Path]) -> float:
    """Seconds of `vbdata ingest`: of this process and of those that read for it, which have ended by then."""
    with tempfile.TemporaryDirectory(prefix="vbdata-bench-") as folder:
        start = _seconds()
        ingest(paths, Path(folder) / "processed")
        return _seconds() - start


def _seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def generate(folder: Path, count: int, kilobytes: float, seed: int) -> list[Path]:
    """`count` generated reports of about the given size."""
    units = next(n for n in range(1, count + 1) if 2 * n * 3 + (n > 1) >= count)
    files = write_samples(
        folder,
        units=min(units, len(sample_units(units))),
        years=(2023, 2024, 2025),
        seed=seed,
        kilobytes=kilobytes,
    )
    return [file.path for file in files[:count]]


# ------------------------------------------------------------------------------- two checkouts


class Checkout:
    """A process that measures with the code of a checkout, a round whenever it is asked."""

    def __init__(self, folder: Path, paths: Sequence[Path]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--serve", *map(str, paths)],
            env={**os.environ, "PYTHONPATH": str(folder.resolve())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        code = self._line()
        if not Path(code).is_relative_to(folder.resolve()):
            self.process.kill()
            raise SystemExit(f"{folder}: the code that was measured is {code}")

    def round(self) -> Times:
        assert self.process.stdin is not None
        print("round", file=self.process.stdin, flush=True)
        return json.loads(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        self.process.communicate()


def serve(paths: Sequence[Path]) -> None:
    """Say which code this is, and then the times of a round for each line that comes."""
    print(vbdata.__file__, flush=True)
    stages = warmed(paths)
    for _ in sys.stdin:
        if not (child := os.fork()):  # what a round leaves in caches must not help the next one
            print(json.dumps(measure(paths, stages)[0]), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


def compare(paths: Sequence[Path], other: Path, rounds: int) -> list[tuple[str, float, float]]:
    """Row, seconds a report with the other checkout, and with this one: medians of the rounds."""
    checkouts = [Checkout(folder, paths) for folder in (other, ROOT)]
    found: list[list[Times]] = [[], []]
    for number in range(rounds):
        for i in (0, 1) if number % 2 else (1, 0):
            found[i].append(checkouts[i].round())
    for checkout in checkouts:
        checkout.close()
    return [
        (row, *(statistics.median(statistics.mean(each[row]) for each in times) for times in found))
        for row in found[0][0]
    ]


# ---------------------------------------------------------------------------------- the tables


def warmed(paths: Sequence[Path]) -> Stages:
    """The stages' clocks, once some files are read, so that no row pays for a cold start."""
    stages = Stages()
    for path in paths[:10]:
        to_text(path)
        read_file(RawFile(path, path.name))
    gc.freeze()  # as `vbdata ingest` does
    return stages


def rows(times: Times) -> Iterator[list[str]]:
    floor, whole = statistics.mean(times[FLOOR]), statistics.mean(times[ROWS])
    for name, each in times.items():
        mean = statistics.mean(each)
        of_files = (statistics.median(each), max(each)) if name != RUN else ()
        spread = [f"{seconds * 1e3:.2f}" for seconds in of_files] or ["", ""]
        yield [name, f"{mean * 1e3:.2f}", *spread, f"{mean / whole:.0%}", f"{mean / floor:.0f}×"]


def each_file(paths: Sequence[Path], times: Times) -> Iterator[list[str]]:
    names = [name for name in times if name != RUN]
    for i, path in enumerate(paths):
        yield [path.name, *(f"{times[name][i] * 1e3:.2f}" for name in names)]


def show(title: str, heads: Sequence[str], lines: Iterator[list[str]]) -> None:
    table = Table(title=title)
    for head in heads:
        table.add_column(head, justify="right" if head else "left")
    for line in lines:
        table.add_row(*line)
    Console().print(table)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("files", type=Path, nargs="*")
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--kilobytes", type=float, default=50)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--each", action="store_true", help="a row of milliseconds for each file too")
    options.add_argument("--against", type=Path, metavar="CHECKOUT")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.serve:
        return serve(args.files)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory(prefix="vbdata-bench-") as folder:
        given = [file.path for file in find_files(args.files)]
        paths = given or generate(Path(folder), args.reports, args.kilobytes, args.seed)
        size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        title = f"{len(paths)} reports, {size:.0f} kB each on average, one core"
        if args.against:
            found = compare(paths, args.against, args.rounds)
            return show(
                f"{title}, {args.rounds} rounds",
                ("", "other, ms a report", "this, ms a report", "this / other"),
                (
                    [row, f"{old * 1e3:.2f}", f"{new * 1e3:.2f}", f"{new / old:.3f}"]
                    for row, old, new in found
                ),
            )
        times, failed = measure(paths, warmed(paths))
    if args.each:
        show(title, ("", *(name.strip() for name in times if name != RUN)), each_file(paths, times))
    show(title, ("", "ms a report", "median", "slowest", "of rows", "of decode"), rows(times))
    for line in failed:
        print(line)


if __name__ == "__main__":
    main()
