"""Activities: a table, because «Hela 2025» says more than a bar."""

from __future__ import annotations

import pandas as pd

from vbdata.plot.formats import EN_DASH, counted, in_words, period
from vbdata.render.pages.unit import own
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.parts import sources
from vbdata.render.parts.components import details, empty, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

FEW = 3
"""Activities that nothing is said about are folded where there are more of them."""


def activities(data: UnitData) -> Block:
    """Activities with their time and, in a report, whether a deviation is marked."""
    if data.activities.empty:
        return section(
            "aktiviteter", "Aktiviteter", empty("Dokumentet har inga aktiviteter som har kunnat läsas.")
        )
    if data.is_plan:
        return section(
            "aktiviteter", "Aktiviteter", _table(data, data.activities, "Aktiviteter i planens ordning")
        )
    first = _told_of(data)
    deviates = int(data.activities["deviation"].fillna(False).sum())
    said = lead(_lead(len(data.activities), deviates, int(data.activities["deviation"].isna().sum())))
    rest = data.activities[~first]
    shown = (
        _table(data, data.activities[first], "Aktiviteter som avviker eller bör kontrolleras")
        if first.any()
        else Html("")
    )
    folded = _table(data, rest, "Aktiviteter i dokumentets ordning") if len(rest) else Html("")
    if len(rest) <= FEW:
        return section("aktiviteter", "Aktiviteter", said, shown, folded)
    what = "de andra" if first.any() else "alla"
    return section(
        "aktiviteter", "Aktiviteter", said, shown, details(f"Visa {what} {len(rest)} aktiviteterna", folded)
    )


def _told_of(data: UnitData) -> pd.Series[bool]:
    """Activities that deviate, are doubted or corrected."""
    marked = data.activities["row_id"].isin(
        {*data.findings.loc[data.findings["check"], "row_id"], *data.corrections["row_id"]}
    )
    return data.activities["deviation"].fillna(False).astype(bool) | marked


def _lead(total: int, deviates: int, unread: int) -> str:
    if unread:
        said = (
            f"Avvikelse är angiven för {in_words(deviates)} av {counted(total, 'aktivitet', 'aktiviteter')}"
        )
        return f"{said} och oläst för {in_words(unread)}."
    if not deviates:
        which = "aktiviteten" if total == 1 else f"de {in_words(total)} aktiviteterna"
        return f"Ingen avvikelse är angiven för {which}."
    return f"Avvikelse är angiven för {in_words(deviates)} av {counted(total, 'aktivitet', 'aktiviteter')}."


def _table(data: UnitData, shown: pd.DataFrame, caption: str) -> Html:
    with_ticks = bool(shown["completed"].notna().any())
    decided = data.corrections["column"].eq("deviation").fillna(False).any()
    deviates = bool(shown["deviation"].fillna(True).any() or decided) and not data.is_plan  # or unread
    columns = [Column("Aktivitet"), Column("Tid")]
    columns += [Column("Avvikelse")] if deviates else []
    columns += [Column("Klar")] if with_ticks else []
    rows = [_row(data, row, deviates, with_ticks) for _, row in shown.iterrows()]
    note = f"{EN_DASH} i kolumnen Avvikelse: ingen avvikelse är angiven." if deviates else ""
    return table(caption, [*columns, Column("Källa", "src")], [Group(rows)], note=note)


def _row(data: UnitData, row: pd.Series, deviates: bool, with_ticks: bool) -> Row:
    about = [str(row["row_id"])]
    links = finding_links(data, about)
    head = under(under(str(row["title"]), corrected(data, about, "title", "goal_id")), links)
    cells = [Cell(under(_time(row), corrected(data, about, "start", "end")), "time")]
    if deviates:
        cells.append(Cell(under(_deviation(row), corrected(data, about, "deviation"))))
    if with_ticks:
        done = missing() if pd.isna(row["completed"]) else "Ja" if row["completed"] else "Nej"
        cells.append(Cell(under(done, corrected(data, about, "completed"))))
    place = Cell(sources.link(sources.activity_source(row)), labelled=False)
    return Row(head, [*cells, place], more=own.under(own.of_activity(data, row)))


def _deviation(row: pd.Series) -> Html | str:
    if pd.isna(row["deviation"]):
        return "Oläst"
    return "Avvikelse angiven" if row["deviation"] else missing("ingen avvikelse angiven")


def _time(row: pd.Series) -> Html:
    start, end = (None if pd.isna(row[name]) else row[name] for name in ("start", "end"))
    return missing() if start is None and end is None else Html("{}").format(period(start, end))
