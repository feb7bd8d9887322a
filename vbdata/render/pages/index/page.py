"""The first page: what the year looked like, and the way to every other page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from vbdata import __version__, analyse, vocabulary
from vbdata.plot.formats import counted, date, listed, soft
from vbdata.render.pages.index.listing import main_kind, pages
from vbdata.render.pages.index.overview import overview
from vbdata.render.parts import addresses, shared, sources, words
from vbdata.render.parts.brief import Brief, filled
from vbdata.render.parts.components import (
    BRIEF,
    chip,
    chips,
    details,
    empty,
    footer,
    link,
    masthead,
    section,
    three,
)
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.made import Entry
from vbdata.render.parts.outcomes import divided
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

LONG_LIST = 15
"""From how many goals their names are folded, all units' in one place."""


@dataclass(frozen=True, slots=True)
class IndexData:
    """The years, latest first, what failed, and which pages there are."""

    years: list[YearData]
    log: pd.DataFrame
    pages: frozenset[str]
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """Page → how it was made."""

    @property
    def failed(self) -> list[Entry]:
        """The pages that could not be made."""
        found = [entry for entry in self.entries.values() if not entry.ok]
        return sorted(found, key=lambda entry: analyse.swedish_key(entry.title))

    @property
    def main(self) -> YearData:
        """The latest year with a report that judges, else the latest."""
        return next((year for year in self.years if len(year.judged)), self.years[0])


def index_blocks(data: IndexData) -> list[Block]:
    """The page, part by part."""
    main = data.main
    brief = _brief(data, main)
    earlier = [year for year in data.years if year is not main]
    blocks = [
        _masthead(data, main, earlier),
        _summary(data, main, brief),
    ]
    if data.failed:
        blocks.append(_failures(data))
    blocks.append(_units(data, main, brief))
    blocks += [_earlier(data, year) for year in earlier if len(year.judged)]
    blocks += [overview(main), _all_pages(data)]
    if _unread(data):
        blocks.append(section("ovrigt", "Filer som inte gick att läsa", _unread(data)))
    said = "Uppgifterna kommer ur enheternas egna dokument. Inga medelvärden räknas ut, och inga enheter "
    said += "rangordnas efter kvalitet."
    made = f"Sidan är gjord {date(datetime.date.today())} med vbdata {__version__}."
    return [*blocks, footer(said, about=("Om sidan", made))]


def _masthead(data: IndexData, main: YearData, earlier: list[YearData]) -> Block:
    dates = main.reports["date"].dropna() if main.judged.empty else main.judged["date"].dropna()
    facts = [("Underlag", _documents(data, main))]
    if len(dates):
        facts.append(("Senast daterat dokument", date(max(dates))))
    parts = [BRIEF]
    if data.failed:
        parts.append(("fel", "Sidor som inte blev gjorda"))
    parts += [
        ("enheter", "Enheter"),
        *[(f"ar-{year.year}", str(year.year)) for year in earlier if len(year.judged)],
        ("underlag", "Underlag"),
        ("sidor", "Alla sidor"),
    ]
    if _unread(data):
        parts.append(("ovrigt", "Filer som inte gick att läsa"))
    heading = f"Verksamhetsberättelser {main.year}"
    if not len(main.judged):
        heading = f"Verksamhetsplaner {main.year}"
    return masthead("Årets rapporter", soft(heading), facts, parts, heading)


def _summary(data: IndexData, year: YearData, brief: Brief) -> Block:
    return section(
        *BRIEF,
        shared.notice(year.profile, year),
        three(
            [
                brief.risk((("#enheter", "Enhet för enhet"),)),
                brief.misses((("#enheter", "Mål att följa upp"),)),
                brief.first(_asked(data, year)),
            ]
        ),
    )


def _brief(data: IndexData, year: YearData) -> Brief:
    return Brief(year, lambda report, anchor: _page(data, year, report, anchor))


