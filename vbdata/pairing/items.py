"""Which item of a plan is which item of a report: the same words, a rewording, or not to be told.

Similar words are no proof: «utbildning i dataskydd» and «utbildning i brandskydd» are two activities. Two
texts are one thing reworded only where nothing that says what it is about was exchanged; what else is alike
is doubt.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from vbdata.vocabulary import filler_words, key

REWORDED = 75.0
"""Likeness, 0–100, from which a text is a rewording, if nothing in it was exchanged."""
POSSIBLE = 60.0
"""Likeness from which two texts may be the same thing."""
MARGIN = 5.0
"""How much more alike a pair must be than any other that one of them could form."""
OWN_WORDS = 2
"""Words that two texts share and nothing else has, from which the one may have taken the other's place."""
CHANGES = ("kept", "reworded", "dropped", "added", "unclear")
_SAME_WORD = 80.0
_ENDING = 4
"""Letters that inflection changes at the end of a word: utbild-ning, utbild-as."""


@dataclass(frozen=True, slots=True)
class Item:
    """A goal, indicator or activity.

    Attributes
    ----------
    ids
        Its rows: several where the document prints the same thing twice.
    text
        The words that it is recognised by.
    place
        Level and area code: where it stands; a missing area fits all.
    details
        What tells two items of the same words apart, such as dates.
    code
        A known identity that stands above the words, such as an indicator's id.
    """

    ids: tuple[str, ...]
    text: str
    place: tuple[str, str | None]
    details: Hashable = None
    code: str = ""

    @property
    def same(self) -> str:
        """What two printings of the same thing have in common."""
        return self.code or key(self.text)


@dataclass(frozen=True, slots=True)
class Pair:
    """What became of an item: one of `CHANGES`.

    `plan` or `report` is missing where it has no counterpart; then `candidates` are the items of the other
    side that it may be (only where `change` is ``unclear``). `likeness` is 0–100.
    """

    change: str
    plan: Item | None = None
    report: Item | None = None
    likeness: float | None = None
    candidates: tuple[Item, ...] = ()


def merged(items: Iterable[Item]) -> list[Item]:
    """Items with those that are printed twice, in the same place and alike in all, made one."""
    found: dict[Hashable, Item] = {}
    for item in items:
        alike = (item.same, item.place, item.details)
        first = found.get(alike)
        found[alike] = item if first is None else replace(first, ids=(*first.ids, *item.ids))
    return list(found.values())


def pair(
    plan: Sequence[Item],
    report: Sequence[Item],
    *,
    across: Callable[[Item, Item], bool],
    names: Collection[str] = (),
    digits: bool = False,
    replaced: bool = False,
) -> list[Pair]:
    """What became of every item: each is in exactly one pair, those of the plan first.

    Parameters
    ----------
    across
        Whether the same words in two different places may be one item that was moved.
    names
        Names of the unit, through time: exchanging one for another is no exchange of content.
    digits
        Whether digits must agree for a rewording («dag 1–14» is not «dag 15–»).
    replaced
        Whether texts that are not alike may be one thing by words that nothing else has.
    """
    left, right = ours, theirs = merged(plan), merged(report)
    pairs = [*_exact(left, right, lambda a, b: a.place == b.place)]
    pairs += _exact(_unpaired(left, pairs), _unpaired(right, pairs), across)
    left, right = _unpaired(left, pairs), _unpaired(right, pairs)
    edges = list(_edges(left, right, across, frozenset(names), digits))
    if replaced:
        edges += _of_one_matter(left, right, [*ours, *theirs], edges)
    clear = [edge for edge in edges if _stands_alone(edge, edges)]
    pairs += [Pair("reworded", edge.plan, edge.report, edge.likeness) for edge in clear]
    left, right = _unpaired(left, pairs), _unpaired(right, pairs)
    doubtful = [edge for edge in edges if edge.plan in left and edge.report in right]
    pairs += [_single("dropped", item, None, [e.report for e in doubtful if e.plan is item]) for item in left]
    pairs += [_single("added", None, item, [e.plan for e in doubtful if e.report is item]) for item in right]
    return pairs


def _single(change: str, plan: Item | None, report: Item | None, candidates: list[Item]) -> Pair:
    return Pair("unclear" if candidates else change, plan, report, None, tuple(candidates))


def _unpaired(items: Sequence[Item], pairs: Iterable[Pair]) -> list[Item]:
    taken = {id(item) for each in pairs for item in (each.plan, each.report)}
    return [item for item in items if id(item) not in taken]


def _exact(left: Sequence[Item], right: Sequence[Item], fits: Callable[[Item, Item], bool]) -> Iterator[Pair]:
    """Items of the same words. Several on both sides are told apart by their details, or not at all."""
    for same in dict.fromkeys(item.same for item in left):
        ours = [item for item in left if item.same == same]
        theirs = [item for item in right if item.same == same]
        for place in dict.fromkeys(item.place for item in ours):
            here = [item for item in ours if item.place == place]
            there = [item for item in theirs if fits(here[0], item)]
            for item in [each for each in here if each.details is not None]:
                equal = [other for other in there if other.details == item.details]
                if len(equal) == 1:
                    yield _same(item, equal[0])
                    here.remove(item)
                    there.remove(equal[0])
                    theirs.remove(equal[0])
            if len(here) == len(there) == 1:
                yield _same(here[0], there[0])
                theirs.remove(there[0])


