"""Canonical names: goals, indicators, complaint labels, units."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from vbdata.extract.recognise import status_of, without_leader
from vbdata.register import register
from vbdata.vocabulary import (
    categories,
    category_index,
    clean,
    council_goals,
    group_index,
    groups,
    indicator_index,
    key,
    misprints,
    same_words,
)
from vbdata.vocabulary.entries import CouncilGoal

_GOES_ON = re.compile(r"\s*\(?\b(?:forts|fortsatt|fortsättning)\b\.?\)?\s*$", re.I)
_CUT = 0.5
"""How much of a council goal's title must be left of it, beside its code."""


@dataclass(frozen=True, slots=True)
class Named:
    """A canonical name; `doubt` is the finding that it raises, with the words of its message."""

    name: str
    id: str | None = None
    doubt: str | None = None
    rivals: tuple[str, str] | None = None


def mend(text: str) -> str:
    """Text clean of stray characters, with the misprints of misprints.csv put right.

    >>> mend("en ren miljö genom giffria  verksamheter")
    'en ren miljö genom giftfria verksamheter'
    """
    text = clean(text)
    lower = text.casefold()
    for printed, correct in misprints().items():
        if printed in lower:
            text = re.sub(re.escape(printed), correct, text, flags=re.I)
    return text


def slug(name: str) -> str:
    """A name as an id: ``"Björkviks gruppbostäder 2"`` → ``"bjorkviks-gruppbostader-2"``."""
    words = re.findall(r"[a-z0-9]+", clean(name).casefold().translate(str.maketrans("åäöéèüø", "aaoeeuo")))
    return "-".join(words)[:80]


#: Names of devices that Windows takes for a file's, whatever its ending.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10))}
)
_LATIN = str.maketrans("åäöéèüø", "aaoeeuo")
_LONGEST = 80


def unit_slug(name: str) -> str:
    """A unit's name as an id, which is also its page's file name: safe on any system, its own for each name.

    A name of other letters, or a very long one, gets a few digits of its checksum; one that is a device to
    Windows, or ends as the address of another page would (``-vp``, ``-v2``), gets a word.

    >>> unit_slug("Björkviks gruppbostäder"), unit_slug("CON"), unit_slug("Hemmet VP"), unit_slug("../../x")
    ('bjorkviks-gruppbostader', 'enhet-con', 'hemmet-vp-enhet', 'x')
    """
    plain = clean(name).casefold()
    base = slug(name)
    lost = any(each.isalnum() and not re.match("[a-z0-9]", each) for each in plain.translate(_LATIN))
    if not base or lost or len(re.sub(r"[^a-z0-9]+", "-", plain.translate(_LATIN)).strip("-")) > _LONGEST:
        digest = hashlib.sha256(plain.encode()).hexdigest()[:8]
        base = f"{base[: _LONGEST - 9] or 'enhet'}-{digest}"
    if base in _DEVICES:
        return f"enhet-{base}"
    return f"{base}-enhet" if re.search(r"-(?:vb|vp|t[12]|v\d+)$", base) else base


@lru_cache(maxsize=1024)  # the forms' words stand in every report, here and below
def goal_name(level: str, code: str | None, title_raw: str) -> Named:
    """Title and council code of a goal; council goals as the vocabulary has them."""
    title = mend(without_leader(title_raw)[0])
    if level not in ("direction", "area"):
        return Named(title)
    known = _council_goal(level, code, title)
    return Named(known.title, known.code) if known else Named(title, code, "unknown_label")


def _council_goal(level: str, code: str | None, title: str) -> CouncilGoal | None:
    """The council's goal in these words, with slips; with its code, also one whose end is cut off."""
    peers = [g for g in council_goals() if g.level == level]
    for known in peers:
        if known.code == code and (same_words(title, known.title) or _is_cut(title, known.title)):
            return known
    if code is not None:
        return None
    return next((known for known in peers if same_words(title, known.title)), None)


def _is_cut(title: str, known: str) -> bool:
    return len(title) >= _CUT * len(known) and key(known).startswith(key(title))


def goal_status(words: str) -> str | None:
    """Code of a status in words; None for words outside the vocabulary."""
    known = status_of(clean(words))
    return known.code if known else None


@lru_cache(maxsize=1024)
def indicator_name(raw: str) -> Named:
    """Name and id of an indicator; one outside the vocabulary gets its name's slug as id."""
    found = indicator_index().find(raw)
    if found.entry:
        return Named(found.entry.name, found.entry.indicator_id)
    name = mend(raw)
    if found.rival and found.candidate:
        return Named(name, slug(name), "ambiguous_label", (found.candidate.name, found.rival.name))
    return Named(name, slug(name), "indicator_new")


@lru_cache(maxsize=1024)
def group_name(raw: str, template: str) -> Named:
    """Group of a complaint form; `id` is its facet. A label that goes on after a page says so at its end."""
    found = group_index(template).find(_GOES_ON.sub("", raw), 84.0)
    if found.entry:
        return Named(found.entry.group, found.entry.facet)
    if found.rival and found.candidate:
        return Named(mend(raw), None, "ambiguous_label", (found.candidate.group, found.rival.group))
    return Named(mend(raw), None, "unknown_label")


@lru_cache(maxsize=1024)
def category_name(raw: str, template: str, group: str) -> Named:
    """Category of a complaint form, sought in its own group; `id` is its concept, if it has one."""
    known = group in {g.group for g in groups() if g.template == template}
    found = category_index(template, group if known else None).find(raw, 84.0)
    if found.entry:
        return Named(found.entry, _concept(template, group, found.entry))
    if found.rival and found.candidate:
        return Named(mend(raw), None, "ambiguous_label", (found.candidate, found.rival))
    return Named(mend(raw), None, "unknown_label")


@cache
def _concepts() -> dict[tuple[str, str, str], str | None]:
    return {(c.template, c.group, c.category): c.concept for c in categories()}


def _concept(template: str, group: str, category: str) -> str | None:
    return _concepts().get((template, group, category))


def unit_id(name: str) -> Named:
    """Id of a unit in the register, or its name's slug."""
    found = register().index.find(name, 92.0)
    if found.entry:
        return Named(found.entry.name, found.entry.unit_id)
    if found.rival and found.candidate:
        return Named(name, unit_slug(name), "ambiguous_label", (found.candidate.name, found.rival.name))
    return Named(name, unit_slug(name), "unit_not_registered")
