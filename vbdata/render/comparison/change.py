"""What has changed since last year: judgements of the same goals, outcomes of the same indicators."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from vbdata import analyse, plot, vocabulary
from vbdata.analyse import changes as goal_changes
from vbdata.analyse.indicators import year_changes
from vbdata.analyse.years import comparable
from vbdata.plot.formats import EN_DASH, counted, in_words, listed, number, sentence
from vbdata.render import history
from vbdata.render import sources as places
from vbdata.render.comparison.panels import SWARM, panel_names
from vbdata.render.comparison.units import corrected, counted_units, each, name, page
from vbdata.render.components import chip, details, empty, figure, key, lead, link, section
from vbdata.render.data import YearData
from vbdata.render.html import Block, Html, element, join
from vbdata.render.tables import Cell, Column, Group, Row, table
from vbdata.render.values import value_cell
from vbdata.schema.tables import STATUSES

HEADING = "Förändring sedan förra året"
MOST_NAMED = 5
KEY = (
    ("stay", "samma bedömning båda åren"),
    ("up", "starkare bedömning"),
    ("down", "svagare bedömning"),
    ("aside", "till eller från Inga data"),
)


def change(data: YearData) -> Block:
    """Transitions of judgements level by level, then outcomes against last year's."""
    links = data.history.links
    if comparable(links).empty:
        return section("forandring", HEADING, empty(*_nothing(data)))
    parts: list[str] = [lead(*_compared(data))]
    matched = matches(data)
    for level in history.judged_levels(data.history.goals):
        parts.append(_goals(data, matched, level))
    parts.append(_indicators(data))
    return section("forandring", HEADING, *parts)


def matches(data: YearData) -> pd.DataFrame:
    """The goals of both years, paired unit by unit."""
    return goal_changes.changes(data.history.goals, data.history.links)


def earlier_goals(data: YearData) -> pd.DataFrame:
    """Last year's goals that the page tells of, with this year's report that they are shown for."""
    matched = matches(data)
    told = pd.concat(
        [_told(matched, level) for level in history.judged_levels(data.history.goals)] or [matched]
    )
    now = dict(zip(told["before_id"], told["report_id"], strict=True))
    rows = data.history.goals[data.history.goals["goal_id"].isin(list(now))]
    return rows.assign(shown_for=rows["goal_id"].map(now))


def earlier_indicators(data: YearData) -> pd.DataFrame:
    """Last year's indicator rows that the page tells of, with this year's report that they are shown for."""
    found = compared_indicators(data).dropna(subset=["before_row_id"])
    now = dict(zip(found["before_row_id"], found["report_id"], strict=True))
    rows = data.history.indicators[data.history.indicators["row_id"].isin(list(now))]
    return rows.assign(shown_for=rows["row_id"].map(now))


def _told(matched: pd.DataFrame, level: str) -> pd.DataFrame:
    """The pairs that the page names: another judgement, or another wording."""
    mine = history.paired(matched, level)
    moved = goal_changes.moved(matched, level)
    return mine[mine.index.isin(moved.index) | (mine["match"] == goal_changes.REWORDED)]


def _names(data: YearData, links: pd.DataFrame) -> str:
    mine = set(links["report_id"])
    chosen = [name(report) for _, report in each(data) if report["report_id"] in mine]
    return listed(chosen) if len(chosen) <= MOST_NAMED else counted_units(len(chosen))


def _nothing(data: YearData) -> list[str]:
    links, last = data.history.links, data.year - 1
    if links.empty:
        return [
            "Ingen verksamhetsberättelse för året är inläst, så det finns inget att jämföra med förra året."
        ]
    said = _not_compared(data, links)
    return [f"Ingen enhet kan jämföras med {last}, så ingen förändring visas.", *said]


def _compared(data: YearData) -> list[str]:
    links, last = data.history.links, data.year - 1
    count, total = len(comparable(links)), len(links)
    which = "Enheten" if total == 1 else f"{count} av {counted_units(total)}"
    said = [f"{which} jämförs med sin egen verksamhetsberättelse för {last}."]
    return [*said, *_renamed(data, links), *_not_compared(data, links)]


def _renamed(data: YearData, links: pd.DataFrame) -> list[str]:
    known = comparable(links)
    other = known[known["before_unit_id"] != known["unit_id"]]
    if other.empty:
        return []
    return [f"Nytt namn sedan {data.year - 1}, men samma enhet: {_names(data, other)}."]


