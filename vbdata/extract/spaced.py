"""Tables whose cells end in exactly one space, so that white space alone tells empty cells.

``94 %    94 % öka 2023 `` is outcome, three empty cells, target, council target, period. Cells wrap
over lines with blank lines between; a line that breaks inside a word has no space at its end. A
vertically merged label stands before the last row of its group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Doubt, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import goal_heading, section_of
from vbdata.vocabulary import categories, groups, indicator_index, key, layouts
from vbdata.vocabulary.matching import Index
from vbdata.vocabulary.tables import Layout

#: Similarity that a run-together header needs with a layout's.
HEADER_FLOOR = 86.0
_HEADER_LINES = 24
_HEADER_WIDTH = 160
_ROW_LINES = 48

_NUMBER = r"[-−–]?\d+(?:[.,]\d+)?(?: ?%)?"
_GROUPED = r"[-−–]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?: ?%)?"
_KG = r"kg(?: ?CO ?2e?)?(?: ?/ ?kg| per ?kg(?: [a-zåäö ]{3,24}?)?)?"
_WITH_UNIT = rf"\d+(?:[.,]\d+)? (?:st|kr|{_KG}|procent|index|mnkr|tkr|timmar|dagar)"
_RULE = r"(?:[Öö]ka[r]?|[Mm]inska[r]?|Tas fram av ?n ?ä ?m ?n ?d(?: ?/ ?s ?t ?y ?r ?e ?l ?s ?e ?n?)?(?:en)?)"
_VALUE = rf"(?:{_WITH_UNIT}|{_NUMBER}|{_GROUPED})?"
_TARGET = rf"(?:{_WITH_UNIT}|{_RULE}|{_NUMBER}|{_GROUPED})?"
_PERIOD = r"(?:(?:VB|T1|T2|Tertial [12]) ?)?20\d\d|År|Tertial|Halvår|Kvartal|Månad"
_DATE = r"\d{4}-\d{2}-\d{2}"
_COUNT = r"(?:\d+(?: {0,2}st\b\.?)?)?"

_ENDS_IN_PERIOD = re.compile(rf"(?:^|\s)(?:{_PERIOD})\s*$")
_HAS_DATES = re.compile(rf"({_DATE}) ({_DATE})(?: +(\S.{{0,20}}?))?\s*$")
_DATES_LOOSE = re.compile(rf"({_DATE})\s+({_DATE})(?:\s+(\S.{{0,20}}?))?\s*$")
_ONLY_COUNTS = re.compile(rf"^(?P<cells>{_COUNT} {_COUNT} {_COUNT} {_COUNT})(?: (?P<rest>.*))?$", re.S)


@dataclass(frozen=True, slots=True)
class Header:
    """A header found at a line: its layout, printed column titles, and where the rows start."""

    layout: Layout
    titles: tuple[str, ...]
    end: int


def header_at(lines: Sequence[Line], start: int) -> Header | None:
    """The space-delimited header that starts at a line, in whatever way its words wrap."""
    words = lines[start].text.strip()
    if len(words) < 4 or len(words) > _HEADER_WIDTH or not 6 <= len(words.split(None, 1)[0]) <= 12:
        return None
    first = key(words)
    candidates = [layout for layout in layouts() if _may_start(first, layout.columns[0][1][0])]
    best: tuple[float, Header] | None = None
    for layout in candidates:
        found = _header_of(lines, start, layout)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


@lru_cache(maxsize=4096)
def _may_start(first: str, label: str) -> bool:
    opening = key(label)
    return first[: len(opening)] == opening or fuzz.ratio(first[: len(opening)], opening) >= 80.0


def _header_of(lines: Sequence[Line], start: int, layout: Layout) -> tuple[float, Header] | None:
    wanted = _layout_key(layout)
    words = ""
    best: tuple[float, Header] | None = None
    for end in range(start, min(start + _HEADER_LINES, len(lines))):
        if "\t" in lines[end].text or "|" in lines[end].text:
            break
        words += lines[end].text
        got = re.sub(r"20\d\d", "", key(words))
        if len(got) > len(wanted) * 1.15:
            break
        score = fuzz.ratio(got, wanted)
        if score >= HEADER_FLOOR and (best is None or score > best[0]):
            best = (score, Header(layout, _titles(words, layout), end + 1))
    return best


@cache
def _layout_key(layout: Layout) -> str:
    return "".join(key(labels[0]) for _, labels in layout.columns)


def _titles(words: str, layout: Layout) -> tuple[str, ...]:
    """Column titles with the years that the header prints."""
    years = re.findall(r"20\d\d", words)
    titles = [labels[0] for _, labels in layout.columns]
    if len(years) == 1:
        field = "value_previous" if "value_previous" in layout.fields else "council_target"
        titles = [f"{t} {years[0]}" if f == field else t for t, f in zip(titles, layout.fields, strict=True)]
    return tuple(titles)


def spaced_table(lines: Sequence[Line], start: int, header: Header) -> tuple[Table, int, list[Doubt]]:
    """The table under a header, up to the heading that ends it."""
    body, end = _body(lines, header)
    doubts: list[Doubt] = []
    if header.layout.table == "complaints":
        rows = list(_complaint_rows(body))
    elif header.layout.table == "activities":
        rows = list(_activity_rows(body, len(header.layout.columns)))
    else:
        rows = list(_indicator_rows(body, header.layout, doubts))
    top = place(lines[start])
    head = Row(tuple(Cell(title, top) for title in header.titles), top)
    return Table((head, *rows), top), end, doubts


def _body(lines: Sequence[Line], header: Header) -> tuple[list[Line], int]:
    """Lines of the table and where it ends; a header that a page break repeats becomes a blank line."""
    body: list[Line] = []
    i = header.end
    while i < len(lines) and not _ends_table(lines, i):
        again = header_at(lines, i) if not lines[i].blank else None
        if again and again.layout.table != header.layout.table:
            break
        body.append(Line(lines[i].number, "", lines[i].page) if again else lines[i])
        i = again.end if again else i + 1
    return body, i


def _ends_table(lines: Sequence[Line], i: int) -> bool:
    raw = lines[i].text.strip()
    if not raw:
        return False
    marked = unmark(raw)
    text = marked.text
    if goal_heading(text) or raw.startswith("|") or "\t" in raw or "<table" in raw:
        return True
    if marked.depth and key(text) != "analys":  # an Analys row may be marked up as a heading
        return True
    section = section_of(text, 96.0)
    return bool(section and section.code not in ("analysis", "complaints") and _stands_alone(lines, i))


def _stands_alone(lines: Sequence[Line], i: int) -> bool:
    """A one-word line inside an Analys text is a heading only where a sentence has ended before it."""
    before = next((lines[j].text.rstrip() for j in range(i - 1, -1, -1) if not lines[j].blank), "")
    return (
        i == 0 or lines[i - 1].blank or not before or before[-1] in ".!?:)]”" or lines[i].text.startswith(" ")
    )


def run_together(lines: Sequence[Line]) -> str:
    """Wrapped lines as one string; blank lines between cells add nothing.

    >>> run_together([Line(1, "nämnd/s"), Line(2, "tyrelse "), Line(3, ""), Line(4, "VB 2023 ")])
    'nämnd/styrelse VB 2023 '
    """
    joined = ""
    stripped = len(lines) > 1 and not any(line.text.endswith(" ") for line in lines)
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if joined and not joined.endswith(" ") and (stripped or lines[i - 1].text == ""):
            joined += " "
        joined += line.text
    return joined


def _cells(texts: Sequence[str], where: Place) -> Row:
    return Row(tuple(Cell(" ".join(text.split()), where, lines=(text,)) for text in texts), where)


# ---------------------------------------------------------------------------------- indicators


@cache
def _indicator_row(layout: str) -> re.Pattern[str]:
    fields = next(each for each in layouts() if each.code == layout).fields[1:]
    holds = {"period": _PERIOD, "target": _TARGET, "council_target": _TARGET}
    cells = " ".join(f"({holds.get(field, _VALUE)})" for field in fields)
    return re.compile(rf"^\s*([^\W\d].*?) {cells}\s*$", re.S)


@cache
def _loose_row(layout: str) -> re.Pattern[str]:
    """The same where runs of spaces were lost: what is there, in order, can still be read."""
    some = rf"(?:{_WITH_UNIT}|{_RULE}|{_NUMBER})"
    return re.compile(rf"^\s*([^\W\d].*?)((?:\s+{some})+)\s+({_PERIOD})\s*$", re.S)


def _indicator_rows(lines: Sequence[Line], layout: Layout, doubts: list[Doubt]) -> Iterator[Row]:
    done = 0
    for i, line in enumerate(lines):
        if i < done or not _ENDS_IN_PERIOD.search(line.text):
            continue
        found = _row_ending_at(lines, done, i, layout, doubts)
        if found is None:
            continue
        start, row = found
        yield from _text_rows(lines[done:start], len(layout.columns))
        yield row
        done = i + 1
    yield from _text_rows(lines[done:], len(layout.columns))


def _row_ending_at(
    lines: Sequence[Line], low: int, last: int, layout: Layout, doubts: list[Doubt]
) -> tuple[int, Row] | None:
    """The row whose period ends line `last`: grow upwards until name and cells are complete."""
    for start in range(last, max(low, last - _ROW_LINES) - 1, -1):
        if lines[start].blank or not _starts_name(lines, low, start):
            continue
        text = run_together(lines[start : last + 1])
        if match := _indicator_row(layout.code).match(text):
            first, name = _whole_name(lines, low, start, match[1])
            return first, _cells([name, *match.groups("")[1:]], place(lines[first]))
    return _loose_row_ending_at(lines, low, last, layout, doubts)


def _starts_name(lines: Sequence[Line], low: int, start: int) -> bool:
    """A name starts after a blank line, after the rows before, or with the empty icon cells."""
    return start == low or lines[start - 1].blank or lines[start].text.startswith("  ")


def _whole_name(lines: Sequence[Line], low: int, start: int, name: str) -> tuple[int, str]:
    """Where a blank line (a page break) cuts a known name in two, take the part above as well."""
    if indicator_index().find(name).entry:
        return start, name
    above = start - 1
    while above > low and lines[above].blank:
        above -= 1
    first = above
    while first > low and not lines[first - 1].blank:
        first -= 1
    if first < low or first >= start or lines[above].blank:
        return start, name
    longer = f"{run_together(lines[first : above + 1])} {name}"
    return (first, longer) if indicator_index().find(longer).entry else (start, name)


def _loose_row_ending_at(
    lines: Sequence[Line], low: int, last: int, layout: Layout, doubts: list[Doubt]
) -> tuple[int, Row] | None:
    for start in range(last, max(low, last - _ROW_LINES) - 1, -1):
        if lines[start].blank or not _starts_name(lines, low, start):
            continue
        match = _loose_row(layout.code).match(run_together(lines[start : last + 1]))
        if not match:
            continue
        name = " ".join(match[1].split())
        values = re.findall(rf"{_WITH_UNIT}|{_RULE}|{_NUMBER}", match[2])
        cells, detail = _placed(values, len(layout.columns) - 2)
        if detail:
            doubts.append(Doubt("columns_uncertain", f"”{name}”: {detail}", place(lines[start])))
        return start, _cells([name, *cells, match[3]], place(lines[start]))
    return None


def _placed(values: Sequence[str], count: int) -> tuple[list[str], str]:
    """Values in `count` cells, and what is doubtful about it where the white space was lost.

    Fewer values than cells could be anything: an outcome with both targets, or with last year's and one.
    """
    if len(values) == count:
        return list(values), ""
    shown = " | ".join(values)
    detail = (
        f"mellanrummen mellan cellerna är borta, så talen ({shown}) går inte att placera och är utelämnade."
    )
    return [""] * count, detail


def _text_rows(lines: Sequence[Line], width: int) -> Iterator[Row]:
    """Text between rows: an Analys row, or the rest of one that a page break cut."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return
    texts = [line.text.strip() for line in filled]
    text = "Analys\n" + _flow(filled[1:]) if key(texts[0]) == "analys" else _flow(filled)
    yield _cells_with_breaks(text, width, place(filled[0]))


