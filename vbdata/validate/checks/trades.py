"""Words of another trade, and another unit's label, in the unit's own texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from vbdata.language.inflection import stem
from vbdata.language.prose import quote
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.names import own_names, register_of
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import INTENDED, Text, own_texts, texts, unit_goals
from vbdata.validate.checks.units import own_mention, tells_of_change
from vbdata.validate.places import place_of
from vbdata.validate.stems import Lexicon, compiled, has, words_of
from vbdata.vocabulary import key, trades
from vbdata.vocabulary.wording import same_words

#: A report that uses a word oftener uses it of its own.
_RARE = 2
_CHILDREN = frozenset({"preschool", "school"})
#: Words that several trades share: a unit of which no more is known may speak of any of them.
_SHARED = frozenset({"care", "residence"})
_CARE = frozenset({"day_centre", "housing", "home_care", "nursing_home"})
#: Trade → trades that have nothing to do with it day by day: its people and places are no theirs.
_FAR = dict.fromkeys(_CHILDREN, _CARE | _SHARED) | dict.fromkeys(
    _CARE - {"day_centre"}, _CHILDREN | {"youth"}
)
_OURS = r"(?:vår|våra|vårt|enhetens|verksamhetens)\s+(?:\w+\s+)?"
_AT_OURS = r"(?:på|i|inom|vid)\s+(?:vår|våra|vårt)\s+(?:verksamhet|enhet|hus\b|avdelning)"
_PEOPLE = (
    "Brukar\\w*|Deltagar\\w*|Boende|De boende|Barn\\w*|Elever\\w*|Kunder\\w*|Hyresgäst\\w*|Medarbetar\\w*"
)
#: Words in the genitive that begin a sentence and are no names.
_NO_NAMES = frozenset((
    "Enhetens", "Verksamhetens", "Verksamheternas", "Enheternas", "Stadens", "Stockholms", "Nämndens",
    "Stadsdelsnämndens", "Stadsdelens", "Förvaltningens", "Kommunens", "Avdelningens", "Årets", "Dagens",
))  # fmt: skip
_ONE_HOUSE = re.compile(
    r"[A-ZÅÄÖ][\w-]+s (gruppbostad|servicebostad|stödboende|korttidshem|dagliga verksamhet|hemtjänst"
    r"|förskola|skola|vård- och omsorgsboende|äldreboende|fritidsgård|träffpunkt)"
)
#: Trade → what several houses are called, whose name is a unit's.
_UNITS = {
    "preschool": ("förskolor",),
    "school": ("skolor",),
    "housing": ("gruppbostäder", "servicebostäder", "stödboenden"),
    "day_centre": ("dagliga verksamheter",),
}
_LABEL = re.compile(r"Enheten?\s+([A-ZÅÄÖ][\w-]+(?:[ ,-]+[\w-]+){0,8})\s*")


@check
def trade_differs(rows: Rows) -> Iterator[Noted]:
    """Another trade's people or places spoken of as its own: "våra elever" in a group home's report."""
    report = rows["reports"][0]
    own = trades_of(own_names(report))
    if not own:
        return
    found = [(text, said, word) for text in own_texts(rows) for said, word in _foreign(text, own)]
    for text, said, word in found:
        if sum(stem(word) == stem(other) for _, _, other in found) <= _RARE:
            words = {
                "title": report["unit_name"],
                "word": word,
                "heading": text.heading,
                "quote": quote(said),
            }
            yield text.doubt(rows, "trade_differs", said, words)
            return


def trades_of(names: Iterable[str]) -> set[str]:
    """The trades that a unit's names tell.

    >>> sorted(trades_of(["Granbackens gruppbostäder"]))
    ['care', 'housing', 'residence']
    """
    named = [name for name in names if name]
    return {trade for trade in trades() if any(_names(trade).search(name) for name in named)}


@cache
def _names(trade: str) -> re.Pattern[str]:
    return compiled(trades()[trade]["names"])


@cache
def _words() -> Lexicon:
    """The people and places of each trade."""
    return Lexicon({trade: (*each["people"], *each["places"]) for trade, each in trades().items()})


@cache
def _patterns(trade: str) -> tuple[re.Pattern[str], ...]:
    people, places = (compiled(trades()[trade][each]).pattern for each in ("people", "places"))
    ours = re.compile(rf"\b{_OURS}({people})|({people})\s+{_AT_OURS}", re.IGNORECASE)
    begins = re.compile(
        rf"^(?:(?:på|i|inom|vid)\s+)?({places})\s+(?!och\b|som\b|i\b|på\b|eller\b)", re.IGNORECASE
    )
    anywhere = re.compile(rf"(?<!\w)({people}|{places})(?!\w)", re.IGNORECASE)
    return ours, begins, anywhere


def _foreign(text: Text, own: set[str]) -> Iterator[tuple[str, str]]:
    """Sentences of a text that speak as another trade, with the word that tells it."""
    for trade in sorted(_words().uses(text.text) - own):
        far = text.section not in INTENDED and own <= _FAR.get(trade, frozenset())
        asked = 1 if own <= _SHARED else 3 if far else 2
        for said in text.sentences:
            if trade not in _words().uses(said):
                continue
            hits = (pattern.search(said) for pattern in _patterns(trade)[:asked])
            hit = next(filter(None, hits), None)
            people, _, anywhere = _patterns(trade)
            if hit is None or (hit.re is anywhere and _of_others(said)):
                continue
            if hit.re is not people or not _names(trade).search(said):  # else it says whose they also are
                yield said, next(filter(None, hit.groups()))


def _of_others(said: str) -> bool:
    """The sentence is of work with others, or of those who learn at the unit."""
    return has("company", said) or has("learners", said) or tells_of_change(said)


# ---------------------------------------------------------------------------------- labels


@check
def label_differs(rows: Rows) -> Iterator[Noted]:
    """The name of another unit printed over a text, where the form prints the unit's own."""
    report = rows["reports"][0]
    own = [name for name in own_names(report) if name]
    for text in own_texts(rows):
        first = text.text.partition("\n")[0]
        label = _LABEL.fullmatch(first)
        if label is None or any(_is(label[1], name) for name in own):
            continue
        words = {"title": report["unit_name"], "where": f"texten under {text.heading}", "other": label[1]}
        yield text.doubt(rows, "unit_name_differs", first, words)


