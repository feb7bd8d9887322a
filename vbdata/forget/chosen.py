"""Which reports a name means: a report's id, a unit's id or name, or a file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vbdata.ingest.index import Entry
from vbdata.ingest.versions import report_id
from vbdata.normalise.filenames import without_names
from vbdata.schema.tables import KINDS

_ID = re.compile(rf"\d{{4}}-(?:{'|'.join(KINDS).lower()})-(?P<unit>.+?)(?:-v\d+)?")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be forgotten.

    Attributes
    ----------
    ids
        Ids as they were given: of reports, of units.
    entries
        The files of those reports that the tables know.
    known
        Ids of all those reports, wherever they were found.
    """

    ids: tuple[str, ...]
    entries: tuple[Entry, ...]
    known: frozenset[str] = frozenset()

    def means(self, report: str) -> bool:
        """Whether a report is meant, by its own id, its first version's or its unit's."""
        return any(_is_of(report, each) for each in self.ids)

    @property
    def titles(self) -> list[str]:
        """The reports for a person: kind, year, unit and id; a file that was no report by its name."""
        told = {each.source if each.head is None else _title(each): None for each in self.entries}
        named = {_id(each) for each in self.entries}
        return [*told, *sorted(self.known - named)]


def choose(name: str, entries: Iterable[Entry], elsewhere: Iterable[str] = ()) -> Chosen:
    """The reports that a name means.

    Parameters
    ----------
    entries
        The files of the last run.
    elsewhere
        Ids of reports that pages or corrections tell of, which the tables need not have any more.
    """
    held = list(entries)
    ids = _ids(name, held)
    first = Chosen(tuple(ids), ())
    mine = [each for each in held if _is_file(name, each) or (each.head and first.means(_id(each)))]
    mine += [each for each in held if each not in mine and _is_double(each, mine)]
    found = {each for each in elsewhere if first.means(each)} | {_id(each) for each in mine if each.head}
    return Chosen(tuple(ids), tuple(mine), frozenset(found))


def _ids(name: str, entries: Sequence[Entry]) -> list[str]:
    """The name itself, the ids of units that are called so, and of the report that a file of the name is."""
    units = [each.head.unit_id for each in entries if each.head and _called(name, each.head.unit_name)]
    files = [_id(each) for each in entries if each.head and _is_file(name, each)]
    return list(dict.fromkeys([name, *units, *files]))


def _called(name: str, unit_name: str) -> bool:
    return " ".join(name.split()).casefold() == " ".join(unit_name.split()).casefold()


def _is_file(name: str, entry: Entry) -> bool:
    return without_names(name) == entry.source or os.path.realpath(Path(name)) == entry.key


def _is_double(entry: Entry, mine: Sequence[Entry]) -> bool:
    """Whether a file holds the same report as one of them, and would be it when that one is gone."""
    if entry.head is None or entry.version:
        return False
    return any(
        each.head and (each.head.base_id, each.head.content) == (entry.head.base_id, entry.head.content)
        for each in mine
    )


def _is_of(report: str, meant: str) -> bool:
    if report == meant or re.fullmatch(rf"{re.escape(meant)}-v\d+", report):
        return True
    found = _ID.fullmatch(report)
    return found is not None and found["unit"] == meant


def _id(entry: Entry) -> str:
    assert entry.head is not None
    return report_id(entry.head, max(entry.version, 1))


def _title(entry: Entry) -> str:
    assert entry.head is not None
    return f"{entry.head.kind} {entry.head.year} {entry.head.unit_name} ({_id(entry)})"
