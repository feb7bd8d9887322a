"""The unit over the years: the same goals and the same indicators, with every break visible."""

from __future__ import annotations

from functools import partial

import pandas as pd

from vbdata import plot, vocabulary
from vbdata.analyse import changes
from vbdata.analyse.indicators import year_changes
from vbdata.analyse.trends import trends
from vbdata.analyse.years import changed
from vbdata.plot.formats import counted, in_words, listed, sentence
from vbdata.render.parts import history, sources, words
from vbdata.render.parts.components import chip, details, figure, key, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, hidden, join, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import MARKED, group_scale, scale_groups, value_cell

HEADING = "Över tid"
PANELS = 4
"""Indicators that are drawn, if so many have missed their target two years running; the table has all."""
LEAST_PANELS = 2
"""As many are drawn even where fewer have."""
CURVE = 3
"""From how many years an indicator is drawn: two points are no line."""


def _prefix(year: int) -> str:
    """Of the ids of an older report's rows on the page."""
    return f"f{year}-"


def over_time(data: UnitData) -> Block:
    """Goals since last year and indicators over all years that are held; nothing where there is none."""
    if not has_history(data):
        return Block(Html(""), "none")
    shown = [part for part in (_goals(data), _indicators(data)) if part]
    return section("over-tid", HEADING, lead(*_lead(data, lines(data))), *shown)


def has_history(data: UnitData) -> bool:
    """Whether the section holds something."""
    if data.is_plan or not (lines(data)["year"] < data.report["year"]).any():
        return False
    return bool(_goals(data) or _indicators(data))


def unshown(data: UnitData) -> Html:
    """What happened to the unit, where nothing can be shown over time."""
    if data.is_plan or has_history(data):
        return Html("")
    told = _happened(data, lines(data))
    return element("p", join(told, " "), class_="note") if told else Html("")


def lines(data: UnitData) -> pd.DataFrame:
    """The reports of the unit and its predecessors."""
    none = data.report.to_frame().T.iloc[:0].assign(**{"break": None})  # a four-month report has no line
    return data.history.lines.get(str(data.report["report_id"]), none)


def _lead(data: UnitData, line: pd.DataFrame) -> list[str]:
    year = int(data.report["year"])
    years = [str(each) for each in line.loc[line["year"] < year, "year"]]
    one = len(years) == 1
    which = "Verksamhetsberättelsen" if one else "Verksamhetsberättelser"
    said = [f"{which} för {listed(years)} är också {'inläst' if one else 'inlästa'}."] if years else []
    return [*said, *_happened(data, line)]


def _happened(data: UnitData, line: pd.DataFrame) -> list[str]:
    """Splits and mergers, and that nothing is compared over them."""
    year, said = int(data.report["year"]), []
    for _, row in line.dropna(subset=["break"]).iterrows():
        before = line[line["year"] < row["year"]]
        name = f" Dessförinnan {before.iloc[-1]['unit_name']}." if len(before) else ""
        said.append(f"{history.break_words(str(row['break']), int(row['year']))}.{name}")
    event = changed(str(data.report["unit_id"]), year, data.history.register)
    if event is not None and line["break"].isna().all():
        said.append(f"{history.break_words(event.kind, year)}.")
    if event is not None:
        said.append("Talen före och efter gäller olika verksamhet och jämförs inte.")
    return said


# Goals


def _matched(data: UnitData) -> pd.DataFrame:
    return changes.changes(data.history.goals, data.history.links)


def _goals(data: UnitData) -> Html:
    matched = _matched(data)
    if matched.empty:
        return Html("")
    parts = [_level(data, matched, level) for level in history.judged_levels(data.history.goals)]
    return join([part for part in parts if part])


def _level(data: UnitData, matched: pd.DataFrame, level: str) -> Html:
    year = int(data.report["year"])
    one, many = history.GOAL_NOUN[level]
    moves = changes.moves(changes.transitions(matched, level))
    left = history.left_out_sentences(changes.left_out(matched, level), matched, level, year)
    heading = element("h3", _title(moves, one, year - 1))
    told = _told(matched, level)
    said = f"{counted(moves['all'], one, many)} har en bedömning både {year - 1} och {year}."
    text = element("p", join([said, *left], " "), class_="sub")
    if told.empty:
        return element("div", heading + text, class_="after")
    texts = history.goal_rows(data.goals, data.history.goals)
    heads = [Column("Mål"), Column(str(year - 1)), Column(str(year)), Column("Källa", "src")]
    rows = [_goal_row(pair, texts, year) for _, pair in told.iterrows()]
    caption = "Mål med ändrad bedömning eller ändrad text, och mål som inte kunde paras"
    note = "Bedömningarna är enhetens egna. Mål paras på nivå, KF-mål och samma eller nästan samma text."
    return element("div", heading + text + table(caption, heads, [Group(rows)], note=note), class_="after")


