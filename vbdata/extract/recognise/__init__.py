"""Tell headings, statuses and list items by their words; shared by every reader and by parse."""

from vbdata.extract.recognise.goals import (
    GoalHeading,
    UnknownLevel,
    begins_with_label,
    goal_heading,
    heading_of,
    heads_a_goal,
    known_codes,
    lacks_title,
    unknown_level,
    with_title,
)
from vbdata.extract.recognise.lines import CONTENTS, is_list_item, item_text, section_of, without_leader
from vbdata.extract.recognise.outcomes import split_status, unknown_status
from vbdata.extract.recognise.statuses import status_of, status_within, status_words

__all__ = [
    "CONTENTS",
    "GoalHeading",
    "UnknownLevel",
    "begins_with_label",
    "goal_heading",
    "heading_of",
    "heads_a_goal",
    "is_list_item",
    "item_text",
    "known_codes",
    "lacks_title",
    "section_of",
    "split_status",
    "status_of",
    "status_within",
    "status_words",
    "unknown_level",
    "unknown_status",
    "with_title",
    "without_leader",
]
