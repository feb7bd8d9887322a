"""One thing told twice in a report, with other numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice
from typing import Any

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import plain_sentences, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.normalise.quantities import TEXTS
from vbdata.validate.checks.names import named_enheten
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.places import place_of
from vbdata.validate.said import Said, by_sentence, doubt, place_said

_WORD = re.compile(r"[^\W\d_][\w-]*")
#: Words of a sentence, small ones aside, that tell a fact, and how many of them two tellings share.
LEAST, SHARED = 4, 0.75
TIME = re.compile(
    r"januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|våren|sommaren"
    r"|hösten|vintern|vecka|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|tertial|\bT[123]\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:är|var|har|hade|blivit|blev)\s+(?:[^\W\d_]+\s+)?([^\W\d_]{5,}(?:ade|ad|ats|ades|da|at))\b"
)
_PARTLY = re.compile(
    r"\b(?:några|flera|flesta|vissa|delvis|nästan|förutom|utom|en del|\d{1,3}|två|tre|fyra|fem)\b", re.I
)
_ALL = re.compile(r"(?:^|[,;]\s|\boch\s)(?:samtliga|alla)\s+(?:våra\s+|de\s+|enhetens\s+)?$", re.I)
_VARAV = re.compile(r"\bvarav\b", re.I)
#: What follows a subject that nothing narrows: its verb.
_THEY = re.compile(
    r"\s+(?:har|hade|är|var|blev|fick|får|deltog|deltar|erbjöds|gick|svarade|[^\W\d_]+(?:ades|tes|des|stes))\b"
    r"|\s+lästes\b",
    re.I,
)
_HAS_ALL = re.compile(
    r"(?:^|[,;]\s*)(?:(?:idag|totalt|inom|på|i)\s+)?(?:enheten|vi|verksamheten|förskolan|skolan|boendet)(?:\s+skola)?\s+"
    r"(?:\w+\s+)?(?:är|var|har|hade|består\s+av|omfattar|omfattade|arbetar|deltar|bedriver|driver|finns)\s+"
    r"(?:(?:idag|nu|totalt|i|just)\s+)*$",
    re.I,
)
_OURS = re.compile(
    r"(?:\b(?:enhetens|verksamhetens|förskolans|skolans|boendets|våra)|\b(?:alla|samtliga)\s+(?:enhetens|våra))\s+$",
    re.I,
)
#: From how many on "alla" is hardly of some that were just told of.
MANY = 10
_ALL_FIRST = re.compile(r"(?:alla|samtliga)\s+$", re.I)
#: A list of counted things after what the unit has.
_HAS_LIST = re.compile(
    r"(?:^|[,;]\s*)(?:(?:idag|totalt)\s+)?(?:enheten|verksamheten|förskolan|skolan|boendet|vi)\s+"
    r"(?:har|hade|består\s+av|omfattar|sköter|driver|förvaltar|ansvarar\s+för|rymmer|bedriver)\s+"
    r"(?:\S+\s+[^\W\d_]+(?:\s+[^\W\d_]+)?(?:,|\s+och|\s+med|\s+samt)\s+)*(?:(?:tillsammans|totalt|sammanlagt)\s+)?$",
    re.I,
)
_NARROWED = re.compile(r"\s+(?:i|på|vid|inom|hos|för|från|som|med|under|av|till|per)\b", re.I)
_ENDS_OR_TIME = re.compile(
    r"(?:\s+(?:vid\s+årets\s+slut|i\s+slutet\s+av\s+året|under\s+året|i\s+höstas|idag))?\s*(?:[.,;:]|$|fördela)",
    re.I,
)
TOLD_IN = ("passages", "indicators", "activities")
#: Sections that say what is to be, or what others have decided.
NOT_TOLD = ("expected_result", "description", "method", "follow_up", "resources")
_Every = tuple[str, dict[str, Any], str, str, str]


@check
def told_differs(rows: Rows) -> Iterator[Noted]:
    """Two sentences of the same words, or two counts of the whole unit, with different numbers."""
    found = [said for said in by_sentence(rows) if said]
    seen: set[tuple[str, str]] = set()
    for one, two in _pairs_alike(found):
        yield from _compare(rows, one, two, seen)
    own = named_enheten(rows["reports"][0])
    census = [each for said in found for each in said if _counts_all(each) and _has_in_all(each, own)]
    for first, second in combinations(census, 2):
        if first.quantity.heads == second.quantity.heads and first.value != second.value:
            yield from _compare(rows, (first,), (second,), seen)
    yield from _possessed_differ(rows, found, own)


def _possessed_differ(
    rows: Rows, found: Sequence[tuple[Said, ...]], own: Callable[[str], str]
) -> Iterator[Noted]:
    """What the unit has, and another number of it: "enheten har 4 hus och 31 platser", "våra 33 platser"."""
    ours = [said for each in found for said in each if _is_ours(said)]
    if not ours:
        return
    has = [said for each in found for said in each if said.quantity.heads and _in_its_list(said, own)]
    for said in ours:
        same = [each for each in has if each.quantity.heads == said.quantity.heads]
        if same and all(each.value != said.value for each in same) and _is_of_now(said, same[0]):
            yield differ(rows, said, same[0])


def _is_ours(said: Said) -> bool:
    """All of a kind that is the unit's own, and not those of a place or a group."""
    number = said.quantity.number
    if said.role not in ("level", "whole") or not (said.exact and said.value.is_integer()):
        return False
    lead = said.sentence[: number.start]
    all_of_many = _ALL_FIRST.match(lead) and said.value >= MANY
    whole = said.after is not None and not _NARROWED.match(said.after)
    return whole and bool(_OURS.search(lead) or all_of_many)


