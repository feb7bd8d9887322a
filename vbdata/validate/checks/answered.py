"""Each expected result looked for in what is told of its goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from vbdata.language.inflection import stem
from vbdata.language.prose import enumerated, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.registry import Row, Rows, check, place
from vbdata.validate.checks.texts import Text, own_texts, unit_goals
from vbdata.validate.stems import has, words_of
from vbdata.vocabulary import filler_words

#: Letters of a word that may be what a sentence is about, and of the part that two compounds share.
_LONG, _SHARED = 5, 5
#: Words of an analysis below which it answers nothing in particular.
_SHORTEST = 8


@check
def expected_unanswered(rows: Rows) -> Iterator[Noted]:
    """Expected results of goals said to be wholly met, of which not a word is said: one for each goal."""
    if rows["reports"][0]["kind"] != "VB":
        return
    for goal, expected, told in unit_goals(rows):
        if goal["status"] != "met" or sum(len(words_of(text.text)) for text in told) < _SHORTEST:
            continue
        said = _said(rows, goal, told)
        missing = [
            (text, sentence)
            for text in expected
            for sentence in text.sentences
            if (about := about_of(sentence)) and not any(_among(word, said) for word in about)
        ]
        lost = {sentence for _, sentence in missing}
        others = [s for text in expected for s in text.sentences if s not in lost and about_of(s)]
        answered = bool(others) and all(_is_answered(sentence, said) for sentence in others)
        if missing and answered and not _told_elsewhere(rows, goal, missing):
            text, sentence = missing[0]
            words = {
                "title": goal["title"],
                "quotes": enumerated([f"”{quote(each, 100)}”" for _, each in missing], 2),
            }
            other = Other("goals", goal["goal_id"], place(goal), "status")
            where = text.place(rows, sentence)
            yield Noted(
                "expected_unanswered",
                "passages",
                text.row["row_id"],
                where,
                words,
                column="text",
                other=other,
            )


def _said(rows: Rows, goal: Row, told: Sequence[Text]) -> set[str]:
    """Stems of all that stands under the goal: its texts, its activities and its indicators."""
    parts = [text.text for text in told]
    for table, column in (("activities", "title"), ("indicators", "name")):
        parts += [row[column] for row in rows[table] if row["goal_id"] == goal["goal_id"]]
    return {stem(word) for part in parts for word in words_of(part) if len(word) >= 4}


def _is_answered(sentence: str, said: set[str]) -> bool:
    """Most of what the sentence is about is told: the text goes through what was expected."""
    about = about_of(sentence)
    return 2 * sum(_among(word, said) for word in about) >= len(about)


def _told_elsewhere(rows: Rows, goal: Row, missing: Sequence[tuple[Text, str]]) -> bool:
    """Some other text of the unit's speaks of what is missing."""
    wanted = {word for _, sentence in missing for word in about_of(sentence)}
    for text in own_texts(rows):
        if text.section == "expected_result" or (text.goal and text.goal["goal_id"] == goal["goal_id"]):
            continue
        there = {stem(each)[:_SHARED] for each in words_of(text.text)}
        if any(word[:_SHARED] in there for word in wanted if len(word) > 7):
            return True
    return False


def about_of(sentence: str) -> set[str]:
    """Stems of the words that may be what a sentence is about; none where it is too plain to be looked for.

    >>> sorted(about_of("Inköp av engångsmaterial ska minska."))
    ['engångsmaterial', 'inköp']
    """
    words = [
        word for word in words_of(sentence) if len(word) >= _LONG and word.isalpha() and not has("aim", word)
    ]
    stems = {stem(word) for word in words} - _fillers()
    return stems if any(len(word) > 7 for word in stems) else set()


@cache
def _fillers() -> frozenset[str]:
    return frozenset(stem(word) for word in filler_words())


def _among(word: str, said: set[str]) -> bool:
    """The word is said, or one that it has a long part in common with."""
    if word in said:
        return True
    head, tail = word[:_SHARED], word[-_SHARED:]
    return any(
        each.startswith(head) or (len(each) >= _SHARED and (each in word or tail in each)) for each in said
    )
