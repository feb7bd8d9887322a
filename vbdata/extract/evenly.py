"""Tables whose cells the same number of spaces parts throughout, two or three, as tabs do elsewhere.

Where empty cells are kept, as two of those gaps side by side, the cells can be counted, so that such a row is
written with tabs and read as one. Where they are not, or where a row has lost cells, only a row with all its
cells says whose they are; any other is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vbdata.extract.decode import Line
from vbdata.extract.delimited import fitted, is_analysis, left_out
from vbdata.extract.document import Doubt
from vbdata.extract.furniture import place
from vbdata.extract.heads import Head, head_of

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_GAPS = re.compile(r" {2,}")
_LOST = "celler saknas i raden, och det går inte att se vilka"


def evenly_parted(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """Lines with tabs between the cells of such tables, and the rows that were left out."""
    out = list(lines)
    doubts: list[Doubt] = []
    done = 0
    for i, line in enumerate(lines):
        if i < done or "  " not in line.text or (found := _head_of(line.text)) is None:
            continue
        done = i + 1
        while done < len(lines) and not lines[done].blank and "\t" not in lines[done].text:
            done += 1
        head, gap = found
        if any(_is_uneven(each.text, gap) for each in lines[i + 1 : done]):
            continue
        out[i:done] = _with_tabs(lines[i:done], head, gap, doubts)
    return out, doubts


def _head_of(text: str) -> tuple[Head, str] | None:
    """A header whose titles all have the same gap between them, and that gap."""
    gaps = set(_GAP.findall(text.strip()))
    if len(gaps) != 1 or "\t" in text or "|" in text:
        return None
    gap = gaps.pop()
    titles = text.strip().split(gap)
    head = head_of(titles)
    return (head, gap) if head else None


def _is_uneven(text: str, gap: str) -> bool:
    """Whether spaces stand in a line that are no gaps: then they tell columns by place."""
    return not is_analysis(text) and any(len(run) % len(gap) for run in _GAPS.findall(text.rstrip()))


def _with_tabs(lines: Sequence[Line], head: Head, gap: str, doubts: list[Doubt]) -> list[Line]:
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


def _row(texts: list[str], head: Head, line: Line, *, kept: bool) -> tuple[list[str], Doubt | None]:
    """The cells of a row, or what is sure of it."""
    if len(texts) > head.width:
        return fitted(texts, head, place(line))
    whole = len(texts) == head.width or (kept and head.ends_whole(texts))
    if whole and not head.misfits(texts):
        return texts, None
    return left_out(texts, head, place(line), _sure(texts, head), _LOST)


def _sure(texts: Sequence[str], head: Head) -> int:
    """Cells at the start of a row whose place is sure: in a form the labels, by what they hold."""
    labels = head.fields[:2] == ("group", "category") and not head.misfits(texts[:2])
    return 2 if labels and texts[1].strip() else 0


def _tabbed(line: Line, texts: Sequence[str]) -> Line:
    return Line(line.number, "\t".join(texts), line.page)
