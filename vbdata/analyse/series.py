"""Counts over time: the runs of a run chart and the limits of a control chart.

A series is never read over a break: where the form or the unit changed, a new series begins.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special

LEAST_RUN = 10
"""Useful points below which no signal of a run chart is looked for."""
LEAST_CONTROL = 12
"""Points below which no control limits are drawn: the mean that they rest on is too uncertain."""
SIGMAS = 3.0
CROSSINGS = 0.05
"""How often chance alone gives so few crossings that it is called a signal."""


@dataclass(frozen=True, slots=True)
class RunChart:
    """A series against its median.

    `useful` are the points that do not lie on the median, `longest` the longest run of them on one side,
    `crossings` how often the line passes the median. `most` and `fewest` are the limits of these two; both
    are None, and there is no signal, below 10 useful points.
    """

    median: float
    points: int
    useful: int
    longest: int
    crossings: int
    most: int | None
    fewest: int | None

    @property
    def shift(self) -> bool:
        """A run that is longer than chance gives."""
        return self.most is not None and self.longest > self.most

    @property
    def few_crossings(self) -> bool:
        """Fewer crossings of the median than chance gives."""
        return self.fewest is not None and self.crossings < self.fewest

    @property
    def judged(self) -> bool:
        """Whether there are points enough to look for signals."""
        return self.most is not None


def run_chart(values: Sequence[float | None]) -> RunChart | None:
    """Runs of a series about its median; missing values are skipped, None where there is no value at all.

    Points on the median are not counted (Perla et al. 2011). The limits follow the number of useful points n:
    a shift is a run of more than round(log₂ n) + 3 points; too few crossings are fewer than the 5th
    percentile of a binomial(n − 1, ½) (Anhøj and Olesen 2014). They replace the fixed «six in a row» of
    Perla, which is too easily set off by long series and does not fit short ones.

    References
    ----------
    Perla RJ, Provost LP, Murray SK (2011). The run chart: a simple analytical tool for learning from
    variation in healthcare processes. *BMJ Quality & Safety* 20(1), 46–51.
    Anhøj J, Olesen AV (2014). Run charts revisited: a simulation study of run chart rules for detection of
    non-random variation in health care processes. *PLoS ONE* 9(11), e113825.

    Examples
    --------
    >>> found = run_chart([3, 2, 4, 1, 2, 3, 9, 8, 7, 9, 8, 9])
    >>> found.median, found.useful, found.longest, found.crossings, found.few_crossings
    (5.5, 12, 6, 1, True)
    """
    known = [float(value) for value in values if value is not None and not pd.isna(value)]
    if not known:
        return None
    median = float(np.median(known))
    sides = [value > median for value in known if value != median]
    runs = [len(list(run)) for _, run in itertools.groupby(sides)]
    n = len(sides)
    most = round(math.log2(n)) + 3 if n >= LEAST_RUN else None
    fewest = _binomial_quantile(CROSSINGS, n - 1) if n >= LEAST_RUN else None
    return RunChart(median, len(known), n, max(runs, default=0), max(len(runs) - 1, 0), most, fewest)


def _binomial_quantile(probability: float, trials: int) -> int:
    """The smallest k with P(X ≤ k) ≥ probability, for a fair coin."""
    return next(k for k in range(trials + 1) if special.bdtr(k, trials, 0.5) >= probability)


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
    if known.sum() < LEAST_CONTROL:
        return None
    centre = float(count[known].sum() / size[known].sum())
    half = np.where(known, SIGMAS * np.sqrt(centre / size), np.nan)
    low, high, value = np.maximum(centre - half, 0.0), centre + half, count / size
    outside = known & ((value < low) | (value > high))
    return ControlChart(
        centre, tuple(low.tolist()), tuple(high.tolist()), tuple(bool(each) for each in outside)
    )
