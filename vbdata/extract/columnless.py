"""Tables whose columns are lost: their words are there, in some order, but not which cell each stood in.

Where nothing parts the cells, or an empty one leaves no trace, no order of words tells a target from an
outcome or last year's. Such a table is known by its header, whose letters are those of a layout's titles in
whatever order they wrap. It is not read: all its words are said, and where its columns can be seen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Table
from vbdata.extract.furniture import place
from vbdata.extract.headings import goal_begins
from vbdata.extract.markup import plain, unmark
from vbdata.extract.recognise import section_of, status_words
from vbdata.extract.ruled import Drawn, lines_in
from vbdata.extract.spaced import Headers
from vbdata.vocabulary import key, layouts
from vbdata.vocabulary.tables import Layout

_HEADER_LINES = 40
_TITLE_LINES = 16
_ALIKE = 0.97
"""Share of letters that a header and its layout's titles have in common."""
_WHOLE = 0.985
"""The same where a title that no layout has would be seen."""
_QUOTED = 3_000
"""Letters of a table that one doubt quotes; the next one goes on."""
_YEAR = re.compile(r"20\d\d")
_WHY = (
    "Tabellens kolumner syns inte i texten, så den är inte läst: ”{}”. Läs in PDF- eller Word-filen i "
    "stället för texten."
)


def columnless_tables(
    lines: Sequence[Line], drawn: Drawn, headers: Headers, spaced: Headers
) -> tuple[Drawn, list[Doubt]]:
    """Tables of which only the header is kept, and what is said of them; none that another reader has."""
    taken = lines_in(drawn)
    found: Drawn = {}
    doubts: list[Doubt] = []
    done = 0
    for i, line in enumerate(lines):
        if i < done or i in taken or not _may_begin(line):
            continue
        if i in spaced:
            done = spaced[i].end
            continue
        header = _header_at(lines, i) or _titles_alone(lines, i)
        if header is None and i in headers:
            header = headers[i].layout, headers[i].end
        if header is None:
            continue
        layout, end = header
        while end < len(lines) and end not in taken and not ends_table(lines, end):
            end += 1
        titles = tuple(labels[0] for _, labels in layout.columns)
        found[i] = (Table.headed(titles, (), place(line)), end)
        doubts += _said(lines[i:end])
        done = end
    return found, doubts


def _may_begin(line: Line) -> bool:
    marked = "<" in line.text or "[" in line.text
    words = (plain(line.text) if marked else line.text).split(None, 1)
    return bool(words) and _is_first_word(words[0]) and not _has_cells(line)


@lru_cache(maxsize=16384)
def _is_first_word(word: str) -> bool:
    return key(word) in _first_words()


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key(label.split()[0]) for layout in layouts() for label in layout.columns[0][1] if label)


def _has_cells(line: Line) -> bool:
    return "\t" in line.text or "|" in line.text or "<t" in line.text


def _header_at(lines: Sequence[Line], start: int) -> tuple[Layout, int] | None:
    """The layout whose titles' letters the next lines have, and the line after them."""
    best: tuple[float, Layout, int] | None = None
    letters: Counter[str] = Counter()
    for end in range(start, min(start + _HEADER_LINES, len(lines))):
        if _has_cells(lines[end]):
            break
        if lines[end].blank:
            continue
        letters.update(_YEAR.sub("", key(plain(lines[end].text))))
        for layout in layouts():
            score = _alike(letters, layout, _ALIKE)
            if score >= _ALIKE and (best is None or score > best[0]):
                best = (score, layout, end + 1)
        if letters.total() > _longest():
            break
    return (best[1], best[2]) if best else None


def _titles_alone(lines: Sequence[Line], start: int) -> tuple[Layout, int] | None:
    """The layout of which titles, the first among them, are lines of their own, and the line after them.

    Others that no layout has may stand between them.
    """
    best: tuple[int, Layout, int] | None = None
    window = [
        *takewhile(lambda i: not ends_table(lines, i), range(start + 1, len(lines[: start + _TITLE_LINES])))
    ]
    for layout in layouts():
        titles = [[key(label) for label in labels] for _, labels in layout.columns]
        if key(lines[start].text) not in titles[0]:
            continue
        found = [i for i in window if any(key(lines[i].text) in labels for labels in titles[1:])]
        if found and (best is None or len(found) > best[0]):
            best = (len(found), layout, found[-1] + 1)
    return (best[1], best[2]) if best else None


@cache
def _letters_of(layout: Layout) -> tuple[tuple[Counter[str], int], ...]:
    """The letters of a layout's titles and their number, by each of the ways in which they are printed."""
    columns = [labels for _, labels in layout.columns]
    ways = ("".join(key(labels[min(way, len(labels) - 1)]) for labels in columns)
            for way in range(max(map(len, columns))))  # fmt: skip
    return tuple((Counter(letters), len(letters)) for letters in ways)


@cache
def _longest() -> int:
    return max(total for layout in layouts() for _, total in _letters_of(layout)) + 20


def is_whole_header(words: str) -> bool:
    """Whether words have the letters of one table's titles and hardly any other, whatever parts them."""
    letters = Counter(_YEAR.sub("", key(words)))
    return any(_alike(letters, layout, _WHOLE) >= _WHOLE for layout in layouts())


def _alike(got: Counter[str], layout: Layout, floor: float) -> float:
    """The share of letters in common; 0 where their numbers alone keep it under the floor."""
    count = got.total()
    near = (w for w in _letters_of(layout) if 2 * min(count, w[1]) >= floor * (count + w[1]))
    return max((2 * (got & wanted).total() / (count + total) for wanted, total in near), default=0.0)


def ends_table(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a heading, a status or another kind of table."""
    line = lines[i]
    if line.blank:
        return False
    marked = unmark(line.text)
    if _has_cells(line) or goal_begins(lines, i):
        return True
    if marked.depth and key(marked.text) != "analys":
        return True
    if status_words(marked.text) and not _is_analysis(lines, i):
        return True
    section = section_of(marked.text, 96.0)
    return bool(section and section.code not in ("analysis", "complaints"))


def _is_analysis(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is all of an Analys text: some only repeat the goal's status there."""
    before = next((line for line in reversed(lines[max(i - 3, 0) : i]) if not line.blank), None)
    return before is not None and key(before.text) == "analys"


def _said(lines: Sequence[Line]) -> Iterator[Doubt]:
    """All words of a table, in as many doubts as they need."""
    words: list[str] = []
    first = lines[0]
    for line in lines:
        if sum(map(len, words)) + len(line.text) > _QUOTED and words:
            yield Doubt("columns_uncertain", _WHY.format(" ".join(words)), place(first))
            words = []
        if text := " ".join(plain(line.text).split()):
            first = first if words else line
            words.append(text)
    if words:
        yield Doubt("columns_uncertain", _WHY.format(" ".join(words)), place(first))
