"""What the cover says: kind, year, unit, board, registry number, date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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
from vbdata.extract.grammar import DATE_WITHIN, parse_date
from vbdata.extract.recognise import heads_a_goal, section_of
from vbdata.parse.boards import board_in, board_of
from vbdata.parse.records import Cover
from vbdata.parse.titles import (
    KIND,
    REPORT_YEAR,
    UNIT_WORD,
    starts_with_kind,
    title_of,
    unit_name,
)
from vbdata.vocabulary import clean, key
from vbdata.vocabulary.people import given_name, is_name

_NOT_DATE = r"(?!\d{4}-\d\d-\d\d\b)"
_DNR = re.compile(
    r"\b(?i:dnr|diarienummer|diarienr|(?:ärende)?beteckning|ärende(?:nummer|nr)?)\b\s*[.:]*\s*(?!(?:VB|VP|T[12])\b)"
    rf"((?:[A-ZÅÄÖ]{{1,6}}[ /-]?)?\d{{4}}[/:]\d+|[A-ZÅÄÖ]{{1,6}}[ /-]?{_NOT_DATE}\d[\d.:/-]*\d)"
)
_BARE_DNR = re.compile(r"^(?!(?:VB|VP|T[12])\b)[A-ZÅÄÖ]{1,6}[ /-]\d{4}[/:-]\d+$")
#: A line with the time of a print or of a change: its date is not the report's.
_STAMP = re.compile(r"\b(?:utskri(?:ven|vet|ft)|senast|skapad|ändrad|sparad|exporterad)\b", re.I)
_DATE = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_LABELS = re.compile(
    r"^(?:handläggare|till|telefon|e-post|dnr|diarienummer|diarienr|ärende(?:nummer|nr|beteckning)?|beteckning|"
    r"datum|upprättad|nämnd|tjänsteutlåtande|stockholm|start\.stockholm)\b",
    re.I,
)
#: What tells of something else than the unit: "Version: 2".
_LABELLED = re.compile(r"^(?!enhet)[^\W\d][\w .-]{0,30}:(?:\s|$)", re.I)
_UNIT_LABEL = re.compile(r"^enhet(?:en)?(?:s namn)?:?$", re.I)
_DEPARTMENT = re.compile(r"^(?:avdelning|stadsdelsförvaltning)", re.I)
# A title or a name that wraps ends so, and the rest is on the next line.
_DANGLING = re.compile(
    r"(?:\b(?:för|avseende|gällande|och|i|på|vid|av|norra|södra|östra|västra|nya|gamla)|-)\s*$", re.I
)
#: A title as a field of its own: "title: …".
_NAMED_TITLE = re.compile(r"^(?:(?:sub)?title|(?:under)?titel|(?:under)?rubrik):\s+", re.I)
_PAGE_OF = re.compile(r"\s*,?\s*(?:sid(?:a|an)?\s*)?\d{1,3}\s*(?:\(\d+\)|av \d+|/\s?\d+)\s*$", re.I)
_OFFICIAL = re.compile(r"^(?:handläggare|kontaktperson(?:er)?|kontakt|referens)\b\s*:?", re.I)
_PERSON = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’]+(?:-[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’]+)?"
_RUN = re.compile(rf"{_PERSON}(?: {_PERSON}){{0,3}}")
_PLACE = re.compile(
    r"nämnd|förvaltning|^Stockholms?$|^Stads?$|^Till$|^Telefon|avdelning|enhet|^Dnr|^Datum", re.I
)
# The last word before "stadsdelsnämnd" is the board's, whoever the words before it name.
_NAMES_DISTRICT = re.compile(r"\S+\s+stadsdelsnämnd.*$")
_TO = re.compile(r"^till\b\s*:?", re.I)
_NEAR = 3
"""Lines after the label that the names may stand on; its own column's label may come between."""
#: The cover is what stands before the first section, and no longer than this.
_BLOCKS = 40
_LINE = 80


