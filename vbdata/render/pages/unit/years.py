"""A unit's complaints over the years: a table, and a run chart where there are periods enough."""

from __future__ import annotations

from functools import partial

import pandas as pd

from vbdata import plot, vocabulary
from vbdata.analyse import complaints, control, runs
from vbdata.analyse.complaints import Segment
from vbdata.plot.formats import EN_DASH, date, inside, listed, number
from vbdata.render.parts import addresses, chance
from vbdata.render.parts.components import details, figure, key, link
from vbdata.render.parts.corrections import marks
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, scrolling, table

LEAST_MEDIAN = 6
"""Filled periods below which a segment has no median line, and a series no panel."""
FEW_YEARS = 4
"""Columns up to which the table of years keeps the width of running text."""
MANY_YEARS = 7
"""Columns above which the table of years gets a region of its own to scroll in."""
DRAWN = ("cases", "praise")


def years(data: UnitData) -> Html:
    """Nothing where only one year is held."""
    history = data.complaint_history
    if data.is_plan or history.empty or history["year"].nunique() < 2:
        return Html("")
    drawn = _points(history)
    parts = [_table(data, history), *([_figure(data, drawn)] if len(drawn) else [])]
    return join(element("div", part, class_="after") for part in parts)


def _table(data: UnitData, history: pd.DataFrame) -> Html:
    """A row per question, a column per year."""
    held = sorted(int(year) for year in history["year"].unique())
    units = {int(row["year"]): row for _, row in history.drop_duplicates("year").iterrows()}
    heads = [Column("Fråga")]
    for year in held:
        heads.append(Column(str(year), "num", _year_head(data, year, units[year])))
    rows = []
    for place, part in history.groupby("key", sort=False):
        if part["total"].isna().all():
            continue
        question = vocabulary.questions()[str(part["question"].iloc[0])]
        form = "" if question.concept else f" (blanketten {str(place).split('|')[1]})"
        cells = [Cell(_cell(part, year)) for year in held]
        rows.append(Row(f"{question.label}{form}", cells))
    note = (
        f"Årets summa per fråga. {EN_DASH} betyder tom ruta, som inte är samma sak som noll. "
        "Blanketterna frågar olika, och tal ur olika blanketter jämförs bara där frågan är densamma. "
        f"{_breaks(history)}Varje år leder till enhetens rapport det året, med rad för varje tal."
    )
    css = "stack slim" if len(held) <= FEW_YEARS else "stack"
    content = table("Åren bredvid varandra", heads, [Group(rows)], note=note, css=css)
    shown = scrolling(content, "Åren bredvid varandra") if len(held) > MANY_YEARS else content
    return details(f"Visa åren {held[0]}{EN_DASH}{held[-1]} bredvid varandra, fråga för fråga", shown)


def _year_head(data: UnitData, year: int, unit: pd.Series) -> Html:
    """The year, leading to its report, and the corrections of the form's counts there."""
    here = addresses.unit_page(int(data.report["year"]), "x")
    page = addresses.href(addresses.unit_page(year, str(unit["unit_id"])), here)
    own = year == int(data.report["year"])
    shown = Html("{}").format(str(year)) if own else link(f"{page}#synpunkter", str(year))
    told = data.history.corrections
    told = told[(told["report_id"] == unit["report_id"]) & (told["table"] == "complaints")]
    return under(shown, marks(told, told["row_id"], None, "" if own else page))


def _cell(part: pd.DataFrame, year: int) -> Html:
    row = part[part["year"] == year]
    if len(row) == 1:
        total = row["total"].iloc[0]
        if pd.isna(total):
            return chance.no_count(row["blank"].iloc[0])
        return element("span", number(int(total)), class_="strong")
    if len(row) > 1:
        return element("span", "flera enheter", class_="nogoal")
    return element("span", "går inte att jämföra", class_="nogoal")


def _breaks(history: pd.DataFrame) -> str:
    """What happened to the unit, in sentences."""
    happened = history[history["break"].notna() & (history["break"] != "form_change")]
    said = []
    for _, row in happened.drop_duplicates(["year", "break"]).iterrows():
        when = "" if pd.isna(row["break_date"]) else f" {date(row['break_date'])}"
        said.append(f"{vocabulary.label('break', str(row['break']))}{when}.")
    if history["partial"].fillna(False).any():
        years_ = sorted({int(year) for year in history[history["partial"].fillna(False)]["year"]})
        said.append(f"{listed([str(year) for year in years_])} är inte ett helt år för samma enhet.")
    return " ".join([*said, ""]) if said else ""


# The run chart


def _points(history: pd.DataFrame) -> pd.DataFrame:
    """The periods to draw, with the median and the control limit of their segments.

    Nothing where no segment is long enough to judge: a line would then say what nobody can know.
    """
    parts, judged = [], False
    for series in DRAWN:
        mine = history[history["series"] == series]
        points = complaints.by_period(mine)
        if points["count"].notna().sum() < LEAST_MEDIAN or points.duplicated(["year", "period"]).any():
            continue
        found = complaints.segments(points)
        judged = judged or bool(_judged({series: found}))
        drawn = pd.concat([_with_levels(segment) for segment in found])
        parts.append(drawn.sort_index().assign(series=series, panel=_panel(mine)))
    return pd.concat(parts, ignore_index=True) if judged else pd.DataFrame()


