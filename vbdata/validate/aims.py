"""What an expected result or a goal's title asks for, beside a sentence that says the opposite outright.

All or none of a kind, how often, and which way something is to go: each without a number to be reached.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import NUMBER_WORDS
from vbdata.language.quantities import COUNTED, Quantity, clause_of, quantities_in
from vbdata.validate.expected import about, of_one_thing, shared, stems
from vbdata.validate.said import parts_of
from vbdata.validate.stems import words_of

_WORD = re.compile(r"[^\W\d_][\w-]*")
_EVERY = re.compile(r"^(?:alla|samtliga|varje)\s+(?:våra\s+|enhetens\s+)?(?P<noun>[^\W\d_]{3,})", re.I)
_NONE = re.compile(r"^(?P<no>ingen|inga|inget)\s+(?P<who>[^\W\d_]+)", re.I)
_NOT = re.compile(r"\b(?:inte|ej|ingen|inga|inget|saknas|saknar|saknade|saknades|utan|aldrig)\b", re.I)
_HAD = re.compile(
    r"\b(?:har|hade|fick|fått|finns|fanns|saknar|saknade|drabbades|kom|inträffade|skedde)\b", re.I
)
_WHICH = re.compile(r"\s+som\b.*", re.I)
#: Times of a year that a rhythm asks for.
_RHYTHM = {
    "dag": 200, "vecka": 40, "vecko": 40, "varannan vecka": 20, "månad": 11, "månads": 11, "kvartal": 4,
    "tertial": 3, "termin": 2, "halvår": 2,
}  # fmt: skip
_EACH = re.compile(
    rf"\b(?:varje|en\s+gång\s+(?:i|om|per))\s+(?P<time>{'|'.join(_RHYTHM)})(?:e?n|et)?\b"
    r"|\b(?P<vis>vecko|månads)vis\b|\b(?P<other>varannan\s+vecka)\b",
    re.I,
)
_IN_ALL = re.compile(
    r"^\s*(?:gånger|tillfällen|möten)?\s*(?:(?:under|på)\s+(?:hela\s+)?året|i\s+år)\b|^\s*(?:gånger|tillfällen)\b",
    re.I,
)
_PART_OF_YEAR = re.compile(
    r"\b(?:per|varje|i\s+(?:månaden|veckan)|våren|hösten|sommaren|januari|mars|maj|juni|september)\b", re.I
)
_AIM = re.compile(
    r"(?:^|\b)(?P<down>färre|minskad[et]?|minska|minskar|lägre|kortare|mindre)\b|(?P<up>\b(?:fler|ökad[et]?|öka|ökar|högre|längre|mer)\b)",
    re.I,
)
_WENT = re.compile(
    r"\b(?:har\s+)?(?:blivit\s+)?(?P<up>ökat|ökade|stigit|steg|fler|längre)\b|\b(?:har\s+)?(?P<down>minskat|minskade|sjunkit|sjönk|färre|kortare)\b",
    re.I,
)
#: What was so is so no more, or was so at first.
_NO_MORE = re.compile(
    r"\b(?:men|och)\s+(?:\w+\s+){0,3}?(?:sedan|nu|därefter|numera|senare)\b|\bbörja(?:n|de)\b|\binledningsvis\b"
    r"|\bi\s+(?:januari|februari)\b",
    re.I,
)
#: The report's own doubts: then the sentence is no outright claim.
_HEDGED = re.compile(r"\b(?:ska|kan|skulle|om|kommer|förra|föregående|fjol|tidigare|innan|sedan)\b", re.I)


@lru_cache(maxsize=1024)
def asks(expected: str) -> bool:
    """A sentence asks for what another may be the opposite of: a test of the one before all pairs."""
    return any(pattern.search(expected) for pattern in (_EVERY, _NONE, _EACH, _AIM))


@lru_cache(maxsize=2048)
def opposed(expected: str, said: str, year: int) -> bool:
    """The sentence says outright what cannot be where the expected result is reached.

    >>> opposed("Alla planer har ett mål.", "I 14 av 30 planer saknas mål.", 2025)
    True
    >>> opposed("Ingen elev saknar plats.", "Två elever saknar plats.", 2025)
    True
    >>> opposed("Rådet möts varje månad.", "Rådet har mötts tre gånger under året.", 2025)
    True
    >>> opposed("Färre byten av personal.", "Antalet byten av personal har ökat.", 2025)
    True
    """
    if said.endswith("?") or _NO_MORE.search(said):
        return False
    return bool(
        _some_lack(expected, said, year)
        or _some_have(expected, said, year)
        or _too_seldom(expected, said, year)
        or _other_way(expected, said)
    )


def _some_lack(expected: str, said: str, year: int) -> bool:
    """All of a kind are to have something that some of a number of them lack."""
    every = _EVERY.match(expected)
    if every is None or not _NOT.search(said):
        return False
    noun = stem(every["noun"])
    for part, whole in parts_of(quantities_in(said, year)):
        if 0 < part.value < whole.value:
            named = noun in whole.heads or noun in part.heads
            if named and _NOT.search(clause_of(said, part.number)) and _shares_more(expected, said, noun):
                return True
    return False


def _shares_more(expected: str, said: str, noun: str) -> bool:
    """Something else than the kind is in both, a word or the beginning of one: "barn", "barnperspektiv"."""
    asked, told = (
        [stem(word) for word in words_of(text) if _tells(word) and stem(word) != noun]
        for text in (expected, said)
    )
    return any(a.startswith(t) or t.startswith(a) for a in asked for t in told)


def _some_have(expected: str, said: str, year: int) -> bool:
    """None is to have what some have."""
    none = _NONE.match(expected)
    if none is None:
        return False
    named = about(_WHICH.sub("", expected[none.end("no") :]))
    asked = named - {stem(none["who"])} or named
    for q in quantities_in(said, year) if asked else ():
        clause = _WHICH.sub("", clause_of(said, q.number))
        some = q.number.exact and q.value >= 1 and q.role in ("level", "part", "other")
        if not some or q.measure_unit not in COUNTED or q.period not in (None, "year"):
            continue
        if _NOT.search(_lacking(clause, expected)) or not _HAD.search(clause) or _HEDGED.search(clause):
            continue
        if shared(asked, stems(clause)) == len(asked):
            return True
    return False


def _lacking(clause: str, expected: str) -> str:
    """The clause without the word of lacking that the expected result has too."""
    return re.sub(r"\bsakna\w*", " ", clause) if "sakna" in expected.casefold() else clause


def _too_seldom(expected: str, said: str, year: int) -> bool:
    """Fewer times in the year than "every month" needs."""
    each = _EACH.search(expected)
    if each is None:
        return False
    rhythm = _RHYTHM[(each["time"] or each["vis"] or "varannan vecka").casefold()]
    first = next(iter(words_of(expected)), "")
    named = _tells(first) and any(word.startswith(stem(first)) for word in words_of(said))
    if not of_one_thing(expected, said) and not named:
        return False
    return any(_counts_times(q, said) and q.value < 0.75 * rhythm for q in quantities_in(said, year))


def _counts_times(q: Quantity, said: str) -> bool:
    if _PART_OF_YEAR.search(said[: q.number.end]) or _PART_OF_YEAR.search(clause_of(said, q.number)):
        return False
    told = q.number.exact and q.measure_unit in ("gånger", None) and q.period in (None, "year")
    start = q.number.end if q.measure_unit is None else q.number.start + len(q.raw.split()[0])
    return told and q.role in ("level", "other") and bool(_IN_ALL.match(said[start:]))


def _other_way(expected: str, said: str) -> bool:
    """What was to be fewer has grown, or the other way round."""
    aims = list(_AIM.finditer(expected))
    went = list(_WENT.finditer(said)) if len(aims) == 1 else []
    if len({bool(each["up"]) for each in went}) != 1 or _HEDGED.search(said) or _NOT.search(said):
        return False
    if bool(aims[0]["up"]) == bool(went[0]["up"]):
        return False
    asked = {stem(word) for word in _WORD.findall(expected) if _tells(word)}
    subject = said[: went[0].start()]
    told = {stem(word) for word in _WORD.findall(subject) if _tells(word)}
    return bool(asked) and asked <= told and told <= asked | {stem("antalet"), stem("andelen"), stem("antal")}


def _tells(word: str) -> bool:
    low = word.casefold()
    told = uses(low) & {"small", "joins", "up", "down", "own"} or low in NUMBER_WORDS or _AIM.fullmatch(low)
    return not told and len(low) > 2
