"""How often the contradiction checks are right, on invented cases and on real reports, both labelled by hand.

Run from the repository: ``python benchmarks/contradictions.py --keep`` (with ``--real RAW`` where the real
reports are), then ``vbdata docs``. Tune on ``dev``; score ``heldout`` once, when the checks are done.
The labels stand in `tests/labels/`.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from vbdata import __version__, load
from vbdata.ingest import ingest
from vbdata.normalise.quantities import quantity_rows
from vbdata.quality.contradictions import CONTRADICTIONS, Checked
from vbdata.quality.kept import keep, kept
from vbdata.sample import write_samples
from vbdata.schema.tables import dtypes
from vbdata.validate import compare_reports, run_checks

LABELS = Path(__file__).resolve().parents[1] / "tests" / "labels"
#: Code of the labels → codes of findings.csv that answer to it.
ANSWERS = {
    "status_text_differs": ("status_text_differs",),
    "indicator_text_differs": ("indicator_text_differs", "number_text_differs"),
    "percent_points": ("percent_points",),
    "complaints_text_differ": ("complaints_text_differ",),
    "analysis_missing": ("analysis_missing",),
    "instruction_left": ("instruction_left",),
    "year_passed": ("year_passed",),
}
YEAR = 2025
PARTS = ("heldout", "dev", "planted", "real")
#: (found, should be found) → the name of it.
KINDS = {(True, True): "true", (True, False): "false", (False, True): "missed", (False, False): "quiet"}
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Case:
    """An invented text with what surrounds it, and whether a careful reader would ask about it."""

    case_id: str
    code: str
    setting: dict[str, str]
    text: str
    expected: bool


def cases(part: str) -> list[Case]:
    """The labelled cases of a part, ``dev`` or ``heldout``."""
    with (LABELS / f"cases_{part}.csv").open(encoding="utf-8", newline="") as handle:
        return [
            Case(
                row["case_id"],
                row["code"],
                dict(pair.split("=", 1) for pair in row["setting"].split(";") if pair),
                row["text"],
                row["expected"] == "true",
            )
            for row in csv.DictReader(handle)
        ]


def found(case: Case) -> bool:
    """A check answers to the case's code."""
    noted = {n.code for n in run_checks(rows_of(case))}
    return bool(noted & set(ANSWERS[case.code]))


def rows_of(case: Case) -> Rows:
    """A report with nothing in it but the case."""
    report = _row("reports", report_id="x", source="x", sha256="x", format="txt", kind="VB", year=YEAR)
    rows: Rows = {t: [] for t in ("goals", "indicators", "activities", "complaints", "passages", "findings")}
    rows["reports"] = [report | {"unit_id": "x", "unit_name": "Enheten"}]
    status = case.setting.get("status", "met") or None
    rows["goals"] = [_goal("x/g01", status), _goal("x/g02", "met")]
    rows["passages"] = [_passage("x/p01", "x/g02", "analysis", "Alla har fått en egen plan.")]
    if case.code in ("indicator_text_differs", "percent_points"):
        rows["indicators"] = [_indicator(case)]
    elif case.code == "complaints_text_differ":
        rows["complaints"] = list(_form(case.setting))
        rows["passages"].append(_passage("x/p02", None, "quality", case.text))
    elif case.code == "instruction_left":
        rows["passages"].append(_passage("x/p02", None, "quality", case.text))
    elif case.text.strip():
        rows["passages"].append(_passage("x/p02", "x/g01", "analysis", case.text))
    return rows | {"quantities": quantity_rows(rows)}


def _row(table: str, **values: Any) -> dict[str, Any]:
    return dict.fromkeys(dtypes(table)) | values


def _goal(goal_id: str, status: str | None) -> dict[str, Any]:
    return _row(
        "goals", report_id="x", goal_id=goal_id, level="unit", title="Målet", status=status, status_raw="x"
    )


def _passage(row_id: str, goal_id: str | None, section: str, text: str) -> dict[str, Any]:
    where = {"report_id": "x", "row_id": row_id, "goal_id": goal_id}
    return _row("passages", section=section, heading="Text", text=text, **where)


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def _indicator(case: Case) -> dict[str, Any]:
    setting = case.setting
    value, target, previous = (_number(setting[c]) for c in ("value", "target", "previous"))
    better = "lower" if "frånvaro" in setting["name"] else "higher"
    met = None
    if value is not None and target is not None:
        met = value <= target if better == "lower" else value >= target
    return _row(
        "indicators", report_id="x", row_id="x/i01", goal_id="x/g01", indicator_id="i", name=setting["name"],
        measure_unit=setting["unit"], value=value, value_raw=setting["value"],
        value_previous=previous, value_previous_raw=setting["previous"],
        target=target, target_raw=setting["target"], target_rule="number", period="2025", better=better,
        attainment=None if met is None else ("met" if met else "not_met"), analysis=case.text,
    )  # fmt: skip


_FACETS = {
    "subject": "complaint_subject",
    "source": "complaint_source",
    "praise": "praise",
    "deviation": "deviation_source",
    "lex_sarah": "lex_sarah",
}


def _form(setting: dict[str, str]) -> Iterator[dict[str, Any]]:
    for position, (name, facet) in enumerate(_FACETS.items(), start=1):
        count = int(setting[name]) if setting.get(name) else None
        for period in ("T1", "T2", "VB", "total"):
            printed = count if period in ("T1", "total") else None
            concept = "lex_sarah_reports" if name == "lex_sarah" else None
            yield _row(
                "complaints", report_id="x", row_id=f"x/c{position:02d}-{period}", position=position,
                template="2025", facet=facet, group="Grupp", category=name, concept=concept, period=period,
                count=printed,
            )  # fmt: skip


