"""How many numbers are hidden, and why: for whoever passes the pages on, and not for those who get them.

How many of a form's hidden counts are small, and how many only keep them from being worked out, would itself
tell of them: pages say together how many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from vbdata.analyse.disclosure import outcomes
from vbdata.analyse.disclosure.forms import is_hidden, suppressed
from vbdata.analyse.disclosure.kin import superseded
from vbdata.analyse.disclosure.profile import Profile
from vbdata.analyse.disclosure.protect import protected
from vbdata.store.released import Released

SMALL, TOLD_BY, ELSEWHERE, BEFORE = "small", "told_by", "elsewhere", "before"
UNREAD, BY_SEX, FEW, ROUNDED = "unread", "by_sex", "few", "rounded"


def why_hidden(
    tables: Mapping[str, pd.DataFrame],
    profile: Profile,
    released: Released | None = None,
    report_ids: Collection[str] | None = None,
) -> Counter[str]:
    """How many counts and outcomes `protected` hides, by the first reason that holds for each.

    Parameters
    ----------
    tables
        As stored; `reports`, `complaints`, `indicators` and `passages` at least.
    report_ids
        Of these reports; by default of all.
    """
    if not profile.shared:
        return Counter()
    shown = protected(tables, profile, released)
    told = [*_of_forms(tables, shown, profile), *_of_outcomes(tables, shown, profile)]
    mine = [each if report_ids is None else each[each.index.isin(list(report_ids))] for each in told]
    return Counter(reason for each in mine for reason in each)


Told = pd.Series
"""Report id → why a number is hidden, one per number."""


def _of_forms(
    tables: Mapping[str, pd.DataFrame], shown: Mapping[str, pd.DataFrame], profile: Profile
) -> list[Told]:
    read, reports = tables["complaints"], tables["reports"]
    anyhow = suppressed(read, profile.threshold, superseded(reports))["count_raw"].map(is_hidden)
    report = read["report_id"].astype(str)
    small = ((read["count"] > 0) & (read["count"] < profile.threshold)).fillna(False)
    unread = read["count"].isna() & outcomes.filled(read["count_raw"])
    why = np.select(
        [~anyhow.astype(bool), report.isin(superseded(reports)), unread, small],
        [BEFORE, ELSEWHERE, UNREAD, SMALL],
        TOLD_BY,
    )
    hidden = shown["complaints"]["count_raw"].map(is_hidden).astype(bool)
    return [pd.Series(why, report)[hidden.to_numpy()]]


def _of_outcomes(
    tables: Mapping[str, pd.DataFrame], shown: Mapping[str, pd.DataFrame], profile: Profile
) -> list[Told]:
    read, reports = tables["indicators"], tables["reports"]
    report = read["report_id"].astype(str)
    counts = outcomes.counts_things(read)
    elsewhere = counts & report.isin(superseded(reports))
    few = outcomes.few_answers(read, reports, tables["passages"])
    found = []
    for name in outcomes.VALUES:
        small = ((read[name].abs() > 0) & (read[name].abs() < profile.threshold)).fillna(False)
        unread = read[name].isna() & outcomes.filled(read[f"{name}_raw"])
        why = np.select(
            [unread, ~counts & (name in outcomes.SPLIT), elsewhere, few, counts & small, counts],
            [UNREAD, BY_SEX, ELSEWHERE, FEW, SMALL, TOLD_BY],
            ROUNDED,
        )
        hidden = shown["indicators"][f"{name}_raw"].map(is_hidden).astype(bool)
        found.append(pd.Series(why, report)[hidden.to_numpy()])
    return found