def _not_compared(data: YearData, links: pd.DataFrame) -> list[str]:
    said = []
    for kind, part in links.dropna(subset=["break"]).groupby("break", sort=False):
        said.append(f"{history.break_words(str(kind), data.year)}, jämförs inte: {_names(data, part)}.")
    none = links[links["before_id"].isna() & links["break"].isna()]
    if len(none):
        said.append(f"Ingen verksamhetsberättelse för {data.year - 1} är inläst: {_names(data, none)}.")
    return said


# Goals


def _goals(data: YearData, matched: pd.DataFrame, level: str) -> Html:
    table_ = goal_changes.transitions(matched, level, STATUSES)
    moves = goal_changes.moves(table_)
    left = goal_changes.left_out(matched, level)
    said = history.left_out_sentences(left, matched, level, data.year)
    one, _ = history.GOAL_NOUN[level]
    if not moves["all"]:
        return empty(f"Inget {one} har en bedömning båda åren.", *said)
    last = data.year - 1
    units = history.paired(matched, level)["unit_id"].nunique()
    subtitle = (
        f"{counted(moves['all'], one, one)} som finns och har en bedömning både {last} och {data.year}, "
        f"i {counted_units(units)}"
    )

    def draw(width: int) -> Axes:
        short = {status: vocabulary.label("status", status, short=width < 500) for status in STATUSES}
        return plot.transition(table_, years=(last, data.year), words=short, width=width)

    note = "Mål paras inom enheten: samma nivå, samma KF-mål och samma eller nästan samma text. " + " ".join(
        said
    )
    drawn = figure(
        draw,
        f"forandring-{level}",
        _title(moves, one, last),
        subtitle,
        _alt(table_, moves, one, data.year),
        key=key([each_ for each_ in KEY if moves[each_[0]]]),
        note=note,
        table=_transition_table(table_, one, data.year),
        table_first=True,
    )
    return drawn + _moved_table(data, matched, level) + _unpaired(data, matched, level)


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
    for prefix, report in each(data):
        mine = told[told["report_id"] == report["report_id"]]
        rows = [_moved_row(data, pair, prefix, report, texts) for _, pair in mine.iterrows()]
        groups.append(Group(rows, link(page(data, report), name(report))))
    note = "Enheterna i bokstavsordning. Bedömningarna är enheternas egna."
    content = table("Mål med ändrad bedömning eller ändrad text", heads, groups, note=note, css="stack")
    return details(f"Visa {counted(len(told), 'mål', 'mål')} med ändrad bedömning eller text", content)


def _moved_row(
    data: YearData, pair: pd.Series, prefix: str, report: pd.Series, texts: history.GoalTexts
) -> Row:
    if data.many:
        source = link(page(data, report, "#over-tid"), "på enhetens sida")
    else:
        source = join(
            [
                Html("{}: {}").format(data.year - 1, texts.source(pair["before_id"], f"{prefix}f-", True)),
                Html("{}: {}").format(data.year, texts.source(pair["after_id"], prefix, False)),
            ],
            Html("<br>"),
        )
    cells = [
        Cell(history.status_cell(pair["status_before"])),
        Cell(history.status_cell(pair["status_after"])),
        Cell(source, labelled=False),
    ]
    return Row(history.title_cell(pair, data.year), cells)


def _unpaired(data: YearData, matched: pd.DataFrame, level: str) -> Html:
    """The goals that could be paired in two ways, by name: nobody has to guess which they are."""
    unsure = matched[(matched["level"] == level) & (matched["match"] == goal_changes.AMBIGUOUS)]
    if unsure.empty:
        return Html("")
    items = []
    for _, report in each(data):
        mine = unsure[unsure["report_id"] == report["report_id"]]
        titles = mine["title_after"].fillna(mine["title_before"]).drop_duplicates()
        if len(titles):
            said = listed([f"”{title}”" for title in titles])
            items.append(element("li", Html("{}: {}").format(name(report), said)))
    summary = f"Visa {counted(len(unsure), 'mål', 'mål')} som kunde paras på mer än ett sätt"
    return details(summary, element("ul", join(items)))


# Indicators


