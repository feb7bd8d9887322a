"""«Läget i korthet» of a year's units: risk, misses and where to begin, by what weighs most for people."""

from __future__ import annotations

from vbdata.plot.formats import in_words, sentence
from vbdata.render.pages.comparison import units
from vbdata.render.parts import shared
from vbdata.render.parts.brief import Brief, filled
from vbdata.render.parts.components import BRIEF, section, three
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element
from vbdata.render.parts.tables import Column, Group, Row, table
from vbdata.render.parts.words import counted_units

MOST_UNITS = 5
"""Of many units, how many the first table names."""


def summary(data: YearData) -> Block:
    """Three statements, the units by what weighs most, and who is not compared."""
    brief, plans = in_brief(data), units.plans(data)
    statements = [
        brief.risk((("#synpunkter", "Synpunkter, klagomål och avvikelser"),)),
        brief.misses((("#mal", "Mål"), ("#indikatorer", "indikatorer"))),
        brief.first((("#saknas", "Att kontrollera och luckor"),)),
    ]
    parts = [
        shared.notice(data.profile, data),
        three(statements),
        _units(data, brief),
        element("p", plans, class_="note") if plans else "",
    ]
    return section(*BRIEF, *parts)


def in_brief(data: YearData) -> Brief:
    """The year by what weighs most, its links as the comparison has them."""
    return Brief(data, lambda report, anchor: units.page(data, report, anchor))


def _units(data: YearData, brief: Brief) -> Html:
    """A row per unit, the one with most to ask about first; of many the first ones."""
    shown = brief.order[:MOST_UNITS] if data.many else brief.order
    if not shown:
        return Html("")
    rows = []
    for report_id in shown:
        cells = [
            filled(brief.risk_words(report_id)),
            filled(brief.goal_chips(report_id)),
            filled(brief.missed_words(report_id, named=not data.many)),
            filled(brief.checks_link(report_id)),
        ]
        rows.append(Row(brief.unit(report_id), cells))
    heads = [
        Column("Enhet"),
        Column("Risk"),
        Column("Mål som inte uppfylls helt"),
        Column("Når inte årsmålet"),
        Column("Att kontrollera"),
    ]
    if data.profile.shared:
        heads, rows = [heads[0], *heads[2:]], [Row(row.head, row.cells[1:]) for row in rows]
    which, quiet = "De", len(brief.reports) - len(brief.order)
    if len(shown) < len(brief.order):
        which = f"{sentence(in_words(len(shown)))} av {counted_units(len(brief.reports))}, de"
    note = f"{which} med allvarligast att fråga om först. Det säger inte hur bra enheterna är."
    note = note if len(brief.reports) > 1 else ""
    if quiet and not data.many:
        note += f" {sentence(counted_units(quiet, words=True))} har inget av detta."
    content = table("Enheterna efter vad som väger tyngst", heads, [Group(rows)], note=note)
    return element("div", content, class_="after")
