"""The first page: what the year looked like, and the way to every other page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from vbdata import __version__, analyse, vocabulary
from vbdata.plot.formats import EN_DASH, counted, date, in_words, sentence, soft
from vbdata.render.pages.index.listing import main_kind, pages
from vbdata.render.pages.index.overview import overview
from vbdata.render.parts import addresses, shared, sources, words
from vbdata.render.parts.components import (
    BRIEF,
    Statement,
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
from vbdata.render.parts.html import Block, Html, element, join, missing
from vbdata.render.parts.made import Entry
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

LONG_TABLE = 15


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
    earlier = [year for year in data.years if year is not main]
    blocks = [
        _masthead(data, main, earlier),
        _summary(data, main),
    ]
    if data.failed:
        blocks.append(_failures(data))
    blocks += [overview(main, data.pages), _follow_up(data, main), _units(data, main)]
    blocks += [_earlier(data, year) for year in earlier if len(year.judged)]
    blocks.append(_all_pages(data))
    if _unread(data):
        blocks.append(section("ovrigt", "Filer som inte gick att läsa", _unread(data)))
    said = "Uppgifterna kommer ur enheternas egna dokument. Inga medelvärden eller rangordningar räknas ut."
    return [*blocks, footer(said, f"Sidan är gjord {date(datetime.date.today())} med vbdata {__version__}.")]


def _masthead(data: IndexData, main: YearData, earlier: list[YearData]) -> Block:
    dates = main.all_reports["date"].dropna()
    facts = [("Enheter", str(len(main.reports)))]
    if len(dates):
        facts.append(("Senast daterat dokument", date(max(dates))))
    parts = [BRIEF]
    if data.failed:
        parts.append(("fel", "Sidor som inte blev gjorda"))
    parts += [
        ("aret", f"{main.year} på en sida"),
        ("folj", "Mål att följa upp"),
        ("enheter", "Enheter"),
        *[(f"ar-{year.year}", str(year.year)) for year in earlier if len(year.judged)],
        ("sidor", "Alla sidor"),
    ]
    if _unread(data):
        parts.append(("ovrigt", "Filer som inte gick att läsa"))
    heading = f"Verksamhetsberättelser {main.year}"
    if not len(main.judged):
        heading = f"Verksamhetsplaner {main.year}"
    return masthead("Årets rapporter", soft(heading), facts, parts, heading)


def _summary(data: IndexData, year: YearData) -> Block:
    return section(
        *BRIEF,
        shared.notice(year.profile, year),
        three([_goals(year), _documents(data, year), _reliability(year)]),
    )


def _judged_goals(year: YearData) -> pd.DataFrame:
    return year.goals[year.goals["report_id"].isin(year.judged["report_id"])]


def _goals(year: YearData) -> Statement:
    found = analyse.summarise_goals(_judged_goals(year))
    big = words.goals_statement(found) if found.total else "Inga bedömda enhetsmål"
    if found.short_of and found.total:
        big = f"{found.short_of} av {found.total} enhetsmål uppfylls inte helt"
    text = words.goals_rest(found) if found.unstated else ""
    return Statement(
        "Mål",
        big,
        text,
        (("#folj", "Vilka de är" if found.short_of else "Mål att följa upp"),),
        chips(found.counts),
    )


def _documents(data: IndexData, year: YearData) -> Statement:
    count = len(year.judged)
    noun = "verksamhets\u00adberättelse" if count == 1 else "verksamhets\u00adberättelser"
    big = f"{count} {noun} är {'inläst' if count == 1 else 'inlästa'} för {year.year}"
    bare = int((year.judged["date"].isna() | year.judged["dnr"].isna()).sum())
    parts = []
    if bare:
        which = "Den" if count == 1 else f"{sentence(in_words(bare))} av dem"
        parts.append(f"{which} saknar datum eller diarienummer.")
    failed = int((data.log["status"] == "failed").sum())
    if failed:
        parts.append(f"{counted(failed, 'fil', 'filer')} gick inte att läsa.")
    parts.append("Om fler enheter ska ha lämnat in vet sidan inte.")
    return Statement("Underlag", big, " ".join(parts), (("#enheter", "Alla enheter"),))


def _reliability(year: YearData) -> Statement:
    checks = year.findings[analyse.to_check(year.findings)]
    if checks.empty:
        big, text = "Inläsningen hittade inget att kontrollera", ""
    else:
        big = f"{counted(len(checks), 'uppgift', 'uppgifter')} bör kontrolleras mot dokumenten"
        text = f"Vanligast: {words.commonest(checks['code'])}."
    return Statement("Tillförlitlighet", big, text, (("#enheter", "Antal per enhet"),))


def _page(data: IndexData, year: YearData, report: pd.Series, anchor: str = "") -> str | None:
    """The report's page, if it has been made."""
    page = addresses.report_page(report, main_kind(year.reports, report))
    return f"{page}{anchor}" if str(page) in data.pages else None


def _linked(target: str | None, text: str) -> Html:
    return link(target, text) if target else Html("{}").format(text)


def _follow_up(data: IndexData, year: YearData) -> Block:
    content = _follow_up_tables(data, year)
    if not content:
        content = [empty("Inget enhetsmål är bedömt som delvis eller inte uppfyllt.")]
    return section("folj", "Mål att följa upp", *content)


