"""All units' questions of a year: how many of which kind, in alphabetical order."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.plot.formats import counted, sentence, soft
from vbdata.render.pages.quality.data import RESPONSES, QualityYear
from vbdata.render.parts import addresses, components, words
from vbdata.render.parts.components import BRIEF, Statement, empty, lead, link, made_with, section, three
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

ASKED = ("fix", "answer")
"""Responses that the unit has to give."""


def masthead(data: QualityYear) -> Block:
    """The year."""
    heading = f"Frågor till enheterna {data.year}"
    facts = [("Dokument", str(len(data.reports))), ("Ordning", "bokstavsordning")]
    sections = [BRIEF, ("enheter", "Enhet för enhet"), ("slag", "Slag av frågor")]
    if not data.corrections.empty:
        sections.append(("rattat", "Redan rättat"))
    return components.masthead(f"Årets rapporter {data.year} · Frågor", heading, facts, sections, heading)


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
    return section(*BRIEF, three([first, second, third]))


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
    report_id = str(report["report_id"])
    name = link(_page(data, report), soft(str(report["unit_name"])))
    head = name + element("span", vocabulary.label("kind", str(report["kind"])), class_="lvl")
    own = counts.loc[report_id].to_dict() if report_id in counts.index else {}
    done = int((data.corrections["report_id"] == report_id).sum())
    return Row(head, [Cell(str(int(own.get(each, 0)))) for each in RESPONSES] + [Cell(str(done))])


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
    return components.footer(made_with("data_quality", parameters, data.data_sha256), back)