def _panel(part: pd.DataFrame) -> str:
    labels = [vocabulary.questions()[str(code)].label for code in dict.fromkeys(part["question"])]
    return " – därefter ".join(labels) if len(labels) > 1 else labels[0]


def _with_levels(segment: Segment) -> pd.DataFrame:
    enough = segment.runs is not None and segment.runs.points >= LEAST_MEDIAN
    high = pd.NA if segment.control is None else segment.control.high[0]
    median = segment.runs.median if enough and segment.runs else pd.NA
    return segment.points.assign(
        median=pd.array([median] * len(segment.points), dtype="Float64"),
        high=pd.array([high] * len(segment.points), dtype="Float64"),
    )


def _figure(data: UnitData, drawn: pd.DataFrame) -> Html:
    found = {str(series): complaints.segments(part) for series, part in drawn.groupby("series", sort=False)}
    shown = drawn.copy()
    shown["break"] = pd.array([_break_words(each) for each in drawn["break"]], dtype="string")

    keys = [("case", "antal under fyra månader")]
    if drawn["median"].notna().any():
        keys.append(("centre", "median"))
    if drawn["high"].notna().any():
        keys.append(("limit_95", "övre styrgräns"))
    first, last = int(drawn["year"].min()), int(drawn["year"].max())
    return figure(
        partial(plot.run_chart, shown),
        "tertial-figur",
        _title(found),
        f"Antal per redovisningsomgång, {first}{EN_DASH}{last}; VB är årets sista omgång",
        _alt(data, drawn),
        key=key(keys),
        note=join([*_notes(drawn), chance.REPORTING_SHORT], " "),
        table=_period_table(drawn),
    )


def _break_words(value: object) -> str | None:
    return None if pd.isna(value) else vocabulary.label("break", str(value)).lower()  # type: ignore[call-overload]


def _judged(found: dict[str, list[Segment]]) -> list[Segment]:
    return [each for parts in found.values() for each in parts if each.runs is not None and each.runs.judged]


def _signals(segment: Segment) -> bool:
    chart = segment.runs
    beyond = segment.control is not None and any(segment.control.outside)
    return chart is not None and (chart.shift or chart.few_crossings or beyond)


def _title(found: dict[str, list[Segment]]) -> str:
    """Which of the judged series have changed, by name."""
    changed: list[str] = []
    for series, parts in found.items():
        judged = _judged({series: parts})
        if any(_signals(each) for each in judged):
            question = vocabulary.questions()[str(judged[-1].points["question"].iloc[0])]
            changed.append(question.label if not changed else inside(question.label))
    if changed:
        return f"{listed(changed)} har ändrats mer än slumpen brukar ge"
    return "Antalen varierar inte mer än slumpen brukar ge"


def _notes(drawn: pd.DataFrame) -> list[str]:
    notes = [
        "En ändring är en ovanligt lång rad perioder på samma sida av medianen eller ovanligt få byten av "
        f"sida (Anhøjs regler); den söks där minst {runs.LEAST_POINTS} perioder skiljer sig från medianen."
    ]
    if drawn["high"].notna().any():
        notes.append(
            "Styrgränsen är medelvärdet plus tre standardavvikelser (c-diagram) och ritas från "
            f"{control.LEAST_POINTS} perioder."
        )
    if drawn["break"].notna().any():
        notes.append(
            "Vid en streckad lodrät linje börjar en ny serie; före och efter jämförs inte. Vid ett namnbyte "
            "fortsätter den."
        )
    if drawn["count"].isna().any():
        notes.append("Tomma rutor är luckor i linjen, inte nollor.")
    return notes


def _alt(data: UnitData, drawn: pd.DataFrame) -> str:
    parts = []
    for panel, points in drawn.groupby("panel", sort=False):
        known = points.dropna(subset=["count"])
        low, high = known["count"].min(), known["count"].max()
        parts.append(f"{panel}: {len(known)} ifyllda perioder, från {int(low)} till {int(high)}.")
    held = sorted(int(year) for year in drawn["year"].unique())
    return (
        f"Antal per redovisningsomgång för {data.report['unit_name']}, {held[0]}{EN_DASH}{held[-1]}. "
        f"{' '.join(parts)} Alla tal finns i tabellen."
    )


def _period_table(drawn: pd.DataFrame) -> Html:
    """A column per question, so that no column mixes two of them."""
    asked = list(dict.fromkeys(drawn["question"]))
    counts = {
        (str(row["question"]), int(row["year"]), str(row["period"])): row["count"]
        for _, row in drawn.iterrows()
    }
    groups = []
    for year in sorted(int(each) for each in drawn["year"].unique()):
        rows = []
        for period in complaints.SHORT_PERIODS:
            cells = [Cell(_period_cell(counts, (str(each), year, period))) for each in asked]
            rows.append(Row(vocabulary.label("period", period), cells))
        groups.append(Group(rows, str(year)))
    heads = [Column("Period"), *[Column(vocabulary.questions()[str(each)].label, "num") for each in asked]]
    content = table("Antal per redovisningsomgång", heads, groups, css="stack slim")
    return details("Visa talen per redovisningsomgång", content)


def _period_cell(counts: dict[tuple[str, int, str], object], place: tuple[str, int, str]) -> Html:
    if place not in counts:
        return missing("går inte att jämföra")
    count = counts[place]
    return missing("tom ruta") if pd.isna(count) else Html("{}").format(number(int(count)))  # type: ignore[call-overload]
