"""The complaint form: labels of groups and categories that wrap, most categories without counts.

Where a label ends is told by gaps, counts and the vocabulary; whose group a row is in, by the print alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from vbdata.extract.grammar import COUNTS
from vbdata.extract.labels import keys_of
from vbdata.extract.tables import costs
from vbdata.extract.tables.columns import Cut
from vbdata.extract.tables.rows import Body, Span, gaps_above, wide_of
from vbdata.vocabulary import key

_LINES = 9
_PITCH = 2.5  # of a line's height: lines of one label start no farther below each other
_LEVEL = 0.6  # of the labels: so many stand on the first lines of their rows, if not in the middle of them


@dataclass(frozen=True, slots=True)
class Label:
    """A label's lines (half-open), which may hold lines without words of it."""

    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of a form, and the labels of groups, each with the rows (half-open) that it stands beside."""

    rows: tuple[Span, ...]
    groups: tuple[tuple[int, int], ...]


@lru_cache(maxsize=32768)
def _label_cost(kind: str, text: str) -> float:
    """How surprising a text is as a whole label."""
    letters, known = key(text), keys_of(kind)
    if letters in known:
        return 0.0
    if len(letters) > 5 and any(
        abs(len(letters) - len(k)) < 5 and fuzz.ratio(letters, k) >= 88 for k in known
    ):
        return costs.NEARLY
    if len(letters) > 9 and any(k.startswith(letters) or k.endswith(letters) for k in known):
        return costs.PIECE
    return costs.UNKNOWN


def form_of(body: Body) -> Form:
    """The rows of a form and whose they are."""
    gaps = gaps_above(body.lines)
    wide = wide_of(gaps)
    counts = [n for n, field in enumerate(body.fields) if field in COUNTS]
    counted = [not cut.prose and any(n in cut.texts for n in counts) for cut in body.cuts]
    ruled = _are_parted(body, counted)
    parted = [at is not None for at in body.above]
    rows = _cut_labels(body, body.name, "category", gaps, wide, counted, parted, ruled)
    own = body.fields.index("group") if "group" in body.fields else None
    labels = _cut_labels(body, own, "group", gaps, wide, None, body.whole, ruled) if own is not None else []
    firsts = _firsts([label for label, _ in rows], parted)
    margins = dict(zip(firsts, (margin for _, margin in rows), strict=True))
    starts = sorted({0, *firsts, *(first for first, _ in body.blocks() if ruled)}) if rows else []
    bounds = pairwise([*starts, len(body.lines)])
    spans = [Span(at, end, margin=margins.get(at, costs.NEVER)) for at, end in bounds]
    if ruled and any(body.whole[1:]):
        parts = _between_rules(spans, body.whole)
        edges = [(spans[a].first, spans[b - 1].end) for a, b in parts]
        if all(sum(first <= label.first < end for label, _ in labels) < 2 for first, end in edges):
            return Form(tuple(spans), tuple(parts))
    owners = _owners([label for label, _ in labels], spans)
    for (row, _), (label, _) in zip(owners, labels, strict=False):
        inside = 0 < row < len(spans)  # past the last row there is none to part
        if inside and spans[row - 1].first < label.first < spans[row].first:  # a label wider than its column
            spans[row - 1] = replace(spans[row - 1], end=label.first)
            spans[row] = replace(spans[row], first=label.first)
    return Form(tuple(spans), tuple(span for span in owners if span[0] < span[1]))


def unindented(cut: Cut, name: int) -> Cut:
    """A line that only says a category, in its column: alone on its line it may have lost its indentation."""
    text = next(iter(cut.texts.values()), "")
    alone = len(cut.texts) == 1 and key(text) in keys_of("category") - keys_of("group")
    return replace(cut, texts={name: text}) if alone else cut


def _are_parted(body: Body, counted: Sequence[bool]) -> bool:
    """Whether rules part the rows: none has counts on two lines."""
    blocks = body.blocks()
    return len(blocks) > 1 and all(sum(counted[first:end]) < 2 for first, end in blocks)


def _firsts(labels: Sequence[Label], parted: Sequence[bool]) -> list[int]:
    """The first line of each label's row: under the rule above it, if there is one."""
    found: list[int] = []
    low = 0
    for label in labels:
        found.append(max((i for i in range(low, label.first + 1) if parted[i]), default=label.first))
        low = label.end
    return found


def _between_rules(rows: Sequence[Span], whole: Sequence[bool]) -> list[tuple[int, int]]:
    """Rows (half-open) between rules that part groups."""
    starts = [i for i, row in enumerate(rows) if not i or any(whole[row.first : row.first + 1])]
    return list(pairwise([*starts, len(rows)]))


