"""What running text counts of the events that the form counts: of which kind, in all or of a part, and which.

Open-world: words that nobody knows take nothing back. A number is of the year as a whole unless its sentence
names a part of it, another system, or what ought to be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vbdata.language.inflection import stem
from vbdata.language.numbers import may_state, uses
from vbdata.language.prose import Sentence, sentences
from vbdata.language.quantities import Quantity, quantities_in
from vbdata.validate.judgements import statements
from vbdata.vocabulary import quantity_words

_KINDS = {
    "complaint": r"(?:klagomål\w*|synpunkt\w*)",
    "praise": r"beröm\w*",
    "deviation": r"avvikelse\w*",
    "data_incident": r"personuppgiftsincident\w*",
}
_NOUN = "|".join(f"(?:{noun})" for noun in _KINDS.values())
_LISTED = rf"(?:{_NOUN})(?:\s*(?:,|/|\boch\b|\bsamt\b|\beller\b)\s*(?:{_NOUN}))*"
_NOUNS = re.compile(
    r"\s*(?:[^\W\d_]+(?:na|de|da|ga|ya)\s+){0,2}"
    r"(?P<of>av\s+(?:(?:de|dem|dessa|årets|alla|våra|enhetens)\s+)*)?"
    rf"(?P<nouns>{_LISTED})",
    re.I,
)
_KIND = {kind: re.compile(noun, re.I) for kind, noun in _KINDS.items()}
_PARTS = ("klagomål", "synpunkt", "beröm", "avvikelse", "incident")
_ANY = re.compile(_NOUN, re.I)
_COMPLAINTS = re.compile(
    r"\s*(?:(?:inkomna|nya|skriftliga|muntliga)\s+)*(?:synpunkter\s+(?:och|eller)\s+)?klagomål\b", re.I
)
_COUNTED = re.compile(
    r"\b(?:lämna(?:des|ts|t|de)|inkom(?:mit|mna)?|k(?:om|ommit)(?:\s+in|\s+till)?|f(?:ick|ått)|(?:tog|togs|tagit|tagits)\s+emot"
    r"|mottagit|mottog|haft|hade|har|skrev(?:s)?|skriv(?:s|its|it)|registrera(?:des|ts|t|de)|rapportera(?:des|ts|t|de)"
    r"|upprätta(?:des|ts|t)|inträffa(?:t|de)|gjor(?:des|ts|t)|dokumentera(?:des|ts|t|de)|antal(?:et)?)\b",
    re.I,
)
_OF_THE_YEAR = re.compile(r"\b(?:årets|totalt|sammanlagt)\s+$", re.I)
_IN_THE_YEAR = r"(?:\s+(?:under|i)\s+(?:året|år|20\d\d))?\s*[.!]?$"
_NONE = re.compile(
    rf"(?:(?:under|i)\s+(?:året|år)\s+(?:\w+\s+)?)?(?:inga|ingen|inget)\s+(?P<noun>{_LISTED})"
    rf"(?:\s+(?:har|i|år|in|\w+(?:ats|at|its?|ades|des)|(?:till|hos|mot)\s+(?:enheten|verksamheten|oss)))*"
    rf"{_IN_THE_YEAR}",
    re.I,
)
_NOT_ANY = re.compile(
    rf"\b(?:inte|ej|aldrig)\b[^,.;:]*\b(?:några|något|någon)\s+(?P<noun>{_LISTED}){_IN_THE_YEAR}", re.I
)
#: "Antalet avvikelser som rapporterades var fem", "beröm lämnades vid tolv tillfällen".
_NUMBER_OF = re.compile(
    rf"\bantal(?:et)?\s+(?:\w+\s+)?(?P<nouns>{_NOUN})[^,.;:]*\b(?:är|var|blev|till)\s+$", re.I
)
_TIMES = re.compile(rf"^(?P<nouns>{_NOUN})\s[^,.;:]*\bvid\s+$", re.I)
_NARROW = re.compile(
    r"\bT[123]\b|tertial|januari|februari|\bmars\b|april|\bmaj\b|\bjuni\b|\bjuli\b|augusti|september|oktober|november"
    r"|december|\bvåren\b|\bhösten\b|\bsommaren\b|\bvintern\b|kvartal|halvår|\bper\b|\bvarje\b|\bvecka|\bsnitt|genomsnitt"
    r"|\bskicka(?:t|de|r)\b(?!\s+in)[^.;]*\btill\b|\bförra\b|\bföregående\b|\bfjol|\btidigare\b|\bfler\b|\bfärre\b|\bav\s+dessa\s+avvikelser\b",
    re.I,
)
#: Deviations that are kept in other systems.
_ELSEWHERE = re.compile(
    r"\bhsl\b|hälso|sjukvård|medicin|läkemedel|\bfall\w*|delegering|\bia\b|arbetsmiljö|arbetsskad|tillbud|\bbrand|lex\s+sara",
    re.I,
)
_THEM = r"\s*(?:av\s+\w+\s+)?(?:som\s+)?(?:har\s+)?"
_WHAT = r"\s+(?P<what>[^,;:.()]+)"
_ABOUT = re.compile(rf"{_THEM}(?:gäll\w+|rör(?:de|t)?|avs(?:er|åg|ett)|handla\w*\s+om|om|kring){_WHAT}", re.I)
_FROM = re.compile(
    rf"{_THEM}(?:kom(?:mer|mit)?|inkom(?:mit)?|lämna\w+|är|var)?\s*(?:in\s+)?från{_WHAT}", re.I
)
#: "… från 6 elever och 11 vårdnadshavare".
_FROM_BEFORE = re.compile(r"\bfrån\s+(?:\S+\s+[^\W\d_]+(?:,|\s+och)\s+)*$", re.I)
_IN = re.compile(rf"\s*(?:av\s+\w+\s+)?(?:i|inom){_WHAT}", re.I)
_ANSWERED = re.compile(
    r"\b(?:fått|gavs|getts|lämnats|fick)\s+(?:en\s+)?(?:återkoppling|svar)\b"
    r"|återkoppling\s+(?:har\s+)?(?:lämna|get|gav)",
    re.I,
)
_COMMONEST = re.compile(
    r"^(?P<what>.+?)\s+(?:var|är)\s+(?:de\s+|den\s+)?(?:vanligast|flest)\b[^,;:]*\bmed\s+$", re.I
)
_CUT = re.compile(r"\s+(?:i|på|för|hos|till|som|vid|under|och|samt|varav|är|var|har)\s+.*", re.I)
_CLAUSE = re.compile(r"[.;:,]|\bvarav\b|\bmen\b")
_KIN = re.compile(r"anhörig|vårdnadshav|föräld|närstående|god\s+m[aä]n", re.I)
_NAMES = re.compile(r"(?<=\s)(?!IVO\b|SoL\b|SOL\b|LSS\b|Lex\b|Sarah\b)[A-ZÅÄÖ][a-zåäö]{2,}")
#: Measure units of what may count events.
_UNITS = (None, "gånger", "personer", "svar")


@dataclass(frozen=True, slots=True)
class Told:
    """A number of events of some kinds; `way` is ``all``, ``about``, ``from``, ``in`` or ``answered``."""

    kinds: frozenset[str]
    number: int
    way: str
    what: str
    text: str


def told(text: str, year: int) -> Iterator[Told]:
    """The counts of a text, in order; one that names no kind is of the kind that was named last.

    >>> [(sorted(t.kinds), t.number, t.way) for t in told("Tre beröm lämnades. Två gällde maten.", 2025)]
    [(['praise'], 3, 'all'), (['praise'], 2, 'about')]
    >>> list(told("Under T1 lämnades tre beröm.", 2025))
    []
    """
    if not _may_name(text) or not (may_state(text) or any(each in text for each in ("ng", "någ"))):
        return
    carried, line, lines = frozenset[str](), -1, text.split("\n")
    stated = statements(text, year)
    for sentence in sentences(text):
        if under_a_name(lines, sentence.line):
            continue
        if sentence.line != line:
            carried, line = frozenset(), sentence.line
        if sentence in stated:
            yield from _joined(list(_of_sentence(sentence, year, carried)))
        carried = _kinds(sentence.text) or carried


def _joined(found: list[Told]) -> Iterator[Told]:
    """The counts of a sentence; "fem klagomål och tre synpunkter" are eight of the form's."""
    wholes = [each for each in found if each.way == "all" and each.kinds == {"complaint"}]
    for each in found:
        if each not in wholes:
            yield each
    if wholes:
        yield replace(wholes[0], number=sum(each.number for each in wholes))


