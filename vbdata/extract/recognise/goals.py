"""Headings of goals: a level's label, numbers, and a title; one grammar for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from vbdata.extract.labels import keys_of
from vbdata.extract.recognise.lines import NOT_LETTER, keys, section_of
from vbdata.extract.recognise.statuses import status_words
from vbdata.vocabulary import council_goals, key, level_index, levels
from vbdata.vocabulary.entries import Level

#: Similarity that a level's prefix needs; "Nämndmal", "Enhets mål", "KFs inriktningsmål" pass.
PREFIX_FLOOR = 84.0
_CODE = re.compile(r"^(\d(?:\s?[.,]\s?\d{1,2})?)\s*[.:)]?\s+(?=\S)(.*)$", re.S)
# What a level's label ends in; its sign comes first in the pattern, as most lines of a report are prose.
_SEPARATOR = re.compile(
    r"[:;.)\s–—-](?:(?<=[:;])|(?<=\s[–—-])[–—-]*(?=\s*\S)|(?<=[–—-])(?=\s)"
    r"|(?<=[\dA-Z][.)])(?=\s+[A-ZÅÄÖ])|(?<=[\dA-Z]\s)(?=\s*[A-ZÅÄÖ]))"
)
#: A label may have a list's mark, Word's "o" or a number before it, and a number after it.
_LABEL = re.compile(
    r"^\W*(?:o\s+)?(?:\(?(?P<before>\d{1,2}(?:[.,]\d{1,2})*|[A-Za-z](?=[.)]))[.):]*\s+)?(?P<label>[^\W\d].*?)"
    r"(?:(?:\s+(?:nr\.?|nummer|no\.?))?(?:\s*\(?(?=\d)|\s+(?=[A-Z]))"
    r"(?P<after>20\d\d|\d{1,2}(?:[.,]\d{1,2})*[a-z]?|[A-Z]|[IVX]{1,4})[.)]*)?\W*$"
)
_MARK_OF_LABEL = re.compile(r"^\W*(?:o\s+)?(?:\d[\d.,]*[a-z]?\W*|[A-Za-z][.)]\s+)?")
_NUMBER_AFTER = re.compile(r"^\W*\d[\d.,]*[a-z]?\W*|^[\s:;.–—-]+")
_NUMBER_OF_TITLE = re.compile(r"^\d{1,2}(?:[.)]|(?:\.\d{1,2})+[.)]?)\s+(?=[A-ZÅÄÖ])")
# A quotation, and one that began before the text: it ends with no beginning.
_QUOTED = re.compile(r"^[^\w(]*[\"”“„»«]|^[^\"”“„»«]*\w[.!?]?[\"”“»](?![\w-])")
# "Avdelningsmål: …", "Gruppens åtagande: …": a word for a level that is not among the known ones.
_ANY_LEVEL = re.compile(
    r"(?=[A-ZÅÄÖ])(?:[\w:-]+ ){0,2}?"
    r"(?:[\w-]{3,}mål|[\w:-]*s (?:mål|åtagande)|\w*nämndens inriktning)|Vårt mål"
)
# "Strategiskt mål 1: …", "Fokusområde 2 – …": other words that a number makes a level of.
_NUMBERED_LEVEL = re.compile(
    r"(?=[A-ZÅÄÖ])(?:[\w:-]+ ){0,2}?(?:\w*inriktning|\w+ (?:mål|åtagande)|åtagande|"
    r"(?:mål|fokus|insats|utvecklings)område|priorite\w+ \w*område)",
    re.I,
)
# Whose goals they are, where the label is no more than that: "Socialnämndens mål", "Mål för enheten".
_OWNER = r"(?:(?P<board{0}>\w*nämnd|bolag)|(?P<unit{0}>enhet))e?"
_OWNED = re.compile(rf"{_OWNER.format(1)}(?:ns|ts) mål|mål för {_OWNER.format(2)}[nt]", re.I)
# The council's, whose number says whether they are a direction's (1) or an area's (1.1).
_COUNCIL = re.compile(
    r"(?:KF:?s?|kommunfullmäktiges?|kommunens|stadens|övergripande)[ -](?:[\w-]+ )?(?!års|del)\w*mål", re.I
)
_OF_AREA = re.compile(r"\d{1,2}[.,]\d{1,2}")
_NO_LEVEL = re.compile(r"årsmål|målvärde|^\W*mål$", re.I)
_CODE_ALONE = re.compile(r"^\d(?:[.,]\d{1,2})?\.?$")
LONGEST_HEADING = 600
_LONGEST_LABEL = 100
_LABEL_WORDS = 5
#: A level's words, or a status, stand on a line no longer than this.
LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class GoalHeading:
    """A goal heading taken apart: level code, council code ("1.3") or nothing, and title."""

    level: str
    code: str | None
    title: str


@lru_cache(maxsize=4096)
def goal_heading(text: str) -> GoalHeading | None:
    """What level and title a goal heading has; None for any other text.

    Examples
    --------
    >>> goal_heading("KF:s mål för verksamhetsområdet: 1.3 Staden ska ge stöd")
    GoalHeading(level='area', code='1.3', title='Staden ska ge stöd')
    >>> goal_heading("Nämndmål: Verksamheterna är klimatsmarta").level
    'board'
    >>> goal_heading("Kommunens mål 2.1: Rena gator").level, goal_heading("Mål för enheten: Trivsel").level
    ('area', 'unit')
    >>> goal_heading("Enhetsmålet är uppnått: se nedan")
    """
    return next((_heading(level, each) for each in _labelled(text) if (level := _level_of(each))), None)


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A line as words that may be a label, the numbers beside them, and the rest after a mark."""

    label: str
    before: str | None
    after: str | None
    rest: str
    colon: bool