def _cut_labels(
    body: Body,
    column: int,
    kind: str,
    gaps: Sequence[float],
    wide: float,
    counted: Sequence[bool] | None,
    parted: Sequence[bool],
    ruled: bool,
) -> list[tuple[Label, float]]:
    """The cheapest way to cut a column's lines into labels, and what the next one for each costs more."""
    own = [i for i, cut in enumerate(body.cuts) if not cut.prose and cut.texts.get(column)]
    fresh = {b for a, b in pairwise([-1, *own]) if any(parted[a + 1 : b + 1])}
    n = len(own)
    best: list[tuple[float, int]] = [(0.0, n)] * (n + 1)
    near: list[float] = [costs.NEVER] * (n + 1)
    for a in range(n - 1, -1, -1):
        ways = sorted(
            (
                _label(body, column, kind, own[a:b], own[b] if b < n else len(body.cuts), gaps, wide, counted)
                + costs.NEVER * any(i in fresh for i in own[a + 1 : b])
                + costs.NO_RULE * (ruled and a > 0 and own[a] not in fresh)
                + best[b][0],
                b,
            )
            for b in range(a + 1, min(a + _LINES, n) + 1)
        )
        best[a] = ways[0]
        near[a] = ways[1][0] - ways[0][0] if len(ways) > 1 else costs.NEVER
    found: list[tuple[Label, float]] = []
    a = 0
    while a < n:
        b = best[a][1]
        found.append((Label(own[a], own[b - 1] + 1), near[a]))
        a = b
    return found


def _label(
    body: Body,
    column: int,
    kind: str,
    own: Sequence[int],
    after: int,
    gaps: Sequence[float],
    wide: float,
    counted: Sequence[bool] | None,
) -> float:
    text = " ".join(body.cuts[i].texts[column] for i in own)
    cost = costs.LABEL + _label_cost(kind, text)
    if len(own) > 1:
        cost += costs.MISFIT * sum(key(body.cuts[i].texts[column]) in keys_of(kind) for i in own)
    cost += costs.SMALL_START * text[:1].islower() + costs.OPEN_BRACKET * (text.count("(") > text.count(")"))
    cost += costs.GAP * sum(bool(wide) and gaps[i] > wide for i in own[1:])
    if _label_cost(kind, text) == costs.UNKNOWN:  # only its print says that it is one
        near = pairwise(body.lines[i] for i in own)
        cost += costs.MISFIT * sum(b.top - a.top > _PITCH * b.size for a, b in near)
    if wide and own[0] and gaps[own[0]] <= wide:
        cost += costs.NO_GAP
    if counted is not None:
        lines = [i for i in range(own[0], after) if counted[i]]
        cost += costs.MISFIT * max(len(lines) - 1, 0) + costs.NEARLY * bool(lines and lines[0] != own[0])
    return cost


def _owners(labels: Sequence[Label], rows: Sequence[Span]) -> list[tuple[int, int]]:
    """For each group's label, its rows (half-open): from the one on its first line, or right under it.

    Where labels stand in the middle of their rows, those whose middle is nearest to the label's.
    """
    firsts = {row.first: i for i, row in enumerate(rows)}
    if not labels or not rows:
        return []
    level = sum(label.first in firsts for label in labels)
    if level >= _LEVEL * len(labels):
        at = [
            next((i for i, row in enumerate(rows) if row.first >= label.first), len(rows)) for label in labels
        ]
        return list(pairwise([*at, len(rows)]))
    return _by_middles(labels, rows)


def _by_middles(labels: Sequence[Label], rows: Sequence[Span]) -> list[tuple[int, int]]:
    n, m = len(labels), len(rows)
    best = [[costs.NEVER] * (m + 1) for _ in range(n + 1)]
    cut = [[m] * (m + 1) for _ in range(n + 1)]
    best[n][m] = 0.0
    for g in range(n - 1, -1, -1):
        for r in range(m - 1, -1, -1):
            for e in range(r + 1, m + 1):
                off = abs((labels[g].first + labels[g].end) - (rows[r].first + rows[e - 1].end)) / 2
                if off + best[g + 1][e] < best[g][r]:
                    best[g][r], cut[g][r] = off + best[g + 1][e], e
    r = min(range(m), key=lambda each: best[0][each])
    found: list[tuple[int, int]] = []
    for g in range(n):
        found.append((r, cut[g][r]))
        r = cut[g][r]
    return found
