"""What the texts seem to say of units: other names, successions, numbers of people. Nothing is applied.

Each proposal is a row for one of the register's files, with the place and the words that it comes from. An
analyst reads it, corrects it and moves it into the register, or does not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd
from rapidfuzz import fuzz, process

from vbdata.extract.document import Place
from vbdata.extract.grammar import MONTHS
from vbdata.register import Register, Unit
from vbdata.vocabulary import key, unit_phrases
from vbdata.vocabulary.spelling import clean

NEAR = 80.0
"""Likeness of keys, 0–100, from which a name may be another printing of a registered one."""
IN_TEXT = 90.0
"""The same in running text, where chance has more to choose from."""
LEAST_PEOPLE, MOST_PEOPLE = 5, 20_000
_DATE = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)|(\d{{1,2}})\s+({'|'.join(MONTHS)})(?:\s+(\d{{4}}))?", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_FORMER = re.compile(r"\((?:tidigare|f\.?\s?d\.?|före detta|fd)\s+([^)]{4,80})\)", re.IGNORECASE)
_OF_MORE = re.compile(r"(?<!består )\bav (?:de |våra |enhetens )?$", re.IGNORECASE)
_MOST_WORDS = 60
"""Longer «sentences» are lists that lost their line breaks."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed row.

    Attributes
    ----------
    file
        ``units``, ``successions`` or ``denominators``.
    cells
        The row's cells by column of that file; what the text does not say is empty.
    report_id, page, line
        Where it stands; page and line are missing where it is the title.
    reason
        Why, in Swedish.
    quote
        The words, verbatim.
    """

    file: str
    cells: Mapping[str, str]
    report_id: str
    page: int | None
    line: int | None
    reason: str
    quote: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of running text and where its passage begins."""

    text: str
    around: str
    page: int | None
    line: int | None

    def proposal(self, file: str, cells: Mapping[str, str], report_id: str, reason: str) -> Proposal:
        return Proposal(file, cells, report_id, self.page, self.line, reason, self.text)


def propose(reports: pd.DataFrame, passages: pd.DataFrame, register: Register) -> list[Proposal]:
    """Proposals from the titles and texts of reports, in the reports' order, each once.

    Parameters
    ----------
    reports, passages
        The tables.
    register
        What is known already, and not proposed again.
    """
    names = _known_names(reports, register)
    found: dict[tuple[object, ...], Proposal] = {}
    for _, report in reports.iterrows():
        mine = passages[passages["report_id"] == report["report_id"]]
        sentences = [each for _, row in mine.iterrows() for each in _sentences(row)]
        for each in _of_report(report, sentences, names, register):
            found.setdefault((each.file, *_identity(each)), each)
    return list(found.values())


def _identity(each: Proposal) -> tuple[str, ...]:
    """What makes two proposals the same: a date that one text leaves out is no difference."""
    columns = {
        "units": ("unit_id", "aliases"),
        "successions": ("predecessor_id", "successor_id", "kind"),
        "denominators": ("unit_id", "year", "counted", "count"),
    }[each.file]
    return tuple(key(each.cells[column]) for column in columns)


def _of_report(
    report: pd.Series, sentences: list[_Sentence], names: Mapping[str, str], register: Register
) -> Iterator[Proposal]:
    yield from _title(report, register)
    own = str(report["unit_id"])
    known = register.by_id.get(own)
    for sentence in sentences:
        yield from _former(report, sentence, register)
        yield from _successions(report, sentence, names, register)
        yield from _denominators(report, sentence, register)
        if known:
            yield from _other_printing(report, sentence, known.names, register)


def _known_names(reports: pd.DataFrame, register: Register) -> dict[str, str]:
    """Key of every name → unit id, the longest first; registered names before those of titles."""
    named = {key(str(row["unit_name"])): str(row["unit_id"]) for _, row in reports.iterrows()}
    named |= {key(name): unit.unit_id for unit in register.units for name in unit.names}
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


def _sentences(row: pd.Series) -> Iterator[_Sentence]:
    page, line = (None if pd.isna(row[name]) else int(row[name]) for name in ("source_page", "source_line"))
    parts = [clean(part) for part in _SENTENCE.split(str(row["text"]))]
    parts = [part for part in parts if part and len(part.split()) <= _MOST_WORDS]
    for i, part in enumerate(parts):
        yield _Sentence(part, " ".join(parts[max(i - 1, 0) : i + 2]), page, line)


