"""The unit's own words about a judgement, a miss or its money: verbatim, with their place."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vbdata.language.inflection import stem
from vbdata.language.prose import plain_sentences
from vbdata.vocabulary import quantity_words

ECONOMY = ("economy_analysis", "budget", "resources", "investments")
"""Sections about money, the one that answers first."""
SIZE = ("introduction", "summary")
"""Sections that say how large the unit is."""
_RESULT = ("överskott", "underskott", "balans", "resultat", "avvikelse", "budget")
_TOTALLY = ("totalt", "sammanlagt", "sammantaget")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text of the unit: its first sentence, the rest, and where it stands."""

    first: str
    rest: str
    source_page: int | None
    source_line: int | None


def said_of_row(row: pd.Series) -> OwnWords | None:
    """What the unit writes in the row of an indicator or an activity; None where it writes nothing."""
    return None if pd.isna(row["analysis"]) else _words(str(row["analysis"]), row)


def said_of_goal(passages: pd.DataFrame, goal_id: str) -> OwnWords | None:
    """What the unit writes in the analysis of a goal; None where it writes nothing."""
    mine = passages[(passages["goal_id"] == goal_id) & (passages["section"] == "analysis")]
    mine = mine.dropna(subset=["text"])
    return None if mine.empty else _words(str(mine["text"].iloc[0]), mine.iloc[0])


def economy(passages: pd.DataFrame, quantities: pd.DataFrame) -> OwnWords | None:
    """What a report states of its money: the sentence with amounts, else the one about its result.

    The amounts of the sentence are in `amounts`.
    """
    amounts_ = amounts(passages, quantities)
    if len(amounts_):
        best = amounts_.iloc[0]
        return OwnWords(str(best["sentence"]), "", _int(best["source_page"]), _int(best["source_line"]))
    for section in ECONOMY[:2]:
        for _, row in passages[passages["section"] == section].dropna(subset=["text"]).iterrows():
            for sentence in plain_sentences(str(row["text"])):
                if any(word in sentence.casefold() for word in _RESULT):
                    return OwnWords(sentence, "", _int(row["source_page"]), _int(row["source_line"]))
    return None


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


def _words(text: str, row: pd.Series) -> OwnWords | None:
    sentences = list(plain_sentences(text))
    if not sentences:
        return None
    first, *rest = sentences
    return OwnWords(first, " ".join(rest), _int(row["source_page"]), _int(row["source_line"]))


def _int(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
