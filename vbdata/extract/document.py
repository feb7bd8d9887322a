"""What every reader gives: a document is a sequence of blocks, each with its place.

Parsing and everything after it see only this, never the file format.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from vbdata.extract.headers import Columns


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: page (missing where the format has none) and line, from 1.

    For Word files `line` is the ordinal of the paragraph or table row.
    """

    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        parts = [f"s. {self.page}" if self.page else "", f"rad {self.line}" if self.line else ""]
        return ", ".join(p for p in parts if p)


@dataclass(frozen=True, slots=True)
class Printed:
    """What one printed line holds of a text, and where that line stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Icon:
    """A status or indicator icon whose colour was read (PDF, Word).

    `status` is what the colour says: ``met``, ``partly_met``, ``not_met``, ``no_data``.
    """

    colour: str
    status: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its text with broken words mended and line breaks as spaces.

    `lines` holds each printed line of it; none where all of it stands at `place`.
    """

    text: str
    place: Place
    icon: Icon | None = None
    lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One table row, in reading order; merged cells stand once, followed by empty ones.

    `margin` is by how much its lines are its own rather than another row's, where only their places tell that
    (see `vbdata.extract.tables.costs`).
    """

    cells: tuple[Cell, ...]
    place: Place
    margin: float | None = None

    @classmethod
    def of(cls, texts: Iterable[str], where: Place) -> Row:
        """A row of texts as they are printed."""
        return cls(tuple(Cell(text, where) for text in texts), where)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: a line marked up as one, or one that the vocabulary knows as one.

    `depth` is the outline depth of the mark-up (1 is highest), missing where the source has none.
    `text` is free of mark-up, with wrapped lines joined.
    """

    text: str
    place: Place
    depth: int | None = None
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text with wrapped lines joined; `lines` keeps them apart where the source has lines."""

    text: str
    place: Place
    lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list, without its mark; `lines` as in a paragraph, the first with its mark."""

    text: str
    place: Place
    lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A line that holds a status and nothing else, or an icon alone (then `text` is empty)."""

    text: str
    place: Place
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, of which the first `head` are the header; `columns` are missing in a table of the unit's own."""

    rows: tuple[Row, ...]
    place: Place
    columns: Columns | None = None
    head: int = 0

    @property
    def body(self) -> tuple[Row, ...]:
        return self.rows[self.head :]

    @classmethod
    def headed(cls, titles: Iterable[str], rows: Iterable[Row], where: Place) -> Table:
        """A table under the titles of its header, which stands at `where`."""
        return cls((Row(tuple(Cell(title, where) for title in titles), where), *rows), where)


@dataclass(frozen=True, slots=True)
class PageBreak:
    place: Place


Block = Heading | Paragraph | ListItem | StatusLine | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that was taken out of the blocks: ``head``, ``foot``, ``page_number``, ``contents``, ``across``.

    What stands ``across`` does not run along the lines, such as a watermark; ``mail`` is what an e-mail
    that holds the report says itself.
    """

    kind: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that the reader was not sure of; becomes a finding.

    `code` is a finding code of vocabulary/findings.csv, `detail` goes into its message.
    """

    code: str
    detail: str
    place: Place


@dataclass(frozen=True, slots=True)
class Document:
    """A file as a sequence of blocks in reading order.

    Attributes
    ----------
    source
        Path of the file as given.
    format
        ``txt``, ``md``, ``pdf``, ``docx``.
    blocks
        Without page heads and feet, page numbers and the table of contents; those are in
        `furniture`.
    pages
        Number of pages, missing where the format has none.
    source_lines
        The words of the file as the reader met them, line by line, before anything was made of them; of a
        text those lines that have a number.
    """

    source: Path
    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    furniture: tuple[Furniture, ...] = ()
    doubts: tuple[Doubt, ...] = field(default=())
    source_lines: tuple[Printed, ...] = field(default=(), repr=False)


def printed(part: Cell | Paragraph | ListItem) -> tuple[Printed, ...]:
    """The printed lines of a part; one where it keeps none apart, and none where it is empty.

    >>> printed(Cell("85 %", Place(7)))
    (Printed(text='85 %', place=Place(line=7, page=None)),)
    """
    return part.lines or ((Printed(part.text, part.place),) if part.text.strip() else ())


def relined(lines: Sequence[Printed], text: str) -> tuple[Printed, ...]:
    """The words of a changed text on the lines of the one before; a new word stands where an old one stood.

    >>> lines = Printed("Ring Ann", Place(1)), Printed("Alm på måndag.", Place(2))
    >>> [(line.text, line.place.line) for line in relined(lines, "Ring [namn] på måndag.")]
    [('Ring [namn]', 1), ('på måndag.', 2)]
    """
    old = [(word, number) for number, line in enumerate(lines) for word in line.text.split()]
    if not old:
        return ()
    new = text.split()
    kept: dict[int, list[str]] = {}
    pairs = SequenceMatcher(None, [word for word, _ in old], new, autojunk=False)
    for tag, first, _, start, end in pairs.get_opcodes():
        for i, word in enumerate(new[start:end]):
            at = min(first + (i if tag == "equal" else 0), len(old) - 1)
            kept.setdefault(old[at][1], []).append(word)
    return tuple(Printed(" ".join(words), lines[number].place) for number, words in kept.items())


def texts_in(value: Any) -> list[str]:
    """Every text in frozen dataclasses and tuples of them, in no certain order.

    Places hold none, and printed lines none that the text they are lines of does not hold.

    >>> sorted(texts_in((Paragraph("Mål", Place(1)), ("a", None))))
    ['Mål', 'a']
    """
    found: list[str] = []
    waiting = [(value,)]
    while waiting:
        each = waiting.pop()
        kind = type(each)
        parts = each if kind is tuple else [getattr(each, name) for name in _field_names(kind)]  # type: ignore[arg-type]  # a class can be hashed
        for part in parts:
            (found if type(part) is str else waiting).append(part)
    return found


_TEXTLESS = ("Place", "int", "int | None", "float | None", "Columns | None", "tuple[Printed, ...]")
"""Types of fields that hold no text of their own."""


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    if kind in (Place, Printed) or not is_dataclass(kind):
        return ()
    return tuple(each.name for each in fields(kind) if each.type not in _TEXTLESS)
