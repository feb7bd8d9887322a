"""Take out what belongs to the page: heads, feet, page numbers and contents, known by where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from vbdata.extract.contents import strip_contents
from vbdata.extract.decode import Line
from vbdata.extract.document import Furniture
from vbdata.extract.pdf.printed import Page, TextLine, is_known_header
from vbdata.extract.recognise import goal_heading, section_of, status_words

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"^(?:sid(?:a|an)?\.?\s*)?[-–]?\s*\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3}|/\s*\d{1,3})?\s*[-–]?$",
    re.I,
)
_SAME_PLACE = 5.0
_BANDS = (0.17, 0.86)  # heads stand above, feet below these parts of the page's height
_HEAD_ROWS = 3  # of a table that is a page's head, at most
_LONGEST = 200
_LONG_RULE = 60.0


def take_furniture(pages: Sequence[Page]) -> list[Furniture]:
    """Remove heads, feet and page numbers from the pages, lines and small tables."""
    hits = list(_repeated_lines(pages))
    gone = {id(line) for _, line in hits}
    for page in pages:
        heads = [g for g in page.grids if g.lines and all(id(line) in gone for line in g.lines)]
        page.grids = [grid for grid in page.grids if not any(grid is head for head in heads)]
        gone -= {id(line) for grid in page.grids for line in grid.lines}
        page.lines = [line for line in page.lines if id(line) not in gone]
    hits = [(page, line) for page, line in hits if id(line) in gone]
    for page, line in hits:
        page.removed.append(line.box)
    return [Furniture(_kind(line, page), line.text, line.place) for page, line in hits]


def _kind(line: TextLine, page: Page) -> str:
    if _NUMBER.match(line.text):
        return "page_number"
    return "head" if line.middle < page.height / 2 else "foot"


def _in_band(y: float, page: Page) -> bool:
    return y < _BANDS[0] * page.height or y > _BANDS[1] * page.height


def _fewest(pages: int) -> float:
    """Pages on which a head or foot stands, at least."""
    return max(2, min(3, pages), 0.35 * (pages - 1))


def _repeated_lines(pages: Sequence[Page]) -> Iterator[tuple[Page, TextLine]]:
    shapes: dict[str, list[tuple[Page, TextLine]]] = defaultdict(list)
    for page in pages:
        small = [grid for grid in page.grids if grid.rows <= _HEAD_ROWS]
        for line in [*page.lines, *(line for grid in small for line in grid.lines)]:
            if _in_band(line.middle, page) and len(line.text) <= _LONGEST:
                shapes[_DIGITS.sub("#", line.text)].append((page, line))
    for shape, hits in shapes.items():
        fewest = 2 if "#" in shape and _NUMBER.match(hits[0][1].text) else _fewest(len(pages))
        groups = [group for group in _same_place(hits) if len({line.page for _, line in group}) >= fewest]
        if groups and not _means_something(*hits[0]):
            yield from (hit for group in groups for hit in group)


def _same_place(hits: list[tuple[Page, TextLine]]) -> list[list[tuple[Page, TextLine]]]:
    groups: list[list[tuple[Page, TextLine]]] = []
    for hit in sorted(hits, key=lambda h: h[1].middle):
        if groups and hit[1].middle - groups[-1][-1][1].middle < _SAME_PLACE:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _means_something(page: Page, line: TextLine) -> bool:
    """A heading, a status, or a part of a table's header or first row, which may come at the top of pages.

    The table is the line with those above it, and those below as far as the next rule, or a gap.
    """
    text = line.text
    if goal_heading(text) or section_of(text, 100.0) or status_words(text):
        return True
    y, reach = line.middle, 5 * line.height
    rules = [r.at for r in page.horizontals if r.end - r.start > _LONG_RULE]
    bottom = min((at for at in rules if at > y), default=page.height)
    return is_known_header([ln for ln in page.all_lines if ln.middle < bottom and abs(ln.middle - y) < reach])


def take_contents(pages: Sequence[Page]) -> list[Furniture]:
    """Remove the table of contents, which its words tell."""
    lines = [(page, line) for page in pages for line in page.lines]
    texts = [Line(line.words[0].line, line.text, line.page) for _, line in lines]
    kept = {id(text) for text in strip_contents(texts)[0]}
    gone = [own for own, text in zip(lines, texts, strict=True) if id(text) not in kept]
    for page, line in gone:
        page.lines = [other for other in page.lines if other is not line]
        page.removed.append(line.box)
    return [Furniture("contents", line.text, line.place) for _, line in gone]