def _title(moves: dict[str, int], one: str, last: int) -> str:
    if not moves["all"]:
        return f"Inga {one} kan jämföras med {last}"
    if moves["stay"] == moves["all"]:
        return f"Alla {one} som finns båda åren har samma bedömning som {last}"
    if not moves["down"] and not moves["up"]:
        return f"Inget {one} bedöms svagare eller starkare än {last}"
    down, up = (in_words(moves[way], neuter=True) if moves[way] else "inget" for way in ("down", "up"))
    if not moves["down"]:
        return f"{sentence(up)} {one} bedöms starkare än {last}, {down} svagare"
    return f"{sentence(down)} {one} bedöms svagare än {last}, {up} starkare"


def _told(matched: pd.DataFrame, level: str) -> pd.DataFrame:
    """Pairs with another judgement or wording, and goals that could be paired in two ways."""
    mine = matched[matched["level"] == level]
    moved = changes.moved(matched, level)
    other = mine["match"].isin([changes.REWORDED, changes.AMBIGUOUS])
    return mine[mine.index.isin(moved.index) | other]


def _goal_row(pair: pd.Series, texts: history.GoalTexts, year: int) -> Row:
    unsure = pair["match"] == changes.AMBIGUOUS
    note = element("span", "Kunde paras på mer än ett sätt; räknas inte.", class_="lvl") if unsure else ""
    cells, places = [], []
    for side, of_year, prefix in (("before", year - 1, _prefix(year - 1)), ("after", year, "")):
        if pd.isna(pair[f"{side}_id"]):
            cells.append(Cell(missing("inget mål")))
            continue
        cells.append(Cell(chip(pair[f"status_{side}"])))
        places.append(Html("{}: {}").format(of_year, texts.source(pair[f"{side}_id"], prefix)))
    source = Cell(join(places, Html("<br>")), labelled=False)
    return Row(Html("{}{}").format(history.title_cell(pair, year), note), [*cells, source])


# Indicators


def points(data: UnitData) -> pd.DataFrame:
    """The unit's outcomes, year by year; see `trends`."""
    line = lines(data)
    if line.empty:
        return pd.DataFrame()
    return trends(data.history.indicators, line, data.history.register)


def _indicators(data: UnitData) -> Html:
    found = points(data)
    if found.empty or found["year"].nunique() < 2:
        return Html("")
    found = found.assign(
        value_text=[words.value_text(row, "value") for _, row in found.iterrows()],
        panel=found["indicator_id"].map(_panels(found)),
    )
    counts = found.groupby("indicator_id")["year"].nunique()
    drawn = _drawn(data, found[found["indicator_id"].map(counts) >= CURVE])
    content = _table(data, found)
    if drawn.empty:
        heading = element("h3", "Indikatorernas utfall")
        why = element("p", f"Med färre än {in_words(CURVE)} år ritas ingen kurva.", class_="sub")
        return element("div", heading + why + content, class_="after")
    return _figure(data, drawn, content, int((counts >= CURVE).sum()))


def _drawn(data: UnitData, found: pd.DataFrame) -> pd.DataFrame:
    """Those that have missed their target two years running, as many as are easily looked over; else two."""
    names = list(dict.fromkeys(found["indicator_id"]))
    missed = [each for each in names if _followed(data, found[found["indicator_id"] == each])[1]]
    others = [each for each in names if each not in missed]
    chosen = [*missed, *others[: max(LEAST_PANELS - len(missed), 0)]][:PANELS]
    return found[found["indicator_id"].isin(chosen)]


def _panels(found: pd.DataFrame) -> dict[str, str]:
    latest = found.drop_duplicates("indicator_id", keep="last")
    short = words.short_names(latest["name"])
    lower = f" ({vocabulary.label('better', 'lower')})"
    return {
        str(row["indicator_id"]): short[str(row["name"])]
        + (lower if pd.notna(row["better"]) and row["better"] == "lower" else "")
        for _, row in latest.iterrows()
    }


