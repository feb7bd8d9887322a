"""What a year looked like: coverage, goals by area, findings, and complaints in brief."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.register import register
from vbdata.render.parts import addresses, shared
from vbdata.render.parts.components import chips, details, empty, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join
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


def overview(year: YearData, pages: frozenset[str]) -> Block:
    """The year on one page, to be opened: what the page's first tables tell unit by unit."""
    parts = [_coverage(year)]
    if len(year.judged):
        parts += [_areas(year), _forms(year)]
    parts.append(_findings(year, pages))
    content = join([element("div", part, class_="after") for part in parts if part])
    said = "Visa underlag per typ av enhet, enhetsmål per KF-mål, blanketter och anmärkningar efter slag"
    return section("aret", f"{year.year} på en sida", details(said, content))


def _coverage(year: YearData) -> Html:
    """Units and kinds of documents per type of unit."""
    types = [place_of(str(unit_id))[1] for unit_id in year.reports["unit_id"]]
    kinds = list(year.reports["kind"].astype(str))
    rows = []
    for name in sorted(set(types), key=lambda each: (each == OTHER, analyse.swedish_key(each))):
        found = Counter(kind for kind, each in zip(kinds, types, strict=True) if each == name)
        numbers = [sum(found.values()), found["VB"], found["T1"] + found["T2"], found["VP"]]
        rows.append(Row(name, [Cell(str(number)) for number in numbers]))
    heads = ["Enheter", "Verksamhets\u00adberättelse", "Bara delårs\u00adrapport", "Bara plan"]
    columns = [Column("Typ av enhet"), *[Column(head, "num") for head in heads]]
    note = "Enheter som har lämnat något dokument, efter det som säger mest om utfallet."
    if OTHER in types:
        note += f" {OTHER}: enheten eller dess typ finns inte i enhetsregistret."
    return table(f"Underlag {year.year} per typ av enhet", columns, [Group(rows)], note=note)


def _areas(year: YearData) -> Html:
    """Units per council area and weakest judgement."""
    counts = analyse.area_counts(year.goals, year.judged)
    if counts.empty:
        return empty("Inget av dokumenten har enhetsmål som har kunnat läsas.")
    rows = []
    for _, area in counts.iterrows():
        title = "Utan KF-mål" if pd.isna(area["area_title"]) else str(area["area_title"])
        head = title if pd.isna(area["area_code"]) else f"{area['area_code']}\u2002{title}"
        shown = chips({status: int(area[status]) for status in ("not_met", "partly_met", "met", "no_data")})
        without = int(area["no_goal"] + area["unstated"])
        cells = [Cell(shown or element("span", "Ingen bedömning", class_="nogoal")), Cell(str(without))]
        rows.append(Row(head, cells))
    columns = [
        Column("Kommunfullmäktiges mål"),
        Column("Enheter per bedömning"),
        Column("Enheter utan mål eller bedömning", "num"),
    ]
    note = "En enhet räknas en gång per KF-mål, med den svagaste av sina bedömningar där."
    return table(f"Enhetsmål {year.year} per KF-mål", columns, [Group(rows)], note=note)


def _forms(year: YearData) -> Html:
    """How many forms are filled in, empty or missing; never a sum of units."""
    return element("p", f"Synpunkter och klagomål: {shared.states(year)}")


def _findings(year: YearData, pages: frozenset[str]) -> Html:
    """Findings by kind, the gravest first."""
    if year.findings.empty:
        return empty("Inläsningen hittade inget att kontrollera eller notera.")
    checks = analyse.to_check(year.findings)
    sizes = Counter(zip(checks, year.findings["code"].astype(str), strict=True))
    gravest = analyse.gravest(year.findings, "code")
    rows = [
        Row(
            vocabulary.label("finding", code),
            [Cell(vocabulary.label("severity", "warning" if check else "info")), Cell(str(count))],
        )
        for (check, code), count in sorted(
            sizes.items(), key=lambda each: (-gravest[each[0][1]], -each[1], each[0][1])
        )
    ]
    columns = [Column("Anmärkning"), Column("Att göra"), Column("Antal", "num")]
    note = Html(
        "Kontrollera: kan vara fel i dokumentet eller i läsningen. Notera: rätt, men lätt att missförstå."
    )
    target = str(addresses.quality_overview(year.year))
    if target in pages:
        asked = link(target, f"Frågor till enheterna {year.year}")
        note = Html("{} Frågorna, också de om andra dokument: {}.").format(note, asked)
    return table(f"Anmärkningar {year.year}", columns, [Group(rows)], note=note)
