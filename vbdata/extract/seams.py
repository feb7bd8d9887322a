"""Lines that hold several of a page: a heading after other words ("Inga dataBeskrivning"), a cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.recognise import goal_heading, section_of, status_words

# The capital comes first, as there are few: every line is searched.
_SEAM = re.compile(r"[A-ZÅÄÖ](?<=[a-zåäö0-9.!?:)”].)(?=[A-Za-zåäö])")
_SENTENCE_END = (".", "!", "?", ":", ")", "”")
_COVER_LINES = 60
_COVER_SEAM = re.compile(
    r"(?<=[a-zåäö0-9])(?=(?:Dnr\b|Handläggare|Till(?=[A-ZÅÄÖ]|\b)|Verksamhetsber|Verksamhetsplan|Tertialrapport|Enheten\b"
    r"|\d{4}-\d{2}-\d{2}))|(?<=\d{4}-\d{2}-\d{2})(?=[A-ZÅÄÖ])|(?<=Till)(?=[A-ZÅÄÖ][a-zåäö])"
)
# A cover all on one line: its labels, then its title.
_COVER = re.compile(
    r"^(?=.{1,400}$)(.*\b(?:handläggare|tjänsteutlåtande|dnr)\b[^*|]*?\s)"
    r"(\*{0,2}(?:Verksamhetsber[äa]ttelse|Verksamhetsplan|Tertialrapport)\b[^*|.]*\b20\d\d\b[^*|.]*\*{0,2})$",
    re.I,
)


def parted_at_seams(lines: Sequence[Line]) -> list[Line]:
    """Lines with each heading on one of its own, under the same number; a cover's parts as well."""
    found: list[Line] = []
    for i, line in enumerate(lines):
        if i < _COVER_LINES and (cover := _COVER.match(line.text)):
            found += [Line(line.number, text.strip(), line.page) for text in cover.groups()]
        elif seams := [seam.start() for seam in _SEAM.finditer(line.text)]:
            parts = _parts(line.text, seams, on_cover=i < _COVER_LINES)
            found += [Line(line.number, text, line.page) for text in parts]
        else:
            found.append(line)
    return found


def _parts(text: str, seams: Sequence[int], *, on_cover: bool) -> Iterator[str]:
    if on_cover and len(cuts := [found.start() for found in _COVER_SEAM.finditer(text)]) > 1:
        yield from (
            part for low, high in zip([0, *cuts], [*cuts, len(text)], strict=True) if (part := text[low:high])
        )
        return
    done = 0
    for at, end in zip(seams, [*seams[1:], len(text)], strict=True):
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
