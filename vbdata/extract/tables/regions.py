"""The lines under a header, up to what is no part of its table, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vbdata.extract.recognise import heads_a_goal, section_of, status_words
from vbdata.extract.tables.columns import Cut, Line, cut_line, cuts_of, dated, is_prose, starts_of
from vbdata.extract.tables.form import form_of
from vbdata.extract.tables.headers import Header
from vbdata.extract.tables.rows import Body, Span, fits, rows_of

_MOST_LINES = 2_000
_LARGER = 1.12  # than its rows: letters of a heading


@dataclass(frozen=True, slots=True)
class Placed:
    """A table by place: its header, where its columns part, its lines, and its rows among them.

    `groups` are the rows (half-open) beside each label of the form.
    """

    header: Header
    cuts: tuple[float, ...]
    lines: tuple[Line, ...]
    rows: tuple[Span, ...]
    groups: tuple[tuple[int, int], ...] = ()
    texts: tuple[Cut, ...] = ()


def read_region(
    header: Header, lines: Sequence[Line], known: Sequence[float] = (), near: float = 0.0
) -> Placed | None:
    """The table whose lines begin with these; None where they hold no row of it.

    `known` is where its columns part, where the page before told; `near` see `cut_line`.
    """
    own = _own_lines(header, lines)
    if not own:
        return None
    lefts = [title.x0 for title in header.titles]
    cuts = list(known) or cuts_of(lefts, own)
    starts = starts_of(lefts, cuts, own)
    texts = [dated(line, header.fields) or cut_line(line, lefts, cuts, starts, near) for line in own]
    body = Body(own, texts, header.fields, header.table)
    if header.table == "complaints":
        form = form_of(body)
        rows, groups = form.rows, form.groups
    else:
        rows, groups = tuple(rows_of(body)), ()
    if not rows:
        return None
    rows = tuple(_checked(body, row) for row in rows)
    return Placed(header, tuple(cuts), tuple(own[: rows[-1].end]), rows, groups, tuple(body.cuts))


def is_heading(text: str) -> bool:
    """Whether a line is a goal's or a section's heading, or a status; "Analys" stands in tables, too."""
    if section_of(text, 100.0):
        return text.strip().rstrip(":") != "Analys"
    return heads_a_goal(text) or bool(status_words(text))


def _own_lines(header: Header, lines: Sequence[Line]) -> list[Line]:
    """Lines up to a heading, larger letters, or running text that no row's Analys is."""
    own: list[Line] = []
    lefts = [title.x0 for title in header.titles]
    analysing = False
    for line in lines[:_MOST_LINES]:
        label = _is_label(line) or line.text.startswith("Analys:")
        if own and line.size > _LARGER * own[0].size:
            break
        said = bool(own) and _is_label(own[-1]) and bool(status_words(line.text))
        if is_heading(line.text) and not label and not said:
            break
        if header.table == "complaints" and is_prose(line, lefts):
            break
        analysing = (label or analysing) and len(line.runs) < 2
        apart = bool(own) and line.top - own[-1].bottom > line.size
        if is_prose(line, lefts) and not analysing and not label and apart:
            break
        own.append(line)
    return own


def _is_label(line: Line) -> bool:
    return line.text.rstrip(" :").casefold() == "analys"


def _checked(body: Body, row: Span) -> Span:
    """A row, not sure where words run over an edge or a cell cannot be what its title says."""
    if row.merged:
        return row
    torn = {n for cut in body.cuts[row.first : row.end] if not cut.prose for n in cut.torn}
    named = {body.name, *(n for n, field in enumerate(body.fields) if field == "group")}
    wrong = [
        n
        for n, field in enumerate(body.fields)
        if field and n != body.name and (text := body.of(row.first, row.end, n)) and not fits(field, text)
    ]
    return replace(row, sure=row.sure and not torn & named, clear=not torn and not wrong)
