"""What is not read, or not surely: pictures, letters that lie across the page or have no meaning."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from vbdata.errors import UnreadableFileError
from vbdata.extract.document import Doubt, Furniture, Place
from vbdata.extract.pdf.printed import Page, Word, lines_of

_PICTURE = 0.3  # of a page without text: so much of it is a picture
_MEANINGLESS = 0.3  # of all characters: where more have no meaning, the file's words are lost
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_REPEATS = 3
_PROSE = 8  # words of a line that is running text, and no cell's


def take_across(pages: Sequence[Page]) -> list[Furniture]:
    """Take what lies across the page in the same words on several pages, such as a watermark."""
    found: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        if page.astray:
            found[across(page.astray)].append(page)
    taken: list[Furniture] = []
    for text, on in found.items():
        if len(on) >= max(2, min(_REPEATS, len(pages))) and any(page.lines or page.grids for page in on):
            taken += [Furniture("across", text, Place(page.astray[0].line, page.number)) for page in on]
            for page in on:
                page.astray = []
    return taken


def across(words: Sequence[Word]) -> str:
    """Words that do not run along the line, in the order of the file; letters that follow make one."""
    text, end = "", -1
    for word in sorted(words, key=lambda w: w.index):
        text += word.text if word.index == end or not text else f" {word.text}"
        end = word.index + len(word.text)
    return text


def check_letters(pages: Sequence[Page], path: Path) -> None:
    """Refuse a file whose fonts do not tell which letters they show.

    Raises
    ------
    UnreadableFileError
        When too many of its characters have no meaning.
    """
    texts = [line.text for page in pages for line in page.all_lines]
    count = sum(map(len, texts))
    without = sum(len(_NO_LETTER.findall(text)) for text in texts)
    if without > _MEANINGLESS * count:
        raise UnreadableFileError(
            "filens teckensnitt säger inte vilka bokstäver de visar",
            source=path.name,
            hint="exportera på nytt, eller kör ocrmypdf --force-ocr -l swe och läs in resultatet",
        )


def check_sheets(pages: Sequence[Page], path: Path) -> None:
    """Refuse a file that has two pages side by side on each sheet: its lines would be read across both.

    Raises
    ------
    UnreadableFileError
        When all pages lie, running text stands in both halves of one, and no word over the middle of any.
    """
    written = [page for page in pages if page.words]
    if not all(page.width > page.height and not _over_middle(page) for page in written):
        return
    if any(_is_prose(page, right=False) and _is_prose(page, right=True) for page in written):
        raise UnreadableFileError(
            "varje ark har två sidor bredvid varandra",
            source=path.name,
            hint="exportera eller skriv ut med en sida per ark",
        )


def _over_middle(page: Page) -> bool:
    middle = page.width / 2
    grids = any(grid.box[0] < middle < grid.box[2] for grid in page.grids if not grid.placed)
    return grids or any(word.x0 < middle < word.x1 for word in page.words)


def _is_prose(page: Page, *, right: bool) -> bool:
    """Whether a line of running text stands in a half of a page."""
    half = [word for word in page.words if (word.x0 > page.width / 2) == right]
    return any(len(line.words) >= _PROSE for line in lines_of(half))


def unread_pages(pages: Sequence[Page]) -> Iterator[Doubt]:
    """A doubt for each run of pages without text, and for each page with text across its lines."""
    for what, run in _runs(pages):
        where = f"Sidan {run[0]}" if len(run) == 1 else f"Sidorna {run[0]}–{run[-1]}"
        yield Doubt("page_unread", f"{where} {what}", Place(None, run[0]))
    for page in pages:
        if page.astray:
            yield _astray(page)


def recognised_pages(pages: Sequence[Page]) -> Iterator[Doubt]:
    """A doubt for a file of which a program has seen the words in pictures: any of them may be wrong."""
    seen = [page.number for page in pages if page.recognised]
    if seen:
        where = "sidan" if len(pages) == 1 else f"{len(seen)} av {len(pages)} sidor"
        detail = (
            f"Texten på {where} är läst ur bilder med textigenkänning (OCR), så att tal och ord kan vara fel."
        )
        yield Doubt("text_recognised", detail, Place(None, seen[0]))


def _runs(pages: Sequence[Page]) -> Iterator[tuple[str, list[int]]]:
    """Pages after each other of which nothing was read, with the reason."""
    for why, run in groupby(pages, key=_why_unread):
        if why:
            yield why, [page.number for page in run]


def _why_unread(page: Page) -> str:
    if page.damaged:
        return "går inte att läsa: filen är skadad där."
    if page.lines or page.grids or page.astray:
        return ""
    return "är bild utan text: det som står där är inte läst." if page.pictured > _PICTURE else ""


def _astray(page: Page) -> Doubt:
    text = across(page.astray)
    where = Place(page.astray[0].line, page.number)
    if page.lines or page.grids:
        detail = f"Text som inte löper längs raderna på sidan {page.number} är inte läst: ”{text}”"
        return Doubt("left_over", detail, where)
    detail = (
        f"Sidan {page.number} är vriden så att texten inte löper längs raderna, och är inte läst: ”{text}”"
    )
    return Doubt("page_unread", detail, where)
