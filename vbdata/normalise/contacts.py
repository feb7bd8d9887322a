"""Numbers and addresses that lead to a person: personal and coordination numbers, phones, e-mail, a home.

A personal number has a date that exists (Skatteverket, SKV 704); a phone number an area code that exists (the
Swedish numbering plan) or groups that no amount is written in. Registry and account numbers, dates, times,
money and figures are left alone.
"""

from __future__ import annotations

import calendar
import re

from vbdata.language.prose import words_in

NUMBER, PHONE, MAIL, ADDRESS = "[personnummer]", "[telefonnummer]", "[e-post]", "[adress]"

_DASH = r"\-\u2010\u2011\u2012\u2013\u2014\u2212"
_SIGN = rf"[{_DASH}+/_:.]"
_PERSONAL = re.compile(
    rf"(?<![\d/{_DASH}])(?<!\d[.,])(?P<century>1[89]|20)?(?P<year>\d\d)(?P<gap>[ .{_DASH}]?)(?P<month>\d\d)"
    rf"(?:(?P=gap)|(?<=\d\d\d\d)[ ]?)(?P<day>\d\d)\)?(?P<sign>\s?{_SIGN}\s?|\s)?"
    rf"(?:(?P<rest>\d{{4}}|(?<![ \n])\d\d[ ]\d\d)(?P<tail>\d?(?![\d])[^\W\d_]?)"
    rf"|(?P<hidden>[A-Za-z*#]\d{{3}}|[A-Za-z*#]{{2}}\d\d|\d\d[xX*#]{{2}}|[xX*#]{{4}}))"
    rf"(?![\w*]|[{_DASH}]\d|[.,]\d)"
)
_BIRTH = re.compile(
    r"(?P<word>\b(?:född(?:es|a)?(?:\s+den)?|f\.|födelse(?:datum|dag|tid)|person(?:nr|nummer)|p[.-]?nr|pers\.?nr)"
    r"\s*[.:]?\s*)(?P<number>(?:19|20)?\d\d[ ./-]?[01]\d[ ./-]?[0-3]\d"
    r"|[0-3]?\d[/. -][01]?\d[ /.-]+(?:19|20)?\d\d"
    r"|[0-3]?\d\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\s+(?:19|20)\d\d)(?![\d])",
    re.I,
)
_AT = r"\s*(?:@|[(\[{<]\s*(?:at|a|snabel-?a|@)\s*[)\]}>])\s*|\s+(?:snabel-?a|\(?at\)?)\s+|-at-"
_DOT = r"(?:\.|\s(?:punkt|dot)\s|\s?[(\[](?:punkt|dot|\.)[)\]]\s?)"
_LOCAL = rf"[\w+'’-]+(?:{_DOT}[\w+'’-]+)*"
_MAIL = re.compile(
    rf"(?<![\w.+'’-]){_LOCAL}(?:{_AT})(?:[\w-]+{_DOT})*(?:[\w]+-\n)?[\w-]*{_DOT}[^\W\d_]{{2,}}"
    r"|(?<![\w.+'’-])[\w.+'’-]+\s{0,2}@\s{0,2}[\w-]+(?:\.[\w-]+)*",
    re.I,
)
#: Words for "@", of which one is in every address that has none.
_AT_WORDS = frozenset({"a", "at", "snabela", "snabel-a"})
_ACCOUNT = re.compile(
    r"(?<![\w.])(?P<word>(?:teams|skype|zoom|lync|slack|messenger|facetime|användar(?:namn|id)|inlogg\w*|login)"
    r"\s*:\s*)(?P<name>[\w'’-]+[._][\w.'’-]*\w)",
    re.I,
)
#: Area codes of two, three and four digits, and mobile phones.
_AREA = (
    r"(?:08|0(?:10|11|13|16|18|19|20|21|23|26|31|33|35|36|40|42|44|46|54|60|63|7[0-9]|90)"
    r"|01[24579]\d|02[24-9]\d|03[024-9]\d|04[1357-9]\d|05[0-35-9]\d|06[1245-9]\d|09[1-8]\d)"
)
_GAP = rf"(?:\.|[ \u00a0]?[{_DASH}/ \u00a0]?[ \u00a0]?)"
_MORE = rf"(?:[/{_DASH}]\d{{1,3}}(?![\d.,%:]))?"
_PHONE = re.compile(
    r"(?=[+(\d])(?<![\w/,+-])(?<!\d[. \u00a0])(?:"
    rf"(?:\+|\b00)\d{{1,3}}(?:[ -]?\(0\)[ -]?|[ -])?\d{{1,4}}(?:[ -]?\d{{2,4}}){{1,4}}"
    rf"|46[ -]?(?:\(0\)[ -]?)?(?:7\d|8)(?:[ -]?\d){{6,8}}"
    rf"|(?P<area>\({_AREA}\)|{_AREA})(?P<own>(?:{_GAP}\d){{5,9}}){_MORE}"
    r"|508[- \u00a0]\d{2,3}[ \u00a0]\d{2,3}|508\d{5}|50 8\d \d\d \d\d"
    rf")(?![\w]|[{_DASH}/.,:]\d)"
)
_SURE = (
    r"tel|tfn|tlf|tele(?:fon)?\s?(?:nummer|nr)|tel\s?nr|mobil(?:nummer|nr)|ankn(?:ytning)?|direktn(?:umme)?r"
    r"|ring|nås på"
    r"|sms(?:a)?|jour(?:telefon|nummer|nr)|fax|kortnummer"
)
_NAMED_PHONE = re.compile(
    rf"(?P<word>\b(?:(?P<sure>{_SURE})|telefon|mobil(?:telefon)?|växel)\b(?P<colon>\.?\s*:?\s*))"
    r"(?P<number>\+?\(?\d(?:[ \u00a0()./-]{0,2}\d){3,13})(?![\w%]|[-/.,:]\d)",
    re.I,
)
_HOME = re.compile(
    r"(?P<word>\b(?:[Bb]or|bodde|bosatt|hemma|skriven|folkbokförd|hemadress|bostadsadress)\b\s*:?\s*(?:på|i|till)?\s*)"
    r"(?P<street>[A-ZÅÄÖ][\w:]*(?:\s[A-ZÅÄÖa-zåäö][\w:]*){0,2}\s\d{1,3}(?!\d)(?:\s?[A-Z]\b)?"
    r"(?:,?\s*(?:lgh|lägenhet)\s*\d+)?(?:,?\s*\d{3}\s?\d\d\s+[A-ZÅÄÖ][a-zåäö]+)?)"
)
_HOMES = "bor ", "bodde ", "bosatt", "hemma", "skriven", "folkbok", "adress"
#: What a number before which it stands is: a case, an account, an order. Never a person's or a phone's.
_REGISTRY = re.compile(
    r"(?:\b\w+(?<!person)(?<!telefon)(?<!mobil)(?<!ordnings)(?<!jour)(?<!direkt)(?:nummer|nr)|\bärende|\b\w*konto"
    r"|\w*giro|\b(?:dnr|bg|pg|ocr|faktura|order|clearing|objekt|kostnadsställe|diarie|iban|isbn|ean"
    r"|box|matrikel))\s*[.:#]*\s*(?-i:[A-ZÅÄÖ\d/-]{1,8}[ -])?$",
    re.I,
)
_OWN = re.compile(
    r"(?:person|tele|p[.-]?|pers\.?|mobil|jour|direkt|samordnings)(?:fon)?(?:nummer|nr)\s*[.:]*\s*$", re.I
)
_MONEY = re.compile(
    r"\s*(?:kr\b|kronor|tkr|mnkr|mkr|kkr|SEK|%|procent|st\b|kWh|kg\b|euro|€|m²|kvm\b|timmar\b|tim\b)", re.I
)
#: A noun after a number that it counts; these words do not count.
_COUNTED = re.compile(
    r"\s+(?!(?:eller|och|för|om|vid|på|samt|till|till|så|vardagar|dygnet|mellan|ankn\w*|i|alt)\b)[a-zåäö]{2,}"
)
_CALLS = re.compile(
    r"\s+(?:samtal|gånger|minuter|abonnemang|meddelanden|personer|brukare|ärenden|användare)\b"
)
#: A number of a town in groups: three digits first, and two last, as no amount has.
_GROUPED = re.compile(r"\d{3}[ \u00a0-]\d{2,3}[ \u00a0-]\d{2}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ \u00a0.]\d{3})+")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\D+(?:19|20)\d\d)*")
#: A number with its area code apart, and one after it that a cell beside holds.
_GLUED = re.compile(
    rf"(?P<number>\(?0\d{{1,3}}\)?\s?[{_DASH}/]\s?(?:\d{{2,}}[ \u00a0]?)+?\d{{2,3}})(?P<next>[ \u00a0]\d)"
)
_WHOLE = 10
"""Digits of a Swedish number with its area code, at most."""
_PLACES = 8, 13
"""Fewest and most digits of a phone number, with its area code."""


