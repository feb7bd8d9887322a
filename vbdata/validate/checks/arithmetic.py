"""Numbers of one text that cannot all be right: parts and wholes, shares of counts, changes of levels.

A share is possible when some whole number of the stated ones gives it as printed (the GRIM test of Brown and
Heathers, 2017).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import enumerated, quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.said import Said, by_sentence, doubt, whole_numbers

_WORD = re.compile(r"[^\W\d_]+")
_SPREAD = re.compile(r"\b(?:fördela|uppdela|indela)\w*\s+(?:på|i|mellan|som)\s", re.I)
_IN_ALL = re.compile(
    r"[,(–]\s*(?:det\s+vill\s+säga\s+|dvs\.?\s+)?(?:totalt|sammanlagt|tillsammans)\s*$", re.I
)
_VARAV = re.compile(r"\bvarav\b", re.I)
_JOINED = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s*[(,–=]*\s*(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså|motsvarar|eller"
    r"|vilket\s+(?:är|var|motsvarar|motsvarade|ger|gav|blir|blev|innebär))?\s*(?:cirka|ca)?\s*\(?\s*$",
    re.I,
)
_OVER = re.compile(r"budget|beläggning|nyttjande|mer\b|högre|ökn|öka|jämfört|\bän\b|överskr|tjänst|lön", re.I)
_SIDES = ({"flick", "pojk"}, {"kvinn", "män"}, {"kvinn", "man"}, {"dam", "herr"})


@check
def numbers_of_a_text(rows: Rows) -> Iterator[Noted]:
    """Parts and wholes, shares, and changes, sentence by sentence."""
    before: tuple[Said, ...] = ()
    for said in by_sentence(rows):
        yield from _parts(rows, said)
        yield from _sums(rows, said, before)
        yield from _totals(rows, said)
        yield from _shares(rows, said)
        yield from _changes(rows, said)
        before = said


def _parts(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """A part larger than its whole: "41 av 40"."""
    for one, two in pairwise(found):
        if {one.role, two.role} != {"part", "whole"} or not whole_numbers((one, two)):
            continue
        part, whole = (one, two) if one.role == "part" else (two, one)
        if part.value <= whole.value or "%" in (part.unit, whole.unit) or not _same_things(part, whole):
            continue
        words = {
            "what": f"delen är {part.quantity.raw} och helheten {whole.quantity.raw}",
            "quote": quote(part.sentence),
        }
        yield doubt(rows, "parts_differ", part, words, whole)


def _same_things(part: Said, whole: Said) -> bool:
    """What the part counts is of the whole's kind, as far as is said."""
    if part.unit and whole.unit and part.unit != whole.unit:
        return False
    if part.quantity.number.start < whole.quantity.number.start:
        between = part.sentence[part.quantity.number.end : whole.quantity.number.start].split()
        return len(between) <= 2  # "32 avslag lästes av två personer" is no part of anything
    noun = part.quantity.number.noun
    return noun is None or noun.endswith("a") or "small" in uses(noun) or stem(noun) in whole.quantity.heads


