"""Write one report as records: the truth, from which every dialect and file format is printed."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from random import Random

from vbdata import vocabulary
from vbdata.extract.document import Place
from vbdata.parse.records import Activity, Complaint, Cover, Goal, Indicator, Passage, Report
from vbdata.sample import wording
from vbdata.sample.prose import ANSWERS, TOPICS, Prose
from vbdata.sample.world import BOARD, REGISTRY, Commission, users

#: Facets of the complaint forms that count the same events, by what is counted.
_SAME_EVENTS = {
    "complaints": ("complaint_subject", "complaint_source", "case_subject", "case_source"),
    "deviations": ("deviation_subject", "deviation_source", "deviation_concerns"),
    "praise": ("praise",),
    "grave": ("lex_sarah", "lex_case"),
    "incidents": ("data_incident",),
}
#: Facets whose categories each count some of the complaints.
_ANSWER_FACETS = ("response", "feedback", "measures")
#: How many events of a kind 50 people give rise to in four months.
_USUAL = {"complaints": 2.2, "deviations": 3.5, "praise": 2.6, "grave": 0.5, "incidents": 0.4}
#: How much more or less than usual a unit has: most are alike, and a few stand out.
_LEVELS = (0.8, 0.9, 1.0, 1.0, 1.0, 1.0, 1.1, 1.2, 1.3, 0.4, 2.6)
_COMMENTS = (
    "Tas upp på teammöte och följs upp efter sommaren.",
    "Ny rutin för helger.",
    "Ett ärende är överlämnat till fastighetsvärden.",
)


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
        self.unit, self.kind, self.year = commission.unit, commission.kind, commission.year
        self.lineage, self.seed = commission.lineage, seed
        self.rng = Random(f"{seed}|{self.unit.name}|{self.kind}|{self.year}")
        self.prose = Prose(self.rng, self.unit.name, self.unit.type, self.unit.places)
        self.length = max(0.3, (kilobytes - 16) / 14)
        self.goals: list[Goal] = []
        self.indicators: list[Indicator] = []
        self.activities: list[Activity] = []
        self.passages: list[Passage] = []

    @property
    def is_plan(self) -> bool:
        return self.kind == "VP"

    @property
    def template(self) -> str:
        return "2025" if self.year >= 2025 else "2023"

    def report(self) -> Report:
        self._front()
        for direction in (g for g in vocabulary.council_goals() if g.level == "direction"):
            areas = [code for code in self._areas() if code.startswith(f"{direction.code}.")]
            if areas:
                top = self._goal("direction", direction.code, direction.title, None)
                for code in areas:
                    self._area(code, top)
        self._back()
        complaints = () if self.is_plan else _complaints(self.template, self._events(), self.rng)
        return Report(
            self._cover(),
            tuple(self.goals),
            tuple(self.indicators),
            tuple(self.activities),
            complaints,
            tuple(self.passages),
            self.template if complaints else None,
            bool(complaints),
        )

    def _events(self) -> dict[str, list[int]]:
        """Events of each kind in the year's three periods: larger units have more, some their own level."""
        size = users(self.unit, self.lineage, self.year, self.seed) / 50
        levels = Random(f"{self.seed}|{self.lineage}|levels")
        means = {kind: usual * size * levels.choice(_LEVELS) for kind, usual in _USUAL.items()}
        return {kind: [_poisson(mean, self.rng) for _ in range(3)] for kind, mean in means.items()}

    def _cover(self) -> Cover:
        written = f"{self.year + 1}-01-{self.rng.randint(10, 28)}"
        if self.is_plan:
            written = f"{self.year}-02-{self.rng.randint(10, 27)}"
        word = "Verksamhetsplan" if self.is_plan else "Verksamhetsberättelse"
        dnr = f"{REGISTRY} {self.year}/{self.rng.randint(100, 990)}" if self.rng.random() < 0.8 else None
        title = f"{word} {self.year} Enheten {self.unit.name}"
        return Cover(self.kind, self.year, self.unit.name, title, BOARD, dnr, written)

    def _areas(self) -> list[str]:
        """The areas that this kind of unit writes about: the same every year and for all its heirs."""
        rng = Random(f"{self.seed}|{self.lineage}|areas")
        must = {"1.3", "2.1", "3.4"} | ({"3.2"} if self.unit.type == "day" else {"1.5"})
        return [code for code in sorted(TOPICS) if code in must or rng.random() < 0.5]

    # Goals

    def _goal(self, level: str, code: str | None, title: str, parent: int | None) -> int:
        number = len(self.goals) + 1
        self.goals.append(Goal(number, level, code, title, self._status(level), parent, Place()))
        return number

    def _status(self, level: str) -> str | None:
        if self.is_plan:
            return None
        nothing = "Ingen" if self.year <= 2023 else "Inga data"
        if level != "unit":
            return nothing
        words = ("Uppfylls helt", "Uppfylls delvis", "Uppfylls inte", nothing)
        return self.rng.choices(words, (68, 18, 10, 4))[0]

    def _area(self, code: str, parent: int) -> None:
        title = next(goal.title for goal in vocabulary.council_goals() if goal.code == code)
        area = self._goal("area", code, title, parent)
        self._indicators(code, "area", area)
        boards = wording.BOARD_GOALS[code]
        for number, board_title in enumerate(boards):
            if number and self.rng.random() < 0.4:
                continue
            board = self._goal("board", None, board_title, area)
            self._passage(board, "description", code, 1)
            self._items(board, code)
            self._indicators(code, "board", board)
            self._activities(code, board, number)
            if number == len(boards) - 1 or self.rng.random() < 0.5:
                self._unit_goals(code, board)

    def _unit_goals(self, code: str, board: int) -> None:
        titles = list(wording.UNIT_GOALS[code])
        for title in titles[: self.rng.randint(1, len(titles))]:
            goal = self._goal("unit", None, title.format(unit=self.unit.name), board)
            self._passage(goal, "expected_result", code, 0.5)
            for section in ("method", "resources", "follow_up") if self.is_plan else ("analysis",):
                self._passage(goal, section, code, 1.4 if section in ("analysis", "method") else 0.4)
            self._indicators(code, "unit", goal)

    # Tables

    def _indicators(self, code: str, level: str, goal: int) -> None:
        for name in wording.INDICATORS.get(code, {}).get(level, ()):
            if name == "trygghet_lss_boende" and self.unit.type not in ("home", "short_stay"):
                continue
            if name == "barn_delaktiga_utredning" and self.unit.type != "short_stay":
                continue
            if any(indicator.name_raw == _name(name) for indicator in self.indicators):
                continue
            row = self._plan_row(name) if self.is_plan else self._outcome_row(name)
            self.indicators.append(replace(row, position=len(self.indicators) + 1, goal=goal))

    def _plan_row(self, name: str) -> Indicator:
        _, _, _, target, council = wording.RANGES[name]
        target = "" if self.rng.random() < 0.5 else _with_unit(name, target)
        period = "Tertial" if name in wording.FOUR_MONTHLY else "År"
        return Indicator(
            0,
            None,
            _name(name),
            target_raw=target,
            council_target_raw=_with_unit(name, council),
            period_raw=period,
        )

    def _outcome_row(self, name: str) -> Indicator:
        _, _, _, target, council = wording.RANGES[name]
        value = self._outcome(name, self.year)
        men = women = ""
        if name in wording.BY_GENDER and self.rng.random() < 0.6:
            gap = round(self.rng.uniform(0.3, 2.0), 1)
            both = (max(value - gap, 0.0), min(value + gap * 0.6, 100.0))  # shares
            men, women = (_printed(name, number) for number in both)
        previous = _printed(name, self._outcome(name, self.year - 1)) if self.rng.random() < 0.7 else ""
        return Indicator(
            0,
            None,
            _name(name),
            "" if self.rng.random() < 0.05 else _printed(name, value),
            men,
            women,
            previous,
            _with_unit(name, target),
            _with_unit(name, council),
            f"VB {self.year}" if name in wording.FOUR_MONTHLY else str(self.year),
            self._told_answers(name, self._row_analysis()),
        )

    def _told_answers(self, name: str, analysis: str | None) -> str | None:
        """The row's analysis, at times with how many answered, where the outcome is a survey's share."""
        survey = _survey(name)
        if survey is None or self.rng.random() < 0.3:
            return analysis
        n, asked = self._answers(survey, self.year)
        told = self.rng.choice(ANSWERS).format(n=n, asked=asked, rate=round(100 * n / asked))
        return f"{told} {analysis}" if analysis else told

    def _answers(self, survey: str, year: int) -> tuple[int, int]:
        """How many of a lineage answered a survey in a year, and how many were asked."""
        asked = Random(f"{self.seed}|{self.lineage}|{survey}").randint(16, 150)
        share = Random(f"{self.seed}|{self.lineage}|{survey}|{year}").uniform(0.4, 0.95)
        return max(6, round(asked * share)), asked

    def _outcome(self, name: str, year: int) -> float:
        """The outcome of a lineage in a year: the same whichever report prints it."""
        low, high, *_ = wording.RANGES[name]
        rng = Random(f"{self.seed}|{self.lineage}|{name}")
        level = rng.uniform(low, high)
        for _ in range(2015, year):
            level += rng.uniform(-0.12, 0.12) * (high - low)
            level = min(max(level, low), high)
        survey = _survey(name)
        if survey is None:
            return level
        n, _ = self._answers(survey, year)
        return 100 * round(level * n / 100) / n  # a share of those who answered

    def _row_analysis(self) -> str | None:
        if self.rng.random() < 0.4:
            return None
        return self.prose.sentences("row", None, self.rng.randint(1, max(1, round(1 + self.length))))

    def _activities(self, code: str, goal: int, number: int) -> None:
        titles = wording.ACTIVITIES[code]
        for title in titles[number * 2 : number * 2 + 2] if number else titles[:2]:
            start = self.rng.choice((f"{self.year}-01-01", f"{self.year}-01-01", f"{self.year - 1}-09-01"))
            end = self.rng.choice((f"{self.year}-12-31", f"{self.year}-12-31", f"{self.year}-06-30"))
            done = "✓" if not self.is_plan and self.rng.random() < 0.4 else ""
            late = "X" if not self.is_plan and self.rng.random() < 0.12 else ""
            self.activities.append(
                Activity(
                    len(self.activities) + 1,
                    goal,
                    title,
                    start,
                    end,
                    late,
                    done,
                    None if self.is_plan else self._row_analysis(),
                )
            )

    # Running text

    def _passage(self, goal: int | None, section: str, area: str | None, weight: float) -> None:
        wanted = weight * self.length
        count = int(wanted) + (self.rng.random() < wanted % 1)
        text = self.prose.paragraphs(section, area, max(1, count), round(3 + self.length))
        self._add(goal, section, text)

    def _items(self, goal: int, area: str) -> None:
        items = dict.fromkeys(
            self.prose.sentence("expected_result", area) for _ in range(self.rng.randint(2, 4))
        )
        self._add(goal, "expected_result", "\n".join(f"- {item}" for item in items))

    def _add(self, goal: int | None, section: str, text: str) -> None:
        label = next(s.label for s in vocabulary.sections() if s.code == section)
        if section == "budget":
            label = f"{label} {self.year}"
        self.passages.append(Passage(len(self.passages) + 1, goal, section, label, text, Place()))

    def _front(self) -> None:
        self._passage(None, "introduction" if self.is_plan else "summary", None, 3)
        for section in ("quality_development", "competence", "participation"):
            self._passage(None, section, None, 1)

    def _back(self) -> None:
        self._passage(None, "budget" if self.is_plan else "economy_analysis", "3.1", 1.5)
        if self.rng.random() < 0.3 and not self.is_plan:
            self._passage(None, "investments", "2.1", 0.5)
        self._passage(None, "quality", None, 1.5)
        if self.rng.random() < 0.7:
            self._passage(None, "agenda_2030", None, 0.5)


