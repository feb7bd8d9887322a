"""Lines of an indicator or activity table to rows.

Each row has one anchor, the line with its period or its dates. What stands between two anchors is the end of
the one's row, an Analys, and the beginning of the other's: the cheapest way to part it is taken, over the
whole table at once, and a row that another way would give other words is not sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from vbdata.extract.grammar import (
    ANALYSIS,
    HANGS,
    MARK,
    PERIOD,
    PERIOD_START,
    VALUES,
    WHEN,
    YEAR,
    may_hold,
    says_when,
)
from vbdata.extract.labels import keys_of
from vbdata.extract.tables import costs
from vbdata.extract.tables.columns import Cut, Line
from vbdata.vocabulary import indicator_index, key

_TIGHT = 0.3
"""Of a line's height: farther below a rule than the rows stands what is none of them."""
_OPEN_YEAR = 4
"""Lines below a period's first words on which its year may stand."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lines (half-open) of one row, or of words over all its columns.

    `rest` may be the end of a row that began on the page before. `margin` is what the cheapest reading that
    gives the row other lines costs more: not `sure` where that is little. Not `clear` where a cell may be
    another column's: those of the columns that are `torn`.
    """

    first: int
    end: int
    merged: bool = False
    margin: float = costs.NEVER
    torn: frozenset[int] = frozenset()
    rest: bool = False

    @property
    def sure(self) -> bool:
        return self.margin >= costs.SURE

    @property
    def clear(self) -> bool:
        return not self.torn


@dataclass(frozen=True, slots=True)
class Body:
    """The lines under a header, each by column, and the field of each column.

    `above` is where a rule stands between a line and the one above; `whole` lines have one from the table's
    first column on; `closed` where one stands below the last, `at_end` where the page ends there. The lines
    `go_on` with a table of the page before.
    """

    lines: Sequence[Line]
    cuts: Sequence[Cut]
    fields: Sequence[str | None]
    table: str
    above: Sequence[float | None] = ()
    whole: Sequence[bool] = ()
    closed: bool = False
    at_end: bool = False
    go_on: bool = False

    @property
    def name(self) -> int:
        """The column with the names of rows."""
        wanted = ("name", "title") if self.table != "complaints" else ("category",)
        return next((n for n, field in enumerate(self.fields) if field in wanted), 0)

    def of(self, first: int, end: int, column: int) -> str:
        """The words of a column on some lines."""
        return " ".join(t for cut in self.cuts[first:end] if (t := cut.texts.get(column, "")))

    def blocks(self) -> list[tuple[int, int]]:
        """Lines (half-open) between rules."""
        starts = [0, *(i for i, at in enumerate(self.above) if at is not None and i)]
        return list(pairwise([*starts, len(self.lines)]))

    @property
    def space(self) -> float:
        """White space between the first line and the rule above it."""
        at = self.above[0] if self.above else None
        return self.lines[0].top - at if at is not None else 0.0

    def part(self, first: int, end: int) -> Body:
        closed = self.closed or end < len(self.lines)
        lines, cuts = self.lines[first:end], self.cuts[first:end]
        return replace(self, lines=lines, cuts=cuts, above=self.above[first:end], whole=(), closed=closed)

    def is_analysis(self, i: int) -> bool:
        return bool(ANALYSIS.match(self.lines[i].text))


@dataclass(frozen=True, slots=True)
class _Between:
    """A way to part the lines between two anchors: how many end the row above, how many begin the next."""

    tail: int
    head: int
    cost: float


def rows_of(body: Body) -> list[Span]:
    """The rows of a table, each between rules where there are some; none where it has no anchor."""
    found: list[Span] = []
    most = 0.0
    for first, end in body.blocks():
        part = body.part(first, end)
        near = bool(first) and part.space < most + _TIGHT * part.lines[0].size
        ends = part.closed or _begins_tight(part) or (part.at_end and part.above[0] is not None)
        rows = (_between_rules(part, near, rest=not first) if ends else []) or _by_anchors(part)
        if not rows and body.go_on and not first and part.is_analysis(0):
            rows = [Span(0, _end_of_text(part, 0), merged=True)]
        if not rows:
            break
        most = max(most, part.space)
        found += [replace(row, first=row.first + first, end=row.end + first) for row in rows]
    return found


