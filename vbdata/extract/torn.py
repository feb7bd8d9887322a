"""Pipe tables whose cells a converter cut at the page's columns rather than at their own.

PyMuPDF4LLM puts each letter in the column that it stands over. A text that goes over the whole row, as an
Analys does, is then cut wherever a column of the rows above begins, and a row or a title whose rule the page
lacks stands in the cell of its neighbour. It keeps the lines of a cell, by which what belongs together is
found again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise, zip_longest

from vbdata.vocabulary import key, layouts

Lines = tuple[str, ...]
"""The lines of a cell, without empty ones."""
Rows = list[tuple[Lines, ...]]
Spans = tuple[tuple[int, int], ...]
"""First cell of each column, and the cell after its last."""

_BREAK = re.compile(r"<\s*br\s*/?\s*>", re.I)
_BOLD = re.compile(r"^\*\*\s*(\S(?:.*\S)?)\s*\*\*$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_PERIOD = re.compile(r"^(?:(?:VB|T1|T2|Tertial [12]) ?)?20\d\d$|^(?:År|Tertial|Halvår|Kvartal|Månad)$", re.I)
_VALUE = re.compile(
    r"^(?:[-−–]?\d[\d ]*(?:[.,]\d+)?\s*(?:%|st\.?|kr|tkr|mkr|index|kg(?: CO2)?)?|X|\d{4}-\d{2}-\d{2}"
    r"|öka|minska|(?:VB|T1|T2|Tertial [12])(?: ?20\d\d)?|CO2(?: per)?|CO2e?/kg|per kg|kg|per"
    r"|tas fram(?: av)?|av(?: nämnd\S*)?|nämnd\S*|s?t?y?relse|livsmed\S*|e?l)$",
    re.I,
)
_YEAR = re.compile(r"20\d\d$")
_WORD = re.compile(r"[^\W\d_]+")
_ANALYSIS = "Analys"


@dataclass(frozen=True, slots=True)
class _Found:
    """An Analys in a row: its column, the line that says so, and whether its word is cut in two."""

    column: int
    line: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A row that a printed row holds; not `sure` where its values had to be left out."""

    cells: tuple[Lines, ...]
    sure: bool = True

    @property
    def texts(self) -> list[str]:
        """Texts of the cells, their lines parted as they came."""
        return ["<br>".join(cell) for cell in self.cells]


def mended(texts: Sequence[Sequence[str]], known: Callable[[str], bool]) -> list[list[Piece]]:
    """Rows of a pipe table, each as the rows that it holds.

    `known` says whether a word stands elsewhere in the text, by which words cut in two are told.
    """
    rows: Rows = [tuple(_lines(cell) for cell in row) for row in texts]
    if not any(_is_head(row) or any(len(cell) > 1 for cell in row) for row in rows):
        return [[Piece(tuple((cell,) for cell in row))] for row in texts]
    found: list[list[Piece]] = []
    two = after_analysis = False
    spans: Spans = ()
    for row in _joined_heads(rows):
        spans = _torn_head(row) or (() if _is_head(row) else spans)
        if len(spans) == 1 and row:
            found.append(_only_first(row, spans[0], known))
            continue
        row = _merged(row, spans, known) if spans and row else row
        pieces = list(_pieces(row, after_analysis, known))
        after_analysis = bool(pieces) and _texts(pieces[-1].cells) == [_ANALYSIS]
        if is_head := bool(pieces) and _is_head(pieces[0].cells):
            two = _holds_two_titles(pieces[0].cells)
        if two:
            pieces = [
                replace(piece, cells=_first_parted(piece.cells, is_head=is_head and not i))
                for i, piece in enumerate(pieces)
            ]
        found.append([piece for piece in pieces if piece.cells])
    return found


def _lines(cell: str) -> Lines:
    return tuple(line.strip() for line in _BREAK.split(cell) if line.strip())


def _bare(line: str) -> str:
    bold = _BOLD.match(line)
    return bold[1] if bold else line


def _texts(row: Sequence[Lines]) -> list[str]:
    return [" ".join(map(_bare, cell)) for cell in row if cell]


# ------------------------------------------------------------------------------------- headers


def _is_bold(row: Sequence[Lines]) -> bool:
    lines = [line for cell in row for line in cell]
    return bool(lines) and all(_BOLD.match(line) for line in lines)


def _is_head(row: Sequence[Lines]) -> bool:
    return _is_bold(row) and sum(map(bool, row)) > 2


def _joined_heads(rows: Rows) -> Rows:
    """Rows with a header that stands in several, a line in each, put together; those stay, empty."""
    joined: Rows = []
    at = 0  # of the header under way
    for i, row in enumerate(rows):
        if i and joined[at] and _is_head(joined[at]) and _is_bold(row) and not row[0] and at + 4 > i:
            cells = zip_longest(joined[at], row, fillvalue=())
            joined[at] = tuple((*above, *below) for above, below in cells)
            joined.append(())
        else:
            at = i
            joined.append(row)
    return joined


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    """The titles of each layout by all their letters; a year after a title does not matter."""
    found = (tuple(_letters((labels[0],)) for _, labels in layout.columns) for layout in layouts())
    return {"".join(titles): titles for titles in found}


