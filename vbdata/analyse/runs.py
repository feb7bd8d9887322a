"""Run charts: whether counts over time vary as chance alone would make them.

Give it one segment of a series: nothing is read over a break, where the form or the unit changed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

LEAST_POINTS = 10
"""Useful points below which no signal is looked for."""
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
    most = round(math.log2(n)) + 3 if n >= LEAST_POINTS else None
    fewest = _binomial_quantile(CROSSINGS, n - 1) if n >= LEAST_POINTS else None
    return RunChart(median, len(known), n, max(runs, default=0), max(len(runs) - 1, 0), most, fewest)


def _binomial_quantile(probability: float, trials: int) -> int:
    """The smallest k with P(X ≤ k) ≥ probability, for a fair coin."""
    from scipy import special  # slow to import, and most series are too short to need it

    return next(k for k in range(trials + 1) if special.bdtr(k, trials, 0.5) >= probability)
