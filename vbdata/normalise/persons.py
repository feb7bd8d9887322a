"""Persons' names in running text, told by evidence and never by capitals alone.

A name is masked where an office, a label, a signature or the words of a person stand beside it, or where a
given name of the list has a family name beside it. A given name that stands alone with nothing to tell whose
it is, and a family name with a word that no list has before it, are doubtful: they are left, and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from vbdata.normalise.uncapitalised import find_uncapitalised
from vbdata.vocabulary.people import (
    given_name,
    is_family_name,
    is_title,
    may_be_family_name,
    surely_given,
    words,
)

_UP = "[A-ZÀ-ÖØ-ÞĀ-ſƏȘȚḀ-ỿЀ-Я]"
_WORD = rf"(?:(?:{_UP}\.){{1,3}}|{_UP}(?:[\w'’´-]*\w)?)"
_INITIAL = re.compile(rf"(?:{_UP}\.?){{1,3}}")
_PARTICLE = r"(?:von|af|de|la|van|der|den|bin|ibn|el|al|da|dos|del|di|du)"
#: Begins with the capital itself, which is looked for much faster than what may not stand before it.
_RUN = re.compile(
    rf"{_UP}(?<![\w@.-](?s:.))(?:\.(?:{_UP}\.){{0,2}}|(?:[\w'’´-]*\w)?)(?:\s{{1,2}}(?:{_PARTICLE}\s){{0,2}}{_WORD})*"
)
_WORDS = re.compile(r"\S+")
#: What may stand between a title or a label and its name.
_BETWEEN = " \t\u00a0\u2009\n:;,-–—(/|*_<=•…\"'”“»"
_AND = re.compile(rf"\s*(?:,|och|&|samt)\s+({_WORD})")
_SURNAME_FIRST = re.compile(rf"(?<!\w)({_UP}[\w'’´-]*\w),\s?$")
_ALSO = re.compile(r"\s*(?:,|och|&|samt|/|eller|\+)\s*")
_AGE = re.compile(r"\s*[,(]?\s*\d{1,3}\s*år|\s*[,(]\s*(?:\d{1,3}\s?[,.)]|född\b)")
_NEXT = re.compile(r"[ \t\u00a0]+([^\W\d_]+)")
_TITLE_AFTER = re.compile(r"\s{0,2}(?:[,(–—/-]\s{0,2}|\n\s*)(?:(?:bitr|vik|t\.?f)\w*\.?\s+)?([\w-]+)")
_INSTITUTION = re.compile(
    r"(?:gat|väg|gränd|torg|plats|plan|park|back|stig|allé|kyrk|församling|skol|gymnasie|sjukhus|universitet"
    r"|stiftelse|fond|institut|hospice|vårdcentral|akademi|anmäl|rutin)\w*$",
    re.I,
)
#: "//Eva" under a letter.
_SIGNATURE = re.compile(r"//\s?$|\n\s*/\s?$")
#: A firm is called by two names: "Exempelsson & Prov".
_FIRM = re.compile(rf"\s?&\s?({_WORD})")
_FIRM_BEFORE = re.compile(rf"({_WORD})\s?&\s?$")
#: Who did something to a document: "granskad av", "sammanställt av".
_WROTE = re.compile(
    r"(?:upprätta|skriv|granska|sammanställ|godkän|fastställ|besluta|utarbeta|framtag|registrera|anmäl|signera"
    r"|attestera|undertecknad)\w*\s+av$",
    re.I,
)
#: A name that goes on: over the end of a line, in quotes or stars, after a name in parentheses.
_TAIL = re.compile(
    rf"-\n[^\W\d_]+|\s[\"”“*']{{1,2}}{_WORD}[\"”“*']{{1,2}}(?:\s{_WORD})?|\s\({_WORD}\)\s{_WORD}"
)
#: Swedish verbs in the present, and in the past.
_VERB = re.compile(r"(?:[aeiå]r|ade|des?|tt?s)$")
_BEFORE_A_TITLE = frozenset(",(\n-–—/")
_BEFORE_TITLE = frozenset([", ", ",\n", " ("])
_STOPS = frozenset(["", ". ", ".\n", "! ", "? ", "\n\n"])
_LONGEST = 5
"""Words of a name, the given ones too."""
_BESIDE = 48
"""Letters before a name that are looked at."""


@dataclass(slots=True)
class Found:
    """Where persons' names stand in a text, where what may be one stands, and which given names were met."""

    names: list[tuple[int, int]] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words with capitals that follow each other, and what stands beside them.

    `before` is the word before them, `apart` whether a colon comes between; `titled` after a title or a
    label, which is in small letters where `small`; `signed` before a title.
    """

    spans: Sequence[tuple[int, int]]
    words: Sequence[str]
    before: str
    apart: bool
    titled: bool
    small: bool
    signed: bool


def find_persons(text: str, kept: Sequence[str] = (), known: frozenset[str] = frozenset()) -> Found:
    """Names in a text.

    Parameters
    ----------
    kept
        Names that are no person's wherever they stand: the unit's and the board's.
    known
        Given names of persons whom the report names, which are theirs where they stand alone too.
    """
    found = Found()
    away = [match.span() for name in kept if name in text for match in re.finditer(re.escape(name), text)]
    last = -1
    for run in _RUN.finditer(text):
        also = last >= 0 and _ALSO.fullmatch(text, last, run.start()) is not None
        if not _tells(run[0]) and not _told_beside(text, run, also):
            continue
        for piece in _pieces(text, run, also, away):
            if span := _name(text, piece, known, found):
                if tail := _TAIL.match(text, span[1]):
                    span = span[0], tail.end()
                found.names.append(span)
                last = span[1]
    found.names += find_uncapitalised(text)
    return found


@lru_cache(maxsize=8192)
def _tells(run: str) -> bool:
    """Whether a run may be or have a name by its own words, whatever stands beside it: few do."""
    parts = run.split()
    return any(map(is_family_name, parts[1:])) or any(given_name(word) or _is_label(word) for word in parts)


def _is_label(word: str) -> bool:
    """Whether a word parts a run: a title, or another word before a name."""
    return is_title(word) or word.casefold() in words("surely") | words("label")


def _told_beside(text: str, run: re.Match[str], also: bool) -> bool:
    """Whether a name, a title or a label stands right before a run, or a title after it.

    For one word after a full stop nothing that stands before it counts.
    """
    start, end = run.span()
    before = text[max(0, start - _BESIDE) : start]
    if before[-2:] in _STOPS and run[0].isalpha() and text[end : end + 2] not in _BEFORE_TITLE:
        return False
    return also or _title_after(text, end) or _introduced(before)


def _pieces(text: str, run: re.Match[str], also: bool, away: Sequence[tuple[int, int]]) -> Iterator[_Piece]:
    """A run parted at the titles in it, at what is no person's, and at line breaks where no name goes on."""
    before = text[max(0, run.start() - _BESIDE) : run.start()]
    word_before = _last(before)
    titled = also or _introduced(before)
    small = titled and before.rstrip(_BETWEEN).endswith(word_before)
    apart = before.rstrip().endswith(":")
    spans: list[tuple[int, int]] = []
    parts: list[str] = []
    for match in _WORDS.finditer(run[0]):
        span, word = (run.start() + match.start(), run.start() + match.end()), match[0]
        title = is_title(word)
        surely = word.casefold() in words("surely")
        label = title or surely or word.casefold() in words("label")
        broken = bool(spans) and "\n" in text[spans[-1][1] : span[0]]
        ends = broken and not (len(parts) == 1 and given_name(parts[0]))
        kept = bool(away) and any(start < span[1] and span[0] < end for start, end in away)
        if label or ends or kept:
            if parts:
                yield _Piece(spans, parts, word_before, apart, titled, small, title)
            spans, parts, titled, small, apart = [], [], label, surely, False
            word_before = word.casefold() if label else ""
        if not label and not kept:
            spans.append(span)
            parts.append(word)
    if parts:
        yield _Piece(spans, parts, word_before, apart, titled, small, _title_after(text, run.end()))


