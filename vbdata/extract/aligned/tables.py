"""Rows of aligned tables: which lines make a row, by what the lines hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from vbdata.extract.aligned.columns import Sliced, is_astray, is_prose, parting, sliced
from vbdata.extract.aligned.form import form_rows
from vbdata.extract.aligned.headers import Header, header_around
from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Doubt, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.headings import goal_begins
from vbdata.extract.markup import plain, unmark
from vbdata.extract.recognise import section_of, status_words
from vbdata.extract.ruled import Drawn
from vbdata.extract.spaced.rows import is_analysis
from vbdata.vocabulary import indicator_index, indicators, key

_PERIOD = re.compile(r"^(?:(?:VB|T1|T2|Tertial [12]) ?)?20\d\d$|^(?:År|Tertial|Halvår|Kvartal|Månad)$", re.I)
_PERIOD_START = re.compile(r"^(?:VB|T1|T2|Tertial [12])$", re.I)
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_DATED = re.compile(r"^(.*?)\s*(\d{4}-\d{2}-\d{2})\s+(\d{4}-\d{2}-\d{2})(?:\s+(\S.{0,20}?))?\s*$")
_PERIOD_AT_END = re.compile(
    r"(?:^|\s)((?:(?:VB|T1|T2|Tertial [12]) ?)?20\d\d|År|Tertial|Halvår|Kvartal|Månad)\s*$"
)
_PERIOD_LEFT = re.compile(r"(?:^|\s)(VB|T1|T2|Tertial [12])$")
_BARE_YEAR = re.compile(r"^20\d\d$")
_PICTURE = re.compile(r"\[[\w+/=]+\] ?\w")
_ROWS_LIMIT = 2_000
_AHEAD = 6
_TITLE_LINES = 3
"""Lines of a title that stand above its dates at most."""
_FEW, _RAGGED = 4, 0.05
"""Lines that are enough to say how a text keeps its columns; the share of them that may start elsewhere."""


@dataclass(frozen=True, slots=True)
class Part:
    """The lines under one header, cut at its columns, and where they end."""

    header: Header
    lines: tuple[Line, ...]
    cuts: tuple[int, ...]
    end: int


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line by column."""

    line: Line
    cells: tuple[str, ...]
    torn: bool
    anchor: bool
    astray: bool


def aligned_tables(lines: Sequence[Line], drawn: Drawn) -> tuple[Drawn, list[Doubt]]:
    """All aligned tables of a text that are not drawn ones."""
    taken = {i for start, (_, end) in drawn.items() for i in range(start, end)}
    parts: list[Part] = []
    done = 0
    for i, line in enumerate(lines):
        if i < done or i in taken or "  " not in line.text:
            continue
        header = header_around(lines, i, done)
        if header is None:
            continue
        part = _part(lines, header)
        if part:
            parts.append(part)
            done = part.end
    centred, ragged = _is_centred(parts), _is_ragged(parts)
    doubts: list[Doubt] = []
    found: Drawn = {}
    for part in parts:
        top = place(lines[part.header.start])
        head = Row(tuple(Cell(title, top) for title in part.header.titles), top)
        body = _rows(part, centred, ragged, doubts)
        found[part.header.start] = (Table((head, *body), top), part.end)
    return found, doubts


def _starts_analysis(text: str) -> bool:
    """Whether a line is the word Analys, or begins with it as an Analys row does."""
    return key(text) == "analys" or is_analysis(text)


def _part(lines: Sequence[Line], header: Header) -> Part | None:
    """The lines under a header, up to a heading, another header, or text that is no part of a table."""
    end = _last_line(lines, header)
    body = [line for line in lines[header.end : end]]
    head = [line.text for line in lines[header.start : header.end]]
    dated = header.layout.table == "activities" and any(_DATED.match(line.text) for line in body)
    tries = [
        line.text
        for line in body
        if not is_prose(line.text, header.starts[1:]) and not (dated and _DATED.match(line.text))
    ]
    wide = dated or any("  " in text.strip() for text in tries)
    if header.layout.table != "complaints" and not wide and tries:
        return None
    cuts = parting([*head, *tries], header.starts)
    return Part(header, tuple(body), tuple(cuts), end)


