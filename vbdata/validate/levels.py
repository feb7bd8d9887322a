"""What a text's quantities say of an indicator: its level and its change.

Open-world: a word that nobody knows ("alltså", "glädjande") takes nothing back. What narrows a number is a
preposition with something of its own ("på natten", "bland männen"), a genitive ("stadens"), or another
subject: then the number is not the indicator's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.numbers import numbers_in, unit_of, uses
from vbdata.language.prose import NUMBER_WORDS
from vbdata.language.quantities import COUNTED, clause_of, years_of
from vbdata.validate.said import Said
from vbdata.validate.stems import stems_of
from vbdata.vocabulary import quantity_words

WORD = re.compile(r"[^\W\d_][\w/-]*")
_ASIDE = re.compile(r"\([^()]*\)")
#: A name with what is added to it: the kind of service that one survey was of.
_ADDED = re.compile(r"\s[-–]\s.*| \(.*")
_SHORT = re.compile(r"\bdag\s+1\s?[-–]\s?14\b", re.I)
_SHORT_WORDS = re.compile(r"\b(?:kort(?:tids)?(?:sjuk)?frånvaron?)\b", re.I)
_ON_AVERAGE = re.compile(r"\bi\s+(?:genomsnitt|snitt|medel(?:tal)?)\b", re.I)
_NOT = re.compile(r"\b(?:inte|ej|aldrig|ingen|inga|utan)\b", re.I)
_RATE = re.compile(
    r"[\d,.]+\s+(?P<noun>[^\W\d_]+)\s+"
    r"(?:(?:per|under|på|inom)\s+(?P<time>\d+\s+[^\W\d_]+)|per\s+(?P<each>[^\W\d_]{4,})\b)"
)
_TOOK = frozenset(
    [
        "tog",
        "emot",
        "tagit",
        "fått",
        "fick",
        "erbjöd",
        "erbjudit",
        "anställde",
        "anställt",
        "gav",
        "gett",
        "genomfört",
        "genomförde",
    ]
)
_IN_SEASON = re.compile(r"\b(?:i|under|på)\s+(?:våren|sommaren|hösten|vintern)\b", re.I)
_COMPARED = re.compile(
    r"\b(?:mot|än|jämfört\s+med)\s+(?:[\d,]+\s*(?:%|procent)?\s*)?(?:under\s+)?(?:förra|föregående)\s+år(?:et|s)?\b",
    re.I,
)
_WHICH = re.compile(r"\bsom\s+(?:har\s+)?[^\W\d_]+(?:as|ats|ade)\b", re.I)
_VERB = re.compile(r"(?:ades|ats|ade|as|at)$")
#: Something of a name that people leave out: "inköpta", "genomförda".
_PARTICIPLE = re.compile(r"[^\W\d_]{3,}(?:[dt]a|ade)$")
_ANTAL = re.compile(
    r"antal(?:et)?\s+(?:(?P<done>[^\W\d_]+(?:[dt]a|ade))\s+)?(?P<noun>[^\W\d_]{3,})(?P<rest>.*)", re.I
)
#: How words end for what only a staff has: that it is the staff's narrows nothing.
_OF_STAFF = (stem("frånvaro"), stem("personalomsättning"))
#: Letters of a noun that tells an indicator by itself, and of a verb's root.
_TELLING, _ROOT = 8, 5
PART = re.compile(r"kort|lång|dag \d|tertial|T[123]\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=1024)
def names_of(name: str) -> frozenset[str]:
    """Stems of an indicator's own words, small ones aside.

    >>> sorted(names_of("Andel elever som trivs (hela skolan)"))
    ['andel', 'elev', 'triv']
    """
    found = {stem(word) for word in WORD.findall(_ASIDE.sub(" ", name)) if "small" not in uses(word)}
    of_staff = any(word.endswith(_OF_STAFF) for word in found)
    return frozenset(found.union(map(stem, quantity_words()["staff"])) if of_staff else found)


@lru_cache(maxsize=1024)
def told_by(name: str) -> frozenset[str]:
    """What a text has to say of a name, to speak of that indicator: participles and verbs may be left out.

    >>> sorted(told_by("Andel inköpta ekologiska livsmedel i kronor"))
    ['andel', 'ekologisk', 'livsmedel']
    """
    words = [
        word
        for word in WORD.findall(_WHICH.sub(" ", _ADDED.sub("", name)))
        if not uses(word) & {"small", "felt", "own", "narrows"}
    ]
    kept = [word for word in words if not (_PARTICIPLE.match(word) or (unit_of(word) or "")[:1] == ("kr",))]
    content = [word for word in kept if not uses(word) & {"outcome", "felt"}]
    return frozenset(map(stem, kept if len(content) > 1 else words))


def fits(said: Said, measure_unit: str | None) -> bool:
    """The number is of the indicator's kind."""
    if measure_unit == "%":
        return said.unit == "%"
    return measure_unit == "index" and said.unit in (None, "index")