def _begins_tight(body: Body) -> bool:
    """Whether a rule stands right above an Analys, which no heading has so near."""
    return bool(body.above) and body.is_analysis(0) and 0 < body.space < 2 * _TIGHT * body.lines[0].size


def _between_rules(body: Body, near: bool, rest: bool) -> list[Span]:
    """The row, or the Analys, that all lines between two rules are; none where they may be several.

    What is no row by its values is one only where it stands as `near` to the rule above as others do, or may
    be the `rest` of one.
    """
    count = len(body.lines)
    anchors = _anchors(body)
    label = next((i for i in range(count) if body.is_analysis(i)), None)
    if label is not None:
        end = _end_of_text(body, label)
        return [] if anchors else [Span(0, label)] * bool(label) + [Span(label, end, merged=True)]
    if anchors:
        return [Span(0, count)] if len(anchors) == 1 else []
    if not near and not rest:
        return []
    alone = all(len(line.runs) == 1 for line in body.lines)
    if any(cut.prose or (alone and cut.torn) for cut in body.cuts):
        return [Span(0, count, merged=True)]
    texts = {n: body.of(0, count, n) for n in range(len(body.fields))}
    fit = all(may_hold(field or "", texts[n]) for n, field in enumerate(body.fields) if texts[n])
    return [Span(0, count, rest=rest)] if fit or rest else []


def _by_anchors(body: Body) -> list[Span]:
    anchors = _anchors(body)
    if not anchors:
        return []
    ways = [_Table(body, anchors, middle=middle).best() for middle in (False, True)]
    (cost, found), (other, rivals) = sorted(ways, key=lambda way: way[0])
    lines = {(row.first, row.end) for row in rivals}
    return [
        row if (row.first, row.end) in lines else replace(row, margin=min(row.margin, other - cost))
        for row in found
    ]


def _anchors(body: Body) -> list[int]:
    """Lines with a period, or a date; where a table has no periods, those with values."""
    fields = body.fields
    if body.table == "activities":
        return _dated(body, [n for n, field in enumerate(fields) if field in WHEN])
    if "period" in fields and (found := _periods(body, fields.index("period"))):
        return found
    values = [n for n, field in enumerate(fields) if field in VALUES]
    return [
        i
        for i, cut in enumerate(body.cuts)
        if not cut.prose
        and any(text and may_hold("value", text) for n in values for text in [cut.texts.get(n, "")])
        and cut.texts.get(body.name)
    ]


def _periods(body: Body, column: int) -> list[int]:
    found: list[int] = []
    open_until = -1
    for i, cut in enumerate(body.cuts):
        text = "" if cut.prose or body.is_analysis(i) else cut.texts.get(column, "")
        if YEAR.fullmatch(text) and i <= open_until:
            open_until = -1
        elif PERIOD_START.fullmatch(text):
            ahead = body.cuts[i + 1 : i + 1 + _OPEN_YEAR]
            if text.casefold() != "tertial" and any(
                YEAR.fullmatch(each.texts.get(column, "")) for each in ahead
            ):
                found.append(i)
                open_until = i + _OPEN_YEAR
        elif PERIOD.fullmatch(text):
            found.append(i)
    return found


def _dated(body: Body, columns: Sequence[int]) -> list[int]:
    found: list[int] = []
    for i, cut in enumerate(body.cuts):
        texts = [cut.texts.get(column, "") for column in columns]
        if cut.prose or body.is_analysis(i) or not any(says_when(text) for text in texts):
            continue
        found.append(i)
    return found


@lru_cache(maxsize=32768)
def _name_cost(table: str, name: str) -> float:
    """How surprising a text is as a whole name."""
    words = MARK.sub("", name).strip()
    if not words:
        return costs.NO_NAME
    cost = costs.SMALL_START * words[:1].islower()
    cost += costs.OPEN_BRACKET * (words.count("(") != words.count(")"))
    cost += costs.DANGLES * bool(HANGS.search(words))
    if table == "indicators" and indicator_index().exact(words):
        cost += costs.KNOWN_NAME
    elif table == "indicators" and _begins_a_name(key(words)):
        cost += costs.BEGINS_NAME
    return cost


