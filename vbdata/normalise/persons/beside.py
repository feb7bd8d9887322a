"""What stands beside words with capitals and tells a name: titles, and labels such as "granskad av"."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from vbdata.vocabulary.people import is_title, words

#: What may stand between a title or a label and its name.
BETWEEN = " \t\u00a0\u2009\n:;,-–—(/|*_<=•…\"'”“»"
_TITLE_AFTER = re.compile(r"\s{0,2}(?:[,(–—/-]\s{0,2}|\n\s*)(?:(?:bitr|vik|t\.?f)\w*\.?\s+)?([\w-]+)")
#: Who did something to a document: "granskad av", "sammanställt av".
_WROTE = re.compile(
    r"(?:upprätta|skriv|granska|sammanställ|godkän|fastställ|besluta|utarbeta|framtag|registrera|anmäl|signera"
    r"|attestera|undertecknad)\w*\s+av$",
    re.I,
)
_MARKS_BEFORE_TITLE = frozenset(",(\n-–—/")
_LINKS = frozenset(["är", "heter", "var", "blev", "blir"])
#: Labels that are common words: only with a colon.
_SHORT = frozenset(
    {
        "av", "att", "cc", "namn", "kontakt", "referens", "mottagare", "signatur", "sign", "närvarande",
        "deltagare", "frånvarande", "handl", "ansv",
    }
)  # fmt: skip


def introduced(before: str) -> bool:
    """Whether a title or a label stands right before."""
    if not (tokens := before.rsplit(None, 1)) or not _leads(tokens[-1]):
        return False
    bare = before.rstrip(BETWEEN)
    gap = before[len(bare) :]
    if gap.count("\n") > 1 or not bare:
        return False
    token = last_word(bare)
    if token in _LINKS:
        token = last_word(bare[: -len(token)])
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
    word = last_word(token)
    ends = {label.split()[-1] for label in _labels(colon=False)}
    return token.endswith(tuple(BETWEEN)) or is_label(word) or word in _LINKS or word in ends


@cache
def _labels(colon: bool) -> tuple[str, ...]:
    """Labels as a text before a name may end in them; without a colon, none that is a common word."""
    each = [
        *(words("label") if colon else words("label") - _SHORT),
        *(f"{short}." for short in words("abbreviation")),
    ]
    return tuple(f"{edge}{label}" for label in sorted(each) for edge in (" ", "\n", "("))


def is_label(word: str) -> bool:
    """Whether a word parts a run: a title, or another word before a name."""
    return is_title(word) or word.casefold() in words("surely") | words("label")


def last_word(before: str) -> str:
    """The word right before a name, in lower case, without what may stand between them."""
    tokens = before.rstrip(BETWEEN).rsplit(None, 1)
    return tokens[-1].lstrip("([\"”'/–-").casefold() if tokens else ""


def title_after(text: str, end: int) -> bool:
    """Whether a title stands after a mark or on the next line."""
    if _MARKS_BEFORE_TITLE.isdisjoint(text[end : end + 3]):  # nearly all
        return False
    after = _TITLE_AFTER.match(text, end)
    return after is not None and is_title(after[1])


def comes_title(text: str, end: int) -> bool:
    """Whether a title in small letters stands after a comma, or in parentheses."""
    after = _TITLE_AFTER.match(text, end)
    return after is not None and after[1].islower() and text[end] in " ,("
