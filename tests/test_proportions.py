"""Statistics of shares against published examples, statsmodels, and what must always hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.analyse.proportions import (
    Share,
    binomial_limits,
    effective_size,
    newcombe,
    outside_limits,
    whole_count,
    wilson,
)
from vbdata.errors import ParameterError

# Newcombe 1998a, table I, method 3.
WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Newcombe 1998b, table II, method 10.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0),
    (10, 10, 0, 10, 0.6075, 1.0),
]


@pytest.mark.parametrize(("count", "n", "low", "high"), WILSON)
def test_wilson_is_as_newcombe_published(count, n, low, high):
    found = wilson(count / n, n)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE)
def test_the_difference_is_as_newcombe_published(a, m, b, n, low, high):
    found = newcombe(Share(a / m, m), Share(b / n, n))
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize("n", [1, 2, 9, 77, 1000])
@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.93, 1.0])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_wilson_agrees_with_statsmodels(n, part, confidence):
    from statsmodels.stats.proportion import proportion_confint

    count = round(part * n)
    low, high = proportion_confint(count, n, 1 - confidence, method="wilson")
    found = wilson(count / n, n, confidence=confidence)
    assert found.low == pytest.approx(low, abs=1e-9)
    assert found.high == pytest.approx(high, abs=1e-9)


@pytest.mark.parametrize(
    ("a", "m", "b", "n"), [(56, 70, 48, 80), (1, 1, 0, 1), (0, 12, 5, 9), (30, 30, 7, 8)]
)
def test_newcombe_agrees_with_statsmodels(a, m, b, n):
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
    found = newcombe(Share(a / m, m), Share(b / n, n))
    assert found.low == pytest.approx(max(low, -1), abs=1e-9)
    assert found.high == pytest.approx(min(high, 1), abs=1e-9)


def test_the_correction_is_cochrans_worked_by_hand():
    # The variance of 77 of 180 answers, relative to that of 77 of endlessly many, is (180 − 77)/(180 − 1).
    assert 77 / effective_size(77, 180) == pytest.approx(103 / 179)
    # The corrected score interval solves |p − π| = z √(π(1 − π)/n · (N − n)/(N − 1)) at both limits.
    share, found = 60 / 77, wilson(60 / 77, 77, 180)
    for limit in (found.low, found.high):
        error = math.sqrt(limit * (1 - limit) / 77 * 103 / 179)
        assert abs(share - limit) == pytest.approx(1.959964 * error, rel=1e-6)


counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
asked = counts.flatmap(lambda pair: st.tuples(st.just(pair), st.integers(pair[1], 3 * pair[1] + 5)))


@given(asked)
def test_an_interval_holds_its_share_and_stays_among_shares(case):
    (count, n), population = case
    for found in (wilson(count / n, n), wilson(count / n, n, population)):
        assert 0 <= found.low <= count / n <= found.high <= 1


@given(asked)
def test_a_finite_population_never_widens_an_interval(case):
    (count, n), population = case
    narrow, wide = wilson(count / n, n, population), wilson(count / n, n)
    assert narrow.high - narrow.low <= wide.high - wide.low + 1e-12


@given(counts)
def test_when_all_have_answered_chance_has_no_part(pair):
    count, n = pair
    found = wilson(count / n, n, n)
    assert found.low == found.high
    assert found.low == count / n


@given(asked)
def test_an_interval_of_no_is_the_mirror_of_that_of_yes(case):
    (count, n), population = case
    yes, no = wilson(count / n, n, population), wilson((n - count) / n, n, population)
    assert yes.low == pytest.approx(1 - no.high, abs=1e-9)


@given(counts, counts)
def test_a_difference_holds_its_estimate_and_changes_sign_with_its_order(first, second):
    (a, m), (b, n) = first, second
    there, back = newcombe(Share(a / m, m), Share(b / n, n)), newcombe(Share(b / n, n), Share(a / m, m))
    assert -1 <= there.low <= a / m - b / n + 1e-12
    assert a / m - b / n - 1e-12 <= there.high <= 1
    assert there.low == pytest.approx(-back.high, abs=1e-12)


@pytest.mark.parametrize("n", [1, 2, 5, 40, 350])
@pytest.mark.parametrize("target", [0.05, 0.5, 0.8, 0.99])
def test_a_count_is_outside_just_when_one_so_far_out_is_improbable(n, target):
    from scipy.stats import binom

    for count in range(n + 1):
        beyond = min(binom.cdf(count, n, target), binom.sf(count - 1, n, target))
        expected = "998" if beyond < 0.001 else "95" if beyond < 0.025 else ""
        assert outside_limits(count / n, n, target) == expected


def test_all_of_a_few_is_not_remarkable():
    # 0.9 to the power of 8 is 0.43: eight of eight happen nearly every other time.
    assert binomial_limits(0.9, 8, 0.025).high == 1
    assert outside_limits(1.0, 8, 0.9) == ""


@given(st.integers(1, 300), st.floats(0.01, 0.99), st.floats(0.0005, 0.2))
def test_binomial_limits_stay_among_shares_and_widen_with_confidence(n, target, tail):
    near, far = binomial_limits(target, n, tail), binomial_limits(target, n, tail / 2)
    assert 0 <= far.low <= near.low <= near.high <= far.high <= 1


def test_spiegelhalters_interpolation_worked_by_hand():
    # P(R ≤ 0) = 1/4 and P(R ≤ 1) = 3/4 for two coins; the limit lies between 0 and 1 of 2, and mirrored.
    found = binomial_limits(0.5, 2, 0.4)
    assert found.low == pytest.approx((1 - (0.75 - 0.4) / 0.5) / 2)
    assert found.high == pytest.approx(1 - found.low)


@pytest.mark.parametrize(
    ("value", "decimals", "n", "expected"),
    [(0, 0, 1, 0), (100, 0, 1, 1), (50, 0, 1, None), (74, 0, 27, 20), (66.7, 1, 3, 2), (94.5, 1, 77, None)],
)
def test_a_printed_percentage_is_a_whole_number_of_answers_or_none(value, decimals, n, expected):
    assert whole_count(value, decimals, n) == expected


@given(counts, st.integers(0, 1))
def test_every_printed_share_is_read_back(pair, decimals):
    count, n = pair
    printed = round(100 * count / n, decimals)
    found = whole_count(printed, decimals, n)
    assert found is not None
    assert round(100 * found / n, decimals) == pytest.approx(printed, abs=10.0**-decimals)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: wilson(0.5, 0),
        lambda: wilson(1.2, 10),
        lambda: wilson(0.5, 10, 9),
        lambda: wilson(0.5, 10, confidence=1),
        lambda: newcombe(Share(0.5, 0), Share(0.5, 2)),
        lambda: binomial_limits(0.5, 10, 0.5),
        lambda: binomial_limits(0.5, 0, 0.025),
    ],
)
def test_what_cannot_be_counted_is_an_error(wrong):
    with pytest.raises(ParameterError):
        wrong()
