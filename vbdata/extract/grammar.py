"""The one grammar of what a cell prints: numbers, counts, periods, dates and ticks.

A number is read only where the cell says one number and says it plainly. Two numbers, a limit, a fraction
("3 (av 10)") or a point that may part thousands are told apart here, and never guessed: whoever knows the
cell's neighbours may settle them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from vbdata.vocabulary import clean, target_rule_index

# ------------------------------------------------------------------------------------ shapes of cells

# Digits 0–9 alone, here and below: a digit of another script may look like another one (৪ is four).
_DASH = "-‐‑–−"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTH = (
    "jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?|okt(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_CLOCK = r"(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"  # what a spreadsheet prints after a date
#: Ways of writing a date, and the order of their year, month and day.
_DATES = (
    ("ymd", rf"(\d{{4}})\s?[{_DASH}/.]\s?(\d{{1,2}})\s?[{_DASH}/.]\s?(\d{{1,2}}){_CLOCK}"),
    ("ymd", r"(\d{4})(\d{2})(\d{2})"),
    ("dmy", rf"(\d{{1,2}})\s?[./]\s?(\d{{1,2}})(?:\s?[{_DASH}./]\s?|\s)(\d{{4}}){_CLOCK}"),
    ("dmy", rf"(\d{{1,2}})[{_DASH}](\d{{1,2}})[{_DASH}](\d{{4}})"),
    ("dmy", rf"(?:den\s)?(\d{{1,2}})(?::?[ae])?\s({_MONTH})\.?,?\s(\d{{4}})"),
)
_DATE_PATTERNS = tuple((order, re.compile(pattern, re.I | re.A)) for order, pattern in _DATES)
_ANY_DATE = "|".join(re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern) for _, pattern in _DATES)  # without groups
#: The shape of a date in any of its writings; an impossible one (31 February) has it, too.
DATE = re.compile(rf"^\s*(?:{_ANY_DATE})\s*$", re.I | re.A)
#: A date in a text.
DATE_WITHIN = re.compile(rf"(?<![\w.,/-])(?:{_ANY_DATE})(?![\w/-])", re.I | re.A)
#: Words for a time that is no date.
_WHEN = re.compile(
    rf"\b(?:20\d\d|vecka|veckor(?:na)?|v\.? ?\d{{1,2}}|(?:{_MONTH})s?|vår(?:en)?|sommar(?:en)?|höst(?:en)?|"
    r"vinter(?:n)?|kvartal(?:et)?|q[1-4]|tertial(?:et)?|t[1-3]|halvår(?:et)?|årsskiftet?|året|löpande|"
    r"kontinuerligt|tills ?vidare|pågår|\d{1,2}[/.]\d{1,2})\b",
    re.I,
)
_WHEN_WITHIN = re.compile(
    r"\b(?:vecka \d+|(?:våren|sommaren|hösten|vintern|kvartal \d|q\d|tertial \d)(?: 20\d\d)?)\b", re.I
)

PERIOD = re.compile(
    r"^\s*(?:(?:VB|T1|T2|Tertial [12])\s*)?20\d\d\s*$|^\s*(?:År|Tertial|Halvår|Kvartal|Månad)\s*$", re.I
)
#: The words of a period whose year may stand on the line below.
PERIOD_START = re.compile(r"VB|T1|T2|Tertial [12]", re.I)
YEAR = re.compile(r"20\d\d")

#: A count of the form and nothing else.
COUNT = re.compile(
    r"\s*(?P<number>\d{1,3}(?: \d{3}){1,2}|\d{1,7})(?:,00?|\.0)?\s*(?:st\.?|styck(?:en)?)?\s*[*†‡¹²³⁰-⁹]*\s*",
    re.I | re.A,
)
NUMBER_START = re.compile(r"\s*[-−–]?\d")

DIGIT = re.compile(r"\d")
#: What parts cells that stand apart by white space.
GAP = re.compile(r" (?<=\S ) +(?=\S)")
ANALYSES = frozenset({"analys", "kommentar", "kommentarer"})
"""Keys of the words that head the text of a row."""
ANALYSIS_WORD = r"(?:Analys|Kommentar(?:er)?)"
#: The word Analys, or Kommentar, as it opens a row or a text: alone, or with a text after it.
ANALYSIS = re.compile(rf"^\s*{ANALYSIS_WORD}\s*(?::\s*|\n\s*|$|(?<=\s)(?=[A-ZÅÄÖ0-9\"”(–-]))")
_LONGEST_HEAD = 20
#: Of the width of the longest line: how far a line goes at least that the next word had no room on.
_FILLED = 0.85
#: Words that cannot end here.
HANGS = re.compile(
    r"(?:[-–,/(]|\b(?:och|eller|samt|i|på|för|av|till|med|om|att|som|den|det|de|en|ett|från|hos|vid|inom|utan|utifrån|sina?|sitt))$"
)


def heads_analysis(text: str) -> bool:
    """Whether a text is the word Analys, or another for it, and nothing else."""
    return len(text) < _LONGEST_HEAD and text.strip(" :.*_–—-").casefold() in ANALYSES


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, be it in quotation marks or bold letters."""
    return text.rstrip(' *_"”').endswith((".", "!", "?", ":"))


