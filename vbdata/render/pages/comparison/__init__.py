"""The comparison's page, section by section: each function takes a year's data and gives a block to show."""

from vbdata.render.pages.comparison.change import change
from vbdata.render.pages.comparison.complaints import complaints
from vbdata.render.pages.comparison.frame import footer, masthead
from vbdata.render.pages.comparison.gaps import gaps
from vbdata.render.pages.comparison.goals import goals
from vbdata.render.pages.comparison.indicators import indicators
from vbdata.render.pages.comparison.lookup import lookup
from vbdata.render.pages.comparison.sources import sources
from vbdata.render.pages.comparison.summary import summary
from vbdata.render.parts.data import year_data as load

__all__ = [
    "change",
    "complaints",
    "footer",
    "gaps",
    "goals",
    "indicators",
    "load",
    "lookup",
    "masthead",
    "sources",
    "summary",
]
