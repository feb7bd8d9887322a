"""The words of the reports as data: codes, Swedish labels, known misspellings.

Every list is a CSV file in this folder, and an analyst adds an entry without touching code.
"""

from vbdata.vocabulary.matching import Index, Match
from vbdata.vocabulary.spelling import clean, key
from vbdata.vocabulary.tables import (
    categories,
    category_index,
    council_goals,
    facet_nouns,
    filler_words,
    finding_kinds,
    group_index,
    groups,
    indicator_index,
    indicators,
    label,
    layouts,
    level_index,
    levels,
    misprints,
    phrases,
    section_index,
    sections,
    status_index,
    statuses,
    surveys,
    target_rule_index,
)

__all__ = [
    "Index",
    "Match",
    "categories",
    "category_index",
    "clean",
    "council_goals",
    "facet_nouns",
    "filler_words",
    "finding_kinds",
    "group_index",
    "groups",
    "indicator_index",
    "indicators",
    "key",
    "label",
    "layouts",
    "level_index",
    "levels",
    "misprints",
    "phrases",
    "section_index",
    "sections",
    "status_index",
    "statuses",
    "surveys",
    "target_rule_index",
]
