"""Judgements of the same goals, last year and this year."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from vbdata import plot, vocabulary
from vbdata.analyse import changes as goal_changes
from vbdata.plot.formats import counted, listed, number, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.units import each
from vbdata.render.parts import history
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import chip, details, empty, figure, key
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.words import counted_units
from vbdata.schema.tables import STATUSES

KEY = (
    ("stay", "samma bedömning båda åren"),
    ("up", "starkare bedömning"),
    ("down", "svagare bedömning"),
    ("aside", "till eller från Inga data"),
)


def matches(data: YearData) -> pd.DataFrame:
    """The goals of both years, paired unit by unit."""
    return goal_changes.changes(data.history.goals, data.history.links)


def _told(matched: pd.DataFrame, level: str) -> pd.DataFrame:
    """The pairs that the page names: another judgement, or another wording."""
    mine = history.paired(matched, level)
    moved = goal_changes.moved(matched, level)
    return mine[mine.index.isin(moved.index) | (mine["match"] == goal_changes.REWORDED)]


def transitions(data: YearData, matched: pd.DataFrame, level: str) -> Html:
    """The transitions of one level: table first, figure, then the goals by name."""
    table_ = goal_changes.transitions(matched, level, STATUSES)
    moves = goal_changes.moves(table_)
    left = goal_changes.left_out(matched, level)
    said = history.left_out_sentences(left, matched, level, data.year)
    one, _ = history.GOAL_NOUN[level]
    if not moves["all"]:
        return empty(f"Inget {one} har en bedömning båda åren.", *said)
    last = data.year - 1
    count = history.paired(matched, level)["unit_id"].nunique()
    subtitle = (
        f"{counted(moves['all'], one, one)} som finns och har en bedömning både {last} och {data.year}, "
        f"i {counted_units(count)}"
    )

    def draw(width: int) -> Axes:
        short = {status: vocabulary.label("status", status, short=width < 500) for status in STATUSES}
        return plot.transition(table_, years=(last, data.year), words=short, width=width)

    note = "Mål paras inom enheten: samma nivå, samma KF-mål och samma eller nästan samma text. " + " ".join(
        said
    )
    counts = _transition_table(table_, one, data.year)
    if data.many:
        drawn = figure(
            draw,
            f"forandring-{level}",
            _title(moves, one, last),
            subtitle,
            _alt(table_, moves, one, data.year),
            key=key([each_ for each_ in KEY if moves[each_[0]]]),
            note=note,
            table=details("Visa antalen i en tabell", counts),
        )
        return drawn + _moved_table(data, matched, level) + _unpaired(data, matched, level)
    heading = element("h3", _title(moves, one, last)) + element("p", f"{subtitle}.", class_="sub")
    method = details(
        "Visa antalen i en tabell och hur målen har parats", counts + element("p", note, class_="note")
    )
    parts = [heading, _moved_table(data, matched, level), method, _unpaired(data, matched, level)]
    return element("div", join(parts), class_="after")


def _title(moves: dict[str, int], one: str, last: int) -> str:
    down, up = moves["down"], moves["up"]
    if not down + up + moves["aside"]:
        return f"Alla {moves['all']} {one} har samma bedömning som {last}"
    return f"{number(down)} {one} bedöms svagare än {last}, {number(up)} starkare"


def _alt(table_: pd.DataFrame, moves: dict[str, int], one: str, year: int) -> str:
    cells = [
        (goal_changes.cell(table_, before, after), before, after)
        for before in STATUSES
        for after in STATUSES
        if before != after
    ]
    most = sorted((cell for cell in cells if cell[0]), key=lambda cell: -cell[0])[:3]
    named = [f"från {_word(before)} till {_word(after)}: {count}" for count, before, after in most]
    told = f" Flest flyttar: {'; '.join(named)}." if named else ""
    return (
        f"Bedömningen {year - 1} och {year} av {moves['all']} {one}. {moves['stay']} har samma bedömning, "
        f"{moves['down']} svagare, {moves['up']} starkare, {moves['aside']} till eller från Inga data.{told} "
        "Alla tal finns i tabellen."
    )


def _word(status: str) -> str:
    return vocabulary.label("status", status)


def _transition_table(table_: pd.DataFrame, one: str, year: int) -> Html:
    heads = [Column(f"Bedömning {year - 1}")]
    heads += [Column(f"{_word(status)} {year}", "num") for status in STATUSES]
    heads.append(Column(f"Alla {year - 1}", "num"))
    rows = []
    for before in STATUSES:
        cells = [
            Cell(_count(goal_changes.cell(table_, before, after), before == after)) for after in STATUSES
        ]
        rows.append(
            Row(
                element("span", Html("{} {}").format(chip(before), year - 1), class_="nobr"),
                [*cells, Cell(number(sum(goal_changes.cell(table_, before, after) for after in STATUSES)))],
            )
        )
    sums = [Cell(number(int(table_[after].sum()))) for after in STATUSES]
    rows.append(Row(f"Alla {year}", [*sums, Cell(number(int(table_.to_numpy().sum())))]))
    note = f"Raden säger bedömningen {year - 1}, kolumnen {year}. Fet stil: samma bedömning båda åren."
    return table(
        f"{sentence(one)} efter bedömning {year - 1} och {year}",
        heads,
        [Group(rows)],
        note=note,
        css="stack slim",
    )


def _count(count: int, same: bool) -> Html:
    return element("strong", number(count)) if same else Html("{}").format(number(count))


def _moved_table(data: YearData, matched: pd.DataFrame, level: str) -> Html:
    told = _told(matched, level)
    if told.empty:
        return Html("")
    heads = [Column("Mål"), Column(str(data.year - 1)), Column(str(data.year)), Column("Källa", "src")]
    texts = history.goal_rows(data.goals, data.history.goals)
    groups = []
    for report in each(data):
        mine = told[told["report_id"] == report["report_id"]]
        rows = [_moved_row(data, pair, report, texts) for _, pair in mine.iterrows()]
        groups.append(Group(rows, units.head(data, report)))
    note = "Enheterna i bokstavsordning. Bedömningarna är enheternas egna."
    content = table("Mål med ändrad bedömning eller ändrad text", heads, groups, note=note, css="stack")
    if not data.many:
        return content
    return details(f"Visa {counted(len(told), 'mål', 'mål')} med ändrad bedömning eller text", content)


def _moved_row(data: YearData, pair: pd.Series, report: pd.Series, texts: history.GoalTexts) -> Row:
    before, after = texts.rows[str(pair["before_id"])], texts.rows[str(pair["after_id"])]
    source = units.lines(
        Html("{}: {}").format(data.year - 1, places_of(data, report, before)),
        Html("{}: {}").format(data.year, places_of(data, report, after)),
    )
    cells = [
        Cell(chip(pair["status_before"])),
        Cell(chip(pair["status_after"])),
        Cell(source, labelled=False),
    ]
    return Row(history.title_cell(pair, data.year), cells)


def places_of(data: YearData, report: pd.Series, goal: pd.Series) -> Html:
    """«rad 120», leading to the row on the page of the report that the goal stands in."""
    return units.place(data, units.report_of(data, report, str(goal["report_id"])), places.goal_source(goal))


def _unpaired(data: YearData, matched: pd.DataFrame, level: str) -> Html:
    """The goals that could be paired in two ways, by name: nobody has to guess which they are."""
    unsure = matched[(matched["level"] == level) & (matched["match"] == goal_changes.AMBIGUOUS)]
    if unsure.empty:
        return Html("")
    items = []
    for report in each(data):
        mine = unsure[unsure["report_id"] == report["report_id"]]
        titles = mine["title_after"].fillna(mine["title_before"]).drop_duplicates()
        if len(titles):
            said = listed([f"”{title}”" for title in titles])
            items.append(element("li", Html("{}: {}").format(report["unit_name"], said)))
    summary = f"Visa {counted(len(unsure), 'mål', 'mål')} som kunde paras på mer än ett sätt"
    return details(summary, element("ul", join(items)))