def _letters(cell: Sequence[str]) -> str:
    """A cell's letters and digits, without a year at its end."""
    return _YEAR.sub("", key("".join(map(_bare, cell))).replace(" ", ""))


def _torn_head(row: Sequence[Lines]) -> Spans:
    """The cells that each column covers, where a header stands under the columns of another table.

    The first column alone, where a title ends and another begins in one cell.
    """
    texts = [_letters(cell) for cell in row]
    titles = _heads().get("".join(texts), ())
    if not titles and _is_head(row) and any(text in _pairs() for text in texts[1:]):
        return ((0, 1),)
    spans: list[tuple[int, int]] = []
    for title in titles:
        start = spans[-1][1] if spans else 0
        end = start + 1
        while end < len(texts) and "".join(texts[start:end]) != title:
            end += 1
        if "".join(texts[start:end]) != title:
            return tuple(spans[:1])
        while end < len(texts) and not texts[end]:
            end += 1
        spans.append((start, end))
    icons = int(bool(texts) and not texts[0])
    return tuple(spans) if len(texts) > len(titles) + icons else ()


def _merged(row: Sequence[Lines], spans: Spans, known: Callable[[str], bool]) -> tuple[Lines, ...]:
    """A row with the cells of each column put together."""
    return tuple(_one_cell([cell for cell in row[a:b] if cell], known) for a, b in spans)


def _only_first(row: Sequence[Lines], span: tuple[int, int], known: Callable[[str], bool]) -> list[Piece]:
    """A row of which only the first column can be told from the others; its header has them all."""
    texts = list(map(_letters, row))
    titles = _heads().get("".join(texts)) or next(
        (_pairs()[text] for text in texts[1:] if text in _pairs()), ()
    )
    if titles and _is_head(row):
        return [Piece(tuple((title.capitalize(),) for title in titles))]
    if _analysis_in(row):
        return list(_pieces(tuple(row), False, known))
    return [Piece((_one_cell([cell for cell in row[slice(*span)] if cell], known), (), (), ()), sure=False)]


def _one_cell(cells: Sequence[Lines], known: Callable[[str], bool]) -> Lines:
    straight = "".join(_bare(line) for cell in cells for line in cell)
    if _DATE.match(straight) or _letters((straight,)) in _titles():
        return (straight,)
    return _glued(cells, known) if len(cells) > 1 else cells[0] if cells else ()


@cache
def _pairs() -> dict[str, tuple[str, ...]]:
    """The letters of two titles that stand beside each other, with all titles of their layout."""
    return {a + b: titles for titles in reversed(list(_heads().values())) for a, b in pairwise(titles[1:])}


@cache
def _titles() -> frozenset[str]:
    return frozenset(title for titles in _heads().values() for title in titles)


@cache
def _first_titles() -> frozenset[tuple[str, str]]:
    """Keys of the first two columns' titles of every layout."""
    return frozenset(
        (key(first), key(second))
        for layout in layouts()
        for first in layout.columns[0][1]
        for second in layout.columns[1][1]
    )


def _holds_two_titles(head: Sequence[Lines]) -> bool:
    """Whether the header's first cell holds the titles of the first two columns."""
    cell = [_bare(line) for line in (head[0] if head else ())]
    return len(cell) > 1 and any(
        (key(cell[0]), key(space.join(cell[1:]))) in _first_titles() for space in ("", " ")
    )


def _first_parted(row: tuple[Lines, ...], *, is_head: bool) -> tuple[Lines, ...]:
    """A row whose first cell holds the words of two columns, parted: the second's are values."""
    cell = row[0] if row else ()
    at = 1 if is_head else len(cell)
    while not is_head and at > 1 and _VALUE.match(cell[at - 1]):
        at -= 1
    return (cell[:at], cell[at:], *row[1:]) if row else row


# ---------------------------------------------------------------------------------------- rows


def _pieces(row: tuple[Lines, ...], after_analysis: bool, known: Callable[[str], bool]) -> Iterator[Piece]:
    """The rows that a row holds: itself, or what stands above an Analys and the Analys."""
    found = _analysis_in(row)
    is_head = sum(bool(cell) and bool(_BOLD.match(cell[0])) for cell in row) > 2
    if is_head and not _is_bold(row):
        yield from _head_and_row(row, found, known)
    elif found:
        yield from _row_and_analysis(row, found, known)
    elif after_analysis and not _has_values(row) and len(_texts(row)) > 1:
        yield _whole(_glued([cell for cell in row if cell], known), len(row))
    else:
        yield Piece(row)


