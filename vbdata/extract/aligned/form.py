"""Rows of an aligned complaint form: categories wrap, and a group's label stands beside several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from vbdata.extract.aligned.columns import is_astray, sliced
from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Doubt, Place, Row
from vbdata.extract.furniture import place
from vbdata.extract.spaced.complaints import questions_of
from vbdata.vocabulary import UNREAD, categories, groups, key

_SHORT = 4
"""Letters that begin many labels."""


@dataclass(slots=True)
class Stretch:
    """Lines of one column that make a label; for a category also what stands beside it."""

    text: str
    first: int
    last: int
    place: Place
    cells: list[list[str]] = field(default_factory=lambda: [[] for _ in range(5)])
    torn: bool = False


@cache
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    """Keys of all groups' and all categories' labels."""
    return (
        frozenset(key(label) for group in groups() for label in group.printed),
        frozenset(key(label) for category in categories() for label in category.printed),
    )


@cache
def _starts(kind: int) -> frozenset[str]:
    return frozenset(label[:end] for label in _labels()[kind] for end in range(1, len(label) + 1))


def form_rows(
    lines: Sequence[Line],
    cuts: Sequence[int],
    titles: Sequence[int],
    doubts: list[Doubt],
    *,
    ragged: bool = False,
) -> list[Row]:
    """Category rows, each group's label on its first row, as a merged cell is.

    `titles` are where the header's titles start; none where they are centred over their columns. Where the
    text is `ragged`, only a row with all its counts says which period each is of.
    """
    found: tuple[list[Stretch], list[Stretch]] = ([], [])
    for number, line in enumerate(lines):
        if line.blank:
            continue
        cut = sliced(line.text, cuts)
        if cut.torn and "  " not in line.text.strip():
            for kind, text in enumerate(_two_labels(line.text, found[0])):
                if text:
                    _add(found[kind], text, number, place(line), kind)
            continue  # without a label it is a page's head or foot, or other running text
        for kind in (0, 1):
            if cut.cells[kind]:
                _add(found[kind], cut.cells[kind], number, place(line), kind)
        rows = found[1]
        if rows and any(cut.cells[2:]):
            for column, text in enumerate(cut.cells[2:7]):
                if text:
                    rows[-1].cells[column].append(text)
        if rows and (cut.torn or (titles and is_astray(cut.starts[1:6], titles[1:6]))):
            rows[-1].torn = True
    for each in found[1] if ragged else ():
        each.torn = each.torn or 0 < sum(map(bool, each.cells[:4])) < 4
    labels, alone = beside(*found), _alone(*found)
    made: list[Row] = []
    for i, stretch in enumerate(found[1]):
        made += [_only_group(each) for each in alone.get(i, ())]
        made.append(_row(labels.get(i, ""), stretch, doubts))
    return made or [_only_group(each) for each in found[0]]


def _two_labels(text: str, labels: Sequence[Stretch]) -> tuple[str, str]:
    """A group's label that is wider than its column, and the category that may stand after it."""
    words = text.split()
    before = labels[-1].text if labels else ""
    for count in range(len(words), 0, -1):
        group, category = " ".join(words[:count]), " ".join(words[count:])
        known = key(f"{before} {group}") in _starts(0) or (len(group) > _SHORT and key(group) in _starts(0))
        if known and (not category or (len(category) > _SHORT and key(category) in _starts(1))):
            return group, category
    return "", ""


def _add(stretches: list[Stretch], text: str, number: int, where: Place, kind: int) -> None:
    """A line's words go on with the label above where both together are, or begin, one that is known."""
    if stretches and number > stretches[-1].last and _goes_on(stretches[-1], text, number, kind):
        last = stretches[-1]
        last.text, last.last = f"{last.text} {text}", number
    else:
        stretches.append(Stretch(text, number, number, where))


def _goes_on(last: Stretch, text: str, number: int, kind: int) -> bool:
    together = key(f"{last.text} {text}")
    if together in _starts(kind):
        return True
    if key(last.text) in _labels()[kind] or key(text) in _labels()[kind]:
        return False
    if last.text.count("(") > last.text.count(")"):
        return True
    return number == last.last + 1 and text[:1].islower()


def beside(labels: Sequence[Stretch], rows: Sequence[Stretch]) -> dict[int, str]:
    """Row number → the label that starts there: on the same line, or at the first row that it may cover."""
    apart = {id(each) for found in _alone(labels, rows).values() for each in found}
    labels = [label for label in labels if id(label) not in apart]
    firsts = {row.first: i for i, row in enumerate(rows)}
    level = sum(label.first in firsts for label in labels)
    if level >= 0.8 * len(labels):
        return {_at(label, rows): label.text for label in reversed(labels)}
    return _by_form(labels, rows)


def _at(label: Stretch, rows: Sequence[Stretch]) -> int:
    return next((i for i, row in enumerate(rows) if row.last >= label.first), max(len(rows) - 1, 0))


def _alone(labels: Sequence[Stretch], rows: Sequence[Stretch]) -> dict[int, list[Stretch]]:
    """Row number → labels that stand between the row before it and its own label: the rest of a cut one."""
    found: dict[int, list[Stretch]] = {}
    for label, after in pairwise(labels) if rows else ():
        row = _at(label, rows)
        if _at(after, rows) == row and label.last < rows[row].first <= after.first:
            found.setdefault(row, []).append(label)
    return found


def _by_form(labels: Sequence[Stretch], rows: Sequence[Stretch]) -> dict[int, str]:
    """Labels that stand in the middle of their rows: starts that give the most rows a group that has them."""
    owned = [_categories_of(label.text) for label in labels]
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (len(rows) + 1) for _ in range(len(labels) + 1)]
    for number in range(len(labels) - 1, -1, -1):
        for start in range(len(rows), -1, -1):
            best[number][start] = max(
                (
                    _fits(owned[number], labels[number], rows[start:end]) + best[number + 1][end][0],
                    end,
                )
                for end in range(start, len(rows) + 1)
            )
    found: dict[int, str] = {}
    start = 0
    for number, label in enumerate(labels):
        end = best[number][start][1]
        if end > start:
            found[start] = label.text
        start = end
    return found


def _categories_of(label: str) -> frozenset[str]:
    wanted = key(label)
    mine = {group.group for group in groups() if wanted in {key(text) for text in group.printed}}
    return frozenset[str]().union(*map(questions_of, mine))


def _fits(owned: frozenset[str], label: Stretch, rows: Sequence[Stretch]) -> int:
    if not rows:
        return 0
    inside = rows[0].first <= label.first and label.last <= rows[-1].last + 2
    seen: set[str] = set()
    points = 2 * inside - 1
    for row in rows:
        points += 2 if key(row.text) in owned and key(row.text) not in seen else -2
        seen.add(key(row.text))
    return points


def _row(label: str, stretch: Stretch, doubts: list[Doubt]) -> Row:
    cells = [" ".join(texts) for texts in stretch.cells]
    if stretch.torn or any(len(texts) > 1 for texts in stretch.cells[:4]):
        cells[:4] = [UNREAD] * 4
        detail = f"”{stretch.text}”: det går inte att se vilka perioder antalen gäller, så de är utelämnade."
        doubts.append(Doubt("columns_uncertain", detail, stretch.place))
    return Row.of((label, stretch.text, *cells), stretch.place)


def _only_group(stretch: Stretch) -> Row:
    return Row(tuple(Cell(text, stretch.place) for text in (stretch.text, *[""] * 6)), stretch.place)
