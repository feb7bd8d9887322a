"""What the numbers of a sentence measure: subject, role, direction and period, as far as its words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vbdata.language.inflection import stem
from vbdata.language.numbers import Number, numbers_in, signs, unit_of, uses
from vbdata.language.prose import plain_sentences

_WORD = re.compile(r"[^\W\d_][\w-]*")
_BREAK = re.compile(r"[,;:()–]|\b(?:men|samt|medan|vilket|varav|och)\b", re.I)
_ALL = r"(?:(?:de|våra|totalt|sammanlagt|samtliga|alla|[^\W\d_]{3,}(?:en|et|an|na)s|cirka|ca)\s+){0,3}$"
_OF = re.compile(rf"\s*(?:[^\W\d_][\w-]*\s+){{0,3}}?av\s+{_ALL}", re.I)
_OF_BEFORE = re.compile(rf"\bav\s+{_ALL}", re.I)
_MADE_OF = re.compile(rf"\b(?:består|bestod|bestått|utgörs|utgjordes)\s+av\s+{_ALL}", re.I)
_VARAV = re.compile(r"\bvarav(?:\s+\w+){0,2}\s*$|\bvarav\b[^.;]*\boch\s*$", re.I)
_FROM = re.compile(r"\bfrån\s*$", re.I)
_TO = re.compile(r"^\s*(?:%|procent\w*|kr\w*|[^\W\d_]+)?\s*till\s*$", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TERTIAL = re.compile(r"\bT([12])\b|\btertial\s*([12])\b", re.I)
_BY = re.compile(r"(?<!jämfört )(?<!jämförelse )\b(?:med|på|om)\s*$", re.I)
_PASSED_BY = re.compile(r"\b(?:över|under)(?:skr[ie]d|stig|steg|träff)\w*\b[^.;:]*\bmed\s*$", re.I)
_LAST_YEAR = re.compile(
    r"^\s*(?:%|procent)?\s*(?:[^\W\d_]+\s+)?"
    r"(?:förra\s+året|föregående\s+år|i\s+fjol|året\s+innan|år\s+(?P<year>\d{4})|(?P<bare>\d{4}))\b",
    re.I,
)
#: What a number is compared with is of that year, not the number.
_THAN = re.compile(r"\b(?:än|mot|sedan|från|jämfört\s+med)\s+(?:år\s+)?$", re.I)
_WHICH_IS = re.compile(r"\b(?:års)?mål(?:et)?,\s+(?:som|vilket)\s+(?:är|var)\s*$", re.I)
_THE_YEAR_BEFORE = re.compile(r"\s*(?:under\s+)?förra\s+året\b", re.I)
_THEN = re.compile(r"[,\s]*då\b", re.I)
_OF_THEM = re.compile(
    r"^av\s+(?:de\s+|våra\s+|alla\s+|samtliga\s+)?(?:[^\W\d_]+\s+)?[^\W\d_]+(?:na|n|t)\s+(?:[^\W\d_]+\s+)?$",
    re.I,
)
_IF = re.compile(r"\s*(?:om|när|ifall)\s", re.I)
_PART_OF = re.compile(r"\s*(?:[^\W\d_]+\s)?av\s")
_SHARE_OF = re.compile(r"\s*av\b")
_GONE = re.compile(r"\b(?:gått|gick|går)\s+(upp|ner|ned)\b", re.I)
_ASIDE = re.compile(r"\([^()]*\)")
#: A clause that has its subject from the one before it: "andelen har ökat och är nu 7 %".
_AND_IS = re.compile(
    r"\s+och\s+(?:är|var|blev|ligger|låg|uppgår|uppgick)\s+(?:nu\s+|numera\s+|till\s+|på\s+)*(?:\w+\s+)?$",
    re.I,
)
TIMES = ("år", "månader", "veckor", "dagar", "timmar", "minuter", "gånger")
#: Measure units whose word is what is counted.
COUNTED = (None, "personer", "svar", "platser")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a sentence states, with what it measures.

    `raw` is it as printed, with its unit and its "drygt"; `subject` the words it counts or measures, as
    printed; `heads` the stems of them, for comparing.
    """

    raw: str
    number: Number
    role: str
    subject: str | None = None
    direction: str | None = None
    period: str | None = None

    @property
    def value(self) -> float:
        return self.number.value

    @property
    def measure_unit(self) -> str | None:
        return self.number.measure_unit

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(stem(word) for word in _WORD.findall(self.subject or "") if "small" not in uses(word))