@dataclass(frozen=True, slots=True)
class CoverTitle:
    """A title and the place where it stands, with the unit from beside it where it has none itself."""

    kind: str | None
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
    texts = list(_with_unit(list(_cover_texts(document.blocks))))
    heads = [(_PAGE_OF.sub("", f.text), f.place) for f in document.furniture if f.kind in ("head", "foot")]
    title = find_title(texts, [text for text, _ in heads]) or find_title(heads)
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
    kind = title.kind or _kind_elsewhere([text for text, _ in (*texts, *heads)])
    if kind is None:
        raise NotAReportError(
            "titeln säger inte vilken rapport det är",
            place=str(title.place),
            value=title.raw,
            hint="skriv verksamhetsberättelse, verksamhetsplan, T1 eller T2 i titeln",
        )
    year = title.year or _year_elsewhere(document)
    if year is None:
        raise NotAReportError(
            "det går inte att se vilket år rapporten gäller", place=str(title.place), value=title.raw
        )
    short = [
        text for text, _ in texts if len(text) <= _LINE * (2 if _LABELS.match(text) else 1)
    ]  # prose has dates
    dated = [_STAMP.split(text)[0] for text in short]
    return Cover(
        kind,
        year,
        unit,
        title.raw,
        board_of(short),
        _first(_DNR, ["\n".join(short)], 1) or _first(_BARE_DNR, short, 0),
        _first(_DATE, dated, 0) or _date_in(dated),
        title.place,
        tuple(name for name in officials(short) if key(name) not in key(f"{title.raw} {unit}")),
    )


def officials(texts: Sequence[str]) -> tuple[str, ...]:
    """Names on the lines of a cover that say who handles the matter, and on those next to them.

    >>> officials(["Handläggare  Till", "Eva Exempelsson & Bo Prov Sjöviks stadsdelsnämnd", "Telefon:"])
    ('Eva Exempelsson', 'Bo Prov')
    """
    found: dict[str, None] = {}
    for i, text in enumerate(texts):
        if label := _OFFICIAL.match(text):
            found |= dict.fromkeys(_names_in(text[label.end() :], texts, i))
            found |= dict.fromkeys(_names_below(texts, i))
    return tuple(found)


def _names_below(texts: Sequence[str], label: int) -> Iterator[str]:
    """Names on the lines after a label as far as the title; after "Till" those whose given name is listed."""
    addressed = False
    for at in range(label + 1, min(label + 1 + _NEAR, len(texts))):
        if KIND.search(texts[at]):
            return
        addressed = addressed or bool(_TO.match(texts[at]))
        names = _names_in(texts[at], texts, at)
        yield from (name for name in names if not addressed or given_name(name.split()[0]))


def _names_in(line: str, texts: Sequence[str], i: int) -> list[str]:
    """Runs of two to four capitalised words, without the name of a board that follows one of them."""
    if KIND.search(line) or UNIT_WORD.match(line) or _DEPARTMENT.match(line):
        return []
    if (board := board_in(line, texts, i)) and not line[board[0]].islower():
        line = line[: board[0]]
    elif _NAMES_DISTRICT.search(line):
        line = _NAMES_DISTRICT.sub("", line)
    runs = [run.split() for run in _RUN.findall(line)]
    return [" ".join(run) for run in runs if is_name(run) and not any(map(_PLACE.search, run))]


def order_of(place: Place) -> tuple[int, int]:
    """A place as something that sorts."""
    return place.page or 0, place.line or 0


def _cover_texts(blocks: Sequence[Block]) -> Iterable[tuple[str, Place]]:
    """Texts before the first section or goal."""
    for block in blocks[:_BLOCKS]:
        if isinstance(block, Table):
            for row in block.rows:
                yield from ((text, row.place) for text in _labelled([t for t in row.texts if t]))
            continue
        if not isinstance(block, Heading | Paragraph | ListItem | StatusLine):
            continue
        if isinstance(block, Heading) and (heads_a_goal(block.text) or section_of(block.text)):
            return
        lines = [line.text for line in printed(block)] if isinstance(block, Paragraph) else [block.text]
        yield from ((line, block.place) for line in _rejoined(lines))


def _labelled(cells: Sequence[str]) -> Sequence[str]:
    """A row's cells, with a colon after the first where a date or the register's number stands beside it."""
    if (
        len(cells) != 2
        or KIND.search(cells[0])
        or not (DATE_WITHIN.search(cells[1]) or _BARE_DNR.match(cells[1]))
    ):
        return cells
    return [f"{cells[0].rstrip(' :')}:", cells[1]]


def _with_unit(texts: Sequence[tuple[str, Place]]) -> Iterator[tuple[str, Place]]:
    """Texts with a label of the unit and its name, which stands after it, as one."""
    label = ""
    for text, place in texts:
        if _UNIT_LABEL.match(text):
            label = "Enhet: "
            continue
        yield f"{label}{text}", place
        label = ""


def _rejoined(lines: Sequence[str]) -> Iterable[str]:
    """Lines of a cover's paragraph; a unit's name that wraps is one line again."""
    kept: list[str] = []
    for line in (_NAMED_TITLE.sub("", line) for line in lines):
        wraps = kept and UNIT_WORD.match(kept[-1]) and _may_name_unit(line) and not UNIT_WORD.match(line)
        goes_on = kept and (_DANGLING.search(kept[-1]) or line[:1].islower() or _is_rest(line, kept[-1]))
        if kept and (wraps or goes_on) and not _LABELS.match(line) and not _LABELS.match(kept[-1]):
            kept[-1] = f"{kept[-1]} {line}"
        else:
            kept.append(line)
    return kept