def _flow(lines: Sequence[Line]) -> str:
    return " ".join(run_together(lines).split())


def _cells_with_breaks(text: str, width: int, where: Place) -> Row:
    cells = [Cell(text.strip(), where, lines=(text,))]
    cells += [Cell("", where)] * (width - 1)
    return Row(tuple(cells), where)


# ---------------------------------------------------------------------------------- activities


def _activity_rows(lines: Sequence[Line], width: int) -> Iterator[Row]:
    done = 0
    for i, line in enumerate(lines):
        match = _HAS_DATES.search(line.text) or _DATES_LOOSE.search(line.text)
        if i < done or not match:
            continue
        start = _title_start(lines, done, i, match.start())
        title = run_together([*lines[start:i], Line(line.number, line.text[: match.start()])])
        yield from _text_rows(lines[done:start], width)
        yield _cells([title, match[1], match[2], match[3] or ""][:width], place(lines[start]))
        done = i + 1
    yield from _text_rows(lines[done:], width)


def _title_start(lines: Sequence[Line], low: int, dated: int, column: int) -> int:
    """First line of the title that the dates belong to: the lines above, up to a blank one."""
    start = dated
    if not lines[dated].text[:column].strip():
        start -= 1
        while start > low and lines[start].blank:
            start -= 1
    elif lines[dated].text.startswith("  "):
        return dated
    while start > low and not lines[start].text.startswith("  ") and not lines[start - 1].blank:
        start -= 1
    return max(start, low)