#: What a personal number begins as: looking for it is much cheaper.
_DATED = re.compile(rf"\d\d[ .{_DASH}]?[01]\d[ .{_DASH}]?\d\d(?:\d|\)|\s?[^\w\s]|\s\d|[_TtXx])")
_BIRTHS = "född", "födel", "f.", "personn", "pnr", "p-nr", "p.nr", "persnr", "pers.nr", "pers nr"
_PHONES = (
    "tel", "tfn", "tlf", "mobil", "växel", "ankn", "direktn", " ring ", "nås på", "sms", "jour", "fax",
    "kortn",
)  # fmt: skip
_NAMED = 5
"""Fewest digits of a number after a word for a phone."""


def without_numbers(text: str) -> str:
    """Text without numbers and addresses that lead to a person.

    >>> without_numbers("Ring 508 12 345 eller eva punkt prov snabela exempel punkt se om 850101-1234.")
    'Ring [telefonnummer] eller [e-post] om [personnummer].'
    """
    if "@" in text or not _AT_WORDS.isdisjoint(words_in(text)) or ("-" in text and "-at-" in text.lower()):
        text = _MAIL.sub(MAIL, text)
    if ":" in text and ("." in text or "_" in text):
        text = _ACCOUNT.sub(rf"\g<word>{MAIL}", text)
    if not any(map(text.__contains__, "0123456789")):  # most have none
        return text
    digits = sum(map(text.count, "0123456789"))
    lower = f" {text.lower()}"
    if any([word in lower for word in _HOMES]):
        text = _HOME.sub(rf"\g<word>{ADDRESS}", text)
    if digits < _NAMED:
        return text
    if _DATED.search(text):
        text = _PERSONAL.sub(_personal, text)
    if any([word in lower for word in _BIRTHS]):
        text = _BIRTH.sub(rf"\g<word>{NUMBER}", text)
    if any([word in lower for word in _PHONES]):
        text = _NAMED_PHONE.sub(_named_phone, text)
    return _PHONE.sub(_phone, text) if digits >= _PLACES[0] else text


