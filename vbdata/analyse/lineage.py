"""A unit over the years, through what it came from, with every break visible.

Values from before and after a split, a merger or a moved part describe different activities. They stand in
the same series, in different segments, and are never joined to one line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from vbdata.register import Register, Succession

BREAKS = ("split", "merge", "transfer", "form_change", "rename")
"""Why a value cannot be read as going on from the one before, the weightiest first; a rename only shows."""
_TOLD = {"segment": "Int64", "break": "string", "break_date": "object", "partial": "boolean"}


class _Point(NamedTuple):
    """A unit's year in the series."""

    unit_id: str
    year: int
    template: str


def unit_series(values: pd.DataFrame, unit_id: str, register: Register) -> pd.DataFrame:
    """The rows of a unit and of those that it came from, in order of time.

    Parameters
    ----------
    values
        One row per thing measured, with ``unit_id`` and ``year``; all that is to stand in one line (one
        indicator, one category). With a column ``template`` a change of form is a break as well.
    unit_id
        The unit that the series is about.
    register
        The register of units.

    Returns
    -------
    DataFrame
        The rows by year, predecessors first, with four more columns: ``segment`` (from 1; values may be
        joined and compared within a segment only), ``break`` (on the first year after it, one of `BREAKS`,
        else missing; a rename does not begin a segment), ``break_date`` (of the succession) and ``partial``
        (something moved within that year, so that it is not a whole year of either).
    """
    order = {each: -i for i, each in enumerate(register.lineage(unit_id, ended=True))}
    mine = values[values["unit_id"].isin(list(order))].reset_index(drop=True)
    each = [_point(row) for _, row in mine.iterrows()]
    points = sorted(set(each), key=lambda p: (p.year, order[p.unit_id], p))
    told = dict(zip(points, _told(points, register), strict=True))
    columns = pd.DataFrame([told[point] for point in each], columns=list(_TOLD)).astype(_TOLD)
    placed = sorted(range(len(each)), key=lambda i: points.index(each[i]))
    return pd.concat([mine, columns], axis=1).loc[placed].reset_index(drop=True)


def _point(row: pd.Series) -> _Point:
    template = row.get("template")
    return _Point(str(row["unit_id"]), int(row["year"]), "" if pd.isna(template) else str(template))


def _told(points: Sequence[_Point], register: Register) -> list[tuple[object, ...]]:
    """Of each point its segment, what broke the line before it and when, and whether it is partial."""
    rows: list[tuple[object, ...]] = []
    segments: dict[str, int] = {}  # the segment that a unit's line is in
    last: dict[str, _Point] = {}
    for point in points:
        before, found = _broken(point, last, points, register)
        kind = found.kind if found else None
        if before and point.template != before.template and kind in (None, "rename"):
            kind = "form_change"
        joined = before is not None and kind in (None, "rename")
        segment = segments[before.unit_id] if before and joined else 1 + max(segments.values(), default=0)
        segments[point.unit_id], last[point.unit_id] = segment, point
        date = found.date if found and kind != "form_change" else None
        rows.append((segment, kind, date, _partial(point, register)))
    return rows


def _broken(
    point: _Point, last: dict[str, _Point], points: Sequence[_Point], register: Register
) -> tuple[_Point | None, Succession | None]:
    """The point that this one would go on from, and the succession that stands between them."""
    before = last.get(point.unit_id)
    if before:
        into, out_of = register.predecessors_of(point.unit_id), register.successors_of(point.unit_id)
        moved = [*into, *(s for s in out_of if not s.ends_predecessor)]
        since = [s for s in moved if before.year < s.date.year <= point.year]
        return before, min(since, key=_weight, default=None)
    came = list(_come_from(point.unit_id, point.year, last, register))
    if not came:
        return None, None
    origin, event = min(came, key=lambda each: _weight(each[1]))
    return (_renamed(point.unit_id, origin, last, points) if event.kind == "rename" else None), event


def _weight(each: Succession) -> tuple[int, datetime.date]:
    return BREAKS.index(each.kind), each.date


def _come_from(
    unit_id: str, year: int, last: dict[str, _Point], register: Register
) -> Iterator[tuple[str, Succession]]:
    """The nearest units before this one that have values, and the weightiest succession on the way."""
    for each in register.predecessors_of(unit_id):
        if not each.ends_predecessor or each.date.year > year:
            continue
        if each.predecessor_id in last:
            yield each.predecessor_id, each
            continue
        for origin, event in _come_from(each.predecessor_id, year, last, register):
            yield origin, min(each, event, key=_weight)


def _renamed(unit_id: str, old: str, last: dict[str, _Point], points: Sequence[_Point]) -> _Point | None:
    """Where the line of the old name ends, if the two names are never in use at the same time."""
    begun = min(p.year for p in points if p.unit_id == unit_id)
    ended = max(p.year for p in points if p.unit_id == old)
    return last[old] if ended < begun else None


def _partial(point: _Point, register: Register) -> bool:
    """Whether something moved in or out after the year's first day."""
    events = (*register.predecessors_of(point.unit_id), *register.successors_of(point.unit_id))
    return any(
        s.kind != "rename" and s.date.year == point.year and (s.date.month, s.date.day) != (1, 1)
        for s in events
    )


def path_from(ancestor: str, unit_id: str, register: Register) -> tuple[Succession, ...]:
    """The successions by which a unit came from an ancestor, in order of time; nothing if it did not.

    The shortest way, where there are several.
    """
    ways: list[tuple[str, tuple[Succession, ...]]] = [(unit_id, ())]
    seen = {unit_id}
    for here, way in ways:  # grows as it goes
        if here == ancestor:
            return way
        for each in register.predecessors_of(here):
            if each.ends_predecessor and each.predecessor_id not in seen:
                seen.add(each.predecessor_id)
                ways.append((each.predecessor_id, (each, *way)))
    return ()
