"""Labels of the forms and of goals, and names of indicators, by their letters alone."""

from __future__ import annotations

from functools import cache

from vbdata.vocabulary import categories, groups, indicators, key, levels


@cache
def keys_of(kind: str) -> frozenset[str]:
    """Keys of all that a ``group``, ``category``, ``indicator`` or ``level`` is printed as, in any year."""
    printed = {
        "group": lambda: [each.printed for each in groups()],
        "category": lambda: [each.printed for each in categories()],
        "indicator": lambda: [each.printed for each in indicators()],
        "level": lambda: [each.printed for each in levels()],
    }
    return frozenset(key(label) for labels in printed[kind]() for label in labels)


def is_label(text: str) -> bool:
    """Whether a text is a group's or a category's label of a form.

    >>> is_label("Bemötande"), is_label("Bemötandet var gott")
    (True, False)
    """
    return key(text) in keys_of("group") or key(text) in keys_of("category")
