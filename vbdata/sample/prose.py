"""Swedish sentences of one document, filled in from the model of the unit's year; none is written twice."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from vbdata.sample.model import MONTHS, Measure, UnitYear, wording

#: Sentences of a paragraph.
_PARAGRAPH = 5
#: What the goals of a status are called, one and several.
_SPLIT = {
    "met": ("helt uppfyllt", "helt uppfyllda"), "partly_met": ("delvis uppfyllt", "delvis uppfyllda"),
    "not_met": ("inte uppfyllt", "inte uppfyllda"), "no_data": ("utan underlag", "utan underlag"),
}  # fmt: skip


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


class Prose:
    """The sentences of a document of a unit's year; `extra` is how many each text goes on with, at most."""

    def __init__(self, year: UnitYear, rng: Random, *, kind: str, extra: float) -> None:
        self.year, self.rng, self.kind, self.extra = year, rng, kind, extra
        self._used: set[tuple[str, str]] = set()
        answers = wording()["row"]["answers"]
        self._answers = rng.sample(answers, len(answers))

    def fill(self, template: str, area: str | None = None, **facts: object) -> str:
        """A template with its words; `facts` beside those that the year and chance give."""
        about = wording()["area"][area or self.rng.choice(self.year.areas)]
        places, things = (self.rng.sample(o, len(o)) for o in (self.year.unit.places, about["things"]))
        effect, when = self.rng.choice(about["effects"]), self.rng.choice(wording()["story"]["when"])
        words = wording()["words"][self.year.unit.type]
        known = words | dict(
            thing=things[0], thing2=things[1], Thing_up=upper(things[0]), effect=effect,
            place=places[0], Place=places[0], place2=places[-1], when=when, When_up=upper(when),
            People_up=upper(words["people"]), Person_up=upper(words["person"]), Unit=self.year.unit.name,
            month=self.rng.choice(MONTHS), early=self.rng.choice(("mars", "april", "maj")),
            n=self.year.users, staff=self.year.staff,
        )  # fmt: skip
        return upper(template.format(**known | facts))

    def chosen(self, pool: Sequence[str], area: str | None = None, **facts: object) -> str:
        """One of some templates, filled in."""
        return self.fill(self.rng.choice(pool), area, **facts)

    def section(self, section: str, area: str | None = None, weight: float = 1.0) -> str:
        """The text of a section outside the goals or of one that all goals have: its sentences, then more."""
        texts = wording()["section"][section]
        facts = self._facts() if area is None else {}
        told = [self.fill(each, area, **facts) for each in texts.get("first", ())]
        return self.going_on([each for each in told if each], area, weight, texts.get("rest", ()))

    def going_on(
        self, told: list[str], area: str | None, weight: float = 1.0, pool: Sequence[str] = ()
    ) -> str:
        """Sentences with more of the kind that any text may have, in paragraphs."""
        pools = [pool] if pool else []
        pools.append(wording()["story"]["told" if self.kind == "VB" else "planned"])
        wanted = self.extra * weight
        for _ in range(int(wanted) + (self.rng.random() < wanted % 1) + (not told)):
            told += self._fresh(self.rng.choice(pools), area)
        lines = (told[at : at + _PARAGRAPH] for at in range(0, len(told), _PARAGRAPH))
        return "\n".join(" ".join(line) for line in lines)

    def _fresh(self, pool: Sequence[str], area: str | None) -> list[str]:
        """A sentence such as the document does not have yet about the same thing; none, if none is found."""
        for turn in range(60):
            code = area if area and turn < 20 else self.rng.choice(self.year.areas)
            template, about = self.rng.choice(pool), wording()["area"][code]
            drawn = {name: self.rng.choice(about[f"{name}s"]) for name in ("thing", "effect")}
            marks = {(template, word) for name, word in drawn.items() if name in template.casefold()}
            if not (marks or {(template, "")}) & self._used:
                self._used |= marks or {(template, "")}
                return [self.fill(template, code, Thing_up=upper(drawn["thing"]), **drawn)]
        return []

    def goal_analysis(self, goal: dict[str, Any], status: str, area: str) -> str:
        """How a unit goal went, and how many of those it is about it went well for."""
        people, rng = self.year.users, self.rng
        if self.year.periods < 3:
            return self.going_on([self.fill(goal["method"], area)], area)
        part, few = rng.randint(max(2, people // 2), people - 1), rng.randint(2, max(2, people // 5))
        return self.going_on([self.chosen(goal[status], area, k=part, few=few)], area)

    def row_analysis(self, measure: Measure) -> str | None:
        """What is said of an indicator: who answered, the change, the target, and the sexes."""
        value, pools, told = measure.value, wording()["row"], list[str]()
        if value is None:
            return None
        words = {n: measure.printed(getattr(measure, n)) for n in ("value", "previous", "target")}
        if "same" in measure.row and not measure.missed:
            return None
        if measure.answers and self._answers and self.rng.random() < 0.8:
            answers, asked = measure.answers
            rate = round(100 * answers / asked)
            told.append(self.fill(self._answers.pop(), None, answers=answers, asked=asked, rate=rate))
        if measure.previous is not None and self.rng.random() < 0.4:
            turn = "up" if value > measure.previous else "down" if value < measure.previous else "same"
            told.append(self.chosen(pools[turn], None, **words))
        if measure.missed:
            told += [self.chosen(pools["not_met"], None, **words), self.chosen(measure.row["causes"])]
        elif self.rng.random() < 0.3:
            told.append(self.chosen(pools["met"], None, **words))
        if measure.apart:
            told.append(self.chosen(pools["women" if (measure.women or 0) > (measure.men or 0) else "men"]))
        return " ".join(told) or None

    def _facts(self) -> dict[str, str]:
        """What the summary and the last chapters tell, each as a sentence; empty where there is nothing."""
        year, pools = self.year, wording()["facts"]
        statuses = list(year.statuses.values())
        turn = "surplus" if year.result > 0 else "deficit"
        budget = f"{year.budget:.1f}".replace(".", ",")
        amounts: dict[str, Any] = {"budget": budget, "result": abs(year.result)}
        hard = [title for title, status in year.statuses.items() if status in ("partly_met", "not_met")]
        split = [f"{n} {words[n > 1]}" for code, words in _SPLIT.items() if (n := statuses.count(code))]
        listed = " och ".join(", ".join(split).rsplit(", ", 1))
        counted: dict[str, Any] = {"goals": len(statuses), "split": listed}
        facts = {
            "judged": self.chosen(pools["goals_some" if {*statuses} - {"met"} else "goals_all"], **counted),
            "hardest": self.chosen(pools["hard_some" if hard else "hard_none"], title=[*hard, ""][0]),
            "chosen": self.chosen(pools["plan"], **counted),
            "money": self.chosen(pools[turn], **amounts),
            "money_why": self.chosen(pools[f"{turn}_why"], **amounts),
            "budget": self.chosen(pools["budget"], **amounts),
        }  # fmt: skip
        if year.periods < 3:
            forecast = self.chosen(pools["forecast"], **amounts)
            facts |= {"judged": facts["chosen"], "hardest": "", "money": forecast, "money_why": forecast}
        return facts | {kind: self._counted(kind) for kind in ("complaints", "grave", "incidents")}

    def _counted(self, kind: str) -> str:
        """What is said of the year's events of a kind; nothing where the form has no row for them."""
        number = sum(self.year.events[kind])
        if self.kind == "VP" or (kind == "incidents" and self.year.template == "2023"):
            return ""
        pool = wording()["counted"].get(f"{kind}_{('none', 'one', 'many')[min(number, 2)]}")
        return self.chosen(pool, count=number) if pool else ""
