"""How many of a careful reader's doubts the findings raise, and how many of the findings are among them.

Run from the repository: ``python benchmarks/doubts.py RAW --keep``, then ``vbdata docs``. RAW holds real
reports that were read line by line, before the program was run on them, by somebody who did not write the
checks. What they asked stands in tests/labels/: the places and kinds, none of the text. A kind that no check
looks for counts as missed.

A doubt is found when a finding of its report points at one of its lines, give or take one; what the two say
is not compared. A finding is *matched* when it points at a doubt's line, *contradicted* when it points at a
statement that the reader found right and at no doubt, else *unlabelled*.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbdata import __version__, load
from vbdata.ingest import ingest
from vbdata.quality.doubts import ASKED, RAISED, Asked, Raised
from vbdata.quality.kept import keep

LABELS = Path(__file__).resolve().parents[1] / "tests" / "labels"
#: About the file and the register, not about what the report says.
FORMAL = frozenset(
    [
        "unit_not_registered",
        "cover_field_missing",
        "unit_id_shared",
        "table_missing",
        "text_control_character",
    ]
)
NEAR = 1
"""Lines that a place may be off."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a reader asked: a kind, ``must`` or ``may``, and its lines as (report id, line)."""

    kind: str
    weight: str
    places: frozenset[tuple[str, int]]


def doubts(path: Path = LABELS / "reader_doubts.csv") -> list[Doubt]:
    """The reader's doubts."""
    return [Doubt(row["kind"], row["weight"], _places(row, row["other_report_id"])) for row in _rows_of(path)]


def right_places(path: Path = LABELS / "reader_right.csv") -> frozenset[tuple[str, int]]:
    """Lines of statements that the reader checked and found right."""
    return frozenset((row["report_id"], int(row["line"])) for row in _rows_of(path))


def _rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _places(row: Mapping[str, str], other: str) -> frozenset[tuple[str, int]]:
    second = {(other, int(row["other_line"]))} if row["other_line"] else set()
    return frozenset({(row["report_id"], int(row["line"])), *second})


def score(
    findings: Iterable[Mapping[str, Any]], wanted: Sequence[Doubt], right: frozenset[tuple[str, int]]
) -> tuple[set[int], list[tuple[str, str]]]:
    """Numbers of the doubts that are found, and each finding's code with what became of it."""
    found: set[int] = set()
    said: list[tuple[str, str]] = []
    read = {report for doubt in wanted for report, _ in doubt.places}
    for row in findings:
        if row["report_id"] not in read or row["code"] in FORMAL:
            continue
        places = _pointed(row)
        hits = {number for number, doubt in enumerate(wanted) if _near(places, doubt.places)}
        found |= hits
        state = "matched" if hits else ("contradicted" if _near(places, right) else "unlabelled")
        said.append((row["code"], state))
    return found, said


def _pointed(row: Mapping[str, Any]) -> set[tuple[str, int]]:
    second = row.get("other_report_id") or row["report_id"]
    places = ((row["report_id"], row["source_line"]), (second, row.get("other_line")))
    return {(str(report), int(line)) for report, line in places if line is not None}


def _near(places: Iterable[tuple[str, int]], wanted: Iterable[tuple[str, int]]) -> bool:
    return any(report == other and abs(line - at) <= NEAR for report, line in places for other, at in wanted)


def measure(raw: Path) -> tuple[list[Asked], list[Raised]]:
    """Ingest the reports and count, by kind of doubt and by code of finding."""
    with tempfile.TemporaryDirectory(prefix="vbdata-doubts-") as name:
        ingest([raw], Path(name))
        frame = load("findings", Path(name)).astype(object)
    rows = frame.where(frame.notna(), None).to_dict("records")
    wanted = doubts()
    found, said = score(rows, wanted, right_places())
    today = datetime.date.today().isoformat()
    asked = Counter((doubt.kind, doubt.weight) for doubt in wanted)
    hit = Counter((wanted[number].kind, wanted[number].weight) for number in found)
    states = Counter(said)
    return (
        [Asked(*each, asked[each], hit[each], __version__, today) for each in sorted(asked)],
        [
            Raised(code, *(states[code, state] for state in ("matched", "contradicted", "unlabelled")))
            for code in sorted({code for code, _ in said})
        ],
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("raw", type=Path, metavar="RAW")
    options.add_argument("--keep", action="store_true", help="write the files of docs/quality.md")
    chosen = options.parse_args()
    asked, raised = measure(chosen.raw)
    for each in asked:
        print(f"{each.weight:5} {each.kind:28} {each.found:3} of {each.asked:3}")
    for row in raised:
        print(f"{row.code:28} {row.matched} matched, {row.contradicted} contradicted, {row.unlabelled} else")
    for weight in ("must", "may"):
        of = [each for each in asked if each.weight == weight]
        print(f"{weight}: {sum(each.found for each in of)} of {sum(each.asked for each in of)}")
    if chosen.keep:
        keep(asked, ASKED)
        keep(raised, RAISED)


if __name__ == "__main__":
    main()
