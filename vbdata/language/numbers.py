"""Numbers that a sentence states: digits or words, what they are counted in, and how exact they are.

Open-world: a word that nobody knows never voids a number. Dates, years, numbers of paragraphs, pages and
lists, and names with digits are no numbers here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from vbdata.language.inflection import stem
from vbdata.language.prose import LONGEST, NUMBER_WORDS, words_in
from vbdata.vocabulary import measure_units, quantity_words

_MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    "|jan|feb|apr|aug|sept?|okt|nov|dec"
)
_DIGITS = r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:,[0-9]+)?(?!\d)|[0-9]+(?:[.,][0-9]+)?"
_BELOW_20 = sorted(
    (w for w, n in NUMBER_WORDS.items() if n < 20 and w not in ("en", "ett")), key=len, reverse=True
)
_TENS_OF = "|".join(w for w, n in NUMBER_WORDS.items() if n >= 20 and n % 10 == 0)
_ONES = "|".join(w for w, n in NUMBER_WORDS.items() if 0 < n < 10)
_WORDS = rf"(?:{_TENS_OF})(?:{_ONES})?|{'|'.join(_BELOW_20)}"
_TENS = {"tio": 10, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "hundra": 100}
_PARTS = {"hälften": 50.0, "tredjedel": 100 / 3, "fjärdedel": 25.0, "femtedel": 20.0}
#: Words of which one is in every sentence that states a number without digits, but "en av".
_STATING = frozenset(
    [*NUMBER_WORDS, *_PARTS, *(f"{part}ar" for part in _PARTS), "halv"]
    + [f"{ten}{ending}" for ten in _TENS for ending in ("tal", "talet")]
) - {"en", "ett"}
#: Their first letters, asked for first.
_FIRST = "".join(sorted({word[0] for word in (*_STATING, "en")}))
#: Numbers in digits, and in words: of a sentence in lower case.
_PRINTED = re.compile(
    rf"(?=[0-9])(?<![\w§.,/:+-])(?<!\d\()(?:(?P<low>{_DIGITS})\s?[-–—]\s?(?P<high>{_DIGITS})|(?P<digits>{_DIGITS}))"
    r"(?P<order>:[ea]\b)?(?P<tal>[-–]tal(?:et)?\b)?(?P<ig>[ -]?procentig\w*)?(?![.:/]?\d|\(|[:/]\w)"
)
_SPELT = re.compile(
    rf"\b(?=[{_FIRST}])(?<!-)(?:(?P<word>{_WORDS})(?:\s+och\s+en\s+(?P<half>halv))?(?![\w-])(?!\s+(?:tredje|fjärde|femte)del)"
    rf"|(?:ett\s+)?(?P<ten>{'|'.join(_TENS)})tal(?:et)?(?![\w-])"
    rf"|(?P<one>en|ett)(?=\s+av\s)|(?:en\s+)?(?P<only_half>halv)(?=\s+procentenhet)"
    rf"|(?:(?P<times>en|två|tre|fyra)\s+)?(?P<part>{'|'.join(_PARTS)})(?:ar)?(?![\w-]))"
)
_ONE_OF = re.compile(r"e(?<![\w-]e)(?:n|tt)\s+av\s")
_AFTER = re.compile(r"[ \u00a0]?(%-?\w*|[^\W\d_][\w-]*)")
_NAMES_NUMBER = 2
"""Digits of the number that a name ends in: "Granens stödboende 12"."""
_LAST_WORD = re.compile(r"([^\W\d_][\w-]*\.?)[^\w,;]{0,2}$")
_DATE_AFTER = re.compile(rf"\s+(?:{_MONTHS})\b|\s*(?:§|kap\b)|:e\s+(?:{_MONTHS})", re.I)
_LIST = re.compile(r"\(?\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence, from `start` to `end`, its measure unit and bounds among the words.

    `value` is in the measure unit's own size (kr, not tkr), `factor` times as printed; `decimals`
    as printed; `noun` is the word after it, where there is one; `rank` tells "3:e".
    """

    start: int
    end: int
    value: float
    low: float | None
    high: float | None
    decimals: int
    measure_unit: str | None
    noun: str | None
    rank: bool = False
    factor: int = 1

    @property
    def exact(self) -> bool:
        return self.low is None and self.high is None


@lru_cache(maxsize=4096)
def may_state(sentence: str) -> bool:
    """Whether a sentence may state a number: cheap.

    >>> may_state("Alla trivs."), may_state("Tre trivs.")
    (False, True)
    """
    return any(map(sentence.__contains__, "0123456789")) or _SPELT.search(_lower(sentence)) is not None


def signs(text: str) -> frozenset[str]:
    """Digits and words of which one is in every sentence of a text that states a number; most have none."""
    words = words_in(text)
    found = _STATING & words | {digit for digit in "0123456789" if digit in text}
    if "av" in words and ("en" in words or "ett" in words) and _ONE_OF.search(text.lower()):
        return found | {"en", "ett"}
    return found


