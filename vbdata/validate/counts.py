"""Counts of complaints, praise, deviations and lex Sarah reports that a text gives for the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vbdata.language.prose import Sentence, Token, clauses
from vbdata.validate.judgements import is_year, statements

NOUNS = ("complaint", "opinion", "praise", "deviation", "lex_sarah")


@dataclass(frozen=True, slots=True)
class Count:
    """A number of events of a kind; `exact` when every word of the clause is understood."""

    kind: str
    number: int
    text: str
    line: int


def counts(text: str, year: int) -> list[Count]:
    """What a text counts for the year and the whole unit, in order.

    Examples
    --------
    >>> [(c.kind, c.number) for c in counts("Under året har vi tagit emot fem klagomål och sex beröm.", 2025)]
    [('complaint', 5), ('praise', 6)]
    >>> counts("Tre av klagomålen gällde maten. Under sommaren inkom två klagomål.", 2025)
    []
    """
    found: list[Count] = []
    lines = text.split("\n")
    for sentence in statements(text, year):
        if not _under_a_name(lines, sentence.line):
            found.extend(_of_sentence(sentence, year))
    return found


def some_complaints(text: str, year: int) -> list[Count]:
    """Two or more complaints that a text says came in, whatever else it says of them.

    Not the year's number, perhaps, but more than none: enough to contradict a form that is left empty.

    >>> [c.number for c in some_complaints("Under T3 fick vi in två klagomål på maten.", 2025)]
    [2]
    >>> some_complaints("Stadsdelen fick in 140 klagomål. Om två klagomål inkommer utreds de.", 2025)
    []
    """
    return [
        Count("complaint", int(said.number), sentence.text, sentence.line)
        for sentence in statements(text, year)
        if sentence.has("received") and not sentence.has("counting_no", "not", "none")
        for said, noun in pairwise(token for token in sentence.tokens if token.text != "inkomna")
        if "complaint" in noun.uses and said.number is not None and said.number >= 2 and not is_year(said)
    ]


def _under_a_name(lines: Sequence[str], line: int) -> bool:
    """The line, or the short one above it, is a name of its own: "Solgården", "Solgården: två klagomål"."""
    head = lines[line].split(":")[0] if ":" in lines[line] else ""
    above = lines[line - 1].strip() if line else ""
    return any(
        0 < len(text.split()) <= 4 and not _speaks_of(text)
        for text in (head, above)
        if not text.endswith(".")
    )


def _speaks_of(text: str) -> bool:
    words = text.casefold()
    return any(word in words for word in ("klagomål", "synpunkt", "avvikelse", "lex ", "beröm", "kvalitet"))


def _of_sentence(sentence: Sentence, year: int) -> Iterator[Count]:
    for clause in clauses(sentence.tokens, at=("counting_end",)):
        if sentence.has("about") or not _known(clause, year) or not any("received" in t.uses for t in clause):
            continue
        text = sentence.text[clause[0].start : clause[-1].end]
        pairs = list(_pairs(clause, year))
        kinds = {kind for kind, _ in pairs}
        if {"complaint", "opinion"} <= kinds:  # "tre klagomål och två synpunkter": the form counts both
            together = sum(number for kind, number in pairs if kind in ("complaint", "opinion"))
            pairs = [
                ("complaint", together),
                *[pair for pair in pairs if pair[0] not in ("complaint", "opinion")],
            ]
        for kind, number in pairs:
            yield Count("complaint" if kind == "opinion" else kind, number, text, sentence.line)


def _known(clause: Sequence[Token], year: int) -> bool:
    allowed = frozenset((*NOUNS, "received", "counting_words", "who", "none", "any", "not"))
    return all(
        token.uses & allowed or token.number is not None or token.number == year for token in clause
    ) and not any(is_year(token) and token.number != year for token in clause)


def _pairs(clause: Sequence[Token], year: int) -> Iterator[tuple[str, int]]:
    """Numbers with their nouns; none where a noun has no number, for then one is part of another."""
    nouns = [i for i, token in enumerate(clause) if token.uses & frozenset(NOUNS)]
    found = list(_numbered(clause, nouns, year))
    yield from found if len(found) == len(nouns) else []


def _numbered(clause: Sequence[Token], nouns: Sequence[int], year: int) -> Iterator[tuple[str, int]]:
    for i in nouns:
        kind = next(noun for noun in NOUNS if noun in clause[i].uses)
        number = _before(clause, i)
        if number is None and len(nouns) == 1:
            number = _after(clause, i, year)
        if number is not None:
            yield kind, number


def _before(clause: Sequence[Token], at: int) -> int | None:
    """The number in "fem klagomål", "fem inkomna klagomål", "inga klagomål", "inte … några klagomål"."""
    words = [token for token in clause[max(0, at - 2) : at] if token.text != "inkomna"]
    if not words:
        return None
    last = words[-1]
    if "none" in last.uses:
        return 0
    if "any" in last.uses:
        return 0 if any("not" in token.uses for token in clause[:at]) else None
    if last.number is not None and not is_year(last) and float(last.number).is_integer():
        return None if any("not" in token.uses for token in clause) else int(last.number)
    return None


def _after(clause: Sequence[Token], at: int, year: int) -> int | None:
    """The number in "antalet klagomål under året är fem", where the clause ends with it."""
    last = clause[-1] if clause[-1].text not in ("st", "stycken") else clause[-2]
    joined = any(
        token.text in ("är", "var", "blev", "uppgick till", "uppgår till", "uppgick") for token in clause[at:]
    )
    opens = any(token.text in ("antalet", "antal", "antalet inkomna") for token in clause[:at])
    if not (joined and opens) or last.number is None or is_year(last):
        return None
    return int(last.number) if float(last.number).is_integer() else None
