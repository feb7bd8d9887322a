"""All flowed tables of a text, and whether it is such a text at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Row, Table
from vbdata.extract.flowed.form import form_rows
from vbdata.extract.flowed.headers import Header, first_letters, first_titles, header_at, words_of
from vbdata.extract.flowed.rows import Words, read_rows
from vbdata.extract.flowed.values import row_end
from vbdata.extract.furniture import place
from vbdata.extract.headings import goal_begins
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import goal_heading, section_of, status_words
from vbdata.extract.ruled import Drawn, lines_in
from vbdata.extract.spaced import header_at as spaced_header_at
from vbdata.extract.spaced.patterns import DATE
from vbdata.vocabulary import key

_GAP = re.compile(r" {2,}")
_DATES_END = re.compile(rf"{DATE} {DATE}(?: \S{{1,3}})?$")
_DATE_WRAPS = re.compile(rf"[^\W\d]\S* {DATE}$")
_STARTS_WITH_DATE = re.compile(rf"^{DATE}\b")
# A leading pipe does not: a converter puts some lines of a flowed table in pipes of its own.
_MARKS_CELLS = re.compile(r"[\t^]|^\s*[^|\s][^|]*\|")
_ROWS_LIMIT = 2_000
_SPACED_SHARE = 0.2
_NARROW = 4
_PADDED_LINES = 20


def flowed_tables(lines: Sequence[Line], drawn: Drawn) -> tuple[Drawn, list[Doubt]]:
    """All flowed tables of a text that are no drawn ones."""
    headers = _headers(lines, lines_in(drawn))
    if not headers:
        return {}, []
    beside = _wraps_beside(lines, headers)
    if beside is None:
        return {}, []
    bodies: dict[int, tuple[list[Line], int]] = {}
    done = 0
    for i in headers:
        if i >= done:
            bodies[i] = _body(lines, i, headers, beside)
            done = bodies[i][1]
    # Cells that wrap after one another fill their lines; elsewhere every line is as the table has it.
    widths = (len(line.text.rstrip()) for body, _ in bodies.values() for line in body)
    width = None if beside else max(widths, default=0)
    doubts: list[Doubt] = []
    found: Drawn = {}
    for i, (body, end) in bodies.items():
        rows, stop = _rows(body, headers[i], width, doubts)
        after = (
            end if stop is None else next(j for j in range(headers[i].end, end) if lines[j].number == stop)
        )
        found[i] = (Table.headed(headers[i].titles, rows, place(lines[i])), after)
    return found, doubts


def cells_end_in_spaces(filled: Sequence[Line]) -> bool:
    """Whether white space is data in a text's lines: then its tables are the space-delimited reader's."""
    return sum(line.text.endswith(" ") for line in filled) > _SPACED_SHARE * len(filled)


def _headers(lines: Sequence[Line], taken: AbstractSet[int]) -> dict[int, Header]:
    """Flowed headers by line; none where white space parts the cells, or each has lines of its own."""
    filled = [line for line in lines if not line.blank]
    padded = _is_padded(filled)
    if not padded and cells_end_in_spaces(filled):
        return {}
    found: dict[int, Header] = {}
    done = 0
    for i, line in enumerate(lines):
        if i < done or i in taken or line.text.lstrip(" |")[:1].lower() not in first_letters():
            continue
        if _MARKS_CELLS.search(line.text):
            continue
        if key(words_of(line).split(" ", 1)[0]) not in first_titles():
            continue
        header = header_at(lines, i)
        if line.text.lstrip().startswith("|"):
            # A row of pipes is part of a flowed text where the converter found too few columns.
            if found and header and line.text.count("|") - 1 != len(header.layout.columns):
                found[i] = header
                done = header.end
        elif header:
            found[i] = header
            done = header.end
        elif header is None and (other := spaced_header_at(lines, i)) and other.layout.table != "activities":
            return {}
    return _without_columns(lines, found, padded)


def _is_padded(filled: Sequence[Line]) -> bool:
    """Whether a converter filled the lines with spaces to the page's width: it only imitates white space."""
    lengths = Counter(len(line.text) for line in filled)
    width, count = lengths.most_common(1)[0] if lengths else (0, 0)
    ends = sum(len(line.text) == width and line.text.endswith("  ") for line in filled)
    return count > _PADDED_LINES and 2 * count > len(filled) and 2 * ends > count


