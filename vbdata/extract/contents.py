"""A table of contents by what it is: headings with nothing between them, each of which comes again later.

Dot leaders and page numbers tell it, too, where there are any.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vbdata.extract.decode import Line
from vbdata.extract.document import Document, Furniture, Heading, ListItem, Paragraph
from vbdata.extract.furniture import place
from vbdata.extract.grammar import ends_sentence
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import (
    CONTENTS,
    goal_heading,
    heads_a_goal,
    item_text,
    lacks_title,
    section_of,
    status_words,
    without_leader,
)
from vbdata.vocabulary import key

_COME_AGAIN = 2
"""Entries that must come again in the same order, beside the first one."""
_HEADED, _REACH, _WITHOUT_PAGE = 600, 400, 6
"""Lines among which the contents begin, lines of them, and entries without a page in a row, at most."""
_SAME_BEGINNING = 25
"""Letters of a key that two lines share where one of them wraps."""
_LONGEST, _SHORT = 200, 20
"""Letters of an entry at most, and of the first line of one that wraps at least."""
_WRAPS = 3
"""Lines of an entry over the one with its page."""
_PAGE = re.compile(r"(?<=\D)\s+(\d{1,3})\s*\|?\s*$|^(\d{1,3})$")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\s+(?=\D)")
"""An entry's number in the outline, which its heading may lack."""
_LED = re.compile(r"[.\u2026_]{3,}\s*\d{1,3}\s*$")
_LEADER_GOES_ON = (".....", "\u2026\u2026", "_____")
"""The end of a dot leader that wraps, as in a text browser: its page number is on a later line."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line's words, their key and page; whether a leader ends it; whether it may begin a longer one."""

    words: str
    key: str
    page: int | None
    led: bool
    wraps: bool

    @property
    def heads(self) -> bool:
        """Whether it is a heading of a goal or a section."""
        return heads_a_goal(self.words) or section_of(self.words) is not None


@lru_cache(maxsize=4096)
def _entry(text: str) -> _Entry:
    bare, page = without_leader(text)
    if len(bare) > _LONGEST:
        return _Entry("", "", None, led=False, wraps=False)
    if page is None and (found := _PAGE.search(bare)):
        page = int(found[1] or found[2])
    words = _NUMBERED.sub("", _PAGE.sub("", item_text(bare)))
    letters = key(words)
    wraps = len(letters) >= _SAME_BEGINNING and not lacks_title(words)
    return _Entry(words, letters, page, bare != text.strip(), wraps)


def strip_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """Lines without the table of contents, which repeats every goal heading.

    It starts at its heading and ends where its first entry comes again, or at its last page number; without
    a heading, its lines are known by their dot leaders and page numbers.
    """
    texts = [unmark(line.text).text for line in lines]
    gone = _headed(texts) | _led_lines(texts)
    furniture = [Furniture("contents", texts[i], place(lines[i])) for i in sorted(gone) if texts[i]]
    kept: list[Line] = []
    for i, line in enumerate(lines):
        if i not in gone:
            kept.append(line)
        elif i - 1 not in gone:  # what stands before the contents and what comes after are no paragraph
            kept.append(Line(line.number, "", line.page))
    return kept, furniture


def without_contents(document: Document) -> Document:
    """The document with contents whose lines are blocks of their own among its furniture."""
    texts = [
        each.text if isinstance(each, Heading | Paragraph | ListItem) else "" for each in document.blocks
    ]
    gone = _headed(texts) | {i for i, text in enumerate(texts) if _LED.search(text)}
    if not gone:
        return document
    taken = [Furniture("contents", texts[i], document.blocks[i].place) for i in sorted(gone) if texts[i]]
    blocks = tuple(block for i, block in enumerate(document.blocks) if i not in gone)
    return replace(document, blocks=blocks, furniture=(*document.furniture, *taken))


def _headed(texts: Sequence[str]) -> set[int]:
    """Lines from the contents' heading to where its first entry comes again, or to its last page number."""
    start = next((i for i, text in enumerate(texts[:_HEADED]) if _heads_contents(text)), None)
    if start is None:
        starts = (i for i, text in enumerate(texts[:_HEADED]) if _entry(text).heads)
        bare = ((first, _end_of_contents(texts, first - 1, bare=True)) for first in starts)
        return next((set(range(first, end)) for first, end in bare if end), set())
    if end := _end_of_contents(texts, start):
        return set(range(start, end))
    seen, without = start, 0
    for i in range(start + 1, min(start + _REACH, len(texts))):
        if not texts[i] or texts[i].endswith(_LEADER_GOES_ON):
            continue
        without = without + 1 if _entry(texts[i]).page is None else 0
        if without > _WITHOUT_PAGE:
            break
        seen = seen if without else i
    return set(range(start, seen + 1))


def _heads_contents(text: str) -> bool:
    """Whether a line is the heading of the contents, be it with the first entry after it."""
    begins = key(text.partition(" ")[0]) in CONTENTS
    return begins and (key(text) in CONTENTS or _entry(text).page is not None)


def _end_of_contents(texts: Sequence[str], start: int, *, bare: bool = False) -> int | None:
    """Where the contents end whose heading is line `start`: where their first entry comes again.

    None where it does not come again, or where the entries that follow it do not come again after it in
    their order, or where sentences stand among them; where no heading tells that they are contents (`bare`),
    anything but headings.
    """
    near = [i for i in range(start + 1, min(start + _REACH, len(texts))) if texts[i]]
    for skipped in range(min(2, len(near))):
        between: list[_Entry] = []
        first = _entry(texts[near[skipped]])
        for i in near[skipped + 1 :]:
            found = _entry(texts[i])
            if _same(first, found) and not found.led:
                if (not bare or len(between) >= _COME_AGAIN) and _come_again(between, texts[i + 1 :]):
                    return i
                break
            sentence = not found.words or (" " in found.words and ends_sentence(texts[i]))
            if not found.heads if bare else sentence and not found.led:
                break
            between.append(found)
    return None


def _same(one: _Entry, other: _Entry) -> bool:
    if one.key == other.key:
        return bool(one.key)
    wrap = one.wraps and other.wraps
    return wrap and (one.key.startswith(other.key) or other.key.startswith(one.key))


def _come_again(between: Sequence[_Entry], texts: Sequence[str]) -> bool:
    """Whether the entries that are headings come again, in their order, after the first one has."""
    headings = [each for each in between if each.heads]
    later = (_entry(text) for text in texts if text)
    return all(any(_same(entry, each) for each in later) for entry in headings[:_COME_AGAIN])


def _led_lines(texts: Sequence[str]) -> set[int]:
    """Lines that end in dot leader and page number, with the lines that they wrap over."""
    found: set[int] = set()
    for i, text in enumerate(texts):
        if not text[-1:].isdecimal() or not _LED.search(text):
            continue
        found.add(i)
        for j in range(i - 1, max(i - 1 - _WRAPS, -1), -1) if _entry(text).words else ():
            above = texts[j]
            if j in found or status_words(above) or len(above) < _SHORT or key(above) in CONTENTS:
                break
            found.add(j)
            if goal_heading(above) or section_of(above):
                break
    return found
