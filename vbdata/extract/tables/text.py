"""Tables by place in a text: a character is a place, and two spaces or drawn lines part cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from vbdata.extract.decode import Line as TextLine
from vbdata.extract.document import Doubt, Place, Row, Table
from vbdata.extract.furniture import place
from vbdata.extract.grammar import GAP, ends_sentence
from vbdata.extract.markup import plain
from vbdata.extract.tables.columns import Line, Rule, Word
from vbdata.extract.tables.headers import Header, has_first_title, headers_in
from vbdata.extract.tables.regions import Placed, read_region
from vbdata.extract.tables.rows import Span

_WIDE, _HIGH, _LEAD = 5.0, 10.0, 12.0
"""Width of a letter, and height and distance of lines, as a page would set them."""
_KEPT = ("name", "title", "group", "category", "period")
"""What a row keeps whose cells may be another column's."""
_NEAR = 2 * _WIDE  # between a cell's first letter and its title's
_PLACED = 0.8  # of the cells of a page: so many start or end where cells of the first page do
_ENOUGH = 3
"""Cells of a page that are enough to say how it keeps its columns."""
_WORD = re.compile(r"\S+")
_EMPHASISED = re.compile(r"^(\*{1,2}|_{1,2})(\w+:?)\1(?=:?$)")
_DRAWS = re.compile("[-=─━═](?:(?<=[─━═])|(?<=-)-|(?<==)=)")
_TO_ASCII = str.maketrans(
    dict.fromkeys("─━═╌┄", "-")
    | dict.fromkeys("│┃║", "|")
    | dict.fromkeys("┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛╒╤╕╞╪╡╘╧╛", "+")
)
_RULE = re.compile(r" *(?:\+(?:[-=:]+\+)+|(?:-{2,}|={2,})(?: +(?:-{2,}|={2,}))*) *")
_PIECE = re.compile(r"[-=:]{2,}")

Rules = Mapping[int, Sequence[Rule]]
"""The pieces of each rule by the index of its line."""
Tables = dict[int, tuple[Table, int]]
"""Tables by the index of their first line, with the index after their last."""


def lines_in(tables: Tables) -> set[int]:
    """Indices of the lines that tables take."""
    return {i for start, (_, end) in tables.items() for i in range(start, end)}


def placed_tables(
    lines: Sequence[TextLine], rules: Rules, taken: Collection[int]
) -> tuple[Tables, list[Doubt]]:
    """The tables by place among lines that no other reader has `taken`."""
    read = [
        (own[header.start], [lines[i] for i in own[header.end :]], placed)
        for own in _stretches(lines, rules, taken)
        if any(GAP.search(lines[i].text) for i in own)
        and any(has_first_title(lines[i].text.split()) for i in own)
        for drawn in [{i: rules[i] for i in range(own[0] - 1, own[-1] + 2) if i in rules}]
        for header, placed in _placed(_lines(lines, own, drawn), drawn)
        if drawn or _shows_columns(lines, own[header.start : header.end])
    ]
    found: Tables = {}
    doubts: list[Doubt] = []
    numbers = {id(line): i for i, line in enumerate(lines)}
    for start, below, placed in read:
        rows = _rows(_sure_by_page(placed, lines[start].page, below), below, doubts)
        titles = [title.text for title in placed.header.titles]
        end = numbers[id(below[len(placed.lines) - 1])] + 1
        found[start] = (Table.headed(titles, rows, place(lines[start])), end)
    return found, doubts


def _sure_by_page(placed: Placed, page: int | None, lines: Sequence[TextLine]) -> Placed:
    """The table with the rows unsure that stand on a page whose cells start elsewhere than under the header.

    Whoever lays pages out as text sets each by itself, and an empty column may have no width there.
    """
    right = placed.cuts[0] if placed.cuts else 0.0
    cells: dict[int | None, list[Word]] = defaultdict(list)
    for line, own in zip(placed.lines, lines, strict=False):
        cells[own.page] += [run for run in line.runs if run.x0 > right]
    edges = [at for title in placed.header.titles for at in (title.x0, title.x1)]
    edges += [at for run in cells[page] for at in (run.x0, run.x1)]
    moved = {
        other
        for other, runs in cells.items()
        if other != page and len(runs) >= _ENOUGH
        if sum(not {run.x0, run.x1}.isdisjoint(edges) for run in runs) < _PLACED * len(runs)
    }
    rows = (replace(row, margin=0.0) if lines[row.first].page in moved else row for row in placed.rows)
    return replace(placed, rows=tuple(rows))


def _shows_columns(lines: Sequence[TextLine], titles: Sequence[int]) -> bool:
    """Whether titles stand apart from each other: between single spaces there are no places."""
    return any("  " in lines[i].text.strip() for i in titles)


def undrawn(lines: Sequence[TextLine]) -> tuple[list[TextLine], Rules]:
    """The lines without the frames and rules that are drawn with characters, and those rules."""
    rules: dict[int, list[Rule]] = {}
    out = list(lines)
    framed = False
    for i, line in enumerate(lines):
        if not framed and not _DRAWS.search(line.text):
            continue
        text = line.text.translate(_TO_ASCII)
        is_rule = bool(_RULE.fullmatch(text))
        framed = (framed or is_rule) and text.lstrip().startswith(("+", "|"))
        if is_rule or framed:
            pieces = _PIECE.finditer(text)
            rules[i] = [Rule(_middle(i), p.start() * _WIDE, p.end() * _WIDE) for p in pieces]
            bare = _PIECE.sub(lambda piece: " " * len(piece[0]), text)
            out[i] = TextLine(line.number, bare.replace("|", " ").replace("+", " ").rstrip(), line.page)
    return out, {i: pieces for i, pieces in rules.items() if pieces}


