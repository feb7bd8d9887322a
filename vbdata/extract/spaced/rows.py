"""Lines to rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vbdata.extract.decode import Line
from vbdata.extract.document import Cell, Doubt, Place, Row
from vbdata.extract.furniture import place
from vbdata.extract.grammar import ANALYSIS
from vbdata.vocabulary import key


def run_together(lines: Sequence[Line]) -> str:
    """Wrapped lines as one string; blank lines between cells add nothing.

    >>> run_together([Line(1, "nämnd/s"), Line(2, "tyrelse "), Line(3, ""), Line(4, "VB 2023 ")])
    'nämnd/styrelse VB 2023 '
    """
    joined = ""
    stripped = len(lines) > 1 and not any(line.text.endswith(" ") for line in lines)
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if joined and not joined.endswith(" ") and (stripped or lines[i - 1].text == ""):
            joined += " "
        joined += line.text
    return joined


def cells_row(texts: Sequence[str], where: Place) -> Row:
    """One row; its cells' white space is flat."""
    return Row.of((" ".join(text.split()) for text in texts), where)


def is_analysis(name: str) -> bool:
    """Whether a row's name is an analysis, perhaps with a name after it: where the one ends cannot be seen.

    >>> is_analysis("Analys Arbetet går vidare. Sjukfrånvaro"), is_analysis("Analys av tillbud")
    (True, False)
    """
    return bool(ANALYSIS.match(name))


def unparted(name: str, where: Place) -> Doubt:
    """The doubt about a row that is left out as its name cannot be told from an analysis."""
    detail = (
        f"det går inte att se var analysen slutar och nästa rad börjar; raden är utelämnad: ”{name[-80:]}”."
    )
    return Doubt("columns_uncertain", detail, where)


def text_rows(lines: Sequence[Line], width: int) -> Iterator[Row]:
    """Text between rows: an Analys row, or the rest of one that a page break cut, or both."""
    filled = [line for line in lines if not line.blank]
    if not filled:
        return
    if at := next((i for i, line in enumerate(filled) if i and key(line.text) == "analys"), 0):
        yield from text_rows(filled[:at], width)
        yield from text_rows(filled[at:], width)
        return
    texts = [line.text.strip() for line in filled]
    text = "Analys\n" + _flow(filled[1:]) if key(texts[0]) == "analys" else _flow(filled)
    yield _cells_with_breaks(text, width, place(filled[0]))


def _flow(lines: Sequence[Line]) -> str:
    return " ".join(run_together(lines).split())


def _cells_with_breaks(text: str, width: int, where: Place) -> Row:
    cells = [Cell(text.strip(), where)]
    cells += [Cell("", where)] * (width - 1)
    return Row(tuple(cells), where)
