"""Walk the blocks of a document once and collect its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from vbdata.errors import NotAReportError
from vbdata.extract.document import (
    Block,
    Document,
    Doubt,
    Heading,
    ListItem,
    PageBreak,
    Paragraph,
    Place,
    Printed,
    Row,
    StatusLine,
    Table,
    printed,
)
from vbdata.extract.grammar import ends_sentence
from vbdata.extract.headers import Columns
from vbdata.extract.recognise import (
    GoalHeading,
    UnknownLevel,
    begins_with_label,
    goal_heading,
    heads_a_goal,
    section_of,
    split_status,
    status_of,
    status_within,
    status_words,
    unknown_level,
    unknown_status,
)
from vbdata.parse.bound import refuse_several
from vbdata.parse.complaints import resolve, template_of
from vbdata.parse.cover import order_of, parse_cover
from vbdata.parse.records import Activity, Blank, Complaint, Goal, Indicator, Passage, Report
from vbdata.parse.rows import Fields, complaint_rows, table_rows
from vbdata.parse.tables import Unplaced, strange
from vbdata.vocabulary import levels
from vbdata.vocabulary.entries import Section

#: Sections that others are headings of; those with an unknown heading may be parts of any.
PARTS = {
    "economy": ("economy_analysis", "budget", "investments", "premises", "resources", "other"),
    "other": ("agenda_2030", "quality", "participation", "competence"),
    "quality": ("complaints",),
    "summary": ("quality_development", "competence", "participation", "introduction"),
    "resources": ("budget",),
    "budget": ("budget",),
}

#: A status stands among the first blocks under its heading.
_STATUS_BLOCKS = 3


def parse(document: Document) -> Report:
    """The report that a document holds, verbatim.

    Raises
    ------
    NotAReportError
        When the document is no report or plan, holds two, or has lost all its tables, which none says.
    """
    cover = parse_cover(document)
    refuse_several(document, cover)
    contents = [f.place for f in document.furniture if f.kind == "contents"]
    walk = _Walk(cover.year, cover_end=max(map(order_of, contents), default=None))
    for block in document.blocks:
        walk.take(block)
    walk.finish()
    _refuse_empty(walk, document.doubts)
    template, complaints = walk.complaint_form()
    return Report(
        cover,
        tuple(walk.goals),
        tuple(walk.indicators),
        tuple(walk.activities),
        complaints,
        tuple(walk.passages),
        template,
        bool(walk.form_rows) or template is not None,
        (*document.doubts, *walk.doubts),
        tuple(walk.blanks),
    )


def _refuse_empty(walk: _Walk, doubts: Sequence[Doubt]) -> None:
    """Refuse a document without goals, or without a table that was read or whose words are said."""
    if not walk.goals and walk.unknown_levels:
        labels = ", ".join(f"”{label}”" for label in dict.fromkeys(walk.unknown_levels))
        raise NotAReportError(
            f"rapportens mål har nivåer som inte är kända: {labels}",
            hint="lägg till orden i kolumnen printed i vocabulary/levels.csv; docs/adding.md säger hur",
        )
    if not walk.goals:
        raise NotAReportError(
            "inga mål hittades i rapporten",
            hint="är hela rapporten med? rubrikerna börjar med ”Nämndmål:” och ”Enhetsmål:”",
        )
    told = {"columns_uncertain", "left_over"} & {doubt.code for doubt in (*doubts, *walk.doubts)}
    if not (walk.indicators or walk.activities or walk.form_rows or told or walk.strange_tables):
        raise NotAReportError(
            "rapporten har mål men inga tabeller",
            hint="tabellerna har gått förlorade; exportera eller konvertera om rapporten",
        )


@dataclass
class _Walk:
    """State of the walk: the goal and section that the next block stands under.

    `strange_tables` says that there is a table of several columns, none of them known, which is said of it.
    `untold` goals stand before the last one of an unknown level: they are above no goal under that one.
    """

    year: int
    cover_end: tuple[int, int] | None = None
    on_cover: bool = True
    goals: list[Goal] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    form_rows: list[Fields] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    bare: tuple[Blank, int | None] | None = None
    headed_template: str | None = None
    goal: Goal | None = None
    last_goal: Goal | None = None
    section: Section | None = None
    heading: str = ""
    since_goal: int = 0
    strange_tables: bool = False
    untold: int | None = None
    unknown_levels: list[str] = field(default_factory=list)
    texts: list[tuple[str, Place, tuple[Printed, ...]]] = field(default_factory=list)
    open: dict[str, tuple[Columns, Fields | None]] = field(default_factory=dict)
    last_table: str | None = None
    below: bool = False
    area_labels: set[str] = field(default_factory=set)

    def take(self, block: Block) -> None:
        # Names of officials stand on the cover, so that nothing of its text is kept.
        if self.on_cover and self._leaves_cover(block):
            self.on_cover, self.texts, self.heading = False, [], ""
        match block:
            case PageBreak():
                return
            case Heading():
                self.below = False
                self._bare_before(block)
                self._heading(block)
            case StatusLine():
                self._status(block)
            case Table():
                self.below = False
                self._table(block)
            case Paragraph() | ListItem():
                self._words(block)
        if not isinstance(block, Heading):
            self.bare = None
        self.since_goal += 1

    def _leaves_cover(self, block: Block) -> bool:
        if self.cover_end is not None and order_of(block.place) > self.cover_end:
            return True
        return isinstance(block, Heading) and bool(heads_a_goal(block.text) or section_of(block.text))

    def finish(self) -> None:
        self._bare_before(None)
        self._close_rows()
        self._close_passage()

    # -------------------------------------------------------------------------- headings

    def _heading(self, block: Heading) -> None:
        goal = goal_heading(block.text)
        if goal:
            self._goal(block, goal)
            return
        if unknown := unknown_level(block.text):
            if area := self._by_number(unknown):
                self._goal(block, area)
            else:
                self.unknown_levels.append(unknown.level)
                self._unknown_level(block)
            return
        self._doubt_label(block)
        section = section_of(block.text)
        self._close_passage()
        if section is None or section.code != "analysis":
            self._close_rows()
        self.heading, self.section = block.text, section
        if section and section.ends_goals:
            self.goal = None
        self.bare = (self._blank(block), block.depth)

    def _blank(self, block: Heading) -> Blank:
        goal = self.goal.position if self.goal else None
        return Blank(goal, self.section.code if self.section else None, block.text, block.place)

    def _bare_before(self, block: Heading | None) -> None:
        """The heading before had nothing under it, unless this one is of a part of it."""
        if self.bare is not None and not self.on_cover and not _is_part(block, *self.bare):
            self.blanks.append(self.bare[0])
        self.bare = None

    def _goal(self, block: Heading, found: GoalHeading) -> None:
        self._close_rows()
        self._close_passage()
        title, status = split_status(found.title)
        rank = {level.code: level.rank for level in levels()}
        parent = next((g for g in reversed(self.goals) if rank[g.level] < rank[found.level]), None)
        told = self.untold is None or (parent and parent.position > self.untold) or rank[found.level] == 1
        if not told:
            parent = None
            detail = f"”{title}” står under ett mål vars nivå inte är känd, och därför inte under något."
            self.doubts.append(Doubt("unknown_level", detail, block.place))
        self.goal = self.last_goal = Goal(
            len(self.goals) + 1,
            found.level,
            found.code,
            title,
            status,
            parent.position if parent else None,
            block.place,
        )
        self.goals.append(self.goal)
        self.heading, self.section, self.since_goal = "", None, -1

    def _doubt_label(self, block: Heading | Paragraph | ListItem) -> None:
        """Say that a line begins as a goal's heading does, and has become none."""
        lines = [line.text for line in printed(block)] if not isinstance(block, Heading) else [block.text]
        for i, text in enumerate(lines):
            if (i == 0 or ends_sentence(lines[i - 1])) and begins_with_label(" ".join(lines[i:])):
                detail = f"”{text}” börjar som ett måls rubrik, men är läst som löpande text."
                self.doubts.append(Doubt("heading_unread", detail, block.place))

    def _by_number(self, unknown: UnknownLevel) -> GoalHeading | None:
        """A goal that its number, and where its label first stands, make one of an area of the direction."""
        direction = next((goal for goal in reversed(self.goals) if goal.level == "direction"), None)
        if not direction or not unknown.code or unknown.code.split(".")[0] != direction.code:
            return None
        if self.goals[-1] is direction:
            self.area_labels.add(unknown.level)
        return GoalHeading("area", unknown.code, unknown.title) if unknown.level in self.area_labels else None

    def _unknown_level(self, block: Heading) -> None:
        """A goal of an unknown level is none of the tree, and its rows are not those of the goal above."""
        self._close_rows()
        self._close_passage()
        self.goal = self.last_goal = None
        self.untold = len(self.goals)
        self.heading, self.section = block.text, None
        detail = (
            f"”{block.text}” har en nivå som inte är känd: målet är inte med, och dess rader står utan mål."
        )
        self.doubts.append(Doubt("unknown_level", detail, block.place))

    # -------------------------------------------------------------------------- statuses

    def _status(self, block: StatusLine) -> None:
        goal = self.goal
        if goal is None or goal.status_raw or self.since_goal > _STATUS_BLOCKS or self.heading:
            if block.text:
                self._say(block.text, block.place, (Printed(block.text, block.place),))
                self._doubt_status(block)
            return
        words = status_words(block.text)
        if not words and (words := status_within(block.text)):
            self.doubts.append(Doubt("status_near", block.text, block.place))
        words = words or unknown_status(block.text) or block.text or None
        self._set_goal(replace(goal, status_raw=words, icon=block.icon or goal.icon))

    def _doubt_status(self, block: StatusLine) -> None:
        """Say that a goal is judged on a line of its own that stands where no goal is without a status."""
        said, goal = status_of(status_words(block.text) or ""), self.goal
        if said is None or said.code == "no_data":
            return
        if goal and self.since_goal <= 1 and not self.heading and status_of(goal.status_raw or "") == said:
            return  # said on the heading's own line and again below
        detail = f"”{block.text}” står på en egen rad som en bedömning, men hör inte till något mål."
        self.doubts.append(Doubt("heading_unread", detail, block.place))

    def _set_goal(self, goal: Goal) -> None:
        self.goals[goal.position - 1] = goal
        self.goal = self.last_goal = goal

    # -------------------------------------------------------------------------- words

    def _words(self, block: Paragraph | ListItem) -> None:
        self._doubt_label(block)
        if self._goes_on_in_analysis(block):
            return
        text = f"– {block.text}" if isinstance(block, ListItem) else block.text
        self._say(text, block.place, printed(block))

    def _say(self, text: str, place: Place, lines: tuple[Printed, ...]) -> None:
        self.texts.append((text, place, lines))

    def _goes_on_in_analysis(self, block: Paragraph | ListItem) -> bool:
        """The text of an Analys that is empty in the last row of a table stands right under the table."""
        fields = self.open[self.last_table][1] if self.last_table in self.open else None
        if fields is None or not fields.in_analysis or (fields.analysis and not self.below):
            self.below = False
            return False
        self.below = True
        fields.say(block.text, printed(block))
        return True

    def _close_passage(self) -> None:
        if self.texts and not self.on_cover:
            goal = self.goal.position if self.goal else None
            self.passages.append(
                Passage(
                    len(self.passages) + 1,
                    goal,
                    self.section.code if self.section else None,
                    self.heading,
                    "\n".join(text for text, _, _ in self.texts),
                    self.texts[0][1],
                    tuple(line for _, _, lines in self.texts for line in lines),
                )
            )
        self.texts = []

    # -------------------------------------------------------------------------- tables

    def _table(self, block: Table) -> None:
        columns = block.columns.of_year(self.year) if block.columns else None
        if columns is None or not block.rows:
            self._own_table(block.rows)
            return
        unplaced = Unplaced()
        for row in block.body:
            unplaced.take(row, columns)
        self._rows(columns, block.body)
        self.doubts.extend(unplaced.doubts())

    def _own_table(self, rows: Sequence[Row]) -> None:
        for row in rows:
            lines = tuple(line for cell in row.cells for line in printed(cell))
            self._say(" | ".join(t for t in row.texts if t), row.place, lines)
        if rows and not self.on_cover:
            self.doubts.append(strange(rows))
            self.strange_tables |= sum(sum(map(bool, row.texts)) > 1 for row in rows) > 1

    def _rows(self, columns: Columns, rows: Sequence[Row]) -> None:
        if columns.table == "complaints":
            self._close_rows()
            self.headed_template = self.headed_template or columns.layout.code.rsplit("_", 1)[-1]
            self.form_rows.extend(complaint_rows(rows, columns, self.doubts))
            self.open["complaints"], self.last_table = (columns, None), "complaints"
            return
        before = self.open.get(columns.table, (columns, None))[1]
        found = table_rows(rows, columns, before, self.doubts)
        done = ([before] if before and found else []) + found[:-1]
        for fields in done:
            self._record(columns.table, fields)
        self.open[columns.table] = (columns, found[-1] if found else before)
        self.last_table = columns.table

    def _close_rows(self) -> None:
        for table, (_, fields) in self.open.items():
            if fields is not None:
                self._record(table, fields)
        self.open = {}
        self.last_table = None

    def _record(self, table: str, row: Fields) -> None:
        goal = self.goal or self.last_goal
        position = goal.position if goal else None
        said: dict[str, Any] = {f"{name}_raw": text for name, text in row.texts.items()} | {
            "analysis": row.joined_analysis(), "place": row.place, "icon": row.icon,
            "analysis_lines": tuple(row.analysis_lines),
        }  # fmt: skip
        if table == "indicators":
            self.indicators.append(Indicator(len(self.indicators) + 1, position, **{"name_raw": ""} | said))
        else:
            said = {"title_raw": "", "mark_raw": row.mark} | said
            self.activities.append(Activity(len(self.activities) + 1, position, **said))

    def complaint_form(self) -> tuple[str | None, tuple[Complaint, ...]]:
        if not self.form_rows:
            return self.headed_template, ()
        template = template_of(self.form_rows, self.headed_template)
        if template is None:
            return None, ()
        return template, tuple(resolve(self.form_rows, template))


def _is_part(block: Heading | None, above: Blank, depth: int | None) -> bool:
    """A heading of a part of the one above: deeper, of an unknown section, or a goal."""
    if block is None:
        return False
    if block.depth is not None and depth is not None and block.depth > depth:
        return True
    if heads_a_goal(block.text) or goal_heading(block.text):
        return above.goal is None
    section = section_of(block.text)
    return section is None or section.code in PARTS.get(above.section or "", ())