def _labelled(text: str) -> Iterator[_Labelled]:
    """A line parted at each place where a label may end; nothing of what is quoted.

    One grammar for all headings: "Nämndmål: …", "3.4.1 Nämndmål: …", "o Enhetsmål 2 – …", "KF:s mål 3. …".
    """
    if not _SEPARATOR.search(text[:_LONGEST_LABEL]):
        return
    text = " ".join(text.split())
    if _QUOTED.match(text):
        return
    for mark in _SEPARATOR.finditer(text[:_LONGEST_LABEL]):
        if found := _LABEL.match(text[: mark.start()]):
            rest = text[mark.end() :].strip(" *_:")
            yield _Labelled(found["label"], found["before"], found["after"], rest, mark[0] in (":", ";"))


def _level(prefix: str) -> Level | None:
    prefix = NOT_LETTER.sub("", prefix)
    if not 6 <= len(prefix) <= 60:
        return None
    return level_index().find(prefix, PREFIX_FLOOR).entry


def _level_of(found: _Labelled) -> Level | None:
    """The level by its label, by whose goals the label says that they are, or by a council goal's number."""
    if level := _level(found.label):
        return level
    owned = _OWNED.fullmatch(found.label)
    code = next((name[:-1] for name, words in owned.groupdict().items() if words), None) if owned else None
    if code is None and _COUNCIL.fullmatch(found.label):
        number = found.after or ((numbered := _CODE.match(found.rest)) and numbered[1])
        code = _level_of_number(number) if number else None
    return next((level for level in levels() if level.code == code), None)


def _level_of_number(number: str) -> str | None:
    if _OF_AREA.fullmatch(re.sub(r"\s", "", number)):
        return "area"
    return "direction" if number.isdecimal() and len(number) < 3 else None


def _heading(level: Level, found: _Labelled) -> GoalHeading | None:
    """A goal by its label and title; without a colon between them only what begins as a title does."""
    code, title = None, found.rest
    if level.rank > 2:
        title = _NUMBER_OF_TITLE.sub("", title)
    elif numbered := _CODE.match(title):
        code, title = re.sub(r"\s", "", numbered[1]), numbered[2].strip()
    if not title or status_words(title) or not (found.colon or _may_begin(title)):
        return None
    if level.rank <= 2:
        code = code or found.after or _own_code(level, found.before, title)
    return GoalHeading(level.code, code and code.replace(",", ".").rstrip("."), title)


def _may_begin(title: str) -> bool:
    return title[0].isupper() and section_of(title) is None and not begins_with_label(title)


def _own_code(level: Level, before: str | None, title: str) -> str | None:
    """The number before a council goal's label, where it is the goal's and not the chapter's."""
    if not before or not before[0].isdigit() or before.count(".") != level.rank - 1:
        return None
    known = known_codes().get(key(title))
    return before if not known or before in known else None


@cache
def known_codes() -> dict[str, frozenset[str]]:
    """For each council goal's title, as a key, the codes that it has."""
    found: dict[str, set[str]] = {}
    for goal in council_goals():
        found.setdefault(key(goal.title), set()).add(goal.code)
    return {title: frozenset(codes) for title, codes in found.items()}


@dataclass(frozen=True, slots=True)
class UnknownLevel:
    """A heading that has the form of a goal's, under a level that the vocabulary does not have.

    `code` is its number where that has the form of an area's: "1.3".
    """

    level: str
    title: str
    code: str | None = None


@lru_cache(maxsize=4096)
def unknown_level(text: str) -> UnknownLevel | None:
    """What level and title a heading names where the level is none of the known ones.

    >>> unknown_level("Avdelningsmål: Den som ringer får svar")
    UnknownLevel(level='Avdelningsmål', title='Den som ringer får svar', code=None)
    >>> unknown_level("Mål 1.3: Fler hittar hit"), unknown_level("Mål: Fler hittar hit")
    (UnknownLevel(level='Mål', title='Fler hittar hit', code='1.3'), None)
    >>> unknown_level("Enhetsmål: Alla trivs"), unknown_level("Årsmål: 85 %")
    (None, None)
    """
    for each in _labelled(text):
        if _level_of(each):
            return None
        code = each.after if each.after and _OF_AREA.fullmatch(each.after) else None
        numbered = each.after and _NUMBERED_LEVEL.fullmatch(each.label)
        if _names_unknown(each.label) or numbered or (each.label == "Mål" and code):
            heads = each.rest[:1].isupper() and (each.colon or each.after)
            return UnknownLevel(each.label, each.rest, code and code.replace(",", ".")) if heads else None
    return None


