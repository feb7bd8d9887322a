"""Take out what belongs to the page: heads, feet, page numbers and contents, known by where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from vbdata.extract.contents import end_of_contents
from vbdata.extract.document import Furniture, Place
from vbdata.extract.pdf.grids import Grid
from vbdata.extract.pdf.layout import PageLayout, PrintedLine
from vbdata.extract.pdf.mending import is_known_header
from vbdata.extract.recognise import CONTENTS, goal_heading, section_of, status_words, without_leader
from vbdata.vocabulary import key

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"^(?:sid(?:a|an)?\.?\s*)?[-–]?\s*\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|av\s+\d{1,3}|/\s*\d{1,3})?\s*[-–]?$",
    re.I,
)
_LED = re.compile(r"(?:[.\u2026_·]{3,}|(?:[.·] ){3,}[.·]?)\s*\d{1,3}\s*$")
_SAME_PLACE = 5.0
_BANDS = (0.17, 0.86)  # heads stand above, feet below these parts of the page's height


def take_furniture(layouts: Sequence[PageLayout]) -> list[Furniture]:
    """Remove heads, feet and page numbers from the layouts' lines, and repeated tables like them."""
    found: list[Furniture] = []
    for where, printed in _repeated_lines(layouts):
        _remove(layouts[where], printed)
        found.append(Furniture(_kind(printed, layouts[where]), printed.text, printed.place))
    found += _repeated_grids(layouts)
    _drop_repeated_marks(layouts)
    _drop_repeated_rules(layouts)
    return found


def _remove(layout: PageLayout, printed: PrintedLine) -> None:
    line = printed.line
    layout.lines = [other for other in layout.lines if other is not printed]
    layout.removed.append((line.x0, line.y0, line.x1, line.y1))


def _kind(printed: PrintedLine, layout: PageLayout) -> str:
    if _NUMBER.match(printed.text):
        return "page_number"
    return "head" if printed.middle < layout.height / 2 else "foot"


def _in_band(y: float, layout: PageLayout) -> bool:
    return y < _BANDS[0] * layout.height or y > _BANDS[1] * layout.height


def _fewest(pages: int) -> float:
    """Pages on which a head or foot stands, at least."""
    return max(2, min(3, pages), 0.35 * (pages - 1))


def _repeated_lines(layouts: Sequence[PageLayout]) -> Iterator[tuple[int, PrintedLine]]:
    shapes: dict[str, list[tuple[int, PrintedLine]]] = defaultdict(list)
    for where, layout in enumerate(layouts):
        for printed in layout.lines:
            if _in_band(printed.middle, layout) and len(printed.text) <= 200:
                shapes[_DIGITS.sub("#", printed.text)].append((where, printed))
    for shape, hits in shapes.items():
        fewest = 2 if "#" in shape and _NUMBER.match(hits[0][1].text) else _fewest(len(layouts))
        groups = [group for group in _same_place(hits) if len({where for where, _ in group}) >= fewest]
        if groups and not _means_something(hits[0][1], layouts[hits[0][0]]):
            yield from (hit for group in groups for hit in group)


def _same_place(hits: list[tuple[int, PrintedLine]]) -> list[list[tuple[int, PrintedLine]]]:
    groups: list[list[tuple[int, PrintedLine]]] = []
    for hit in sorted(hits, key=lambda h: h[1].middle):
        if groups and hit[1].middle - groups[-1][-1][1].middle < _SAME_PLACE:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return groups


def _means_something(printed: PrintedLine, layout: PageLayout) -> bool:
    """A heading, a status, or a part of a table's header or first row, which may come at the top of pages."""
    text = printed.text
    if goal_heading(text) or section_of(text, 100.0) or status_words(text):
        return True
    return is_known_header([ln.line for ln in _around(printed, layout)])


def _around(printed: PrintedLine, layout: PageLayout) -> list[PrintedLine]:
    """The line with those above it, and those below as far as the next rule, or a gap."""
    y, reach = printed.middle, 5 * printed.height
    rules = [r.at for r in layout.horizontals if r.end - r.start > 60]
    bottom = min((at for at in rules if at > y), default=layout.height)
    return [ln for ln in layout.lines if ln.middle < bottom and abs(ln.middle - y) < reach]


