"""Parts and wholes of one text that cannot all be right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import enumerated, quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.said import Said, doubt, parts_of, plain, whole_numbers, with_before

_WORD = re.compile(r"[^\W\d_]+")
_SPREAD = re.compile(r"\b(?:fördela|uppdela|indela)\w*\s+(?:på|i|mellan|som)\s", re.I)
_IN_ALL = re.compile(
    r"[,(–]\s*(?:det\s+vill\s+säga\s+|dvs\.?\s+)?(?:totalt|sammanlagt|tillsammans)\s*$", re.I
)
_COLON = re.compile(r"\b(?:totalt|sammanlagt|tillsammans)\b[^:.;]{0,60}:\s", re.I)
#: After a whole and one of these: parts that are told by where they are, or are of the whole's own kind.
_ALL_PARTS = re.compile(r"[,:–]\s+(?=(?:\d+|[^\W\d_]+)\s)|\bfrån\s+(?=\d)", re.I)
_WHERE = re.compile(r"\s*(?:i|på|från|hos|till|inom|under|vid)\s", re.I)
_THEY_ARE_PARTS = re.compile(r"\s+(?:är|var|utgörs\s+av)\s+$", re.I)
_OF_THEM = re.compile(
    r"\s*(?:av\s+(?:dem|dessa)\b[^,;:]{0,20}|(?=[^\W\d_]+\s+(?:gick|kom|fick|blev|avsåg|är|[^\W\d_]{2,}(?:ade|lde|rde|nde|kte|pte|ste|des|tes|gs|ts))\b))",
    re.I,
)
_REST_BEFORE = re.compile(r"\b(?:övriga|resterande|återstående|kvarvarande)\s+$", re.I)
_REST_AFTER = re.compile(r"\s+(?:övriga|resterande|återstående|kvarvarande)\b", re.I)
_SIDES_FOLLOW = re.compile(r",\s(?=\d+\s(?:kvinn|män|flick|pojk))", re.I)
_JOINS = re.compile(r",|\b(?:och|samt|respektive)\b")
_AV_DEM = re.compile(r"\s*(?:[^\W\d_]+\s+)?av\s+(?:dem|dessa)\b(?!\s+som\b)(?!\s+[^\W\d_]+(?:na|n)\b)", re.I)
_VARAV = re.compile(r"\bvarav\b", re.I)
#: What "av 31 svarande var 39 män" says of its part.
_THEY_ARE = re.compile(r"(?:\w+(?:a|ade|nde)|kvinn\w+|män|flick\w+|pojk\w+)$", re.I)
_THEY_HAVE = re.compile(r"\w+(?:at|it|ats|its|ått)$", re.I)
#: "sex hus med nio platser", and "vardera, totalt".
_WITH = re.compile(r"\s+(?:[^\W\d_]+\s+){1,3}(?:med|om|à|har|rymmer)\s+", re.I)
_APIECE = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,2}(?:vardera|var|i\s+varje|per\s+\w+)\s*,\s*(?:alltså\s+|det\s+vill\s+säga\s+|dvs\.?\s+)?"
    r"(?:totalt|sammanlagt|tillsammans)\s+",
    re.I,
)
#: Amounts of both signs, which are no parts of one sum.
_NET = re.compile(r"\bnetto|intäkt|bidrag|överskott|underskott", re.I)
_SIDES = ({"flick", "pojk"}, {"kvinn", "män"}, {"kvinn", "man"}, {"dam", "herr"})
#: A single one in a list: "två vikarier, en samordnare och en chef".
_SINGLE = re.compile(r"(?:,|\b(?:och|samt|varav))\s+(?:en|ett)\s+[^\W\d_]{3,}", re.I)
#: What says that parts may be of the same ones.
_OVERLAP = re.compile(r"\b(?:både|båda|också|även|dessutom|samtidigt|minst|flera|ibland)\b", re.I)
#: "Av budgeten på 12 mnkr".
_OF_SUM = re.compile(r"\bav\s+(?:\w+\s+){1,2}(?:på|om)\s+$", re.I)
#: Words between two parts of a whole of which each has a clause of its own.
MANY_WORDS = 9
#: The part of a whole from which its parts are meant to be all of it.
NEARLY = 0.8


@check
def parts_and_wholes(rows: Rows) -> Iterator[Noted]:
    """Parts that are more than their whole or do not add up to it, sentence by sentence."""
    for said, before in with_before(rows):
        yield from _parts(rows, said, before)
        yield from _sums(rows, said, before)
        yield from _whole_parts(rows, said, before)
        yield from _rest(rows, said, before)
        yield from _totals(rows, said)
        yield from _products(rows, said)


def _parts(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """A part larger than its whole: "41 av 40", "31 barn, och 40 av dem"."""
    for part in found:
        whole = _they(part, found, before)
        if whole is not None and _counted((part, whole)) and part.value > whole.value:
            what = f"delen är {part.quantity.raw} och helheten {whole.quantity.raw}"
            yield doubt(rows, "parts_differ", part, {"what": what, "quote": quote(part.sentence)}, whole)
            return
    for part, whole in parts_of(found):
        if not whole_numbers((part, whole)) or part.value <= whole.value:
            continue
        if "%" in (part.unit, whole.unit) or not _same_things(part, whole):
            continue
        words = {
            "what": f"delen är {part.quantity.raw} och helheten {whole.quantity.raw}",
            "quote": quote(part.sentence),
        }
        yield doubt(rows, "parts_differ", part, words, whole)


def _they(part: Said, found: Sequence[Said], before: Sequence[Said]) -> Said | None:
    """What "av dem" after a number means: the one thing that is counted before it, here or just before."""
    if part.unit == "%" or not _AV_DEM.match(part.sentence, part.quantity.number.end):
        return None
    here = [said for said in found if said.quantity.number.end <= part.quantity.number.start]
    counted = [said for said in here or before if said.unit in (None, "personer", "platser", "svar")]
    return counted[0] if len(counted) == 1 and counted[0].role in ("level", "whole", "respondents") else None


def _same_things(part: Said, whole: Said) -> bool:
    """What the part counts is of the whole's kind, as far as is said."""
    if part.unit and whole.unit and part.unit != whole.unit:
        return False
    if part.quantity.number.start < whole.quantity.number.start:
        between = part.sentence[part.quantity.number.end : whole.quantity.number.start].split()
        return len(between) <= 2  # "32 avslag lästes av två personer" is no part of anything
    if _VARAV.search(part.sentence, whole.quantity.number.end, part.quantity.number.start):
        return True
    noun = part.quantity.number.noun
    if whole.quantity.number.start < part.quantity.number.start and noun:
        between = part.sentence[whole.quantity.number.end : part.quantity.number.start].split()
        if len(between) <= 2 and between[-1:] and between[-1] in ("är", "var", "har", "hade"):
            told = _THEY_ARE if between[-1] in ("är", "var") else _THEY_HAVE
            sex = noun.endswith("män") or noun.startswith(("kvinn", "flick", "pojk"))
            if sex and whole.unit not in ("personer", "svar"):
                return False
            return bool(told.match(noun)) or stem(noun) in whole.quantity.heads
    return noun is None or noun.endswith("a") or "small" in uses(noun) or stem(noun) in whole.quantity.heads


