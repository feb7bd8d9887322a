"""Sentences of an expected result beside sentences of what became of it: of one thing, and how far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from vbdata.extract.grammar import MONTHS
from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import NUMBER_WORDS
from vbdata.language.quantities import Quantity, quantities_in
from vbdata.validate.said import parts_of
from vbdata.validate.stems import words_of
from vbdata.vocabulary import filler_words, quantity_words, text_stems

_NONE = re.compile(r"\b(?:ingen|inga|inget|inte)\b", re.I)
#: What turns a part into those that lack something, or tells who answered.
_LACKS = re.compile(r"\b(?:ingen|inga|inget|inte|ej|sakna\w*|svarade|svarat|avböjde|avböjt)\b", re.I)
#: Roles of numbers that are not how it went this year.
_NOT_OUTCOME = ("previous", "target", "respondents", "rank")
_ONCE = re.compile(
    r"(?<!än )(?<!minst )(?<!ännu )(?<!inte )(?<!åter )(?<!på )\ben gång\b(?! (?:om|i|per|till|var|under)\b)",
    re.I,
)
#: "… övade bara i maj", "… bara vid ett tillfälle".
_ONLY_THEN = re.compile(
    r"\b(?:bara|endast|enbart)\s+(?:(?:i|under|på)\s+(?:"
    rf"{'|'.join(MONTHS)}|våren|hösten|sommaren)|vid\s+ett\s+tillfälle)\b",
    re.I,
)
#: What was named in the sentence before.
_IT = re.compile(
    r"\b(?:blir|blev|blivit|sker|skedde|har|gör|gjorde)\s+det\b|\bdet\s+(?:blev|blir|skedde|sker)\b", re.I
)
#: After a number of one time, another of a later one: "i januari fem veckor, men sedan mars en".
_BUT_SINCE = re.compile(r"\b(?:men|och)\s+(?:\w+\s+){0,3}?(?:sedan|nu|därefter|numera|i\s+december)\b", re.I)
#: Uses of words around numbers that are no things.
_NO_THING = frozenset({"small", "joins", "outcome"})
#: Letters of a word that may be the last part of another.
_TAIL = 5
#: Letters of a word that may tell what a sentence is about.
_LONG = 4
_ENDINGS = re.compile(r"(?:ning|ats?|ades?|as|ad|ar|er|a)$")
#: Letters of the endings of a word for an aim.
_ENDING = 5


@lru_cache(maxsize=4096)
def about(sentence: str) -> frozenset[str]:
    """Stems of the words that may tell what a sentence is about.

    >>> sorted(about("Minst 30 deltagare har prövat en ny arbetsuppgift."))
    ['arbetsuppgift', 'pröv']
    """
    return frozenset(map(_told, words_of(sentence))) - {""}


@lru_cache(maxsize=16384)
def _told(word: str) -> str:
    """The root of a word that may tell what a sentence is about; empty for another."""
    root = _root(word) if _tells(word) else ""
    return "" if root in _fillers() else root


def _tells(word: str) -> bool:
    """It is no number, no aim and no small word; what an aim's word begins ("deltagarråd") may be a thing."""
    if len(word) < _LONG or not word.isalpha() or word in NUMBER_WORDS or uses(word) & _NO_THING:
        return False
    if not word.startswith(_aims()):  # nearly all
        return True
    return not any(word.startswith(aim) and len(word) - len(aim) <= _ENDING for aim in _aims())


@cache
def _aims() -> tuple[str, ...]:
    return tuple(aim.rstrip("*") for aim in text_stems()["aim"])


def _root(word: str) -> str:
    """The stem without the ending of a verb's form: "prövat" and "prövade" are one."""
    found = stem(word)
    return re.sub(r"(?:ats|ades|at|ade|as|ad)$", "", found) if len(found) > 5 else found


def _core(word: str) -> str:
    """What a stem has in common with those of other forms: "övning" and "övat", "cykel" and "cyklar"."""
    bare = _ENDINGS.sub("", word)
    return re.sub(r"e([lnr])$", r"\1", bare if len(bare) > 1 else word)


