"""The invented district Björkvik-Tallåsen: its units, their places, and who writes which report.

One unit is split in two and one changes its name, both in the last of the years that are asked for:
the plan of that year is then written by the old unit and the reports by its successors.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

DISTRICT = "Björkvik-Tallåsen"
BOARD = "Björkvik-Tallåsens stadsdelsnämnd"
REGISTRY = "BT"


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """An invented unit. `type` is a key of `prose.WORDS`; `places` are its houses or groups.

    `successors` take over (a split), or the one successor is the same unit under a new name.
    """

    name: str
    type: str
    places: tuple[str, ...]
    successors: tuple[SampleUnit, ...] = ()


#: What a document of each kind is called.
TITLES = {
    "VP": "Verksamhetsplan", "T1": "Tertialrapport 1", "T2": "Tertialrapport 2",
    "VB": "Verksamhetsberättelse",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commission:
    """One document to write: `lineage` is the unit that its figures follow from year to year."""

    unit: SampleUnit
    lineage: str
    kind: str
    year: int

    @property
    def periods(self) -> int:
        """How many of the year's three periods have passed; all, for a plan as for an annual report."""
        return {"T1": 1, "T2": 2}.get(self.kind, 3)


_DAY_1 = SampleUnit("Björkvik-Tallåsen daglig verksamhet 1", "day", ("Snickeriet", "Kvarnen", "Pressen"))
_DAY_2 = SampleUnit("Björkvik-Tallåsen daglig verksamhet 2", "day", ("Växthuset", "Spegeln", "Kajen"))
_RENAMED = SampleUnit("Björkviks boendestöd", "support", ("Team Älgen", "Team Lommen", "Kvällsteamet"))

UNITS = (
    SampleUnit("Björkviks gruppbostäder", "home", ("Alkärret", "Bokbacken", "Dungen", "Fyrens gård")),
    SampleUnit(
        "Tallåsens dagliga verksamhet", "day", (*_DAY_1.places, *_DAY_2.places), successors=(_DAY_1, _DAY_2)
    ),
    SampleUnit("Granängens servicebostäder", "home", ("Kottstigen", "Mossvägen", "Rönnen")),
    SampleUnit("Ekdungens boendestöd", "support", _RENAMED.places, successors=(_RENAMED,)),
    SampleUnit("Lillåns korttidshem", "short_stay", ("Strandhuset", "Vindflöjeln")),
    SampleUnit("Mossbrinkens stödboende", "home", ("Övre huset", "Nedre huset", "Lägenheterna")),
)
_PLACES = (
    "Hällmarken",
    "Ljungnäs",
    "Åkershagen",
    "Öresjö",
    "Norrbäcken",
    "Skogslid",
    "Ängsbrinken",
    "Väsby kulle",
)
_ENDINGS = (
    ("gruppbostäder", "home"),
    ("dagliga verksamhet", "day"),
    ("boendestöd", "support"),
    ("korttidshem", "short_stay"),
)


def sample_units(count: int) -> tuple[SampleUnit, ...]:
    """The first `count` units of the district; after the six that are written out they are made up by rule.

    >>> [unit.name for unit in sample_units(8)][-2:]
    ['Hällmarkens gruppbostäder', 'Ljungnäs dagliga verksamhet']
    """
    made = list(UNITS[:count])
    for number in range(count - len(UNITS)):
        place = _PLACES[number % len(_PLACES)]
        ending, kind = _ENDINGS[(number + number // len(_PLACES)) % len(_ENDINGS)]
        genitive = place if place.endswith("s") else f"{place}s"
        round_ = number // (len(_PLACES) * len(_ENDINGS))
        suffix = f" {round_ + 1}" if round_ else ""
        made.append(SampleUnit(f"{genitive} {ending}{suffix}", kind, ("Huset", "Gården", "Flygeln")))
    return tuple(made)


def commissions(
    units: tuple[SampleUnit, ...], years: tuple[int, ...], kinds: tuple[str, ...] = ("VP", "VB")
) -> tuple[Commission, ...]:
    """A document of each kind for every unit and year, by those who existed when it was written."""
    made: list[Commission] = []
    for unit in units:
        for year in years:
            heirs = unit.successors if unit.successors and year == max(years) else (unit,)
            for kind in kinds:
                writers = (unit,) if kind == "VP" else heirs
                made.extend(Commission(writer, unit.name, kind, year) for writer in writers)
    return tuple(made)


def users(unit: SampleUnit, lineage: str, year: int, seed: int) -> int:
    """How many people a unit serves in a year: from 12 to 150, a little more or less from year to year.

    >>> 12 <= users(UNITS[0], UNITS[0].name, 2025, 1) <= 150
    True
    """
    size = math.exp(Random(f"{seed}|{lineage}|users").uniform(math.log(14), math.log(130)))
    drift = Random(f"{seed}|{lineage}|{year}|users").uniform(-0.06, 0.06)
    heirs = next((each.successors for each in UNITS if each.name == lineage and unit.name != lineage), ())
    return max(12, round(size * (1 + drift) / max(1, len(heirs))))
