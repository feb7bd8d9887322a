"""Where the text says how many answered: what chance alone may have moved the shares."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from vbdata import plot
from vbdata.analyse.years import comparable
from vbdata.render.parts import answers, sources, words
from vbdata.render.parts.components import details, key
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import SHORTEST_SHARE, STRIP, value_cell


def uncertainty(data: UnitData) -> Html:
    """The intervals of this report's shares and how they are made; nothing where none is known."""
    mine = _mine(data)
    if mine["n"].isna().all():
        return Html("")
    return details("Hur många som har svarat, och vad slumpen kan betyda", _table(data, mine))


def _mine(data: UnitData) -> pd.DataFrame:
    found = data.history.answers
    return found[found["report_id"] == data.report["report_id"]]


def answers_line(data: UnitData, row_id: str) -> Html:
    """How many answered, and whether the distance to the target can be chance: in the indicator's row."""
    mine = _mine(data)
    mine = mine[(mine["row_id"] == row_id) & mine["n"].notna()]
    if mine.empty:
        return Html("")
    row = mine.iloc[0]
    said = f"{answers.answers_text(row)} har svarat{', räknat ur svarsandelen' if row['computed'] else ''}"
    if pd.notna(row["low"]) and pd.notna(row["target"]) and row["low"] != row["high"]:
        inside = float(row["low"]) <= float(row["target"]) <= float(row["high"])
        said += "; avståndet till målet " + ("kan vara slump" if inside else "är mer än slumpen brukar ge")
    return element("span", said, class_="verdict")


def _table(data: UnitData, mine: pd.DataFrame) -> Html:
    last = int(data.report["year"]) - 1
    before = _before(data)
    shown = any(_same(row, before) is not None for _, row in mine.iterrows())
    columns = [
        Column("Indikator"),
        Column("Läge och intervall"),
        Column("Utfall", "num"),
        Column("Svarande"),
        Column("Intervall, 95\u00a0%"),
    ]
    columns += [Column(f"Procentenheter mot {last}")] if shown else []
    columns.append(Column("Källa", "src"))
    short = words.short_names(data.indicators["name"])
    scale = _scale(mine)
    rows = [_row(row, short, scale, f"o{i}", before, shown) for i, (_, row) in enumerate(mine.iterrows())]
    if mine["low"].isna().all():
        return table("Så många har svarat", columns, [Group(rows)], css="stack grid3 dec")
    meant = "Ligger årsmålet innanför intervallet kan avståndet till det vara slump. "
    repeated = "Samma personer kan ha svarat båda åren; intervallet räknar dem som olika. " if shown else ""
    note = meant + repeated + answers.METHOD
    marks = [("reached", "utfall"), ("interval", "intervall"), ("target", "årsmål")]
    return key(marks) + table(
        "Intervall där antalet svarande är känt", columns, [Group(rows)], note=note, css="stack grid3 dec"
    )


def _before(data: UnitData) -> pd.DataFrame:
    """Last year's intervals of the same unit."""
    links = comparable(data.history.links)
    found = data.history.answers
    return found[found["report_id"].isin(links["before_id"])]


def _same(row: pd.Series, before: pd.DataFrame) -> pd.Series | None:
    """Last year's row of the same indicator, where both have an interval."""
    found = before[(before["indicator_id"] == row["indicator_id"]) & before["low"].notna()]
    return found.iloc[0] if len(found) == 1 and pd.notna(row["low"]) else None


def _scale(mine: pd.DataFrame) -> plot.Scale | None:
    known = mine[mine["low"].notna()]
    if known.empty:
        return None
    values = pd.concat([known[name] for name in ("low", "high", "value", "target")]).dropna().astype(float)
    return plot.nice_scale(values, "%", shortest=SHORTEST_SHARE)


def _row(
    row: pd.Series,
    short: dict[str, str],
    scale: plot.Scale | None,
    uid: str,
    before: pd.DataFrame,
    shown: bool,
) -> Row:
    head = Html("{}{}").format(short[str(row["name"])], answers.quoted(row))
    cells = [
        Cell(_strip(row, scale, uid), "stripcell", labelled=False),
        Cell(value_cell(row, "value", strong=True)),
        Cell(answers.answers_text(row)),
        Cell(Html("{}{}").format(answers.interval_cell(row), _target(row)), "limits"),
    ]
    cells += [Cell(_difference(row, _same(row, before)), "full")] if shown else []
    source = sources.link(sources.indicator_source(row))
    return Row(head, [*cells, Cell(source, labelled=False)])


def _difference(now: pd.Series, before: pd.Series | None) -> Html:
    """A change since last year with its interval, and whether it can be chance."""
    found = None if before is None else answers.difference(now, before)
    if found is None or before is None:
        return missing("inget att jämföra med")
    change = float(now["value"]) - float(before["value"])
    said = "kan vara slump" if 0.0 in found else "mer än slumpen brukar ge"
    limits = f"{answers.signed(found.low)} till {answers.signed(found.high)}"
    return Html("{} {}").format(
        element("strong", answers.signed(change)), element("span", f"({limits}), {said}", class_="nogoal")
    )


def _target(row: pd.Series) -> Html:
    """Whether the distance to the unit's own target is more than chance gives."""
    if pd.isna(row["low"]) or pd.isna(row["target"]) or row["low"] == row["high"]:
        return Html("")
    inside = float(row["low"]) <= float(row["target"]) <= float(row["high"])
    said = "årsmålet ligger innanför" if inside else "årsmålet ligger utanför"
    return element("span", said, class_="lvl")


def _strip(row: pd.Series, scale: plot.Scale | None, uid: str) -> Html:
    if scale is None or pd.isna(row["low"]):
        return element("span", "inget intervall att rita", class_="nogoal")
    marks = row.reindex(["value", "target", "attainment", "low", "high"])
    return Html(
        plot.svg(plot.strip(marks, scale=replace(scale), width=STRIP), uid, None, "strip", spent=True)
    )
