"""Numbers, dates and counted nouns as Swedish is printed: decimal comma, hard spaces, minus, en dash."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "sv_SE"
HARD_SPACE, EN_DASH, MINUS = "\u00a0", "\u2013", "\u2212"
SIGNED_UNITS = ("%",)
"""Measure units that are printed after the number; the others stand in words beside it."""

SOFT_HYPHEN = "\u00ad"
JOINTS = (
    "arbetsmarknads|insatser",
    "bistånds|handläggning",
    "dagliga|verksamhet",
    "funktions|nedsättning",
    "grupp|bost",
    "medarbetar|skap",
    "omsorgs|boende",
    "personuppgifts|incident",
    "service|bost",
    "sjuk|frånvaro",
    "social|psykiatri",
    "utförar|enhet",
    "utrednings|enhet",
    "verksamhets|berättelse",
)
"""Where long words of unit names part; browsers' own Swedish hyphenation cannot be relied on."""

COMMON = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def number(value: float | int | None, decimals: int | None = None, measure_unit: str | None = "") -> str:
    """A number with at most one decimal unless more are asked for; missing is an en dash.

    Halves are rounded away from zero, as a reader with a pencil would.

    >>> number(52.87, measure_unit="%"), number(1234), number(-0.5), number(None)
    ('52,9\\xa0%', '1\\xa0234', '−0,5', '–')
    """
    if value is None or value != value:
        return EN_DASH
    exact = Decimal(str(value))
    if decimals is None:
        decimals = 0 if exact.quantize(Decimal("0.1"), ROUND_HALF_UP) % 1 == 0 else 1
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    shown = format_decimal(abs(rounded), pattern, locale=LOCALE)
    sign = MINUS if rounded < 0 else ""
    suffix = HARD_SPACE + measure_unit if measure_unit in SIGNED_UNITS else ""
    return f"{sign}{shown}{suffix}"


def decimals_of(raw: str | None, most: int = 1) -> int | None:
    """How many decimals a cell is printed with, at most so many; None where it holds no number.

    >>> decimals_of("52,87 %"), decimals_of("1,54", 3), decimals_of("84 %"), decimals_of("öka")
    (1, 2, 0, None)
    """
    match = re.search(r"\d(?:[.,](\d+))?(?!\d)", raw or "")
    if match is None:
        return None
    return min(len(match[1] or ""), most)


def date(value: datetime.date) -> str:
    """A date in words.

    >>> date(datetime.date(2026, 1, 20))
    '20\\xa0januari 2026'
    """
    day, rest = format_date(value, "d MMMM y", locale=LOCALE).split(" ", 1)
    return f"{day}{HARD_SPACE}{rest}"


def period(start: datetime.date | None, end: datetime.date | None) -> str:
    """From and to: whole years as years.

    >>> period(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    'Hela 2025'
    >>> period(datetime.date(2025, 4, 3), datetime.date(2025, 12, 31))
    '3\\xa0april–31\\xa0december 2025'
    """
    if start is None and end is None:
        return EN_DASH
    if start is None or end is None:
        return f"till {date(end)}" if end else f"från {date(start)}"  # type: ignore[arg-type]
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year <= end.year:
        return f"Hela {start.year}" if start.year == end.year else f"{start.year}{EN_DASH}{end.year}"
    if start == end:
        return date(start)
    if start.year == end.year:
        return f"{date(start).rsplit(' ', 1)[0]}{EN_DASH}{date(end)}"
    return f"{date(start)} {EN_DASH} {date(end)}"


def in_words(count: int, neuter: bool = False) -> str:
    """A whole number to twelve in words, in figures above.

    >>> in_words(1), in_words(1, neuter=True), in_words(12), in_words(22)
    ('en', 'ett', 'tolv', '22')
    """
    if not 0 <= count < len(COMMON):
        return number(count)
    return "ett" if neuter and count == 1 else COMMON[count]


def part_of(part: int, whole: int) -> str:
    """A part of a whole, both in words or both in figures.

    >>> part_of(1, 2), part_of(7, 14)
    ('en av två', '7 av 14')
    """
    if whole < len(COMMON):
        return f"{in_words(part)} av {in_words(whole)}"
    return f"{number(part)} av {number(whole)}"


def counted(count: int, singular: str, plural: str) -> str:
    """A figure and its noun, the noun in the right number.

    >>> counted(1, "indikator", "indikatorer"), counted(2, "indikator", "indikatorer")
    ('1 indikator', '2 indikatorer')
    """
    return f"{number(count)} {singular if count == 1 else plural}"


def inside(text: str) -> str:
    """A text inside a sentence.

    >>> inside("Lex Sarah saknas")
    'lex Sarah saknas'
    """
    return text[:1].lower() + text[1:]


def sentence(string: str) -> str:
    """With a capital first letter, the rest left alone.

    >>> sentence("tre mål i LSS")
    'Tre mål i LSS'
    """
    return string[:1].upper() + string[1:]


def listed(items: Sequence[str]) -> str:
    """Items in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b och c'
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} och {items[-1]}" if items else ""


def soft(name: str) -> str:
    """A name with soft hyphens at known joints, and its number kept at its last word, for narrow columns.

    >>> soft("Solens gruppbostad")
    'Solens grupp\\xadbostad'
    """
    for joint in JOINTS:
        first, second = joint.split("|")
        name = re.sub(f"({first})({second})", rf"\1{SOFT_HYPHEN}\2", name, flags=re.IGNORECASE)
    return re.sub(r" (\d+)\b", rf"{HARD_SPACE}\1", name)
