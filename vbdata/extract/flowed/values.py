"""The end of a flowed row: its values and its period, and which columns the values can stand in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vbdata.vocabulary import key

_UNIT = (
    r" ?%|(?: (?:st|kr|mnkr|tkr|procent|index|timmar|dagar)\b)|"
    r" ?kg(?: CO ?2e?(?: ?(?:/|per)(?: ?kg(?: livsmedel)?)?)?)?"
)
VALUE = (
    rf"(?:[-−–]?\d+(?:[.,]\d+)?(?:{_UNIT})?|[Öö]kar?|[Mm]inskar?|"
    r"Tas(?: fram(?: av(?: n ?ä ?m ?n ?d(?: ?/ ?[a-z]+)?)?)?)?)"
)
PERIOD = r"(?:(?:VB|T1|T2|Tertial [12]) )?20\d\d|År|Tertial|Halvår|Kvartal|Månad"
_HALF = r"VB|T1|T2"
_PERIOD_END = re.compile(rf"(?:^|\s)({PERIOD}|{_HALF})$")
_VALUE_END = re.compile(rf"(?:^|\s)({VALUE})$")
_WHOLE = ("Tas fram av nämnd", "Tas fram av nämnd/styrelse")
_WEIGHT = ("kg CO2 per kg livsmedel", "kg CO2 per kg", "kg CO2")


def row_end(text: str) -> tuple[str, list[str], str] | None:
    """A row's words as (name, values, period); None where they do not end in a period.

    >>> row_end("Andel nöjda 85 % 80 % VB 2023")
    ('Andel nöjda', ['85 %', '80 %'], 'VB 2023')
    """
    found = _PERIOD_END.search(text)
    if not found:
        return None
    head = text[: found.start()].rstrip()
    values: list[str] = []
    while value := _VALUE_END.search(head):
        values.insert(0, value[1])
        head = head[: value.start()].rstrip()
    return head, values, found[1]


def is_half(period: str) -> bool:
    """A period whose year stands on the next line."""
    return bool(re.fullmatch(_HALF, period))


def may_be_of_value(word: str) -> bool:
    """A word that may be the rest of a value or a period that wraps in its column."""
    letters = key(word)
    phrases = ("tasframavnamndstyrelse", "kgco2eperkglivsmedel", "kgco2perkglivsmedel")
    year = bool(re.fullmatch(r"20\d\d", word))
    return not letters or year or any(letters in phrase for phrase in phrases)


def completed(values: Sequence[str], rest: Sequence[str]) -> list[str] | None:
    """Values with what wraps below them; None where the words left over are not just that.

    Which words belong to which value is told by the letters that all of them lack together.
    """
    if not rest:
        return list(values)
    left = Counter("".join(key(word) for word in rest))
    for rule in _WHOLE:
        for weight in _WEIGHT:
            whole = [_whole(value, rule, weight) for value in values]
            lacking = Counter("".join(key(text) for text in whole))
            lacking.subtract(Counter("".join(key(value) for value in values)))
            if +lacking == left and not -lacking:
                return whole
    return None


def _whole(value: str, rule: str, weight: str) -> str:
    if value.startswith("Tas"):
        return rule if key(rule).startswith(key(value)) else value
    number, space, unit = value.partition(" kg")
    return f"{number} {weight}" if space and key(weight).startswith(key(f"kg{unit}")) else value


def placed(values: Sequence[str], count: int, *, named: bool) -> bool:
    """Whether the values are one per column, so that each one's column is known.

    Two numbers may be one with a space in it, and a number without a unit before others that have one may
    be the end of a name, unless that is `named` by the vocabulary.
    """
    if len(values) != count:
        return False
    bare = [bool(re.fullmatch(r"[-−–]?\d+(?:[.,]\d+)?", value)) for value in values]
    for first, second, here, after in zip(values, values[1:], bare, bare[1:], strict=False):
        if here and len(first) <= 3 and re.match(r"\d{3}(?:\D|$)", second) and (after or " " in second):
            return False
    return named or not (bare[0] and any("%" in value for value in values[1:]))
