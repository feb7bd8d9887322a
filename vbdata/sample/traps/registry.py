"""What a trap is, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from vbdata.parse.records import Report
from vbdata.sample.dialects import DIALECTS

#: Formats that are files of their own, with parts but without text: traps on page and text do not apply.
FILES = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as printed and as meant; row by row the same."""

    printed: Report
    meaning: Report


@dataclass(frozen=True, slots=True)
class Trap:
    """A named spoiler. `stage` is ``doubts``, ``records``, ``parts``, ``style`` or ``text``.

    `dialects` are those (of `DIALECTS` and `FILES`) in which it can be seen; `raises` the code of the finding
    that asks about it, where the unit itself would have to answer.
    """

    name: str
    stage: str
    description: str
    apply: Callable[[Any, Random], Any]
    dialects: frozenset[str]
    raises: str | None = None


#: All traps by name, in the order in which they are applied.
REGISTRY: dict[str, Trap] = {}


def trap_at(
    stage: str, *, but: Sequence[str] = (), raises: str | None = None
) -> Callable[[Callable[[Any, Random], Any]], Callable[[Any, Random], Any]]:
    def register(function: Callable[[Any, Random], Any]) -> Callable[[Any, Random], Any]:
        name = function.__name__
        seen = DIALECTS if stage in ("style", "text") else (*DIALECTS, *FILES)
        dialects = frozenset(seen) - frozenset(but)
        REGISTRY[name] = Trap(name, stage, function.__doc__ or "", function, dialects, raises)
        return function

    return register


def swap(rows: Sequence[Any], index: int, **changes: Any) -> tuple[Any, ...]:
    """The rows with one of them changed."""
    return (*rows[:index], replace(rows[index], **changes), *rows[index + 1 :])


def both(draft: Draft, change: Callable[[Report], Report]) -> Draft:
    """A change of what the report means, and so of what it prints."""
    return Draft(change(draft.printed), change(draft.meaning))


def at_one(
    draft: Draft,
    rng: Random,
    table: str,
    fits: Callable[[Any], object],
    change: Callable[[Any], dict[str, Any]],
) -> Draft:
    """A draft with changes in one of the rows that fit, in print and meaning; as it was where none fits."""
    rows = getattr(draft.meaning, table)
    hits = [index for index, row in enumerate(rows) if fits(row)]
    if not hits:
        return draft
    index = rng.choice(hits)
    changes = change(rows[index])

    def changed(report: Report) -> Report:
        new: dict[str, Any] = {table: swap(getattr(report, table), index, **changes)}
        return replace(report, **new)

    return both(draft, changed)


def plant(report: Report, names: Sequence[str], seed: int) -> tuple[Draft, tuple[str, ...]]:
    """The named doubts and slips of the unit in a report, and the codes of the findings that they raise."""
    draft, raised = Draft(report, report), list[str]()
    for trap in sorted(REGISTRY.values(), key=lambda trap: trap.stage):
        if trap.name in names and trap.stage in ("doubts", "records"):
            spoilt = trap.apply(draft, Random(f"{seed}|{trap.name}"))
            raised += [trap.raises] if trap.raises and spoilt != draft else []
            draft = spoilt
    return draft, tuple(raised)


def spoil(stage: str, thing: Any, names: Sequence[str], rng: Random) -> Any:
    """Apply the named traps of a stage, in the order in which they are defined."""
    for name, trap in REGISTRY.items():
        if name in names and trap.stage == stage:
            thing = trap.apply(thing, rng)
    return thing
