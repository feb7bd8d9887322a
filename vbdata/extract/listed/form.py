"""Rows of a listed complaint form: a known category, four cells of counts, and a comment."""

from __future__ import annotations

from collections.abc import Sequence

from vbdata.extract.document import Doubt, Row
from vbdata.extract.flowed.form import CELLS, by_column, totals_add_up
from vbdata.extract.furniture import place
from vbdata.extract.listed.cells import COUNT, CellText
from vbdata.extract.spaced.complaints import known_category, known_group
from vbdata.vocabulary import UNREAD

Part = tuple[str, CellText, list[str], str, bool]
"""Group, category, counts as they stand, and comment of a row; whether there are counts in the comment."""


def _is_group(text: str) -> bool:
    return bool(text and known_group(text))


def _is_category(text: str) -> bool:
    return bool(text and known_category(text))


def form_rows(
    cells: Sequence[CellText], *, empty: bool, scattered: bool, doubts: list[Doubt]
) -> tuple[list[Row], int]:
    """Category rows, and the line after the form.

    Where cells are `scattered`, a row without counts beside it may have some elsewhere.
    """
    parts: list[Part] = []
    i = after = 0
    while i < len(cells):
        step = _part(cells, i, empty, parts)
        if step > i:
            after = cells[step - 1].after
        i = max(step, i + 1)
    if not empty and any(stray for *_, stray in parts):
        detail = "Blankettens antal står inte vid sina rader i texten, så de är utelämnade."
        doubts.append(Doubt("columns_uncertain", detail, place(cells[0].line)))
        return [_unread(part) for part in parts], after
    counts = [[count for count in part[2] if count] for part in parts]
    loose = [each for each, part in zip(counts, parts, strict=True) if not _whole(part[2], empty)]
    totals = totals_add_up(loose)
    rows = [
        _unread(part) if scattered and not any(part[2]) else _row(part, empty, totals, doubts)
        for part in parts
    ]
    return rows, after


def _whole(counts: Sequence[str], empty: bool) -> bool:
    """Whether empty cells are among the counts, so that each count's column is known."""
    return empty and len(counts) == CELLS


def _part(cells: Sequence[CellText], i: int, empty: bool, parts: list[Part]) -> int:
    """Takes the row that starts at a cell; where the next one may start, `i` where none does."""
    group = ""
    at = i
    if _is_group(cells[at].text) and at + 1 < len(cells) and _is_category(cells[at + 1].text):
        group, at = cells[at].text, at + 1
    if not _is_category(cells[at].text):
        return i
    end = at + 1
    while end < len(cells) and end - at <= CELLS and COUNT.fullmatch(cells[end].text):
        if not empty and not cells[end].text:
            break
        end += 1
    counts = [cell.text for cell in cells[at + 1 : end]]
    comment: list[str] = []
    while end < len(cells) and not _starts(cells, end):
        comment.append(cells[end].text)
        end += 1
    stray = any(text and COUNT.fullmatch(text) for text in comment)
    parts.append((group, cells[at], counts, " ".join(filter(None, comment)), stray))
    return end


def _starts(cells: Sequence[CellText], i: int) -> bool:
    """Whether a row starts at a cell: its category, or its group and that."""
    after = cells[i + 1].text if i + 1 < len(cells) else ""
    if _is_group(cells[i].text) and _is_category(after):
        return True
    return _is_category(cells[i].text) and bool(
        COUNT.fullmatch(after) or _is_category(after) or _is_group(after)
    )


def _row(part: Part, empty: bool, totals: bool, doubts: list[Doubt]) -> Row:
    group, category, counts, comment, _ = part
    where = place(category.line)
    if not _whole(counts, empty):
        counts = by_column(category.text, [c for c in counts if c], totals, where, doubts)
    return Row.of((group, category.text, *counts, comment), where)


def _unread(part: Part) -> Row:
    """A row of a form whose counts stand elsewhere."""
    group, category, *_ = part
    return Row.of((group, category.text, *[UNREAD] * CELLS, ""), place(category.line))
