"""What the cover says: kind, year, unit, board, registry number, date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vbdata.errors import NotAReportError
from vbdata.extract.document import (
    Block,
    Document,
    Heading,
    ListItem,
    Paragraph,
    Place,
    StatusLine,
    Table,
    printed,
)
from vbdata.extract.recognise import goal_heading, section_of
from vbdata.parse.records import Cover
from vbdata.vocabulary import clean

_KIND = re.compile(
    r"(?P<VB>verksamhetsber[äa]ttelse)|(?P<VP>verksamhetsplan)(?!er)|(?P<T>tertialrapport)", re.I
)
_YEAR = re.compile(r"\b(20[12]\d)\b")
_DNR = re.compile(
    r"\b(?:dnr|diarienummer|diarienr)\b\s*[.:]*\s*"
    r"((?:[A-ZÅÄÖ]{1,6}[ -]?)?\d{4}/\d+|[A-ZÅÄÖ]{1,6}[ ]?\d[\d./-]+)",
    re.I,
)
_DATE = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_DATE_WORDS = re.compile(
    r"\b\d{1,2}\s+(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\s+20\d\d\b",
    re.I,
)
# One capitalised name, or two words of which the second is not: never a person's name before it.
_BOARD = re.compile(
    r"(?:[A-ZÅÄÖ][\w-]+ [a-zåäö]+s|[A-ZÅÄÖ][\w-]+)\s+stadsdelsnämnd(?:en)?\b"
    r"|\b(?:[Ss]ocial|[Uu]tbildnings|[Kk]ultur|[Ää]ldre|[Oo]msorgs|[Aa]rbetsmarknads)nämnden?\b"
)
_LABELS = re.compile(
    r"^(?:handläggare|till|telefon|e-post|dnr|diarienummer|datum|tjänsteutlåtande|stockholm|start\.stockholm)\b",
    re.I,
)
_BARE_DNR = re.compile(r"^(?:[A-ZÅÄÖ]{1,6}[ -])\d{4}/\d+$")
_DEPARTMENT = re.compile(r"^(?:avdelning|stadsdelsförvaltning)", re.I)
_UNIT_WORD = re.compile(r"^(?:enheten|enhet:?)\s+(?=\S)", re.I)
_NOISE = re.compile(r"\b(?:VB|VP|T[12])\b(?=\s+20\d\d)|\b20[12]\d\b|\bTertial(?:rapport)?\s*[12]\b", re.I)
# A title that wraps ends so, and the name is on the next line.
_DANGLING = re.compile(r"\b(?:för|avseende|gällande)\s*$", re.I)
_PAGE_OF = re.compile(r"\s*,?\s*(?:sid(?:a|an)?\s*)?\d{1,3}\s*(?:\(\d+\)|av \d+|/\s?\d+)\s*$", re.I)
_OFFICIAL = re.compile(r"^(?:handläggare|kontaktperson(?:er)?|kontakt|referens)\b\s*:?", re.I)
_PERSON = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖÉ][a-zåäöéü]+)?"
_RUN = re.compile(rf"{_PERSON}(?: {_PERSON}){{0,3}}")
_PLACE = re.compile(
    r"nämnd|förvaltning|^Stockholms?$|^Stads?$|^Till$|^Telefon|avdelning|enhet|^Dnr|^Datum", re.I
)
_NEAR = 3
"""Lines after the label that the names may stand on; its own column's label may come between."""
#: The cover is what stands before the first section, and no longer than this.
_BLOCKS = 40
_LINE = 80


@dataclass(frozen=True, slots=True)
class _Title:
    kind: str
    year: int | None
    unit: str
    raw: str
    place: Place