@cache
def _fillers() -> frozenset[str]:
    return frozenset(stem(word) for word in filler_words()) | {
        stem(word)
        for word in ("minst", "högst", "procent", "gånger", "under", "året", "inom", "dagar", "månader")
    }


@cache
def whom() -> frozenset[str]:
    """Stems of the words for those who are served."""
    return frozenset(stem(word) for use in ("served", "users") for word in quantity_words()[use])


class Stems:
    """Stems in which others are looked for; made once of many."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._joined = "\n".join(["", *self.words, ""])

    def has(self, word: str) -> bool:
        """One of them is of the same thing: the word, a compound's last part, or alike but for their ends.

        >>> Stems(["förbrukning", "väntan"]).has("elförbrukning"), Stems(["måltidsombud"]).has("måltid")
        (True, False)
        """
        return self.tells(word) or self._is_part(word) or self._begins(word)

    def tells(self, word: str) -> bool:
        """The word itself is among them, or a compound that ends with it."""
        return word in self.words or (len(word) >= _TAIL and f"{word}\n" in self._joined)

    def akin(self, word: str) -> bool:
        """Any of them has a part with the word in common, whatever form it has.

        >>> Stems(["måltidsombud"]).akin("måltid"), Stems(["övning", "elcykl"]).akin("cykel")
        (True, True)
        """
        if self.has(word):
            return True
        mine = _core(word)
        return any(
            mine == each
            or (len(mine) >= _LONG and (each.startswith(mine) or each.endswith(mine)))
            or (len(each) >= _LONG and (mine.startswith(each) or mine.endswith(each)))
            for each in self._cores
        )

    @cached_property
    def _cores(self) -> frozenset[str]:
        return frozenset(map(_core, self.words))

    def _is_part(self, word: str) -> bool:
        return any(word[i:] in self.words for i in range(1, len(word) - _TAIL + 1))

    def _begins(self, word: str) -> bool:
        """One begins as the word does, or the word as one does, but for two letters."""
        if len(word) < _LONG:
            return False
        if any(word[:-n] in self.words for n in (1, 2) if len(word) - n >= _LONG):
            return True
        at = self._joined.find(f"\n{word}")
        while at >= 0:
            end = self._joined.index("\n", at + 1)
            if end - at - 1 - len(word) <= 2:
                return True
            at = self._joined.find(f"\n{word}", end)
        return False


@lru_cache(maxsize=4096)
def stems(sentence: str) -> Stems:
    """What a sentence is about, to look in."""
    return Stems(about(sentence))


def shared(some: Iterable[str], others: Stems) -> int:
    """How many of some stems others have."""
    return sum(map(others.has, some))


@lru_cache(maxsize=4096)
def of_one_thing(expected: str, said: str) -> bool:
    """The sentence tells of what was expected: most of its words, or its one word."""
    wanted, told = about(expected), stems(said)
    both = shared(wanted, told)
    return both >= 2 or (
        both == 1 and (len(wanted) == 1 or any(len(w) > 8 and shared([w], told) for w in wanted))
    )


def short_of(expected: str, told: Sequence[str], year: int, *, aims: bool = False) -> Iterator[str]:
    """Sentences whose number is not what was expected, where none of the goal's has one that is.

    `aims` lets the sentences be aims themselves, as "minst sex gånger".

    >>> list(short_of("Brukarrådet träffas minst tio gånger.", ["Brukarrådet träffades sex gånger."], 2025))
    ['Brukarrådet träffades sex gånger.']
    """
    wanted = quantities_in(expected, year)
    yield from _share_short(expected, wanted, told, year)
    levels = [q for q in wanted if q.measure_unit or len(wanted) == 1]
    for level in levels:
        below = _at_most(expected, level)
        found = [
            (sentence, q)
            for sentence in told
            for q in quantities_in(sentence, year)
            if q.measure_unit == level.measure_unit and _of_one_kind(level, q) and (q.number.exact or aims)
            if of_one_thing(expected, sentence) and not _BUT_SINCE.search(sentence, q.number.end)
        ]
        once = level.measure_unit == "gånger" and not below and level.value > 1
        yield from (s for s in told if once and _ONCE.search(s) and not found and of_one_thing(expected, s))
        if not found or any(_reached(level, q, most=below) for _, q in found):
            continue
        if not below and any(_reached(level, q, most=False) for q in _parts(expected, told, year)):
            continue
        yield found[0][0]


def _share_short(expected: str, wanted: Sequence[Quantity], told: Sequence[str], year: int) -> Iterator[str]:
    """A part of a whole that is less than the share that was expected: "81 av 96" of "nio av tio"."""
    pairs = [100 * part.value / whole.value for part, whole in parts_of(wanted) if whole.value]
    share = pairs[0] if pairs and len(wanted) == 2 else wanted[0].value if len(wanted) == 1 else 0.0
    counted = pairs or (wanted and wanted[0].measure_unit == "%" and wanted[0].role != "change")
    if not counted or _at_most(expected, wanted[0]) or _LACKS.search(expected):
        return
    same = [each for each in told if of_one_thing(expected, each) and not _LACKS.search(each)]
    parts = [
        (sentence, 100 * part.value / whole.value)
        for sentence in same
        for part, whole in parts_of(quantities_in(sentence, year))
        if 0 < part.value <= whole.value and "%" not in (part.measure_unit, whole.measure_unit)
    ]
    told_shares = [q.value for each in same for q in quantities_in(each, year) if q.measure_unit == "%"]
    if parts and max(*told_shares, *(told for _, told in parts), 0.0) < share - 1:
        yield parts[0][0]


def once_of(expected: str, told: Sequence[str], year: int) -> Iterator[str]:
    """Sentences of a text that say that some had once, or only then, what all were to have more often.

    >>> list(once_of("Larm prövas två gånger i varje hus.", ["Huset Eken prövade bara i maj."], 2025))
    ['Huset Eken prövade bara i maj.']
    """
    if "gång" not in expected or not any(
        q.measure_unit == "gånger" and q.value > 1 and not _at_most(expected, q)
        for q in quantities_in(expected, year)
    ):
        return
    wanted = about(expected)
    for before, said in pairwise(("", *told)):
        if not (_ONCE.search(said) or _ONLY_THEN.search(said)):
            continue
        if any(map(stems(said).akin, wanted)) or (_IT.search(said) and any(map(stems(before).akin, wanted))):
            yield said


def _parts(expected: str, told: Sequence[str], year: int) -> Iterator[Quantity]:
    """Counts that are told as parts, as "11 av 12 boende", of the same thing."""
    for sentence in told:
        if of_one_thing(expected, sentence):
            yield from (q for q in quantities_in(sentence, year) if q.role == "part")


def _of_one_kind(level: Quantity, said: Quantity) -> bool:
    if said.role in _NOT_OUTCOME or said.period == "previous":
        return False
    if said.role == "part" or (said.role == "whole") != (level.role == "whole"):
        return False
    changes = [q.role == "change" or bool(q.direction) for q in (level, said)]
    return changes[0] == changes[1]


def _at_most(expected: str, level: Quantity) -> bool:
    """The number is a ceiling: "högst 8 procent", "ingen har fler än 45"."""
    number = level.number
    if number.high is not None and number.low is None:
        return True
    lead = expected[: number.start + len(level.raw)]
    least = re.search(r"\b(?:fler|mer|mindre|färre)\s+än\b", lead, re.I)
    if least and least[0].lower().startswith(("fler", "mer")):
        return bool(_NONE.search(lead[: least.start()]))
    return bool(least) or bool(re.search(r"\b(?:under(?:stig\w+)?|inom)\s+$", expected[: number.start], re.I))


def _reached(level: Quantity, said: Quantity, *, most: bool) -> bool:
    value = level.number.high if most and level.number.high is not None else level.value
    return said.value <= value + 1e-9 if most else said.value >= value - 1e-9