@cache
def _pattern(use: str) -> re.Pattern[str]:
    phrases = sorted(unit_phrases()[use], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in phrases)})(?!\w)", re.IGNORECASE)


# ---------------------------------------------------------------------------------- names


def _title(report: pd.Series, register: Register) -> Iterator[Proposal]:
    """The title's name, if no unit has just that name: another name of one, or a new unit."""
    name, unit_id = clean(str(report["unit_name"])), str(report["unit_id"])
    if not key(name) or register.index.exact(name) is not None:
        return
    near = register.by_id.get(unit_id) or _nearest(name, register)
    if near is not None:
        cells = {"unit_id": near.unit_id, "name": near.name, "type": near.type, "district": near.district}
        reason = f"rapportens titel liknar namnet på {near.name}"
        yield _at_title(report, {**cells, "aliases": name}, reason, name)
    if unit_id not in register.by_id:
        cells = {"unit_id": unit_id, "name": name, "type": "", "district": "", "aliases": ""}
        yield _at_title(report, cells, "enheten finns inte i registret", name)


def _at_title(report: pd.Series, cells: Mapping[str, str], reason: str, name: str) -> Proposal:
    return Proposal("units", cells, str(report["report_id"]), None, None, reason, name)


def _nearest(name: str, register: Register) -> Unit | None:
    """The one registered unit whose name is near; none where two are, or where digits differ."""
    wanted = key(name)
    keys = {key(each): unit for unit in register.units for each in unit.names}
    hits = process.extract(wanted, list(keys), scorer=fuzz.ratio, score_cutoff=NEAR, limit=5)
    units = {keys[hit].unit_id: keys[hit] for hit, _, _ in hits if _digits(hit) == _digits(wanted)}
    return next(iter(units.values())) if len(units) == 1 else None


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _other_printing(
    report: pd.Series, sentence: _Sentence, names: tuple[str, ...], register: Register
) -> Iterator[Proposal]:
    """The unit's own name printed in another way in its text."""
    unit = register.by_id[str(report["unit_id"])]
    best = max(
        ((score, window) for name in names for score, window in _windows(sentence.text, name)), default=None
    )
    if best is not None and register.index.exact(best[1]) is None:
        cells = {"unit_id": unit.unit_id, "name": unit.name, "type": unit.type, "district": unit.district}
        reason = f"texten skriver enhetens namn på ett annat sätt än registret ({unit.name})"
        yield sentence.proposal("units", {**cells, "aliases": best[1]}, str(report["report_id"]), reason)


def _windows(text: str, name: str) -> Iterator[tuple[float, str]]:
    """Stretches of a text that are near a name, as long as it give or take a word."""
    wanted, size = key(name), len(name.split())
    words = text.split()
    for start, word in enumerate(words):
        if not word[:1].isupper() or key(word)[:2] != wanted[:2]:
            continue
        for length in (size - 1, size, size + 1):
            window = " ".join(words[start : start + length]).strip(".,;:!?()”\"'")
            found = key(window)
            score = fuzz.ratio(found, wanted)
            if length >= 2 and score >= IN_TEXT and _digits(found) == _digits(wanted):
                yield score, window


def _former(report: pd.Series, sentence: _Sentence, register: Register) -> Iterator[Proposal]:
    """«(tidigare Solbacken)»: another name of the unit, if no unit has it."""
    unit = register.by_id.get(str(report["unit_id"]))
    for match in _FORMER.finditer(sentence.text):
        name = clean(match[1])
        if unit is not None and name[:1].isupper() and register.index.exact(name) is None:
            cells = {"unit_id": unit.unit_id, "name": unit.name, "type": unit.type, "district": unit.district}
            reason = (
                "texten nämner ett tidigare namn; om det var en annan enhet hör det hemma i successions.csv"
            )
            yield sentence.proposal("units", {**cells, "aliases": name}, str(report["report_id"]), reason)


# ---------------------------------------------------------------------------------- successions


