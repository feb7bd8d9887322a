"""What stands twice: the expected result as the analysis, an analysis, a passage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from vbdata.language.inflection import stem
from vbdata.language.prose import plain_sentences, quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import INTENDED, Text, own_texts, told_goals
from vbdata.validate.stems import words_of

#: Words that change with the tense only.
_TENSE = frozenset((
    "ska", "skall", "har", "hade", "är", "var", "blir", "blev", "kommer", "kommit", "att", "och", "också",
    "även", "nu", "i", "en", "ett", "den", "det",
))  # fmt: skip
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Words of a sentence below which it is a phrase that anybody may write twice.
_SHORTEST, _SHORTEST_TWICE, _SHORTEST_ANALYSIS = 5, 8, 15
#: Words of an analysis that is no more than what was expected.
_LEAST = 6
#: Words that two texts share before it is a passage and no turn of phrase.
_PASSAGE, _ALIKE = 20, 0.86


class _Said(NamedTuple):
    """A sentence of a text, and the words that it is compared by: in order, and which they are."""

    text: Text
    sentence: str
    words: tuple[str, ...]
    different: frozenset[str]


def _said(text: Text, sentence: str) -> _Said:
    """A sentence without the words of its tense and its years."""
    words = _timeless(sentence)
    return _Said(text, sentence, words, frozenset(words))


@lru_cache(maxsize=2048)  # several checks ask for the same sentences
def _timeless(sentence: str) -> tuple[str, ...]:
    words = [word for word in words_of(sentence) if word not in _TENSE]
    if "20" in sentence or "19" in sentence:
        words = [_YEAR.sub("år", word) for word in words]
    return tuple(words)


def _stems(text: Text, sentence: str) -> _Said:
    """A sentence without its endings, too."""
    words = tuple(map(stem, _said(text, sentence).words))
    return _Said(text, sentence, words, frozenset(words))


def _alike(said: _Said, other: _Said) -> bool:
    if said.words == other.words:
        return True
    one, two = len(said.words), len(other.words)
    if 2 * min(one, two) < _ALIKE * (one + two) or two < _SHORTEST:
        return False
    shared = len(said.different & other.different)
    most = shared + min(one - len(said.different), two - len(other.different))
    if shared < _ALIKE * len(said.different) - 1 or 2 * most < _ALIKE * (one + two):  # nearly all
        return False
    return SequenceMatcher(None, said.words, other.words, autojunk=False).ratio() >= _ALIKE


# ------------------------------------------------------------------------ expected result


@check
def expected_repeated(rows: Rows) -> Iterator[Noted]:
    """An analysis that says the expected result over again instead of how it went."""
    if rows["reports"][0]["kind"] == "VP":
        return
    for goal, expected, told in told_goals(rows):
        results = [_stems(text, sentence) for text in expected for sentence in text.sentences]
        wanted = [each for each in results if len(each.words) >= 3]
        for text in told:
            if wanted and text.table == "passages" and (found := _repeated(text, wanted)):
                said, source = found
                words = {"title": goal["title"], "quote": quote(said.sentence)}
                other = source.text.other(rows, source.sentence)
                yield text.doubt(rows, "expected_repeated", said.sentence, words, other)


def _repeated(text: Text, wanted: Sequence[_Said]) -> tuple[_Said, _Said] | None:
    """The first sentence that repeats one that was wanted: to the letter, or where hardly more is said."""
    told = (_stems(text, sentence) for sentence in text.sentences)
    pairs = [(said, each) for said in told for each in wanted if _alike(said, each)]
    if not pairs:
        return None
    verbatim = [
        (said, each)
        for said, each in pairs
        if words_of(said.sentence) == words_of(each.sentence) and len(each.words) > _SHORTEST
    ]
    repeated = sum(len(words_of(said)) for said in {said.sentence for said, _ in pairs})
    if repeated < _LEAST:
        return None
    if not verbatim and repeated < 0.6 * len(words_of(text.text)):
        return None
    return (verbatim or pairs)[0]


# ------------------------------------------------------------------------ one analysis for two


@check
def analysis_twice(rows: Rows) -> Iterator[Noted]:
    """One analysis under two goals, indicators or activities that are not the same."""
    seen: dict[tuple[str, ...], Text] = {}
    for text in own_texts(rows):
        bare = _without_label(text.text)
        mark = words_of(bare)
        if not text.outcome or len(mark) < _SHORTEST_ANALYSIS:
            continue
        first = seen.setdefault(mark, text)
        if first is text or (first.table == text.table != "passages" and first.heading == text.heading):
            continue
        said = plain_sentences(bare)[0]
        words = {
            "first": _named(first),
            "second": _named(text),
            "quote": quote(said),
            "cause": " ".join(mark),
        }
        yield text.doubt(rows, "analysis_twice", said, words, first.other(rows, said))


def _without_label(text: str) -> str:
    """A text without a first line that is no sentence, such as the unit's name."""
    first, _, rest = text.partition("\n")
    return rest if rest.strip() and not first.rstrip().endswith((".", "!", "?", ":")) else text