def levels(found: Iterable[Said], name: str, measure_unit: str | None, *, whole: bool) -> Iterator[Said]:
    """Numbers that say what the indicator's level is; by `whole` the subject has all its name's words."""
    wanted, asked = names_of(name), told_by(name)
    served = wanted | _served() if wanted & _served() else wanted
    sure = whole and asked and measure_unit not in ("st", None) and served is wanted and "dag" not in wanted
    for said in found:
        if sure and asked.isdisjoint(stems_of(said.sentence)):  # nearly all
            continue
        if said.exact and measure_unit in ("st", None) and _is_rate(said, name, wanted):
            yield said
        if not said.exact or not fits(said, measure_unit):
            continue
        clause = clause_of(said.sentence, said.quantity.number)
        if said.role == "share" and bool(_NOT.search(clause)) != bool(_NOT.search(name)):
            continue
        if said.role == "share" and _predicated(said, wanted, asked) and not narrowed(said, served):
            yield said
        if said.role != "level":
            continue
        if said.quantity.period not in (None, "year") or (said.quantity.direction and _is_by(said)):
            continue
        subject = said.quantity.subject or clause_of(said.sentence, said.quantity.number)
        if "dag" in wanted:
            subject = _SHORT_WORDS.sub("sjukfrånvaro dag", subject)
        if not is_own(subject, wanted) or narrowed(said, wanted):
            continue
        named = wanted & {stem(word) for word in WORD.findall(subject)}
        if (asked <= named) if whole else (named or tells_use(subject, "outcome")):
            yield said


def of_whom(said: Said, before: str, name: str) -> bool:
    """A share of those whom the sentence before speaks of: "Barnen har svarat. 88 procent är trygga."."""
    words = WORD.findall(said.sentence.replace(said.quantity.raw, " "))
    stems = {stem(word) for word in words if not uses(word) & {"small", "felt", "own", "joins", "now"}}
    asked = {
        word for word in told_by(name) if not uses(word) & {"outcome"} and not word.startswith(_services())
    }
    own = said.exact and said.role in ("level", "share") and said.quantity.period in (None, "year")
    return own and bool(stems) and stems <= asked <= stems | stems_of(before)


@cache
def _services() -> tuple[str, ...]:
    return tuple(word for word in quantity_words()["services"] if " " not in word)


def times(found: Sequence[Said], name: str, unit: str | None) -> Iterator[Said]:
    """How many times what an indicator counts was done: "rådet möttes tio gånger" of "Antal möten".

    The noun's verb has its first three letters; a sentence with other numbers tells parts.
    """
    counted = re.match(r"antal(?:et)?\s+([^\W\d_]{5,})", name, re.I)
    if counted is None or unit not in ("st", None):
        return
    for said in found:
        number = said.quantity.number
        done = re.search(
            rf"\b{re.escape(counted[1][:3])}[^\W\d_]*(?:des|tes|ts|de|te|t)\b", said.sentence, re.I
        )
        alone = sum(each.sentence == said.sentence for each in found) == 1
        after = re.match(
            r"\s*(?:gånger)?(?:\s+(?:under|i|på)\s+året|\s+i\s+år)?\s*[.,]", said.sentence[number.end :]
        )
        counts = said.unit == "gånger" and said.exact and said.quantity.period in (None, "year")
        if counts and alone and done and after and not tells_use(said.sentence, "unsure"):
            yield said


def counted(found: Iterable[Said], name: str, value: float) -> Iterator[Said]:
    """Numbers of what an indicator counts, told of the unit and its year, whatever verb they have.

    A number of a part of the year is one only where it is more than the year's.
    """
    named = _ANTAL.match(name)
    if named is None:
        return
    told_of = f"{named['done'] or ''} {named['rest']}"
    rest = {word[:_ROOT].casefold() for word in WORD.findall(told_of) if not uses(word)}
    if not rest and len(named["noun"]) < _TELLING:
        return
    for said in found:
        whole = said.exact and said.role == "level" and said.unit in COUNTED and said.value.is_integer()
        if whole and said.quantity.heads[-1:] == (stem(named["noun"]),) and _counts_all(said, rest, value):
            yield said


