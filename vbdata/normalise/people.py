"""People in the text: masked before anything is stored, whoever the page is for.

Masked are personal and coordination numbers, phone numbers and addresses (`contacts`), and persons' names:
the officials that the cover gives, wherever else they stand, and names that evidence tells (`persons`).
Registry numbers, dates, money, figures and names of units are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from vbdata.extract.document import Doubt, Place, relined, texts_in
from vbdata.normalise.contacts import ADDRESS, MAIL, NUMBER, PHONE, without_numbers
from vbdata.normalise.persons import Found, find_persons
from vbdata.parse.records import LINES, Activity, Complaint, Cover, Goal, Indicator, Passage, Report
from vbdata.vocabulary.people import is_title

__all__ = [
    "ADDRESS", "MAIL", "NAME", "NUMBER", "PHONE", "context_of", "mask", "names_pattern", "without_people",
]  # fmt: skip

NAME = "[namn]"
_SHORT = 80
"""Letters of a cell or a heading."""
_LONG_SURNAME = 5
"""A shorter surname is too often a word or a place to be masked when it stands alone."""
_LETTERS = re.compile(r"[^\W\d_]+")
_Record = Goal | Indicator | Activity | Complaint | Passage | Doubt
#: Characters that are not seen and part what stands on both sides; digits and "@" as wide as a Chinese sign.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF20: "@", 0xFE6B: "@"}
_ODD = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\uff10-\uff20\ufe6b]")


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says of its names.

    `names` finds the cover's officials, whose family names are `surnames`; `kept` are names that are no
    person's, `known` the given names of persons whom the report names in full.
    """

    names: re.Pattern[str] | None = None
    surnames: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


def without_people(report: Report) -> Report:
    """The report with every text masked and without its cover's officials.

    The places where what stands may be a person's name are a doubt, without its words.
    """
    cover = report.cover
    nameless = replace(report, cover=replace(cover, officials=()))
    context = _of_cover(report)
    read = {text: _read(text, context) for text in set(texts_in(nameless))}
    known = _knowing(context, cover, read)
    if known.known:
        read |= {text: _read(text, known) for text, (_, found) in read.items() if found.doubtful}
    doubtful = {text for text, (_, found) in read.items() if found.doubtful}
    doubts = tuple(_doubts(nameless, doubtful, known)) if doubtful else ()
    masked = {text: new for text, (new, _) in read.items()}
    if any(new != text for text, new in masked.items()):  # else nothing has to be made anew
        nameless = _masked(nameless, masked)
        same = replace(nameless.cover, dnr=cover.dnr, date_raw=cover.date_raw, board=cover.board)
        nameless = replace(nameless, cover=same)
    return replace(nameless, doubts=(*nameless.doubts, *doubts)) if doubts else nameless


def context_of(report: Report) -> Context:
    """What a report says of its names, by which any text of it is masked as the tables' are."""
    context = _of_cover(report)
    read = {text: _read(text, context) for text in set(texts_in(report))}
    return _knowing(context, report.cover, read)


def _of_cover(report: Report) -> Context:
    officials = report.cover.officials
    return Context(names_pattern(officials, _kept(report.cover)), _surnames(officials), _own_names(report))


def _knowing(context: Context, cover: Cover, read: Mapping[str, tuple[str, Found]]) -> Context:
    """The context with the given names of those whom the texts name in full."""
    whole = frozenset[str]().union(*(found.whole for _, found in read.values()))
    return replace(context, known=whole - {word.casefold() for word in _kept(cover).split()})


def _kept(cover: Cover) -> str:
    return f"{cover.title_raw} {cover.unit_name} {cover.board or ''}"


def _surnames(officials: Iterable[str]) -> tuple[str, ...]:
    """What a text must hold for the officials' pattern to be tried on it."""
    last = [name.split()[-1] for name in officials if name]
    return (*last, *(name.upper() for name in last))


def _own_names(report: Report) -> tuple[str, ...]:
    """The unit's name and the board's, which are no person's, unless an official's title stands in them."""
    names = filter(None, (report.cover.unit_name, report.cover.board))
    return tuple(name for name in names if not any(map(is_title, _LETTERS.findall(name))))