def _last(before: str) -> str:
    """The word right before a name, in lower case, without what may stand between them."""
    tokens = before.rstrip(_BETWEEN).rsplit(None, 1)
    return tokens[-1].lstrip("([\"”'/–-").casefold() if tokens else ""


def _introduced(before: str) -> bool:
    """Whether a title or a label stands right before."""
    if not (tokens := before.rsplit(None, 1)) or not _leads(tokens[-1]):
        return False
    bare = before.rstrip(_BETWEEN)
    gap = before[len(bare) :]
    if gap.count("\n") > 1 or not bare:
        return False
    token = _last(bare)
    if token in _LINKS:
        token = _last(bare[: -len(token)])
    if is_title(token) or token in words("surely"):
        return "\n" not in gap
    if ":" in gap and any(map(is_title, bare.rpartition("\n")[2].split()[-4:])):
        return True
    if token == "av" and _WROTE.search(bare):
        return True
    return f" {bare.casefold()}".endswith(_labels(colon=":" in gap))


@lru_cache(maxsize=8192)
def _leads(token: str) -> bool:
    """Whether what stands before a name may be a title, a label's last word, a link or a mark: few are."""
    word = _last(token)
    ends = {label.split()[-1] for label in _labels(colon=False)}
    return token.endswith(tuple(_BETWEEN)) or _is_label(word) or word in _LINKS or word in ends