def _indicators(data: YearData) -> Html:
    found = compared_indicators(data)
    known = found[found["change"].notna()]
    units = known.groupby("indicator_id")["report_id"].nunique()
    least = SWARM if data.many else 1
    shown = [str(each_) for each_ in units.index[units >= least]]
    common = analyse.shared(data.indicators, data.reports)
    common = common[common["indicator_id"].isin(shown)]
    heading = element("h3", "Indikatorernas utfall")
    if common.empty:
        return element("div", heading + empty(*_no_changes(found)), class_="after")
    if data.many:
        return _swarm(data, found, common)
    content = heading + _ways_per_unit(data, found) + _values(data, found, common)
    return element("div", content, class_="after")


def compared_indicators(data: YearData) -> pd.DataFrame:
    """The indicators of this year's annual reports beside last year's outcomes."""
    mine = data.indicators[data.indicators["report_id"].isin(data.history.links["report_id"])]
    return year_changes(mine, data.history.indicators, data.history.links)


def _no_changes(found: pd.DataFrame) -> list[str]:
    counts = found["obstacle"].value_counts()
    said = [
        f"{counted(int(count), 'rad', 'rader')}: {history.WHY_NOT[str(why)]}" for why, count in counts.items()
    ]
    return ["Inget utfall kan jämföras med förra årets.", f"{sentence('; '.join(said))}." if said else ""]


WAYS = ("I önskad riktning", "Oförändrat", "I motsatt riktning", "Går inte att jämföra")


def _ways_per_unit(data: YearData, found: pd.DataFrame) -> Html:
    rows = []
    for _, report in each(data):
        mine = found[found["report_id"] == report["report_id"]]
        if len(mine):
            rows.append(Row(name(report), [Cell(number(count)) for count in _counted_ways(mine)]))
    heads = [Column("Enhet"), *[Column(title, "num") for title in WAYS]]
    note = f"Utfallet {data.year} mot {data.year - 1}. Ändringarna är olika stora och olika viktiga."
    return table(
        "Antal indikatorer efter utfallets förändring", heads, [Group(rows)], note=note, css="stack slim"
    )


def _counted_ways(rows: pd.DataFrame) -> tuple[int, int, int, int]:
    """Outcomes that went the better way, stayed, went the other way, or cannot be compared."""
    known = rows["better_change"].dropna()
    up, same, down = ((known > 0).sum(), (known == 0).sum(), (known < 0).sum())
    return int(up), int(same), int(down), len(rows) - len(known)


def _values(data: YearData, found: pd.DataFrame, common: pd.DataFrame) -> Html:
    last = data.year - 1
    heads = [
        Column("Enhet"),
        Column(str(last), "num"),
        Column(str(data.year), "num"),
        Column("Skillnad"),
        Column("Källa", "src"),
    ]
    reports = {str(report["report_id"]): (prefix, report) for prefix, report in each(data)}
    order = {report_id: i for i, report_id in enumerate(reports)}
    groups = []
    for indicator_id, panel in panel_names(common).items():
        mine = found[found["indicator_id"] == indicator_id]
        mine = mine.assign(_order=mine["report_id"].map(order)).sort_values("_order", kind="stable")
        rows = [_value_row(row, *reports[str(row["report_id"])], data) for _, row in mine.iterrows()]
        groups.append(Group(rows, panel))
    note = (
        f"Förra årets utfall är rapportens egen kolumn, annars {last} års verksamhetsberättelse. "
        f"{EN_DASH} betyder "
        "att uppgiften saknas."
    )
    content = table(f"Utfall {last} och {data.year}", heads, groups, note=note, css="stack grid3 dec")
    return details(f"Visa utfallen {last} och {data.year}", content)


def _value_row(row: pd.Series, prefix: str, report: pd.Series, data: YearData) -> Row:
    before = row.rename({"value": "_", "value_raw": "_", "previous": "value", "previous_raw": "value_raw"})
    source = places.link(places.indicator_source(row, prefix), returns=False)
    if pd.notna(row["before_row_id"]):
        older = data.history.indicators
        older = older[older["row_id"] == row["before_row_id"]].iloc[0]
        lines = [
            Html("{}: {}").format(data.year - 1, places.link(places.indicator_source(older, f"{prefix}f-"))),
            Html("{}: {}").format(data.year, source),
        ]
        source = join(lines, Html("<br>"))
    cells = [
        Cell(value_cell(before, "value")),
        Cell(value_cell(row, "value", strong=True) + corrected(data, report, [row["row_id"]], "value")),
        Cell(_difference(row), "full"),
        Cell(source, labelled=False),
    ]
    return Row(name(report), cells)


