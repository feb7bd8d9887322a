"""Ingest at scale: reports per second and peak memory, in one process, in several, and on a cluster.

    python benchmarks/scale.py [--small 1000] [--large 10000] [--pdfs 300] [--ways serial,pool,dask]
                               [--large-ways pool] [--nice 10]

Text reports are generated: some hundred distinct ones, whose unit's name and registry number are varied so
that every file is a report of its own. PDFs are few distinct ones, copied: they are read in full, and all
but the first of each then left out as doubles.

Every run is a process of its own. *Work* is the time from finding the files to the new state of the tables,
without start-up; *CPU* is that of all processes, which other users of the machine disturb least; *peak* is
the memory of all processes together, shared pages counted once (PSS), sampled four times a second.
Ratios are of figures from one run of this script.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import product
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
# Parts of invented units' names.
# fmt: off
FIRST = (
    "Al", "Björk", "Ceder", "Dal", "Ek", "Fur", "Gran", "Hassel", "Ir", "Jord", "Kvarn", "Lind", "Mos",
    "Norr", "Ot", "Pil", "Qvist", "Rönn", "Sol", "Tall", "Ull", "Vass", "Ytter", "Åker", "Ängs",
)
SECOND = (
    "backa", "berga", "blomme", "bruks", "dunge", "fors", "glänte", "haga", "holme", "kulle", "lunda",
    "marke", "näse", "rovalle", "stranda", "sunde", "torpa", "vike", "åse", "ödla",
)
THIRD = (
    "bo", "by", "fri", "gård", "hem", "hus", "krok", "led", "mo", "port", "ro", "sal", "skog", "sten", "tun",
    "vall", "väg", "vret", "äng", "öster",
)
# fmt: on


def write_reports(folder: Path, count: int) -> list[Path]:
    """`count` text reports, each of a unit of its own."""
    from vbdata.sample import write_samples

    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        made = write_samples(Path(name), units=40, years=(2023, 2024), seed=1)
        distinct = [found for each in made if (found := _varied(each.path)) is not None]
    paths = []
    for number, parts in zip(range(count), product(THIRD, SECOND, FIRST), strict=False):
        text, unit = distinct[number % len(distinct)]
        name = f"{parts[2]}{parts[1]}{parts[0]}s gruppbostad"
        path = folder / f"{number // 500:03d}" / f"{number:05d}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace(unit, name), encoding="utf-8")
        paths.append(path)
    return paths


def _varied(path: Path) -> tuple[str, str] | None:
    """The report's text and its unit's name, where both can be told."""
    from vbdata.ingest import RawFile, read_file

    result = read_file(RawFile(path, path.name))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
    unit = result.head.unit_name if result.head else ""
    return (text, unit) if unit and unit in text[:3000] else None


def write_pdfs(folder: Path, count: int) -> None:
    """Copies of a few printed reports, each with bytes of its own."""
    from vbdata.sample import write_samples

    with tempfile.TemporaryDirectory() as name:
        made = [each.path.read_bytes() for each in write_samples(
            Path(name), units=5, years=(2023, 2024), seed=1, formats=("pdf",)
        )]  # fmt: skip
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:05d}.pdf").write_bytes(made[number % len(made)] + f"\n%{number}\n".encode())


# ------------------------------------------------------------------------------- one run, measured


def measured(way: str, raw: Path, processed: Path) -> dict[str, Any]:
    """One run in a process of its own."""
    command = [sys.executable, __file__, "--one", way, str(raw), str(processed)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    peak = _Peak(process.pid)
    out, _ = process.communicate()
    found = json.loads(out.splitlines()[-1])
    return found | {"whole": time.monotonic() - start, "peak": peak.stop()}


class _Peak:
    """Samples the memory of a process and all below it."""

    def __init__(self, pid: int) -> None:
        self.pid, self.most, self.done = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._watch)
        self.thread.start()

    def _watch(self) -> None:
        while not self.done.wait(0.25):
            try:
                root = psutil.Process(self.pid)
                tree = [root, *root.children(recursive=True)]
            except psutil.Error:
                continue
            self.most = max(self.most, sum(map(_pss, tree)))

    def stop(self) -> int:
        self.done.set()
        self.thread.join()
        return self.most


def _pss(process: psutil.Process) -> int:
    try:
        return int(getattr(process.memory_full_info(), "pss", 0))
    except psutil.Error:
        return 0


def one(way: str, raw: Path, processed: Path) -> None:
    """What the process does."""
    from vbdata.ingest import ingest

    cpu = _cpu()
    if way == "dask":
        from distributed import LocalCluster

        cluster = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None)
        cpu, start = _cpu(), time.perf_counter()
        results = ingest([raw], processed, scheduler=cluster.scheduler_address)
        work, cpu = time.perf_counter() - start, _cpu() - cpu
        cluster.close()
    else:
        start = time.perf_counter()
        results = ingest([raw], processed, jobs=1 if way == "serial" else None)
        work, cpu = time.perf_counter() - start, _cpu() - cpu
    read = sum(not result.taken_over for result in results)
    kept = sum(result.report_id is not None for result in results)
    print(json.dumps({"work": work, "cpu": cpu, "files": len(results), "read": read, "kept": kept}))


def _cpu() -> float:
    """Seconds that this process, and those below it living or dead, have used."""
    mine = os.times()
    total = mine.user + mine.system + mine.children_user + mine.children_system
    for child in psutil.Process().children(recursive=True):
        try:
            total += sum(child.cpu_times()[:4])
        except psutil.Error:
            continue
    return total


# ---------------------------------------------------------------------------------------- the whole


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--small", type=int, default=1000)
    options.add_argument("--large", type=int, default=10_000)
    options.add_argument("--pdfs", type=int, default=300)
    options.add_argument("--ways", default="serial,pool,dask")
    options.add_argument("--large-ways", default="serial,pool,dask")
    options.add_argument("--nice", type=int, default=0)
    options.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.one:
        one(args.one[0], Path(args.one[1]), Path(args.one[2]))
        return
    os.nice(args.nice)
    with tempfile.TemporaryDirectory() as name:
        run(args, Path(name))


def run(args: argparse.Namespace, folder: Path) -> None:
    corpora = [
        ("text", args.small, args.ways),
        ("text", args.large, args.large_ways),
        ("pdf", args.pdfs, args.ways),
    ]
    found: dict[tuple[str, int, str], dict[str, Any]] = {}
    for kind, count, ways in corpora:
        if not count:
            continue
        raw = folder / f"{kind}{count}"
        (write_reports if kind == "text" else write_pdfs)(raw, count)
        for way in ways.split(","):
            processed = folder / f"p-{kind}{count}-{way}"
            first = measured(way, raw, processed)
            time.sleep(3)  # so that the files are old enough to be told unchanged by their stamps
            again = measured(way, raw, processed) if way == "pool" else None
            found[kind, count, way] = first | {"again": again}
            say(kind, count, way, first, again)
    show(found, args)


def say(kind: str, count: int, way: str, first: dict[str, Any], again: dict[str, Any] | None) -> None:
    line = f"{count} {kind}, {way}: {first['work']:.1f} s, {first['cpu']:.1f} s CPU"
    line += f", {first['peak'] / 2**20:.0f} MB"
    print(line + (f"; second run {again['work']:.3f} s" if again else ""), flush=True)


def show(found: dict[tuple[str, int, str], dict[str, Any]], args: argparse.Namespace) -> None:
    table = Table(title=f"vbdata ingest, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    columns = ("corpus", "way", "files", "kept", "work s", "reports/s", "CPU ms/report", "peak MB")
    for column in columns:
        table.add_column(column, justify="right")
    for (kind, count, way), each in found.items():
        table.add_row(
            f"{count} {kind}", way, str(each["files"]), str(each["kept"]), f"{each['work']:.1f}",
            f"{each['files'] / each['work']:.0f}", f"{each['cpu'] / each['files'] * 1e3:.1f}",
            f"{each['peak'] / 2**20:.0f}",
        )  # fmt: skip
    Console(width=120).print(table)
    for way in args.ways.split(","):
        small, large = (found.get(("text", count, way)) for count in (args.small, args.large))
        if small and large:
            ratio = (large["cpu"] / large["files"]) / (small["cpu"] / small["files"])
            print(f"{way}: CPU per report at {args.large} is {ratio:.2f} of that at {args.small}")
    for (kind, count, way), each in found.items():
        if each["again"]:
            print(f"{count} {kind}, {way}: {_second(each, each['again'])}")


def _second(first: dict[str, Any], again: dict[str, Any]) -> str:
    work, cpu, whole = (first[what] / max(again[what], 1e-3) for what in ("work", "cpu", "whole"))
    return (
        f"the second run read {again['read']} files in {again['work']:.3f} s of work, {work:.0f}× faster "
        f"({cpu:.0f}× less CPU); whole process {first['whole']:.1f} s → {again['whole']:.2f} s, {whole:.0f}×"
    )


if __name__ == "__main__":
    main()
