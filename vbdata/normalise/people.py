"""People in the text: masked before anything is stored, whoever the page is for.

Masked are Swedish personal and coordination numbers (with a date that exists; Skatteverket, SKV 704),
phone numbers, e-mail addresses, and the names of officials: those that the cover gives, wherever else they
stand, and a name after an official's title. Registry numbers, dates, money and figures are left alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from vbdata.extract.document import Place, relined, texts_in
from vbdata.parse.records import LINES, Report

NUMBER, PHONE, MAIL, NAME = "[personnummer]", "[telefonnummer]", "[e-post]", "[namn]"

_SIGN = "[-+\u2010\u2011\u2012\u2013\u2212]"
_PERSONAL = re.compile(
    rf"(?<![\w/-])(?P<century>1[89]|20)?(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    rf"(?P<sign>\s?{_SIGN}\s?|\s)?(?P<rest>\d{{4}})(?![\w]|{_SIGN}\d|[.,]\d)"
)
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(snabel-a\))\s?(?:[\w-]+\.)+[^\W\d_]{2,}", re.I
)
#: Abroad, an area code (08 or 0xx and 0xxx) with a hyphen or in the groups that phone numbers come in, or run
#: together.
_PHONE = re.compile(
    r"(?<![\w./,+-])(?:"
    r"(?:\+|00)46[ -]?(?:\(0\)[ -]?)?[1-9]\d{0,2}(?:[ -]?\d{2,4}){2,4}"
    r"|\((?:08|0[1-9]\d{1,2})\)\s?-?\s?\d{2,4}(?:\s?\d{2,3}){1,3}"
    r"|(?:08|0[1-9]\d{1,2})\s?[-\u2010\u2011\u2013/]\s?"
    r"(?!\d\d\s[12]\d{3}(?!\s?\d))\d{2,4}(?:\s?\d{2,3}){1,3}"
    r"|(?:08|0[1-9]\d{1,2})(?:\s\d{2,3}){2,4}"
    r"|0[1-9]\d{7,8}"
    r")(?![\w]|[-/.,]\d)"
)
_NAMED_PHONE = re.compile(
    r"(?P<word>\b(?:tel(?:efon)?(?:nummer|nr)?|tfn|mobil(?:nummer|nr|telefon)?|växel)\b\.?\s*:?\s*)"
    r"(?P<number>\+?\(?\d(?:[ ()/-]{0,2}\d){5,13})(?![\w%]|[-/.,]\d)",
    re.I,
)
_REGISTRY = re.compile(r"(?:\bdnr|\bdiarienummer|\bdiarienr|\bärendenummer)\s*[.:]*\s*[\w /-]{0,12}$", re.I)
_MONEY = re.compile(r"\s*(?:kr\b|kronor|tkr|mnkr|mkr|kkr|SEK|%|st\b|kWh|kg\b)", re.I)
_TITLES = (
    r"(?:(?:bitr\w*\s+)?(?:enhets|avdelnings|verksamhets|stadsdels|verksamhetsområdes)"
    r"(?:chef|direktör)(?:en)?|(?:bitr\w*\s+)?föreståndare(?:n)?|handläggare(?:n)?|kontaktperson(?:en)?|"
    r"gruppledare(?:n)?|samordnare(?:n)?|arbetsledare(?:n)?|sekreterare(?:n)?)"
)
_PERSON = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖÉ][a-zåäöéü]+)?"
_NO_PLACE = r"(?!(?:Stockholm|Stad|Norra|Södra|Östra|Västra|Inre|Yttre|Gamla|Nya)s?\b)"
_TITLED = re.compile(rf"\b((?i:{_TITLES})\s*[:,]?\s+){_NO_PLACE}{_PERSON}(?:[ \n]{_PERSON}){{1,2}}\b")
_SIGNED = re.compile(
    rf"\b{_NO_PLACE}{_PERSON}(?: {_PERSON}){{1,2}}(?=(?:,\s*|\s*\n\s*|\s*\()(?i:{_TITLES})\b)"
)
#: What a text must hold for a pattern to be tried on it: looking for a word is much cheaper.
_SIX_DIGITS = re.compile(r"(?:\D*\d){6}")
_PHONE_WORDS = ("tel", "tfn", "mobil", "växel")
_TITLE_PARTS = (
    "chef", "direktör", "föreståndare", "handläggare", "kontaktperson", "ledare", "samordnare", "sekreterare",
)  # fmt: skip
_LONG_SURNAME = 5
"""A shorter surname is too often a word or a place to be masked when it stands alone."""


def without_people(report: Report) -> Report:
    """The report with every text masked, and without the officials that its cover named."""
    cover = report.cover
    kept = f"{cover.title_raw} {cover.unit_name} {cover.board or ''}"
    names = names_pattern(cover.officials, kept)
    nameless = replace(report, cover=replace(cover, officials=()))
    if all(mask(text, names) == text for text in texts_in(nameless)):  # then nothing has to be made anew
        return nameless
    masked: Report = _masked(nameless, names)
    same = replace(masked.cover, dnr=cover.dnr, date_raw=cover.date_raw, board=cover.board)
    return replace(masked, cover=same)


def _masked(value: Any, names: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        return mask(value, names)
    if isinstance(value, tuple):
        return tuple(_masked(each, names) for each in value)
    if not is_dataclass(value) or isinstance(value, Place | type):
        return value
    texts = {each.name: getattr(value, each.name) for each in fields(value)}
    masked = {name: text if name in LINES else _masked(text, names) for name, text in texts.items()}
    for name, whole in LINES.items():
        if masked.get(name) and masked[whole] != texts[whole]:  # a name may go over the end of a line
            masked[name] = relined(masked[name], masked[whole])
    return replace(value, **masked)


def mask(text: str, names: re.Pattern[str] | None = None) -> str:
    """Text without numbers and addresses that lead to a person, and without the given names.

    >>> mask("Ring 08-508 12 345 eller anna@exempel.se om 850101-1234.")
    'Ring [telefonnummer] eller [e-post] om [personnummer].'
    >>> mask("Dnr 850101-1234, 2025-01-01, 0,8 % och 1 250 000 kr")
    'Dnr 850101-1234, 2025-01-01, 0,8 % och 1 250 000 kr'
    """
    lower = text.lower()
    if "@" in text or "(" in text or "[" in text:
        text = _MAIL.sub(MAIL, text)
    if _SIX_DIGITS.match(text):
        text = _PERSONAL.sub(_personal, text)
        if any(word in lower for word in _PHONE_WORDS):
            text = _NAMED_PHONE.sub(rf"\g<word>{PHONE}", text)
        text = _PHONE.sub(_phone, text)
    if names is not None:
        text = names.sub(NAME, text)
    if any(part in lower for part in _TITLE_PARTS):
        text = _SIGNED.sub(NAME, _TITLED.sub(rf"\g<1>{NAME}", text))
    return text


def _personal(found: re.Match[str]) -> str:
    if _after_registry(found) or not _dated(found):
        return found[0]
    signed = bool((found["sign"] or "").strip())
    return NUMBER if signed or _checksum(found) or not _is_other_number(found) else found[0]


def _after_registry(found: re.Match[str]) -> bool:
    """Whether the words before a number say that it is a registry number."""
    return bool(_REGISTRY.search(found.string[max(0, found.start() - 40) : found.start()]))


def _is_other_number(found: re.Match[str]) -> bool:
    """Digits without a sign that are two numbers, an amount, a phone number, or a day and time of day."""
    time = found["century"] == "20" and int(found["rest"][:2]) < 24 and int(found["rest"][2:]) < 60
    phone = not found["century"] and found["year"][0] == "0"
    return bool(found["sign"] or time or phone or _MONEY.match(found.string, found.end()))


def _dated(found: re.Match[str]) -> bool:
    """Whether the date exists; sixty is added to the day of a coordination number."""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    day = day - 60 if day > 60 else day
    full = int(found["century"]) * 100 + year if found["century"] else 2000 + year
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(full, month)[1]


def _checksum(found: re.Match[str]) -> bool:
    """Whether the last digit is the check digit of the nine before it (Luhn)."""
    digits = [int(d) for d in found["year"] + found["month"] + found["day"] + found["rest"]]
    doubled = [d * 2 if i % 2 == 0 else d for i, d in enumerate(digits)]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _phone(found: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, found[0]))
    if not 8 <= digits <= 13 or _after_registry(found):
        return found[0]
    return found[0] if _MONEY.match(found.string, found.end()) else PHONE


def names_pattern(officials: Iterable[str], kept: str = "") -> re.Pattern[str] | None:
    """What finds the officials: the whole name, initial and surname, surname first, a long surname alone.

    `kept` is text whose words are no names: the unit's and the board's.
    """
    forms: set[str] = set()
    for name in officials:
        words = [re.escape(word) for word in name.split()]
        if len(words) < 2:
            continue
        first, last = words[0], words[-1]
        forms |= {r"\s+".join(words), rf"{first}\s+{last}", rf"{last},\s*{first}", rf"{first[0]}\.\s*{last}"}
        if len(name.split()[-1]) >= _LONG_SURNAME and name.split()[-1].casefold() not in kept.casefold():
            forms.add(last)
    if not forms:
        return None
    ordered = "|".join(sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ordered})s?(?!\w)")
