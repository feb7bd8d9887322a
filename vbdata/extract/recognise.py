"""Tell headings, statuses and list items by their words; shared by every reader and by parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from vbdata.vocabulary import clean, council_goals, key, level_index, section_index, status_index
from vbdata.vocabulary.tables import CouncilGoal, Level, Section, Status

#: Similarity that a level's prefix needs; "Nämndmal", "Enhets mål", "KFs inriktningsmål" pass.
PREFIX_FLOOR = 84.0
STATUS_FLOOR = 86.0
SECTION_FLOOR = 90.0

#: Keys of the heading of a table of contents.
CONTENTS = frozenset({"innehallsforteckning", "innehall"})

_LEADER = re.compile(r"(?:\s*[.\u2026·_]{3,}\s*|\s*(?:\. ){3,}\.?\s*|\t\s*)(\d{1,3})?\s*$")
_CODE = re.compile(r"^(\d(?:\s?[.,]\s?\d{1,2})?)\s*[.:)]?\s+(?=\S)(.*)$", re.S)
_NUMBERED = re.compile(r"^(\D{8,60}?)[\s:.]\s*(\d(?:\.\d{1,2})?\.?\s+\S.*)$", re.S)
_COLON = re.compile("[:;]")
# Most lines of a report are prose: a goal heading has a colon, or a council goal's number, early on.
_MAY_BE_GOAL = re.compile(r"[:;]|\d[.\s]")
_NOT_LETTER = re.compile(r"^[^\w]+|[^\w]+$")
_STATUS_LABEL = re.compile(r"^(?:status|bedömning|måluppfyllelse|uppfyllelse)\s*[:–-]\s*", re.I)
_ITEM = re.compile(r"^\s*(?:[-–•·●▪◦*+]|\d{1,2}[.)])\s*(?=\S)")
_YEAR = re.compile(r"\s+20\d\d$")


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """A goal heading taken apart: level code, council code ("1.3") or nothing, and title."""

    level: str
    code: str | None
    title: str


def without_leader(text: str) -> tuple[str, int | None]:
    """A line of a table of contents as (words, page); page is missing where it has none.

    >>> without_leader("Investeringar.....28")
    ('Investeringar', 28)
    """
    found = _LEADER.search(text)
    if not found:
        return text.strip(), None
    return text[: found.start()].strip(), int(found[1]) if found[1] else None


@lru_cache(maxsize=4096)
def goal_heading(text: str) -> GoalHeading | None:
    """What level and title a goal heading has; None for any other text.

    Examples
    --------
    >>> goal_heading("KF:s mål för verksamhetsområdet: 1.3 Staden ska ge stöd")
    GoalHeading(level='area', code='1.3', title='Staden ska ge stöd')
    >>> goal_heading("Nämndmål: Verksamheterna är klimatsmarta").level
    'board'
    >>> goal_heading("Enhetsmålet är uppnått: se nedan")
    """
    if not _MAY_BE_GOAL.search(text[:100]):
        return None
    text = " ".join(text.split())
    for mark in _COLON.finditer(text[:80]):
        if level := _level(text[: mark.start()]):
            return _heading(level, text[mark.end() :])
    found = _NUMBERED.match(text[:400])
    if found and (level := _level(found[1])) and level.rank <= 2:
        return _heading(level, text[found.start(2) :])
    return None


def _level(prefix: str) -> Level | None:
    prefix = _NOT_LETTER.sub("", prefix)
    if not 6 <= len(prefix) <= 60:
        return None
    return level_index().find(prefix, PREFIX_FLOOR).entry


def _heading(level: Level, rest: str) -> GoalHeading | None:
    rest = rest.strip(" *_:")
    if level.rank > 2:
        return GoalHeading(level.code, None, rest) if rest else None
    found = _CODE.match(rest)
    if not found:
        return GoalHeading(level.code, None, rest) if rest else None
    code = re.sub(r"\s", "", found[1]).replace(",", ".").rstrip(".")
    return GoalHeading(level.code, code, found[2].strip())


def bare_council_goal(text: str) -> CouncilGoal | None:
    """A council goal printed without its prefix ("1.3 Stockholms stad ska …"), by code and words."""
    found = _CODE.match(" ".join(text.split()))
    if not found:
        return None
    code, wanted = found[1].rstrip("."), key(found[2])
    return next((g for g in council_goals() if g.code == code and key(g.title) == wanted), None)


@lru_cache(maxsize=4096)
def section_of(text: str, floor: float = SECTION_FLOOR) -> Section | None:
    """The section that a heading opens; a year after it does not matter."""
    if len(text) > 70:
        return None
    words = clean(text).rstrip(": ")
    if not words or words.endswith(".") or not words[0].isupper():
        return None
    return section_index().exact(words) or section_index().find(_YEAR.sub("", words), floor).entry


@lru_cache(maxsize=4096)
def status_words(text: str) -> str | None:
    """The words of a line that holds a status and nothing else but an icon or bullet.

    >>> status_words("● Uppfylls helt"), status_words("— Inga data"), status_words("Inga data finns")
    ('Uppfylls helt', 'Inga data', None)
    """
    if len(text) > 80:
        return None
    words = without_leader(clean(text))[0]
    words = _NOT_LETTER.sub("", _STATUS_LABEL.sub("", _NOT_LETTER.sub("", words)))
    return words if words and status_of(words) else None


def status_of(words: str) -> Status | None:
    """The status that the words mean; short ones ("Ingen") only to the letter."""
    index = status_index()
    return index.exact(words) if len(words) < 9 else index.find(words, STATUS_FLOOR).entry


def status_within(text: str) -> str | None:
    """Status words at the start of a line that goes on with a few other words."""
    words = _NOT_LETTER.sub("", clean(text)).split()
    if len(words) > 12:
        return None
    for count in (1, 2, 3):
        start, rest = " ".join(words[:count]), " ".join(words[count:])
        if not rest:
            return None
        sure = _is_heading_word(rest) and status_of(start)
        if sure or (count > 1 and status_index().exact(start)):
            return start
    return None


def _is_heading_word(text: str) -> bool:
    return key(text) in CONTENTS or section_of(text) is not None


def is_list_item(text: str) -> bool:
    """Whether a line starts with a bullet or a number."""
    return not text[:1].isalpha() and bool(_ITEM.match(text))


def item_text(text: str) -> str:
    """A list item without its bullet."""
    return _ITEM.sub("", text, count=1).strip()
