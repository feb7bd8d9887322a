"""Texts that explain a row of a table and stand apart from it: between its rows, or below with its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vbdata.extract.document import (
    Block,
    Cell,
    Doubt,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Row,
    Table,
)
from vbdata.extract.grammar import heads_analysis
from vbdata.extract.recognise import heads_a_goal

_OPENS = re.compile(r"(?:^|\s)Analys\s+[–—-]\s+")


def with_analyses_between(blocks: Sequence[Block]) -> tuple[list[Block], list[Doubt]]:
    """The blocks with each Analys that stands between rows of one table in the table, under its row.

    Under the last row of such a table an Analys may be the row's or the goal's: it stays, and is said.
    """
    found: list[Block] = []
    doubts: list[Doubt] = []
    i, between = 0, False
    while i < len(blocks):
        block, end = blocks[i], _end_of_analysis(blocks, i)
        at = next((j for j in range(len(found) - 1, -1, -1) if not isinstance(found[j], PageBreak)), 0)
        above = found[at] if found else None
        after = blocks[end] if end < len(blocks) else None
        if end > i and isinstance(above, Table) and isinstance(after, Table) and _goes_on(above, after):
            text = "\n".join(text for each in blocks[i + 1 : end] for text in _texts_of(each))
            row = _analysis(text, block.place, len(above.rows[-1].cells))
            found[at] = replace(above, rows=(*above.rows, row, *after.rows))
            i, between = end + 1, True
            continue
        if end > i and between and isinstance(above, Table):
            detail = (
                "Det går inte att se om texten under Analys hör till tabellens sista rad eller till målet."
            )
            doubts.append(Doubt("columns_uncertain", detail, block.place))
        between = between and isinstance(block, PageBreak)
        found.append(block)
        i += 1
    return found, doubts


def _end_of_analysis(blocks: Sequence[Block], i: int) -> int:
    """Where the texts end under the word Analys; the same block where there are none."""
    head, end = blocks[i], i + 1
    if not isinstance(head, Heading) or not heads_analysis(head.text):
        return i
    while end < len(blocks) and isinstance(blocks[end], Paragraph | ListItem | PageBreak):
        end += 1
    return end if any(map(_texts_of, blocks[i + 1 : end])) else i


def _goes_on(above: Table, after: Table) -> bool:
    """Whether a table goes on with the rows of another, the last of which is no text."""
    same = _has_names(above) and after.columns == above.columns and not after.head
    return same and bool(above.body) and bool(_name(above.rows[-1], above))


def _analysis(text: str, where: Place, width: int) -> Row:
    return Row((Cell(f"Analys\n{text}", where), *[Cell("", where)] * (width - 1)), where)


def with_named_analyses(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each text that names a row of the same goal right under that row.

    "Analys – Sjukfrånvaro: Den har ökat." stands below all rows. What names no row there, or does so in part,
    stays where it stands.
    """
    goals: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and heads_a_goal(block.text):
            goals.append([])
        goals[-1].append(block)
    for own in goals:
        named = any(_OPENS.search(text) for block in own for text in _texts_of(block))
        yield from _Goal(own).settled() if named else own


def _texts_of(block: Block) -> list[str]:
    if isinstance(block, Paragraph | ListItem):
        return [block.text]
    return [cell.text for row in block.rows for cell in row.cells] if isinstance(block, Table) else []


class _Goal:
    """The blocks of one goal, and the texts that go to each row of its tables, by its name."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        tables = [block for block in blocks if isinstance(block, Table) and _has_names(block)]
        named = [_name(row, table) for table in tables for row in table.body]
        self.names = sorted(
            (name for name in named if name and named.count(name) == 1), key=len, reverse=True
        )
        self.texts: dict[str, tuple[str, Place]] = {}

    def settled(self) -> list[Block]:
        left: list[Block] = []
        for block in self.blocks:
            if isinstance(block, Table) and _has_names(block):
                left.append(replace(block, rows=tuple(row for row in block.rows if not self._takes(row))))
            elif not (isinstance(block, Paragraph) and self._take(block.text, block.place)):
                left.append(block)
        return [self._explained(block) if isinstance(block, Table) else block for block in left]

    def _takes(self, row: Row) -> bool:
        filled = [text for text in row.texts if text]
        return len(filled) == 1 and self._take(filled[0], row.place)

    def _take(self, text: str, where: Place) -> bool:
        """Keep the texts that each name a row; False where one of them names none."""
        before, *parts = _OPENS.split(" ".join(text.split()))
        found = [(name, part[len(name) + 1 :].strip()) for part in parts if (name := self._named(part))]
        if before or not parts or len(found) < len(parts) or not all(rest for _, rest in found):
            return False
        for name, rest in found:
            said, place = self.texts.get(name, ("", where))
            self.texts[name] = f"{said}\n{rest}".strip(), place
        return True

    def _named(self, text: str) -> str:
        return next((name for name in self.names if text.startswith(f"{name}:")), "")

    def _explained(self, table: Table) -> Table:
        if not _has_names(table):
            return table
        rows: list[Row] = []
        for i, row in enumerate(table.rows):
            rows.append(row)
            if i >= table.head and (said := self.texts.get(_name(row, table))):
                rows.append(_analysis(*said, len(row.cells)))
        return replace(table, rows=tuple(rows))


def _has_names(table: Table) -> bool:
    return table.columns is not None and table.columns.table in ("indicators", "activities")


def _name(row: Row, table: Table) -> str:
    """The name of a row; none of one that is a text alone."""
    if table.columns is None or sum(map(bool, row.texts)) < 2:
        return ""
    return " ".join(table.columns.fit(row.texts).get(table.columns.main, "").split())