def parse_cover(document: Document) -> Cover:
    """The cover of a report.

    Raises
    ------
    NotAReportError
        When no title says that the document is a report or a plan, or of what year or unit.
    """
    texts = list(_cover_texts(document.blocks, _contents_start(document)))
    heads = [(f.text, f.place) for f in document.furniture if f.kind in ("head", "foot")]
    title = (
        _find_title(texts)
        or _find_title([(_PAGE_OF.sub("", text), where) for text, where in heads])
        or _find_title(list(_cover_texts(document.blocks, None)))
    )
    if title is None:
        raise NotAReportError(
            "dokumentet är varken en verksamhetsberättelse, en verksamhetsplan eller en tertialrapport",
            hint="titeln ska säga vilket, med år och enhet",
        )
    unit = title.unit or _unit_elsewhere(texts, heads)
    if not unit:
        raise NotAReportError(
            "titeln säger inte vilken enhet rapporten gäller", place=str(title.place), value=title.raw
        )
    year = title.year or _year_elsewhere(document)
    if year is None:
        raise NotAReportError(
            "det går inte att se vilket år rapporten gäller", place=str(title.place), value=title.raw
        )
    short = [
        text for text, _ in texts if len(text) <= _LINE * (2 if _LABELS.match(text) else 1)
    ]  # prose has dates
    return Cover(
        title.kind,
        year,
        unit,
        title.raw,
        _board(short),
        _first(_DNR, ["\n".join(short)], 1) or _first(_BARE_DNR, short, 0),
        _first(_DATE, short, 0) or _first(_DATE_WORDS, short, 0),
        title.place,
        officials(short),
    )


def officials(texts: Sequence[str]) -> tuple[str, ...]:
    """Names on the lines of a cover that say who handles the matter, and on those next to them.

    >>> officials(["Handläggare  Till", "Eva Exempelsson & Bo Prov Sjöviks stadsdelsnämnd", "Telefon:"])
    ('Eva Exempelsson', 'Bo Prov')
    """
    found: dict[str, None] = {}
    for i, text in enumerate(texts):
        if label := _OFFICIAL.match(text):
            for line in (text[label.end() :], *texts[i + 1 : i + 1 + _NEAR]):
                found |= dict.fromkeys(_names_in(line))
    return tuple(found)


def _names_in(line: str) -> list[str]:
    """Runs of two to four capitalised words, without the name of a board that follows one of them."""
    if _KIND.search(line) or _UNIT_WORD.match(line) or _DEPARTMENT.match(line):
        return []
    if (board := _BOARD.search(line)) and not board[0][:1].islower():
        line = line[: board.start()]
    runs = [run.split() for run in _RUN.findall(line)]
    return [" ".join(run) for run in runs if len(run) >= 2 and not any(map(_PLACE.search, run))]


def _contents_start(document: Document) -> tuple[int, int] | None:
    places = [f.place for f in document.furniture if f.kind == "contents"]
    return min((order_of(place) for place in places), default=None)


def order_of(place: Place) -> tuple[int, int]:
    """A place as something that sorts."""
    return place.page or 0, place.line or 0


def _cover_texts(blocks: Sequence[Block], end: tuple[int, int] | None) -> Iterable[tuple[str, Place]]:
    """Texts before the contents and the first section or goal."""
    for block in blocks[:_BLOCKS]:
        if end is not None and order_of(block.place) >= end:
            return
        if isinstance(block, Table):
            for row in block.rows:
                yield from ((cell.text, row.place) for cell in row.cells if cell.text)
            continue
        if not isinstance(block, Heading | Paragraph | ListItem | StatusLine):
            continue
        if isinstance(block, Heading) and (goal_heading(block.text) or section_of(block.text)):
            return
        lines = [line.text for line in printed(block)] if isinstance(block, Paragraph) else [block.text]
        yield from ((line, block.place) for line in _rejoined(lines))


def _rejoined(lines: Sequence[str]) -> Iterable[str]:
    """Lines of a cover's paragraph; a unit's name that wraps is one line again."""
    kept: list[str] = []
    for line in lines:
        wraps = kept and _UNIT_WORD.match(kept[-1]) and _may_name_unit(line) and not _UNIT_WORD.match(line)
        hyphen = kept and (kept[-1].endswith(("-", " och")) or line[:1].islower())
        if kept and (wraps or hyphen) and not _LABELS.match(line) and not _LABELS.match(kept[-1]):
            kept[-1] = f"{kept[-1]} {line}"
        else:
            kept.append(line)
    return kept


