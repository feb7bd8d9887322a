"""The complaint form: whose group a row is in, labels that a page break cut, cells beside their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vbdata.parse.records import Complaint
from vbdata.parse.rows import Fields
from vbdata.vocabulary import category_index, group_index, groups

COUNT_FIELDS = ("t1", "t2", "vb", "total")


def template_of(rows: Sequence[Fields], headed: str | None) -> str | None:
    """The year of the form, told by its groups and categories, then by its header."""
    templates = sorted({g.template for g in groups()}, reverse=True)
    scores = {template: sum(_known(row, template) for row in rows) for template in templates}
    best = max(templates, key=lambda template: (scores[template], template == headed))
    return best if scores[best] else headed


def _known(row: Fields, template: str) -> int:
    group, category = row.texts.get("group", ""), row.texts.get("category", "")
    return 3 * (bool(group) and group in group_index(template)) + (bool(category) and category in category_index(template))


def resolve(rows: Sequence[Fields], template: str) -> Iterator[Complaint]:
    """Records of the form's rows, each with its group; what a page break cut is joined."""
    group = ""
    found: list[Complaint] = []
    for row in rows:
        group_text, category = _placed(row, template)
        if found and _is_rest_of_row(found[-1], group_text, category, row, template):
            found[-1], group = _joined(found[-1], group, group_text, category, row)
            continue
        if group_text:
            group = group_text
        if not category:
            continue
        found.append(_complaint(len(found) + 1, group, category, row))
        found[-1] = _told_by_category(found, template)
        group = found[-1].group_raw
    yield from found


def _placed(row: Fields, template: str) -> tuple[str, str]:
    """Group and category of a row; a category that stands in the group's column is moved."""
    group, category = row.texts.get("group", ""), row.texts.get("category", "")
    if group and not category:
        in_categories = category_index(template).find(group).entry
        in_groups = group_index(template).find(group).entry
        if in_categories and not in_groups:
            return "", group
        if in_groups and in_categories and any(row.texts.get(f) for f in COUNT_FIELDS):
            return group, group  # "Beröm" is the name of both
    return group, category


def _is_rest_of_row(last: Complaint, group: str, category: str, row: Fields, template: str) -> bool:
    """Whether the row holds only the rest of labels that were cut: no counts, no label of its own."""
    if any(row.texts.get(f) for f in COUNT_FIELDS):
        return False
    rest_of_category = bool(category) and _completes(last.category_raw, category, category_index(template))
    rest_of_group = bool(group) and _completes(last.group_raw, group, group_index(template))
    return (rest_of_category and (not group or rest_of_group)) or (rest_of_group and not category)


def _completes(start: str, rest: str, index: object) -> bool:
    from vbdata.vocabulary import Index

    if not isinstance(index, Index) or index.find(rest).entry:
        return False
    whole = index.find(f"{start} {rest}").entry or index.find(start.rstrip("-") + rest).entry
    if whole and index.exact(start) is None:
        return True
    return start.count("(") > start.count(")") and rest.count(")") > rest.count("(")


def _joined(last: Complaint, group: str, group_rest: str, rest: str, row: Fields) -> tuple[Complaint, str]:
    whole_group = f"{last.group_raw} {group_rest}".strip() if group_rest else last.group_raw
    comment = f"{last.comment_raw} {row.texts.get('comment', '')}".strip()
    category = f"{last.category_raw} {rest}".strip()
    return replace(last, group_raw=whole_group, category_raw=category, comment_raw=comment), whole_group


def _complaint(position: int, group: str, category: str, row: Fields) -> Complaint:
    counts = {f"{f}_raw": row.texts.get(f, "") for f in COUNT_FIELDS}
    return Complaint(position, group, category, **counts, comment_raw=row.texts.get("comment", ""), place=row.place)


def _told_by_category(found: Sequence[Complaint], template: str) -> Complaint:
    """A row whose group label is lost or half: the group whose form has the category next."""
    row = found[-1]
    known = group_index(template).find(row.group_raw).entry
    if known and category_index(template, known.group).find(row.category_raw).entry:
        return row
    if not category_index(template).find(row.category_raw).entry:
        return row
    owners = [g for g in groups() if g.template == template
              and category_index(template, g.group).find(row.category_raw).entry]
    if known is None and row.group_raw:
        starts = [g for g in owners if _starts(g.group, row.group_raw)]
        return replace(row, group_raw=starts[0].group) if False and len(starts) == 1 else row
    if len(owners) == 1:
        return replace(row, group_raw=owners[0].group)
    return row


def _starts(whole: str, part: str) -> bool:
    return re.sub(r"\W", "", whole).casefold().startswith(re.sub(r"\W", "", part).casefold())
