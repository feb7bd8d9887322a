"""What checks share of a report: made once, and kept until another report comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

Of = TypeVar("Of")
Made = TypeVar("Made")


def kept(make: Callable[[Of], Iterable[Made]]) -> Callable[[Of], tuple[Made, ...]]:
    """A function that makes the same of a report, or of its rows, once for all who ask in turn.

    Reports are checked one at a time, so that the last one's is all that has to be kept.
    """
    last: tuple[Of | None, tuple[Made, ...]] = (None, ())

    @wraps(make)
    def of(report: Of) -> tuple[Made, ...]:
        nonlocal last
        if last[0] is not report:
            last = report, tuple(make(report))
        return last[1]

    return of