# ---------------------------------------------------------------------------------- complaints


@cache
def _labels() -> tuple[Index[str], Index[str]]:
    """All groups' and all categories' labels of every form."""
    return (
        Index({g.group: g.printed for g in groups()}),
        Index({c.category: c.printed for c in categories()}),
    )


def _complaint_rows(lines: Sequence[Line]) -> Iterator[Row]:
    """Category rows; each group's label is put on its first row, as a merged cell is."""
    waiting: list[tuple[str, list[str], Place]] = []
    group = ""
    complete = False  # the group's last row is there; only its cells may still come
    for kind, text, cells, where in _complaint_parts(lines):
        if kind == "cells":
            if waiting and not any(waiting[-1][1]):
                waiting[-1] = (waiting[-1][0], cells, waiting[-1][2])
            continue
        if complete:
            yield from _grouped(group, waiting)
            waiting, group, complete = [], "", False
        if kind == "group":
            # A label that a page break cut in two goes on; a second whole label starts a new group.
            cut = group and (_known(f"{group} {text}") == "group" or _known(text) is None)
            group = f"{group} {text}" if cut else text
        else:
            waiting.append((text, cells, where))
            complete = bool(group)
    yield from _grouped(group, waiting)


def _grouped(group: str, rows: Sequence[tuple[str, list[str], Place]]) -> Iterator[Row]:
    for number, (label, cells, where) in enumerate(rows):
        padded = (cells + [""] * 5)[:5]
        yield _cells([group if number == 0 else "", label, *padded], where)


