"""Numbers that a sentence states: digits or words, what they are counted in, and how exact they are.

Open-world: a word that nobody knows never voids a number. Dates, years, numbers of paragraphs, pages and
lists, and names with digits are no numbers here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from vbdata.language.inflection import stem
from vbdata.language.prose import NUMBER_WORDS
from vbdata.vocabulary import measure_units, quantity_words

_MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    "|jan|feb|apr|aug|sept?|okt|nov|dec"
)
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_BELOW_20 = sorted(
    (w for w, n in NUMBER_WORDS.items() if n < 20 and w not in ("en", "ett")), key=len, reverse=True
)
_TENS_OF = "|".join(w for w, n in NUMBER_WORDS.items() if n >= 20 and n % 10 == 0)
_ONES = "|".join(w for w, n in NUMBER_WORDS.items() if 0 < n < 10)
_WORDS = rf"(?:{_TENS_OF})(?:{_ONES})?|{'|'.join(_BELOW_20)}"
_TENS = {"tio": 10, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "hundra": 100}
_PARTS = {"hälften": 50.0, "tredjedel": 100 / 3, "fjärdedel": 25.0, "femtedel": 20.0}
_NUMBER = re.compile(
    rf"(?<![\w-])(?:(?<![§.,/:+])(?<!\d\()(?:(?P<low>{_DIGITS})\s?[-–—]\s?(?P<high>{_DIGITS})|(?P<digits>{_DIGITS}))"
    rf"(?P<order>:[ea]\b)?(?P<tal>[-–]tal(?:et)?\b)?(?P<ig>[ -]?procentig\w*)?(?![.:/]?\d|\(|[:/]\w)"
    rf"|(?P<word>{_WORDS})(?:\s+och\s+en\s+(?P<half>halv))?(?![\w-])(?!\s+(?:tredje|fjärde|femte)del)"
    rf"|(?:ett\s+)?(?P<ten>{'|'.join(_TENS)})tal(?:et)?\b"
    rf"|(?P<one>en|ett)(?=\s+av\s)|(?:en\s+)?(?P<only_half>halv)(?=\s+procentenhet)"
    rf"|(?:(?P<times>en|två|tre|fyra)\s+)?(?P<part>hälften|tredjedel|fjärdedel|femtedel)(?:ar)?\b)",
    re.IGNORECASE,
)
#: Words of which one is in every sentence that states a number without digits.
_STATING = frozenset(
    word.encode("cp1252")
    for word in (
        *(word for word in NUMBER_WORDS if word != "en"), *_PARTS, *(f"{part}ar" for part in _PARTS),
        *(f"{ten}{end}" for ten in _TENS for end in ("tal", "talet")),
    )
)  # fmt: skip
_MARKS = str.maketrans(dict.fromkeys('.,;:!?()”"–/-', " "))
_PARTING = '.,;:!?()”"–/-\u00a0\x1c\x1d\x1e\x1f'.encode("cp1252")
_MARKS_OF_BYTES = bytes.maketrans(_PARTING, b" " * len(_PARTING))
_AFTER = re.compile(r"[ \u00a0]?(%-?\w*|[^\W\d_][\w-]*)")
_LAST_WORD = re.compile(r"([^\W\d_][\w-]*\.?)[^\w,;]{0,2}$")
_DATE_AFTER = re.compile(rf"\s+(?:{_MONTHS})\b|\s*(?:§|kap\b)|:e\s+(?:{_MONTHS})", re.I)
_LIST = re.compile(r"\(?\d{1,2}[.)]\s")
LONGEST = 2000


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
def may_state(text: str) -> bool:
    """Whether a text may state a number: cheap.

    >>> may_state("Alla trivs."), may_state("Tre trivs.")
    (False, True)
    """
    if any(map(text.__contains__, "0123456789")):
        return True
    lower = text.lower()
    return "en av" in lower or "ett av" in lower or not _STATING.isdisjoint(_words(lower))


def _words(lower: str) -> list[bytes]:
    """The words of a text, as bytes: those of Western letters are parted ten times as fast."""
    try:
        return lower.encode("cp1252").translate(_MARKS_OF_BYTES).split()
    except UnicodeEncodeError:
        return [word.encode("cp1252", "replace") for word in lower.translate(_MARKS).split()]


@lru_cache(maxsize=1024)
def numbers_in(sentence: str) -> tuple[Number, ...]:
    """The numbers of a sentence, in order.

    >>> [(n.value, n.measure_unit) for n in numbers_in("Tre av 40 svarade, drygt 7,5 %, för 1,2 mnkr.")]
    [(3.0, None), (40.0, None), (7.5, '%'), (1200000.0, 'kr')]
    >>> numbers_in("Agenda 2030 och Covid-19 togs upp den 3 maj 2025 enligt 9 § LSS i system 2c8.")
    ()
    """
    if len(sentence) > LONGEST or not may_state(sentence):
        return ()
    found = [number for match in _NUMBER.finditer(sentence) if (number := _number(sentence, match))]
    return tuple(_shared_units(sentence, found))


def _number(sentence: str, match: re.Match[str]) -> Number | None:
    if (match["digits"] or match["low"]) and _is_none(sentence, match):
        return None
    word = _AFTER.match(sentence, match.end())
    unit, factor, end = _unit(sentence, match, word)
    if (match["digits"] or match["low"]) and word and word[0] == word[1] and unit is None:
        return None  # a name with a digit: 2c8
    value, low, high, decimals = _value(match)
    if match["ig"] or match["part"]:
        unit, end = "%", match.end()
    low, high = _bounded(sentence, match.start(), end, value, low, high)
    noun = word[1] if word else None
    sign = -1 if sentence[: match.start()].endswith(("minus ", "−")) else 1
    low, high = (None if each is None else each * factor for each in (low, high))
    start = _start(sentence, match.start())
    rank = bool(match["order"])
    return Number(start, end, sign * value * factor, low, high, decimals, unit, noun, rank, factor)


def _value(match: re.Match[str]) -> tuple[float, float | None, float | None, int]:
    if match["low"]:
        low, high = _float(match["low"]), _float(match["high"])
        return (low + high) / 2, low, high, 0
    if match["digits"]:
        value = _float(match["digits"])
        decimals = len(re.split("[.,]", match["digits"])[1]) if re.search(r"[.,]", match["digits"]) else 0
        return (value, value * 0.75, value * 1.25, 0) if match["tal"] else (value, None, None, decimals)
    if match["word"]:
        return NUMBER_WORDS[match["word"].lower()] + (0.5 if match["half"] else 0.0), None, None, 0
    if match["ten"]:
        value = float(_TENS[match["ten"].lower()])
        return value, value * 0.75, value * 1.25, 0
    if match["part"]:
        times = NUMBER_WORDS[(match["times"] or "en").lower()]
        value = times * _PARTS[match["part"].lower()]
        return value, value - 1, value + 1, 0
    return (0.5, None, None, 1) if match["only_half"] else (1.0, None, None, 0)


def _float(digits: str) -> float:
    return float(re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", "."))


def _is_none(sentence: str, match: re.Match[str]) -> bool:
    """Digits that are a date, a year, a list's or paragraph's number, or part of a name."""
    text = match["digits"] or match["low"]
    if sentence.strip(" .)(–-").isdigit() or (match.start() < 2 and _LIST.match(sentence)):
        return True
    following = _AFTER.match(sentence, match.end())
    unit = unit_of(following[1]) if following else None
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
    """The number stands after a word that is numbered, or after a name, and counts nothing."""
    before = _LAST_WORD.search(sentence, max(0, match.start() - 40), match.start())
    if before is None:
        return sentence[: match.start()].rstrip().endswith("§")
    word = before[1].rstrip(".")
    if "numbered" in uses(word):
        return True
    first = not sentence[: before.start()].strip(' –-•"”(')
    return word[:1].isupper() and not word.isupper() and not first


def _unit(sentence: str, match: re.Match[str], word: re.Match[str] | None) -> tuple[str | None, int, int]:
    """Measure unit, factor and end of a number with its unit's word."""
    if word is None:
        return None, 1, match.end()
    found = unit_of(word[1])
    if found is None:
        return None, 1, match.end()
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


def _bounded(
    sentence: str, start: int, end: int, value: float, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """The bounds that the words before a number set."""
    if low is not None:
        return low, high
    before = " " + " ".join(sentence[max(0, start - 24) : start].lower().split())
    after = sentence[end : end + 16].lower()
    found = {use for use in ("about", "above", "below", "least", "most") if before.endswith(_endings()[use])}
    if found & {"about", "above", "below"} or after.lstrip().startswith("ungefär"):
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
