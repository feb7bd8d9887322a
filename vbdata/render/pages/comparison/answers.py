"""Shares with a known number of answers: intervals beside each other, and a funnel for many units."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from vbdata import plot
from vbdata.analyse.proportions import FUNNEL_TAILS, binomial_limits, outside_limits
from vbdata.plot.formats import HARD_SPACE, counted, listed, number, part_of
from vbdata.render.pages.comparison import units
from vbdata.render.pages.comparison.funnels import funnel_key
from vbdata.render.pages.comparison.panels import panel_names
from vbdata.render.parts import answers
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import details, figure
from vbdata.render.parts.data import MANY_UNITS, YearData
from vbdata.render.parts.html import Html, element, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import value_cell
from vbdata.render.parts.words import counted_units

HEADING = "Hur många som har svarat"
OUTSIDE = {"": "inom gränserna", "95": "utanför 95\u00a0%", "998": "utanför 99,8\u00a0%"}
MOST_DRAWN = 1
"""How many funnels are drawn: those with most units outside."""
LOWEST, SHORTEST = 0.0, 40.0


def known_answers(data: YearData) -> pd.DataFrame:
    """The year's rows whose number of answers is known, in the units' order."""
    found = data.history.answers
    return units.in_order(data, found[found["report_id"].isin(data.reports["report_id"])])


def uncertainty(data: YearData, common: pd.DataFrame) -> Html:
    """Funnels where more than eight units' answers are known, and intervals to open; nothing if none is."""
    known = known_answers(data)
    if known.empty:
        return Html("")
    names = panel_names(common)
    many = counted(len(known), "rad", "rader")
    shown = _funnels(data, known, names) if data.many else [_pair(known, names, data)]
    parts = [element("h3", HEADING), *shown] if any(shown) else []
    parts.append(
        details(f"Visa hur många som har svarat, och intervall ({many})", _table(data, known, names))
    )
    return element("div", join(parts), class_="after")


# For few units: a table, and for two a difference


def _table(data: YearData, known: pd.DataFrame, names: dict[str, str]) -> Html:
    heads = [
        Column("Enhet"),
        Column("Utfall", "num"),
        Column("Svarande"),
        Column("Intervall, 95\u00a0%"),
        Column("Källa", "src"),
    ]
    reports = units.by_id(data)
    groups = []
    titles = {**dict(zip(known["indicator_id"], known["name"], strict=True)), **names}
    for indicator_id in dict.fromkeys([*names, *known["indicator_id"]]):
        mine = known[known["indicator_id"] == indicator_id]
        rows = [_row(data, row, reports[str(row["report_id"])]) for _, row in mine.iterrows()]
        groups.append(Group(rows, str(titles[indicator_id])))
    return table("Svarande och intervall", heads, groups, note=answers.method(known), css="stack grid3 dec")


def _row(data: YearData, row: pd.Series, report: pd.Series) -> Row:
    said = Html("") if data.many else answers.quoted(row)
    cells = [
        Cell(value_cell(row, "value", strong=True)),
        Cell(answers.answers_text(row)),
        Cell(answers.interval_cell(row), "limits"),
        Cell(units.place(data, report, places.indicator_source(row)), labelled=False),
    ]
    return Row(units.head(data, report, "#indikatorer") + said, cells)


def _pair(known: pd.DataFrame, names: dict[str, str], data: YearData) -> Html:
    """The difference of two units, where exactly two have an interval; more are not tested two by two."""
    items = []
    unit = units.names(data)
    for indicator_id, title in names.items():
        mine = known[(known["indicator_id"] == indicator_id) & known["low"].notna()]
        if len(mine) != 2:
            continue
        (_, first), (_, second) = next(combinations(mine.iterrows(), 2))
        found = answers.difference(first, second)
        if found is not None:
            said = "kan vara slump" if 0.0 in found else "är mer än slumpen brukar ge"
            gap = answers.signed(float(first["value"]) - float(second["value"]))
            limits = f"{answers.signed(found.low)} till {answers.signed(found.high)}"
            who = f"{unit[str(first['report_id'])]} minus {unit[str(second['report_id'])]}"
            items.append(element("li", f"{title}: {who} är {gap} procentenheter ({limits}), vilket {said}."))
    return element("ul", join(items)) if items else Html("")


# For many units: a funnel around the council's target


def _funnels(data: YearData, known: pd.DataFrame, names: dict[str, str]) -> list[Html]:
    """The funnels with most units outside, at most `MOST_DRAWN`; the others in a sentence."""
    found: list[tuple[int, pd.DataFrame, str, float, str]] = []
    few = []
    for indicator_id, title in names.items():
        mine = known[(known["indicator_id"] == indicator_id) & known["low"].notna()]
        mine = mine[mine["council_target"].notna()]
        targets = mine["council_target"].unique()
        if len(mine) > MANY_UNITS and len(targets) == 1 and 0 < float(targets[0]) < 100:
            target = float(targets[0])
            points = _points(mine, target, data)
            found.append((int((points["outside"] == "998").sum()), points, title, target, indicator_id))
        elif len(mine):
            few.append(title)
    ordered = sorted(found, key=lambda each_: -each_[0])
    parts = [
        _funnel(data, points, title, target, indicator_id)
        for _, points, title, target, indicator_id in ordered[:MOST_DRAWN]
    ]
    rest = [f"{title} ({outside} av {len(points)})" for outside, points, title, *_ in ordered[MOST_DRAWN:]]
    if rest:
        said = f"Andra indikatorer, enheter som avviker mer än slumpen brukar ge: {listed(rest)}."
        parts.append(element("p", said, class_="note"))
    if few:
        why = f"En trattfigur ritas när minst {MANY_UNITS + 1} enheter har känt antal svarande och KF-mål."
        parts.append(element("p", f"{why} Det saknas för: {listed(few)}.", class_="note"))
    return parts


