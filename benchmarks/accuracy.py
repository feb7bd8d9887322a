"""How right the tables are: each cell of a corpus in one of four states, by format and table.

    python benchmarks/accuracy.py --corpus [NAME=]DIR [--corpus [NAME=]DIR …] [--own [UNITS]] [--write]

A corpus is a folder, or several of one NAME, with reports and what a person read in them: for each report a
folder named as the file's stem, with report.csv, goals.csv, indicators.csv, activities.csv, complaints.csv
and perhaps texts.csv (see `benchmarks/states.py`). A folder with an expected.csv holds smallest inputs
instead (see `benchmarks/expectations.py`). NAME is one of `vbdata.quality.CORPORA`; without it, that of the
folder.
``--own`` measures the reports that vbdata itself invents (PDF takes a browser or LibreOffice): they show that
what once worked still does, and nothing about reports from other hands.

``--write`` keeps the counts in `vbdata/quality/reading.csv`, from which docs/quality.md and the sentence at
the foot of the pages are made, and writes docs/quality.md. A corpus that is not measured keeps its counts.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.expectations import LIST, expectations  # noqa: E402
from benchmarks.states import FIELDS, STATES, Cell, Tables, states  # noqa: E402
from vbdata import __version__  # noqa: E402
from vbdata.extract import SUFFIXES  # noqa: E402
from vbdata.ingest import RawFile, read_file  # noqa: E402
from vbdata.quality import CORPORA, READING, Reading, quality_page, totals  # noqa: E402
from vbdata.quality.kept import keep, kept  # noqa: E402
from vbdata.sample import truth, write_samples  # noqa: E402

YEARS = (2022, 2023, 2024, 2025, 2026)
#: An odd number, as plans and reports take turns.
FORMATS = ("txt", "md", "docx", "pdf", "pdf")
SEED = 20_261
UNITS = 14

Found = tuple[Path, list[Cell]]


def cells(document: tuple[Path, Tables]) -> Found:
    """A report read from its file, and the state of each of its cells."""
    path, printed = document
    result = read_file(RawFile(path, path.name))
    return path, states(printed, result.rows, result.message)


def by_hand(folders: Sequence[Path]) -> Iterator[tuple[Path, Tables]]:
    """The reports below the folders that somebody has read, each with what it says."""
    read = {path.parent.name: path.parent for folder in folders for path in folder.rglob("report.csv")}
    files = {stem: [] for stem in sorted(read)}
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.suffix.lower() in SUFFIXES and path.name.split(".")[0] in files:
            files[path.name.split(".")[0]].append(path)
    for stem, paths in files.items():
        if not paths:
            print(f"{stem}: there is no such report")
        printed = {table: _rows(read[stem] / f"{table}.csv") for table in FIELDS}
        printed["texts"] = _rows(read[stem] / "texts.csv")
        yield from ((path, printed) for path in paths)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def invented(folder: Path, units: int, formats: Sequence[str]) -> Iterator[tuple[Path, Tables]]:
    """Reports of vbdata's own making, written in the folder, each with what it says."""
    for file in write_samples(folder, units=units, years=YEARS, seed=SEED, formats=formats):
        tables = truth(file.meaning).items()
        yield file.path, {name: _records(*table) for name, table in tables}


def _records(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(heads, row, strict=True)) for row in rows]


def counted(corpus: str, found: Iterable[Found]) -> list[Reading]:
    """The states of a corpus's cells, a row per format and table."""
    files: Counter[str] = Counter()
    tally: dict[tuple[str, str], Counter[str]] = {}
    for path, judged in found:
        suffix = path.suffix.lower().lstrip(".")
        files[suffix] += 1
        for cell in judged:
            tally.setdefault((suffix, cell.table), Counter())[cell.state] += 1
    today = datetime.date.today().isoformat()
    return [
        Reading(corpus, suffix, table, files[suffix], *(each[state] for state in STATES), __version__, today)
        for (suffix, table), each in sorted(tally.items())
    ]


