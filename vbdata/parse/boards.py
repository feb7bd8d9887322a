"""Which board (nämnd) a line of a cover names, where a person's name may stand right before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vbdata.vocabulary import clean

_WORD = r"(?:[A-ZÅÄÖ][\w:-]*|[a-zåäö]+s)"
_DISTRICT = re.compile(rf"((?:{_WORD}\s+)*{_WORD})\s+(stadsdelsnämnd(?:en)?)\b")
#: The place that a board is of, be it of two words where no name can follow: "i Norra Exempelvik".
_OF_PLACE = r"(?:\s+i\s+[A-ZÅÄÖ][\w-]+(?:(?:\s+[A-ZÅÄÖ][\w-]+)?(?:\s+(?:kommun|stad)\b|\s*$))?)?"
_OTHER = re.compile(
    r"(?:"
    r"(?:\b[A-ZÅÄÖ][\w]+-,? (?:\w+-,? )*och )\w+nämnd(?:en)?\b"
    r"|\b(?:[Ss]ocial|[Uu]tbildnings|[Kk]ultur|[Ää]ldre|[Oo]msorgs|[Aa]rbetsmarknads|[Ii]drotts|[Ff]ritids"
    r"|[Ff]astighets|[Kk]yrkogårds|[Mm]iljö|[Tt]rafik|[Bb]arn|[Ss]kol|[Ff]unktionshinder)nämnden?\b)"
    + _OF_PLACE
)
#: A name of several words begins so; no person's name does.
_BEGINS = frozenset((
    "norra", "södra", "östra", "västra", "nordöstra", "nordvästra", "sydöstra", "sydvästra", "inre", "yttre",
    "övre", "nedre", "mellersta", "centrala", "stora", "lilla", "nya", "gamla", "sankt", "sankta", "s:t",
    "s:ta",
))  # fmt: skip
_LABEL = re.compile(
    r"^(?:till|handläggare|telefon|dnr|datum|stockholms?|stads?|kontakt\w*|nämnd|ingen):?$", re.I
)
#: What stands before the names of those who handle the matter.
OFFICIAL = re.compile(r"\b(?:handläggare|kontaktperson(?:er)?|kontakt|referens)\b\s*:?", re.I)
_LONGEST = 160
_NEAR = 3
_PERSON = 2
"""Words of a person's name."""


def board_of(texts: Sequence[str]) -> str | None:
    """The board that a cover is addressed to; missing where a name before it may be a person's.

    >>> board_of(["Till", "Östra Strandens stadsdelsnämnd"])
    'Östra Strandens stadsdelsnämnd'
    >>> board_of(["Handläggare Till", "Eva Exempelsson Sjöviks stadsdelsnämnd"])
    'Sjöviks stadsdelsnämnd'
    """
    for i, text in enumerate(texts):
        if found := board_in(text, texts, i):
            return clean(text[slice(*found)])
    return None


def board_in(text: str, texts: Sequence[str] = (), i: int = 0) -> tuple[int, int] | None:
    """From where to where a line names a board; `texts` are the cover's other lines, `i` its own place."""
    if len(text) > _LONGEST:
        return None
    if not (found := _DISTRICT.search(text)):
        other = _OTHER.search(text)
        return other.span() if other else None
    words = [(match.start() + found.start(), match[0]) for match in re.finditer(r"\S+", found[1])]
    labels = [at for at, (_, word) in enumerate(words) if _LABEL.match(word)]
    above = texts[i - 1].strip(" :*_").lower() if i else ""
    alone = above == "till" or (bool(labels) and not OFFICIAL.search(text))
    words = words[labels[-1] + 1 if labels else 0 :]
    while words and not words[0][1][:1].isupper():
        words = words[1:]
    if not words:
        return None
    first = 0 if alone and len(words) <= _PERSON else _first_word([word for _, word in words], texts, i)
    return (words[first][0], found.end()) if first is not None else None


def _first_word(words: Sequence[str], texts: Sequence[str], i: int) -> int | None:
    """Which of the words before "stadsdelsnämnd" its name begins with."""
    if len(words) == 1:
        return 0
    begins = next((at for at, word in enumerate(words) if word.lower() in _BEGINS), None)
    if begins is not None:
        return begins
    if any(OFFICIAL.search(other) for other in texts[max(i - _NEAR, 0) : i + 1]):
        return _PERSON if len(words) == _PERSON + 1 else None
    return 0 if len(words) == _PERSON else None
