"""The lines under a header, up to what is no part of its table, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vbdata.extract.grammar import ANALYSIS, YEAR, heads_analysis, may_hold
from vbdata.extract.headers import is_title
from vbdata.extract.headings import is_heading
from vbdata.extract.recognise import status_words
from vbdata.extract.tables.columns import (
    Cut,
    Line,
    Rule,
    cut_line,
    cuts_of,
    dated,
    is_prose,
    levels_of,
    rules_above,
    starts_of,
)
from vbdata.extract.tables.form import form_of, unindented
from vbdata.extract.tables.headers import Header
from vbdata.extract.tables.rows import Body, Span, rows_of
from vbdata.vocabulary import target_rule_index

_MOST_LINES = 2_000
_FAR = 1.5  # of a line's height: farther below a rule than others stands no row
_LARGER = 1.12  # than its rows: letters of a heading


@dataclass(frozen=True, slots=True)
class Placed:
    """A table by place: its header, where its columns part, its lines, and its rows among them.

    `groups` are the rows (half-open) beside each label of the form; `opened` and `closed` where a rule stands
    above the first row, and below the last.
    """

    header: Header
    cuts: tuple[float, ...]
    lines: tuple[Line, ...]
    rows: tuple[Span, ...]
    groups: tuple[tuple[int, int], ...] = ()
    texts: tuple[Cut, ...] = ()
    opened: bool = False
    closed: bool = False


def read_region(
    header: Header,
    lines: Sequence[Line],
    known: Sequence[float] = (),
    near: float = 0.0,
    rules: Sequence[Rule] = (),
    *,
    at_end: bool = False,
    go_on: bool = False,
) -> Placed | None:
    """The table whose lines begin with these; None where they hold no row of it.

    `known` is where its columns part, where that is known; `near` see `cut_line`; `rules` part its rows.
    `at_end` where nothing follows the lines on their page; they `go_on` with the rows of the page before.
    """
    lefts = [title.x0 for title in header.titles]
    name = lefts[header.fields.index("category") if "category" in header.fields else 0]
    levels = levels_of(rules, name, lefts[-1])
    above = rules_above(lines, levels)
    own = _own_lines(header, lines, above, levels[-1] if levels else 0.0)
    if not own:
        return None
    cuts = list(known) or cuts_of(lefts, own)
    starts = starts_of(lefts, cuts, own)
    texts = [dated(line, header.fields) or cut_line(line, lefts, cuts, starts, near) for line in own]
    count = len(own)
    last = rules_above([*own, _under(own[-1])], levels)[-1]
    whole = [at is not None for at in rules_above(own, levels_of(rules, lefts[0], lefts[-1]))]
    at_end = at_end and count == len(lines)
    body = Body(
        own, texts, header.fields, header.table, above[:count], whole, last is not None, at_end, go_on
    )
    if header.table == "complaints":
        body = replace(body, cuts=[unindented(cut, body.name) for cut in body.cuts])
        form = form_of(body)
        rows, groups = form.rows, form.groups
    else:
        rows, groups = tuple(rows_of(body)), ()
    if not rows:
        return None
    rows = tuple(_checked(body, row) for row in rows)
    end = rows[-1].end
    closed = body.closed if end == count else above[end] is not None
    opened = above[0] is not None
    return Placed(header, tuple(cuts), tuple(own[:end]), rows, groups, tuple(body.cuts), opened, closed)


def _under(line: Line) -> Line:
    """A place right under a line."""
    return replace(line, words=(), top=line.bottom, bottom=line.bottom + 4 * line.size)


def _heads_another(line: Line) -> bool:
    """Whether a line has titles of outcomes side by side, as a table of the unit's own: "Utfall 2024"."""
    return sum(bool(YEAR.search(run.text)) and is_title(run.text) for run in line.runs) > 1


def _own_lines(
    header: Header, lines: Sequence[Line], above: Sequence[float | None], low: float
) -> list[Line]:
    """Lines up to a heading, larger letters, running text that no row's Analys is, or far below a rule.

    `low` is where the last rule is.
    """
    own: list[Line] = []
    lefts = [title.x0 for title in header.titles]
    analysing = False
    spaces: list[float] = []
    for i, line in enumerate(lines[:_MOST_LINES]):
        if (at := above[i]) is not None:
            if spaces and line.top - at > max(spaces) + _FAR * line.size:
                break
            spaces.append(line.top - at)
            analysing = False
        label = bool(ANALYSIS.match(line.text))
        apart = bool(own) and line.top - max(own[-1].bottom, at or 0.0) > line.size
        if own and line.size > _LARGER * own[0].size and (apart or line.top > low):
            break
        said = bool(own) and heads_analysis(own[-1].text) and bool(status_words(line.text))
        if (is_heading(line.text) and not label and not said) or _heads_another(line):
            break
        if header.table == "complaints" and is_prose(line, lefts):
            break
        analysing = label or (analysing and (len(line.runs) < 2 or line.top < low))
        if is_prose(line, lefts) and not analysing and not label and apart:
            break
        own.append(line)
    return own


def _checked(body: Body, row: Span) -> Span:
    """A row with the columns over whose edges words run, or beside which a cell does not fit."""
    if row.merged:
        return row
    torn = {n for cut in body.cuts[row.first : row.end] if not cut.prose for n in cut.torn}
    named = {body.name, *(n for n, field in enumerate(body.fields) if field == "group")}
    cut_off = body.at_end and row.end == len(body.lines)
    wrong = [
        n
        for n, field in enumerate(body.fields)
        if field and n != body.name and (text := body.of(row.first, row.end, n)) and not may_hold(field, text)
        if not (cut_off and target_rule_index().begins(text))
    ]
    beside = {n + side for n in wrong if not row.rest for side in (-1, 0, 1)}
    margin = 0.0 if torn & named else row.margin
    return replace(row, margin=margin, torn=frozenset(torn | beside))
