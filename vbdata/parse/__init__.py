"""Take a Document apart into frozen records that keep the verbatim string and its place."""

from vbdata.parse.records import Activity, Complaint, Cover, Goal, Indicator, Passage, Report
from vbdata.parse.report import parse

__all__ = ["Activity", "Complaint", "Cover", "Goal", "Indicator", "Passage", "Report", "parse"]
