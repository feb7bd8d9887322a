"""What stands in a report's tables and in none of their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from vbdata.extract.document import Doubt, Place, Row
from vbdata.extract.grammar import has_word
from vbdata.extract.headers import Columns

_LONGEST_DETAIL = 4000
_LONGEST_NAME = 60


@dataclass(slots=True)
class Unplaced:
    """What stands under titles that are no field's, gathered over a table."""

    where: dict[str, Place] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)

    def take(self, row: Row, columns: Columns) -> None:
        """Keep the filled cells of a row that no field has, with the row's name."""
        texts = row.texts
        by = columns.shift(texts)
        taken = {j + by for over in columns.spans.values() for j in over}
        if columns.explained is not None and columns.table != "complaints":
            taken.add(columns.explained + by)
        name = columns.fit(texts).get(columns.main, "")
        alone = sum(has_word(text) for text in texts) == 1
        for i, text in enumerate(texts):
            title = columns.titles[i - by].strip() if 0 <= i - by < len(columns.titles) else ""
            if i in taken or not has_word(text) or (alone and not title):
                continue  # a merged cell is its row's text
            self.where.setdefault(title, row.place)
            shown = f"”{name[:_LONGEST_NAME]}” {text.strip()}" if name else text.strip()
            self.found.setdefault(title, []).append(shown)

    def doubts(self) -> Iterator[Doubt]:
        """One for each title, with the words that stand under it."""
        for title, texts in self.found.items():
            named = f"Kolumnen ”{title}” känns inte igen" if title else "En kolumn utan rubrik finns"
            yield Doubt(
                "unknown_column", f"{named} och är inte läst: {_shown('; '.join(texts))}.", self.where[title]
            )


def strange(rows: Sequence[Row]) -> Doubt:
    """The doubt about a table of the unit's own, which is kept as running text."""
    words = "; ".join(" | ".join(text for text in row.texts if text.strip()) for row in rows)
    detail = f"En tabell med andra rubriker än formulärens står som löpande text: {_shown(words)}."
    return Doubt("unknown_header", detail, rows[0].place)


def _shown(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST_DETAIL else f"{words[:_LONGEST_DETAIL]} …"
