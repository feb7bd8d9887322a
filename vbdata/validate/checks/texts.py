"""The texts of a report that are its own, and the place of a sentence in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from vbdata.extract.document import Place
from vbdata.language.prose import plain_sentences, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.normalise.quantities import TEXTS
from vbdata.validate.checks.registry import Row, Rows
from vbdata.validate.kept import kept
from vbdata.validate.places import place, place_of

#: Sections of higher goals that the board or the council wrote.
GIVEN = ("description", "expected_result", "follow_up_council")
#: Sections under a goal that say what was intended, not how it went.
INTENDED = ("description", "expected_result", "method", "resources", "follow_up")
ECONOMY = ("economy", "economy_analysis", "budget")
COLUMNS = {table: TEXTS[table] for table in ("passages", "indicators", "activities")}


@dataclass(frozen=True)
class Text:
    """A text with the row it stands in, and the goal that it stands under."""

    table: str
    row: Row
    text: str
    section: str | None
    goal: Row | None

    @property
    def sentences(self) -> tuple[str, ...]:
        return plain_sentences(self.text)

    @cached_property
    def lower(self) -> str:
        """The text in lower case."""
        return self.text.casefold()

    @property
    def outcome(self) -> bool:
        """It says how something went: an analysis, of a goal, an indicator or an activity."""
        return self.section == "analysis"

    @property
    def heading(self) -> str:
        """What a message calls it by."""
        if self.table == "passages":
            heading = str(self.row["heading"] or "Texten")
            if self.goal is not None and self.outcome:
                return f"{heading} av ”{quote(self.goal['title'], 60)}”"
            return heading
        return str(self.row["name" if self.table == "indicators" else "title"])

    def place(self, rows: Rows, words: str) -> Place:
        """The line of the words."""
        return place_of(rows, self.row, words)

    def other(self, rows: Rows, words: str) -> Other:
        """The line of the words as a second place."""
        return Other(self.table, self.row["row_id"], self.place(rows, words), COLUMNS[self.table])

    @property
    def above(self) -> Other | None:
        """The row that an analysis is of, or the goal that a passage stands under."""
        if self.table != "passages":
            return Other(self.table, self.row["row_id"], place(self.row))
        return Other("goals", self.goal["goal_id"], place(self.goal)) if self.goal else None

    def doubt(
        self, rows: Rows, code: str, said: str, words: dict[str, str], other: Other | None = None
    ) -> Noted:
        """A doubt about words of the text, at their line."""
        row_id, where = self.row["row_id"], self.place(rows, said)
        return Noted(code, self.table, row_id, where, words, COLUMNS[self.table], other)


@kept
def texts(rows: Rows) -> Iterator[Text]:
    """All texts of a report, passages first."""
    goals = {goal["goal_id"]: goal for goal in rows["goals"]}
    for table, column in COLUMNS.items():
        for row in rows[table]:
            if row[column]:
                section = row["section"] if table == "passages" else "analysis"
                yield Text(table, row, row[column], section, goals.get(row["goal_id"]))


@kept
def own_texts(rows: Rows) -> Iterator[Text]:
    """Texts that the unit wrote: those that the board or the council gave are left out."""
    for text in texts(rows):
        board = text.goal is not None and text.goal["level"] != "unit"
        given = text.section in GIVEN or (text.section is None and text.table == "passages")
        if not (board and given):
            yield text


def unit_goals(rows: Rows) -> Iterator[tuple[Row, list[Text], list[Text]]]:
    """Unit goals, each with the texts of its expected result and with those that say how it went."""
    return (each for each in told_goals(rows) if each[0]["level"] == "unit")


@kept
def told_goals(rows: Rows) -> Iterator[tuple[Row, list[Text], list[Text]]]:
    """All goals, as `unit_goals`."""
    by_goal: dict[str, list[Text]] = {}
    for text in texts(rows):
        if text.goal is not None:
            by_goal.setdefault(text.goal["goal_id"], []).append(text)
    for goal in rows["goals"]:
        own = by_goal.get(goal["goal_id"], [])
        expected = [text for text in own if text.section == "expected_result"]
        yield goal, expected, [text for text in own if text.section not in INTENDED]