def _asked(data: IndexData, year: YearData) -> tuple[tuple[str, str], ...]:
    """The way to the questions, where their page is made."""
    target = str(addresses.quality_overview(year.year))
    return ((target, f"Frågor till enheterna {year.year}"),) if target in data.pages else ()


def _judged_goals(year: YearData) -> pd.DataFrame:
    return year.goals[year.goals["report_id"].isin(year.judged["report_id"])]


def _documents(data: IndexData, year: YearData) -> str:
    """How many documents there are of each kind, and what could not be read."""
    told = [words.documents(year.reports)]
    failed = int((data.log["status"] == "failed").sum())
    if failed:
        told.append(f"{counted(failed, 'fil', 'filer')} som inte gick att läsa")
    plans = year.reports[year.reports["kind"] == "VP"]
    known = divided(plans, year.all_reports, addresses.INDEX, shared=year.profile.shared)
    unknown = "Sidan vet inte om fler enheter skulle ha lämnat in."
    return join([f"{listed(told)}.", *known, *([] if known else [unknown])], " ")


def _page(data: IndexData, year: YearData, report: pd.Series, anchor: str = "") -> str | None:
    """The report's page, if it has been made."""
    page = addresses.report_page(report, main_kind(year.reports, report))
    return f"{page}{anchor}" if str(page) in data.pages else None


def _linked(target: str | None, text: str) -> Html:
    return link(target, text) if target else Html("{}").format(text)


def _follow_up(year: YearData) -> pd.DataFrame:
    """The unit's goals that are not met in full, the weakest first, else as they are printed."""
    return analyse.follow_up(_judged_goals(year).sort_values("position", kind="stable"))


def _named(data: IndexData, year: YearData, goals: pd.DataFrame, report: pd.Series) -> Html:
    """A unit's goals that are not met in full, by judgement, each with its place."""
    lines = []
    for status, mine in goals.groupby(goals["status"].astype(str), sort=False):
        named = join([_named_goal(data, year, goal, report) for _, goal in mine.iterrows()], " · ")
        lines.append(element("p", Html("{} {}").format(chip(status), named)))
    return join(lines)


def _named_goal(data: IndexData, year: YearData, goal: pd.Series, report: pd.Series) -> Html:
    source = sources.goal_source(goal)
    place = _linked(_page(data, year, report, f"#k-{source.anchor}"), source.place)
    page = _page(data, year, report)
    mark = marks(year.corrections, [goal["goal_id"]], ["status"], page) if page else ""
    return Html("{} ({}){}{}").format(soft(str(goal["title"])), place, " " if mark else "", mark)


def _units(data: IndexData, year: YearData, brief: Brief) -> Block:
    content = (*_units_tables(data, year, brief, _follow_up(year)), _comparison(data, year))
    return section("enheter", "Enheter", *content)


def _comparison(data: IndexData, year: YearData) -> Html:
    page = str(addresses.comparison_page(year.year))
    if page not in data.pages or len(year.judged) < 2:
        return Html("")
    text = f"Läs de {words.counted_units(len(year.judged), words=True)[:-2]}erna sida vid sida"
    return element("p", link(page, text), class_="after")


def _units_tables(data: IndexData, year: YearData, brief: Brief, goals: pd.DataFrame) -> list[Html]:
    """The units, the one with the gravest to ask about first; goals to follow up under them, or folded."""
    if year.judged.empty:
        return [empty(f"Ingen verksamhetsberättelse är inläst för {year.year}.")]
    named = {
        str(report_id): _named(data, year, mine, brief.reports[str(report_id)])
        for report_id, mine in goals.groupby("report_id", observed=True)
    }
    order = [*brief.order, *[each for each in brief.reports if each not in brief.order]]
    if len(goals) <= LONG_LIST:
        return [_units_table(data, year, brief, {each: named.get(each, "") for each in order})]
    rows = [Row(brief.unit(each), [Cell(named[each], labelled=False)]) for each in order if each in named]
    heads = [Column("Enhet"), Column("Enhetsmål")]
    said = [
        f"{counted(count, 'mål', 'mål')} som {words_}"
        for status, words_ in (("not_met", "inte uppfylls"), ("partly_met", "uppfylls delvis"))
        if (count := int((goals["status"] == status).sum()))
    ]
    opened = table(f"Enhetsmål {year.year} som inte uppfylls helt", heads, [Group(rows)])
    return [
        _units_table(data, year, brief, dict.fromkeys(order, "")),
        details(f"Visa {listed(said)}", opened),
    ]


