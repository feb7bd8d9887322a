"""Read text and Markdown into a Document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from vbdata.errors import VbdataError
from vbdata.extract import cells
from vbdata.extract.columnless import columnless_tables
from vbdata.extract.contents import strip_contents
from vbdata.extract.decode import SIZE_LIMIT, Line, decode, to_lines, too_large
from vbdata.extract.delimited import rejoined, unquoted
from vbdata.extract.document import (
    Block,
    Cell,
    Document,
    Doubt,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Printed,
    Row,
    StatusLine,
    Table,
    relined,
)
from vbdata.extract.evenly import evenly_parted
from vbdata.extract.furniture import place, strip_furniture
from vbdata.extract.grammar import DIGIT, HANGS, ends_sentence, ends_text, goes_on, stops_short
from vbdata.extract.headers import Columns, headers_in
from vbdata.extract.headings import is_whole, may_be_title, may_head_unknown
from vbdata.extract.mail import without_mail
from vbdata.extract.markup import Marked, plain, unmark
from vbdata.extract.recognise import (
    goal_heading,
    is_list_item,
    item_text,
    lacks_title,
    section_of,
    split_status,
    status_within,
    status_words,
    unknown_status,
)
from vbdata.extract.seams import parted_at_seams
from vbdata.extract.spaced import spaced_tables
from vbdata.extract.tables.text import Tables, lines_in, placed_tables, undrawn
from vbdata.extract.web import web_lines

#: A goal heading shorter than this has not wrapped.
_WRAPPED = 45
_TITLE_LIMIT = 500
_UNSHOWN = re.compile(
    r"<(su[bp]|s|del|strike)\b[^>]*>.*?</\1>"
    r"|<(\w+)\b[^>]*(?:vertical-align|display:|visibility:|\bhidden\b)[^>]*>.*?</\2>",
    re.I,
)
_CELL_TAG = re.compile(r"</?t[dhr]\b[^>]*>|<br ?/?>", re.I)
_LONGEST_REST = 120
_ROW_LINES = 60
"""Lines of a row at most."""
_STATUS_REST = 3
"""Words of a status that may stand on the line below."""
_RULE = re.compile(r"^\s*(?:(?:[-*_=]\s*){3,}|([~^\"'+#.:])\1{5,})\s*$")


def read_text(path: Path, kind: str | None = None) -> Document:
    """A text or Markdown file as a Document, or a web page where `kind` is ``html``.

    Raises
    ------
    UnreadableFileError
        When the file is empty, too large, or not text.
    """
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise too_large(path.stat().st_size)
        data = path.read_bytes()
        source, unshown = web_lines(data) if kind == "html" else (to_lines(decode(data)), [])
    except VbdataError as error:
        error.source = error.source or path.name
        raise
    source, mail = without_mail(source)
    lines, heads = strip_furniture(parted_at_seams(rejoined(unquoted(source))))
    lines, contents = strip_contents(lines)
    lines, rules = undrawn(lines)
    lines, lost = evenly_parted(lines)
    headers = headers_in(lines)
    spaced, unclear = spaced_tables(lines, headers)
    placed, doubts = placed_tables(lines, rules, lines_in(spaced))
    refused, unsaid = columnless_tables(lines, spaced | placed, headers)
    blocks, more = _Reader(lines, spaced | placed | refused).read()
    kind = kind or ("md" if path.suffix.lower() in (".md", ".markdown") else "txt")
    furniture = tuple(sorted([*mail, *heads, *contents], key=lambda f: f.place.line or 0))
    shown = tuple(Printed(_shown(line.text), place(line)) for line in source if DIGIT.search(line.text))
    found = (*unshown, *lost, *unclear, *doubts, *unsaid, *more)
    return Document(path, kind, tuple(with_lines(blocks, source)), source[-1].page, furniture, found, shown)


def with_lines(blocks: Sequence[Block], lines: Sequence[Line]) -> Iterator[Block]:
    """The blocks with the printed lines of each table cell that does not stand on its row's own line.

    `lines` are the source's, as they were before anything was joined or taken out.
    """
    rows = (row for block in blocks if isinstance(block, Table) for row in block.rows)
    starts = sorted({each.place.line or 0 for each in (*blocks, *rows)})
    numbers = [line.number for line in lines]
    for block in blocks:
        if not isinstance(block, Table):
            yield block
            continue
        made: list[Row] = []
        for row in block.rows:
            here = row.place.line or 0
            after = next(iter(starts[bisect_right(starts, here) :]), numbers[-1] + 1)
            own = lines[bisect_left(numbers, here) : bisect_left(numbers, after)][:_ROW_LINES]
            shown = [Printed(plain(line.text), place(line)) for line in own if not line.blank]
            if len(shown) > 1:
                known = {word for line in shown for word in line.text.split()}
                row = replace(row, cells=tuple(_on_lines(cell, shown, known) for cell in row.cells))
            made.append(row)
        yield replace(block, rows=tuple(made))


def _on_lines(cell: Cell, shown: Sequence[Printed], known: Set[str]) -> Cell:
    """The cell with its words on the `shown` lines of its row, of which they must be `known` by half."""
    words = cell.text.split()
    if all(word in shown[0].text for word in words) or 2 * sum(word in known for word in words) <= len(words):
        return cell
    return replace(cell, lines=relined(shown, cell.text))


def _shown(text: str) -> str:
    """A line without mark-up, and without what is raised, struck or hidden in it: see `extract.shown`."""
    return plain(_CELL_TAG.sub(" ", _UNSHOWN.sub(" ", text))) if "<" in text else plain(text)


class _Reader:
    """One pass over the lines; each `_take_*` returns where the block that it took ends."""

    def __init__(self, lines: Sequence[Line], drawn: Tables) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.doubts: list[Doubt] = []
        tables = lines_in(drawn)
        self.wrapped = _is_wrapped([line for i, line in enumerate(lines) if i not in tables])
        self.drawn = drawn
        self.head: Columns | None = None  # of the last table under this goal

    def read(self) -> tuple[list[Block], list[Doubt]]:
        i = 0
        page = self.lines[0].page if self.lines else None
        while i < len(self.lines):
            line = self.lines[i]
            if line.page != page:
                page = line.page
                self.blocks.append(PageBreak(place(line)))
            i = i + 1 if line.blank else self._take(i)
        return self.blocks, self.doubts

    def _take(self, i: int) -> int:
        line = self.lines[i]
        if i in self.drawn:
            drawn, after = self.drawn[i]
            self.blocks.append(_status_table(drawn) or drawn)
            return after
        if _RULE.match(line.text) and "\t" not in line.text:
            return i + 1
        end = self._take_table(i)
        if end is None:
            end = self._take_words(i)
        return end

    def _take_table(self, i: int) -> int | None:
        line = self.lines[i]
        table: Table
        if cells.is_html_table(line):
            table, end, doubts = cells.html_table(self.lines, i)
            self.doubts.extend(doubts)
        elif cells.is_pipe_row(self.lines, i):
            table, end, doubts = cells.pipe_table(self.lines, i)
            self.doubts.extend(doubts)
        elif cells.is_tab_row(line):
            table, read = cells.tab_table(self.lines, i, self.head, self._ends_rows)
            end, self.head = read.end, read.head or self.head
            self.doubts.extend(read.doubts)
        else:
            return None
        self.blocks.append(_status_table(table) or table)
        return end

    def _take_words(self, i: int) -> int:
        line = self.lines[i]
        marked = unmark(line.text)
        if not marked.text:
            return i + 1
        if lacks_title(marked.text):  # what stands below is its title, in any format
            self.blocks.append(Paragraph(marked.text, place(line), (Printed(marked.text, place(line)),)))
            return i + 1
        if goal_heading(marked.text):
            return self._take_goal(i, marked)
        if end := self._take_status(i, marked):
            return end
        if self._is_heading(i, marked):
            self.blocks.append(Heading(marked.text, place(line), marked.depth, line.text))
            return i + 1
        return self._take_paragraph(i)

    def _after_goal(self) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, Heading) and goal_heading(last.text) is not None

    def _is_heading(self, i: int, marked: Marked) -> bool:
        if marked.depth:
            return True
        if marked.emphasised and len(marked.text) <= 120 and not marked.text.endswith((".", ",")):
            return True
        exact = section_of(marked.text, 100.0)
        fresh = not self.blocks or not isinstance(self.blocks[-1], Paragraph | ListItem)
        before_blank = i == 0 or self.lines[i - 1].blank or fresh
        return bool(
            (exact and (before_blank or self._sentence_ended(i)))
            or (before_blank and section_of(marked.text))
        )

    def _sentence_ended(self, i: int) -> bool:
        if self.lines[i].text.startswith(" ") and not self.lines[i - 1].text.startswith(" "):
            return True  # the first line of a page
        return ends_text(self.lines[i - 1].text)

    def _words_at(self, i: int) -> str:
        return unmark(self.lines[i].text).text if i < len(self.lines) else ""

    def _take_status(self, i: int, marked: Marked) -> int | None:
        """A status's line, with the rest of it where it goes on; under a goal's heading in any words."""
        line, under_goal = self.lines[i], self._after_goal()
        known = status_words(marked.text)
        if under_goal and (whole := self._status_over_lines(i, marked.text)):
            self.blocks.append(StatusLine(whole, place(line)))
            return i + 2
        if known or (under_goal and (status_within(marked.text) or self._says_how_it_went(i))):
            self.blocks.append(StatusLine(marked.text, place(line)))
            return i + 1
        return None

    def _says_how_it_went(self, i: int) -> bool:
        """Whether a line stands alone under a goal's heading and has the form of a status."""
        if not (self._is_blank(i + 1) or self._starts_something(i + 1)):
            return False
        text = unmark(self.lines[i].text).text
        if is_list_item(text) and is_list_item(self._words_at(i + 1)):
            return False
        return unknown_status(text) is not None

    def _status_over_lines(self, i: int, text: str) -> str | None:
        """A status that goes on on the next line: "Uppfylls", "inte helt"."""
        below = self._words_at(i + 1)
        if not below[:1].islower() or len(below.split()) > _STATUS_REST or below.endswith("."):
            return None
        whole = f"{text} {below}"
        return whole if status_words(whole) or unknown_status(whole) else None

    def _takes_table(self, i: int) -> bool:
        line = self.lines[i]
        return bool(
            i in self.drawn
            or cells.is_tab_row(line)
            or cells.is_html_table(line)
            or line.text.lstrip().startswith("|")
        )

    def _take_goal(self, i: int, marked: Marked) -> int:
        """A goal heading with the lines that its title wraps over."""
        words, end, open_mark = marked.text, i + 1, marked.opens
        self.head = None
        while self._is_rest_of_title(end, words, open_mark):
            more = unmark(self.lines[end].text)
            words = join_wrapped(words, more.text, self.lines[end - 1].text)
            open_mark = open_mark and not more.closes
            end += 1
        self.blocks.append(Heading(words, place(self.lines[i]), marked.depth, self.lines[i].text))
        return end

    def _is_rest_of_title(self, i: int, words: str, open_mark: bool) -> bool:
        """Whether a line goes on with the title above it, as under a full line or inside its mark-up.

        Under a short line it stands apart from what follows, as a title does, and goes on in small letters,
        after a word that nothing ends in, or, in capital letters, over a status.
        """
        if self._is_blank(i) or len(words) > _TITLE_LIMIT or is_whole(words):
            return False
        if open_mark:
            return not _RULE.match(self.lines[i].text)
        if self._starts_something(i):
            return False
        if self.wrapped and len(self.lines[i - 1].text.strip()) >= _WRAPPED:
            return True
        text = self._words_at(i)
        other = not may_be_title(text) or split_status(words)[1] or unknown_status(text)
        if other or len(text) > _LONGEST_REST or not (self._is_blank(i + 1) or self._starts_something(i + 1)):
            return False
        after = next((j for j in range(i + 1, len(self.lines)) if not self._is_blank(j)), i)
        open_ended = text[:1].islower() or bool(HANGS.search(words))
        return open_ended or status_words(self._words_at(after)) is not None

    def _is_blank(self, i: int) -> bool:
        return i >= len(self.lines) or self.lines[i].blank

    def _kind(self, i: int) -> str:
        """What a line is: "table", "rule", "goal", "heading" by its mark-up, "status", "section", "item"."""
        line = self.lines[i]
        marked = unmark(line.text)
        if self._takes_table(i):
            return "table"
        if _RULE.match(line.text):
            return "rule"
        if goal_heading(marked.text):
            return "goal"
        if marked.depth:
            return "heading"
        if status_words(marked.text):
            return "status"
        if section_of(marked.text, 100.0):
            return "section"
        return "item" if is_list_item(marked.text) else ""

    def _starts_something(self, i: int) -> bool:
        marked = unmark(self.lines[i].text)
        return bool(self._kind(i) or marked.emphasised or may_head_unknown(marked.text))

    def _take_paragraph(self, i: int) -> int:
        """Lines up to a blank one, or up to one that starts something else."""
        line = self.lines[i]
        item = is_list_item(unmark(line.text).text) and not _RULE.match(line.text)
        words, end = unmark(line.text).text, i + 1
        width = max(len(each.text) for each in takewhile(lambda each: not each.blank, self.lines[i:]))
        while end < len(self.lines) and not self.lines[end].blank and not self._ends_paragraph(end):
            if self.wrapped and stops_short(self.lines[end - 1].text, self.lines[end].text, width):
                break
            words = join_wrapped(words, unmark(self.lines[end].text).text, self.lines[end - 1].text)
            end += 1
        lines = tuple(Printed(unmark(each.text).text, place(each)) for each in self.lines[i:end])
        if item:
            self.blocks.append(ListItem(item_text(words), place(line), lines))
        else:
            self.blocks.append(Paragraph(words, place(line), lines))
        return end

    def _ends_rows(self, i: int) -> bool:
        """Whether a line without cells is certainly none of the table above it."""
        return self._kind(i) not in ("", "item")

    def _ends_paragraph(self, i: int) -> bool:
        kind = self._kind(i)
        if kind == "goal":
            return not self._is_in_sentence(i)
        return self._sentence_ended(i) if kind == "section" else kind != ""

    def _is_in_sentence(self, i: int) -> bool:
        """Whether a line that looks like a goal's heading is where a sentence that names the goal wrapped.

        The line above is full and ends no sentence, and nothing that follows a heading comes below.
        """
        above = self.lines[i - 1].text.rstrip()
        if not self.wrapped or len(above) < _WRAPPED or ends_sentence(above):
            return False
        end = i + 1
        while not self._is_blank(end) and not self._kind(end):
            end += 1
        if self._words_at(end - 1).endswith("."):
            return True
        while end < len(self.lines) and self.lines[end].blank:
            end += 1
        return end == len(self.lines) or not self._kind(end)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether paragraphs are broken into lines of print width."""
    lengths = sorted(
        len(line.text) for line in lines if not line.blank and "\t" not in line.text and "|" not in line.text
    )
    return not lengths or lengths[int(len(lengths) * 0.95)] < 180


def join_wrapped(words: str, more: str, line_above: str) -> str:
    """Two lines of running text as one; "grupp- / och" keeps its hyphen and space.

    >>> join_wrapped("grupp-", "och servicebostäder", "grupp- ")
    'grupp- och servicebostäder'
    """
    return f"{words} {more}".strip() if line_above.endswith(" ") else goes_on(words, more)


def _status_table(table: Table) -> StatusLine | None:
    """A table that holds a status and an icon only: a status line in a frame."""
    if len(table.rows) != 1:
        return None
    text = " ".join(t for t in table.rows[0].texts if t)
    return StatusLine(plain(text), table.place) if status_words(text) else None
