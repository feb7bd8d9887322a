"""Text that stands word for word in another report, less what many units or a plan also say.

Sentences are compared by a fingerprint of their letters and digits, so that one whose number was brought up
to date is another sentence. One that three units or more have is common stock: the board's, the form's or the
city's. The work grows with the number of sentences, not with its square. Fingerprinting of passages for
overlap: Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences,
1997, doi:10.1109/SEQUEN.1997.666900; here the unit is a sentence and the match is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vbdata.extract.document import Place
from vbdata.language.prose import plain_sentences
from vbdata.normalise.lines import place_of_sentence
from vbdata.vocabulary import key

#: Units that share a sentence before it counts as common stock.
COMMON = 3
#: A sentence of fewer words is a phrase that anybody may write.
SHORTEST = 6


@dataclass(frozen=True)
class Text:
    """A stretch of prose of a report: an analysis of its own, or text that was given.

    `own` is false for text that explains nothing if it is found again: plans, descriptions, board goals.
    """

    report_id: str
    row_id: str
    table: str
    heading: str
    text: str
    lines: str | None
    own_place: Place
    own: bool

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Fingerprint and number of words of each sentence; 0 for one too short to tell anything."""
        found = []
        for sentence in plain_sentences(self.text):
            words = len(sentence.split())
            found.append((hash(key(sentence)) if words >= SHORTEST else 0, words))
        return tuple(found)

    def place(self, number: int) -> Place:
        """Where the sentence with a number, from 0, begins."""
        return place_of_sentence(self.lines, number) or self.own_place


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences in a row of one text that all stand in another report; `first` is the number of the first."""

    text: Text
    first: int
    sentences: int
    words: int

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.text.place(self.first)


class Stock:
    """Which lineages have which sentences, over all reports at hand."""

    def __init__(self, texts: Iterable[Text], lineage_of: Mapping[str, str]) -> None:
        lineages: defaultdict[int, set[str]] = defaultdict(set)
        self._stands: defaultdict[int, dict[str, tuple[Text, int]]] = defaultdict(dict)
        given: set[int] = set()
        for text in texts:
            for number, (mark, _) in enumerate(text.sentences):
                if mark:
                    lineages[mark].add(lineage_of[text.report_id])
                    self._stands[mark].setdefault(text.report_id, (text, number))
                    if not text.own:
                        given.add(mark)
        self._common = {mark for mark, units in lineages.items() if len(units) >= COMMON} | given

    def stands(self, mark: int) -> Mapping[str, tuple[Text, int]]:
        """Reports that have a sentence, with the text and its number in it; none for common stock."""
        return {} if not mark or mark in self._common else self._stands[mark]

    def counterpart(self, run: Run, other: str) -> tuple[Text, Place]:
        """Where another report has the first sentence of a run."""
        text, number = self.stands(run.text.sentences[run.first][0])[other]
        return text, text.place(number)

    def runs(self, texts: Iterable[Text], other: str) -> Iterator[Run]:
        """Runs of the texts' sentences that `other` has too; a short one in between ends none."""
        for text in texts:
            yield from _runs(text, [other in self.stands(mark) for mark, _ in text.sentences])


def _runs(text: Text, shared: Sequence[bool]) -> Iterator[Run]:
    first = count = words = 0
    for number, ((mark, length), same) in enumerate(zip(text.sentences, shared, strict=True)):
        if same:
            first = first if count else number
            count, words = count + 1, words + length
        elif mark and count:
            yield Run(text, first, count, words)
            count = words = 0
    if count:
        yield Run(text, first, count, words)
