"""From a Word document's body to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vbdata.extract.document import (
    Block,
    Cell,
    Document,
    Doubt,
    Furniture,
    Heading,
    Icon,
    ListItem,
    Paragraph,
    Place,
    Printed,
    Row,
    StatusLine,
    Table,
)
from vbdata.extract.docx.markup import (
    A,
    R,
    V,
    W,
    children,
    clean,
    direct,
    hex_icon,
    in_fallback,
    is_merged_rest,
    is_on,
    number,
    own_paragraph,
    paragraphs_in,
    rows_of,
    symbol_icon,
)
from vbdata.extract.docx.opening import check, open_document, refuse
from vbdata.extract.docx.styles import PLAIN, Style, has_numbering, is_bold_line, outline, styles_of
from vbdata.extract.docx.text import text_of
from vbdata.extract.icons import icon_of_picture
from vbdata.extract.recognise import (
    goal_heading,
    heading_of,
    is_list_item,
    item_text,
    section_of,
    status_words,
)

MAX_COLUMNS = 200
_CONTENTS_STYLE = re.compile(r"^(?:toc|innehåll|innehall)\s*(?:heading|\d)", re.I)


def read_docx(path: Path) -> Document:
    """A Word file as a Document.

    Places hold the ordinal of the paragraph or table row in the document, counted from its
    beginning, empty paragraphs and contents included. Word files have no pages of their own.

    Raises
    ------
    UnreadableFileError
        When the file is no .docx (a legacy .doc, or one with macros), locked by a password,
        damaged, empty, or absurdly large.
    """
    check(path)
    source = open_document(path)
    reader = _Reader(source)
    try:
        reader.read()
        heads = tuple(_heads_and_feet(source, reader.styles))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        # Parts of the wrong kind or without what they must have; python-docx does not check them.
        raise refuse(path, "filen är skadad: dess delar hör inte ihop") from error
    if not reader.blocks:
        raise refuse(path, "filen har ingen text")
    furniture = (*heads, *reader.furniture)
    doubts = tuple(reader.doubts)
    return Document(path, "docx", tuple(reader.blocks), None, furniture, doubts, tuple(reader.seen))


def _heads_and_feet(document: Any, styles: dict[str, Style]) -> Iterator[Furniture]:
    seen: set[tuple[str, str]] = set()
    for section in document.sections:
        for kind, part in (
            ("head", section.header), ("head", section.first_page_header), ("foot", section.footer),
            ("foot", section.first_page_footer),
        ):  # fmt: skip
            if part.is_linked_to_previous:
                continue
            text = " ".join(t for p in part._element.iter(f"{W}p") if (t := text_of(p, styles).strip()))
            if text and (kind, text) not in seen:
                seen.add((kind, text))
                yield Furniture(kind, text, Place())


@dataclass
class _Reader:
    """One pass over the body; `line` is the ordinal of the paragraph or table row under way."""

    document: Any
    blocks: list[Block] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    seen: list[Printed] = field(default_factory=list)
    line: int = 0
    styles: dict[str, Style] = field(default_factory=dict)
    pictures: dict[str, Icon | None] = field(default_factory=dict)

    def read(self) -> None:
        self.styles = styles_of(self.document)
        for element in children(self.document.element.body):
            if element.tag == f"{W}p":
                self._paragraph(element)
            elif element.tag == f"{W}tbl":
                self._table(element)
            elif element.tag == "contents":
                self._contents(element)

    def _contents(self, wrapper: Any) -> None:
        for paragraph in wrapper.iter(f"{W}p"):
            self.line += 1
            if text := clean(text_of(paragraph, self.styles)):
                self.furniture.append(Furniture("contents", text, Place(self.line)))

    def _paragraph(self, element: Any) -> None:
        self.line += 1
        where = Place(self.line)
        raw = text_of(element, self.styles, self.unshown)
        text = clean(raw)
        self.seen.append(Printed(text, where))
        style = self._style(element)
        icon = self._icon(element)
        if text and _CONTENTS_STYLE.match(style.name):
            self.unshown.clear()
            self.furniture.append(Furniture("contents", text, where))
        elif text:
            self.blocks.extend(self._blocks(element, raw, style, icon, where))
        elif icon is not None and self._after_goal():
            self.blocks.append(StatusLine("", where, icon))
        self._say_unshown(where)
        for box in element.iter(f"{W}txbxContent"):
            if not in_fallback(box) and own_paragraph(box) is element:
                self._box(box)

    def _box(self, box: Any) -> None:
        for child in children(box):
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)

    def _blocks(
        self, element: Any, raw: str, style: Style, icon: Icon | None, where: Place
    ) -> Sequence[Block]:
        text = heading_of([words for line in raw.split("\n") if (words := clean(line))])
        if status_words(text):
            return [StatusLine(text, where, icon)]
        depth = outline(element) or style.depth
        if (
            depth is not None
            or goal_heading(text)
            or section_of(text, 100.0)
            or is_bold_line(element, text, style)
        ):
            heading = Heading(text, where, depth, text)
            return [heading, StatusLine("", where, icon)] if icon and icon.status else [heading]
        if has_numbering(element, style) or is_list_item(text):
            return [ListItem(item_text(text), where, _lines(raw, where))]
        return [Paragraph(text, where, _lines(raw, where))]

    def _say_unshown(self, where: Place) -> None:
        """Say that words with digits are struck through or hidden, and so not read."""
        if self.unshown:
            words = ", ".join(f"”{clean(each)}”" for each in self.unshown)
            detail = f"{words} är överstruket eller dolt och är inte läst."
            self.doubts.append(Doubt("left_over", detail, where))
            self.unshown.clear()

    def _after_goal(self) -> bool:
        last = self.blocks[-1] if self.blocks else None
        return isinstance(last, Heading) and goal_heading(last.text) is not None

    def _style(self, element: Any) -> Style:
        found = element.find(f"{W}pPr/{W}pStyle")
        name = found.get(f"{W}val") if found is not None else ""
        return self.styles.get(name, PLAIN)

    # ------------------------------------------------------------------------------ tables

    def _table(self, element: Any) -> None:
        rows: list[Row] = []
        frames = [list(direct(tr, f"{W}tc")) for tr in rows_of(element)]
        if all(len(frame) == 1 for frame in frames) and (
            len(frames) == 1 or element.find(f".//{W}tbl") is not None
        ):
            for (cell,) in frames:  # a frame round running text, or tables
                self._box(cell)
            return
        for tr in rows_of(element):
            self.line += 1
            cells = self._cells(tr, Place(self.line))
            if is_on(tr.find(f"{W}trPr/{W}hidden")):
                self.unshown.extend(c.text for c in cells if any(map(str.isdigit, c.text)))
                cells = []
            self._say_unshown(Place(self.line))
            if any(cell.text or cell.icon for cell in cells):
                rows.append(Row(tuple(cells), Place(self.line)))
        if not rows:
            return
        block = self._table_block(rows)
        self.blocks.extend(block)

    def _table_block(self, rows: list[Row]) -> list[Block]:
        width = max(len(row.cells) for row in rows)
        if len(rows) == 1:
            text = " ".join(cell.text for cell in rows[0].cells if cell.text)
            if status_words(text):
                return [
                    StatusLine(text, rows[0].place, next((c.icon for c in rows[0].cells if c.icon), None))
                ]
        padded = [
            row if len(row.cells) == width
            else Row(row.cells + (Cell("", row.place),) * (width - len(row.cells)), row.place)
            for row in rows
        ]  # fmt: skip
        return [Table(tuple(padded), rows[0].place)]

    def _cells(self, tr: Any, where: Place) -> list[Cell]:
        """A row's cells by grid column; a merged cell stands once, followed by empty ones."""
        before = number(tr.find(f"{W}trPr/{W}gridBefore"))
        cells = [Cell("", where)] * min(before, MAX_COLUMNS)
        for tc in direct(tr, f"{W}tc"):
            span = max(number(tc.find(f"{W}tcPr/{W}gridSpan")), 1)
            cells.append(Cell("", where) if is_merged_rest(tc) else self._cell(tc, where))
            cells += [Cell("", where)] * min(span - 1, MAX_COLUMNS - len(cells))
            if len(cells) >= MAX_COLUMNS:
                break
        after = number(tr.find(f"{W}trPr/{W}gridAfter"))
        return cells + [Cell("", where)] * min(after, max(MAX_COLUMNS - len(cells), 0))

    def _cell(self, tc: Any, where: Place) -> Cell:
        shown = (clean(text_of(p, self.styles, self.unshown)) for p in paragraphs_in(tc))
        lines = [line for line in shown if line]
        printed = tuple(Printed(line, where) for line in lines)
        self.seen.extend(printed)
        return Cell(" ".join(lines), where, self._icon(tc), printed)

    # ------------------------------------------------------------------------------- icons

    def _icon(self, element: Any) -> Icon | None:
        """The first icon in a paragraph or cell: picture, shape, or coloured symbol."""
        for node in element.iter(f"{A}blip", f"{V}imagedata", f"{A}solidFill", f"{V}oval", f"{V}shape",
                                 f"{V}rect", f"{W}r"):  # fmt: skip
            if in_fallback(node):
                continue
            icon = self._icon_of(node)
            if icon is not None and icon.colour not in ("black",):
                return icon
        return None

    def _icon_of(self, node: Any) -> Icon | None:
        if node.tag in (f"{A}blip", f"{V}imagedata"):
            return self._picture(node.get(f"{R}embed") or node.get(f"{R}id") or "")
        if node.tag == f"{A}solidFill":
            colour = node.find(f"{A}srgbClr")
            inside_line = node.getparent() is not None and node.getparent().tag == f"{A}ln"
            return None if colour is None or inside_line else hex_icon(colour.get("val"))
        if node.tag == f"{W}r":
            return symbol_icon(node)
        return hex_icon((node.get("fillcolor") or "").split(" ")[0])

    def _picture(self, relation: str) -> Icon | None:
        if relation not in self.pictures:
            part = self.document.part.related_parts.get(relation)
            blob = getattr(part, "blob", b"") if part is not None else b""
            self.pictures[relation] = icon_of_picture(blob) if 0 < len(blob) < 2_000_000 else None
        return self.pictures[relation]


def _lines(raw: str, where: Place) -> tuple[Printed, ...]:
    """Lines that the writer broke, where there are several."""
    lines = tuple(Printed(line, where) for part in raw.split("\n") if (line := clean(part)))
    return lines if len(lines) > 1 else ()
