"""The same goals in two years: matched level by level, and what became of their judgements."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from rapidfuzz import fuzz

from vbdata import vocabulary
from vbdata.analyse.goals import goal_tree
from vbdata.analyse.years import comparable
from vbdata.schema.tables import LEVELS, STATUSES

NEAR = 78.0
"""Similarity of titles, 0–100, from which a goal is taken for a reworded one."""
MARGIN = 8.0
"""A second title this close to the best makes the match ambiguous."""
SAME, REWORDED, AMBIGUOUS, ADDED, DROPPED = "same", "reworded", "ambiguous", "added", "dropped"
MATCHED = (SAME, REWORDED)
COLUMNS = [
    "level",
    "area_code",
    "match",
    "before_id",
    "after_id",
    "title_before",
    "title_after",
    "status_before",
    "status_after",
]


def match_goals(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The goals of two reports of one unit, paired.

    Goals are the same where level, area of the council and title agree (spelling and punctuation aside; the
    council's own goals by their number), ``reworded`` where the titles are near and no other is nearly as
    near, ``ambiguous`` where two could be meant: those are not paired. The others are ``dropped`` or
    ``added``.

    Parameters
    ----------
    before, after
        `goals` of one report each.

    Returns
    -------
    DataFrame
        One row per pair, and per goal without one (then the other side is missing): ``level``, ``area_code``,
        ``match``, ``before_id`` and ``after_id`` (goal ids), titles and statuses of both.
    """
    old, new = goal_tree(before), goal_tree(after)
    rows: list[dict[str, object]] = []
    for level in LEVELS:
        olds, news = (tree[tree["level"] == level] for tree in (old, new))
        codes = [*news["area_code"].fillna(""), *olds["area_code"].fillna("")]
        for code in dict.fromkeys("" if level == "direction" else str(c) for c in codes):
            rows += _match_group(_within(olds, level, code), _within(news, level, code), level)
    return pd.DataFrame(rows, columns=COLUMNS).astype("string")


def _within(goals: pd.DataFrame, level: str, code: str) -> pd.DataFrame:
    return goals if level == "direction" else goals[goals["area_code"].fillna("") == code]


def _match_group(old: pd.DataFrame, new: pd.DataFrame, level: str) -> list[dict[str, object]]:
    """Pairs among the goals of one level and area, then what is left."""
    olds, news = dict(old.iterrows()), dict(new.iterrows())
    pairs, left_old, left_new, unsure = _exact(_keys(old, level), _keys(new, level))
    near = [] if level in ("direction", "area") else _near(old, new, left_old, left_new, unsure)
    matched = {i for i, _, _ in [*pairs, *near]}, {j for _, j, _ in [*pairs, *near]}
    titles = {"before": old["title"].astype(str), "after": new["title"].astype(str)}
    rows = []
    for i, j, kind in [*pairs, *near]:
        reworded = kind == SAME and vocabulary.key(titles["before"][i]) != vocabulary.key(titles["after"][j])
        rows.append(_row(olds[i], news[j], REWORDED if reworded else kind))
    rows += [
        _row(olds[i], None, AMBIGUOUS if ("old", i) in unsure else DROPPED)
        for i in old.index
        if i not in matched[0]
    ]
    rows += [
        _row(None, news[j], AMBIGUOUS if ("new", j) in unsure else ADDED)
        for j in new.index
        if j not in matched[1]
    ]
    return rows


def _keys(goals: pd.DataFrame, level: str) -> pd.Series:
    """What makes two goals the same: the council's number, below it the title."""
    titles = goals["title"].map(lambda title: vocabulary.key(str(title)))
    return goals["code"].where(goals["code"].notna(), titles) if level in ("direction", "area") else titles


Pair = tuple[int, int, str]
Unsure = set[tuple[str, int]]


def _exact(old: pd.Series, new: pd.Series) -> tuple[list[Pair], list[int], list[int], Unsure]:
    """Pairs with the same key, what is left, and those whose key stands twice on a side."""
    pairs: list[Pair] = []
    unsure: Unsure = set()
    for text in dict.fromkeys(new):
        olds, news = list(old.index[old == text]), list(new.index[new == text])
        if len(olds) == len(news) == 1:
            pairs.append((olds[0], news[0], SAME))
        elif olds:
            unsure |= {("old", i) for i in olds} | {("new", j) for j in news}
    done = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    left_old = [i for i in old.index if i not in done[0] and ("old", i) not in unsure]
    left_new = [j for j in new.index if j not in done[1] and ("new", j) not in unsure]
    return pairs, left_old, left_new, unsure