def _units_table(data: IndexData, year: YearData, brief: Brief, named: Mapping[str, str]) -> Html:
    """A row for each unit, in the order of `named`, which has what stands under its row."""
    rows = [_unit_row(data, year, brief, report_id, more) for report_id, more in named.items()]
    heads = [
        Column("Enhet"),
        Column("Enhetsmål"),
        Column("Når inte årsmålet"),
        Column("Synpunkter, lex Sarah, IVO"),
        Column("Att kontrollera"),
    ]
    if year.profile.shared:
        heads = [*heads[:3], heads[4]]
        rows = [Row(row.head, [*row.cells[:2], row.cells[3]], more=row.more) for row in rows]
    note = "Enheten med det allvarligaste att fråga om först. Det säger inte hur bra enheterna är."
    note = note if len(rows) > 1 else ""
    return table(f"Enheter {year.year}", heads, [Group(rows)], note=note, css="stack rep")


def _unit_row(data: IndexData, year: YearData, brief: Brief, report_id: str, more: str) -> Row:
    report = brief.reports[report_id]
    counts = analyse.summarise_goals(analyse.rows_of(year.goals, report_id)).counts
    shown = chips(counts) or element("span", "Inga enhetsmål", class_="nogoal")
    kind = (
        ""
        if report["kind"] == "VB"
        else element("span", vocabulary.label("kind", str(report["kind"])), class_="lvl")
    )
    entry = data.entries.get(str(addresses.unit_page(year.year, str(report["unit_id"]))))
    failed = entry is not None and not entry.ok
    note = element("span", "Sidan kunde inte göras", class_="lvl") if failed else ""
    head = Html("{}{}{}").format(brief.unit(report_id), kind, note)
    return Row(
        head,
        [
            Cell(shown, labelled=False),
            filled(brief.missed_words(report_id, named=not year.many)),
            filled(brief.risk_words(report_id)),
            filled(brief.checks_link(report_id)),
        ],
        more=more,
    )


def _all_pages(data: IndexData) -> Block:
    reports = pd.concat([year.all_reports for year in data.years])
    years = {year.year: year.reports for year in data.years}
    return pages(reports, years, data.pages, data.entries, outcomes=not data.main.profile.shared)


def _unread(data: IndexData) -> Html:
    """Files that could not be read."""
    failed = data.log[data.log["status"] == "failed"]
    if failed.empty:
        return Html("")
    items = [
        element(
            "li",
            element("code", str(row["source"])) + f": {'' if pd.isna(row['message']) else row['message']}",
        )
        for _, row in failed.iterrows()
    ]
    return element("ul", join(items))


def _earlier(data: IndexData, year: YearData) -> Block:
    """Another year: its units and goals to follow up, opened on request."""
    goals = _follow_up(year)
    parts = _units_tables(data, year, _brief(data, year), goals)
    also = "" if goals.empty else " och de mål som inte uppfylls helt"
    opened = details(f"Visa {words.counted_units(len(year.judged))}{also}", join(parts))
    return section(f"ar-{year.year}", str(year.year), opened, _comparison(data, year))


def _failures(data: IndexData) -> Block:
    items = [element("li", link(entry.page, entry.title) + f": {entry.message}") for entry in data.failed]
    return section("fel", "Sidor som inte blev gjorda", element("ul", join(items)))