def _same(plan: Item, report: Item) -> Pair:
    kept = key(plan.text) == key(report.text)
    return Pair("kept" if kept else "reworded", plan, report, 100.0)


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two items that may be one; `sound` where nothing of the content was exchanged."""

    plan: Item
    report: Item
    likeness: float
    sound: bool


def _edges(
    left: Sequence[Item],
    right: Sequence[Item],
    across: Callable[[Item, Item], bool],
    names: frozenset[str],
    digits: bool,
) -> Iterator[_Edge]:
    for plan, report in itertools.product(left, right):
        if plan.same == report.same and across(plan, report):
            yield _Edge(plan, report, 100.0, False)  # several of the same words: not to be told apart
        elif not (plan.code and report.code) or plan.code != report.code:
            if not _fits(plan.place, report.place):
                continue
            ours, theirs = unnamed(plan.text, names), unnamed(report.text, names)
            value = likeness(ours, theirs)
            agree = not digits or re.findall(r"\d+", ours) == re.findall(r"\d+", theirs)
            if value >= POSSIBLE and agree:
                yield _Edge(plan, report, value, value >= REWORDED and not exchanged(ours, theirs))


def _of_one_matter(
    left: Sequence[Item], right: Sequence[Item], everything: Sequence[Item], edges: Sequence[_Edge]
) -> Iterator[_Edge]:
    """Items of one place that share `OWN_WORDS` words or more which no other item has."""
    alike = {id(item) for edge in edges for item in (edge.plan, edge.report)}
    for plan, report in itertools.product(left, right):
        if id(plan) in alike or id(report) in alike or not _fits(plan.place, report.place):
            continue
        theirs = content(report.text)
        both = [word for word in content(plan.text) if not _lacks((word,), theirs)]
        if len(both) < OWN_WORDS:
            continue
        others = {word for item in everything if item not in (plan, report) for word in content(item.text)}
        if sum(_lacks((word,), others) for word in both) >= OWN_WORDS:
            yield _Edge(plan, report, likeness(plan.text, report.text), False)


def _fits(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    return one[0] == other[0] and (None in (one[1], other[1]) or one[1] == other[1])


def _stands_alone(edge: _Edge, edges: Iterable[_Edge]) -> bool:
    """Whether neither of the two could as well be another's."""
    rivals = (e for e in edges if e is not edge and (e.plan is edge.plan or e.report is edge.report))
    return edge.sound and all(edge.likeness - rival.likeness >= MARGIN for rival in rivals)


@lru_cache(maxsize=4096)
def unnamed(text: str, names: frozenset[str]) -> str:
    """A text with the unit's names replaced by the word for any unit.

    >>> unnamed("Solens dagliga verksamhet har en hög beredskap", frozenset({"Solens dagliga verksamhet"}))
    'enheten har en hög beredskap'
    """
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "enheten", text, flags=re.IGNORECASE)
    return text


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0–100: letter by letter, or with the words in any order.

    The larger of two normalised indel similarities (Levenshtein's without substitution): of the texts' keys,
    and of their words sorted.

    >>> round(likeness("Öka andelen ekologiska livsmedel", "Andelen ekologiska livsmedel ökar"))
    98
    """
    in_order = fuzz.ratio(key(one), key(other))
    return max(in_order, fuzz.ratio(" ".join(sorted(_words(one))), " ".join(sorted(_words(other)))))


def exchanged(one: str, other: str) -> bool:
    """Whether each text has words of content that the other lacks: one thing was put in another's place.

    >>> exchanged("Utbildning i brandskydd", "Utbildning i hygien")
    True
    >>> exchanged("Utbildning i brandskydd", "All personal utbildas i brandskydd")
    False
    """
    ours, theirs = content(one), content(other)
    return _lacks(ours, theirs) and _lacks(theirs, ours)


def _lacks(words: Collection[str], others: Collection[str]) -> bool:
    return any(not any(_one_word(word, each) for each in others) for word in words)


def content(text: str) -> frozenset[str]:
    """The words that say what a text is about: no fillers, no numbers."""
    return frozenset(word for word in _words(text) if not word.isdigit()) - filler_words()


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


@lru_cache(maxsize=65536)
def _one_word(one: str, other: str) -> bool:
    """The same word, inflected or misprinted."""
    if one == other:
        return True
    unlike = (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    shared = next(unlike, min(len(one), len(other)))
    if shared >= _ENDING and max(len(one), len(other)) - shared <= _ENDING:
        return True
    return one[:2] == other[:2] and fuzz.ratio(one, other) >= _SAME_WORD