def _complaint_parts(lines: Sequence[Line]) -> Iterator[tuple[str, str, list[str], Place]]:
    """The form as a run of ("group" | "row" | "cells", label, cells, place)."""
    for block in _blocks(lines):
        where = place(next((line for line in block if not line.blank), block[0]))
        text = run_together(block)
        if text.strip():
            yield from _parts_of(block, text, where)
        elif len(text) >= 4:
            yield "cells", "", [""] * 5, where


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.text == "":
            if block:
                yield block
            block = []
        else:
            block.append(line)
    if block:
        yield block


def _merged(block: Sequence[Line]) -> bool:
    """A merged label is followed by lines that hold nothing but a space."""
    return len(block) > 2 and block[-1].blank and block[-2].blank


def _parts_of(block: Sequence[Line], text: str, where: Place) -> Iterator[tuple[str, str, list[str], Place]]:
    only = _ONLY_COUNTS.match(text)
    if only and re.search(r"\d", only["cells"]):
        yield "cells", "", [*_count_cells(only["cells"]), (only["rest"] or "").strip()], where
        return
    label = " ".join(text.split())
    if re.search(r"\S {5,}$", block[-1].text):  # five empty cells
        yield "row", label, [""] * 5, where
        return
    split = _best_split(text)
    kind = None if re.search(r"\S {5,}\S", text) else _known(label)
    if _merged(block) and (kind or not (split and _known(split[0]))):
        kind = "group"
    if kind or split is None:
        yield kind or "row", label, [""] * 5, where
        return
    name, cells, rest = split
    yield "row", name, cells, where
    if rest:
        yield _known(rest) or "group", rest, [""] * 5, where


def _known(label: str) -> str | None:
    group_labels, category_labels = _labels()
    if label in group_labels and label in category_labels:
        return "group"  # "Beröm" is both; the group comes first and its row follows
    if group_labels.find(label).entry:
        return "group"
    if category_labels.find(label).entry:
        return "row"
    return None


def _best_split(text: str) -> tuple[str, list[str], str] | None:
    """Label, five cells and what follows them, preferring a label that the forms know."""
    first: tuple[str, list[str], str] | None = None
    for space in (found.start() for found in re.finditer(" ", text)):
        match = _ONLY_COUNTS.match(text[space + 1 :])
        label = " ".join(text[:space].split())
        if not match or not label:
            continue
        rest = match["rest"] or ""
        # An empty comment is one space; what comes after it is the next label.
        comment, following = ("", rest[1:]) if rest.startswith(" ") else (rest, "")
        cells = [*_count_cells(match["cells"]), " ".join(comment.split())]
        split = (label, cells, " ".join(following.split()))
        first = first or split
        if _known(label):
            return split
    return first


def _count_cells(text: str) -> list[str]:
    match = re.fullmatch(rf"({_COUNT}) ({_COUNT}) ({_COUNT}) ({_COUNT})", text)
    return list(match.groups()) if match else text.split(" ")
