"""Counts of complaints, praise, deviations and lex Sarah reports that a text gives for the year."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vbdata.language.prose import NUMBER_WORDS, Sentence, Token, clauses, may_use
from vbdata.language.quantities import Quantity, quantities_in
from vbdata.validate.judgements import is_year, statements

_COMPLAINTS = re.compile(
    r"\s*(?:(?:inkomna|nya|skriftliga|muntliga)\s+)*(?:synpunkter\s+(?:och|eller)\s+)?klagomål\b", re.I
)
_ONE_TO_TWELVE = "|".join(word for word, number in NUMBER_WORDS.items() if 0 < number <= 12)
_SARAH_NAMED = re.compile(r"lex[ -]+sarah?|missförhåll", re.I)
_SARAH = re.compile(
    rf"(?<![\w-])(?P<n>[1-9]\d?|{_ONE_TO_TWELVE})\s+(?:inkomna\s+|nya\s+)?"
    r"(?:lex[ -]+sarah?[ -]*(?:rapport|ärende|anmäl|utredning)\w*"
    r"|(?:rapport|ärende|anmäl|utredning)\w*\s+(?:enligt|om)\s+lex[ -]+sarah?\b)",
    re.I,
)
_CAME = re.compile(
    r"\b(?:lämna(?:des|ts|t|de)|(?:tog|togs|tagit|tagits)\s+emot|inkom(?:mit)?|k(?:om|ommit)\s+in|upprätta(?:des|ts|t|de)"
    r"|skrev(?:s)?|skriv(?:its|it)|gjor(?:des|ts|t|de)|ut(?:reddes|retts|rett)|rapportera(?:des|ts|t)|avsluta(?:des|ts|t)"
    r"|fått\s+in|fick\s+in|haft|hade|registrera(?:des|ts|t))\b",
    re.I,
)
_CLAUSE_END = re.compile(r"[,;:(–]|\bmen\b|\bvarav\b", re.I)
_TO_IVO = re.compile(r"\banmäl(?:des|ts|t|de)\b[^.]*\bIVO\b")
_NONE = re.compile(r"\b(?:ingen|inga|inget|inte|ej|varken|aldrig|utan)\b", re.I)
#: Somebody else's report, or one under the law on care.
_BY_OTHERS = re.compile(
    r"\bav\s+(?:en\s+)?(?:ann(?:an|at)|andra|region|sjuk|vårdgiv|polis|anhörig|närstående|god\s+man|staden|nämnden)"
    r"|\blex\s+maria",
    re.I,
)
_PERHAPS = re.compile(
    r"\b(?:ska|skall|kan|bör|om|när|vid|som|alltid|ifall|skulle|måste|behöver|brukar)\b", re.I
)
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
    if not (may_use(text, *NOUNS) and may_use(text, "received")):
        return found
    lines = text.split("\n")
    for sentence in statements(text, year):
        if not _under_a_name(lines, sentence.line):
            found.extend(_of_sentence(sentence, year))
    return found


def some_complaints(text: str, year: int) -> list[Count]:
    """Two or more complaints that a text says came in, whatever else it says of them; the fewest it may mean.

    Not the year's number, perhaps, but no more than it: enough to contradict a form that has fewer.

    >>> [c.number for c in some_complaints("Under T3 fick vi in två klagomål på maten.", 2025)]
    [2]
    >>> some_complaints("Stadsdelen fick in 140 klagomål. Om två klagomål inkommer utreds de.", 2025)
    []
    """
    found: list[Count] = []
    for sentence in statements(text, year) if "klagomål" in text.casefold() else ():
        if not sentence.has("received") or sentence.has("not", "none"):
            continue
        for said in quantities_in(sentence.text, year):
            least = said.number.value if said.number.exact else said.number.low or 0
            noun = not _maybe(sentence, said) and _COMPLAINTS.match(sentence.text, said.number.end)
            if (
                noun
                and said.role in ("level", "whole", "other")
                and least >= 2
                and said.number.measure_unit is None
            ):
                found.append(Count("complaint", math.ceil(least), sentence.text, sentence.line))
    return found


def some_reports(text: str, year: int) -> list[Count]:
    """Reports under lex Sarah that a text says came in or were looked into, whatever else it says of them.

    >>> [c.number for c in some_reports("Tre lex Sarah-rapporter togs emot, och en anmäldes till IVO.", 2025)]
    [3]
    >>> some_reports("En rapport enligt lex Sarah ska lämnas samma dag.", 2025)
    []
    """
    if not _SARAH_NAMED.search(text):
        return []
    lines, found = text.split("\n"), []
    for sentence in statements(text, year):
        told = _SARAH.search(sentence.text)
        if told is None or _under_a_name(lines, sentence.line):
            continue
        end = _CLAUSE_END.search(sentence.text, told.end())
        clause = sentence.text[: end.start() if end else None]
        held = [
            token for token in sentence.tokens if token.start < len(clause) and "counting_no" in token.uses
        ]
        if _CAME.search(clause) and not held and not _BY_OTHERS.search(clause):
            word = told["n"].casefold()
            number = int(word) if word.isdecimal() else NUMBER_WORDS[word]
            found.append(Count("lex_sarah", number, sentence.text, sentence.line))
    return found


def told_to_ivo(text: str, year: int) -> list[Count]:
    """Sentences that say that a case was reported to IVO (1), or that none was (0).

    >>> [c.number for c in told_to_ivo("Lex Sarah: ett missförhållande anmäldes till IVO.", 2025)]
    [1]
    >>> told_to_ivo("Lex Sarah: rapporten anmäldes inte till IVO.", 2025)
    []
    """
    if "IVO" not in text or not _SARAH_NAMED.search(text):
        return []
    found = []
    for sentence in statements(text, year):
        for clause in _CLAUSE_END.split(sentence.text):
            if not _TO_IVO.search(clause) or _PERHAPS.search(clause) or _BY_OTHERS.search(sentence.text):
                continue
            none = _NONE.search(clause)
            if none is None or none[0].casefold() in ("ingen", "inga"):
                found.append(Count("ivo", int(none is None), sentence.text, sentence.line))
    return found


def _maybe(sentence: Sentence, said: Quantity) -> bool:
    """The number is of others, of what is to come or ought to be; "om" after it tells what it is about."""
    return any(
        "counting_no" in token.uses and not (token.text == "om" and token.start > said.number.end)
        for token in sentence.tokens
    )


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
    if sentence.has("about") or not sentence.has("received"):
        return
    for clause in clauses(sentence.tokens, at=("counting_end",)):
        if not any("received" in t.uses for t in clause) or not _known(clause, year):
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
