"""Scales of the dot charts: round numbers, never past 100 per cent unless a value is."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = (
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    2,
    2.5,
    5,
    10,
    20,
    25,
    50,
    100,
    200,
    250,
    500,
    1000,
    2500,
    5000,
    10000,
    25000,
    100000,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high` in equal `intervals`, in `measure_unit`."""

    low: float
    high: float
    measure_unit: str = ""
    intervals: int = 4

    def at(self, value: float, start: float, end: float) -> float:
        """Where a value falls between two pixel positions.

        >>> Scale(60, 100).at(80, 0, 200)
        100.0
        """
        return start + (value - self.low) / (self.high - self.low) * (end - start)

    def ticks(self, intervals: int | None = None) -> list[float]:
        """The ends of the intervals.

        >>> Scale(60, 100).ticks()
        [60.0, 70.0, 80.0, 90.0, 100.0]
        """
        count = intervals or self.intervals
        return [self.low + (self.high - self.low) * i / count for i in range(count + 1)]

    @property
    def decimals(self) -> int:
        """How many decimals the ticks need.

        >>> Scale(0, 1, intervals=4).decimals, Scale(0, 10, intervals=5).decimals
        (2, 0)
        """
        ticks = self.ticks()
        return next(
            (n for n in (0, 1, 2) if all(math.isclose(round(t, n), t, abs_tol=1e-9) for t in ticks)), 2
        )


def scale_around_zero(values: Iterable[float]) -> Scale:
    """The shortest round scale of four intervals with zero in the middle that holds the values.

    >>> scale_around_zero([-3.2, 7.5])
    Scale(low=-10.0, high=10.0, measure_unit='', intervals=4)
    """
    most = max((abs(value) for value in values), default=0.0)
    step = next((step for step in STEPS if 2 * step >= most), most / 2 or 1.0)
    return Scale(-2.0 * step, 2.0 * step)


def nice_scale(
    values: Iterable[float], measure_unit: str = "", from_zero: bool = False, shortest: float = 1.0
) -> Scale:
    """The shortest round scale of three to five intervals that holds the values, of at least `shortest`.

    >>> nice_scale([66.8, 94], "%", shortest=20)
    Scale(low=60.0, high=100.0, measure_unit='%', intervals=4)
    >>> nice_scale([2.2, 9.7], "%", from_zero=True)
    Scale(low=0.0, high=10.0, measure_unit='%', intervals=4)
    """
    numbers = list(values)
    least, most = min(numbers), max(numbers)
    cap = 100.0 if measure_unit == "%" and most <= 100 else math.inf
    fitting = []
    for step, count in itertools.product(STEPS, (4, 5, 3)):
        low = 0.0 if from_zero and least >= 0 else math.floor(least / step) * step
        high = low + count * step
        if high > cap:
            low, high = cap - count * step, cap
        round_start = math.isclose(low / step, round(low / step), abs_tol=1e-9)
        if low <= least and most <= high and round_start and not low < 0 <= least and high - low >= shortest:
            fitting.append((high - low, count != 4, low, high, count))
    if not fitting:
        return Scale(float(least), float(most if most > least else least + 1), measure_unit)
    _, _, low, high, count = min(fitting)
    return Scale(float(low), float(high), measure_unit, count)
