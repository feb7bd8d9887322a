"""A year in brief, by what weighs most for people: the same sentences and rows wherever a year is told of.

One rule for every page: `analyse.attention` weighs, this module words it, and each page says where a unit's
page is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.attention import TEXT_COUNTS, gravest_units, points, to_ask
from vbdata.analyse.complaints.weight import GRAVE, Weighed, weighed
from vbdata.plot.formats import counted, in_words, inside, listed, sentence, soft
from vbdata.render.parts import shared, words
from vbdata.render.parts.components import Statement, chip, chips, link
from vbdata.render.parts.corrections import subjects_of
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element, join
from vbdata.render.parts.tables import Cell
from vbdata.render.parts.words import counted_units

Href = Callable[[pd.Series, str], str | None]
"""Where the page of a report's unit is, with an anchor; None where there is none."""
Links = tuple[tuple[str, str], ...]
RISKS = {"ivo": "anmälan till IVO", "lex_sarah": "lex Sarah", "harm": "ärenden om {}"}
MOST_NAMED = 2
NO_RISK = "Ingen lex Sarah och ingen anmälan till IVO är inskriven"


@dataclass(frozen=True)
class Brief:
    """A year's judged units by what weighs most.

    Attributes
    ----------
    data
        The year.
    href
        Where a unit's page is, seen from the page in the making.
    """

    data: YearData
    href: Href

    @cached_property
    def reports(self) -> dict[str, pd.Series]:
        """Report id → report, of those that judge goals."""
        return {str(report["report_id"]): report for _, report in self.data.judged.iterrows()}

    @cached_property
    def found(self) -> pd.DataFrame:
        """The points of the reports, the gravest first; where counts are hidden none of the form's."""
        tables = {
            name: getattr(self.data, name) for name in ("goals", "indicators", "activities", "findings")
        }
        mine = {name: frame[frame["report_id"].isin(list(self.reports))] for name, frame in tables.items()}
        form = self.data.complaints.head(0) if self.data.profile.shared else self.data.annual_forms
        return points({**mine, "complaints": form})

    @cached_property
    def order(self) -> list[str]:
        """Report ids, the one with the gravest to ask about first; it is no ranking."""
        return gravest_units(self.found) if len(self.found) else []

    @cached_property
    def cases(self) -> dict[str, list[Weighed]]:
        """Report id → what its form counts, the gravest first; nothing where counts are hidden."""
        if self.data.profile.shared:
            return {}
        grouped = self.data.annual_forms.groupby("report_id", sort=False)
        return {str(report_id): weighed(rows) for report_id, rows in grouped}

    @cached_property
    def checks(self) -> dict[str, int]:
        """Report id → how many things should be checked, formalities apart."""
        counts = analyse.checks_by_report(self.data.findings)
        return {report_id: counts.get(report_id, 0) for report_id in self.reports}

    @cached_property
    def short(self) -> dict[str, str]:
        """Names of indicators as the page has them."""
        return words.short_names(self.data.indicators["name"])

    def mine(self, report_id: str, kind: str | None = None) -> pd.DataFrame:
        """A report's points, of one kind if it is named."""
        rows = self.found[self.found["report_id"] == report_id]
        return rows if kind is None else rows[rows["kind"] == kind]

    def unit(self, report_id: str, anchor: str = "") -> Html:
        """The unit's name, leading to its page."""
        report = self.reports[report_id]
        target, name = self.href(report, anchor), soft(str(report["unit_name"]))
        return link(target, name) if target else Html("{}").format(name)

    # The three statements

    def risk(self, links: Links) -> Statement:
        """Reports under lex Sarah, those sent on to IVO, and what somebody was put through."""
        label = "Risk"
        if self.data.profile.shared:
            return Statement(label, shared.on_own_pages(self.data), shared.states(self.data), links)
        filled = sum(1 for state in self.data.form_states.values() if state == "filled")
        if not filled:
            return Statement(label, "Ingen ifylld blankett för synpunkter", shared.states(self.data), links)
        counts = {kind: self.found[self.found["kind"] == kind]["report_id"].nunique() for kind in RISKS}
        kinds = [kind for kind in RISKS if counts[kind]][:MOST_NAMED]
        grave = [
            f"{RISKS[kind].format(self._harms())} i {counted_units(counts[kind], words=True)}"
            for kind in kinds
        ]
        risky = self.found[self.found["kind"].isin(kinds)]
        named = [
            Html("{}: {}.").format(self.unit(each, "#synpunkter"), listed(self.risks(each)))
            for each in (gravest_units(risky)[:MOST_NAMED] if len(risky) else [])
        ]
        more = risky["report_id"].nunique() - len(named)
        if more > 0:
            named.append(Html("{} till.").format(sentence(counted_units(more, words=True))))
        if filled < len(self.reports):
            named.append(Html(f"{filled} av {counted_units(len(self.reports))} har fyllt i blanketten."))
        big = sentence(listed(grave)) if grave else NO_RISK
        return Statement(label, big, join(named, " "), links)

    def _harms(self) -> str:
        """What the cases are about that may have hurt somebody, in the forms' own words."""
        found = self.found.loc[self.found["kind"] == "harm", "words"].astype(str).value_counts()
        named = [words.category_words(each) for each in found.index[:MOST_NAMED]]
        return listed([*named, *(["annat"] if len(found) > len(named) else [])])

    def risks(self, report_id: str) -> list[str]:
        """What one unit's form says that may be a risk: the grave questions, then what cases were about.

        A question that names the category of its cases says it itself.
        """
        mine = self.cases.get(report_id, [])
        told = [words.counted_cases(each) for each in mine if each.question in GRAVE and each.total]
        harm = self.mine(report_id, "harm")
        for each in mine:
            leading = each.leading[0] if each.leading and each.question in ("complaints", "cases") else None
            if each.total and (harm["words"] == leading).any():
                told.append(words.counted_cases(each))
                harm = harm[harm["words"] != leading]
        return told + [_harm(row) for _, row in harm.iterrows()][: max(2 - len(told), 0)]

    def misses(self, links: Links) -> Statement:
        """Goals that are not fully met, and targets that are not reached."""
        judged = self.data.indicators[self.data.indicators["report_id"].isin(list(self.reports))]
        own = self.data.goals[self.data.goals["report_id"].isin(list(self.reports))]
        own = own[own["level"] == "unit"]
        goals = analyse.summarise_goals(own)
        missed = self.found[self.found["kind"] == "miss"]
        total = int(judged["attainment"].notna().sum())
        big = words.goals_statement(goals) if goals.total else "Inga bedömda enhetsmål"
        parts = [self._short(goals.follow_up), words.goals_rest(goals, own)]
        if total and len(missed):
            parts.append(f"{len(missed)} av {total} utfall når inte årsmålet{self._missed(missed)}.")
        elif total:
            parts.append("Alla utfall som kan bedömas når enheternas årsmål.")
        sexes = int((self.found["kind"] == "sex_miss").sum())
        if sexes:
            times = "en indikator" if sexes == 1 else f"{in_words(sexes)} indikatorer"
            parts.append(f"I {times} till når totalen målet men inte kvinnor eller män.")
        text = " ".join(part for part in parts if part)
        return Statement("Det som missas", big, text, links, chips(goals.counts))

    def _short(self, goals: pd.DataFrame) -> str:
        """Goals that are not fully met by name, the first ones; of each the unit where there are several."""
        named = [
            f"”{str(goal['title']).rstrip('.')}”{self._where(goal)}"
            for _, goal in goals.head(MOST_NAMED).iterrows()
        ]
        start = "" if len(goals) <= len(named) else "Bland dem "
        return f"{start}{listed(named)}." if named else ""

    def _where(self, row: pd.Series) -> str:
        """Whose a row is, where there are several units."""
        who = self.reports[str(row["report_id"])]["unit_name"]
        return f" hos {who}" if len(self.reports) > 1 else ""

    def _missed(self, missed: pd.DataFrame) -> str:
        """Those of the outcomes that weigh most: indicator, unit where there are several, both numbers."""
        told = []
        for _, point in missed.head(MOST_NAMED).iterrows():
            row = self._indicator(point)
            told.append(f"{inside(self.short[str(row['name'])])}{self._where(row)} ({_against(row)})")
        start = ": " if len(missed) <= len(told) else ", bland dem "
        return start + listed(told)

    def first(self, links: Links) -> Statement:
        """The units where what there is to ask about weighs most, and what to ask first in any unit."""
        count = sum(self.checks.values())
        alone = len(self.reports) == 1
        about = "rapporten" if alone else "rapporterna"
        doubt = Html(f"Det finns {words.questions(count)} om {about}." if count else "")
        asked = to_ask(self.data.findings[self.data.findings["report_id"].isin(list(self.reports))])
        kinds = [part for _, part in asked.drop_duplicates("row_id").groupby("code", sort=False)]
        if kinds:
            named = join([self._asked(part, not i) for i, part in enumerate(kinds[:MOST_NAMED])], " ")
            doubt += Html(" Fråga först: {}").format(named)
        if not self.order:
            return Statement("Var ni bör börja", "Inget väger tyngre än annat", doubt, links)
        big = listed([str(self.reports[each]["unit_name"]) for each in self.order[:MOST_NAMED]])
        said = "Där väger det som finns att fråga om tyngst. Det säger inte hur bra enheten är. "
        return Statement("Var ni bör börja", big, Html("{}{}").format("" if alone else said, doubt), links)

    @cached_property
    def _subjects(self) -> dict[str, str]:
        """Row id → what the row is about; a doubt of the form is of more than the row that it stands at."""
        data = self.data
        return subjects_of(data.goals, data.indicators, data.activities, data.complaints.head(0))

    def _asked(self, same: pd.DataFrame, whole: bool) -> Html:
        """Doubts of one kind: the `whole` of what is found where it is one, how often, in which units."""
        units = list(dict.fromkeys(same["report_id"].astype(str)))
        who = [self.unit(each, "#kontrollera") for each in units[:MOST_NAMED]]
        more = len(units) - len(who)
        where = join([*who, *([f"{in_words(more)} till"] if more else [])], ", ")
        first = same.iloc[0]
        told = vocabulary.label("finding", str(first["code"]))
        if len(same) > 1:
            told = f"{told}, {counted(len(same), 'gång', 'gånger')}"
        elif whole and not self.data.profile.shared:
            told = words.finding_words(first) or told
        elif about := self._subjects.get(str(first["row_id"])):
            told = f"{told}: {about}"
        return Html("{} ({}).").format(told, where) if len(self.reports) > 1 else Html("{}.").format(told)

    # Cells of a unit's row

    def risk_words(self, report_id: str) -> str:
        """The gravest of what the form counts; else its commonest question, else nothing."""
        told = self.risks(report_id)
        if not told:
            rest = [each for each in self.cases.get(report_id, []) if each.question not in ("praise", *GRAVE)]
            told = [words.counted_cases(each) for each in rest if each.total][:1]
        return sentence("; ".join([*told, *self._blank(report_id)]))

    def _blank(self, report_id: str) -> list[str]:
        """What the form leaves open of what weighs most, and what the text says instead."""
        if self.data.profile.shared or self.data.form_states.get(report_id) != "filled":
            return []
        ivo = [
            each for each in self.cases.get(report_id, []) if each.question == "ivo" and each.total is None
        ]
        told = ["anmälan till IVO: tom ruta"] if ivo else []
        findings = analyse.rows_of(self.data.findings, report_id)
        other = [words.finding_words(row) for _, row in findings[findings["code"] == TEXT_COUNTS].iterrows()]
        return told + [inside(each) for each in other if each]

    def goal_chips(self, report_id: str) -> Html:
        """The unit's goals that are not fully met, counted by judgement."""
        counts = {status: len(self.mine(report_id, f"goal_{status}")) for status in ("not_met", "partly_met")}
        return join([chip(status, count) for status, count in counts.items() if count], " ")

    def missed_words(self, report_id: str, *, named: bool = True) -> str:
        """How many outcomes do not reach their targets, and the one that is farthest."""
        missed = self.mine(report_id, "miss")
        if missed.empty:
            return ""
        if not named:
            own = self.data.indicators[self.data.indicators["report_id"] == report_id]
            return f"{len(missed)} av {int(own['attainment'].notna().sum())} indikatorer"
        rows = [self._indicator(point) for _, point in missed.head(MOST_NAMED).iterrows()]
        told = [f"{self.short[str(row['name'])]}: {_against(row)}" for row in rows]
        more = len(missed) - len(told)
        return "; ".join([*told, *([f"ytterligare {in_words(more)}"] if more else [])])

    def checks_link(self, report_id: str) -> Html:
        """How many things to check, leading to them."""
        count = self.checks.get(report_id, 0)
        if not count:
            return Html("")
        target, text = (
            self.href(self.reports[report_id], "#kontrollera"),
            words.questions(count),
        )
        return link(target, text) if target else Html("{}").format(text)

    def _indicator(self, point: pd.Series) -> pd.Series:
        return self.data.indicators[self.data.indicators["row_id"] == point["row_id"]].iloc[0]


def filled(content: str) -> Cell:
    """A cell, or that there is nothing, which narrow pages leave out."""
    return Cell(content or element("span", "inget", class_="nogoal"), "" if content else "none")


def _against(row: pd.Series) -> str:
    return f"{words.value_text(row, 'value')} mot {words.value_text(row, 'target')}"


def _harm(point: pd.Series) -> str:
    said = words.cases(str(point["facet"]), int(point["size"]))
    return f"{said} om {words.category_words(str(point['words']))}"
