"""The unit's own words about a judgement, a miss or its money: verbatim, with their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from vbdata.analyse.attention import contradicts, sexes_missing
from vbdata.analyse.findings import quotes, to_check
from vbdata.extract.document import Place, Printed
from vbdata.language.inflection import stem
from vbdata.language.prose import Sentence, plain_sentences, sentences
from vbdata.normalise.lines import where
from vbdata.schema.tables import STATUSES
from vbdata.validate.stems import has
from vbdata.vocabulary import label, quantity_words, sections

CASES = {"lex_sarah": "case_lex_sarah", "ivo": "case_ivo"}
"""Questions of the form whose cases a text may tell of → the stems that name them."""
ECONOMY = ("economy_analysis", "budget", "resources", "investments")
"""Sections about money, the one that answers first."""
SIZE = ("introduction", "summary")
"""Sections that say how large the unit is."""
_FROM = "texten från"
_RESULT = ("överskott", "underskott", "balans", "resultat", "avvikelse", "budget")
_TOTALLY = ("totalt", "sammanlagt", "sammantaget")
_LINES = 200
"""Lines that a text may take."""
_TELLING = 15
"""Letters by which a sentence is known again."""
_NUMBER = re.compile(r"(?<![\w–-])(?!(?:19|20)\d\d\b)\d")
_REFERS = re.compile(r"\W*(?:\w+ )?(?:detta|det|den|dessa|de|dem|där|vilket|denna)\b", re.I)
_CAUSE = re.compile(r"\b(?:bero\w*|berott|orsak\w*|anledning\w*|eftersom|på grund av)\b", re.I)
_JUDGES = re.compile(r"\W*(?:\w+ ){0,3}bedöm", re.I)
_TOLD_ELSEWHERE = ("analysis", "summary", "introduction")
"""Sections that may tell of money beside those about it."""
_AIMS = re.compile(r"\b(?:ska|för att)\b", re.I)
_WRAPPED = re.compile(r"(?<![.!?:;])\n(?=[a-zåäö])")
"""A line of print that goes on in the next."""


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
        Where the sentence stands; if that is not known, where the row or the text begins that it is in.
    within
        What then stands before the place: under the row, or in the text from there on.
    """

    quote: str
    text: str
    source_page: int | None
    source_line: int | None
    within: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a report beside its texts: its unit, findings, numbers and printed lines."""

    unit_name: str
    findings: pd.DataFrame
    quantities: pd.DataFrame
    lines: Sequence[Printed] = ()

    def line(self, row: pd.Series, words: str) -> Place | None:
        """The line of the document that has some words of a row's text, where its lines are known."""
        if pd.isna(row["source_line"]):
            return None
        start = int(row["source_line"])
        return where([each for each in self.lines if start <= (each.place.line or 0) < start + _LINES], words)


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
    found = beside.findings
    return bool((to_check(found) & (found["row_id"] == row["row_id"])).any())


def said_of_row(row: pd.Series, beside: Beside) -> OwnWords | None:
    """What the unit writes in the row of an indicator or an activity; None where it writes nothing."""
    if pd.isna(row["analysis"]):
        return None
    return _words(str(row["analysis"]), row, [str(row["row_id"])], beside, within="under")


def said_of_goal(passages: pd.DataFrame, goal_id: str, beside: Beside) -> OwnWords | None:
    """What the unit writes in the analysis of a goal; None where it writes nothing."""
    mine = passages[(passages["goal_id"] == goal_id) & (passages["section"] == "analysis")]
    mine = mine.dropna(subset=["text"])
    if mine.empty:
        return None
    row = mine.iloc[0]
    return _words(str(row["text"]), row, [goal_id, str(row["row_id"])], beside, within=_FROM)


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
                    return _at(sentence, row, beside)
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
    return [_at(sentence, row, beside) for row, sentence in [*first, *moved[:1]]]


def of_cases(question: str, passages: pd.DataFrame, beside: Beside) -> OwnWords | None:
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
                return _at(both if both in str(row["text"]) else sentence, row, beside)
    return None


