"""Bytes to numbered lines: encodings, line ends, hard spaces, page breaks."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from vbdata.errors import UnreadableFileError

#: A report is about 50 kB of text in a thousand lines; far more than that is no report.
SIZE_LIMIT = 5 * 2**20
LINES_LIMIT = 100_000
LINE_LIMIT = 200_000

#: Blank lines, and lines with words, that are filled with spaces to the same width.
_PADDED_BLANK, _PADDED_LINES = 10, 40

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINES = ("\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_HARD_SPACES = "\u00a0\u2007\u202f\u2009\u2002\u2003"
#: A soft hyphen that is printed: a word is broken at it.
_BREAKING_HYPHEN = re.compile(r"(?<=[^\W\d_])\u00ad(?= {2}|\n|$)")
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, its white space kept; `page` counts form feeds, missing if there are none."""

    number: int
    text: str
    page: int | None = None

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


def decode(data: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 (which says so at its beginning) or Windows-1252.

    Raises
    ------
    UnreadableFileError
        When the file is empty, too large, or not text.
    """
    if len(data) > SIZE_LIMIT:
        raise too_large(len(data))
    text = _decoded(data)
    if not text.strip():
        raise UnreadableFileError("filen är tom", hint="exportera rapporten på nytt")
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) / 500:
        raise UnreadableFileError(
            "filen är inte text", hint="vbdata läser text i UTF-8, UTF-16 och Windows-1252, samt PDF och Word"
        )
    return text


def too_large(size: int) -> UnreadableFileError:
    """The error for a file that is larger than any report."""
    problem = f"filen är {size // 2**20} MB, mer än en rapport kan vara"
    return UnreadableFileError(problem, hint=f"gränsen för text är {SIZE_LIMIT // 2**20} MB")


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes are unassigned in Windows-1252; they become U+FFFD, which the checks report.
        return data.decode("cp1252", errors="replace")


def to_lines(text: str) -> list[Line]:
    """Numbered lines in NFC; hard spaces become spaces, zero-width marks and unprinted soft hyphens go.

    Raises
    ------
    UnreadableFileError
        When there are more or longer lines than any report has.
    """
    text = unicodedata.normalize("NFC", text)
    text = _BREAKING_HYPHEN.sub("-", text) if "\u00ad" in text else text
    for marks, instead in ((_NEWLINES, "\n"), (_HARD_SPACES, " "), (_DROPPED, "")):
        for mark in marks:  # nearly all are in no text: far cheaper to look for one by one
            text = text.replace(mark, instead)
    raws = text.split("\n")
    longest = max(map(len, raws))
    if len(raws) > LINES_LIMIT or longest > LINE_LIMIT:
        raise UnreadableFileError(
            f"filen har {len(raws)} rader, den längsta {longest} tecken, mer än en rapport kan ha",
            hint="exportera rapporten på nytt",
        )
    paged = "\f" in text
    lines = list(_paged(raws) if paged else map(Line, count(1), raws))
    return _unpadded(_single_spaced(lines))


def _paged(raws: Sequence[str]) -> Iterator[Line]:
    page = 1
    for number, raw in enumerate(raws, start=1):
        page += raw.count("\f")
        if raw != "\f":  # a page break on a line of its own is no blank line
            yield Line(number, raw.replace("\f", ""), page)


def _unpadded(lines: list[Line]) -> list[Line]:
    """Lines without the spaces that fill each of them to the page's width, and without those between words.

    Where every line is filled, names push their values out of the header's columns, so that the spaces tell
    nothing of a table.
    """
    lengths = Counter(len(line.text) for line in lines if line.blank)
    width = max((width for width in lengths if width), key=lengths.__getitem__, default=0)
    if lengths[width] < _PADDED_BLANK:
        return lines
    padded = sum(len(line.text) == width and line.text.endswith("  ") for line in lines if not line.blank)
    if padded < _PADDED_LINES:
        return lines
    return [Line(line.number, " ".join(line.text.split()), line.page) for line in lines if not line.blank]


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Lines without the blank one after each that double spacing puts in."""
    between = lines[1::2]
    if len(between) > 10 and all(line.text == "" for line in between):
        return lines[::2]
    return lines
