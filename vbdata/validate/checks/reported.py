"""The form's gravest rows: lex Sarah, IVO, personal data; and rows that stand in it twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vbdata.language.prose import NUMBER_WORDS, plain_sentences, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate import form_counts, lex_sarah
from vbdata.validate.checks.registry import Row, Rows, any_unread, check, form_unread
from vbdata.validate.checks.texts import INTENDED, Text, own_texts
from vbdata.validate.places import place, whole
from vbdata.validate.stems import has
from vbdata.vocabulary import key, phrases

DEVIATIONS = ("deviation_subject", "deviation_source", "deviation_concerns", "case_subject", "case_source")
#: Facets whose counts should be told of: words that a text names them by, and the form's words for them.
TOLD = {
    "lex_sarah": ("lex sara", "lexsara"),
    "data_incident": (
        "personuppgiftsincident",
        "personuppgiftincident",
        "dataskyddsincident",
        "dataskyddincident",
    ),
    "complaint": ("klagomål", "synpunkt"),
}
#: Facets in whose comments it may be told.
COMMENTED = {
    "lex_sarah": ("lex_sarah", "lex_case"),
    "data_incident": ("data_incident",),
    "complaint": ("complaint_subject", "complaint_source", "response"),
}
_NAMED = {
    "lex_sarah": ("rapport enligt lex Sarah", "rapporter enligt lex Sarah"),
    "data_incident": ("personuppgiftsincident", "personuppgiftsincidenter"),
    "complaint": ("synpunkt eller klagomål", "synpunkter och klagomål"),
}
EVENT = "event_stem"
TEXTS = {"passages": "text", "indicators": "analysis", "activities": "analysis", "complaints": "comment"}
_ALL_ANSWERED = re.compile(
    r"\b(?:alla|samtliga|varje)\s+(?:\w+\s+){0,2}?(?:klagomål|synpunkt|som\s+klag)(?!\w*\s+(?:om|på|som\s+(?:rör|gäll|avs|handla)))[^.;]*"
    r"\b(?:besvarats|besvarade|(?:fått|fick|getts|gavs)\s+(?:\w+\s+){0,2}?(?:svar|återkoppling)|återkopplats)\b"
    r"|\b(?:besvarat|besvarade|svarat\s+på|återkopplat\s+(?:på|till))\s+(?:alla|samtliga)\s+(?:\w+\s+){0,2}?(?:klag|synpunkt)",
    re.I,
)
_DONE = r"(?:rapportera|anmäl|upprätta|utred|utrett|skriv|skrev|lämna|inträffa|skett|hänt)"
_CAME = {
    "lex_sarah": re.compile(
        rf"\b(?:en|ett)\b[^.;]*\b{_DONE}\w*[^.;]*\blex sara|\blex sara\w*[^.;]*\b{_DONE}(?:des|ts|t|tts)\b"
        r"|\bskrivit\s+en\s+lex sara",
        re.I,
    ),
    "data_incident": re.compile(rf"^(?:en|två|flera|några)\b[^.;]*incident\w*[^.;]*\b{_DONE}", re.I),
    "complaint": re.compile(
        r"\b(?:ett|flera|några|många|de\s+flesta)\s+(?:av\s+)?(?:klagomål|synpunkt)\w*\s+(?:som\s+)?(?:har\s+)?"
        r"(?:rör|gäll|handla|kom|inkom|lämna)|^klagomålen\s+(?:har\s+)?(?:\w+\s+){0,2}?(?:rör|gäll|handla|kom)",
        re.I,
    ),
}
_SENT = re.compile(
    r"\banmäl(?:des|ts|t|de)\b[^.;]*\bIVO\b|\bIVO\b[^.;]*\banmälan\b|\banmälan\s+till\s+IVO\b", re.I
)
#: What is of the law and its routine, or told about it, and no case; views that were no complaints.
_NO_CASE = re.compile(
    r"lex sara\w*[- ]?(?:rutin|utbildning|artikel|information)|\bom lex sara"
    r"|\bsynpunkt\w*[^.;]*(?:på förslag|i husmöte|kom fram)",
    re.I,
)
#: What is reported to the inspectorate of others than the unit's own events.
_NOT_OURS = re.compile(r"lex maria|föreståndar|tillstånd|verksamhetschef|hälso- och sjukvård", re.I)
#: What is a duty, another year's or another's.
_NOT_OF_THE_YEAR = re.compile(
    r"\b(?:ska|skall|kan|bör|ingen|inga|inte|ej|fjol|förra|tidigare|nästan|alltid|brukar|grannenhet\w*|andra)\b",
    re.I,
)
#: Words of a comment on a grave event below which it does not say what was done.
_FEW = 3
#: Complaints from which a report without a word on them is asked about.
SEVERAL = 2


def _totals(rows: Rows) -> list[Row]:
    """Rows of the form that have the sum of a category's periods."""
    return [row for row in rows["complaints"] if row["period"] == "total"]


