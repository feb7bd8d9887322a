"""What became of a plan: the plan is asked about what its report lacks, the report about what is new.

Only rows that are surely one thing, or surely none, raise a question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vbdata.extract.document import Place
from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted, Other
from vbdata.pairing import (
    POSSIBLE,
    Pair,
    date_change,
    likeness,
    names_of,
    pair_activities,
    pair_goals,
    pair_indicators,
    planners,
    target_change,
)
from vbdata.register import Register
from vbdata.validate.direction import better, is_weaker
from vbdata.validate.places import place
from vbdata.validate.promised import promised
from vbdata.vocabulary import key, label

Row = dict[str, Any]
Doubt = tuple[str, Noted]
#: Columns that the comparison reads, by table.
COLUMNS = {
    "goals": ("report_id", "goal_id", "parent_goal_id", "level", "code", "title"),
    "indicators": (
        "report_id", "row_id", "goal_id", "indicator_id", "name", "measure_unit", "better", "attainment",
        "target", "target_raw", "target_rule", "council_target", "council_target_rule",
    ),
    "activities": ("report_id", "row_id", "goal_id", "title", "start", "end"),
}  # fmt: skip
PLACE = ("source_line", "source_page")
#: Names that a message lists; the rest are counted.
SHOWN = 4
#: A plan with more rows than this, of which less than this share is found again, is hardly this report's.
FEW, SHARED = 5, 0.25
#: Moved activities that are asked about one by one.
APART = 5
_DATES = {"start": "startdatum", "end": "slutdatum"}
_ID = {"goals": "goal_id", "indicators": "row_id", "activities": "row_id"}
_NAME = {"goals": "title", "indicators": "name", "activities": "title"}


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan and a report that follows it up: what became of each row, by table."""

    plan: Row
    report: Row
    pairs: dict[str, list[Pair]]


def planned(
    rows: Mapping[str, Sequence[Row]], reports: Mapping[str, Row], known: Register
) -> Iterator[Doubt]:
    """Questions about plans and the annual reports of the same year, each with the report that it is about.

    Parameters
    ----------
    rows
        Rows of ``goals``, ``indicators`` and ``activities`` with `COLUMNS` and `PLACE`, and of ``passages``
        with `promised.COLUMNS`.
    reports
        Report id → ``report_id``, ``kind``, ``year``, ``unit_id`` and ``unit_name``.
    """
    found = list(_followed(reports, known))
    if not found:
        return
    mine = {each["report_id"] for both in found for each in both}
    placed = {table: _by_report(table, rows, mine) for table in COLUMNS}
    by_id = {row[_ID[table]]: row for table in COLUMNS for part in placed[table].values() for row in part}
    compared = [_compare(plan, report, placed, known) for plan, report in found]
    near = [each for each in compared if not _strangers(each)]
    yield from (_no_pair(each) for each in compared if _strangers(each))
    for table in COLUMNS:
        yield from _lacking("dropped", table, near, by_id)
        yield from _lacking("added", table, near, by_id)
    for each in near:
        goals = [*_sure(each, "goals", by_id), *_boards(each, rows["goals"])]
        yield from promised(
            goals, rows["passages"], _called(each.report), each.report["year"], each.plan["unit_name"]
        )
        yield from _dates_moved(each, by_id)
        yield from _targets_weaker(each, by_id)
        yield from _targets_set(each, by_id)


def _followed(reports: Mapping[str, Row], known: Register) -> Iterator[tuple[Row, Row]]:
    """Each annual report with each plan that it follows up; of two versions of one the last speaks."""
    latest = {
        (each["kind"], each["year"], each["unit_id"]): each for each in sorted(reports.values(), key=_version)
    }
    plans: defaultdict[int, dict[str, Row]] = defaultdict(dict)
    for (kind, year, unit_id), each in latest.items():
        if kind == "VP":
            plans[year][unit_id] = each
    for (kind, year, unit_id), each in latest.items():
        if kind == "VB":
            yield from ((plans[year][planner], each) for planner in planners(unit_id, plans[year], known))


def _version(report: Row) -> int:
    _, _, number = report["report_id"].rpartition("-v")
    return int(number) if number.isdigit() else 1


