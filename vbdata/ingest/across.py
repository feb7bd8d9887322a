"""Findings that need several reports: which reports are compared with each other, and what came of it.

`vbdata.validate.across.compare_reports` is given the tables of one *neighbourhood*: a place's reports of a
year and of the two years before it. Its findings about reports of that year are kept; those about earlier
ones come from the neighbourhoods of their own years. So each report is looked at once, beside what came
before it, and a neighbourhood in which nothing has changed is not looked at again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from vbdata.ingest.results import REPORT_TABLES, Head
from vbdata.store.generations import Snapshot

#: Reports of one neighbourhood; a larger one is divided by unit.
MOST = 500
#: Consecutive years that are compared.
YEARS = 3
#: Reports whose rows are in memory at a time.
AT_ONCE = 1500

Row = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Member:
    """A report that is kept; `mark` changes when its rows do."""

    report_id: str
    head: Head
    mark: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Reports to compare; `own` are those whose findings are kept."""

    name: str
    members: tuple[Member, ...]
    own: frozenset[str]

    @property
    def mark(self) -> str:
        """Changes when any of its reports does."""
        told = "\n".join(f"{each.report_id} {each.mark}" for each in self.members)
        return hashlib.sha256(told.encode()).hexdigest()


def neighbourhoods(members: Iterable[Member]) -> list[Neighbourhood]:
    """All neighbourhoods; each report is among the `own` of one, and before those of two more at most.

    A place is a district of the register; for units that are not in it, a committee.
    """
    places: dict[str, list[Member]] = {}
    for each in members:
        places.setdefault(_place(each.head), []).append(each)
    return [
        found
        for place in sorted(places)
        for number, part in enumerate(_divided(places[place]))
        for found in _years(f"{place}#{number}", part)
    ]


def _place(head: Head) -> str:
    district = _districts().get(head.unit_id)
    return f"district {district}" if district else f"board {head.board or ''}"


@cache
def _districts() -> dict[str, str]:
    from vbdata.register import register

    return {unit.unit_id: unit.district for unit in register().units}


def _divided(members: Sequence[Member]) -> Iterator[list[Member]]:
    """By unit, so that a unit's years stay together, into parts of at most `MOST` where units allow."""
    by_unit: dict[str, list[Member]] = {}
    for each in sorted(members, key=lambda member: member.report_id):
        by_unit.setdefault(each.head.unit_id or each.head.unit_name, []).append(each)
    for part in _packed([by_unit[unit] for unit in sorted(by_unit)], lambda unit: unit, MOST):
        yield [each for unit in part for each in unit]


def _years(name: str, members: Sequence[Member]) -> Iterator[Neighbourhood]:
    for year in sorted({each.head.year for each in members}):
        near = tuple(each for each in members if year - YEARS < each.head.year <= year)
        own = frozenset(each.report_id for each in near if each.head.year == year)
        yield Neighbourhood(f"{name} {year}", near, own)


def compare(
    members: Iterable[Member], state: Snapshot, known: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Row]]:
    """Compare in every neighbourhood in which something has changed.

    Parameters
    ----------
    state
        The tables to compare, all written.
    known
        What the last run left: neighbourhood → checksum and rows.

    Returns
    -------
    dict, list
        What to leave for the next run, and the rows of findings, with ids ``{report_id}/x01``.
    """
    found = {each.name: each for each in neighbourhoods(members)}
    kept = {
        name: known[name] for name, each in found.items() if name in known and known[name][0] == each.mark
    }
    changed = [each for name, each in found.items() if name not in kept]
    for group in _packed(changed, lambda each: each.members, AT_ONCE):  # parts are not read once for each
        kept |= _compared(group, state)
    rows = [row for name in found for row in kept[name][1]]
    return kept, _numbered(rows)


def _packed(whole: Iterable[T], members: Callable[[T], Sequence[Member]], most: int) -> Iterator[list[T]]:
    """Things together for as long as their reports are at most so many."""
    group: list[T] = []
    ids: set[str] = set()
    for each in whole:
        more = {member.report_id for member in members(each)}
        if group and len(ids | more) > most:
            yield group
            group, ids = [], set()
        group.append(each)
        ids |= more
    if group:
        yield group


def _compared(group: Sequence[Neighbourhood], state: Snapshot) -> dict[str, Any]:
    from vbdata.store.reading import rows_of_reports
    from vbdata.validate.across import compare_reports

    ids = sorted({member.report_id for each in group for member in each.members})
    tables = {table: rows_of_reports(table, state, ids) for table in REPORT_TABLES}
    done = {}
    for each in group:
        mine = {member.report_id for member in each.members}
        frames = {
            table: rows[rows["report_id"].isin(mine)].reset_index(drop=True) for table, rows in tables.items()
        }
        rows = [dict(row) for row in compare_reports(frames) if row["report_id"] in each.own]
        done[each.name] = [each.mark, rows]
    return done


def _numbered(rows: Sequence[Row]) -> list[Row]:
    numbers: dict[str, int] = {}
    numbered = []
    for row in sorted(rows, key=_order):
        report_id = row["report_id"]
        numbers[report_id] = numbers.get(report_id, 0) + 1
        numbered.append(row | {"finding_id": f"{report_id}/x{numbers[report_id]:02d}"})
    return numbered


def _order(row: Row) -> tuple[Any, ...]:
    place = row.get("source_page") or 0, row.get("source_line") or 0
    return row["report_id"], *place, row["code"], row.get("row_id") or "", row["message"]
