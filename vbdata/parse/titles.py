"""What a title says: kind, year and unit, each from its own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vbdata.vocabulary import clean

_MONTHS = r"(?:januari|jan|maj)\s*[-–]\s*(?:april|apr|augusti|aug)\.?"
_T_NUMBER = r"(?:nr\.?\s*|nummer\s*|tertial\s*)?T?\s?([12])(?![\d:]|\s?\()\b"
_TERTIAL = re.compile(
    rf"(?:\b(?P<which>första|andra|1:a|2:a)\s+)?\btertial(?:rapport(?:en)?|et)?\b(?:\s*[,:–-]?\s*{_T_NUMBER})?",
    re.I,
)
_T = re.compile(r"\bT\s?([12])\b(?=\W*20\d\d\b)|(?<=20\d\d)\W{1,3}T\s?([12])\b", re.I)
_MONTH_RANGE = re.compile(rf"\(?\b{_MONTHS}\s?\)?", re.I)
KIND = re.compile(
    r"(?P<VB>(?:verksamhets|\bårs)ber[äa]ttelse(?:n\b)?|\bårsrapport(?:en\b)?(?!er))|(?P<VP>verksamhetsplan(?:en\b)?)(?!er)|(?P<T>tertialrapport(?:en\b)?)",
    re.I,
)
#: A title in short: "VB 2025 för …", "… T2 2025".
_SHORT = re.compile(r"^\W*(VB|VP|T[12])\W{1,3}20\d\d\b|[,–-]\s+(VB|VP|T[12])\W{1,3}20\d\d\W*$")
REPORT_YEAR = re.compile(r"\b(20[12]\d)\b")
_YEARS = re.compile(
    r"(?:\b(?:för\s+)?(?:verksamhets|budget|kalender)?år(?:et)?\s+)?\b20[12]\d\b(?:\s?[-–/]\s?(?:20)?\d\d\b)?",
    re.I,
)
_SHORT_KIND = re.compile(r"\b(?:VB|VP|T\s?[12])\b(?=\W*20\d\d)|(?<=20\d\d)\W{1,3}(?:VB|VP|T\s?[12])\b", re.I)
_FOR = re.compile(r"\b(?:för|avseende|gällande)\b", re.I)
# What a decision says of a report is not its title.
_DECIDES = re.compile(r"\b(?:godkänn|besluta|lägg(?:s|er|a)|överlämna|fastställ|förslag till)\w*\b", re.I)
UNIT_WORD = re.compile(r"^(?:enheten|enhet:?)\s+(?=\S)", re.I)
#: After these the word is the name's own: "Enheten för hemtjänst".
_OWN_WORD = re.compile(r"^enhet(?:en)?\s+(?:för|vid|i|på|mot|med|inom|av|om|kring|till|hos|åt)\b", re.I)
#: What stands before a kind and names nobody: "Enhetens årsrapport 2025".
_NOBODY = frozenset({"enheten", "enhetens", "verksamheten", "verksamhetens", "vår", "årets"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart; what it does not say is missing.

    >>> title_of("Tertialrapport T1 2025 för Solrosen 2")
    Title(kind='T1', year=2025, unit='Solrosen 2')
    >>> title_of("Tertialrapport 1 2025 för Provenheten").unit
    'Provenheten'
    """

    kind: str | None
    year: int | None
    unit: str


def title_of(text: str) -> Title | None:
    """What a line says where it is a title; None for any other line."""
    if len(text) > _LONGEST or text.rstrip().endswith("."):
        return None
    found = KIND.search(text)
    if (not found and not _SHORT.search(text)) or _DECIDES.search(text):
        return None
    return Title(_kind(text), _year(text, found.end() if found else 0), _unit(text))


def starts_with_kind(text: str) -> bool:
    """Whether a title begins, or ends, with the words of its kind and nothing but a unit is beside them."""
    found = KIND.search(text)
    return bool(found) and not re.search(r"\w", text[: found.start()])  # type: ignore[union-attr]


def _kind(text: str) -> str | None:
    """The kind by its words, never by a number that belongs to the unit's name."""
    said = {name for match in KIND.finditer(text) for name, words in match.groupdict().items() if words}
    number = _tertial(text)
    if "T" in said or (number and (not said or (said == {"VP"} and re.search("uppföljning", text, re.I)))):
        return f"T{number}" if number and "VB" not in said else None
    if number or len(said) > 1:
        return None  # it says two kinds
    if said:
        return said.pop()
    short = _SHORT.search(text)
    return (short[1] or short[2]) if short else None


def _tertial(text: str) -> str | None:
    """Which of the tertials a title names, where all that it says of it agrees."""
    found = {number for match in _TERTIAL.finditer(text) for number in _numbers(match)}
    found |= {match[1] or match[2] for match in _T.finditer(text)}
    if months := _MONTH_RANGE.search(text):
        found.add("1" if "apr" in months[0].lower() else "2")
    return found.pop() if len(found) == 1 else None


def _numbers(match: re.Match[str]) -> list[str]:
    which = {"första": "1", "1:a": "1", "andra": "2", "2:a": "2"}
    return [each for each in (which.get((match["which"] or "").lower()), match[2]) if each]


def _year(text: str, after: int) -> int | None:
    """The year beside the kind; the unit's own name may hold a number like one before it."""
    found = REPORT_YEAR.search(text, after) or REPORT_YEAR.search(text)
    return int(found[1]) if found else None


def _unit(text: str) -> str:
    """The unit's name in the title itself: what is left without the words of kind and year."""
    year = _YEARS.search(text, found.end() if (found := KIND.search(text)) else 0) or _YEARS.search(text)
    short = _SHORT_KIND.search(text)
    spans = [
        match.span()
        for match in (*_TERTIAL.finditer(text), *KIND.finditer(text), *_MONTH_RANGE.finditer(text))
    ]
    spans += [match.span() for match in (year, short) if match]
    after = text[max((end for _, end in spans), default=0) :].strip()
    if UNIT_WORD.match(after):
        return unit_name(after)
    left = list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    rest = " ".join("".join(left).split())
    head, _, tail = _parted(rest)
    if tail is not None and not re.search(r"[^\W\d_]{2}", head):
        rest = tail
    rest = re.sub(r"^\W*(?:(?:för|avseende|gällande|om|uppföljning av)\b[\s,:]*)+", "", rest, flags=re.I)
    return unit_name(re.sub(r"\b(?:för|avseende|gällande)\s*$", "", rest, flags=re.I))


def _parted(rest: str) -> tuple[str, str, str | None]:
    found = _FOR.search(rest)
    return (rest[: found.start()], found[0], rest[found.end() :]) if found else (rest, "", None)


def unit_name(text: str) -> str:
    """A unit's name as the register would have it, without "Enheten".

    >>> unit_name("Enheten Solgläntans gruppbostäder,")
    'Solgläntans gruppbostäder'
    >>> unit_name("Enheten för hemtjänst i Norr")
    'Enheten för hemtjänst i Norr'
    >>> unit_name("Enhetens")
    ''
    """
    text = clean(text).strip(" ,;:-–—·|*_/()")
    text = text if _OWN_WORD.match(text) else UNIT_WORD.sub("", text)
    named = len(re.findall("[A-Za-zÅÄÖåäö]", text)) >= 3 and text.casefold() not in _NOBODY
    return text if named else ""
