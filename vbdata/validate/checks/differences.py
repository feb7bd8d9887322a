"""Changes of levels, and results of amounts, that are not the difference of the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.prose import quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.said import Said, doubt, shown, with_before

_WORD = re.compile(r"[^\W\d_]+")
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
        yield from _changes(rows, said)
        yield from _results(rows, said, before)


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
            after = said.quantity.number.start > two.quantity.number.end
            by = after and _BY.search(said.sentence[: said.quantity.number.start])
            lead = said.sentence[: said.quantity.number.start]
            told = said.role == "change" or (by and (said.unit or _is_same(said, one, lead)))
            if said.role != "target" and said.exact and told:
                yield from _change(rows, one, two, said)


def _is_same(said: Said, one: Said, lead: str) -> bool:
    """What is told after two levels, as "alltså med 15", is of what they count."""
    noun = said.quantity.number.noun
    return bool(_THAT_IS_BY.search(lead)) and (noun is None or stem(noun) in one.quantity.heads)


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
                "said": said.quantity.raw, "points": shown(told),
                "previous": one.quantity.raw, "value": two.quantity.raw,
            }  # fmt: skip
            yield doubt(rows, "percent_points", said, words, one)
            return
    elif (
        said.unit == one.unit
        or (said.unit == "procentenheter" and one.unit == "%")
        or (one.unit is None and said.unit in ("gånger", "personer", "platser", "svar"))
    ):
        if near:
            return
    else:
        return
    words = {
        "what": f"från {one.quantity.raw} till {two.quantity.raw} är skillnaden {shown(points)}, "
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
    if abs(difference - abs(said.value)) > sum(map(_last_place, amounts)) / 2 + 1:
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


def _last_place(said: Said) -> float:
    """What the last printed place of an amount is worth, in kr."""
    digits = re.search(r"\d[\d \u00a0]*(?:[.,]\d+)?", said.quantity.raw)
    printed = float(re.sub(r"[ \u00a0]", "", digits[0]).replace(",", ".")) if digits else 0.0
    scale = abs(said.value) / printed if printed else 1.0
    return float(scale * 10.0**-said.quantity.number.decimals)


def _money(kr: float) -> str:
    return f"{kr / 1000:,.0f} tkr".replace(",", "\u00a0")
