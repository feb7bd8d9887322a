"""Tell a file that holds more than one report: a second cover, or goals that come again after a title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.errors import NotAReportError
from vbdata.extract.document import Block, Document, Heading, ListItem, Paragraph, Place, Table
from vbdata.extract.recognise import CONTENTS, goal_heading
from vbdata.parse.cover import CoverTitle, find_title
from vbdata.parse.records import Cover
from vbdata.parse.titles import KIND, title_of
from vbdata.vocabulary import key

#: So many goals that come again after a second title are another goal tree.
_AGAIN = 2
_NEAR, _LONGEST_LABEL = 14, 60
"""Blocks before and after a second title where the rest of its cover may stand, and letters of a label."""
_LABELS = ("handlaggare", "tjansteutlatande", "dnr", "diarienummer")
_ROWS = 12
"""Rows of a table that a cover is laid out as."""


def refuse_several(document: Document, cover: Cover) -> None:
    """Stop at a file with two reports: their rows would be told apart by nothing.

    Raises
    ------
    NotAReportError
        When a title of another unit, year or kind stands between goals, on a cover or before them again.
    """
    blocks = document.blocks
    goals = [(i, goal.level, goal.code or key(goal.title)) for i, block in enumerate(blocks)
             if isinstance(block, Heading) and (goal := goal_heading(block.text))]  # fmt: skip
    for i in range(goals[0][0] + 1, goals[-1][0]) if goals else ():
        if not any(title_of(text) for text, _ in _lines(blocks[i])):
            continue
        title = find_title([line for block in blocks[max(i - 2, 0) : i + 4] for line in _lines(block)])
        after = {(level, name) for at, level, name in goals if at > i}
        before = {(level, name) for at, level, name in goals if at < i}
        again = len(before & after) >= min(_AGAIN, len(before))
        if (
            title
            and _is_another(title, cover)
            and (again or _is_cover(blocks[max(i - _NEAR, 0) : i + _NEAR]))
        ):
            raise NotAReportError(
                f"filen innehåller två rapporter: ”{_named(cover.title_raw, cover.unit_name)}” "
                f"och ”{_named(title.raw, title.unit)}”",
                place=str(title.place) or None,
                hint="dela den i en fil per rapport",
            )


def _is_cover(blocks: Sequence[Block]) -> bool:
    """Whether two things stand in some blocks that only a cover has."""
    texts = {key(text) for block in blocks for text, _ in _lines(block) if len(text) < _LONGEST_LABEL}
    labels = [any(text.startswith(label) for text in texts) for label in (*_LABELS, *CONTENTS)]
    return sum(labels) + ("till" in texts) > 1


def _lines(block: Block) -> Iterator[tuple[str, Place]]:
    """A block's lines, as a cover may have them."""
    match block:
        case Paragraph() if block.lines:
            yield from ((line.text, line.place) for line in block.lines)
        case Heading() | Paragraph() | ListItem():
            yield block.text, block.place
        case Table() if len(block.rows) <= _ROWS:
            cells = ((cell.text, row.place) for row in block.rows for cell in row.cells)
            yield from ((text, where) for text, where in cells if KIND.search(text))


def _is_another(title: CoverTitle, cover: Cover) -> bool:
    """Whether a title is of another report than the cover's: another unit, year or kind."""
    other_unit = bool(title.unit) and key(title.unit) != key(cover.unit_name)
    other_year = title.year is not None and title.year != cover.year
    return other_unit or other_year or (title.kind is not None and title.kind != cover.kind)


def _named(title: str, unit: str) -> str:
    return title if not unit or key(unit) in key(title) else f"{title}, {unit}"
