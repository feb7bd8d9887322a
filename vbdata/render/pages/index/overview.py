"""What a year's pages rest on: documents per type of unit, and how many forms are filled in."""

from __future__ import annotations

from collections import Counter

from vbdata import analyse
from vbdata.register import register
from vbdata.render.parts import shared
from vbdata.render.parts.components import details, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.outcomes import divided_on
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

OTHER = "Övriga"
"""District or type of a unit that the register does not know."""


def place_of(unit_id: str) -> tuple[str, str]:
    """District and type of a unit, as the register has them.

    >>> place_of("finns-inte")
    ('Övriga', 'Övriga')
    """
    known = register().by_id.get(unit_id)
    if known is None:
        return OTHER, OTHER
    return known.district or OTHER, known.type or OTHER


def overview(year: YearData) -> Block:
    """What the year's pages rest on, to be opened."""
    forms = [f"Synpunkter och klagomål: {shared.states(year)}"] if len(year.judged) else []
    content = join([_coverage(year), *[element("p", each) for each in forms]])
    return section("underlag", "Underlag", details("Visa underlaget per typ av enhet", content))


def _coverage(year: YearData) -> Html:
    """Units and kinds of documents per type of unit; one that was divided is counted where it went on."""
    gone = [row["kind"] == "VP" and bool(divided_on(row)) for _, row in year.reports.iterrows()]
    there = year.reports[[not each for each in gone]]
    types = [place_of(str(unit_id))[1] for unit_id in there["unit_id"]]
    kinds = list(there["kind"].astype(str))
    rows = []
    for name in sorted(set(types), key=lambda each: (each == OTHER, analyse.swedish_key(each))):
        found = Counter(kind for kind, each in zip(kinds, types, strict=True) if each == name)
        numbers = [sum(found.values()), found["VB"], found["T1"] + found["T2"], found["VP"]]
        rows.append(Row(name, [Cell(str(number)) for number in numbers]))
    heads = ["Enheter", "Verksamhets\u00adberättelse", "Bara delårs\u00adrapport", "Bara plan"]
    columns = [Column("Typ av enhet"), *[Column(head, "num") for head in heads]]
    note = "Enheter som har lämnat något dokument, efter det som säger mest om utfallet."
    if any(gone):
        note += " De som delades under året räknas inte."
    if OTHER in types:
        note += f" {OTHER}: enheten eller dess typ finns inte i enhetsregistret."
    return table(f"Underlag {year.year} per typ av enhet", columns, [Group(rows)], note=note)
