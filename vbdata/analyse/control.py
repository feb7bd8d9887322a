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
    """A centre line, and a lower and an upper limit per point (of the rate where there are denominators)."""

    centre: float
    low: tuple[float, ...]
    high: tuple[float, ...]
    outside: tuple[bool, ...]


def control_chart(
    counts: Sequence[int | None], denominators: Sequence[float | None] | None = None
) -> ControlChart | None:
    """Three-sigma limits of a c chart, or with denominators of a u chart; None below 12 points.

    c chart: c̄ ± 3√c̄. u chart: ū ± 3√(ū/nᵢ) with ū = Σcᵢ/Σnᵢ. A lower limit below 0 is 0. Points without a
    count or a denominator are left out: their limits are NaN and they are never outside.

    References
    ----------
    Montgomery DC (2009). *Introduction to Statistical Quality Control*, 6th ed., section 7.3.

    Examples
    --------
    >>> chart = control_chart([4, 6, 3, 5, 4, 7, 2, 5, 4, 6, 3, 17])
    >>> round(chart.centre, 1), round(chart.high[0], 2), chart.outside[-1]
    (5.5, 12.54, True)
    """
    count = np.array([np.nan if c is None or pd.isna(c) else float(c) for c in counts], dtype=float)
    given = [1.0] * len(count) if denominators is None else denominators
    size = np.array([np.nan if n is None or pd.isna(n) or n <= 0 else float(n) for n in given], dtype=float)
    known = ~np.isnan(count) & ~np.isnan(size)
    if known.sum() < LEAST_POINTS:
        return None
    centre = float(count[known].sum() / size[known].sum())
    half = np.where(known, SIGMAS * np.sqrt(centre / size), np.nan)
    low, high, value = np.maximum(centre - half, 0.0), centre + half, count / size
    outside = known & ((value < low) | (value > high))
    return ControlChart(
        centre, tuple(low.tolist()), tuple(high.tolist()), tuple(bool(each) for each in outside)
    )
