"""The statistics of small counts, against statsmodels, scipy.stats and published worked examples."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import rates as oracle

from vbdata.analyse import control, counts, runs

COUNT = st.integers(0, 5000)
SIZE = st.floats(0.5, 5000)

# Exact limits


@pytest.mark.parametrize(
    ("count", "low", "high"),
    # Garwood's limits as printed in standard tables (Pearson and Hartley, Biometrika Tables I, table 40)
    [
        (0, 0.0, 3.69),
        (1, 0.0253, 5.57),
        (2, 0.242, 7.22),
        (5, 1.62, 11.67),
        (10, 4.80, 18.39),
        (50, 37.11, 65.92),
    ],
)
def test_limits_as_printed_in_tables(count, low, high):
    limits = counts.poisson_limits(count)
    assert (limits.low, limits.high) == (pytest.approx(low, abs=0.005), pytest.approx(high, abs=0.005))


@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
@pytest.mark.parametrize(("count", "exposure"), [(0, 1), (1, 40), (7, 12.5), (300, 61), (10**7, 3)])
def test_limits_against_statsmodels(count, exposure, level):
    limits = counts.poisson_limits(count, exposure, level)
    expected = oracle.confint_poisson(count, exposure, method="exact-c", alpha=1 - level)
    assert (limits.low, limits.high) == pytest.approx([0.0 if math.isnan(e) else e for e in expected])


@given(COUNT, SIZE, st.sampled_from([0.8, 0.95, 0.998]))
def test_limits_hold_the_rate_and_widen_with_the_level(count, size, level):
    limits = counts.poisson_limits(count, size, level)
    assert 0 <= limits.low <= count / size <= limits.high
    wider = counts.poisson_limits(count, size, 0.999)
    assert wider.low <= limits.low and limits.high <= wider.high


@given(COUNT)
def test_more_events_never_lower_a_limit(count):
    fewer, more = counts.poisson_limits(count), counts.poisson_limits(count + 1)
    assert fewer.low < more.low and fewer.high < more.high


@pytest.mark.parametrize("blank", [None, pd.NA, float("nan")])
def test_a_blank_has_no_limits(blank):
    assert counts.poisson_limits(blank) is None


@pytest.mark.parametrize(("count", "size"), [(-1, 1), (1, 0), (1, -3), (1, float("nan")), (2.5, 1)])
def test_what_is_no_count_or_no_denominator_is_refused(count, size):
    with pytest.raises(ValueError, match=r"helt tal|nämnaren"):
        counts.poisson_limits(count, size)


# Two rates


def statsmodels_mid_p(a: int, b: int, m: float, n: float) -> float:
    tails = [
        oracle.test_poisson_2indep(a, m, b, n, method="cond-midp", alternative=side).pvalue
        for side in ("larger", "smaller")
    ]
    return min(1.0, 2 * min(tails))


@pytest.mark.parametrize(
    ("a", "b", "m", "n"),
    [
        (3, 9, 1, 1),
        (0, 5, 1, 1),
        (5, 0, 20, 40),
        (60, 30, 51477.5, 54308.7),
        (41, 15, 28010, 19017),
        (900, 1000, 3, 4),
    ],
)
def test_mid_p_against_statsmodels(a, b, m, n):
    assert counts.mid_p(a, b, m, n) == pytest.approx(statsmodels_mid_p(a, b, m, n), rel=1e-9)


def test_mid_p_by_hand():
    # 3 of 12 with π = ½: 2 · (P(X < 3) + ½ P(X = 3)) = 2 · (1 + 12 + 66 + 110) / 4096
    assert counts.mid_p(3, 9) == pytest.approx(2 * 189 / 4096)


def test_mid_p_of_a_published_example():
    # Breast cancer after fluoroscopy: 41 cases in 28 010 person-years, 15 in 19 017 (Rothman and Greenland,
    # Modern Epidemiology); two-sided mid-P exact as R's epitools::rateratio gives it in its own example
    assert counts.mid_p(41, 15, 28010, 19017) == pytest.approx(0.03545742, abs=5e-9)


@pytest.mark.parametrize(("a", "b"), [(0, 0), (1, 1), (7, 7), (10**9, 10**9)])
def test_the_same_count_twice_says_nothing(a, b):
    assert counts.mid_p(a, b) == pytest.approx(1)


@given(COUNT, COUNT, SIZE, SIZE)
def test_mid_p_is_a_probability_and_does_not_know_who_is_first(a, b, m, n):
    p = counts.mid_p(a, b, m, n)
    assert 0 <= p <= 1
    assert counts.mid_p(b, a, n, m) == pytest.approx(p, rel=1e-9, abs=1e-300)


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_larger_difference_has_a_smaller_p(total, step):
    wide, wider = counts.mid_p(total, total + step), counts.mid_p(total, total + step + 1)
    assert wider <= wide * (1 + 1e-12) + 1e-15


def test_huge_counts_are_computed():
    assert 0 < counts.mid_p(10**9, 10**9 + 10**5) < 0.05
    assert counts.poisson_limits(10**12).low < 10**12


# Many rates at once


@pytest.mark.parametrize(("observed", "sizes"), [([12, 9, 30], None), ([12, 9, 30, 4], [30, 22, 41, 18])])
def test_homogeneity_against_scipy(observed, sizes):
    shares = np.ones(len(observed)) if sizes is None else np.array(sizes, dtype=float)
    expected = stats.chisquare(observed, sum(observed) * shares / shares.sum())
    found = counts.homogeneity(observed, sizes)
    assert (found.statistic, found.p) == pytest.approx((expected.statistic, expected.pvalue))
    assert found.degrees == len(observed) - 1


@pytest.mark.parametrize("observed", [[], [9], [0, 0, 0], [1, 0, 2], [4, 4, 4]])
def test_too_little_for_one_test_of_all(observed):
    assert counts.homogeneity(observed) is None


@pytest.mark.parametrize(
    ("sizes", "tested"),
    [([10, 10, 10, 10, 3], True), ([10, 10, 10, 3, 3], False), ([40, 40, 40, 40, 1], False)],
)
def test_cochrans_rule(sizes, tested):
    # 50 events: expected 11.6 and 3.5 (one of five below 5); two of five below 5; one below 1
    assert (counts.homogeneity([14, 10, 12, 8, 6], sizes) is not None) == tested


# Funnels


@pytest.mark.parametrize("p", [0.001, 0.025, 0.5, 0.975, 0.999])
def test_quantiles_lie_between_the_whole_ones(p):
    expected = np.array([0.01, 0.4, 1, 3, 12.5, 80, 2000.0])
    whole = stats.poisson.ppf(p, expected)
    found = counts.quantile(p, expected)
    assert (found <= whole).all() and (found >= np.maximum(whole - 1, 0)).all()
    at = stats.poisson.cdf(whole, expected)
    below = stats.poisson.cdf(whole - 1, expected)
    assert found == pytest.approx(np.maximum(whole - (at - p) / (at - below), 0))


@settings(max_examples=50)
@given(st.lists(st.floats(0.001, 3000), min_size=1, max_size=6), st.floats(0, 9))
def test_funnel_limits_hold_what_is_expected_and_nest(expected, phi):
    e = np.array(sorted(expected))
    inner = counts.funnel_limits(e, 0.95, phi)
    outer = counts.funnel_limits(e, 0.998, phi)
    exact = counts.funnel_limits(e, 0.95)
    assert (outer[0] >= 0).all() and (outer[0] <= inner[0]).all() and (inner[0] <= e).all()
    assert (e <= inner[1]).all() and (inner[1] <= outer[1]).all()
    assert (inner[0] <= exact[0] + 1e-9).all() and (inner[1] >= exact[1] - 1e-9).all()
    assert (np.diff(exact[0]) >= -1e-6).all() and (np.diff(exact[1]) >= -1e-6).all()


def test_funnel_limits_of_large_counts_are_the_normal_ones():
    low, high = counts.funnel_limits(np.array([1e6]), 0.95, 4.0)
    assert (1e6 - low[0], high[0] - 1e6) == pytest.approx((1.96 * 2 * 1000,) * 2, rel=0.002)


def test_dispersion_is_the_winsorised_mean_square():
    # With 11 values the 10th percentile is the second one, as scipy's winsorizing by number has it
    rng = np.random.default_rng(3)
    expected = rng.uniform(2, 30, 11)
    observed = rng.poisson(expected * rng.uniform(0.4, 2, 11))
    scores = np.asarray(stats.mstats.winsorize((observed - expected) / np.sqrt(expected), limits=(0.1, 0.1)))
    assert counts.dispersion(observed, expected) == pytest.approx((scores**2).mean())


def test_one_extreme_unit_does_not_widen_the_funnel():
    expected = np.full(20, 9.0)
    observed = np.array([6.0, 12.0] * 9 + [9.0, 60.0])
    assert counts.dispersion(observed, expected) < 1.1
    assert counts.dispersion(observed, expected, winsorised=0) > 10


def units(*rows: tuple[object, object]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["count", "denominator"])
    return frame.astype({"count": "Int64", "denominator": "Float64"})


def test_a_unit_far_from_the_others_is_outside():
    found = counts.funnel(units(*[(4, 40), (5, 50), (3, 30), (2, 25), (6, 55), (4, 41), (30, 45), (5, 48)]))
    assert list(found.points["outside"]) == ["", "", "", "", "", "", "998", ""]
    assert found.rate == pytest.approx(59 / 334 * 100)
    assert 0 < found.by_chance(0.95) <= 8 * 0.05 + 1e-9 or found.adjusted


def test_blanks_and_unknown_denominators_are_left_out_never_zero():
    found = counts.funnel(units((4, 40), (None, 50), (6, None), (6, 60), (3, 0)))
    assert len(found.points) == 2 and len(found.left_out) == 3
    assert found.rate == pytest.approx(10)


@pytest.mark.parametrize(
    "rows", [[], [(4, 40)], [(None, 40), (None, 30)], [(4, None), (5, None)], [(0, 40), (0, 30)]]
)
def test_no_funnel_where_there_is_nothing_to_compare(rows):
    assert counts.funnel(units(*rows)) is None


def test_a_zero_is_a_value_in_the_funnel():
    found = counts.funnel(units((0, 200), *[(5, 50)] * 10))
    assert found.points["rate"].tolist()[0] == 0
    assert found.points["outside"].tolist() == ["998", *[""] * 10]


@given(
    st.lists(st.tuples(st.integers(0, 200), st.floats(1, 900)), min_size=2, max_size=30).filter(
        lambda rows: any(c for c, _ in rows)
    )
)
@settings(max_examples=60, deadline=None)
def test_a_funnel_loses_no_unit_and_stays_in_order(rows):
    found = counts.funnel(units(*rows))
    points = found.points
    assert len(points) + len(found.left_out) == len(rows)
    assert (points["low_998"] <= points["low_95"]).all() and (points["high_95"] <= points["high_998"]).all()
    assert (points["low_95"] <= found.rate + 1e-9).all() and (points["high_95"] >= found.rate - 1e-9).all()
    assert 0 <= found.by_chance(0.998) <= found.by_chance(0.95) <= len(rows)


def test_how_many_fall_outside_by_chance():
    found = counts.funnel(units(*[(10, 100)] * 30))
    low, high = counts.funnel_limits(np.array([10.0]), 0.95)
    inside = sum(stats.poisson.pmf(k, 10) for k in range(math.ceil(low[0]), math.floor(high[0]) + 1))
    assert found.by_chance(0.95) == pytest.approx(30 * (1 - inside))
    assert found.by_chance(0.95) < 1.5


def test_rates_are_missing_where_a_part_of_them_is():
    found = counts.rates(units((4, 40), (None, 40), (4, None), (0, 50)))
    assert found["rate"].isna().tolist() == found["low"].isna().tolist() == [False, True, True, False]
    assert found["rate"].tolist()[0] == pytest.approx(10) and found["rate"].tolist()[3] == 0
    assert found["high"].tolist()[3] == pytest.approx(3.689 * 2, abs=0.01)


# Over time


@pytest.mark.parametrize(
    ("n", "most", "fewest"),
    # Anhøj and Olesen (2014): round(log2 n) + 3, and the 5th percentile of binomial(n - 1, 1/2)
    [(10, 6, 2), (12, 7, 3), (20, 7, 6), (22, 7, 7), (24, 8, 8), (46, 9, 17), (100, 10, 41)],
)
def test_limits_of_runs_as_published(n, most, fewest):
    found = runs.run_chart([i % 2 for i in range(n)])
    assert (found.useful, found.most, found.fewest) == (n, most, fewest)
    assert found.fewest == stats.binom.ppf(0.05, n - 1, 0.5)


def test_points_on_the_median_are_not_counted():
    found = runs.run_chart([5, 1, 5, 9, 5, 1, 9])
    assert (found.median, found.points, found.useful, found.crossings) == (5, 7, 4, 3)


def test_a_shift_is_seen():
    found = runs.run_chart([2, 1, 2, 3, 1, 2, 3, 2, 8, 9, 7, 8, 9, 7, 8, 9])
    assert found.longest == 8 and found.shift and found.few_crossings


@pytest.mark.parametrize("values", [[1, 9, 2, 8], [1] * 9 + [2] * 9])
def test_few_or_equal_points_give_no_signal_or_a_true_one(values):
    found = runs.run_chart(values)
    assert found.judged == (len(values) > 9)
    assert found.shift == (len(values) > 9)


def test_blanks_are_skipped_not_zero():
    found = runs.run_chart([4, None, pd.NA, float("nan"), 6])
    assert (found.points, found.median) == (2, 5)
    assert runs.run_chart([None, None]) is None and runs.run_chart([]) is None


@given(st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=60))
def test_runs_and_crossings_fit_each_other(values):
    found = runs.run_chart(values)
    if found is None:
        assert not [v for v in values if v is not None]
        return
    assert found.longest <= found.useful <= found.points
    assert found.crossings <= max(found.useful - 1, 0)
    assert found.judged == (found.useful >= 10)


# Montgomery, Introduction to Statistical Quality Control, 6th ed., example 7.3: nonconformities of 26 samples
# of printed circuit boards.
BOARDS = [
    21,
    24,
    16,
    12,
    15,
    5,
    28,
    20,
    31,
    25,
    20,
    24,
    16,
    19,
    10,
    17,
    13,
    22,
    18,
    39,
    30,
    24,
    16,
    19,
    17,
    15,
]


def test_c_chart_of_a_published_example():
    chart = control.control_chart(BOARDS)
    assert (chart.centre, chart.low[0], chart.high[0]) == pytest.approx((19.85, 6.48, 33.22), abs=0.01)
    assert [i + 1 for i, out in enumerate(chart.outside) if out] == [6, 20]


def test_no_control_limits_below_twelve_known_points():
    assert control.control_chart([5] * 11) is None
    assert control.control_chart([5] * 11 + [None, None]) is None
    assert control.control_chart([5] * 12) is not None


@given(st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=12, max_size=40))
def test_control_limits_hold_the_centre_and_skip_blanks(values):
    chart = control.control_chart(values)
    if chart is None:
        assert len([v for v in values if v is not None]) < 12
        return
    for value, low, high, out in zip(values, chart.low, chart.high, chart.outside, strict=True):
        if value is None:
            assert math.isnan(low) and math.isnan(high) and not out
        else:
            assert 0 <= low <= chart.centre <= high
            assert out == (value < low or value > high)