def _in_its_list(said: Said, own: Callable[[str], str]) -> bool:
    """One of the things that a sentence says that the unit has: "enheten sköter 12 parker och 40 bänkar"."""
    after = said.after
    if after is None or not (said.exact and said.value.is_integer()) or said.role not in ("level", "whole"):
        return False
    listed = _HAS_LIST.search(_lead(said, own))
    return bool(listed) and not _NARROWED.match(after.replace(" med ", " och ", 1))


def _lead(said: Said, own: Callable[[str], str]) -> str:
    """What stands before the number, with "enheten" for the unit's name."""
    sentence = own(said.sentence)
    return sentence[: len(sentence) - (len(said.sentence) - said.quantity.number.start)]


def _is_of_now(said: Said, other: Said) -> bool:
    sentences = said.sentence, other.sentence
    return not any(map(TIME.search, sentences)) and said.quantity.period in (None, "year")


@check
def some_or_all(rows: Rows) -> Iterator[Noted]:
    """Some of them in one sentence, all in another: "tre av husen är godkända", "alla hus är godkända"."""
    some = [
        (said, done)
        for found in by_sentence(rows)
        for said in found
        if said.role == "part" and said.row["text_table"] in TOLD_IN and (done := _done(said))
    ]
    if not some:
        return
    sections = {row["row_id"]: row["section"] for row in rows["passages"]}
    every = list(_told_of_all(rows, frozenset(word for _, done in some for word in done), sections))
    for said, done in some:
        if sections.get(said.row["text_row_id"]) in NOT_TOLD:
            continue
        nouns = {stem(word) for word in _WORD.findall(said.sentence)}
        same = (each for each in every if each[4] in done and each[3] in nouns)
        for table, row, sentence, *_ in islice((each for each in same if each[2] != said.sentence), 1):
            where = place_of(rows, row, sentence)
            words = {
                "first": f"”{quote(sentence, 80)}”", "second": f"{said.quantity.raw} {_tail(said)}".strip(),
                "quote": quote(said.sentence), "place": str(where.line),
            }  # fmt: skip
            yield doubt(rows, "told_differs", said, words, Other(table, row["row_id"], where, TEXTS[table]))


