"""Statistics of small counts: exact limits, a test of two rates, funnel limits.

A count is taken as Poisson: events that come one by one and independently. Where that does not hold (one
person who complains many times, a better routine for reporting), the spread is larger than the limits say;
`dispersion` measures by how much. A blank is not a zero: missing counts and unknown denominators give
missing results, never limits.

scipy is imported where it is used: half of the pages compare no counts, and would pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vbdata.analyse.proportions import Interval

Array = np.ndarray[Any, np.dtype[np.float64]]

LEVEL = 0.95
"""Level of the limits of a single count."""
SIGNIFICANT = 0.05
"""A two-sided p-value below this is called a difference that chance seldom gives."""
FUNNEL_LEVELS = (0.95, 0.998)
"""Two and three standard deviations of a normal distribution (Spiegelhalter 2005)."""
WINSORISED = 0.1
"""Share of the standardised values that is drawn in at each end before the dispersion is measured."""
PER = 100.0
"""Rates are per so many users."""


def poisson_limits(count: int | None, exposure: float = 1.0, level: float = LEVEL) -> Interval | None:
    """Exact limits of the mean of a Poisson count, per unit of exposure; None where the count is missing.

    The central interval of Garwood: each tail holds at most (1 − `level`) / 2. With 0 events the lower limit
    is 0 and the upper has the whole of one tail. Written with the gamma distribution, which is the
    chi-square one of the paper: χ²(2x)/2 = Γ(x).

    Parameters
    ----------
    count
        Events.
    exposure
        What the count is divided by, such as 40 users; more than 0.

    References
    ----------
    Garwood F (1936). Fiducial limits for the Poisson distribution. *Biometrika* 28(3/4), 437–442.

    Examples
    --------
    >>> limits = poisson_limits(10)
    >>> round(limits.low, 3), round(limits.high, 2)
    (4.795, 18.39)
    """
    if count is None or pd.isna(count):
        return None
    from scipy import special

    _check(count, exposure)
    tail = (1 - level) / 2
    low = float(special.gammaincinv(count, tail)) if count else 0.0
    return Interval(low / exposure, float(special.gammainccinv(count + 1, tail)) / exposure)


def mid_p(first: int, second: int, first_exposure: float = 1.0, second_exposure: float = 1.0) -> float:
    """Two-sided mid-p value of the hypothesis that two Poisson rates are equal.

    Given their sum n, the first count is binomial(n, π) with π = its share of the exposure (Przyborowski and
    Wilenski 1940). One-sided, the mid-p value counts the observed outcome by half (Lancaster 1961):

        lower = P(X < x) + ½ P(X = x),   upper = P(X > x) + ½ P(X = x),   two-sided = 2 · min(lower, upper)

    The two-sided value is thus the doubled smaller tail, the one that belongs to central limits, and never
    the sum of the outcomes that are less likely than the observed one. Without events it is 1.

    References
    ----------
    Przyborowski J, Wilenski H (1940). Homogeneity of results in testing samples from Poisson series.
    *Biometrika* 31(3/4), 313–323.
    Lancaster HO (1961). Significance tests in discrete distributions. *JASA* 56(294), 223–234.
    Rothman KJ, Greenland S, Lash TL (2008). *Modern Epidemiology*, 3rd ed., chapter 14 (two-sided mid-P as
    the doubled smaller one).

    Examples
    --------
    >>> round(mid_p(3, 9), 4), mid_p(0, 0), mid_p(4, 4)
    (0.0923, 1.0, 1.0)
    """
    _check(first, first_exposure)
    _check(second, second_exposure)
    if second > first:  # one order of computing, so that swapping the units changes nothing at all
        first, second, first_exposure, second_exposure = second, first, second_exposure, first_exposure
    share = first_exposure / (first_exposure + second_exposure)
    rest = second_exposure / (first_exposure + second_exposure)
    lower = (_at_most(first - 1, second + 1, rest) + _at_most(first, second, rest)) / 2
    upper = (_at_most(second - 1, first + 1, share) + _at_most(second, first, share)) / 2
    return float(min(1.0, 2 * min(lower, upper)))


def _at_most(successes: int, failures: int, failure: float) -> float:
    """P(X ≤ successes) of a binomial with successes + failures trials, by the incomplete beta function."""
    from scipy import special

    if successes < 0:
        return 0.0
    return float(special.betainc(failures, successes + 1, failure)) if failures else 1.0


@dataclass(frozen=True, slots=True)
class Homogeneity:
    """Whether several counts may have one rate: chi-square, its degrees of freedom and p-value."""

    statistic: float
    degrees: int
    p: float


def homogeneity(counts: Sequence[int], exposures: Sequence[float] | None = None) -> Homogeneity | None:
    """One test of whether several units can have the same rate; None where there is too little to go by.

    The Poisson dispersion test: Σ(O − E)²/E with k − 1 degrees of freedom. It is one test of all the units,
    where testing each pair of 8 units would be 28 tests, of which one or two are expected to differ by
    chance. By Cochran's rule, no expected count may be below 1 and at most a fifth of them below 5.

    References
    ----------
    Fisher RA (1950). The significance of deviations from expectation in a Poisson series. *Biometrics* 6(1).
    Cochran WG (1954). Some methods for strengthening the common χ² tests. *Biometrics* 10(4), 417–451.

    Examples
    --------
    >>> found = homogeneity([12, 9, 30])
    >>> found.degrees, round(found.statistic, 2), round(found.p, 4)
    (2, 15.18, 0.0005)
    >>> homogeneity([1, 0, 2]) is None
    True
    """
    observed = np.asarray(counts, dtype=float)
    exposure = np.ones(len(observed)) if exposures is None else np.asarray(exposures, dtype=float)
    for count, each in zip(observed, exposure, strict=True):
        _check(count, each)
    if len(observed) < 2 or not observed.sum():
        return None
    expected = observed.sum() * exposure / exposure.sum()
    if expected.min() < 1 or np.mean(expected < 5) > 0.2:
        return None
    from scipy import special

    statistic = float(((observed - expected) ** 2 / expected).sum())
    return Homogeneity(statistic, len(observed) - 1, float(special.chdtrc(len(observed) - 1, statistic)))


def quantile(probability: float, expected: Array) -> Array:
    """Poisson quantiles, interpolated between whole numbers; never below 0.

    With r the smallest whole number where F(r) ≥ p: r − (F(r) − p) / (F(r) − F(r − 1)), so that limits are
    curves without steps (Spiegelhalter 2005, appendix A.1.1).

    >>> quantile(0.975, np.array([10.0])).round(3)
    array([16.16])
    """
    from scipy import special

    expected = np.asarray(expected, dtype=float)
    with np.errstate(invalid="ignore"):
        whole = np.ceil(special.pdtrik(probability, expected))
    whole = np.maximum(np.where(np.isfinite(whole), whole, 0.0), 0.0)  # not finite: already F(0) ≥ p
    whole = np.where(_cdf(whole - 1, expected) >= probability, whole - 1, whole)  # rounding, both ways
    whole = np.where(_cdf(whole, expected) < probability, whole + 1, whole)
    at, below = _cdf(whole, expected), _cdf(whole - 1, expected)
    return np.maximum(whole - (at - probability) / (at - below), 0.0)


def _cdf(count: Array, expected: Array) -> Array:
    from scipy import special

    return np.where(count < 0, 0.0, special.pdtr(np.maximum(count, 0), expected))


def funnel_limits(expected: Array, level: float, dispersion: float = 1.0) -> tuple[Array, Array]:
    """Lower and upper limit of counts that are expected to be so many, at one level.

    Exact Poisson limits with interpolation. Where the units differ more than chance explains, their distance
    from the expected count is multiplied by √φ, which is what φ does to a standard deviation (Spiegelhalter
    2005, section 5; he widens the normal limits in this way, here it is done to the exact ones). A φ below 1
    narrows nothing.

    References
    ----------
    Spiegelhalter DJ (2005). Funnel plots for comparing institutional performance. *Statistics in Medicine*
    24(8), 1185–1202.
    """
    expected = np.asarray(expected, dtype=float)
    tail, width = (1 - level) / 2, max(1.0, dispersion) ** 0.5
    low, high = quantile(tail, expected), quantile(1 - tail, expected)
    # An interpolated median may lie on the other side of the mean of a very small count.
    low, high = np.minimum(low, expected), np.maximum(high, expected)
    return np.maximum(expected - width * (expected - low), 0.0), expected + width * (high - expected)


def dispersion(counts: Array, expected: Array, winsorised: float = WINSORISED) -> float:
    """How much more the counts spread than chance alone would make them: φ, 1 where it is chance alone.

    The mean square of the standardised values (O − E)/√E, after those below the 10th percentile are set to
    it and those above the 90th to that, so that the few units that the funnel is to find do not widen it
    themselves.

    References
    ----------
    Spiegelhalter DJ (2005). Handling over-dispersion of performance indicators. *Quality and Safety in
    Health Care* 14(5), 347–351.

    >>> dispersion(np.array([4.0, 9.0, 16.0]), np.array([4.0, 9.0, 16.0]))
    0.0
    """
    counts, expected = np.asarray(counts, dtype=float), np.asarray(expected, dtype=float)
    if not len(counts) or (expected <= 0).any():
        return 0.0
    scores = (counts - expected) / np.sqrt(expected)
    low, high = np.quantile(scores, [winsorised, 1 - winsorised])
    return float(np.mean(np.clip(scores, low, high) ** 2))


@dataclass(frozen=True, slots=True)
class Funnel:
    """Units against the rate that they have together.

    `points` has one row per unit with a count and a known denominator: the columns given, ``rate``,
    ``expected``, ``low_95``, ``high_95``, ``low_998``, ``high_998`` (rates per 100) and ``outside``
    (``""``, ``"95"`` or ``"998"``: the widest limit that the unit is outside of). `left_out` are the other
    units, as they came.
    """

    points: pd.DataFrame
    left_out: pd.DataFrame
    rate: float
    """Events per 100, all the units together."""
    dispersion: float
    """φ; the limits are widened where it is above 1."""

    @property
    def adjusted(self) -> bool:
        """Whether the limits are wider than chance alone would make them."""
        return self.dispersion > 1

    def limits(self, denominators: Array, level: float) -> tuple[Array, Array]:
        """Limits of the rate per 100, for any denominators."""
        expected = np.asarray(denominators, dtype=float) * self.rate / PER
        low, high = funnel_limits(expected, level, self.dispersion)
        return low / denominators * PER, high / denominators * PER

    def by_chance(self, level: float) -> float:
        """How many units would be outside by chance, had they all the same rate.

        Of a Poisson count the exact number, which is less than units × (1 − `level`) as counts are whole
        and the lower limit often 0; with widened limits that number.
        """
        from scipy import special

        if self.adjusted:
            return len(self.points) * (1 - level)
        expected = self.points["expected"].to_numpy(dtype=float)
        low, high = funnel_limits(expected, level)
        below = _cdf(np.ceil(low) - 1, expected)
        return float((below + special.pdtrc(np.floor(high), expected)).sum())


def funnel(frame: pd.DataFrame) -> Funnel | None:
    """The funnel of one question; None where fewer than two units can be shown or nothing has happened.

    Parameters
    ----------
    frame
        One row per unit: ``count`` (missing where the form is blank) and ``denominator`` (missing where it
        is not known). Rows that miss one of them are left out of the rate too.
    """
    known = frame["count"].notna() & frame["denominator"].notna() & (frame["denominator"].fillna(0) > 0)
    points = frame[known].reset_index(drop=True)
    total = float(points["count"].sum())
    if len(points) < 2 or not total:
        return None
    counts = points["count"].to_numpy(dtype=float)
    size = points["denominator"].to_numpy(dtype=float)
    rate = total / float(size.sum())
    expected = size * rate
    found = Funnel(points, frame[~known].reset_index(drop=True), rate * PER, dispersion(counts, expected))
    points["rate"], points["expected"] = counts / size * PER, expected
    outside = np.full(len(points), "", dtype=object)
    for level, name in zip(FUNNEL_LEVELS, ("95", "998"), strict=True):
        low, high = funnel_limits(expected, level, found.dispersion)
        points[f"low_{name}"], points[f"high_{name}"] = low / size * PER, high / size * PER
        outside[(counts < low) | (counts > high)] = name
    points["outside"] = pd.array(outside, dtype="string")
    return found


def rates(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with ``rate``, ``low`` and ``high``: events per 100 with exact limits (`poisson_limits`).

    Missing wherever ``count`` or ``denominator`` is.
    """
    out = frame.copy()
    found = [_rate(count, size) for count, size in zip(frame["count"], frame["denominator"], strict=True)]
    for i, name in enumerate(("rate", "low", "high")):
        out[name] = pd.array([each[i] for each in found], dtype="Float64")
    return out


def _rate(count: Any, denominator: Any) -> tuple[Any, Any, Any]:
    if pd.isna(count) or pd.isna(denominator) or denominator <= 0:
        return pd.NA, pd.NA, pd.NA
    limits = poisson_limits(int(count), float(denominator))
    assert limits is not None  # only a missing count gives none; for the type checker
    return float(count) / float(denominator) * PER, limits.low * PER, limits.high * PER


def _check(count: float, exposure: float) -> None:
    if count < 0 or count != int(count):
        raise ValueError(f"ett antal är ett helt tal från 0, inte {count}")
    if not exposure > 0:
        raise ValueError(f"nämnaren måste vara större än 0, inte {exposure}")
