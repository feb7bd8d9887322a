"""How many cells of the tables are right, by format and table: on invented reports, and on real ones.

Run: ``python benchmarks/accuracy.py [--units 14] [--real RAW GOLD] [--keep]`` (some minutes; PDF takes a
browser or LibreOffice). ``--keep`` writes the counts to `vbdata/quality/reading.csv`, from which
docs/quality.md and the sentence in the pages' footers are made. Of real reports only counts are kept.

A cell counts once. A row that the document does not have costs as many cells as a true row would earn, so
that guessing never pays. The truth's numbers and dates are read here by rules of their own.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from vbdata import __version__
from vbdata.ingest import RawFile, read_file
from vbdata.quality import READING, Reading
from vbdata.sample import write_samples
from vbdata.sample.generate import truth

Row = dict[str, Any]
Same = Callable[[Any, Any], bool]
YEARS = (2022, 2023, 2024, 2025, 2026)
#: An odd number, as plans and reports take turns.
FORMATS = ("txt", "md", "docx", "pdf", "pdf")
SEED = 20_261
ALIKE = 80.0


def plain(value: Any) -> str:
    text = unicodedata.normalize("NFC", "" if value is None else str(value)).casefold()
    return " ".join(re.sub(r"[\u00a0\u00ad.]", " ", text).split())


def same_code(want: Any, got: Any) -> bool:
    return plain(want) == plain(got)


def same_text(want: Any, got: Any) -> bool:
    return plain(want) == plain(got) or fuzz.ratio(plain(want), plain(got)) >= 97


def same_number(want: Any, got: Any) -> bool:
    found = re.search(r"-?\d+(?:[ \u00a0]\d{3})*(?:,\d+)?", str(want or ""))
    if not found or re.match(r"(?i)\s*(tas fram|öka|minska)", str(want)):
        return got is None
    number = float(re.sub(r"[ \u00a0]", "", found[0]).replace(",", "."))
    return got is not None and abs(float(got) - number) < 1e-9


def same_date(want: Any, got: Any) -> bool:
    return str(want or "")[:10] == ("" if got is None else str(got)[:10])


def same_mark(want: Any, got: Any) -> bool:
    return (want == "yes") == bool(got)


#: Table → (its key in the truth and in the rows, (truth's column, row's column, comparison) …).
CELLS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str, Same], ...]]] = {
    "report": (("kind",), (("kind", "kind", same_code), ("year", "year", same_code),
        ("unit", "unit_name", same_text), ("board", "board", same_code), ("dnr", "dnr", same_code),
        ("date", "date", same_date))),
    "goals": (("level", "title"), (("level", "level", same_code), ("code", "code", same_code),
        ("title", "title", same_text), ("status", "status", same_code), ("parent", "parent", same_code))),
    "indicators": (("name",), (("name", "name", same_text), ("goal", "goal", same_code),
        ("outcome", "value", same_number), ("men", "value_men", same_number),
        ("women", "value_women", same_number), ("prior", "value_previous", same_number),
        ("target", "target", same_number), ("council_target", "council_target", same_number),
        ("period", "period", same_code))),
    "activities": (("title",), (("title", "title", same_text), ("goal", "goal", same_code),
        ("start", "start", same_date), ("end", "end", same_date), ("deviation", "deviation", same_mark))),
    "complaints": (("group", "category"), (("group", "group", same_text), ("category", "category", same_text),
        ("t1", "T1", same_number), ("t2", "T2", same_number), ("vb", "VB", same_number),
        ("total", "total", same_number))),
}  # fmt: skip


def pairs(wanted: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Each true row with its most similar unused row; ties go to the nearest."""
    used: set[int] = set()
    paired: dict[int, int] = {}
    for i, want in enumerate(wanted):
        scored = [
            (fuzz.ratio(want, got) - abs(i - j) * 1e-3, j) for j, got in enumerate(found) if j not in used
        ]
        best = max(scored, default=(0.0, -1))
        if best[0] > ALIKE:
            paired[i] = best[1]
            used.add(best[1])
    return paired