def _is(name: str, own: str) -> bool:
    """The names are one but for spelling and number; one may be longer than the other."""
    a, b = key(name), key(own)
    return a in b or b in a or same_words(name, own)


# ---------------------------------------------------------------------------------- strangers


@check
def stranger_named(rows: Rows) -> Iterator[Noted]:
    """A unit goal or its expected result that speaks of a unit by a name that the report has nowhere else."""
    report = rows["reports"][0]
    own = key(" ".join(own_names(report)))
    for table, row, text, where in _set_for_the_unit(rows):
        name = _stranger(text)
        if not name or key(name.split()[0]).removesuffix("s") in own or _own_part(rows, name, row):
            continue
        if any(key(name) in map(key, unit.names) for unit in register_of(report).units):
            continue
        words = {"title": report["unit_name"], "where": where, "other": name}
        row_id = row["goal_id"] if table == "goals" else row["row_id"]
        at = place_of(rows, row, name)
        yield Noted("unit_name_differs", table, row_id, at, words, other=own_mention(rows))


@check
def stranger_in_text(rows: Rows) -> Iterator[Noted]:
    """A unit of the same trade named once, where the unit is one house: "På Almhöjdens förskola …"."""
    report = rows["reports"][0]
    own, kinds = key(" ".join(own_names(report))), _kinds(own_names(report))
    if not kinds:
        return
    pattern = _named_as(kinds)
    told = [text for text in own_texts(rows) if any([kind in text.text for kind in (*kinds, "skolan")])]
    found = [each for text in told for each in _named_in(text, pattern, own)]
    for text, said, name in found:
        if sum(other == name for _, _, other in found) == 1 and not _own_part(rows, name, text.row):
            words = {"title": report["unit_name"], "where": f"texten under {text.heading}", "other": name}
            yield text.doubt(rows, "unit_name_differs", said, words, own_mention(rows))


def _named_in(text: Text, pattern: re.Pattern[str], own: str) -> Iterator[tuple[Text, str, str]]:
    """Sentences with a name that is not the unit's own, in none of which it works with another."""
    for said in text.sentences if pattern.search(text.text) else ():
        for hit in pattern.finditer(said):
            first = hit[0].split()[0]
            with_it = words_of(said[: hit.start()])[-1:] in (("med",), ("från",), ("och",), ("av",))
            if first in _NO_NAMES or key(first)[:-3] in own or with_it:
                continue
            if not (has("company", said) or tells_of_change(said)):
                yield text, said, hit[0]


def _kinds(names: Iterable[str]) -> set[str]:
    """What a house is called that is one as the unit: "gruppbostad"."""
    kinds = {m[1] for name in names if (m := _ONE_HOUSE.fullmatch(name))}
    return kinds | {kind for trade in trades_of(names) for kind in _UNITS.get(trade, ())}


def _named_as(kinds: Iterable[str]) -> re.Pattern[str]:
    """Names of such houses: "Granbackens gruppbostad" or "Granskolan"."""
    joined = "|".join(re.escape(kind) for kind in kinds)
    school = r"|(?<=[a-zåäö] )[A-ZÅÄÖ][a-zåäö]{3,}skolan\b" if "skola" in joined else ""
    return re.compile(rf"\b[A-ZÅÄÖ][\w-]+s\s+(?:{joined})\b{school}")


def _set_for_the_unit(rows: Rows) -> Iterator[tuple[str, Row, str, str]]:
    for goal, expected, _ in unit_goals(rows):
        yield "goals", goal, goal["title"], f"enhetsmålet ”{goal['title']}”"
        for text in expected:
            for said in text.sentences:
                yield text.table, text.row, said, "texten under Förväntat resultat"


@cache
def _named() -> re.Pattern[str]:
    kinds = "|".join(
        compiled(each["names"]).pattern for trade, each in trades().items() if trade not in _SHARED
    )
    return re.compile(
        rf"(?:(?:{_PEOPLE})\s+(?:i|på|inom|vid)\s+)?([A-ZÅÄÖ][\w-]+s(?:\s+[\w-]+)?\s+(?i:{kinds}))"
    )


def _stranger(text: str) -> str | None:
    found = _named().match(text)
    return found[1] if found and found[1].split()[0] not in _NO_NAMES else None


def _own_part(rows: Rows, name: str, row: Row) -> bool:
    """The report speaks of it elsewhere: a part of the unit, or a unit that it works with."""
    first = name.split()[0]
    return any(first in text.text for text in texts(rows) if text.row is not row)
