"""All units' questions of a year: how many of which kind, in alphabetical order."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.attention import to_ask
from vbdata.analyse.findings import is_formal
from vbdata.plot.formats import counted, inside, listed, soft
from vbdata.render.pages.quality.data import RESPONSES, QualityYear
from vbdata.render.parts import addresses, components, words
from vbdata.render.parts.components import (
    BRIEF,
    Statement,
    details,
    empty,
    lead,
    link,
    made_with,
    section,
    three,
)
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

MOST_NAMED = 3
"""Units that a statement names."""
MOST_KINDS = 4
"""Kinds of question that a statement names."""


def masthead(data: QualityYear) -> Block:
    """The year."""
    heading = f"Frågor till enheterna {data.year}"
    facts = [("Dokument", str(len(data.reports)))]
    sections = [BRIEF, ("enheter", "Enhet för enhet"), ("slag", "Slag av frågor")]
    if not data.corrections.empty:
        sections.append(("rattat", "Redan rättat"))
    return components.masthead(f"Årets rapporter {data.year} · Frågor", heading, facts, sections, heading)


def summary(data: QualityYear) -> Block:
    """How much may be wrong, what weighs most, and what is done already."""
    checks = data.findings[analyse.to_check(data.findings)]
    units = counted(len(data.reports), "dokument", "dokument")
    noted = len(data.findings) - len(checks)
    rest = f"Dessutom {words.tasks(noted)} att notera, formalia inräknade." if noted else ""
    where = f"De gäller {checks['report_id'].nunique()} av {units}." if len(checks) else ""
    nothing = "Inget att kontrollera"
    first = Statement(
        "Till enheterna",
        f"{words.questions(len(checks))} om dokumenten" if len(checks) else nothing,
        f"{where} {rest}".strip(),
        (("#enheter", "Enhet för enhet"),),
    )
    done = len(data.corrections)
    third = Statement(
        "Redan rättat",
        counted(done, "uppgift är rättad", "uppgifter är rättade") if done else "Inga uppgifter är rättade",
        "Rättelserna gäller tabellerna, inte dokumenten." if done else "",
        (("#rattat", "Rättade uppgifter"),) if done else (),
    )
    return section(*BRIEF, three([first, _gravest(data), third]))


def _gravest(data: QualityYear) -> Statement:
    """The kinds that weigh most by what they would change, in the order of the units' lists."""
    to = (("#slag", "Alla slag"),)
    chosen = to_ask(data.findings)
    if chosen.empty:
        return Statement("Väger tyngst", "Ingen fråga väger tungt", "", to)
    kinds = dict.fromkeys(vocabulary.label("finding", str(code)) for code in chosen["code"])
    first, *others = list(kinds)[:MOST_KINDS]
    names = data.reports.set_index("report_id")["unit_name"].astype(str)
    who = list(dict.fromkeys(names[chosen["report_id"]]))
    more = [f"{counted(len(who) - MOST_NAMED, 'enhet', 'enheter')} till"] if len(who) > MOST_NAMED else []
    then = f" Därefter: {listed([inside(each) for each in others])}." if others else ""
    told = f"Hos {listed([*who[:MOST_NAMED], *more])}.{then}"
    return Statement("Väger tyngst", first, told, to)


def findings(data: QualityYear) -> Block:
    """Counts per unit, and per kind of finding."""
    if data.findings.empty:
        nothing = empty("Inläsningen hittade inget att kontrollera eller notera.")
        blocks = [section("enheter", "Enhet för enhet", nothing), section("slag", "Slag av frågor", nothing)]
    else:
        blocks = [
            section("enheter", "Enhet för enhet", _units(data)),
            section("slag", "Slag av frågor", details("Visa hur många av varje slag", _kinds(data))),
        ]
    return Block(join([block.html for block in blocks]))


def _units(data: QualityYear) -> Html:
    check, formal = analyse.to_check(data.findings), is_formal(data.findings)
    kinds = {"Att kontrollera": check, "Att notera": ~check & ~formal, "Formalia": formal}
    rows = [_unit_row(data, report, list(kinds.values())) for _, report in data.reports.iterrows()]
    columns = [Column("Enhet"), *[Column(head, "num") for head in kinds], Column("Rättat", "num")]
    note = (
        "Antalet säger hur mycket som bör gås igenom, inte hur bra enheten är: "
        "den som skriver mer kan få fler frågor."
    )
    return table(f"Frågor per dokument {data.year}", columns, [Group(rows)], note=note, css="stack grid3 g4")


def _unit_row(data: QualityYear, report: pd.Series, kinds: list[pd.Series[bool]]) -> Row:
    report_id = str(report["report_id"])
    name = link(_page(data, report), soft(str(report["unit_name"])))
    head = name + element("span", vocabulary.label("kind", str(report["kind"])), class_="lvl")
    mine = data.findings["report_id"] == report_id
    counts = [int((mine & kind).sum()) for kind in kinds]
    done = int((data.corrections["report_id"] == report_id).sum())
    return Row(head, [Cell(str(count)) for count in (*counts, done)])


def _page(data: QualityYear, report: pd.Series) -> str:
    """The questions about a report, seen from this page."""
    own = addresses.report_page(report, [data.main_kinds[str(report["unit_id"])]])
    return addresses.href(addresses.questions_page(own), addresses.quality_overview(data.year))


def _kinds(data: QualityYear) -> Html:
    groups = []
    for response in RESPONSES:
        found = data.findings[data.findings["response"] == response].assign(
            label=lambda frame: [vocabulary.label("finding", str(code)) for code in frame["code"]]
        )
        counts = found.groupby("label")["report_id"].agg(["size", "nunique"])
        gravest = analyse.gravest(found, "label")
        order = sorted(counts.itertuples(name=None), key=lambda each: (-gravest[each[0]], -each[1], each[0]))
        rows = [Row(label, [Cell(str(times)), Cell(str(reports))]) for label, times, reports in order]
        groups.append(Group(rows, vocabulary.label("response", response)))
    columns = [Column("Slag"), Column("Antal", "num"), Column("Dokument", "num")]
    return table(f"Slag av frågor {data.year}", columns, groups, css="slim")


def corrections(data: QualityYear) -> Block:
    """Corrections per unit; each is told on the unit's own page."""
    if data.corrections.empty:
        return Block(Html(""), "none")
    counts = data.corrections["report_id"].value_counts()
    items = []
    for _, report in data.reports[data.reports["report_id"].isin(counts.index)].iterrows():
        address = _page(data, report) + "#rattat"
        said = counted(int(counts[report["report_id"]]), "uppgift", "uppgifter")
        items.append(element("li", link(address, str(report["unit_name"])) + f": {said}"))
    said = lead("Vad som är rättat, varför och av vem står på enhetens sida.")
    return section("rattat", "Redan rättat", said, element("ul", join(items)))


def footer(data: QualityYear) -> Block:
    """What the page was made from, and where to go next."""
    back = link(addresses.href(addresses.INDEX, addresses.quality_overview(data.year)), "Alla rapporter")
    parameters = {"year": data.year}
    made = made_with("data_quality", parameters, data.data_sha256)
    return components.footer(back, about=("Om sidan", made))
