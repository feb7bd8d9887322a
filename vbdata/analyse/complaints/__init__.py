"""Complaints and deviations: the form as it stands, what can be compared, and what may be chance."""

from vbdata.analyse.complaints.compare import (
    Comparison,
    compared,
    rated,
    sizes,
    year_change,
)
from vbdata.analyse.complaints.form import (
    SUBJECT_FACETS,
    facet_totals,
    form_state,
    panel_groups,
    side_by_side,
    unread,
    wide,
)
from vbdata.analyse.complaints.over_time import SHORT_PERIODS, Segment, by_period, history, segments
from vbdata.analyse.complaints.questions import SMALL, question_counts, shares

__all__ = [
    "SHORT_PERIODS",
    "SMALL",
    "SUBJECT_FACETS",
    "Comparison",
    "Segment",
    "by_period",
    "compared",
    "facet_totals",
    "form_state",
    "history",
    "panel_groups",
    "question_counts",
    "rated",
    "segments",
    "shares",
    "side_by_side",
    "sizes",
    "unread",
    "wide",
    "year_change",
]
