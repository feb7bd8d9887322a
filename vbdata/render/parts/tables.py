"""Tables that can be heard: caption, scope and explicit roles, because narrow pages show rows as cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vbdata.render.parts.html import Html, element, join

_ROLES = re.compile(r' role="(?:table|rowgroup|row|columnheader|rowheader|cell)"')
"""A matrix stays a table on narrow pages too: it needs no roles, and has many cells."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `css` is ``num``, ``src`` or nothing; `shown` is the heading if more than text."""

    title: str
    css: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; on narrow pages a `labelled` cell shows its column's heading beside it."""

    content: str
    css: str = ""
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its header and its cells; `more` stands under them over the whole width."""

    head: str
    cells: Sequence[Cell]
    css: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a common heading, in a tbody of their own; without a heading, just rows."""

    rows: Sequence[Row] = field(default_factory=list)
    head: str | None = None


def table(
    caption: str, columns: Sequence[Column], groups: Sequence[Group], *, note: str = "", css: str = "stack"
) -> Html:
    """A table; `note` tells how to read it. The first column holds the rows' headers."""
    small = Html(" ") + element("small", note) if note else Html("")
    matrix = "mx" in css.split()
    head = join(
        element(
            "th",
            column.shown or column.title,
            scope="col",
            role="columnheader",
            class_=_css(column.css, "stick" if matrix and not i else ""),
        )
        for i, column in enumerate(columns)
    )
    parts = [
        element("caption", element("div", Html("{}{}").format(caption, small), class_="cap")),
        element("thead", element("tr", head, role="row"), role="rowgroup"),
        *[_group(group, columns, matrix) for group in groups if group.rows],
    ]
    shown = element("table", join(parts), class_=css, role="table")
    return Html(_ROLES.sub("", shown)) if matrix else shown


def scrolling(content: str, label: str) -> Html:
    """A wide table in a region that can be focused and scrolled by keyboard."""
    return element(
        "div", content, class_="scroll", role="region", tabindex="0", aria_label=f"{label}, rullas i sidled"
    )


def swipe() -> Html:
    """A hint for narrow pages."""
    return Html(" ") + element("span", "Rulla tabellen i sidled.", class_="swipe")


def _css(*names: str) -> str | None:
    return " ".join(name for name in names if name) or None


def _group(group: Group, columns: Sequence[Column], matrix: bool) -> Html:
    rows = [_row(row, columns, matrix) for row in group.rows]
    if group.head is not None:
        head = element("th", group.head, scope="rowgroup", role="rowheader", colspan=str(len(columns)))
        rows.insert(0, element("tr", head, class_="grp", role="row"))
    return element("tbody", join(rows), role="rowgroup")


def _row(row: Row, columns: Sequence[Column], matrix: bool) -> Html:
    if len(row.cells) != len(columns) - 1:
        raise ValueError(f"raden har {len(row.cells)} celler, tabellen {len(columns) - 1} kolumner")
    head = element(
        "th", row.head, scope="row", role="rowheader", class_=_css(row.css, "stick" if matrix else "")
    )
    cells = [_cell(cell, column, matrix) for cell, column in zip(row.cells, columns[1:], strict=True)]
    shown = element("tr", join([head, *cells]), role="row", class_="open" if row.more else None)
    if not row.more:
        return shown
    under = element("td", row.more, role="cell", colspan=str(len(columns)))
    return shown + element("tr", under, role="row", class_="more")


def _cell(cell: Cell, column: Column, matrix: bool) -> Html:
    css = _css(column.css, cell.css)
    if matrix or not cell.labelled:
        return element("td", cell.content, role="cell", class_=css)
    return element(
        "td",
        element("div", cell.content),
        role="cell",
        class_=_css(column.css, cell.css, "lab"),
        data_l=column.title,
    )
