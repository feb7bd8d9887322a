"""Typed conservation: what is printed as a table's row or header may stand nowhere but in a table.

Prose says much with numbers, but never two dates or two percentages side by side, a value and a period, a
category of the complaint form and counts, or a header's titles in a row: only a row of a table may consume
those. Where running text, a heading, a page's head or foot, or one cell of words holds them, a row was lost
there, and that is said with its words. So are numbers of the reader's own lines that stand in no block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vbdata.extract.document import (
    Block,
    Document,
    Doubt,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Printed,
    StatusLine,
    Table,
    printed,
)
from vbdata.extract.grammar import YEAR
from vbdata.extract.labels import keys_of
from vbdata.extract.tables.headers import has_first_title, headers_in
from vbdata.extract.tables.text import line_of
from vbdata.vocabulary import key

_NUMBER = r"[-−–]?\d{1,3}(?:[  ]?\d{3})*(?:[.,]\d+)?"
#: What a line is made of: named periods, dates, shares, rules of a target, numbers, and any other words.
_KINDS = re.compile(
    r"(?P<P>(?:VB|T1|T2|Tertial [12]) ?20\d\d)(?!\w)"
    r"|(?P<D>\d{4}-\d{1,2}-\d{1,2})(?![\w-])"
    rf"|(?P<S>{_NUMBER} ?%)(?=\s|$)"
    r"|(?P<R>[Öö]ka|[Mm]inska|Tas fram av nämnd(?:/styrelse)?)(?=\s|$)"
    r"|(?P<N>[-−–]?\d+(?:[.,]\d+)?(?: ?st\b\.?)?)(?=\s|$)"
    r"|(?P<W>\S+)"
)
#: What stands in a row of a table and never side by side in a sentence; and numbers after words.
_ROW = re.compile("DD|S[SR]|[SR][NS]*P|NN+P|PNN+")
_NUMBERS = re.compile("(?<=W)N+(?=W|$)")
# A digit comes first, so that it is looked for quickly.
_MAY_BE_ROW = re.compile(
    r"\d(?: ?%|-\d|(?: ?st\b\.?)?(?:\s+\d|\s*$)"
    r"|(?<=VB2)0\d\d|(?<=VB 2)0\d\d|(?<=T[12])20\d\d|(?<=l [12])20\d\d)"
)
_COUNT = re.compile(r"(\d{1,4})(?: ?st\.?)?")
_SIDE_BY_SIDE = 3
"""So many counts in a row are no sentence's."""
#: Digits that no letter stands before; the first digit comes first, so that it is looked for quickly.
_TOKEN = re.compile(r"\d(?<![^\W\d_]\d)\d*(?:[.,:/-]\d+)*", re.A)
_LEAST_HEADER, _LONGEST_HEADER = 20, 200
"""Letters of a line of titles."""
_LONGEST = 1200
_CELLS = (["P"], ["D"], ["S"], ["R"])
_LEAST_CELL = 40
"""A cell of fewer letters holds no row."""
_NEAR = 3
"""Lines between two that belong to one place."""

_ROW_LOST = "En rad ur en tabell står som löpande text och är inte läst"
_NUMBER_LOST = "Siffror i dokumentet har inte kommit med någonstans"


@dataclass(frozen=True, slots=True)
class _Left:
    """A line that something else consumed than may, with its neighbours' words."""

    place: Place
    text: str
    why: str


def account(document: Document) -> list[Doubt]:
    """Doubts about what is printed in a document and was consumed by nothing that may; one for each place."""
    said = " ".join(key(doubt.detail) for doubt in document.doubts)
    left = [each for each in _left(document) if key(each.text) not in said]
    return [_doubt(group) for group in _by_place(left)]


def _left(document: Document) -> Iterator[_Left]:
    for block in document.blocks:
        yield from _in_table(block) if isinstance(block, Table) else _in_words(_lines_of(block))
    for piece in document.furniture:
        if piece.kind != "contents":
            yield from _in_words([Printed(piece.text, piece.place)])
    yield from _unconsumed(document)


def _lines_of(block: Block) -> Sequence[Printed]:
    if isinstance(block, Paragraph | ListItem):
        return printed(block)
    return [Printed(block.text, block.place)] if isinstance(block, Heading | StatusLine) else []


def _in_table(table: Table) -> Iterator[_Left]:
    """Cells of words that hold another row's values."""
    for row in table.rows:
        for cell in row.cells:
            if len(cell.text) >= _LEAST_CELL:
                yield from _in_words(printed(cell), titles=False)


def _in_words(lines: Sequence[Printed], *, titles: bool = True) -> Iterator[_Left]:
    """Lines of running text that are a table's."""
    for i, line in enumerate(lines):
        stray = _is_cell(line.text) and any(
            _is_cell(near.text) for near in (*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2])
        )
        if stray or _is_row(line.text) or (titles and is_header(line.text)):
            words = " ".join(each.text.strip() for each in lines[max(i - 1, 0) : i + 1])
            yield _Left(line.place, words, _ROW_LOST)