_LINKS = frozenset(["är", "heter", "var", "blev", "blir"])
#: Labels that are common words: only with a colon.
_SHORT = frozenset(
    [
        "av",
        "att",
        "cc",
        "namn",
        "kontakt",
        "referens",
        "mottagare",
        "signatur",
        "sign",
        "närvarande",
        "deltagare",
        "frånvarande",
        "handl",
        "ansv",
    ]
)


@cache
def _labels(colon: bool) -> tuple[str, ...]:
    """Labels as a text before a name may end in them; without a colon, none that is a common word."""
    each = [
        *(words("label") if colon else words("label") - _SHORT),
        *(f"{short}." for short in words("abbreviation")),
    ]
    return tuple(f"{edge}{label}" for label in sorted(each) for edge in (" ", "\n", "("))


def _title_after(text: str, end: int) -> bool:
    if _BEFORE_A_TITLE.isdisjoint(text[end : end + 3]):  # nearly all
        return False
    after = _TITLE_AFTER.match(text, end)
    return after is not None and is_title(after[1])


def _name(text: str, piece: _Piece, known: frozenset[str], found: Found) -> tuple[int, int] | None:
    """The span of the name in a piece; what is doubtful goes to `found`."""
    parts = piece.words
    if len(parts) == 1 and not (piece.titled or piece.signed or given_name(parts[0])):
        return None
    at = next((i for i, word in enumerate(parts) if given_name(word) and not _guarded(piece, i)), None)
    if at is None:
        return _unlisted(text, piece, found)
    if start := _surname_before(text, piece, at):
        return _known(found, parts[at], (start[0], piece.spans[at][1]))
    end = at + 1
    while end < len(parts) and end - at < _LONGEST and _goes_on(parts, end):
        end += 1
    whole = piece.spans[at][0], piece.spans[end - 1][1]
    if end - at == 1:
        first = parts[at - 1] if at else ""
        told = may_be_family_name if piece.titled or piece.signed else is_family_name
        if first and told(first) and not _institution(text, whole[1], parts[at]):
            return _known(found, parts[at], (piece.spans[at - 1][0], whole[1]))
        return _alone(text, piece, at, known, found)
    if _namesake(parts[at:end]) or (not piece.titled and _institution(text, whole[1], parts[end - 1])):
        return None
    last = parts[end - 1]
    sure = piece.titled or piece.signed or surely_given(parts[at]) or is_family_name(last)
    if not sure and not _INITIAL.fullmatch(last):
        found.doubtful.append(whole)
        return None
    return _known(found, parts[at], whole)


def _goes_on(parts: Sequence[str], i: int) -> bool:
    word = parts[i]
    if word.casefold() in words("particle") or _INITIAL.fullmatch(word):
        return True
    return may_be_family_name(word, definite=surely_given(parts[i - 1])) or surely_given(word)


def _surname_before(text: str, piece: _Piece, at: int) -> tuple[int, int] | None:
    """Where a family name with a comma stands before a given name: "Exempelsson, Eva"."""
    if at or len(piece.words) > 1:
        return None
    before = _SURNAME_FIRST.search(text, max(0, piece.spans[0][0] - 40), piece.spans[0][0])
    return before.span() if before and is_family_name(before[1]) else None


def _known(found: Found, given: str, span: tuple[int, int]) -> tuple[int, int]:
    if surely_given(given) and (name := given_name(given)):
        found.whole.add(name)
    return span


def _guarded(piece: _Piece, at: int) -> bool:
    """Whether the word before a given name says that it is no person's: "Lex Sarah", "Sankt Erik"."""
    if at:
        return piece.words[at - 1].casefold() in words("not_person")
    if piece.apart or piece.before not in words("not_person"):
        return False
    first, *rest = piece.words
    whole = (
        bool(rest)
        and surely_given(first)
        and may_be_family_name(rest[0], definite=True)
        and not given_name(rest[0])
    )
    return not whole or _namesake(piece.words) or piece.before in words("saint")


def _namesake(parts: Sequence[str]) -> bool:
    two = " ".join(parts[:2]).casefold()
    return two in words("namesake") or two.removesuffix("s") in words("namesake")


def _institution(text: str, end: int, last: str) -> bool:
    """Whether a street, a school or a hospital is named after a person: the noun follows the name."""
    after = _NEXT.match(text, end)
    return after is not None and bool(_INSTITUTION.match(after[1])) and last.endswith(("s", "x", "z", "a"))