def _sums(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """Parts that do not add up: "52 anställda, fördelade på 41 lärare och 6 assistenter"."""
    if not found:
        return
    sentence = found[0].sentence
    low = sentence.casefold()
    for pattern, mark in ((_SPREAD, "dela"), (_VARAV, "varav")):
        joined = pattern.search(sentence) if mark in low else None
        if joined is None:
            continue
        parts = _listed([said for said in found if said.quantity.number.start >= joined.end()])
        earlier = [said for said in found if said.quantity.number.end <= joined.start()]
        whole = earlier[-1] if earlier else _whole_before(sentence[: joined.start()], found, before)
        if whole is None or len(parts) < 2 or not _counted((whole, *parts)):
            continue
        added = sum(part.value for part in parts)
        if added == whole.value or (pattern is _VARAV and added < whole.value and not _both_sides(parts)):
            continue
        yield doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _totals(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """A total after its parts: "12 lärare och 3 vikarier, totalt 16 personer"."""
    for at, whole in enumerate(found):
        lead = whole.sentence[: whole.quantity.number.start]
        if at < 2 or not _IN_ALL.search(lead):
            continue
        parts = _listed(found[:at])
        if len(parts) != at or not _counted((whole, *parts)) or sum(p.value for p in parts) == whole.value:
            continue
        if len(lead[parts[-1].quantity.number.end :].split()) > 4:
            continue
        yield doubt(rows, "parts_differ", whole, _sum_words(parts, whole), parts[0])


def _sum_words(parts: Sequence[Said], whole: Said) -> dict[str, str]:
    listed = enumerated([part.quantity.raw for part in parts])
    added = sum(part.value for part in parts)
    what = f"{listed} blir tillsammans {added:.0f}, men helheten är {whole.quantity.raw}"
    return {"what": what, "quote": quote(parts[0].sentence)}


def _listed(found: Sequence[Said]) -> list[Said]:
    """The first numbers that stand close in a list, by commas and "och"."""
    parts = list(found[:1])
    for one, two in pairwise(found):
        between = one.sentence[one.quantity.number.end : two.quantity.number.start]
        joins = len(re.split(r",|\b(?:och|samt|respektive)\b", between)) - 1
        if len(between.split()) > 5 or joins != 1:
            break
        parts.append(two)
    return parts


def _whole_before(subject: str, found: Sequence[Said], before: Sequence[Said]) -> Said | None:
    """The number of the sentence before that counts what this one's subject names."""
    if not before or before[0].row["text_row_id"] != found[0].row["text_row_id"]:
        return None
    named = {stem(word) for word in _WORD.findall(subject)}
    return next((said for said in before if set(said.quantity.heads) & named), None)


def _counted(found: Sequence[Said]) -> bool:
    """All count whole things or people, none of them perhaps."""
    return whole_numbers(found) and all(
        said.unit in (None, "personer", "platser", "svar") and said.role != "other" for said in found
    )


def _both_sides(parts: Sequence[Said]) -> bool:
    heads = {head for part in parts for head in part.quantity.heads}
    return any(len({h for h in heads if h.startswith(tuple(side))}) == 2 for side in _SIDES)


def _shares(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """Shares that the counts beside them cannot give, and shares above all there is."""
    for i, said in enumerate(found):
        if said.unit != "%":
            continue
        if said.role == "share" and said.value > 100 and said.exact and not _OVER.search(said.sentence):
            yield doubt(rows, "share_differs", said, _share_words(said, "är mer än hela antalet"))
            continue
        for part, whole in ((i + 1, i + 2), (i - 2, i - 1)):
            if part >= 0 and whole < len(found):
                yield from _share_of_pair(rows, said, found[part], found[whole])
        if said.role == "share" and i + 1 < len(found) and found[i + 1].role == "whole":
            yield from _impossible(rows, said, found[i + 1])


def _share_of_pair(rows: Rows, said: Said, part: Said, whole: Said) -> Iterator[Noted]:
    if (part.role, whole.role) != ("part", "whole") or not whole_numbers((part, whole)) or not whole.value:
        return
    numbers = sorted((said, whole if said.quantity.number.start > whole.quantity.number.start else part),
                     key=lambda each: each.quantity.number.start)  # fmt: skip
    between = said.sentence[numbers[0].quantity.number.end : numbers[1].quantity.number.start]
    if not _JOINED.fullmatch(between) or said.role in ("target", "change", "previous"):
        return
    share = 100 * part.value / whole.value
    if share > 100 or _is_share(said, share):
        return
    what = f"går inte ihop med {part.quantity.raw} av {whole.quantity.raw}, som är {_shown(share)}\u00a0%"
    yield doubt(rows, "share_differs", said, _share_words(said, what), whole)


def _impossible(rows: Rows, said: Said, whole: Said) -> Iterator[Noted]:
    """No whole number of them is that share."""
    words = {use for word in _WORD.findall(said.sentence) for use in uses(word)}
    if not (said.exact and whole_numbers((whole,)) and 0 < whole.value <= 1000) or "unsure" in words:
        return
    nearest = [int(said.value * whole.value / 100) + step for step in (0, 1)]
    if any(_is_share(said, 100 * count / whole.value) for count in nearest):
        return
    low, high = (f"{_shown(100 * count / whole.value)}\u00a0%" for count in nearest)
    what = f"går inte ihop med {whole.quantity.raw}: närmast möjliga är {low} och {high}"
    yield doubt(rows, "share_differs", said, _share_words(said, what), whole)


def _is_share(said: Said, share: float) -> bool:
    """The share as printed may stand for this one, cut or rounded."""
    number = said.quantity.number
    if not number.exact:
        return (number.low or 0.0) - 1 <= share <= (number.high or 100.0) + 1
    return abs(share - number.value) < 10.0**-number.decimals - 1e-9 or abs(share - number.value) < 1e-9


def _share_words(said: Said, what: str) -> dict[str, str]:
    return {"said": said.quantity.raw, "what": what, "quote": quote(said.sentence)}


def _shown(number: float) -> str:
    """At most one decimal, with a decimal comma."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def _changes(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """From one level to another, against the change and the direction that are told beside them."""
    for one, two in pairwise(found):
        if (one.role, two.role) != ("previous", "level") or not (one.exact and two.exact):
            continue
        if one.unit != two.unit or one.value == two.value:
            continue
        way = two.quantity.direction or one.quantity.direction
        if way and way != ("up" if two.value > one.value else "down"):
            words = {
                "what": f"från {one.quantity.raw} till {two.quantity.raw} är ingen "
                + ("ökning" if way == "up" else "minskning"),
                "quote": quote(one.sentence),
            }
            yield doubt(rows, "change_differs", two, words, one)
            continue
        for said in found:
            if said.role == "change" and said.exact:
                yield from _change(rows, one, two, said)


def _change(rows: Rows, one: Said, two: Said, said: Said) -> Iterator[Noted]:
    points, told = abs(two.value - one.value), said.value
    slack = 10.0**-said.quantity.number.decimals
    relative = 100 * points / abs(one.value) if one.value else None
    near = abs(told - points) < slack
    if said.unit == "%" and one.unit in ("%", "index", None, "kr", "personer"):
        if relative is not None and abs(told - relative) < slack:
            return
        if near and one.unit == "%":
            words = {
                "name": f"”{one.quantity.subject}”" if one.quantity.subject else "Texten",
                "said": said.quantity.raw, "points": _shown(told),
                "previous": one.quantity.raw, "value": two.quantity.raw,
            }  # fmt: skip
            yield doubt(rows, "percent_points", said, words, one)
            return
    elif said.unit == one.unit or (said.unit == "procentenheter" and one.unit == "%"):
        if near:
            return
    else:
        return
    words = {
        "what": f"från {one.quantity.raw} till {two.quantity.raw} är skillnaden {_shown(points)}, "
        f"men texten anger {said.quantity.raw}",
        "quote": quote(one.sentence),
    }
    yield doubt(rows, "change_differs", said, words, one)
