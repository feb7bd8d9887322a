"""Shares that the counts of their text cannot give.

A share is possible when some whole number of the stated ones gives it as printed (the GRIM test of Brown and
Heathers, 2017).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import alike, quote
from vbdata.language.quantities import clause_of
from vbdata.normalise.noted import Noted
from vbdata.validate.cells import CELLS
from vbdata.validate.checks.goals import short_name
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.expected import about, shared, stems
from vbdata.validate.said import (
    FRACTION,
    FRACTIONS,
    Said,
    doubt,
    of_indicators,
    parts_of,
    sentence_before,
    shown,
    whole_numbers,
    with_before,
)

_WORD = re.compile(r"[^\W\d_]+")
_JOINED = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s*[(,–=]*\s*(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså|motsvarar|eller"
    r"|vilket\s+(?:är|var|motsvarar|motsvarade|ger|gav|blir|blev|innebär)(?:\s+en\s+\w+\s+på)?)?"
    r"\s*(?:(?:i|för|hos|vid|på)\s+)?(?:cirka|ca)?\s*\(?\s*$",
    re.I,
)
#: Words that say outright that what follows is the same in per cent, whatever stands before them.
_THAT_IS = re.compile(
    r"[^.;:()\d]*[,(–]\s*(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså|motsvarande|eller"
    r"|vilket\s+(?:är|var|motsvarar|motsvarade|ger|gav|blir|blev|innebär))"
    r"(?:\s+en\s+\w+\s+på)?\s*(?:(?:i|för|hos|vid|på)\s+)?(?:cirka|ca)?\s*$",
    re.I,
)
_SEX = re.compile(r"\s+(?:kvinnor|män|flickor|pojkar|killar|tjejer)\b", re.I)
#: What the shares are of: those of one result, such as who is pleased, are parts of no whole.
_OF_ALL = re.compile(r"^(?:av|bland)\b|\bbestår av\b|\bfördela", re.I)
_AND = re.compile(r"\s+[^\W\d_]+\s*(?:,|och|samt|respektive)\s+", re.I)
_ASIDE = re.compile(r"[^\S\n]*(?:[^\W\d_]+\s*){0,3}[,(–]\s*$")
_ANSWER = re.compile(r"\bsvara(?:de|t)\b|\btillfråga|\bbesvara", re.I)
_NO = re.compile(r"\b(?:inte|ej|ingen|inga|aldrig)\b", re.I)
_NOT_OF_THEM = re.compile(
    r"\b(?:svarsfrekvens\w*|stad\w*|stadsdel\w*|förra|föregående|fjol\w*|tidigare|mål\w*|snitt\w*|av\s+(?:alla|samtliga)"
    r"|öka\w*|minska\w*|män\w*|kvinn\w*|pojk\w*|flick\w*|20\d\d)\b",
    re.I,
)
_SVARA = re.compile(r"\bsvara", re.I)
_IS_SHARE = re.compile(
    r"(?:^|[,;]\s*)(?:årets\s+)?(?P<what>[^\W\d_]{4,})\s+(?:är|var|motsvarar|motsvarade|utgör|utgjorde|blev)\s+$",
    re.I,
)
_OF_WHAT = re.compile(
    r"\s+av\s+(?:de\s+|våra\s+|enhetens\s+|årets\s+|samtliga\s+)?(?P<what>[^\W\d_]{4,})\s*[.,]", re.I
)
_IS = re.compile(
    r"\s*[,(–]?\s*(?:som\s+|vilket\s+)?(?:är|var|motsvarar|motsvarade|utgör|utgjorde|eller|alltså)?\s*", re.I
)
_OF_AMOUNT = re.compile(r"\s+av\s+(?:\w+\s+){0,3}", re.I)
#: What follows those that a share is of: who they are, or what they say.
_FOLLOWS = re.compile(r"\b(?:som|att)\b|[,;:]")
_FRACTION_ONLY = re.compile(r"(?:(?:en|två|tre|fyra)\s+)?(?:hälften|\w+del(?:ar)?)", re.I)
#: How far "knappt hälften" may be from half, and half from what few can be divided in, in per cent.
ROUGHLY = 6.0
#: Answers of which not every whole per cent is a share.
FEW_ANSWERS = 30
_SHARE_WORD = re.compile(r"\bsvarsfrekvens|\bandel(?:en)?\b", re.I)
_RATE = re.compile(r"\bsvarsfrekvens", re.I)
_FROM_ALL = re.compile(r"\s*(?:svar|enkäter|svarande)?\s*(?:från|av|på|bland)\s+(?:totalt\s+)?$", re.I)
_OVER = re.compile(
    r"budget|\bmål|beläggning|nyttjande|mer\b|högre|ökn|öka|jämfört|\bän\b|överskr|tjänst|\blön", re.I
)


@check
def answers_before(rows: Rows) -> Iterator[Noted]:
    """A share that few who answered cannot give: "Åtta svarade. 90 procent är nöjda"."""
    for found, before in with_before(rows):
        few = [said for said in before if _ANSWER.search(said.sentence)]
        if (
            len(found) != 1
            or len(few) != 1
            or len(before) != 1
            or sentence_before(rows, found[0]) != few[0].sentence
        ):
            continue
        (said,), whole = found, few[0]
        told = said.unit == "%" and said.exact and said.role == "level" and not said.quantity.direction
        own = said.quantity.period in (None, "year") and whole.unit in (None, "personer", "svar")
        if told and own and whole.value <= FEW_ANSWERS and not _NOT_OF_THEM.search(said.sentence):
            yield from _impossible(rows, said, whole)


@check
def share_differs(rows: Rows) -> Iterator[Noted]:
    """Shares that the counts beside them cannot give, sentence by sentence."""
    earlier: list[Said] = []
    for said, before in with_before(rows):
        if earlier and earlier[-1].row["text_row_id"] != said[0].row["text_row_id"]:
            earlier = []
        yield from _shares(rows, said, before)
        yield from _share_of_named(rows, said, earlier)
        earlier.extend(said)


def _share_of_named(rows: Rows, found: Sequence[Said], earlier: Sequence[Said]) -> Iterator[Noted]:
    """What one amount is of another, both told before: "Hyran är 15 procent av intäkterna"."""
    for said in found if earlier else ():
        after = _OF_WHAT.match(said.sentence, said.quantity.number.end)
        lead = _IS_SHARE.search(said.sentence[: said.quantity.number.start])
        if said.unit != "%" or after is None or lead is None:
            continue
        part, whole = (_told_as(earlier, noun) for noun in (lead["what"], after["what"]))
        if part and whole and part.unit == whole.unit and 0 < part.value <= whole.value:
            yield from _share_differs(rows, said, part, whole)


def _told_as(found: Sequence[Said], noun: str) -> Said | None:
    """The one number that is told of what a noun names: "intäkterna blev 40 mnkr", "ett underskott på 2"."""
    told = [
        said
        for said in found
        if said.unit in ("kr", "timmar") and said.exact and said.role in ("level", "whole")
        if any(alike(noun.casefold(), word.casefold()) for word in _lead(said))
    ]
    return told[0] if len(told) == 1 else None


def _lead(said: Said) -> list[str]:
    """The three words before a number."""
    return _WORD.findall(said.sentence[: said.quantity.number.start])[-3:]


def _shares(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """Shares that the counts beside them cannot give, and shares above all there is."""
    for i, said in enumerate(found):
        if said.unit != "%":
            continue
        if _is_of_all(said) and said.value > 100 and said.exact and not _OVER.search(said.sentence):
            yield doubt(rows, "share_differs", said, _share_words(said, "är mer än hela antalet"))
            continue
        for part, whole in ((i + 1, i + 2), (i - 2, i - 1), (i - 1, i - 2)):
            if min(part, whole) >= 0 and whole < len(found):
                yield from _share_of_pair(rows, said, found[part], found[whole])
        if i and found[i - 1].role == "part" and (i < 2 or found[i - 2].role != "whole"):
            yield from _share_of_before(rows, said, found[i - 1], before)
        yield from _share_of_amounts(rows, found, i)
        if said.role == "share" and i + 1 < len(found) and found[i + 1].role == "whole":
            yield from _impossible(rows, said, found[i + 1])


def _share_of_amounts(rows: Rows, found: Sequence[Said], at: int) -> Iterator[Noted]:
    """A share between two amounts: "2 mnkr, en fjärdedel av budgeten på 6 mnkr"."""
    part, said, whole = ((found[k] if 0 <= k < len(found) else None) for k in (at - 1, at, at + 1))
    if part is None or said is None or whole is None or not part.unit == whole.unit == "kr":
        return
    between = said.sentence[part.quantity.number.end : said.quantity.number.start]
    of = said.sentence[said.quantity.number.end : whole.quantity.number.start]
    if _IS.fullmatch(between) and _OF_AMOUNT.fullmatch(of) and 0 < part.value <= whole.value:
        yield from _share_differs(rows, said, part, whole)


def _is_of_all(said: Said) -> bool:
    """It is a share of all there is: told as one, or called a share or the rate of answers."""
    called = (
        said.role == "level"
        and not said.quantity.direction
        and _SHARE_WORD.search(clause_of(said.sentence, said.quantity.number))
    )
    return said.role == "share" or bool(called)


def _share_of_before(rows: Rows, said: Said, part: Said, before: Sequence[Said]) -> Iterator[Noted]:
    """Of all that the sentence before counts: "Vi har 40 planer. 30 av planerna, 80 procent, är klara"."""
    noun = re.match(
        r"\s*(?:[^\W\d_]+\s+)?av\s+(?:de\s+)?([^\W\d_]{3,})", said.sentence[part.quantity.number.end :]
    )
    between = said.sentence[part.quantity.number.end : said.quantity.number.start]
    if said.role == "share" or noun is None or not (_ASIDE.fullmatch(between) or _THAT_IS.fullmatch(between)):
        return
    root = stem(noun[1])
    wholes = [each for each in before if any(head.endswith(root) for head in each.quantity.heads[:2])]
    if len(wholes) != 1 or not whole_numbers((part, wholes[0])) or part.value > wholes[0].value:
        return
    if wholes[0].unit not in (None, "personer", "platser", "svar") or wholes[0].role not in (
        "level",
        "whole",
    ):
        return
    yield from _share_differs(rows, said, part, wholes[0])


def _share_of_pair(rows: Rows, said: Said, part: Said, whole: Said) -> Iterator[Noted]:
    if not whole_numbers((part, whole)) or not whole.value:
        return
    if (part.role, whole.role) != ("part", "whole") and not _answers_of(said, part, whole):
        return
    after = said.quantity.number.start > whole.quantity.number.start
    if after and said.role == "share":  # "3 av 12 hus, 40 procent av ytan"
        return
    near = max((part, whole), key=_start) if after else min((part, whole), key=_start)
    numbers = (near, said) if after else (said, near)
    between = said.sentence[numbers[0].quantity.number.end : numbers[1].quantity.number.start]
    joined = _JOINED.fullmatch(between) or (after and _THAT_IS.fullmatch(between))
    if joined and said.role not in ("target", "change", "previous"):
        yield from _share_differs(rows, said, part, whole)


def _start(said: Said) -> int:
    return said.quantity.number.start


def _answers_of(said: Said, part: Said, whole: Said) -> bool:
    """The rate of answers with its numbers: "Svarsfrekvensen var 75 procent, 60 svar från 80 enkäter"."""
    lead = said.sentence[: said.quantity.number.start]
    one, two = part.quantity.number, whole.quantity.number
    if not _RATE.search(lead) or not said.quantity.number.end <= one.start < two.start:
        return False
    return bool(_FROM_ALL.fullmatch(said.sentence[one.end : two.start])) and not {part.role, whole.role} & {
        "previous", "target", "other",
    }  # fmt: skip


def _share_differs(rows: Rows, said: Said, part: Said, whole: Said) -> Iterator[Noted]:
    share = 100 * part.value / whole.value
    if share > 100 or _is_share(said, share):
        return
    what = f"går inte ihop med {part.quantity.raw} av {whole.quantity.raw}, som är {shown(share)}\u00a0%"
    yield doubt(rows, "share_differs", said, _share_words(said, what), whole)


@check
def sexes_exceed(rows: Rows) -> Iterator[Noted]:
    """Shares of women and of men that are more than all: "62 procent kvinnor och 48 procent män"."""
    for found, _ in with_before(rows):
        for one, two in pairwise(found):
            between = one.sentence[one.quantity.number.end : two.quantity.number.start]
            sexes = _SEX.match(between), _SEX.match(two.sentence, two.quantity.number.end)
            lead = one.sentence[: one.quantity.number.start]
            told = (
                one.unit == two.unit == "%"
                and all(sexes)
                and _AND.fullmatch(between)
                and _OF_ALL.search(lead)
            )
            if told and one.value + two.value > 101:
                what = f"och {two.quantity.raw} blir tillsammans {shown(one.value + two.value)}\u00a0%"
                yield doubt(rows, "share_differs", one, _share_words(one, what), two)


@check
def answers_cannot_give(rows: Rows) -> Iterator[Noted]:
    """An indicator's share that no whole number of those who, by its analysis, answered is."""
    told = of_indicators(rows)
    for row in rows["indicators"]:
        value = row["value"]
        sentences = [found for found in told.get(row["row_id"], ()) if _SVARA.search(found[0].sentence)]
        if row["measure_unit"] != "%" or value is None or len(sentences) != 1:
            continue
        said = _answered(sentences[0])
        if said is None or not 0 < said.value <= FEW_ANSWERS:
            continue
        printed = row["value_raw"].partition(",")[2]
        slack = 10.0 ** -len(re.match(r"\d*", printed)[0])  # type: ignore[index]
        nearest = [int(value * said.value / 100) + step for step in (0, 1)]
        if any(abs(100 * count / said.value - value) < slack for count in nearest):
            continue
        low, high = (f"{shown(100 * count / said.value)}\u00a0%" for count in nearest)
        what = (
            f"kan inte vara en andel av {said.quantity.raw} som svarat: närmast möjliga är {low} och {high}"
        )
        words = {"said": row["value_raw"], "what": what, "quote": quote(said.sentence)}
        yield doubt(rows, "share_differs", said, words)


