"""Traps on the printed parts: what the planning system and the page did to tables and statuses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from vbdata import vocabulary
from vbdata.sample.dialects import DIALECTS
from vbdata.sample.parts import BREAK, Part, RowPart, StatusPart, TablePart, status_code
from vbdata.sample.traps.registry import FILES, trap_at

_Parts = tuple[Part, ...]
Rows = tuple[RowPart, ...]


def _on_tables(made: _Parts, change: Callable[[TablePart], TablePart], *tables: str) -> _Parts:
    return tuple(
        change(part) if isinstance(part, TablePart) and (not tables or part.table in tables) else part
        for part in made
    )


def _at_one_row(
    made: _Parts,
    rng: Random,
    fits: Callable[[Rows, int], object],
    change: Callable[[TablePart, int], Rows],
    *tables: str,
) -> _Parts:
    """In each table one of the rows that fit is chosen, and the table gets the rows that `change` gives."""

    def changed(part: TablePart) -> TablePart:
        places = [i for i in range(len(part.rows)) if fits(part.rows, i)]
        return replace(part, rows=change(part, rng.choice(places))) if places else part

    return _on_tables(made, changed, *tables)


def _at_one_status(
    made: _Parts,
    rng: Random,
    fits: Callable[[StatusPart], object],
    change: Callable[[StatusPart], StatusPart],
) -> _Parts:
    hits = [(i, part) for i, part in enumerate(made) if isinstance(part, StatusPart) and fits(part)]
    if not hits:
        return made
    at, part = rng.choice(hits)
    return (*made[:at], change(part), *made[at + 1 :])


def _head(part: TablePart) -> RowPart:
    return RowPart(part.header, "head")


@trap_at("parts", but=("spaced", *FILES))
def icon_column(made: _Parts, rng: Random) -> _Parts:
    """Tables have an extra first column that holds an icon."""

    def widen(part: TablePart) -> TablePart:
        icons = ("", "●", "▲") if part.table == "indicators" else ("",)
        rows = tuple(
            replace(r, mark=r.mark or rng.choice(icons)) if r.kind == "row" else r for r in part.rows
        )
        return replace(part, icons=1, rows=rows)

    return _on_tables(made, widen, "indicators", "activities")


@trap_at("parts", but=FILES)
def header_letters_lost(made: _Parts, rng: Random) -> _Parts:
    """Header cells lost letters or accents: "rsml", "Arsmal", "Indikatr"."""

    def lose(text: str) -> str:
        way = rng.randrange(3)
        if way == 0:
            return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        if way == 1:
            return re.sub("[åäöÅÄÖ]", "", text)
        inner = [i for i in range(2, len(text) - 1) if text[i].isalpha()]
        at = rng.choice(inner) if inner and len(text) > 7 else len(text)
        return text[:at] + text[at + 1 :]

    return _on_tables(made, lambda part: replace(part, header=tuple(lose(cell) for cell in part.header)))


@trap_at("parts", but=FILES)
def table_cut(made: _Parts, rng: Random) -> _Parts:
    """A page break cuts a table: the header stands again between its rows."""
    return _at_one_row(
        made, rng, lambda rows, i: i and rows[i].kind == "row",
        lambda part, at: (*part.rows[:at], _head(part), *part.rows[at:]),
    )  # fmt: skip


@trap_at("parts", but=FILES)
def analysis_cut(made: _Parts, rng: Random) -> _Parts:
    """A page break cuts an Analys row: all or half of its text follows the repeated header."""

    def cut(part: TablePart, at: int) -> Rows:
        text = part.rows[at].cells[0]
        half = rng.random() >= 0.5 and " " in text[len(text) // 2 :]
        split = text.index(" ", len(text) // 2 - 1) if half else 0
        above = RowPart((text[:split].strip(),), "analysis")
        below = RowPart((text[split:].strip(),), "analysis_rest")
        return (*part.rows[:at], above, _head(part), below, *part.rows[at + 1 :])

    return _at_one_row(made, rng, lambda rows, i: rows[i].kind == "analysis" and " " in rows[i].cells[0], cut)


@trap_at("parts", but=("spaced", *FILES))
def cell_cut(made: _Parts, rng: Random) -> _Parts:
    """A page break cuts a category: its last words stand alone in the row after the repeated header."""

    def fits(rows: Rows, i: int) -> bool:
        return rows[i].kind == "row" and rows[i].cells[1].count(" ") > 3

    def cut(part: TablePart, at: int) -> Rows:
        group, category, *rest = part.rows[at].cells
        first, last = _parted(category, rng)
        above, below = RowPart((group, first, *rest)), RowPart(("", last, *[""] * len(rest)), "rest")
        return (*part.rows[:at], above, _head(part), below, *part.rows[at + 1 :])

    return _at_one_row(made, rng, fits, cut, "complaints")


def _parted(text: str, rng: Random) -> tuple[str, str]:
    """A text in two, after its second word or later."""
    words = text.split(" ")
    split = rng.randint(2, len(words) - 1)
    return " ".join(words[:split]), " ".join(words[split:])


@trap_at("parts", but=FILES)
def group_label_cut(made: _Parts, rng: Random) -> _Parts:
    """A page break cuts a group of the form and its label: the label's last words stand on the next page."""

    def fits(rows: Rows, i: int) -> bool:
        together = i > 0 and rows[i - 1].kind == rows[i].kind == "row" and not rows[i].cells[0]
        return together and rows[i - 1].cells[0].count(" ") > 2

    def cut(part: TablePart, at: int) -> Rows:
        first, last = _parted(part.rows[at - 1].cells[0], rng)
        above, below = (
            replace(row, cells=(label, *row.cells[1:]))
            for row, label in zip(part.rows[at - 1 : at + 1], (first, last), strict=True)
        )
        return (*part.rows[: at - 1], above, _head(part), below, *part.rows[at + 1 :])

    return _at_one_row(made, rng, fits, cut, "complaints")


