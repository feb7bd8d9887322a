"""What checks share of a report: made once, and kept until another report comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

Rows = dict[str, list[dict[str, Any]]]
Made = TypeVar("Made")


def kept(make: Callable[[Rows], Iterable[Made]]) -> Callable[[Rows], tuple[Made, ...]]:
    """A function that makes the same of a report's rows, once for all who ask in turn.

    Reports are checked one at a time, so that the last one's is all that has to be kept.
    """
    last: tuple[Rows | None, tuple[Made, ...]] = (None, ())

    @wraps(make)
    def of(rows: Rows) -> tuple[Made, ...]:
        nonlocal last
        if last[0] is not rows:
            last = rows, tuple(make(rows))
        return last[1]

    return of