@lru_cache(maxsize=2048)
def quantities_in(sentence: str, year: int) -> tuple[Quantity, ...]:
    """The quantities of a sentence of a report of a year, in order.

    >>> [(q.raw, q.role, q.subject) for q in quantities_in("Av 40 planer saknades 3.", 2025)]
    [('40', 'whole', 'planer'), ('3', 'part', 'planer saknades')]
    >>> [(q.raw, q.role, q.direction) for q in quantities_in("Andelen ökade från 3 % till 5 %.", 2025)]
    [('3 %', 'previous', 'up'), ('5 %', 'level', 'up')]
    """
    numbers = numbers_in(sentence)
    if not numbers:
        return ()
    clauses = [clause_of(sentence, number) for number in numbers]
    roles = _roles(sentence, numbers, clauses, year)
    return tuple(
        Quantity(
            sentence[n.start : n.end], n, role, _subject(sentence, numbers, i),
            _direction(clause), _period(sentence, numbers, i, clause, role, year),
        )
        for i, (n, clause, role) in enumerate(zip(numbers, clauses, roles, strict=True))
    )  # fmt: skip


def _roles(sentence: str, numbers: Sequence[Number], clauses: Sequence[str], year: int) -> list[str]:
    roles = [""] * len(numbers)
    for i, number in enumerate(numbers):
        before = sentence[: number.start]
        between = sentence[numbers[i - 1].end : number.start] if i else before
        if i and _OF.match(between) and number.measure_unit != "%" and not _BREAK.search(between):
            roles[i] = "whole"
            roles[i - 1] = "share" if numbers[i - 1].measure_unit == "%" else "part"
        elif (
            i + 1 < len(numbers)
            and number.measure_unit != "%"
            and _OF_BEFORE.search(before)
            and not _MADE_OF.search(before)
        ):
            roles[i] = "whole"
            if not roles[i + 1] and not _BREAK.search(sentence[number.end : numbers[i + 1].start]):
                roles[i + 1] = "share" if numbers[i + 1].measure_unit == "%" else "part"
        elif i and _TO.match(between) and _FROM.search(sentence[: numbers[i - 1].start]):
            roles[i - 1], roles[i] = "previous", "level"
        elif i and _VARAV.search(between):
            roles[i] = "part"
            roles[i - 1] = roles[i - 1] or "whole"
    return [role or _role(sentence, numbers, i, clauses[i], year) for i, role in enumerate(roles)]


def _role(sentence: str, numbers: Sequence[Number], i: int, clause: str, year: int) -> str:
    number = numbers[i]
    before, after = sentence[: number.start], sentence[number.end :]
    seen = _told(clause)
    if number.rank:
        return "rank"
    if number.measure_unit == "procentenheter" or (seen & {"up", "down"} and _BY.search(before)):
        return "change"
    if _PASSED_BY.search(before):
        return "change"
    last = _LAST_YEAR.match(after)
    if _PART_OF.match(after) and number.measure_unit != "%":
        return "part"
    if last and (not (last["year"] or last["bare"]) or int(last["year"] or last["bare"]) == year - 1):
        return "previous"
    lead = sentence[numbers[i - 1].end if i else 0 : number.start]
    if "target" in _told(_last_clause(lead)) or _WHICH_IS.search(lead):
        return "target"
    if "answered" in seen and number.measure_unit in (None, "svar", "personer"):
        return "respondents"
    if number.measure_unit == "%":
        if _SHARE_OF.match(after) or _OF_THEM.match(before):
            return "share"
        return "other" if "unsure" in seen else "level"
    if "unsure" in seen or number.measure_unit in TIMES or _IF.match(clause):
        return "other"
    return "level"


@lru_cache(maxsize=2048)
def clause_of(sentence: str, number: Number) -> str:
    """The words around a number up to punctuation and conjunctions."""
    start = before = 0
    for each in _BREAK.finditer(sentence):
        if each.end() <= number.start:
            before, start = start, each.end()
        elif each.start() >= number.end:
            end = each.start()
            break
    else:
        end = len(sentence)
    if not sentence[start : number.start].strip():  # "den är låg, 7 %"
        start = before
    return sentence[start:end]


def _last_clause(text: str) -> str:
    start = before = 0
    for each in _BREAK.finditer(text):
        before, start = start, each.end()
    return text[start:] if text[start:].strip() else text[before:]


@lru_cache(maxsize=2048)
def _told(words: str) -> frozenset[str]:
    """What words tell, all together."""
    return frozenset().union(*map(uses, _WORD.findall(words)))


def _direction(clause: str) -> str | None:
    found = _told(clause) & {"up", "down"}
    found |= {"up" if way.lower() == "upp" else "down" for way in _GONE.findall(clause)}
    return next(iter(found)) if len(found) == 1 else None


@lru_cache(maxsize=512)
def _tertial(sentence: str) -> str | None:
    found = _TERTIAL.search(sentence)
    return f"T{found[1] or found[2]}" if found else None


def years_of(sentence: str, numbers: Sequence[Number], i: int) -> set[int]:
    """The years that a sentence names, those that other numbers or comparisons have aside.

    >>> text = "Andelen blev 8 %, mot 9 % år 2024."
    >>> years_of(text, numbers_in(text), 0), years_of(text, numbers_in(text), 1)
    (set(), {2024})
    """
    found = set()
    for match in _YEAR.finditer(sentence):
        near = next(
            (k for k, n in enumerate(numbers) if n.end <= match.start() and _just_before(sentence, n, match)),
            i,
        )
        then = numbers[i].start > match.end() and _THEN.match(sentence, match.end())
        than = _THAN.search(sentence[: match.start()]) and not then
        if near == i and not than:
            found.add(int(match[0]))
    return found


