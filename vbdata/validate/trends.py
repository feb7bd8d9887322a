"""Which way a text says that an indicator went since the year before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import plain_sentences
from vbdata.validate.levels import (
    PART,
    WORD,
    has_name,
    is_amount,
    is_narrow,
    is_of,
    is_own,
    names_of,
    tells_use,
    told_by,
)
from vbdata.validate.stems import words_of

_GOAL = re.compile(r"\bmål|siktar|strävar|arbetar|\bväntas|\bför att\b", re.I)
_IN_A_ROW = re.compile(
    r"\s+för\s+(?:andra|tredje|fjärde|femte)\s+(?:året|gången)\s+i\s+(?:rad|följd)\b", re.I
)
_SINCE = re.compile(r"\b(?:sedan|under|efter|från)\s+(?!förra|föregående|året innan|i fjol|året)\w+", re.I)
#: Cheap: how words of going up or down may begin.
_WAY = re.compile(
    r"\b(?:ök|stig|höj|väx|minsk|sj[uö]nk|sänk|fall|föll|hög|läg|fler|fär|stör|bätt|säm|förbätt|försäm|stärk|väg|bliv|g[åi]c?[kt]t?\b)",
    re.I,
)
_COMPARATIVE = re.compile(
    r"\b(?P<way>högre|lägre|fler|färre|större|mindre|bättre|sämre)\s+(?:i\s+år\s+)?än\s+(?:[\d,]+\s*(?:%|procent)?\s+)?"
    r"(?:under\s+|vid\s+|för\s+)?(?:förra|föregående|i\s+fjol|fjol|året\s+(?:innan|före)|tidigare|(?:för)?väntat|20\d\d\b)"
    r"|\b(?:gått|gick|på\s+väg)\s+(?P<gone>upp(?:åt)?|ned(?:åt)?|ner(?:åt)?)\b"
    r"|\bblivit\s+(?P<become>högre|lägre|fler|färre|större|mindre|bättre|sämre)\b(?!\s+(?:på|för|att)\b)"
    r"|\bblivit\s+(?P<much>mer|mindre)\s+(?P<what>[^\W\d_]+)"
    r"|(?:\bvi\s+ser\s+|\b(?:går|gått|gick|pekar)\s+)?(?:\ben\s+)?(?P<toward>\b(?:åt|i)\s+(?:rätt|fel)\s+(?:håll|riktning)"
    r"|\b(?:positiv|negativ)\w*\s+(?:utveckling|trend)|\butvecklats\s+(?:positivt|negativt)"
    r"|\b(?:förbättring|försämring)\s+(?:sedan|jämfört\s+med|mot|från)\b)"
    r"|\b(?:har\s+|blivit\s+)?(?P<turned>förbättra(?:ts|des)|stärk(?:ts|tes)|försämra(?:ts|des))\b",
    re.I,
)
_EXPECTED = re.compile(
    r"\b(?:högre|lägre|fler|färre|större|mindre|bättre|sämre)\s+än\s+(?:för)?väntat\b", re.I
)
#: What a good or a bad turn is of.
_OF_OTHERS = re.compile(r"\s+(?:på|i|av|inom|för|kring|hos|när)\s+", re.I)
_TOWARD = re.compile(r"\b(?:rätt|fel)\s+(?:håll|riktning)|\b(?:posi|nega)tiv|\bför(?:bättr|sämr)ing", re.I)
_MORE = re.compile(
    r"\s*(?:allt\s+)?(?P<more>fler|färre)\b(?P<rest>.*?)(?:\s+(?:i\s+år|nu))?"
    r"(?:\s+än\s+(?:under\s+)?(?:förra\s+året|föregående\s+år|i\s+fjol|året\s+innan|tidigare))?\s*[.!]?\s*$",
    re.I,
)
_CLAUSE = re.compile(r"[,;:()–]|\b(?:men|samt|medan|vilket|och|trots|däremot)\b")
_PAST = ("at", "ade", "it", "ats", "ades", "its", "jönk")


@dataclass(frozen=True, slots=True)
class Trend:
    """A clause that says which way an indicator went, without a number that decides it.

    `expected` is "lägre än väntat", where it is held against no number but a hope.
    """

    way: str
    text: str
    expected: str | None = None


def trends(text: str, name: str, *, whole: bool = False, better: str | None = None) -> Iterator[Trend]:
    """Clauses that say that the indicator has gone up or down since the year before.

    `better` tells which way "bättre än förra året" is.

    >>> [t.way for t in trends("Sjukfrånvaron har alltså minskat jämfört med förra året.", "Sjukfrånvaro")]
    ['down']
    >>> list(trends("Sjukfrånvaron har minskat på natten. Antalet vikarier har ökat.", "Sjukfrånvaro"))
    []
    """
    wanted, asked = names_of(name), _thing_of(name)
    for sentence in () if whole else _beside(text):
        for at, clause in enumerate(_CLAUSE.split(sentence)):
            if not at and not _TOWARD.search(clause):
                continue  # with the turns below
            if way := _compared(clause, wanted, better, bare=True) or _compared(clause, wanted, better):
                yield Trend(way, sentence)
    for first, sentence, words in _turns(text):
        if not (_has_all(words, asked) if whole else _tells_of(words, wanted) or tells_use(first, "outcome")):
            continue
        if way := _trend(first, wanted) or _compared(first, wanted, better) or _more(first, wanted):
            expected = _EXPECTED.search(first)
            yield Trend(way, sentence, expected[0] if expected else None)


@lru_cache(maxsize=1024)
def _thing_of(name: str) -> frozenset[str]:
    """What a text has to say of a name to tell which way it went: that it is a share need not be said."""
    asked = told_by(name.partition(",")[0])
    return frozenset(each for each in asked if "outcome" not in uses(each)) or asked


def _tells_of(words: frozenset[str], wanted: frozenset[str]) -> bool:
    """Some word is of the name, or the last part of one."""
    return not words.isdisjoint(wanted) or any(_ends(word, wanted) for word in words)


def _ends(word: str, wanted: frozenset[str]) -> bool:
    """The last part of a word of the name, where it is a long one: "omsättning"."""
    return len(word) > 6 and any(name.endswith(word) for name in wanted)


def _more(clause: str, wanted: frozenset[str]) -> str | None:
    """More of them, or fewer, than last year are what the name says: "fler elever trivs än förra året"."""
    told = _MORE.match(clause)
    if told is None or not is_of(told["rest"], wanted):
        return None
    return "up" if told["more"].casefold() == "fler" else "down"


@lru_cache(maxsize=512)
def _turns(text: str) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """First clauses with a word of going up or down, each with its sentence and the stems of its words."""
    found = []
    for sentence in plain_sentences(text):
        if not any(map(_may_turn, words_of(sentence))) or sentence.endswith("?"):  # nearly all
            continue
        first = _IN_A_ROW.sub(" ", _CLAUSE.split(sentence, maxsplit=1)[0])
        if _WAY.search(first) and not _GOAL.search(first) and not PART.search(first):
            found.append((first, sentence, frozenset(map(stem, WORD.findall(first)))))
    return tuple(found)


@lru_cache(maxsize=16384)
def _may_turn(word: str) -> bool:
    return _WAY.search(word) is not None


def _has_all(words: frozenset[str], asked: Iterable[str]) -> bool:
    """Each stem that is asked for is among the words, or ends with a long one of them."""
    left = (stem for stem in asked if stem not in words)
    first = next(left, None)
    if first is None:
        return True
    long = tuple([word for word in words if len(word) > 6])
    return bool(long) and first.endswith(long) and all(stem.endswith(long) for stem in left)


@lru_cache(maxsize=512)
def _beside(text: str) -> tuple[str, ...]:
    """Sentences that compare with the year before: "…, en halv procentenhet lägre än året innan"."""
    if not _COMPARATIVE.search(text):
        return ()
    return tuple(part for part in plain_sentences(text) if _COMPARATIVE.search(part))


def _compared(clause: str, wanted: frozenset[str], better: str | None, *, bare: bool = False) -> str | None:
    """The indicator itself is said to be higher or lower than the year before, or to have gone up or down.

    A `bare` clause has nothing before the comparison but by how much it is.
    """
    told = _COMPARATIVE.search(clause)
    if told is None:
        return None
    words = [word for word in WORD.findall(clause[: told.start()]) if not is_amount(word)]
    subject = [word for word in words if not uses(word) & {"small", "joins", "now", "about", "narrows"}]
    if bool(subject) is bare or not all(
        has_name(word, wanted) or uses(word) & {"outcome", "own", "about"} for word in subject
    ):
        return None
    if any("unsure" in uses(word) for word in words) or is_narrow(clause[: told.start()], wanted, past=True):
        return None
    if _SINCE.search(clause):
        return None
    if told["much"]:
        return (
            {"mer": "up", "mindre": "down"}[told["much"].casefold()] if stem(told["what"]) in wanted else None
        )
    word = (told["way"] or told["gone"] or told["become"] or told["turned"] or told["toward"]).casefold()
    if (
        told["toward"]
        and _OF_OTHERS.match(clause, told.end())
        and not _about_it(clause[told.end() :], wanted)
    ):
        return None
    if told["toward"] or word[:4] in ("bätt", "sämr", "förb", "förs", "stär"):
        good = bool(re.match(r"bätt|förb|stär|positiv|.*\b(?:rätt|positivt)\b", word))
        return None if better is None else ("up" if good == (better == "higher") else "down")
    return "up" if word in ("högre", "fler", "större", "upp", "uppåt") else "down"


def _about_it(rest: str, wanted: frozenset[str]) -> bool:
    """Some word is of the indicator."""
    return any(has_name(word, wanted) for word in WORD.findall(rest))


def _trend(clause: str, wanted: frozenset[str]) -> str | None:
    words = WORD.findall(clause)
    told = [uses(word) for word in words]
    ways = {way for use in told for way in use & {"up", "down"}}
    if len(ways) != 1 or any("unsure" in use for use in told):
        return None
    verb = next(i for i, use in enumerate(told) if use & {"up", "down"})
    subject = [w for w, use in zip(words[:verb], told, strict=False) if not use & {"small", "joins", "now"}]
    if not words[verb].casefold().endswith(_PAST) or not subject or not is_own(subject[0], wanted):
        return None
    if not any(has_name(word, wanted) or tells_use(word, "outcome") for word in subject):
        return None
    return None if _SINCE.search(clause) or is_narrow(clause, wanted, past=True) else ways.pop()
