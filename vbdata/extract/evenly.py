"""Tables whose cells spaces part so exactly that they can be counted, as tabs are.

Either the same number of spaces, two or three, parts all cells: where empty ones are kept, as two of those
gaps side by side, a row has its header's cells. Or each cell starts at the very character where its title
does. Such rows are written with tabs. A row that has lost cells is left out and said; where lines wrap in
their columns nothing is done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.delimited import fitted, is_analysis, left_out
from vbdata.extract.document import Doubt
from vbdata.extract.furniture import place
from vbdata.extract.grammar import GAP
from vbdata.extract.headers import Columns, columns_of
from vbdata.extract.labels import is_label
from vbdata.extract.recognise import goal_heading

_GAPS = re.compile(r" {2,}")
_CELL = re.compile(r"\S+(?: \S+)*")
#: Spaces that may stand before a row's first cell, in the place of an icon.
_INDENT = 3
_LOST = "celler saknas i raden, och det går inte att se vilka"


def evenly_parted(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """Lines with tabs between the cells of such tables, and the rows that were left out."""
    out = list(lines)
    doubts: list[Doubt] = []
    done = 0
    for i, line in enumerate(lines):
        if i < done or "  " not in line.text or "\t" in line.text or "|" in line.text:
            continue
        head = columns_of([found[0] for found in _CELL.finditer(line.text)])
        if head is None:
            continue
        done = i + 1
        while done < len(lines) and not _ends(lines[done]):
            done += 1
        if done == i + 1:
            continue  # titles alone say nothing of how the rows below a blank line are parted
        rows = _evenly(lines[i:done], head, doubts) or _at_titles(lines[i:done], head)
        out[i:done] = rows or lines[i:done]
    return out, doubts


def _ends(line: Line) -> bool:
    return line.blank or "\t" in line.text or line.text.startswith("#") or bool(goal_heading(line.text))


# ------------------------------------------------------------------- the same gap between all cells


def _evenly(lines: Sequence[Line], head: Columns, doubts: list[Doubt]) -> list[Line]:
    gaps = set(GAP.findall(lines[0].text.strip()))
    gap = gaps.pop()
    if gaps or any(_is_uneven(line.text, gap) for line in lines[1:]):
        return []
    return _with_tabs(lines, head, gap, doubts)


def _is_uneven(text: str, gap: str) -> bool:
    """Whether spaces stand in a line that are no gaps: then they tell columns by place."""
    return not is_analysis(text) and any(len(run) % len(gap) for run in _GAPS.findall(text.rstrip()))


def _with_tabs(lines: Sequence[Line], head: Columns, gap: str, doubts: list[Doubt]) -> list[Line]:
    kept = any(gap * 2 in line.text.strip() for line in lines)
    indent = len(lines[0].text) - len(lines[0].text.lstrip())
    out = [_tabbed(lines[0], lines[0].text.strip().split(gap))]
    for line in lines[1:]:
        texts = line.text.rstrip()[min(indent, len(line.text) - len(line.text.lstrip())) :].split(gap)
        if len(texts) == 1 or is_analysis(line.text):
            out.append(Line(line.number, " ".join(line.text.split()), line.page))
            continue
        row, doubt = _row(texts, head, line, kept=kept)
        out.append(_tabbed(line, [*row, *[""] * (head.width - len(row))]))
        doubts += [doubt] if doubt else []
    return out


def _row(texts: list[str], head: Columns, line: Line, *, kept: bool) -> tuple[list[str], Doubt | None]:
    """The cells of a row, or what is sure of it."""
    if len(texts) > head.width:
        return fitted(texts, head, place(line))
    whole = len(texts) == head.width or head.is_filled(texts) or (kept and head.ends_whole(texts))
    if columns_of(texts) or (whole and not head.misfits(texts)):
        return texts, None
    return left_out(texts, head, place(line), _sure(texts, head), _LOST)


def _sure(texts: Sequence[str], head: Columns) -> int:
    """Cells at the start of a row whose place is sure: in a form the labels, by what they hold."""
    labels = head.fields[:2] == ("group", "category") and not head.misfits(texts[:2])
    return 2 if labels and texts[1].strip() else 0


# --------------------------------------------------------------------- each cell under its title


def _at_titles(lines: Sequence[Line], head: Columns) -> list[Line]:
    """The lines with tabs, if each is a whole row whose cells start where titles do, or an Analys."""
    starts = {found.start(): i for i, found in enumerate(_CELL.finditer(lines[0].text))}
    out: list[Line] = []
    for line in lines:
        cells = _by_title(line.text, starts)
        texts = [cells.get(i, "") for i in range(head.width)]
        if is_analysis(line.text) or (len(cells) == 1 and is_label(line.text)):
            out.append(Line(line.number, line.text.strip() + "\t" * (head.width - 1), line.page))
        elif None not in cells and (columns_of(texts) or _is_row(texts, head)):
            out.append(_tabbed(line, texts))
        else:
            return []
    return out


def _by_title(text: str, starts: Mapping[int, int]) -> dict[int | None, str]:
    """A line's cells by column; by None those at no title; a first one may be indented."""
    found = [(cell.start(), cell[0]) for cell in _CELL.finditer(text)]
    first = {found[0][0]: 0} if found and found[0][0] <= _INDENT else {}
    return {(first | dict(starts)).get(at): words for at, words in found}


def _is_row(texts: Sequence[str], head: Columns) -> bool:
    """Whether a line is a row, and no part of one: a form's rows without counts are known by their labels."""
    if head.is_row(texts):
        return True
    at = head.fields.index("category") if "category" in head.fields else None
    return at is not None and not any(texts[at + 1 :]) and not head.misfits(texts) and is_label(texts[at])


def _tabbed(line: Line, texts: Sequence[str]) -> Line:
    return Line(line.number, "\t".join(texts), line.page)
