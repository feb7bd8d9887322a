"""Whether words with capitals are a person's name, may be one, or are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vbdata.normalise.persons.beside import comes_title
from vbdata.normalise.persons.runs import UP, WORD, Piece
from vbdata.vocabulary.people import given_name, is_family_name, may_be_family_name, surely_given, words

_INITIAL = re.compile(rf"(?:{UP}\.?){{1,3}}")
_AND = re.compile(rf"\s*(?:,|och|&|samt)\s+({WORD})")
_SURNAME_FIRST = re.compile(rf"(?<!\w)({UP}[\w'’´-]*\w),\s?$")
_AGE = re.compile(r"\s*[,(]?\s*\d{1,3}\s*år|\s*[,(]\s*(?:\d{1,3}\s?[,.)]|född\b)")
_NEXT = re.compile(r"[ \t\u00a0]+([^\W\d_]+)")
_INSTITUTION = re.compile(
    r"(?:gat|väg|gränd|torg|plats|plan|park|back|stig|allé|kyrk|församling|skol|gymnasie|sjukhus|universitet"
    r"|stiftelse|fond|institut|hospice|vårdcentral|akademi|anmäl|rutin)\w*$",
    re.I,
)
#: "//Eva" under a letter.
_SIGNATURE = re.compile(r"//\s?$|\n\s*/\s?$")
#: A firm is called by two names: "Exempelsson & Prov".
_FIRM = re.compile(rf"\s?&\s?({WORD})")
_FIRM_BEFORE = re.compile(rf"({WORD})\s?&\s?$")
#: Swedish verbs in the present, and in the past.
_VERB = re.compile(r"(?:[aeiå]r|ade|des?|tt?s)$")
_LONGEST = 5
"""Words of a name, the given ones too."""


@dataclass(slots=True)
class Found:
    """Where persons' names stand in a text, where what may be one stands, and which given names were met."""

    names: list[tuple[int, int]] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)


def name_of(text: str, piece: Piece, known: frozenset[str], found: Found) -> tuple[int, int] | None:
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


def _surname_before(text: str, piece: Piece, at: int) -> tuple[int, int] | None:
    """Where a family name with a comma stands before a given name: "Exempelsson, Eva"."""
    if at or len(piece.words) > 1:
        return None
    before = _SURNAME_FIRST.search(text, max(0, piece.spans[0][0] - 40), piece.spans[0][0])
    return before.span() if before and is_family_name(before[1]) else None


def _known(found: Found, given: str, span: tuple[int, int]) -> tuple[int, int]:
    if surely_given(given) and (name := given_name(given)):
        found.whole.add(name)
    return span


def _guarded(piece: Piece, at: int) -> bool:
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


def _alone(text: str, piece: Piece, at: int, known: frozenset[str], found: Found) -> tuple[int, int] | None:
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


def _unlisted(text: str, piece: Piece, found: Found) -> tuple[int, int] | None:
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
    pair = end == 2 and piece.signed and comes_title(text, span[1])
    if (piece.signed or piece.titled) and (likely or pair) and not cut:
        return span
    if likely and not cut and not piece.before.endswith("."):
        found.doubtful.append(span)
    return None


def _organisation(text: str, piece: Piece) -> bool:
    """Whether a word says that it is a firm or an association, or two names are joined as a firm's are."""
    if any(word.casefold() in words("organisation") for word in piece.words):
        return True
    after = _FIRM.match(text, piece.spans[-1][1])
    before = _FIRM_BEFORE.search(text, max(0, piece.spans[0][0] - 40), piece.spans[0][0])
    other = after or before
    return other is not None and len(piece.words) == 1 and not surely_given(other[1])


def _single(text: str, piece: Piece, found: Found) -> tuple[int, int] | None:
    """One word after a title that no list has: a name after a title in small letters within a sentence."""
    if _guarded(piece, 0) or len(piece.words[0]) < 3 or _said(text, piece):
        return None
    if piece.small:
        return piece.spans[0]
    found.doubtful.append(piece.spans[0])
    return None


def _said(text: str, piece: Piece) -> bool:
    """Whether one word after a title begins a sentence: a verb, or words go on after a colon."""
    word, (start, end) = piece.words[0], piece.spans[0]
    after = _NEXT.match(text, end)
    goes_on = after is not None and after[1].islower()
    colon = ":" in text[max(0, start - 2) : start]
    return (goes_on and (colon or bool(_VERB.search(word)))) or _is_written_small(text, word)


def _is_written_small(text: str, word: str) -> bool:
    """Whether a text has a word without its capital too, and so as no name."""
    return re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text) is not None


def _may_belong(piece: Piece, i: int) -> bool:
    word = piece.words[i]
    if _INITIAL.fullmatch(word) or (i and word.casefold() in words("particle")):
        return True
    return may_be_family_name(word)