def _repeated_grids(layouts: Sequence[PageLayout]) -> list[Furniture]:
    """A page head that is laid out as a table."""
    shapes: dict[tuple[str, ...], list[tuple[PageLayout, Grid]]] = defaultdict(list)
    for layout in layouts:
        for grid in layout.grids:
            if _in_band((grid.box[1] + grid.box[3]) / 2, layout) and grid.rows <= 3:
                lines = [line for cell in grid.cells for line in cell.lines]
                if not is_known_header(lines):
                    texts = tuple(
                        _DIGITS.sub("#", " ".join(ln.text for ln in cell.lines)) for cell in grid.cells
                    )
                    shapes[texts].append((layout, grid))
    found: list[Furniture] = []
    for hits in shapes.values():
        if len(hits) < _fewest(len(layouts)):
            continue
        for layout, grid in hits:
            layout.grids.remove(grid)
            layout.removed.append(grid.box)
            kind = "head" if grid.box[1] < layout.height / 2 else "foot"
            words = [w for cell in grid.cells for w in cell.words]
            text = " ".join(line.text for cell in grid.cells for line in cell.lines)
            found.append(Furniture(kind, text, Place(min(w.line for w in words), layout.number)))
    return found


def _drop_repeated_marks(layouts: Sequence[PageLayout]) -> None:
    """Logos: the same small picture in the same place of most pages."""
    places: dict[tuple[int, int], int] = defaultdict(int)
    for layout in layouts:
        for mark in layout.marks:
            places[round(mark.box[0] / 3), round(mark.box[1] / 3)] += _in_band(mark.box[1], layout)
    often = {place for place, count in places.items() if count >= 3 and count >= 0.4 * len(layouts)}
    for layout in layouts:
        layout.marks = [m for m in layout.marks if (round(m.box[0] / 3), round(m.box[1] / 3)) not in often]


def _drop_repeated_rules(layouts: Sequence[PageLayout]) -> None:
    """Rules under a page head or over a foot would otherwise frame the page as a table."""
    places: dict[int, int] = defaultdict(int)
    for layout in layouts:
        for at in {
            round(r.at / 2)
            for r in layout.horizontals
            if r.at < 0.13 * layout.height or r.at > 0.9 * layout.height
        }:
            places[at] += 1
    often = {at for at, count in places.items() if count >= 3 and count >= 0.6 * (len(layouts) - 1)}
    for layout in layouts:
        top = min([ln.line.y0 for ln in layout.lines] + [g.box[1] for g in layout.grids], default=0.0)
        bottom = max(
            [ln.line.y1 for ln in layout.lines] + [g.box[3] for g in layout.grids], default=layout.height
        )
        layout.horizontals = [
            r for r in layout.horizontals if round(r.at / 2) not in often or top - 1 < r.at < bottom + 1
        ]


def take_contents(layouts: Sequence[PageLayout]) -> list[Furniture]:
    """Remove the table of contents: from its heading to its last entry, or lines with dot leaders."""
    flat = [(layout, printed) for layout in layouts for printed in layout.lines]
    texts = [printed for _, printed in flat]
    gone = _headed(texts, len(layouts)) | _led(texts)
    for index in sorted(gone, reverse=True):
        layout, printed = flat[index]
        _remove(layout, printed)
    return [Furniture("contents", texts[i].text, texts[i].place) for i in sorted(gone)]


def _headed(lines: Sequence[PrintedLine], pages: int) -> set[int]:
    start = next((i for i, ln in enumerate(lines[:800]) if key(ln.text) in CONTENTS), None)
    if start is None:
        return set()
    if end := end_of_contents([printed.text for printed in lines], start):
        return set(range(start, end))
    last, page = start, 0
    for i in range(start + 1, len(lines)):
        if i - last > 6 or lines[i].page > lines[last].page + 1:
            break
        found = _entry_page(lines[i])
        if found is not None and page <= found <= pages + 20:
            last, page = i, found
    return set(range(start, last + 1))


def _entry_page(printed: PrintedLine) -> int | None:
    """The page that an entry names: after a dot leader, or alone at the right after a wide gap."""
    if _LED.search(printed.text):
        return without_leader(printed.text)[1]
    words = printed.line.words
    if len(words) > 1 and words[-1].text.isdecimal() and len(words[-1].text) <= 3:
        gap = words[-1].x0 - words[-2].x1
        if gap > 1.0 * printed.height:
            return int(words[-1].text)
    return None


def _led(lines: Sequence[PrintedLine]) -> set[int]:
    found: set[int] = set()
    for i, printed in enumerate(lines):
        if not _LED.search(printed.text):
            continue
        found.add(i)
        j = i - 1
        while j >= 0 and i - j < 4 and j not in found and lines[j].page == printed.page:
            pitch = lines[j + 1].middle - lines[j].middle
            above = lines[j].text
            if (
                pitch > 1.7 * lines[j].height
                or len(above) < 20
                or status_words(above)
                or key(above) in CONTENTS
            ):
                break
            found.add(j)
            if goal_heading(lines[j].text):
                break
            j -= 1
    return found
