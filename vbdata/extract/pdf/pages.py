"""One page of a PDF as words, rules and marks, in points from the page's top left corner.

pdfium is asked as seldom as possible: the text of a page in one call, then the boxes of each
word's first and last character. Ten calls a word would cost more than pdfium's own work.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vbdata.extract.icons import icon_of_colour
from vbdata.extract.pdf.calls import INT, POINTER, fast
from vbdata.extract.pdf.drawing import Box, Mark, Transform, drawing_of
from vbdata.extract.pdf.printed import Page, Word

_ABOVE, _BELOW = 0.92, 0.23  # of the font's size: a line's top and bottom from its baseline
MAX_CHARACTERS = 200_000
_WORD = re.compile(r"[^\s\u0002\ufffe]+[\u0002\ufffe]?|[\u0002\ufffe]")
_SPACES = frozenset((" ", "\u00a0"))
_NOTE = re.compile(r"\(?\d{1,2}[),]?|\*{1,3}\)?|[†‡]")
_NOTE_AFTER = re.compile(r"(?<=.)(?:\(?\d{1,2}[),]?|\*{1,3}\)?|[†‡])$")
_SMALLER = 0.9  # of the letters beside it: a mark of a note is not larger
_NEAR = 6.0  # farther than this from the word's end stands no mark of a note
_SCANNED = 0.5  # of a page: where so much is picture, its words may be what a program saw in it
_TWICE = 0.12  # of the line's height: what is printed again no farther off is one word
_MEASURES = frozenset({"m", "km", "dm", "cm", "mm"})  # a raised figure after them is a power
_SYMBOLS = frozenset("●⬤•■◼▪▲▼◆♦○◯◉⚫⚪✓✔☑✗✘✖➔➜→↑↓★☆")

_Across = tuple[float | None, float | None, bool, int | None]
"""Bottom and top of a line (left and right where it is upright), and its direction; see `Characters.box`."""
_NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)

_char_box = fast(raw.FPDFText_GetLooseCharBox, POINTER, INT, POINTER)
_char_matrix = fast(raw.FPDFText_GetMatrix, POINTER, INT, POINTER)
_is_generated = fast(raw.FPDFText_IsGenerated, POINTER, INT)
_font_size = fast(raw.FPDFText_GetFontSize, POINTER, INT, result=ctypes.c_double)


class Characters:
    """The text page of pdfium: boxes and fonts of single characters."""

    def __init__(self, page: pdfium.PdfPage, view: Transform) -> None:
        self.page = page
        self.direction: int | None = 0
        self.is_raised = False
        self._turn = page.get_rotation()
        self._textpage = page.get_textpage()
        self._raw = self._textpage.raw
        self._address = ctypes.cast(self._raw, ctypes.c_void_p).value
        self._view = view
        self._four = (ctypes.c_float * 4)()
        self._at = ctypes.addressof(self._four)
        self._matrix = (ctypes.c_float * 6)()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._lines: dict[tuple[float, float], _Across] = {}
        self._name = ctypes.create_string_buffer(96)
        self._flags = ctypes.c_int()

    def close(self) -> None:
        self.close_text()
        self.page.close()

    def close_text(self) -> None:
        self._textpage.close()

    def text(self) -> str:
        """All characters, one for each index (pdfium's own call leaves some out)."""
        count = min(max(raw.FPDFText_CountChars(self._raw), 0), MAX_CHARACTERS)
        buffer = (ctypes.c_ushort * (count + 1))()
        raw.FPDFText_GetText(self._raw, 0, count, buffer)
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count and "\x00" not in text:
            return text
        codes = (raw.FPDFText_GetUnicode(self._raw, i) for i in range(count))
        return "".join(chr(c) if 0 < c < 0x110000 else "\ufffd" for c in codes)

    def box(self, first: int, last: int) -> Box:
        """Where characters `first` to `last` of one word stand.

        Along the line pdfium's boxes are right. Across it they follow the shape of each letter in
        some fonts, so that the baseline and the size of the font are used: one line, one height.
        They are those of an earlier word where both start with boxes of the same bottom and top.
        `direction` tells how the word runs on the displayed page, in degrees to the left, None where it
        is aslant, and `is_raised` whether its last character may stand higher and smaller than its first.
        """
        four = self._four
        self.is_raised = False
        if not _char_box(self._address, first, self._at):
            return _NOWHERE
        left, top, right, bottom = four
        seen = (bottom, top)
        if last > first and _char_box(self._address, last, self._at):
            x0, y1, x1, y0 = four
            tall = top - bottom
            self.is_raised = y1 - y0 < 0.9 * tall and y0 > bottom + 0.1 * tall
            left, right, bottom, top = min(left, x0), max(right, x1), min(bottom, y0), max(top, y1)
        across = self._lines.get(seen)
        if across is None or across[2]:
            across = self._lines[seen] = self._across(first)
        low, high, upright, self.direction = across
        if low is None or high is None:
            return self._view(left, bottom, right, top)
        if upright:
            return self._view(low, bottom, high, top)
        return self._view(left, low, right, high)

    def _across(self, index: int) -> _Across:
        """Bottom and top of a character's line by its baseline, and how the line runs."""
        _char_matrix(self._address, index, self._matrix_at)
        size = _font_size(self._address, index)
        a, b, c, d, e, f = self._matrix
        upright = abs(a) < 0.2 * abs(b)
        direction = self._runs(a, b) if size >= 0 else self._runs(-a, -b)
        if size <= 0 or (abs(b) >= 0.2 * abs(a) and not upright):
            return None, None, upright, direction
        base, up = (e, c) if upright else (f, d)
        low, high = base - _BELOW * size * up, base + _ABOVE * size * up
        return min(low, high), max(low, high), upright, direction

    def _runs(self, a: float, b: float) -> int | None:
        if abs(b) < 0.2 * abs(a):
            angle = 0 if a > 0 else 180
        elif abs(a) < 0.2 * abs(b):
            angle = 90 if b > 0 else 270
        else:
            return None if a or b else 0
        return (angle - self._turn) % 360

    def size(self, index: int) -> float:
        """Height of a character's font as it is printed."""
        _char_matrix(self._address, index, self._matrix_at)
        a, b, *_ = self._matrix
        return float(abs(_font_size(self._address, index)) * math.hypot(a, b))

    def is_generated(self, index: int) -> bool:
        return _is_generated(self._address, index) == 1

    def are_one(self, first: int, second: int) -> bool:
        """Whether two characters were written in one go; programs that write each by itself tell nothing."""
        objects = [raw.FPDFText_GetTextObject(self._raw, index) for index in (first, second)]
        one, other = (ctypes.cast(found, ctypes.c_void_p).value for found in objects)
        return one is not None and one == other

    def is_bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._raw, index) >= 600:
            return True
        size = raw.FPDFText_GetFontInfo(self._raw, index, self._name, 96, self._flags)
        name = self._name.raw[: min(size, 96)].lower()
        return any(word in name for word in (b"bold", b"black", b"heavy", b"-bd"))

    def colour(self, index: int) -> tuple[int, int, int] | None:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not raw.FPDFText_GetFillColor(self._raw, index, *parts):
            return None
        return parts[0].value, parts[1].value, parts[2].value

    def is_invisible(self, index: int) -> bool:
        """Whether a character is in the file and not printed."""
        found = raw.FPDFText_GetTextObject(self._raw, index)
        return bool(found) and raw.FPDFTextObj_GetTextRenderMode(found) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


