"""A complaint form whose white space is lost: the labels are known, the columns of the counts are not.

``Bemötande 1 1 st`` may be any two of four cells. A row without counts is blank in all of them, one with four
has them all; the counts of any other are unread, and a doubt says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vbdata.extract.decode import Line
from vbdata.extract.document import Doubt, Place
from vbdata.extract.furniture import place
from vbdata.extract.spaced.complaints import LABEL_WORDS, Part, known_category, longest_label, piece_of_group
from vbdata.vocabulary import UNREAD

_COUNT = re.compile(r"\d{1,4}")
_CELLS = 4
#: A piece of a group's label, as a page break leaves it, has more words than this.
_PIECE = 2


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    where: Place
    first: bool
    """Whether it is the first of its line."""


def form_parts(lines: Sequence[Line], doubts: list[Doubt]) -> list[Part] | None:
    """The form's labels and rows in order; None where white space or blank lines tell the cells."""
    if any(line.text.endswith("    ") for line in lines) or sum(not line.text for line in lines) > _CELLS:
        return None
    words = [_Word(text, place(line), not i) for line in lines for i, text in enumerate(line.text.split())]
    return list(_parts(words, doubts))


def _parts(words: Sequence[_Word], doubts: list[Doubt]) -> Iterator[Part]:
    at = 0
    labelled = False  # a group's label is there, and its row's may follow on the same line
    while at < len(words):
        kind, end = _label_at(words, at) if words[at].first or labelled else (None, at + 1)
        labelled = kind is not None
        if kind is None:
            at = end
            continue
        label = " ".join(word.text for word in words[at:end])
        where = words[at].where
        counts, after = _counts(words, end)
        if kind == "group" and not (counts and known_category(label)):  # "Beröm" is the name of both
            yield Part("group", label, [""] * 5, where)
            at = end
            continue
        comment_end = _comment_end(words, after) if counts else after
        comment = " ".join(word.text for word in words[after:comment_end])
        yield Part("row", label, _placed(label, counts, comment, where, doubts), where)
        at, labelled = comment_end, False


def _label_at(words: Sequence[_Word], at: int) -> tuple[str | None, int]:
    """The longest known label that starts at a word: its kind and where it ends."""
    texts = [word.text for word in words[at : at + LABEL_WORDS]]
    kind, count = longest_label(texts)
    if kind:
        return kind, at + count
    for count in range(len(texts), _PIECE, -1):
        if piece_of_group(" ".join(texts[:count])):
            return "group", at + count
    return None, at + 1


def _counts(words: Sequence[_Word], at: int) -> tuple[list[str], int]:
    """Counts from a word on, and where they end; "st" goes with the one before it."""
    counts: list[str] = []
    while at < len(words):
        if _COUNT.fullmatch(words[at].text):
            counts.append(words[at].text)
        elif counts and words[at].text in ("st", "st."):
            counts[-1] += " st"
        else:
            break
        at += 1
    return counts, at


def _comment_end(words: Sequence[_Word], at: int) -> int:
    """Where a comment ends: before the next known label that starts a line."""
    return next(
        (i for i in range(at, len(words)) if words[i].first and _label_at(words, i)[0]),
        len(words),
    )


def _placed(label: str, counts: Sequence[str], comment: str, where: Place, doubts: list[Doubt]) -> list[str]:
    if not counts or len(counts) == _CELLS:
        return [*(counts or [""] * _CELLS), comment]
    shown = " | ".join(counts)
    detail = (
        f"mellanrummen mellan cellerna är borta, så antalen ({shown}) går inte att placera; de är utelämnade."
    )
    doubts.append(Doubt("columns_uncertain", f"”{label}”: {detail}", where))
    return [*[UNREAD] * _CELLS, comment]
