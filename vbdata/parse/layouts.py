"""A table's rows by the columns that they stand under."""

from __future__ import annotations

from collections.abc import Sequence

from vbdata.extract.document import Row
from vbdata.extract.grammar import DATE, PERIOD, has_word
from vbdata.extract.headers import Columns, columns_of
from vbdata.vocabulary import category_index, layouts
from vbdata.vocabulary.tables import groups

__all__ = ["Columns", "columns_of", "fit", "guessed_columns", "shift"]


def fit(row: Row, columns: Columns) -> dict[str, str]:
    """A row's cells by field; one icon cell more or less than the header does not matter.

    A title that is merged over an icon's cell and its neighbour holds what has words of them.
    """
    texts = row.texts
    by = shift(texts, columns)
    found: dict[str, str] = {}
    for name, over in columns.spans.items():
        cells = [texts[j + by].strip() for j in over if 0 <= j + by < len(texts)]
        found[name] = next((text for text in cells if has_word(text)), cells[0] if cells else "")
    return found


def shift(texts: Sequence[str], columns: Columns) -> int:
    """How many cells a row starts before its header (1), or after it (-1)."""
    extra = len(texts) - columns.width
    if extra > 0 and not has_word(texts[0]):
        return 1
    if extra < 0 and columns.first > 0:
        return -columns.first
    return 0


def guessed_columns(rows: Sequence[Row]) -> Columns | None:
    """The layout of a table whose header is lost, told by what its cells hold."""
    width = max((len(row.cells) for row in rows), default=0)
    texts = [row.texts for row in rows]
    if any(sum(bool(DATE.match(t)) for t in row) == 2 for row in texts) and 3 <= width <= 5:
        return _plain("activities_vb" if width > 3 else "activities_vp", width)
    if any(PERIOD.match(row[-1]) for row in texts if row) and width in (4, 5, 8, 9):
        return _plain("indicators_vb" if width > 5 else "indicators_vp", width)
    if 6 <= width <= 8 and _complaint_rows(texts) >= max(2, len(texts) // 2):
        return _plain("complaints_2025", width)
    return None


def _plain(code: str, width: int) -> Columns:
    layout = next(layout for layout in layouts() if layout.code == code)
    offset = width - len(layout.fields)
    return Columns(layout, {field: i + max(offset, 0) for i, field in enumerate(layout.fields)}, width)


def _complaint_rows(texts: Sequence[Sequence[str]]) -> int:
    indexes = [category_index(template) for template in sorted({g.template for g in groups()})]
    return sum(any(cell and any(cell in index for index in indexes) for cell in row[:2]) for row in texts)
