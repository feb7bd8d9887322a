"""Tell a file that holds more than one report: a second cover, and the goals that follow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.errors import NotAReportError
from vbdata.extract.document import Block, Document, Heading, ListItem, Paragraph, Place, Table
from vbdata.extract.grammar import DATE
from vbdata.extract.recognise import CONTENTS, GoalHeading, goal_heading
from vbdata.parse.cover import CoverTitle, find_title
from vbdata.parse.records import Cover
from vbdata.parse.titles import KIND, title_of
from vbdata.vocabulary import key

#: Blocks before and after a second title where the rest of its cover may stand.
_NEAR = 14
#: So many goals that come again after a second title are another goal tree.
_AGAIN = 2
# Most lines of a report are prose, and need not be looked at twice.
_OF_TITLES = ("erksamhets", "ERKSAMHETS", "ertial", "ERTIAL")
_SHORT = ("VB ", "VP ", "T1 ", "T2 ")
_ROWS = 12
"""Rows of a table that a cover is laid out as."""
_LABELS = ("handlaggare", "tjansteutlatande", "dnr", "diarienummer", *CONTENTS)


def refuse_several(document: Document, cover: Cover) -> None:
    """Stop at a file with two reports: their rows would be told apart by nothing.

    Raises
    ------
    NotAReportError
        When a cover of another unit, year or kind stands after the goals of the first, and goals after it.
    """
    blocks = document.blocks
    goals = [(i, goal) for i, block in enumerate(blocks) if (goal := _goal(block))]
    if not goals:
        return
    contents = [f.place for f in document.furniture if f.kind == "contents"]
    for i in range(goals[0][0] + 1, goals[-1][0]):
        if not any(_may_be_title(text) and title_of(text) for text, _ in _lines(blocks[i])):
            continue
        title = find_title([line for block in blocks[max(i - 2, 0) : i + 4] for line in _lines(block)])
        if title and _is_another(title, cover) and _has_cover_or_tree(blocks, i, goals, contents):
            raise NotAReportError(
                f"filen innehåller två rapporter: ”{_named(cover.title_raw, cover.unit_name)}” "
                f"och ”{_named(title.raw, title.unit)}”",
                place=str(title.place) or None,
                hint="dela den i en fil per rapport",
            )


def _may_be_title(text: str) -> bool:
    return text.startswith(_SHORT) or any(part in text for part in _OF_TITLES)


def _goal(block: Block) -> GoalHeading | None:
    return goal_heading(block.text) if isinstance(block, Heading) else None


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


def _has_cover_or_tree(
    blocks: Sequence[Block],
    i: int,
    goals: Sequence[tuple[int, GoalHeading]],
    contents: Sequence[Place],
) -> bool:
    """Whether what a cover has stands beside a title, or goals from before it come again after it."""
    before = {_of(goal) for at, goal in goals if at < i}
    after = {_of(goal) for at, goal in goals if at > i}
    if len(before & after) >= min(_AGAIN, len(before)):
        return True
    near = blocks[max(i - _NEAR, goals[0][0]) : i + _NEAR]
    lines = [text for block in near for text, _ in _lines(block)]
    labels = {word for text in lines for word in _LABELS if _is_label(text, word)}
    labels |= {"till" for text in lines if key(text) == "till"} | {
        "date" for text in lines if DATE.match(text)
    }
    places = [(p.page or 0, p.line or 0) for p in contents]
    here = (blocks[i].place.page or 0, blocks[i].place.line or 0)
    until = next((blocks[at].place for at, _ in goals if at > i), blocks[-1].place)
    return len(labels) > 1 or any(here < place < (until.page or 0, until.line or 0) for place in places)


def _is_label(text: str, word: str) -> bool:
    return len(text) < 60 and key(text).startswith(word)


def _of(goal: GoalHeading) -> tuple[str, str]:
    return goal.level, goal.code or key(goal.title)


def _named(title: str, unit: str) -> str:
    return title if not unit or key(unit) in key(title) else f"{title}, {unit}"
