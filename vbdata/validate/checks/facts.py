"""One fact told twice: two clauses that are about the same, with other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from vbdata.language.inflection import stem
from vbdata.language.numbers import unit_of, uses
from vbdata.language.prose import NUMBER_WORDS
from vbdata.language.quantities import COUNTED, clause_of
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.retold import NOT_TOLD, TIME, TOLD_IN, differ, numbered
from vbdata.validate.expected import about
from vbdata.validate.said import Said, by_sentence
from vbdata.validate.stems import stems_of
from vbdata.vocabulary import quantity_words

_WORD = re.compile(r"[^\W\d_][\w-]*")
#: Things that clauses share, to tell one fact: where they are all, and where one says more.
ALL, SOME = 2, 3
#: Letters of a root that tells a fact alone, and how often something was done.
LONG, LONG_TIMES = 8, 5
#: Nouns that count times.
_TIMES = frozenset(map(stem, ("möten", "träffar", "gånger", "tillfällen")))
#: Uses of words for another year, or for what may be.
_TELLS_OTHER = frozenset(("unsure", "previous", "next"))
#: What makes a clause one of a part, besides the words that narrow a level.
_TO = ("till", "från", "mot", "som", "med", "utan", "efter")
#: There is one for each survey; results have a check of their own.
_MANY = ("svarsfrekvens", "överskott", "underskott")
#: "rådet som har träffats": what stands before it is of something else.
_WHO = re.compile(r"^.*\b(?=[^\W\d_]+\s+som\s)")


class _Fact(NamedTuple):
    """A number with what its clause is about, what it counts among it, and the names and digits in it.

    `alone` where its sentence has no other number.
    """

    said: Said
    kind: str
    things: frozenset[str]
    names: frozenset[str]
    alone: bool

    @property
    def counts(self) -> bool:
        return self.kind in ("", "personer", "platser", "svar")


@check
def facts_differ(rows: Rows) -> Iterator[Noted]:
    """One fact with two numbers: "husmöten hölls nio gånger", "vi har haft elva husmöten"."""
    sections = {row["row_id"]: row["section"] for row in rows["passages"]}
    told = [
        fact
        for found in by_sentence(rows)
        if sections.get(found[0].row["text_row_id"]) not in NOT_TOLD
        for fact in _facts(found)
    ]
    alike: dict[tuple[str, frozenset[str]], list[_Fact]] = defaultdict(list)
    for fact in told:
        alike[fact.kind, fact.names].append(fact)
    for same in alike.values():
        for i, two in enumerate(same):  # each is asked of once
            if one := next((one for one in same[:i] if _differ(one, two)), None):
                yield differ(rows, two.said, one.said)


def _differ(one: _Fact, two: _Fact) -> bool:
    """Two sentences tell of the same with other numbers."""
    apart = one.said.sentence != two.said.sentence and one.said.value != two.said.value
    return apart and _tell_the_same(one, two)


def _facts(found: Sequence[Said]) -> Iterator[_Fact]:
    """The numbers of a sentence that are of the year and of what their clause is about."""
    if TIME.search(found[0].sentence) or found[0].row["text_table"] not in TOLD_IN:
        return
    for said in found:
        now = said.quantity.period in (None, "year") and not said.quantity.direction
        if not (said.exact and now and said.role in ("level", "other")):
            continue
        words = _WORD.findall(_clause(said))
        if len(words) < 3 or any(_TELLS_OTHER & uses(word) for word in words if word != "per"):
            continue
        head = said.quantity.heads[-1:]
        times = said.unit == "gånger" or "".join(head).endswith(tuple(_TIMES))
        kind = "gånger" if times else said.unit or ""
        is_name = bool(head) and (said.quantity.subject or "").split()[-1][:1].isupper()
        counted = head if said.unit in COUNTED and kind != "gånger" and not is_name else ()
        named = {word for word in words[1:] if word[0].isupper()}
        others = {stem(word) for word in words if word in named or unit_of(word)} - set(counted)
        things = about(_clause(said)).union(counted) - _done() - _TIMES - others
        fact = _Fact(said, kind, things, frozenset(named.union(numbered(found))), len(found) == 1)
        if things and (fact.counts or kind == "gånger" or said.row["text_table"] == "passages"):
            yield fact


def _clause(said: Said) -> str:
    clause = clause_of(said.sentence, said.quantity.number)
    return _WHO.sub("", clause) if " som " in clause else clause


@cache
def _done() -> frozenset[str]:
    """Roots of the words for what is done or happens, which texts use for each other."""
    return frozenset(root for word in quantity_words()["done"] for root in about(word))


def _tell_the_same(one: _Fact, two: _Fact) -> bool:
    """The clauses are about the same, which is enough to tell one fact, and neither is of a part."""
    less, more = sorted((one, two), key=lambda fact: len(fact.things))
    if one.counts and one.said.quantity.heads != two.said.quantity.heads:
        return False
    times = one.kind == "gånger"
    if less.things == more.things:
        sure = times or (one.alone and two.alone and one.kind != "personer")
        tells = sure and all(_tells(thing, LONG_TIMES if times else LONG) for thing in less.things)
        enough = len(less.things) >= ALL or tells
    else:
        least = ALL if times else SOME
        enough = (times or one.counts) and less.things < more.things and len(less.things) >= least
    if not enough or (len(less.things) < SOME and not times and _elsewhere(one, two)):
        return False
    return _narrowed(more) <= stems_of(less.said.sentence) and _narrowed(less) <= stems_of(more.said.sentence)


def _tells(thing: str, least: int) -> bool:
    """A word that tells a fact alone."""
    return len(thing) >= least and not thing.startswith(_MANY)


def _elsewhere(one: _Fact, two: _Fact) -> bool:
    """The two stand in one text, or under two goals: perhaps they are two facts."""
    rows = one.said.row, two.said.row
    goals = {row["goal_id"] for row in rows}
    return len({row["text_row_id"] for row in rows}) == 1 or (None not in goals and len(goals) == 2)


def _is_measure(word: str) -> bool:
    unit = unit_of(word)
    return unit is not None and unit[0] not in COUNTED


def _narrowed(fact: _Fact) -> set[str]:
    """What a clause says after a preposition that makes it one of a part: "om mat", "i Norra huset"."""
    words = _WORD.findall(_clause(fact.said))
    narrows = [at for at, word in enumerate(words) if "narrows" in uses(word) or word.casefold() in _TO]
    after = [word for at in narrows for word in words[at + 1 : at + 3]]
    things = (word for word in after if word.casefold() not in NUMBER_WORDS and not _is_measure(word))
    return {stem(word) for word in things if not uses(word) & {"small", "now", "joins", "own"}} - _done()
