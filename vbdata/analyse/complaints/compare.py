"""Whether units, or years, differ by more than chance: one rule per number of units, never all pairs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from vbdata.analyse.counts import SIGNIFICANT, homogeneity, mid_p, rates
from vbdata.register import Denominator


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of one test.

    `kind` is ``chance`` (p ≥ 0.05), ``difference`` (p < 0.05) or ``too_few`` (the test cannot be made);
    `test` ``mid_p`` (two counts) or ``homogeneity`` (more). `counted` is what the counts were divided by,
    such as «brukare»; None where they were compared as if equally large. `p` is missing for too few.
    """

    kind: str
    test: str
    counts: tuple[int, ...]
    p: float | None = None
    counted: str | None = None


def compared(frame: pd.DataFrame) -> Comparison | None:
    """Test whether the rows' counts may have one rate; None where fewer than two are known.

    Parameters
    ----------
    frame
        One row per unit or year: ``count``, ``denominator`` and ``counted``. Rows without a count are left
        out. Denominators are used only where every other row has one, of the same thing.

    Examples
    --------
    >>> unknown = [pd.NA, pd.NA]
    >>> found = compared(pd.DataFrame({"count": [3, 9], "denominator": unknown, "counted": unknown}))
    >>> found.kind, round(found.p, 3)
    ('chance', 0.092)
    """
    known = frame[frame["count"].notna()]
    counts = tuple(int(count) for count in known["count"])
    if len(counts) < 2:
        return None
    counted = _common(known)
    exposures = [float(each) for each in known["denominator"]] if counted else [1.0] * len(counts)
    if len(counts) == 2:
        p = mid_p(counts[0], counts[1], exposures[0], exposures[1])
        return Comparison(_kind(p), "mid_p", counts, p, counted)
    found = homogeneity(counts, exposures)
    if found is None:
        return Comparison("too_few", "homogeneity", counts, None, counted)
    return Comparison(_kind(found.p), "homogeneity", counts, found.p, counted)


def _kind(p: float) -> str:
    return "chance" if p >= SIGNIFICANT else "difference"


def _common(rows: pd.DataFrame) -> str | None:
    """What all the denominators count, if all are known and count the same."""
    if rows["denominator"].isna().any() or rows["counted"].nunique(dropna=False) != 1:
        return None
    counted = rows["counted"].iloc[0]
    return None if pd.isna(counted) else str(counted)


def sizes(denominators: Iterable[Denominator]) -> pd.DataFrame:
    """Confirmed denominators as a frame: ``unit_id``, ``year``, ``count``, ``counted``, ``source``.

    One row per unit and year: the unit's first in the register, which is the one that rates are computed on.
    """
    rows = [(each.unit_id, each.year, each.count, each.counted, each.source) for each in denominators]
    frame = pd.DataFrame(rows, columns=["unit_id", "year", "count", "counted", "source"])
    kinds = dict.fromkeys(("unit_id", "counted", "source"), "string") | {"year": "Int64", "count": "Int64"}
    return frame.astype(kinds).drop_duplicates(["unit_id", "year"]).reset_index(drop=True)


def rated(counts: pd.DataFrame, reports: pd.DataFrame, denominators: pd.DataFrame) -> pd.DataFrame:
    """One question's counts per unit with rates per 100 and their limits, in the order of the reports.

    Parameters
    ----------
    counts
        Rows of `question_counts` with one ``key``.
    reports
        The units' reports: ``report_id``, ``unit_id``, ``unit_name``, ``year``.
    denominators
        Of `sizes`: ``unit_id``, ``year``, ``count``, ``counted`` and ``source``.

    Returns
    -------
    DataFrame
        One row per report that asks the question: ``report_id``, ``unit_id``, ``unit_name``, ``year``,
        ``position``, ``blank``, ``count``, ``denominator``, ``counted``, ``source``, ``rate``, ``low`` and
        ``high``.
    """
    known = denominators.rename(columns={"count": "denominator"})
    frame = reports[["report_id", "unit_id", "unit_name", "year"]].merge(
        counts[["report_id", "position", "total", "blank"]], on="report_id", how="inner"
    )
    return rates(frame.rename(columns={"total": "count"}).merge(known, on=["unit_id", "year"], how="left"))


def year_change(history: pd.DataFrame) -> pd.DataFrame:
    """The last two years of each question that may be compared: one row per question.

    Parameters
    ----------
    history
        Of `over_time.history`. Years may be compared where they lie in one segment, follow each other and
        are both whole years of the unit.

    Returns
    -------
    DataFrame
        ``question``, ``year``, ``before`` (the year), ``count``, ``count_before``; only where both are known.
    """
    rows = []
    last = int(history["year"].max()) if len(history) else 0
    for key, part in history.groupby("key", sort=False):
        whole = part[~part["partial"].fillna(False) & part["total"].notna()]
        now, before = whole[whole["year"] == last], whole[whole["year"] == last - 1]
        if len(now) != 1 or len(before) != 1 or now["segment"].item() != before["segment"].item():
            continue
        totals = int(now["total"].item()), int(before["total"].item())
        rows.append((str(key).split("|")[0], last, last - 1, *totals))
    return pd.DataFrame(rows, columns=["question", "year", "before", "count", "count_before"])
