"""The findings as a to-do to send back: a page per report, and one of the year with all units."""

from __future__ import annotations

from vbdata.render.pages.quality import unit, year
from vbdata.render.pages.quality.data import QualityData, QualityYear, load
from vbdata.render.parts.html import Block


def masthead(data: QualityData | QualityYear) -> Block:
    """Whose questions they are, and about which document."""
    return unit.masthead(data) if isinstance(data, QualityData) else year.masthead(data)


def summary(data: QualityData | QualityYear) -> Block:
    """«Läget i korthet»."""
    return unit.summary(data) if isinstance(data, QualityData) else year.summary(data)


def findings(data: QualityData | QualityYear) -> Block:
    """The questions, by what the unit should do; of a year, how many each unit has."""
    return unit.findings(data) if isinstance(data, QualityData) else year.findings(data)


def corrections(data: QualityData | QualityYear) -> Block:
    """What has been corrected already."""
    return unit.corrections(data) if isinstance(data, QualityData) else year.corrections(data)


def footer(data: QualityData | QualityYear) -> Block:
    """What the page was made from, and where to go next."""
    return unit.footer(data) if isinstance(data, QualityData) else year.footer(data)


__all__ = [
    "QualityData",
    "QualityYear",
    "corrections",
    "findings",
    "footer",
    "load",
    "masthead",
    "summary",
]
