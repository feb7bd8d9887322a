"""The printed lines of a report's texts, and which of them has some words or each sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from vbdata.extract.document import Place, Printed
from vbdata.language.prose import plain_sentences
from vbdata.parse.records import LINES, Report

Row = dict[str, Any]
_WESTERN = "cp1252"
_MARKS = bytes(
    i for i in range(256) if not (chr(i) == "\n" or bytes([i]).decode(_WESTERN, "replace").isalnum())
)


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
    told = plain_sentences(text)
    place, found = lines[0].place, []
    for known in Lines(lines).places(told) if len(lines) > 1 else [place] * len(told):
        place = known or place
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
    return next(Lines(lines).places([words]))


def _letters(texts: Iterable[str]) -> list[str]:
    """What is left of each text when line breaks, hyphens and marks do not count."""
    whole = "\n".join([text.replace("\n", " ") for text in texts]).casefold()
    try:
        western = whole.encode(_WESTERN)  # all at once is much faster than each
    except UnicodeEncodeError:
        return "".join(letter for letter in whole if letter.isalnum() or letter == "\n").split("\n")
    return western.translate(None, _MARKS).decode(_WESTERN).split("\n")


class Lines:
    """The printed lines of one text, for looking up many of its words, in their order."""

    def __init__(self, lines: Sequence[Printed]) -> None:
        letters = _letters(line.text for line in lines)
        self.lines, self.text = lines, "".join(letters)
        self.starts = [0, *accumulate(map(len, letters))]

    def places(self, words: Iterable[str]) -> Iterator[Place | None]:
        """The line where each words begin, from the last words found on; None where no line has them.

        >>> lines = Lines((Printed("Två kom. Två", Place(4)), Printed("gick. Två kom.", Place(5))))
        >>> [place.line for place in lines.places(["Två kom.", "Två gick.", "Två kom."])]
        [4, 4, 5]
        """
        start = 0
        for wanted in _letters(words):
            at = self.text.find(wanted, start)
            if at < 0:
                at = self.text.find(wanted)
            if at < 0 or not wanted:
                yield None
                continue
            start = at + len(wanted)
            yield self.lines[bisect_right(self.starts, at) - 1].place
