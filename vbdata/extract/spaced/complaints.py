"""Rows of a complaint form: five cells, and labels that the forms know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import dropwhile, takewhile

from vbdata.extract.decode import Line
from vbdata.extract.document import Place, Row
from vbdata.extract.furniture import place
from vbdata.extract.spaced.patterns import COUNT, ONLY_COUNTS
from vbdata.extract.spaced.rows import cells_row, run_together
from vbdata.vocabulary import categories, groups, key
from vbdata.vocabulary.matching import Index

_PIECE = 12
"""A piece of a label has at least so many letters."""


@cache
def _labels() -> tuple[Index[str], Index[str]]:
    """All groups' and all categories' labels of every form."""
    return (
        Index({g.group: g.printed for g in groups()}),
        Index({c.category: c.printed for c in categories()}),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the form: a label of a "group" or a "row", or the "cells" of the row before it.

    `cells` are the four counts and the comment.
    """

    kind: str
    text: str
    cells: list[str]
    place: Place


def labelled_last(parts: Sequence[Part]) -> Iterator[Row]:
    """Rows of a form where a group's label stands before the group's last row, as Word writes it."""
    waiting: list[Part] = []
    group = before = ""
    complete = False  # the group's last row is there; only its cells may still come
    for part in parts:
        if part.kind == "cells":
            if waiting and not any(waiting[-1].cells):
                waiting[-1] = replace(waiting[-1], cells=part.cells)
            continue
        if complete:
            yield from _labelled(group, before, waiting)
            before, waiting, group, complete = group, [], "", False
        if part.kind == "group":
            # A label that a page break cut in two goes on; a second whole label starts a new group.
            cut = group and (_known(f"{group} {part.text}") == "group" or _known(part.text) is None)
            group = f"{group} {part.text}" if cut else part.text
        else:
            waiting.append(part)
            complete = bool(group) and piece_of_group(group) != "start"  # else the rest of it comes
    yield from _labelled(group, before, waiting)


def _labelled(group: str, before: str, parts: Sequence[Part]) -> Iterator[Row]:
    """A group's rows; those first of them that are of the group before, which a page break cut, go to it."""
    rest = list(dropwhile(lambda part: _belongs(part.text, before) and not _belongs(part.text, group), parts))
    yield from _grouped(before, parts[: len(parts) - len(rest)])
    yield from _grouped(group, rest)


def labelled_first(parts: Sequence[Part]) -> Iterator[Row]:
    """Rows of a form where a group's label stands before the group's first row."""
    waiting: list[Part] = []
    group = ""
    for part in parts:
        if part.kind == "group":
            yield from _grouped(group, waiting)
            waiting, group = [], part.text
        else:
            waiting.append(part)
    yield from _grouped(group, waiting)


def labels_come_first(parts: Sequence[Part]) -> bool:
    """Whether groups' labels stand before their first rows: by what the forms say belongs to them."""
    votes = 0
    for i, part in enumerate(parts):
        if part.kind == "group":
            votes += sum(_belongs(each.text, part.text) for each in _rows_until_group(parts[i + 1 :])[1:])
            votes -= sum(_belongs(each.text, part.text) for each in _rows_until_group(parts[:i][::-1]))
    return votes > 0


def _rows_until_group(parts: Sequence[Part]) -> list[Part]:
    return list(takewhile(lambda part: part.kind != "group", parts))


def _belongs(label: str, group: str) -> bool:
    name = _labels()[0].find(group).entry
    return name is not None and key(label) in questions_of(name)


@cache
def questions_of(group: str) -> frozenset[str]:
    """Keys of the questions' labels that a group of the forms has."""
    return frozenset(key(label) for each in categories() if each.group == group for label in each.printed)


def _grouped(group: str, parts: Sequence[Part]) -> Iterator[Row]:
    for number, part in enumerate(parts):
        padded = ([*part.cells, *[""] * 5])[:5]
        yield cells_row([group if number == 0 else "", part.text, *padded], part.place)


def complaint_parts(lines: Sequence[Line]) -> Iterator[Part]:
    """The form as a run of ("group" | "row" | "cells", label, cells, place)."""
    for block in _blocks(lines):
        where = place(next((line for line in block if not line.blank), block[0]))
        text = run_together(block)
        if text.strip():
            yield from _parts_of(block, text, where)
        elif len(text) >= 4:
            yield Part("cells", "", [""] * 5, where)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.text == "":
            if block:
                yield block
            block = []
        else:
            block.append(line)
    if block:
        yield block


def _merged(block: Sequence[Line]) -> bool:
    """A merged label is followed by lines that hold nothing but a space."""
    return len(block) > 2 and block[-1].blank and block[-2].blank


def _parts_of(block: Sequence[Line], text: str, where: Place) -> Iterator[Part]:
    only = ONLY_COUNTS.match(text)
    if only and re.search(r"\d", only["cells"]):
        yield Part("cells", "", [*_count_cells(only["cells"]), (only["rest"] or "").strip()], where)
        return
    label = " ".join(text.split())
    if re.search(r"\S {5,}$", block[-1].text):  # five empty cells
        yield Part("row", label, [""] * 5, where)
        return
    split = _best_split(text)
    kind = None if re.search(r"\S {5,}\S", text) else _known(label)
    if _merged(block) and (kind or not (split and _known(split[0]))):
        kind = "group"
    if kind or split is None:
        yield Part(kind or ("group" if piece_of_group(label) else "row"), label, [""] * 5, where)
        return
    name, cells, rest = split
    yield Part("row", name, cells, where)
    if rest:
        yield Part(_known(rest) or "group", rest, [""] * 5, where)


def _known(label: str) -> str | None:
    group_labels, category_labels = _labels()
    if label in group_labels and label in category_labels:
        return "group"  # "Beröm" is both; the group comes first and its row follows
    if group_labels.find(label).entry:
        return "group"
    if category_labels.find(label).entry:
        return "row"
    return None


def known_group(label: str) -> float:
    """How alike a label and a group of the forms are, 0 where it is none."""
    found = _labels()[0].find(label)
    return found.score if found.entry else 0.0


@lru_cache(maxsize=4096)
def piece_of_group(label: str) -> str | None:
    """Whether a label is the "start" or the "end" of a group's, as a page break leaves them."""
    piece = key(label)
    wholes = [key(whole) for group in groups() for whole in group.printed]
    starts = any(whole.startswith(piece) for whole in wholes)
    if len(piece) < _PIECE or not (starts or any(whole.endswith(piece) for whole in wholes)):
        return None
    return None if known_group(label) else "start" if starts else "end"


def _best_split(text: str) -> tuple[str, list[str], str] | None:
    """Label, five cells and what follows them, preferring a label that the forms know."""
    first: tuple[str, list[str], str] | None = None
    for space in (found.start() for found in re.finditer(" ", text)):
        match = ONLY_COUNTS.match(text[space + 1 :])
        label = " ".join(text[:space].split())
        if not match or not label:
            continue
        rest = match["rest"] or ""
        # An empty comment is one space; what comes after it is the next label.
        comment, following = ("", rest[1:]) if rest.startswith(" ") else (rest, "")
        cells = [*_count_cells(match["cells"]), " ".join(comment.split())]
        split = (label, cells, " ".join(following.split()))
        first = first or split
        if _known(label):
            return split
    return first


def _count_cells(text: str) -> list[str]:
    match = re.fullmatch(rf"({COUNT}) ({COUNT}) ({COUNT}) ({COUNT})", text)
    return list(match.groups()) if match else text.split(" ")