def _kinds(text: str) -> frozenset[str]:
    if not _may_name(text):  # nearly all
        return frozenset()
    return frozenset(kind for kind, noun in _KIND.items() if noun.search(text))


def _may_name(text: str) -> bool:
    """A kind may be named: a test that costs little."""
    low = text.casefold()
    return any([part in low for part in _PARTS])


def _last_kind(lead: str) -> frozenset[str]:
    """What is named last before a number."""
    found = _ANY.findall(lead)
    return _kinds(found[-1]) if found else frozenset()


def _of_sentence(sentence: Sentence, year: int, carried: frozenset[str]) -> Iterator[Told]:
    text = sentence.text
    if not (may_state(text) or (_may_name(text) and ("ng" in text or "någ" in text))):
        return
    if (
        (none := _NONE.match(text) or _NOT_ANY.search(text))
        and _COUNTED.search(text)
        and not _NARROW.search(text)
        and not _is_maybe(sentence)
    ):
        yield Told(_kinds(none["noun"]), 0, "all", "", text)
    found = [q for q in quantities_in(text, year) if _counts(q)]
    if not found or _NARROW.search(text) or _is_maybe(sentence):
        return
    denied = min((token.start for token in sentence.tokens if "not" in token.uses), default=len(text))
    for i, q in enumerate(each for each in found if each.number.start < denied):
        end = found[i + 1].number.start if i + 1 < len(found) else len(text)
        lead, after = text[: q.number.start], _own_clause(text[_noun_start(q) : end])
        nouns = _NOUNS.match(after) or _NUMBER_OF.search(lead) or _TIMES.search(lead)
        kinds = _kinds(nouns["nouns"]) if nouns else (_last_kind(lead) or carried)
        if not kinds or ("deviation" in kinds and _ELSEWHERE.search(text)):
            continue
        follows = nouns is not None and nouns.re is _NOUNS
        rest = after[nouns.end() :] if nouns is not None and follows else after
        carried = kinds
        part = _part(rest, lead)
        in_all = nouns and not (follows and nouns["of"]) and q.role != "part"
        whole = q.role == "whole" and len(_kinds(text)) == 1 and not re.match(r"\s*\w", rest)
        if part and len(kinds) == 1:
            yield Told(kinds, int(q.value), *part, text)
        elif whole or (in_all and _in_all(text, lead)):
            yield Told(kinds, int(q.value), "all", "", text)