def _by_report(table: str, rows: Mapping[str, Sequence[Row]], mine: Iterable[str]) -> dict[str, list[Row]]:
    """Rows of the reports with the level and the area of their goal; of goals only the unit's."""
    goals = {row["goal_id"]: row for row in rows["goals"]}
    found: dict[str, list[Row]] = {report_id: [] for report_id in mine}
    for row in rows[table]:
        goal = goals.get(row["goal_id"])
        if row["report_id"] in found and (table != "goals" or row["level"] == "unit"):
            area = _area(goal, goals)
            place = {"level": goal and goal["level"], "area_code": area and area["code"]}
            found[row["report_id"]].append(row | place)
    return found


def _area(goal: Row | None, goals: Mapping[str, Row]) -> Row | None:
    seen: set[str] = set()
    while goal is not None and goal["level"] != "area" and goal["goal_id"] not in seen:
        seen.add(goal["goal_id"])
        goal = goals.get(goal["parent_goal_id"])
    return goal if goal is not None and goal["level"] == "area" else None


def _compare(
    plan: Row, report: Row, placed: Mapping[str, Mapping[str, Sequence[Row]]], known: Register
) -> Compared:
    ours, theirs = plan["report_id"], report["report_id"]
    printed = [plan["unit_name"], report["unit_name"]]
    names = names_of([plan["unit_id"], report["unit_id"]], printed, known)
    goals, indicators, activities = (placed[table] for table in COLUMNS)
    pairs = {
        "goals": pair_goals(goals[ours], goals[theirs], names),
        "indicators": pair_indicators(indicators[ours], indicators[theirs]),
        "activities": pair_activities(activities[ours], activities[theirs], names),
    }
    return Compared(plan, report, pairs)