def ends_text(text: str) -> bool:
    """Whether a text ends as a sentence does, or with a bracket, quotation mark or star."""
    return ends_sentence(text) or text.rstrip().endswith((")", "]", "”", '"', "*"))


_AND = ("och ", "eller ", "samt ")


def goes_on(text: str, more: str) -> str:
    """A text with its next line; a word that a hyphen breaks is whole again.

    >>> goes_on("grupp-", "och boende"), goes_on("grupp-", "boende"), goes_on("1 -", "2")
    ('grupp- och boende', 'grupp-boende', '1 - 2')
    """
    text, more = text.rstrip(), more.strip()
    whole = text.endswith("-") and text[-2:-1].isalnum() and more[:1].islower() and not more.startswith(_AND)
    return text + more if whole else f"{text} {more}".strip()


def stops_short(above: str, below: str, width: int) -> bool:
    """Whether a line ends no sentence, though the next word, which begins one, had room on it.

    So ends a heading that is set as running text: it is no part of the sentence below it. `width` is the
    longest line's.

    >>> stops_short("Egna kontroller", "Under året har vi gjort två", 27)
    True
    >>> stops_short("Under året har vi besökt", "Sundbyberg.", 27), stops_short("Vi är två:", "Ann", 27)
    (False, False)
    """
    above, below = above.strip(), below.strip()
    begins = above[:1].isupper() and below[:1].isupper()
    if not begins or ends_sentence(above) or HANGS.search(above):
        return False
    return len(f"{above} {below.split()[0]}") < _FILLED * width


