"""What an indicator's own analysis says of each cell of its row: last year's, the target, men's and women's.

A number that is some cell of the row is taken to be that cell: only one that is none of them is held against
the cell that its words point at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from vbdata.extract.grammar import VALUES
from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.quantities import clause_of
from vbdata.validate.levels import names_of, narrowed
from vbdata.validate.said import Said

Row = dict[str, Any]
#: An indicator's cells that a number of a text may stand for, the likeliest first.
CELLS = VALUES
_TARGETS, _OUTCOMES = CELLS[4:], CELLS[:4]
SEXES = {"men": "value_men", "women": "value_women"}
_WORD = re.compile(r"[^\W\d_][\w-]*")
_SEX = re.compile(
    r"\b(?:(?P<men>män(?:nen)?s?|pojk(?:ar(?:na)?s?|en)?|herrar(?:nas?)?|killar(?:nas?)?)"
    r"|(?P<women>kvinn(?:or(?:na)?s?|an)?|flick(?:or(?:na)?s?|an)?|tjejer(?:nas?)?|damer(?:nas?)?))\b",
    re.I,
)
_THAN = re.compile(r"\bän\b", re.I)
_LAST = re.compile(r"\b(?:förra|föregående|i\s+fjol|fjol\w*|innan|tidigare)\b", re.I)
_MORE = frozenset(["högre", "högst", "större", "störst", "fler", "flest", "mer", "mest", "oftare", "oftast"])
_LESS = frozenset(["lägre", "lägst", "mindre", "minst", "färre", "färst", "sällan"])
_COMPARED = re.compile(r"\b(?:mot|än|(?:att\s+)?jämför\w*\s+med)\s+$", re.I)
_ROSE = re.compile(
    r"\b(?:ök(?:at|ade|ar|ning\w*)|steg|stigit|höj(?:ts|des|t|de|ning\w*)|minsk(?:at|ade|ar|ning\w*)|sjönk|sjunkit"
    r"|sänk(?:ts|tes|t|te|ning\w*)|gått\s+(?:upp|ned|ner)|gick\s+(?:upp|ned|ner)|förbättr\w+|försämr\w+"
    r"|skillnad\w*)(?:\s+(?:är|var|blev))?(?:\s+(?:med|på|om))?\s*$",
    re.I,
)
_THAN_BEFORE = re.compile(
    r"\s*(?:enheter\s+)?(?P<how>högre|lägre|bättre|sämre|fler|färre|större|mindre|mer|upp|ned|ner|[^\W\d_]{3,}are)\b",
    re.I,
)
_FROM_TARGET = re.compile(
    r"\s*(?:(?:bättre|sämre|högre|lägre|mer|mindre)\s+än|under|över|från)\s+(?:\w+\s+)?(?:års)?mål\w*\b", re.I
)
#: Words of going up or down, and of comparing, that are of no subject.
_WAYS = frozenset(
    [
        "gått",
        "gick",
        "upp",
        "ned",
        "ner",
        "jämfört",
        "förbättrats",
        "försämrats",
        "skillnaden",
        "ser",
        "syns",
        "märks",
    ]
)
_OTHERS = re.compile(r"\b(?:nämnd|stad(?:en|s)|kf\b|kommunfullmäktige|förvaltning)", re.I)
_WERE = re.compile(r"\b(?:skulle|inte|ej)\b|\b(?:ska|kan)\s+jämföras\b", re.I)
_NEXT = re.compile(r"\b(?:nästa|kommande|framöver)\b", re.I)


def agrees(number: float, decimals: int, cell: float) -> bool:
    """A number as a text prints it may stand for a cell: less than one in its last place away.

    >>> agrees(8.0, 0, 8.6), agrees(7.0, 0, 8.6), agrees(8.6, 1, 8.64)
    (True, False, True)
    """
    return abs(number - cell) < 10.0**-decimals - 1e-9 or abs(number - cell) < 1e-9


def decimals(said: Said) -> int:
    """Decimals as printed."""
    return said.quantity.number.decimals


def in_row(said: Said, row: Row, cells: Sequence[str] = CELLS) -> bool:
    """The number is some cell of the row, of those that are asked for."""
    return any(row[cell] is not None and agrees(said.value, decimals(said), row[cell]) for cell in cells)


def of_unit(said: Said, row: Row, siblings: Sequence[Said] = ()) -> bool:
    """The number is of what the row measures; the unit may stand at another number of its sentence."""
    unit = row["measure_unit"]
    if unit == "%":
        return said.unit == "%" or (said.unit is None and any(each.unit == "%" for each in siblings))
    if unit in ("index", None):
        return said.unit in (None, "index")
    return said.unit in (None, unit) or (unit == "st" and said.unit in ("gånger", "personer", "platser"))


Difference = tuple[Said, str]


def differences(row: Row, sentences: Iterable[tuple[Said, ...]]) -> Iterator[Difference]:
    """Numbers that are no cell of the row, with the cell that they should be."""
    for found in sentences:
        for said, cell in (*_of_last_year(row, found), *_of_target(row, found), *of_sexes(row, found)):
            value = row[cell]
            told = said.exact or (
                cell == "target" and None in (said.quantity.number.low, said.quantity.number.high)
            )
            if value is not None and told and not agrees(said.value, decimals(said), value):
                yield said, cell


def _of_last_year(row: Row, found: Sequence[Said]) -> Iterator[Difference]:
    """Numbers that are told as last year's: "mot 8,1 procent i fjol", "från 8,1 till 7,4"."""
    for before, said in zip((None, *found), found, strict=False):
        if said.role in ("change", "target", "part", "whole", "respondents", "rank", "other"):
            continue
        if not of_unit(said, row, found) or in_row(said, row, _OUTCOMES) or is_by(said) or _sex_near(said):
            continue
        dated = said.quantity.period == "previous"
        if narrowed(said, names_of(row["name"]), past=True, dated=dated):
            continue
        lead = said.sentence[: said.quantity.number.start]
        against = before is not None and _COMPARED.search(lead) and _is_value(before, row)
        if said.role == "previous":
            ends = _after(found, said)
            told = ends is None or not _FROM.search(lead) or _is_value(ends, row)
        else:
            told = said.quantity.period == "previous" and not _THAN.search(lead)
            told = told or bool(against and _LAST.search(said.sentence))
        if told:
            yield said, "value_previous"