def _lex_sarah(rows: Rows) -> list[Row]:
    return [row for row in _totals(rows) if row["concept"] == "lex_sarah_reports"]


@check
def ivo_exceeds(rows: Rows) -> Iterator[Noted]:
    """More reports sent on to IVO than were received, or some where none is counted."""
    if any_unread(rows["complaints"]):
        return
    sent = [
        row for row in _totals(rows) if row["facet"] == "lex_sarah" and re.search(r"\bIVO\b", row["category"])
    ]
    for row, received in zip(sent, whole(rows, _lex_sarah(rows)), strict=False):
        if (row["count"] or 0) > (received["count"] or 0):
            count = received["count"]
            came = f"bara {count} har kommit in" if count else "ingen har kommit in"
            blank = "rutan för inkomna är tom"
            words = {"sent": str(row["count"]), "received": blank if count is None else came}
            other = Other("complaints", received["row_id"], place(received), "count")
            yield Noted("ivo_exceeds", "complaints", row["row_id"], place(row), words, "count", other)


@check
def lex_sarah_alone(rows: Rows) -> Iterator[Noted]:
    """Reports under lex Sarah in a form that counts no deviation."""
    if any_unread(rows["complaints"]):
        return
    deviations = [row for row in rows["complaints"] if row["facet"] in DEVIATIONS]
    for row in _lex_sarah(rows):
        if row["count"] and deviations and not any(other["count"] for other in deviations):
            count = row["count"]
            blank = all(other["count"] is None for other in deviations)
            words = {
                "count": f"{count} {_NAMED['lex_sarah'][count != 1]}",
                "deviations": "rutorna för avvikelser är tomma" if blank else "ingen avvikelse",
            }
            other = Other("complaints", deviations[0]["row_id"], place(deviations[0]), "count")
            yield Noted("lex_sarah_alone", "complaints", row["row_id"], place(row), words, "count", other)


@check
def count_untold(rows: Rows) -> Iterator[Noted]:
    """Counted reports, incidents or complaints that no comment and no text says a word about."""
    if rows["reports"][0]["kind"] == "VP" or any_unread(rows["complaints"]):
        return
    for what, found in _counted(rows).items():
        count = sum(row["count"] or 0 for row in found)
        first = next((row for row in found if row["count"]), None)
        if first is None or count < (SEVERAL if what == "complaint" else 1):
            continue
        comment = next((row["comment"] for row in rows["complaints"] if _tells_of(row, what)), None)
        short = comment if comment and what != "complaint" and len(comment.split()) < _FEW else None
        if (short or not comment) and not _told(rows, what):
            words = {
                "count": f"{count} {_NAMED[what][count != 1]}",
                "lacks": f"kommentaren är bara ”{short}” och texten nämner det inte"
                if short
                else "varken kommentaren eller texten säger vad det gällde",
            }
            gravity = 4 if what == "lex_sarah" else None  # a risk to people
            yield Noted(
                "count_untold", "complaints", first["row_id"], place(first), words, "count", gravity=gravity
            )


def _tells_of(row: Row, what: str) -> bool:
    return bool(row["comment"]) and row["facet"] in COMMENTED[what]


def _counted(rows: Rows) -> dict[str, list[Row]]:
    totals = _totals(rows)
    subject = [row for row in totals if row["facet"] == "complaint_subject"]
    return {
        "lex_sarah": _lex_sarah(rows),
        "data_incident": [row for row in totals if row["facet"] == "data_incident"],
        "complaint": subject,
    }


def _told(rows: Rows, what: str) -> bool:
    """A sentence speaks of such an event, not only of the routine for it."""
    return any(
        _names(sentence, TOLD[what]) and (_event().search(sentence) or _number(sentence))
        for text in _texts(rows)
        if _names(text, TOLD[what])
        for sentence in plain_sentences(text)
    )


def _names(text: str, words: Sequence[str]) -> bool:
    low = text.casefold()
    return any([word in low for word in words])


def _texts(rows: Rows) -> Iterator[str]:
    for table, column in TEXTS.items():
        yield from (row[column] for row in rows[table] if row[column])


@cache
def _event() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases()[EVENT]))})", re.I)


