"""Lines of running text as headings, statuses, list items and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vbdata.extract.document import Block, Heading, ListItem, Paragraph, StatusLine
from vbdata.extract.grammar import ends_sentence
from vbdata.extract.pdf.mending import Lexicon, joined
from vbdata.extract.pdf.printed import TextLine, shown
from vbdata.extract.recognise import (
    goal_heading,
    heading_of,
    is_list_item,
    item_text,
    lacks_title,
    section_of,
    status_words,
)

_SYMBOL_BULLET = re.compile(r"^[\uf000-\uf8ff§]\s+(?=\S)")
_GOAL_REST = 2
"""Lines of a goal's heading that may stand on the next page."""


@dataclass(frozen=True)
class Style:
    """How the document sets its text: height of its lines, and heading heights by depth."""

    body: float
    pitch: float
    right: float
    headings: tuple[float, ...] = ()

    def depth(self, height: float) -> int:
        near = min(range(len(self.headings)), key=lambda i: abs(self.headings[i] - height), default=0)
        return min(near + 1, 6)


def style_of(lines: Sequence[TextLine], body: float) -> Style:
    """Learn the usual distance of lines, the right margin and the sizes of headings."""
    own = [ln for ln in lines if abs(ln.height - body) < 0.06 * body]
    pitches = sorted(
        (b.middle - a.middle) / body
        for a, b in pairwise(own)
        if a.page == b.page and 0.7 * body < b.middle - a.middle < 2.2 * body
    )
    pitch = pitches[int(0.35 * len(pitches))] if pitches else 1.2
    ends = sorted(ln.x1 for ln in own)
    right = ends[int(0.97 * (len(ends) - 1))] if ends else 0.0
    sizes = sorted({round(ln.height * 2) / 2 for ln in lines if is_larger(ln, body)}, reverse=True)
    return Style(body, pitch, right, (*tuple(sizes), body))


def is_larger(line: TextLine, body: float) -> bool:
    """Whether a line is set in larger letters than the running text."""
    return line.height > 1.09 * body and any(c.isalpha() for c in line.text)


def paragraphs(lines: Sequence[TextLine], style: Style) -> list[list[TextLine]]:
    """Group following lines of one page into paragraphs."""
    groups: list[list[TextLine]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, style):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(group: list[TextLine], line: TextLine, style: Style) -> bool:
    last = group[-1]
    if last.page != line.page or line.middle <= last.middle:
        return False
    heading = _looks_like_heading(group[0], style)
    if (
        heading != (_looks_like_heading(line, style) or (heading and _is_rest_of(last, line)))
        or abs(last.height - line.height) > 0.08 * last.height
    ):
        return False
    if heading and last.bold != line.bold:
        return False
    pitch = (line.middle - last.middle) / max(last.height, 1.0)
    usual = (
        1.45 if heading or last.height > 1.08 * style.body else max(1.22 * style.pitch, style.pitch + 0.14)
    )
    if pitch > usual or status_words(last.text):
        return False
    if _starts_something(line, heading) and not _is_cited(group, line, style):
        return False
    if goal_heading(group[0].text):
        return not section_of(line.text, 100.0)
    if not heading and section_of(group[0].text, 100.0) and len(group) == 1 and _has_room(last, line, style):
        return False
    return not _has_room(last, line, style) or (heading and line.text[:1].islower())


def _is_cited(group: Sequence[TextLine], line: TextLine, style: Style) -> bool:
    """Whether a line that begins as a goal's heading is where a sentence that names the goal wrapped."""
    if goal_heading(line.text) is None or goal_heading(group[0].text) or _looks_like_heading(line, style):
        return False
    return not ends_sentence(group[-1].text) and not _has_room(group[-1], line, style)


def _is_rest_of(last: TextLine, line: TextLine) -> bool:
    """A year or another number that a heading's last line holds alone."""
    return last.bold == line.bold and not any(c.isalpha() for c in line.text)


def _has_room(last: TextLine, line: TextLine, style: Style) -> bool:
    """Whether the next line's first word would have stood on the line before: the writer broke it."""
    word = line.words[0]
    free = style.right - last.x1
    return free > (word.x1 - word.x0) + 0.8 * last.height


def _starts_something(line: TextLine, heading: bool) -> bool:
    text = line.text
    return bool(
        (not heading and (is_list_item(text) or _SYMBOL_BULLET.match(text)))
        or goal_heading(text)
        or status_words(text)
        or any(not m.icon.status for m in line.marks)
    )


def _looks_like_heading(line: TextLine, style: Style) -> bool:
    return is_larger(line, style.body) or (line.bold and any(c.isalpha() for c in line.text))


def blocks_of(group: list[TextLine], style: Style, lexicon: Lexicon) -> list[Block]:
    """The block that a paragraph's lines make, with an icon beside it where there is one."""
    first = group[0]
    text = joined(group, lexicon)
    if len(group) > 1 and lacks_title(first.text):
        text = heading_of([shown(first.text), joined(group[1:], lexicon)])
    icon = next((m.icon for p in group for m in p.marks if m.icon.status), None)
    if status_words(text):
        return [StatusLine(text, first.place, icon)]
    if len(group) > 1 and status_words(group[-1].text):
        return blocks_of(group[:-1], style, lexicon) + blocks_of(group[-1:], style, lexicon)
    if _is_heading(group, text, style):
        raw = " ".join(shown(line.text) for line in group)
        heading = Heading(text, first.place, style.depth(first.height), raw)
        return [heading, StatusLine("", first.place, icon)] if icon and goal_heading(text) else [heading]
    lines = tuple(p.printed for p in group)
    bullet = any(not m.icon.status and m.box[2] < first.x0 + 2 for m in first.marks)
    if is_list_item(text) or _SYMBOL_BULLET.match(text) or bullet:
        return [ListItem(_SYMBOL_BULLET.sub("", item_text(text)), first.place, lines)]
    return [Paragraph(text, first.place, lines)]


def _is_heading(group: list[TextLine], text: str, style: Style) -> bool:
    first = group[0]
    if goal_heading(text):
        return True
    if section_of(text, 100.0):
        return True
    if len(text) > 300 or not any(c.isalpha() for c in text):
        return False
    if is_larger(first, style.body):
        return len(group) <= 6
    bold = all(p.bold for p in group)
    return (
        bold
        and len(group) <= 4
        and len(text) <= 250
        and not text.endswith((".", ","))
        and not is_list_item(text)
    )


def _is_cut_goal(goal: Heading, following: Block) -> bool:
    """Whether a goal's heading goes on in what follows: nothing else there starts with a small letter.

    Its last words may look like a paragraph, as where they end in a full stop.
    """
    if isinstance(following, Heading):
        alike = following.depth == goal.depth
    else:
        alike = isinstance(following, Paragraph) and len(following.lines) <= _GOAL_REST
    if not alike or not isinstance(following, Heading | Paragraph) or ends_sentence(goal.text):
        return False
    text = following.text
    return text[:1].islower() and not section_of(text) and not status_words(text)


def crosses_page(last: Block, following: Block) -> bool:
    """Whether a paragraph, or the heading of a goal, goes on over the end of a page."""
    if isinstance(last, Heading) and goal_heading(last.text):
        return _is_cut_goal(last, following)
    if not isinstance(last, Paragraph | ListItem) or not isinstance(following, Paragraph):
        return False
    return not ends_sentence(last.text) and following.text[:1].islower()
