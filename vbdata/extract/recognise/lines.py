"""What any line may be by its words: a section's heading, an item of a list, an entry of the contents."""

from __future__ import annotations

import re
from functools import lru_cache

from vbdata.extract.grammar import YEAR
from vbdata.vocabulary import clean, key, section_index
from vbdata.vocabulary.entries import Section

SECTION_FLOOR = 90.0
#: Keys of the heading of a table of contents.
CONTENTS = frozenset({"innehallsforteckning", "innehall"})
_LEADER = re.compile(r"(?:\s*[.\u2026·_]{3,}\s*|\s*(?:\. ){3,}\.?\s*|\t\s*)(\d{1,3})?\s*$")
#: How the words before a page number end, where a leader may lead to it.
_LEADS = ("..", ". .", "\u2026.", "·.", "_.", "\u2026", "·", "_")
NOT_LETTER = re.compile(r"^[^\w]+|[^\w]+$")
# "+46", "08.123" are numbers.
_ITEM = re.compile(r"^\s*(?:[-–•·●▪◦*]|\+(?!\d)|(?!0)\d{1,2}[.)](?!\d))\s*(?=\S)")


def without_leader(text: str) -> tuple[str, int | None]:
    """A line of a table of contents as (words, page); page is missing where it has none.

    >>> without_leader("Investeringar.....28")
    ('Investeringar', 28)
    """
    words = text.rstrip().rstrip("0123456789").rstrip()
    found = _LEADER.search(text) if words.endswith(_LEADS) or "\t" in text[len(words) :] else None
    if not found:
        return text.strip(), None
    return text[: found.start()].strip(), int(found[1]) if found[1] else None


def keys(words: str) -> list[str]:
    """The key of each word."""
    return [each for word in words.split() if (each := key(word))]


@lru_cache(maxsize=4096)
def section_of(text: str, floor: float = SECTION_FLOOR) -> Section | None:
    """The section that a heading opens; a year after it does not matter."""
    if len(text) > 70:
        return None
    words = clean(text).rstrip(": ")
    if not words or words.endswith((".", "-", "–")) or not words[0].isupper():
        return None
    if exact := section_index().exact(words):
        return exact
    return section_index().find(YEAR.sub("", words).strip(), floor).entry


def is_list_item(text: str) -> bool:
    """Whether a line starts with a bullet or a number."""
    return not text[:1].isalpha() and bool(_ITEM.match(text))


def item_text(text: str) -> str:
    """A list item without its bullet."""
    return _ITEM.sub("", text, count=1).strip()