def _last_line(lines: Sequence[Line], header: Header) -> int:
    cuts = header.starts[1:]
    analysing = False
    blank = False
    i = header.end
    while i < min(len(lines), header.end + _ROWS_LIMIT):
        text = lines[i].text
        if not text.strip():
            blank = True
            i += 1
            continue
        if _ends(lines, i, header, analysing):
            break
        new_page = i > header.end and lines[i].page != lines[i - 1].page
        if _starts_analysis(text):
            analysing = header.layout.table != "complaints"
        elif "  " in text.strip() or (header.layout.table == "activities" and _DATED.match(text)):
            analysing = analysing and not _holds_values(text, header)
        elif not analysing:
            apart = blank and not new_page and not _values_ahead(lines, i, header)
            if apart or (is_prose(text, cuts) and i > header.end):
                break
        blank = False
        i += 1
    while i > header.end and lines[i - 1].blank:
        i -= 1
    return i


def _ends(lines: Sequence[Line], i: int, header: Header, analysing: bool) -> bool:
    text = unmark(lines[i].text).text
    if goal_begins(lines, i) or "|" in text or "\t" in lines[i].text:
        return True
    if status_words(text):  # an Analys may say no more than "Uppfylls helt."
        return not analysing
    if header_around(lines, i, header.end) or any(
        header_around(lines, j, i) for j in range(i + 1, min(i + 3, len(lines)))
    ):
        return True
    section = section_of(text, 96.0)
    return bool(section and section.code not in ("analysis", "complaints"))


def _holds_values(text: str, header: Header) -> bool:
    words = text.split()
    if header.layout.table == "activities":
        return sum(bool(_DATE.match(word)) for word in words) == 2
    return bool(_PERIOD.match(words[-1]) or _PERIOD.match(" ".join(words[-2:])))


def _values_ahead(lines: Sequence[Line], i: int, header: Header) -> bool:
    """Whether a row with values follows soon, as where these stand in the middle of their row."""
    for line in lines[i : i + _AHEAD]:
        if line.blank:
            return False
        if header.layout.table == "complaints" or _holds_values(line.text, header):
            return True
    return False


def _cut(part: Part) -> list[_Cut]:
    """The part's lines by column; `anchor` where one holds its row's period or dates, as each row has."""
    made = [(line, _sliced(line.text, part)) for line in part.lines if not line.blank]
    rows = [each.cells for _, each in made]
    anchors = [_is_anchor(rows, i, part) for i in range(len(rows))]
    return [
        _Cut(
            line,
            cells.cells,
            cells.torn or any("  " in cell for cell in cells.cells[1:]),  # two values in one column
            anchors[i],
            part.header.layout.table != "activities" and is_astray(cells.starts, part.header.starts),
        )
        for i, (line, cells) in enumerate(made)
    ]


def _sliced(text: str, part: Part) -> Sliced:
    """A line by column; two dates say themselves which they are, wherever they stand."""
    found = _DATED.match(text) if part.header.layout.table == "activities" else None
    if not found:
        return _with_whole_period(sliced(text, part.cuts))
    cells = (*(found[i] or "" for i in range(1, 5)), *[""] * 4)[: len(part.cuts) + 1]
    starts = tuple(found.start(i) if found[i] else None for i in range(1, len(cells) + 1))
    return Sliced(tuple(cell.strip() for cell in cells), torn=False, starts=starts)


def _with_whole_period(cut: Sliced) -> Sliced:
    """The "VB" of a "VB 2025" that starts to the left of its column's title."""
    found = _PERIOD_LEFT.search(cut.cells[-2])
    if not found or not _BARE_YEAR.match(cut.cells[-1]):
        return cut
    cells = (*cut.cells[:-2], cut.cells[-2][: found.start()].strip(), f"{found[1]} {cut.cells[-1]}")
    return Sliced(cells, cut.torn, cut.starts)


def _is_anchor(rows: Sequence[tuple[str, ...]], i: int, part: Part) -> bool:
    fields = part.header.layout.fields
    if part.header.layout.table == "activities":
        return all(_DATE.match(rows[i][fields.index(name)]) for name in ("start", "end"))
    period = rows[i][-1]
    if _PERIOD.match(period):  # the year of a period that wraps belongs to the line above
        return not (i and _PERIOD_START.match(rows[i - 1][-1]))
    return bool(_PERIOD_START.match(period)) and i + 1 < len(rows) and bool(_PERIOD.match(rows[i + 1][-1]))


