"""What must hold in the register: each check raises on the first row that breaks it."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from vbdata.register.entries import KINDS, Denominator, Succession, Unit
from vbdata.vocabulary.spelling import key
from vbdata.vocabulary.written import Line

SHARE_TOLERANCE = 0.005
"""Shares are written with two decimals: a third each is 0.33 + 0.33 + 0.34."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Read = Sequence[tuple[Line, Succession]]


def check_units(read: Sequence[tuple[Line, Unit]]) -> None:
    """Ids are well formed and unique, and no name means two units."""
    ids: dict[str, Line] = {}
    names: dict[str, tuple[str, Line]] = {}
    for line, unit in read:
        if not _ID.fullmatch(unit.unit_id):
            raise line.error("id med annat än a–z, siffror och bindestreck", unit.unit_id)
        line.alone(ids, unit.unit_id, "enheten står också", unit.unit_id)
        for name in unit.names:
            if not key(name):
                raise line.error("namnet har inga bokstäver", name)
            owner, first = names.setdefault(key(name), (unit.unit_id, line))
            if owner != unit.unit_id:
                hint = "ett namn får bara betyda en enhet"
                raise line.error(f"samma namn som {owner} på rad {first.number}", name, hint)


def check_known(line: Line, unit_id: str, known: Mapping[str, Unit]) -> None:
    """A unit that another file names is in units.csv."""
    if unit_id not in known:
        raise line.error("okänd enhet", unit_id, "lägg till den i units.csv")


def check_successions(read: Read, known: Mapping[str, Unit]) -> None:
    """Successions name units that exist, add up, and go forward in time."""
    for line, succession in read:
        if succession.kind not in KINDS:
            raise line.error("okänt slag", succession.kind, f"slagen är {', '.join(KINDS)}")
        check_known(line, succession.predecessor_id, known)
        check_known(line, succession.successor_id, known)
        if succession.predecessor_id == succession.successor_id:
            raise line.error("enheten följer på sig själv", succession.successor_id)
    _check_twice(read)
    _check_renames(read)
    _check_one_end(read)
    _check_shares(read)
    _check_cycles(read)
    _check_order(read)


def _check_twice(read: Read) -> None:
    seen: dict[tuple[object, ...], Line] = {}
    for line, each in read:
        mark = each.predecessor_id, each.successor_id, each.date
        line.alone(seen, mark, "samma efterföljd står", each.successor_id)


def _check_renames(read: Read) -> None:
    """A new name is one unit's: with two predecessors or successors it is something else."""
    for line, each in read:
        if each.kind != "rename":
            continue
        if each.share not in (None, 1.0):
            raise line.error("ett namnbyte tar med hela enheten", line["share"], "lämna andelen tom")
        for other_line, other in read:
            ended = other.ends_predecessor and other.predecessor_id == each.predecessor_id
            begun = other.ends_predecessor and other.successor_id == each.successor_id
            if other_line is not line and (ended or begun):
                hint = "är det en delning (split) eller en sammanslagning (merge)?"
                raise line.error(f"namnbyte som också står på rad {other_line.number}", hint=hint)


def _check_one_end(read: Read) -> None:
    ended: dict[str, tuple[Line, Succession]] = {}
    for line, each in read:
        if not each.ends_predecessor:
            continue
        first_line, first = ended.setdefault(each.predecessor_id, (line, each))
        if first.date != each.date:
            hint = f"på rad {first_line.number} upphör den {first.date}; en enhet som finns kvar har transfer"
            raise line.error(f"enheten upphör två gånger, också {each.date}", each.predecessor_id, hint)


def _check_shares(read: Read) -> None:
    """The shares that a unit left behind on a day add up to the whole, if it ended, and never to more."""

    def left(item: tuple[Line, Succession]) -> tuple[str, str]:
        return item[1].predecessor_id, item[1].date.isoformat()

    for (unit_id, _), grouped in itertools.groupby(sorted(read, key=left), key=left):
        group = list(grouped)
        stated = [each.share for _, each in group if each.share is not None]
        total = math.fsum(stated)
        whole = len(stated) == len(group) and any(each.ends_predecessor for _, each in group)
        wrong = abs(total - 1) > SHARE_TOLERANCE if whole else total > 1 + SHARE_TOLERANCE
        if wrong:
            rows = ", ".join(str(line.number) for line, _ in group)
            problem = f"andelarna av {unit_id} (rad {rows}) blir tillsammans {total:.3g}".replace(".", ",")
            raise group[0][0].error(problem, hint="de ska bli 1; lämna tomt det som inte är känt")


def _check_cycles(read: Read) -> None:
    """No unit comes from itself; parts may go to and fro."""
    ended = [(line, each) for line, each in read if each.ends_predecessor]
    before: dict[str, set[str]] = {}
    for _, each in ended:
        before.setdefault(each.successor_id, set()).add(each.predecessor_id)
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        ring: list[str] = error.args[1]
        line = next(at for at, each in ended if [each.predecessor_id, each.successor_id] == ring[:2])
        raise line.error("enheter som följer på varandra i ring", " → ".join(ring)) from None


def _check_order(read: Read) -> None:
    """A unit neither takes over nor hands over when it has ended."""
    ends = {each.predecessor_id: (line, each.date) for line, each in read if each.ends_predecessor}
    for line, each in read:
        for unit_id, gone, words in (
            (each.successor_id, lambda end, day: end <= day, "tar över"),
            (each.predecessor_id, lambda end, day: end < day, "lämnar över"),
        ):
            end_line, end = ends.get(unit_id, (line, None))
            if end is not None and gone(end, each.date):
                hint = f"enligt rad {end_line.number} upphör den {end}; är något av datumen fel?"
                raise line.error(f"{words} {each.date} när den redan har upphört", unit_id, hint)


def check_denominators(read: Sequence[tuple[Line, Denominator]], known: Mapping[str, Unit]) -> None:
    """Denominators are about known units, and each is given once."""
    seen: dict[tuple[str, int, str], Line] = {}
    for line, each in read:
        check_known(line, each.unit_id, known)
        if not 1990 <= each.year <= 2100:
            raise line.error("orimligt år", str(each.year))
        mark = each.unit_id, each.year, key(each.counted)
        line.alone(seen, mark, "samma uppgift står", each.counted)