def _masked(value: Any, masked: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return masked[value]
    if isinstance(value, tuple):
        return tuple(_masked(each, masked) for each in value)
    if not is_dataclass(value) or isinstance(value, Place | type):
        return value
    texts = {each.name: getattr(value, each.name) for each in fields(value)}
    new = {name: text if name in LINES else _masked(text, masked) for name, text in texts.items()}
    for name, whole in LINES.items():
        if new.get(name) and new[whole] != texts[whole]:  # a name may go over the end of a line
            new[name] = relined(new[name], new[whole])
    return replace(value, **new)


def mask(text: str, context: Context = Context()) -> str:
    """Text without numbers, addresses and names that lead to a person.

    >>> mask("Ring Eva Exempelsson, 08-508 12 345, eller eva@exempel.se om 850101-1234.")
    'Ring [namn], [telefonnummer], eller [e-post] om [personnummer].'
    >>> mask("Dnr 850101-1234, 2025-01-01, 0,8 %, Lex Sarah och 1 250 000 kr")
    'Dnr 850101-1234, 2025-01-01, 0,8 %, Lex Sarah och 1 250 000 kr'
    """
    return _read(text, context)[0]


def _read(text: str, context: Context) -> tuple[str, Found]:
    """A text masked, and what was found in it."""
    seen = _UNSEEN.sub("", text.translate(_WIDE)) if not text.isascii() and _ODD.search(text) else text
    short = len(seen) <= _SHORT and (context.names is None or bool(context.surnames))
    alone = short and not any([name in seen for name in (*context.surnames, *context.kept)])
    new, found = _found_alone(seen, context.known) if alone else _found(seen, context)
    return (text if new == seen else new), found


@lru_cache(maxsize=2048)  # the form's words stand in every report
def _found_alone(text: str, known: frozenset[str]) -> tuple[str, Found]:
    """A short text in which neither the officials nor the unit are named."""
    return _found(text, Context(known=known))


def _found(text: str, context: Context) -> tuple[str, Found]:
    new = without_numbers(text)
    if context.names is not None and (not context.surnames or any([n in new for n in context.surnames])):
        new = context.names.sub(NAME, new)
    found = find_persons(new, context.kept, context.known)
    for start, end in sorted(found.names, reverse=True):
        new = f"{new[:start]}{NAME}{new[end:]}"
    return new, found


def _doubts(report: Report, doubtful: Set[str], context: Context) -> Iterator[Doubt]:
    """A doubt with the lines where a name may stand, without its words."""
    records: tuple[_Record, ...] = (
        *report.goals,
        *report.indicators,
        *report.activities,
        *report.complaints,
        *report.passages,
        *report.doubts,
    )
    told = (record for record in records if not doubtful.isdisjoint(texts_in(record)))
    found = {place for record in told for place in _places(record, context)}
    places = sorted(found, key=lambda place: (place.page or 0, place.line or 0))
    yield Doubt("name_doubtful", _in_words(places) or "omslaget", next(iter(places), Place()))


def _in_words(places: Sequence[Place]) -> str:
    """Places for a person: "s. 2, rad 3 och 9; s. 4, rad 1"."""
    pages: dict[int | None, list[int]] = {}
    for place in places:
        pages.setdefault(place.page, []).extend([place.line] if place.line else [])
    return "; ".join(
        ", ".join(filter(None, (f"s. {page}" if page else "", f"rad {_listed(lines)}" if lines else "")))
        for page, lines in pages.items()
    )


def _listed(lines: Sequence[int]) -> str:
    *most, last = map(str, lines)
    return f"{', '.join(most)} och {last}" if most else last


def _places(record: _Record, context: Context) -> list[Place]:
    """The printed lines of a record where a name may stand; its own place where they do not tell."""
    lines = [line for name in LINES for line in getattr(record, name, ())]
    return [line.place for line in lines if _read(line.text, context)[1].doubtful] or [record.place]


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
    ordered = "|".join(sorted(forms | set(map(_in_capitals, forms)), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ordered})[sS]?(?!\w)")


def _in_capitals(form: str) -> str:
    r"""A pattern of a name for the same in capitals; the classes in it stay.

    >>> _in_capitals(r"Eva\s+Prov")
    'EVA\\s+PROV'
    """
    return re.sub(r"\\?\w", lambda found: found[0] if found[0][0] == "\\" else found[0].upper(), form)