def _is_centred(parts: Sequence[Part]) -> bool:
    """Whether values stand in the middle of their rows rather than on the first line.

    The reading that makes more whole names known is the right one; else it is the first line.
    """
    cuts = [(_cut(part), part) for part in parts if part.header.layout.table == "indicators"]
    return _known_names(cuts, centred=True) > _known_names(cuts, centred=False)


def _is_ragged(parts: Sequence[Part]) -> bool:
    """Whether names that wrap start at different characters, so that characters say nothing of columns.

    Text is so where spaces were put in by a width of letters that no letter has.
    """
    off = total = 0
    for part in parts:
        if part.header.layout.table == "indicators":
            starts = [at for group in _groups(_cut(part), part, False) for at in _wrapped_starts(group, part)]
            off += sum(at != max(starts, key=starts.count) for at in starts)
            total += len(starts)
    return total >= _FEW and off > _RAGGED * total


def _wrapped_starts(group: Sequence[_Cut], part: Part) -> list[int]:
    """Where the lines of a row start that hold nothing but its name."""
    if not group[0].anchor:
        return []
    texts = [cut.line.text.rstrip() for cut in group[1:]]
    return [len(text) - len(text.lstrip()) for text in texts if len(text) <= part.cuts[0]]


def _known_names(cuts: Sequence[tuple[list[_Cut], Part]], *, centred: bool) -> int:
    groups = [group for lines, part in cuts for group in _groups(lines, part, centred)]
    names = (" ".join(cut.cells[0] for cut in group if cut.cells[0]) for group in groups)
    return sum(indicator_index().exact(plain(name)) is not None for name in names)


# ---------------------------------------------------------------------------------------- rows


def _rows(part: Part, centred: bool, ragged: bool, doubts: list[Doubt]) -> list[Row]:
    if part.header.layout.table == "complaints":
        titles = () if centred else part.header.starts
        return form_rows(part.lines, part.cuts, titles, doubts, ragged=ragged)
    return [_row(group, part, centred, ragged, doubts) for group in _groups(_cut(part), part, centred)]


def _groups(lines: Sequence[_Cut], part: Part, centred: bool) -> list[list[_Cut]]:
    """Lines by row. Text before the first row and Analys texts are rows of their own."""
    if blocks := _blocks(lines, part):
        return blocks
    groups: list[list[_Cut]] = []
    analysing = False
    for number, cut in enumerate(lines):
        analysis = _starts_analysis(cut.line.text)
        above = centred and not cut.anchor and _starts_row(lines, number, part, analysing)
        waits = centred and groups and not analysing and not any(each.anchor for each in groups[-1])
        starts = analysis or above or (cut.anchor and not waits)
        if starts or not groups:
            groups.append([])
        groups[-1].append(cut)
        analysing = analysis or (analysing and not starts)
    return _with_whole_titles(groups, part) if centred else groups


def _with_whole_titles(groups: list[list[_Cut]], part: Part) -> list[list[_Cut]]:
    """Rows with dates in their middle: a title that starts with a small letter starts on a line above."""
    if part.header.layout.table != "activities":
        return groups
    for before, group in pairwise(groups):
        if not group[0].anchor or not group[0].cells[0][:1].islower():
            continue
        above = takewhile(
            lambda cut: not cut.anchor and len(cut.line.text.rstrip()) <= part.cuts[0], before[::-1]
        )
        for count, cut in enumerate(islice(above, _TITLE_LINES), 1):
            if plain(cut.cells[0])[:1].isupper() and not _starts_analysis(cut.line.text):
                group[:0] = before[-count:]
                del before[-count:]
                break
    return [group for group in groups if group]


def _blocks(lines: Sequence[_Cut], part: Part) -> list[list[_Cut]]:
    """Rows that blank lines part, each with its values; none where two rows stand together."""
    numbers = {line.number: i for i, line in enumerate(part.lines)}
    blocks: list[list[_Cut]] = []
    for cut, before in zip(lines, [None, *lines], strict=False):
        if before is None or numbers[cut.line.number] > numbers[before.line.number] + 1:
            blocks.append([])
        blocks[-1].append(cut)
    anchors = [sum(cut.anchor for cut in block) for block in blocks]
    says = [[_starts_analysis(cut.line.text) for cut in block] for block in blocks]
    after = any(said[-1] and anchored for said, anchored in zip(says, anchors[1:], strict=False))
    if sum(anchors) < 2 or max(anchors) > 1 or after or any(any(said[1:]) for said in says):
        return []
    rows: list[list[_Cut]] = []
    for block, anchored in zip(blocks, anchors, strict=True):
        if not anchored and rows and _starts_analysis(rows[-1][0].line.text):
            rows[-1].extend(block)
        else:
            rows.append(block)
    return rows


