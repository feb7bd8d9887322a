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

_OPENS = re.compile(r"Analys\s+[–—-]\s+[^:]{3,}:")


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
    """The blocks with each text of a table that names the row it explains below the table, as the goal's.

    "Analys – Sjukfrånvaro: Den har ökat." stands under all rows, and is not of the last one.
    """
    for block in blocks:
        if not isinstance(block, Table) or not _has_names(block):
            yield block
            continue
        named = [row for row in block.rows if not any(row.texts[1:]) and _OPENS.match(row.texts[0])]
        yield replace(block, rows=tuple(row for row in block.rows if row not in named))
        yield from (Paragraph(" ".join(row.texts[0].split()), row.place) for row in named)


def _texts_of(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Paragraph | ListItem) else []


def _has_names(table: Table) -> bool:
    return table.columns is not None and table.columns.table in ("indicators", "activities")


def _name(row: Row, table: Table) -> str:
    """The name of a row; none of one that is a text alone."""
    if table.columns is None or sum(map(bool, row.texts)) < 2:
        return ""
    return " ".join(table.columns.fit(row.texts).get(table.columns.main, "").split())