def _number(text: str) -> bool:
    return any(word in NUMBER_WORDS or word.isdigit() for word in re.findall(r"\w+", text.casefold()))


@check
def all_answered(rows: Rows) -> Iterator[Noted]:
    """A text that says that all complaints were answered, where the form counts fewer with feedback."""
    if any_unread(rows["complaints"]):
        return
    answered = [
        row for row in _totals(rows) if row["concept"] == "feedback_given" and row["count"] is not None
    ]
    came = sum(row["count"] or 0 for row in _totals(rows) if row["facet"] == "complaint_subject")
    if len(answered) != 1 or answered[0]["count"] >= came:
        return
    for text, said in _sentences(rows, TOLD["complaint"]):
        if _ALL_ANSWERED.search(said) and not _NOT_OF_THE_YEAR.search(said):
            words = {
                "said": "svar på alla klagomål",
                "form": f"är det {answered[0]['count']} av {came} som har fått återkoppling",
                "place": str(text.place(rows, said)),
                "quote": quote(said),
            }
            other = Other("complaints", answered[0]["row_id"], place(answered[0]), "count")
            yield text.doubt(rows, "complaints_text_differ", said, words, other)
            return


@check
def told_uncounted(rows: Rows) -> Iterator[Noted]:
    """A report, an incident or a complaint that a text tells of, where the form counts none."""
    if form_unread(rows) or all(row["count"] is None for row in rows["complaints"]):
        return
    year = rows["reports"][0]["year"]
    for what, found in _counted(rows).items():
        if not found or any(row["count"] for row in found):
            continue
        for text, said in _sentences(rows, TOLD[what]):
            told = (*form_counts.told(said, year), *lex_sarah.some_reports(said, year))
            if not told and _tells_that(what, said) and not _NOT_OF_THE_YEAR.search(said):
                words = {
                    "said": f"minst en {_NAMED[what][0]}",
                    "form": "är rutan tom" if found[0]["count"] is None else "är det 0",
                    "place": str(text.place(rows, said)),
                    "quote": quote(said),
                }
                other = Other("complaints", found[0]["row_id"], place(found[0]), "count")
                yield text.doubt(rows, "complaints_text_differ", said, words, other)
                break


def _sentences(rows: Rows, names: Sequence[str]) -> Iterator[tuple[Text, str]]:
    """Sentences of the unit's own texts, each with its text, that have one of some names."""
    for text in own_texts(rows):
        if any([name in text.lower for name in names]) and text.section not in INTENDED:
            yield from ((text, said) for said in text.sentences if _names(said, names))


def _tells_that(what: str, said: str) -> bool:
    """The sentence tells that one came in or happened, not of the duty or the routine."""
    if said.endswith("?") or has("case_duty", said) or _NO_CASE.search(said):
        return False
    return _CAME[what].search(said) is not None


@check
def sent_to_ivo(rows: Rows) -> Iterator[Noted]:
    """Something that was reported to the inspectorate, and no report under lex Sarah anywhere."""
    reports = _lex_sarah(rows)
    told = [text for text in own_texts(rows) if "IVO" in text.text]
    if not told or not reports or any(row["count"] for row in reports) or any_unread(rows["complaints"]):
        return
    if any(_names(text, TOLD["lex_sarah"]) for text in _texts(rows)):
        return
    for text in told:
        for said in text.sentences:
            others = _NOT_OURS.search(said) or _NOT_OF_THE_YEAR.search(said)
            if _SENT.search(said) and not (others or said.endswith("?")):
                other = Other("complaints", reports[0]["row_id"], place(reports[0]), "count")
                yield text.doubt(rows, "ivo_alone", said, {"quote": quote(said)}, other)
                return


@check
def category_twice(rows: Rows) -> Iterator[Noted]:
    """A category that stands twice in one group of the form, with a count in both."""
    seen: dict[tuple[str, str], Row] = {}
    for row in _totals(rows):
        mark = (key(row["group"] or ""), key(row["category"]))
        first = seen.setdefault(mark, row)
        if first is not row and row["facet"]:
            yield from _twice(first, row)


def _twice(first: Row, row: Row) -> Iterator[Noted]:
    counts: Sequence[int | None] = (first["count"], row["count"])
    if any(counts):
        told = " och ".join("tom" if count is None else str(count) for count in counts)
        words = {"category": row["category"], "group": row["group"], "counts": told}
        other = Other("complaints", first["row_id"], place(first), "count")
        yield Noted("category_twice", "complaints", row["row_id"], place(row), words, "count", other)
