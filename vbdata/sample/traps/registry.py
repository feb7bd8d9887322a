"""What a trap is, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """A named spoiler. `stage` is ``records``, ``parts``, ``style`` or ``text``.

    `dialects` are those (of `DIALECTS` and `FILES`) in which it can be seen.
    """

    name: str
    stage: str
    description: str
    apply: Callable[[Any, Random], Any]
    dialects: frozenset[str]


#: All traps by name, in the order in which they are applied.
REGISTRY: dict[str, Trap] = {}


def trap_at(
    stage: str, *, but: Sequence[str] = ()
) -> Callable[[Callable[[Any, Random], Any]], Callable[[Any, Random], Any]]:
    def register(function: Callable[[Any, Random], Any]) -> Callable[[Any, Random], Any]:
        name = function.__name__
        seen = DIALECTS if stage in ("style", "text") else (*DIALECTS, *FILES)
        REGISTRY[name] = Trap(name, stage, function.__doc__ or "", function, frozenset(seen) - frozenset(but))
        return function

    return register


def spoil(stage: str, thing: Any, names: Sequence[str], rng: Random) -> Any:
    """Apply the named traps of a stage, in the order in which they are defined."""
    for name, trap in REGISTRY.items():
        if name in names and trap.stage == stage:
            thing = trap.apply(thing, rng)
    return thing