def measure(work: Callable[[Any], Found], items: Iterable[Any], jobs: int) -> list[Found]:
    """Do the work for each item, several at a time."""
    if jobs == 1:
        return [work(item) for item in items]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(work, items))


def of_corpus(folders: Sequence[Path], jobs: int) -> list[Found]:
    """The cells of a corpus on disk."""
    expected = _rows(folders[0] / LIST)
    if expected:
        return measure(
            partial(expectations, folders[0]), dict.fromkeys(row["file"] for row in expected), jobs
        )
    return measure(cells, by_hand(folders), jobs)


def show(found: Sequence[Found], misses: int) -> None:
    """The cells that are wrong or silently missing."""
    missed = [(path, cell) for path, judged in found for cell in judged if cell.state in ("wrong", "silent")]
    for path, cell in missed[: misses if misses >= 0 else None]:
        where = f"{path.name} {cell.table}.{cell.field} [{cell.row}]"
        print(f"{cell.state:6} {where}: {cell.want!r}, read {cell.got!r}")


def table(rows: Sequence[Reading]) -> None:
    """The counts by corpus, format and table, and those of each corpus without its texts."""
    _line("corpus", "format", "table", ("files", "cells", *STATES))
    for row in rows:
        counts = (row.files, row.cells, row.right, row.wrong, row.said, row.silent)
        _line(row.corpus, row.format, row.table, counts)
    for (corpus,), each in totals([row for row in rows if row.table != "texts"], ["corpus"]).items():
        _line(corpus, "all", "but texts", (each.files, each.cells, *each[1:]))


def _line(corpus: str, suffix: str, name: str, counts: Iterable[Any]) -> None:
    print(f"{corpus:10} {suffix:6} {name:12}", *(f"{count:>7}" for count in counts))


def write(measured: Sequence[Reading]) -> None:
    """Keep the counts, in the order of `CORPORA`; and the page that is made of them."""
    new = {row.corpus for row in measured}
    order = list(CORPORA)
    rows = [*measured, *(row for row in kept(Reading, READING) if row.corpus not in new)]
    keep(sorted(rows, key=lambda row: order.index(row.corpus)), READING)
    (ROOT / "docs" / "quality.md").write_text(quality_page(), encoding="utf-8")


def named(given: Iterable[str]) -> dict[str, list[Path]]:
    """The folders of each corpus; without a name it has that of its folder."""
    corpora: dict[str, list[Path]] = {}
    for each in given:
        name, _, folder = each.rpartition("=")
        corpora.setdefault(name or Path(folder).resolve().name, []).append(Path(folder))
    return corpora


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--corpus", action="append", default=[], metavar="[NAME=]DIR")
    options.add_argument("--own", type=int, nargs="?", const=UNITS, metavar="UNITS")
    options.add_argument("--formats", nargs="+", default=list(FORMATS), help="those of --own")
    options.add_argument("--misses", type=int, default=0, help="wrong and silent cells to list (-1: all)")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    corpora = named(asked.corpus)
    if asked.write and (unknown := corpora.keys() - CORPORA.keys()):
        options.error(f"{', '.join(unknown)}: say what kind of corpus it is, NAME=DIR: {', '.join(CORPORA)}")
    if not corpora and not asked.own:
        options.error("nothing to measure: --corpus DIR or --own")
    measured: list[Reading] = []
    for name, folders in corpora.items():
        found = of_corpus(folders, asked.jobs)
        if not found:
            options.error(f"{name}: no report there that somebody has read")
        show(found, asked.misses)
        measured += counted(name, found)
    if asked.own:
        with tempfile.TemporaryDirectory(prefix="vbdata-accuracy-") as folder:
            found = measure(cells, invented(Path(folder), asked.own, asked.formats), asked.jobs)
        show(found, asked.misses)
        measured += counted("generated", found)
    table(measured)
    if asked.write:
        write(measured)


if __name__ == "__main__":
    main()
