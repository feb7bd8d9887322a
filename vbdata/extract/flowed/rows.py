"""Rows of flowed indicator and activity tables: what ends in a period or in dates starts a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Row
from vbdata.extract.flowed.values import completed, is_half, may_be_of_value, placed, row_end
from vbdata.extract.furniture import place
from vbdata.extract.spaced.patterns import DATE
from vbdata.vocabulary import indicators, key
from vbdata.vocabulary.tables import Layout

_DATES = re.compile(
    rf"^(?P<title>.*?)\s*(?<!\S)(?P<start>{DATE}) (?P<end>{DATE})(?: (?P<rest>\S.{{0,60}}))?$"
)
_ONE_DATE = re.compile(rf"^(?P<title>\S.*?) (?P<start>{DATE})$")
_MARK = re.compile(r"^(?:[✓✔☑☒✗✘√■●▲◆○□•▪?]|\[[xX ]?\])\s+")
_SENTENCE = (".", "!", "?", ":", ")", "”")
_SLACK = 6
"""Characters by which a line of a row may be longer than its first one."""

Words = tuple[Line, str]
"""A line, and its words with single spaces."""


@dataclass(slots=True)
class _Part:
    """A row under way: its first line with what that ends in, the lines below, and its analysis."""

    line: Line
    head: str
    cells: list[str]
    last: str = ""
    below: list[str] = field(default_factory=list)
    analysis: list[str] | None = None


def read_rows(body: Sequence[Words], layout: Layout, doubts: list[Doubt]) -> tuple[list[Row], int]:
    """Rows of the lines under a header, and how many of the lines are part of them."""
    parts, taken = _parts(body, layout.table)
    rows: list[Row] = []
    width = len(layout.columns)
    row_of = _indicator if layout.table == "indicators" else _activity
    for part in parts:
        rows.append(row_of(part, width, doubts))
        if part.analysis is not None:
            rows.append(_text("\n".join(["Analys", " ".join(part.analysis)]), part.line, width))
    return [row for row in rows if any(row.texts)], taken


def _parts(body: Sequence[Words], table: str) -> tuple[list[_Part], int]:
    longest = max((len(text) for _, text in body if _anchor(text, table)), default=0)
    parts: list[_Part] = []
    before = ""
    for number, (line, text) in enumerate(body):
        last = parts[-1] if parts else None
        analysing = last is not None and last.analysis is not None
        found = _anchor(text, table)
        if found and (not analysing or _may_follow(found[0], before, table)):
            parts.append(_Part(line, *found))
        elif key(text) == "analys" and not analysing:
            last = last or _opening(parts, line)
            last.analysis = []
        elif last is not None and last.analysis is not None:
            last.analysis.append(text)
        elif len(text) > longest + _SLACK:
            return parts, number
        else:
            (last or _opening(parts, line)).below.append(text)
        before = text
    return parts, len(body)


def _opening(parts: list[_Part], line: Line) -> _Part:
    """What stands before the first row: it goes on from the table before."""
    parts.append(_Part(line, "", []))
    return parts[-1]


def _anchor(text: str, table: str) -> tuple[str, list[str], str] | None:
    """(name, values, period) of a row's first line, or (title, dates, deviation)."""
    if table == "activities":
        found = _DATES.match(text)
        if found:
            return found["title"], [found["start"], found["end"]], found["rest"] or ""
        found = _ONE_DATE.match(text)
        return (found["title"], [""], found["start"]) if found else None
    ended = row_end(text)
    if ended is None:
        return None
    head, values, period = ended
    taken = next((n for n in range(len(values), 0, -1) if _begins(" ".join([head, *values[:n]]))), 0)
    if taken:  # the name has numbers in it
        head, values = " ".join([head, *values[:taken]]), values[taken:]
    return (head, values, period) if values or _begins(head) else None


def _may_follow(head: str, before: str, table: str) -> bool:
    """Whether a line under an Analys text may start a row rather than go on with the text."""
    if table == "activities":
        return True
    head = _MARK.sub("", head)
    return _begins(head) or (head[:1].isupper() and before.endswith(_SENTENCE))