@check
def counts_give_another(rows: Rows) -> Iterator[Noted]:
    """An indicator's share beside the counts of its own analysis: 95 %, "11 av 12 boende deltar"."""
    of_row = of_indicators(rows)
    for row in rows["indicators"]:
        if row["measure_unit"] == "%" and row["value"] is not None:
            yield from _counts_of(rows, row, of_row.get(row["row_id"], ()))


def _counts_of(rows: Rows, row: Row, sentences: Sequence[tuple[Said, ...]]) -> Iterator[Noted]:
    """The one part and whole of the analysis that are of what the indicator measures, this year."""
    pairs = [
        (part, whole)
        for found in sentences
        for part, whole in parts_of(found)
        if whole_numbers((part, whole)) and not _ANSWER.search(part.sentence)
    ]
    if len(pairs) != 1:
        return
    part, whole = pairs[0]
    asked = about(short_name(row["name"]))
    own = part.quantity.period in (None, "year") and part.unit != "%"
    same = asked and 2 * shared(asked, stems(part.sentence)) >= len(asked)
    if not own or not same or not 0 < part.value <= whole.value or _NO.search(part.sentence):
        return
    if any("target" in uses(word) for word in _WORD.findall(part.sentence)):
        return
    share, cells = 100 * part.value / whole.value, [row[cell] for cell in CELLS if row[cell] is not None]
    if any(abs(share - cell) < 1 for cell in cells):
        return
    what = f"går inte ihop med {part.quantity.raw} av {whole.quantity.raw}, som är {shown(share)}\u00a0%"
    words = {"said": row["value_raw"], "what": what, "quote": quote(part.sentence)}
    yield doubt(rows, "share_differs", part, words, whole)


