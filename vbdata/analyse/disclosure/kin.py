"""Reports that tell of the same events: side by side they give away what each of them hides.

T1 + T2 + VB = the year's total, in the annual report's form and in the four-month reports'. What the two show
differs by the last period's cases alone, so counts of a year are passed on once, from the annual report.
"""

from __future__ import annotations

import re

import pandas as pd

from vbdata.vocabulary import key

ANNUAL = "VB"
_WORD = re.compile(r"[^\W_]+")
_SAYS_NOTHING = ("enhet", "enheten")


def unit_key(name: str) -> str:
    """What spellings of one unit's name have in common: letters and digits, without the genitive.

    >>> unit_key("Enheten Tallåsens gruppbostad") == unit_key("Tallåsen Gruppbostad")
    True
    >>> unit_key("Tallåsen 1") == unit_key("Tallåsen 2")
    False
    """
    words = [key(word) for word in _WORD.findall(name)]
    return "".join(word.removesuffix("s") for word in words if word not in _SAYS_NOTHING) or key(name)


def one_unit(reports: pd.DataFrame) -> pd.Series[str]:
    """For each report, a name for its unit: the same for all spellings and ids that are of one unit."""
    found: dict[str, str] = {}
    named: list[str] = []
    keys = reports["unit_name"].astype(str).map(unit_key)
    for unit_id, name in zip(reports["unit_id"].astype(str), keys, strict=True):
        known = found.get(f"id {unit_id}"), found.get(f"name {name}")
        first, second = known[0] or known[1] or name, known[1] or known[0] or name
        if first != second:  # two that were apart are one
            found = {each: first if to == second else to for each, to in found.items()}
            named = [first if to == second else to for to in named]
        found[f"id {unit_id}"] = found[f"name {name}"] = first
        named.append(first)
    return pd.Series(named, reports.index, dtype="string")


def superseded(reports: pd.DataFrame | None) -> set[str]:
    """Reports that pass on no counts: all but the last version of each unit's annual report of a year."""
    if reports is None or reports.empty:
        return set()
    version = reports["report_id"].str.extract(r"-v(\d+)$", expand=False).fillna("1").astype(int)
    annual = reports["kind"].astype(str) == ANNUAL
    order = reports.assign(_unit=one_unit(reports), _version=-version)[annual]
    order = order.sort_values(["_version", "report_id"], kind="stable")
    kept = order.drop_duplicates(["_unit", "year"])["report_id"]
    return set(reports["report_id"].astype(str)) - set(kept.astype(str))
