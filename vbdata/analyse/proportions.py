"""Shares of people who answered: how far chance alone may have moved them.

Everything here needs the number of answers, n. Without it there is no interval and no test.

References
----------
Clopper, C. J. & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of
the binomial. *Biometrika* 26, 404–413.
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. *Journal of the
American Statistical Association* 22, 209–212.
Newcombe, R. G. (1998a). Two-sided confidence intervals for the single proportion: comparison of seven
methods. *Statistics in Medicine* 17, 857–872. Newcombe, R. G. (1998b). Interval estimation for the
difference between independent proportions: comparison of eleven methods. *Statistics in Medicine* 17,
873–890. Cochran, W. G. (1977). *Sampling Techniques*, 3rd ed., section 3.2. Spiegelhalter, D. J. (2005).
Funnel plots for comparing institutional performance. *Statistics in Medicine* 24, 1185–1202, appendix
A.1.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vbdata.errors import ParameterError

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; shares are in [0, 1], differences of shares in [−1, 1]."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


def effective_size(n: int, population: int | None = None) -> float:
    """The size of an infinite population's sample that says as much as `n` answers out of `population`.

    The variance of a share drawn without replacement is p(1 − p)/n · (N − n)/(N − 1) (Cochran 1977, 3.2),
    that of n' = n(N − 1)/(N − n) answers drawn from a population without end. When everyone has answered,
    n' has no end and chance no part.

    >>> round(effective_size(77, 180), 1), effective_size(30), effective_size(30, 30)
    (133.8, 30.0, inf)
    """
    _check_size(n, population)
    if population is None:
        return float(n)
    return math.inf if n == population else n * (population - 1) / (population - n)


def wilson(share: float, n: int, population: int | None = None, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's score interval of a share (Wilson 1927; method 3 of Newcombe 1998a).

    Parameters
    ----------
    share
        Of the `n` that answered, in [0, 1]: hits / n.
    population
        How many were asked; then with finite-population correction (`effective_size`), which is exact for the
        score interval: its variance is that of the hypothetical share.

    Raises
    ------
    ParameterError
        When a share is outside [0, 1], or nobody answered, or more answered than were asked.

    >>> limits = wilson(81 / 263, 263)
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.2553, 0.3662)
    """
    _check_share(share)
    size, z = effective_size(n, population), _z(confidence)
    if math.isinf(size):
        return Interval(share, share)
    square = z * z / size
    middle = (share + square / 2) / (1 + square)
    half = math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    low = 0.0 if share == 0 else min(max(middle - half, 0.0), share)
    high = 1.0 if share == 1 else max(min(middle + half, 1.0), share)
    return Interval(low, high)


@dataclass(frozen=True, slots=True)
class Share:
    """A share in [0, 1] of `n` answers, out of `population` that were asked where that is known."""

    share: float
    n: int
    population: int | None = None

    def interval(self, confidence: float = CONFIDENCE) -> Interval:
        """`wilson`'s."""
        return wilson(self.share, self.n, self.population, confidence)


def newcombe(first: Share, second: Share, confidence: float = CONFIDENCE) -> Interval:
    """Hybrid score interval of the difference first − second (method 10 of Newcombe 1998b).

    The two must be independent. Each share's limits are Wilson's, with finite-population correction where
    the population is known.

    >>> limits = newcombe(Share(56 / 70, 70), Share(48 / 80, 80))
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.0524, 0.3339)
    """
    a, b = first.interval(confidence), second.interval(confidence)
    difference = first.share - second.share
    below = math.hypot(first.share - a.low, b.high - second.share)
    above = math.hypot(a.high - first.share, second.share - b.low)
    return Interval(max(difference - below, -1.0), min(difference + above, 1.0))


