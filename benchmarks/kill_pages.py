"""SIGKILL while pages are made: every page is whole, of the old run or the new one; the next run completes.

    python benchmarks/kill_pages.py [--kills 60] [--units 2] [--seed 1]

Each run makes every page again (``--force``), so that there is always something to write. After each kill
every page has to end as a page does, every manifest has to be readable, and no process of the run may be
left. At the end a run without ``--force`` completes, and gives the pages that a run from scratch gives.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from vbdata.ingest import ingest
from vbdata.sample import write_samples

PATIENCE = 5.0
"""Seconds in which the processes of a killed run have to notice."""
MARK = "VBDATA_KILLED"


def command(processed: Path, reports: Path, *more: str) -> list[str]:
    folders = ["--processed", str(processed), "--reports", str(reports)]
    return [sys.executable, "-m", "vbdata", "report", *folders, *more]


def left_by(mark: str) -> list[int]:
    """Processes that carry the mark in their environment, as all that a run starts do."""
    import psutil

    found = []
    for each in psutil.process_iter():
        try:
            environment = each.environ()
        except (psutil.Error, OSError):
            continue
        if environment.get(MARK) == mark and each.pid != os.getpid() and each.status() != "zombie":
            found.append(each.pid)
    return found


def check(reports: Path) -> int:
    """How many pages there are, every one whole and every manifest readable."""
    pages = list(reports.rglob("*.html"))
    for page in pages:
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), f"{page} is cut"
    for manifest in reports.rglob("manifest.json"):
        assert json.loads(manifest.read_text(encoding="utf-8"))["pages"], f"{manifest} is empty"
    return len(pages)


def run(kills: int, processed: Path, reports: Path, draw: random.Random) -> int:
    """Kill as many runs; how many of them had come to write something."""
    start = time.monotonic()
    subprocess.run(command(processed, reports), check=True, stdout=subprocess.DEVNULL)
    whole, pages, wrote = time.monotonic() - start, check(reports), 0
    for number in range(kills):
        before = max(page.stat().st_mtime_ns for page in reports.rglob("*.html"))
        mark = f"{os.getpid()}-{number}"
        victim = subprocess.Popen(
            command(processed, reports, "--force"), stdout=subprocess.DEVNULL, env={**os.environ, MARK: mark}
        )
        time.sleep(draw.uniform(0.2, 1.0) * whole)
        victim.kill()
        victim.wait()
        until = time.monotonic() + PATIENCE
        while (left := left_by(mark)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not left, f"processes {left} of a killed run are left"
        assert check(reports) == pages, "a page is gone"
        wrote += max(page.stat().st_mtime_ns for page in reports.rglob("*.html")) > before
    subprocess.run(command(processed, reports), check=True, stdout=subprocess.DEVNULL)
    return wrote


def pages_of(reports: Path) -> dict[str, str]:
    return {
        page.relative_to(reports).as_posix(): page.read_text(encoding="utf-8")
        for page in reports.rglob("*.html")
        if page.name != "index.html"  # it says when each page was made
    }


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--kills", type=int, default=60)
    options.add_argument("--units", type=int, default=2)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="vbdata-kill-") as name:
        folder = Path(name)
        write_samples(folder / "raw", units=asked.units, years=(2025,), seed=asked.seed)
        ingest([folder / "raw"], folder / "p")
        start = time.monotonic()
        wrote = run(asked.kills, folder / "p", folder / "r", random.Random(asked.seed))
        seconds = time.monotonic() - start
        subprocess.run(command(folder / "p", folder / "fresh"), check=True, stdout=subprocess.DEVNULL)
        assert pages_of(folder / "r") == pages_of(folder / "fresh"), "pages differ from a run from scratch"
        pages = len(pages_of(folder / "r"))
    print(f"{asked.kills} runs killed in {seconds:.0f} s, {wrote} of them after they had written pages.")
    print(f"Every page of {pages} whole each time, no process left; the next run completed as from scratch.")


if __name__ == "__main__":
    main()
