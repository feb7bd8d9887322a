"""Reports per second on one core, from file to tables, and how that compares with reading and decoding alone.

    python benchmarks/ingest.py [--reports 200] [--kilobytes 50] [--seed 1]

The reports are generated (mixed dialects, encodings and traps). The aim is 15 ms a report or less.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from vbdata.errors import UnreadableFileError, VbdataError
from vbdata.extract.decode import decode
from vbdata.ingest import RawFile, ingest, read_file
from vbdata.sample import sample_units, write_samples


def to_rows(path: Path) -> None:
    """One report all the way: file → blocks → records → rows with findings, as `vbdata ingest` does it."""
    result = read_file(RawFile(path, path.name))
    if result.rows is None:
        raise UnreadableFileError(str(result.message))


def to_text(path: Path) -> None:
    """The floor: the bytes of the file as text."""
    decode(path.read_bytes())


def seconds(work: Callable[[Path], None], paths: list[Path]) -> tuple[list[float], list[str]]:
    """Processor time of each file (others may use the machine), and the files that could not be read."""
    times, failed = [], []
    for path in paths:
        start = time.process_time()
        try:
            work(path)
        except VbdataError as error:
            failed.append(f"{path.name}: {error}")
        times.append(time.process_time() - start)
    return times, failed


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


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--reports", type=int, default=200)
    options.add_argument("--kilobytes", type=float, default=50)
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        paths = generate(Path(folder), args.reports, args.kilobytes, args.seed)
        size = sum(path.stat().st_size for path in paths)
        for work in (to_text, to_rows):  # read once, so that neither pays for a cold cache
            seconds(work, paths[:10])
        gc.freeze()  # as `vbdata ingest` does
        floor, _ = seconds(to_text, paths)
        rows, failed = seconds(to_rows, paths)
        start = time.process_time()
        ingest(paths, Path(folder) / "processed")
        whole = [(time.process_time() - start) / len(paths)] * len(paths)
    show(
        len(paths),
        size,
        {"read and decode": floor, "file to rows": rows, "vbdata ingest, all of it": whole},
        failed,
    )


def show(count: int, size: int, measured: dict[str, list[float]], failed: list[str]) -> None:
    table = Table(title=f"{count} reports, {size / count / 1000:.0f} kB each on average, one core")
    for column in ("", "ms per report", "median", "slowest", "reports/s", "ratio"):
        table.add_column(column, justify="left" if not column else "right")
    floor = measured["read and decode"]
    for name, times in measured.items():
        mean = statistics.mean(times)
        table.add_row(
            name, f"{mean * 1e3:.2f}", f"{statistics.median(times) * 1e3:.2f}", f"{max(times) * 1e3:.2f}",
            f"{1 / mean:.0f}", f"{mean / statistics.mean(floor):.0f}×",
        )  # fmt: skip
    Console().print(table)
    for line in failed:
        print(line)


if __name__ == "__main__":
    main()