def _counts(q: Quantity) -> bool:
    whole = q.number.exact and q.value.is_integer() and q.value >= 0
    return whole and q.measure_unit in _UNITS and q.role not in ("previous", "target", "change", "rank")


def _noun_start(q: Quantity) -> int:
    """Where the words after a number begin; a unit's word is one of them."""
    return q.number.start + len(re.match(r"[\d \u00a0]*\d|\S+", q.raw)[0])  # type: ignore[index]


def _own_clause(after: str) -> str:
    """What follows a number up to the end of its clause; a list of nouns is not cut."""
    nouns = _NOUNS.match(after)
    start = nouns.end() if nouns else 0
    end = _CLAUSE.search(after, start)
    return after[: end.start()] if end else after


def _is_maybe(sentence: Sentence) -> bool:
    """It is of others, of what is to come or ought to be."""
    text = sentence.text
    return any(
        "counting_no" in token.uses and token.text not in ("om", "av", "inom") for token in sentence.tokens
    ) or bool(re.search(r"(?:^|,\s)om\b", text, re.I))


def _part(rest: str, lead: str) -> tuple[str, str] | None:
    if _ANSWERED.search(rest):
        return "answered", ""
    for way, pattern in (("about", _ABOUT), ("from", _FROM), ("in", _IN)):
        if match := pattern.match(rest):
            return way, match["what"].strip()
    if _FROM_BEFORE.search(lead) and (noun := re.match(r"\s*([^\W\d_]+)", rest)):
        return "from", noun[1]
    commonest = _COMMONEST.match(lead)
    return ("about", commonest["what"]) if commonest else None