def _boards(each: Compared, goals: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Goals of the board's that stand once in both, by their words."""
    mine, theirs = (
        [row for row in goals if row["report_id"] == report["report_id"] and row["level"] == "board"]
        for report in (each.plan, each.report)
    )
    for row in mine:
        same = [other for other in theirs if key(other["title"]) == key(row["title"])]
        if len(same) == 1 and sum(key(other["title"]) == key(row["title"]) for other in mine) == 1:
            yield row, same[0]


# ---------------------------------------------------------------------------------- what is gone or new


def _counted(each: Compared) -> tuple[int, int]:
    """Rows of the plan in the tables that the report has, and those of them that may be in the report."""
    there = [pairs for pairs in each.pairs.values() if any(pair.report for pair in pairs)]
    of_plan = [pair for pairs in there for pair in pairs if pair.plan]
    return len(of_plan), sum(pair.change != "dropped" for pair in of_plan)


def _strangers(each: Compared) -> bool:
    rows, kept = _counted(each)
    return rows > FEW and kept < SHARED * rows


def _no_pair(each: Compared) -> Doubt:
    rows, kept = _counted(each)
    words = {"plan": _called(each.plan), "kept": str(kept), "rows": str(rows)}
    other = Other("reports", None, Place(), report_id=each.plan["report_id"])
    return each.report["report_id"], Noted("plan_unlike", "reports", None, Place(), words, other=other)


def _called(report: Row) -> str:
    return f"{label('kind', report['kind']).lower()} {report['year']} för {report['unit_name']}"


#: What became of a row → the document that has it, and the one that lacks it.
_SIDES = {"dropped": ("plan", "report"), "added": ("report", "plan")}


def _lacking(
    change: str, table: str, compared: Iterable[Compared], by_id: Mapping[str, Row]
) -> Iterator[Doubt]:
    """Rows of a document that none of the documents it is compared with has."""
    mine, theirs = _SIDES[change]
    held: defaultdict[str, list[Compared]] = defaultdict(list)
    for each in compared:
        if any(getattr(pair, theirs) for pair in each.pairs[table]):  # else a missing table, said there
            held[getattr(each, mine)["report_id"]].append(each)
    for report_id, several in held.items():
        alone = [_gone(each.pairs[table], change) for each in several]
        rows = [by_id[row_id] for row_id in alone[0] if all(row_id in other for other in alone)]
        lacking = getattr(several[0], theirs)
        asked = [*_asked(f"plan_{table}_{change}", table, rows, lacking)]
        if change == "added" and table == "activities" and len(several) == 1:
            asked += _replaced(several[0], by_id)
        yield from ((report_id, noted) for noted in asked)


def _gone(pairs: Iterable[Pair], change: str) -> list[str]:
    items = (pair.plan or pair.report for pair in pairs if pair.change == change)
    return [item.ids[0] for item in items if item]


def _replaced(each: Compared, by_id: Mapping[str, Row]) -> Iterator[Noted]:
    """Activities in other words than the plan's one that they may have taken the place of."""
    for pair in each.pairs["activities"]:
        if pair.report and not pair.plan and len(pair.candidates) == 1:
            row, ours = by_id[pair.report.ids[0]], by_id[pair.candidates[0].ids[0]]
            if likeness(row["title"], ours["title"]) < POSSIBLE:
                more = f" Närmast där är ”{ours['title']}”."
                words = {"title": row["title"], "report": _called(each.plan), "more": more}
                there = _there("activities", ours, None)
                where = place(row)
                yield Noted("plan_activities_added", "activities", row["row_id"], where, words, other=there)


def _asked(code: str, table: str, rows: Sequence[Row], lacking: Row) -> Iterator[Noted]:
    other = Other(table, None, Place(), report_id=lacking["report_id"])
    for row in rows:
        words = {"title": row[_NAME[table]], "report": _called(lacking), "more": ""}
        yield Noted(code, table, row[_ID[table]], place(row), words, other=other)


# ---------------------------------------------------------------------------------- what changed


def _sure(each: Compared, table: str, by_id: Mapping[str, Row]) -> Iterator[tuple[Row, Row]]:
    """Rows of the plan and of the report that are surely one."""
    for pair in each.pairs[table]:
        if pair.plan and pair.report and pair.change in ("kept", "reworded"):
            yield by_id[pair.plan.ids[0]], by_id[pair.report.ids[0]]


def _there(table: str, row: Row, column: str | None) -> Other:
    return Other(table, row["row_id"], place(row), column, row["report_id"])


def _dates_moved(each: Compared, by_id: Mapping[str, Row]) -> Iterator[Doubt]:
    """Activities whose start or end is another day than in the plan; where most have moved, one question."""
    found = [
        (ours, theirs, moved)
        for ours, theirs in _sure(each, "activities", by_id)
        if (moved := [name for name in _DATES if date_change(ours, theirs, name) in ("later", "earlier")])
    ]
    many = len(found) > APART
    for ours, theirs, moved in found[: 1 if many else None]:
        words = {
            "title": theirs["title"],
            "what": _DATES[moved[0]] if len(moved) == 1 else "datumen",
            "date": " till ".join(str(theirs[name]) for name in moved),
            "planned": " till ".join(str(ours[name]) for name in moved),
            "more": f" Också {len(found) - 1} andra aktiviteter har flyttats." if many else "",
        }
        there = _there("activities", ours, moved[-1])
        yield _about("plan_date_moved", "activities", theirs, words, moved[-1], there)


def _about(code: str, table: str, row: Row, words: dict[str, str], column: str, there: Other) -> Doubt:
    return row["report_id"], Noted(code, table, row["row_id"], place(row), words, column, there)


def _targets_weaker(each: Compared, by_id: Mapping[str, Row]) -> Iterator[Doubt]:
    """Targets that are easier to reach in the report than in the plan, or others where that is unknown."""
    for ours, theirs in _sure(each, "indicators", by_id):
        if target_change(ours, theirs, "target") != "moved":
            continue
        way = better(theirs)
        if way is None or is_weaker(theirs | {"better": way}, theirs["target"], ours["target"]):
            words = {"name": theirs["name"], "target": theirs["target_raw"], "planned": ours["target_raw"]}
            code = "plan_target_moved" if way is None else "plan_target_weaker"
            there = _there("indicators", ours, "target")
            yield _about(code, "indicators", theirs, words, "target", there)


def _targets_set(each: Compared, by_id: Mapping[str, Row]) -> Iterator[Doubt]:
    """Targets that the plan has neither as its own nor as the council's: one question, a missed one first."""
    found = [both for both in _sure(each, "indicators", by_id) if target_change(*both, "target") == "set"]
    if found:
        found.sort(key=lambda both: both[1]["attainment"] != "not_met")
        ours, theirs = found[0]
        names = enumerated([f"{row['name']} ({row['target_raw']})" for _, row in found], SHOWN)
        words = {"which": "Ett årsmål" if len(found) == 1 else f"{len(found)} årsmål", "names": names}
        there = _there("indicators", ours, "target")
        yield _about("plan_target_set", "indicators", theirs, words, "target", there)
