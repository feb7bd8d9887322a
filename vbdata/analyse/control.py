"""Control charts: limits that counts from a steady process seldom pass.

Give it one segment of a series: nothing is read over a break, where the form or the unit changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_POINTS = 12
"""Points below which there are no limits: the mean that they rest on is too uncertain."""
SIGMAS = 3.0


@dataclass(frozen=True, slots=True)
class ControlChart:
    """A centre line, and a lower and an upper limit per point."""

    centre: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    outside: tuple[bool, ...]


def control_chart(counts: Sequence[int | None]) -> ControlChart | None:
    """Three-sigma limits of a c chart, c̄ ± 3√c̄; None below 12 points.

    A lower limit below 0 is 0. Points without a count are left out: their limits are NaN and they are never
    outside.

    References
    ----------
    Montgomery DC (2009). *Introduction to Statistical Quality Control*, 6th ed., section 7.3.

    Examples
    --------
    >>> chart = control_chart([4, 6, 3, 5, 4, 7, 2, 5, 4, 6, 3, 17])
    >>> round(chart.centre, 1), round(chart.high[0], 2), chart.outside[-1]
    (5.5, 12.54, True)
    """
    count = np.array([np.nan if pd.isna(each) else float(each) for each in counts], dtype=float)
    known = ~np.isnan(count)
    if known.sum() < LEAST_POINTS:
        return None
    centre = float(count[known].mean())
    half = np.where(known, SIGMAS * np.sqrt(centre), np.nan)
    low, high = np.maximum(centre - half, 0.0), centre + half
    outside = known & ((count < low) | (count > high))
    return ControlChart(
        centre, tuple(low.tolist()), tuple(high.tolist()), tuple(bool(each) for each in outside)
    )
