"""Whether a difference can be chance, in words; who is better or worse is never said."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse.complaints import SMALL
from vbdata.plot.formats import EN_DASH, number
from vbdata.render.parts.html import Html, element, missing
from vbdata.vocabulary import Question

REPORTING = (
    "Fler registrerade ärenden kan betyda att enheten är bättre på att ta emot och registrera dem, inte att "
    "mer går fel."
)
"""The fixed caveat wherever complaints are compared."""
REPORTING_SHORT = "Fler ärenden kan betyda bättre registrering, inte att mer går fel."
"""The same under each figure, which may be seen without its page."""


def noun(question: Question, count: int) -> str:
    """What a question counts, in the right number."""
    return question.singular if count == 1 else question.plural


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


def rate_words(row: pd.Series) -> str:
    """A rate with its limits: «12,5 per 100 brukare (6,2–22,4)»; empty where there is none.

    >>> rate_words(pd.Series({"rate": 12.5, "low": 6.24, "high": 22.37, "counted": "brukare"}))
    '12,5 per 100 brukare (6,2–22,4)'
    """
    if pd.isna(row["rate"]):
        return ""
    limits = EN_DASH.join(number(float(row[side]), 1) for side in ("low", "high"))
    return f"{number(float(row['rate']), 1)} per 100 {row['counted']} ({limits})"
