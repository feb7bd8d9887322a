"""Pages that are passed on: what they leave out, said on the page, and complaints without figures.

Everything that could be worked out from suppressed counts (figures, shares, comparisons) is left out with
them: a page function sees only what `analyse.disclosure` leaves.
"""

from __future__ import annotations

from collections import Counter

from vbdata.analyse.disclosure import Profile, is_hidden
from vbdata.analyse.disclosure.outcomes import LEAST_BASE, SPLIT, VALUES
from vbdata.analyse.disclosure.reasons import (
    BEFORE,
    BY_SEX,
    ELSEWHERE,
    FEW,
    ROUNDED,
    SMALL,
    TOLD_BY,
    UNREAD,
)
from vbdata.plot.formats import counted, listed, number
from vbdata.render.parts.components import callout
from vbdata.render.parts.data import UnitData, YearData
from vbdata.render.parts.html import Html, element

_STATES = (
    ("filled", "har fyllt i blanketten"),
    ("empty", "har en tom blankett"),
    ("unread", "har en blankett vars antal inte har kunnat läsas"),
    ("missing", "saknar blankett"),
)
"""States of a form (`form_state`), and what is said of a unit whose form is so."""


_WHY = {
    SMALL: "är under {threshold}",
    TOLD_BY: "skulle avslöja ett sådant tal",
    ELSEWHERE: "står i en tertialrapport eller en äldre version",
    BEFORE: "har delats tidigare, och ändrats eller varit dolda då",
    UNREAD: "gick inte att läsa säkert",
    BY_SEX: "är uppdelade efter kön",
    FEW: "bygger på färre än {base} svar",
    ROUNDED: "skulle bedömas annorlunda avrundade",
}


def hidden_in_words(why: Counter[str], threshold: int) -> str:
    """How many numbers are hidden, and why, for whoever passes the pages on.

    >>> hidden_in_words(Counter(small=1, told_by=3), 5)
    '4 tal är dolda: 1 är under 5 och 3 skulle avslöja ett sådant tal.'
    """
    if not why.total():
        return "Inga tal är dolda."
    parts = [
        f"{number(why[reason])} {words.format(threshold=threshold, base=LEAST_BASE)}"
        for reason, words in _WHY.items()
        if why[reason]
    ]
    return f"{number(why.total())} tal är dolda: {listed(parts)}."


def notice(profile: Profile, data: UnitData | YearData | None = None) -> Html:
    """What the page leaves out, and how much of its data; nothing for a page that shows all."""
    if not profile.shared:
        return Html("")
    said = (
        f"Antal under {profile.threshold} är dolda, och även tal som skulle avslöja dem. Noll visas. "
        "Antal ur enheternas egna tertialrapporter visas inte, eftersom de med årets tal avslöjar de sista "
        "månadernas. "
        "Andelar visas i hela procent och inte efter kön. Enheternas egna mål, aktiviteter och indikatorer "
        "står som nummer. Kommentarer, analyser, löpande text och anmärkningarnas ord är utelämnade, liksom "
        "plan och utfall, figurer och jämförelser av antal ärenden."
    )
    said += f" {_how_many(data)}" if data is not None else ""
    return callout(element("strong", "Version för delning.") + f" {said}")


def _how_many(data: UnitData | YearData) -> str:
    """How many numbers of the page's reports are hidden; not how many of them are small, which would tell."""
    forms = int(data.complaints.filter(like="_raw").map(is_hidden).to_numpy().sum())
    raws = {name: data.indicators[f"{name}_raw"].map(is_hidden) for name in VALUES}
    outcomes, by_sex = sum(int(each.sum()) for each in raws.values()), sum(int(raws[n].sum()) for n in SPLIT)
    split = f" (varav {number(by_sex)} uppdelade efter kön)" if by_sex else ""
    both = f"{number(forms)} antal ärenden och {number(outcomes)} utfall{split}"
    return f"I {'rapporten' if isinstance(data, UnitData) else 'årets rapporter'} är {both} dolda."


def on_own_pages(data: UnitData | YearData) -> str:
    """Where counts that are not hidden are shown."""
    return f"Antal under {data.profile.threshold} är dolda; andra står på enheternas egna sidor"


def states(data: YearData) -> str:
    """How many units' forms are filled in, empty or missing, in words."""
    said = forms_in_words(Counter(data.form_states.values()))
    return f"{said}." if said else "Inga blanketter är inlästa."


def forms_in_words(states: Counter[str]) -> str:
    """How many units' forms are in each state."""
    return listed(
        [f"{counted(states[state], 'enhet', 'enheter')} {words}" for state, words in _STATES if states[state]]
    )