def _tail(said: Said) -> str:
    found = re.match(r"\s*(av\s+\S+)", said.sentence[said.quantity.number.end :])
    return found[1].rstrip(".,;:") if found else ""


def _done(said: Said) -> frozenset[str]:
    """Stems of the long participles that follow a part: what it has been, or has done."""
    after = re.split(r"[,;:]|\b(?:men|och)\b", said.sentence[said.quantity.number.end :])[0]
    if any("unsure" in uses(word) for word in _WORD.findall(said.sentence)):
        return frozenset()
    return frozenset(_root(word) for word in _DONE.findall(after))


def _root(word: str) -> str:
    """What the forms of a participle share: "certifierade", "certifierats"."""
    return re.sub(r"(?:ades|ats|ade|ad|at|da|na|ts|t|a)$", "", word.casefold())


def _told_of_all(rows: Rows, done: frozenset[str], sections: dict[str, str | None]) -> Iterator[_Every]:
    """Sentences that say one of these of all of a kind: table, row, sentence, the kind's stem, the word's."""
    for table in TOLD_IN:
        for row in rows[table]:
            text = row["text" if table == "passages" else "analysis"] or ""
            if sections.get(row["row_id"]) in NOT_TOLD or not any(word in text.casefold() for word in done):
                continue
            for sentence in plain_sentences(text):
                if any([word in sentence.casefold() for word in done]):
                    yield from ((table, row, sentence, *each) for each in _all_of(sentence, done))


def _all_of(sentence: str, done: frozenset[str]) -> Iterator[tuple[str, str]]:
    words = _WORD.findall(sentence)
    told = [uses(word) for word in words]
    if not words or any("unsure" in use for use in told) or _PARTLY.search(sentence):
        return
    first = words[0].casefold()
    noun = words[1] if first in ("alla", "samtliga") and len(words) > 1 else words[0]
    if first not in ("alla", "samtliga") and not first.endswith(("erna", "orna", "arna", "husen")):
        return
    for word in _DONE.findall(sentence):
        if _root(word) in done:
            yield stem(noun), _root(word)


@check
def all_of_them(rows: Rows) -> Iterator[Noted]:
    """All of a number, and another number of the same: "Samtliga 44 deltagare har", "vi har 48 deltagare"."""
    found = [said for each in by_sentence(rows) for said in each if said.quantity.heads]
    every = [said for said in found if said.value >= 10 and _is_all(said)]
    if not every:
        return
    own = named_enheten(rows["reports"][0])
    for said in every:
        head = said.quantity.heads[-1]
        same = [each for each in found if each.quantity.heads[-1] == head and _comparable(each, said)]
        others = [each for each in same if each.value != said.value and not _is_all(each)]
        census = [each for each in others if _has_in_all(each, own)]
        if not census and len(same) == len(others) == 1:
            census = [each for each in others if _VARAV.search(each.sentence)]
        if len(census) != 1 or not 0.7 <= said.value / census[0].value <= 1.4:
            continue
        yield differ(rows, said, census[0])
        return


def _is_all(said: Said) -> bool:
    """The number is of all there is of something, with its verb after it."""
    after, counts = said.after, said.exact and said.value.is_integer()
    if after is None or not counts or said.unit not in (None, "personer", "platser"):
        return False
    return bool(_ALL.search(said.sentence[: said.quantity.number.start]) and _THEY.match(after))


def _comparable(one: Said, two: Said) -> bool:
    if one is two or not one.exact or one.role in ("target", "previous", "other", "change", "respondents"):
        return False
    sentences = one.sentence, two.sentence
    return one.quantity.period in (None, "year") and not any(map(TIME.search, sentences))


