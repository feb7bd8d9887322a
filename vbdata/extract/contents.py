"""A table of contents by what it is: headings with nothing between them, each of which comes again later.

Dot leaders and page numbers tell it where there are any; here is what tells it without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from vbdata.extract.document import Block, Document, Furniture, Heading, ListItem, PageBreak, Paragraph
from vbdata.extract.recognise import CONTENTS, heads_a_goal, lacks_title, section_of, without_leader
from vbdata.vocabulary import key

#: Entries that must come again in the same order, where there are so many.
_COME_AGAIN = 3
_MOST = 0.8
"""Part of the entries that must come again: a section without text may be left out."""
_REACH = 400
"""Lines of a table of contents at most."""
_SAME_BEGINNING = 25
"""Letters of a key that two lines share where one of them wraps."""
_LONGEST = 200
_PAGE = re.compile(r"(?<=\D)\s+\d{1,3}\s*\|?\s*$")
_SENTENCE = re.compile(r"[.!?]\W*$")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line's words as a key; whether a leader or page number ends it; whether it may begin a longer one."""

    words: str
    led: bool
    wraps: bool


@lru_cache(maxsize=4096)
def _entry(text: str) -> _Entry:
    if len(text) > _LONGEST:
        return _Entry("", led=False, wraps=False)
    bare, _ = without_leader(text)
    words = _PAGE.sub("", bare)
    found = key(words)
    return _Entry(found, bare != text.strip(), len(found) >= _SAME_BEGINNING and not lacks_title(words))


def end_of_contents(lines: Sequence[str], start: int, plain: Callable[[str], str] = str) -> int | None:
    """Where the contents end whose heading is line `start`: where their first entry comes again.

    `plain` takes the mark-up off a line; only the lines that are looked at need it. None where it does
    not come again, or where the entries that follow it do not come again after it in their order, or
    where sentences stand among them.
    """
    near = [i for i in range(start + 1, min(start + _REACH, len(lines))) if lines[i].strip()]
    for skipped in range(min(2, len(near))):
        between: list[str] = []
        first = _entry(plain(lines[near[skipped]]))
        for i in near[skipped + 1 :]:
            text = plain(lines[i])
            if _same(first, found := _entry(text)) and not found.led:
                if _come_again(between, lines[i + 1 :], plain):
                    return i
                break
            if not _may_be_entry(text):
                break
            between.append(text)
    return None


def _same(one: _Entry, other: _Entry) -> bool:
    if one.words == other.words:
        return bool(one.words)
    wrap = one.wraps and other.wraps
    return wrap and (one.words.startswith(other.words) or other.words.startswith(one.words))


def _may_be_entry(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    return _entry(text).led or not (_SENTENCE.search(text) and " " in text.strip())


def _come_again(between: Sequence[str], lines: Sequence[str], plain: Callable[[str], str]) -> bool:
    """Whether the entries that are headings come again, in their order, after the first one has."""
    headings = [text for text in between if heads_a_goal(_words(text)) or section_of(_words(text))]
    later = (_entry(plain(line)) for line in lines if line.strip() and len(line) <= _LONGEST)
    return all(any(_same(_entry(text), each) for each in later) for text in headings[: _COME_AGAIN - 1])


def _words(text: str) -> str:
    return _PAGE.sub("", without_leader(text)[0])


def without_contents(document: Document) -> Document:
    """The document with contents that no leader or page number told among its furniture."""
    found = _run_of_entries(document.blocks)
    if not found:
        return document
    start, end = found
    gone = [
        Furniture("contents", block.text, block.place)
        for block in document.blocks[start:end]
        if isinstance(block, Heading | Paragraph | ListItem)
    ]
    blocks = (*document.blocks[:start], *document.blocks[end:])
    return replace(document, blocks=blocks, furniture=(*document.furniture, *gone))


def _run_of_entries(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """From where to where headings stand with nothing between them before the same headings come again."""
    start = next((i for i, block in enumerate(blocks) if _is_entry(block) or _opens(block)), None)
    if start is None:
        return None
    end, seen = start, list[_Entry]()
    while end < len(blocks) and _may_stand_in_contents(blocks[end]):
        words = _text(blocks[end])
        if words and any(_same(before, _entry(words)) for before in seen):
            break
        if _is_entry(blocks[end]):
            seen.append(_entry(words))
        end += 1
    if len(seen) < _COME_AGAIN:
        return None
    later = [_entry(_text(block)) for block in blocks[end:] if _is_entry(block)]
    again = sum(any(_same(entry, each) for each in later) for entry in seen)
    return (start, end) if again >= _MOST * len(seen) else None


def _text(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph | ListItem) else ""


def _opens(block: Block) -> bool:
    return key(_text(block)) in CONTENTS


def _is_entry(block: Block) -> bool:
    text = _text(block)
    words = _words(text) if 0 < len(text) <= _LONGEST else ""
    return bool(words) and (heads_a_goal(words) or section_of(words) is not None)


def _may_stand_in_contents(block: Block) -> bool:
    if isinstance(block, PageBreak):
        return True
    words = _text(block)
    return bool(words) and len(words) <= _LONGEST and not _SENTENCE.search(words)
