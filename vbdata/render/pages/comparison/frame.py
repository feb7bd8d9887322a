"""The top and the bottom of the page."""

from __future__ import annotations

from vbdata.analyse.findings import to_check
from vbdata.plot.formats import counted, sentence
from vbdata.render.pages.comparison.change.section import nothing
from vbdata.render.parts import addresses, components
from vbdata.render.parts.components import BRIEF, link, made_with
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block
from vbdata.render.parts.words import counted_units, documents


def masthead(data: YearData) -> Block:
    """How many units, from which documents, in which order."""
    count = len(data.judged)
    beside = f"{sentence(counted_units(count, words=True))} sida vid sida"
    heading = beside if count > 1 else f"Bara {counted_units(count, words=True)} att läsa {data.year}"
    facts = [
        ("Enheter", str(count)),
        ("Dokument", f"{documents(data.reports)} {data.year}"),
        *([("Ordning", "bokstavsordning där inget annat sägs")] if count > 1 else []),
    ]
    sections = [
        BRIEF,
        ("mal", "Mål"),
        ("indikatorer", "Indikatorer"),
        *([] if nothing(data) else [("forandring", "Förändring")]),
        ("synpunkter", "Synpunkter"),
        ("saknas", "Luckor"),
        *([("varden", "Enhet för enhet")] if data.many else []),
        ("kallor", "Källor"),
    ]
    title = f"Jämförelse av {counted_units(count)} {data.year}"
    return components.masthead(f"Årets rapporter {data.year} · Jämförelse", heading, facts, sections, title)


def footer(data: YearData) -> Block:
    """What the page was made from, and where to go next."""
    findings = counted(len(data.findings), "anmärkning", "anmärkningar")
    checked = int(to_check(data.findings).sum())
    back = link(addresses.href(addresses.INDEX, addresses.comparison_page(data.year)), "Alla rapporter")
    made = made_with("unit_comparison", {"year": data.year, "profile": data.profile.name}, data.data_sha256)
    return components.footer(
        "Sidan återger uppgifter ur enheternas egna dokument. Enheternas ärenden och utfall läggs inte ihop.",
        f"Underlaget är {documents(data.reports)}. {findings}, varav {checked} att kontrollera.",
        back,
        about=("Om sidan", made),
    )
