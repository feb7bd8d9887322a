"""The unit report's page, section by section: each function takes the unit's data and gives a block."""

from vbdata.render.pages.unit.activities import activities
from vbdata.render.pages.unit.complaints import complaints
from vbdata.render.pages.unit.findings import findings, sources
from vbdata.render.pages.unit.frame import footer, masthead
from vbdata.render.pages.unit.goals import goals
from vbdata.render.pages.unit.indicators import indicators
from vbdata.render.pages.unit.over_time import over_time
from vbdata.render.pages.unit.summary import summary
from vbdata.render.parts.data import unit_data as load

__all__ = [
    "activities",
    "complaints",
    "findings",
    "footer",
    "goals",
    "indicators",
    "load",
    "masthead",
    "over_time",
    "sources",
    "summary",
]