def _alone(text: str, piece: _Piece, at: int, known: frozenset[str], found: Found) -> tuple[int, int] | None:
    """A given name without a family name: masked where what stands beside it is a person's."""
    word, (start, end) = piece.words[at], piece.spans[at]
    if _organisation(text, piece):
        return None
    rest = at + 1 < len(piece.words)
    if rest and (_INSTITUTION.search(piece.words[at + 1]) or not piece.titled):
        return None  # a street, or a name that an ordinary word goes on: a unit's, a product's
    before = piece.words[at - 1].casefold() if at else piece.before
    person = before in words("person") or before.removesuffix("s") in words("person")
    titled = piece.titled and not at
    if person or (titled and (surely_given(word) or (piece.small and not _said(text, piece)))):
        return _known(found, word, (start, end))
    if word.isupper() or not surely_given(word) or _institution(text, end, word):
        return None
    signature = _SIGNATURE.search(text, max(0, start - 8), start) and not _NEXT.match(text, end)
    if given_name(word) in known or signature or (piece.signed and not at) or _lives(text, end, word):
        return start, end
    found.doubtful.append((start, end))
    return None


def _lives(text: str, end: int, word: str) -> bool:
    """Whether what follows a given name is said of persons only: an age, a verb, what is theirs."""
    if _AGE.match(text, end):
        return True
    if (also := _AND.match(text, end)) and surely_given(also[1]):
        return True
    after = _NEXT.match(text, end)
    if after is None:
        return False
    follows = after[1].casefold()
    return follows in words("does") or (
        word.endswith("s") and (follows in words("has") or follows in words("person"))
    )


def _unlisted(text: str, piece: _Piece, found: Found) -> tuple[int, int] | None:
    """Words that no list has as given names: a name after a title or a label, or before a title."""
    if _organisation(text, piece):
        return None
    end = 0
    while end < len(piece.words) and end < _LONGEST and _may_belong(piece, end):
        end += 1
    if not end:
        return None
    span = piece.spans[0][0], piece.spans[end - 1][1]
    cut = end < len(piece.words) and end < _LONGEST
    parts = piece.words[:end]
    likely = end >= 2 and is_family_name(parts[-1]) and not _guarded(piece, 0)
    if end == 1 and not cut and not is_family_name(parts[0]) and piece.titled:
        return _single(text, piece, found)
    likely = likely or (end == 1 and piece.signed and is_family_name(parts[0]))
    if piece.titled and not cut and not _guarded(piece, 0) and not _institution(text, span[1], parts[-1]):
        return span if any(len(word) > 2 for word in parts) else None
    pair = end == 2 and piece.signed and _comes_title(text, span[1])
    if (piece.signed or piece.titled) and (likely or pair) and not cut:
        return span
    if likely and not cut and not piece.before.endswith("."):
        found.doubtful.append(span)
    return None


def _organisation(text: str, piece: _Piece) -> bool:
    """Whether a word says that it is a firm or an association, or two names are joined as a firm's are."""
    if any(word.casefold() in words("organisation") for word in piece.words):
        return True
    after = _FIRM.match(text, piece.spans[-1][1])
    before = _FIRM_BEFORE.search(text, max(0, piece.spans[0][0] - 40), piece.spans[0][0])
    other = after or before
    return other is not None and len(piece.words) == 1 and not surely_given(other[1])


def _comes_title(text: str, end: int) -> bool:
    """Whether a title in small letters stands after a comma, or in parentheses."""
    after = _TITLE_AFTER.match(text, end)
    return after is not None and after[1].islower() and text[end] in " ,("


def _single(text: str, piece: _Piece, found: Found) -> tuple[int, int] | None:
    """One word after a title that no list has: a name after a title in small letters within a sentence."""
    if _guarded(piece, 0) or len(piece.words[0]) < 3 or _said(text, piece):
        return None
    if piece.small:
        return piece.spans[0]
    found.doubtful.append(piece.spans[0])
    return None


def _said(text: str, piece: _Piece) -> bool:
    """Whether one word after a title begins a sentence: a verb, or words go on after a colon."""
    word, (start, end) = piece.words[0], piece.spans[0]
    after = _NEXT.match(text, end)
    goes_on = after is not None and after[1].islower()
    colon = ":" in text[max(0, start - 2) : start]
    return (goes_on and (colon or bool(_VERB.search(word)))) or _is_written_small(text, word)


def _is_written_small(text: str, word: str) -> bool:
    """Whether a text has a word without its capital too, and so as no name."""
    return re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text) is not None


def _may_belong(piece: _Piece, i: int) -> bool:
    word = piece.words[i]
    if _INITIAL.fullmatch(word) or (i and word.casefold() in words("particle")):
        return True
    return may_be_family_name(word)
