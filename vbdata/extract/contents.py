"""A table of contents by what it is: headings with nothing between them, each of which comes again later.

Dot leaders and page numbers tell it where there are any; here is what tells it without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vbdata.extract.document import Block, Document, Furniture, Heading, ListItem, PageBreak, Paragraph
from vbdata.extract.recognise import CONTENTS, heads_a_goal, lacks_title, section_of, without_leader
from vbdata.vocabulary import key

#: Entries that must come again in the same order, where there are so many.
_COME_AGAIN = 3
_REACH = 400
"""Lines of a table of contents at most."""
_SAME_BEGINNING = 25
"""Letters of a key that two lines share where one of them wraps."""
_LONGEST = 200
_PAGE = re.compile(r"(?<=\D)\s+\d{1,3}\s*\|?\s*$")
_SENTENCE = re.compile(r"[.!?]\W*$")


def entry_key(text: str) -> str:
    """The words of an entry without its page number."""
    words = without_leader(text)[0]
    return key(_PAGE.sub("", words)[:_LONGEST])


def end_of_contents(texts: Sequence[str], start: int) -> int | None:
    """Where the contents end whose heading is line `start`: where their first entry comes again.

    None where it does not, or where the entries that follow it do not come again after it in their
    order, or where sentences stand among them.
    """
    lines = [i for i in range(start + 1, min(start + _REACH, len(texts))) if texts[i].strip()]
    for skipped, first in enumerate(lines[:2]):
        for at, end in enumerate(lines[skipped + 1 :], skipped + 1):
            if _same(texts[first], texts[end]) and _has_no_page(texts[end]):
                between = lines[skipped + 1 : at]
                if _may_be_entries(texts, between) and _come_again(texts, between, end):
                    return end
                break
    return None


def _same(entry: str, text: str) -> bool:
    one, other = entry_key(entry), entry_key(text)
    if not one or one == other:
        return bool(one)
    wraps = min(len(one), len(other)) >= _SAME_BEGINNING and not lacks_title(entry) and not lacks_title(text)
    return wraps and (one.startswith(other) or other.startswith(one))


def _has_no_page(text: str) -> bool:
    return without_leader(text)[1] is None


def _may_be_entries(texts: Sequence[str], between: Sequence[int]) -> bool:
    return not any(len(texts[i]) > _LONGEST or (_SENTENCE.search(texts[i]) and " " in texts[i].strip()
                   and without_leader(texts[i])[1] is None) for i in between)  # fmt: skip


def _come_again(texts: Sequence[str], between: Sequence[int], end: int) -> bool:
    """Whether the entries that are headings come again after the first one has."""
    entries = [texts[i] for i in between if heads_a_goal(_words(texts[i])) or section_of(_words(texts[i]))]
    wanted = entries[: _COME_AGAIN - 1]
    at = end + 1
    for entry in wanted:
        at = next((i for i in range(at, len(texts)) if _same(entry, texts[i])), -1) + 1
        if not at:
            return False
    return True


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
    end, seen = start, list[str]()
    while end < len(blocks) and _may_stand_in_contents(blocks[end]):
        words = _text(blocks[end])
        if words and any(_same(before, words) for before in seen):
            break
        if _is_entry(blocks[end]):
            seen.append(words)
        end += 1
    later = [_text(block) for block in blocks[end:] if _is_entry(block)]
    again = sum(any(_same(entry, text) for text in later) for entry in seen)
    return (start, end) if len(seen) >= _COME_AGAIN and again >= 0.8 * len(seen) else None


def _text(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph | ListItem) else ""


def _opens(block: Block) -> bool:
    return key(_text(block)) in CONTENTS


def _is_entry(block: Block) -> bool:
    words = _words(_text(block))
    return bool(words) and (heads_a_goal(words) or section_of(words) is not None)


def _may_stand_in_contents(block: Block) -> bool:
    if isinstance(block, PageBreak):
        return True
    words = _text(block)
    return bool(words) and len(words) <= _LONGEST and not _SENTENCE.search(words)