def _sums(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """Parts that do not add up: "52 anställda, fördelade på 41 lärare och 6 assistenter"."""
    if len(found) < 2:
        return
    sentence = found[0].sentence
    for pattern in (_SPREAD, _VARAV, _COLON, _SIDES_FOLLOW):
        joined = pattern.search(sentence)
        if joined is None:
            continue
        parts = _listed([said for said in found if said.quantity.number.start >= joined.end()])
        earlier = [said for said in found if said.quantity.number.start < joined.end()]
        whole = _divided(earlier, parts) or _whole_before(sentence[: joined.start()], before)
        if whole is None or len(parts) < 2:
            continue
        if not _counted((whole, *parts)) and not _are_money((whole, *parts)):
            continue
        added = sum(part.value for part in parts)
        loose = pattern is _SIDES_FOLLOW
        if pattern is _VARAV and added < whole.value:
            loose = _may_leave_some(parts, whole, found)
        if _adds_up(parts, whole) or (loose and not _both_sides(parts)):
            continue
        if not _both_sides(parts) and _others_left((*before, *found), parts, whole):
            continue
        yield doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _others_left(near: Sequence[Said], parts: Sequence[Said], whole: Said) -> bool:
    """More is counted after the whole that may be a part of it: "52 in all, four managers and a head"."""
    left = whole.value - sum(part.value for part in parts)
    return any(
        other.sentence == whole.sentence
        and other.quantity.number.start > whole.quantity.number.start
        and _counted((other,))
        and 0 < other.value <= left
        for other in near
        if other not in parts
    )


def _divided(earlier: Sequence[Said], parts: Sequence[Said]) -> Said | None:
    """The whole of some parts: the number before "tre grupper", where three parts are told."""
    if len(earlier) > 1 and earlier[-1].value == len(parts) and earlier[-2].value > len(parts):
        return earlier[-2]
    return earlier[-1] if earlier else None


def _whole_parts(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """All parts of what was just counted: "12 platser i två hus, 7 i Norra och 6 i Södra"."""
    if len(found) < 2:
        return
    if noted := _own_kinds(rows, found) or _of_before(rows, found, before):
        yield noted
        return
    for joined in _ALL_PARTS.finditer(found[0].sentence):
        parts = _listed([said for said in found if said.quantity.number.start >= joined.end()])
        earlier = [said for said in found if said.quantity.number.end <= joined.start()]
        whole = _divided(earlier, parts)
        if whole is None or len(parts) < 2 or parts[0].quantity.number.start > joined.end() + 1:
            continue
        if whole.unit is None and _WHERE.match(whole.sentence, whole.quantity.number.end):  # itself a part
            continue
        if (
            parts[-1] is not found[-1]
            or not _counted((whole, *parts))
            or not _are_parts(whole, parts, joined[0])
        ):
            continue
        if (
            "från" in joined[0]
            and len(found[0].sentence[whole.quantity.number.end : joined.start()].split()) > 4
        ):
            continue
        if not _adds_up(parts, whole):
            yield doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)
        return


def _are_parts(whole: Said, parts: Sequence[Said], joined: str) -> bool:
    """Each is told by where it is, or is of the whole's kind; the last is joined by "och"."""
    between = whole.sentence[parts[-2].quantity.number.end : parts[-1].quantity.number.start]
    kinds = all(
        _WHERE.match(part.sentence, part.quantity.number.end)
        or (part.unit == "personer" and "," not in joined)
        or _sex(part)
        for part in parts[:-1]
    )
    return kinds and bool(re.search(r"\b(?:och|samt|respektive)\b", between))


def _sex(part: Said) -> bool:
    return (part.quantity.number.noun or "").casefold() in ("kvinnor", "män", "flickor", "pojkar")


def _own_kinds(rows: Rows, found: Sequence[Said]) -> Noted | None:
    """More parts than there are: "Av 21 medarbetare är 9 förskollärare och 14 barnskötare".

    Fewer than there are is a doubt only where the parts are what they are.
    """
    whole, *rest = found
    lead = whole.sentence[whole.quantity.number.end : rest[0].quantity.number.start]
    parts = _listed(rest)
    money = _OF_SUM.search(whole.sentence[: whole.quantity.number.start]) and _are_money((whole, *parts))
    counted = whole.role == "whole" and _counted((whole, *parts))
    if len(parts) < 2 or not (counted or money):
        return None
    many = _listed(rest, MANY_WORDS)
    one_list = len(many) == len(rest) and (len(many) > 2 or len(lead.split()) <= 2)
    if one_list and sum(part.value for part in many) > whole.value and not _OVERLAP.search(whole.sentence):
        return doubt(rows, "parts_differ", many[0], _sum_words(many, whole), whole)
    if not _THEY_ARE_PARTS.search(lead):
        return None
    nouns = [part.quantity.number.noun or "" for part in parts]
    named = all(
        noun and not noun.endswith(("ade", "da", "ande")) and "small" not in uses(noun) for noun in nouns
    )
    if not named or _may_leave_some(parts, whole, found):
        return None
    return doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _may_leave_some(parts: Sequence[Said], whole: Said, found: Sequence[Said]) -> bool:
    """The parts are the whole, or too few of it to be meant as all: others may be left out."""
    added = sum(part.value for part in parts)
    return added == whole.value or (added < NEARLY * whole.value or parts[-1] is not found[-1])


def _of_before(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Noted | None:
    """More of them than the sentence before counts: "Sju gällde beslut och nio tillgänglighet"."""
    if not before:
        return None
    parts, whole = _listed(found), before[-1 if before[0].unit == "%" else 0]
    begins = _OF_THEM.match(found[0].sentence)
    if begins is None or parts[0].quantity.number.start > begins.end() + 1 or len(parts) != len(found):
        return None
    if whole.role not in ("level", "whole") or not _counted((whole, *parts)):
        return None
    if sum(part.value for part in parts) <= whole.value:
        return None
    return doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _rest(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """The rest is not what is left: "9 av 12 är klara. För de övriga 5 …"."""
    for at, said in enumerate(found):
        number = said.quantity.number
        lead, tail = said.sentence[: number.start], said.sentence[number.end :]
        if not (_REST_BEFORE.search(lead) or _REST_AFTER.match(tail)) or said.unit not in (
            None,
            "personer",
            "platser",
        ):
            continue
        earlier = [each for each in found[:at] if each.unit != "%"]
        if not earlier or len(earlier) == 1:
            earlier = [*(each for each in before if each.unit != "%"), *earlier]
        pairs = list(parts_of(earlier))
        if len(pairs) != 1 or len(earlier) != 2 or not whole_numbers((said, *pairs[0])):
            continue
        part, whole = pairs[0]
        left = whole.value - part.value
        if 0 <= left != said.value:
            some = f"{part.quantity.raw} av {whole.quantity.raw}"
            what = f"{some} lämnar {left:.0f}, men de övriga är {said.quantity.raw}"
            yield doubt(rows, "parts_differ", said, {"what": what, "quote": quote(said.sentence)}, part)


def _totals(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """A total after its parts: "12 lärare och 3 vikarier, totalt 16 personer"."""
    for at, whole in enumerate(found):
        lead = whole.sentence[: whole.quantity.number.start]
        if at < 2 or not _IN_ALL.search(lead):
            continue
        parts = found[:at]
        counted = _counted((whole, *parts)) or _are_money((whole, *parts))
        if not counted or _adds_up(parts, whole):
            continue
        if len(lead[parts[-1].quantity.number.end :].split()) > 4 or not _one_list(parts):
            continue
        yield doubt(rows, "parts_differ", whole, _sum_words(parts, whole), parts[0])


def _products(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """So many of each, and another number in all: "sex hus med nio platser vardera, totalt 60 platser"."""
    for many, each, whole in zip(found, found[1:], found[2:], strict=False):
        within = many.sentence[many.quantity.number.end : each.quantity.number.start]
        between = many.sentence[each.quantity.number.end : whole.quantity.number.start]
        if not (_counted((many, each, whole)) and _WITH.fullmatch(within) and _APIECE.fullmatch(between)):
            continue
        if (product := many.value * each.value) != whole.value:
            what = f"{many.quantity.raw} gånger {each.quantity.raw} är {product:.0f}, men helheten är "
            words = {"what": what + whole.quantity.raw, "quote": quote(whole.sentence)}
            yield doubt(rows, "parts_differ", whole, words, many)


def _one_list(parts: Sequence[Said]) -> bool:
    """One "och" or comma stands between each two, and none of them is a part of another."""
    between = (
        one.sentence[one.quantity.number.end : two.quantity.number.start] for one, two in pairwise(parts)
    )
    return all(len(_JOINS.findall(each)) == 1 for each in between) and not any(
        part.role in ("part", "whole") for part in parts
    )


def _sum_words(parts: Sequence[Said], whole: Said) -> dict[str, str]:
    listed = enumerated([part.quantity.raw for part in parts])
    added, size = sum(part.value for part in parts), _size(whole)
    what = f"{listed} blir tillsammans {plain(added / size)}, men helheten är {whole.quantity.raw}"
    return {"what": what, "quote": quote(parts[0].sentence)}


def _listed(found: Sequence[Said], most: int = 5) -> list[Said]:
    """The first numbers that stand in a list by commas and "och", at most so many words apart."""
    parts = list(found[:1])
    for one, two in pairwise(found):
        between = one.sentence[one.quantity.number.end : two.quantity.number.start]
        joined = _JOINS.split(between)
        if len(between.split()) > most or len(joined) != 2 or len(joined[-1].split()) > 1:
            break
        parts.append(two)
    return parts


def _whole_before(subject: str, before: Sequence[Said]) -> Said | None:
    """The number of the sentence before that counts what this one's subject names."""
    named = {stem(word) for word in _WORD.findall(subject)}
    return next((said for said in before if set(said.quantity.heads) & named), None)


def _counted(found: Sequence[Said]) -> bool:
    """All count whole things or people, none of them perhaps."""
    return whole_numbers(found) and all(
        said.unit in (None, "personer", "platser", "svar") and said.role != "other" for said in found
    )


def _are_money(found: Sequence[Said]) -> bool:
    """All are money that is spent, none of them about so much."""
    spent = all(said.unit == "kr" and said.role != "other" for said in found)
    return spent and whole_numbers(found) and not _NET.search(found[0].sentence)


def _adds_up(parts: Sequence[Said], whole: Said) -> bool:
    """Parts are together the whole, as far as amounts are rounded."""
    slack = sum(0.5 * _size(said) * 10.0**-said.quantity.number.decimals for said in (*parts, whole))
    added = sum(part.value for part in parts)
    if whole.unit == "kr":
        return abs(added - whole.value) <= slack
    singles = len(_SINGLE.findall(parts[0].sentence))
    return added == whole.value or (singles > 0 and added <= whole.value <= added + singles)


def _size(said: Said) -> float:
    """What an amount is told in: thousands or millions of kronor."""
    word = said.quantity.raw.casefold()
    if said.unit != "kr":
        return 1.0
    return 1e6 if re.search(r"m(?:n)?kr|miljon", word) else 1e3 if re.search(r"tkr|tusen", word) else 1.0


def _both_sides(parts: Sequence[Said]) -> bool:
    heads = {head for part in parts for head in part.quantity.heads}
    return any(len({h for h in heads if h.startswith(tuple(side))}) == 2 for side in _SIDES)
