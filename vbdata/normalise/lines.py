"""The printed lines of a report's texts, and which of them has some words or each sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from vbdata.extract.document import Place, Printed
from vbdata.language.prose import plain_sentences
from vbdata.parse.records import LINES, Report

Row = dict[str, Any]
_WESTERN = "cp1252"
_MARKS = bytes(i for i in range(256) if not bytes([i]).decode(_WESTERN, "replace").isalnum())


def lines_of(report: Report, report_id: str) -> list[Row]:
    """The printed lines of every text: rows of ``row_id`` and ``lines``, those without lines left out.

    A complaint's comment belongs to all its periods; its ``row_id`` is without the period.
    """
    found: list[Row] = []
    for letter, digits, records in (
        ("i", 2, report.indicators), ("a", 2, report.activities), ("c", 2, report.complaints),
        ("p", 3, report.passages),
    ):  # fmt: skip
        for record in records:
            lines = next(getattr(record, name) for name in LINES if hasattr(record, name))
            if lines:
                row_id = f"{report_id}/{letter}{record.position:0{digits}d}"
                found.append({"row_id": row_id, "lines": lines})
    return found


def sentence_lines(text: str, lines: Sequence[Printed]) -> str:
    """The line of each sentence of a text, in order; a sentence that no line has is on the one before it.

    >>> lines = Printed("Två kom. En", Place(4, 2)), Printed("gick. Tre kom.", Place(1, 3))
    >>> sentence_lines("Två kom. En gick. Tre kom.", lines)
    '2:4 2:4 3:1'
    """
    known, place, found = Lines(lines), lines[0].place, []
    for sentence in plain_sentences(text):
        place = known.place(sentence) or place
        found.append(str(place.line) if place.page is None else f"{place.page}:{place.line}")
    return " ".join(found)


def place_of_sentence(sentence_lines: str | None, number: int) -> Place | None:
    """The place of the sentence with a number, from 0, out of what `sentence_lines` wrote.

    >>> place_of_sentence("2:4 3:1", 1), place_of_sentence("7 9", 0), place_of_sentence(None, 0)
    (Place(line=1, page=3), Place(line=7, page=None), None)
    """
    written = (sentence_lines or "").split()
    if number >= len(written):
        return None
    page, _, line = written[number].rpartition(":")
    return Place(int(line), int(page) if page else None)


def where(lines: Sequence[Printed], words: str) -> Place | None:
    """The place of the printed line where words begin, or None.

    >>> lines = Printed("Vi har avveck-", Place(4)), Printed("lat två platser.", Place(5))
    >>> where(lines, "avvecklat två"), where(lines, "två platser").line, where(lines, "nio")
    (Place(line=4, page=None), 5, None)
    """
    return Lines(lines).place(words)


def _letters(text: str, but: str = "") -> str:
    """What is left of a text when line breaks, hyphens and marks do not count, `but` for one of them."""
    low = text.casefold()
    try:
        western = low.encode(_WESTERN)  # twice as fast
    except UnicodeEncodeError:
        return "".join(letter for letter in low if letter.isalnum() or letter == but)
    return western.translate(None, _MARKS.replace(but.encode(), b"")).decode(_WESTERN)


class Lines:
    """The printed lines of one text, for looking up many of its words, in their order."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        letters = _letters("\n".join([line.text.replace("\n", " ") for line in lines]), but="\n").split("\n")
        self.lines, self.text = lines, "".join(letters)
        self.starts = [0, *accumulate(map(len, letters))]
        self.at = 0

    def place(self, words: str) -> Place | None:
        """The line where words begin, from the last words found on; None where no line has them.

        >>> lines = Lines((Printed("Två kom. Två", Place(4)), Printed("gick. Två kom.", Place(5))))
        >>> [lines.place(words).line for words in ("Två kom.", "Två gick.", "Två kom.")]
        [4, 4, 5]
        """
        wanted = _letters(words)
        at = self.text.find(wanted, self.at) if wanted else -1
        if at < 0 and wanted:
            at = self.text.find(wanted)
        if at < 0:
            return None
        self.at = at + len(wanted)
        return self.lines[bisect_right(self.starts, at) - 1].place