def clopper_pearson(count: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Exact limits of a share, which cover it at least as often as they say (Clopper & Pearson 1934).

    >>> limits = clopper_pearson(10, 10)
    >>> round(limits.low, 4), limits.high
    (0.6915, 1.0)
    """
    _check_size(n, None)
    if not 0 <= count <= n:
        raise ParameterError("antalet ska ligga mellan 0 och n", value=f"{count} av {n}")
    tail = (1 - confidence) / 2
    if count in (0, n):  # the limit has a closed form, and needs no scipy: the footer of every page has one
        least = tail ** (1 / n)
        return Interval(least, 1.0) if count else Interval(0.0, 1 - least)
    from scipy.special import betaincinv

    low, high = betaincinv([count, count + 1], [n - count + 1, n - count], [tail, 1 - tail])
    return Interval(float(low), float(high))


def binomial_limits(target: float, n: int, tail: float) -> Interval:
    """Limits of a share of `n`, if each answers yes by `target`: at most `tail` lies outside each.

    Exact binomial, interpolated between whole numbers as in Spiegelhalter (2005), A.1.1: with r the smallest
    count whose cumulative probability is at least the tail, the lower limit is (r − α)/n where
    α = (P(R ≤ r) − tail) / P(R = r). The upper limit is the mirror, the lower one of those who answer no:
    so a count lies outside a limit just when one as far out, or farther, has a probability below the tail.
    Where even none, or all, has a larger one, the limit is 0 or 1 and nothing lies outside it.

    >>> limits = binomial_limits(0.8, 50, 0.025)
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.673, 0.916)
    """
    _check_share(target)
    _check_size(n, None)
    if not 0 < tail < 0.5:
        raise ParameterError("svansen ska ligga mellan 0 och 0,5", value=str(tail))
    if target in (0.0, 1.0):
        return Interval(target, target)
    low = max(_quantile(target, n, tail) / n, 0.0)
    high = min(1 - _quantile(1 - target, n, tail) / n, 1.0)
    return Interval(low, high)


FUNNEL_TAILS = {"95": 0.025, "998": 0.001}
"""What is left outside each side of the limits of a funnel."""


def outside_limits(share: float, n: int, target: float) -> str:
    """The widest of a funnel's limits that a share of `n` lies outside: ``998``, ``95`` or none (empty).

    >>> outside_limits(0.5, 40, 0.8), outside_limits(0.65, 40, 0.8), outside_limits(0.775, 40, 0.8)
    ('998', '95', '')
    """
    for name, tail in reversed(FUNNEL_TAILS.items()):
        if share not in binomial_limits(target, n, tail):
            return name
    return ""


def _quantile(target: float, n: int, p: float) -> float:
    """Interpolated quantile of a binomial count; below zero where even zero is more likely than p."""
    import numpy as np
    from scipy.special import bdtr

    cumulative = bdtr(np.arange(n + 1), n, target)
    r = int(np.searchsorted(cumulative, p))
    below = float(cumulative[r - 1]) if r else 0.0
    return r - (float(cumulative[r]) - p) / (float(cumulative[r]) - below)


def whole_count(value: float, decimals: int, n: int) -> int | None:
    """How many of `n` a printed percentage means; None where no whole number is printed so.

    Several whole numbers may be printed alike where n is large; then the nearest is given.

    >>> whole_count(94.5, 1, 77), whole_count(93.5, 1, 77), whole_count(84, 0, 180)
    (None, 72, 151)
    """
    _check_size(n, None)
    count = min(max(round(value * n / 100), 0), n)
    printed_within = 0.5 * 10.0**-decimals + 1e-9
    return count if abs(100 * count / n - value) <= printed_within else None


def _z(confidence: float) -> float:
    from scipy.special import ndtri

    if not 0 < confidence < 1:
        raise ParameterError("konfidensgraden ska ligga mellan 0 och 1", value=str(confidence))
    return float(ndtri((1 + confidence) / 2))


def _check_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ParameterError("en andel ska ligga mellan 0 och 1", value=str(share))


def _check_size(n: int, population: int | None) -> None:
    if n < 1:
        raise ParameterError("utan svar finns ingen andel", value=str(n))
    if population is not None and population < n:
        raise ParameterError("fler har svarat än som tillfrågades", value=f"{n} av {population}")