_FROM = re.compile(r"\bfrån\s+$", re.I)


def _after(found: Sequence[Said], said: Said) -> Said | None:
    return next((two for one, two in pairwise(found) if one is said), None)


def _is_value(said: Said, row: Row) -> bool:
    return row["value"] is not None and agrees(said.value, decimals(said), row["value"])


def _of_target(row: Row, found: Sequence[Said]) -> Iterator[Difference]:
    for said in found:
        if said.role != "target" or not of_unit(said, row) or in_row(said, row, _TARGETS):
            continue
        told = (
            uses(word)
            for word in _WORD.findall(_WERE.sub(" ", clause_of(said.sentence, said.quantity.number)))
        )
        if said.quantity.period not in (None, "year") or _NEXT.search(said.sentence):
            continue
        if any("unsure" in each for each in told):
            continue
        if not (_OTHERS.search(said.sentence) or is_by(said)) and _ends(said, names_of(row["name"])):
            yield said, "target"


def _ends(said: Said, wanted: frozenset[str]) -> bool:
    """What follows the number tells of nothing but what the row measures: no "målet på 90 % trygghet"."""
    after = re.match(r"\s*([^\W\d_][\w-]*)", said.sentence[said.quantity.number.end :])
    verb = after is not None and after[1].endswith(("des", "ts", "as", "nås", "lls"))
    return after is None or verb or stem(after[1]) in wanted or bool(uses(after[1].casefold()))


# ------------------------------------------------------------------------------------ the sexes


def of_sexes(row: Row, found: Sequence[Said]) -> Iterator[Difference]:
    """Numbers that are told of men or of women: "8 procent för män", "männens frånvaro var 8 procent"."""
    if not found or row["value_men"] is None or row["value_women"] is None:
        return
    sentence = found[0].sentence
    spans = list(_SEX.finditer(sentence))
    if not spans or _LAST.search(sentence):
        return
    numbers = [
        said for said in found if of_unit(said, row, found) and said.role != "change" and not is_by(said)
    ]
    for span in spans:
        said = _number_of(span, spans, numbers)
        if said is not None:
            yield said, SEXES[str(span.lastgroup)]


def _number_of(span: re.Match[str], spans: Sequence[re.Match[str]], numbers: Sequence[Said]) -> Said | None:
    """The number just before "för män", or else the one that follows the sex before the other is named."""
    text = span.string
    for said in numbers:
        number = said.quantity.number
        if number.end <= span.start() and said.unit == "%":
            between = text[number.end : span.start()]
            if re.fullmatch(r"\s*(?:för|bland|hos|av)\s+(?:(?:de|våra)\s+)?", between, re.I):
                return said
    end = min((each.start() for each in spans if each.start() > span.start()), default=len(text))
    after = [said for said in numbers if span.end() <= said.quantity.number.start < end]
    if len(after) != 1 or re.search(r"[;:.]|\d", text[span.end() : after[0].quantity.number.start]):
        return None
    tail = text[after[0].quantity.number.end : end]
    own = re.fullmatch(r"\s*(?:för|bland|hos|av)\s+(?:(?:de|våra)\s+)?", tail, re.I)
    return None if own and end < len(text) else after[0]


def _sex_near(said: Said) -> bool:
    return _SEX.search(clause_of(said.sentence, said.quantity.number)) is not None