def _answered(found: Sequence[Said]) -> Said | None:
    """How many answered: "svarade 7 av 12", "av 12 tillfrågade svarade 7", "har 7 av 12 svarat"."""
    pairs = list(parts_of(found))
    if len(found) != 2 or not whole_numbers(found) or not pairs:
        return None
    part, whole = pairs[0]
    if "%" in (part.unit, whole.unit) or part.value > whole.value:
        return None
    before, after = sorted(found, key=_start)
    between = part.sentence[before.quantity.number.end : after.quantity.number.start]
    around = part.sentence[: before.quantity.number.start], part.sentence[after.quantity.number.end :]
    asked = re.compile(r"\bsvarade\s*$", re.I).search(around[0]) or re.match(
        r"\s*(?:[^\W\d_]+\s+)?(?:har\s+)?svara(?:t|de|r)\b", around[1], re.I
    )
    if re.match(r"\s*som\s+svara", between, re.I):
        return whole
    return part if asked or re.search(r"\bsvarade(?:\s+(?:bara|endast))?\s*$", between, re.I) else None


def _impossible(rows: Rows, said: Said, whole: Said) -> Iterator[Noted]:
    """No whole number of them is that share."""
    after = _FOLLOWS.split(said.sentence[whole.quantity.number.end :], maxsplit=1)[0]
    around = said.sentence[: whole.quantity.number.end] + after
    unsure = any("unsure" in uses(word) for word in _WORD.findall(around))
    told = said.exact or _FRACTION_ONLY.fullmatch(said.quantity.raw)
    if unsure or not (told and whole_numbers((whole,)) and 0 < whole.value <= 1000):
        return
    nearest = [int(said.value * whole.value / 100) + step for step in (0, 1)]
    near = [100 * count / whole.value for count in nearest]
    if any(
        _is_share(said, share) or (not said.exact and abs(share - said.value) <= ROUGHLY) for share in near
    ):
        return
    low, high = (f"{shown(100 * count / whole.value)}\u00a0%" for count in nearest)
    what = f"går inte ihop med {whole.quantity.raw}: närmast möjliga är {low} och {high}"
    yield doubt(rows, "share_differs", said, _share_words(said, what), whole)


def _is_share(said: Said, share: float) -> bool:
    """The share as printed may stand for this one, cut or rounded."""
    number = said.quantity.number
    if FRACTION.search(said.quantity.raw):
        roughly = _FRACTION_ONLY.fullmatch(said.quantity.raw) is None
        return abs(share - number.value) <= (ROUGHLY if roughly else FRACTIONS)
    if not number.exact:
        return (number.low or 0.0) - 1 <= share <= (number.high or 100.0) + 1
    return abs(share - number.value) < 10.0**-number.decimals - 1e-9 or abs(share - number.value) < 1e-9


def _share_words(said: Said, what: str) -> dict[str, str]:
    return {"said": said.quantity.raw, "what": what, "quote": quote(said.sentence)}