def _counts_all(said: Said, rest: set[str], value: float) -> bool:
    """The clause has all of the `rest` of a name, by the roots of its words, and nothing else."""
    clause = clause_of(said.sentence, said.quantity.number)
    words = [
        w.casefold() for w in WORD.findall(_IN_SEASON.sub(" ", clause)) if stem(w) != said.quantity.heads[-1]
    ]
    others = [word for word in words if word[:_ROOT] not in rest]
    if not rest <= {word[:_ROOT] for word in words} or said.quantity.period not in (None, "year"):
        return False
    if not all(uses(word) or is_amount(word) or word in _TOOK for word in others):
        return False
    maybe = any(uses(word) & {"unsure", "previous", "next"} for word in others)
    return not maybe and (_IN_SEASON.search(clause) is None or said.value > value)


def _predicated(said: Said, wanted: frozenset[str], told: frozenset[str]) -> bool:
    """The clause says of a share all that the name does: "74 % av eleverna är nöjda med skolan".

    Where it says less than all the name's words, nothing else may be in it.
    """
    words = WORD.findall(clause_of(said.sentence, said.quantity.number).replace(said.quantity.raw, " "))
    stems = {stem(word) for word in words}
    if said.quantity.period not in (None, "year") or not _with_own(words, wanted):
        return False
    asked = {name for name in wanted if not uses(name) & {"outcome"}}
    if len(asked) > 1 and asked <= stems:
        return True
    asked = {name for name in told if not uses(name) & {"outcome"}}
    if stems & _served():
        asked -= _served()
    passed = {"small", "felt", "own", "joins", "now", "outcome"}
    rest = (word for word in words if not uses(word) & passed)
    return bool(asked) and asked <= stems and all(stem(word) in wanted | _served() for word in rest)


def _with_own(words: Sequence[str], wanted: frozenset[str]) -> bool:
    """What they are pleased or safe with is the name's, where it is told: not "nöjda med maten"."""
    for at, word in enumerate(words):
        if word.casefold() in ("med", "över", "kring"):
            after = next((each for each in words[at + 1 :] if "small" not in uses(each)), None)
            if after and stem(after) not in wanted and "own" not in uses(after):
                return False
    return True


@cache
def _served() -> frozenset[str]:
    """Stems of the words for those who are served, which units use for each other."""
    return frozenset(map(stem, quantity_words()["served"]))


def _is_rate(said: Said, name: str, wanted: frozenset[str]) -> bool:
    """How many of something in some time, as in the name: "12,4 personal per 14 dagar"."""
    number = said.quantity.number
    rate = _RATE.match(said.sentence, number.start)
    if rate is None or said.role not in ("level", "other") or stem(rate["noun"]) not in wanted:
        return False
    if rate["each"]:
        return bool(re.search(rf"\bper\s+{rate['each']}\b", name, re.I)) and not narrowed(said, wanted)
    if said.quantity.period not in (None, "year") or _YEAR.search(clause_of(said.sentence, number)):
        return False
    return bool(re.search(rf"\b{rate['time']}\b", name)) and not any(
        word.casefold() in ("ska", "högst", "minst", "mål", "målet") for word in WORD.findall(said.sentence)
    )


def _is_by(said: Said) -> bool:
    before = said.sentence[: said.quantity.number.start].rstrip()
    return not before.endswith("till")


def is_own(subject: str | None, wanted: frozenset[str]) -> bool:
    """Nothing in the subject is of anything but the indicator, as a whole."""
    words = WORD.findall(_ASIDE.sub(" ", subject or ""))
    return all(has_name(word, wanted) or uses(word) & {"outcome", "own", "small", "joins"} for word in words)


def is_of(text: str, wanted: frozenset[str]) -> bool:
    """Each word is of the indicator as a whole, a number or its unit, or of no thing.

    >>> is_of("Andelen trygga elever är 71 %, vilket är", names_of("Andel elever som är trygga"))
    True
    >>> is_of("På natten är andelen", names_of("Andel elever som är trygga"))
    False
    """
    passed = {"outcome", "own", "small", "joins", "now", "about", "up", "down"}
    return all(
        has_name(word, wanted) or _bent(word, wanted) or is_amount(word) or uses(word) & passed
        for word in WORD.findall(_ASIDE.sub(" ", text))
    )


