"""A number of things against the things that are listed: "fem hus: A, B, C och D"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.language.prose import NUMBER_WORDS, quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.said import Said, by_sentence, doubt

#: A number of things to be listed, at most.
MOST = 20
_OPEN = re.compile(
    r"\b(?:bland\s+annat|bl\.\s?a|till\s+exempel|t\.\s?ex|exempelvis|etc|m\.\s?m|med\s+mera|osv|såsom)", re.I
)
_SET_ASIDE = re.compile(
    r"(?P<noun>(?:\s[^\W\d_][\w-]*){1,3})\s(?:[–—-]\s(?P<list>[^–—()]+?)\s[–—-]\s|\((?P<inside>[^()]+)\))"
)
#: Numbers that no list is of: "mellan 6 och 12 år".
_AGES = re.compile(r"\b(?:mellan\s+)?\d{1,2}(?:\s+och\s+|\s*[–-]\s*)\d{1,2}\s+år\b")
_SEPARATORS = re.compile(r",|;|\b(?:och|samt|respektive)\b")
#: Two things, of one word or two each.
_TWO = re.compile(r"\S+(?:\s\S+)?\s(?:och|samt)\s\S+(?:\s\S+)?")
_BULLET = re.compile(r"\s*(?:[–•*·●-]|\d{1,2}[.)])\s+\S")
_NAMED = re.compile(r"[A-ZÅÄÖ][^–:.!?]{1,40}\s[–-]\s\S|[A-ZÅÄÖ][^–:.!?,]{1,40}:\s\S")


Listed = tuple[int, int, str]
"""Fewest and most things of a list, and how they stand there."""


@check
def list_differs(rows: Rows) -> Iterator[Noted]:
    """A count before a colon, and another number of things after it."""
    texts = {row["row_id"]: row["text"] for row in rows["passages"]}
    for found in by_sentence(rows):
        said = _announced(found)
        if said is None:
            continue
        after = _with_colon(said.sentence[said.quantity.number.end :])
        _, colon, rest = after.partition(":")
        if rest.strip():
            counts = _in_line(rest)
        elif colon and said.row["text_table"] == "passages":
            counts = _below(texts.get(said.row["text_row_id"], ""), said)
        else:
            continue
        if counts and int(said.value) not in range(counts[0], counts[1] + 1):
            fewest, most, how = counts
            listed = f"{fewest if fewest == most else f'{fewest}–{most}'} {how}"
            words = {"said": f"{said.quantity.raw} {_noun(said)}".strip(), "listed": listed,
                     "quote": quote(said.sentence)}  # fmt: skip
            yield doubt(rows, "list_differs", said, words)


def _announced(found: Sequence[Said]) -> Said | None:
    """The exact whole number right before a colon, where there is one of few things."""
    for said in reversed(found):
        after = _with_colon(_AGES.sub("", said.sentence[said.quantity.number.end :])).partition(":")
        if not after[1] or _is_age(said):
            continue
        whole = said.exact and said.value.is_integer() and 2 <= said.value <= MOST
        if not whole or said.unit not in (None, "personer", "platser") or said.role not in ("level", "whole"):
            return None
        if len(after[0].split()) > 8 or re.search(r"[,;.()]", after[0]) or _OPEN.search(said.sentence):
            return None
        return said
    return None


def _is_age(said: Said) -> bool:
    start = said.quantity.number.start
    return any(each.start() <= start < each.end() for each in _AGES.finditer(said.sentence))


def _with_colon(after: str) -> str:
    """A list that stands aside, between dashes or in parentheses, as if a colon stood before it."""
    aside = _SET_ASIDE.match(after)
    return f"{aside['noun']}: {aside['list'] or aside['inside']}" if aside and ":" not in after else after


def _noun(said: Said) -> str:
    return "" if said.unit else said.quantity.subject or ""


def _in_line(rest: str) -> Listed | None:
    """What a list in the sentence may have; None where it is no clear list."""
    rest = re.sub(r"\([^()]*\)", "", rest).strip().rstrip(".")
    if re.search(r"[:.!?]", rest) or not re.search(r"\b(?:och|samt)\b", rest):
        return None
    parts = [part.strip() for part in re.split(r"[,;]", rest)]
    if len(parts) < 2 and not _TWO.fullmatch(rest):
        return None
    if any(not 1 <= len(part.split()) <= 7 or _counts(part) for part in parts):
        return None
    last = bool(re.search(r"\s(?:och|samt)\s", parts[-1]))
    return len(parts) + last, len(list(_SEPARATORS.finditer(rest))) + 1, "räknas upp"


def _counts(part: str) -> bool:
    """A thing of a list that is a number of things: "två på dagtid"."""
    words = part.casefold().split()
    return any(word.isdigit() or (word in NUMBER_WORDS and word != "en") for word in words)


def _below(text: str, said: Said) -> Listed | None:
    """The things in the lines under the sentence: bullets in a row, or paragraphs that begin with a name."""
    lines = [line for line in text.split("\n") if line.strip()]
    at = next((i for i, line in enumerate(lines) if line.strip().endswith(said.sentence.strip()[-40:])), None)
    if at is None:
        return None
    below = lines[at + 1 :]
    bullets = 0
    for line in below:
        if not _BULLET.match(line):
            break
        bullets += 1
    if bullets:
        return (bullets, bullets, "punkter följer") if bullets >= 2 else None
    named = sum(bool(_NAMED.match(line)) for line in below)
    first = bool(below and _NAMED.match(below[0]))
    return (named, named, "rubriker följer") if first and named >= 2 else None