def _figure(data: UnitData, drawn: pd.DataFrame, content: Html, total: int) -> Html:
    scales: dict[str, plot.Scale] = {}
    marked = drawn.reindex(columns=list(dict.fromkeys([*drawn.columns, *MARKED])))
    for kind, part in scale_groups(marked):
        scale = group_scale(part, kind)
        if scale is not None:
            scales |= dict.fromkeys(part["panel"].astype(str), scale)
    years = (int(drawn["year"].min()), int(drawn["year"].max()))
    labels = {
        kind: vocabulary.label("break", kind, short=True)
        for kind in drawn["break"].dropna().unique()
        if kind not in ("rename", "year_missing")
    }

    panels = drawn["panel"].nunique()
    which = counted(panels, "indikator", "indikatorer")
    which = which if panels == total else f"{panels} av {counted(total, 'indikator', 'indikatorer')}"
    return figure(
        partial(plot.trend, drawn, scales=scales, years=years, words=labels),
        "over-tid-figur",
        _figure_title(data, drawn, total),
        f"Utfall per år, {years[0]}–{years[1]}, {which} med minst {in_words(CURVE)} år. Samma skala inom "
        "samma slags mått.",
        _alt(drawn, years),
        key=key(_key(drawn, bool(labels))),
        note="Linjen går bara mellan år som följer på varandra och gäller samma enhet och samma mått. "
        "Skalan börjar inte alltid på noll.",
        table=details("Visa talen år för år, och ändringen sedan förra året", content),
    )


def _key(drawn: pd.DataFrame, broken: bool) -> list[tuple[str, str]]:
    attainment = drawn["attainment"].astype("string")
    own = drawn["origin"] == "report"
    items = [
        ("reached", "utfall, når årets mål", (attainment == "met").any()),
        ("missed", "utfall, når inte årets mål", (attainment == "not_met").any()),
        ("unknown", "utfall, går inte att bedöma", (own & attainment.isna()).any()),
        ("level", "årets mål", drawn["target"].notna().any()),
        ("previous", "ur nästa års rapport", (~own).any()),
        ("break", "här bryts serien", broken),
    ]
    return [(mark, text) for mark, text, shown in items if shown]