def _without_columns(lines: Sequence[Line], headers: dict[int, Header], padded: bool) -> dict[int, Header]:
    """The headers of tables whose white space does not tell the columns.

    Where lines are padded, most titles of a wide table have single spaces between them.
    """
    gaps = {i: 0 if _has_pipes(lines, i) else len(_GAP.findall(lines[i].text.strip())) for i in headers}
    wide = [i for i, header in headers.items() if len(header.layout.columns) > _NARROW]
    if padded and wide and all(2 * gaps[i] < len(headers[i].layout.columns) - 1 for i in wide):
        return headers
    return {i: header for i, header in headers.items() if not gaps[i]}


def _has_pipes(lines: Sequence[Line], i: int) -> bool:
    """Whether a header, or the line after it, is one that a converter put in pipes."""
    return any(line.text.lstrip().startswith("|") for line in lines[i : i + 2])


def _wraps_beside(lines: Sequence[Line], headers: dict[int, Header]) -> bool | None:
    """Whether cells wrap beside each other rather than one after another; None where nothing tells."""
    told = [header.beside for header in headers.values() if header.wraps]
    if told:
        return sum(told) * 2 > len(told)
    below = 0
    for header in headers.values():
        if header.layout.table == "complaints":
            continue
        for at in range(header.end, min(header.end + 40, len(lines) - 1)):
            text, after = words_of(lines[at]), words_of(lines[at + 1])
            if at in headers or goal_heading(text):
                break
            if _DATE_WRAPS.search(text) and _STARTS_WITH_DATE.match(after):
                return False
            if _STARTS_WITH_DATE.match(text):
                return None
            if _ends_row(text) and after[:1].islower() and not _ends_row(after):
                below += 1
    return True if below else None


def _ends_row(text: str) -> bool:
    ended = row_end(text)
    return bool(_DATES_END.search(text) or (ended and ended[1]))


def _rows(
    body: Sequence[Line], header: Header, width: int | None, doubts: list[Doubt]
) -> tuple[list[Row], int | None]:
    """Rows of a table, and the number of the line that is none of it any more, if there is one."""
    words = [(line, text) for line in body if (text := words_of(line))]
    if header.layout.table == "complaints":
        rows, count = form_rows(words, header.layout.code.rsplit("_", 1)[-1], width is None, doubts)
    else:
        if width is not None:
            words = _unwrapped(words, width)
        rows, count = read_rows(words, header.layout, doubts)
    return rows, words[count][0].number if count < len(words) else None


def _body(
    lines: Sequence[Line], start: int, headers: dict[int, Header], beside: bool
) -> tuple[list[Line], int]:
    """Lines of a table and where it ends; a header that a page break repeats is none of them."""
    table = headers[start].layout.table
    body: list[Line] = []
    i = headers[start].end
    while i < min(len(lines), start + _ROWS_LIMIT):
        if again := headers.get(i):
            if again.layout.table != table:
                break
            i = again.end
            continue
        if ends_table(lines, i) or (not beside and lines[i].blank and not _goes_on(lines, i, headers)):
            break
        body.append(lines[i])
        i += 1
    return body, i


def ends_table(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a heading, a status or another kind of table, and none of a table without frames."""
    line = lines[i]
    if line.blank or line.text.lstrip().startswith("|"):
        return False
    marked = unmark(line.text)
    if goal_begins(lines, i) or marked.depth or "\t" in line.text:
        return True
    if status_words(marked.text) and not _is_analysis(lines, i):
        return True
    section = section_of(marked.text, 96.0)
    return bool(section and section.code not in ("analysis", "complaints"))


def _is_analysis(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is all of an Analys text: some only repeat the goal's status there."""
    before = next((line for line in reversed(lines[max(i - 3, 0) : i]) if not line.blank), None)
    return before is not None and key(before.text) == "analys"


def _goes_on(lines: Sequence[Line], i: int, headers: dict[int, Header]) -> bool:
    """Whether rows follow a blank line, in a text whose rows follow each other without any."""
    at = next((j for j in range(i, len(lines)) if not lines[j].blank), len(lines))
    while at < len(lines) and not lines[at].blank:
        if at in headers or ends_table(lines, at):
            return at in headers
        if _ends_row(words_of(lines[at])):
            return True
        at += 1
    return False


def _unwrapped(words: Sequence[Words], width: int) -> list[Words]:
    """Rows that wrap as a whole, each on one line: a line ended before it was full where its row does."""
    found: list[Words] = []
    before: Line | None = None
    for line, text in words:
        full = before is not None and len(before.text.rstrip()) + 1 + len(text.split(" ", 1)[0]) > width
        goes_on = full and before is not None and line.number == before.number + 1
        if before is not None and before.text.rstrip().endswith((".", "!", "?")) and text[0].isupper():
            goes_on = False  # the text in the row above has ended
        if found and goes_on and not _ends_row(found[-1][1]):
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
        else:
            found.append((line, text))
        before = line
    return found
