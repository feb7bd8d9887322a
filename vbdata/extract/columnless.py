"""Tables whose columns are lost: their words are there, in some order, but not which cell each stood in.

Where nothing parts the cells, or an empty one leaves no trace, no order of words tells a target from an
outcome or last year's. Such a table is known by its header, whose letters are those of a layout's titles in
whatever order they wrap. It is not read: all its words are said, and where its columns can be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Table
from vbdata.extract.furniture import place
from vbdata.extract.headers import Headers
from vbdata.extract.headings import ends_table
from vbdata.extract.markup import plain
from vbdata.extract.tables.text import Tables, lines_in

_QUOTED = 3_000
"""Letters of a table that one doubt quotes; the next one goes on."""
_WHY = (
    "De här radernas kolumner syns inte i texten, så de är inte lästa: ”{}”. Läs in PDF- eller Word-filen i "
    "stället för texten."
)


def columnless_tables(lines: Sequence[Line], drawn: Tables, headers: Headers) -> tuple[Tables, list[Doubt]]:
    """Tables of which only the header is kept, and what is said of them; none that another reader has."""
    taken = lines_in(drawn)
    found: Tables = {}
    doubts: list[Doubt] = []
    done = 0
    for i, header in headers.items():
        if i < done or i in taken:
            continue
        end = header.end
        while end < len(lines) and end not in taken and not ends_table(lines, end):
            end += 1
        found[i] = (Table.headed(header.titles, (), place(lines[i])), end)
        doubts += _said(lines[i:end])
        done = end
    return found, doubts


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
