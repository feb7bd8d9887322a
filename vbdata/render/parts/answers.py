"""How many answered, and what chance alone may have moved: words and cells for both kinds of pages."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse.proportions import Interval, Share, newcombe
from vbdata.plot.formats import EN_DASH, HARD_SPACE, decimals_of, number
from vbdata.render.parts.html import Html, element

WHY_NOT = {
    "several": "texten anger olika antal",
    "not_a_share": "måttet är ingen andel",
    "no_value": "utfallet saknas eller är ingen andel",
    "too_few": "färre än 5 svar",
    "no_whole_count": "antalet svar stämmer inte med andelen, så det gäller inte just den frågan",
}
"""Why no interval is shown."""
METHOD = (
    "Intervallen gäller slumpen i vilka som svarade, inte vad de andra tycker. Metod: Wilsons 95-procentiga "
    "intervall (1927), för skillnader Newcombes (1998, metod 10). Är antalet tillfrågade känt används "
    "korrektion för ändlig population: n ersätts av n(N − 1)/(N − n) (Cochran 1977)."
)
UNKNOWN = (
    "Antalet svarande står inte i dokumentens text på ett sätt som säkert hör till indikatorerna. "
    "Därför visas ingen osäkerhet kring andelarna."
)
WITHHELD = (
    "Antalet svarande läses ur dokumentens kommentarer, som är utelämnade i versionen för delning. Därför "
    "visas ingen osäkerhet kring andelarna."
)


def method(rows: pd.DataFrame) -> str:
    """How the intervals are made; nothing where none is shown."""
    return METHOD if rows["low"].notna().any() else ""


def answers_text(row: pd.Series) -> str:
    """How many answered, of how many: «77 av 180»."""
    if pd.isna(row["n"]):
        return EN_DASH
    n = number(int(row["n"]))
    if pd.isna(row["asked"]):
        return n
    asked = number(int(row["asked"]))
    return f"{n} av {'högst ' if row['computed'] else ''}{asked}"


def interval_cell(row: pd.Series) -> Html:
    """The limits, or why there are none."""
    if pd.notna(row["why_not"]):
        return element("span", WHY_NOT[str(row["why_not"])], class_="words")
    if row["low"] == row["high"]:
        return element("span", "alla har svarat", class_="words")
    return Html("{}").format(interval_text(float(row["low"]), float(row["high"])))


def interval_text(low: float, high: float) -> str:
    """Two limits in per cent.

    >>> interval_text(59.51, 83.2)
    '59,5–83,2\\xa0%'
    """
    return f"{number(low)}{EN_DASH}{number(high)}{HARD_SPACE}%"


def difference(now: pd.Series, before: pd.Series) -> Interval | None:
    """Newcombe's interval of a change in percentage points; None where either has no interval."""
    if pd.isna(now["low"]) or pd.isna(before["low"]):
        return None
    first, second = (
        Share(float(row["value"]) / 100, int(row["n"]), None if pd.isna(row["asked"]) else int(row["asked"]))
        for row in (now, before)
    )
    found = newcombe(first, second)
    return Interval(100 * found.low, 100 * found.high)


def signed(value: float) -> str:
    """A number with its sign, one decimal at most.

    >>> signed(3.04), signed(-1.0), signed(0.0)
    ('+3', '−1', '0')
    """
    shown = number(value, decimals_of(f"{value:.1f}".removesuffix(".0")))
    return (
        f"+{shown}"
        if value > 0 and shown != "0"
        else shown.replace("\u22120", "0")
        if shown == "\u22120"
        else shown
    )


def quoted(row: pd.Series) -> Html:
    """The sentence that the number of answers stands in, verbatim."""
    return element("span", f"”{row['text']}”", class_="lvl")