def _survey(indicator_id: str) -> str | None:
    """The survey that an indicator is a share of."""
    shares = {entry.indicator_id for entry in vocabulary.indicators() if entry.measure_unit == "%"}
    return next(
        (s.code for s in vocabulary.surveys() if indicator_id in s.indicators and indicator_id in shares),
        None,
    )


def _name(indicator_id: str) -> str:
    return next(entry.name for entry in vocabulary.indicators() if entry.indicator_id == indicator_id)


def _printed(name: str, number: float) -> str:
    decimals = wording.RANGES[name][2]
    text = f"{number:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return _with_unit(name, text.replace(".", ","))


def _with_unit(name: str, text: str) -> str:
    if name == "klimatpaverkan_livsmedel" and text[:1].isdigit():
        return f"{text} kg CO2 per kg livsmedel"
    if name == "aktivt_medskapandeindex" or not text[:1].isdigit() or text.endswith("%"):
        return text
    return f"{text} %"


def _poisson(mean: float, rng: Random) -> int:
    """A random count (Knuth's method, for small means)."""
    count, product = 0, rng.random()
    while product > math.exp(-mean):
        count, product = count + 1, product * rng.random()
    return count


def _complaints(template: str, events: dict[str, list[int]], rng: Random) -> tuple[Complaint, ...]:
    """A filled-in complaint form whose facets agree and whose periods add up.

    A period in which nothing came in is blank, or at times a zero.
    """
    counts = {
        facet: _spread(template, facet, events[kind], rng)
        for kind, fs in _SAME_EVENTS.items()
        for facet in fs
    }
    counts |= {facet: _answers(template, facet, events["complaints"], rng) for facet in _ANSWER_FACETS}
    rows: list[Complaint] = []
    for group in (g for g in vocabulary.groups() if g.template == template):
        for category in (
            c for c in vocabulary.categories() if (c.template, c.group) == (template, group.group)
        ):
            found = counts[group.facet][group.group, category.category]
            rows.append(_complaint(len(rows) + 1, group.group, category.category, found, rng))
    return tuple(rows)