def _find_title(texts: Sequence[tuple[str, Place]]) -> _Title | None:
    """The title: the line that names the kind, with the unit in it, after it, or before it."""
    best: _Title | None = None
    for i, (text, where) in enumerate(texts):
        match = _KIND.search(text)
        if not match or len(text) > 200 or text.rstrip().endswith("."):
            continue
        kind = _kind(match, text)
        year = _YEAR.search(text)
        unit = _unit_in(text) or _unit_near(texts, i)
        title = _Title(kind, int(year[1]) if year else None, unit, text, where)
        if best is None or _worth(title) > _worth(best):
            best = title
    return best


def _worth(title: _Title) -> int:
    return 2 * bool(title.unit) + bool(title.year)


def _kind(match: re.Match[str], text: str) -> str:
    if match["VB"]:
        return "VB"
    if match["VP"]:
        return "VP"
    return "T2" if re.search(r"\b2\b|andra", text) else "T1"


def _unit_in(text: str) -> str:
    """The unit's name in the title itself: what is left without kind and year."""
    text = _DANGLING.sub("", _NOISE.sub(" ", _KIND.sub(" ", text)))
    text = re.sub(r"^\W*(?:för|avseende|gällande|om)\s+", "", " ".join(text.split()), flags=re.I)
    return _unit_name(
        re.sub(r"\bf[öo]r\s+", "", text, count=1, flags=re.I) if text.lower().startswith("för ") else text
    )


def _unit_name(text: str) -> str:
    """A unit's name as the register would have it, without "Enheten".

    >>> _unit_name("Enheten Solgläntans gruppbostäder,")
    'Solgläntans gruppbostäder'
    """
    text = clean(text).strip(" ,;:-–—·|*_")
    text = _UNIT_WORD.sub("", text)
    return text if len(re.findall("[A-Za-zÅÄÖåäö]", text)) >= 3 else ""


def _unit_near(texts: Sequence[tuple[str, Place]], i: int) -> str:
    """The unit's name on a line after the title, or before it; one that says "Enheten" first of all."""
    near = [texts[j][0] for j in (i + 1, i + 2, i - 1, i + 3) if 0 <= j < len(texts)]
    named = [text for text in near if _may_name_unit(text)]
    named.sort(key=lambda text: (not _UNIT_WORD.match(text), bool(_DEPARTMENT.match(text))))
    return _unit_name(named[0]) if named else ""


def _may_name_unit(text: str) -> bool:
    if (
        len(text) > 120
        or _LABELS.match(text)
        or _DATE.search(text)
        or _DNR.search(text)
        or text.endswith(".")
    ):
        return False
    return not _KIND.search(text) and not re.search(r"nämnd\b|Förslag till beslut|förvaltning$", text)


def _unit_elsewhere(texts: Sequence[tuple[str, Place]], heads: Sequence[tuple[str, Place]]) -> str:
    for text, _ in [*heads, *texts]:
        if _UNIT_WORD.match(text) and len(text) < 120:
            return _unit_name(_KIND.split(_PAGE_OF.sub("", text))[0])
    for text, _ in heads:
        if _KIND.search(text) and (unit := _unit_in(_PAGE_OF.sub("", text))):
            return unit
    return ""


def _year_elsewhere(document: Document) -> int | None:
    """The year of the tables' periods where the title has none."""
    years: Counter[int] = Counter()
    for block in document.blocks:
        if isinstance(block, Table):
            years.update(int(y) for row in block.rows for t in row.texts[-1:] for y in _YEAR.findall(t))
    return years.most_common(1)[0][0] if years else None


def _board(texts: Sequence[str]) -> str | None:
    for text in texts:
        if (match := _BOARD.search(text)) and len(text) < 160:
            return clean(re.sub(r"^Till\s+", "", match[0]))
    return None


def _first(pattern: re.Pattern[str], texts: Sequence[str], group: int) -> str | None:
    return next((clean(match[group]) for text in texts if (match := pattern.search(text))), None)
