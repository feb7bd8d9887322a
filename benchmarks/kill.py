"""SIGKILL at random moments: the processed folder is the old state or the new one; the next run completes.

    python benchmarks/kill.py [--kills 200] [--reports 24] [--command] [--seed 1]

Before each kill some reports are changed, so that every run has something to write. What is looked at
afterwards is what a reader without vbdata sees: the Parquet files in the folder.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd

from vbdata.ingest import ingest
from vbdata.sample import write_samples
from vbdata.schema import SCHEMAS, TABLES
from vbdata.store import read_tables

#: What a run is marked by: a word in every changed report that ends up in the table of passages.
MARK = "Markering"


def state_of(processed: Path) -> tuple[int, ...]:
    """Which state a reader without vbdata sees; an error when the tables do not belong together."""
    tables = {name: pd.read_parquet(processed / f"{name}.parquet") for name in TABLES}
    known = set(tables["reports"]["report_id"])
    log = tables["extraction_log"]
    assert set(log["report_id"].dropna()) == known, "the log is of another state than the reports"
    for name, each in tables.items():
        if name in ("reports", "extraction_log"):
            continue
        assert set(each["report_id"]) <= known, f"{name} has rows of reports that are not there"
        # The log counts each report's rows of every table: a table of another state does not agree.
        counted = log.set_index("report_id")[name].dropna()
        found = each.groupby("report_id").size().reindex(counted.index, fill_value=0)
        assert (counted.astype(int) == found.astype(int)).all(), f"{name} is of another state than the log"
    logged = log.dropna(subset="report_id").set_index("source")["sha256"].sort_index()
    found = tables["reports"].set_index("source")["sha256"].sort_index()
    assert logged.equals(found), "the log has read other files than the reports are of"
    return tuple(sorted(hash(value) for value in found))


def change(paths: list[Path], draw: random.Random, number: int) -> None:
    """Change some reports: more lines, so that the number of rows changes too."""
    for path in draw.sample(paths, max(1, len(paths) // 3)):
        text = path.read_bytes().split(b"\n" + MARK.encode())[0]
        path.write_bytes(text + f"\n{MARK} {number}\n".encode())


def told(processed: Path) -> dict[str, pd.DataFrame]:
    tables = read_tables(processed)
    tables["extraction_log"] = tables["extraction_log"].drop(columns=["seconds", "read_at"])
    return {n: t.sort_values(SCHEMAS[n].metadata["key"]).reset_index(drop=True) for n, t in tables.items()}


class Divided:
    """A run in a child of this warm process: the same work as the command's, without its start-up."""

    def __init__(self, raw: Path, processed: Path) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            try:
                ingest([raw], processed)
            finally:
                os._exit(0)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self.pid, 0)


class Commanded:
    """A run of ``vbdata ingest``."""

    def __init__(self, raw: Path, processed: Path) -> None:
        command = [sys.executable, "-m", "vbdata", "ingest", str(raw), "--processed", str(processed)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.kill()

    def wait(self) -> None:
        self.process.wait()


Kind = type[Divided] | type[Commanded]


def run(kills: int, raw: Path, processed: Path, draw: random.Random, kind: Kind = Divided) -> dict[str, int]:
    """Kill as many runs; how many left the old state, and how many the new one."""
    paths = sorted(path for path in raw.rglob("*") if path.is_file())
    ingest([raw], processed)
    outcomes, whole = {"old": 0, "new": 0}, []
    for number in range(kills):
        change(paths, draw, number)
        if number % 10 == 0:  # how long one takes now, on a machine that others use too
            start = time.monotonic()
            kind(raw, processed).wait()
            whole.append(time.monotonic() - start)
            change(paths, draw, kills + number)
        before = state_of(processed)
        victim = kind(raw, processed)
        # Half of the kills anywhere, half of them where things are written: near the end.
        time.sleep(whole[-1] * (draw.uniform(0, 1.1) if number % 2 else draw.uniform(0.6, 1.1)))
        victim.kill()
        victim.wait()
        outcomes["old" if state_of(processed) == before else "new"] += 1
    ingest([raw], processed)
    return outcomes


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--reports", type=int, default=24)
    options.add_argument("--command", action="store_true", help="kill `vbdata ingest`, start-up and all")
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    draw = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_samples(
            folder / "raw", units=max(1, args.reports // 6), years=(2023, 2024, 2025), seed=args.seed
        )
        start = time.monotonic()
        kind = Commanded if args.command else Divided
        outcomes = run(args.kills, folder / "raw", folder / "p", draw, kind)
        seconds = time.monotonic() - start
        ingest([folder / "raw"], folder / "fresh")
        left, right = told(folder / "p"), told(folder / "fresh")
        for table in TABLES:
            SCHEMAS[table].validate(read_tables(folder / "p")[table])
            pd.testing.assert_frame_equal(left[table], right[table])
        generations = [p.name for p in (folder / "p/.generations").iterdir()]
    print(f"{args.kills} runs killed in {seconds:.0f} s: {outcomes['old']} left the old state,")
    print(f"{outcomes['new']} the new one. No table unreadable, none of another state than the others;")
    print("the next run completed and gave what a run from scratch gives.")
    print(f"Left in .generations: {', '.join(sorted(generations))}")


if __name__ == "__main__":
    main()