def _begins_a_name(letters: str) -> bool:
    return len(letters) > 7 and any(name.startswith(letters) for name in keys_of("indicator"))


class _Table:
    """Parts the lines between all anchors at once; `middle`: values stand in the middle of their rows."""

    def __init__(self, body: Body, anchors: Sequence[int], *, middle: bool) -> None:
        self.body, self.anchors, self.middle = body, anchors, middle
        self.gaps = gaps_above(body.lines)
        self.wide = wide_of(self.gaps)
        self.labels = [self._label(k) for k in range(len(anchors) + 1)]

    def best(self) -> tuple[float, list[Span]]:
        """The cheapest reading: what it costs, and its rows."""
        betweens = [self._betweens(k) for k in range(len(self.anchors) + 1)]
        forward = [[(way.cost, 0) for way in betweens[0]]]
        rows: list[list[list[float]]] = []
        for k in range(len(self.anchors)):
            row = [[self._row(k, a.head, b.tail) for a in betweens[k]] for b in betweens[k + 1]]
            rows.append(row)
            forward.append([
                min((forward[k][i][0] + row[j][i] + b.cost, i) for i in range(len(betweens[k])))
                for j, b in enumerate(betweens[k + 1])
            ])  # fmt: skip
        total, at = min((cost, j) for j, (cost, _) in enumerate(forward[-1]))
        chosen = [at]
        for k in range(len(self.anchors), 0, -1):
            chosen.append(forward[k][chosen[-1]][1])
        chosen.reverse()
        margins = self._margins(betweens, forward, rows, chosen, total)
        parted = [betweens[k][at] for k, at in enumerate(chosen)]
        return total + costs.MIDDLE * self.middle, self._spans(parted, margins)

    def _margins(
        self,
        betweens: Sequence[Sequence[_Between]],
        forward: Sequence[Sequence[tuple[float, int]]],
        rows: Sequence[Sequence[Sequence[float]]],
        chosen: Sequence[int],
        total: float,
    ) -> list[float]:
        """For each row what the cheapest reading that gives it other lines costs more."""
        margins = [costs.NEVER] * (len(self.anchors) + 1)  # the last is of no row
        back = [0.0] * len(betweens[-1])
        for k in range(len(betweens) - 1, -1, -1):
            own = betweens[k][chosen[k]]
            for j, way in enumerate(betweens[k]):
                more = forward[k][j][0] + back[j] - total
                if way.tail != own.tail:
                    margins[k - 1] = min(margins[k - 1], more)
                if way.head != own.head:
                    margins[k] = min(margins[k], more)
            if k:
                row, after = rows[k - 1], betweens[k]
                back = [
                    min(row[j][i] + after[j].cost + back[j] for j in range(len(after)))
                    for i in range(len(betweens[k - 1]))
                ]
        return margins

    def _limits(self, k: int) -> tuple[int, int]:
        """The lines between anchor `k - 1` and anchor `k`."""
        low = self.anchors[k - 1] + 1 if k else 0
        return low, self.anchors[k] if k < len(self.anchors) else len(self.body.lines)

    def _label(self, k: int) -> int | None:
        low, high = self._limits(k)
        return next((i for i in range(low, high) if self.body.is_analysis(i)), None)

    def _betweens(self, k: int) -> list[_Between]:
        low, high = self._limits(k)
        label = self.labels[k]
        most_tail = self._most_tail(low, high if label is None else label) if k else 0
        most_head = (
            min(high - (low if label is None else label + 1), costs.LINES) if k < len(self.anchors) else 0
        )
        found: list[_Between] = []
        for tail in range(most_tail + 1):
            if tail and not self._may_be_row(low + tail - 1):
                break
            for head in range(most_head + 1):
                if (head and not self._may_be_row(high - head)) or tail + head > high - low:
                    break
                found.append(_Between(tail, head, self._left(k, low + tail, high - head)))
        return found

    def _most_tail(self, low: int, high: int) -> int:
        """The most lines from one on that end a row: as many as there are, if they have no word of a name."""
        for i in range(low + costs.LINES, high):
            if self.body.cuts[i].texts.get(self.body.name) or self._apart(i):
                return i - low
        return high - low

    def _may_be_row(self, i: int) -> bool:
        return not self.body.cuts[i].prose

    def _left(self, k: int, low: int, high: int) -> float:
        """What it costs that lines between two rows belong to neither."""
        label = self.labels[k]
        if self.body.closed and label is None and low < high and k in (0, len(self.anchors)):
            return costs.MISFIT * (high - low)
        if label is not None:
            return costs.UNLABELLED * (label - low) + (0.0 if high - label > 1 else 0.6)
        if not k:
            return costs.BEFORE * (high - low)
        if k == len(self.anchors):
            return self._below(low, high)
        if low == high:
            return 0.0 if not self.wide or self.gaps[low] > self.wide else costs.NO_GAP
        return costs.TEXT + costs.TEXT_LINE * (high - low)

    def _below(self, low: int, high: int) -> float:
        """Lines that go on right under the last row, in its columns, are its own."""
        count = 0
        while low + count < high and self._may_be_row(low + count) and not self._apart(low + count):
            count += 1
        return costs.BEFORE * count

    def _apart(self, i: int) -> bool:
        usual = self.wide or 0.8 * self.body.lines[i].size
        return self.gaps[i] > usual

    def _row(self, k: int, head: int, tail: int) -> float:
        """How surprising a row of these lines above and below its anchor is."""
        anchor, body = self.anchors[k], self.body
        first, end = anchor - head, anchor + 1 + tail
        cost = costs.LINE * (head + tail) + _name_cost(body.table, body.of(first, end, body.name))
        cost += costs.GAP * sum(bool(self.wide) and self.gaps[i] > self.wide for i in range(first + 1, end))
        for column, field in enumerate(body.fields):
            text = body.of(first, end, column) if field and column != body.name else ""
            cost += costs.MISFIT * (bool(text) and not may_hold(field or "", text))
        cost += costs.CAPITAL * sum(
            cut.texts.get(body.name, "")[:1].isupper() for cut in body.cuts[first + 1 : end]
        )
        if self.middle:
            return cost + costs.UNEVEN * max(abs(head - tail) - 1, 0)
        return cost + costs.ABOVE * bool(head)

    def _spans(self, parted: Sequence[_Between], margins: Sequence[float]) -> list[Span]:
        found: list[Span] = []
        for k, way in enumerate(parted):
            low, high = self._limits(k)
            low, high = low + way.tail, high - way.head
            if k:
                before = self.anchors[k - 1]
                found.append(Span(before - parted[k - 1].head, low, margin=margins[k - 1]))
            label = self.labels[k]
            if k == len(self.anchors):
                if label is not None:
                    found.append(Span(low, _end_of_text(self.body, label), True))
            elif low < high:
                start = label if label is not None and not k else low
                found += [Span(low, start)] if low < start else []
                found.append(Span(start, high, merged=label is not None or self.body.cuts[low].prose))
        return found


def _end_of_text(body: Body, label: int) -> int:
    """Where the Analys of the last row ends: at a rule, or a gap wider than those in it."""
    lines, gaps = body.lines, gaps_above(body.lines)
    end = len(lines) if body.closed else label + 1
    while end < len(lines) and (end <= label + 1 or gaps[end] < 0.8 * lines[end].size):
        end += 1
    return end


def gaps_above(lines: Sequence[Line]) -> list[float]:
    """White space above each line."""
    return [0.0, *(max(b.top - a.bottom, 0.0) for a, b in pairwise(lines))]


def wide_of(gaps: Sequence[float]) -> float:
    """The gap over which one is wider than those inside a row; 0 where all are alike."""
    found = sorted(gaps[1:])
    if not found:
        return 0.0
    usual, most = found[len(found) // 4], found[-1]
    return usual + max((most - usual) * 0.3, 0.8) if most - usual > 2.0 else 0.0
