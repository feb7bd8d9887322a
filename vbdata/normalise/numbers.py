"""Numbers, counts, targets and dates as Swedish reports write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from vbdata.vocabulary import clean, target_rule_index

# Digits 0–9 alone: a digit of another script may look like another one (৪ is four in Bengali).
_NUMBER = re.compile(
    r"(?P<sign>[-−–]\s?)?(?P<whole>\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:(?P<mark>[.,])(?P<part>\d+))?", re.A
)
_COUNT = re.compile(r"(\d{1,3}(?: \d{3}){1,2}|\d{1,7})\s*(?:st\.?|styck(?:en)?)?", re.I | re.A)
_DIGITS = 12
"""More than these are no figure of a unit, nor kept exactly by a float."""
_LEAD = re.compile(r"^(?:ca\.?|cirka|minst|lägst|högst|max|över|under|mer än|mindre än|[≥≤<>=~+])\s*", re.I)
_NOTHING = re.compile(r"^[-–—.\s]*$|^(?:uppgift saknas|saknas|ej mätt|ingen uppgift|inga data|-)$", re.I)
_DATE_ISO = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})$", re.A)
_DATE_SWEDISH = re.compile(r"^(\d{1,2})[./](\d{1,2})[./-](\d{4})$", re.A)
_DATE_WORDS = re.compile(r"^(\d{1,2})\s+([a-zåäö]+)\s+(\d{4})$", re.I)
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_UNITS = (
    (re.compile(r"^%|^procent\b", re.I), "%"),
    (re.compile(r"^kg\s*CO\s?[2₂]", re.I), "kg CO2e/kg"),
    (re.compile(r"^st\b\.?", re.I), "st"),
    (re.compile(r"^(?:kr|kronor)\b", re.I), "kr"),
    (re.compile(r"^(tkr|mnkr|timmar|dagar|index)\b", re.I), ""),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the measure unit that is printed with it, if any."""

    value: float
    measure_unit: str | None


def is_blank(raw: str) -> bool:
    """Whether a cell says nothing: empty, a dash, or in words. A blank is not a zero."""
    return bool(_NOTHING.match(raw.strip()))


def parse_quantity(raw: str) -> Quantity | None:
    """The number and measure unit of a cell; None where it holds none, more than one, or an absurd one.

    Examples
    --------
    >>> parse_quantity("52,87 %"), parse_quantity("90%").value, parse_quantity("1,5 kg CO2 per kg livsmedel")
    (Quantity(value=52.87, measure_unit='%'), 90.0, Quantity(value=1.5, measure_unit='kg CO2e/kg'))
    >>> parse_quantity("öka"), parse_quantity("mellan 80 och 90 %")
    (None, None)
    """
    text = _LEAD.sub("", clean(raw))
    found = _NUMBER.match(text)
    if not found:
        return None
    if len(re.sub(r"\D", "", found["whole"])) > _DIGITS:
        return None
    rest = text[found.end() :].strip()
    unit = _unit_of(rest)
    if unit is None and rest and not rest.startswith(("(", "*")):
        return None
    return Quantity(_value(found), unit)


def _unit_of(text: str) -> str | None:
    for pattern, unit in _UNITS:
        if found := pattern.match(text):
            return unit or found[0].lower()
    return None


def _value(found: re.Match[str]) -> float:
    whole = re.sub(r"\D", "", found["whole"])
    part = found["part"] or ""
    if found["mark"] == "." and len(part) == 3:  # a point that parts thousands
        whole, part = whole + part, ""
    value = float(f"{whole}.{part or 0}")
    return -value if found["sign"] else value


def parse_count(raw: str) -> int | None:
    """A count of the complaint form: ``"22  st"`` is 22; what is not a whole number is None.

    >>> parse_count("22  st"), parse_count("0"), parse_count("")
    (22, 0, None)
    """
    found = _COUNT.fullmatch(clean(raw))
    return int(found[1].replace(" ", "")) if found else None


def parse_rule(raw: str) -> str | None:
    """What a target without a number says: ``increase``, ``decrease``, ``set_by_board``."""
    if is_blank(raw) or re.match(r"\s*\d", raw):
        return None
    return target_rule_index().find(clean(raw), 84.0).entry


def parse_date(raw: str) -> date | None:
    """A date in ISO or Swedish form; None for anything else, 31 February too.

    >>> parse_date("20 januari 2026"), parse_date("2025-02-31")
    (datetime.date(2026, 1, 20), None)
    """
    text = clean(raw)
    try:
        if found := _DATE_ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _DATE_SWEDISH.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := _DATE_WORDS.match(text)) and found[2].lower() in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    except ValueError:
        return None
    return None