def _named(text: Text) -> str:
    return text.goal["title"] if text.table == "passages" and text.goal else text.heading


# ------------------------------------------------------------------------ one passage in two places


@check
def passage_twice(rows: Rows) -> Iterator[Noted]:
    """The same passage in two texts of one report: one doubt for each two texts."""
    pairs: dict[tuple[int, int], list[tuple[_Said, _Said]]] = defaultdict(list)
    for first, second in _pairs(rows):
        pairs[id(first.text), id(second.text)].append((first, second))
    for found in pairs.values():
        moved = next(((a, b) for a, b in found if _years(a) != _years(b)), None)
        length = sum(len(words_of(second.sentence)) for _, second in found)
        if moved:
            yield _twice(rows, "passage_other_year", *moved, length)
        if length >= _PASSAGE and _whole(found) and found[0][0].text is not found[0][1].text:
            same = (pair for pair in found if pair[0].sentence == pair[1].sentence)
            yield _twice(rows, "passage_twice", *next(same, found[0]), length)


def _years(said: _Said) -> set[str]:
    return set(_YEAR.findall(said.sentence))


def _whole(found: Sequence[tuple[_Said, _Said]]) -> bool:
    """Not two whole analyses, which `analysis_twice` tells of."""
    first, second = found[0][0].text, found[0][1].text
    same = words_of(_without_label(first.text)) == words_of(_without_label(second.text))
    return not (same and first.outcome and second.outcome)


def _pairs(rows: Rows) -> Iterator[tuple[_Said, _Said]]:
    """Sentences that stand in two texts, the first one of each with the second."""
    seen: dict[tuple[str, ...], list[_Said]] = defaultdict(list)
    said = [
        _said(text, sentence)
        for text in sorted(own_texts(rows), key=_order)
        for sentence in text.sentences
        if text.section not in INTENDED and len(words_of(sentence)) >= _SHORTEST_TWICE
    ]
    for each in said:
        met = [seen[shingle] for shingle in _shingles(each.words)]
        first = next((other for other in _different(met) if _alike(other, each)), None)
        if first is not None and (first.text is not each.text or _years(first) != _years(each)):
            yield first, each
        for others in met:
            others.append(each)


def _order(text: Text) -> tuple[int, int]:
    return text.row["source_page"] or 0, text.row["source_line"] or 0


def _shingles(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Four words in a row that begin with a longer one: enough to meet a sentence that is nearly the same."""
    return [words[i : i + 4] for i in range(max(1, len(words) - 3)) if i == 0 or len(words[i]) > 8]


def _different(met: Sequence[Sequence[_Said]]) -> Iterator[_Said]:
    """The sentences that were met, each once, in their order."""
    tried: set[int] = set()
    for others in met:
        for other in others:
            if id(other) not in tried:
                tried.add(id(other))
                yield other


def _twice(rows: Rows, code: str, first: _Said, second: _Said, length: int) -> Noted:
    words = {
        "first": first.text.heading,
        "second": second.text.heading,
        "words": str(length),
        "quote": quote(second.sentence),
        "years": " och ".join(sorted(_years(first) ^ _years(second))),
    }
    return second.text.doubt(rows, code, second.sentence, words, first.text.other(rows, first.sentence))
