"""Text of another time: a plan or a forecast in an annual report, an earlier year told as this one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from vbdata.extract.grammar import MONTHS
from vbdata.language.prose import is_remnant, quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import INTENDED, Text, own_texts, texts
from vbdata.validate.expected import of_one_thing
from vbdata.validate.stems import has, pattern, words_of
from vbdata.vocabulary import label

_CALLED = re.compile(
    r"(?:^|\bi\s+)(?:denna|den\s+här)\s+(?P<kind>verksamhetsplan|verksamhetsberättelse|tertialrapport)(?:en)?\b",
    re.I,
)
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d/-])")
_BEGINS = re.compile(
    r"(?:under|i|hösten|våren|sommaren|vintern|redan)\s+"
    r"(?:(?:början av|slutet av|hösten|våren|sommaren|vintern|\w+ månad)\s+)?((?:19|20)\d\d)\b\s*(\w+)?",
    re.I,
)
_SEASON = r"(?:våren|vårterminen|hösten|höstterminen|sommaren)"
_MONTH = rf"(?:{'|'.join(MONTHS[:-1])})"  # december is the year's end
_UNDER = (
    rf"(?:under|i|till|efter)\s+(?:{_SEASON}|{_MONTH})|den\s+\d{{1,2}}\s+{_MONTH}"
    r"|under\s+(?:första|andra)\s+tertialet"
)
_TIMES = ("vår", "höst", "sommaren", "tertial", *MONTHS)
"""What words of a time within the year cannot do without."""
_WHEN = re.compile(rf"{_SEASON}|\d{{1,2}}\s+{_MONTH}|{_MONTH}")
_PERIOD = re.compile(r"(?:T[12]|Tertial [12]|Delår\w*)\s*[:.–-]", re.I)
_PARTS = ("t1", "t2", "tertial", "delår")
_WHOLE = re.compile(r"\b(?:VB|T3|Helår\w*|Tertial 3|Årets slut)\b", re.I)
_IN_PERIOD = re.compile(r"\b(?:under|vid|i|för|per)\s+(?:T[12]|tertial\s+[12]|delår\w*)\b(?!\s+20\d\d)", re.I)
#: Words on what followed.
_REST = re.compile(
    r"\b(?:helår\w*|under året|i år|december|november|därefter|sedan dess|nu|men|mot|än|jämfört)\b", re.I
)
#: A time of the year whose end the report looks back from: of a year, or of the year's later parts.
_WITHIN = re.compile(
    rf"\b(?:under|i|till|före|senast|inför(?!\s+20))\s+(?:(?:slutet|början)\s+av\s+|vt\s+|ht\s+|{_SEASON}\s+|{_MONTH}\s+"
    r"|tertial\s+\d\s+|T\d\s+|årsskiftet\s+)?(?P<year>20\d\d)\b(?!/)"
    r"|\bdetta\s+år\b|\b(?:under|i)\s+(?:(?:första|andra|tredje)\s+tertialet|tertial\s+[23]|T[23]|hösten)\b(?!\s+20\d\d)",
    re.I,
)
#: Words that what is to be done cannot be told without.
_TO_COME = frozenset((
    "kommer", "ska", "skall", "planerar", "planeras", "väntas", "beräknas", "startar", "börjar", "påbörjas",
    "inleds", "införs", "öppnar", "invigs",
))  # fmt: skip
#: "I år kommer vi att …", "Kursen startar i maj 2025".
_THIS_YEAR_TO_BE = re.compile(
    r"^(?:i\s+år|under\s+året)\s+(?:kommer\s+(?:\w+\s+){1,3}?att|planerar\s+vi)\b"
    rf"|\b(?:startar|börjar|påbörjas|inleds|införs|öppnar|invigs)\s+(?:den\s+\d{{1,2}}\s+|i\s+)(?:{_MONTH})\s+20\d\d\b",
    re.I,
)
_TO_BE = re.compile(
    r"^(?P<lead>[^.;:]*?)\b(?:kommer\s+(?:\w+\s+){0,3}?att|ska|skall|planerar|planeras|väntas|beräknas)\b"
    r"(?!.*\b(?:har|hade|fick|blev|gick)\b)",
    re.I,
)
#: What is told of a plan, an aim or another's decision, and what is subordinate to something else.
_NOT_TO_BE = re.compile(
    r"\b(?:skulle|har|hade|var|är|som|att|när|om|hur|där|så|mål(?:et|en)?|uppdrag\w*|krav\w*|nämnd\w*|stad\w*"
    r"|beslut\w*)\b",
    re.I,
)
#: "Kursen kommer att börja i mars 2025".
_COMES_IN = re.compile(rf"\bkommer\s+att\s+\w+\s+i\s+{_MONTH}\s+(20\d\d)\b", re.I)
#: "Berättelsen har gåtts igenom på mötet den 3 mars 2025".
_GONE_THROUGH = re.compile(
    r"^(?:denna\s+|den\s+här\s+)?(?:verksamhets)?berättelsen\s+(?:har\s+|är\s+|blev\s+)?"
    r"(?:gåtts|gicks|behandla|diskutera|presentera|förankra|samverka|godkän|fastställ|tagits|togs)\w*"
    rf"[^.;]*\b(?:(?:{_MONTH})\s+20\d\d\b|20\d\d-(?:0\d|10|11)-\d\d\b)",
    re.I,
)
_LATE_DAYS = ("29", "30", "31")
_LATE_DAY = re.compile(
    rf"(?<![\d/.-])(?P<day>29|30|31)(?:\s+(?P<month>{'|'.join(MONTHS)})\b|/(?P<number>2|4|6|9|11)(?![\d/-]))"
    r"(?:\s+(?P<year>20\d\d))?",
    re.I,
)
_ISO_DAY = re.compile(r"(?<![\d-])(?P<year>20\d\d)-(?P<number>0\d|1[0-2])-(?P<day>29|30|31)(?!\d)")
_THIS_YEAR = re.compile(r"(?:under|i)\s+(?:året|hela året|år|det gångna året)\b", re.I)
#: "Under 2019 har enheten …": told as of this year, and so perhaps of it.
_HAS_UNDER = re.compile(r"under\s+(20\d\d)\s+har\b", re.I)
_WAS_DONE = re.compile(
    rf"\b(?:gjordes|genomfördes|hölls|utfördes|skedde)\s+(?:i\s+(?:{_MONTH}|december)|under|år)\s+(20\d\d)\b",
    re.I,
)
#: "Under våren 2019 målade vi …": what the unit itself did then.
_WE_DID = re.compile(
    r"\s+\w+[dt]es?\s+vi\b(?!.*\b(?:under\s+året|i\s+år|nu|numera|därefter|sedan\s+dess)\b)", re.I
)
#: "Chefen går under våren …", "Under våren går chefen …", "Den 2 maj öppnar …".
_AHEAD = re.compile(
    rf"\b(?!och\b|men\b)(\w+)\s+(?:{_UNDER})\b|(?:^|\b(?:och|men)\s+)(?:{_UNDER})\s+(\w+)", re.I
)


@check
def text_of_plan(rows: Rows) -> Iterator[Noted]:
    """An outcome of the year told as what is to come: "Chefen går under våren kursen"."""
    if rows["reports"][0]["kind"] != "VB":
        return
    for noted, text, said in _of_another_time(rows, "text_of_plan", _is_ahead):
        if not _told_as_done(rows, text, said):
            yield noted


@check
def forecast_left(rows: Rows) -> Iterator[Noted]:
    """A forecast of the year where its outcome is due."""
    if rows["reports"][0]["kind"] == "VB":
        yield from (noted for noted, *_ in _of_another_time(rows, "forecast_left", _is_forecast))


@check
def kind_differs(rows: Rows) -> Iterator[Noted]:
    """A text that calls its report another: "I denna verksamhetsplan redovisas …" in an annual report."""
    kind = rows["reports"][0]["kind"]
    kinds = ("verksamhetsplan", "verksamhetsberättelse", "tertialrapport")
    called = {"VP": kinds[0], "VB": kinds[1]}.get(kind, kinds[2])
    for text in own_texts(rows):
        for said in text.sentences if any([each in text.lower for each in kinds]) else ():
            named = _CALLED.search(said)
            if named and named["kind"].casefold() != called:
                words = {"kind": label("kind", kind).lower(), "heading": text.heading, "quote": quote(said)}
                yield text.doubt(rows, "kind_differs", said, words, text.above)
                return


@check
def part_of_year(rows: Rows) -> Iterator[Noted]:
    """A text of a four-month report in an annual one, with no word on the rest of the year."""
    if rows["reports"][0]["kind"] == "VB":
        yield from (noted for noted, *_ in _of_another_time(rows, "part_of_year", _is_part))


def _is_part(said: str, text: Text, _year: int) -> bool:
    if has("so_far", said) and not said.endswith("?"):
        return True
    low = said.casefold()
    if not any([part in low for part in _PARTS]) or is_remnant(said):  # nearly all
        return False
    begins = said == text.sentences[0] and _PERIOD.match(said) is not None
    within = text.outcome and _IN_PERIOD.search(said) is not None and _REST.search(text.text) is None
    return (begins or within) and _WHOLE.search(text.text) is None


def _of_another_time(
    rows: Rows, code: str, wanted: Callable[[str, Text, int], bool]
) -> Iterator[tuple[Noted, Text, str]]:
    """A doubt for each text with a sentence that is wanted, with the two."""
    year = rows["reports"][0]["year"]
    for text in own_texts(rows):
        if text.section in INTENDED:
            continue
        said = next((s for s in text.sentences if wanted(s, text, year)), None)
        if said is not None:
            words = {"heading": text.heading, "year": str(year), "quote": quote(said)}
            yield text.doubt(rows, code, said, words, text.above), text, said


def _is_ahead(said: str, text: Text, year: int) -> bool:
    if _is_still_to_be(said, year):
        return True
    if text.table != "activities":  # a passage may tell of the year to come without saying so
        return False
    low = said.casefold()
    if not any([part in low for part in _TIMES]):
        return False
    if (comes := _COMES_IN.search(said)) and int(comes[1]) == year:
        return True
    if not _goes_on(said) or said.endswith("?") or has("next_year_no", said):
        return False
    # A year other than the report's says what time is meant.
    return all(int(each) == year for each in _YEAR.findall(said))


def _is_still_to_be(said: str, year: int) -> bool:
    """It says outright what is to be done at a time of the year, which has passed."""
    if _TO_COME.isdisjoint(words_of(said)):  # nearly all
        return False
    when, this = _WITHIN.search(said), _THIS_YEAR_TO_BE.search(said)
    to_be = _TO_BE.match(said) if when else None
    if said.endswith("?") or has("later", said) or not (this or to_be):
        return False
    if to_be and _NOT_TO_BE.search(to_be["lead"]):
        return False
    return all(int(each) == year for each in _YEAR.findall(said))


def _told_as_done(rows: Rows, text: Text, said: str) -> bool:
    """Another text tells of the same at the same time, as of what has been."""
    when = _WHEN.findall(said.casefold())
    return any(
        any(each in other.casefold() for each in when) and of_one_thing(said, other) and not _goes_on(other)
        for also in own_texts(rows)
        if also is not text and any(each in also.lower for each in when)
        for other in also.sentences
    )


def _goes_on(said: str) -> bool:
    """What stands by a time is in the present tense."""
    words = (found[1] or found[2] or "" for found in _AHEAD.finditer(said))
    return any(pattern("goes_on_now").fullmatch(word) for word in words)


def _is_forecast(said: str, _text: Text, year: int) -> bool:
    if not has("forecast", said) or said.endswith("?") or has("next_year_no", said):
        return False
    return all(int(each) == year for each in _YEAR.findall(said))


# ---------------------------------------------------------------------------------- dates


@check
def date_impossible(rows: Rows) -> Iterator[Noted]:
    """A day that its month does not have: "den 31 november"."""
    year = rows["reports"][0]["year"]
    for text in texts(rows):
        for said in text.sentences if any([day in text.text for day in _LATE_DAYS]) else ():
            days = (*_LATE_DAY.finditer(said), *_ISO_DAY.finditer(said))
            hit = next((day for day in days if not _exists(day, year)), None)
            if hit is not None:
                words = {"heading": text.heading, "date": hit[0], "quote": quote(said)}
                yield text.doubt(rows, "date_impossible", said, words, text.above)
                break


def _exists(day: re.Match[str], year: int) -> bool:
    """The month has the day, in the year that is named, or else in one that the sentence may be of."""
    number = day["number"]
    month = int(number) if number else MONTHS.index(day["month"].casefold()) + 1
    may_be = [int(day["year"])] if day["year"] else [year, year + 1, *map(int, _YEAR.findall(day.string))]
    may_be += [year - 1] if has("look_back", day.string) else []
    return any(int(day["day"]) <= calendar.monthrange(each, month)[1] for each in may_be)


@check
def told_too_early(rows: Rows) -> Iterator[Noted]:
    """An annual report that says that it was itself gone through before its year was over."""
    report = rows["reports"][0]
    if report["kind"] != "VB":
        return
    for text in own_texts(rows):
        for said in text.sentences if "berättelsen" in text.lower else ():
            found = _GONE_THROUGH.search(said)
            if found is None or set(re.findall(r"\b20\d\d\b", said)) != {str(report["year"])}:
                continue
            year = str(report["year"])
            words = {"which": "Texten har ett datum", "year": year, "names": f"”{quote(said)}”"}
            yield text.doubt(rows, "date_outside", said, words, text.above)
            return


# ---------------------------------------------------------------------------------- an earlier year


@check
def year_of_another(rows: Rows) -> Iterator[Noted]:
    """An analysis of this year that tells of what was done in an earlier one."""
    report = rows["reports"][0]
    if report["kind"] != "VB":
        return
    for text in own_texts(rows):
        if _sums_up(text):
            said = [s for s in text.sentences if _has_earlier(s, report["year"])]
        elif not text.outcome or text.table == "indicators" or not _of_this_year(text, report["year"]):
            continue
        else:
            dated = [s for s in text.sentences if "20" in s or "19" in s]
            said = [s for s in dated if _of_earlier(s, report["year"])]
            said = said or [s for s in dated if _long_ago(text, s, report["year"])]
        if said:
            words = {
                "heading": text.heading if text.table != "passages" else _title(text),
                "year": str(report["year"]),
                "told": _told(said),
                "quote": quote(said[0]),
                "more": f" Sedan står: ”{quote(later)}”." if (later := _goes_on_to(text, said[0])) else "",
            }
            noted = text.doubt(rows, "year_of_another", said[0], words, text.above)
            yield replace(noted, gravity=1) if later else noted


def _title(text: Text) -> str:
    return text.goal["title"] if text.goal else text.heading


def _told(said: Sequence[str]) -> str:
    return " och ".join(dict.fromkeys(m[1] for s in said if (m := _BEGINS.match(s) or _WAS_DONE.search(s))))


def _sums_up(text: Text) -> bool:
    heading = text.heading.casefold() if text.section is None else ""
    return text.section == "summary" or "sammanfatt" in heading


def _has_earlier(said: str, year: int) -> bool:
    found = _HAS_UNDER.match(said)
    return found is not None and int(found[1]) < year - 1


def _long_ago(text: Text, said: str, year: int) -> bool:
    """What a goal's analysis tells was done two years ago or more, and nothing of what came after."""
    done = _WAS_DONE.search(said) if text.table == "passages" else None
    return (
        done is not None
        and int(done[1]) < year - 1
        and not has("look_back", said)
        and not _YEAR.search(said, done.end())
    )


def _goes_on_to(text: Text, said: str) -> str | None:
    """A later sentence that begins with this year: the earlier one may be how it began."""
    later = text.sentences[text.sentences.index(said) + 1 :]
    return next((each for each in later if _THIS_YEAR.match(each)), None)


def _of_this_year(text: Text, year: int) -> bool:
    """The row is of this year; one that began earlier may tell how it began."""
    start = text.row.get("start")
    return start is None or start.year >= year


def _of_earlier(said: str, year: int) -> bool:
    """It begins with an earlier year and what happened then, and compares with no other."""
    found = _BEGINS.match(said)
    if found is None or int(found[1]) >= year or has("look_back", said):
        return False
    if any(int(each) >= year for each in _YEAR.findall(said)):
        return False
    then = pattern("begins_then").fullmatch(found[2] or "") or _WE_DID.match(said, found.end(1))
    return then is not None and len(words_of(said)) > 4