def _difference(row: pd.Series) -> Html:
    if pd.isna(row["change"]):
        return element("span", f"Jämförs inte: {history.WHY_NOT[str(row['obstacle'])]}", class_="nogoal")
    shown = history.change_text(row["change"], row["measure_unit"])
    return Html("{}, {}").format(shown, element("span", history.way(row["better_change"]), class_="nogoal"))


def _swarm(data: YearData, found: pd.DataFrame, common: pd.DataFrame) -> Html:
    panels = panel_names(common)
    drawn = found[found["indicator_id"].isin(list(panels))]
    place = {indicator_id: i for i, indicator_id in enumerate(panels)}
    drawn = drawn.assign(
        panel=[
            f"{panels[str(row['indicator_id'])]}, {history.measured(row['measure_unit'])}"
            for _, row in drawn.iterrows()
        ],
        value=drawn["better_change"],
        council_target=pd.Series(pd.NA, index=drawn.index, dtype="Float64"),
        _place=drawn["indicator_id"].map(place),
    )
    drawn = drawn.sort_values("_place", kind="stable").dropna(subset=["value"])
    scales = _change_scales(drawn)

    def draw(width: int) -> Axes:
        return plot.swarm(drawn, scales=scales, width=width, zero=("motsatt riktning", "önskad riktning"))

    return figure(
        draw,
        "forandring-indikatorer",
        _swarm_title(found, common),
        f"Varje prick är en enhet: utfallet {data.year} minus utfallet {data.year - 1}, med tecken så att "
        f"höger "
        "alltid är önskad riktning",
        _swarm_alt(data, found, panels),
        key=key(
            [
                ("reached", f"når sitt årsmål {data.year}"),
                ("missed", "når det inte"),
                ("unknown", "går inte att bedöma"),
            ]
        ),
        note="Små skillnader kan vara slump, särskilt där få har svarat. Skalan är densamma för alla "
        "andelar. Höjden i en prickhög betyder bara att flera enheter har liknande värden.",
        table=_change_counts(found, panels),
    )


def _change_scales(drawn: pd.DataFrame) -> dict[str, plot.Scale]:
    """Panel → scale around zero: the same for all indicators in the same measure unit."""
    scales: dict[str, plot.Scale] = {}
    for _, part in drawn.groupby(drawn["measure_unit"].fillna(""), sort=False):
        scale = plot.scale_around_zero(part["value"].astype(float))
        scales |= dict.fromkeys(part["panel"].astype(str), scale)
    return scales


def _ways(found: pd.DataFrame, indicator_id: str) -> tuple[int, int, int, int]:
    """Units whose outcome went the better way, stayed, went the other way, or cannot be compared."""
    return _counted_ways(found[found["indicator_id"] == indicator_id].drop_duplicates("report_id"))


def _swarm_title(found: pd.DataFrame, common: pd.DataFrame) -> str:
    ways = [_ways(found, str(indicator_id)) for indicator_id in common["indicator_id"]]
    worse = sum(1 for better, _, other, _ in ways if other > better)
    which = f"I {in_words(worse)} av {in_words(len(ways))} indikatorer"
    return f"{which if worse else 'I ingen indikator'} gick fler enheter i motsatt än i önskad riktning"


def _swarm_alt(data: YearData, found: pd.DataFrame, panels: dict[str, str]) -> str:
    told = []
    for indicator_id, panel in panels.items():
        up, same, down, _ = _ways(found, indicator_id)
        told.append(f"{panel}: {up} i önskad riktning, {same} oförändrade, {down} i motsatt riktning")
    return (
        f"Skillnad i utfall mellan {data.year - 1} och {data.year} för {len(panels)} indikatorer, en "
        f"prick per "
        f"enhet. {'; '.join(told)}. Alla tal finns i tabellen."
    )


def _change_counts(found: pd.DataFrame, panels: dict[str, str]) -> Html:
    heads = [Column("Indikator"), *[Column(title, "num") for title in WAYS]]
    rows = [
        Row(panel, [Cell(number(count)) for count in _ways(found, indicator_id)])
        for indicator_id, panel in panels.items()
    ]
    return table("Antal enheter efter utfallets förändring", heads, [Group(rows)], css="stack slim")