def _keys(template: str, facet: str) -> list[tuple[str, str]]:
    """The categories of a facet, each with its group."""
    groups = {g.group for g in vocabulary.groups() if g.template == template and g.facet == facet}
    return [
        (c.group, c.category) for c in vocabulary.categories() if c.template == template and c.group in groups
    ]


def _answers(template: str, facet: str, events: list[int], rng: Random) -> dict[tuple[str, str], list[int]]:
    """Most of each period's complaints, for each category of its own."""
    return {
        key: [sum(rng.random() < 0.8 for _ in range(number)) for number in events]
        for key in _keys(template, facet)
    }


def _spread(template: str, facet: str, events: list[int], rng: Random) -> dict[tuple[str, str], list[int]]:
    """Deal each period's events out over the categories of a facet."""
    keys = _keys(template, facet)
    counts = {key: [0, 0, 0] for key in keys}
    for period, number in enumerate(events):
        for key, share in Counter(rng.choices(keys, k=number) if keys else []).items():
            counts[key][period] = share
    return counts


def _complaint(position: int, group: str, category: str, counts: list[int], rng: Random) -> Complaint:
    zero = "0" if rng.random() < 0.08 else ""
    t1, t2, vb = (str(count) if count else zero for count in counts)
    total = str(sum(counts)) if t1 or t2 or vb else ""
    comment = rng.choice(_COMMENTS) if sum(counts) and rng.random() < 0.15 else ""
    return Complaint(position, group, category, t1, t2, vb, total, comment)
