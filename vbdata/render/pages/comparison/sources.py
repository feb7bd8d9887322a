"""Where the page's values stand: every unit's own page has the rows verbatim, in its document's order."""

from __future__ import annotations

from vbdata.plot.formats import soft
from vbdata.render.pages.comparison import units
from vbdata.render.parts.components import SOURCES, empty, lead, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, element, join


def sources(data: YearData) -> Block:
    """The units' pages; «rad 134» beside a value leads to its row there."""
    links = [
        link(units.page(data, report, "#kallor"), soft(str(report["unit_name"])))
        for report in units.each(data)
    ]
    if not links:
        return section(*SOURCES, empty("Inga rader visas."))
    said = "Radnumren leder till raden som den står i dokumentet, på enhetens egen sida."
    if data.many:
        return section(*SOURCES, lead(said, "Sidorna nås från tabellen ovan."))
    return section(*SOURCES, lead(said), element("p", join(links, ", ")))
