"""The unit's own words about a judgement, a miss or its money: verbatim, with their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from vbdata.analyse.attention import contradicts, sexes_missing
from vbdata.analyse.findings import quotes, to_check
from vbdata.extract.document import Place
from vbdata.extract.grammar import ends_sentence
from vbdata.language.inflection import stem
from vbdata.language.prose import Sentence, plain_sentences, sentences
from vbdata.normalise.lines import place_of_sentence
from vbdata.schema.tables import STATUSES
from vbdata.validate.stems import has
from vbdata.vocabulary import label, quantity_words

CASES = {"lex_sarah": "case_lex_sarah", "ivo": "case_ivo"}
"""Questions of the form whose cases a text may tell of → the stems that name them."""
ECONOMY = ("economy_analysis", "budget", "resources", "investments")
"""Sections about money, the one that answers first."""
SIZE = ("introduction", "summary")
"""Sections that say how large the unit is."""
_RESULT = ("överskott", "underskott", "balans", "resultat", "avvikelse", "budget")
_TOTALLY = ("totalt", "sammanlagt", "sammantaget")
_TELLING = 15
"""Letters by which a sentence is known again."""
_NUMBER = re.compile(r"(?<![\w–-])(?!(?:19|20)\d\d\b)\d")
_REFERS = re.compile(r"\W*(?:\w+ )?(?:detta|det|den|dessa|de|dem|där|vilket|denna)\b", re.I)
_CAUSE = re.compile(r"\b(?:bero\w*|berott|orsak\w*|anledning\w*|eftersom|på grund av)\b", re.I)
_JUDGES = re.compile(r"\W*(?:\w+ ){0,3}bedöm", re.I)
_TOLD_ELSEWHERE = ("analysis", "summary", "introduction")
"""Sections that may tell of money beside those about it."""
_AIMS = re.compile(r"\b(?:ska|för att)\b", re.I)


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text of the unit.

    Attributes
    ----------
    quote
        The sentence that bears on what it stands under.
    text
        All of it.
    source_page, source_line
        Where the quote begins.
    sentence_lines
        Where each sentence of the text stands, as the tables have it.
    """

    quote: str
    text: str
    source_page: int | None
    source_line: int | None
    sentence_lines: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a report beside its texts: its findings and the numbers in them."""

    findings: pd.DataFrame
    quantities: pd.DataFrame


def of_goal(goal: pd.Series, passages: pd.DataFrame, beside: Beside) -> OwnWords | None:
    """What the unit writes of its goal, where it is not wholly met or its judgement is doubted."""
    short = pd.notna(goal["status"]) and goal["status"] in ("partly_met", "not_met")
    if not short and not contradicts(beside.findings, str(goal["goal_id"])).any():
        return None
    return said_of_goal(passages, str(goal["goal_id"]), beside)


def of_indicator(row: pd.Series, beside: Beside) -> OwnWords | None:
    """What it writes of an indicator that misses its target, for all or for women or men, or is doubted."""
    missed = pd.notna(row["attainment"]) and row["attainment"] == "not_met"
    return said_of_row(row, beside) if missed or sexes_missing(row) or _doubted(row, beside) else None


def of_activity(row: pd.Series, beside: Beside) -> OwnWords | None:
    """What it writes of an activity that deviates or is doubted."""
    deviates = pd.notna(row["deviation"]) and row["deviation"]
    return said_of_row(row, beside) if deviates or _doubted(row, beside) else None


def _doubted(row: pd.Series, beside: Beside) -> bool:
    """Whether a question quotes the row's text: a doubt about something else is not explained by it."""
    text = "" if pd.isna(row["analysis"]) else str(row["analysis"])
    return _asked_about(list(sentences(text)), [str(row["row_id"])], beside) is not None


def said_of_row(row: pd.Series, beside: Beside) -> OwnWords | None:
    """What the unit writes in the row of an indicator or an activity; None where it writes nothing."""
    return None if pd.isna(row["analysis"]) else _words(row, "analysis", [str(row["row_id"])], beside)


def said_of_goal(passages: pd.DataFrame, goal_id: str, beside: Beside) -> OwnWords | None:
    """What the unit writes in the analysis of a goal; None where it writes nothing."""
    mine = passages[(passages["goal_id"] == goal_id) & (passages["section"] == "analysis")]
    mine = mine.dropna(subset=["text"])
    if mine.empty:
        return None
    row = mine.iloc[0]
    return _words(row, "text", [goal_id, str(row["row_id"])], beside)