def _follow_up_tables(data: IndexData, year: YearData) -> list[Html]:
    """One table; where it would be long, the goals that are partly met can be opened below the others."""
    order = {str(report_id): i for i, report_id in enumerate(year.reports["report_id"])}
    goals = _judged_goals(year)
    goals = goals.assign(_unit=goals["report_id"].map(order)).sort_values(
        ["_unit", "position"], kind="stable"
    )
    goals = analyse.follow_up(goals)
    worst, partly = (goals[goals["status"] == status] for status in ("not_met", "partly_met"))
    if goals.empty:
        return []
    if len(goals) <= LONG_TABLE or worst.empty or partly.empty:
        return [_goals_table(data, year, goals, f"Enhetsmål {year.year} som inte uppfylls helt")]
    opened = _goals_table(data, year, partly, f"Enhetsmål {year.year} som uppfylls delvis")
    return [
        _goals_table(data, year, worst, f"Enhetsmål {year.year} som inte uppfylls"),
        details(f"Visa {counted(len(partly), 'mål', 'mål')} som uppfylls delvis", opened),
    ]


def _goals_table(data: IndexData, year: YearData, goals: pd.DataFrame, caption: str) -> Html:
    reports = {str(report["report_id"]): report for _, report in year.reports.iterrows()}
    rows = []
    for _, goal in goals.iterrows():
        report = reports[str(goal["report_id"])]
        source = sources.goal_source(goal)
        place = _linked(_page(data, year, report, f"#k-{source.anchor}"), source.place)
        page = _page(data, year, report)
        mark = marks(year.corrections, [goal["goal_id"]], ["status"], page) if page else Html("")
        shown = chip(goal["status"]) + (Html("<br>") + mark if mark else Html(""))
        status = Cell(shown, labelled=False)
        rows.append(
            Row(
                str(goal["title"]),
                [status, Cell(soft(str(report["unit_name"]))), Cell(place, labelled=False)],
            )
        )
    heads = [Column("Enhetsmål"), Column("Bedömning"), Column("Enhet"), Column("Källa", "src")]
    return table(caption, heads, [Group(rows)])


def _units(data: IndexData, year: YearData) -> Block:
    return section("enheter", "Enheter", _units_table(data, year), _comparison(data, year))


def _comparison(data: IndexData, year: YearData) -> Html:
    page = str(addresses.comparison_page(year.year))
    if page not in data.pages:
        return Html("")
    text = f"Läs de {words.counted_units(len(year.reports), words=True)[:-2]}erna sida vid sida"
    return element("p", link(page, text), class_="after")


def _units_table(data: IndexData, year: YearData) -> Html:
    if year.judged.empty:
        return empty(f"Ingen verksamhetsberättelse är inläst för {year.year}.")
    goals = analyse.status_counts(year.goals, "unit")
    checks = year.findings[analyse.to_check(year.findings)]["report_id"].value_counts()
    rows = [
        _unit_row(data, year, report, goals, int(checks.get(report["report_id"], 0)))
        for _, report in year.judged.iterrows()
    ]
    heads = [
        Column("Enhet"),
        Column("Enhetsmål"),
        Column("Indikatorer som når årsmålet", "num"),
        Column("Att kontrollera", "num"),
        Column("Dokumentet daterat"),
    ]
    note = f"{EN_DASH} betyder att uppgiften saknas i dokumentet."
    return table(f"Enheter {year.year} i bokstavsordning", heads, [Group(rows)], note=note, css="stack rep")


def _unit_row(data: IndexData, year: YearData, report: pd.Series, goals: pd.DataFrame, checks: int) -> Row:
    report_id = report["report_id"]
    counts = {k: int(v) for k, v in goals.loc[report_id].items()} if report_id in goals.index else {}
    shown = chips(counts) or element("span", "Inga enhetsmål", class_="nogoal")
    found = analyse.summarise_indicators(year.indicators[year.indicators["report_id"] == report_id])
    reached = f"{found.met} av {found.total}" if found.total else missing()
    check = _linked(_page(data, year, report, "#kontrollera") if checks else None, str(checks))
    dated = missing() if pd.isna(report["date"]) else date(report["date"])
    kind = (
        ""
        if report["kind"] == "VB"
        else element("span", vocabulary.label("kind", str(report["kind"])), class_="lvl")
    )
    entry = data.entries.get(str(addresses.unit_page(year.year, str(report["unit_id"]))))
    failed = entry is not None and not entry.ok
    note = element("span", "Sidan kunde inte göras", class_="lvl") if failed else ""
    head = Html("{}{}{}").format(
        _linked(_page(data, year, report), soft(str(report["unit_name"]))), kind, note
    )
    return Row(head, [Cell(shown), Cell(reached), Cell(check), Cell(dated)])


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
    """Another year: its units and goals to follow up; where they are many, they are opened on request."""
    parts = [_units_table(data, year)]
    follow_up = _follow_up_tables(data, year)
    if follow_up:
        parts.append(element("div", join(follow_up), class_="after"))
    if len(year.reports) > LONG_TABLE:
        units = words.counted_units(len(year.reports))
        parts = [details(f"Visa {units} och de mål som inte uppfylls helt", join(parts))]
    return section(f"ar-{year.year}", str(year.year), *parts, _comparison(data, year))


def _failures(data: IndexData) -> Block:
    items = [element("li", link(entry.page, entry.title) + f": {entry.message}") for entry in data.failed]
    return section("fel", "Sidor som inte blev gjorda", element("ul", join(items)))
