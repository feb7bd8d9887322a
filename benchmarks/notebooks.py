"""What a unit's page costs: a loop of commands, the two engines, and no notebook at all.

Run: ``python benchmarks/notebooks.py`` (some minutes). "No notebook" makes the same files, pages and
index, by calling the notebook's functions in as many processes. All are measured in the same run, as ratios
mean more than seconds: other work on the machine slows all of them. The quick ones take turns, several
rounds; a ratio is the median of the rounds' own ratios.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import psutil

from vbdata.ingest import ingest
from vbdata.render.run.make import notebook_folder, render_reports
from vbdata.render.run.plan import Run, plan
from vbdata.sample import write_samples
from vbdata.store import read_tables

YEAR = 2025
AT_ONCE = 2


class Peak(threading.Thread):
    """The most memory (MB) that this process's own processes used; what they share is counted once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.going = 0.0, True

    def run(self) -> None:
        while self.going:
            self.most = max(self.most, sum(map(_memory, psutil.Process().children(recursive=True))))
            time.sleep(0.2)


def _memory(process: psutil.Process) -> float:
    try:
        info = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return float(getattr(info, "pss", info.rss)) / 2**20


def measured(work: Callable[[], int]) -> tuple[float, float]:
    """Seconds per page, and the peak of memory in MB."""
    peak = Peak()
    peak.start()
    start = time.perf_counter()
    pages = work()
    seconds = (time.perf_counter() - start) / pages
    peak.going = False
    peak.join()
    return seconds, peak.most


def naive(runs: list[Run], folder: Path, output: Path) -> int:
    """One command to run a notebook, another to export it, one after the other."""
    output.mkdir(parents=True)
    for number, run in enumerate(runs):
        made = output / f"{number}.ipynb"
        given = [part for name, value in run.parameters.items() for part in ("-p", name, str(value))]
        source = folder / f"{run.notebook}.ipynb"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        papermill = [sys.executable, "-m", "papermill", "-k", "python3", "--cwd", str(folder)]
        subprocess.run([*papermill, *given, str(source), str(made)], **quiet)  # type: ignore[call-overload]
        export = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--no-input", str(made)]
        subprocess.run(export, **quiet)  # type: ignore[call-overload]
    return len(runs)


def plain_page(job: tuple[Run, Path]) -> None:
    """The same page by calling the notebook's functions."""
    from vbdata.render import unit
    from vbdata.render.engines.job import write_page
    from vbdata.render.parts.export import notebook_of, page_html

    run, target = job
    data = unit.load(**run.parameters)
    made = [getattr(unit, part)(data) for part in parts(notebook_folder() / f"{run.notebook}.ipynb")]
    write_page(target, page_html(notebook_of(made)))


@cache
def parts(notebook: Path) -> list[str]:
    """The functions that the notebook calls, in order."""
    found = re.findall(r"unit\.(\w+)\(data\)", notebook.read_text(encoding="utf-8"))
    if len(found) < 9:
        raise SystemExit(f"{notebook}: only {found} found")
    return found


def floor(runs: list[Run], processed: Path, output: Path) -> int:
    from vbdata.render.run.results import write_index

    with multiprocessing.get_context("spawn").Pool(AT_ONCE) as pool:
        pool.map(plain_page, [(run, output / run.page) for run in runs], chunksize=1)
    write_index(read_tables(processed), output, {})
    return len(runs)


def by_engine(engine: str, processed: Path, output: Path) -> int:
    results = render_reports(
        processed, output, years=[YEAR], notebooks=["unit_report"], jobs=AT_ONCE, engine=engine
    )
    failed = [result for result in results if not result.ok]
    if failed:
        raise SystemExit(f"{failed[0].page}: {failed[0].message}")
    return len(results) - 1


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--units", type=int, default=20)
    options.add_argument("--naive", type=int, default=3, help="how many units the loop of commands gets")
    options.add_argument("--rounds", type=int, default=3, help="how often the others take turns")
    asked = options.parse_args()
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory(prefix="vbdata-benchmark-") as name:
        folder = Path(name)
        processed, runs = sample(folder, asked.units)
        work: dict[str, Callable[[Path], int]] = {
            "no notebook": lambda output: floor(runs, processed, output),
            "fork": lambda output: by_engine("fork", processed, output),
            "kernel": lambda output: by_engine("kernel", processed, output),
        }
        rounds = [one_round(work, folder / str(number), number) for number in range(asked.rounds)]
        slowest = measured(lambda: naive(runs[: asked.naive], notebook_folder(), folder / "naive"))
        sizes = sorted(path.stat().st_size // 1000 for path in folder.glob("0/fork/*/unit_report/*.html"))
    print(f"{len(runs)} pages, {AT_ONCE} at a time, {asked.rounds} rounds; commands: {asked.naive} pages")
    show(rounds, slowest)
    print(f"HTML: {sizes[0]}-{sizes[-1]} kB, median {sizes[len(sizes) // 2]} kB")


def sample(folder: Path, units: int) -> tuple[Path, list[Run]]:
    """Tables of invented reports, and the unit reports that they make."""
    write_samples(folder / "raw", units=units, years=(YEAR,), seed=1, formats=("txt",))
    ingest([folder / "raw"], folder / "processed")
    found = plan(read_tables(folder / "processed")["reports"], folder / "processed", [YEAR])
    return folder / "processed", [run for run in found if run.notebook == "unit_report"]


def one_round(
    work: dict[str, Callable[[Path], int]], folder: Path, number: int
) -> dict[str, tuple[float, float]]:
    """Each design once; another one goes first each time."""
    names = list(work)
    turn = number % len(names)
    return {
        name: measured(lambda job=work[name], output=folder / name: job(output))  # type: ignore[misc]
        for name in [*names[turn:], *names[:turn]]
    }


def show(rounds: list[dict[str, tuple[float, float]]], slowest: tuple[float, float]) -> None:
    print(f"{'':12} {'s/page':>7} {'x commands':>11} {'x no notebook':>14} {'peak MB':>8}")
    for name in ("no notebook", "fork", "kernel"):
        seconds = statistics.median(each[name][0] for each in rounds)
        ratio = statistics.median(each[name][0] / each["no notebook"][0] for each in rounds)
        most = max(each[name][1] for each in rounds)
        print(f"{name:12} {seconds:7.2f} {slowest[0] / seconds:11.1f} {ratio:14.2f} {most:8.0f}")
    floor_seconds = statistics.median(each["no notebook"][0] for each in rounds)
    print(
        f"{'commands':12} {slowest[0]:7.2f} {1.0:11.1f} {slowest[0] / floor_seconds:14.2f} {slowest[1]:8.0f}"
    )


if __name__ == "__main__":
    main()
