"""Pages that are passed on: what they leave out, said on the page, and complaints without figures.

Everything that could be worked out from suppressed counts (figures, shares, comparisons) is left out with
them: a page function sees only what `analyse.disclosure` leaves.
"""

from __future__ import annotations

from collections import Counter

from vbdata.analyse.disclosure import Profile
from vbdata.plot.formats import counted, listed
from vbdata.render.parts.components import callout
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Html, element

_STATES = (
    ("filled", "har fyllt i blanketten"),
    ("empty", "har en tom blankett"),
    ("unread", "har en blankett vars antal inte har kunnat läsas"),
    ("missing", "saknar blankett"),
)
"""States of a form (`form_state`), and what is said of a unit whose form is so."""


def notice(profile: Profile) -> Html:
    """What the page leaves out; nothing for a page that shows all."""
    if not profile.shared:
        return Html("")
    said = (
        f"Antal under {profile.threshold} är dolda, och även tal som skulle avslöja dem. Noll visas. "
        "Antal ur tertialrapporter visas inte, eftersom de med årets tal avslöjar de sista månadernas. "
        "Andelar visas i hela procent och inte efter kön. Enheternas egna mål, aktiviteter och indikatorer "
        "står som nummer. Kommentarer, analyser, löpande text och anmärkningarnas ord är utelämnade, liksom "
        "plan och utfall, figurer och jämförelser av antal ärenden."
    )
    return callout(element("strong", "Version för delning.") + f" {said}")


def states(data: YearData) -> str:
    """How many units' forms are filled in, empty or missing, in words."""
    said = forms_in_words(Counter(data.form_states.values()))
    return f"{said}." if said else "Inga blanketter är inlästa."


def forms_in_words(states: Counter[str]) -> str:
    """How many units' forms are in each state."""
    return listed(
        [f"{counted(states[state], 'enhet', 'enheter')} {words}" for state, words in _STATES if states[state]]
    )
