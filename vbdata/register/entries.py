"""The register's entries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

KINDS = ("split", "merge", "rename", "transfer")
"""How a unit follows another. After a transfer the predecessor goes on; after the others it has ended."""


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation (enhet).

    Attributes
    ----------
    aliases
        Other ways in which reports print its name.
    predecessors
        Ids of the units that it came from, the earliest succession first.
    """

    unit_id: str
    name: str
    type: str
    district: str
    aliases: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit taking over from another, wholly or in part.

    Attributes
    ----------
    kind
        One of `KINDS`.
    date
        The first day of the new order.
    share
        How much of the predecessor's activity went to the successor, 0–1; None where nobody has said.
    source
        Where that is written.
    """

    predecessor_id: str
    successor_id: str
    kind: str
    date: datetime.date
    share: float | None
    source: str

    @property
    def ends_predecessor(self) -> bool:
        """Whether the predecessor ceased."""
        return self.kind != "transfer"


@dataclass(frozen=True, slots=True)
class Denominator:
    """How many people a unit served in a year, confirmed by somebody: what a rate is computed on.

    Attributes
    ----------
    count
        Number of what is counted, at least 1.
    counted
        What is counted, in Swedish plural: ``brukare``, ``barn``, ``platser``.
    """

    unit_id: str
    year: int
    count: int
    counted: str
    source: str
    confirmed_by: str
    confirmed_date: datetime.date
