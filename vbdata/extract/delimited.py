"""Lines that tabs part, to rows of exact cells: a row goes on until it has as many cells as its header.

A cell whose text goes on on the next line leaves the rest of its row there, so that the lines of a row have
the header's tabs together. A row with more cells than its header has a tab in one of its texts. Where two
readings explain the lines equally well, the row is left out and said.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place
from vbdata.extract.furniture import place
from vbdata.extract.grammar import ANALYSIS, COUNT, COUNTS, ends_text, goes_on, has_word, heads_analysis
from vbdata.extract.headers import Columns, columns_of, is_title, may_be_titles
from vbdata.extract.labels import is_label, keys_of
from vbdata.extract.markup import plain
from vbdata.vocabulary import UNREAD, indicator_index, key

#: A quoted cell that goes on on the next line, and where one ends.
_OPENS = re.compile(r'(?:^|\t)"(?!\s*(?:\t|$))[^"\t]*$')
_CLOSES = re.compile(r'^[^"\t]*"(?=\t|$)')
#: A header wraps over so many lines at most, a row over so many.
_HEAD_LINES, _ROW_LINES = 6, 12
#: The word Analys stands among the first characters of its row.
_OPENING = 30
_TOO_MANY = "raden har fler celler än tabellens rubrik, och det går inte att se vilka som hör ihop"
LOST = "celler saknas i raden, och det går inte att se vilka"
_TWO_WAYS = "det går inte att se om raderna är en rad eller två"


@dataclass(slots=True)
class Rows:
    """What tab-parted lines hold: the rows' texts with the line where each starts, and where they end."""

    rows: list[tuple[list[str], Line]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    head: Columns | None = None
    end: int = 0


def is_tab_row(line: Line) -> bool:
    """Whether a line has cells parted by tabs."""
    return "\t" in line.text and "\t" in line.text.strip(" ")


def unquoted(lines: Sequence[Line]) -> list[Line]:
    """Lines with each cell whole that a spreadsheet has put in quotation marks, as its text has line breaks.

    >>> [line.text for line in unquoted([Line(1, 'Träff\\t"I maj'), Line(2, ''), Line(3, 'och juni"\\tX')])]
    ['Träff\\tI maj och juni\\tX']
    """
    found: list[Line] = []
    i = 0
    while i < len(lines):
        end = _end_of_quote(lines, i) if '"' in lines[i].text else None
        if end is None:
            found.append(lines[i])
        else:
            whole = " ".join(line.text.strip(" ") for line in lines[i:end] if not line.blank)
            text = "\t".join(next(csv.reader([whole], delimiter="\t")))
            found.append(Line(lines[i].number, text, lines[i].page))
        i = end or i + 1
    return found


def _end_of_quote(lines: Sequence[Line], i: int) -> int | None:
    """Where a row ends that begins with these words and opens a quoted cell; None where it opens none."""
    opened = _OPENS.search(lines[i].text)
    if opened is None:
        return None
    for end in range(i + 1, min(i + _ROW_LINES, len(lines))):
        if closed := _CLOSES.search(lines[end].text):
            tabbed = "\t" in lines[i].text or "\t" in lines[end].text
            return end + 1 if tabbed and not _OPENS.search(lines[end].text, closed.end()) else None
    return None


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """Lines with each row whole of a table whose header is broken between its cells, where a tab stood.

    >>> head = Line(1, "Aktivitet\\tStartdatum"), Line(2, "Slutdatum\\tAvvikelse")
    >>> [line.text for line in rejoined(head)]
    ['Aktivitet\\tStartdatum\\tSlutdatum\\tAvvikelse']
    """
    found: list[Line] = []
    head: Columns | None = None
    i = 0
    while i < len(lines):
        line, end = lines[i], i + 1
        own = cells_of(line) if is_tab_row(line) else []
        head = None if may_be_titles(own) and columns_of(own) else head
        cells = own
        while own and end < min(i + _HEAD_LINES, len(lines)) and not lines[end].blank:
            cells = [*cells, *cells_of(lines[end])]
            end += 1
            again = columns_of(cells) if all(map(str.strip, cells)) else None
            is_head = again is not None and again.is_whole and len(again.at) == len(cells)
            if is_head or (head and len(cells) == head.width and head.is_row(cells)):
                head = again or head
                line = Line(line.number, "\t".join(cells), line.page)
                break
        else:
            end = i + 1
        found.append(line)
        i = end
    return found


def is_analysis(text: str) -> bool:
    """Whether a text begins with the word Analys as an Analys row does, in whatever mark-up.

    >>> is_analysis("<b>Analys</b> Alla svarade."), is_analysis("Analys av tillbud")
    (True, False)
    """
    found = ANALYSIS.match(plain(text)) if "Analys" in text[:_OPENING] else None
    return found is not None and found.end() < len(found.string)


def tab_rows(lines: Sequence[Line], start: int, head: Columns | None, ends: Callable[[int], bool]) -> Rows:
    """The rows from a line on.

    `head` is the header of the table before, `ends` says whether a line is certainly none of a table.
    """
    last = start
    while last < len(lines) and not lines[last].blank:
        last += 1
    reader = _Reader(lines[:last], ends, Rows(head=head), not start or lines[start - 1].blank)
    rows = [cells_of(line) for line in lines[start:last]]
    of_form = head and head.table == "complaints" and any(map(is_label, (c for row in rows for c in row[:2])))
    if head and not of_form and all(len(row) != head.width for row in rows):
        reader.read.head = None
    reader.read.end = start
    while reader.read.end < last and (end := reader.take(reader.read.end)) is not None:
        reader.read.end = end
    return reader.read


def cells_of(line: Line) -> list[str]:
    """The texts that tabs part on a line."""
    return line.text.split("\t")


def _is_rule(line: Line) -> bool:
    """Whether a line rules off the header above it."""
    return "--" in line.text and not line.text.strip("- \t")


def joined(lines: Sequence[Line]) -> list[str]:
    """The cells of a row on several lines: each line goes on in the cell where the one before it ends.

    >>> joined([Line(1, "\\tUtförande"), Line(2, "av insats\\t6\\t8")])
    ['', 'Utförande av insats', '6', '8']
    """
    found = cells_of(lines[0])
    for line in lines[1:]:
        first, *rest = cells_of(line)
        found[-1] = goes_on(found[-1], first)
        found += rest
    return found


def _head_at(lines: Sequence[Line], start: int) -> tuple[Columns, int] | None:
    """The header that starts at a line, and where it ends: its titles may wrap."""
    if not is_tab_row(lines[start]):
        return None
    cells = cells_of(lines[start])
    head = columns_of(cells)
    own = cells[:-1]  # only the last may go on
    if may_be_titles(own) and all(not text.strip() or is_title(text) for text in own):
        for end in range(start + 1, min(start + _HEAD_LINES, len(lines)) + 1):
            whole = columns_of(joined(lines[start:end]))
            if whole and whole.is_whole:
                return whole, end
    return (head, start + 1) if head else None


@dataclass(slots=True)
class _Reader:
    """Lines of one table; each `take` reads a row and tells where the next starts, None at the end."""

    lines: Sequence[Line]
    ends: Callable[[int], bool]
    read: Rows
    apart: bool

    def take(self, i: int) -> int | None:
        line = self.lines[i]
        if found := _head_at(self.lines, i):
            self.read.head, end = found
            self.read.rows.append((joined(self.lines[i:end]), line))
            return end
        head = self.read.head
        if head is None or _is_rule(line):
            return self._as_it_stands(i)
        count = len(cells_of(line))
        if count == head.width:
            return self._as_it_stands(i)
        if count > head.width:
            self._add(*fitted(cells_of(line), head, place(line)), line)
            return i + 1
        if self._is_explained_below(i, head):
            self.read.rows.append(([f"Analys\n{self.lines[i + 1].text.strip()}"], line))
            return i + 2
        if not is_tab_row(line) and self.ends(i):
            return None
        if not is_tab_row(line) and self._is_rest(i, head):
            self._append(line)
            return i + 1
        after = self._end_of_row(i, head)
        if after is not None:
            self._take_joined(i, after, head)
            return after
        return self._as_it_stands(i)

    def _as_it_stands(self, i: int) -> int | None:
        """A row as it stands; without a tab only an Analys is one."""
        line, head = self.lines[i], self.read.head
        explained = self.read.rows and head and head.table != "complaints"
        if not is_tab_row(line) and not (explained and is_analysis(line.text)):
            return None
        texts = cells_of(line)
        if head and head.table == "complaints" and _has_moved(texts, head):
            self._add(*_lost(texts, head, place(line)), line)
        elif not _is_rule(line):
            self.read.rows.append((texts, line))
        return i + 1

    # -------------------------------------------------------------------------- cells that go on

    def _append(self, line: Line) -> None:
        texts, _ = self.read.rows[-1]
        at = next((i for i in range(len(texts) - 1, -1, -1) if texts[i].strip()), 0)
        texts[at] = goes_on(texts[at], line.text)

    def _is_rest(self, i: int, head: Columns) -> bool:
        """Whether a line without a tab goes on with the text that ends the row above."""
        above = self.read.rows[-1][0] if self.read.rows else []
        text = self.lines[i].text.strip()
        starts = self._end_of_row(i, head)
        if is_analysis(next(filter(str.strip, above), "")) and sum(map(bool, map(str.strip, above))) == 1:
            whole = starts and ends_text(" ".join(above))
            return not is_analysis(text) and (not whole or ends_text(text))
        if head.fields[-1] != "comment" or len(above) != head.width or not above[-1].strip():
            return False
        return not (starts and _is_group(joined(self.lines[i:starts])[0]))

    def _is_explained_below(self, i: int, head: Columns) -> bool:
        """Whether the word Analys alone heads the text of the row above, not of the goal.

        It does where a blank line parts the table from what stands over it, and none its rows from the word.
        """
        text = self.lines[i + 1].text if i + 1 < len(self.lines) else ""
        if head.table == "complaints" or not heads_analysis(plain(self.lines[i].text)) or not self.read.rows:
            return False
        own = text.strip() and not is_tab_row(self.lines[i + 1]) and not self.ends(i + 1)
        return self.apart and bool(own)

    def _end_of_row(self, i: int, head: Columns) -> int | None:
        """Where the row ends that starts at a line with too few cells; None where the lines make no row."""
        count = len(cells_of(self.lines[i]))
        for end in range(i + 1, min(i + _ROW_LINES, len(self.lines))):
            if count >= head.width or _head_at(self.lines, end):
                return None
            if not is_tab_row(self.lines[end]) and self.ends(end):
                return None
            count += len(cells_of(self.lines[end])) - 1
            stripped = count < head.width and is_tab_row(self.lines[end]) and not self._keeps_empty(head)
            if (count == head.width or stripped) and self._makes_row(self.lines[i : end + 1], head):
                return end + 1
        return None

    def _makes_row(self, lines: Sequence[Line], head: Columns) -> bool:
        """Whether lines fit the header's columns better as one row than each as one of its own."""
        texts = joined(lines)
        if is_analysis(texts[0]):
            return not any(text.strip() for text in texts[1:])
        if not is_tab_row(lines[0]) and any(ends_text(line.text) for line in lines[:-1]):
            return False
        apart = sum(head.misfits(cells_of(line)) for line in lines if is_tab_row(line))
        if is_tab_row(lines[0]) and len(texts) == head.width and self._keeps_empty(head):
            return head.misfits(texts) <= apart  # no line of them has a row's tabs
        if is_tab_row(lines[0]):
            ends = all(head.ends_whole(cells_of(line)) for line in lines if is_tab_row(line))
            return head.misfits(texts) + (not head.ends_whole(texts)) < apart + (not ends)
        return head.misfits(texts) <= apart and (len(texts) == head.width or head.is_row(texts))

    def _take_joined(self, i: int, end: int, head: Columns) -> None:
        texts = joined(self.lines[i:end])
        if head.table == "complaints" and _breaks_between_labels(self.lines[i:end], texts):
            parted = [text for line in self.lines[i:end] for text in cells_of(line)]
            self._add(*_lost(parted, head, place(self.lines[i])), self.lines[i])
        elif self._may_be_two(i, end, head):
            self._add(*left_out(texts, head, place(self.lines[i]), 1, _TWO_WAYS), self.lines[i])
        else:
            self._add(texts, None, self.lines[i])

    def _add(self, texts: list[str], doubt: Doubt | None, line: Line) -> None:
        if texts:
            self.read.rows.append((texts, line))
        if doubt:
            self.read.doubts.append(doubt)

    def _may_be_two(self, i: int, end: int, head: Columns) -> bool:
        """Whether the first line may be a row of its own that has lost the tabs of its empty cells."""
        if is_tab_row(self.lines[i]) or is_analysis(self.lines[i].text) or self._keeps_empty(head):
            return False
        rest = cells_of(self.lines[end - 1])[0].strip()
        name = joined(self.lines[i:end])[0]
        known = _is_group(name) if head.table == "complaints" else indicator_index().exact(name) is not None
        return not known and not rest[:1].islower()

    def _keeps_empty(self, head: Columns) -> bool:
        """Whether rows keep the tabs of empty cells at their end: the last cell is never empty, or one is."""
        return head.fields[-1] == "period" or any(line.text.rstrip(" ").endswith("\t") for line in self.lines)


# ------------------------------------------------------------------- a form's cells that moved


def _has_moved(texts: Sequence[str], head: Columns) -> bool:
    """Whether a form's row has a label under the title of a count, or has lost cells that it needs.

    A count under the title of labels is seen by `parse`, which keeps the label.
    """
    by = head.by_field(texts)
    if COUNT.fullmatch(by.get("category", "")):
        return False
    labelled = any(is_label(by.get(field, "")) for field in COUNTS)
    return labelled or (len(texts) < head.width and bool(head.misfits(texts)))


def _breaks_between_labels(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether a line ends in a whole label of a group, so that a cell's end is lost there."""
    ends = (cells_of(line)[-1] for line in lines[:-1])
    return any(_is_group(text) for text in ends) and not any(map(is_label, texts))


def _lost(texts: Sequence[str], head: Columns, where: Place) -> tuple[list[str], Doubt | None]:
    """Of a form's row that has lost cells, the group's label alone: the rows below need it."""
    _, doubt = left_out(texts, head, where, 0, LOST)
    label = next(filter(_is_group, texts), "")
    return [label, *[""] * (head.width - 1)] if label else [], doubt


# ------------------------------------------------------------------------------ cells too many


def fitted(texts: Sequence[str], head: Columns, where: Place) -> tuple[list[str], Doubt | None]:
    """A row with more cells than its header as the one row that it can be, else what is sure of it."""
    row = list(texts)
    ways = sorted(_ways(row, head), key=lambda way: way[0])
    if not any(text.strip() for text in row[head.width :]):
        short = row[: head.width]  # tabs after the last cell
        if all(head.misfits(short) <= misfits for misfits, _ in ways):
            return short, None
    best = [way for misfits, way in ways if misfits == ways[0][0]]
    if len(best) == 1 and ways[0][0] <= 0:
        return best[0], None
    unlike = (i for i, cells in enumerate(zip(*best, strict=False)) if len(set(cells)) > 1)
    return left_out(row, head, where, max(next(unlike, 0), 1), _TOO_MANY)


def left_out(
    texts: Sequence[str], head: Columns, where: Place, sure: int, why: str
) -> tuple[list[str], Doubt | None]:
    """The first `sure` cells of a row of the form, whose label the rows below need; nothing of another."""
    shown = " | ".join(" ".join(plain(text).split()) for text in texts if text.strip())
    doubt = Doubt("columns_uncertain", f"”{shown}”: {why}, så värdena är utelämnade.", where)
    if head.table != "complaints" or not any(text.strip() for text in texts[:sure]):
        return [], doubt
    named = "category" in head.fields[:sure]
    rest = [UNREAD if named and field in COUNTS else "" for field in head.fields[sure:]]
    return [*texts[:sure], *rest], doubt


def _ways(texts: Sequence[str], head: Columns) -> Iterator[tuple[int, list[str]]]:
    """The ways in which a row has its header's cells, and how many cells do not fit in each."""
    more = len(texts) - head.width
    icons = not any(map(has_word, texts[:more]))
    marked = any(text.strip() for text in texts[:more])
    if icons and (marked or (head.table != "complaints" and not head.misfits(texts[more:]))):
        yield -1, list(texts)  # the header may lack the icons' cells
        return
    for at in range(head.width):
        if not head.is_text(at):
            continue
        parts = [" ".join(text.split()) for text in texts[at : at + more + 1]]
        if head.fields[at] != "comment" and not all(map(has_word, parts)):
            continue
        way = [*texts[:at], " ".join(filter(None, parts)), *texts[at + more + 1 :]]
        numbers = sum(not any(map(str.isalpha, part)) for part in parts) * (head.fields[at] != "comment")
        yield head.misfits(way) + numbers, way


def _is_group(label: str) -> bool:
    return key(label) in keys_of("group")
