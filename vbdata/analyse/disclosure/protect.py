"""All tables as a profile may see them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vbdata.analyse.disclosure.forms import suppressed
from vbdata.analyse.disclosure.kin import superseded
from vbdata.analyse.disclosure.outcomes import protected_outcomes
from vbdata.analyse.disclosure.profile import Profile
from vbdata.analyse.disclosure.released import known_before
from vbdata.analyse.disclosure.words import WORDS
from vbdata.analyse.disclosure.words import indicators as indicator_words
from vbdata.store.released import Released


def protected(
    tables: Mapping[str, pd.DataFrame], profile: Profile, released: Released | None = None
) -> dict[str, pd.DataFrame]:
    """The tables as the profile may see them; frame in, frame out, by table name.

    For ``shared``: counts are suppressed (the number missing, its text `HIDDEN`), shares are whole and not
    split by sex, and words that are not the vocabulary's are left out: comments, analyses, running text,
    titles, the unit's own names of categories and indicators, file names, what findings say, cells that were
    not understood. What was `released` before counts as known. Both `reports` and `passages` decide what is
    hidden: give them with what they belong to.
    """
    if not profile.shared:
        return dict(tables)
    reports, passages = tables.get("reports"), tables.get("passages")
    apart = superseded(reports)
    found = {}
    for name, table in tables.items():
        if name == "complaints":
            other, rows = set[str](), set[object]()
            if released and reports is not None:
                other, rows = known_before(reports, table, released)
            found[name] = WORDS[name](suppressed(table, profile.threshold, apart | other, rows))
        elif name == "indicators":
            safe = protected_outcomes(table, profile.threshold, apart, reports, passages)
            found[name] = indicator_words(safe, reports)
        else:
            found[name] = WORDS[name](table) if name in WORDS else table.head(0)
    return found