def tally(part: str) -> dict[str, dict[str, int]]:
    """Hits and misses per code: ``true``, ``false`` (alarms), ``missed``, ``quiet``."""
    counted: dict[str, dict[str, int]] = {}
    for case in cases(part):
        each = counted.setdefault(case.code, dict.fromkeys(KINDS.values(), 0))
        each[KINDS[found(case), case.expected]] += 1
    return counted


def real(raw: Path) -> dict[str, dict[str, int]]:
    """The same of real reports in a folder, by the labels of tests/labels/real_reports.csv."""
    with tempfile.TemporaryDirectory(prefix="vbdata-contradictions-") as name:
        folder = Path(name)
        ingest([raw], folder)
        tables = {t: load(t, folder) for t in ("reports", "goals", "indicators", "activities", "passages")}
        findings = [*load("findings", folder).to_dict("records"), *compare_reports(tables)]
    raised = {(row["report_id"], row["code"], row["row_id"]) for row in findings}
    counted: dict[str, dict[str, int]] = {}
    with (LABELS / "real_reports.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            label = row["report_id"], row["code"], f"{row['report_id']}/{row['row_id']}"
            each = counted.setdefault(row["code"], dict.fromkeys(KINDS.values(), 0))
            each[KINDS[label in raised, row["label"] == "true"]] += 1
    return counted


def planted(units: int = 24, seed: int = 7) -> dict[str, dict[str, int]]:
    """Repeated text planted in invented reports, with repetition beside it that is as it should be.

    Each unit's report of the last year gets one of: two analyses of its own from the year before; two of
    another unit's of the same year; a single sentence from the year before; a paragraph that four units
    share; a paragraph of its own plan; nothing. Only the first two should be found.
    """
    with tempfile.TemporaryDirectory(prefix="vbdata-planted-") as name:
        folder = Path(name)
        write_samples(folder / "raw", units, (2024, YEAR), seed, ("txt",), trap_share=0.0)
        ingest([folder / "raw"], folder / "tables")
        tables = {
            t: load(t, folder / "tables")
            for t in ("reports", "goals", "indicators", "activities", "passages")
        }
    wanted = _plant(tables)
    raised = {(row["report_id"], row["code"]) for row in compare_reports(tables)}
    counted = {code: dict.fromkeys(KINDS.values(), 0) for code in ("text_left", "text_shared")}
    for report_id, code in ((report_id, code) for report_id in wanted for code in counted):
        counted[code][KINDS[(report_id, code) in raised, code in wanted[report_id]]] += 1
    return counted


def _plant(tables: dict[str, pd.DataFrame]) -> dict[str, set[str]]:
    """Change the passages; report id → codes that should be found in it."""
    passages = tables["passages"].copy()
    reports = tables["reports"].set_index("unit_id")
    told = reports[reports["kind"] == "VB"]
    texts = {r: part["text"].tolist() for r, part in passages.groupby("report_id")}
    own = passages["section"] == "analysis"
    units = sorted(set(told.index[told["year"] == YEAR]) & set(told.index[told["year"] == YEAR - 1]))
    wanted: dict[str, set[str]] = {f"{YEAR}-vb-{unit}": set() for unit in units}
    common = " ".join(texts[f"{YEAR - 1}-vp-{units[-1]}"][2:4])
    for number, unit in enumerate(units):
        report_id, before = f"{YEAR}-vb-{unit}", f"{YEAR - 1}-vb-{unit}"
        mine = passages.index[own & (passages["report_id"] == report_id)][:2]
        old = passages.loc[own & (passages["report_id"] == before), "text"].tolist()
        other = f"{YEAR}-vb-{units[number - 1]}"
        theirs = passages.loc[own & (passages["report_id"] == other), "text"].tolist()[2:4]
        plan = texts[f"{YEAR}-vp-{unit}"][3:5]
        new: list[list[str]] = [old[:2], theirs, [old[0].split(". ")[0] + "."], [common], plan, []]
        for row, text in zip(mine, new[number % len(new)], strict=False):
            passages.loc[row, "text"] = text
        if number % len(new) == 0:
            wanted[report_id].add("text_left")
        elif number % len(new) == 1:
            wanted[report_id].add("text_shared")
            wanted[other].add("text_shared")
    tables["passages"] = passages
    return wanted


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--parts", nargs="+", default=["dev"], choices=["dev", "heldout"])
    options.add_argument("--real", type=Path, metavar="RAW")
    options.add_argument("--show", action="store_true", help="list the cases that are got wrong")
    options.add_argument(
        "--keep", action="store_true", help="write what is measured to the file of docs/quality.md"
    )
    asked = options.parse_args()
    counted = {part: tally(part) for part in asked.parts}
    counted["planted"] = planted()
    if asked.real:
        counted["real"] = real(asked.real)
    for part, codes in counted.items():
        for code, each in codes.items():
            print(f"{part:8} {code:24} " + "  ".join(f"{count:3} {kind}" for kind, count in each.items()))
    if asked.show:
        for case in (case for part in asked.parts for case in cases(part) if found(case) != case.expected):
            print("missed" if case.expected else "false ", case.case_id, case.setting, case.text)
    if asked.keep:
        keep_all(counted)


def keep_all(counted: dict[str, dict[str, dict[str, int]]]) -> None:
    """Write the counts; those of parts that were not measured now stay as they were."""
    today = datetime.date.today().isoformat()
    rows = [
        Checked(part, code, **each, version=__version__, measured=today)
        for part, codes in counted.items()
        for code, each in codes.items()
    ]
    rows += [row for row in kept(Checked, CONTRADICTIONS) if row.corpus not in counted]
    keep(sorted(rows, key=lambda row: (PARTS.index(row.corpus), row.code)), CONTRADICTIONS)


if __name__ == "__main__":
    main()
