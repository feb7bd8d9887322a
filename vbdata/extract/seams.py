"""Headings on a line of other text with no space between: "Inga dataBeskrivning"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.recognise import goal_heading, section_of, status_words

# The capital comes first, as there are few: every line is searched.
_SEAM = re.compile(r"[A-ZÅÄÖ](?<=[a-zåäö0-9.!?:)”].)(?=[A-Za-zåäö])")
_SENTENCE_END = (".", "!", "?", ":", ")", "”")


def parted_at_seams(lines: Sequence[Line]) -> list[Line]:
    """Lines with each heading on one of its own, under the same number."""
    found: list[Line] = []
    for line in lines:
        if seams := [seam.start() for seam in _SEAM.finditer(line.text)]:
            found += (Line(line.number, text, line.page) for text in _parts(line.text, seams))
        else:
            found.append(line)
    return found


def _parts(text: str, seams: Sequence[int]) -> Iterator[str]:
    done = 0
    for at, end in zip(seams, [*seams[1:], len(text)], strict=False):
        before = text[done:at]
        rest = text[at:end]
        if goal_heading(rest) or (_is_heading(rest) and _ends(before)):  # no word has "Nämndmål:" in it
            yield from _title_and_status(before)
            done = at
    yield text[done:]


def _title_and_status(text: str) -> Iterator[str]:
    """A goal's heading with its status, where the next heading follows them with no space between."""
    words = text.split(" ")
    for count in (1, 2, 3):
        title, status = " ".join(words[:-count]), " ".join(words[-count:])
        if status[:1].isupper() and status_words(status) and goal_heading(title):
            yield from (title, status)
            return
    yield text


def _is_heading(text: str) -> bool:
    return bool(goal_heading(text) or section_of(text.strip(), 100.0))


def _ends(text: str) -> bool:
    """Whether nothing has to come after a text: a sentence, a status, or a heading."""
    if text.endswith(_SENTENCE_END) or status_words(text) or _is_heading(text):
        return True
    return len(list(_title_and_status(text))) > 1