@cache
def _names() -> dict[str, str]:
    return {key(label): label for entry in indicators() for label in entry.printed}


@cache
def _begins(head: str) -> bool:
    """Whether words begin a known name."""
    start = key(_MARK.sub("", head))
    return len(start) > 5 and any(name.startswith(start) for name in _names())


# ---------------------------------------------------------------------------------- indicators


def _indicator(part: _Part, width: int, doubts: list[Doubt]) -> Row:
    if not part.cells and not part.last:
        return _text(" ".join([part.head, *part.below]), part.line, width)
    name, rest, known = _named(part)
    period = part.last
    if is_half(period):
        year = next((word for word in reversed(rest) if re.fullmatch(r"20\d\d", word)), None)
        period = f"{period} {year}" if year else ""
        rest = [word for word in rest if word != year]
    values = completed(part.cells, rest)
    sure = values is not None and placed(values, width - 2, named=known)
    if not sure or (not known and name[:1].islower()):
        if part.cells:
            _doubt(name, part.cells, part.line, doubts)
        values = [""] * (width - 2)
    return _row([name, *(values or []), period], part.line)


def _named(part: _Part) -> tuple[str, list[str], bool]:
    """A row's name, the words below its first line that are none of it, and whether the name is known."""
    mark = _MARK.match(part.head)
    head = part.head[mark.end() :] if mark else part.head
    first = head.split()
    words = [*first, *(word for text in part.below for word in text.split())]
    for name in sorted(_names(), key=len, reverse=True):
        if name.startswith(key(head)) and (taken := _taken(words, len(first), name)) is not None:
            inside = " ".join(words[i] for i in taken)
            rest = [word for i, word in enumerate(words) if i not in taken]
            return (mark[0] if mark else "") + inside, rest, True
    wraps = is_half(part.last) or any(v.startswith("Tas") or " kg" in v for v in part.cells)
    if not wraps:
        return " ".join([part.head, *part.below]), [], False
    names, rest = [part.head], []
    for text in part.below:
        own, more = _split(text.split())
        names += own
        rest += more
    return " ".join(names), rest, False


def _taken(words: Sequence[str], first: int, name: str) -> set[int] | None:
    """Which of the words make a name, where all others may be the rest of a value."""
    ways: list[tuple[str, tuple[int, ...]]] = [("", ())]
    for i, word in enumerate(words):
        longer = [(got + key(word), (*taken, i)) for got, taken in ways if name.startswith(got + key(word))]
        kept = ways if i >= first and may_be_of_value(word) else []
        ways = list({got: (got, taken) for got, taken in reversed([*longer, *kept])}.values())
    return next((set(taken) for got, taken in ways if got == name), None)


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """A line below the first as the words of a name and those of values that wrap after it."""
    end = len(words)
    while end and may_be_of_value(words[end - 1]):
        end -= 1
    return words[:end], words[end:]


# ---------------------------------------------------------------------------------- activities


def _activity(part: _Part, width: int, doubts: list[Doubt]) -> Row:
    title = " ".join([part.head, *part.below])
    if not part.cells:
        return _text(title, part.line, width)
    if len(part.cells) == 1:
        _doubt(title, [part.last], part.line, doubts)
        return _row([title, *[""] * (width - 1)], part.line)
    return _row([title, *part.cells, part.last][:width], part.line)


# ---------------------------------------------------------------------------------- cells


def _doubt(name: str, values: Sequence[str], line: Line, doubts: list[Doubt]) -> None:
    doubts.append(Doubt("columns_uncertain", unplaced(name, values), place(line)))


def unplaced(name: str, values: Sequence[str]) -> str:
    """Why values of a row are left out."""
    shown = " | ".join(values)
    return (
        f"”{name}”: tomma celler syns inte i texten, så det går inte att se vilka kolumner talen ({shown}) "
        "står i, och de är utelämnade."
    )


def _row(texts: Sequence[str], line: Line) -> Row:
    return Row.of(texts, place(line))


def _text(text: str, line: Line, width: int) -> Row:
    return _row([text.strip(), *[""] * (width - 1)], line)