def has_word(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return any(map(str.isalnum, text))


# ------------------------------------------------------------------------------------ numbers

_WHOLE = r"\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+(?=,\d)|\d+"
_NUMBER = re.compile(
    rf"(?P<sign>[{_DASH}+]\s?)?(?P<whole>{_WHOLE})(?:(?P<mark>[.,])(?P<part>\d+))?(?![.,]?\d)", re.A
)
_DIGITS = 12
"""More than these are no figure of a unit, nor kept exactly by a float."""
_THOUSANDS = 3

ABOUT, AT_LEAST, AT_MOST, ABOVE, BELOW = "about", "at_least", "at_most", "above", "below"
_ARROW = "[↑↓→↗↘]"
_LIMITS = tuple(
    (re.compile(rf"(?:{words})\s*", re.I), limit)
    for words, limit in (
        (r"(?:c:?a\.?|cirka|circa|omkring|ungefär|runt|kring|drygt|knappt|närmare)(?![^\W\d_])|[~≈]", ABOUT),
        (r"(?:som )?(?:minst|lägst)\b|≥|>=", AT_LEAST),
        (r"(?:som )?(?:högst|mest)\b|max(?:imalt|\.|\b)|≤|<=", AT_MOST),
        (r"över\b|mer än\b|fler än\b|>", ABOVE),
        (r"under\b|mindre än\b|färre än\b|<", BELOW),
        (rf"=|{_ARROW}", ""),
    )
)
_UNITS = tuple(
    (re.compile(pattern, re.I), unit)
    for pattern, unit in (
        (r"%|procent\b(?!enhet)", "%"),
        (r"(?:procent|%-?)enhet(?:er)?\b", "procentenheter"),
        (r"kg\s*CO\s?[2₂²](?!\s*(?:/|per\b)\s*(?!k\s?g)[^\s])[^\d()*]*", "kg CO2e/kg"),
        (r"st(?:yck(?:en)?)?\b\.?", "st"),
        (r"(?:kr|kronor|sek)\b\.?(?!\s*(?:/|per\b))|:-", "kr"),
        (r"tkr\b|tusen kr(?:onor)?\b", "tkr"),
        (r"mn?kr\b|miljoner kr(?:onor)?\b", "mnkr"),
        (r"(?:tim(?:mar|me)?|h)\b\.?(?!\s*(?:/|per\b))", "timmar"),
        (r"min(?:uter|ut)?\b\.?(?!\s*(?:/|per\b))", "minuter"),
        (r"‰|°C", ""),
        (r"(?:dagar|dygn|veckor|månader|index|poäng|personer|brukare|barn|platser|gånger|ggr|kWh|MWh|km|mil|kvm|m[²2³3]|kg|ton|liter)"
         r"(?![^\W_])(?!\s*(?:/|per\b))", ""),
    )
)  # fmt: skip
#: Units of parts of a whole or of one thing per another: never thousands.
_RATIOS = frozenset({"%", "procentenheter", "kg CO2e/kg", "index"})
#: Units of what is counted or paid: a point before three digits parts their thousands.
_COUNTED = frozenset({"st", "kr", "personer", "brukare", "barn", "platser", "gånger", "ggr"})
_NOTE = r"[*†‡¹²³⁰-⁹]*"
#: Words after a number that may be a unit that no list has: "kWh/m²", "ton CO2e", "tillfällen".
_WORD = r"[^\W\d_]+[²³₂23]?[^\W\d_]*"
_OWN_UNIT = re.compile(rf"(?<=\s){_WORD}(?:\s?(?:/|per\b)\s?{_WORD}|\s{_WORD})?$")
_OF = r"\d+(?: ?\d{3})* (?:av|/|of) \d+(?: ?\d{3})*"
#: What may follow a number and its unit: note marks, a word or a fraction in brackets, an arrow, "1)".
_BRACKETS = rf"\((?:n ?= ?\d+|{_OF}|\d+ (?:svar|svarande|personer|st)|[^\d()]*)\)"
_AFTER = re.compile(rf"{_NOTE}\s*(?:{_BRACKETS}\s*)?{_NOTE}(?:\s*\d\)|\.|{_ARROW})?", re.I | re.A)
#: What the number is a part of: "3 (av 10)" is three of ten, not three.
_PART_OF = re.compile(rf"{_NOTE}\s*\(?\s*(?:av|/|of)\b", re.I)
#: Dots and dashes alone, or words that say that there is nothing.
_NOTHING = re.compile(
    rf"^[{_DASH}—.…\s]*$|^(?:uppgift saknas|saknas|ej mätt|ingen uppgift|inga data|-)$", re.I
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the measure unit that is printed with it, if any.

    `limit` says what stands before it ("minst", "<", "ca"): the number is then not the value itself.
    """

    value: float
    measure_unit: str | None
    limit: str = field(default="", repr=False)


def is_blank(raw: str) -> bool:
    """Whether a cell says nothing: empty, a dash, or in words. A blank is not a zero."""
    return bool(_NOTHING.match(raw.strip()))


def parse_quantity(raw: str) -> Quantity | None:
    """The number and measure unit of a cell; None where it holds none, more than one, or an absurd one.

    Examples
    --------
    >>> parse_quantity("52,87 %"), parse_quantity("90%").value, parse_quantity("1,5 kg CO2 per kg livsmedel")
    (Quantity(value=52.87, measure_unit='%'), 90.0, Quantity(value=1.5, measure_unit='kg CO2e/kg'))
    >>> parse_quantity("öka"), parse_quantity("mellan 80 och 90 %"), parse_quantity("83 % → 88 %")
    (None, None, None)
    """
    found = readings(raw)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=8192)
def readings(raw: str) -> tuple[Quantity, ...]:
    """What a cell may say as one number: nothing, one quantity, or two where a point may part thousands.

    The decimal reading stands first.

    >>> [q.value for q in readings("1.250")], [q.value for q in readings("0.440")]
    ([1.25, 1250.0], [0.44])
    """
    limit, text = _limit_of(clean(raw))
    found = _NUMBER.match(text)
    if not found or len(re.sub(r"\D", "", found["whole"])) > _DIGITS:
        return ()
    rest = re.sub(rf"^{_NOTE}\s*", "", text[found.end() :])
    unit, rest = _unit_of(rest)
    if unit is None and _PART_OF.match(rest):
        return ()
    if not _AFTER.fullmatch(rest.strip()):
        return ()
    return tuple(Quantity(value, unit, limit) for value in _values(found, unit))


def with_own_unit(raw: str) -> Quantity | None:
    """A number with a measure unit that no list has; it is one only if other cells of the row have it, too.

    >>> with_own_unit("119 kWh/m²"), with_own_unit("12 fler"), with_own_unit("2 av 4 ton")
    (Quantity(value=119.0, measure_unit='kWh/m²'), Quantity(value=12.0, measure_unit='fler'), None)
    """
    text = clean(raw)
    unit = _OWN_UNIT.search(text)
    number = readings(text[: unit.start()]) if unit else ()
    if not unit or len(number) != 1 or number[0].measure_unit or readings(raw):
        return None
    return replace(number[0], measure_unit=unit[0])


def _limit_of(text: str) -> tuple[str, str]:
    for pattern, limit in _LIMITS:
        if found := pattern.match(text):
            return limit, text[found.end() :]
    return "", text


def _unit_of(text: str) -> tuple[str | None, str]:
    """The measure unit that a text begins with, and what stands after it."""
    for pattern, unit in _UNITS:
        if found := pattern.match(text):
            return unit or found[0].lower(), text[found.end() :]
    return None, text


def _values(found: re.Match[str], unit: str | None) -> list[float]:
    """The values that a number may have."""
    whole, part = found["whole"], found["part"] or ""
    plain = re.sub(r"\D", "", whole)
    sign = -1 if (found["sign"] or "+").strip() != "+" else 1
    values = [sign * float(f"{plain}.{part or 0}")]
    may_part = found["mark"] == "." and len(part) == _THOUSANDS and whole == plain
    if may_part and len(plain) <= _THOUSANDS and not plain.startswith("0") and unit not in _RATIOS:
        values.append(sign * float(plain + part))
    return values


def settled(
    found: tuple[Quantity, ...], unit: str | None, neighbours: Iterable[Quantity | None]
) -> Quantity | None:
    """The one reading that the measure unit and the row's other numbers leave; None where they leave two.

    Neighbours that are nearer to one reading decide, for the two are a thousand times apart; where there are
    none, a unit of shares says decimals, and one of things or money says thousands.

    >>> settled(readings("12.500"), None, [parse_quantity("11 870")]).value
    12500.0
    >>> settled(readings("12.500"), "%", []).value, settled(readings("12.500"), None, [])
    (12.5, None)
    """
    if len(found) <= 1:
        return found[0] if found else None
    decimal, whole = found
    unit = decimal.measure_unit or unit
    if unit in _RATIOS:
        return decimal
    near = {_nearer(abs(decimal.value), abs(other.value)) for other in neighbours if other and other.value}
    if len(near) == 1:
        return decimal if near == {"decimal"} else whole
    return whole if not near and unit in _COUNTED else None


def _nearer(decimal: float, other: float) -> str:
    """Which of two readings, a thousand times apart, is of the other number's size."""
    return "decimal" if other / decimal < 1000**0.5 else "whole"


def parse_count(raw: str) -> int | None:
    """A count of the complaint form: ``"22  st"`` is 22; what is not a whole number is None.

    >>> parse_count("22  st"), parse_count("0"), parse_count(""), parse_count("3 (av 10)")
    (22, 0, None, None)
    """
    found = COUNT.fullmatch(clean(raw))
    return int(found["number"].replace(" ", "")) if found else None


def parse_rule(raw: str) -> str | None:
    """What a target without a number says: ``increase``, ``decrease``, ``set_by_board``."""
    if is_blank(raw) or raw.lstrip()[:1].isdigit():
        return None
    return target_rule_index().find(clean(raw), 84.0).entry


# ------------------------------------------------------------------------------------ cells by field

COUNTS = ("t1", "t2", "vb", "total")
VALUES = ("value", "value_men", "value_women", "value_previous", "target", "council_target")
WHEN = ("start", "end")
WORDS = ("name", "title", "group", "category", "comment", "deviation")
"""Fields of the tables by what their cells hold."""
_LONGEST_VALUE = 60
_ONE_NUMBER = re.compile(r"[-−–<>≤≥~]?\s?\d[\d ]*(?:[.,]\d+)?\s*[^\W\d][^\d]*")
"""A number with words after it, as of a unit that is not known."""
_NO_VALUE = frozenset({"x", "n/a", "na", "eu", "e.u"})  # what some write where there is none


@lru_cache(maxsize=32768)
def may_hold(field: str, text: str) -> bool:
    """Whether a text can stand in a field's column.

    >>> may_hold("value", "85 %"), may_hold("value", "Anna"), may_hold("name", "85 %")
    (True, False, False)
    """
    if not text:
        return True
    if field == "period":
        return bool(PERIOD.match(text) or PERIOD_START.fullmatch(text))
    if field in WHEN:
        return says_when(text)
    number = is_blank(text) or bool(readings(text))
    if field in VALUES:
        other = _ONE_NUMBER.fullmatch(text) or text.casefold().rstrip(".") in _NO_VALUE
        return len(text) <= _LONGEST_VALUE and bool(number or parse_rule(text) or other)
    return not number if field in WORDS else number or text[:1].isdigit()


# ------------------------------------------------------------------------------------ dates


def parse_date(raw: str) -> date | None:
    """A date as people write it; None for anything else, 31 February too.

    >>> parse_date("20 januari 2026"), parse_date("5/1 2025"), parse_date("2025-02-31")
    (datetime.date(2026, 1, 20), datetime.date(2025, 1, 5), None)
    """
    text = clean(raw)
    for order, pattern in _DATE_PATTERNS:
        if found := pattern.fullmatch(text):
            part = dict(zip(order, found.groups(), strict=True))
            try:
                return date(int(part["y"]), _month(part["m"]), int(part["d"]))
            except ValueError:
                return None
    return None


def _month(text: str) -> int:
    """A month's number, from its number or its name."""
    if text.isdigit():
        return int(text)
    start = text.lower()
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(start[:3]))


def times_in(text: str) -> int:
    """How many dates a text has, or one date and other words for a time: a row of a table has two.

    >>> times_in("Träff 2025-01-01 hösten 2025"), times_in("Sommarfest 2025")
    (2, 0)
    """
    dates = len(DATE_WITHIN.findall(text))
    return dates + len(_WHEN_WITHIN.findall(DATE_WITHIN.sub(" ", text))) if dates else 0


def says_when(text: str) -> bool:
    """Whether a cell tells a time, be it no date.

    >>> says_when("hösten 2025"), says_when("vecka 12"), says_when("Anna")
    (True, True, False)
    """
    return bool(DATE.match(text) or (len(text) <= _LONGEST_WHEN and _WHEN.search(text)))


_LONGEST_WHEN = 40
"""Characters of a cell for a date; longer ones are sentences."""

# ------------------------------------------------------------------------------------ ticks

_BOX = r"[✓✔☑☒☐✗✘√□]|\[[xX ]?\]"
#: A mark in front of a title; one that the font gives no letter for stands apart: it is no word's first.
MARK = re.compile(r"^\s*([✓✔☑☒☐✗✘√■●▲◆○□•▪]|\[[xX ]?\]|[\ufffd\ue000-\uf8ff](?=\s|$))\s*")
# Word prints a ticked box as ☒ (its check box's sign is U+2612).
_TICKED = frozenset({"✓", "✔", "☑", "☒", "√", "[x]", "x", "ja"})
_NOT_TICKED = frozenset({"✗", "✘", "☐", "□", "[ ]", "[]", "nej"})
#: Words under Avvikelse that say that there is one, and that there is none.
_DEVIATION = _TICKED | {"j", "yes", "true", "sant", "1", "avvikelse", "försenad", "försenat"}
_NO_DEVIATION = frozenset(
    {"nej", "n", "no", "false", "falskt", "ingen", "inga", "0", "□", "☐", "[ ]", "[]"}
    | {"ingen avvikelse", "inga avvikelser", "utan avvikelse"}
)
_BOX_AND_WORD = re.compile(rf"({_BOX})\s*(ja|nej)\b", re.I)


def is_mark(text: str) -> bool:
    """Whether a cell before a title is a tick, in signs or in words.

    >>> is_mark("☒"), is_mark("x"), is_mark("Exempel")
    (True, True, False)
    """
    return bool(MARK.fullmatch(text)) or text.strip().casefold() in _TICKED | _NOT_TICKED


def is_letterless(mark: str) -> bool:
    """Whether a mark is there and the print does not tell which one.

    >>> is_letterless("\ufffd"), is_letterless("✓"), is_letterless("")
    (True, False, False)
    """
    return mark == "\ufffd" or "\ue000" <= mark <= "\uf8ff"


def parse_tick(mark: str) -> bool | None:
    """Whether a box is ticked; None for a mark that says neither (a coloured dot).

    >>> parse_tick("☒"), parse_tick("☐"), parse_tick("●")
    (True, False, None)
    """
    word = mark.strip().casefold()
    return True if word in _TICKED else False if word in _NOT_TICKED else None


def is_marked(raw: str) -> bool | None:
    """Whether a cell under Avvikelse says that there is one; None for words or a mark that say neither.

    >>> is_marked("X"), is_marked(""), is_marked("☐ Ja ☒ Nej"), is_marked("☒ Ja ☐ Nej"), is_marked("Klar")
    (True, False, False, True, None)
    """
    text = clean(raw)
    if boxes := _BOX_AND_WORD.findall(text):
        return any(parse_tick(box) and word.casefold() == "ja" for box, word in boxes)
    word = text.casefold().rstrip(".")
    return True if word in _DEVIATION else False if is_blank(text) or word in _NO_DEVIATION else None
