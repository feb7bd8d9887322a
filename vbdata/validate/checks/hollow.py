"""Texts that say nothing, and headings without a text: one doubt of each kind, however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vbdata.extract.recognise import status_of
from vbdata.language.prose import enumerated, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.goals import is_placeholder
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import ECONOMY, Text, own_texts, texts
from vbdata.validate.judgements import judgements
from vbdata.validate.places import place
from vbdata.validate.stems import has, words_of

#: Names that a message lists; the rest are counted.
SHOWN = 4
#: Sections whose blank means that there is nothing to tell.
_MAY_BE_BLANK = ("investments", "premises", None)
_LEFT_OPEN = re.compile(
    r"(?<![\w-])(?:XX+|xx+|YY+|ÅÅ+|\?{2,}|NN)(?![\w-])"
    r"|\[(?:antal|datum|belopp|siffra|procent|fyll i|x+)\b[^\]]*\]|\(fyll i[^)]*\)"
    r"|\[(?:OBS|TODO|(?i:kolla|kontrollera|stäm(?:ma)? av|fråga|komplettera|lägg till|uppdatera))\b[^\]]*\]"
)
_MARKS = ("XX", "xx", "YY", "ÅÅ", "??", "NN", "[", "(fyll")
"""What `_LEFT_OPEN` cannot do without."""


@check
def text_says_nothing(rows: Rows) -> Iterator[Noted]:
    """Analyses of nothing but the status, one word or "Se ovan"."""
    found = [text for text in own_texts(rows) if text.outcome and _says_nothing(text)]
    if found:
        names = [f"”{quote(text.text, 30)}” ({_named(text)})" for text in found]
        words = {
            "count": "En analys" if len(found) == 1 else f"{len(found)} analyser",
            "names": enumerated(names, SHOWN),
        }
        yield found[0].doubt(rows, "text_says_nothing", found[0].text, words, found[0].above)


def _says_nothing(text: Text) -> bool:
    """The status again, one word, or a reference; a done activity may say so in a word."""
    bare = text.text.strip(" .:!…*")
    words = words_of(text.text)
    if is_placeholder(bare):
        return not (text.table == "passages" and text.goal is not None)  # `analysis_missing` tells of those
    if len(words) > 4:
        return False
    if text.table == "activities":
        return not words
    return (
        status_of(bare) is not None
        or (text.table == "passages" and bool(judgements(bare, 0)))
        or (len(words) == 1 and has("one_word", bare))
    )


def _named(text: Text) -> str:
    name = text.goal["title"] if text.table == "passages" and text.goal else text.heading
    return quote(name, 60)


@check
def left_open(rows: Rows) -> Iterator[Noted]:
    """A number or a name that was to be filled in: "XX"."""
    found = [
        (text, said)
        for text in texts(rows)
        if any([mark in text.text for mark in _MARKS])
        and _LEFT_OPEN.search(text.text)
        and not is_placeholder(text.text)
        for said in text.sentences
        if _LEFT_OPEN.search(said)
    ]
    if found:
        text, said = found[0]
        more = f" Det gäller {len(found)} ställen." if len(found) > 1 else ""
        words = {"heading": text.heading, "quote": quote(said, 120), "more": more}
        yield text.doubt(rows, "left_open", said, words, text.above)


# ---------------------------------------------------------------------------------- headings


@check
def section_empty(rows: Rows) -> Iterator[Noted]:
    """Headings with nothing under them; investments alone may well have nothing."""
    blanks = rows.get("blanks", [])
    wanted = [row for row in blanks if row["section"] not in _MAY_BE_BLANK]
    if not wanted or not _written(rows):
        return
    # An economy without a word comes first.
    wanted.sort(key=lambda row: row["section"] not in ECONOMY)
    listed = [*wanted, *(row for row in blanks if row["section"] in _MAY_BE_BLANK[:2])]
    names = list(dict.fromkeys(f"”{row['heading']}”" for row in listed))
    words = {
        "names": enumerated(names, 6),
        "what": "Rubriken" if len(names) == 1 else "Rubrikerna",
    }
    other = Other("reports", None, place(listed[-1])) if len(listed) > 1 else None
    gravity = 2 if wanted[0]["section"] in ECONOMY else None
    yield Noted("section_empty", "reports", None, place(wanted[0]), words, other=other, gravity=gravity)


def _written(rows: Rows) -> bool:
    """The report has running text elsewhere, so that its headings are not all that was sent."""
    return sum(len(row["text"]) for row in rows["passages"]) > 500