def _in_all(text: str, lead: str) -> bool:
    """The number is of all of the year: a verb says that they came, and nothing says where."""
    if _NAMES.search(text):
        return False
    return bool(_COUNTED.search(text) or _OF_THE_YEAR.search(lead))


def some_complaints(text: str, year: int) -> Iterator[Told]:
    """Two or more complaints that a text says came in, whatever else it says of them; the fewest it may mean.

    Not the year's number, perhaps, but no more than it: enough to contradict a form that has fewer.

    >>> [each.number for each in some_complaints("Under T3 fick vi in två klagomål på maten.", 2025)]
    [2]
    >>> list(some_complaints("Stadsdelen fick in 140 klagomål. Om två klagomål inkommer utreds de.", 2025))
    []
    """
    for sentence in statements(text, year) if "klagomål" in text.casefold() else ():
        if not sentence.has("received") or sentence.has("not", "none"):
            continue
        for q in quantities_in(sentence.text, year):
            least = q.number.value if q.number.exact else q.number.low or 0
            counts = q.role in ("level", "whole", "other") and least >= 2 and q.measure_unit is None
            if counts and _COMPLAINTS.match(sentence.text, q.number.end) and not _is_others(sentence, q):
                yield Told(frozenset(["complaint"]), math.ceil(least), "all", "", sentence.text)


def _is_others(sentence: Sentence, q: Quantity) -> bool:
    """The number is of others, of what is to come or ought to be; "om" after it tells what it is about."""
    return any(
        "counting_no" in token.uses and not (token.text == "om" and token.start > q.number.end)
        for token in sentence.tokens
    )


def under_a_name(lines: Sequence[str], line: int) -> bool:
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


# ------------------------------------------------------------------------------------ the form's rows


def row_of(what: str, labels: Mapping[str, str], *, whole: bool = False) -> str | None:
    """The one row that some words name, by its key in `labels`; by `whole` all of its words are named.

    >>> row_of("den fysiska miljön i salen", {"a": "Fysisk miljö och teknik", "b": "Bemötande"})
    'a'
    """
    for words in dict.fromkeys((what, _CUT.sub("", f" {what}").strip())):
        said = _stems(words)
        named = [key for key, label in labels.items() if said and _named(said, _stems(label))]
        if len(named) == 1 and (not whole or len(said) >= 2):
            return named[0]
    return None


def _named(said: frozenset[str], label: frozenset[str]) -> bool:
    return all(any(_same(word, each) for each in label) for word in said)


def _same(word: str, other: str) -> bool:
    return word == other or (
        min(len(word), len(other)) > 4 and (word.startswith(other) or other.startswith(word))
    )


def _stems(words: str) -> frozenset[str]:
    found = re.findall(r"[^\W\d_]{3,}", words)
    return frozenset(stem(word) for word in found if not uses(word) & {"small", "own"} and word != "etc")


def source_of(what: str, labels: Mapping[str, str]) -> str | None:
    """The row of whom something came from: kin, those who are served, or as it is called."""
    first = _CUT.sub("", f" {what}").strip()
    if _KIN.search(first):
        return _only(labels, ("närstående", "anhörig"))
    if any(stem(word) in _served() for word in re.findall(r"[^\W\d_]+", first)):
        return _only(labels, ("brukare",))
    return row_of(first, labels)


def thing(what: str) -> frozenset[str]:
    """Stems of what something was about, without the adjectives that it begins with.

    >>> thing("långa väntetider") == thing("väntetid")
    True
    """
    return _stems(re.sub(r"^(?:[^\W\d_]+a\s+)+(?=[^\W\d_])", "", what))


def _served() -> frozenset[str]:
    return frozenset(stem(word) for use in ("served", "users") for word in quantity_words()[use])


def _only(labels: Mapping[str, str], beginnings: Iterable[str]) -> str | None:
    found = [key for key, label in labels.items() if label.casefold().startswith(tuple(beginnings))]
    return found[0] if len(found) == 1 else None
