"""One sentence about how right the tables are, for the foot of every page."""

from __future__ import annotations

from functools import cache

from vbdata.analyse.proportions import clopper_pearson
from vbdata.plot.formats import EN_DASH, HARD_SPACE, number
from vbdata.quality.corpora import CORPORA
from vbdata.quality.kept import kept
from vbdata.quality.reading import READING, Counts, Reading, totals


@cache
def accuracy_sentence() -> str:
    """What came of the cells in the corpus of whole reports that is read worst, and when it was measured.

    Never a better figure: nobody knows which of them a page's reports are most like. Blank where nothing is
    kept.
    """
    read = [each for each in kept(Reading, READING) if CORPORA[each.corpus].foot and each.table != "texts"]
    found = totals(read, ["corpus"])
    if not found:
        return ""
    (corpus,), counts = min(found.items(), key=lambda each: each[1].right / each[1].cells)
    measured = max(each.measured for each in read if each.corpus == corpus)
    files = f"{number(counts.files)}{HARD_SPACE}{CORPORA[corpus].foot}"
    told = f"Så säker är inläsningen: av tabellernas uppgifter i {files} {_said(counts)} (mätt {measured})."
    return f"{told} Vad som inte gick att läsa i de här dokumenten står bland anmärkningarna."


def _said(counts: Counts) -> str:
    lost = [rounded_up(each, counts.cells) for each in (counts.wrong, counts.said, counts.silent)]
    return (
        f"lästes {share_words(counts.right, counts.cells)} rätt och {lost[0]} fel, {lost[1]} utelämnades "
        f"med en anmärkning om det och {lost[2]} utan anmärkning"
    )


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