def _middle(i: int) -> float:
    return i * _LEAD + _HIGH / 2


def _placed(lines: Sequence[Line], drawn: Rules) -> Iterator[tuple[Header, Placed]]:
    rules = [Rule(pieces[0].at, pieces[0].x0, pieces[-1].x1) for pieces in drawn.values()]
    for header, after in pairwise([*headers_in(lines), None]):
        if header is not None:
            above, below = lines[header.start].top, lines[header.end - 1].bottom
            beside = [each for each in drawn.values() if above - _LEAD < each[0].at < below + _LEAD]
            known = next((cuts for pieces in beside if (cuts := _known_cuts(header, pieces))), ())
            body = lines[header.end : after.start if after else None]
            placed = read_region(header, body, known, near=_NEAR, rules=rules)
            if placed is not None:
                yield header, placed


def _known_cuts(header: Header, pieces: Sequence[Rule]) -> list[float]:
    """Where columns part by the pieces of a rule, if each title stands under one of its own."""
    starts = [max((p.x0 for p in pieces if p.x0 <= title.x0), default=0.0) for title in header.titles]
    own = all(a < b and t.x1 <= b for t, (a, b) in zip(header.titles, pairwise(starts), strict=False))
    return [start - 1 for start in starts[1:]] if own and len(pieces) > 1 else []


def _stretches(lines: Sequence[TextLine], rules: Rules, taken: Collection[int]) -> Iterator[list[int]]:
    """Filled lines between those of cells that marks part, and rules that end a table."""
    own: list[int] = []
    for i, line in enumerate(lines):
        ends = i in rules and line.blank and (i + 1 >= len(lines) or lines[i + 1].blank)
        if ends or i in taken or "\t" in line.text or "|" in line.text:
            if own:
                yield own
            own = []
        elif not line.blank:
            own.append(i)
    if own:
        yield own


def _lines(lines: Sequence[TextLine], own: Sequence[int], drawn: Rules) -> list[Line]:
    """Lines of words with their places; where a piece of a rule begins, a cell does."""
    starts = {piece.x0 for pieces in drawn.values() if len(pieces) > 1 for piece in pieces}
    texts = (plain(text) if text.startswith("<") else text for text in (lines[i].text for i in own))
    return [line_of(text, i, starts) for i, text in zip(own, texts, strict=True)]


def line_of(text: str, number: int = 0, starts: Collection[float] = ()) -> Line:
    """A line of text as words with their places."""
    words: list[Word] = []
    end = -2
    for word in _WORD.finditer(text):
        if word[0] == "\\":
            continue  # an empty cell
        x0, apart = word.start() * _WIDE, word.start() > end + 1
        shown = _EMPHASISED.sub(r"\2", word[0])
        words.append(Word(shown, x0, word.end() * _WIDE, apart or x0 in starts))
        end = word.end()
    return Line.of(words, number * _LEAD, number * _LEAD + _HIGH, _HIGH)


def _rows(placed: Placed, lines: Sequence[TextLine], doubts: list[Doubt]) -> Iterator[Row]:
    for number, row in enumerate(placed.rows):
        where = place(lines[row.first])
        shown = [" ".join(line.text.split()) for line in lines[row.first : row.end]]
        width = len(placed.header.titles)
        if row.merged:
            end = len(shown) - (row is not placed.rows[-1] and _ends_in_title(shown))
            for words in filter(None, (shown[:end], shown[end:])):
                text = "\n".join([words[0], " ".join(words[1:])]) if len(words) > 1 else words[0]
                yield Row.of([plain(text), *[""] * (width - 1)], where)
            continue
        if not row.sure or not row.clear:
            doubts.append(_doubt(row, " ".join(shown), where))
        if row.sure:
            yield replace(Row.of(_texts(placed, number, row), where), margin=row.margin)


def _ends_in_title(lines: Sequence[str]) -> bool:
    """Whether the last line of an Analys, over another row, may be a title over that and no sentence."""
    *before, last = lines
    begins = last[:1].isupper() and not ends_sentence(last)
    return len(before) > 1 and begins and ends_sentence(before[-1])


def _texts(placed: Placed, number: int, row: Span) -> list[str]:
    """A row's cells; a label of the form stands in the first of its rows alone."""
    fields = placed.header.fields
    texts = [
        " ".join(text for cut in placed.texts[row.first : row.end] if (text := cut.texts.get(n)))
        for n in range(len(fields))
    ]
    if "group" in fields and (span := next((s for s in placed.groups if s[0] <= number < s[1]), None)):
        column, first, end = fields.index("group"), placed.rows[span[0]].first, placed.rows[span[1] - 1].end
        words = [text for cut in placed.texts[first:end] if (text := cut.texts.get(column))]
        texts[column] = " ".join(words) if span[0] == number else ""
    return [
        plain(text) if row.clear or field in _KEPT else "" for field, text in zip(fields, texts, strict=True)
    ]


def _doubt(row: Span, shown: str, where: Place) -> Doubt:
    what = "vilka kolumner värdena står i" if row.sure else "var raden börjar och slutar"
    detail = f"Det går inte att se {what}, så det är utelämnat: ”{shown}”"
    return Doubt("columns_uncertain" if row.sure else "left_over", detail, where)