def read_page(document: pdfium.PdfDocument, index: int) -> tuple[Page, Characters]:
    """Read one page. The caller closes its characters when it is done with them."""
    page = document[index]
    found, characters = _read_page(page, index)
    if turn := found.turned:
        characters.close_text()
        page.set_rotation((page.get_rotation() + turn) % 360)
        found, characters = _read_page(page, index)
        found.turned = turn
    return found, characters


def _read_page(page: pdfium.PdfPage, index: int) -> tuple[Page, Characters]:
    view, width, height = _view_of(page)
    characters = Characters(page, view)
    text = characters.text()
    drawn = drawing_of(page, view)
    words, astray = _words(text, characters, width, height)
    found = Page(
        number=index + 1,
        width=width,
        height=height,
        words=words,
        horizontals=drawn.horizontals,
        verticals=drawn.verticals,
        marks=drawn.marks + _symbol_marks(words, characters),
        shades=drawn.shades,
        unreadable=[w for w in words if "\ufffd" in w.text and len(w.text) > 1] if "\ufffd" in text else [],
        astray=[word for word, _ in astray],
        turned=_most_common_turn(words, astray),
        pictured=min(drawn.pictured / max(width * height, 1.0), 1.0),
    )
    if found.pictured > _SCANNED:
        found.recognised = 2 * sum(characters.is_invisible(w.index) for w in words) > len(words)
    _number_lines(found.words, found.number)
    _number_lines(found.astray, found.number)
    return found, characters


