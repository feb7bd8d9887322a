"""The complaint form: whose group a row is in, labels that a page break cut, cells beside their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vbdata.extract.grammar import COUNTS
from vbdata.parse.records import Complaint
from vbdata.parse.rows import Fields
from vbdata.vocabulary import Index, category_index, group_index, groups


def template_of(rows: Sequence[Fields], headed: str | None) -> str | None:
    """The year of the form, told by its groups and categories, then by its header."""
    templates = sorted({g.template for g in groups()}, reverse=True)
    scores = {template: sum(_known(row, template) for row in rows) for template in templates}
    best = max(templates, key=lambda template: (scores[template], template == headed))
    return best if scores[best] else headed


def _known(row: Fields, template: str) -> int:
    group, category = row.texts.get("group", ""), row.texts.get("category", "")
    in_form = bool(group) and group in group_index(template)
    return 3 * in_form + (bool(category) and category in category_index(template))


def resolve(rows: Sequence[Fields], template: str) -> list[Complaint]:
    """Records of the form's rows, each under the group printed above it; what a page break cut is joined.

    Whose group a row is in, the print alone decides: a category that the form lacks there stays there.
    """
    label = ""
    found: list[Complaint] = []
    for row in rows:
        group_text, category = _placed(row, template)
        if group_text and found and _completes(label, group_text, group_index(template)):
            whole = f"{label} {group_text}"
            found = [replace(r, group_raw=whole) if r.group_raw == label else r for r in found]
            label, group_text = whole, ""
        if found and not group_text and _is_rest(found[-1], category, row, template):
            found[-1] = _joined(found[-1], category, row)
            continue
        label = group_text or label
        if category:
            found.append(_complaint(len(found) + 1, label, category, row))
    return found


def _placed(row: Fields, template: str) -> tuple[str, str]:
    """Group and category of a row. A row has a category: one that stands alone in the group's cell is it."""
    group, category = row.texts.get("group", ""), row.texts.get("category", "")
    if category or not category_index(template).find(group).entry:
        return group, category
    if not group_index(template).find(group).entry:
        return "", group
    return (group, group) if _has_counts(row) else (group, "")  # "Beröm" is the name of both


def _has_counts(row: Fields) -> bool:
    return any(row.texts.get(field) for field in COUNTS)


def _is_rest(last: Complaint, category: str, row: Fields, template: str) -> bool:
    """Whether the row holds only the rest of the row before it: no counts, no label of its own."""
    if _has_counts(row):
        return False
    if not category:
        return True
    return _completes(last.category_raw, category, category_index(template))


def _completes(start: str, rest: str, index: Index[Any]) -> bool:
    """Whether `rest` is no label of its own but makes a whole one of `start`."""
    if not start or index.exact(start) is not None:
        return False
    if index.find(rest).entry:
        return False
    if index.find(f"{start} {rest}").entry or index.begins(f"{start} {rest}"):
        return True
    return start.count("(") > start.count(")") and rest.count(")") > rest.count("(")


def _joined(last: Complaint, rest: str, row: Fields) -> Complaint:
    comment = f"{last.comment_raw} {row.texts.get('comment', '')}".strip()
    return replace(
        last,
        category_raw=f"{last.category_raw} {rest}".strip(),
        comment_raw=comment,
        comment_lines=last.comment_lines + row.comment_lines,
    )


def _complaint(position: int, group: str, category: str, row: Fields) -> Complaint:
    counts = {f"{field}_raw": row.texts.get(field, "") for field in COUNTS}
    return Complaint(
        position,
        group,
        category,
        **counts,
        comment_raw=row.texts.get("comment", ""),
        place=row.place,
        comment_lines=row.comment_lines,
    )