def _starts_row(lines: Sequence[_Cut], number: int, part: Part, analysing: bool) -> bool:
    """Whether a line above its row's values is the first of that row."""
    ahead = next((j for j in range(number, min(number + _AHEAD + 1, len(lines))) if lines[j].anchor), None)
    if ahead is None or is_prose(lines[number].line.text, part.cuts):
        return False
    before = next((j for j in range(number - 1, -1, -1) if lines[j].anchor), None)
    if _PICTURE.match(lines[number].cells[0]):  # an icon stands on a row's first line, or in its middle
        return number == 0 or not _is_start(lines[number - 1 : number], part)
    if before is None or analysing:
        return number == 0 or (analysing and _is_start(lines[number:ahead], part))
    above = next((j for j in range(before + 1, number) if _starts_row(lines, j, part, False)), None)
    if above is not None:  # the row has begun
        return False
    if _is_name(lines, before, number, part):
        return True
    return lines[number].cells[0][:1].isupper() and _is_start(lines[number:ahead], part)


def _is_name(lines: Sequence[_Cut], before: int, number: int, part: Part) -> bool:
    """Whether the lines around a row's values, down to this one, are a whole known name."""
    if part.header.layout.table != "indicators":
        return False
    names = (
        " ".join(cut.cells[0] for cut in lines[first:number])
        for first in range(before, max(-1, before - 8), -1)
    )
    return any(indicator_index().exact(name) for name in names)


def _is_start(lines: Sequence[_Cut], part: Part) -> bool:
    """Whether lines are the beginning of a known name."""
    name = key(plain(" ".join(cut.cells[0] for cut in lines)))
    known = any(key(label).startswith(name) for entry in indicators() for label in entry.printed)
    return part.header.layout.table == "indicators" and len(name) > 5 and known


def _row(group: Sequence[_Cut], part: Part, centred: bool, ragged: bool, doubts: list[Doubt]) -> Row:
    where = place(group[0].line)
    width = len(part.cuts) + 1
    if not any(cut.anchor for cut in group):
        return _text_row(group, width)
    cells = [" ".join(filter(None, column)) for column in zip(*(cut.cells for cut in group), strict=True)]
    cells[0] = plain(cells[0])
    unsure = (
        (centred or cells[0][:1].islower())
        and part.header.layout.table == "indicators"
        and not indicator_index().find(cells[0]).entry
    )
    astray = not centred and any(cut.astray for cut in group if cut.anchor)
    astray = astray or (ragged and part.header.layout.table == "indicators" and not all(cells[1:-1]))
    if unsure or astray or any(cut.torn for cut in group):
        detail = f"”{cells[0]}”: det går inte att se vilka kolumner talen står i, så de är utelämnade."
        doubts.append(Doubt("columns_uncertain", detail, where))
        cells[1:-1] = [""] * (width - 2)
        ends = [found[1] for cut in group if cut.anchor and (found := _PERIOD_AT_END.search(cut.line.text))]
        cells[-1] = ends[0] if ends else cells[-1]
    if _BARE_YEAR.match(cells[-1]) and any(_PERIOD_LEFT.search(cut.line.text.rstrip()) for cut in group):
        starts = (_PERIOD_LEFT.search(cut.line.text.rstrip()) for cut in group)
        cells[-1] = f"{next(found[1] for found in starts if found)} {cells[-1]}"
    if part.header.layout.table == "indicators" and cells[-1] and not _PERIOD.match(cells[-1]):
        doubts.append(Doubt("columns_uncertain", f"”{cells[0]}”: perioden går inte att läsa.", where))
        cells[-1] = ""
    return Row.of(cells, where)


def _text_row(group: Sequence[_Cut], width: int) -> Row:
    where = place(group[0].line)
    first = group[0].line.text.strip()
    rest = " ".join(" ".join(cut.line.text.split()) for cut in group[1:])
    text = f"{first}\n{rest}" if key(first) == "analys" else f"{first} {rest}".strip()
    return Row((Cell(text, where), *[Cell("", where)] * (width - 1)), where)
