"""What a reader has to see first, by what it means for people: one rule for every page.

A *point* is something in a report that somebody may have to act on. Points are weighed by their consequence
and never added up: more complaints may mean that more people dare to complain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from vbdata.analyse.complaints import SUBJECT_FACETS, wide
from vbdata.analyse.complaints.weight import category_weight, weighed
from vbdata.analyse.findings import INFERRED, by_gravity, evidence, to_check
from vbdata.schema.tables import STATUSES
from vbdata.validate.stems import has

#: Kind of point → weight. 6–5: somebody may have come to harm; 4: a judgement fails or is contradicted;
#: 3: a target is missed, there or beside a goal that we pair it with, or a number is not trusted;
#: 2: cases and work to look at.
WEIGHTS = {
    "ivo": 6,
    "lex_sarah": 5,
    "harm": 4,
    "goal_not_met": 4,
    "contradiction": 4,
    "miss": 3,
    "sex_miss": 3,
    "goal_partly_met": 3,
    "inferred": 3,
    "disowned": 3,
    "complaints": 2,
    "data_incidents": 2,
    "deviations": 2,
    "activity_deviates": 2,
}
ORDER = tuple(WEIGHTS)
FOUND = ("contradiction", "inferred", "disowned")
"""Kinds of point that a finding makes."""
HARM = 3
"""`category_weight` from which a case is a point of its own."""
DISOWNED = "number_disowned"
TEXT_COUNTS = "complaints_text_differ"
UNEXPLAINED = "miss_unmentioned"
JUDGEMENT = 4
"""Gravity of a finding that contradicts a judgement or counts of people."""
NEUTRAL = 2
"""`about` of what is neither of people nor of the environment, and of what is not known."""
Row = Any
"""One row of a table by column: a mapping, or a series."""
_SHARES = ("%", "index")
_COLUMNS = {
    "report_id": "string",
    "kind": "string",
    "weight": "Int64",
    "size": "Float64",
    "table": "string",
    "row_id": "string",
    "words": "string",
    "facet": "string",
    "about": "Int64",
    "source_page": "Int64",
    "source_line": "Int64",
}


def points(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Everything in some reports that may have to be acted on, the gravest first.

    Parameters
    ----------
    tables
        ``goals``, ``indicators``, ``activities``, ``complaints`` (as stored, or `wide`), ``findings``.

    Returns
    -------
    DataFrame
        One row per point: ``kind`` (of `WEIGHTS`), ``weight``, ``size`` (cases, or how far from the target:
        points of a share, else per cent of the target), ``table`` and ``row_id``,
        ``words`` (title, name, category, or the finding's code), ``facet`` (of ``harm``:
        the question that counts it), ``about`` (see `about`) and the place. Within a kind people come before
        money, and money before the environment.
    """
    form = tables["complaints"]
    rows = [
        *_goals(tables["goals"]),
        *_indicators(tables["indicators"]),
        *_activities(tables["activities"]),
        *_cases(form if "row_ids" in form else wide(form)),
        *_findings(tables["findings"]),
    ]
    names = _names(tables)
    rows = [row | {"about": about(names.get(str(row["row_id"]), ""))} for row in rows]
    frame = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    rank = frame["kind"].map({kind: i for i, kind in enumerate(ORDER)})
    found = frame["kind"].isin(FOUND)
    keyed = frame.assign(
        _rank=rank,
        _weight=-frame["weight"],
        _evidence=evidence(frame["words"]).where(found, 0),
        _size=-frame["size"].fillna(0.0),
    )
    ordered = keyed.sort_values(
        ["_weight", "_rank", "_evidence", "about", "_size", "source_line"], kind="stable"
    )
    return ordered[list(_COLUMNS)].reset_index(drop=True)


def gravest_units(found: pd.DataFrame) -> list[str]:
    """Report ids by their points: the heaviest first; among equals the one with more of them.

    It is an order to read in and no ranking of quality.
    """
    counts = found.groupby(["report_id", "weight"]).size().unstack("weight", fill_value=0)
    levels = sorted(counts.columns, reverse=True)
    return [str(name) for name in counts.sort_values(levels, ascending=False, kind="stable").index]


def to_ask(findings: pd.DataFrame) -> pd.DataFrame:
    """What should be checked, in the order of the list: only the grave, if there is any."""
    checks = by_gravity(findings[to_check(findings)])
    grave = checks["gravity"].ge(JUDGEMENT).fillna(False)
    return checks[grave] if grave.any() else checks


PEOPLE = ("subject_users", "subject_treatment", "subject_influence")
"""Subjects of goals and indicators that are about those served."""


def about(name: str) -> int:
    """Whom a goal or an indicator concerns: 0 those served, 1 the staff, 2 else, 3 the environment.

    >>> [about(name) for name in ("Nöjda brukare", "Sjukfrånvaro", "Budget i balans", "Mindre plast")]
    [0, 1, 2, 3]
    """
    if has("subject_climate", name):
        return NEUTRAL + 1
    return 0 if any(has(subject, name) for subject in PEOPLE) else 1 if has("subject_work", name) else NEUTRAL


