"""The register as a whole, and the questions that are asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from vbdata.register.checks import check_denominators, check_successions, check_units
from vbdata.register.entries import Denominator, Succession, Unit
from vbdata.register.files import checksum, lines, register_folder, stamp
from vbdata.vocabulary.matching import Index
from vbdata.vocabulary.spelling import key
from vbdata.vocabulary.written import Line


@dataclass(frozen=True)
class Register:
    """Units, successions (the earliest first) and denominators, checked against each other."""

    units: tuple[Unit, ...] = ()
    successions: tuple[Succession, ...] = ()
    denominators: tuple[Denominator, ...] = ()
    sha256: str = ""

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """Unit id → unit."""
        return {unit.unit_id: unit for unit in self.units}

    @cached_property
    def index(self) -> Index[Unit]:
        """Units by their names as printed."""
        return Index({unit: unit.names for unit in self.units})

    def predecessors_of(self, unit_id: str) -> tuple[Succession, ...]:
        """What the unit came from, the earliest first; nothing for a unit that is not registered."""
        return tuple(each for each in self.successions if each.successor_id == unit_id)

    def successors_of(self, unit_id: str) -> tuple[Succession, ...]:
        """What became of the unit, the earliest first."""
        return tuple(each for each in self.successions if each.predecessor_id == unit_id)

    def lineage(self, unit_id: str, *, ended: bool = False, alone: bool = False) -> tuple[str, ...]:
        """The unit and all that it came from, itself first and the oldest last.

        Parameters
        ----------
        ended
            Only what ended in it, and not what gave away a part and went on.
        alone
            Back to where it was merged from several: no single unit speaks for it before that.
        """
        found = [unit_id]
        for each in found:  # grows as it goes: generation by generation
            events = (s for s in self.predecessors_of(each) if s.ends_predecessor or not ended)
            before = dict.fromkeys(s.predecessor_id for s in events)
            if not alone or len(before) == 1:
                found.extend(name for name in before if name not in found)
        return tuple(found)

    def denominator(self, unit_id: str, year: int, counted: str | None = None) -> Denominator | None:
        """How many people the unit served in the year, or None where nobody has confirmed it.

        Without `counted` the unit's first row for the year in the file: the one that rates are computed on.
        """
        return next(
            (
                each
                for each in self.denominators
                if each.unit_id == unit_id
                and each.year == year
                and (counted is None or key(each.counted) == key(counted))
            ),
            None,
        )


def read_register(folder: Path) -> Register:
    """The register of a folder.

    Raises
    ------
    RegisterError
        When a file cannot be read or contradicts itself or another; file and row are named.
    """
    unit_rows = [(line, _unit(line)) for line in lines(folder, "units")]
    check_units(unit_rows)
    known = {unit.unit_id: unit for _, unit in unit_rows}
    succession_rows = [(line, _succession(line)) for line in lines(folder, "successions")]
    check_successions(succession_rows, known)
    denominator_rows = [(line, _denominator(line)) for line in lines(folder, "denominators")]
    check_denominators(denominator_rows, known)
    successions = sorted((each for _, each in succession_rows), key=lambda each: each.date)
    return Register(
        tuple(replace(unit, predecessors=_before(unit, successions)) for unit in known.values()),
        tuple(successions),
        tuple(each for _, each in denominator_rows),
        checksum(folder),
    )


def _unit(line: Line) -> Unit:
    aliases = tuple(alias.strip() for alias in line["aliases"].split("|") if alias.strip())
    return Unit(line.need("unit_id"), line.need("name"), line["type"], line["district"], aliases)


def _succession(line: Line) -> Succession:
    return Succession(
        line.need("predecessor_id"),
        line.need("successor_id"),
        line.need("kind"),
        line.day("date"),
        line.share("share"),
        line["source"],
    )


def _denominator(line: Line) -> Denominator:
    return Denominator(
        line.need("unit_id"),
        line.whole("year"),
        line.whole("count"),
        line.need("counted"),
        line.need("source"),
        line.need("confirmed_by"),
        line.day("confirmed_date"),
    )


def _before(unit: Unit, successions: Sequence[Succession]) -> tuple[str, ...]:
    mine = (each.predecessor_id for each in successions if each.successor_id == unit.unit_id)
    return tuple(dict.fromkeys(mine))


@lru_cache(maxsize=8)
def _read(folder: Path, _stamp: tuple[tuple[int, int], ...]) -> Register:
    return read_register(folder)


def register() -> Register:
    """The register of the workbook; see `register_folder`. It is read again when a file changes."""
    folder = register_folder()
    return _read(folder, stamp(folder))
