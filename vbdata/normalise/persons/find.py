"""Every name in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vbdata.normalise.persons.judged import Found, name_of
from vbdata.normalise.persons.runs import RUN, WORD, pieces, tells, told_beside
from vbdata.normalise.persons.uncapitalised import find_uncapitalised

_ALSO = re.compile(r"\s*(?:,|och|&|samt|/|eller|\+)\s*")
#: A name that goes on: over the end of a line, in quotes or stars, after a name in parentheses.
_TAIL = re.compile(rf"-\n[^\W\d_]+|\s[\"”“*']{{1,2}}{WORD}[\"”“*']{{1,2}}(?:\s{WORD})?|\s\({WORD}\)\s{WORD}")


def find_persons(text: str, kept: Sequence[str] = (), known: frozenset[str] = frozenset()) -> Found:
    """Names in a text.

    Parameters
    ----------
    kept
        Names that are no person's wherever they stand: the unit's and the board's.
    known
        Given names of persons whom the report names, which are theirs where they stand alone too.
    """
    found = Found()
    away = [match.span() for name in kept if name in text for match in re.finditer(re.escape(name), text)]
    last = -1
    for run in RUN.finditer(text):
        also = last >= 0 and _ALSO.fullmatch(text, last, run.start()) is not None
        if not tells(run[0]) and not told_beside(text, run, also):
            continue
        for piece in pieces(text, run, also, away):
            if span := name_of(text, piece, known, found):
                if tail := _TAIL.match(text, span[1]):
                    span = span[0], tail.end()
                found.names.append(span)
                last = span[1]
    found.names += find_uncapitalised(text)
    return found