def _counts_all(said: Said) -> bool:
    """The number counts something, now: all that there is of it, perhaps."""
    counts = said.exact and said.role in ("level", "whole") and bool(said.quantity.heads)
    return counts and said.unit in (None, "personer", "platser") and said.quantity.period in (None, "year")


def _has_in_all(said: Said, own: Callable[[str], str]) -> bool:
    """The unit has, or had, so many in all: "Enheten har 12 medarbetare"."""
    ends = said.after is not None and _ENDS_OR_TIME.match(said.after)
    return bool(ends and _HAS_ALL.search(_lead(said, own)))


def differ(rows: Rows, said: Said, other: Said) -> Noted:
    """A doubt about a number that another place has otherwise."""
    words = {"first": other.quantity.raw, "second": said.quantity.raw, "quote": quote(said.sentence),
             "place": str(place_said(rows, other).line)}  # fmt: skip
    return doubt(rows, "told_differs", said, words, other)


def _pairs_alike(found: Sequence[tuple[Said, ...]]) -> Iterator[tuple[tuple[Said, ...], tuple[Said, ...]]]:
    """Sentences with the same kinds of numbers and the same named ones, and nearly the same other words."""
    kinds: dict[tuple[object, ...], list[tuple[Said, ...]]] = {}
    for said in found:
        kind = (*((each.unit, each.role) for each in said), *numbered(said))
        kinds.setdefault(kind, []).append(said)
    for same in kinds.values():
        group = [(_content(said[0].sentence), said) for said in same] if len(same) > 1 else []
        alike = [
            (one, two)
            for (some, one), (others, two) in combinations(
                [each for each in group if len(each[0]) >= LEAST], 2
            )
            if _share_words(some, others) and not _named(some ^ others)
        ]
        if len(alike) == 1 and not all(_of_a_goal(said[0]) for said in alike[0]):
            yield alike[0]


def numbered(said: Sequence[Said]) -> list[str]:
    """Digits of a sentence that are no quantities, as of a grade or a house: they tell whose number it is."""
    rest, at = [], 0
    for each in said:
        rest.append(each.sentence[at : each.quantity.number.start])
        at = each.quantity.number.end
    return re.findall(r"\d+", " ".join([*rest, said[0].sentence[at:]]))


def _share_words(some: frozenset[str], others: frozenset[str]) -> bool:
    both = len(some & others)
    return both >= SHARED * (len(some) + len(others) - both)


def _of_a_goal(said: Said) -> bool:
    """The text stands under a goal: a sentence like it under another may be about that one."""
    return said.row["goal_id"] is not None


def _content(sentence: str) -> frozenset[str]:
    """Stems of the words that tell what it is about; names keep their capital."""
    words = [(word, told) for word in _WORD.findall(sentence) if (told := _telling(word))]
    return frozenset(word if i and word[0].isupper() else told for i, (word, told) in enumerate(words))


@lru_cache(maxsize=16384)
def _telling(word: str) -> str:
    """The stem of a word that tells what a sentence is about; nothing of a small one."""
    return "" if uses(word) & {"small", "about"} else stem(word)


def _named(words: frozenset[str]) -> bool:
    return any(word[0].isupper() for word in words)


def _compare(
    rows: Rows, one: Sequence[Said], two: Sequence[Said], seen: set[tuple[str, str]]
) -> Iterator[Noted]:
    for first, second in zip(one, two, strict=True):
        if first.value == second.value or not (first.exact and second.exact):
            continue
        if TIME.search(first.sentence) or TIME.search(second.sentence):
            return
        if (
            first.quantity.period != second.quantity.period
            or first.row["text_row_id"] == second.row["text_row_id"]
        ):
            return
        key = (first.row["row_id"], second.row["row_id"])
        if key in seen:
            return
        seen.add(key)
        words = {"first": first.quantity.raw, "second": second.quantity.raw, "quote": quote(second.sentence),
                 "place": str(first.row["source_line"])}  # fmt: skip
        yield doubt(rows, "told_differs", second, words, first)
        return
