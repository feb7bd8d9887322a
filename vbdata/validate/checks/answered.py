"""Each expected result looked for in what is told of its goal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.language.prose import enumerated, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.goals import JUDGED, the_level
from vbdata.validate.checks.registry import Row, Rows, check, place
from vbdata.validate.checks.texts import Text, own_texts, told_goals
from vbdata.validate.expected import about, is_told, shared
from vbdata.validate.stems import words_of
from vbdata.vocabulary import label

#: Words of an analysis below which it answers nothing in particular.
_SHORTEST = 8
#: Letters of a word that is looked for in other texts: shorter ones stand anywhere.
_TELLING = 7
#: Letters of a word that may name one thing.
_NAMING = 6


@check
def expected_unanswered(rows: Rows) -> Iterator[Noted]:
    """Expected results of judged goals of which not a word is said, where others are: one for each goal."""
    if rows["reports"][0]["kind"] != "VB":
        return
    for goal, expected, told in told_goals(rows):
        own = [text for text in told if text.table == "passages" or goal["level"] == "unit"]
        if goal["status"] not in JUDGED or sum(len(words_of(text.text)) for text in own) < _SHORTEST:
            continue
        said = _said(rows, goal, told)
        wanted = [(text, sentence) for text in expected for sentence in text.sentences]
        missing = [(text, s) for text, s in wanted if (names := _names(s)) and not shared(names, said)]
        if len(missing) < len(wanted) and missing and not _told_elsewhere(rows, goal, missing):
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


def _said(rows: Rows, goal: Row, told: Sequence[Text]) -> set[str]:
    """Stems of all that stands under the goal: its texts, its activities and its indicators."""
    parts = [sentence for text in told for sentence in text.sentences]
    for table, column in (("activities", "title"), ("indicators", "name")):
        parts += [row[column] for row in rows[table] if row["goal_id"] == goal["goal_id"]]
    return {word for part in parts for word in about(part)}


def _told_elsewhere(rows: Rows, goal: Row, missing: Sequence[tuple[Text, str]]) -> bool:
    """Some other text of the unit's speaks of what is missing."""
    wanted = {word for _, sentence in missing for word in _names(sentence) if len(word) >= _TELLING}
    return any(
        is_told(word, about(sentence))
        for text in own_texts(rows)
        if text.section != "expected_result" and not (text.goal and text.goal["goal_id"] == goal["goal_id"])
        for sentence in text.sentences
        for word in wanted
    )


def _names(sentence: str) -> set[str]:
    """Words that name the thing: a sentence without one is too plain to be looked for."""
    return {word for word in about(sentence) if len(word) >= _NAMING}
