"""All units' questions of a year: how many of which kind, in alphabetical order."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.plot.formats import counted, sentence, soft
from vbdata.render.pages.quality.data import RESPONSES, QualityYear
from vbdata.render.parts import addresses, words
from vbdata.render.parts.components import Statement, empty, lead, link, made_with, section, three
from vbdata.render.parts.components import footer as page_footer
from vbdata.render.parts.components import masthead as page_masthead
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

ASKED = ("fix", "answer")
"""Responses that the unit has to give."""


def masthead(data: QualityYear) -> Block:
    """The year."""
    heading = f"Frågor till enheterna {data.year}"
    facts = [("Dokument", str(len(data.reports))), ("Ordning", "bokstavsordning")]
    sections = [("korthet", "Läget i korthet"), ("enheter", "Enhet för enhet"), ("slag", "Slag av frågor")]
    if not data.corrections.empty:
        sections.append(("rattat", "Redan rättat"))
    return page_masthead(f"Årets rapporter {data.year} · Frågor", heading, facts, sections, heading)


def summary(data: QualityYear) -> Block:
    """How many questions, of which kinds, and what is done already."""
    asked = data.findings[data.findings["response"].isin(ASKED)]
    units = asked["report_id"].nunique()
    of = f"{units} av {counted(len(data.reports), 'dokument', 'dokument')}"
    nothing = "Inget att fråga enheterna om"
    first = Statement(
        "Till enheterna",
        counted(len(asked), "sak att rätta eller svara på", "saker att rätta eller svara på")
        if len(asked)
        else nothing,
        f"De gäller {of}." if len(asked) else "",
        (("#enheter", "Enhet för enhet"),),
    )
    common = sentence(words.commonest(asked["code"])) if len(asked) else "Inga frågor"
    second = Statement("Vanligast", common, "", (("#slag", "Alla slag"),))
    done = len(data.corrections)
    third = Statement(
        "Redan rättat",
        counted(done, "uppgift är rättad", "uppgifter är rättade") if done else "Inga uppgifter är rättade",
        "Rättelserna gäller tabellerna, inte dokumenten." if done else "",
        (("#rattat", "Rättade uppgifter"),) if done else (),
    )
    return section("korthet", "Läget i korthet", three([first, second, third]))


def findings(data: QualityYear) -> Block:
    """Counts per unit, and per kind of finding."""
    if data.findings.empty:
        nothing = empty("Inläsningen hittade inget att kontrollera eller notera.")
        blocks = [section("enheter", "Enhet för enhet", nothing), section("slag", "Slag av frågor", nothing)]
    else:
        blocks = [
            section("enheter", "Enhet för enhet", _units(data)),
            section("slag", "Slag av frågor", _kinds(data)),
        ]
    return Block(join([block.html for block in blocks]))


def _units(data: QualityYear) -> Html:
    counts = analyse.counts_by_response(data.findings)
    rows = [_unit_row(data, report, counts) for _, report in data.reports.iterrows()]
    heads = [vocabulary.label("response", response, short=True) for response in RESPONSES]
    columns = [Column("Enhet"), *[Column(head, "num") for head in heads], Column("Rättat", "num")]
    note = (
        "Antalet säger hur mycket som bör gås igenom, inte hur bra enheten är: "
        "den som skriver mer kan få fler frågor. Hos oss: sådant som den som läser in rapporterna gör."
    )
    return table(f"Frågor per dokument {data.year}", columns, [Group(rows)], note=note, css="stack grid3")


def _unit_row(data: QualityYear, report: pd.Series, counts: pd.DataFrame) -> Row:
    unit_id, kind, report_id = str(report["unit_id"]), str(report["kind"]), str(report["report_id"])
    target = addresses.quality_page(data.year, unit_id, "" if data.main_kinds[unit_id] == kind else kind)
    name = link(addresses.href(target, addresses.quality_overview(data.year)), soft(str(report["unit_name"])))
    head = name + element("span", vocabulary.label("kind", kind), class_="lvl")
    own = counts.loc[report_id].to_dict() if report_id in counts.index else {}
    done = int((data.corrections["report_id"] == report_id).sum())
    return Row(head, [Cell(str(int(own.get(each, 0)))) for each in RESPONSES] + [Cell(str(done))])


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
        unit_id, kind = str(report["unit_id"]), str(report["kind"])
        target = addresses.quality_page(data.year, unit_id, "" if data.main_kinds[unit_id] == kind else kind)
        address = addresses.href(target, addresses.quality_overview(data.year)) + "#rattat"
        said = counted(int(counts[report["report_id"]]), "uppgift", "uppgifter")
        items.append(element("li", link(address, str(report["unit_name"])) + f": {said}"))
    said = lead("Vad som är rättat, varför och av vem står på enhetens sida.")
    return section("rattat", "Redan rättat", said, element("ul", join(items)))


def footer(data: QualityYear) -> Block:
    """What the page was made from, and where to go next."""
    back = link(addresses.href(addresses.INDEX, addresses.quality_overview(data.year)), "Alla rapporter")
    parameters = {"year": data.year}
    return page_footer(made_with("data_quality", parameters, data.data_sha256), back)