def _points(mine: pd.DataFrame, target: float, data: YearData) -> pd.DataFrame:
    unit = units.names(data)
    rows = [
        {
            "label": unit[str(row["report_id"])],
            "size": int(row["n"]),
            "value": float(row["value"]),
            "outside": outside_limits(_share(row), int(row["n"]), target / 100),
        }
        for _, row in mine.iterrows()
    ]
    return pd.DataFrame(rows)


def _share(row: pd.Series) -> float:
    """The share that the printed percentage is rounded from."""
    return round(float(row["value"]) * int(row["n"]) / 100) / int(row["n"])


def _curves(points: pd.DataFrame, target: float) -> pd.DataFrame:
    """The limits over the range of sizes; a moving mean of five takes the saw teeth of whole numbers away."""
    sizes = np.arange(max(int(points["size"].min()) - 2, 2), int(points["size"].max()) + 3)
    curves: dict[str, np.ndarray] = {"size": sizes.astype(float)}
    for suffix, tail in FUNNEL_TAILS.items():
        found = [binomial_limits(target / 100, int(size), tail) for size in sizes]
        for side in ("low", "high"):
            curve = pd.Series([100 * getattr(limits, side) for limits in found])
            curves[f"{side}_{suffix}"] = curve.rolling(5, center=True, min_periods=1).mean().to_numpy()
    return pd.DataFrame(curves)


def _funnel(data: YearData, points: pd.DataFrame, title: str, target: float, indicator_id: str) -> Html:
    curves = _curves(points, target)
    low = min(float(points["value"].min()), target - SHORTEST / 2)
    scale = plot.nice_scale([max(low, LOWEST), 100.0], "%", shortest=SHORTEST)
    return figure(
        partial(
            plot.funnel,
            points,
            curves=curves,
            centre=target,
            size_title="Antal svarande",
            value_title="Utfall",
            values=scale,
            centre_title=f"mål {number(target)}{HARD_SPACE}%",
        ),
        f"tratt-{indicator_id.replace('_', '-')}",
        _title(points, title),
        f"Utfall mot antal svarande, {counted_units(len(points))} med känt antal, {data.year}; mittlinjen är "
        "KF:s årsmål",
        _alt(points, title, target, data.year),
        key=funnel_key(OUTSIDE),
        note=FEW_ANSWERS,
        table=details("Visa talen i en tabell och hur gränserna är räknade", _points_table(points, target)),
    )


def _title(points: pd.DataFrame, title: str) -> str:
    outside, total = int((points["outside"] == "998").sum()), len(points)
    if not outside:
        return f"{title}: ingen enhet avviker mer än slumpen brukar ge"
    which = part_of(outside, total)
    return f"{title}: {which} enheter avviker mer från målet än slumpen brukar ge"


def _alt(points: pd.DataFrame, title: str, target: float, year: int) -> str:
    out = points[points["outside"] == "998"]
    named = [
        f"{row['label']} {number(row['value'])} % av {row['size']} svarande" for _, row in out.iterrows()
    ]
    wide = int((points["outside"] == "95").sum())
    told = f"Utanför de yttre gränserna: {'; '.join(named)}." if named else "Ingen ligger utanför de yttre."
    return (
        f"{title} mot antal svarande för {len(points)} enheter, {year}. KF:s årsmål är {number(target)} "
        f"procent. {told} {counted(wide, 'enhet', 'enheter')} till ligger utanför de inre gränserna. Alla "
        "tal finns i tabellen."
    )


FEW_ANSWERS = (
    "Få svarande ger stora utslag av slump; därför är tratten vid till vänster. En enhet utanför gränsen är "
    "en anledning att fråga, inget bevis."
)


def _method(points: pd.DataFrame) -> str:
    expected, wide = number(0.05 * len(points)), int((points["outside"] != "").sum())
    return (
        f"Om alla enheter egentligen låg på målet skulle omkring {expected} av {len(points)} ändå hamna "
        f"utanför 95-procentsgränsen av slump; här är det {wide}. Gränserna är exakt binomiala kring KF:s "
        "årsmål (Spiegelhalter 2005). De räknar inte med hur stor del av de tillfrågade som svarat och är "
        "därför något vida."
    )


def _points_table(points: pd.DataFrame, target: float) -> Html:
    heads = [Column("Enhet"), Column("Utfall", "num"), Column("Svarande", "num"), Column("Mot KF:s årsmål")]
    rows = []
    for _, row in points.iterrows():
        side = "över" if row["value"] > target else "under"
        said = OUTSIDE[str(row["outside"])] + (f", {side}" if row["outside"] else "")
        cells = [Cell(f"{number(row['value'])}{HARD_SPACE}%"), Cell(number(int(row["size"]))), Cell(said)]
        rows.append(Row(str(row["label"]), cells))
    note = f"Bokstavsordning. Enheter utan känt antal svarande är inte med. {_method(points)}"
    return table("Utfall och antal svarande", heads, [Group(rows)], note=note, css="stack slim")
