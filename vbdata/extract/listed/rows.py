"""Rows of listed indicator and activity tables: known by period or dates, counted back to their name."""

from __future__ import annotations

from collections.abc import Sequence

from vbdata.extract.document import Doubt, Row
from vbdata.extract.flowed.rows import unplaced
from vbdata.extract.furniture import place
from vbdata.extract.grammar import DATE
from vbdata.extract.listed.cells import MARK, PERIOD, CellText, is_value
from vbdata.vocabulary import indicator_index, key

_DEVIATION = 20
#: No name or title has fewer letters.
_SHORTEST = 4

Span = tuple[int, int, list[str]]
"""First cell, the one after the last, and the texts of a row."""


def read_rows(
    cells: Sequence[CellText], table: str, width: int, *, empty: bool, doubts: list[Doubt]
) -> tuple[list[Row], int]:
    """Rows of a table, and the line after it."""
    find = _indicators if table == "indicators" else _activities
    unsure: list[Doubt] = []
    spans = find(cells, width, empty, unsure)
    if not empty and _is_scattered(cells, spans):
        return _only_known(cells, table, width, doubts)
    doubts += unsure
    rows: list[Row] = []
    done = 0
    for start, end, texts in spans:
        rows += _text(cells[done:start], width)
        rows.append(_row(texts, cells[start]))
        done = end
    after = cells[done - 1].after if done else 0
    rest = _text(cells[done:], width)
    if rest and key(rest[0].texts[0].split("\n", 1)[0]) == "analys":
        rows += rest
        after = cells[-1].after
    return rows, after


def _is_scattered(cells: Sequence[CellText], spans: Sequence[Span]) -> bool:
    """Whether cells stand elsewhere than in their row: names without values, or values after them."""
    done = 0
    for start, end, texts in spans:
        if start > done and key(cells[done].text) != "analys":
            return True
        if len(key(texts[0])) < _SHORTEST or key(texts[0].split(" ", 1)[0]) == "analys":
            return True
        done = end
    return any(PERIOD.fullmatch(cell.text) or DATE.fullmatch(cell.text) for cell in cells[done:])


def _only_known(
    cells: Sequence[CellText], table: str, width: int, doubts: list[Doubt]
) -> tuple[list[Row], int]:
    """Rows of a table whose cells are scattered: names that the vocabulary knows, and a doubt."""
    last = max((i for i, cell in enumerate(cells) if is_of_row(cell.text)), default=-1)
    inside = cells[: last + 1]
    if not inside:
        return [], 0
    shown = " | ".join(cell.text for cell in inside if is_of_row(cell.text))
    detail = f"Tabellens celler står inte i sina rader i texten, så de ({shown}) är utelämnade."
    doubts.append(Doubt("columns_uncertain", detail, place(inside[0].line)))
    known = [cell for cell in inside if table == "indicators" and indicator_index().exact(cell.text)]
    return [_row([cell.text, *[""] * (width - 1)], cell) for cell in known], inside[-1].after


def is_of_row(text: str) -> bool:
    """Whether a text is the value, period or date of a row and nothing else."""
    return bool(text) and bool(PERIOD.fullmatch(text) or DATE.fullmatch(text) or is_value(text))


def _indicators(cells: Sequence[CellText], width: int, empty: bool, doubts: list[Doubt]) -> list[Span]:
    found: list[Span] = []
    done = 0
    for i, cell in enumerate(cells):
        if i < done or not PERIOD.fullmatch(cell.text):
            continue
        name = i - 1
        while name >= done and is_value(cells[name].text):
            name -= 1
        if name < done or PERIOD.fullmatch(cells[name].text):
            continue
        values = [each.text for each in cells[name + 1 : i]]
        if len(values) != width - 2:
            shown = [value for value in values if value]
            if shown:
                doubts.append(
                    Doubt("columns_uncertain", unplaced(cells[name].text, shown), place(cells[name].line))
                )
            values = [""] * (width - 2)
        start, label = _marked(cells, name, done)
        found.append((start, i + 1, [label, *values, cell.text]))
        done = i + 1
    return found


def _activities(cells: Sequence[CellText], width: int, empty: bool, doubts: list[Doubt]) -> list[Span]:
    found: list[Span] = []
    done = 0
    for i, cell in enumerate(cells):
        if i <= done - 1 or not DATE.fullmatch(cell.text):
            continue
        title = i - 1
        while empty and title > done and not cells[title].text:
            title -= 1
        if title < done or not cells[title].text or i - title > 2:
            continue
        dates = [each.text for each in cells[title + 1 : title + 3]]
        start, label = _marked(cells, title, done)
        third = cells[title + 3].text if title + 3 < len(cells) else ""
        if len(dates) < 2 or DATE.fullmatch(third) or not all(not d or DATE.fullmatch(d) for d in dates):
            doubts.append(Doubt("columns_uncertain", unplaced(label, [cell.text]), place(cell.line)))
            found.append((start, i + 1, [label, *[""] * (width - 1)]))
            done = i + 1
            continue
        end = title + 3
        deviation = ""
        if width > 3 and end < len(cells) and (empty or _is_deviation(cells, end)):
            deviation, end = cells[end].text, end + 1
        found.append((start, end, [label, *dates, deviation][:width]))
        done = end
    return found


def _is_deviation(cells: Sequence[CellText], at: int) -> bool:
    text = cells[at].text
    titles = at + 1 < len(cells) and DATE.fullmatch(cells[at + 1].text)
    return len(text) <= _DEVIATION and key(text) != "analys" and not MARK.fullmatch(text) and not titles


def _marked(cells: Sequence[CellText], name: int, low: int) -> tuple[int, str]:
    """Where a row starts, and its name with the mark in the cell before it."""
    before = name - 1
    if before >= low and MARK.fullmatch(cells[before].text):
        return before, f"{cells[before].text} {cells[name].text}"
    return name, cells[name].text


def _text(cells: Sequence[CellText], width: int) -> list[Row]:
    """What stands between two rows: an Analys row, or text."""
    filled = [cell for cell in cells if cell.text]
    if not filled:
        return []
    first, *rest = filled
    text = " ".join(cell.text for cell in rest)
    whole = f"{first.text}\n{text}" if key(first.text) == "analys" else f"{first.text} {text}".strip()
    return [_row([whole, *[""] * (width - 1)], first)]


def _row(texts: Sequence[str], cell: CellText) -> Row:
    return Row.of(texts, place(cell.line))
