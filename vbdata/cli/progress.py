"""A bar that shows how far a command has come, where somebody looks at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import typer


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """What shows on standard error how many are done of how many; the bar is there from the first call."""
    bars: list[Any] = []
    with ExitStack() as shown:

        def show(done: int, total: int) -> None:
            if not bars:
                how: dict[str, Any] = {"hidden": not sys.stderr.isatty(), "file": sys.stderr}
                bar = typer.progressbar(length=total, label=label, show_pos=True, **how)
                bars.append(shown.enter_context(bar))
            bars[0].update(done - bars[0].pos)

        yield show
