"""Numbers of a text that it takes back itself, and opinions of nobody knows how many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter

from vbdata.language.numbers import may_state
from vbdata.language.prose import quote
from vbdata.language.quantities import quantities_in
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.claims import number_disowned
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import INTENDED, Text, own_texts
from vbdata.validate.stems import pattern, uses_of

_PERHAPS = re.compile(r"\b(?:om|skulle|risk\w*|när)\b|\bkan\b(?!\s+inte)", re.I)
_IS_TO = re.compile(r"\b(?:ska|skall)\b", re.I)
_MANY = r"(?:alla(?:\s+utom\s+\w+)?|samtliga|de\s+flesta|många|flera|flertalet)"
#: An opinion of those who answered, or of "all" and "most" without a word for who they are.
_OPINION = re.compile(
    r"\b(?:de|dem|alla|flera|många)\s+som\s+(?:har\s+)?svara(?:de|t)\b"
    rf"|\b(?:^|att\s+|och\s+){_MANY}\s+(?:(?:är|var|har\s+varit|har\s+blivit)\s+(?:\w+\s+)?(?:nöjda|positiva)|tyck(?:er|te)|uppskatta(?:r|de|t))\b"
    r"|\bde\s+(?:svarande|tillfrågade)\b"
    rf"|\b(?:uppskatt|beröm)\w+\s+av\s+{_MANY}(?=\s*(?:[.,;!]|$))",
    re.I,
)
_PARTS = ("svara", "tillfråga", "nöjda", "positiva", "tyck", "uppskatt", "beröm")
"""What `_OPINION` cannot do without."""


@check
def number_reserved(rows: Rows) -> Iterator[Noted]:
    """Numbers that a text says are uncertain, estimated or not to be compared, and no indicator's."""
    found = [
        (text, said)
        for text in own_texts(rows)
        if text.table == "passages" and text.section not in INTENDED
        for before, said in pairwise(("", *text.sentences))
        if _takes_back(said, before)
    ]
    asked = {noted.words["quote"] for noted in number_disowned(rows)} if found else set()
    for text, told in groupby(found, key=itemgetter(0)):
        said = next((said for _, said in told if quote(said) not in asked), None)
        if said is not None:
            yield text.doubt(rows, "number_reserved", said, _words(text, said), text.above)


def _takes_back(said: str, before: str) -> bool:
    """A number is spoken of, here or in the sentence before, and is not one to trust."""
    told = uses_of(said)
    if told.isdisjoint(("disowned", "estimated", "undercounted", "cautious")):  # nearly all
        return False
    if _PERHAPS.search(said) or said.endswith("?") or ("cautious" not in told and _IS_TO.search(said)):
        return False
    if {"disowned", "estimated", "cautious"} & told and pattern("numbers").search(said):
        return True
    return "undercounted" in told or ("disowned" in told and may_state(before))


@check
def respondents_untold(rows: Rows) -> Iterator[Noted]:
    """An opinion of "those who answered" or of "all" and "most", in a text that does not say how many."""
    if rows["reports"][0]["kind"] == "VP":
        return
    year = rows["reports"][0]["year"]
    for text in own_texts(rows):
        if text.table != "passages" or text.section in INTENDED:
            continue
        if not any([part in text.lower for part in _PARTS]):
            continue
        said = next((each for each in text.sentences if _OPINION.search(each)), None)
        if "svarsfrekvens" in text.lower:
            continue
        if said is not None and not _PERHAPS.search(said) and not _counted(text.sentences, said, year):
            yield text.doubt(rows, "respondents_untold", said, _words(text, said), text.above)


def _counted(sentences: Sequence[str], said: str, year: int) -> bool:
    """The sentence counts somebody, or another of the text tells how many answered."""
    return any(
        q.measure_unit in (None, "personer", "svar") and (each == said or q.role == "respondents")
        for each in sentences
        for q in (quantities_in(each, year) if may_state(each) else ())
    )


def _words(text: Text, said: str) -> dict[str, str]:
    return {"heading": text.heading, "quote": quote(said)}