def _just_before(sentence: str, number: Number, year: re.Match[str]) -> bool:
    last = _LAST_YEAR.match(sentence[number.end :])
    return last is not None and number.end + last.end() == year.end()


def _period(
    sentence: str, numbers: Sequence[Number], i: int, clause: str, role: str, year: int
) -> str | None:
    if role == "previous":
        return "previous"
    if tertial := _tertial(sentence):
        return tertial
    years = years_of(sentence, numbers, i)
    if len(years) == 1:
        named = years.pop()
        return {year: "year", year - 1: "previous", year + 1: "next"}.get(named, str(named))
    told = _told(_THE_YEAR_BEFORE.sub("", clause) if "förra" in clause.lower() else clause)
    if (_THE_YEAR_BEFORE.match(clause) or "previous" in told) and "now" not in told:
        return "previous" if re.search(r"\b(?:förra|föregående|i fjol|fjol)", sentence, re.I) else None
    if "next" in told:
        return "next"
    return "year" if "now" in told else None


def _subject(sentence: str, numbers: Sequence[Number], i: int) -> str | None:
    """The words that a number counts ("nya medarbetare") or measures ("sjukfrånvaron"), as printed."""
    number = numbers[i]
    end = numbers[i + 1].start if i + 1 < len(numbers) else len(sentence)
    counts = number.measure_unit in COUNTED
    start = number.end
    if counts and number.measure_unit is not None:  # the unit's word is the noun
        start -= len(_last_word(sentence[number.start : number.end]))
    if counts or _SHARE_OF.match(sentence[number.end :]):
        phrase = _following(sentence, start, end)
        if phrase:
            return phrase
    before = [n.end for n in numbers[:i] if n.measure_unit not in TIMES]
    return _preceding(sentence, before[-1] if before else 0, number.start)


#: What is had is the subject: "vi har en sjukfrånvaro på 7 %".
_HAS = frozenset({"har", "hade", "haft", "fick", "får", "fått", "når", "nådde", "redovisar", "gav", "ger"})
_NO_SUBJECT = frozenset({"small", "about", "above", "below", "least", "most", "joins"})


def _last_word(text: str) -> str:
    found = _WORD.findall(text)
    return found[-1] if found else ""


def _following(sentence: str, start: int, end: int) -> str | None:
    """The noun after a place, with the adjectives before it; "av de" before it is passed by."""
    first = last = None
    at = start
    while (word := _WORD.search(sentence, at, end)) and not sentence[at : word.start()].strip(" %\u00a0"):
        at = word.end()
        if "small" in uses(word[0]):
            if first is not None:
                break
            if word[0].lower() not in ("av", "de", "våra", "enhetens", "alla", "samtliga", "totalt"):
                return None
            continue
        first = word.start() if first is None else first
        last = word.end()
        adjective = word[0].endswith(("a", "ade", "ande", "ende")) or word[0].istitle()
        if not adjective or unit_of(word[0]):
            break
    return None if first is None else sentence[first:last]


def _preceding(sentence: str, start: int, end: int) -> str | None:
    """The words of the clause before a place, up to the verb that joins them to the number."""
    whole = _ASIDE.sub(lambda aside: " " * len(aside[0]), sentence[start:end])
    text = _last_clause(whole)
    words = [(m, uses(m[0])) for m in _WORD.finditer(text)]
    verbs = [k for k, (_, use) in enumerate(words) if use & {"joins", "up", "down"}]
    last = verbs[-1] if verbs else len(words)
    helped = (k for k, (m, _) in enumerate(words[:last]) if m[0].casefold() in ("har", "hade"))
    parts = [words[: next(helped, last)], words[last + 1 :]]
    if verbs and words[last][0][0].casefold() in _HAS:
        parts.reverse()
    for part in parts:
        part = part[1 + max((k for k, (m, _) in enumerate(part) if m[0] == "att"), default=-1) :]
        while part and part[0][1] & _NO_SUBJECT:
            part = part[1:]
        while part and part[-1][1] & _NO_SUBJECT:
            part = part[:-1]
        if part:
            offset = start + len(whole) - len(text)
            return sentence[offset + part[0][0].start() : offset + part[-1][0].end()]
    earlier = _AND_IS.search(sentence, start, end)
    return _preceding(sentence, start, earlier.start()) if earlier else None


def sentences_with_numbers(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text that state a number, with which they are, from 0."""
    if found := signs(text):
        for number, sentence in enumerate(plain_sentences(text)):
            low = sentence.lower()
            if any([sign in low for sign in found]) and numbers_in(sentence):
                yield number, sentence
