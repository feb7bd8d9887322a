"""Find the vocabulary entry that a printed label means, without ever guessing between two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from vbdata.vocabulary.spelling import key
from vbdata.vocabulary.wording import same_words

Entry = TypeVar("Entry")

#: Similarity of keys, 0-100, that a label needs to be taken for an entry.
FLOOR = 88.0
#: A second entry this close to the best makes the label ambiguous.
MARGIN = 3.0


@dataclass(frozen=True, slots=True)
class Match(Generic[Entry]):
    """Outcome of a search: an entry, or two rivals, or neither."""

    entry: Entry | None
    score: float = 0.0
    rival: Entry | None = None
    candidate: Entry | None = None

    @property
    def exact(self) -> bool:
        return self.entry is not None and self.score == 100.0


class Index(Generic[Entry]):
    """Printed labels of entries, searchable by key.

    Parameters
    ----------
    labels
        Each entry's printed labels, the canonical one first.
    """

    def __init__(self, labels: Mapping[Entry, Iterable[str]]) -> None:
        self._entries: dict[str, Entry] = {}
        self._printed: dict[str, str] = {}
        for entry, printed in labels.items():
            for label in printed:
                if label:
                    self._entries.setdefault(key(label), entry)
                    self._printed.setdefault(key(label), label)
        self._keys = list(self._entries)
        self._seen: dict[tuple[str, float], Match[Entry]] = {}

    def __contains__(self, text: str) -> bool:
        return key(text) in self._entries

    def begins(self, text: str) -> bool:
        """Whether `text` is the beginning of a printed label, but not all of it."""
        start = key(text)
        return len(start) > 4 and any(
            len(label) > len(start) + 1 and fuzz.ratio(label[: len(start)], start) >= FLOOR
            for label in self._keys
        )

    def exact(self, text: str) -> Entry | None:
        return self._entries.get(key(text))

    def find(self, text: str, floor: float = FLOOR) -> Match[Entry]:
        """The entry that `text` means, in its words with slips at most: see `same_words`.

        Digits must agree, since "dag 1-14" is not "dag 15-".

        Examples
        --------
        >>> Index({"sick": ["Sjukfrånvaro"], "short": ["Sjukfrånvaro dag 1-14"]}).find("Sjukfr nvaro").entry
        'sick'
        """
        wanted = key(text)
        if wanted in self._entries:
            return Match(self._entries[wanted], 100.0)
        if (text, floor) not in self._seen:
            if len(self._seen) > 20_000:  # a service that reads for days must not grow without end
                self._seen.clear()
            self._seen[text, floor] = self._search(text, wanted, floor)
        return self._seen[text, floor]

    def _search(self, text: str, wanted: str, floor: float) -> Match[Entry]:
        if len(wanted) < 3:
            return Match(None)
        found = process.extract(wanted, self._keys, scorer=fuzz.ratio, score_cutoff=floor - MARGIN, limit=6)
        hits: list[tuple[Entry, float, str]] = []
        for label, score, _ in found:
            entry = self._entries[label]
            if _digits(label) == _digits(wanted) and all(entry != other for other, *_ in hits):
                hits.append((entry, score, label))
        if not hits or hits[0][1] < floor:
            return Match(None)
        if len(hits) > 1 and hits[0][1] - hits[1][1] < MARGIN:
            return Match(None, hits[0][1], rival=hits[1][0], candidate=hits[0][0])
        entry, score, label = hits[0]
        return Match(entry, min(score, 99.9)) if same_words(text, self._printed[label]) else Match(None)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