def _lower(sentence: str) -> str:
    """A sentence in lower case, as long as it was."""
    return sentence.replace("İ", "i").lower()


@lru_cache(maxsize=1024)
def numbers_in(sentence: str) -> tuple[Number, ...]:
    """The numbers of a sentence, in order.

    >>> [(n.value, n.measure_unit) for n in numbers_in("Tre av 40 svarade, drygt 7,5 %, för 1,2 mnkr.")]
    [(3.0, None), (40.0, None), (7.5, '%'), (1200000.0, 'kr')]
    >>> numbers_in("Agenda 2030 och Covid-19 togs upp den 3 maj 2025 enligt 9 § LSS i system 2c8.")
    ()
    """
    if len(sentence) > LONGEST:
        return ()
    low = _lower(sentence)
    printed = [(m, _in_digits(m)) for m in _PRINTED.finditer(low) if not _is_none(sentence, m)]
    spelt = [(m, _in_words(m)) for m in _SPELT.finditer(low)]
    found = [_number(sentence, match, stated) for match, stated in (*printed, *spelt)]
    return tuple(_shared_units(sentence, sorted(found, key=lambda number: number.start)))


class _Stated(NamedTuple):
    """What a number's own digits or words say of it."""

    value: float
    low: float | None = None
    high: float | None = None
    decimals: int = 0
    is_share: bool = False
    rank: bool = False


def _number(sentence: str, match: re.Match[str], stated: _Stated) -> Number:
    word = _AFTER.match(sentence, match.end())
    unit, factor, end = _unit(sentence, match.end(), word)
    if stated.is_share:
        unit, end = "%", match.end()
    low, high = _bounded(sentence, match.start(), end, stated)
    low, high = (None if each is None else each * factor for each in (low, high))
    sign = -1 if sentence[: match.start()].endswith(("minus ", "−")) else 1
    value, start = sign * stated.value * factor, _start(sentence, match.start())
    noun = word[1] if word else None
    return Number(start, end, value, low, high, stated.decimals, unit, noun, stated.rank, factor)


def _in_digits(match: re.Match[str]) -> _Stated:
    is_share, rank = bool(match["ig"]), bool(match["order"])
    if match["low"]:
        low, high = _float(match["low"]), _float(match["high"])
        return _Stated((low + high) / 2, low, high, 0, is_share, rank)
    value, decimals = _float(match["digits"]), re.split("[.,]", match["digits"])[1:]
    if match["tal"]:
        return _Stated(value, value * 0.75, value * 1.25, 0, is_share, rank)
    return _Stated(value, None, None, len("".join(decimals)), is_share, rank)


def _in_words(match: re.Match[str]) -> _Stated:
    if match["word"]:
        return _Stated(NUMBER_WORDS[match["word"]] + (0.5 if match["half"] else 0.0))
    if match["ten"]:
        value = float(_TENS[match["ten"]])
        return _Stated(value, value * 0.75, value * 1.25)
    if match["part"]:
        value = NUMBER_WORDS[match["times"] or "en"] * _PARTS[match["part"]]
        return _Stated(value, value - 1, value + 1, is_share=True)
    return _Stated(0.5, decimals=1) if match["only_half"] else _Stated(1.0)


