"""Rows of a flowed complaint form: known labels, torn apart line by line, with counts between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from vbdata.extract.aligned.form import Stretch
from vbdata.extract.aligned.form import beside as labels_beside
from vbdata.extract.document import Doubt, Place, Row
from vbdata.extract.flowed.rows import Words, unplaced
from vbdata.extract.furniture import place
from vbdata.vocabulary import UNREAD, categories, groups, key
from vbdata.vocabulary.tables import Category, Group

_COUNT = re.compile(r"^\d{1,5}$")
_LONG = 60
CELLS = 4
_UNSURE = "?"
"""Stands after counts of which the last may be none."""


@dataclass(slots=True)
class _Label:
    """A label under way: the words that have been read of it."""

    stretch: Stretch | None = None
    letters: str = ""


@dataclass(slots=True)
class _Found:
    """What a line holds: words of a group's label and of a category's, counts, and other words."""

    group: str = ""
    new_group: bool = False
    category: str = ""
    new_category: bool = False
    counts: list[str] = field(default_factory=list)
    rest: str = ""
    points: int = 0


@dataclass(slots=True)
class _Form:
    """A form as read by the labels of one year, and how much of it they explain."""

    labels: list[Stretch] = field(default_factory=list)
    rows: list[Stretch] = field(default_factory=list)
    counts: list[list[str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    points: int = 0
    taken: int = 0


@cache
def _labels(kind: int, template: str) -> frozenset[str]:
    entries: Sequence[Group | Category] = groups() if kind == 0 else categories()
    return frozenset(key(label) for each in entries if each.template == template for label in each.printed)


@cache
def _starts(kind: int, template: str) -> frozenset[str]:
    return frozenset(label[:end] for label in _labels(kind, template) for end in range(1, len(label) + 1))


def form_rows(body: Sequence[Words], headed: str, beside: bool, doubts: list[Doubt]) -> tuple[list[Row], int]:
    """Category rows, each group's label on its first row, and how many of the lines are part of the form.

    `headed` is the year of the form with this header, `beside` says that cells wrap beside each other.
    """
    years = sorted({group.template for group in groups()})
    read = {year: _read(body, year, beside) for year in years}
    best = max(years, key=lambda year: (read[year].points, year == headed))
    doubts.extend(read[best].doubts)
    return _rows(read[best], doubts), read[best].taken


def _read(body: Sequence[Words], template: str, beside: bool) -> _Form:
    form = _Form()
    labels, rows, counts, doubts = form.labels, form.rows, form.counts, form.doubts
    open_labels = (_Label(), _Label())
    for number, (line, text) in enumerate(body):
        found = _best(text.split(), open_labels, template, beside)
        if not found.points and not found.counts and len(text) > _LONG:
            break
        form.taken = number + 1
        form.points += found.points
        _add(open_labels[0], labels, found.group, found.new_group, number, line)
        if _add(open_labels[1], rows, found.category, found.new_category, number, line):
            counts.append([])
        if not rows:
            continue
        if found.counts and (counts[-1] or (beside and not found.category)):
            _doubt(f"{rows[-1].text} … {text}", found.counts, number, body, doubts)
            counts[-1] = [*counts[-1], _UNSURE]
        elif found.counts:
            counts[-1] = found.counts
        if found.rest:
            rows[-1].cells[4].append(found.rest)
    return form


def _add(label: _Label, found: list[Stretch], text: str, new: bool, number: int, line: object) -> bool:
    """Adds words to the label under way, or starts a new one (True)."""
    if not text:
        return False
    if new or label.stretch is None:
        label.stretch = Stretch(text, number, number, place(line))  # type: ignore[arg-type]
        label.letters = key(text)
        found.append(label.stretch)
        return True
    label.stretch.text += f" {text}"
    label.stretch.last = number
    label.letters += key(text)
    return False


def _best(words: Sequence[str], under_way: tuple[_Label, _Label], template: str, beside: bool) -> _Found:
    """The reading of a line that makes the most of its words labels."""
    best = _Found(rest=" ".join(words))
    _counted(best, words)
    for group, new_group in _ways(words, under_way[0], 0, template):
        after = words[group:]
        for category, new_category in _ways(after, under_way[1], 1, template):
            found = _Found(" ".join(words[:group]), new_group, " ".join(after[:category]), new_category)
            _counted(found, after[category:])
            if beside and new_group and not category:
                continue  # a label stands beside its first row
            if new_category and not found.counts and found.rest[:1].islower():
                continue  # running text that happens to begin as a label does
            found.points = 2 * len(key(found.group) + key(found.category))
            if found.points:  # what is under way goes on rather than that something starts
                found.points += 2 - new_group - new_category
            if found.points > best.points:
                best = found
    return best


def _ways(words: Sequence[str], label: _Label, kind: int, template: str) -> list[tuple[int, bool]]:
    """How many of the first words may go on with the label under way, or start a new one."""
    ways = [(0, False)]
    for new, letters in ((False, label.letters), (True, "")):
        if not new and label.stretch is None:
            continue
        length = 0
        got = letters
        for i, word in enumerate(words):
            got += key(word)
            if got not in _starts(kind, template):
                break
            length = i + 1
        ways += [
            (n, new) for n in range(1, length + 1) if _is_enough(words[:n], new, _labels(kind, template))
        ]
    return ways


def _is_enough(words: Sequence[str], new: bool, labels: frozenset[str]) -> bool:
    letters = key(" ".join(words))
    return bool(letters) and (not new or len(letters) >= 4 or letters in labels)


def _counted(found: _Found, words: Sequence[str]) -> None:
    """Counts at the start of the words, and what is left of them."""
    end = 0
    counts: list[str] = []
    while end < len(words) and _COUNT.match(words[end]) and len(counts) < CELLS:
        count = words[end]
        end += 1
        if end < len(words) and key(words[end]) == "st":
            count, end = f"{count} {words[end]}", end + 1
        counts.append(count)
    rest = words[end:]
    if counts and rest and (rest[0][:1].islower() or _COUNT.match(rest[0])):
        counts.append(_UNSURE)  # the last number may be the first word of a comment
    found.counts, found.rest = counts, " ".join(rest)


# -------------------------------------------------------------------------------------- rows


def _rows(form: _Form, doubts: list[Doubt]) -> list[Row]:
    totals = totals_add_up(form.counts)
    texts = labels_beside(form.labels, form.rows)
    made: list[Row] = []
    for i, row in enumerate(form.rows):
        cells = by_column(row.text, form.counts[i], totals, row.place, doubts)
        all_texts = (texts.get(i, ""), row.text, *cells, " ".join(row.cells[4]))
        made.append(Row.of(all_texts, row.place))
    return made


def totals_add_up(counts: Sequence[Sequence[str]]) -> bool:
    """Whether the last count of each row that has any is the sum of the others, as only totals are."""
    return all(_adds_up(each) for each in counts if each)


def by_column(name: str, counts: Sequence[str], totals: bool, where: Place, doubts: list[Doubt]) -> list[str]:
    """Counts by column: all, where each has one; else the total, if every row ends in its sum, or none."""
    if not counts:
        return [""] * CELLS
    if len(counts) == CELLS and _UNSURE not in counts:
        return list(counts)
    total = counts[-1] if totals and _adds_up(counts) else ""
    shown = counts[:-1] if total else [count for count in counts if count != _UNSURE]
    doubts.append(Doubt("columns_uncertain", unplaced(name, shown), where))
    return [UNREAD, UNREAD, UNREAD, total or UNREAD]


def _adds_up(counts: Sequence[str]) -> bool:
    if len(counts) < 2 or _UNSURE in counts:
        return False
    numbers = [int(re.sub(r"\D", "", count)) for count in counts]
    return sum(numbers[:-1]) == numbers[-1]


def _doubt(name: str, counts: Sequence[str], number: int, body: Sequence[Words], doubts: list[Doubt]) -> None:
    shown = [count for count in counts if count != _UNSURE]
    doubts.append(Doubt("columns_uncertain", unplaced(name, shown), place(body[number][0])))
