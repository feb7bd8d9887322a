"""A report in the text of an e-mail: its lines without the marks of quoting and without the mail's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vbdata.extract.decode import Line
from vbdata.extract.document import Furniture
from vbdata.extract.furniture import place

_QUOTED = re.compile(r"^\s{0,3}>[ ]?")
_OF_HEAD = re.compile(
    r"^[\s*>]*(?P<from>från|from)?(?P<about>ämne|subject)?(?:till|to|kopia|cc|skickat|sent|datum|date)?\s*:[\s*]*\S",
    re.I,
)
_MOST = 0.9
"""Part of the lines from the first quoted one to the last that are quoted too: the rest have wrapped."""
_WHOLE = 0.5
"""Part of all lines that are quoted: a report may quote a few itself."""
_HEAD = 8
"""Lines of a mail's head at most."""
_DEEPEST = 5
_BEFORE = 60
"""Lines before which the last head begins: mails that are sent on have one each."""


def without_mail(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """Lines without quoting marks where all of the report is quoted, and what is the mail's own.

    Nothing is changed where only some lines are quoted, or where no head of a mail stands.
    """
    kept, gone = list(lines), list[Line]()
    for _ in range(_DEEPEST):
        quoted = [i for i, line in enumerate(kept) if _QUOTED.match(line.text)]
        if not quoted or len(quoted) < _MOST * (quoted[-1] + 1 - quoted[0]):
            break
        if len(quoted) < _WHOLE * sum(not line.blank for line in kept):
            break
        gone += kept[: quoted[0]] + kept[quoted[-1] + 1 :]
        kept = [replace(line, text=_QUOTED.sub("", line.text)) for line in kept[quoted[0] : quoted[-1] + 1]]
    end = _end_of_head(kept)
    if all(line.blank for line in kept[end:]):
        return list(lines), []
    own = [*gone, *kept[:end]]
    return kept[end:], [Furniture("mail", line.text, place(line)) for line in own if not line.blank]


def _end_of_head(lines: Sequence[Line]) -> int:
    """Where the last head of a mail ends near the beginning: who it is from and what it is about."""
    found = 0
    for start in range(min(_BEFORE, len(lines))):
        said, end = set[str](), start
        while end < min(start + _HEAD, len(lines)) and (line := _OF_HEAD.match(lines[end].text)):
            said |= {name for name, words in line.groupdict().items() if words}
            end += 1
        found = max(found, end) if len(said) > 1 else found
    return found