def _bent(word: str, wanted: frozenset[str]) -> bool:
    """An ending that the stemmer leaves on: "kostnaden" of "kostnad"."""
    return any(
        len(name) > 4 and 0 < len(word) - len(name) < 5 and word.casefold().startswith(name)
        for name in wanted
    )


def has_name(word: str, wanted: frozenset[str]) -> bool:
    """The word is of the name, or another tense of its verb: "fattades", "fattas"."""
    if stem(word) in wanted or (len(stem(word)) > 6 and any(name.endswith(stem(word)) for name in wanted)):
        return True
    root = _VERB.sub("", word.casefold())
    return root != word.casefold() and len(root) > 3 and any(each.startswith(root) for each in wanted)


def tells_use(text: str | None, use: str) -> bool:
    """Some word of a text has the use."""
    return any(use in uses(word) for word in WORD.findall(text or ""))


def narrowed(said: Said, wanted: frozenset[str], *, past: bool = False, dated: bool = False) -> bool:
    """The clause of a number speaks of a part, another one's, another time or a maybe.

    `past` lets it be of last year, `dated` by its number.
    """
    clause = _ON_AVERAGE.sub(" ", clause_of(said.sentence, said.quantity.number))
    if "dag" in wanted:
        clause = _SHORT.sub(" ", _SHORT_WORDS.sub("sjukfrånvaro", clause))
    whole = _COMPARED.sub(" ", _ON_AVERAGE.sub(" ", said.sentence))
    if not past and (tells_use(whole, "another") or PART.search(clause)):
        return True
    if said.quantity.period != "year" and not dated and _YEAR.search(said.sentence) and _years(said):
        return True
    return is_narrow(clause, wanted, past=past) or _others(clause, said.quantity.subject)


def _years(said: Said) -> set[int]:
    numbers = numbers_in(said.sentence)
    return years_of(said.sentence, numbers, numbers.index(said.quantity.number))


#: What follows "har" where it is no verb of its own: "har stigit".
_SUPINE = re.compile(r"\w+(?:it|at|ått|rt|lt)", re.I)


def _others(clause: str, subject: str | None) -> bool:
    """Somebody who is not the unit has it: "nattgruppen har en sjukfrånvaro på 9 %"."""
    lead = WORD.findall(clause.partition(subject)[0] if subject else "")
    has = any(
        word.casefold() in ("har", "hade", "haft", "fick", "redovisar") and not _SUPINE.fullmatch(after)
        for word, after in pairwise([*lead, ""])
    )
    return has and any(not uses(word) & {"small", "own", "now", "joins"} for word in lead)


def is_narrow(clause: str, wanted: frozenset[str], *, past: bool) -> bool:
    """A preposition or a comparison narrows a clause to less than the indicator."""
    words = WORD.findall(clause)
    for at, word in enumerate(words):
        known = stem(word) in wanted or bool(uses(word) & {"outcome", "own"})
        if word[:1].isupper() and at and not known and not word.isupper():
            return True  # a name
        after = words[at + 1 : at + 4]
        if (
            word.endswith("s")
            and not known
            and after
            and (stem(after[0]) in wanted or tells_use(after[0], "outcome"))
        ):
            return True  # somebody else's
        by = word in ("på", "om") and after and is_amount(after[0])
        if "narrows" in uses(word) and not by and _object(after, wanted, past=past):
            return True
    return False


def _object(after: Sequence[str], wanted: frozenset[str], *, past: bool) -> bool:
    """The words after a preposition are of something narrower than the indicator."""
    passed = {"small", "now", "previous"} if past else {"small", "now"}
    rest = [word for word in after if not uses(word) & passed or uses(word) & {"own", "outcome"}]
    if not rest:
        return False
    return stem(rest[0]) not in wanted and not uses(rest[0]) & {"outcome", "own", "joins"}


def is_amount(word: str) -> bool:
    """A word of how much: a unit, a number, "halv"."""
    low = word.casefold()
    return (
        unit_of(low) is not None
        or low in NUMBER_WORDS
        or low in ("halv", "halva", "hela", "enheter", "klart")
    )