def economy(passages: pd.DataFrame, beside: Beside) -> OwnWords | None:
    """What a report states of its money: the sentence with amounts, else the one about its result.

    The amounts of the sentence are in `amounts`.
    """
    amounts_ = amounts(passages, beside.quantities)
    if len(amounts_):
        best = amounts_.iloc[0]
        return sentence_of(best)
    for section in ECONOMY[:2]:
        for _, row in passages[passages["section"] == section].dropna(subset=["text"]).iterrows():
            for sentence in plain_sentences(str(row["text"])):
                if any(word in sentence.casefold() for word in _RESULT):
                    return _at(sentence, row)
    return None


def money(passages: pd.DataFrame, goals: pd.DataFrame, beside: Beside) -> list[OwnWords]:
    """What a report says of its money outside the sections about it, at most two sentences.

    First how a goal about money went, else that the money is enough; then what was used beside the budget.
    """
    aims = {row["goal_id"] for _, row in goals.iterrows() if has("money", str(row["title"]))}
    told = [
        (row, sentence)
        for _, row in passages[passages["section"].isin(_TOLD_ELSEWHERE)].dropna(subset=["text"]).iterrows()
        for sentence in plain_sentences(str(row["text"]))
        if has("money", sentence) and not _AIMS.search(sentence)
    ]
    moved = [each for each in told if has("money_moved", each[1])]
    kept = [each for each in told if each[0]["goal_id"] in aims and any(word in each[1] for word in _RESULT)]
    kept = kept or [each for each in told if has("balance", each[1]) and not has("balance_no", each[1])]
    first = [each for each in kept if each not in moved][:1]
    return [_at(sentence, row) for row, sentence in [*first, *moved[:1]]]


def of_cases(question: str, passages: pd.DataFrame) -> OwnWords | None:
    """What a report says of its reports under lex Sarah, or of those sent on: what they were about.

    With the next sentence where that says what they led to. None where it tells of duties and no case.
    """
    if question not in CASES:
        return None
    for _, row in passages.dropna(subset=["text"]).iterrows():
        told = plain_sentences(str(row["text"]))
        for sentence, after in zip(told, [*told[1:], ""], strict=True):
            if has(CASES[question], sentence) and _of_a_case(sentence):
                both = f"{sentence} {after}" if after and _of_a_case(after) else sentence
                return _at(both if both in str(row["text"]) else sentence, row)
    return None


def _of_a_case(sentence: str) -> bool:
    return has("case_told", sentence) and not has("case_duty", sentence)


def reservation(finding: pd.Series, passages: pd.DataFrame) -> OwnWords | None:
    """The sentence in which the unit does not stand for a number, as the finding quotes it."""
    quote = max(quotes(str(finding["message"])), key=len, default="")
    mine = passages[[len(quote) >= _TELLING and quote in str(text) for text in passages["text"]]]
    return _at(quote, mine.iloc[0]) if len(mine) else None


def acted(said: OwnWords) -> OwnWords | None:
    """What a text says is done about what did not go as it should; None where its quote says it."""
    for each in sentences(said.text):
        if has("acted", each.text) and not each.has("not") and each.text not in said.quote:
            return _quoting(said, each.text)
    return None


def _at(quote: str, row: pd.Series, column: str = "text") -> OwnWords:
    """A quote from the text of a row."""
    lines = None if pd.isna(row["sentence_lines"]) else str(row["sentence_lines"])
    return _quoting(OwnWords("", str(row[column]), *_place(row), lines), quote)


def _quoting(said: OwnWords, quote: str) -> OwnWords:
    """Another quote from the same text, at the line of its first sentence."""
    told, first = plain_sentences(said.text), next(iter(plain_sentences(quote)), quote)
    number = next((i for i, sentence in enumerate(told) if first in sentence), len(told))
    place = place_of_sentence(said.sentence_lines, number) or Place(said.source_line, said.source_page)
    return replace(said, quote=quote, source_page=place.page, source_line=place.line)


def sentence_of(quantity: pd.Series) -> OwnWords:
    """The sentence that a number stands in."""
    sentence = str(quantity["sentence"])
    return OwnWords(sentence, sentence, *_place(quantity))


