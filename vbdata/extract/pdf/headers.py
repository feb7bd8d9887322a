"""Header rows of the tables that the vocabulary has, known by the words on their lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz

from vbdata import vocabulary
from vbdata.extract.pdf.mending import TextLine

Labels = tuple[frozenset[str], ...]  # for each column, its labels as keys without spaces

_YEAR = re.compile(r"20\d\d")
_MOST_WORDS = 40  # of a header
_LIKE = 80.0  # similarity of a header cell and its label; letters may be lost
_DATA = re.compile(r"\d+(?:,\d+)?|%|\d{4}-\d\d-\d\d")


@cache
def _headers() -> tuple[tuple[tuple[frozenset[str], ...], Labels], ...]:
    """For each layout: its labels as keys, and as keys without spaces."""
    found = []
    for layout in vocabulary.layouts():
        keys = tuple(frozenset(vocabulary.key(p) for p in printed) for _, printed in layout.columns)
        found.append((keys, tuple(frozenset(k.replace(" ", "") for k in column) for column in keys)))
    return tuple(found)


def labels_of(lines: Sequence[TextLine]) -> Labels | None:
    """Labels of the columns of the header that the lines hold; None where the vocabulary has none."""
    words = frozenset(vocabulary.key(w) for line in lines for w in line.text.split())
    return _labels_of(words) if 0 < len(words) <= _MOST_WORDS else None


@lru_cache(maxsize=1024)
def _labels_of(words: frozenset[str]) -> Labels | None:
    best, most = None, 0
    for keys, labels in _headers():
        hits = sum(any(_has(words, label) for label in column) for column in keys)
        if hits >= max(3, 0.7 * len(keys)) and hits > most:
            best, most = labels, hits
    return best


def is_known_header(lines: Sequence[TextLine]) -> bool:
    """Whether lines hold the labels of a table header that the vocabulary has."""
    return labels_of(lines) is not None


def _has(words: frozenset[str], label: str) -> bool:
    return label in words or any(label.startswith(w) and len(w) >= 5 for w in words)


def uncertain_columns(lines: Sequence[TextLine], xs: Sequence[float], labels: Labels) -> list[int]:
    """Columns whose header cell holds more, or less, than one label: their edges were told wrongly.

    The first column is left out: it holds names, and symbols that have no label.

    >>> uncertain_columns([], [0.0, 50.0, 100.0], (frozenset({"aktivitet"}), frozenset({"slutdatum"})))
    [1]
    """
    texts = _cells(lines, xs)
    return [at for at, text in enumerate(texts) if at and not _is_label(text, labels)]


def _cells(lines: Sequence[TextLine], xs: Sequence[float]) -> list[str]:
    cells = [""] * (len(xs) - 1)
    for line in lines:
        for word in line.words:
            middle = (word.x0 + word.x1) / 2
            at = sum(x < middle for x in xs[1:-1])
            cells[at] += word.text
    return [vocabulary.key(_YEAR.sub("", text)).replace(" ", "") for text in cells]


def _is_label(text: str, labels: Labels) -> bool:
    return any(fuzz.ratio(text, label) >= _LIKE for column in labels for label in column)


def is_label(text: str) -> bool:
    """Whether a text is the label of some table's column, its year apart.

    >>> is_label("Utfall män/ pojkar"), is_label("Män/ pojkar och andra")
    (True, False)
    """
    return vocabulary.key(_YEAR.sub("", text)).replace(" ", "") in _all_labels()


@cache
def _all_labels() -> frozenset[str]:
    return frozenset(label for _, labels in _headers() for column in labels for label in column)


def holds_data(lines: Sequence[TextLine]) -> bool:
    """Whether lines hold numbers or dates that stand alone, as the cells of a header do not."""
    tokens = [w.text for line in lines for w in line.words[1:]]
    return any(_DATA.fullmatch(t) and not _YEAR.fullmatch(t) for t in tokens)
