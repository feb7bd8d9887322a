"""Lines that hold several of the page's: a title, a heading, a status beside other text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import goal_heading, section_of, status_words
from vbdata.vocabulary import status_index

_HEADING = re.compile(r"^\s*(#{1,6}\s+)(?=\S)")
_BOLD = re.compile(r"\*\*(?=\S)([^*]+?)(?<=\S)\*\*")
_TITLE = re.compile(r"\b(?:verksamhetsber[äa]ttelse|verksamhetsplan|tertialrapport)\b.*\b20\d\d\b", re.I)
# A cover all on one line: its labels, then its title.
_COVER = re.compile(
    r"^(?=.{1,400}$)(.*\b(?:handläggare|tjänsteutlåtande|dnr)\b[^*|]*?\s)"
    r"((?:Verksamhetsber[äa]ttelse|Verksamhetsplan|Tertialrapport)\b[^*|.]*\b20\d\d\b[^*|.]*)$",
    re.I,
)
_COVER_LINES = 60
_SENTENCE_END = re.compile(r"[.!?:)”\"]\s*$")
_LONGEST_TITLE = 150
_LONGEST_LABEL = 5
"""Words of a section's heading at most."""


def parted(lines: Sequence[Line]) -> list[Line]:
    """Lines with what is a title or a goal's heading on one of its own, under the same number."""
    return [each for i, line in enumerate(lines) for each in _parted(line, on_cover=i < _COVER_LINES)]


def _parted(line: Line, *, on_cover: bool) -> Iterator[Line]:
    if on_cover and (found := _COVER.match(line.text)):
        yield Line(line.number, found[1].strip(), line.page)
        yield Line(line.number, found[2], line.page)
        return
    if ("**" not in line.text and "#" not in line.text) or "|" in line.text or "\t" in line.text:
        yield line
        return
    for text in _around_bold(line.text):
        for each in _within(text):
            yield Line(line.number, each, line.page)


def _around_bold(text: str) -> list[str]:
    """A bold title or goal, and the words before and after it."""
    for found in _BOLD.finditer(text):
        mark = _HEADING.match(text)
        depth = mark[1] if mark else ""
        before = text[len(depth) : found.start()].strip()
        after = text[found.end() :].strip()
        if (before or after) and _stands_alone(found[1], before, after):
            return [part for part in (before, f"{depth}{found[0]}", after) if part]
    return [text]


def _stands_alone(bold: str, before: str, after: str) -> bool:
    if _TITLE.search(bold):
        return len(bold) < _LONGEST_TITLE and not after and not bold.endswith(".")
    if not goal_heading(bold):
        return False
    return not (before and not _SENTENCE_END.search(before)) and (not after or bool(status_words(after)))


def _within(text: str) -> list[str]:
    """A heading that holds two: a section's before a goal's, or a section's or status after a goal's."""
    marked = unmark(text)
    if not (marked.depth or marked.emphasised) or ":" not in marked.text:
        return [text]
    mark = "#" * marked.depth + " " if marked.depth else ""
    words = marked.text.split()
    for count in range(1, min(_LONGEST_LABEL, len(words) - 2) + 1):
        start, rest = " ".join(words[:count]), " ".join(words[count:])
        if section_of(start, 100.0) and goal_heading(rest):
            return [f"{mark}**{start}**", f"{mark}**{rest}**"]
    if not goal_heading(marked.text):
        return [text]
    for count in range(1, min(_LONGEST_LABEL, len(words) - 3) + 1):
        start, rest = " ".join(words[:-count]), " ".join(words[-count:])
        if section_of(rest, 100.0) and goal_heading(start):
            return [f"{mark}**{start}**", f"{mark}**{rest}**"]
        if count > 1 and rest[:1].isupper() and status_index().exact(rest) and goal_heading(start):
            return [f"{mark}**{start}**", rest]
    return [text]
