"""What is true of a unit in a year: every number, judgement and date that its plan and its report tell.

One `UnitYear` is the source of both, so that they agree: outcomes and who answered, the goals and how they
went, activities and their dates, the economy, and the events that the form counts. What hangs together from
year to year follows the lineage, the rest the unit. Every fact has a source of chance of its own, so that it
is the same whichever document asks for it and in whatever order.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from random import Random
from typing import Any

from vbdata import vocabulary
from vbdata.sample.world import UNITS, Commission, users
from vbdata.vocabulary.entries import IndicatorEntry

MONTHS = ("januari", "februari", "mars", "april", "maj", "augusti", "september", "oktober", "november")
#: First and last month of an activity.
_SPANS = ((1, 12), (1, 12), (1, 6), (2, 12), (3, 12))
#: Medarbetare for each person who is served.
_STAFF = {"home": 0.9, "day": 0.3, "support": 0.25, "short_stay": 1.1}
#: Indicators that are reported every four months: their period is "VB 2025", in plans "Tertial".
FOUR_MONTHLY = frozenset(("utfasade_tvattlappar", "timavlonade_lss", "sjukfranvaro", "sjukfranvaro_dag_1_14"))
#: How many events of a kind 50 people give rise to in four months.
_USUAL = {"complaints": 2.2, "deviations": 3.5, "praise": 2.6, "grave": 0.25, "incidents": 0.3}
#: How much more or less than usual a unit has: most are alike, and a few stand out.
_LEVELS = (0.8, 0.9, 1.0, 1.0, 1.0, 1.0, 1.1, 1.2, 1.3, 0.4, 2.6)


@cache
def wording() -> dict[str, Any]:
    """The Swedish texts and the facts of the invented district, from ``wording.toml``."""
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator in a year, as numbers; `value` is missing where nothing was measured.

    `answers` is how many of how many answered the survey that the outcome is a share of.
    """

    row: dict[str, Any]
    value: float | None
    previous: float | None
    men: float | None
    women: float | None
    target: float
    answers: tuple[int, int] | None

    @property
    def missed(self) -> bool:
        return self.value is not None and (self.value - self.target) * sign(self.row) < 0

    @property
    def apart(self) -> bool:
        """Men and women differ so much that the unit has to say something of it."""
        if self.men is None or self.women is None:
            return False
        return abs(self.men - self.women) >= (3.0 if sign(self.row) > 0 else 2.0)

    def printed(self, number: float | None) -> str:
        """A number with the indicator's decimals and measure unit; nothing for none."""
        if number is None:
            return ""
        return with_unit(self.row, f"{number:.{self.row.get('decimals', 0)}f}".replace(".", ","))


def sign(row: dict[str, Any]) -> int:
    """1 where a higher outcome is the better one, -1 where a lower is."""
    return 1 if _entry(row["id"]).better == "higher" else -1


def with_unit(row: dict[str, Any], text: str) -> str:
    """A printed number with its measure unit; a rule or a number that has one as it is."""
    text = text.rstrip("0").rstrip(",") if "," in text else text
    if not text[:1].isdigit() or text.endswith("%"):
        return text
    unit = _entry(row["id"]).measure_unit
    return text + {"%": " %", "index": ""}.get(unit or "", " kg CO2 per kg livsmedel")


def _entry(indicator_id: str) -> IndicatorEntry:
    return next(entry for entry in vocabulary.indicators() if entry.indicator_id == indicator_id)


def name_of(row: dict[str, Any]) -> str:
    return _entry(row["id"]).name


@dataclass(frozen=True, slots=True)
class Doing:
    """An activity: its title, its first and last day, how it went (`late` or done), and its sentence."""

    title: str
    start: str
    end: str
    late: bool
    told: str