def _near(
    old: pd.DataFrame, new: pd.DataFrame, left_old: list[int], left_new: list[int], unsure: Unsure
) -> list[Pair]:
    """Pairs of near titles; `unsure` gains those that could be paired in two ways."""
    score = {
        (i, j): _likeness(str(old.at[i, "title"]), str(new.at[j, "title"]))
        for i in left_old
        for j in left_new
    }
    pairs: list[Pair] = []
    for (i, j), found in sorted(score.items(), key=lambda each: -each[1]):
        if found < NEAR:
            break
        rivals = [
            pair
            for pair, other in score.items()
            if pair != (i, j) and (pair[0] == i or pair[1] == j) and other > found - MARGIN
        ]
        if rivals:
            unsure |= {mark for a, b in [(i, j), *rivals] for mark in (("old", a), ("new", b))}
        elif ("old", i) not in unsure and ("new", j) not in unsure:
            pairs.append((i, j, REWORDED))
    return pairs


def _likeness(one: str, other: str) -> float:
    """Likeness of two titles, 0–100; titles that name different numbers are not alike."""
    digits = ["".join(c if c.isdigit() else " " for c in title).split() for title in (one, other)]
    return 0.0 if digits[0] != digits[1] else float(fuzz.ratio(vocabulary.key(one), vocabulary.key(other)))


def _row(old: pd.Series | None, new: pd.Series | None, match: str) -> dict[str, object]:
    known = new if new is not None else old
    row: dict[str, object] = {"match": match}
    if known is not None:
        row |= {"level": known["level"], "area_code": known["area_code"]}
    for side, goal in (("before", old), ("after", new)):
        if goal is not None:
            row |= {
                f"{side}_id": goal["goal_id"],
                f"title_{side}": goal["title"],
                f"status_{side}": goal["status"],
            }
    return row


def changes(goals: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """`match_goals` for many units.

    Parameters
    ----------
    goals
        Of the reports of both years.
    pairs
        `last_year`'s; only those whose units may be compared are.

    Returns
    -------
    DataFrame
        As `match_goals`, with ``unit_id``, ``report_id`` (this year's) and ``before_report_id``.
    """
    by_report = dict(iter(goals.groupby("report_id", sort=False)))
    nothing = goals.iloc[:0]
    found = []
    for _, pair in comparable(pairs).iterrows():
        before, after = (by_report.get(pair[name], nothing) for name in ("before_id", "report_id"))
        found.append(
            match_goals(before, after).assign(
                unit_id=pair["unit_id"], report_id=pair["report_id"], before_report_id=pair["before_id"]
            )
        )
    columns = [*COLUMNS, "unit_id", "report_id", "before_report_id"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns, dtype="string")


def transitions(matched: pd.DataFrame, level: str, order: Iterable[str] = STATUSES) -> pd.DataFrame:
    """How judgements of one level changed: rows are last year's, columns this year's, cells goals.

    Only goals that are paired and have a status in both years are counted (`left_out` has the others).
    """
    chosen = matched[(matched["level"] == level) & matched["match"].isin(MATCHED)]
    statuses = list(order)
    table = pd.crosstab(chosen["status_before"], chosen["status_after"])
    table = table.reindex(index=statuses, columns=statuses, fill_value=0).astype(int)
    return table.rename_axis(index="before", columns="after")


def left_out(matched: pd.DataFrame, level: str) -> dict[str, int]:
    """Goals of a level that `transitions` leaves out, by reason: ambiguous, added, dropped, unstated.

    ``unstated`` are pairs that lack a status in either year.
    """
    mine = matched[matched["level"] == level]
    paired = mine[mine["match"].isin(MATCHED)]
    unstated = paired["status_before"].isna() | paired["status_after"].isna()
    counts = {kind: int((mine["match"] == kind).sum()) for kind in (AMBIGUOUS, ADDED, DROPPED)}
    return {"unstated": int(unstated.sum()), **counts}


def moved(matched: pd.DataFrame, level: str) -> pd.DataFrame:
    """The pairs of a level whose status changed, in the order given."""
    chosen = matched[(matched["level"] == level) & matched["match"].isin(MATCHED)]
    stated = chosen["status_before"].notna() & chosen["status_after"].notna()
    return chosen[stated & (chosen["status_before"] != chosen["status_after"])]
