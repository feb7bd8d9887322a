"""Write one document of a unit's year as records: the truth, from which every format is printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

from vbdata import vocabulary
from vbdata.extract.document import Place
from vbdata.parse.records import Activity, Complaint, Cover, Goal, Indicator, Passage, Report
from vbdata.sample.model import FOUR_MONTHLY, Measure, UnitYear, name_of, with_unit, wording
from vbdata.sample.prose import Prose
from vbdata.sample.world import BOARD, REGISTRY, TITLES, Commission

#: Facets of the complaint forms that count the same events, by what is counted.
_SAME_EVENTS = {
    "complaints": ("complaint_subject", "complaint_source", "case_subject", "case_source"),
    "deviations": ("deviation_subject", "deviation_source", "deviation_concerns"),
    "praise": ("praise",),
    "incidents": ("data_incident",),
}
#: Facets whose categories each count some of the events of a kind.
_SOME = {"complaints": ("response", "feedback", "measures"), "grave": ("lex_sarah", "lex_case")}
#: What a report has without a sentence more than it needs, and what such a sentence adds, in kilobytes.
_LEAST, _SENTENCE = 15.0, 0.13


def write_report(commission: Commission, seed: int = 0, kilobytes: float = 12.0) -> Report:
    """A whole plan or annual report; the same arguments give the same report.

    Parameters
    ----------
    commission
        Who writes what for which year. Outcomes follow `commission.lineage`, so that one year's outcome is
        the next year's previous outcome.
    kilobytes
        Rough size of the report as text; real ones are 30-60.
    """
    return _Writer(commission, seed, kilobytes).report()


class _Writer:
    def __init__(self, commission: Commission, seed: int, kilobytes: float) -> None:
        self.year = UnitYear(commission, seed)
        self.kind, self.is_plan = commission.kind, commission.kind == "VP"
        self.rng = self.year.own_chance(self.kind)
        texts = 6 + len(self.year.statuses)
        extra = max(0.0, kilobytes - _LEAST) / _SENTENCE / texts
        self.prose = Prose(self.year, self.rng, kind=self.kind, extra=extra)
        self.goals: list[Goal] = []
        self.indicators: list[Indicator] = []
        self.activities: list[Activity] = []
        self.passages: list[Passage] = []

    def report(self) -> Report:
        self._texts("introduction" if self.is_plan else "summary", weight=2)
        self._texts("quality_development", "competence", "participation")
        for direction in (g for g in vocabulary.council_goals() if g.level == "direction"):
            areas = [code for code in self.year.areas if code.startswith(f"{direction.code}.")]
            top = self._goal("direction", direction.code, direction.title, None) if areas else None
            for code in areas:
                self._area(code, top)
        self._texts("budget" if self.is_plan else "economy_analysis")
        if not self.is_plan and self.rng.random() < 0.3:
            self._texts("investments", weight=0)
        self._texts("quality", *(("agenda_2030",) if self.rng.random() < 0.7 else ()))
        complaints = () if self.is_plan else tuple(self._complaints())
        rows = tuple(self.goals), tuple(self.indicators), tuple(self.activities), complaints
        template = self.year.template if complaints else None
        return Report(self._cover(), *rows, tuple(self.passages), template, bool(complaints))

    def _cover(self) -> Cover:
        year, unit = self.year.year, self.year.unit.name
        month = {"VP": f"{year}-02", "T1": f"{year}-05", "T2": f"{year}-09"}.get(self.kind, f"{year + 1}-01")
        date = f"{month}-{self.rng.randint(10, 28)}"
        dnr = f"{REGISTRY} {year}/{self.rng.randint(100, 990)}" if self.rng.random() < 0.95 else None
        return Cover(self.kind, year, unit, f"{TITLES[self.kind]} {year} Enheten {unit}", BOARD, dnr, date)

    # Goals

    def _goal(
        self, level: str, code: str | None, title: str, parent: int | None, status: str = "no_data"
    ) -> int:
        number = len(self.goals) + 1
        words = {"met": "Uppfylls helt", "partly_met": "Uppfylls delvis", "not_met": "Uppfylls inte"}
        nothing = "Ingen" if self.year.year <= 2023 else "Inga data"
        said = None if self.is_plan else words.get(status, nothing)
        self.goals.append(Goal(number, level, code, title, said, parent, Place()))
        return number

    def _area(self, code: str, parent: int | None) -> None:
        title = next(goal.title for goal in vocabulary.council_goals() if goal.code == code)
        area = self._goal("area", code, title, parent)
        self._indicators(code, "area", area)
        boards, goals = self.year.boards(code), self.year.unit_goals(code)
        for number, board in enumerate(boards):
            at = self._goal("board", None, board["title"], area)
            self._add(at, "description", board["description"])
            self._add(at, "expected_result", "\n".join(f"- {item}" for item in board["expected"]))
            if not number:
                self._indicators(code, "board", at)
            self._activities(code, at, number)
            for goal in goals[number :: len(boards)]:
                self._unit_goal(code, goal, at)

    def _unit_goal(self, code: str, goal: dict[str, Any], board: int) -> None:
        status = self.year.statuses[goal["title"]]
        at = self._goal("unit", None, goal["title"], board, status)
        self._add(at, "expected_result", goal["expected"])
        if self.is_plan:
            self._add(at, "method", self.prose.going_on([self.prose.fill(goal["method"], code)], code))
            self._add(at, "resources", self.prose.section("resources", code, 0))
            self._add(at, "follow_up", self.prose.fill(goal["follow_up"], code))
        elif status != "no_data":
            self._add(at, "analysis", self.prose.goal_analysis(goal, status, code))
        if goal is wording()["area"][code]["unit"][0]:
            self._indicators(code, "unit", at)

    # Tables

    def _indicators(self, code: str, level: str, goal: int) -> None:
        for measure in self.year.measures(code, level):
            row = self._row(measure)
            self.indicators.append(replace(row, position=len(self.indicators) + 1, goal=goal))

    def _row(self, measure: Measure) -> Indicator:
        row, year = measure.row, self.year.year
        often = row["id"] in FOUR_MONTHLY
        plan = Indicator(
            0, None, name_of(row), target_raw=measure.printed(measure.target),
            council_target_raw=with_unit(row, row["council"]), period_raw="Tertial" if often else "År",
        )  # fmt: skip
        if self.is_plan:
            return plan
        columns = ("value", "value_men", "value_women", "value_previous")
        numbers = (measure.value, measure.men, measure.women, measure.previous)
        cells: dict[str, Any] = {
            f"{c}_raw": measure.printed(n) for c, n in zip(columns, numbers, strict=True)
        }
        period = f"{self.kind} {year}" if often else str(year)
        return replace(plan, period_raw=period, analysis=self.prose.row_analysis(measure), **cells)

    def _activities(self, code: str, goal: int, board: int) -> None:
        for doing in self.year.doings(code, board):
            cells: tuple[str, str, str | None] = ("", "", None)
            if not self.is_plan:
                ended = not doing.late and int(doing.end[5:7]) <= 4 * self.year.periods
                done = "✓" if ended and self.rng.random() < 0.5 else ""
                told = doing.late or (ended and self.rng.random() < 0.7)
                cells = ("X" if doing.late else "", done, self.prose.fill(doing.told, code) if told else None)
            self.activities.append(
                Activity(len(self.activities) + 1, goal, doing.title, doing.start, doing.end, *cells)
            )

    # Running text

    def _texts(self, *sections: str, weight: float = 1.0) -> None:
        for section in sections:
            self._add(None, section, self.prose.section(section, weight=weight))

    def _add(self, goal: int | None, section: str, text: str) -> None:
        label = next(s.label for s in vocabulary.sections() if s.code == section)
        if section == "budget":
            label = f"{label} {self.year.year}"
        self.passages.append(Passage(len(self.passages) + 1, goal, section, label, text, Place()))

    # The complaint form

    def _complaints(self) -> list[Complaint]:
        """The form filled in: its facets agree, and its periods add up."""
        counts: dict[tuple[str, str], list[int]] = {}
        for kind, events in self.year.events.items():
            for facet in _SAME_EVENTS.get(kind, ()):
                counts |= _spread(_keys(self.year.template, facet), events, self.rng)
            for facet in _SOME.get(kind, ()):
                counts |= _part(_keys(self.year.template, facet), events, self.rng)
        printed = sorted(counts, key=_order(self.year.template).index)
        return [_complaint(n, *key, counts[key], self.rng) for n, key in enumerate(printed, start=1)]


_Counts = dict[tuple[str, str], list[int]]


def _order(template: str) -> list[tuple[str, str]]:
    """Group and category of each row of a form, as it prints them."""
    groups = [g.group for g in vocabulary.groups() if g.template == template]
    rows = [(c.group, c.category) for c in vocabulary.categories() if c.template == template]
    return sorted(rows, key=lambda row: groups.index(row[0]))


def _keys(template: str, facet: str) -> list[tuple[str, str]]:
    """The categories of a facet, each with its group."""
    groups = {g.group for g in vocabulary.groups() if g.template == template and g.facet == facet}
    return [key for key in _order(template) if key[0] in groups]


def _part(keys: list[tuple[str, str]], events: list[int], rng: Random) -> _Counts:
    """Some of each period's events, for each category: of the gravest all or few, of the others most."""
    shares = {"IVO": 0.25, "Lex Maria": 0.0, "inkomna": 1.0, "Lex Sarah": 1.0}
    drawn = {key: next((s for word, s in shares.items() if word in key[1]), 0.8) for key in keys}
    return {key: [sum(rng.random() < s for _ in range(n)) for n in events] for key, s in drawn.items()}


def _spread(keys: list[tuple[str, str]], events: list[int], rng: Random) -> _Counts:
    """Deal each period's events out over categories."""
    dealt = [Counter(rng.choices(keys, k=number) if keys else []) for number in events]
    return {key: [period[key] for period in dealt] for key in keys}


def _complaint(position: int, group: str, category: str, counts: list[int], rng: Random) -> Complaint:
    """A row; a period in which nothing came in is blank, or at times a zero."""
    zero = "0" if rng.random() < 0.08 else ""
    t1, t2, vb = [*(str(count) if count else zero for count in counts), "", ""][:3]
    total = str(sum(counts)) if t1 or t2 or vb else ""
    comment = rng.choice(wording()["counted"]["comments"]) if sum(counts) and rng.random() < 0.15 else ""
    return Complaint(position, group, category, t1, t2, vb, total, comment)
