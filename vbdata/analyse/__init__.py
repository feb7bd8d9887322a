"""Analyses of the tables: frame in, frame or frozen record out; nothing is read, written or worded here."""

from vbdata.analyse.complaints import facet_totals, form_state, panel_groups, side_by_side, wide
from vbdata.analyse.findings import (
    by_gravity,
    checks_by_report,
    gravest,
    is_formal,
    numbered,
    numbers_by_row,
    to_check,
    with_marks,
    with_responses,
)
from vbdata.analyse.goals import area_counts, area_matrix, follow_up, goal_tree, status_counts, weakest
from vbdata.analyse.indicators import judged, shared
from vbdata.analyse.lineage import unit_series
from vbdata.analyse.order import swedish_key
from vbdata.analyse.reports import chosen, latest, one_per_unit, rows_of, select_report
from vbdata.analyse.summary import (
    ComplaintSummary,
    GoalSummary,
    IndicatorSummary,
    summarise_complaints,
    summarise_goals,
    summarise_indicators,
)

__all__ = [
    "ComplaintSummary",
    "GoalSummary",
    "IndicatorSummary",
    "area_counts",
    "area_matrix",
    "by_gravity",
    "checks_by_report",
    "chosen",
    "facet_totals",
    "follow_up",
    "form_state",
    "goal_tree",
    "gravest",
    "is_formal",
    "judged",
    "latest",
    "numbered",
    "numbers_by_row",
    "one_per_unit",
    "panel_groups",
    "rows_of",
    "select_report",
    "shared",
    "side_by_side",
    "status_counts",
    "summarise_complaints",
    "summarise_goals",
    "summarise_indicators",
    "swedish_key",
    "to_check",
    "unit_series",
    "weakest",
    "wide",
    "with_marks",
    "with_responses",
]