def _personal(found: re.Match[str]) -> str:
    if _after_registry(found) or not _dated(found):
        return found[0]
    if found["hidden"]:
        return NUMBER if (found["sign"] or "").strip() else found[0]
    signed = bool((found["sign"] or "").strip())
    if found["tail"] and not signed:
        return found[0]
    if found["gap"] and not found["sign"]:
        return found[0]
    return NUMBER if signed or _checksum(found) or not _is_other_number(found) else found[0]


def _after_registry(found: re.Match[str]) -> bool:
    """Whether the words before a number say that it is of a case, an account or an order."""
    before = found.string[max(0, found.start() - 40) : found.start()]
    return bool(_REGISTRY.search(before)) and not _OWN.search(before)


def _is_other_number(found: re.Match[str]) -> bool:
    """Digits without a sign that are two numbers, money, a phone number, a year, or a day and a time."""
    rest = found["rest"].replace(" ", "")
    clock = int(rest[:2]) < 24 and int(rest[2:]) < 60
    lately = found["century"] == "20" or (not found["century"] and int(found["year"]) <= 30)
    phone = not found["century"] and found["year"][0] == "0" and not found["sign"]
    round_or_year = rest.endswith("00") or rest[:2] in ("19", "20")
    together = not found["sign"] and not found["gap"]
    return bool(
        (together and found["century"] is None and phone)
        or (clock and lately)
        or (found["sign"] and round_or_year)
        or _MONEY.match(found.string, found.end())
    )


