"""The comparison's page, section by section: each function takes a year's data and gives a block to show."""

from vbdata.render.comparison.change import change
from vbdata.render.comparison.complaints import complaints
from vbdata.render.comparison.frame import footer, masthead
from vbdata.render.comparison.gaps import gaps
from vbdata.render.comparison.goals import goals
from vbdata.render.comparison.indicators import indicators
from vbdata.render.comparison.lookup import lookup
from vbdata.render.comparison.sources import sources
from vbdata.render.comparison.summary import summary
from vbdata.render.data import year_data as load

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