def names_both_sexes(sentence: str) -> bool:
    """The sentence speaks of men and of women."""
    return len({each.lastgroup for each in _SEX.finditer(sentence)}) == len(SEXES)


def sexes_turned(sentence: str, row: Row, wanted: frozenset[str]) -> tuple[str, str] | None:
    """The sex that a sentence says has more, and the other, where the row says the opposite.

    >>> row = {"value_men": 6.0, "value_women": 8.0, "better": "lower", "name": "Sjukfrånvaro"}
    >>> sexes_turned("Frånvaron är högst bland männen.", row, names_of("Sjukfrånvaro"))
    ('män', 'kvinnor')
    """
    men, women = row["value_men"], row["value_women"]
    spans = list(_SEX.finditer(sentence))
    if men is None or women is None or men == women or not spans or _LAST.search(sentence):
        return None
    than = _THAN.search(sentence)
    if than:
        before = [each for each in spans if each.end() <= than.start()]
        after = [each for each in spans if each.start() >= than.end()]
        if not before or not after or before[-1].lastgroup == after[0].lastgroup:
            return None
        first, words = str(before[-1].lastgroup), _WORD.findall(sentence[: than.start()])
    elif len(spans) == 1:
        words = _WORD.findall(sentence)
        if not re.search(
            r"\b(?:högst|störst|lägst|minst)\b(?:\s+\w+)?\s+(?:bland|hos|för)\s+(?:de\s+)?$",
            sentence[: spans[0].start()],
            re.I,
        ):
            return None
        first = str(spans[0].lastgroup)
    else:
        return None
    way = _way(words, row, wanted)
    if way is None or not _is_of(words, wanted):
        return None
    most = first if way == "up" else next(sex for sex in SEXES if sex != first)
    if (men > women) == (most == "men"):
        return None
    return ("män", "kvinnor") if most == "men" else ("kvinnor", "män")


def _way(words: Sequence[str], row: Row, wanted: frozenset[str]) -> str | None:
    """Whether what is compared is more or less of what the row measures."""
    low = [word.casefold() for word in words]
    ways = {way for way, told in (("up", _MORE), ("down", _LESS)) if told & set(low)}
    if not ways and row["better"] and {"bättre", "sämre", "bäst", "sämst"} & set(low):
        return "up" if ({"bättre", "bäst"} & set(low) != set()) == (row["better"] == "higher") else "down"
    if not ways and any(word.endswith("are") and stem(word[:-3]) in wanted for word in low):
        return "up"
    return ways.pop() if len(ways) == 1 else None


def _is_of(words: Sequence[str], wanted: frozenset[str]) -> bool:
    """The words are of what the row measures: one is its name's, or the last part of one."""
    return any(
        stem(word) in wanted
        or (word.endswith("are") and stem(word[:-3]) in wanted)
        or (len(stem(word)) > 6 and any(name.endswith(stem(word)) for name in wanted))
        or bool(uses(word) & {"outcome"})
        for word in map(str.casefold, words)
    )


# ------------------------------------------------------------------------------------ changes


def is_by(said: Said) -> bool:
    """The number tells by how much something differs, not what it is: "4 procent lägre än i fjol"."""
    number = said.quantity.number
    return bool(
        said.role == "change"
        or _THAN_BEFORE.match(said.sentence, number.end)
        or _FROM_TARGET.match(said.sentence, number.end)
        or _ROSE.search(said.sentence[: number.start])
    )


def _of_the_row(said: Said, row: Row) -> bool:
    """What has changed is what the row measures, this year and not perhaps."""
    wanted = names_of(row["name"])
    passed = {"outcome", "own", "small", "joins", "up", "down", "now", "previous"}
    subject = said.quantity.subject or ""
    told = [uses(word) for word in _WORD.findall(clause_of(said.sentence, said.quantity.number))]
    return not any("unsure" in each or "next" in each for each in told) and all(
        stem(word) in wanted or uses(word) & passed or _is_of([word], wanted) or word.casefold() in _WAYS
        for word in _WORD.findall(subject)
    )


def points_said(row: Row, found: Sequence[Said]) -> Iterator[tuple[Said, str]]:
    """Changes in per cent that are the difference in points: each with the cell that it is from."""
    if row["measure_unit"] != "%" or row["value"] is None:
        return
    for said in found:
        if said.unit != "%" or not said.exact or not is_by(said) or not _of_the_row(said, row):
            continue
        target = _FROM_TARGET.match(said.sentence, said.quantity.number.end)
        for cell in ("target",) if target else ("value_previous",):
            held, value = row[cell], row["value"]
            if not held or held == value:
                continue
            points, slack = abs(value - held), 0.5 * 10.0 ** -decimals(said) + 1e-9
            relative = 100 * points / abs(held)
            if abs(said.value - points) <= slack < abs(said.value - relative):
                yield said, cell