def _dated(found: re.Match[str]) -> bool:
    """Whether the date exists; sixty is added to the day of a coordination number."""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    day = day - 60 if day > 60 else day
    full = int(found["century"]) * 100 + year if found["century"] else 2000 + year
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(full, month)[1]


def _checksum(found: re.Match[str]) -> bool:
    """Whether the last digit is the check digit of the nine before it (Luhn)."""
    digits = [int(d) for d in found["year"] + found["month"] + found["day"] + found["rest"] if d != " "]
    doubled = [d * 2 if i % 2 == 0 else d for i, d in enumerate(digits)]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _named_phone(found: re.Match[str]) -> str:
    """A number after a word for a phone, unless it is years, money, or counts what the word names."""
    number, sure = found["number"], bool(found["sure"]) or ":" in found["colon"]
    digits = sum(map(str.isdigit, number))
    if _YEARS.fullmatch(number) or _MONEY.match(found.string, found.end()) or digits < _NAMED:
        return found[0]
    grouped = bool(_THOUSANDS.fullmatch(number)) or number.isdigit()
    counted = _CALLS if sure else _COUNTED
    if grouped and counted.match(found.string, found.end()):
        return found[0]
    dialled = number.isdigit() and digits > _NAMED and not number.endswith("00") and number[:2] != "20"
    dialled |= bool(_GROUPED.fullmatch(number))
    written = number[0] == "0" and not grouped
    if sure or ":" in found["colon"] or written or dialled or number.replace(" ", "").startswith("508"):
        return f"{found['word']}{PHONE}"
    return found[0]


def _phone(found: re.Match[str]) -> str:
    glued = _GLUED.fullmatch(found[0])
    if (
        glued
        and _PLACES[0] <= sum(map(str.isdigit, glued["number"])) <= _WHOLE
        and not _after_registry(found)
    ):
        return f"{PHONE}{glued['next']}"
    digits = [d for d in found[0] if d.isdigit()]
    if not _PLACES[0] <= len(digits) <= _PLACES[1] + 2 or _after_registry(found):
        return found[0]
    if _MONEY.match(found.string, found.end()) or (found["area"] and _is_no_phone(found)):
        return found[0]
    if found[0].startswith("+") and not found[0].startswith("+46") and _THOUSANDS.fullmatch(found[0][1:]):
        return found[0]
    return PHONE


def _is_no_phone(found: re.Match[str]) -> bool:
    """Whether groups of digits after an area code are a date, times of day, weeks or rooms."""
    groups = re.findall(r"\d+", f"{found['area']} {found['own']}") if not found["own"][:1].isdigit() else []
    if not groups:
        mobile = found["area"].startswith("07")
        count = len(re.findall(r"\d", found["own"])) + len(found["area"].strip("()"))
        return count < 9 or (mobile and count < 10 and found["own"].isdigit())
    mobile = found["area"].strip("()").startswith("07") and sum(map(len, groups)) == 10
    if groups[1][0] == "0" and not found["area"].strip("()").startswith("07"):
        return True  # no number in a town begins so
    if all(len(group) == 2 for group in groups):
        return not mobile
    if len(groups) > 2 and all(group[0] == "0" for group in groups):
        return True
    dated = len(groups) == 3 and len(groups[1]) == 2 and groups[2][:2] in ("19", "20") and len(groups[2]) == 4
    return dated
