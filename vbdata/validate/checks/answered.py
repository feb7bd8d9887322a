"""Each expected result looked for in what is told of its goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.language.prose import enumerated, quote
from vbdata.language.quantities import quantities_in
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.goals import JUDGED, the_level
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import Text, own_texts, told_goals
from vbdata.validate.expected import Stems, about, stems, whom
from vbdata.validate.places import place
from vbdata.validate.stems import words_of
from vbdata.vocabulary import label

#: Words of an analysis below which it answers nothing in particular.
_SHORTEST = 8
#: Sentences of an expected result that is a list of results, at most.
_MOST = 5
#: Words of a sentence of such a list, at most.
_LONGEST = 18
#: Letters of a word that may name one thing.
_NAMING = 6


@check
def expected_unanswered(rows: Rows) -> Iterator[Noted]:
    """Expected results of judged goals of which not a word is said, where others are: one for each goal."""
    year = rows["reports"][0]["year"]
    if rows["reports"][0]["kind"] != "VB":
        return
    for goal, expected, told in told_goals(rows):
        own = [text for text in told if text.table == "passages" or goal["level"] == "unit"]
        wanted = [(text, sentence) for text in expected for sentence in text.sentences]
        if not wanted or goal["status"] not in JUDGED:
            continue
        if sum(len(words_of(text.text)) for text in own) < _SHORTEST:
            continue
        if len(wanted) > _MOST or any(len(words_of(sentence)) > _LONGEST for _, sentence in wanted):
            continue  # prose: no list of results that could be gone through
        said = _said(rows, goal, told)
        silent = [(text, sentence) for text, sentence in wanted if _is_silent(sentence, said)]
        silent = [each for each in silent if not _is_measured(each[1], told, year)]
        if len(silent) == len(wanted):  # perhaps told in other words: those of one name are left alone
            silent = [(text, sentence) for text, sentence in silent if len(_names(sentence)) > 1]
        if missing := [each for each in silent if not _told_elsewhere(rows, goal, each[1])]:
            text, sentence = missing[0]
            words = {
                "level": the_level(goal),
                "title": goal["title"],
                "status": label("status", goal["status"]),
                "quotes": enumerated([f"”{quote(each, 100)}”" for _, each in missing], 2),
            }
            other = Other("goals", goal["goal_id"], place(goal), "status")
            where, row_id = text.place(rows, sentence), text.row["row_id"]
            yield Noted("expected_unanswered", "passages", row_id, where, words, column="text", other=other)


def _said(rows: Rows, goal: Row, told: Sequence[Text]) -> Stems:
    """Stems of all that stands under the goal: its texts, its activities and its indicators."""
    parts = [sentence for text in told for sentence in text.sentences]
    for table, column in (("activities", "title"), ("indicators", "name")):
        parts += [row[column] for row in rows[table] if row["goal_id"] == goal["goal_id"]]
    return Stems(word for part in parts for word in about(part))


def _is_silent(sentence: str, said: Stems) -> bool:
    """None of its words is said, in another form or as a part of another; whom it is of is no answer."""
    return bool(_names(sentence)) and not any(said.akin(word) for word in about(sentence) - whom())


def _is_measured(sentence: str, told: Sequence[Text], year: int) -> bool:
    """It asks for a number of days, of times or of the like, and some number of them is told."""
    units = {q.measure_unit for q in quantities_in(sentence, year)} - {None, "%"}
    return bool(units) and any(
        q.measure_unit in units for text in told for said in text.sentences for q in quantities_in(said, year)
    )


def _told_elsewhere(rows: Rows, goal: Row, sentence: str) -> bool:
    """Some other text of the unit's speaks of it: its longest word, or two of its words, in one sentence."""
    names = _names(sentence)
    longest = _longest(names)
    return any(
        each.tells(longest) or sum(map(each.tells, names)) > 1
        for text in own_texts(rows)
        if text.section != "expected_result" and not (text.goal and text.goal["goal_id"] == goal["goal_id"])
        if longest in text.lower or sum(map(text.lower.__contains__, names)) > 1
        for each in map(stems, text.sentences)
    )


def _names(sentence: str) -> set[str]:
    """Words that name the thing: a sentence without one is too plain to be looked for."""
    return {word for word in about(sentence) if len(word) >= _NAMING}


def _longest(names: set[str]) -> str:
    """The longest name; of several the first of the alphabet, so that two runs ask the same."""
    return max(sorted(names), key=len)