def _is_cell(text: str) -> bool:
    return len(text) < _LEAST_CELL and [each.lastgroup for each in _KINDS.finditer(text)] in _CELLS


def _is_row(text: str) -> bool:
    if not _MAY_BE_ROW.search(text):
        return False
    parts = list(_KINDS.finditer(text))
    kinds = "".join(part.lastgroup or "" for part in parts)
    if _ROW.search(kinds):
        return True
    return any(
        _are_counts(
            text[: parts[run.start()].start()],
            [part[0] for part in parts[run.start() : run.end()]],
            at_end=run.end() == len(kinds),
        )
        for run in _NUMBERS.finditer(kinds)
    )


def _are_counts(label: str, numbers: Sequence[str], *, at_end: bool) -> bool:
    """Whether numbers are counts after a category of the form, or three or more of them after any words."""
    counts = [found[1] for each in numbers if (found := _COUNT.fullmatch(each))]
    if len(counts) < len(numbers):
        return False
    if len(counts) >= _SIDE_BY_SIDE and not all(len(each) == 3 for each in counts[1:]):
        return True
    letters, known = key(label), keys_of("category")
    if len(counts) == 1:
        return at_end and letters in known
    return any(letters.endswith(each) for each in known)


@lru_cache(maxsize=4096)
def is_header(text: str) -> bool:
    """Whether a line is nothing but titles of one table's columns, three or more in their order.

    >>> is_header("Aktivitet Startdatum Slutdatum Avvikelse"), is_header("Aktiviteten har ett startdatum")
    (True, False)
    """
    if not _LEAST_HEADER <= len(text) <= _LONGEST_HEADER:
        return False
    return has_first_title(text.split()) and bool(headers_in([line_of(text)]))


def _unconsumed(document: Document) -> Iterator[_Left]:
    """Lines of the source of which a number stands nowhere in what was read."""
    contents = {piece.place for piece in document.furniture if piece.kind == "contents"}
    source = [line for line in document.source_lines if line.place not in contents]
    have = Counter(_numbers("\n".join(_consumed(document))))
    lost = Counter(_numbers("\n".join(line.text for line in source))) - have
    if not lost:
        return
    said = _said(document)
    places = Counter((text.place, token) for text in _placed(document) for token in _numbers(text.text))
    for line in sorted(source, key=lambda line: _is_there(line, places)):
        gone = [token for token in _numbers(line.text) if lost[token] > 0]
        if gone:
            lost.subtract(gone)
        if gone and not any(start <= _order(line.place) < end for start, end in said):
            yield _Left(line.place, line.text.strip(), _NUMBER_LOST)


def _said(document: Document) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where the tables stand that their reader has raised a doubt about."""
    blocks = [block for block in document.blocks if not isinstance(block, PageBreak)]
    ends = [*(_order(block.place) for block in blocks[1:]), (10**9, 0)]
    spans = [(_order(b.place), end) for b, end in zip(blocks, ends, strict=False) if isinstance(b, Table)]
    doubts = [_order(doubt.place) for doubt in document.doubts]
    return [(start, end) for start, end in spans if any(start <= place < end for place in doubts)]


def _order(place: Place) -> tuple[int, int]:
    return place.page or 0, place.line or 0


def _is_there(line: Printed, places: Counter[tuple[Place, str]]) -> int:
    return sum(places[line.place, token] > 0 for token in _numbers(line.text))


def _numbers(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if not YEAR.fullmatch(token)]


def _consumed(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        elif isinstance(block, Heading):
            yield max(block.raw, block.text, key=lambda text: len(_numbers(text)))
        else:
            yield from (line.text for line in _lines_of(block))
    yield from (piece.text for piece in document.furniture if piece.kind != "contents")
    yield from (doubt.detail for doubt in document.doubts)


def _placed(document: Document) -> Iterator[Printed]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (line for row in block.rows for cell in row.cells for line in printed(cell))
        else:
            yield from _lines_of(block)


def _by_place(left: Iterable[_Left]) -> Iterator[list[_Left]]:
    """What is left, in order, with lines that stand together as one."""
    group: list[_Left] = []
    for each in sorted(dict.fromkeys(left), key=lambda each: (each.why, *_order(each.place))):
        last = group[-1] if group else None
        if last and (
            last.why != each.why
            or last.place.page != each.place.page
            or (each.place.line or 0) - (last.place.line or 0) > _NEAR
        ):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _doubt(group: Sequence[_Left]) -> Doubt:
    words = " ".join(" / ".join(dict.fromkeys(each.text for each in group)).split())
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
    return Doubt("left_over", f"{group[0].why}: ”{shown}”.", group[0].place)