def _ends(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """First and last point of the last segment, if it has two."""
    last = rows[rows["segment"] == rows["segment"].max()]
    return (last.iloc[0], last.iloc[-1]) if len(last) > 1 else None


def _followed(data: UnitData, rows: pd.DataFrame) -> tuple[bool, bool]:
    """Whether an indicator can be followed from last year, and whether it missed its target both years.

    Only of one unit: a series that breaks cannot say.
    """
    year = int(data.report["year"])
    unbroken = rows[(rows["origin"] == "report") & (rows["segment"] == rows["segment"].max())]
    last = unbroken[unbroken["year"].isin([year - 1, year])]["attainment"].astype("string").fillna("")
    return len(last) == 2, len(last) == 2 and bool((last == "not_met").all())


def _figure_title(data: UnitData, drawn: pd.DataFrame, total: int) -> str:
    """How many of those that are drawn missed their target this year and last."""
    found = [_followed(data, rows) for _, rows in drawn.groupby("indicator_id", sort=False)]
    if not any(followed for followed, _ in found):
        return "Indikatorernas utfall år för år"
    missed = sum(missed for _, missed in found)
    which = f"med minst {in_words(CURVE)} års utfall har missat sitt årsmål två år i rad"
    if not missed:
        return f"Ingen indikator {which}"
    if missed == PANELS < total:
        return f"{sentence(in_words(missed))} indikatorer som har missat sitt årsmål två år i rad"
    return f"{missed} av {counted(total, 'indikator', 'indikatorer')} {which}"


def _alt(drawn: pd.DataFrame, years: tuple[int, int]) -> str:
    told = []
    for panel, rows in drawn.groupby("panel", sort=False):
        ends = _ends(rows)
        if ends is not None:
            first, last = ends
            told.append(
                f"{panel}: {first['value_text']} {first['year']}, {last['value_text']} {last['year']}"
            )
        else:
            told.append(
                f"{panel}: {rows.iloc[-1]['value_text']} {rows.iloc[-1]['year']}, ingen sammanhängande serie"
            )
    return (
        f"Utfall {years[0]}–{years[1]} för {len(told)} indikatorer, första och sista året i den "
        f"sammanhängande serien. {'; '.join(told)}. Alla tal finns i tabellen."
    )


def _table(data: UnitData, found: pd.DataFrame) -> Html:
    year = int(data.report["year"])
    years = sorted(int(each) for each in found["year"].unique())
    heads = [Column("Indikator"), *[Column(str(each), "num") for each in years]]
    heads += [Column(f"Sedan {year - 1}"), Column("Källa", "src")]
    compared = year_changes(data.indicators, data.history.indicators, data.history.links)
    now = {str(row["indicator_id"]): row for _, row in compared.iloc[::-1].iterrows()}
    by_id = {str(row["row_id"]): row for _, row in data.history.indicators.iterrows()}
    rows = []
    for indicator_id, mine in found.groupby("indicator_id", sort=False):
        cells = [Cell(_value(mine[mine["year"] == each])) for each in years]
        change = now.get(str(indicator_id))
        since = (
            missing("redovisas inte i år") if change is None else history.change_cell(change, "jämförs inte")
        )
        cells += [Cell(since, "full"), Cell(_places(mine, by_id, year), labelled=False)]
        rows.append(Row(str(mine.iloc[0]["panel"]), cells))
    note = (
        "En enhet som delats, slagits ihop eller bytt mått står med ett ord vid det första året efter. "
        "* är hämtat ur nästa års rapport."
    )
    content = table(f"Utfall {years[0]}–{years[-1]}", heads, [Group(rows)], note=note, css="stack grid3 dec")
    return content


def _value(points_: pd.DataFrame) -> Html:
    if points_.empty:
        return missing()
    row = points_.iloc[0]
    reason = row["break"]
    told = Html("")
    if pd.notna(reason) and reason != "year_missing":
        told = element("span", vocabulary.label("break", str(reason), short=True), class_="lvl")
    star = Html("") if row["origin"] == "report" else Html("*") + hidden(" ur nästa års rapport")
    strong = bool(pd.notna(row["attainment"]))
    return Html("{}{}{}").format(star, value_cell(row, "value", strong=strong), told)


def _places(mine: pd.DataFrame, rows: dict[str, pd.Series], year: int) -> Html:
    """A link per year to the row that its outcome stands in."""
    told = []
    for _, row in mine[mine["origin"] == "report"].iterrows():
        own = int(row["year"]) == year
        source = sources.indicator_source(rows[str(row["row_id"])], "" if own else _prefix(int(row["year"])))
        told.append(Html("{}: {}").format(int(row["year"]), sources.link(source)))
    beside = 1 if len(told) <= 2 else 2  # two years under each other leave the change its room
    pairs = [join(told[i : i + beside], Html(" \u00b7 ")) for i in range(0, len(told), beside)]
    return join(pairs, Html("<br>"))


def older_sources(data: UnitData) -> list[tuple[str, list[sources.Source]]]:
    """Rows of older reports that the section shows, report by report, the latest first."""
    if data.is_plan:
        return []
    matched = _matched(data)
    told = (
        [_told(matched, level) for level in history.judged_levels(data.history.goals)] if len(matched) else []
    )
    goal_ids = {str(each) for part in told for each in part["before_id"].dropna()}
    found = points(data)
    row_ids = set(found.loc[found["origin"] == "report", "row_id"]) if len(found) else set()
    listed_: list[tuple[str, list[sources.Source]]] = []
    for _, report in lines(data).iloc[::-1].iterrows():
        if report["report_id"] == data.report["report_id"]:
            continue
        goals = data.history.goals[data.history.goals["goal_id"].isin(goal_ids)]
        rows = data.history.indicators[data.history.indicators["row_id"].isin(row_ids)]
        prefix = _prefix(int(report["year"]))
        mine = [sources.goal_source(row, prefix) for _, row in _of(goals, report).iterrows()]
        mine += [sources.indicator_source(row, prefix) for _, row in _of(rows, report).iterrows()]
        if mine:
            listed_.append((f"VB {report['year']}, {report['unit_name']}", mine))
    return listed_


def _of(rows: pd.DataFrame, report: pd.Series) -> pd.DataFrame:
    return rows[rows["report_id"] == report["report_id"]]