def _names(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Row id → what a goal, an indicator or an activity is called."""
    named = (
        ("goals", "goal_id", "title"),
        ("indicators", "row_id", "name"),
        ("activities", "row_id", "title"),
    )
    return {
        str(row_id): str(name)
        for table, key, column in named
        for row_id, name in zip(tables[table][key], tables[table][column], strict=True)
    }


def doubts(findings: pd.DataFrame, goals: Iterable[str]) -> pd.Series[bool]:
    """Which findings set something against the goals' judgements, pairings of the program's among them."""
    grave = findings["gravity"].ge(JUDGEMENT).fillna(False)
    return to_check(findings) & grave & findings["row_id"].isin(list(goals)).fillna(False)


def contradicts(findings: pd.DataFrame, goal_id: str) -> pd.Series[bool]:
    """Which findings set something against a goal's judgement, but for pairings of the program's."""
    return doubts(findings, [goal_id]) & findings["code"].ne(INFERRED)


def sexes_missing(row: Row) -> dict[str, float]:
    """Sex → gap to the target (negative) where the total reaches the target and the sex does not."""
    if pd.isna(row["attainment"]) or row["attainment"] != "met" or pd.isna(row["better"]):
        return {}
    sign = 1.0 if row["better"] == "higher" else -1.0
    gaps = {
        sex: sign * float(row[f"value_{sex}"] - row["target"])
        for sex in ("women", "men")
        if pd.notna(row[f"value_{sex}"])
    }
    return {sex: round(gap, 9) for sex, gap in gaps.items() if gap < 0}


def _records(frame: pd.DataFrame) -> Sequence[Row]:
    """Rows as mappings: a hundred times cheaper than rows as series."""
    return frame.to_dict("records")


def _point(row: Row, kind: str, table: str, words: object, size: float | None, key: str) -> dict:
    return {
        "report_id": row["report_id"],
        "kind": kind,
        "weight": WEIGHTS[kind],
        "size": size,
        "table": table,
        "row_id": row[key],
        "words": words,
        "source_page": row["source_page"],
        "source_line": row["source_line"],
    }


def _goals(goals: pd.DataFrame) -> list[dict]:
    kinds = {status: f"goal_{status}" for status in STATUSES if f"goal_{status}" in WEIGHTS}
    mine = goals[(goals["level"] == "unit") & goals["status"].astype("string").isin(list(kinds))]
    return [
        _point(row, kinds[str(row["status"])], "goals", row["title"], None, "goal_id")
        for row in _records(mine)
    ]


def _indicators(indicators: pd.DataFrame) -> list[dict]:
    missed = indicators[indicators["attainment"].astype("string").eq("not_met").fillna(False)]
    points = [
        _point(row, "miss", "indicators", row["name"], miss_size(row), "row_id") for row in _records(missed)
    ]
    for row in _records(indicators):
        gaps = sexes_missing(row)
        if gaps:
            size = max(-gap for gap in gaps.values())
            points.append(_point(row, "sex_miss", "indicators", row["name"], size, "row_id"))
    return points


def miss_size(row: Row) -> float | None:
    """How far from the target: points where it is a share or an index, else per cent of the target."""
    if pd.isna(row["gap"]):
        return None
    gap = abs(float(row["gap"]))
    if pd.notna(row["measure_unit"]) and row["measure_unit"] in _SHARES:
        return gap
    return 100 * gap / abs(float(row["target"])) if row["target"] else None


def miss_order(row: Row) -> tuple[int, float]:
    """How early a miss is told of: people before money and the environment, then the farthest one."""
    return about(str(row["name"])), -(miss_size(row) or 0.0)


def _activities(activities: pd.DataFrame) -> list[dict]:
    mine = activities[activities["deviation"].fillna(False).astype(bool)]
    return [
        _point(row, "activity_deviates", "activities", row["title"], None, "row_id") for row in _records(mine)
    ]


def _cases(form: pd.DataFrame) -> list[dict]:
    """Counts of the form; what somebody was put through is a point of its own."""
    found: list[dict] = []
    for report_id, rows in form.groupby("report_id", sort=False):
        for each in weighed(rows):
            kind = {"cases": "complaints"}.get(each.question, each.question)
            if kind in WEIGHTS and each.total:
                found.append(
                    {
                        "report_id": report_id,
                        "kind": kind,
                        "weight": WEIGHTS[kind],
                        "size": float(each.total),
                        "table": "complaints",
                        "row_id": each.row_ids[0] if each.row_ids else pd.NA,
                        "words": each.leading[0] if each.leading else pd.NA,
                        "source_page": each.source_page,
                        "source_line": each.source_line,
                    }
                )
        found.extend(_harm(rows))
    return found


def _harm(rows: pd.DataFrame) -> list[dict]:
    facets = (*SUBJECT_FACETS, "deviation_subject")
    mine = rows[rows["facet"].isin(facets) & (rows["total"].fillna(0) > 0)]
    return [
        {
            **_point(row, "harm", "complaints", row["category"], float(row["total"]), "row_ids"),
            "row_id": row["row_ids"][0],
            "facet": row["facet"],
        }
        for row in _records(mine)
        if category_weight(str(row["category"])) >= HARM
    ]


def _findings(findings: pd.DataFrame) -> list[dict]:
    check = to_check(findings)
    grave = findings[check & findings["gravity"].ge(JUDGEMENT).fillna(False)]
    ours = grave["code"] == INFERRED
    disowned = findings[findings["code"] == DISOWNED]
    kinds = {"contradiction": grave[~ours], "inferred": grave[ours], "disowned": disowned}
    return [
        _point(row, kind, str(row["table"]), row["code"], None, "row_id")
        for kind, frame in kinds.items()
        for row in _records(frame)
    ]
