"""What parsing gives: frozen records that keep the verbatim string and its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from vbdata.extract.document import Doubt, Icon, Place, Printed


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says.

    `officials` are names that are read only to be masked elsewhere; normalising drops them.
    `kind` is ``VB``, ``VP``, ``T1`` or ``T2``; `unit_name` is the title's, without "Enheten".
    """

    kind: str
    year: int
    unit_name: str
    title_raw: str
    board: str | None = None
    dnr: str | None = None
    date_raw: str | None = None
    place: Place = Place()
    officials: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal heading of the body. `position` from 1; `parent` is a position."""

    position: int
    level: str
    code: str | None
    title_raw: str
    status_raw: str | None
    parent: int | None
    place: Place
    icon: Icon | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row. `goal` is the position of the goal it stands under."""

    position: int
    goal: int | None
    name_raw: str
    value_raw: str = ""
    value_men_raw: str = ""
    value_women_raw: str = ""
    value_previous_raw: str = ""
    target_raw: str = ""
    council_target_raw: str = ""
    period_raw: str = ""
    analysis: str | None = None
    place: Place = Place()
    icon: Icon | None = None
    analysis_lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity row. `mark_raw` is the tick in front of the title, where there is one."""

    position: int
    goal: int | None
    title_raw: str
    start_raw: str = ""
    end_raw: str = ""
    deviation_raw: str = ""
    mark_raw: str = ""
    analysis: str | None = None
    place: Place = Place()
    icon: Icon | None = None
    analysis_lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """One category row of the complaint form, with its four period cells verbatim."""

    position: int
    group_raw: str
    category_raw: str
    t1_raw: str = ""
    t2_raw: str = ""
    vb_raw: str = ""
    total_raw: str = ""
    comment_raw: str = ""
    place: Place = Place()
    comment_lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of running text under a heading; `section` is a code of sections.csv."""

    position: int
    goal: int | None
    section: str | None
    heading: str
    text: str
    place: Place
    lines: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A heading with nothing under it. `goal` is the position of the goal it stands under."""

    goal: int | None
    section: str | None
    heading: str
    place: Place


#: Which text the printed lines of a field are of. Joined they hold its words, broken ones still in two.
LINES = {"analysis_lines": "analysis", "comment_lines": "comment_raw", "lines": "text"}


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report as records. `template` is the year of its complaint form, if it has one."""

    cover: Cover
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    passages: tuple[Passage, ...] = ()
    template: str | None = None
    has_complaint_form: bool = False
    doubts: tuple[Doubt, ...] = ()
    blanks: tuple[Blank, ...] = ()
