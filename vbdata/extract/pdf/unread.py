"""What is not read, or not surely: pictures, letters that lie across the page or have no meaning."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from vbdata.errors import UnreadableFileError
from vbdata.extract.document import Doubt, Furniture, Place
from vbdata.extract.pdf.layout import PageLayout
from vbdata.extract.pdf.pages import Word

_PICTURE = 0.3  # of a page without text: so much of it is a picture
_MEANINGLESS = 0.3  # of all characters: where more have no meaning, the file's words are lost
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_REPEATS = 3


def take_across(layouts: Sequence[PageLayout]) -> list[Furniture]:
    """Take what lies across the page in the same words on several pages, such as a watermark."""
    found: dict[str, list[PageLayout]] = defaultdict(list)
    for layout in layouts:
        if layout.astray:
            found[across(layout.astray)].append(layout)
    taken: list[Furniture] = []
    for text, on in found.items():
        if len(on) >= max(2, min(_REPEATS, len(layouts))) and any(
            layout.lines or layout.grids for layout in on
        ):
            taken += [Furniture("across", text, Place(layout.astray[0].line, layout.number)) for layout in on]
            for layout in on:
                layout.astray = []
    return taken


def across(words: Sequence[Word]) -> str:
    """Words that do not run along the line, in the order of the file; letters that follow make one."""
    text, end = "", -1
    for word in sorted(words, key=lambda w: w.index):
        text += word.text if word.index == end or not text else f" {word.text}"
        end = word.index + len(word.text)
    return text


def check_letters(layouts: Sequence[PageLayout], path: Path) -> None:
    """Refuse a file whose fonts do not tell which letters they show.

    Raises
    ------
    UnreadableFileError
        When too many of its characters have no meaning.
    """
    texts = [ln.text for layout in layouts for ln in layout.lines]
    texts += [ln.text for layout in layouts for grid in layout.grids for c in grid.cells for ln in c.lines]
    count = sum(map(len, texts))
    without = sum(len(_NO_LETTER.findall(text)) for text in texts)
    if without > _MEANINGLESS * count:
        raise UnreadableFileError(
            "filens teckensnitt säger inte vilka bokstäver de visar",
            source=path.name,
            hint="exportera på nytt, eller kör ocrmypdf --force-ocr -l swe och läs in resultatet",
        )


def unread_pages(layouts: Sequence[PageLayout]) -> Iterator[Doubt]:
    """A doubt for each run of pages without text, and for each page with text across its lines."""
    for what, pages in _runs(layouts):
        where = f"Sidan {pages[0]}" if len(pages) == 1 else f"Sidorna {pages[0]}–{pages[-1]}"
        yield Doubt("page_unread", f"{where} {what}", Place(None, pages[0]))
    for layout in layouts:
        if layout.astray:
            yield _astray(layout)


def recognised_pages(layouts: Sequence[PageLayout]) -> Iterator[Doubt]:
    """A doubt for a file of which a program has seen the words in pictures: any of them may be wrong."""
    pages = [layout.number for layout in layouts if layout.recognised]
    if pages:
        where = "sidan" if len(layouts) == 1 else f"{len(pages)} av {len(layouts)} sidor"
        detail = (
            f"Texten på {where} är läst ur bilder med textigenkänning (OCR), så att tal och ord kan vara fel."
        )
        yield Doubt("text_recognised", detail, Place(None, pages[0]))


def _runs(layouts: Sequence[PageLayout]) -> Iterator[tuple[str, list[int]]]:
    """Pages after each other of which nothing was read, with the reason."""
    last, pages = "", list[int]()
    for layout in layouts:
        why = _why_unread(layout)
        if why != last and pages:
            yield last, pages
            pages = []
        last = why
        if why:
            pages = [*pages, layout.number]
    if pages:
        yield last, pages


def _why_unread(layout: PageLayout) -> str:
    if layout.damaged:
        return "går inte att läsa: filen är skadad där."
    if layout.lines or layout.grids or layout.astray:
        return ""
    return "är bild utan text: det som står där är inte läst." if layout.pictured > _PICTURE else ""


def _astray(layout: PageLayout) -> Doubt:
    text = across(layout.astray)
    where = Place(layout.astray[0].line, layout.number)
    if layout.lines or layout.grids:
        detail = f"Text som inte löper längs raderna på sidan {layout.number} är inte läst: ”{text}”"
        return Doubt("left_over", detail, where)
    detail = (
        f"Sidan {layout.number} är vriden så att texten inte löper längs raderna, och är inte läst: ”{text}”"
    )
    return Doubt("page_unread", detail, where)
