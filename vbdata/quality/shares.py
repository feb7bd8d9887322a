"""Shares of cells, in words that never say more than was counted."""

from __future__ import annotations

from vbdata.analyse.proportions import clopper_pearson
from vbdata.plot.formats import EN_DASH, HARD_SPACE


def share_words(right: int, cells: int) -> str:
    """A share of cells, never rounded up to all of them.

    >>> share_words(9999, 10000), share_words(10000, 10000), share_words(99999, 100000)
    ('99,99\\xa0%', '100\\xa0%', '99,99\\xa0%')
    """
    return f"{_floored(right / cells)}{HARD_SPACE}%"


def rounded_up(lost: int, cells: int) -> str:
    """A share of cells that are not right, never rounded down to none.

    >>> rounded_up(1, 100000), rounded_up(0, 10), rounded_up(146, 15582)
    ('0,01\\xa0%', '0\\xa0%', '0,94\\xa0%')
    """
    return f"{_decimals(-(-lost * 10_000 // cells) / 100)}{HARD_SPACE}%"


def interval_words(right: int, cells: int) -> str:
    """The Clopper–Pearson interval of a share, rounded outwards.

    >>> interval_words(10000, 10000)
    '99,96–100\\xa0%'
    """
    limits = clopper_pearson(right, cells)
    high = 100 - int((1 - limits.high) * 10_000) / 100
    return f"{_floored(limits.low)}{EN_DASH}{_decimals(high)}{HARD_SPACE}%"


def _floored(share: float) -> str:
    return _decimals(int(share * 10_000 + 1e-9) / 100)


def _decimals(percent: float) -> str:
    return f"{percent:.2f}".rstrip("0").rstrip(".").replace(".", ",")