def _is_rest(line: str, above: str) -> bool:
    """A number that the name of a unit in the title above ends in: "… för Solgården", "2"."""
    said = title_of(above) if line.isdecimal() and len(line) < 4 else None
    return said is not None and bool(said.unit)


def find_title(texts: Sequence[tuple[str, Place]], also: Sequence[str] = ()) -> CoverTitle | None:
    """The title: the line that names the kind, with the unit in it, after it, or before it.

    `also` are lines elsewhere that may name the unit, such as page heads.
    """
    best: tuple[int, CoverTitle] | None = None
    for i, (text, where) in enumerate(texts):
        said = title_of(text)
        if said is None:
            continue
        unit = _whole_name(said.unit, texts, i, also) if said.unit else _unit_near(texts, i)
        worth = 4 * bool(unit) + 2 * bool(said.year) + starts_with_kind(text)
        if best is None or worth > best[0]:
            best = worth, CoverTitle(said.kind, said.year, unit, text, where)
    return best[1] if best else None


def _kind_elsewhere(texts: Sequence[str]) -> str | None:
    """The kind that other titles of the cover and the page heads agree on."""
    kinds = {said.kind for text in texts if (said := title_of(text)) and said.kind}
    return kinds.pop() if len(kinds) == 1 else None


def _whole_name(unit: str, texts: Sequence[tuple[str, Place]], i: int, also: Sequence[str]) -> str:
    """A unit's name that goes on on the next line, as another line that has all of it shows."""
    if i + 1 >= len(texts) or not texts[i][0].rstrip(" *_").endswith(unit):
        return unit
    whole = f"{unit} {unit_name(texts[i + 1][0])}"
    others = [*also, *(text for at, (text, _) in enumerate(texts) if at not in (i, i + 1))]
    known = len(whole) > len(unit) + 3 and _may_name_unit(texts[i + 1][0])
    return whole if known and any(key(whole) in key(text) for text in others) else unit


def _unit_near(texts: Sequence[tuple[str, Place]], i: int) -> str:
    """The unit's name on a line after the title, or before it; one that says "Enheten" first of all."""
    near = [texts[j][0] for j in (i + 1, i + 2, i - 1, i + 3) if 0 <= j < len(texts)]
    named = [text for text in near if _may_name_unit(text) and unit_name(text)]
    named.sort(
        key=lambda text: (
            not UNIT_WORD.match(text),
            bool(_LABELLED.match(text)),
            bool(_DEPARTMENT.match(text)),
        )
    )
    return unit_name(named[0]) if named else ""


def _may_name_unit(text: str) -> bool:
    if (
        len(text) > 120
        or _LABELS.match(text)
        or DATE_WITHIN.search(text)
        or _DNR.search(text)
        or _BARE_DNR.match(text)
        or text.endswith(".")
        or _is_board(text)
    ):
        return False
    return not KIND.search(text) and not re.search(r"nämnd\b|Förslag till beslut|förvaltning$", text)


def _is_board(text: str) -> bool:
    """Whether a line is a board's name and no more."""
    found = board_in(text)
    return found is not None and not re.search(r"\w", text[: found[0]] + text[found[1] :])


def _unit_elsewhere(texts: Sequence[tuple[str, Place]], heads: Sequence[tuple[str, Place]]) -> str:
    """The unit that a line names as one, or the title on the pages' heads."""
    named = next((text for text, _ in (*heads, *texts) if UNIT_WORD.match(text) and len(text) < 120), "")
    return unit_name(KIND.split(named)[0]) if named else getattr(find_title(heads), "unit", "")


def _year_elsewhere(document: Document) -> int | None:
    """The year of the tables' periods where the title has none."""
    years: Counter[int] = Counter()
    for block in document.blocks:
        if isinstance(block, Table):
            years.update(int(y) for row in block.rows for t in row.texts[-1:] for y in REPORT_YEAR.findall(t))
    return years.most_common(1)[0][0] if years else None


def _date_in(texts: Sequence[str]) -> str | None:
    """The first date in any writing."""
    dates = (found[0] for text in texts for found in DATE_WITHIN.finditer(text))
    return next((clean(found) for found in dates if parse_date(found)), None)


def _first(pattern: re.Pattern[str], texts: Sequence[str], group: int) -> str | None:
    return next((clean(match[group]) for text in texts if (match := pattern.search(text))), None)
