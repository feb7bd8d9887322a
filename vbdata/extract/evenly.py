"""Tables whose cells the same number of spaces parts, two or three, so that they can be counted as tabs are.

Where empty cells are kept, as two of those gaps side by side, a row has its header's cells. Such rows are
written with tabs. A row that has lost cells is left out and said; where spaces stand in a line that are no
gaps nothing is done.
"""

from __future__ import annotations

from collections.abc import Sequence

from vbdata.extract.decode import Line
from vbdata.extract.delimited import LOST, fitted, is_analysis, left_out
from vbdata.extract.document import Doubt
from vbdata.extract.furniture import place
from vbdata.extract.grammar import GAP
from vbdata.extract.headers import Columns, columns_of
from vbdata.extract.recognise import goal_heading


def evenly_parted(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """Lines with tabs between the cells of such tables, and the rows that were left out."""
    out = list(lines)
    doubts: list[Doubt] = []
    done = 0
    for i, line in enumerate(lines):
        if i < done or "  " not in line.text or "\t" in line.text or "|" in line.text:
            continue
        head = columns_of(GAP.split(line.text.strip()))
        if head is None:
            continue
        done = i + 1
        while done < len(lines) and not _ends(lines[done]):
            done += 1
        if done == i + 1:
            continue  # titles alone say nothing of how the rows below a blank line are parted
        out[i:done] = _evenly(lines[i:done], head, doubts)
    return out, doubts


def _ends(line: Line) -> bool:
    return line.blank or "\t" in line.text or line.text.startswith("#") or bool(goal_heading(line.text))


def _evenly(lines: Sequence[Line], head: Columns, doubts: list[Doubt]) -> list[Line]:
    gaps = set(GAP.findall(lines[0].text.strip()))
    gap = gaps.pop()
    if gaps or any(_is_uneven(line.text, gap) for line in lines[1:]):
        return list(lines)
    return _with_tabs(lines, head, gap, doubts)


def _is_uneven(text: str, gap: str) -> bool:
    """Whether spaces stand in a line that are no gaps: then they tell columns by place."""
    return not is_analysis(text) and any(len(run) % len(gap) for run in GAP.findall(text.rstrip()))


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
    return left_out(texts, head, place(line), _sure(texts, head), LOST)


def _sure(texts: Sequence[str], head: Columns) -> int:
    """Cells at the start of a row whose place is sure: in a form the labels, by what they hold."""
    labels = head.fields[:2] == ("group", "category") and not head.misfits(texts[:2])
    return 2 if labels and texts[1].strip() else 0


def _tabbed(line: Line, texts: Sequence[str]) -> Line:
    return Line(line.number, "\t".join(texts), line.page)
