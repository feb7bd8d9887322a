"""Whether a difference can be chance, in words; who is better or worse is never said."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.complaints import SMALL, Comparison
from vbdata.plot.formats import EN_DASH, counted, listed, number
from vbdata.render.parts.html import Html, element, missing
from vbdata.vocabulary import Question

REPORTING = (
    "Fler registrerade ärenden kan betyda att enheten är bättre på att ta emot och registrera dem, inte att "
    "mer går fel."
)
"""The fixed caveat wherever complaints are compared."""
REPORTING_SHORT = "Fler ärenden kan betyda bättre registrering, inte att mer går fel."
"""The same under each figure, which may be seen without its page."""
EQUAL_SIZES = "om enheterna är lika stora"
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


def noun(question: Question, count: int) -> str:
    """What a question counts, in the right number."""
    return question.singular if count == 1 else question.plural


def units_sentence(found: Comparison, question: Question) -> str:
    """One comparison of units in a sentence.

    >>> from vbdata.vocabulary import questions
    >>> units_sentence(Comparison("chance", "mid_p", (3, 9), 0.09, "brukare"), questions()["deviations"])
    '3 mot 9 avvikelser kan vara slump, räknat på antalet brukare.'
    """
    if not any(found.counts):
        return f"Ingen av enheterna har några {question.plural}."
    basis = f", räknat på antalet {found.counted}" if found.counted else f", {EQUAL_SIZES}"
    if len(found.counts) == 2:
        first, second = found.counts
        pair = f"{number(first)} mot {number(second)} {noun(question, second)}"
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


def years_sentence(row: pd.Series, found: Comparison) -> str:
    """One comparison of a unit's two last years in a sentence; `row` is one of `year_change`."""
    question = vocabulary.questions()[str(row["question"])]
    now, before = int(row["count"]), int(row["count_before"])
    if not now and not before:
        return f"Inga {question.plural} varken {row['before']} eller {row['year']}."
    pair = f"{counted(now, question.singular, question.plural)} {row['year']} mot {number(before)} året före"
    basis = f", räknat på antalet {found.counted}" if found.counted else ""
    if now == before and not basis:
        return f"{pair}: lika många."
    if found.kind == "chance":
        return f"{pair} kan vara slump{basis}."
    return f"{pair} är en större skillnad än slumpen brukar ge{basis}."


def no_count(blank: object) -> Html:
    """In place of a sum: the boxes are blank, or hold something that cannot be summed."""
    if pd.isna(blank) or bool(blank):  # type: ignore[call-overload]
        return missing("tom ruta")
    return element("span", "ingen summa", class_="nogoal")


def share_cell(row: pd.Series) -> Html:
    """Of how many cases something was done: «7 av 9», or why that is not said."""
    state = str(row["state"])
    if state == "shown":
        shown = f"{number(int(row['count']))} av {number(int(row['of']))}"
        return element("span", shown, class_="strong")
    if state == "small":
        return element("span", f"färre än {SMALL} ärenden", class_="nogoal")
    if state == "blank":
        return missing("tom ruta")
    if state == "exceeds":
        return Html("{}, fler än ärendena ({})").format(number(int(row["count"])), number(int(row["of"])))
    return element("span", "ingen andel", class_="nogoal")


def share_reasons(found: pd.DataFrame) -> str:
    """Why the forms give no share, each reason once."""
    reasons = found[found["state"] == "other_events"]["reason"].dropna()
    return " ".join(dict.fromkeys(str(reason) for reason in reasons))


def share_words(row: pd.Series) -> str:
    """The same in a sentence; empty where nothing can be said."""
    state, of = str(row["state"]), row["of"]
    done = {"feedback_given": "har återkoppling lämnats", "measures_taken": "har åtgärder vidtagits"}
    what = done.get(str(row["concept"]), vocabulary.label("concept", str(row["concept"])).lower())
    if state == "other_events":
        return f"{vocabulary.label('concept', str(row['concept']))}: ingen andel. {row['reason']}"
    if state == "blank":
        return ""
    question = vocabulary.questions()[str(row["question"])]
    if state == "small":
        return f"Färre än {SMALL} {question.plural}: ingen andel visas för i hur många det {what}."
    if state == "exceeds":
        return (
            f"I {number(int(row['count']))} {what}, men {question.plural} är bara {number(int(of))}: "
            "frågorna kan inte räkna samma händelser."
        )
    return f"I {number(int(row['count']))} av {counted(int(of), question.singular, question.plural)} {what}."


def rate_words(row: pd.Series, noun: bool = True) -> str:
    """A rate with its limits: «12,5 per 100 brukare (6,2–22,4)»; empty where there is none.

    >>> row = pd.Series({"rate": 12.5, "low": 6.24, "high": 22.37, "counted": "brukare"})
    >>> rate_words(row), rate_words(row, noun=False)
    ('12,5 per 100 brukare (6,2–22,4)', '12,5 (6,2–22,4)')
    """
    if pd.isna(row["rate"]):
        return ""
    limits = EN_DASH.join(number(float(row[side]), 1) for side in ("low", "high"))
    per = f" per 100 {row['counted']}" if noun else ""
    return f"{number(float(row['rate']), 1)}{per} ({limits})"