def amounts(passages: pd.DataFrame, quantities: pd.DataFrame) -> pd.DataFrame:
    """Amounts of money that the economy sections state, those about a result or a budget first."""
    sections = passages.set_index("row_id")["section"]
    mine = quantities.assign(section=quantities["text_row_id"].map(sections))
    mine = mine[mine["section"].isin(ECONOMY) & mine["measure_unit"].eq("kr").fillna(False)]
    told = [any(word in str(sentence).casefold() for word in _RESULT) for sentence in mine["sentence"]]
    order = mine["section"].map({name: i for i, name in enumerate(ECONOMY)})
    keyed = mine.assign(_told=[not each for each in told], _order=order)
    return keyed.sort_values(["_told", "_order"], kind="stable").drop(columns=["_told", "_order"])


def served(passages: pd.DataFrame, quantities: pd.DataFrame) -> pd.Series | None:
    """How many people the unit serves, where its text says one such number; else None."""
    sections = passages.set_index("row_id")["section"]
    people = frozenset(map(stem, quantity_words()["served"]))
    mine = quantities[
        quantities["text_row_id"].map(sections).isin(SIZE)
        & quantities["role"].astype("string").eq("level").fillna(False)
        & quantities["subject"].fillna("").map(lambda words: _last(words) in people).astype(bool)
    ]
    total = mine[[any(word in str(s).casefold() for word in _TOTALLY) for s in mine["sentence"]]]
    chosen = total if len(total) else mine
    return chosen.iloc[0] if len(chosen) and chosen["value"].nunique() == 1 else None


def _last(words: str) -> str:
    return stem(words.split()[-1]) if words.split() else ""


def _words(row: pd.Series, column: str, row_ids: Sequence[str], beside: Beside) -> OwnWords | None:
    """The sentence that a question about the row quotes, else the one that tells most of it."""
    told = [each for each in sentences(str(row[column])) if not _is_status(each.text)]
    if not told:
        return None
    numbers = beside.quantities
    answers = set(numbers.loc[numbers["role"].eq("respondents"), "sentence"])

    def telling(each: Sentence) -> tuple[int, bool]:
        """How many answered tells of no outcome, and a heading of nothing."""
        return _bearing(each) - (each.text in answers), ends_sentence(each.text)

    quoted = _asked_about(told, row_ids, beside)
    return _at((quoted or max(told, key=telling)).text, row, column)


def _asked_about(told: list[Sentence], row_ids: Sequence[str], beside: Beside) -> Sentence | None:
    """The sentence that a question about the rows quotes."""
    asked = beside.findings[beside.findings["row_id"].isin(row_ids)]
    found = (_quoted_in(told, finding) for _, finding in asked[to_check(asked)].iterrows())
    return next(filter(None, found), None)


def _is_status(sentence: str) -> bool:
    """The sentence says a judgement again and nothing more.

    >>> _is_status("Uppfylls helt."), _is_status("Målet uppfylls helt.")
    (True, False)
    """
    labels = {label("status", status).casefold() for status in STATUSES}
    return sentence.strip(" .!–—").casefold() in labels


def _bearing(sentence: Sentence) -> int:
    """How much a sentence tells of why an outcome or a judgement is as it is: causes, misses, numbers.

    >>> told = ["Vi trivs.", "Fem av 9 nådde dit.", "Det beror på annat.", "Lägre eftersom 4 slutade."]
    >>> [_bearing(Sentence(each, 0)) for each in told]
    [0, 1, 2, 5]
    """
    if sentence.has("target_basis"):
        return 0
    restates = bool(_JUDGES.match(sentence.text)) and not _NUMBER.search(sentence.text)
    cause = has("cause", sentence.text)
    missed = not _AIMS.search(sentence.text) and (sentence.has("not") or has("short", sentence.text))
    number = bool(_NUMBER.search(sentence.text))
    aside = bool(_REFERS.match(sentence.text)) + has("next_step", sentence.text)
    named = bool(_CAUSE.search(sentence.text))  # "…, vilket påverkar resultatet" tells less of why
    return 2 * cause + named + (missed and not restates) + number - aside


def _quoted_in(told: list[Sentence], finding: pd.Series) -> Sentence | None:
    """The sentence that a finding quotes; a long one it may cut."""
    long = [each for each in quotes(str(finding["message"])) if len(each) >= _TELLING]
    return next((each for quote in long for each in told if quote in each.text), None)


def _place(row: pd.Series) -> tuple[int | None, int | None]:
    page, line = (None if pd.isna(row[each]) else int(row[each]) for each in ("source_page", "source_line"))
    return page, line