def _successions(
    report: pd.Series, sentence: _Sentence, names: Mapping[str, str], register: Register
) -> Iterator[Proposal]:
    """Sentences that tell of a split, a merger, a new name or a moved part."""
    kind = next(
        (use for use in ("split", "merge", "rename", "transfer") if _pattern(use).search(sentence.text)), None
    )
    if kind is None:
        return
    own = str(report["unit_id"])
    mentioned = _mentioned(sentence.text, names)
    others = [unit_id for unit_id in mentioned if unit_id != own]
    if not others and own not in mentioned and not _speaks_of_itself(sentence.text):
        return
    line = {*register.lineage(own), *(each.successor_id for each in register.successors_of(own))}
    if others and line.issuperset(others):
        return
    if not others and len(line) > 1:  # what happened to the unit is registered
        return
    date, unsure = _date(sentence, int(report["year"]))
    assumed = " Riktningen är ett antagande: läs meningen." if others else " Den andra enheten nämns inte."
    for other in [each for each in others if each not in line] or [""]:
        before, after = (other, own) if other or kind in ("rename", "merge") else (own, "")
        cells = {
            "predecessor_id": before,
            "successor_id": after,
            "kind": kind,
            "date": date,
            "share": "",
            "source": _source(report, sentence),
        }
        reason = f"texten talar om {_KINDS[kind]}.{assumed}{unsure}"
        yield sentence.proposal("successions", cells, str(report["report_id"]), reason)


_KINDS = {
    "split": "en delning",
    "merge": "en sammanslagning",
    "rename": "ett namnbyte",
    "transfer": "en flyttad del av verksamheten",
}


def _mentioned(text: str, names: Mapping[str, str]) -> list[str]:
    """Units that a text names; a name inside a longer one does not count."""
    left, found = key(text), []
    for name, unit_id in names.items():
        if len(name) >= 6 and name in left:
            left = left.replace(name, " ")
            found.append(unit_id)
    return list(dict.fromkeys(found))


def _speaks_of_itself(text: str) -> bool:
    return re.search(r"\b(?:enheten|enheter|vår enhet|denna enhet)", text, re.IGNORECASE) is not None


def _date(sentence: _Sentence, year: int) -> tuple[str, str]:
    """The day that the sentence names, else one beside it; and what is unsure about it."""
    for text, beside in ((sentence.text, False), (sentence.around, True)):
        match = _DATE.search(text)
        if match is None:
            continue
        found = _day(match, year)
        if found is None:
            continue
        unsure = "" if match[1] or match[6] else f" Året är inte utskrivet; {year} är rapportens."
        return found, unsure + (" Datumet står i meningen bredvid." if beside else "")
    return "", " Inget datum nämns."


def _day(match: re.Match[str], year: int) -> str | None:
    try:
        if match[1]:
            return datetime.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        month = MONTHS.index(match[5].casefold()) + 1
        return datetime.date(int(match[6] or year), month, int(match[4])).isoformat()
    except ValueError:
        return None


# ---------------------------------------------------------------------------------- denominators


def _denominators(report: pd.Series, sentence: _Sentence, register: Register) -> Iterator[Proposal]:
    """Numbers of people in a sentence about the whole unit."""
    if not _pattern("whole").search(sentence.text) or _pattern("part").search(sentence.text):
        return
    year, unit_id = int(report["year"]), str(report["unit_id"])
    for number, counted in _people(sentence.text):
        if register.denominator(unit_id, year, counted) is None:
            cells = {
                "unit_id": unit_id,
                "year": str(year),
                "count": str(number),
                "counted": counted,
                "source": _source(report, sentence),
                "confirmed_by": "",
                "confirmed_date": "",
            }
            reason = f"texten nämner {number} {counted}"
            yield sentence.proposal("denominators", cells, str(report["report_id"]), reason)


def _people(text: str) -> Iterator[tuple[int, str]]:
    """Numbers with what they count; «av 40 brukare», «(34 deltagare)», «12–15 barn» are of something else."""
    nouns = "|".join(unit_phrases()["counted"])
    pattern = rf"(?<![\d,.:–(/-])\b(\d[\d \u00a0]{{0,6}})\s*(?:st\s+)?({nouns})\b"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        number = int(re.sub(r"\D", "", match[1]))
        of_more = _OF_MORE.search(text[: match.start()])
        if of_more is None and LEAST_PEOPLE <= number <= MOST_PEOPLE:
            yield number, match[2].casefold()


def _source(report: pd.Series, sentence: _Sentence) -> str:
    """The document and the line, as the register's column `source` has it."""
    return f"{report['report_id']} {Place(sentence.line, sentence.page)}".strip()