def _analysis_in(row: Sequence[Lines]) -> _Found | None:
    column = next((i for i, cell in enumerate(row) if cell), None)
    if column is None:
        return None
    after = row[column + 1] if column + 1 < len(row) else ()
    for i, line in enumerate(row[column]):
        text = _bare(line)
        if text == _ANALYSIS:
            return _Found(column, i, cut=False)
        rest = _ANALYSIS[len(text) :]
        if _ANALYSIS.startswith(text) and any(_bare(other) == rest for other in after):
            return _Found(column, i, cut=True)
    return None


def _has_values(row: Sequence[Lines]) -> bool:
    """Whether a row has the dates or the period that every row of values has."""
    filled = [cell for cell in row if cell]
    return any(_DATE.match(line) for cell in filled for line in cell) or (
        len(filled) > 1 and bool(_PERIOD.match(" ".join(row[-1])))
    )


def _head_and_row(
    row: tuple[Lines, ...], found: _Found | None, known: Callable[[str], bool]
) -> Iterator[Piece]:
    """A header that stands again after a page break, with the row or the Analys that goes on under it."""
    cells = [_without_word(cell, i, found) for i, cell in enumerate(row)] if found else row
    yield Piece(tuple(tuple(line for line in cell if _BOLD.match(line)) for cell in cells))
    texts = [tuple(line for line in cell if not _BOLD.match(line)) for cell in cells]
    if found:
        yield _whole((_ANALYSIS, *_glued([text for text in texts if text], known)), len(row))
    else:
        yield Piece(tuple(texts))


def _without_word(cell: Lines, column: int, found: _Found) -> Lines:
    """A cell without the word Analys, or its part of it."""
    if column == found.column:
        return cell[: found.line] + cell[found.line + 1 :]
    if found.cut and column == found.column + 1:
        at = _rest_at(cell)
        return cell[:at] + cell[at + 1 :]
    return cell


def _row_and_analysis(row: tuple[Lines, ...], found: _Found, known: Callable[[str], bool]) -> Iterator[Piece]:
    name = found.column + found.cut
    cells = [_without_word(cell, i, found) for i, cell in enumerate(row)]
    at = [found.line, _rest_at(row[name]) if found.cut else 0]
    values = [
        *cells[: found.column],
        *(cells[i][: at[i - found.column]] for i in range(found.column, name + 1)),
    ]
    texts = [cells[i][at[i - found.column] :] for i in range(found.column, name + 1)]
    depth = max(map(len, texts))
    goes_on = True
    for cell in cells[name + 1 :]:
        count = _text_lines(cell, depth) if goes_on else 0
        goes_on = goes_on and bool(count)
        values.append(cell[: len(cell) - count])
        texts.append(cell[len(cell) - count :])
    if any(values):
        yield _sure(values, name)
    yield _whole((_ANALYSIS, *_glued([text for text in texts if text], known)), len(row))


def _rest_at(cell: Lines) -> int:
    """The line of a cell that holds the rest of the word Analys."""
    return max(i for i, line in enumerate(cell) if _ANALYSIS.endswith(_bare(line)))


def _sure(values: Sequence[Lines], name: int) -> Piece:
    """A row without its values where words of the Analys may still be among them."""
    if all(_VALUE.match(line) for cell in values[name + 1 :] for line in cell):
        return Piece(tuple(values))
    period = values[-1] if _PERIOD.match(" ".join(values[-1])) else ()
    return Piece((*values[: name + 1], *[()] * (len(values) - name - 2), period), sure=False)


def _text_lines(cell: Lines, depth: int) -> int:
    """Lines at the end of a cell that are no value: those of an Analys of so many lines."""
    count = 0
    while count < min(depth, len(cell)) and not _VALUE.match(cell[-1 - count]):
        count += 1
    return count


def _whole(text: Lines, width: int) -> Piece:
    return Piece((text, *[()] * (width - 1)))


def _glued(cells: Sequence[Lines], known: Callable[[str], bool]) -> Lines:
    """Lines of a text that is cut into cells, whole again."""
    lines: list[str] = []
    for parts in zip_longest(*cells, fillvalue=""):
        text = ""
        for part in parts:
            text = _joined(text, _bare(part), known)
        lines.append(text)
    return tuple(lines)


def _joined(text: str, more: str, known: Callable[[str], bool]) -> str:
    """Two parts of a line; a space between them is lost, as is the knowledge whether there was one."""
    if not text or not more:
        return text + more
    left, right = _WORD.findall(text[-40:])[-1:], _WORD.findall(more[:40])[:1]
    if not (left and right and text[-1:].isalpha() and more[:1].isalpha()):
        return text + more if more[:1] in ".,;:!?)" or text[-1:] in "-(/" else f"{text} {more}"
    if known(left[0] + right[0]) or not (known(left[0]) and known(right[0])):
        return text + more if not more[:1].isupper() else f"{text} {more}"
    return f"{text} {more}"
