"""The unit report's page, section by section: each function takes the unit's data and gives a block."""

from vbdata.render.data import unit_data as load
from vbdata.render.unit.activities import activities
from vbdata.render.unit.complaints import complaints
from vbdata.render.unit.findings import findings, sources
from vbdata.render.unit.frame import footer, masthead
from vbdata.render.unit.goals import goals
from vbdata.render.unit.indicators import indicators
from vbdata.render.unit.over_time import over_time
from vbdata.render.unit.summary import summary

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