def _most_common_turn(words: Sequence[Word], astray: Sequence[tuple[Word, int | None]]) -> int:
    """How far to turn a page to the right so that most of its letters run along the line."""
    letters: Counter[int | None] = Counter()
    for word, direction in astray:
        letters[direction] += len(word.text)
    turn, count = letters.most_common(1)[0] if letters else (0, 0)
    return turn if turn and count > sum(len(word.text) for word in words) else 0


def _view_of(page: pdfium.PdfPage) -> tuple[Transform, float, float]:
    """Map pdfium's page space (y upwards, unrotated, any origin) to what a reader sees."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation() % 360
    if turn == 90:
        return (lambda a, b, c, d: (b - bottom, a - left, d - bottom, c - left)), top - bottom, right - left
    if turn == 180:
        return (lambda a, b, c, d: (right - c, b - bottom, right - a, d - bottom)), right - left, top - bottom
    if turn == 270:
        return (lambda a, b, c, d: (top - d, right - c, top - b, right - a)), top - bottom, right - left
    return (lambda a, b, c, d: (a - left, top - d, c - left, top - b)), right - left, top - bottom


def _words(
    text: str, characters: Characters, width: float, height: float
) -> tuple[list[Word], list[tuple[Word, int | None]]]:
    """Words that run along the displayed line, and the others with the way that they run."""
    words: list[Word] = []
    astray: list[tuple[Word, int | None]] = []
    box, is_generated = characters.box, characters.is_generated
    for match in _WORD.finditer(text):
        start, end = match.span()
        place = box(start, end - 1)
        if characters.is_raised and (cut := _note_at(match.group(), start, characters)):
            words.append(Word(match.group()[:cut], *box(start, start + cut - 1), start, False))
            words.append(Word(match.group()[cut:], *box(start + cut, end - 1), start + cut, False))
            continue
        space = text[end : end + 1] in _SPACES and not is_generated(end)
        word = Word(match.group(), *place, start, space)
        if characters.direction == 0:
            words.append(word)
        else:
            astray.append((word, characters.direction))
    inside = [w for w in words if _is_on_page(w, width, height)]
    return _once(_without_notes(inside)), [a for a in astray if _is_on_page(a[0], width, height)]


def _is_on_page(word: Word, width: float, height: float) -> bool:
    return (
        word.x1 > -1 and word.x0 < width + 1 and word.y1 > -1 and word.y0 < height + 1 and word.height > 0.5
    )


def _note_at(text: str, start: int, characters: Characters) -> int:
    """Where the mark of a note starts that is glued to a word, 0 where there is none."""
    tail = _NOTE_AFTER.search(text)
    if tail is None:
        return 0
    whole = characters.size(start)
    return next(
        (at for at in range(tail.start(), len(text)) if characters.size(start + at) < _SMALLER * whole), 0
    )


def _without_notes(words: list[Word]) -> list[Word]:
    """Leave out small raised figures right after a word: marks of notes, and no part of a number."""
    marks = [word for word in words if len(word.text) < 5 and _NOTE.fullmatch(word.text)]
    ends: dict[int, list[Word]] = {}
    for word in words if marks else ():
        ends.setdefault(int(word.x1 / _NEAR), []).append(word)
    found: set[int] = set()
    for mark in marks:
        at = int(mark.x0 / _NEAR)
        near = (word for place in (at - 1, at, at + 1) for word in ends.get(place, ()))
        if any(_is_note_of(mark, word) for word in near):
            found.add(id(mark))
    return [word for word in words if id(word) not in found] if found else words


def _is_note_of(mark: Word, word: Word) -> bool:
    gap = mark.x0 - word.x1
    if not -0.1 * word.height < gap < 0.3 * word.height or mark.height > _SMALLER * word.height:
        return False
    raised = 0.12 * word.height < word.y1 - mark.y1 < word.height and mark.y0 < word.middle
    return raised and word.text not in _MEASURES


def _once(words: list[Word]) -> list[Word]:
    """Each word once: some programs print letters again, a little aside, to make them bold."""
    places: dict[tuple[str, int], list[Word]] = {}
    kept: list[Word] = []
    for word in words:
        text, x, y, near = word.text, word.x0, word.y0, _TWICE * word.height
        for at in range(int((x - near) / _NEAR), int((x + near) / _NEAR) + 1):
            if (before := places.get((text, at))) and any(
                -near < w.x0 - x < near and -near < w.y0 - y < near for w in before
            ):
                break
        else:
            places.setdefault((text, int(x / _NEAR)), []).append(word)
            kept.append(word)
    return kept


def split_at(word: Word, x: float, characters: Characters) -> list[Word]:
    """Cut a word in two at `x`, where a rule runs through it.

    A word that was written in one go sticks out of its cell: it is cut where the next begins, or stays whole.
    """
    for offset in range(1, len(word.text)):
        x0, _, x1, _ = characters.box(word.index + offset, word.index + offset)
        if (x0 + x1) / 2 > x:
            if characters.are_one(word.index + offset - 1, word.index + offset):
                return _split_where_written(word, characters)
            return _halves(word, offset, x0, x0)
    return [word]


def _split_where_written(word: Word, characters: Characters) -> list[Word]:
    for offset in range(1, len(word.text)):
        if not characters.are_one(word.index + offset - 1, word.index + offset):
            last = characters.box(word.index + offset - 1, word.index + offset - 1)
            return _halves(word, offset, last[2], characters.box(word.index + offset, word.index + offset)[0])
    return [word]


def _halves(word: Word, offset: int, end: float, start: float) -> list[Word]:
    at, text, where = word.index, word.text, (word.line, word.page)
    left = Word(text[:offset], word.x0, word.y0, end, word.y1, at, False, *where)
    right = Word(text[offset:], start, word.y0, word.x1, word.y1, at + offset, word.space_after, *where)
    return [left, right]


def _number_lines(words: list[Word], page: int) -> None:
    """Give every word its page, and the ordinal of its line on it, counted from the top."""
    number, level = 0, -math.inf
    for word in sorted(words, key=lambda w: w.middle):
        if word.middle - level > 0.5 * word.height:
            number, level = number + 1, word.middle
        word.line, word.page = number, page


def _symbol_marks(words: Iterable[Word], characters: Characters) -> list[Mark]:
    """Icons that are characters: a coloured bullet, or a sign of a symbol font."""
    marks = []
    for word in words:
        letter = word.text[0]
        if len(word.text) == 1 and (letter in _SYMBOLS or "\ue000" <= letter <= "\uf8ff"):
            colour = characters.colour(word.index)
            icon = icon_of_colour(colour) if colour else None
            if icon is not None and icon.colour not in ("black", "white"):
                marks.append(Mark((word.x0, word.y0, word.x1, word.y1), icon))
    return marks
