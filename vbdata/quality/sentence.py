"""One sentence about how right the tables are, for the foot of every page."""

from __future__ import annotations

from functools import cache

from vbdata.analyse.proportions import clopper_pearson
from vbdata.plot.formats import EN_DASH, HARD_SPACE, counted, in_words, number
from vbdata.quality.reading import readings, totals


@cache
def accuracy_sentence() -> str:
    """Share of right cells on invented reports, with its interval, and on the real ones read by hand."""
    found = totals(readings(), ["corpus"])
    parts = []
    if ("generated",) in found:
        reports, cells, right = found["generated",]
        parts.append(
            f"i {number(reports)} påhittade rapporter med känt innehåll blev {share_words(right, cells)} av "
            f"{number(cells)} celler rätt (95 % konfidensintervall {interval_words(right, cells)})".replace(
                "95 %", f"95{HARD_SPACE}%"
            )
        )
    if ("real",) in found:
        reports, cells, right = found["real",]
        what = "alla" if right == cells else f"{number(right)} av"
        parts.append(
            f"i {in_words(reports)} verkliga, lästa för hand, {what} {counted(cells, 'cell', 'celler')}"
        )
    if not parts:
        return ""
    return f"Så säker är inläsningen: {' och '.join(parts)}. Rapporter med annan layout kan läsas sämre."


def share_words(right: int, cells: int) -> str:
    """A share of cells, never rounded up to all of them.

    >>> share_words(9999, 10000), share_words(10000, 10000), share_words(99999, 100000)
    ('99,99\\xa0%', '100\\xa0%', '99,99\\xa0%')
    """
    return f"{_floored(right / cells)}{HARD_SPACE}%"


def interval_words(right: int, cells: int) -> str:
    """The Clopper–Pearson interval of a share of cells, rounded outwards.

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
