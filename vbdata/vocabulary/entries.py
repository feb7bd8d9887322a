"""What the rows of the vocabulary files say: a frozen entry per row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vbdata.errors import VocabularyError


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the goal tree; `rank` 1 is the highest."""

    code: str
    label: str
    prefix: str
    rank: int
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    code: str
    label: str
    short: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CouncilGoal:
    """A direction ("1") or area ("1.3") of the city council."""

    code: str
    level: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a report; `ends_goals` sections stand after the goal tree."""

    code: str
    label: str
    ends_goals: bool
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table as one form prints them: (field, header labels) in order."""

    code: str
    table: str
    columns: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(field for field, _ in self.columns)


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    indicator_id: str
    name: str
    measure_unit: str | None
    better: str | None
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a complaint form; groups of one facet split the same events."""

    template: str
    order: int
    facet: str
    group: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    template: str
    group: str
    order: int
    category: str
    concept: str | None
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey: what texts call it, and the ids of the indicators that come from it."""

    code: str
    label: str
    printed: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Events that a complaint form counts once: by a facet, or by the categories of a concept.

    Questions of one `series` are about the same kind of events but not comparable, as their forms count
    them in different ways; over time they stand in one figure, with a break between them.
    """

    code: str
    series: str
    facet: str | None
    concept: str | None
    label: str
    singular: str
    plural: str


@dataclass(frozen=True, slots=True)
class ShareOf:
    """What the cases of a concept are a part of, in one form; without `question`, the `reason` why not."""

    template: str
    concept: str
    question: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class FindingKind:
    code: str
    severity: str
    gravity: int
    label: str
    message: str
    action: str

    def said(self, words: Mapping[str, str]) -> tuple[str, str]:
        """Message and action about one doubt.

        Raises
        ------
        VocabularyError
            When they ask for a word that this kind of doubt does not have.
        """
        try:
            return self.message.format_map(words), self.action.format_map(words)
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            had = ", ".join(f"{{{word}}}" for word in words)
            raise VocabularyError(
                f"ordet inom klammer finns inte för {self.code}",
                source="vocabulary/findings.csv",
                value=f"{{{error.args[0] if error.args else ''}}}",
                hint=f"de som finns är {had}" if had else "det finns inga",
            ) from None
