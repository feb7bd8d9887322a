"""Changes of levels, and results of amounts, that are not the difference of the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.language.inflection import stem
from vbdata.language.numbers import may_state, uses
from vbdata.language.prose import quote
from vbdata.language.quantities import TIMES
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.expected import about, shared, stems
from vbdata.validate.row_claims import multiplied
from vbdata.validate.said import FRACTION, FRACTIONS, Said, doubt, sentence_before, shown, with_before

_WORD = re.compile(r"[^\W\d_]+")
#: A sentence of nothing but by how much something changed.
_IT_IS = re.compile(
    r"(?:det|detta|skillnaden|minskningen|ökningen|förändringen)\s+(?:är|var|blir|motsvarar|innebär)\s+(?:alltså\s+)?"
    r"(?:en\s+(?:[^\W\d_]+\s+)?(?:ökning|minskning|förbättring|försämring|skillnad|sänkning|höjning)\s+(?:med|på)\s+)?",
    re.I,
)
_MOT = re.compile(
    r"\b(?:mot|än|från)\s+(?:\w+\s+)?$|\bjämfört\s+med\b[^.;]*$"
    r"|[,;]\s+(?:och\s+|men\s+)?(?:förra\s+året|i\s+fjol|året\s+innan)\b[^.;]*$",
    re.I,
)
#: What is said to have become less or more.
_CLAIMED = re.compile(
    r"\b(?:har|hade|blev|är|var)\b[^,.;:]*?\b(?:(?P<down>mindre|färre|kortare|lägre|(?:för)?kortats?|minskat|minskats"
    r"|sjunkit|sänkts?|krympt)|(?P<up>större|fler|längre|högre|ökat|ökats|stigit|vuxit|höjts?))\b(?!\s+än)"
    r"|^(?:allt\s+)?(?:(?P<fewer>färre)|(?P<more>fler))\b",
    re.I,
)
_LESS = re.compile(
    r"\b(?:(?P<down>färre|kortare|lägre|mindre)|(?P<up>fler|längre|högre|större))\b(?!\s+än)", re.I
)
_ALTHOUGH = re.compile(r"\btrots\b", re.I)
_TURNS = re.compile(r"\b(?:men|trots|medan|fast|även|inte|ej|mål\w*|om|ska|skulle)\b", re.I)
_NOT = re.compile(r"\b(?:inte|ej|aldrig|varken|ingen|inga|om|ska|skulle|kan)\b", re.I)
_NUMBER = frozenset([stem("antal"), stem("antalet")])
_GOES_ON = re.compile(r"(?:den|det|de)\s+(?:är|var|ligger|låg|blev)\b|(?:snittet|genomsnittet)\b", re.I)
#: What the later of two levels is from the one before it.
_TURNED = re.compile(
    r"\ben\s+(?:\w+\s+)?(?:ökning|höjning|uppgång|minskning|sänkning|nedgång)\s+(?:från|jämfört\s+med|mot)\s*$",
    re.I,
)
_BY = re.compile(r"\b(?:med|på)\s+(?:cirka\s+)?$", re.I)
_RESULT = re.compile(r"överskott|underskott|avvikelse|\bresultat(?:et)?\b", re.I)
_SPENT = re.compile(r"\b(?:total|drift|netto)?s?kostnad|utfall|förbrukning", re.I)
_GIVEN = re.compile(r"\bintäkt|budget", re.I)
_OF_INCOME = re.compile(r"intäkts\w*budget", re.I)
_THAT_IS_BY = re.compile(r"\b(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså)\s+med\s+(?:cirka\s+)?$", re.I)


@check
def change_differs(rows: Rows) -> Iterator[Noted]:
    """Changes and results that the levels and amounts beside them do not bear out, sentence by sentence."""
    for said, before in with_before(rows):
        yield from _changes(rows, said, before)
        yield from _results(rows, said, before)


def _changes(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """From one level to another, against the change and the direction that are told beside them."""
    for one, two in _steps(found):
        told = None if _ALTHOUGH.search(one.sentence) else two.quantity.direction or one.quantity.direction
        way = told or _told_way(one, two)
        if way and way != ("up" if two.value > one.value else "down"):
            called = "ökning" if way == "up" else "minskning"
            what = f"från {one.quantity.raw} till {two.quantity.raw} är ingen {called}"
            yield doubt(rows, "change_differs", two, {"what": what, "quote": quote(one.sentence)}, one)
            continue
        for _, called, near in multiplied(one.sentence, one.value, two.value):
            if not near:
                what = f"från {one.quantity.raw} till {two.quantity.raw} har det inte {called}"
                yield doubt(rows, "change_differs", two, {"what": what, "quote": quote(one.sentence)}, one)
        for said in found:
            if said is not one and said is not two and _tells_change(said, one, two):
                yield from _change(rows, one, two, said)
    yield from _claimed_before(rows, found)
    steps = list(_steps(before))
    if len(steps) == 1 and _IT_IS.fullmatch(found[0].sentence[: found[0].quantity.number.start]):
        for said in found[: 1 + bool(len(found) > 1 and _ends_with_or(found[0], found[1]))]:
            yield from _change(rows, *steps[0], said)


_IS = re.compile(r"\b(?:är|blev|blivit|var)\s+(?:\w+\s+)?$", re.I)
"""Before a comparative that is said of the thing itself: "är kortare"."""


def _told_way(one: Said, two: Said) -> str | None:
    """Which way the words before the first of the two say, where nothing turns it around."""
    lead = one.sentence[: min(one.quantity.number.start, two.quantity.number.start)]
    words = _WORD.findall(lead)
    ways = {way for word in words for way in uses(word) & {"up", "down"}}
    said = (told for told in _LESS.finditer(lead) if _IS.search(lead[: told.start()]))
    ways |= {"down" if told["down"] else "up" for told in said}
    return ways.pop() if len(ways) == 1 and not (may_state(lead) or _TURNS.search(lead)) else None


def _claimed_before(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """What the sentence just before claims, which the two levels of this one go against.

    "Köerna har blivit kortare. Den som söker väntar nu 26 dagar, mot 24 förra året."
    """
    steps = list(_steps(found))
    if len(steps) != 1 or any(said.quantity.direction for said in found):
        return
    (one, two), said = steps[0], sentence_before(rows, found[0])
    claimed = None if may_state(said) else _CLAIMED.search(said)
    if claimed is None or _NOT.search(said) or not _of_one_thing(said, found[0]):
        return
    more = claimed["up"] or claimed["more"]
    if (more is not None) != (two.value > one.value):
        word = (more or claimed["down"] or claimed["fewer"]).casefold()
        what = f"från {one.quantity.raw} till {two.quantity.raw} är inte {word}"
        yield doubt(
            rows, "change_differs", two, {"what": what, "quote": quote(f"{said} {one.sentence}")}, one
        )


def _of_one_thing(claim: str, found: Said) -> bool:
    """The sentence goes on about what the one before it claims: by a word that they share, or a pronoun."""
    return bool(_GOES_ON.match(found.sentence)) or bool(
        shared(about(claim) - _NUMBER, stems(found.sentence))
        or shared(about(found.sentence) - _NUMBER, stems(claim))
    )


def _steps(found: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """A level and the later one: "från 9 till 8", "28 gram mot 35 gram året innan", "2, förra året 3".

    By how much it changed, or in what time it was, may stand between the two.
    """
    for at, one in enumerate(found):
        for two in found[at + 1 : at + 3]:
            between = one.sentence[one.quantity.number.end : two.quantity.number.start]
            beside = found[at + 1] is two
            if not beside and found[at + 1].role != "change" and found[at + 1].unit not in TIMES:
                continue
            turned = _TURNED.search(between) is not None and two.role != "change"
            before, after = (two, one) if turned or (_is_last(two) and _MOT.search(between)) else (one, two)
            same = before.unit in (None, after.unit) and before.value != after.value
            told = before.role == "previous" if before is one else turned or _is_last(before)
            if not (same and told and before.exact and after.exact and (beside or before is two)):
                continue
            if after.role in ("level", "other") and not _is_last(after):
                yield before, after


def _is_last(said: Said) -> bool:
    """The number is of the year before."""
    return said.role == "previous" or (said.role in ("level", "other") and said.quantity.period == "previous")


def _tells_change(said: Said, one: Said, two: Said) -> bool:
    """The number is by how much it changed, not a target, nor a number of something else."""
    lead = said.sentence[: said.quantity.number.start]
    after = said.quantity.number.start > max(one.quantity.number.end, two.quantity.number.end)
    by = after and _BY.search(lead)
    told = said.role == "change" or (by and (said.unit or _is_same(said, one, lead)))
    return said.role != "target" and bool(told)


def _ends_with_or(said: Said, following: Said) -> bool:
    """Two numbers of one change: "1,3 procentenheter eller 14 procent"."""
    between = said.sentence[said.quantity.number.end : following.quantity.number.start]
    return between.strip(" ,(").casefold() in ("eller", "det vill säga", "alltså")


def _is_same(said: Said, one: Said, lead: str) -> bool:
    """What is told after two levels, as "alltså med 15", is of what they count."""
    noun = said.quantity.number.noun
    return bool(_THAT_IS_BY.search(lead)) and (noun is None or stem(noun) in one.quantity.heads)


def _change(rows: Rows, one: Said, two: Said, said: Said) -> Iterator[Noted]:
    points, told = abs(two.value - one.value), said.value
    slack = FRACTIONS if FRACTION.search(said.quantity.raw) else 10.0**-said.quantity.number.decimals
    relative = 100 * points / abs(one.value) if one.value else None
    near = abs(told - points) < slack
    if not said.exact and slack != FRACTIONS:
        return
    if said.unit == "%":
        if relative is not None and abs(told - relative) < slack:
            return
        if near and two.unit == "%":
            words = {
                "name": f"”{one.quantity.subject}”" if one.quantity.subject else "Texten",
                "said": said.quantity.raw, "points": shown(told),
                "previous": one.quantity.raw, "value": two.quantity.raw,
            }  # fmt: skip
            yield doubt(rows, "percent_points", said, words, one)
            return
    elif (
        said.unit == two.unit
        or (said.unit == "procentenheter" and two.unit == "%")
        or (two.unit is None and said.unit in ("gånger", "personer", "platser", "svar"))
    ):
        if near:
            return
    else:
        return
    words = {
        "what": f"från {one.quantity.raw} till {two.quantity.raw} är skillnaden "
        f"{_money(points) if two.unit == 'kr' else shown(points)}, "
        f"men texten anger {said.quantity.raw}",
        "quote": quote(one.sentence),
    }
    yield doubt(rows, "change_differs", said, words, one)


def _results(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """A surplus or deficit that is not the difference of the two amounts beside it, or of the other sign."""
    amounts = _amounts(found, before)
    names = [(said, _lead(said)) for said in amounts]
    result = [said for said, lead in names if _RESULT.search(lead)]
    pair = [(said, lead) for said, lead in names if _SPENT.search(lead) or _GIVEN.search(lead)]
    if len(result) != 1 or len(pair) != 2 or any(said is result[0] for said, _ in pair):
        return
    said, (one, two) = result[0], (pair[0][0], pair[1][0])
    difference = abs(one.value - two.value)
    both = f"{one.quantity.raw} och {two.quantity.raw}"
    if abs(difference - abs(said.value)) > sum(map(last_place, amounts)) / 2 + 1:
        what = f"{both} skiljer sig med {_money(difference)}, men texten anger {said.quantity.raw}"
    elif (other := _other_sign(_lead(said), pair)) is not None:
        what = f"{both} ger ett {other[1]}, men texten anger ett {other[0]} på {said.quantity.raw}"
    else:
        return
    yield doubt(rows, "change_differs", said, {"what": what, "quote": quote(said.sentence)}, one)


def _amounts(found: Sequence[Said], before: Sequence[Said]) -> list[Said]:
    """The three amounts of a sentence, or of it and the one before it, or none."""
    here = [said for said in found if said.unit == "kr"]
    if len(here) < 3 and here:
        here = [*(said for said in before if said.unit == "kr"), *here]
    fit = all(said.exact and said.role in ("level", "whole") for said in here)
    return here if len(here) == 3 and fit and found[-1].unit == "kr" else []


def _other_sign(lead: str, pair: Sequence[tuple[Said, str]]) -> tuple[str, str] | None:
    """What the result is called and what it is, where money spent and money given tell it."""
    spent = [said for said, text in pair if _SPENT.search(text)]
    given = [said for said, text in pair if _GIVEN.search(text) and not _SPENT.search(text)]
    called = re.search(r"överskott|underskott", lead, re.I)
    if (
        called is None
        or any(_OF_INCOME.search(text) for _, text in pair)
        or len(spent) != 1
        or len(given) != 1
        or spent[0].value == given[0].value
    ):
        return None
    real = "överskott" if given[0].value > spent[0].value else "underskott"
    return None if called[0].lower() == real else (called[0].lower(), real)


def _lead(said: Said) -> str:
    """The three words before a number."""
    return " ".join(_WORD.findall(said.sentence[: said.quantity.number.start])[-3:])


def last_place(said: Said) -> float:
    """What the last printed place of an amount is worth, in kr."""
    digits = re.search(r"\d[\d \u00a0]*(?:[.,]\d+)?", said.quantity.raw)
    printed = float(re.sub(r"[ \u00a0]", "", digits[0]).replace(",", ".")) if digits else 0.0
    scale = abs(said.value) / printed if printed else 1.0
    return float(scale * 10.0**-said.quantity.number.decimals)


def _money(kr: float) -> str:
    return f"{kr / 1000:,.0f} tkr".replace(",", "\u00a0")