def _float(digits: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", "."))


def _is_none(sentence: str, match: re.Match[str]) -> bool:
    """Digits that are a date, a year, a list's or paragraph's number, or part of a name."""
    text = match["digits"] or match["low"]
    if sentence.strip(" .)(–-").isdigit() or (match.start() < 2 and _LIST.match(sentence)):
        return True
    following = _AFTER.match(sentence, match.end())
    unit = unit_of(following[1]) if following else None
    if following and following[0] == following[1] and unit is None:
        return True  # a name with a digit: 2c8
    if text.isdigit() and len(text) in (4, 6, 8) and not (unit and unit[0] in ("kr", "%", "kWh", "kg")):
        if len(text) == 4 and 1900 <= int(text) <= 2100:
            return True
        if len(text) != 4 and 1 <= int(text[-4:-2]) <= 12 and 1 <= int(text[-2:]) <= 31:
            return True
    if _DATE_AFTER.match(sentence, match.end()):
        return True
    if "." in (match["digits"] or match["low"] + match["high"]) and unit is None:
        return True  # a goal's code, a version, a time of day
    return unit is None and _named(sentence, match)


def _named(sentence: str, match: re.Match[str]) -> bool:
    """The number stands after a word that is numbered, or is a small one after a name, and counts nothing."""
    before = _LAST_WORD.search(sentence, max(0, match.start() - 40), match.start())
    if before is None:
        return sentence[: match.start()].rstrip().endswith("§")
    word = before[1].rstrip(".")
    if "numbered" in uses(word):
        return True
    first = not sentence[: before.start()].strip(' –-•"”(')
    small = len(match["digits"] or match["low"]) <= _NAMES_NUMBER
    return small and word[:1].isupper() and not word.isupper() and not first


def _unit(sentence: str, end: int, word: re.Match[str] | None) -> tuple[str | None, int, int]:
    """Measure unit, factor and end of a number with its unit's word."""
    found = unit_of(word[1]) if word else None
    if word is None or found is None:
        return None, 1, end
    unit, factor = found
    end = word.end()
    if unit == "kr" and factor > 1 and (after := _AFTER.match(sentence, end)):
        own = unit_of(after[1])
        if own and own[0] == "kr":
            end = after.end()
        elif word[1].lower().startswith(("tusen", "miljon", "miljard")):
            unit = None  # type: ignore[assignment]  # a million of something else
    return unit, factor, end


def _start(sentence: str, start: int) -> int:
    """Where a number begins with its "drygt" or "ca"."""
    before = _LAST_WORD.search(sentence, max(0, start - 20), start)
    if before and uses(before[1].rstrip(".")) & {"about", "above", "below", "least", "most"}:
        return before.start(1)
    return start


def _bounded(sentence: str, start: int, end: int, stated: _Stated) -> tuple[float | None, float | None]:
    """The bounds that the words before a number set."""
    if stated.low is not None:
        return stated.low, stated.high
    value = stated.value
    before = " " + " ".join(sentence[max(0, start - 24) : start].lower().split())
    found = {use for use, ends in _endings().items() if before.endswith(ends)}
    roughly = sentence[end : end + 16].lstrip()[:7].lower() == "ungefär"
    if roughly or found & {"about", "above", "below"}:
        return (
            value if found == {"above"} else value * 0.9,
            value if found == {"below"} else value * 1.1,
        )
    if "most" in found:
        return None, value
    return (value, None) if "least" in found else (None, None)


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    words = {use: quantity_words()[use] for use in ("about", "above", "below", "least", "most")}
    return {use: tuple(f" {w}{dot}" for w in each for dot in ("", ".")) for use, each in words.items()}


def _shared_units(sentence: str, found: list[Number]) -> Iterator[Number]:
    """Numbers where the last of "80 och 90 %" or "från 3 till 5 %" gives the unit of the one before."""
    for i, number in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        if number.measure_unit is None and after is not None and after.measure_unit in ("%", "kr"):
            between = sentence[number.end : after.start].strip().lower()
            if between in ("och", "respektive", "till", "eller", "resp.", "resp", ","):
                yield _in_unit(number, after)
                continue
        yield number


def _in_unit(number: Number, after: Number) -> Number:
    """The number in the unit and the size of the one after it."""
    size = after.factor
    low, high = (None if each is None else each * size for each in (number.low, number.high))
    unit = after.measure_unit
    return replace(
        number, value=number.value * size, low=low, high=high, measure_unit=unit, noun=None, factor=size
    )


# --------------------------------------------------------------------------------- words


@lru_cache(maxsize=8192)
def unit_of(word: str) -> tuple[str, int] | None:
    """The measure unit that a word is, and what its number is multiplied by.

    >>> unit_of("procent"), unit_of("mnkr"), unit_of("deltagarna"), unit_of("dagen")
    (('%', 1), ('kr', 1000000), ('personer', 1), ('dagar', 1))
    """
    exact, endings = _units()
    word = word.casefold()
    if word in exact:
        return exact[word]
    stemmed = stem(word)
    if stemmed in exact and not word.endswith(("ade", "at")):  # no verb: "svarade"
        return exact[stemmed]
    return next((unit for ending, unit in endings if stemmed.endswith(ending) and len(ending) > 2), None)


@cache
def _units() -> tuple[dict[str, tuple[str, int]], tuple[tuple[str, tuple[str, int]], ...]]:
    exact, endings = {}, []
    for unit, factor, words in measure_units():
        for word in words:
            if word.startswith("*"):
                endings.append((stem(word[1:]), (unit, factor)))
            else:
                exact[word] = exact[stem(word)] = unit, factor
    return exact, tuple(endings)


@lru_cache(maxsize=16384)
def uses(word: str) -> frozenset[str]:
    """What a word around a number tells, by quantity_words.csv.

    >>> sorted(uses("minskades")), sorted(uses("årsmålet"))
    (['down'], ['target'])
    """
    exact, stems, beginnings = _uses()
    word = word.casefold()
    found = exact.get(word, frozenset()) | stems.get(stem(word), frozenset())
    return found | {use for start, use in beginnings if word.startswith(start)}


@cache
def _uses() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], tuple[tuple[str, str], ...]]:
    exact: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    beginnings = []
    for use, words in quantity_words().items():
        for word in words:
            if word.endswith("*"):
                beginnings.append((word[:-1], use))
                continue
            exact.setdefault(word, set()).add(use)
            if use == "target":
                stems.setdefault(stem(word), set()).add(use)
    frozen = [{word: frozenset(found) for word, found in each.items()} for each in (exact, stems)]
    return frozen[0], frozen[1], tuple(beginnings)