class UnitYear:
    """A unit's year as far as a commission's document tells of it; see the module."""

    def __init__(self, commission: Commission, seed: int) -> None:
        self.unit, self.year = commission.unit, commission.year
        self.lineage, self.seed = commission.lineage, seed
        self.periods = commission.periods

    def chance(self, *keys: object) -> Random:
        """The source of chance of a fact that the lineage has."""
        return Random("|".join(map(str, (self.seed, self.lineage, *keys))))

    def own_chance(self, *keys: object) -> Random:
        """The source of chance of a fact of the unit's own year."""
        return self.chance(self.unit.name, self.year, *keys)

    @cached_property
    def users(self) -> int:
        return users(self.unit, self.lineage, self.year, self.seed)

    @cached_property
    def staff(self) -> int:
        return max(6, round(self.users * _STAFF[self.unit.type]))

    @cached_property
    def budget(self) -> float:
        """In millions of kronor."""
        return round(self.staff * self.own_chance("budget").uniform(0.58, 0.66), 1)

    @cached_property
    def result(self) -> int:
        """In thousands of kronor; a deficit is below zero."""
        return 10 * self.own_chance("result").choice((*range(-45, -4), *range(3, 40)))

    @cached_property
    def is_part(self) -> bool:
        """The unit came out of another that was split during the year, and sets its own targets."""
        return self.unit.name != self.lineage and any(
            unit.name == self.lineage and len(unit.successors) > 1 for unit in UNITS
        )

    # Goals

    @cached_property
    def areas(self) -> list[str]:
        """The areas that this kind of unit writes about: the same every year and for all its heirs."""
        rng = self.chance("areas")
        must = {"1.3", "2.1", "3.4"} | ({"3.2"} if self.unit.type == "day" else {"1.5"})
        never = {"3.2", "3.3"} if self.unit.type == "short_stay" else set()
        drawn = {code for code in wording()["area"] if rng.random() < 0.5}
        return sorted((must | drawn) - never)

    def boards(self, area: str) -> list[dict[str, Any]]:
        """The board's goals that the unit works with, in an area."""
        first, *rest = wording()["area"][area]["board"]
        rng = self.chance(area, "boards")
        return [first, *(board for board in rest if rng.random() < 0.6)]

    def unit_goals(self, area: str) -> list[dict[str, Any]]:
        """The unit's own goals in an area: the same every year and for all its heirs."""
        goals = wording()["area"][area]["unit"]
        return goals[: self.chance(area, "goals").randint(1, len(goals))]

    def status(self, area: str, goal: dict[str, Any]) -> str:
        """How a unit goal went: none is wholly met in an area where an indicator misses its target."""
        rng = self.own_chance(goal["title"], "status")
        missed = any(each.missed for each in self.measures(area))
        if self.periods < 3:
            return "partly_met" if missed else "met"
        if missed:
            return rng.choices(("partly_met", "not_met"), (4, 1))[0]
        return rng.choices(("met", "partly_met", "not_met", "no_data"), (84, 8, 4, 4))[0]

    @cached_property
    def statuses(self) -> dict[str, str]:
        """Title of each unit goal → how it went."""
        return {g["title"]: self.status(area, g) for area in self.areas for g in self.unit_goals(area)}

    # Indicators

    def measures(self, area: str, level: str | None = None) -> list[Measure]:
        """The indicators that the unit reports in an area (at a level)."""
        rows = (row for row in wording()["indicator"] if row["area"] == area)
        here = (row for row in rows if level in (None, row["level"]))
        return [self._measure(row) for row in here if self.unit.type in row.get("types", (self.unit.type,))]

    def _measure(self, row: dict[str, Any]) -> Measure:
        value, previous = (self._outcome(row, year) for year in (self.year, self.year - 1))
        if value is not None and self.periods < 3:
            drift = self.own_chance(row["id"], self.periods).uniform(0.98, 1.0)
            value = round(value * drift, row.get("decimals", 0)) if row["id"] in FOUR_MONTHLY else None
        survey = _is_survey(_same(row))
        men = women = None
        if row.get("genders") and value is not None and self.own_chance(row["id"], "sexes").random() < 0.6:
            men, women = self._sexes(row, value)
        steps = self.chance(_same(row), "target").randrange(2) + self.is_part
        target = row["target"] + steps * sign(row) * (1 if row["target"] > 10 else 0.1)
        answers = self._answers(self.year) if survey and value is not None else None
        return Measure(row, value, previous, men, women, target, answers)

    def _outcome(self, row: dict[str, Any], year: int) -> float | None:
        """The outcome of a lineage in a year: the same whichever report prints it."""
        survey = _is_survey(_same(row))
        rule = not row["council"][:1].isdigit()
        if not survey and not rule and self.chance(row["id"], year, "measured").random() < 0.06:
            return None
        low, high = row["range"]
        rng = self.chance(_same(row))
        level = rng.random() ** 0.6 + rng.uniform(-0.04, 0.04) * (year - 2024)  # from the worst to the best
        level += self._yearly(year, _same(row)).uniform(-0.12, 0.12)
        level = min(max(level, 0.0), 1.0)
        value = low + level * (high - low) if sign(row) > 0 else high - level * (high - low)
        if survey:
            count, _ = self._answers(year)
            value = 100 * round(value * count / 100) / count  # a share of those who answered
        return round(value, row.get("decimals", 0))

    def _answers(self, year: int) -> tuple[int, int]:
        """How many answered the year's survey, and how many were asked: all that the unit then served."""
        before = next((unit for unit in UNITS if unit.name == self.lineage), self.unit)
        asked = users(self.unit if year == self.year else before, self.lineage, year, self.seed)
        return max(6, round(asked * self._yearly(year, "answers").uniform(0.5, 0.95))), asked

    def _yearly(self, year: int, *keys: object) -> Random:
        """The source of chance of a fact of a year: one of its own in the year that a unit was split."""
        return self.chance(year, *keys, self.unit.name if self.is_part and year == self.year else "")

    def _sexes(self, row: dict[str, Any], value: float) -> tuple[float, float]:
        """Outcomes of men and women whose mean, weighted by how many they are, is the total."""
        rng = self.own_chance(row["id"], "gap")
        small, wide = ((0.5, 2.5), (10.0, 14.0)) if sign(row) > 0 else ((0.2, 1.2), (2.1, 3.5))
        women = rng.uniform(0.4, 0.7)
        gap = rng.choice((-1, 1)) * rng.uniform(*(wide if rng.random() < 0.3 else small))
        room = 100 - value
        gap = max(min(gap, room / (1 - women), value / women), -room / women, -value / (1 - women))
        decimals = row.get("decimals", 0)
        return round(value - gap * women, decimals), round(value + gap * (1 - women), decimals)

    # Activities and events

    def doings(self, area: str, board: int) -> list[Doing]:
        """The activities under one of the board's goals of an area, in the order of the goals."""
        made = []
        for row in wording()["area"][area]["activity"][2 * board : 2 * board + 2]:
            rng = self.chance(row["title"], self.year)
            start, end = rng.choice(_SPANS)
            late = rng.random() < 0.12
            told = rng.choice(wording()["activity"]["late"]) if late else row["done"]
            last = 30 if end == 6 else 31
            dates = f"{self.year}-{start:02d}-01", f"{self.year}-{end:02d}-{last}"
            made.append(Doing(row["title"], *dates, late, told))
        return made

    @cached_property
    def template(self) -> str:
        return "2025" if self.year >= 2025 else "2023"

    @cached_property
    def events(self) -> dict[str, list[int]]:
        """Events of each kind in the periods that have passed: larger units have more, some stand out."""
        levels, rng = self.chance("levels"), self.own_chance("events")
        means = {kind: usual * self.users / 50 * levels.choice(_LEVELS) for kind, usual in _USUAL.items()}
        found = {kind: [_poisson(mean, rng) for _ in range(3)] for kind, mean in means.items()}
        counted = "deviations" if self.template == "2025" else "complaints"  # a report is about one of them
        found[counted] = [max(pair) for pair in zip(found[counted], found["grave"], strict=True)]
        return {kind: counts[: self.periods] for kind, counts in found.items()}


def _same(row: dict[str, Any]) -> str:
    """The indicator whose outcomes a row has: its own, or those of another that asks the same."""
    return str(row.get("same", row["id"]))


@cache
def _is_survey(indicator_id: str) -> bool:
    """The indicator is a share of those who answered a survey."""
    in_percent = _entry(indicator_id).measure_unit == "%"
    return in_percent and any(indicator_id in survey.indicators for survey in vocabulary.surveys())


def _poisson(mean: float, rng: Random) -> int:
    """A random count (Knuth's method, for small means)."""
    count, product = 0, rng.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * rng.random()
    return count