@trap_at("parts", but=("spaced", "html", *FILES))
def category_in_group_column(made: _Parts, rng: Random) -> _Parts:
    """A category of the form stands in the group's column."""
    groups = {g.group for g in vocabulary.groups()}

    def fits(rows: Rows, i: int) -> bool:
        return rows[i].kind == "row" and not rows[i].cells[0] and rows[i].cells[1] not in groups

    def move(part: TablePart, at: int) -> Rows:
        _, category, *rest = part.rows[at].cells
        moved = replace(part.rows[at], cells=(category, "", *rest))
        return (*part.rows[:at], moved, *part.rows[at + 1 :])

    return _at_one_row(made, rng, fits, move, "complaints")


@trap_at("parts", but=("spaced", *FILES))
def words_broken(made: _Parts, rng: Random) -> _Parts:
    """Long words are broken inside narrow cells: "kategori er", "nämnd/s tyrelse"."""
    known = {i.name for i in vocabulary.indicators()} | {c.category for c in vocabulary.categories()}

    def split(text: str) -> str:
        return re.sub(r"\w*/?\w{11,}", lambda word: word[0][:-3] + BREAK + word[0][-3:], text, count=1)

    def narrow(part: TablePart) -> TablePart:
        rows = tuple(
            replace(
                row, cells=tuple(split(c) if c in known or c.startswith("Tas fram") else c for c in row.cells)
            )
            for row in part.rows
        )
        return replace(part, header=tuple(split(cell) for cell in part.header), rows=rows)

    return _on_tables(made, narrow)


@trap_at("parts")
def status_marks(made: _Parts, rng: Random) -> _Parts:
    """Before a status stands an icon, a bullet, a letter of a symbol font, or nothing."""
    marks = ("", "•", "-", "*", "◆", "\uf0b7", "●", "▪", "–")
    return tuple(replace(p, mark=rng.choice(marks)) if isinstance(p, StatusPart) else p for p in made)


@trap_at("parts", but=FILES)
def status_near_contents(made: _Parts, rng: Random) -> _Parts:
    """Words of the table of contents stand on the line of a status."""
    return _at_one_status(
        made, rng, lambda part: True, lambda part: replace(part, after=" Innehållsförteckning")
    )


@trap_at("parts", but=DIALECTS)
def status_icon_alone(made: _Parts, rng: Random) -> _Parts:
    """A unit goal's status is its coloured symbol alone, without words."""
    return _at_one_status(
        made, rng, _is_judged, lambda part: replace(part, words="", icon=status_code(part.words))
    )


@trap_at("parts", but=DIALECTS)
def status_icon_differs(made: _Parts, rng: Random) -> _Parts:
    """The colour of a status symbol says something else than the words."""
    other = {"met": "not_met", "partly_met": "met", "not_met": "met"}
    return _at_one_status(
        made, rng, _is_judged, lambda part: replace(part, icon=other[status_code(part.words) or "met"])
    )


def _is_judged(part: StatusPart) -> bool:
    return status_code(part.words) in ("met", "partly_met", "not_met")
