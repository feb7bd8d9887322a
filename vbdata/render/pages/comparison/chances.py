"""Whether units differ by more than chance, in words; who is better or worse is never said."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse.complaints import Comparison
from vbdata.plot.formats import listed, number
from vbdata.render.parts import chance
from vbdata.vocabulary import Question

UNKNOWN = (
    "Hur många personer enheterna har är inte känt, eller räknas på olika sätt. Därför sägs inget om "
    "skillnaderna kan vara slump."
)
RULES = {
    "mid_p": "Regeln är ett test av två antal (mid-p, tvåsidigt, gräns 5 procent).",
    "homogeneity": "Regeln är ett gemensamt test av alla enheternas antal (Poissons spridningstest) med "
    "gränsen 5 procent. Enheterna prövas inte två och två, för då ger slumpen snart något utslag. Testet "
    "görs inte när talen är för små.",
}
MEANING = (
    "”Kan vara slump” betyder att så stora skillnader uppstår oftare än en gång på tjugo också när inget "
    "skiljer enheterna åt. Det betyder inte att enheterna är lika."
)


def units_sentence(found: Comparison, question: Question) -> str:
    """One comparison of units of known sizes in a sentence.

    >>> from vbdata.vocabulary import questions
    >>> units_sentence(Comparison("chance", "mid_p", (3, 9), 0.09, "brukare"), questions()["deviations"])
    '3 mot 9 avvikelser kan vara slump, räknat på antalet brukare.'
    """
    if not any(found.counts):
        return f"Ingen av enheterna har några {question.plural}."
    basis = f", räknat på antalet {found.counted}"
    if len(found.counts) == 2:
        first, second = found.counts
        pair = f"{number(first)} mot {number(second)} {chance.noun(question, second)}"
        if found.kind == "chance":
            return f"{pair} kan vara slump{basis}."
        return f"{pair} är en större skillnad än slumpen brukar ge{basis}."
    several = f"{question.label}: {listed([number(count) for count in found.counts])}"
    said = {
        "chance": f"skillnaderna kan vara slump{basis}",
        "difference": f"skillnaderna är större än slumpen brukar ge{basis}",
        "too_few": "talen är för små för att säga om skillnaderna är mer än slump",
    }[found.kind]
    return f"{several} – {said}."


def share_reasons(found: pd.DataFrame) -> str:
    """Why the forms give no share, each reason once."""
    reasons = found[found["state"] == "other_events"]["reason"].dropna()
    return " ".join(dict.fromkeys(str(reason) for reason in reasons))