def read_rows(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The package's rows in the truth's shape: goals by their order, a form's category as one row."""
    order = {goal["goal_id"]: goal["position"] for goal in tables["goals"]}
    goals = [{**goal, "parent": order.get(goal["parent_goal_id"])} for goal in tables["goals"]]
    under = {
        name: [{**row, "goal": order.get(row["goal_id"])} for row in tables[name]]
        for name in ("indicators", "activities")
    }
    form: dict[int, Row] = {}
    for row in tables["complaints"]:
        form.setdefault(row["position"], dict(row))[row["period"]] = row["count"]
    return {"report": tables["reports"], "goals": goals, **under, "complaints": list(form.values())}


def score(
    wanted: dict[str, list[Row]], got: dict[str, list[Row]] | None
) -> tuple[Counter[str], Counter[str]]:
    """Cells by table: all, and the right ones. A file that could not be read has none right."""
    cells: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for table, (key, columns) in CELLS.items():
        want, have = wanted[table], (got or {}).get(table, [])
        paired = pairs(
            [" | ".join(plain(row[name]) for name in key) for row in want],
            [" | ".join(plain(row[name]) for name in key) for row in have],
        )
        cells[table] += len(columns) * (len(want) + len(have) - len(paired))
        for i, j in paired.items():
            right[table] += sum(same(want[i][a] or None, have[j].get(b)) for a, b, same in columns)
    return cells, right


def invented(folder: Path, units: int, formats: Sequence[str]) -> Iterable[tuple[Path, dict[str, list[Row]]]]:
    for file in write_samples(folder, units=units, years=YEARS, seed=SEED, formats=formats):
        tables = truth(file.meaning)
        yield file.path, {name: as_rows(*table) for name, table in tables.items()}


def as_rows(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Row]:
    return [dict(zip(heads, row, strict=True)) for row in rows]


def by_hand(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def real(raw: Path, gold: Path) -> Iterable[tuple[Path, dict[str, list[Row]]]]:
    for folder in sorted(path for path in gold.iterdir() if path.is_dir()):
        (path,) = raw.glob(f"{folder.name}.*")
        yield path, {table: by_hand(folder / f"{table}.csv") for table in CELLS}


def measure(corpus: str, files: Iterable[tuple[Path, dict[str, list[Row]]]]) -> list[Reading]:
    cells: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    reports: Counter[str] = Counter()
    for path, wanted in files:
        kind = path.suffix.lstrip(".")
        result = read_file(RawFile(path, path.name))
        if result.rows is None:
            print(f"{path.name}: {result.message}")
        found_cells, found_right = score(wanted, None if result.rows is None else read_rows(result.rows))
        reports[kind] += 1
        for table in CELLS:
            cells[kind, table] += found_cells[table]
            right[kind, table] += found_right[table]
    today = datetime.date.today().isoformat()
    return [
        Reading(
            corpus, kind, table, reports[kind], cells[kind, table], right[kind, table], __version__, today
        )
        for kind, table in cells
    ]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--units", type=int, default=14)
    options.add_argument("--formats", nargs="+", default=list(FORMATS))
    options.add_argument("--real", type=Path, nargs=2, metavar=("RAW", "GOLD"))
    options.add_argument("--keep", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="vbdata-accuracy-") as name:
        found = measure("generated", invented(Path(name), asked.units, asked.formats))
    if asked.real:
        found += measure("real", real(*asked.real))
    for each in found:
        counts = f"{each.right:6} of {each.cells:6} in {each.reports}"
        print(f"{each.corpus:10} {each.format:5} {each.table:11} {counts}")
    if asked.keep:
        with READING.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(Reading._fields)
            writer.writerows(found)


if __name__ == "__main__":
    main()