def _names_unknown(label: str) -> bool:
    """Whether words are a level's that the vocabulary does not have."""
    return bool(_ANY_LEVEL.fullmatch(label) and not _NO_LEVEL.search(label))


def heads_a_goal(text: str) -> bool:
    """Whether a text is a goal's heading, of a known level or another one."""
    return goal_heading(text) is not None or unknown_level(text) is not None


@lru_cache(maxsize=4096)
def lacks_title(text: str) -> bool:
    """Whether a line is a level's words and no more: its title is what stands below.

    >>> lacks_title("Enhetsmål 2."), lacks_title("KF:s mål för"), lacks_title("Enhetsmål: Alla trivs")
    (True, True, False)
    """
    if len(text) > LONGEST_LINE:
        return False
    words = " ".join(NOT_LETTER.sub("", text).split())
    if not 2 <= len(words) <= 60:
        return False
    if text.rstrip(" *_").endswith((":", ";")):
        found = _LABEL.match(words)
        label = found["label"] if found else ""
        return _level(label) is not None or _names_unknown(label)
    if is_bare_label(text):
        return True
    if (goal := goal_heading(text)) and goal.code is None and _CODE_ALONE.match(goal.title):
        return True
    if text.endswith("-") and words[0].isupper():
        return any(label.startswith(key(words)) for label in keys_of("level"))
    known = _label_beginnings()
    return (key(words.split(" ", 1)[0]),) in known and tuple(keys(words)) in known


@lru_cache(maxsize=4096)
def is_bare_label(text: str) -> bool:
    """Whether a line is a level's whole label, be it with its number, and no colon.

    >>> is_bare_label("Nämndmål"), is_bare_label("3.4.1 Nämndmål"), is_bare_label("enhetsmål")
    (True, True, False)
    """
    found = _LABEL.match(text) if len(text) < _LONGEST_LABEL else None
    return found is not None and found["label"][0].isupper() and key(found["label"]) in keys_of("level")


@lru_cache(maxsize=4096)
def begins_with_label(text: str) -> bool:
    """Whether a line begins with a level's label as a heading does and a sentence does not.

    >>> begins_with_label("Enhetsmål, Alla trivs"), begins_with_label("Enhetsmål följs upp varje vecka")
    (True, False)
    """
    if text.rstrip(" *_").endswith((".", "!", "?", ",")) or _QUOTED.match(text):
        return False
    words = _MARK_OF_LABEL.sub("", text[:LONGEST_HEADING], count=1).split()
    if not words or not words[0][0].isupper():
        return False
    for count in range(1, min(len(words), _LABEL_WORDS) + 1):
        if key(" ".join(words[:count])) in keys_of("level"):
            rest = _NUMBER_AFTER.sub("", " ".join(words[count:]))
            return not rest[:1].islower() or bool(re.search(r"[:;]\s+[A-ZÅÄÖ]", rest[:_LONGEST_LABEL]))
    return False


def with_title(label: str, title: str) -> str | None:
    """The heading that a level's words, or the beginning of them, make with what stands below, if any.

    >>> with_title("Enhetsmål 2.", "Alla trivs"), with_title("Enhets-", "mål: Alla trivs")
    ('Enhetsmål 2: Alla trivs', 'Enhetsmål: Alla trivs')
    """
    if heads_a_goal(title) or begins_with_label(title):
        return None
    if is_bare_label(label):
        whole = f"{label.rstrip(' .:;–—-')}: {title}"
    else:
        whole = label.rstrip("-") + title if label.endswith("-") else f"{label} {title}"
    return whole if heads_a_goal(whole) else None


def heading_of(lines: Sequence[str]) -> str:
    """The lines of one heading as one text, with a colon after a level's label on a line of its own.

    >>> heading_of(["Enhetsmål", "Alla trivs i", "huset"]), heading_of(["Vi", "trivs"])
    ('Enhetsmål: Alla trivs i huset', 'Vi trivs')
    """
    rest = " ".join(lines[1:])
    return (with_title(lines[0], rest) if rest and lacks_title(lines[0]) else None) or " ".join(lines)


@cache
def _label_beginnings() -> frozenset[tuple[str, ...]]:
    """The first words of each level's label, as keys: one, two … but not all of them."""
    labels = [keys(label) for level in levels() for label in level.printed]
    return frozenset(tuple(label[:count]) for label in labels for count in range(1, len(label)))
