"""Goal headings and statuses that only what stands next to them can tell, in blocks of any format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vbdata.extract.decode import Line
from vbdata.extract.document import (
    Block,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    StatusLine,
    Table,
    printed,
)
from vbdata.extract.grammar import heads_analysis
from vbdata.extract.headers import has_cells
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import (
    goal_heading,
    heading_of,
    heads_a_goal,
    known_codes,
    lacks_title,
    section_of,
    status_words,
    unknown_level,
    unknown_status,
    with_title,
)
from vbdata.vocabulary import key

#: A title is no longer than this, and a heading outside the vocabulary ends in no full stop.
LONGEST_TITLE = 300
_FRAME = 2
"""Cells of a frame that may hold a heading."""
_NEAR = 3


def settled(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with each goal's heading whole and its status a status.

    A level's word alone takes the title below it; a paragraph in the form of a goal's heading, of a
    level that is not known, is a heading; what stands alone right under a heading and says how the
    goal went is a status, known or not.
    """
    done: list[Block] = []
    waiting = list(reversed(blocks))
    while waiting:
        block = _in_frame(waiting.pop())
        following = waiting[-1] if waiting else None
        if (whole := _with_title(block, following)) is not None:
            waiting[-1] = whole
            continue
        done.append(_as_heading(block, done, following) or _as_status(block, done, following) or block)
    return done


def _in_frame(block: Block) -> Block:
    """A goal's heading in a frame, or its label and title, or title and status, in two, as a heading."""
    if not isinstance(block, Table) or block.columns or len(block.rows) != 1:
        return block
    texts = [text for text in block.rows[0].texts if text]
    text = heading_of(texts) if 0 < len(texts) <= _FRAME else ""
    goal = goal_heading(text)
    named = goal is not None and " " in goal.title and may_be_title(goal.title)
    return Heading(text, block.place, None, text) if named else block


def _with_title(block: Block, following: Block | None) -> Heading | None:
    """A heading that is a level's word, or the beginning of one, with what stands in the block below."""
    if not isinstance(block, Heading | Paragraph | ListItem):
        return None
    if isinstance(following, ListItem) and lacks_title(block.text):
        return _numbered(block, " ".join(line.text for line in printed(following)))
    if not isinstance(following, Heading | Paragraph):
        return None
    if isinstance(block, Heading) and goal_heading(block.text) and not lacks_title(block.text):
        return _with_end(block, following)
    if not lacks_title(block.text) or not may_be_title(following.text):
        return None
    text = with_title(block.text, following.text)
    return _headed(block, text) if text else None


def _numbered(label: Block, item: str) -> Heading | None:
    """A council goal whose number makes its title an item of a list."""
    text = with_title(label.text, item) if isinstance(label, Heading | Paragraph) else None
    goal = goal_heading(text) if text else None
    return _headed(label, text) if text and goal and goal.code else None


def _headed(label: Block, text: str) -> Heading:
    depth = label.depth if isinstance(label, Heading) else None
    return Heading(text, label.place, depth, text)


def _with_end(goal: Heading, following: Heading | Paragraph) -> Heading | None:
    """A goal's heading with the end of its title: one in small letters, or what makes it a known one."""
    whole = f"{goal.text} {following.text}"
    goes_on = isinstance(following, Heading) and following.text[:1].islower()
    if is_whole(goal.text) or not (is_whole(whole) or (goes_on and not status_words(following.text))):
        return None
    return replace(goal, text=whole)


def is_whole(heading: str) -> bool:
    """Whether all of a council goal's title, which is known, is there."""
    goal = goal_heading(heading)
    if not goal or not goal.code:
        return False
    return goal.code in known_codes().get(key(goal.title), ())


def may_be_title(text: str) -> bool:
    """Whether words may be a goal's title: they are no other heading, no status and no whole sentences."""
    return not (
        status_words(text)
        or section_of(text)
        or len(text) > LONGEST_TITLE
        or text.rstrip().endswith((".", ":"))
    )


def may_head_unknown(text: str) -> bool:
    """Whether words may be the heading of a goal of a level that is not known."""
    return unknown_level(text) is not None and may_be_title(text)


def _as_heading(block: Block, done: Sequence[Block], following: Block | None) -> Heading | None:
    """A paragraph that has the form of a goal's heading, under a level that is not known."""
    if not isinstance(block, Paragraph) or not may_head_unknown(block.text):
        return None
    beside = [each for each in (done[-1] if done else None, following) if isinstance(each, Paragraph)]
    others = [*(line.text for line in block.lines[1:]), *(each.text for each in beside)]
    listed = any(is_same_unknown_level(block.text, other) for other in others)
    return None if listed else Heading(block.text, block.place, None, block.text)


def is_same_unknown_level(text: str, other: str) -> bool:
    """Whether two lines name the same unknown level: one of several such in a row heads nothing."""
    one, another = unknown_level(text), unknown_level(other)
    return one is not None and another is not None and one.level == another.level


def _as_status(block: Block, done: Sequence[Block], following: Block | None) -> StatusLine | None:
    if not isinstance(block, Heading | Paragraph | ListItem) or not _is_under_goal(done):
        return None
    if isinstance(block, Paragraph) and len(block.lines) > 1:
        return None
    if isinstance(block, ListItem) and isinstance(following, ListItem):
        return None
    text = f"● {block.text}" if isinstance(block, ListItem) else block.text
    return StatusLine(block.text, block.place) if unknown_status(text) else None


def _is_under_goal(done: Sequence[Block]) -> bool:
    last = next((block for block in reversed(done) if not isinstance(block, PageBreak)), None)
    return isinstance(last, Heading) and heads_a_goal(last.text)


def ends_table(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a heading, a status, or cells: a table whose cells nothing parts ends there.

    Some texts under Analys only repeat the goal's status.
    """
    line = lines[i]
    if line.blank:
        return False
    marked = unmark(line.text)
    if has_cells(line.text) or (marked.depth and not heads_analysis(marked.text)):
        return True
    if (i == 0 or lines[i - 1].blank) and lacks_title(marked.text):
        return True
    before = next((each.text for each in reversed(lines[max(i - _NEAR, 0) : i]) if not each.blank), "")
    return is_heading(marked.text) and not (status_words(marked.text) and heads_analysis(before))


def is_heading(text: str) -> bool:
    """Whether a line is a goal's or a section's heading, or a status; "Analys" stands in tables, too.

    A status has a capital: the last line of a name may be a word such as "ingen".
    """
    if section := section_of(text, 100.0):
        return section.code not in ("analysis", "complaints")
    return heads_a_goal(text) or (bool(status_words(text)) and not text[:1].islower())
