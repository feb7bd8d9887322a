"""A bar that shows how far a command has come, where somebody looks at it."""

from __future__ import annotations

import time
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def progress_bar(*, refresh: bool = True) -> Progress:
    """A bar on standard error; without `refresh` no thread draws it, and it is drawn when it is told to."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, auto_refresh=refresh, disable=not console.is_terminal,
    )  # fmt: skip


class Advance:
    """Moves a bar on by one, and shows it now and then."""

    def __init__(self, progress: Progress, task: Any) -> None:
        self.progress, self.task, self.shown = progress, task, 0.0

    def __call__(self, _: object) -> None:
        now = time.monotonic()
        late = now - self.shown > 0.2
        self.progress.update(self.task, advance=1, refresh=late)
        if late:
            self.shown = now