def _of_a_case(sentence: str) -> bool:
    return has("case_told", sentence) and not has("case_duty", sentence)


def reservation(finding: pd.Series, passages: pd.DataFrame, beside: Beside) -> OwnWords | None:
    """The sentence in which the unit does not stand for a number, as the finding quotes it."""
    quote = max(quotes(str(finding["message"])), key=len, default="")
    mine = passages[[len(quote) >= _TELLING and quote in str(text) for text in passages["text"]]]
    return _at(quote, mine.iloc[0], beside) if len(mine) else None


def acted(said: OwnWords, row: pd.Series, beside: Beside) -> OwnWords | None:
    """What a text says is done about what did not go as it should; None where its quote says it."""
    for each in sentences(_WRAPPED.sub(" ", said.text)):
        if has("acted", each.text) and not each.has("not") and each.text not in said.quote:
            return _at(each.text, row, beside)
    return None


def _at(quote: str, row: pd.Series, beside: Beside) -> OwnWords:
    """A quote from the text that begins at a row's line, at its own line where that is known."""
    line = beside.line(row, next(iter(plain_sentences(quote)), quote))
    if line is not None:
        return OwnWords(quote, quote, line.page, line.line)
    starts = str(row.get("text", "")).startswith(quote)
    return OwnWords(quote, quote, *_place(row), within="" if starts else _FROM)


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


def _words(text: str, row: pd.Series, row_ids: list[str], beside: Beside, *, within: str) -> OwnWords | None:
    """The sentence that a question about the row quotes, else the one that tells most of it."""
    told = [
        Sentence(_headless(each.text, beside.unit_name), each.line)
        for each in sentences(_WRAPPED.sub(" ", text))
    ]
    told = [each for each in told if not _is_status(each.text)]
    if not told:
        return None
    asked = beside.findings[beside.findings["row_id"].isin(row_ids)]
    questions = asked[to_check(asked)]
    quoted = next(filter(None, (_quoted_in(told, row) for _, row in questions.iterrows())), None)
    best = quoted or max(told, key=_bearing)
    at = _known_place(best, asked, beside.quantities[beside.quantities["text_row_id"].isin(row_ids)])
    if at is None and (line := beside.line(row, best.text)):
        at = line.page, line.line
    if at is None:
        starts = best is told[0] and within == _FROM
        return OwnWords(best.text, text, *_place(row), within="" if starts else within)
    return OwnWords(best.text, text, *at)


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


def _known_place(
    sentence: Sentence, asked: pd.DataFrame, quantities: pd.DataFrame
) -> tuple[int | None, int | None] | None:
    """Where a sentence stands, from a number in it or a question that quotes it."""
    same = quantities[quantities["sentence"] == sentence.text]
    if same.empty:
        same = asked[[_quoted_in([sentence], row) is not None for _, row in asked.iterrows()]]
    return _place(same.iloc[0]) if len(same) else None


def _headless(sentence: str, unit_name: str) -> str:
    """A sentence without a heading that the text has run into it.

    >>> _headless("Enheten Ekens gruppbostad Arbetet går bra.", "Ekens gruppbostad")
    'Arbetet går bra.'
    >>> _headless("Ekens gruppbostad växer.", "Ekens gruppbostad")
    'Ekens gruppbostad växer.'
    """
    for head in (unit_name, f"Enheten {unit_name}", *_headings()):
        start, rest = sentence[: len(head)], sentence[len(head) :]
        if start.casefold() == head.casefold() and re.match(r"\s+[A-ZÅÄÖ]", rest):
            return rest.strip()
    return sentence


@cache
def _headings() -> tuple[str, ...]:
    return tuple(title for section in sections() for title in (section.label, *section.printed))


def _place(row: pd.Series) -> tuple[int | None, int | None]:
    page, line = (None if pd.isna(row[each]) else int(row[each]) for each in ("source_page", "source_line"))
    return page, line
